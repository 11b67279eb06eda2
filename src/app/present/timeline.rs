//! The timeline's model: the counts, and where in them the user is.

use crate::app::tab::Tab;
use crate::base::id::{RecordNo, RowNo};
use crate::base::time::Timestamp;
use crate::ui::panels::timeline::TimelineModel;

/// Records over time, of the log of a tab.
#[must_use]
pub fn timeline(tab: &Tab) -> TimelineModel<'_> {
    let state = tab.timeline.state.as_deref();
    let state = state.filter(|state| state.generation == tab.generation());
    let visible = tab.table.visible();
    let last = RowNo(visible.end.0.saturating_sub(1));
    let ends = time_of_row(tab, visible.start).zip(time_of_row(tab, last));
    TimelineModel {
        timeline: state.and_then(|state| state.timeline.as_ref()),
        range: tab.filter.in_force().time,
        sight: ends.filter(|_| !visible.is_empty()),
        focus: tab
            .selection
            .focus()
            .and_then(|record| time_of(tab, record)),
        zone: tab.zone(),
        zoomed: tab.timeline.zoom.is_some(),
    }
}

fn time_of_row(tab: &Tab, row: RowNo) -> Option<Timestamp> {
    time_of(tab, tab.record_at(row)?)
}

fn time_of(tab: &Tab, record: RecordNo) -> Option<Timestamp> {
    tab.source.as_ref()?.snapshot.record(record)?.time
}
