//! The next or previous record of a view that is grave enough, matches a text or passes a filter.

use super::bitmap::Mask;
use super::compile::Predicate;
use super::eval::{eval_block_until, keep_levels};
use super::matcher::Matcher;
use super::rowset::RowSet;
use super::sequence::Sequence;
use super::text::matching;
use crate::base::cancel::CancelToken;
use crate::base::id::{BlockNo, RecordNo, RowNo, Slot};
use crate::base::level::{Gravity, LevelId, LevelTable};
use crate::bytes::{ByteSource, ReadError};
use crate::index::block::Block;
use crate::index::snapshot::SourceSnapshot;

/// So many rows are gone through between two looks at the token.
const STRIDE: u64 = 1 << 12;

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards the end of the log.
    Forward,
    /// Towards its beginning.
    Backward,
}

/// Where to look.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// What may be found.
    pub rows: &'a RowSet,
    /// In whose order; it has all of `rows`.
    pub shown: &'a Sequence,
    /// The index of both.
    pub snapshot: &'a SourceSnapshot,
    /// Looks beyond this record. Without one the search starts at the end that lies in the back of the direction, which is
    /// how a search wraps around.
    pub from: Option<RecordNo>,
    /// Which way.
    pub direction: Direction,
    /// Stops it.
    pub cancel: &'a CancelToken,
}

/// What is looked for.
pub trait Sought {
    /// Which of the `wanted` records of a block it is; `None` when it was cancelled.
    ///
    /// # Errors
    /// The block could not be read, or its bytes are no longer those that were indexed.
    fn hits(&mut self, block: &Block, wanted: Mask) -> Result<Option<Mask>, ReadError>;
}

/// Records that are at least so grave.
#[derive(Debug)]
pub struct Grave([bool; 256]);

impl Grave {
    /// At least this grave.
    #[must_use]
    pub fn new(levels: &LevelTable, least: Gravity) -> Self {
        let mut grave = [false; 256];
        for id in levels.ids_by_rank() {
            grave[usize::from(id.0)] = levels.gravity(id) >= least;
        }
        Self(grave)
    }
}

impl Sought for Grave {
    /// A block whose sums show nothing as grave is not looked into.
    fn hits(&mut self, block: &Block, mut wanted: Mask) -> Result<Option<Mask>, ReadError> {
        let passes = |level: LevelId| self.0[usize::from(level.0)];
        if !block.stats().levels.iter().any(|count| passes(count.level)) {
            return Ok(Some(Mask::none(wanted.records())));
        }
        keep_levels(&mut wanted, block, passes);
        Ok(Some(wanted))
    }
}

/// Records that a text or a filter lets pass; their bytes are read for it.
#[derive(Debug)]
pub struct Passing<'a, By> {
    /// What lets them pass.
    pub by: &'a By,
    /// The log's bytes.
    pub source: &'a dyn ByteSource,
    /// Stops it.
    pub cancel: &'a CancelToken,
    /// Scratch space.
    pub buffer: Vec<u8>,
}

impl Sought for Passing<'_, Matcher> {
    fn hits(&mut self, block: &Block, wanted: Mask) -> Result<Option<Mask>, ReadError> {
        let (source, buffer) = (self.source, &mut self.buffer);
        matching(self.by, block, &wanted, source, buffer, self.cancel)
    }
}

impl Sought for Passing<'_, Predicate> {
    fn hits(&mut self, block: &Block, mut wanted: Mask) -> Result<Option<Mask>, ReadError> {
        let (source, buffer) = (self.source, &mut self.buffer);
        let passed = eval_block_until(self.by, block, source, buffer, self.cancel)?;
        Ok(passed.map(|passed| {
            wanted.keep(&passed.mask(wanted.records()));
            wanted
        }))
    }
}

/// The nearest row that is what is sought. `Ok(None)` also when it was cancelled.
///
/// # Errors
/// As [`Sought::hits`].
pub fn next(sought: &mut impl Sought, place: &Place<'_>) -> Result<Option<RecordNo>, ReadError> {
    match place.shown.is_as_in_file() {
        true => next_in_file(sought, place),
        false => next_in_time(sought, place),
    }
}

