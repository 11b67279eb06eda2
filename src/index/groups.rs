//! A block's records 64 at a time, as its columns are packed: what holds for all of them is told without a look at each.

use super::block::Block;
use super::packed::GROUP;
use crate::base::id::Slot;
use crate::base::level::LevelId;
use crate::base::time::Timestamp;

/// Most records of a group.
pub const GROUP_RECORDS: usize = GROUP;

/// Up to 64 consecutive records of a block.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    block: &'a Block,
    no: usize,
}

impl Block {
    /// Its records in groups of 64, in order; the last one may have fewer.
    pub fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        let groups = 0..self.len().div_ceil(GROUP);
        groups.map(|no| Group { block: self, no })
    }
}

impl Group<'_> {
    /// The slot of its first record.
    #[must_use]
    pub fn first(&self) -> Slot {
        Slot((self.no * GROUP) as u16)
    }

    /// Which of its records show a time, in bit `n` for the `n`th.
    #[must_use]
    pub fn timed(&self) -> u64 {
        self.block.columns.times.there(self.no)
    }

    /// Moments between which all its times lie, both included: the first is the earliest; the second may be later than the
    /// latest. `None` if no record shows a time.
    #[must_use]
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let span = self.block.columns.times.span(self.no)?;
        (self.timed() != 0).then_some((Timestamp(span.0), Timestamp(span.1)))
    }

    /// When each record was; anything for those that show no time.
    #[must_use]
    pub fn times(&self) -> [i64; GROUP] {
        self.block.columns.times.group(self.no)
    }

    /// The levels that may occur, and which of the records have them, in bit `n` for the `n`th. Bits beyond the last record
    /// mean nothing.
    pub fn levels(&self) -> impl Iterator<Item = (LevelId, u64)> + '_ {
        let columns = &*self.block.columns;
        let ids = columns.level_ids.iter().enumerate();
        ids.map(|(code, id)| (*id, columns.levels.of_code(self.no, code)))
    }
}
