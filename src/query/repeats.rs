//! Rows that repeat the row above: the same level, logger and message, only the time is another. They are shown as one.
//!
//! Within a block messages are compared byte by byte; from block to block by a hash of the last and the first one.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::bitmap::{BlockRows, Mask};
use super::records::{LONGEST, Walk};
use super::rowset::RowSet;
use crate::base::cancel::CancelToken;
use crate::base::id::{LoggerId, RecordNo, RowNo, Slot};
use crate::base::level::LevelId;
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::Extractor;
use crate::index::block::Block;

/// What is known of the rows of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeats {
    /// The rows that do not repeat the row before them in this block.
    pub left: BlockRows,
    /// What the first row says; `None` if that may change, or cannot be read.
    first: Option<u64>,
    /// The same of the last one.
    last: Option<u64>,
}

impl Repeats {
    /// Nothing repeats, as far as is known.
    #[must_use]
    pub fn unknown(rows: &BlockRows) -> Self {
        Self {
            left: rows.clone(),
            first: None,
            last: None,
        }
    }

    /// Whether the first row repeats the last one of the block before.
    #[must_use]
    pub fn goes_on(&self, before: &Self) -> bool {
        self.first.is_some() && self.first == before.last
    }
}

/// Goes through the rows of a block; `None` when the token was cancelled. `buffer` is scratch space that callers keep.
///
/// # Errors
/// The bytes could not be read, or are no longer those that were indexed.
pub fn repeats(
    (block, rows): (&Block, &BlockRows),
    extractor: &Extractor,
    (source, buffer): (&dyn ByteSource, &mut Vec<u8>),
    cancel: &CancelToken,
) -> Result<Option<Repeats>, ReadError> {
    let wanted = rows.mask(block.len() as u32);
    let gone = source.is_gone(&block.bytes());
    let mut found = Found {
        drop: Mask::none(block.len() as u32),
        before: None,
        message: Vec::new(),
        first: None,
        seen: 0,
    };
    let visit = |slot: Slot, bytes: &[u8]| {
        let start = block.offset(slot);
        let lost = gone && source.is_gone(&(start..start + bytes.len() as u64));
        // What may go on, or is not all here, is like nothing else.
        let whole = !lost && !block.partial(slot) && (bytes.len() as u64) < LONGEST;
        let kind = whole.then(|| (block.level(slot), block.logger(slot)));
        found.take(slot, kind, &extractor.parse(bytes).message);
    };
    let walk = Walk {
        block,
        wanted: &wanted,
        source,
    };
    let rest = walk.go(0, buffer, visit, || cancel.is_cancelled())?;
    if rest.is_some() || cancel.is_cancelled() {
        return Ok(None);
    }
    let mut left = wanted;
    left.remove(&found.drop);
    Ok(Some(Repeats {
        left: left.seal(),
        first: found.first,
        last: found.before.map(|kind| hash(kind, &found.message)),
    }))
}

type Kind = (LevelId, LoggerId);

/// What was found so far.
struct Found {
    drop: Mask,
    /// Of what kind the row before was; `None` if nothing is like it.
    before: Option<Kind>,
    /// What it said.
    message: Vec<u8>,
    first: Option<u64>,
    seen: u64,
}

impl Found {
    fn take(&mut self, slot: Slot, kind: Option<Kind>, message: &[u8]) {
        if self.seen == 0 {
            self.first = kind.map(|kind| hash(kind, message));
        }
        self.seen += 1;
        if kind.is_some() && kind == self.before && self.message == message {
            self.drop.insert(slot);
            return;
        }
        self.before = kind;
        self.message.clear();
        self.message.extend_from_slice(message);
    }
}

fn hash(kind: Kind, message: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    message.hash(&mut hasher);
    hasher.finish()
}

