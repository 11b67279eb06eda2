//! The logger tree: which part of the program wrote how much, and which parts are shown.

mod keyboard;
mod model;
mod row;
mod rows;

use crate::base::lang::tr;
use std::ops::Range;
use std::sync::Arc;

use egui::{Id, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

pub use model::{LoggerNode, LoggerShown, LoggersModel, LoggersState};

use crate::settings::model::Rail;
use crate::ui::action::{Action, Actions, LoggerClick};
use crate::ui::keys::Command;
use crate::ui::panels::rail;
use crate::ui::theme::{body, palette, row_height, space};
use crate::ui::widgets::context_menu;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::{ToolButton, focus_ring};

/// Shows the tree in the space that `ui` has.
pub fn show(ui: &mut Ui, model: &LoggersModel, state: &mut LoggersState, out: &mut Actions) {
    header(ui, model, out);
    let find = rail::Find {
        text: &mut state.find,
        focus: std::mem::take(&mut state.focus_find),
        has_keyboard: &mut state.find_has_keyboard,
    };
    let entered = find.show(ui, tr("Find a logger"), Command::FocusLoggers);
    ui.add_space(space::XS);
    tree(ui, model, entered, state, out);
}

fn header(ui: &mut Ui, model: &LoggersModel, out: &mut Actions) {
    rail::show(ui, Rail::Loggers, out, |ui, out| {
        let loggers = model.nodes.len().saturating_sub(1) as u64;
        let count = number::count(loggers);
        let p = palette(ui);
        let counted = { ui.painter() }.layout_no_wrap(count.clone(), body(), p.weak);
        let room = ui.available_width() - ui.spacing().item_spacing.x;
        let word = ToolButton::text(tr("Clear"));
        let has_word = word.width(ui) + counted.size().x <= room;
        // Always there, so that nothing moves when the first logger is chosen.
        let clear = match has_word {
            true => word.named(tr("Clear loggers")),
            false => ToolButton::icon(Icon::Close, tr("Clear loggers")),
        };
        let clear = clear.color(p.accent).enabled(model.filtered);
        if ui
            .add(clear)
            .on_hover_text(tr("Show every logger"))
            .clicked()
        {
            out.push(Action::ClearLoggers);
        }
        if counted.size().x <= ui.available_width() {
            ui.weak(count);
        }
    });
}

fn tree(
    ui: &mut Ui,
    model: &LoggersModel,
    entered: bool,
    state: &mut LoggersState,
    out: &mut Actions,
) {
    let rows = state.rows(model);
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("logger tree");
    // Below the rows, so that they get their clicks and the tree as a whole gets the keyboard.
    let whole = ui.interact(area, id, Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::Tree, true, tr("Logger tree")));
    if entered {
        whole.request_focus();
        state.cursor = rows::first_found(&model.nodes, &rows, &state.find);
        state.reveal = true;
    }
    if std::mem::take(&mut state.focus_tree) {
        whole.request_focus();
        if state.cursor.is_none() {
            state.cursor = rows::first_found(&model.nodes, &rows, "");
        }
        state.reveal = true;
    }
    if let Some(cursor) = state.cursor.as_ref().filter(|_| whole.has_focus()) {
        // A screen reader hears the row.
        let row = row_id(&whole, cursor).accesskit_id();
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_active_descendant(row));
    }
    state.has_keyboard = whole.has_focus();
    if state.has_keyboard && !entered {
        let page = (area.height() / row_height(ui)) as usize;
        keyboard::handle(ui, id, &model.nodes, &rows, page, state, out);
    }
    let rows = state.rows(model);
    if rows.is_empty() && !state.find.is_empty() {
        ui.weak(tr("No logger has this in its name."));
        ui.take_available_space();
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut scroll = ScrollArea::vertical().id_salt("loggers").auto_shrink(false);
    if let Some(offset) = reveal(ui, state, &model.nodes, &rows, area.height()) {
        scroll = scroll.vertical_scroll_offset(offset);
    }
    let output = scroll.show_rows(ui, row_height(ui), rows.len(), |ui, range| {
        for (node, index) in nodes_of(&model.nodes, &rows, range) {
            show_row(ui, model, node, index, &whole, state, out);
        }
    });
    let offset = output.state.clamped_offset().y;
    ui.data_mut(|data| data.insert_temp(id, offset));
    focus_ring(ui, area.shrink(0.5), &whole);
}

