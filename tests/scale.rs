//! Logs of 1 and 5 GB through the engine, with the budgets that a person notices. Ignored by default, because they write
//! those files; run them with `cargo test --release --test all scale -- --ignored --nocapture`. What surveys take of a
//! gigabyte: `cargo bench --bench budgets`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use timberline::base::id::{Generation, RecordNo};
use timberline::engine::{EngineOptions, Phase, SourceState, ViewSnapshot, Wanted};

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::probe::{EngineProbe, detected, generated};

const SIZE: usize = 1_000_000_000;
/// Records are repeated after so many; their times then start over, which no budget depends on.
const DISTINCT: usize = 100_000;

/// First rows are on screen this soon after opening (the budget for any size).
const FIRST_ROWS: Duration = Duration::from_millis(100);

/// Text is there this soon after a jump to anywhere.
const JUMP: Duration = Duration::from_millis(50);

/// Writes a log of about so many bytes; how many it is.
fn write_log(path: &Path, size: usize) -> usize {
    let text = LogGen::new(1).text(DISTINCT);
    let mut out = BufWriter::new(File::create(path).unwrap());
    let mut written = 0;
    while written < size {
        out.write_all(text.as_bytes()).unwrap();
        written += text.len();
    }
    out.into_inner().unwrap().sync_all().unwrap();
    written
}

#[test]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
#[ignore = "writes a file of 1 GB; its budgets hold in release builds"]
fn a_gigabyte_shows_its_first_rows_at_once() {
    let dir = Dir::new();
    let path = dir.path("big.log");
    let written = write_log(&path, SIZE);

    // In a program that runs: the first detection of all also compiles the built-in formats.
    let small = dir.write("small.log", LogGen::new(2).text(10));
    EngineProbe::open(EngineOptions::default(), detected(&small)).wait_for_records(0, 10);

    let opened = Instant::now();
    let mut probe = EngineProbe::open(EngineOptions::default(), detected(&path));
    probe.wait("the first records", |probe| {
        probe
            .view
            .as_ref()
            .is_some_and(|view| view.rows.len() >= 50)
    });
    println!("first records after {:?}", opened.elapsed());
    let generation = probe.view.as_ref().unwrap().generation;
    probe.source.want_rows(Wanted {
        generation,
        records: (0..50).map(RecordNo).collect(),
    });
    probe.wait("the first rows", |probe| probe.rows.len() >= 50);
    let first_rows = opened.elapsed();
    println!("first 50 rows of {written} bytes after {first_rows:?}");
    assert!(first_rows <= FIRST_ROWS, "{first_rows:?}");
    assert_eq!(generation, Generation::default());
}

#[test]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
#[ignore = "writes a file of 5 GB; its budgets hold in release builds"]
fn a_jump_to_anywhere_in_five_gigabytes_shows_text_at_once() {
    let dir = Dir::new();
    let path = dir.path("huge.log");
    let written = write_log(&path, 5 * SIZE);
    let mut probe = EngineProbe::open(EngineOptions::default(), generated(&path));
    probe.wait("the whole file", |probe| {
        let complete = |view: &ViewSnapshot| view.complete && !view.rows.is_empty();
        let followed = |state: &SourceState| matches!(state.phase, Phase::Following);
        probe.view.as_deref().is_some_and(complete) && probe.state.as_deref().is_some_and(followed)
    });
    let (generation, records) = {
        let view = probe.view.as_ref().unwrap();
        (view.generation, view.rows.len())
    };
    let mut places = LogGen::new(7);
    let mut took: Vec<Duration> = (0..500)
        .map(|_| {
            let first = places.random(records - 60);
            probe.rows.clear();
            let asked = Instant::now();
            probe.source.want_rows(Wanted {
                generation,
                records: (first..first + 60).map(RecordNo).collect(),
            });
            probe.wait("the rows", |probe| probe.rows.len() >= 60);
            asked.elapsed()
        })
        .collect();
    took.sort();
    let (median, last) = (took[took.len() / 2], took[took.len() - 1]);
    println!(
        "60 rows anywhere in {written} bytes, {records} records: {median:?} in the median, {last:?} at most"
    );
    assert!(last <= JUMP, "{last:?}");
}
