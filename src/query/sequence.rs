//! Records in the order in which a table shows them: that of the file, or that of time.

use std::ops::Range;

use super::order::{Places, TimeOrder, TimeSorter};
use super::rowset::RowSet;
use crate::base::id::{RecordNo, RowNo};
use crate::base::time::Timestamp;
use crate::index::snapshot::SourceSnapshot;

/// Records without a time that are passed over on the way to one that has one.
const REACH: u64 = 1_000;

/// Records of a source, each in its row. Cheap to clone; never changes.
///
/// Invariant I8: `nth(rank(r)) == r` for every record that it has, `rank(nth(i)) == i` for every row.
#[derive(Debug, Clone, Default)]
pub struct Sequence {
    set: RowSet,
    order: Option<TimeOrder>,
}

impl From<RowSet> for Sequence {
    /// These records in the order of the file.
    fn from(set: RowSet) -> Self {
        Self { set, order: None }
    }
}

impl Sequence {
    /// These records in an order that was made for them.
    #[must_use]
    pub fn in_time(set: RowSet, order: TimeOrder) -> Self {
        let order = Some(order);
        Self { set, order }
    }

    /// These records in order of time; `None` once `stop` says so.
    pub fn sorted(
        set: RowSet,
        snapshot: &SourceSnapshot,
        stop: impl FnMut() -> bool,
    ) -> Option<Self> {
        let parts = snapshot.blocks.iter().zip(set.parts());
        let parts = parts.map(|(block, (_, rows))| (block, rows));
        let order = TimeSorter::default().order(parts, stop)?;
        Some(Self::in_time(set, order))
    }

    /// The records, in the order of the file.
    #[must_use]
    pub fn set(&self) -> &RowSet {
        &self.set
    }

    /// Whether they are in order of time, also if that is the order of the file.
    #[must_use]
    pub fn is_by_time(&self) -> bool {
        self.order.is_some()
    }

    /// Whether the order is that of the file, wherever it comes from.
    #[must_use]
    pub fn is_as_in_file(&self) -> bool {
        self.order.as_ref().is_none_or(TimeOrder::is_as_in_file)
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.set.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether it has a record.
    #[must_use]
    pub fn contains(&self, record: RecordNo) -> bool {
        self.set.contains(record)
    }

    /// The record of a row.
    #[must_use]
    pub fn nth(&self, row: RowNo) -> Option<RecordNo> {
        let row = self.order.as_ref().map_or(row.0, |it| it.row_at(row.0));
        self.set.nth(RowNo(row))
    }

    /// The row of a record, or of the next one of the file that it has.
    #[must_use]
    pub fn rank(&self, record: RecordNo) -> RowNo {
        self.row_of(self.set.rank(record).0)
    }

    /// The row of what would be in this one in the order of the file.
    #[must_use]
    pub fn row_of(&self, file_row: u64) -> RowNo {
        let order = self.order.as_ref();
        RowNo(order.map_or(file_row, |order| order.place_of(file_row)))
    }

    /// The rows of many rows in the order of the file, one after the other.
    #[must_use]
    pub fn places(&self) -> Places<'_> {
        TimeOrder::places(self.order.as_ref())
    }

    /// The records of a range of rows, clipped to the rows that exist.
    pub fn range(&self, rows: Range<u64>) -> impl Iterator<Item = RecordNo> + '_ {
        let end = rows.end.min(self.len());
        (rows.start..end).filter_map(|row| self.nth(RowNo(row)))
    }

    /// The rows from one record to another, both included, whichever comes first.
    #[must_use]
    pub fn between(&self, one: RecordNo, other: RecordNo) -> Range<u64> {
        if self.is_as_in_file() {
            let past = RecordNo(one.max(other).0.saturating_add(1));
            return self.set.rank(one.min(other)).0..self.set.rank(past).0;
        }
        let (one, other) = (self.rank(one).0, self.rank(other).0);
        let end = one.max(other).saturating_add(1).min(self.len());
        one.min(other).min(end)..end
    }

    /// What comes earlier has a lower number; also for records that it does not have.
    #[must_use]
    pub fn place(&self, record: RecordNo) -> u64 {
        match self.is_as_in_file() {
            true => record.0,
            false => self.rank(record).0,
        }
    }

    /// What comes before a record, shown or not: the record of the row above, or in the order of the file the one with the
    /// next lower number. `None` for what is first.
    #[must_use]
    pub fn before(&self, record: RecordNo) -> Option<RecordNo> {
        match self.is_as_in_file() {
            true => record.0.checked_sub(1).map(RecordNo),
            false => self.nth(RowNo(self.rank(record).0.checked_sub(1)?)),
        }
    }

    /// What comes after a record: the record of the row below, or in the order of the file the one with the next higher
    /// number. `None` for what is last.
    #[must_use]
    pub fn after(&self, record: RecordNo) -> Option<RecordNo> {
        match self.is_as_in_file() {
            true => record.0.checked_add(1).map(RecordNo),
            false => self.nth(RowNo(self.rank(record).0.checked_add(1)?)),
        }
    }

    /// How many rows there are of records from this one of the file on.
    #[must_use]
    pub fn from_record(&self, record: RecordNo) -> u64 {
        self.len().saturating_sub(self.set.rank(record).0)
    }

    /// The first row that reaches a moment; `None` if none does. In the order of the file it is the first record there
    /// that does, whatever comes behind it.
    #[must_use]
    pub fn at_time(&self, snapshot: &SourceSnapshot, time: Timestamp) -> Option<RowNo> {
        let row = match self.is_as_in_file() {
            true => self.rank(snapshot.record_at_time(time)?).0,
            false => self.first_in_time(snapshot, time),
        };
        (row < self.len()).then_some(RowNo(row))
    }

    fn first_in_time(&self, snapshot: &SourceSnapshot, time: Timestamp) -> u64 {
        let time_of = |record| snapshot.record(RecordNo(record))?.time;
        // What has no time is where the one before it in the file is.
        let known = |row: u64| {
            let RecordNo(record) = self.nth(RowNo(row))?;
            let before = record.saturating_sub(REACH)..=record;
            before.rev().find_map(time_of)
        };
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match known(middle).is_none_or(|found| found < time) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }
}
