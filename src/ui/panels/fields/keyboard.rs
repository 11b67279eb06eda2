//! The list by keyboard: arrows move and fold, Enter shows only the records with a value, Delete excludes them.

use egui::{Id, Key, Modifiers, Ui};

use super::model::{FieldsState, Place, Row, rows};
use super::queries;
use crate::query::fields::summary::FieldsSummary;
use crate::ui::action::Actions;
use crate::ui::keys::TREE_KEYS;
use crate::ui::widgets::context_menu;

/// Takes the pressed keys and does what they say.
pub(super) fn handle(
    ui: &Ui,
    list: Id,
    fields: &FieldsSummary,
    page: usize,
    state: &mut FieldsState,
    out: &mut Actions,
) {
    if !context_menu::list_has_keys(ui, list) {
        return;
    }
    for key in TREE_KEYS {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            press(key, fields, page, state, out);
        }
    }
}

fn press(
    key: Key,
    fields: &FieldsSummary,
    page: usize,
    state: &mut FieldsState,
    out: &mut Actions,
) {
    let all = rows(fields, state);
    // Those that the cursor can stand on.
    let rows: Vec<Row<'_>> = all
        .into_iter()
        .filter(|row| row.place().is_some())
        .collect();
    let cursor = state.cursor.clone();
    let here = cursor.and_then(|cursor| rows.iter().position(|row| row.is_at(&cursor)));
    let at = here.unwrap_or(0);
    let last = rows.len().saturating_sub(1);
    let target = match key {
        Key::ArrowUp => at.saturating_sub(1),
        Key::ArrowDown => at + usize::from(here.is_some()),
        Key::PageUp => at.saturating_sub(page),
        Key::PageDown => at + page,
        Key::Home => 0,
        Key::End => last,
        _ => return act(key, rows.get(at), state, out),
    };
    state.cursor = rows.get(target.min(last)).and_then(Row::place);
    state.reveal = true;
}

fn act(key: Key, row: Option<&Row<'_>>, state: &mut FieldsState, out: &mut Actions) {
    match (row, key) {
        (Some(Row::Field(field)), Key::Enter | Key::Space) if state.picks_plot => {
            state.picks_plot = false;
            out.push(queries::plot(field, false));
        }
        (Some(Row::Field(field)), Key::ArrowRight) => state.set_open(&field.name, true),
        (Some(Row::Field(field)), Key::ArrowLeft) => state.set_open(&field.name, false),
        (Some(Row::Field(field)), Key::Enter | Key::Space) => {
            let open = state.open.contains(&field.name);
            state.set_open(&field.name, !open);
        }
        (Some(Row::Field(field)), Key::Delete) => out.push(queries::exists(field, true)),
        (Some(Row::Value(field, _)), Key::ArrowLeft) => {
            state.cursor = Some(Place {
                field: field.name.clone(),
                value: None,
            });
            state.reveal = true;
        }
        (Some(Row::Value(field, at)), Key::Enter | Key::Space | Key::Delete) => {
            let value = field.top.get(*at);
            out.extend(value.map(|value| queries::value(field, value, key == Key::Delete)));
        }
        _ => {}
    }
}
