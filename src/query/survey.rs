//! Going over the rows of a view to learn something of all of them: a block at a time, in any order, in small steps, with
//! the bytes of each record. What is learnt on several threads at once is merged.

use super::bitmap::{BlockRows, Mask};
use super::records::Walk;
use crate::base::id::Slot;
use crate::bytes::{ByteSource, ReadError};
use crate::index::block::Block;

/// What is to be learnt.
pub trait Survey: Send + Sync + 'static {
    /// What was learnt of some records. It is of bounded size: it is cloned for results that are told.
    type Found: Clone + Send + 'static;

    /// What is known of no record.
    fn nothing(&self) -> Self::Found;

    /// The same, ready for records like those of which this is known: what makes their way in shorter, without anything that
    /// would count twice.
    fn nothing_more(&self, _known: &Self::Found) -> Self::Found {
        self.nothing()
    }

    /// Whether records of this block are of interest at all; asked before anything is read.
    fn wants(&self, _block: &Block) -> bool {
        true
    }

    /// Leaves out the records of a block that are of no interest, before anything is read. They count as looked at.
    fn narrow(&self, _block: &Block, _wanted: &mut Mask) {}

    /// Takes a record in. Records come in no particular order, each once.
    fn look(&self, seen: &Seen<'_>, found: &mut Self::Found);

    /// Does what was put off while records came in; behind each step, before anybody else sees what was learnt.
    fn settle(&self, _found: &mut Self::Found) {}

    /// Adds what was learnt of other records.
    fn merge(&self, into: &mut Self::Found, other: Self::Found);
}

/// A record under survey.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The block that it is in; knows its level, logger and time.
    pub block: &'a Block,
    /// Which record of the block.
    pub slot: Slot,
    /// Its bytes with the line end; the first MiB of a longer one.
    pub bytes: &'a [u8],
}

/// How far a step went.
#[derive(Debug, Default)]
pub struct Step {
    /// The slot to go on from; `None` at the end of the block.
    pub next: Option<u32>,
    /// Rows that were looked at, or passed over because their bytes are gone.
    pub rows: u64,
    /// Why the rest of the block cannot be looked at.
    pub error: Option<ReadError>,
}

/// Looks at the rows of a block from slot `from` on until its end, or until `stop` says so, which is asked about every
/// millisecond. `buffer` is scratch space that callers keep.
pub fn look_through<S: Survey>(
    survey: &S,
    (block, rows): (&Block, &BlockRows),
    from: u32,
    (source, buffer): (&dyn ByteSource, &mut Vec<u8>),
    found: &mut S::Found,
    stop: impl FnMut() -> bool,
) -> Step {
    if !survey.wants(block) {
        return Step {
            rows: u64::from(rows.count()),
            ..Step::default()
        };
    }
    let mut wanted = rows.mask(block.len() as u32);
    survey.narrow(block, &mut wanted);
    let gone = source.is_gone(&block.bytes());
    let mut reached = from;
    let look = |slot: Slot, bytes: &[u8]| {
        reached = u32::from(slot.0) + 1;
        let start = block.offset(slot);
        if !(gone && source.is_gone(&(start..start + bytes.len() as u64))) {
            survey.look(&Seen { block, slot, bytes }, found);
        }
    };
    let walk = Walk {
        block,
        wanted: &wanted,
        source,
    };
    let walked = walk.go(from, buffer, look, stop);
    survey.settle(found);
    let (next, reached, error) = match walked {
        Ok(next) => (next, next.unwrap_or(block.len() as u32), None),
        Err(error) => (None, reached, Some(error)),
    };
    Step {
        next,
        rows: u64::from(rows.rank(reached) - rows.rank(from)),
        error,
    }
}
