//! How fast a log is indexed on one core: bytes per second of the scan, from the read to the published snapshot.

#![allow(
    missing_docs,
    reason = "criterion's macros make undocumented functions"
)]
#![allow(
    clippy::expect_used,
    reason = "a benchmark without its log measures nothing"
)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use timberline::format::spec::{Format, FormatSpec};

#[path = "common.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod common;
#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

use common::{index, log_of};

/// The header as a regular expression, for which there are no specialised steps.
const REGEX: &str = r"^(?P<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?P<levelname>\w+) +\[(?P<process>\d+):(?P<threadName>[^\]]+)\] (?P<name>[\w.]+):(?P<lineno>\d+) - (?P<message>.*)";

/// Bytes that each format is measured with.
const SIZE: usize = 16_000_000;

fn scan(criterion: &mut Criterion) {
    let text = log_of(SIZE, false);
    let json = log_of(SIZE, true);
    let named = |name: &str| FormatSpec::Builtin {
        name: name.to_owned(),
    };
    let regex = FormatSpec::Regex {
        pattern: REGEX.to_owned(),
    };
    let mut group = criterion.benchmark_group("scan");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(3));
    for (name, spec, bytes) in [
        ("template", FormatSpec::template(log::TEMPLATE), &text),
        ("JSON lines", named("json"), &json),
        ("regex", regex, &text),
        ("plain", named("plain"), &text),
    ] {
        let format = Format::compile(&spec).expect("a good format");
        group.throughput(Throughput::Bytes(common::len(bytes)));
        let mut buffer = Vec::new();
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(index(bytes, &format.extractor, &mut buffer)));
        });
    }
    group.finish();
}

criterion_group!(benches, scan);
criterion_main!(benches);
