//! How many rows a view has per level and per logger: what the chips and the tree show beside the totals.

use super::bitmap::BlockRows;
use super::rowset::RowSet;
use crate::base::cancel::CancelToken;
use crate::base::id::{BlockNo, LoggerId};
use crate::base::level::{Gravity, LevelId};
use crate::index::Counts;
use crate::index::block::Block;
use crate::index::snapshot::SourceSnapshot;
use crate::index::stats::LoggerTotal;

/// Counts of a view's rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Number of rows.
    pub rows: u64,
    /// By level id.
    levels: Vec<u64>,
    /// By logger id, without children.
    loggers: Vec<LoggerTotal>,
}

impl Tally {
    /// How many rows have this level.
    #[must_use]
    pub fn level(&self, level: LevelId) -> u64 {
        self.levels.get(usize::from(level.0)).copied().unwrap_or(0)
    }

    /// Rows of this logger, without its children.
    #[must_use]
    pub fn logger(&self, logger: LoggerId) -> LoggerTotal {
        self.loggers
            .get(logger.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Adds the counts of other rows of the same source.
    pub fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        if self.levels.len() < other.levels.len() {
            self.levels.resize(other.levels.len(), 0);
        }
        for (sum, more) in self.levels.iter_mut().zip(&other.levels) {
            *sum += more;
        }
        if self.loggers.len() < other.loggers.len() {
            self.loggers
                .resize(other.loggers.len(), LoggerTotal::default());
        }
        for (sum, more) in self.loggers.iter_mut().zip(&other.loggers) {
            sum.records += more.records;
            sum.errors += more.errors;
            sum.warnings += more.warnings;
        }
    }

    fn add_block(&mut self, block: &Block) {
        let stats = block.stats();
        self.rows += u64::from(stats.records);
        for count in &stats.levels {
            self.levels[usize::from(count.level.0)] += u64::from(count.records);
        }
        for count in &stats.loggers {
            let total = &mut self.loggers[count.logger.0 as usize];
            total.records += u64::from(count.records);
            total.errors += u64::from(count.errors);
            total.warnings += u64::from(count.warnings);
        }
    }

    fn add_rows(&mut self, block: &Block, rows: &BlockRows, gravity: &[Gravity; 256]) {
        self.rows += u64::from(rows.count());
        let mut counts = Counts {
            levels: &mut self.levels,
            loggers: &mut self.loggers,
        };
        let records = block.len() as u32;
        block.count(rows.mask(records).words(), gravity, &mut counts);
    }
}

/// Counts the rows of blocks of one source, one block after the other.
#[derive(Debug)]
pub struct Counter {
    tally: Tally,
    gravity: [Gravity; 256],
}

impl Counter {
    /// Nothing is counted yet.
    #[must_use]
    pub fn new(snapshot: &SourceSnapshot) -> Self {
        let mut gravity = [Gravity::None; 256];
        for id in snapshot.levels.ids_by_rank() {
            gravity[usize::from(id.0)] = snapshot.levels.gravity(id);
        }
        let tally = Tally {
            rows: 0,
            levels: vec![0; 256],
            loggers: vec![LoggerTotal::default(); snapshot.loggers.len()],
        };
        Self { tally, gravity }
    }

    /// Adds the rows of a block of that source. A block shown as a whole costs a look at its sums.
    pub fn add(&mut self, block: &Block, rows: &BlockRows) {
        match rows {
            BlockRows::None => {}
            BlockRows::All(all) if *all as usize == block.len() => self.tally.add_block(block),
            some => self.tally.add_rows(block, some, &self.gravity),
        }
    }

    /// What was counted.
    #[must_use]
    pub fn finish(self) -> Tally {
        self.tally
    }
}

/// Counts the rows of a view. `None` when the token was cancelled.
#[must_use]
pub fn tally(rows: &RowSet, snapshot: &SourceSnapshot, cancel: &CancelToken) -> Option<Tally> {
    let mut counter = Counter::new(snapshot);
    for (no, block) in (0..).map(BlockNo).zip(snapshot.blocks.iter()) {
        if cancel.is_cancelled() {
            return None;
        }
        if let Some(rows) = rows.block(no) {
            counter.add(block, rows);
        }
    }
    Some(counter.finish())
}
