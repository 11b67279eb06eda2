//! The worker that answers single questions: the next record of a kind, text for the clipboard, a preview of a format.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bell::Door;
use super::copy;
use super::desk::{Desk, Stage};
use super::preview::preview;
use super::request::{SeekRequest, SeekTarget};
use super::state::{PreviewError, PreviewResult, SeekResult, ViewSnapshot};
use super::trouble;
use crate::base::cancel::CancelToken;
use crate::base::id::RecordNo;
use crate::base::problem::Problem;
use crate::base::time::Timestamp;
use crate::bytes::ReadError;
use crate::query::compile::{PatternError, compile};
use crate::query::find::{Direction, Grave, Passing, Place, Sought, next};
use crate::query::matcher::Matcher;
use crate::query::sequence::Sequence;

/// A search waits so long for a view that is still being evaluated; then it goes by what is known.
const VIEW_PATIENCE: Duration = Duration::from_secs(2);

/// Serves requests until the source is closed.
pub(super) fn run(desk: &Desk, door: &Door) {
    while !desk.closing.is_cancelled() {
        if let Some(request) = desk.seek.take_blocking() {
            answer_seek(desk, door, &request.0, &request.1);
        } else if let Some(request) = desk.preview.take_blocking() {
            let outcome = match desk.stage() {
                Some(stage) => preview(&stage, &request),
                None => Err(PreviewError::Unreadable(
                    Problem::error("The file is not open").path(&desk.path),
                )),
            };
            let ticket = request.ticket;
            let result = PreviewResult { ticket, outcome };
            desk.board.post(&desk.board.preview, Arc::new(result));
        } else if let Some(request) = desk.copy.take_blocking() {
            let result = copy::copy(desk, &request);
            desk.board.post(&desk.board.copy, Arc::new(result));
        } else {
            door.wait();
        }
    }
}

/// The view to search in, and a stage that has its records. If it can be had in time, the view knows of every record that
/// there was when this was asked: right after a file was read its filter may be a moment behind.
fn settled_view(
    desk: &Desk,
    door: &Door,
    token: &CancelToken,
) -> Option<(Arc<ViewSnapshot>, Arc<Stage>)> {
    let deadline = Instant::now() + VIEW_PATIENCE;
    let known_at_first = desk.stage().map_or(0, |stage| stage.snapshot.len());
    loop {
        let found = desk
            .view()
            .zip(desk.stage())
            .filter(|(view, stage)| view.generation == stage.snapshot.generation);
        let is_whole = |view: &ViewSnapshot, stage: &Stage| {
            view.complete && view.rows.records() >= known_at_first.min(stage.snapshot.len())
        };
        let late = Instant::now() >= deadline;
        if late
            || found
                .as_ref()
                .is_some_and(|(view, stage)| is_whole(view, stage))
        {
            return found;
        }
        if token.is_cancelled() || desk.closing.is_cancelled() {
            return None;
        }
        door.wait_for(Duration::from_millis(20));
    }
}

fn answer_seek(desk: &Desk, door: &Door, request: &SeekRequest, token: &CancelToken) {
    let Some((view, stage)) = settled_view(desk, door, token) else {
        return;
    };
    let mut result = SeekResult {
        ticket: request.ticket,
        generation: view.generation,
        found: None,
        wrapped: false,
        problem: None,
    };
    let seeker = Seeker {
        view: &view,
        stage: &stage,
        token,
    };
    match seeker.seek(request) {
        Ok((found, wrapped)) => (result.found, result.wrapped) = (found, wrapped),
        Err(Failure::Pattern(problem)) => result.problem = Some(problem),
        // The bytes are of another generation by now, and so is the question.
        Err(Failure::Read(ReadError::Stale)) => {}
        Err(Failure::Read(error)) => {
            let problem = trouble::unreadable(&error).path(&desk.path);
            desk.board.notice(problem);
        }
    }
    if !token.is_cancelled() {
        desk.board.post(&desk.board.seek, Arc::new(result));
    }
}

/// Why a search has no answer.
enum Failure {
    Pattern(PatternError),
    Read(ReadError),
}

/// Where to search, and for how long.
struct Seeker<'a> {
    view: &'a ViewSnapshot,
    stage: &'a Stage,
    token: &'a CancelToken,
}

impl Seeker<'_> {
    /// The record found, and whether the search went on at the other end for it.
    fn seek(&self, request: &SeekRequest) -> Result<(Option<RecordNo>, bool), Failure> {
        let snapshot = &self.stage.snapshot;
        let (source, cancel) = (&*self.stage.bytes, self.token);
        match &request.target {
            SeekTarget::Time(moment) => Ok((self.at_time(*moment), false)),
            SeekTarget::Gravity(least) => {
                self.around(request, &mut Grave::new(&snapshot.levels, *least))
            }
            SeekTarget::Match(pattern) => {
                let mut sought = Passing {
                    by: &Matcher::new(pattern).map_err(Failure::Pattern)?,
                    source,
                    cancel,
                    buffer: Vec::new(),
                };
                self.around(request, &mut sought)
            }
            SeekTarget::Passing(spec) => {
                let predicate = compile(spec, snapshot).map_err(Failure::Pattern)?;
                let mut sought = Passing {
                    by: &predicate.reading_with(&self.stage.format.extractor),
                    source,
                    cancel,
                    buffer: Vec::new(),
                };
                self.around(request, &mut sought)
            }
        }
    }

    /// The first of the rows that pass, in the order of the table, that reaches a moment.
    fn at_time(&self, moment: Timestamp) -> Option<RecordNo> {
        let (rows, shown) = (&self.view.rows, &self.view.all);
        if shown.is_as_in_file() {
            let record = self.stage.snapshot.record_at_time(moment)?;
            return rows.nth(rows.rank(record));
        }
        let row = shown.at_time(&self.stage.snapshot, moment)?;
        let mut records = shown.range(row.0..u64::MAX);
        records.find(|record| rows.contains(*record))
    }

    /// Searches from the asked place to the end and then, if wanted, from the other end.
    fn around(
        &self,
        request: &SeekRequest,
        sought: &mut impl Sought,
    ) -> Result<(Option<RecordNo>, bool), Failure> {
        let mut place = Place {
            rows: &self.view.rows,
            shown: &self.view.all,
            snapshot: &self.stage.snapshot,
            from: before(request, &self.view.all),
            direction: request.direction,
            cancel: self.token,
        };
        if let Some(found) = next(sought, &place).map_err(Failure::Read)? {
            return Ok((Some(found), false));
        }
        if !request.wrap {
            return Ok((None, false));
        }
        place.from = None;
        Ok((next(sought, &place).map_err(Failure::Read)?, true))
    }
}

/// The record beyond which to search; `None` for all of the log.
fn before(request: &SeekRequest, shown: &Sequence) -> Option<RecordNo> {
    match (request.inclusive, request.direction) {
        (false, _) => Some(request.from),
        (true, Direction::Forward) => shown.before(request.from),
        (true, Direction::Backward) => shown.after(request.from),
    }
}
