//! Which records of a block have more than one line.

use super::block::Block;
use crate::base::id::Slot;

impl Block {
    /// The records that have more than one line, in order. The last record of the block is always among them: what
    /// belongs to it may lie in the chunk behind.
    pub fn tall(&self) -> impl Iterator<Item = Slot> + '_ {
        let last = (self.len() - 1) as u16;
        let inner = self.columns.lines.slots();
        inner
            .take_while(move |slot| *slot < last)
            .chain(std::iter::once(last))
            .map(Slot)
    }
}
