//! Looking at blocks on whichever threads are free, and merging what they find.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::desk::Stage;
use super::super::guard::Panicked;
use super::super::pool::{Ordered, Pool};
use super::queue::{Queue, Todo};
use crate::base::cancel::CancelToken;
use crate::bytes::ReadError;
use crate::query::survey::{Step, Survey, look_through};

/// A step takes about so long: the filter and the index wait for the scan threads no longer than that.
const STEP: Duration = Duration::from_millis(3);

/// How long others have the processor after a step, while they are at work.
const REST: Duration = Duration::from_millis(20);

/// Blocks to look at, and what was found in others.
pub(super) struct Gathering<S: Survey> {
    pub(super) queue: Queue,
    pub(super) found: S::Found,
    /// Rows that `found` knows of.
    pub(super) rows: u64,
    /// Rows that could not be read.
    pub(super) unread: u64,
    /// What was found before nobody looked any more, and is not merged yet: that may take longer than looking.
    bags: Vec<Bag<S>>,
}

/// How a sweep ended.
#[derive(Debug, Default)]
pub(super) struct Swept {
    /// The bytes are no longer those that were indexed.
    pub(super) stale: bool,
    /// What went wrong otherwise.
    pub(super) error: Option<ReadError>,
    pub(super) panicked: Option<Panicked>,
}

/// What a sweep asks between two steps.
pub(super) enum Manner {
    /// With all threads.
    Full,
    /// With one, and most of the time not even that: others are at work.
    Gentle,
    /// No further: what was found is merged.
    Stop,
    /// No further, and nobody waits for what was found.
    Leave,
}

/// What one job after the other adds to, and how many rows that is.
struct Bag<S: Survey> {
    found: S::Found,
    rows: u64,
}

struct Done<S: Survey> {
    bag: Bag<S>,
    todo: Todo,
    step: Step,
}

impl<S: Survey> Gathering<S> {
    pub(super) fn new(survey: &S) -> Self {
        Self {
            queue: Queue::default(),
            found: survey.nothing(),
            rows: 0,
            unread: 0,
            bags: Vec::new(),
        }
    }

    /// Whether there is anything to look at, or to merge.
    pub(super) fn has_work(&self) -> bool {
        !self.queue.is_empty() || !self.bags.is_empty()
    }

    /// Looks at what waits until nothing does, or `manner` says so. What was found is merged by then, unless nobody waits.
    pub(super) fn sweep(
        &mut self,
        survey: &Arc<S>,
        stage: &Arc<Stage>,
        pool: &Pool,
        manner: impl Fn() -> Manner,
    ) -> Swept {
        let mut jobs = Ordered::new(pool);
        let mut bags = std::mem::take(&mut self.bags);
        // What is lost if the job panics.
        let mut at_risk = VecDeque::new();
        let mut swept = Swept::default();
        // Ends steps that wait for a thread or have begun.
        let stopping = CancelToken::default();
        let left = loop {
            let manner = match swept.stale {
                true => Manner::Stop,
                false => manner(),
            };
            if matches!(manner, Manner::Stop | Manner::Leave) {
                stopping.cancel();
            }
            let has_room = |jobs: &Ordered<Done<S>>| match manner {
                Manner::Full => jobs.has_room(),
                Manner::Gentle => jobs.in_flight() == 0,
                Manner::Stop | Manner::Leave => false,
            };
            while has_room(&jobs) {
                let Some(todo) = self.queue.take() else { break };
                let bag = bags.pop().unwrap_or_else(|| Bag {
                    found: survey.nothing_more(&self.found),
                    rows: 0,
                });
                at_risk.push_back(bag.rows + todo.left());
                let (survey, stage, token) = (survey.clone(), stage.clone(), stopping.clone());
                jobs.submit(move |buffer| step(&*survey, &stage, todo, bag, &token, buffer));
            }
            let Some(done) = jobs.next() else {
                break matches!(manner, Manner::Leave);
            };
            let lost = at_risk.pop_front().unwrap_or_default();
            match done {
                Ok(done) => bags.push(self.accept(done, &mut swept)),
                Err(panicked) => {
                    self.unread += lost;
                    swept.panicked = Some(panicked);
                }
            }
            if matches!(manner, Manner::Gentle) {
                std::thread::sleep(REST);
            }
        };
        for bag in bags {
            if left || matches!(manner(), Manner::Leave) {
                self.bags.push(bag);
                continue;
            }
            self.rows += bag.rows;
            survey.merge(&mut self.found, bag.found);
        }
        swept
    }

    fn accept(&mut self, done: Done<S>, swept: &mut Swept) -> Bag<S> {
        let Done {
            mut bag,
            mut todo,
            step,
        } = done;
        bag.rows += step.rows;
        let left = todo.left().saturating_sub(step.rows);
        match (step.error, step.next) {
            (Some(ReadError::Stale), _) => swept.stale = true,
            (Some(error), _) => {
                self.unread += left;
                swept.error = Some(error);
            }
            (None, Some(next)) => {
                todo.from = next;
                self.queue.add(todo);
            }
            (None, None) => {}
        }
        bag
    }
}

fn step<S: Survey>(
    survey: &S,
    stage: &Stage,
    todo: Todo,
    mut bag: Bag<S>,
    stopping: &CancelToken,
    buffer: &mut Vec<u8>,
) -> Done<S> {
    let began = Instant::now();
    let step = look_through(
        survey,
        (&todo.block, &todo.rows),
        todo.from,
        (&*stage.bytes, buffer),
        &mut bag.found,
        || stopping.is_cancelled() || began.elapsed() >= STEP,
    );
    Done { bag, todo, step }
}
