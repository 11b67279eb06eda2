//! The view worker over indexes without a file behind them.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::arrange::RowManner;
use super::chores::Chores;
use super::desk::{Desk, Stage};
use super::pool::Pool;
use super::reading::plain;
use super::request::FilterRequest;
use super::state::ViewSnapshot;
use super::view::ViewWorker;
use crate::base::id::{RecordNo, RowNo, SourceId, Ticket};
use crate::base::time::Zone;
use crate::bytes::{ByteSource, ReadError};
use crate::index::snapshot::SourceSnapshot;
use crate::index::synthetic;
use crate::query::context::with_context;
use crate::query::spec::{FilterSpec, LevelRule, LoggerRule, LoggerTerm, Pattern, Reach, TextTerm};

/// As many records as are asked for, all the same; counts the bytes.
#[derive(Debug, Default)]
struct Endless(AtomicU64);

impl ByteSource for Endless {
    fn len(&self) -> std::io::Result<u64> {
        Ok(u64::MAX)
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.0.fetch_add(buf.len() as u64, Ordering::Relaxed);
        buf.fill(b'x');
        let record = synthetic::RECORD_BYTES;
        let end = (record - 1 - offset % record) as usize;
        for byte in buf.iter_mut().skip(end).step_by(record as usize) {
            *byte = b'\n';
        }
        Ok(buf.len())
    }
}

/// A view worker on its own.
struct Bench {
    desk: Arc<Desk>,
    bytes: Arc<Endless>,
    ticket: Ticket,
    worker: Option<std::thread::JoinHandle<()>>,
}

impl Bench {
    fn start(threads: usize) -> Self {
        let (desk, doors) = Desk::new(SourceId(0), "none".into(), Arc::new(|| {}));
        let request = request(Ticket(0), FilterSpec::default());
        let own = desk.clone();
        let run = move || {
            let (pool, _threads) = Pool::start(threads);
            let (chores, _chores) = Chores::start();
            ViewWorker::new(own, doors.view, pool, chores, request).run();
        };
        let worker = std::thread::Builder::new().spawn(run).unwrap();
        Self {
            desk,
            bytes: Arc::default(),
            ticket: Ticket(0),
            worker: Some(worker),
        }
    }

    fn show(&self, snapshot: SourceSnapshot) {
        self.desk.set_stage(Arc::new(Stage {
            snapshot,
            bytes: self.bytes.clone(),
            format: Arc::new(plain()),
            zone: Zone::Utc,
            catching_up: false,
        }));
    }

    fn filter(&mut self, spec: FilterSpec) {
        self.ticket = self.ticket.next();
        self.desk.ask_filter(request(self.ticket, spec));
    }

