//! The list of fields: what was counted of the rows that are shown.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::tab::Tab;
use crate::ui::panels::fields::FieldsModel;

/// The fields of the records of a tab.
pub fn fields(tab: &mut Tab) -> FieldsModel {
    note_columns(tab);
    let columns = Arc::clone(&tab.fields.columns);
    let state = tab.fields.state.as_ref();
    let Some(state) = state.filter(|state| state.generation == tab.generation()) else {
        return FieldsModel {
            columns,
            no_file: tab.has_no_file(),
            ..FieldsModel::default()
        };
    };
    // Counts of another filter are shown until those of this one are there; they say that they are not complete.
    let same = tab
        .view
        .as_ref()
        .is_some_and(|view| view.ticket == state.filter);
    let surveyed = state.surveyed;
    FieldsModel {
        fields: Some(Arc::clone(&state.fields)),
        no_file: false,
        looked_at: surveyed.rows,
        rows: surveyed.of,
        unread: surveyed.unread,
        complete: surveyed.complete && same,
        columns,
        plotted: { tab.plot.spec.as_ref() }.map(|spec| spec.field.as_str().into()),
    }
}

/// Which fields have a column now.
fn note_columns(tab: &mut Tab) {
    let arranged = tab.arrangement();
    let shown = arranged.columns.iter().zip(&arranged.states);
    let shown = shown
        .filter(|(_, state)| !state.hidden)
        .map(|(column, _)| &column.spec.key);
    let known = &tab.fields.columns;
    if shown.clone().count() == known.len() && shown.clone().all(|key| known.contains(key)) {
        return;
    }
    let fresh: HashSet<String> = shown.cloned().collect();
    tab.fields.columns = Arc::new(fresh);
}
