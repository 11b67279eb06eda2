//! A toy survey over indexes without a file behind them: how many rows, and how long they are.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::super::bell::{Bell, bell};
use super::super::desk::{Desk, Stage};
use super::super::pool::Pool;
use super::super::reading::plain;
use super::super::state::{Surveyed, ViewSnapshot};
use super::{SurveyWorker, Told, Topic};
use crate::base::id::{Generation, SourceId, Ticket};
use crate::base::mailbox::Mailbox;
use crate::base::time::Zone;
use crate::bytes::{ByteSource, ReadError};
use crate::index::snapshot::SourceSnapshot;
use crate::index::synthetic;
use crate::query::bitmap::Mask;
use crate::query::rowset::RowSet;
use crate::query::survey::{Seen, Survey};

/// Records of nothing but `x`; fails where it is told to, and counts the bytes.
#[derive(Debug, Default)]
struct Endless {
    read: AtomicU64,
    bad: Option<u64>,
}

impl ByteSource for Endless {
    fn len(&self) -> std::io::Result<u64> {
        Ok(u64::MAX)
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        if self
            .bad
            .is_some_and(|bad| (offset..offset + buf.len() as u64).contains(&bad))
        {
            return Err(ReadError::Io(std::io::Error::other("on purpose")));
        }
        self.read.fetch_add(buf.len() as u64, Ordering::Relaxed);
        buf.fill(b'x');
        Ok(buf.len())
    }
}

/// Counts rows and bytes; panics at a record if it is told to.
struct Lengths {
    panics_at: Option<u64>,
}

impl Survey for Lengths {
    type Found = (u64, u64);

    fn nothing(&self) -> Self::Found {
        (0, 0)
    }

    fn look(&self, seen: &Seen<'_>, found: &mut Self::Found) {
        let record = seen.block.first_record().0 + u64::from(seen.slot.0);
        assert!(self.panics_at != Some(record), "on purpose");
        *found = (found.0 + 1, found.1 + seen.bytes.len() as u64);
    }

    fn merge(&self, into: &mut Self::Found, other: Self::Found) {
        *into = (into.0 + other.0, into.1 + other.1);
    }
}

/// Whether to count, and where to panic.
type Ask = (bool, Option<u64>);

#[derive(Default)]
struct Toy {
    requests: Mailbox<Ask>,
    told: Mutex<Vec<(Surveyed, (u64, u64))>>,
}

impl Topic for Arc<Toy> {
    type Request = Ask;
    type Survey = Lengths;

    const DOING: &'static str = "counting";

    fn requests<'a>(&'a self, _desk: &'a Desk) -> &'a Mailbox<Ask> {
        &self.requests
    }

    fn rests(&self, request: &Ask) -> bool {
        !request.0
    }

    fn survey(&self, request: &Ask, _stage: &Stage) -> Lengths {
        Lengths {
            panics_at: request.1,
        }
    }

    fn suits(&self, survey: &Lengths, request: &Ask, _stage: &Stage) -> bool {
        survey.panics_at == request.1
    }

    fn tell(&self, _desk: &Desk, _request: &Ask, told: Told<'_, Lengths>) {
        assert_eq!(told.view.generation, told.stage.snapshot.generation);
        assert!(told.survey.panics_at != Some(u64::MAX));
        let told = (told.surveyed, *told.found);
        self.told.lock().unwrap().push(told);
    }
}

struct Bench {
    desk: Arc<Desk>,
    toy: Arc<Toy>,
    bytes: Arc<Endless>,
    bell: Bell,
    ticket: Ticket,
    worker: Option<std::thread::JoinHandle<()>>,
}

impl Bench {
    fn start(bad: Option<u64>) -> Self {
        let (desk, _doors) = Desk::new(SourceId(0), "none".into(), Arc::new(|| {}));
        let (toy, (bell, door)) = (Arc::new(Toy::default()), bell());
        let (own, topic) = (desk.clone(), toy.clone());
        let run = move || {
            let (pool, _threads) = Pool::start(1);
            SurveyWorker::new(topic, pool).run(&own, &door);
        };
        let worker = std::thread::Builder::new().spawn(run).unwrap();
        let bytes = Arc::new(Endless {
            bad,
            ..Endless::default()
        });
        Self {
            desk,
            toy,
            bytes,
            bell,
            ticket: Ticket(0),
            worker: Some(worker),
        }
    }

