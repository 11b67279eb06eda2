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
    /// Its first byte in the source. A byte order mark belongs to the first record.
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
    /// Whether its last line has no line end yet: it may still grow, and a record of one such line may turn out to be
    /// part of the record before.
    pub partial: bool,
}

/// The index of a source as far as it is known. Cheap to clone; never changes.
///
/// Invariants: I1, a newer snapshot of the same generation begins with the very same blocks (`Arc::ptr_eq`) up to
/// `sealed`; I2, record numbers keep their meaning; I5, the records tile `0..indexed_bytes`.
#[derive(Debug, Clone)]
pub struct SourceSnapshot {
    /// State of bytes and format that record numbers count in.
    pub generation: Generation,
    /// All blocks, in file order.
    pub blocks: Arc<[Arc<Block>]>,
    /// How many of `blocks` later snapshots keep. The blocks after that may be replaced: the last record may grow,
    /// and the last chunk is scanned again.
    pub sealed: usize,
    /// Bytes of the source that are indexed; always a prefix.
    pub indexed_bytes: u64,
    /// Names of loggers. What was derived from ids holds as long as this is the same table (`Arc::ptr_eq`).
    pub loggers: Arc<LoggerTable>,
    /// Names and order of levels. What was derived from ids holds as long as this is the same table.
    pub levels: Arc<LevelTable>,
    /// Totals over all blocks.
    pub stats: Arc<SourceStats>,
}

impl SourceSnapshot {
    /// A source of which nothing is indexed yet.
    #[must_use]
    pub fn empty(generation: Generation) -> Self {
        Self {
            generation,
            blocks: Arc::new([]),
            sealed: 0,
            indexed_bytes: 0,
            loggers: Arc::default(),
            levels: Arc::default(),
            stats: Arc::default(),
        }
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.blocks.last().map_or(0, |block| block.records().end)
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// A block by its number.
    #[must_use]
    pub fn block(&self, block: BlockNo) -> Option<&Arc<Block>> {
        self.blocks.get(block.0 as usize)
    }

    /// The number of the first record of a block; the number of records for a block beyond the last.
    #[must_use]
    pub fn first_record(&self, block: BlockNo) -> RecordNo {
        self.block(block)
            .map_or(RecordNo(self.len()), |block| block.first_record())
    }

    /// Block and slot of a record.
    #[must_use]
    pub fn locate(&self, record: RecordNo) -> Option<(BlockNo, Slot)> {
        let at = self
            .blocks
            .partition_point(|block| block.records().end <= record.0);
        let block = self.blocks.get(at)?;
        let slot = u16::try_from(record.0.checked_sub(block.first_record().0)?).ok()?;
        Some((BlockNo(u32::try_from(at).ok()?), Slot(slot)))
    }

    /// What is known of a record.
    #[must_use]
    pub fn record(&self, record: RecordNo) -> Option<RecordMeta> {
        let (block, slot) = self.locate(record)?;
        let block = self.block(block)?;
        Some(RecordMeta {
            record,
            offset: block.offset(slot),
            length: block.length(slot),
            line: block.line(slot),
            level: block.level(slot),
            logger: block.logger(slot),
            time: block.time(slot),
            matched: block.matched(slot),
            partial: block.partial(slot),
        })
    }

    /// The record that contains the byte at `offset`.
    #[must_use]
    pub fn record_at_offset(&self, offset: u64) -> Option<RecordNo> {
        let at = self
            .blocks
            .partition_point(|block| block.bytes().end <= offset);
        let block = self.blocks.get(at)?;
        let slot = block.slot_at_offset(offset)?;
        Some(RecordNo(block.first_record().0 + u64::from(slot.0)))
    }

    /// The record whose lines include line `line`, counted from 0.
    #[must_use]
    pub fn record_at_line(&self, line: u64) -> Option<RecordNo> {
        let at = self
            .blocks
            .partition_point(|block| block.line(Slot(0)) + block.lines() <= line);
        let block = self.blocks.get(at)?;
        let slots = block.len();
        let slot = partition_slots(slots, |slot| block.line(slot) <= line).checked_sub(1)?;
        Some(RecordNo(block.first_record().0 + slot as u64))
    }

    /// The first record, in file order, whose time, or that of a record before it, reaches `time`.
    #[must_use]
    pub fn record_at_time(&self, time: Timestamp) -> Option<RecordNo> {
        let at = self
            .blocks
            .partition_point(|block| block.latest_so_far().is_none_or(|latest| latest < time));
        let block = self.blocks.get(at)?;
        let reaches = |slot: &u16| block.time(Slot(*slot)).is_some_and(|found| found >= time);
        let slot = (0..=u16::MAX).take(block.len()).find(reaches)?;
        Some(RecordNo(block.first_record().0 + u64::from(slot)))
    }

    /// The bytes of a block's records; empty for a block beyond the last.
    #[must_use]
    pub fn bytes_of_block(&self, block: BlockNo) -> Range<u64> {
        self.block(block).map_or(0..0, |block| block.bytes())
    }

    /// Bytes on the heap of the columns, dictionaries included: what start, level, logger, time and lines of all records
    /// cost.
    #[must_use]
    pub fn column_bytes(&self) -> usize {
        let columns = self.blocks.iter().map(|block| block.column_bytes());
        columns.sum::<usize>() + self.dictionary_bytes()
    }

    /// Bytes on the heap of the whole index: the columns, and what a source and each of its blocks cost once (names of
    /// loggers, sums).
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let blocks = self.blocks.iter().map(|block| block.heap_bytes());
        size_of_val(&*self.blocks)
            + self.loggers.heap_bytes()
            + blocks.sum::<usize>()
            + self.dictionary_bytes()
    }

    /// Bytes of what the codes of loggers stand for, once where blocks share it.
    fn dictionary_bytes(&self) -> usize {
        let mut shared = None;
        let mut bytes = 0;
        for ids in self.blocks.iter().map(|block| block.logger_ids()) {
            if shared.is_none_or(|before| !Arc::ptr_eq(before, ids)) {
                bytes += size_of_val(&**ids);
            }
            shared = Some(ids);
        }
        bytes
    }
}

/// The number of leading slots for which `before` holds.
fn partition_slots(len: usize, before: impl Fn(Slot) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low.midpoint(high);
        if u16::try_from(middle).is_ok_and(|slot| before(Slot(slot))) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
