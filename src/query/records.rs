//! The bytes of records of a block, read in windows.

use super::bitmap::Mask;
use super::cursor::Cursor;
use super::plan::Plan;
use super::text::{local, read};
use crate::base::id::Slot;
use crate::bytes::{ByteSource, ReadError};
use crate::index::block::Block;

/// How much of a longer record is shown: its header and the beginning of its message.
pub(super) const LONGEST: u64 = 1 << 20;

/// Which records of a block are to be visited, and where their bytes are.
pub(super) struct Walk<'a> {
    pub(super) block: &'a Block,
    pub(super) wanted: &'a Mask,
    pub(super) source: &'a dyn ByteSource,
}

impl Walk<'_> {
    /// Visits the wanted records from slot `from` on, in order, with their first [`LONGEST`] bytes. Asks `stop` behind every
    /// window; where it says so, the slot to go on from is the answer.
    ///
    /// # Errors
    /// The bytes could not be read, or are no longer those that were indexed. What was visited by then is whole.
    pub(super) fn go(
        &self,
        from: u32,
        buffer: &mut Vec<u8>,
        mut visit: impl FnMut(Slot, &[u8]),
        mut stop: impl FnMut() -> bool,
    ) -> Result<Option<u32>, ReadError> {
        let mut cursor = Cursor::new(self.block);
        let plan = Plan::new(self.block, self.wanted);
        let mut regions = Vec::new();
        let mut next = self.wanted.next(from);
        while let Some(first) = next {
            cursor.go_to(first);
            let record = cursor.bytes();
            if record.end - record.start > LONGEST {
                let part = record.start..record.start + LONGEST;
                visit(first, read(self.source, part, buffer)?);
                next = self.wanted.next(u32::from(first.0) + 1);
            } else {
                let end = plan.window(first, &mut regions);
                let (Some(from), Some(to)) = (regions.first(), regions.last()) else {
                    return Ok(None);
                };
                let base = from.bytes.start;
                let bytes = read(self.source, base..to.bytes.end, buffer)?;
                for region in &regions {
                    let mut inner = self.wanted.next(region.slots.start);
                    while let Some(slot) = inner.filter(|slot| u32::from(slot.0) < region.slots.end)
                    {
                        cursor.go_to(slot);
                        let record = bytes.get(local(&cursor.bytes(), base)).unwrap_or_default();
                        visit(slot, record.get(..LONGEST as usize).unwrap_or(record));
                        inner = self.wanted.next(u32::from(slot.0) + 1);
                    }
                }
                next = self.wanted.next(end);
            }
            if let Some(rest) = next.filter(|_| stop()) {
                return Ok(Some(u32::from(rest.0)));
            }
        }
        Ok(None)
    }
}
