//! A log of 1 GB through the engine, with the budgets that a person notices. Ignored by default, because it writes that
//! file; run it with `cargo test --release --test all scale -- --ignored --nocapture`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::time::{Duration, Instant};

use timberline::base::id::{Generation, RecordNo};
use timberline::engine::{EngineOptions, Wanted};

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::probe::{EngineProbe, detected};

const SIZE: usize = 1_000_000_000;
/// Records are repeated after so many; their times then start over, which no budget depends on.
const DISTINCT: usize = 100_000;

/// First rows are on screen this soon after opening (the budget for any size).
const FIRST_ROWS: Duration = Duration::from_millis(100);

#[test]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
#[ignore = "writes a file of 1 GB; its budgets hold in release builds"]
fn a_gigabyte_shows_its_first_rows_at_once() {
    let dir = Dir::new();
    let path = dir.path("big.log");
    let text = LogGen::new(1).text(DISTINCT);
    let mut out = BufWriter::new(File::create(&path).unwrap());
    let mut written = 0;
    while written < SIZE {
        out.write_all(text.as_bytes()).unwrap();
        written += text.len();
    }
    out.into_inner().unwrap().sync_all().unwrap();

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
