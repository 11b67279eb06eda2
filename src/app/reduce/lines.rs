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
/// Whether that changes anything.
pub fn open(state: &mut State, record: RecordNo, open: bool) -> bool {
    let Some(tab) = state.tab_mut() else {
        return false;
    };
    let (table, rows) = tab.parts();
    let changed = table.set_open(record, open, &rows);
    if changed && open {
        tab.follow = Follow::Free;
    }
    changed
}

pub fn open_run(state: &mut State, record: RecordNo, open: bool) {
    let Some(tab) = state.tab_mut() else { return };
    if tab.open_run(record, open) && open {
        tab.follow = Follow::Free;
    }
}

pub fn collapse(state: &mut State, collapse: bool) {
    let Some(tab) = state.tab_mut() else { return };
    tab.collapse(collapse);
    state.session_changed();
}

pub fn by_time(state: &mut State, by_time: bool) {
    let Some(tab) = state.tab_mut() else { return };
    tab.order_by_time(by_time);
    state.session_changed();
}

pub fn open_focused(state: &mut State, open: bool) {
    let Some(tab) = state.tab_mut() else { return };
    let focus = tab.parts().1.focused();
    let Some(record) = focus else { return };
    if !self::open(state, record, open) {
        open_run(state, record, open);
    }
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
