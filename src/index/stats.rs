//! Sums that let a filter skip whole blocks and the panels show counts without counting.

use super::block::Block;
use crate::base::id::LoggerId;
use crate::base::level::LevelId;
use crate::base::time::Timestamp;

/// How many records of a block have a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelCount {
    /// The level.
    pub level: LevelId,
    /// Records with it; never 0.
    pub records: u32,
}

/// How many records of a block belong to a logger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggerCount {
    /// The logger.
    pub logger: LoggerId,
    /// Records of it; never 0.
    pub records: u32,
    /// Those of them that are errors or graver.
    pub errors: u32,
    /// Those of them that are warnings.
    pub warnings: u32,
}

/// Totals of one block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BlockStats {
    /// Number of records.
    pub records: u32,
    /// Records that did not match the format: the first one of the file may not, and what is or follows padding.
    pub unmatched: u32,
    /// One entry per level that occurs, in no particular order.
    pub levels: Box<[LevelCount]>,
    /// One entry per logger that occurs, in no particular order.
    pub loggers: Box<[LoggerCount]>,
    /// The earliest time shown.
    pub earliest: Option<Timestamp>,
    /// The latest time shown.
    pub latest: Option<Timestamp>,
}

impl BlockStats {
    /// How many records have this level.
    #[must_use]
    pub fn level(&self, level: LevelId) -> u32 {
        self.levels
            .iter()
            .find(|count| count.level == level)
            .map_or(0, |count| count.records)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.levels) + size_of_val(&*self.loggers)
    }
}

/// Totals of one logger over a whole source, without its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LoggerTotal {
    /// Records of it.
    pub records: u64,
    /// Those of them that are errors or graver.
    pub errors: u64,
    /// Those of them that are warnings.
    pub warnings: u64,
}

/// Totals of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceStats {
    /// Number of records.
    pub records: u64,
    /// Number of lines; a last line without a line end counts.
    pub lines: u64,
    /// Bytes indexed.
    pub bytes: u64,
    /// Records that did not match the format: the first one of the file may not, and what is or follows padding.
    pub unmatched: u64,
    /// The earliest time shown.
    pub earliest: Option<Timestamp>,
    /// The latest time shown.
    pub latest: Option<Timestamp>,
    levels: Vec<u64>,
    loggers: Vec<LoggerTotal>,
}

impl SourceStats {
    /// How many records have this level.
    #[must_use]
    pub fn level(&self, level: LevelId) -> u64 {
        self.levels.get(usize::from(level.0)).copied().unwrap_or(0)
    }

    /// The levels that occur, with the number of their records, by id.
    pub fn levels(&self) -> impl Iterator<Item = (LevelId, u64)> {
        (0..=u8::MAX)
            .map(LevelId)
            .zip(self.levels.iter().copied())
            .filter(|(_, records)| *records > 0)
    }

    /// Totals of a logger without its children.
    #[must_use]
    pub fn logger(&self, logger: LoggerId) -> LoggerTotal {
        let at = logger.0 as usize;
        self.loggers.get(at).copied().unwrap_or_default()
    }

    /// The loggers that occur with their totals, by id.
    pub fn loggers(&self) -> impl Iterator<Item = (LoggerId, LoggerTotal)> {
        (0..)
            .map(LoggerId)
            .zip(self.loggers.iter().copied())
            .filter(|(_, total)| total.records > 0)
    }

    /// Adds a block. Lines and bytes are not a block's to know: its last record may go on.
    pub(super) fn add(&mut self, block: &Block) {
        let stats = block.stats();
        self.records += u64::from(stats.records);
        self.unmatched += u64::from(stats.unmatched);
        self.earliest = earlier(self.earliest, stats.earliest);
        self.latest = self.latest.max(stats.latest);
        for count in &stats.levels {
            let total = entry(&mut self.levels, usize::from(count.level.0));
            *total += u64::from(count.records);
        }
        for count in &stats.loggers {
            let total = entry(&mut self.loggers, count.logger.0 as usize);
            total.records += u64::from(count.records);
            total.errors += u64::from(count.errors);
            total.warnings += u64::from(count.warnings);
        }
    }
}

/// The entry at a position, after making the list long enough.
#[expect(clippy::indexing_slicing, reason = "resized just before")]
fn entry<T: Clone + Default>(list: &mut Vec<T>, at: usize) -> &mut T {
    if list.len() <= at {
        list.resize(at + 1, T::default());
    }
    &mut list[at]
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
