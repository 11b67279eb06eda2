//! An engine with one open log, asked by waiting for what must become true before a deadline.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use timberline::base::id::{Generation, RecordNo, RowNo, Ticket};
use timberline::base::origin::Origin;
use timberline::base::time::Zone;
use timberline::engine::{
    CopyResult, Engine, EngineOptions, ExportState, FilterRequest, FullRecord, OpenSpec, Phase,
    PreviewResult, RestartReason, RowText, SeekResult, SourceEvent, SourceHandle, SourceState,
    ViewSnapshot, Wanted,
};
use timberline::format::spec::FormatSpec;
use timberline::query::spec::{FilterSpec, LevelRule};

use super::log_gen::TEMPLATE;

/// No test waits longer for anything.
const DEADLINE: Duration = Duration::from_secs(8);

pub struct EngineProbe {
    pub engine: Engine,
    pub source: SourceHandle,
    wake: Receiver<()>,
    ticket: Ticket,
    pub state: Option<Arc<SourceState>>,
    pub view: Option<Arc<ViewSnapshot>>,
    pub rows: BTreeMap<(Generation, RecordNo), Arc<RowText>>,
    pub unavailable: Vec<(Generation, RecordNo)>,
    pub record: Option<Arc<FullRecord>>,
    pub seek: Option<Arc<SeekResult>>,
    pub copy: Option<Arc<CopyResult>>,
    pub preview: Option<Arc<PreviewResult>>,
    pub export: Option<Arc<ExportState>>,
    pub events: Vec<SourceEvent>,
}

/// Looks at the file every 20 ms and hears no notifications: what tests of following want unless they say otherwise.
pub fn quick() -> EngineOptions {
    EngineOptions {
        poll: Duration::from_millis(20),
        notify: false,
        scan_threads: 1,
        ..EngineOptions::default()
    }
}

/// Opens in the format that `LogGen` writes.
pub fn generated(path: &Path) -> OpenSpec {
    OpenSpec {
        format: Some(FormatSpec::template(TEMPLATE)),
        ..detected(path)
    }
}

/// Opens with the format left to detection.
pub fn detected(path: &Path) -> OpenSpec {
    OpenSpec {
        path: path.to_owned(),
        origin: Origin::Path,
        format: None,
        zone: Zone::Utc,
        encoding: None,
        filter: FilterSpec::default(),
    }
}

impl EngineProbe {
    pub fn open(options: EngineOptions, spec: OpenSpec) -> Self {
        let (sender, wake) = unbounded();
        // The probe may be gone while a worker still publishes.
        let waker = Arc::new(move || {
            let _ = sender.send(());
        });
        let mut engine = Engine::with_options(waker, options);
        let source = engine.open(spec);
        Self {
            engine,
            source,
            wake,
            ticket: Ticket(0),
            state: None,
            view: None,
            rows: BTreeMap::new(),
            unavailable: Vec::new(),
            record: None,
            seek: None,
            copy: None,
            preview: None,
            export: None,
            events: Vec::new(),
        }
    }

    pub fn follow(path: &Path) -> Self {
        Self::open(quick(), generated(path))
    }

    pub fn next_ticket(&mut self) -> Ticket {
        self.ticket = self.ticket.next();
        self.ticket
    }

    /// Takes what the workers left.
    pub fn drain(&mut self) {
        let source = &self.source;
        self.state = source.take_source().or(self.state.take());
        self.view = source.take_view().or(self.view.take());
        self.record = source.take_record().or(self.record.take());
        self.seek = source.take_seek().or(self.seek.take());
        self.copy = source.take_copy().or(self.copy.take());
        self.export = source.take_export().or(self.export.take());
        self.preview = source.take_preview().or(self.preview.take());
        self.events.extend(source.take_events());
        for batch in source.take_rows() {
            for row in batch.rows {
                self.rows.insert((batch.generation, row.meta.record), row);
            }
            let missing = batch.unavailable.into_iter();
            self.unavailable
                .extend(missing.map(|r| (batch.generation, r)));
        }
    }