fn next_in_file(
    sought: &mut impl Sought,
    place: &Place<'_>,
) -> Result<Option<RecordNo>, ReadError> {
    let mut walk = Walk::new(place.snapshot, place.from, place.direction);
    while let Some((no, block)) = walk.next_block() {
        if place.cancel.is_cancelled() {
            return Ok(None);
        }
        let Some(mut mask) = rows_of(place.rows, no, block) else {
            continue;
        };
        walk.clip(no, &mut mask);
        if mask.is_empty() {
            continue;
        }
        let Some(hits) = sought.hits(block, mask)? else {
            return Ok(None);
        };
        if let Some(found) = walk.nearest(no, &hits) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Row by row, since what is near may be anywhere in the file; a block is looked into once.
fn next_in_time(
    sought: &mut impl Sought,
    place: &Place<'_>,
) -> Result<Option<RecordNo>, ReadError> {
    let Place {
        shown, snapshot, ..
    } = *place;
    let mut known: Vec<Option<Mask>> = vec![None; snapshot.blocks.len()];
    let mut next = first_row(place);
    while let Some(record) = next.and_then(|row| shown.nth(RowNo(row))) {
        if next.is_some_and(|row| row % STRIDE == 0) && place.cancel.is_cancelled() {
            return Ok(None);
        }
        next = match place.direction {
            Direction::Forward => next.map(|row| row + 1),
            Direction::Backward => next.and_then(|row| row.checked_sub(1)),
        };
        let Some((no, slot)) = snapshot.locate(record) else {
            continue;
        };
        let Some((block, known)) = { snapshot.block(no) }.zip(known.get_mut(no.0 as usize)) else {
            continue;
        };
        if known.is_none() {
            let records = block.len() as u32;
            let hits = match rows_of(place.rows, no, block) {
                Some(mask) => sought.hits(block, mask)?,
                None => Some(Mask::none(records)),
            };
            if hits.is_none() {
                return Ok(None);
            }
            *known = hits;
        }
        if known.as_ref().is_some_and(|hits| hits.contains(slot)) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// The first row to look at.
fn first_row(place: &Place<'_>) -> Option<u64> {
    let shown = place.shown;
    match (place.direction, place.from) {
        (Direction::Forward, None) => Some(0),
        (Direction::Backward, None) => shown.len().checked_sub(1),
        (Direction::Forward, Some(from)) => {
            Some(shown.rank(from).0 + u64::from(shown.contains(from)))
        }
        (Direction::Backward, Some(from)) => shown.rank(from).0.checked_sub(1),
    }
}

/// The rows of a block as a mask over the block as it is now; `None` if there are none.
fn rows_of(rows: &RowSet, no: BlockNo, block: &Block) -> Option<Mask> {
    let rows = rows.block(no)?;
    (rows.count() > 0).then(|| rows.mask(block.len() as u32))
}

/// Visits the blocks from the one of `from` on, in one direction.
struct Walk<'a> {
    snapshot: &'a SourceSnapshot,
    direction: Direction,
    /// Block and slot that the search starts beyond.
    from: Option<(BlockNo, Slot)>,
    next: Option<usize>,
}

impl<'a> Walk<'a> {
    fn new(snapshot: &'a SourceSnapshot, from: Option<RecordNo>, direction: Direction) -> Self {
        let last = snapshot.blocks.len().checked_sub(1);
        let located = from.map(|record| snapshot.locate(record));
        let next = match (located, direction) {
            (Some(Some((block, _))), _) => Some(block.0 as usize),
            // A record beyond the end: nothing lies after it, everything before.
            (Some(None), Direction::Forward) => None,
            (None, Direction::Forward) => last.map(|_| 0),
            (_, Direction::Backward) => last,
        };
        Self {
            snapshot,
            direction,
            from: located.flatten(),
            next,
        }
    }

    fn next_block(&mut self) -> Option<(BlockNo, &'a Block)> {
        let at = self.next?;
        let block = self.snapshot.blocks.get(at)?;
        self.next = match self.direction {
            Direction::Forward => Some(at + 1),
            Direction::Backward => at.checked_sub(1),
        };
        Some((BlockNo(at as u32), block))
    }

    /// Removes what does not lie beyond `from`.
    fn clip(&self, no: BlockNo, mask: &mut Mask) {
        let Some((_, slot)) = self.from.filter(|(block, _)| *block == no) else {
            return;
        };
        let slot = u32::from(slot.0);
        match self.direction {
            Direction::Forward => mask.keep_range(slot + 1..u32::MAX),
            Direction::Backward => mask.keep_range(0..slot),
        }
    }

    fn nearest(&self, no: BlockNo, mask: &Mask) -> Option<RecordNo> {
        let from = self
            .from
            .filter(|(block, _)| *block == no)
            .map(|(_, slot)| u32::from(slot.0));
        let slot = match self.direction {
            Direction::Forward => mask.next(from.map_or(0, |slot| slot + 1)),
            Direction::Backward => mask.previous(from.unwrap_or(mask.records())),
        }?;
        Some(RecordNo(
            self.snapshot.first_record(no).0 + u64::from(slot.0),
        ))
    }
}
