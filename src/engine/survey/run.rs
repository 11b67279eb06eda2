//! One survey of one view: which blocks are looked at, and what is known of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::desk::Stage;
use super::super::pool::Pool;
use super::super::state::{Surveyed, ViewSnapshot};
use super::gathering::{Gathering, Manner, Swept};
use super::queue::Todo;
use crate::base::id::{BlockNo, Generation, Ticket};
use crate::index::block::Block;
use crate::query::bitmap::BlockRows;
use crate::query::survey::Survey;

/// The blocks at the end are looked at again after this many times the time that it took.
const TAIL_SHARE: u32 = 10;

/// A survey.
pub(super) struct Run<S: Survey> {
    survey: Arc<S>,
    filter: Ticket,
    generation: Generation,
    began: Instant,
    /// Blocks that no newer index replaces.
    sealed: Gathering<S>,
    /// Which of those were queued, or have nothing to look at.
    known: Vec<bool>,
    tail: Tail<S>,
    news: bool,
}

/// The blocks that a newer index may replace.
struct Tail<S: Survey> {
    found: Gathering<S>,
    /// What `found` is of.
    blocks: Vec<(Arc<Block>, BlockRows)>,
    /// The number of the first of them.
    first: usize,
    /// It has changed since.
    changed: bool,
    began: Instant,
    took: Duration,
}

impl<S: Survey> Run<S> {
    pub(super) fn new(survey: S, view: &ViewSnapshot) -> Self {
        Self {
            filter: view.ticket,
            generation: view.generation,
            began: Instant::now(),
            sealed: Gathering::new(&survey),
            known: Vec::new(),
            tail: Tail {
                found: Gathering::new(&survey),
                blocks: Vec::new(),
                first: 0,
                changed: false,
                began: Instant::now(),
                took: Duration::ZERO,
            },
            news: true,
            survey: Arc::new(survey),
        }
    }

    pub(super) fn survey(&self) -> &S {
        &self.survey
    }

    /// Whether it is about the rows of this filter.
    pub(super) fn is_of(&self, view: &ViewSnapshot) -> bool {
        self.filter == view.ticket && self.generation == view.generation
    }

    /// Time since it began.
    pub(super) fn age(&self) -> Duration {
        self.began.elapsed()
    }

    /// Takes note of what is new.
    pub(super) fn take_in(&mut self, view: &ViewSnapshot, stage: &Stage) {
        let blocks = &stage.snapshot.blocks;
        let sealed = view.sealed.min(blocks.len());
        self.known.resize(self.known.len().max(sealed), false);
        let mut tail = Vec::new();
        for (number, block) in (0..).zip(blocks.iter()) {
            let known = self.known.get_mut(number as usize);
            if known.as_deref() == Some(&true) {
                continue;
            }
            let no = BlockNo(number);
            let same = view.rows.block_records(no) == Some(block.len() as u64);
            let Some(rows) = view.rows.block(no).filter(|_| same) else {
                continue;
            };
            match known {
                Some(known) => {
                    *known = true;
                    if rows.count() > 0 {
                        self.sealed.queue.add(Todo {
                            number,
                            block: block.clone(),
                            rows: rows.clone(),
                            from: 0,
                        });
                    }
                }
                None => tail.push((block.clone(), rows.clone())),
            }
        }
        if self.tail.first != sealed {
            // What was looked at there is looked at once more, as a part of what lasts.
            self.tail.first = sealed;
            self.tail.found = Gathering::new(&self.survey);
            self.tail.changed = true;
            self.tail.took = Duration::ZERO;
        }
        self.tail.take_in(tail);
    }

    /// How long to wait before the end of the log is looked at again, if nothing else is to be done.
    pub(super) fn rest(&self) -> Option<Duration> {
        let only_tail = !self.sealed.has_work() && self.tail.changed;
        let pause = (self.tail.took * TAIL_SHARE).saturating_sub(self.tail.began.elapsed());
        (only_tail && !pause.is_zero()).then_some(pause)
    }

    pub(super) fn has_work(&self) -> bool {
        self.sealed.has_work() || self.tail.has_work()
    }

    /// Looks at what waits as long as `manner` allows.
    pub(super) fn sweep(
        &mut self,
        stage: &Arc<Stage>,
        pool: &Pool,
        manner: impl Fn() -> Manner,
    ) -> Swept {
        self.news = true;
        let swept = self.sealed.sweep(&self.survey, stage, pool, &manner);
        if swept.stale || swept.panicked.is_some() || self.sealed.has_work() {
            return swept;
        }
        let more = self.tail.sweep(&self.survey, stage, pool, &manner);
        Swept {
            error: swept.error.or(more.error),
            ..more
        }
    }

    /// How much of the view is looked at.
    pub(super) fn surveyed(&self, view: &ViewSnapshot) -> Surveyed {
        let rows = self.sealed.rows + self.tail.found.rows;
        let unread = self.sealed.unread + self.tail.found.unread;
        Surveyed {
            rows,
            of: view.rows.len(),
            unread,
            complete: view.complete && !self.has_work() && rows + unread == view.rows.len(),
        }
    }

    /// Whether anything was learnt since this was asked.
    pub(super) fn is_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    /// Hands out what is known.
    pub(super) fn with_found(&self, use_it: impl FnOnce(&S, &S::Found)) {
        let (sealed, tail) = (&self.sealed, &self.tail.found);
        if tail.rows == 0 {
            return use_it(&self.survey, &sealed.found);
        }
        if sealed.rows == 0 {
            return use_it(&self.survey, &tail.found);
        }
        let mut found = sealed.found.clone();
        self.survey.merge(&mut found, tail.found.clone());
        use_it(&self.survey, &found);
    }
}

impl<S: Survey> Tail<S> {
    fn take_in(&mut self, blocks: Vec<(Arc<Block>, BlockRows)>) {
        let same = blocks.len() == self.blocks.len() && { blocks.iter().zip(&self.blocks) }
            .all(|(new, old)| Arc::ptr_eq(&new.0, &old.0) && new.1 == old.1);
        if !same {
            self.blocks = blocks;
            self.changed = true;
        }
    }

    fn has_work(&self) -> bool {
        self.changed || self.found.has_work()
    }

    fn sweep(
        &mut self,
        survey: &Arc<S>,
        stage: &Arc<Stage>,
        pool: &Pool,
        manner: impl Fn() -> Manner,
    ) -> Swept {
        if std::mem::take(&mut self.changed) {
            self.found = Gathering::new(survey);
            self.began = Instant::now();
            for (number, (block, rows)) in (0..).zip(&self.blocks) {
                self.found.queue.add(Todo {
                    number,
                    block: block.clone(),
                    rows: rows.clone(),
                    from: 0,
                });
            }
        }
        let swept = self.found.sweep(survey, stage, pool, manner);
        if self.found.queue.is_empty() {
            self.took = self.began.elapsed();
        }
        swept
    }
}
