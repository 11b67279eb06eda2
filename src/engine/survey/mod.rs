//! Workers that go over the rows of a view to learn something of all of them: they tell what they know several times a
//! second, go on with what is new while the log grows, begin anew with another filter, and rest while nobody asks.
//!
//! They look at the blocks in an order that makes what is known stand for the rest, on the scan threads, in steps of some
//! milliseconds, and take little of those while the log is being read or filtered. Blocks that no newer index replaces are
//! looked at once; the few behind them anew whenever they change.

mod gathering;
mod queue;
mod run;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bell::Door;
use super::desk::{Desk, Stage};
use super::pool::Pool;
use super::state::{Surveyed, ViewSnapshot};
use crate::base::id::Generation;
use crate::base::mailbox::Mailbox;
use crate::base::problem::Problem;
use crate::query::survey::Survey;
use gathering::{Manner, Swept};
use run::Run;

/// The first result is told after this much time.
const FIRST: Duration = Duration::from_millis(80);

/// The next ones each after this much more, and a tenth of the time that went by since the beginning.
const PACE: Duration = Duration::from_millis(100);

/// But no sooner than after this many times the time that it took to merge and tell the last one: while that is done, most
/// threads have nothing to do.
const TELLING_SHARE: u32 = 12;

/// What a survey is of, who asks for it, and who is told.
pub(super) trait Topic: Send {
    /// What is asked for.
    type Request: Send + Sync;
    /// How it is learnt.
    type Survey: Survey;

    /// What the worker is doing, for the notice of a panic.
    const DOING: &'static str;

    /// Whether what is told depends on which rows the table has, and in what order.
    const OF_ROWS: bool = false;

    /// Where requests come in.
    fn requests<'a>(&'a self, desk: &'a Desk) -> &'a Mailbox<Self::Request>;

    /// The rows to go over, and a stage that has them: those of the view.
    fn shown(&self, desk: &Desk) -> Option<Shown> {
        newest(desk)
    }

    /// Whether nothing is asked for at present; what is known is kept.
    fn rests(&self, request: &Self::Request) -> bool;

    /// How to learn what is asked for.
    fn survey(&self, request: &Self::Request, stage: &Stage) -> Self::Survey;

    /// Whether a survey that is under way learns what is asked for.
    fn suits(&self, survey: &Self::Survey, request: &Self::Request, stage: &Stage) -> bool;

    /// Tells the window what is known.
    fn tell(&self, desk: &Desk, request: &Self::Request, told: Told<'_, Self::Survey>);
}

/// What is known.
pub(super) struct Told<'a, S: Survey> {
    pub(super) survey: &'a S,
    pub(super) found: &'a S::Found,
    pub(super) surveyed: Surveyed,
    /// Whose rows were looked at.
    pub(super) view: &'a ViewSnapshot,
    pub(super) stage: &'a Stage,
}

/// Tells one table of the same records from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Table {
    rows: u64,
    by_time: bool,
}

impl Table {
    fn of(view: &ViewSnapshot) -> Self {
        Self {
            rows: view.shown.len(),
            by_time: view.shown.is_by_time(),
        }
    }
}

/// Rows, and the stage that has them.
pub(super) type Shown = (Arc<ViewSnapshot>, Arc<Stage>);

/// The worker and everything that only it touches.
pub(super) struct SurveyWorker<T: Topic> {
    topic: T,
    pool: Pool,
    request: Option<Arc<T::Request>>,
    run: Option<Run<T::Survey>>,
    /// Told for the newest request.
    told: Option<(Surveyed, Option<Table>)>,
    /// How long it took to merge and tell that.
    telling: Duration,
    /// A generation in which something went wrong; told once.
    complained: Option<Generation>,
}

impl<T: Topic> SurveyWorker<T> {
    pub(super) fn new(topic: T, pool: Pool) -> Self {
        Self {
            topic,
            pool,
            request: None,
            run: None,
            told: None,
            telling: Duration::ZERO,
            complained: None,
        }
    }

    /// Works until the source is closed.
    pub(super) fn run(&mut self, desk: &Desk, door: &Door) {
        while !desk.closing.is_cancelled() {
            if let Some(request) = self.topic.requests(desk).take_blocking() {
                self.request = Some(request);
                self.told = None;
            }
            match self.turn(desk) {
                Next::Go | Next::Overtaken => {}
                Next::In(time) => door.wait_for(time),
                Next::Ring => door.wait(),
            }
        }
    }

