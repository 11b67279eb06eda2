//! How fast a log is indexed: bytes per second of the scan, with everything from the read to the published snapshot.

#![allow(
    missing_docs,
    reason = "criterion's macros make undocumented functions"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use timberline::base::id::Generation;
use timberline::base::time::{Timestamp, Zone};
use timberline::bytes::memory::MemoryBytes;
use timberline::format::extractor::Extractor;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};

const TEMPLATE: &str =
    "%(asctime)s %(levelname)-8s [%(process)d:%(threadName)s] %(name)s:%(lineno)d - %(message)s";

/// Some 16 MB of a service's log: a traceback every 110 records, loggers and levels mixed.
fn log() -> String {
    let mut text = String::new();
    for n in 0..100_000_u32 {
        let level = ["DEBUG", "INFO", "INFO", "WARNING", "ERROR"][(n % 31 / 7) as usize];
        let (minute, second, milli) = (n / 60_000, n / 1000 % 60, n % 1000);
        text += &format!(
            "2026-11-22 10:{minute:02}:{second:02},{milli:03} {level:<8} [4021:Thread-{}] app.part{}.module{}:{} - \
             request {n} for tenant {} processed in {milli} ms, queue length {}, nothing else to say\n",
            n % 8,
            n % 12,
            n % 300,
            n % 400,
            n % 50,
            n % 90,
        );
        if n % 110 == 0 {
            text += "Traceback (most recent call last):\n  File \"/srv/app/db.py\", line 31, in run\n    \
                     self.session.commit()\nConnectionError: connection reset by peer\n";
        }
    }
    text
}

fn index(
    bytes: &MemoryBytes,
    end: u64,
    extractor: &Extractor,
    buffer: &mut Vec<u8>,
) -> SourceSnapshot {
    let written = Timestamp::default();
    let mut assembler =
        Assembler::new(Generation::default(), extractor.clock(), Zone::Utc, written);
    while let Some(chunk) = assembler.next_chunk(end) {
        match scan_chunk(bytes, chunk, end, extractor, &Zone::Utc, buffer) {
            Ok(draft) => assembler.push(draft),
            Err(_) => break,
        }
    }
    assembler.snapshot()
}

fn scan(criterion: &mut Criterion) {
    let text = log();
    let end = text.len() as u64;
    let bytes = MemoryBytes::new(text);
    let mut group = criterion.benchmark_group("scan");
    group.throughput(Throughput::Bytes(end));
    let Ok(format) = Format::compile(&FormatSpec::template(TEMPLATE)) else {
        return;
    };
    let mut buffer = Vec::new();
    group.bench_function("template", |bencher| {
        bencher.iter(|| black_box(index(&bytes, end, &format.extractor, &mut buffer)));
    });
    group.finish();
}

criterion_group!(benches, scan);
criterion_main!(benches);
