//! What the fields of a log cost to learn: on all cores, for text and for JSON.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::sync::Mutex;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use timberline::bytes::ByteSource;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::SourceSnapshot;
use timberline::query::bitmap::BlockRows;
use timberline::query::fields::FieldsSurvey;
use timberline::query::survey::{Survey, look_through};

#[path = "common.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod common;
#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

use common::{index, len, log_of, sum_on_all_cores};

/// More than any cache holds.
const SIZE: usize = 128_000_000;

/// Learns from every record, on all cores, a block at a time.
fn learn<S: Survey>(survey: &S, snapshot: &SourceSnapshot, source: &dyn ByteSource) -> S::Found {
    let idle = Mutex::new(Vec::new());
    let lock = || {
        idle.lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    };
    sum_on_all_cores(snapshot.blocks.len(), |at, buffer| {
        let block = &snapshot.blocks[at];
        let rows = BlockRows::All(block.len() as u32);
        let before = lock().pop();
        let mut found = before.unwrap_or_else(|| survey.nothing());
        let step = look_through(
            survey,
            (block, &rows),
            0,
            (source, buffer),
            &mut found,
            || false,
        );
        lock().push(found);
        step.rows
    });
    let mut all = survey.nothing();
    for found in lock().drain(..) {
        survey.merge(&mut all, found);
    }
    all
}

fn fields(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fields");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(5));
    let json = FormatSpec::Builtin {
        name: "json".to_owned(),
    };
    for (name, spec, is_json) in [
        ("text", FormatSpec::template(log::TEMPLATE), false),
        ("JSON", json, true),
    ] {
        let bytes = log_of(SIZE, is_json);
        let Ok(format) = Format::compile(&spec) else {
            return;
        };
        let snapshot = index(&bytes, &format.extractor, &mut Vec::new());
        let survey = FieldsSurvey::new((*format.extractor).clone());
        let summary = learn(&survey, &snapshot, &bytes).summary();
        assert!(summary.records == snapshot.len() && summary.fields.len() > 2);
        group.throughput(Throughput::Bytes(len(&bytes)));
        group.bench_function(name, |bencher| {
            bencher.iter(|| learn(&survey, &snapshot, &bytes));
        });
        group.bench_function(format!("what is told of {name}"), |bencher| {
            let found = learn(&survey, &snapshot, &bytes);
            bencher.iter(|| found.summary());
        });
    }
    group.finish();
}

criterion_group!(benches, fields);
criterion_main!(benches);