    /// Goes on for the time of one result, and tells it.
    fn turn(&mut self, desk: &Desk) -> Next {
        let Some(shown) = self.topic.shown(desk) else {
            return Next::Ring;
        };
        // A panic leaves none: it would come again.
        let Some(request) = self.request.take() else {
            return Next::Ring;
        };
        if self.topic.rests(&request) {
            return Next::Ring;
        }
        let mut run = self.prepare(&request, &shown);
        run.take_in(&shown.0, &shown.1);
        let until = Instant::now() + self.pace(&run);
        let next = match run.rest() {
            Some(rest) => Next::In(rest),
            None => self.sweep(desk, &mut run, &shown, until),
        };
        if !matches!(next, Next::Overtaken) {
            self.tell(desk, &request, &shown, &mut run);
            self.telling = until.elapsed();
        }
        self.run = Some(run);
        self.request = Some(request);
        next
    }

    /// Goes on with the survey or begins one.
    fn prepare(&mut self, request: &T::Request, (view, stage): &Shown) -> Run<T::Survey> {
        let topic = &self.topic;
        let before = self
            .run
            .take()
            .filter(|run| run.is_of(view) && topic.suits(run.survey(), request, stage));
        before.unwrap_or_else(|| {
            self.told = None;
            Run::new(topic.survey(request, stage), view)
        })
    }

    /// How long to go on until the next result.
    fn pace(&self, run: &Run<T::Survey>) -> Duration {
        match self.told {
            None => FIRST,
            Some(_) => (PACE + run.age() / 10).max(self.telling * TELLING_SHARE),
        }
    }

    fn sweep(
        &mut self,
        desk: &Desk,
        run: &mut Run<T::Survey>,
        (view, stage): &Shown,
        until: Instant,
    ) -> Next {
        let topic = &self.topic;
        let requests = topic.requests(desk);
        let overtaken = || {
            desk.closing.is_cancelled()
                || requests.is_full()
                || !topic
                    .shown(desk)
                    .is_some_and(|(newest, _)| is_same(view, &newest))
        };
        let swept = run.sweep(stage, &self.pool, || match topic.shown(desk) {
            _ if overtaken() => Manner::Leave,
            _ if Instant::now() >= until => Manner::Stop,
            Some((view, stage)) if view.complete && !stage.catching_up => Manner::Full,
            _ => Manner::Gentle,
        });
        let (stale, over) = (swept.stale, overtaken());
        self.complain(desk, swept, view.generation);
        match (over, stale || !run.has_work()) {
            (true, _) => Next::Overtaken,
            (false, true) => Next::Ring,
            (false, false) => Next::Go,
        }
    }

    fn tell(
        &mut self,
        desk: &Desk,
        request: &T::Request,
        (view, stage): &Shown,
        run: &mut Run<T::Survey>,
    ) {
        let surveyed = run.surveyed(view);
        let telling = Some((surveyed, T::OF_ROWS.then(|| Table::of(view))));
        if self.told == telling && !run.is_news() {
            return;
        }
        self.told = telling;
        run.with_found(|survey, found| {
            let told = Told {
                survey,
                found,
                surveyed,
                view,
                stage,
            };
            self.topic.tell(desk, request, told);
        });
    }

    /// Tells that something cannot be counted, once.
    fn complain(&mut self, desk: &Desk, swept: Swept, generation: Generation) {
        let panicked = swept.panicked.map(|panicked| panicked.problem(T::DOING));
        let unread = swept.error.map(|error| {
            Problem::error("The text of some records cannot be read")
                .hint("They are not counted. F5 reads the file again")
                .detail(error.to_string())
        });
        let Some(problem) = panicked.or(unread) else {
            return;
        };
        if self.complained != Some(generation) {
            self.complained = Some(generation);
            desk.board.notice(problem.path(&desk.path));
        }
    }
}

/// What a worker does after a turn.
enum Next {
    /// It goes on.
    Go,
    /// It goes on after this time.
    In(Duration),
    /// It waits for news.
    Ring,
    /// It sees what else is wanted.
    Overtaken,
}

/// The newest view, and a stage that has its records.
pub(super) fn newest(desk: &Desk) -> Option<Shown> {
    let (view, stage) = desk.view().zip(desk.stage())?;
    (view.generation == stage.snapshot.generation).then_some((view, stage))
}

/// Whether two views are of one filter.
fn is_same(one: &ViewSnapshot, other: &ViewSnapshot) -> bool {
    one.ticket == other.ticket && one.generation == other.generation
}