/// The rows with those of some runs shown after all; each run is named by its first record.
#[must_use]
pub fn with_runs(all: &RowSet, shown: &RowSet, runs: impl IntoIterator<Item = RecordNo>) -> RowSet {
    let mut masks: std::collections::BTreeMap<u32, Mask> = std::collections::BTreeMap::new();
    for first in runs {
        let Some(run) = run_of(all, shown, first) else {
            continue;
        };
        let mut row = run.start;
        while let Some(record) = all.nth(RowNo(row)).filter(|_| row < run.end) {
            let Some((block, slot)) = all.place(record) else {
                break;
            };
            let Some(rows) = all.block(block) else { break };
            let records = all.block_records(block).unwrap_or(0) as u32;
            let inside = u64::from(rows.count() - rows.rank(u32::from(slot.0)));
            let end = match run.end - row < inside {
                true => all
                    .nth(RowNo(run.end))
                    .and_then(|record| all.place(record))
                    .map_or(records, |(_, slot)| u32::from(slot.0)),
                false => records,
            };
            let mut part = rows.mask(records);
            part.keep_range(u32::from(slot.0)..end);
            masks
                .entry(block.0)
                .or_insert_with(|| Mask::none(records))
                .join(&part);
            row += inside;
        }
    }
    if masks.is_empty() {
        return shown.clone();
    }
    RowSet::from_blocks(shown.parts().zip(0..).map(|((records, rows), block)| {
        let rows = rows.map(|rows| match masks.get(&block) {
            Some(more) => {
                let mut mask = rows.mask(records);
                mask.join(more);
                mask.seal()
            }
            None => rows.clone(),
        });
        (records, rows)
    }))
}

/// The rows, among all, that repeat a shown one: those up to the next shown one.
#[must_use]
pub fn run_of(all: &RowSet, shown: &RowSet, first: RecordNo) -> Option<std::ops::Range<u64>> {
    if !shown.contains(first) {
        return None;
    }
    let next = shown.nth(RowNo(shown.rank(first).0 + 1));
    let end = next.map_or(all.len(), |next| all.rank(next).0);
    let start = all.rank(first).0 + 1;
    Some(start..end.max(start))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn set(blocks: &[(u32, &[u16])]) -> RowSet {
        RowSet::from_blocks(
            blocks
                .iter()
                .map(|(records, slots)| (*records, Some(BlockRows::Sparse((*slots).into())))),
        )
    }

    fn records(set: &RowSet) -> Vec<u64> {
        set.range(0..set.len()).map(|record| record.0).collect()
    }

    #[test]
    fn a_run_is_shown_again_across_blocks() {
        let all = set(&[(4, &[0, 1, 3]), (3, &[]), (5, &[0, 2, 4]), (2, &[0, 1])]);
        let shown = set(&[(4, &[0, 1]), (3, &[]), (5, &[4]), (2, &[])]);
        assert_eq!(records(&all), [0, 1, 3, 7, 9, 11, 12, 13]);
        assert_eq!(run_of(&all, &shown, RecordNo(0)), Some(1..1));
        assert_eq!(run_of(&all, &shown, RecordNo(1)), Some(2..5));
        assert_eq!(run_of(&all, &shown, RecordNo(11)), Some(6..8));
        assert_eq!(run_of(&all, &shown, RecordNo(3)), None);
        let open = with_runs(&all, &shown, [RecordNo(1), RecordNo(3)]);
        assert_eq!(records(&open), [0, 1, 3, 7, 9, 11]);
        let open = with_runs(&all, &shown, [RecordNo(1), RecordNo(11)]);
        assert_eq!(records(&open), records(&all));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Opening every run shows everything; each row stands for as many as are hidden behind it.
        #[test]
        fn runs_make_up_the_whole(rows in prop::collection::vec((1u32..40, any::<u64>(), any::<u64>()), 1..6)) {
            let mut all = Vec::new();
            let mut shown = Vec::new();
            for (records, one, other) in rows {
                let mut mask = Mask::all(records);
                mask.retain(|slot| one >> (slot.0 % 64) & 1 == 1);
                all.push((records, Some(mask.clone().seal())));
                mask.retain(|slot| other >> (slot.0 % 64) & 1 == 1);
                shown.push((records, Some(mask.seal())));
            }
            let all = RowSet::from_blocks(all);
            let shown = RowSet::from_blocks(shown);
            let heads = records(&shown);
            let hidden: u64 = heads.iter().map(|head| {
                let run = run_of(&all, &shown, RecordNo(*head)).unwrap();
                run.end - run.start
            }).sum();
            let before = heads.first().map_or(all.len(), |head| all.rank(RecordNo(*head)).0);
            prop_assert_eq!(hidden + heads.len() as u64 + before, all.len());
            let open = with_runs(&all, &shown, heads.iter().map(|head| RecordNo(*head)));
            prop_assert_eq!(open.len() + before, all.len());
        }
    }
}
