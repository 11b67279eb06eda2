//! Sealed columns of up to 65 536 records. How they are stored is private; callers see records by their slot, or whole
//! columns where a filter looks at every record.

use std::ops::Range;
use std::sync::Arc;

use super::columns::{Ascending, Codes, ExtraLines, Planes};
use super::stats::BlockStats;
use super::times::TimeColumn;
use crate::base::id::{LoggerId, RecordNo, Slot};
use crate::base::level::LevelId;
use crate::base::time::Timestamp;

/// Most records in a block.
pub const BLOCK_RECORDS: usize = 1 << 16;

/// Up to 65 536 consecutive records of one chunk. Never changes; when the last record of a source grows, a new block
/// with the same columns takes the place of the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub(super) columns: Arc<Columns>,
    pub(super) stats: Arc<BlockStats>,
    pub(super) place: Place,
}

/// Where a block stands in its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) first_record: u64,
    pub(super) first_line: u64,
    /// Number of lines of its records.
    pub(super) lines: u64,
    /// The latest time in this block and all before it.
    pub(super) latest: Option<Timestamp>,
    pub(super) last_partial: bool,
}

/// What does not depend on where the block stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// Distances from the block's start to the starts of its records.
    pub(super) starts: Ascending,
    pub(super) levels: Planes,
    pub(super) level_ids: Box<[LevelId]>,
    pub(super) loggers: Codes,
    /// Shared by the blocks of a chunk.
    pub(super) logger_ids: Arc<[LoggerId]>,
    pub(super) times: TimeColumn,
    pub(super) lines: ExtraLines,
    /// Slots of records that do not match the format, ascending.
    pub(super) unmatched: Box<[u16]>,
}

impl Block {
    /// Number of records, at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a block is never empty")]
    pub fn len(&self) -> usize {
        self.columns.levels.len()
    }

    /// The number of the record in slot 0.
    #[must_use]
    pub fn first_record(&self) -> RecordNo {
        RecordNo(self.place.first_record)
    }

    /// The record numbers in this block.
    #[must_use]
    pub fn records(&self) -> Range<u64> {
        self.place.first_record..self.place.first_record + self.len() as u64
    }

    /// The bytes of its records, from the first one's start to the last one's end.
    #[must_use]
    pub fn bytes(&self) -> Range<u64> {
        self.place.start..self.place.end
    }

    /// The first byte of a record in the source; the block's end for a slot beyond it.
    #[must_use]
    pub fn offset(&self, slot: Slot) -> u64 {
        self.offset_at(usize::from(slot.0))
    }

    pub(super) fn offset_at(&self, at: usize) -> u64 {
        if at < self.len() {
            self.place.start + self.columns.starts.get(at)
        } else {
            self.place.end
        }
    }

    /// The length of a record in bytes with all line ends; 0 for a slot beyond the block.
    #[must_use]
    pub fn length(&self, slot: Slot) -> u64 {
        let at = usize::from(slot.0);
        self.offset_at(at + 1).saturating_sub(self.offset_at(at))
    }

    /// How severe; `LevelId::NONE` for a slot beyond the block.
    #[must_use]
    pub fn level(&self, slot: Slot) -> LevelId {
        let at = usize::from(slot.0);
        let code = usize::from(self.columns.levels.get(at));
        let id = self.columns.level_ids.get(code).filter(|_| at < self.len());
        id.copied().unwrap_or_default()
    }

    /// Which logger; the root for a slot beyond the block.
    #[must_use]
    pub fn logger(&self, slot: Slot) -> LoggerId {
        let code = self.columns.loggers.get(usize::from(slot.0));
        let id = self.columns.logger_ids.get(code);
        id.copied().unwrap_or(LoggerId::ROOT)
    }

    /// When, if the record shows it.
    #[must_use]
    pub fn time(&self, slot: Slot) -> Option<Timestamp> {
        self.columns.times.get(usize::from(slot.0))
    }

    /// Number of the record's first line in the source, from 0.
    #[must_use]
    pub fn line(&self, slot: Slot) -> u64 {
        let at = usize::from(slot.0);
        self.place.first_line + at as u64 + self.columns.lines.before(at)
    }

    /// Number of lines of all its records.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.place.lines
    }

    /// Whether the record's first line matched the format. The first record of a file may not, padding does not, and what
    /// stands behind padding may not.
    #[must_use]
    pub fn matched(&self, slot: Slot) -> bool {
        self.columns.unmatched.binary_search(&slot.0).is_err()
    }

    /// Whether the record's last line has no line end yet; only the last record of a source may not.
    #[must_use]
    pub fn partial(&self, slot: Slot) -> bool {
        self.place.last_partial && usize::from(slot.0) + 1 == self.len()
    }

    /// Counts of this block.
    #[must_use]
    pub fn stats(&self) -> &BlockStats {
        &self.stats
    }

    /// The latest time in this block and all blocks before it.
    #[must_use]
    pub fn latest_so_far(&self) -> Option<Timestamp> {
        self.place.latest
    }

    /// The record that contains the byte at `offset`; `None` outside `bytes()`.
    #[must_use]
    pub fn slot_at_offset(&self, offset: u64) -> Option<Slot> {
        if !self.bytes().contains(&offset) {
            return None;
        }
        let within = self.columns.starts.count_within(offset - self.place.start);
        let at = within.checked_sub(1)?;
        u16::try_from(at).ok().map(Slot)
    }

    /// The first bytes of all records, in order.
    pub fn starts(&self) -> impl Iterator<Item = u64> + '_ {
        let start = self.place.start;
        self.columns
            .starts
            .iter()
            .map(move |distance| start + distance)
    }

    /// Bytes on the heap of what it keeps per record: start, level, logger, time and lines.
    #[must_use]
    pub fn column_bytes(&self) -> usize {
        let columns = &*self.columns;
        columns.starts.heap_bytes()
            + columns.levels.heap_bytes()
            + size_of_val(&*columns.level_ids)
            + columns.loggers.heap_bytes()
            + columns.times.heap_bytes()
            + columns.lines.heap_bytes()
            + size_of_val(&*columns.unmatched)
    }

    /// Bytes on the heap in all, without what it shares with the other blocks of its chunk.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        size_of::<Self>()
            + size_of::<Columns>()
            + size_of::<BlockStats>()
            + self.column_bytes()
            + self.stats.heap_bytes()
    }

    /// What logger codes stand for; blocks of one chunk share it.
    pub(super) fn logger_ids(&self) -> &Arc<[LoggerId]> {
        &self.columns.logger_ids
    }
}
