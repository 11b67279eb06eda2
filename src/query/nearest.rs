//! The row that is nearest to a moment.

use super::sequence::Sequence;
use crate::base::id::{RecordNo, RowNo};
use crate::base::time::Timestamp;
use crate::index::snapshot::SourceSnapshot;

/// Rows without a time that are passed over on either side.
const REACH: u64 = 1_000;

/// The row whose time is nearest to `time`: of the first that reaches it, and the one before, whichever
/// is nearer. `None` where there are no times.
#[must_use]
pub fn nearest_in_time(
    rows: &Sequence,
    snapshot: &SourceSnapshot,
    time: Timestamp,
) -> Option<RecordNo> {
    let last = rows.len().checked_sub(1)?;
    let from = rows.at_time(snapshot, time).map_or(last, |row| row.0);
    let timed = |row: u64| {
        let record = rows.nth(RowNo(row))?;
        Some((record, snapshot.record(record)?.time?))
    };
    let later = (from..=last.min(from.saturating_add(REACH))).find_map(timed);
    let earlier = (from.saturating_sub(REACH)..from).rev().find_map(timed);
    let both = [later, earlier].into_iter().flatten();
    let nearest = both.min_by_key(|(_, found)| found.0.abs_diff(time.0));
    nearest.map(|(record, _)| record)
}
