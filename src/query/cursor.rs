//! A walk over the records of a block.

use std::ops::Range;

use crate::base::id::Slot;
use crate::index::block::Block;

/// Steps from record to record that cost less than looking a place up.
const STEPS: usize = 6;

/// Stands at a record of a block; going on to a near one costs next to nothing.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    block: &'a Block,
    slot: Slot,
    bytes: Range<u64>,
}

impl<'a> Cursor<'a> {
    /// Stands at the first record.
    pub(super) fn new(block: &'a Block) -> Self {
        let start = block.bytes().start;
        Self {
            block,
            slot: Slot(0),
            bytes: start..start + block.length(Slot(0)),
        }
    }

    /// The record at which it stands.
    pub(super) fn slot(&self) -> Slot {
        self.slot
    }

    /// The bytes of that record, with all line ends.
    pub(super) fn bytes(&self) -> Range<u64> {
        self.bytes.clone()
    }

    /// Goes to a record of the block.
    pub(super) fn go_to(&mut self, slot: Slot) {
        if self.slot.0.checked_add(1) == Some(slot.0) {
            self.step();
        } else if self.slot != slot {
            self.jump(slot);
        }
    }

    /// Goes to the record that contains the byte at `offset`, which must be one of the block.
    pub(super) fn go_to_offset(&mut self, offset: u64) {
        if offset >= self.bytes.start {
            for _ in 0..STEPS {
                if offset < self.bytes.end || self.slot.0 as usize + 1 >= self.block.len() {
                    return;
                }
                self.step();
            }
        }
        if !self.bytes.contains(&offset)
            && let Some(slot) = self.block.slot_at_offset(offset)
        {
            self.jump(slot);
        }
    }

    fn step(&mut self) {
        self.slot.0 += 1;
        let start = self.bytes.end;
        self.bytes = start..start + self.block.length(self.slot);
    }

    fn jump(&mut self, slot: Slot) {
        let start = self.block.offset(slot);
        self.slot = slot;
        self.bytes = start..start + self.block.length(slot);
    }
}
