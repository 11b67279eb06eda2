//! Which records are chosen, and copying them.

use crate::app::state::State;
use crate::app::tab::Follow;
use crate::base::id::{RecordNo, RowNo};
use crate::engine::{self, CopyRequest, RecordSelection};
use crate::ui::action::{Action, CopyWhat, SelectHow, Step};
use crate::ui::table::model::TableModel as _;

pub fn record(state: &mut State, record: RecordNo, how: SelectHow) {
    if let Some(tab) = state.tab_mut() {
        tab.select(record, how);
        tab.table.moved();
        tab.focus_changed();
    }
}

pub fn step(state: &mut State, by: Step, extend: bool) {
    let Some(tab) = state.tab_mut() else { return };
    let (table, rows) = tab.parts();
    let Some(Action::SelectRecord { record, how }) = table.move_selection(by, extend, &rows) else {
        return;
    };
    let at_end = rows.row_of(record).0 + 1 >= rows.len();
    if !at_end {
        tab.follow = Follow::Free;
    }
    tab.select(record, how);
    tab.focus_changed();
}

pub fn all(state: &mut State) {
    let Some(tab) = state.tab_mut() else { return };
    let Some(view) = &tab.view else { return };
    let shown = &view.shown;
    let last = shown.len().checked_sub(1);
    let Some(last) = last.and_then(|row| shown.nth(RowNo(row))) else {
        return;
    };
    // In the order of the file what is hidden before it counts too.
    let first = match shown.is_as_in_file() {
        true => Some(RecordNo(0)),
        false => shown.nth(RowNo(0)),
    };
    if let Some(first) = first {
        tab.selection.select_all(first, last);
    }
}

pub fn copy(state: &mut State, what: CopyWhat) {
    let Some(tab) = state.tab_mut() else { return };
    let ranges = tab.selection.ranges();
    if ranges.is_empty() {
        return;
    }
    let between = ranges.to_vec();
    tab.copy = tab.copy.next();
    tab.handle.copy(CopyRequest {
        ticket: tab.copy,
        records: RecordSelection::ShownBetween(between),
        what: match what {
            CopyWhat::Lines => engine::CopyWhat::Lines,
            CopyWhat::Messages => engine::CopyWhat::Messages,
        },
    });
}

/// Copies the record of the details pane as one line of JSON.
pub fn copy_json(state: &State, ctx: &egui::Context, record: RecordNo) {
    let Some(details) = state.tab().and_then(|tab| tab.record.as_ref()) else {
        return;
    };
    if details.record != record {
        return;
    }
    let fields: serde_json::Map<_, _> = details
        .fields
        .iter()
        .map(|(name, value)| (name.clone(), value.clone().into()))
        .collect();
    let object = serde_json::json!({
        "time": details.time,
        "level": details.level,
        "logger": details.logger,
        "message": details.message,
        "fields": fields,
    });
    ctx.copy_text(object.to_string());
}
