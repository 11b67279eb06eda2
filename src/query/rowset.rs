//! The rows of a filtered view: per block which records, and how many came before.

use std::ops::Range;
use std::sync::Arc;

use super::bitmap::BlockRows;
use crate::base::id::{BlockNo, RecordNo, RowNo, Slot};
use crate::index::snapshot::SourceSnapshot;

/// Which records of a source are shown, in file order. Cheap to clone; never changes.
///
/// `nth` is a binary search over the blocks (1 500 of them for 100 million records) and a selection in one of them.
/// Invariant I8: `nth(rank(r)) == r` for every shown record, `rank(nth(i)) == i` for every row.
#[derive(Debug, Clone)]
pub struct RowSet(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    blocks: Box<[Option<BlockRows>]>,
    /// Rows before each block, and the sum at the end.
    first_row: Box<[u64]>,
    /// Records before each block, and the sum at the end.
    first_record: Box<[u64]>,
    evaluated: usize,
}

impl Default for RowSet {
    fn default() -> Self {
        Self::from_blocks(std::iter::empty())
    }
}

impl RowSet {
    /// Every record of the source.
    #[must_use]
    pub fn everything(snapshot: &SourceSnapshot) -> Self {
        Self::from_blocks(snapshot.blocks.iter().map(|block| {
            let records = block.len() as u32;
            (records, Some(BlockRows::All(records)))
        }))
    }

    /// From each block's number of records and its rows, in file order; `None` marks a block that is not evaluated
    /// yet and has no rows so far.
    pub fn from_blocks(parts: impl IntoIterator<Item = (u32, Option<BlockRows>)>) -> Self {
        let (mut rows, mut records, mut evaluated) = (0, 0, 0);
        let (mut blocks, mut first_row, mut first_record) = (Vec::new(), vec![0], vec![0]);
        for (len, block) in parts {
            rows += block.as_ref().map_or(0, |block| u64::from(block.count()));
            records += u64::from(len);
            evaluated += usize::from(block.is_some());
            blocks.push(block);
            first_row.push(rows);
            first_record.push(records);
        }
        Self(Arc::new(Inner {
            blocks: blocks.into(),
            first_row: first_row.into(),
            first_record: first_record.into(),
            evaluated,
        }))
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.first_row.last().copied().unwrap_or(0)
    }

