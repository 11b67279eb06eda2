//! Which rows a tab asks for.

use std::ops::Range;

use super::{Follow, Tab};
use crate::base::id::{RecordNo, RowNo};
use crate::engine::Wanted;

/// Rows that are asked for before the first frame tells how many are in sight.
const FIRST_ROWS: u64 = 64;

impl Tab {
    /// The rows in sight; before the first frame those that will most likely be.
    fn visible(&self) -> Range<RowNo> {
        let visible = self.table.visible();
        if !visible.is_empty() {
            return visible;
        }
        let rows = self.row_count();
        let start = match self.follow {
            Follow::Free => 0,
            Follow::Tail => rows.saturating_sub(FIRST_ROWS),
        };
        RowNo(start)..RowNo(rows.min(start + FIRST_ROWS))
    }

    /// Asks for the rows in sight that are missing or have grown, and for two pages around them.
    pub fn want_rows(&mut self) {
        let visible = self.visible();
        let page = visible.end.0.saturating_sub(visible.start.0).max(1);
        let around = visible.start.0.saturating_sub(2 * page)
            ..visible.end.0.saturating_add(2 * page).min(self.row_count());
        let order = (visible.start.0..visible.end.0)
            .chain(visible.end.0..around.end)
            .chain(around.start..visible.start.0);
        let missing = |record: &RecordNo| self.is_missing(*record);
        let records: Vec<RecordNo> = order
            .filter_map(|row| self.record_at(RowNo(row)))
            .filter(missing)
            .collect();
        let wanted = Wanted {
            generation: self.generation(),
            records,
        };
        if !wanted.records.is_empty() && self.wanted.as_ref() != Some(&wanted) {
            self.handle.want_rows(wanted.clone());
            self.wanted = Some(wanted);
        }
    }

    /// Lets the same rows be asked for again.
    pub fn forget_wanted(&mut self) {
        self.wanted = None;
    }

    fn is_missing(&self, record: RecordNo) -> bool {
        if self.rows.is_unavailable(record) {
            return false;
        }
        let now = self
            .source
            .as_ref()
            .and_then(|source| source.snapshot.record(record));
        match (self.rows.get(record), now) {
            (Some(row), Some(now)) => {
                row.meta.length != now.length
                    || row.meta.partial != now.partial
                    || row.marking != self.marking.version()
            }
            (None, _) => true,
            (Some(row), None) => row.marking != self.marking.version(),
        }
    }
}
