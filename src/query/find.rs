//! The next or previous record of a view that is grave enough or matches a text.

use super::bitmap::Mask;
use super::compile::Predicate;
use super::eval::{eval_block_until, keep_levels};
use super::matcher::Matcher;
use super::rowset::RowSet;
use super::text::matching;
use crate::base::cancel::CancelToken;
use crate::base::id::{BlockNo, RecordNo, Slot};
use crate::base::level::{Gravity, LevelId};
use crate::bytes::{ByteSource, ReadError};
use crate::index::block::Block;
use crate::index::snapshot::SourceSnapshot;

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards the end of the log.
    Forward,
    /// Towards its beginning.
    Backward,
}

/// The nearest row beyond `from` that is at least this grave. Without `from`, the search starts at the end of the log
/// that lies in the back of the direction, which is how a search wraps around. Blocks whose sums show nothing as grave
/// are skipped.
#[must_use]
pub fn next_by_gravity(
    rows: &RowSet,
    snapshot: &SourceSnapshot,
    from: Option<RecordNo>,
    direction: Direction,
    least: Gravity,
) -> Option<RecordNo> {
    let mut grave = [false; 256];
    for id in snapshot.levels.ids_by_rank() {
        grave[usize::from(id.0)] = snapshot.levels.gravity(id) >= least;
    }
    let passes = |level: LevelId| grave[usize::from(level.0)];
    let mut walk = Walk::new(snapshot, from, direction);
    while let Some((no, block)) = walk.next_block() {
        if !block.stats().levels.iter().any(|count| passes(count.level)) {
            continue;
        }
        let Some(mut mask) = rows_of(rows, no, block) else {
            continue;
        };
        keep_levels(&mut mask, block, passes);
        if let Some(found) = walk.nearest(no, &mask) {
            return Some(found);
        }
    }
    None
}

/// The nearest row beyond `from` whose text matches; `from` as in [`next_by_gravity`]. `Ok(None)` also when the token
/// was cancelled. `buffer` is scratch space.
///
/// # Errors
/// A block could not be read, or its bytes are no longer those that were indexed.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a different thing; a struct would only name them again"
)]
pub fn next_match(
    rows: &RowSet,
    snapshot: &SourceSnapshot,
    source: &dyn ByteSource,
    matcher: &Matcher,
    from: Option<RecordNo>,
    direction: Direction,
    buffer: &mut Vec<u8>,
    cancel: &CancelToken,
) -> Result<Option<RecordNo>, ReadError> {
    let mut walk = Walk::new(snapshot, from, direction);
    while let Some((no, block)) = walk.next_block() {
        if cancel.is_cancelled() {
            return Ok(None);
        }
        let Some(mut mask) = rows_of(rows, no, block) else {
            continue;
        };
        walk.clip(no, &mut mask);
        if mask.is_empty() {
            continue;
        }
        let Some(hits) = matching(matcher, block, &mask, source, buffer, cancel)? else {
            return Ok(None);
        };
        if let Some(found) = walk.nearest(no, &hits) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The nearest row beyond `from` that a filter lets pass; `from` as in [`next_by_gravity`]. `Ok(None)` also when the token
/// was cancelled.
///
/// # Errors
/// As [`next_match`].
pub fn next_passing(
    rows: &RowSet,
    snapshot: &SourceSnapshot,
    (source, buffer): (&dyn ByteSource, &mut Vec<u8>),
    predicate: &Predicate,
    (from, direction): (Option<RecordNo>, Direction),
    cancel: &CancelToken,
) -> Result<Option<RecordNo>, ReadError> {
    let mut walk = Walk::new(snapshot, from, direction);
    while let Some((no, block)) = walk.next_block() {
        let Some(mut mask) = rows_of(rows, no, block) else {
            continue;
        };
        walk.clip(no, &mut mask);
        if mask.is_empty() {
            continue;
        }
        let Some(passed) = eval_block_until(predicate, block, source, buffer, cancel)? else {
            return Ok(None);
        };
        mask.keep(&passed.mask(block.len() as u32));
        if let Some(found) = walk.nearest(no, &mask) {
            return Ok(Some(found));
        }
    }
    Ok(None)
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