    /// Whether no record is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of records that were judged or wait to be.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.0.first_record.last().copied().unwrap_or(0)
    }

    /// Number of blocks, evaluated or not.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.0.blocks.len()
    }

    /// Number of blocks that are evaluated.
    #[must_use]
    pub fn evaluated_blocks(&self) -> usize {
        self.0.evaluated
    }

    /// How many records a block had when it was judged, or when it was to be.
    #[must_use]
    pub fn block_records(&self, block: BlockNo) -> Option<u64> {
        let at = block.0 as usize;
        let first = self.0.first_record.get(at)?;
        self.0.first_record.get(at + 1).map(|end| end - first)
    }

    /// Each block's number of records and its rows, in file order.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = (u32, Option<&BlockRows>)> + Clone {
        let lengths = self.0.first_record.array_windows();
        let lengths = lengths.map(|[first, end]| u32::try_from(end - first).unwrap_or(u32::MAX));
        lengths.zip(self.0.blocks.iter().map(Option::as_ref))
    }

    /// The rows of one block, if it is evaluated.
    #[must_use]
    pub fn block(&self, block: BlockNo) -> Option<&BlockRows> {
        self.0.blocks.get(block.0 as usize)?.as_ref()
    }

    /// The record of a row.
    #[must_use]
    pub fn nth(&self, row: RowNo) -> Option<RecordNo> {
        if row.0 >= self.len() {
            return None;
        }
        let block = last_at_or_below(&self.0.first_row, row.0);
        let slot = self.0.blocks[block]
            .as_ref()?
            .nth((row.0 - self.0.first_row[block]) as u32)?;
        Some(RecordNo(self.0.first_record[block] + u64::from(slot.0)))
    }

    /// Number of rows before a record, shown or not; the row it has or would have.
    #[must_use]
    pub fn rank(&self, record: RecordNo) -> RowNo {
        let Some((block, slot)) = self.locate(record) else {
            return RowNo(self.len());
        };
        let inside = self.0.blocks[block]
            .as_ref()
            .map_or(0, |rows| rows.rank(u32::from(slot.0)));
        RowNo(self.0.first_row[block] + u64::from(inside))
    }

    /// Whether a record is shown.
    #[must_use]
    pub fn contains(&self, record: RecordNo) -> bool {
        self.locate(record).is_some_and(|(block, slot)| {
            self.0.blocks[block]
                .as_ref()
                .is_some_and(|rows| rows.contains(slot))
        })
    }

    /// The records of a range of rows, clipped to the rows that exist.
    pub fn range(&self, rows: Range<u64>) -> impl Iterator<Item = RecordNo> + '_ {
        let end = rows.end.min(self.len());
        (rows.start..end).filter_map(|row| self.nth(RowNo(row)))
    }

    /// The block of a record and its place there.
    #[must_use]
    pub fn place(&self, record: RecordNo) -> Option<(BlockNo, Slot)> {
        let (block, slot) = self.locate(record)?;
        Some((BlockNo(u32::try_from(block).ok()?), slot))
    }

    fn locate(&self, record: RecordNo) -> Option<(usize, Slot)> {
        if record.0 >= self.records() {
            return None;
        }
        let block = last_at_or_below(&self.0.first_record, record.0);
        let slot = record.0 - self.0.first_record[block];
        Some((block, Slot(slot as u16)))
    }
}

/// Index of the last entry that is at most `value`; the first entry is 0, so there is one. Of equal entries (empty
/// blocks) the last one counts: its block is the one that holds `value`.
fn last_at_or_below(sums: &[u64], value: u64) -> usize {
    sums.partition_point(|sum| *sum <= value).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::bitmap::Mask;

    fn every(records: u32, step: u32) -> (u32, Option<BlockRows>) {
        let mut mask = Mask::all(records);
        mask.retain(|slot| u32::from(slot.0) % step == 0);
        (records, Some(mask.seal()))
    }

    #[test]
    fn rows_and_records_find_each_other_across_blocks() {
        let set = RowSet::from_blocks([
            every(10, 1),
            (0, Some(BlockRows::None)),
            (5, None),
            every(65_536, 2),
            (7, Some(BlockRows::None)),
            every(3, 3),
        ]);
        assert_eq!(set.len(), 10 + 32_768 + 1);
        assert_eq!((set.blocks(), set.evaluated_blocks()), (6, 5));
        assert_eq!(set.nth(RowNo(9)), Some(RecordNo(9)));
        assert_eq!(set.nth(RowNo(10)), Some(RecordNo(15)));
        assert_eq!(set.nth(RowNo(11)), Some(RecordNo(17)));
        assert_eq!(set.nth(RowNo(32_778)), Some(RecordNo(15 + 65_536 + 7)));
        assert_eq!(set.nth(RowNo(32_779)), None);
        assert_eq!(set.rank(RecordNo(16)), RowNo(11));
        assert!(!set.contains(RecordNo(16)));
        assert!(!set.contains(RecordNo(12)), "not evaluated yet");
        assert_eq!(set.rank(RecordNo(u64::MAX)), RowNo(set.len()));
        assert!(
            set.range(9..12)
                .eq([RecordNo(9), RecordNo(15), RecordNo(17)])
        );
    }

    #[test]
    fn an_empty_set_has_no_rows() {
        let set = RowSet::default();
        assert!(set.is_empty());
        assert_eq!(set.nth(RowNo(0)), None);
        assert_eq!(set.rank(RecordNo(3)), RowNo(0));
    }
}
