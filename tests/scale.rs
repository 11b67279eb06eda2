//! Logs of 1 and 5 GB through the engine, with the budgets that a person notices. Ignored by default, because they write
//! those files; run them with `cargo test --release --test all scale -- --ignored --nocapture`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use timberline::base::id::Ticket;
use timberline::base::id::{Generation, RecordNo};
use timberline::base::time::Zone;
use timberline::engine::{
    EngineOptions, FieldsRequest, Phase, PlotRequest, SourceState, Surveyed, ViewSnapshot, Wanted,
};
use timberline::query::plot::{PlotSpec, Sheet};

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

/// The first fields are listed this soon.
const FIRST_FIELDS: Duration = Duration::from_millis(300);

/// And all of them.
const ALL_FIELDS: Duration = Duration::from_secs(3);

/// Nothing more is read this soon after nobody looks.
const REST: Duration = Duration::from_millis(20);

#[test]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
#[ignore = "writes a file of 1 GB; its budgets hold in release builds on a machine with nothing else to do"]
fn fields_and_a_plot_of_a_gigabyte_are_there_at_once() {
    let dir = Dir::new();
    let path = dir.path("big.log");
    write_log(&path, SIZE);
    let mut probe = EngineProbe::open(EngineOptions::default(), generated(&path));
    probe.wait("the whole file", |probe| {
        let complete = |view: &ViewSnapshot| view.complete && !view.rows.is_empty();
        let followed = |state: &SourceState| matches!(state.phase, Phase::Following);
        probe.view.as_deref().is_some_and(complete) && probe.state.as_deref().is_some_and(followed)
    });
    let fields = |probe: &mut EngineProbe, number: u64, wanted: bool| {
        let ticket = (0..number).fold(Ticket::default(), |ticket, _| ticket.next());
        probe.source.want_fields(FieldsRequest { ticket, wanted });
    };
    let asked = Instant::now();
    fields(&mut probe, 1, true);
    let told = |probe: &EngineProbe| probe.source.take_fields().map(|state| state.surveyed);
    let (first, all) = first_and_all(&mut probe, asked, told);
    println!("fields: the first after {first:?}, all after {all:?}");
    let sheet = Sheet {
        range: None,
        most: 400,
        zone: Zone::Utc,
    };
    let plot = |probe: &EngineProbe, spec: Option<&str>| {
        probe.source.want_plot(PlotRequest {
            ticket: Ticket::default(),
            spec: spec.map(|field| PlotSpec {
                field: field.to_owned(),
                ..PlotSpec::default()
            }),
            sheet: sheet.clone(),
        });
    };
    let asked = Instant::now();
    plot(&probe, Some("lineno"));
    let told = |probe: &EngineProbe| probe.source.take_plot().map(|state| state.surveyed);
    let (first_plot, all_plot) = first_and_all(&mut probe, asked, told);
    println!("plot: the first after {first_plot:?}, all after {all_plot:?}");
    // Another number, given up at once: whatever was under way ends, and nothing is told.
    plot(&probe, Some("process"));
    probe.wait("a first result", |probe| probe.source.take_plot().is_some());
    plot(&probe, None);
    std::thread::sleep(REST);
    drop(probe.source.take_plot());
    std::thread::sleep(REST * 20);
    assert!(probe.source.take_plot().is_none());
    assert!(first <= FIRST_FIELDS && first_plot <= FIRST_FIELDS);
    assert!(all <= ALL_FIELDS && all_plot <= ALL_FIELDS);
}

fn first_and_all(
    probe: &mut EngineProbe,
    asked: Instant,
    told: impl Fn(&EngineProbe) -> Option<Surveyed>,
) -> (Duration, Duration) {
    let (mut first, mut all) = (None, None);
    probe.wait("everything", |probe| {
        if let Some(surveyed) = told(probe) {
            let now = asked.elapsed();
            first = first.or((surveyed.rows > 0).then_some(now));
            all = all.or(surveyed.complete.then_some(now));
        }
        all.is_some()
    });
    (first.unwrap(), all.unwrap())
}
