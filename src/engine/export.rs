//! Records written into a file, on a thread of their own: streaming, cancelled by a token, whole or not at all.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::bell::Door;
use super::copy::{self, records};
use super::desk::{Desk, Stage};
use super::guard;
use super::open_files::OpenFiles;
use super::request::ExportRequest;
use super::state::{ExportOutcome, ExportState, Exported, ViewSnapshot};
use super::trouble;
use crate::base::cancel::CancelToken;
use crate::base::problem::Problem;
use crate::bytes::ReadError;
use crate::bytes::line_ends::LineEnds;
use crate::export::target::Target;
use crate::export::{Origin, RecordWriter, WriteError};

/// Time between two reports of progress.
const REPORT: Duration = Duration::from_millis(100);

/// So many records are written between two looks at the clock.
const STRIDE: u64 = 256;

/// Serves requests until the source is closed.
pub(super) fn run(desk: &Desk, door: &Door, open: &OpenFiles) {
    while !desk.closing.is_cancelled() {
        match desk.export.take_blocking() {
            Some(asked) => answer(desk, door, open, &asked.0, &asked.1),
            None => door.wait(),
        }
    }
}

fn answer(
    desk: &Desk,
    door: &Door,
    open: &OpenFiles,
    request: &ExportRequest,
    token: &CancelToken,
) {
    let mut export = Export {
        desk,
        request,
        token,
        state: ExportState {
            ticket: request.ticket,
            path: request.to.clone(),
            begun: false,
            done: 0,
            total: 0,
            elapsed: Duration::ZERO,
            outcome: None,
        },
        since: Instant::now(),
        left_out: 0,
    };
    desk.exporting.store(true, Ordering::Release);
    let outcome = guard::catch(|| export.run(door, open));
    desk.exporting.store(false, Ordering::Release);
    let outcome = outcome.unwrap_or_else(|panicked| {
        let problem = panicked.problem("exporting").path(&request.to);
        Err(Stop::Failed(problem))
    });
    export.state.outcome = Some(match outcome {
        Ok(exported) => ExportOutcome::Done(exported),
        Err(Stop::Cancelled) => ExportOutcome::Cancelled,
        Err(Stop::Failed(problem)) => ExportOutcome::Failed(problem),
    });
    export.report();
}

/// Why an export has no file.
enum Stop {
    Cancelled,
    Failed(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

/// An export in progress.
struct Export<'a> {
    desk: &'a Desk,
    request: &'a ExportRequest,
    token: &'a CancelToken,
    state: ExportState,
    /// When the first record was to be written.
    since: Instant,
    /// Records whose text is gone.
    left_out: u64,
}

impl Export<'_> {
    fn run(&mut self, door: &Door, open: &OpenFiles) -> Result<Exported, Stop> {
        let is_open = |id| open.has(id);
        // Refused before anything is waited for.
        let target = Target::create(&self.request.to, is_open)?;
        self.state.begun = true;
        self.report();
        let (view, stage) = self.settled(door)?;
        self.state.total = copy::count(&self.request.records, &view);
        self.since = Instant::now();
        self.report();
        let mut out = RecordWriter::new(target, self.request.manner.clone());
        let written = self.write(&view, &stage, &mut out);
        let target = out.into_inner();
        match written {
            Ok(()) => {}
            Err(Failure::Stop(stop)) => return Err(stop),
            Err(Failure::Write(WriteError::Write(error))) => {
                return Err(target.failed(&error).into());
            }
            Err(Failure::Write(WriteError::Read(error))) => return Err(self.unread(&error).into()),
        }
        let bytes = target.commit(is_open)?;
        Ok(Exported {
            path: self.request.to.clone(),
            records: self.state.done - self.left_out,
            left_out: self.left_out,
            bytes,
        })
    }

    /// The view that was asked for, evaluated whole, and the stage that it was made of.
    fn settled(&self, door: &Door) -> Result<(Arc<ViewSnapshot>, Arc<Stage>), Stop> {
        // What is indexed by now is shown in a moment.
        let stage = self.desk.stage();
        let (generation, records) = stage.map_or((None, 0), |stage| {
            (Some(stage.snapshot.generation), stage.snapshot.len())
        });
        loop {
            self.go_on()?;
            let found = self.desk.view().zip(self.desk.stage());
            let whole = found.filter(|(view, stage)| {
                view.generation == stage.snapshot.generation
                    && view.complete
                    && view.ticket >= self.request.filter
                    && (Some(view.generation) != generation || view.rows.records() >= records)
            });
            match whole {
                Some(whole) => return Ok(whole),
                None => door.wait_for(Duration::from_millis(50)),
            }
        }
    }

    fn write(
        &mut self,
        view: &ViewSnapshot,
        stage: &Stage,
        out: &mut RecordWriter<Target>,
    ) -> Result<(), Failure> {
        let origin = Origin {
            bytes: &*stage.bytes,
            format: &stage.format,
            line_ends: LineEnds::default(),
            snapshot: &stage.snapshot,
        };
        let mut reported = Instant::now();
        for record in records(&self.request.records, Some(view)) {
            if self.state.done.is_multiple_of(STRIDE) {
                self.go_on()?;
                if reported.elapsed() >= REPORT {
                    reported = Instant::now();
                    self.report();
                }
            }
            self.state.done += 1;
            let Some(meta) = stage.snapshot.record(record) else {
                self.left_out += 1;
                continue;
            };
            let range = meta.offset..meta.offset + meta.length;
            if stage.bytes.is_gone(&range) {
                self.left_out += 1;
                continue;
            }
            out.write(&origin, &meta)?;
            // What went away meanwhile may have been read as NUL.
            if stage.bytes.is_gone(&range) {
                return Err(Stop::Failed(self.unread(&ReadError::Stale)).into());
            }
        }
        out.finish(&origin)?;
        out.flush().map_err(WriteError::Write)?;
        Ok(())
    }

    fn go_on(&self) -> Result<(), Stop> {
        if self.token.is_cancelled() || self.desk.closing.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }

    fn unread(&self, error: &ReadError) -> Problem {
        match error {
            ReadError::Stale => Problem::error("The log was read anew while it was exported")
                .hint("Export it again")
                .path(&self.desk.path),
            ReadError::Io(_) => trouble::unreadable(error).path(&self.desk.path),
        }
    }

    fn report(&mut self) {
        if self.state.done > 0 {
            self.state.elapsed = self.since.elapsed();
        }
        let board = &self.desk.board;
        board.post(&board.export, Arc::new(self.state.clone()));
    }
}

/// Why records could not be written.
enum Failure {
    Stop(Stop),
    Write(WriteError),
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}