fn nodes_of<'a>(
    nodes: &'a [LoggerNode],
    rows: &'a [u32],
    range: Range<usize>,
) -> impl Iterator<Item = (&'a LoggerNode, usize)> {
    rows.get(range)
        .unwrap_or_default()
        .iter()
        .filter_map(|row| Some((nodes.get(*row as usize)?, *row as usize)))
}

/// Where to scroll so that the row the keyboard moved to is in view; `None` when it is, or nothing moved.
fn reveal(
    ui: &Ui,
    state: &mut LoggersState,
    nodes: &[LoggerNode],
    rows: &[u32],
    height: f32,
) -> Option<f32> {
    if !std::mem::take(&mut state.reveal) {
        return None;
    }
    let cursor = state.cursor.as_ref()?;
    let row = rows.iter().position(|row| {
        nodes
            .get(*row as usize)
            .is_some_and(|node| node.name == *cursor)
    })?;
    let top = row as f32 * row_height(ui);
    let id = ui.scope_id().with("logger tree");
    let offset = ui.data(|data| data.get_temp(id)).unwrap_or(0.0_f32);
    let lowest = top + row_height(ui) - height;
    if top < offset {
        Some(top)
    } else {
        (lowest > offset).then_some(lowest)
    }
}

fn row_id(whole: &Response, name: &Arc<str>) -> Id {
    Id::unique(("logger", whole.id, name))
}

fn show_row(
    ui: &mut Ui,
    model: &LoggersModel,
    node: &LoggerNode,
    index: usize,
    whole: &Response,
    state: &mut LoggersState,
    out: &mut Actions,
) {
    let size = vec2(ui.available_width(), row_height(ui));
    let (_, rect) = ui.allocate_space(size);
    let rect = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + size.y));
    let id = row_id(whole, &node.name);
    let open = !state.find.is_empty() || state.is_open(node);
    let cursor = state.has_keyboard && state.cursor.as_ref() == Some(&node.name);
    let clicked = row::show(ui, rect, id, node, open, cursor);
    let response = clicked.row.on_hover_ui(|ui| tip(ui, node));
    if clicked.twisty || (response.double_clicked() && node.has_children) {
        state.set_open(node, !open);
    } else if clicked.eye {
        out.push(keyboard::exclude(node));
    } else if response.clicked() {
        let adding = ui.input(|input| input.modifiers.command);
        let how = if adding {
            LoggerClick::Add
        } else {
            LoggerClick::Solo
        };
        out.push(keyboard::choose(node, how));
    }
    if clicked.twisty || clicked.eye || response.clicked() {
        whole.request_focus();
        state.cursor = Some(Arc::clone(&node.name));
    }
    let asked = cursor && context_menu::take_request(ui.ctx());
    context_menu::show_if(&response, asked, |ui| {
        menu(ui, model, node, index, state, out);
    });
}

fn tip(ui: &mut Ui, node: &LoggerNode) {
    ui.label(row::title(node));
    ui.weak(row::counts_in_words(node));
    ui.weak(tr(
        "Click: this subtree alone. Ctrl+click: add it. Right-click for more.",
    ));
}

fn menu(
    ui: &mut Ui,
    model: &LoggersModel,
    node: &LoggerNode,
    index: usize,
    state: &mut LoggersState,
    out: &mut Actions,
) {
    let mut entry = |ui: &mut Ui, text: &str, action: Action| {
        if ui.button(text).clicked() {
            out.push(action);
            ui.close();
        }
    };
    entry(
        ui,
        tr("Only this subtree"),
        keyboard::choose(node, LoggerClick::Solo),
    );
    let only = keyboard::choose(node, LoggerClick::Only);
    entry(ui, tr("Only this logger, not its children"), only);
    entry(
        ui,
        tr("Add to what is shown"),
        keyboard::choose(node, LoggerClick::Add),
    );
    let excluded = node.shown == LoggerShown::Excluded;
    let text = if excluded {
        tr("No longer exclude")
    } else {
        tr("Exclude")
    };
    entry(ui, text, keyboard::exclude(node));
    entry(ui, tr("Clear"), Action::ClearLoggers);
    ui.separator();
    if node.has_children && ui.button(tr("Expand all below")).clicked() {
        state.set_open(node, true);
        for child in rows::below(&model.nodes, index) {
            state.set_open(child, true);
        }
        ui.close();
    }
    if ui.button(tr("Collapse all")).clicked() {
        state.collapse_all(&model.nodes);
        ui.close();
    }
    ui.separator();
    if ui.button(tr("Copy name")).clicked() {
        out.push(Action::CopyText(node.name.to_string()));
        ui.close();
    }
}
