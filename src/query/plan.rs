//! Which bytes of a block are read, and searched, in one piece.

use std::ops::Range;

use super::bitmap::Mask;
use crate::base::id::Slot;
use crate::index::block::Block;

/// How much is read at once, unless a single record is longer.
const WINDOW: u64 = 256 << 10;
/// Records further apart than this are not read in one piece.
const READ_GAP: u64 = 32 << 10;
/// Records further apart than this are not searched in one piece.
const SEARCH_GAP: u64 = 1 << 10;
/// With at least one record in this many wanted, only holes of whole words of the mask are stepped over.
const MANY: u32 = 8;

/// Records that are searched in one piece: slots, and their bytes in the source.
pub(super) struct Region {
    pub(super) slots: Range<u32>,
    pub(super) bytes: Range<u64>,
}

/// The windows through which the wanted records of a block are seen.
pub(super) struct Plan<'a> {
    block: &'a Block,
    wanted: &'a Mask,
    many: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(block: &'a Block, wanted: &'a Mask) -> Self {
        Self {
            block,
            wanted,
            many: wanted.count() >= wanted.records() / MANY,
        }
    }

    /// The regions of the window that begins with record `first`, and the slot behind it.
    pub(super) fn window(&self, first: Slot, regions: &mut Vec<Region>) -> u32 {
        regions.clear();
        let mut run = u32::from(first.0);
        let limit = self.start_of(run) + WINDOW;
        loop {
            let start = self.start_of(run);
            let gap = regions.last().map(|last| start - last.bytes.end);
            if start >= limit || gap.is_some_and(|gap| gap > READ_GAP) {
                return run;
            }
            let whole = if self.many {
                self.wanted.next_hole(run)
            } else {
                self.wanted.next_gap(run)
            };
            let end = self.clip(run..whole, limit, regions.is_empty());
            if end == run {
                return run;
            }
            let bytes = start..self.start_of(end);
            match regions.last_mut() {
                Some(last) if gap.is_some_and(|gap| gap <= SEARCH_GAP) => {
                    last.slots.end = end;
                    last.bytes.end = bytes.end;
                }
                _ => regions.push(Region {
                    slots: run..end,
                    bytes,
                }),
            }
            match self.wanted.next(end) {
                Some(next) if end == whole => run = u32::from(next.0),
                _ => return end,
            }
        }
    }

    /// Where a run of records ends that goes no further than `limit`; at least one record long if it must be.
    fn clip(&self, run: Range<u32>, limit: u64, must: bool) -> u32 {
        if self.start_of(run.end) <= limit {
            return run.end;
        }
        let cut = self.block.slot_at_offset(limit);
        let cut = cut.map_or(run.start, |slot| u32::from(slot.0));
        cut.clamp(run.start + u32::from(must), run.end)
    }

    /// Where a record starts; the end of the block for a slot beyond it.
    fn start_of(&self, slot: u32) -> u64 {
        match u16::try_from(slot) {
            Ok(slot) => self.block.offset(Slot(slot)),
            Err(_) => self.block.bytes().end,
        }
    }
}
