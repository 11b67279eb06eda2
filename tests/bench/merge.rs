//! From the results of blocks to rows: how long the joining takes for 10⁸ records, finding rows in the joined set, and
//! putting them in order of time.

#![allow(
    missing_docs,
    reason = "criterion's macros make undocumented functions"
)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use timberline::base::id::{RecordNo, RowNo};
use timberline::index::block::BLOCK_RECORDS;
use timberline::index::synthetic;
use timberline::query::bitmap::{BlockRows, Mask};
use timberline::query::rowset::RowSet;
use timberline::query::sequence::Sequence;

const RECORDS: u64 = 100_000_000;
const BLOCK: u32 = 24_000;
/// Look-ups in one measurement.
const FINDS: u64 = 1_000;

/// Results in which one record of so many passes, not all at the same places.
fn results(every: u32) -> Vec<(u32, Option<BlockRows>)> {
    let block = |n: u64| {
        let mut mask = Mask::all(BLOCK);
        mask.retain(|slot| {
            let place = u32::from(slot.0).wrapping_mul(2_654_435_761);
            (place ^ n as u32).is_multiple_of(every)
        });
        (BLOCK, Some(mask.seal()))
    };
    (0..RECORDS / u64::from(BLOCK)).map(block).collect()
}

/// Rows in order of time: how long it takes where a file is in order, and where every block is at the same time as all
/// others, and how long a look-up takes then.
fn order(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("order");
    group.sample_size(10);
    let ordered = synthetic::snapshot(RECORDS, 40);
    let mixed = synthetic::repeated(RECORDS / 10 / BLOCK_RECORDS as u64, 40);
    for (name, snapshot) in [("100 M in order", &ordered), ("10 M mixed", &mixed)] {
        let set = RowSet::everything(snapshot);
        group.throughput(Throughput::Elements(set.len()));
        group.bench_function(BenchmarkId::new("all", name), |bencher| {
            bencher.iter(|| black_box(Sequence::sorted(set.clone(), snapshot, || false)));
        });
        let Some(rows) = Sequence::sorted(set, snapshot, || false) else {
            continue;
        };
        group.throughput(Throughput::Elements(FINDS));
        let mut at = 0_u64;
        group.bench_function(BenchmarkId::new("nth and rank", name), |bencher| {
            bencher.iter(|| {
                for _ in 0..FINDS {
                    at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
                    let record = rows.nth(RowNo(at % rows.len()));
                    black_box(record.map(|record| rows.rank(record)));
                }
            });
        });
    }
}

fn merge(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("merge");
    group.sample_size(10);
    for every in [2, 20, 1_000] {
        let parts = results(every);
        let name = |what| BenchmarkId::new(what, format!("1 of {every}"));
        group.throughput(Throughput::Elements(parts.len() as u64));
        group.bench_function(name("blocks to rows"), |bencher| {
            bencher.iter(|| black_box(RowSet::from_blocks(parts.iter().cloned())));
        });
        let rows = RowSet::from_blocks(parts);
        group.throughput(Throughput::Elements(FINDS));
        let mut at = 0_u64;
        group.bench_function(name("nth"), |bencher| {
            bencher.iter(|| {
                for _ in 0..FINDS {
                    at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
                    black_box(rows.nth(RowNo(at % rows.len())));
                }
            });
        });
        group.bench_function(name("rank"), |bencher| {
            bencher.iter(|| {
                for _ in 0..FINDS {
                    at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
                    black_box(rows.rank(RecordNo(at % rows.records())));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, merge, order);
criterion_main!(benches);
