//! The table's columns, remembered per format.

use std::sync::Arc;

use crate::app::state::State;
use crate::settings::model::ColumnSetting;
use crate::ui::table::columns::ColumnState;
use crate::ui::table::model::ColumnKind;

pub fn set(state: &mut State, columns: Vec<ColumnState>) {
    let Some(tab) = state.tab_mut() else { return };
    tab.table.set_columns(columns.clone());
    let Some(key) = tab.format_key() else { return };
    let kept = columns.into_iter().map(|column| ColumnSetting {
        field: tab.more_columns().iter().any(|name| **name == column.key),
        key: column.key,
        width: column.width,
        hidden: column.hidden,
    });
    let kept = kept.collect();
    state.settings.columns.insert(key, kept);
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
    let Some(tab) = state.tab_mut() else { return };
    tab.set_more_columns(Arc::default());
    let columns = tab.default_columns();
    set(state, columns);
}

/// Shows a field as a column, or no longer. One that is none of the format's becomes one, before the message.
pub fn toggle_field(state: &mut State, name: &str) {
    let Some(tab) = state.tab_mut() else { return };
    let arranged = tab.arrangement();
    let known = arranged.states.iter().find(|column| column.key == name);
    let shown = known.is_some_and(|column| !column.hidden);
    let is_more = tab.more_columns().iter().any(|more| **more == *name);
    if known.is_some() && !(is_more && shown) {
        return show_one(state, name, !shown);
    }
    let others = tab.more_columns().iter().filter(|more| ***more != *name);
    let mut more: Vec<Arc<str>> = others.cloned().collect();
    if !shown {
        more.push(name.into());
    }
    tab.set_more_columns(more.into());
    let arranged = tab.arrangement();
    let message =
        { arranged.columns.iter() }.position(|column| column.spec.kind == ColumnKind::Message);
    let mut states = arranged.states;
    let at = states.iter().position(|column| column.key == name);
    if let Some((at, message)) = at.zip(message).filter(|(at, message)| at > message) {
        let column = states.remove(at);
        states.insert(message, column);
    }
    set(state, states);
}
