//! The table's columns, remembered per format.

use crate::app::state::State;
use crate::app::tab::Tab;
use crate::settings::model::ColumnSetting;
use crate::ui::table::columns::ColumnState;

pub fn set(state: &mut State, columns: Vec<ColumnState>) {
    let Some(tab) = state.tab_mut() else { return };
    tab.table.set_columns(columns.clone());
    let Some(key) = tab.format_key() else { return };
    let kept = columns.into_iter().map(|column| ColumnSetting {
        key: column.key,
        width: column.width,
        hidden: column.hidden,
    });
    state.settings.columns.insert(key, kept.collect());
    state.settings_changed();
}

pub fn show_one(state: &mut State, key: &str, visible: bool) {
    let Some(tab) = state.tab() else { return };
    let mut columns = tab.arrangement().states;
    for column in columns.iter_mut().filter(|column| column.key == key) {
        column.hidden = !visible;
    }
    set(state, columns);
}

pub fn reset(state: &mut State) {
    let Some(columns) = state.tab().map(Tab::default_columns) else {
        return;
    };
    set(state, columns);
}