    /// The first view of the newest filter for which this holds.
    fn wait(&self, holds: impl Fn(&ViewSnapshot) -> bool) -> Arc<ViewSnapshot> {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let view = self.desk.view().filter(|view| view.ticket == self.ticket);
            if let Some(view) = view.filter(|view| holds(view)) {
                return view;
            }
            assert!(Instant::now() < deadline, "waited in vain");
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    /// The view of all these records.
    fn complete(&self, records: u64) -> Arc<ViewSnapshot> {
        self.wait(|view| view.complete && view.rows.records() == records)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.desk.close();
        if let Some(worker) = self.worker.take() {
            worker.join().unwrap();
        }
    }
}

fn request(ticket: Ticket, spec: FilterSpec) -> FilterRequest {
    FilterRequest {
        ticket,
        spec,
        anchor: Some(RecordNo(0)),
        renews: false,
    }
}

fn at_least(level: &str) -> FilterSpec {
    FilterSpec {
        levels: LevelRule {
            at_least: Some(level.to_owned()),
            ..LevelRule::default()
        },
        ..FilterSpec::default()
    }
}

fn subtree(name: &str) -> FilterSpec {
    FilterSpec {
        loggers: LoggerRule {
            include: [LoggerTerm {
                name: name.to_owned(),
                reach: Reach::Subtree,
            }]
            .into(),
            ..LoggerRule::default()
        },
        ..FilterSpec::default()
    }
}

fn regex(text: &str) -> FilterSpec {
    FilterSpec {
        text: vec![TextTerm {
            pattern: Pattern {
                text: text.to_owned(),
                regex: true,
                ..Pattern::default()
            },
            ..TextTerm::default()
        }],
        ..FilterSpec::default()
    }
}

/// Counts of a view's levels and of one logger, by the definition.
fn assert_counts(view: &ViewSnapshot, snapshot: &SourceSnapshot) {
    let of_levels: u64 = snapshot
        .levels
        .ids_by_rank()
        .into_iter()
        .map(|level| view.tally.level(level))
        .sum();
    let of_loggers: u64 = snapshot
        .loggers
        .iter()
        .map(|(id, _)| view.tally.logger(id).records)
        .sum();
    let expected = [view.rows.len(); 3];
    assert_eq!([view.tally.rows, of_levels, of_loggers], expected);
}

#[test]
fn growth_reads_and_counts_only_what_is_new() {
    let mut bench = Bench::start(1);
    bench.filter(regex("^x"));
    let (mut read, mut sealed) = (0, 0);
    for blocks in [4_u64, 5, 9, 10] {
        // The last block of each is not sealed and evaluated anew when the next comes.
        let records = blocks * 65_536 - 100;
        let snapshot = synthetic::snapshot(records, 40);
        bench.show(snapshot.clone());
        let view = bench.complete(records);
        assert_eq!(view.rows.len(), records);
        assert_counts(&view, &snapshot);
        let total = bench.bytes.0.load(Ordering::Relaxed);
        let new = records - sealed * 65_536;
        assert_eq!(total - read, new * synthetic::RECORD_BYTES);
        (read, sealed) = (total, snapshot.sealed as u64);
    }
}

#[test]
fn records_around_rows_are_those_of_the_whole_while_the_file_grows() {
    let mut bench = Bench::start(2);
    bench.filter(at_least("CRITICAL"));
    for (records, around) in [
        (70_000_u64, 2),
        (70_001, 2),
        (300_000, 2),
        (300_000, 50),
        (300_100, 0),
    ] {
        bench.desk.ask_manner(RowManner {
            around,
            ..RowManner::default()
        });
        bench.show(synthetic::snapshot(records, 40));
        let view = bench
            .wait(|view| view.complete && view.rows.records() == records && view.around == around);
        let expected = with_context(&view.rows, around);
        assert!(!view.rows.is_empty());
        assert_eq!(view.shown.len(), expected.len(), "{records} {around}");
        assert!(
            view.shown
                .range(0..u64::MAX)
                .eq(expected.range(0..u64::MAX))
        );
        assert_counts(&view, &synthetic::snapshot(records, 40));
    }
    // The next filter has it too, and without one there is nothing around.
    bench.desk.ask_manner(RowManner {
        around: 3,
        ..RowManner::default()
    });
    bench.filter(FilterSpec::default());
    let view = bench.complete(300_100);
    assert_eq!((view.around, view.shown.len()), (3, 300_100));
}

/// Rows that say something else than the one above, by the definition.
fn unlike(view: &ViewSnapshot, snapshot: &SourceSnapshot) -> Vec<RecordNo> {
    let kind = |record| {
        let meta = snapshot.record(record).unwrap();
        // A last record may go on.
        (meta.level, meta.logger, meta.partial.then_some(record))
    };
    let mut before = None;
    let all = view.all.range(0..u64::MAX);
    all.filter(|record| before.replace(kind(*record)) != Some(kind(*record)))
        .collect()
}

#[test]
fn repeats_are_those_of_the_whole_while_the_file_grows() {
    let mut bench = Bench::start(2);
    bench.filter(FilterSpec::default());
    let manner = |around, open: &[u64]| RowManner {
        around,
        collapse: true,
        by_time: false,
        open: Arc::new(open.iter().copied().map(RecordNo).collect()),
    };
    bench.desk.ask_manner(manner(0, &[]));
    let folded = |records: u64| {
        move |view: &ViewSnapshot| {
            let whole = view.complete && view.rows.records() == records;
            whole && view.collapse && view.folding.is_none()
        }
    };
    let mut repeats = 0;
    for records in [70_000_u64, 70_001, 200_000, 200_100] {
        let snapshot = synthetic::snapshot(records, 2);
        bench.show(snapshot.clone());
        let view = bench.wait(folded(records));
        let expected = unlike(&view, &snapshot);
        assert!(view.shown.range(0..u64::MAX).eq(expected), "{records}");
        repeats = view.all.len() - view.shown.len();
        assert_counts(&view, &snapshot);
        for row in (0..view.all.len()).step_by(997) {
            let record = view.all.nth(RowNo(row)).unwrap();
            let shown = view.shown.nth(view.row_of(record)).unwrap();
            assert!(shown <= record);
            assert!(view.run_of(shown).is_some());
        }
    }
    assert!(repeats > 0, "there is something to leave out");
    // With what is around rows, and with a run shown after all.
    bench.filter(at_least("ERROR"));
    bench.desk.ask_manner(manner(2, &[]));
    let near = |view: &ViewSnapshot| view.around == 2;
    let snapshot = synthetic::snapshot(200_100, 2);
    let view = bench.wait(|view| near(view) && folded(200_100)(view));
    assert!(view.shown.range(0..u64::MAX).eq(unlike(&view, &snapshot)));
    let heads = view.shown.range(0..view.shown.len());
    let long = |first: &RecordNo| view.run_of(*first).is_some_and(|run| !run.is_empty());
    let first = { heads }.find(long).unwrap();
    let run = view.run_of(first).unwrap();
    bench.desk.ask_manner(manner(2, &[first.0]));
    let before = view.shown.len();
    bench.wait(|view| view.shown.len() == before + (run.end - run.start));
}

#[test]
fn rows_are_in_order_of_time_while_the_file_grows() {
    let manner = |around, collapse, by_time| RowManner {
        around,
        collapse,
        by_time,
        ..RowManner::default()
    };
    for spec in [FilterSpec::default(), at_least("ERROR")] {
        let mut bench = Bench::start(2);
        bench.filter(spec);
        for (blocks, around, collapse) in [(1, 0, false), (2, 0, false), (3, 2, true)] {
            let manner = manner(around, collapse, true);
            bench.desk.ask_manner(manner.clone());
            // Times begin anew in every block.
            let snapshot = synthetic::repeated(blocks, 2);
            bench.show(snapshot.clone());
            let view = bench.wait(|view| {
                let whole = view.complete && view.rows.records() == snapshot.len();
                let as_asked = (view.around, view.collapse) == (around, collapse);
                whole && as_asked && view.shown.is_by_time() && view.folding.is_none()
            });
            for rows in [&view.all, &view.shown] {
                let mut expected: Vec<RecordNo> = rows.set().range(0..u64::MAX).collect();
                expected.sort_by_key(|record| snapshot.record(*record).unwrap().time);
                assert!(rows.range(0..u64::MAX).eq(expected), "{blocks}");
                assert_eq!(rows.is_as_in_file(), blocks == 1);
            }
            assert_eq!(view.all.set().len(), with_context(&view.rows, around).len());
            for record in view.all.range(0..500) {
                let shown = view.shown.nth(view.row_of(record)).unwrap();
                assert!(shown == record || view.run_of(shown).is_some_and(|run| !run.is_empty()));
            }
        }
        bench.desk.ask_manner(manner(0, false, false));
        let view = bench.wait(|view| !view.shown.is_by_time() && view.around == 0);
        assert!(view.shown.range(0..10).eq(view.rows.range(0..10)));
    }
}

#[test]
fn rows_that_were_shown_stay_while_the_file_grows() {
    let bench = Bench::start(1);
    let nowhere = FilterRequest {
        anchor: None,
        ..request(Ticket(0), regex("^x"))
    };
    bench.desk.ask_filter(nowhere);
    bench.show(synthetic::snapshot(60_000, 40));
    bench.complete(60_000);
    let records = 60 * 65_536;
    bench.show(synthetic::snapshot(records, 40));
    let view = bench.wait(|view| {
        assert_eq!(view.rows.nth(RowNo(0)), Some(RecordNo(0)));
        view.complete && view.rows.records() == records
    });
    assert_eq!(view.rows.len(), records);
}

#[test]
fn a_slow_search_is_given_up_at_once() {
    let mut bench = Bench::start(1);
    bench.show(synthetic::snapshot(40 * 65_536, 3));
    // Runs through all of every record, with every step a choice.
    bench.filter(regex("(x|xx|y)*(x|z)*(x|xx|y)*!"));
    std::thread::sleep(Duration::from_millis(30));
    let asked = Instant::now();
    bench.filter(at_least("CRITICAL"));
    let view = bench.wait(|view| view.complete);
    assert!(!view.rows.is_empty());
    let took = asked.elapsed();
    assert!(took < Duration::from_millis(1500), "{took:?}");
}

#[test]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
#[ignore = "prints how long filters over 100 million records take; meant for release builds"]
fn a_hundred_million_records() {
    let records = 100_000_000;
    // The scan thread and the view's own.
    let mut bench = Bench::start(1);
    bench.show(synthetic::snapshot(records, 300));
    bench.complete(records);
    for (filter, spec) in [
        ("ERROR and above", at_least("ERROR")),
        ("INFO and above", at_least("INFO")),
        ("subtree", subtree("app.part3")),
        ("everything", FilterSpec::default()),
    ] {
        for _ in 0..3 {
            let asked = Instant::now();
            bench.filter(spec.clone());
            let first = bench.wait(|view| !view.rows.is_empty());
            let (first, rows) = (asked.elapsed(), first.rows.len());
            let all = bench.complete(records).rows.len();
            let took = asked.elapsed();
            println!("{filter}: {rows} rows after {first:?}, {all} after {took:?}");
        }
    }
    for pattern in ["nowhere", "(x|xx|y)*(x|z)*(x|xx|y)*!", r"\byy\b"] {
        bench.filter(regex(pattern));
        std::thread::sleep(Duration::from_millis(300));
        let asked = Instant::now();
        bench.filter(at_least("CRITICAL"));
        bench.wait(|_| true);
        let took = asked.elapsed();
        println!("{pattern:?} given up for another filter's rows within {took:?}");
    }
}
