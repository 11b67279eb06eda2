//! How many lines of a record the table shows, and how many records around those that pass the filter.

use crate::app::state::State;
use crate::app::tab::Follow;
use crate::base::id::RecordNo;
use crate::query::context::MOST;
use crate::ui::table::Reveal;
use crate::ui::table::model::TableModel as _;

pub fn wrap(state: &mut State, wrap: bool) {
    let Some(tab) = state.tab_mut() else { return };
    let (table, rows) = tab.parts();
    table.set_wrap(wrap, &rows);
    tab.want_rows();
    state.session_changed();
}

/// Who opens a record wants to read it: it stays where it is while newer ones come.
pub fn open(state: &mut State, record: RecordNo, open: bool) {
    let Some(tab) = state.tab_mut() else { return };
    let (table, rows) = tab.parts();
    if table.set_open(record, open, &rows) && open {
        tab.follow = Follow::Free;
    }
}

pub fn open_focused(state: &mut State, open: bool) {
    let focus = state.tab().and_then(|tab| tab.selection.focus());
    let Some(record) = focus else { return };
    self::open(state, record, open);
    if let Some(tab) = state.tab_mut() {
        let (table, rows) = tab.parts();
        let row = rows.row_of(record);
        table.reveal(row, Reveal::Nearest, &rows);
    }
}

pub fn around(state: &mut State, records: u32) {
    let Some(tab) = state.tab_mut() else { return };
    tab.show_around(records.min(MOST));
    state.session_changed();
}

pub fn close_all(state: &mut State) {
    let Some(tab) = state.tab_mut() else { return };
    let (table, rows) = tab.parts();
    table.close_all(&rows);
}
