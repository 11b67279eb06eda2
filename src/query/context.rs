//! Records around those that a filter leaves, as `grep -C` shows them: so many before and after each, across blocks.
//!
//! A block is worked out from its own rows and from how far its neighbours' rows reach into it, so that only blocks for
//! which one of these changed are worked out anew while a filter is evaluated or a log grows.

use super::bitmap::{BlockRows, Mask};
use super::rowset::RowSet;

/// Most records on each side.
pub const MOST: u32 = 1_000;

/// How far the rows of other blocks reach into a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// So many of its first records are shown because of rows before it.
    pub first: u32,
    /// So many of its last records are shown because of rows behind it.
    pub last: u32,
}

/// How far rows reach into the blocks of a log, from each block's number of records and its rows, in file order; blocks
/// that are not evaluated have none.
pub fn reaches<'a>(
    blocks: impl DoubleEndedIterator<Item = (u32, Option<&'a BlockRows>)> + Clone,
    around: u32,
) -> Vec<Reach> {
    let around = around.min(MOST);
    // Records that a row before still reaches, at the end of a block.
    let mut left = 0;
    let mut all: Vec<Reach> = blocks
        .clone()
        .map(|(records, rows)| {
            let reach = Reach {
                first: left,
                last: 0,
            };
            let last = rows.and_then(|rows| rows.nth(rows.count().checked_sub(1)?));
            left = match last {
                Some(slot) => around.saturating_sub(records - 1 - u32::from(slot.0)),
                None => left.saturating_sub(records),
            };
            reach
        })
        .collect();
    left = 0;
    for (reach, (records, rows)) in all.iter_mut().rev().zip(blocks.rev()) {
        reach.last = left;
        left = match rows.and_then(|rows| rows.nth(0)) {
            Some(slot) => around.saturating_sub(u32::from(slot.0)),
            None => left.saturating_sub(records),
        };
    }
    all
}

/// The rows of a block of `records`, and so many records around each.
#[must_use]
pub fn widened(rows: &BlockRows, records: u32, reach: Reach, around: u32) -> BlockRows {
    let alone = around == 0 || rows.count() == 0;
    if (alone && reach == Reach::default()) || matches!(rows, BlockRows::All(_)) {
        return rows.clone();
    }
    let mut mask = rows.mask(records);
    mask.spread(around.min(MOST));
    let mut edge = Mask::all(records);
    edge.keep_range(0..reach.first.min(records));
    mask.join(&edge);
    let mut edge = Mask::all(records);
    edge.keep_range(records.saturating_sub(reach.last)..records);
    mask.join(&edge);
    mask.seal()
}

/// All rows of a view and so many records around each.
#[must_use]
pub fn with_context(rows: &RowSet, around: u32) -> RowSet {
    let blocks = || rows.parts();
    let reaches = reaches(blocks(), around);
    RowSet::from_blocks(blocks().zip(reaches).map(|((records, rows), reach)| {
        let rows = rows.map(|rows| widened(rows, records, reach, around));
        (records, rows)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::{RecordNo, Slot};
    use proptest::prelude::*;

    /// A view of blocks of so many records, of which every record that is named is a row.
    fn view(blocks: &[u32], rows: &[u64]) -> RowSet {
        let mut first = 0;
        RowSet::from_blocks(blocks.iter().map(|records| {
            let mut mask = Mask::none(*records);
            for row in rows {
                if (first..first + u64::from(*records)).contains(row) {
                    mask.insert(Slot((row - first) as u16));
                }
            }
            first += u64::from(*records);
            (*records, Some(mask.seal()))
        }))
    }

    fn records(set: &RowSet) -> Vec<u64> {
        set.range(0..set.len()).map(|RecordNo(no)| no).collect()
    }

    #[test]
    fn records_around_rows_are_shown_across_blocks() {
        let blocks = [5, 1, 1, 65_536, 3];
        let rows = [4, 65_545];
        let near = with_context(&view(&blocks, &rows), 3);
        assert_eq!(
            records(&near),
            [1, 2, 3, 4, 5, 6, 7, 65_542, 65_543, 65_544, 65_545]
        );
        assert_eq!(records(&with_context(&view(&blocks, &rows), 0)), rows);
    }

    #[test]
    fn blocks_that_are_not_evaluated_show_nothing_and_let_others_through() {
        let rows = RowSet::from_blocks([
            (4, Some(BlockRows::Sparse([3].into()))),
            (2, None),
            (4, Some(BlockRows::None)),
        ]);
        let near = with_context(&rows, 4);
        assert_eq!(records(&near), [0, 1, 2, 3, 6, 7]);
        assert_eq!(near.evaluated_blocks(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The same as looking at every record by itself.
        #[test]
        fn context_is_what_a_naive_model_says(
            blocks in prop::collection::vec(0u32..300, 1..8),
            picks in prop::collection::vec(0u64..2_000, 0..12),
            around in 0u32..140,
        ) {
            let len: u64 = blocks.iter().map(|records| u64::from(*records)).sum();
            let rows: Vec<u64> = picks.into_iter().filter(|row| *row < len).collect();
            let near = |record: u64| rows.iter().any(|row| row.abs_diff(record) <= u64::from(around));
            let expected: Vec<u64> = (0..len).filter(|record| near(*record)).collect();
            prop_assert_eq!(records(&with_context(&view(&blocks, &rows), around)), expected);
        }
    }
}
