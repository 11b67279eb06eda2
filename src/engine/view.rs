//! The view worker: evaluates the filter over the index as it grows and publishes the rows that pass.
//!
//! Each turn takes the newest filter and the newest index, evaluates some of the blocks that are pending, those near the
//! user's place first, and publishes. A block is evaluated once for a ticket; only a replaced tail is evaluated again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::arrange::RowManner;
use super::bell::Door;
use super::chores::Chores;
use super::desk::{Desk, Stage};
use super::job::Done;
use super::pool::{Ordered, Pool};
use super::request::FilterRequest;
use super::run::Run;
use super::throttle::Throttle;
use crate::base::id::Generation;
use crate::base::problem::Problem;
use crate::bytes::ReadError;

/// The index is looked at again after this much time.
const TURN: Duration = Duration::from_millis(50);

/// A job that took less gets more blocks the next time, one that took more than twice as much fewer: a job costs some
/// microseconds to hand over, and a block without text to look at not much more.
const JOB: Duration = Duration::from_millis(1);

/// Most blocks of a job.
const MOST_BLOCKS: usize = 256;

/// So long the rows of a filter stay that is renewed.
const STAY: Duration = Duration::from_secs(1);

/// The worker and everything that only it touches.
pub(super) struct ViewWorker {
    desk: Arc<Desk>,
    door: Door,
    pool: Pool,
    chores: Chores,
    request: FilterRequest,
    manner: RowManner,
    run: Option<Run>,
    throttle: Throttle,
    /// Until then nothing but the whole is shown.
    whole_until: Option<Instant>,
    /// The newest view of this run has rows.
    shows_rows: bool,
    /// A generation in which a read failed; told once.
    complained: Option<Generation>,
}

impl ViewWorker {
    pub(super) fn new(
        desk: Arc<Desk>,
        door: Door,
        pool: Pool,
        chores: Chores,
        request: FilterRequest,
    ) -> Self {
        Self {
            desk,
            door,
            pool,
            chores,
            request,
            manner: RowManner::default(),
            run: None,
            throttle: Throttle::default(),
            whole_until: None,
            shows_rows: false,
            complained: None,
        }
    }

    /// Works until the source is closed.
    pub(super) fn run(&mut self) {
        while !self.desk.closing.is_cancelled() {
            self.pause();
            let changed = self.refresh();
            let unfolded = self.run.as_mut().is_some_and(Run::has_unfolded);
            let blocked = match &mut self.run {
                Some(run) if run.has_pending() => !self.evaluate(),
                Some(_) if unfolded => !self.fold(),
                Some(_) if changed => {
                    self.publish();
                    true
                }
                _ => true,
            };
            if blocked && !self.desk.closing.is_cancelled() {
                self.door.wait();
            }
        }
        self.retire(None);
    }

    /// Leaves growth alone for a while where it costs much to put it in order.
    fn pause(&mut self) {
        let has_work = |run: &mut Run| run.has_pending() || run.has_unfolded();
        if self.run.as_mut().is_some_and(has_work) {
            return;
        }
        loop {
            let left = self.throttle.pause();
            let asked = self.desk.filter.is_full() || self.desk.manner.is_full();
            if left.is_zero() || asked || self.desk.closing.is_cancelled() {
                return;
            }
            self.door.wait_for(left);
        }
    }

    /// Takes the newest request and the newest index. Whether anything is new.
    fn refresh(&mut self) -> bool {
        let asked = self.desk.filter.take_blocking();
        if let Some(request) = &asked {
            self.request = (**request).clone();
        }
        if let Some(manner) = self.desk.manner.take_blocking() {
            self.manner = (*manner).clone();
        }
        let Some(stage) = self.desk.stage() else {
            return false;
        };
        let generation = stage.snapshot.generation;
        match &mut self.run {
            Some(run) if asked.is_none() && run.generation() == generation => {
                let arranged = run.arrange(self.manner.clone());
                run.grow(&stage) || arranged
            }
            _ => {
                self.start(&stage);
                true
            }
        }
    }

    /// Begins to evaluate the present request from nothing.
    fn start(&mut self, stage: &Arc<Stage>) {
        let token = self.desk.filter_token();
        self.throttle = Throttle::default();
        self.whole_until = self.request.renews.then(|| Instant::now() + STAY);
        self.shows_rows = false;
        // An anchor counts in the generation that the user saw; where that ended, its place is kept by its byte.
        let anchor = match (&self.run, self.request.anchor) {
            (Some(run), Some(record)) => run.offset_of(record),
            (None, Some(record)) => stage.snapshot.record(record).map(|meta| meta.offset),
            (_, None) => None,
        };
        match Run::start(&self.request, stage, anchor, token.clone()) {
            Ok(run) => self.retire(Some(run)),
            Err(problem) => {
                // The last good filter stays in force, and on a new generation a faulty first one shows everything.
                let same =
                    self.run.as_ref().map(Run::generation) == Some(stage.snapshot.generation);
                if !same {
                    let everything = FilterRequest {
                        spec: self.run.as_ref().map(Run::spec).unwrap_or_default(),
                        ..self.request.clone()
                    };
                    if let Ok(run) = Run::start(&everything, stage, anchor, token.clone()) {
                        self.retire(Some(run));
                    }
                }
                if let Some(run) = &mut self.run {
                    run.refuse(self.request.ticket, token, problem);
                }
            }
        }
    }

