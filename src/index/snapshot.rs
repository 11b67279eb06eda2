//! An immutable picture of a source's index, shared by every reader.

use std::ops::Range;
use std::sync::Arc;

use super::block::Block;
use super::loggers::LoggerTable;
use super::stats::SourceStats;
use crate::base::id::{BlockNo, Generation, LoggerId, RecordNo, Slot};
use crate::base::level::{LevelId, LevelTable};
use crate::base::time::Timestamp;

/// What the index knows of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordMeta {
    /// Its position in the source.
    pub record: RecordNo,
    /// Its first byte in the source.
    pub offset: u64,
    /// Its length in bytes with all line ends.
    pub length: u64,
    /// Number of its first line in the source, from 0.
    pub line: u64,
    /// How severe.
    pub level: LevelId,
    /// Which logger.
    pub logger: LoggerId,
    /// When, if the log shows it.
    pub time: Option<Timestamp>,
    /// Whether its first line matched the format.
    pub matched: bool,
    /// Whether its last line has no line end yet (it may still grow).
    pub partial: bool,
}

/// The index of a source as far as it is known. Cheap to clone; never changes.
#[derive(Debug, Clone)]
pub struct SourceSnapshot {
    /// State of bytes and format that record numbers count in.
    pub generation: Generation,
    /// All blocks, in file order. A newer snapshot of the same generation keeps all but the tail's (invariant I1).
    pub blocks: Arc<[Arc<Block>]>,
    /// Bytes of the source that are indexed; always a prefix.
    pub indexed_bytes: u64,
    /// Names of loggers.
    pub loggers: Arc<LoggerTable>,
    /// Names and order of levels.
    pub levels: Arc<LevelTable>,
    /// Totals over all blocks.
    pub stats: Arc<SourceStats>,
}

impl SourceSnapshot {
    /// Number of records.
    #[must_use]
    pub fn len(&self) -> u64 {
        todo!()
    }
    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The number of the first record of a block.
    #[must_use]
    pub fn first_record(&self, _block: BlockNo) -> RecordNo {
        todo!()
    }
    /// Block and slot of a record.
    #[must_use]
    pub fn locate(&self, _record: RecordNo) -> Option<(BlockNo, Slot)> {
        todo!()
    }
    /// What is known of a record.
    #[must_use]
    pub fn record(&self, _record: RecordNo) -> Option<RecordMeta> {
        todo!()
    }
    /// The record that contains the byte at `offset`.
    #[must_use]
    pub fn record_at_offset(&self, _offset: u64) -> Option<RecordNo> {
        todo!()
    }
    /// The first record, in file order, whose running maximum of times reaches `time`.
    #[must_use]
    pub fn record_at_time(&self, _time: Timestamp) -> Option<RecordNo> {
        todo!()
    }
    /// The nearest record in `range` (backwards if `range` is walked from its end) with at least this rank.
    #[must_use]
    pub fn bytes_of_block(&self, _block: BlockNo) -> Range<u64> {
        todo!()
    }
}
