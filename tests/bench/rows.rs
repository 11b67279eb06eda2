//! What a screen of rows costs: 60 records at a random place of a file, located, read and taken apart.

#![allow(
    missing_docs,
    reason = "criterion's macros make undocumented functions"
)]
#![allow(
    clippy::expect_used,
    reason = "a benchmark without its log measures nothing"
)]

use std::hint::black_box;
use std::io::Write as _;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use timberline::base::id::RecordNo;
use timberline::bytes::ByteSource;
use timberline::bytes::file::FileBytes;
use timberline::format::spec::{Format, FormatSpec};

#[path = "common.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod common;
#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

use common::index;
use log::LogWriter;

const ROWS: u64 = 60;
const RECORDS: usize = 300_000;

fn rows(criterion: &mut Criterion) {
    let mut text = String::new();
    let mut writer = LogWriter::new(1);
    (0..RECORDS).for_each(|_| writer.text(&mut text));
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("room for it");
    let bytes = FileBytes::open(file.path()).expect("it is there");
    let format = Format::compile(&FormatSpec::template(log::TEMPLATE)).expect("a good template");
    let mut buffer = Vec::new();
    let snapshot = index(&bytes, &format.extractor, &mut buffer);
    let mut group = criterion.benchmark_group("rows");
    group.sample_size(20);
    group.throughput(Throughput::Elements(ROWS));
    let mut at = 0;
    group.bench_function("60 anywhere", |bencher| {
        bencher.iter(|| {
            at = (at + 7_919_771) % (snapshot.len() - ROWS);
            let metas = (at..at + ROWS).filter_map(|record| snapshot.record(RecordNo(record)));
            let metas: Vec<_> = metas.collect();
            let start = metas[0].offset;
            let end = metas.last().map_or(start, |last| last.offset + last.length);
            buffer.resize((end - start) as usize, 0);
            bytes
                .read_at(start, &mut buffer)
                .expect("it is still there");
            for meta in &metas {
                let from = (meta.offset - start) as usize;
                let record = &buffer[from..from + meta.length as usize];
                black_box(format.extractor.parse(record));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, rows);
criterion_main!(benches);