    /// Replaces the run and drops the old one elsewhere.
    fn retire(&mut self, next: Option<Run>) {
        let next = next.map(|mut run| {
            run.arrange(self.manner.clone());
            run
        });
        if let Some(old) = std::mem::replace(&mut self.run, next) {
            self.chores.retire(old);
        }
    }

    /// Evaluates pending blocks for a turn. Whether it is of use to go on at once.
    fn evaluate(&mut self) -> bool {
        let useful = self.turn();
        if let Some(run) = &mut self.run {
            if !useful || run.is_cancelled() {
                run.regain();
            } else if !run.has_pending() {
                self.publish();
            }
        }
        useful
    }

    fn turn(&mut self) -> bool {
        let started = Instant::now();
        let mut jobs = Ordered::new(&self.pool);
        let mut most = 1;
        loop {
            let Some(run) = &mut self.run else {
                return false;
            };
            while jobs.has_room() && started.elapsed() < TURN {
                let Some(job) = run.job(most) else { break };
                jobs.submit(job);
            }
            let done = match jobs.next() {
                Some(Ok(done)) => done,
                Some(Err(panicked)) => {
                    self.complain(panicked.problem("filtering"));
                    return false;
                }
                None => return true,
            };
            if matches!(done.error, Some(ReadError::Stale)) {
                return false;
            }
            if self.desk.closing.is_cancelled() || self.is_overtaken() {
                return true;
            }
            most = match done.took {
                took if took < JOB => (most * 2).min(MOST_BLOCKS),
                took if took > 2 * JOB => (most / 2).max(1),
                _ => most,
            };
            self.accept(done);
            let whole = { self.whole_until }.is_some_and(|until| Instant::now() < until);
            let near = !whole && self.run.as_mut().is_some_and(Run::is_presentable);
            if near && (self.has_first_rows() || self.throttle.due()) {
                self.publish();
            }
        }
    }

    /// Looks through rows for repeats for a turn. Whether it is of use to go on at once.
    fn fold(&mut self) -> bool {
        let started = Instant::now();
        let mut jobs = Ordered::new(&self.pool);
        let useful = loop {
            let Some(run) = &mut self.run else {
                return false;
            };
            while jobs.has_room() && started.elapsed() < TURN {
                let Some(job) = run.fold_job(1) else { break };
                jobs.submit(job);
            }
            let folded = match jobs.next() {
                Some(Ok(folded)) => folded,
                Some(Err(panicked)) => {
                    run.give_up_folding();
                    self.complain(panicked.problem("looking for repeats"));
                    break false;
                }
                None => break true,
            };
            if matches!(folded.error, Some(ReadError::Stale)) {
                break false;
            }
            if self.desk.closing.is_cancelled() || self.is_overtaken() {
                break true;
            }
            if let Some(run) = &mut self.run {
                run.fold(folded);
            }
        };
        drop(jobs);
        self.publish();
        useful
    }

    /// Whether there are rows, and none were shown so far: they do not wait.
    fn has_first_rows(&self) -> bool {
        !self.shows_rows && self.run.as_ref().is_some_and(Run::has_rows)
    }

    fn accept(&mut self, mut done: Done) {
        if let Some(error) = done.error.take() {
            let problem = Problem::error("The text of some records cannot be read")
                .hint("They are not shown. F5 reads the file again")
                .detail(error.to_string());
            self.complain(problem);
        }
        if let Some(run) = &mut self.run {
            run.accept(done);
        }
    }

    /// Whether the user asks for something else by now.
    fn is_overtaken(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_cancelled)
    }

    fn complain(&mut self, problem: Problem) {
        let generation = self.run.as_ref().map(Run::generation);
        if generation != self.complained {
            self.complained = generation;
            self.desk.board.notice(problem.path(&self.desk.path));
        }
    }

    fn publish(&mut self) {
        let began = Instant::now();
        if let Some(run) = &mut self.run
            && !run.is_cancelled()
            && run.is_arranged()
            && let Some(view) = run.snapshot()
        {
            self.shows_rows = !view.rows.is_empty();
            self.desk.set_view(Arc::new(view));
            self.throttle.took(began.elapsed());
        }
    }
}
