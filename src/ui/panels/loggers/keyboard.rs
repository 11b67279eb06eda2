//! The tree by keyboard: arrows move and fold, Enter shows a subtree alone, Space adds it, Delete excludes it.

use std::sync::Arc;

use egui::{Id, Key, Modifiers, Ui};

use super::model::{LoggerNode, LoggerShown, LoggersState};
use super::rows;
use crate::ui::action::{Action, Actions, LoggerClick};
use crate::ui::keys::TREE_KEYS;
use crate::ui::widgets::context_menu;

/// Takes the pressed keys and does what they say.
pub(super) fn handle(
    ui: &Ui,
    tree: Id,
    nodes: &[LoggerNode],
    rows: &[u32],
    page: usize,
    state: &mut LoggersState,
    out: &mut Actions,
) {
    if !context_menu::list_has_keys(ui, tree) {
        return;
    }
    for key in TREE_KEYS {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            press(key, nodes, rows, page, state, out);
        }
    }
}

fn press(
    key: Key,
    nodes: &[LoggerNode],
    rows: &[u32],
    page: usize,
    state: &mut LoggersState,
    out: &mut Actions,
) {
    let row = row_of_cursor(nodes, rows, state);
    let last = rows.len().saturating_sub(1);
    let target = match key {
        Key::ArrowUp => row.saturating_sub(1),
        Key::ArrowDown => row + 1,
        Key::PageUp => row.saturating_sub(page),
        Key::PageDown => row + page,
        Key::Home => 0,
        Key::End => last,
        _ => {
            act(key, nodes, rows, row, state, out);
            return;
        }
    };
    move_to(nodes, rows, target.min(last), state);
}

fn row_of_cursor(nodes: &[LoggerNode], rows: &[u32], state: &LoggersState) -> usize {
    let Some(cursor) = &state.cursor else {
        return 0;
    };
    rows.iter()
        .position(|row| {
            nodes
                .get(*row as usize)
                .is_some_and(|node| node.name == *cursor)
        })
        .unwrap_or(0)
}

fn move_to(nodes: &[LoggerNode], rows: &[u32], row: usize, state: &mut LoggersState) {
    let node = rows.get(row).and_then(|index| nodes.get(*index as usize));
    if let Some(node) = node {
        state.cursor = Some(Arc::clone(&node.name));
        state.reveal = true;
    }
}

fn act(
    key: Key,
    nodes: &[LoggerNode],
    rows: &[u32],
    row: usize,
    state: &mut LoggersState,
    out: &mut Actions,
) {
    let Some(index) = rows.get(row).map(|index| *index as usize) else {
        return;
    };
    let Some(node) = nodes.get(index) else {
        return;
    };
    let open = node.has_children && state.is_open(node);
    match key {
        Key::ArrowRight if open => move_to(nodes, rows, row + 1, state),
        Key::ArrowRight if node.has_children => state.set_open(node, true),
        Key::ArrowLeft if open => state.set_open(node, false),
        Key::ArrowLeft => {
            let parent = rows::parent(nodes, index);
            let row = rows
                .iter()
                .position(|row| Some(*row as usize) == parent)
                .unwrap_or(0);
            move_to(nodes, rows, row, state);
        }
        Key::Enter => out.push(choose(node, LoggerClick::Solo)),
        Key::Space => out.push(choose(node, LoggerClick::Add)),
        Key::Delete => out.push(exclude(node)),
        _ => {}
    }
}

/// Choosing the root alone is choosing everything.
pub(super) fn choose(node: &LoggerNode, how: LoggerClick) -> Action {
    if node.name.is_empty() && how == LoggerClick::Solo {
        return Action::ClearLoggers;
    }
    Action::LoggerClick {
        name: node.name.to_string(),
        how,
    }
}

/// Excludes a logger, or takes its exclusion back.
pub(super) fn exclude(node: &LoggerNode) -> Action {
    Action::ExcludeLogger {
        name: node.name.to_string(),
        excluded: node.shown != LoggerShown::Excluded,
    }
}
