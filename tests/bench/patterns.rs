//! Messages to templates, the templates of a log, and what was raised in it. The engine's survey of a whole file is in the
//! budgets: `cargo bench --bench budgets`.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use timberline::base::id::BlockNo;
use timberline::bytes::memory::MemoryBytes;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::SourceSnapshot;
use timberline::query::patterns::groups::Groups;
use timberline::query::patterns::survey::{Found, GroupSurvey, Wanted};
use timberline::query::patterns::template::Templater;
use timberline::query::rowset::RowSet;
use timberline::query::survey::{Survey as _, look_through};

#[path = "common.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod common;
#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

use common::{index, log_of, sum_on_all_cores};

const SIZE: usize = 64_000_000;

/// Looks at every record, on all cores.
fn survey(survey: &GroupSurvey, snapshot: &SourceSnapshot, bytes: &MemoryBytes) -> u64 {
    let rows = RowSet::everything(snapshot);
    // As the engine does it: each thread goes on with what it has.
    let next = AtomicUsize::new(0);
    let looked = sum_on_all_cores(2, |_, buffer| {
        let mut found: Found = survey.nothing();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((block, rows)) = snapshot.blocks.get(at).zip(rows.block(BlockNo(at as u32)))
            else {
                return Groups::of(&found, survey.wanted(), snapshot).records;
            };
            look_through(
                survey,
                (block, rows),
                0,
                (bytes, buffer),
                &mut found,
                || false,
            );
        }
    });
    black_box(looked)
}

fn patterns(criterion: &mut Criterion) {
    let messages = [
        "Application startup complete.",
        "request 8f2a served /api/v1/users/42 in 12.5ms status=200 user=\"anna b\"",
        "connection from 10.0.0.7:51234 closed after 3 retries (timeout 30 s)",
        "추론 완료: 토큰 512개, 모델=llama, 12.5ms",
    ];
    let mut templater = Templater::default();
    let mut group = criterion.benchmark_group("patterns");
    group.throughput(Throughput::Elements(messages.len() as u64));
    group.bench_function("template of a message", |bench| {
        bench.iter(|| -> usize {
            let lengths = messages
                .iter()
                .map(|message| templater.read(message.as_bytes()).len());
            lengths.sum()
        });
    });
    let bytes = log_of(SIZE, false);
    let Ok(format) = Format::compile(&FormatSpec::template(log::TEMPLATE)) else {
        return;
    };
    let snapshot = index(&bytes, &format.extractor, &mut Vec::new());
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(4));
    group.throughput(Throughput::Bytes(SIZE as u64));
    for (name, wanted) in [
        ("patterns of a log", Wanted::Patterns),
        ("exceptions of a log", Wanted::Exceptions),
    ] {
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let fresh = GroupSurvey::new(wanted, format.extractor.clone(), &snapshot);
                survey(&fresh, &snapshot, &bytes)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, patterns);
criterion_main!(benches);