    /// Waits until something holds; fails the test when it does not in time.
    #[track_caller]
    pub fn wait(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        loop {
            self.drain();
            if holds(self) {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited in vain for: {what}\n{}",
                self.describe()
            );
            // The pause is for publications that a mailbox was busy with when it was drained.
            match self.wake.recv_timeout(left.min(Duration::from_millis(50))) {
                Ok(()) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
        }
    }

    fn describe(&self) -> String {
        let state = self.state.as_ref().map(|state| {
            let snapshot = &state.snapshot;
            (
                snapshot.generation,
                snapshot.len(),
                snapshot.indexed_bytes,
                &state.phase,
            )
        });
        let view = self
            .view
            .as_ref()
            .map(|view| (view.ticket, view.generation, view.rows.len(), view.complete));
        format!("state {state:?}\nview {view:?}\nevents {:?}", self.events)
    }

    /// Everything indexed and `records` records in `generation`.
    #[track_caller]
    pub fn wait_for_records(&mut self, generation: u32, records: u64) {
        self.wait(
            &format!("{records} records in generation {generation}"),
            |probe| {
                probe.state.as_ref().is_some_and(|state| {
                    state.snapshot.generation == Generation(generation)
                        && state.snapshot.len() == records
                        && state.phase == Phase::Following
                })
            },
        );
    }

    /// The view shows the whole of the index as it is now.
    #[track_caller]
    pub fn wait_for_view(&mut self) -> Arc<ViewSnapshot> {
        let ticket = self.ticket;
        self.wait("the view", |probe| {
            let Some((state, view)) = probe.state.as_ref().zip(probe.view.as_ref()) else {
                return false;
            };
            view.complete
                && view.ticket == ticket
                && view.generation == state.snapshot.generation
                && view.rows.records() == state.snapshot.len()
        });
        self.view.clone().unwrap()
    }

    pub fn filter(&mut self, spec: FilterSpec) -> Ticket {
        let ticket = self.next_ticket();
        self.source.set_filter(FilterRequest {
            ticket,
            spec,
            anchor: None,
            renews: false,
        });
        ticket
    }

    /// The records that the view shows.
    #[track_caller]
    pub fn shown(&mut self) -> Vec<RecordNo> {
        let view = self.wait_for_view();
        (0..view.rows.len())
            .filter_map(|row| view.rows.nth(RowNo(row)))
            .collect()
    }

    /// The message cells of these records of the present generation.
    #[track_caller]
    pub fn messages(&mut self, records: impl IntoIterator<Item = u64>) -> Vec<String> {
        let state = self.state.clone().unwrap();
        let generation = state.snapshot.generation;
        let records: Vec<_> = records.into_iter().map(RecordNo).collect();
        self.rows.clear();
        self.source.want_rows(Wanted {
            generation,
            records: records.clone(),
        });
        let wanted = records.clone();
        self.wait("rows", move |probe| {
            wanted
                .iter()
                .all(|record| probe.rows.contains_key(&(generation, *record)))
        });
        let message = state.format.extractor.columns().len() - 1;
        let text = |record: &RecordNo| self.rows[&(generation, *record)].cells[message].to_string();
        records.iter().map(text).collect()
    }

    /// All message cells.
    #[track_caller]
    pub fn all_messages(&mut self) -> Vec<String> {
        let records = self.state.as_ref().unwrap().snapshot.len();
        self.messages(0..records)
    }

    #[track_caller]
    pub fn wait_for_notice(&mut self, words: &str) {
        self.wait(&format!("a notice that says {words:?}"), |probe| {
            probe.events.iter().any(|event| {
                matches!(event, SourceEvent::Notice(problem) if problem.to_string().contains(words))
            })
        });
    }

    /// Why records began to count anew, in order, and how many the ended generations had.
    pub fn restarts(&self) -> Vec<(RestartReason, u64)> {
        let restart = |event: &SourceEvent| match event {
            SourceEvent::Restarted(restart) => Some((restart.reason, restart.records)),
            SourceEvent::Notice(_)
            | SourceEvent::Over(_)
            | SourceEvent::Offer(..)
            | SourceEvent::Turned(_)
            | SourceEvent::Choice(_) => None,
        };
        self.events.iter().filter_map(restart).collect()
    }

    /// Ends everything; fails the test if a thread does not end.
    #[track_caller]
    pub fn close(self) {
        drop(self.source);
        assert!(self.engine.shutdown(), "a thread did not end in time");
    }
}

/// The filter for a level and the graver ones.
pub fn at_least(level: &str) -> FilterSpec {
    FilterSpec {
        levels: LevelRule {
            at_least: Some(level.to_owned()),
            ..LevelRule::default()
        },
        ..FilterSpec::default()
    }
}
