//! How fast a filter answers on all cores: level, logger and time from the columns of 10⁸ records, text from bytes.

#![allow(
    missing_docs,
    reason = "criterion's macros make undocumented functions"
)]

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use timberline::base::time::{TimeRange, Timestamp, Zone};
use timberline::bytes::ByteSource;
use timberline::bytes::memory::MemoryBytes;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::{SourceSnapshot, synthetic};
use timberline::query::compile::compile;
use timberline::query::eval::eval_block;
use timberline::query::lang::{Moments, bind, parse};
use timberline::query::spec::{
    FilterSpec, LevelRule, LoggerRule, LoggerTerm, Pattern, Reach, Sense, TextTerm,
};

#[path = "common.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod common;
#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

use common::{index, len, log_of, sum_on_all_cores};

const RECORDS: u64 = 100_000_000;
/// Bytes that text is searched in: more than any cache holds.
const SIZE: usize = 128_000_000;

/// Records that pass.
fn filter(spec: &FilterSpec, snapshot: &SourceSnapshot, source: &dyn ByteSource) -> u64 {
    let Ok(predicate) = compile(spec, snapshot) else {
        return 0;
    };
    sum_on_all_cores(snapshot.blocks.len(), |at, buffer| {
        let rows = eval_block(&predicate, &snapshot.blocks[at], source, buffer);
        rows.map_or(0, |rows| u64::from(rows.count()))
    })
}

fn columns(criterion: &mut Criterion) {
    // Every block has columns of its own, as in a scanned log.
    let snapshot = synthetic::snapshot(RECORDS, 300);
    let nothing = MemoryBytes::new("");
    let logger = LoggerTerm {
        name: "app.part7".to_owned(),
        reach: Reach::Subtree,
    };
    let middle = snapshot.stats.earliest.zip(snapshot.stats.latest);
    let (first, last) = middle.map_or((0, 0), |(first, last)| (first.0, last.0));
    let third = |n: i64| Some(Timestamp(first + (last - first) / 3 * n));
    let level = LevelRule {
        at_least: Some("WARNING".to_owned()),
        ..LevelRule::default()
    };
    let loggers = LoggerRule {
        include: [logger].into(),
        ..LoggerRule::default()
    };
    let time = TimeRange {
        since: third(1),
        until: third(2),
    };
    let mut group = criterion.benchmark_group("filter 100 million records");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::Elements(RECORDS));
    let everything = FilterSpec::default();
    for (name, spec) in [
        (
            "level",
            FilterSpec {
                levels: level.clone(),
                ..everything.clone()
            },
        ),
        (
            "logger subtree",
            FilterSpec {
                loggers: loggers.clone(),
                ..everything.clone()
            },
        ),
        (
            "time",
            FilterSpec {
                time,
                ..everything.clone()
            },
        ),
        (
            "all three",
            FilterSpec {
                levels: level,
                loggers,
                time,
                ..everything
            },
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| filter(&spec, &snapshot, &nothing));
        });
    }
    group.finish();
}

fn text(criterion: &mut Criterion) {
    let bytes = log_of(SIZE, false);
    let Ok(format) = Format::compile(&FormatSpec::template(log::TEMPLATE)) else {
        return;
    };
    let snapshot = index(&bytes, &format.extractor, &mut Vec::new());
    let mut group = criterion.benchmark_group("filter text");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::Bytes(len(&bytes)));
    for (name, pattern, regex, case_sensitive) in [
        ("literal", "timeout=17s", false, true),
        ("literal, any case", "Timeout=17S", false, false),
        ("regex", r"\[4021:MainThread\].*timeout", true, true),
        (
            "regex, any case",
            r"\[4021:mainthread\].*TIMEOUT",
            true,
            false,
        ),
    ] {
        let pattern = Pattern {
            text: pattern.to_owned(),
            regex,
            case_sensitive,
            whole_word: false,
        };
        let term = TextTerm {
            pattern,
            sense: Sense::Include,
        };
        let spec = FilterSpec {
            text: vec![term],
            ..FilterSpec::default()
        };
        assert!(filter(&spec, &snapshot, &bytes) > 0, "{name} finds nothing");
        group.bench_function(name, |bencher| {
            bencher.iter(|| filter(&spec, &snapshot, &bytes));
        });
    }
    group.finish();
}

fn query(criterion: &mut Criterion) {
    let bytes = log_of(SIZE, false);
    let Ok(format) = Format::compile(&FormatSpec::template(log::TEMPLATE)) else {
        return;
    };
    let snapshot = index(&bytes, &format.extractor, &mut Vec::new());
    let moments = Moments {
        zone: &Zone::Utc,
        now: Timestamp(i64::MAX),
        end: None,
    };
    let mut group = criterion.benchmark_group("filter query");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::Bytes(len(&bytes)));
    for (name, query) in [
        ("columns", "level:error OR (logger:app.api -level:debug)"),
        ("one of two texts", "timeout=17s OR retried"),
        ("text or level", "timeout=17s OR level:error"),
        ("field, rare value", "threadName:\"Thread-7 (worker)\""),
        (
            "field, where the level leaves few",
            "lineno>100 level>=error",
        ),
        ("field of every record", "lineno>100"),
        ("field of messages", "timeout>10s"),
    ] {
        let spec = parse(query).and_then(|parsed| bind(&parsed, &moments));
        let Ok(predicate) = spec.map(|spec| compile(&spec, &snapshot)) else {
            return;
        };
        let Ok(predicate) = predicate.map(|it| it.reading_with(&format.extractor)) else {
            return;
        };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                sum_on_all_cores(snapshot.blocks.len(), |at, buffer| {
                    let rows = eval_block(&predicate, &snapshot.blocks[at], &bytes, buffer);
                    rows.map_or(0, |rows| u64::from(rows.count()))
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, columns, text, query);
criterion_main!(benches);
