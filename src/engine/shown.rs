//! What a view shows: the records that pass its filter, and the rows of the table that are made of them.

use std::ops::Range;
use std::sync::Arc;

use crate::base::id::{Generation, RecordNo, RowNo, Ticket};
use crate::query::compile::PatternError;
use crate::query::repeats::run_of;
use crate::query::rowset::RowSet;
use crate::query::sequence::Sequence;
use crate::query::tally::Tally;

/// The rows that a filter leaves, as far as it has been evaluated.
#[derive(Debug, Clone)]
pub struct ViewSnapshot {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which its records count.
    pub generation: Generation,
    /// The records that pass the filter: what is counted, found and exported.
    pub rows: RowSet,
    /// Those records, and `around` more on both sides of each, in the order of the table.
    pub all: Sequence,
    /// The rows of the table: all of these, or those of them that do not repeat the record above in the file.
    pub shown: Sequence,
    /// How many records around those that pass are shown.
    pub around: u32,
    /// Whether rows that repeat the row above are left out.
    pub collapse: bool,
    /// How many blocks of how many were looked through for repeats, until all are.
    pub folding: Option<(u32, u32)>,
    /// The rows of the first so many blocks, where they are known, are those of blocks that no newer index replaces.
    pub sealed: usize,
    /// Counts of the rows by level and logger; may lag behind `rows` while `complete` is false.
    pub tally: Arc<Tally>,
    /// Whether every block of the index known to the view has been evaluated.
    pub complete: bool,
    /// Blocks evaluated.
    pub blocks_done: u32,
    /// Blocks there are.
    pub blocks_total: u32,
    /// Why the filter could not be used; `rows` then are those of the last good filter.
    pub problem: Option<PatternError>,
}

impl ViewSnapshot {
    /// The row of a record: its own, that of the record which it repeats, or that of the next one that is shown.
    #[must_use]
    pub fn row_of(&self, record: RecordNo) -> RowNo {
        let row = self.shown.set().rank(record).0;
        let repeats = u64::from(self.is_repeat(record));
        self.shown.row_of(row.saturating_sub(repeats))
    }

    /// The records, as numbers within `all` in the order of the file, that repeat a shown one.
    #[must_use]
    pub fn run_of(&self, first: RecordNo) -> Option<Range<u64>> {
        run_of(self.all.set(), self.shown.set(), first)
    }

    /// The records that the rows from one record to another stand for: with those that repeat a shown one.
    pub fn between(&self, one: RecordNo, other: RecordNo) -> impl Iterator<Item = RecordNo> + '_ {
        let rows = self.shown.range(self.shown.between(one, other));
        rows.flat_map(|first| {
            let more = self.collapse.then(|| self.run_of(first)).flatten();
            let more = self.all.set().range(more.unwrap_or_default());
            std::iter::once(first).chain(more)
        })
    }

    /// Whether a record is left out because it repeats a shown one.
    #[must_use]
    pub fn is_repeat(&self, record: RecordNo) -> bool {
        self.collapse && self.all.contains(record) && !self.shown.contains(record)
    }
}