    /// Shows an index and every `step`th of its records.
    fn show(&self, snapshot: &SourceSnapshot, step: u32) {
        let rows = RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
            let records = block.len() as u32;
            let mut mask = Mask::all(records);
            mask.retain(|slot| u32::from(slot.0) % step == 0);
            (records, Some(mask.seal()))
        }));
        self.desk.set_stage(Arc::new(Stage {
            snapshot: snapshot.clone(),
            bytes: self.bytes.clone(),
            format: Arc::new(plain()),
            zone: Zone::Utc,
            catching_up: false,
        }));
        self.desk.set_view(Arc::new(ViewSnapshot {
            ticket: self.ticket,
            generation: Generation(0),
            blocks_done: 0,
            blocks_total: 0,
            sealed: snapshot.sealed,
            all: rows.clone().into(),
            shown: rows.clone().into(),
            rows,
            around: 0,
            collapse: false,
            folding: None,
            tally: Arc::default(),
            complete: true,
            problem: None,
        }));
        self.bell.ring();
    }

    fn ask(&self, ask: Ask) {
        self.toy.requests.publish(Arc::new(ask));
        self.bell.ring();
    }

    /// The first result of now or later for which this holds.
    fn wait(&self, holds: impl Fn(&Surveyed) -> bool) -> (Surveyed, (u64, u64)) {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some((surveyed, found)) = self.toy.told.lock().unwrap().last()
                && holds(surveyed)
            {
                return (*surveyed, *found);
            }
            assert!(Instant::now() < deadline, "waited in vain");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.desk.close();
        self.bell.ring();
        if let Some(worker) = self.worker.take() {
            worker.join().unwrap();
        }
    }
}

/// An index whose last blocks may be replaced.
fn index(records: u64, unsealed: usize) -> SourceSnapshot {
    let mut snapshot = synthetic::snapshot(records, 3);
    snapshot.sealed = snapshot.blocks.len() - unsealed;
    snapshot
}

#[test]
fn every_row_is_looked_at_once_while_the_log_grows_and_is_filtered_anew() {
    let mut bench = Bench::start(None);
    bench.ask((true, None));
    let mut rows = 0;
    for (records, unsealed, step) in [
        (100_000, 1, 1),
        (131_072, 1, 1),
        (131_072, 0, 1),
        (400_000, 2, 1),
        (400_000, 2, 7),
        (500_000, 1, 7),
    ] {
        let snapshot = index(records, unsealed);
        if step != 1 && bench.ticket == Ticket(0) {
            bench.ticket = bench.ticket.next();
        }
        bench.show(&snapshot, step);
        rows = { snapshot.blocks.iter() }
            .map(|block| (block.len() as u64).div_ceil(u64::from(step)))
            .sum();
        let (surveyed, found) = bench.wait(|told| told.complete && told.of == rows);
        assert_eq!((surveyed.rows, surveyed.unread), (rows, 0), "{records}");
        assert_eq!(found, (rows, rows * synthetic::RECORD_BYTES), "{records}");
    }
    // What is looked at is no more than what there is, at any time.
    assert!(
        bench
            .toy
            .told
            .lock()
            .unwrap()
            .iter()
            .all(|told| told.0.rows <= told.0.of && told.1.0 == told.0.rows)
    );
    assert!(rows > 0);
}

#[test]
fn results_come_before_everything_is_looked_at_and_resting_reads_nothing() {
    let bench = Bench::start(None);
    bench.show(&index(20_000_000, 1), 1);
    bench.ask((true, None));
    let (first, _) = bench.wait(|told| told.rows > 0);
    assert!(first.rows < first.of && !first.complete);
    bench.ask((false, None));
    // Until the step in progress has ended.
    while bench.toy.requests.is_full() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(50));
    let read = bench.bytes.read.load(Ordering::Relaxed);
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(bench.bytes.read.load(Ordering::Relaxed), read);
    // What is known is gone on with.
    bench.ask((true, None));
    let (next, found) = bench.wait(|told| told.rows > first.rows);
    assert_eq!(found.0, next.rows);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_counted() {
    let snapshot = index(300_000, 1);
    let bad = snapshot.blocks.get(1).unwrap().bytes().start + 5_000_000;
    let bench = Bench::start(Some(bad));
    bench.show(&snapshot, 1);
    bench.ask((true, None));
    let (surveyed, found) = bench.wait(|told| told.complete);
    assert!(surveyed.unread > 0 && surveyed.rows + surveyed.unread == 300_000);
    assert_eq!(found.0, surveyed.rows);
    assert_eq!(bench.desk.board.take_events().len(), 1);
}

#[test]
fn a_panic_costs_no_more_than_what_was_not_merged() {
    let bench = Bench::start(None);
    bench.show(&index(300_000, 1), 1);
    bench.ask((true, Some(70_000)));
    let (surveyed, found) = bench.wait(|told| told.complete);
    assert!(surveyed.unread > 0 && surveyed.rows + surveyed.unread == 300_000);
    assert_eq!(found.0, surveyed.rows);
    assert_eq!(bench.desk.board.take_events().len(), 1);
    bench.ask((true, None));
    let (again, _) = bench.wait(|told| told.complete && told.unread == 0);
    assert_eq!(again.rows, 300_000);
}
