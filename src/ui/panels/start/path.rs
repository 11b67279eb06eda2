//! The box for the path of a log, with what it could go on to in a list below it.

use std::path::{PathBuf, is_separator};

use egui::{
    EventFilter, Id, Key, Modifiers, Response, ScrollArea, Ui, UiBuilder, accesskit::Role, vec2,
};

use super::StartModel;
use crate::base::lang::tr;
use crate::base::text;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::escaped;
use crate::ui::theme::{body, palette, small, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::search_box::{SearchBox, place_cursor};
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::typed_path::{self, Completion, TypedPath};
use crate::ui::widgets::{elide, hanging, list_line, tips};

/// Lines of the list that are seen at once.
const LINES: f32 = 10.0;

/// What is being typed.
#[derive(Debug, Default)]
pub struct PathState {
    text: String,
    typed: TypedPath,
    /// The chosen line of the list; `None` leaves what was typed to Enter.
    chosen: Option<usize>,
    /// The list is on the screen.
    open: bool,
    /// It was closed, until something is typed.
    dismissed: bool,
    has_keyboard: bool,
}

/// Shows the box and its button.
pub(super) fn show(ui: &mut Ui, model: &StartModel, state: &mut PathState, out: &mut Actions) {
    let id = ui.scope_id().with("path");
    let text = typed_path::clean(&state.text);
    let lines: Vec<_> = model.completion.paths_for(&text).collect();
    let pressed = keys(ui, id, state, &lines, &model.completion);
    let (mut entered, entry) = ui
        .horizontal(|ui| {
            let result = SearchBox {
                id,
                name: tr("Path of a log file"),
                hint: tr("For example /path/to/app.log"),
                icon: Icon::File,
                width: super::box_width(ui),
                invalid: state.typed.is_warned(&text),
                mark: None,
                focus: false,
                put: None,
                keeps_keys: None,
            }
            .show(ui, &mut state.text);
            let tip = tr("A file, a folder, an archive, or a pattern like logs/*.log");
            let response = tips::of_box(result.response, tip);
            if result.changed {
                (state.chosen, state.dismissed) = (None, false);
            }
            let open = ToolButton::text(tr("Open path"))
                .filled()
                .enabled(!state.text.trim().is_empty());
            let tip = tr("Open this path (Enter)");
            let clicked = ui.add(open).on_hover_text(tip).clicked();
            (result.enter || clicked, response)
        })
        .inner;
    let clicked = list(ui, &entry, state, &lines);
    state.has_keyboard = entry.has_focus();
    if state.has_keyboard {
        let filter = EventFilter {
            tab: !state.dismissed
                && (state.chosen.is_some()
                    || typed_path::grown(&text, &model.completion).is_some()),
            horizontal_arrows: true,
            vertical_arrows: true,
            // It closes the list, and the box keeps the keyboard.
            escape: state.open,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let chosen = clicked.or(pressed).and_then(|at| lines.get(at));
    if let Some((path, _)) = chosen {
        if path.ends_with(is_separator) {
            take_over(ui, id, state, (*path).to_owned());
            entry.request_focus();
        } else {
            open(state, path, out);
        }
        entered = false;
    }
    let text = typed_path::clean(&state.text);
    let waited = state.typed.take_waiting(&text);
    if state.typed.opens(entered, waited, &text, &model.completion) {
        open(state, &text, out);
    } else if entered {
        entry.request_focus();
    }
    state.typed.ask(&text, out);
    if state.typed.is_warned(&text) && entry.has_focus() {
        unknown(&entry, &text);
    }
}

/// Opens a path; the box is for the next one.
fn open(state: &mut PathState, path: &str, out: &mut Actions) {
    out.push(Action::OpenPath(PathBuf::from(path)));
    state.text.clear();
    state.chosen = None;
}

/// Keys of the list while the box has the keyboard; the line that Enter chose. Tab belongs to the box only where it
/// completes something: otherwise it goes on through the page.
fn keys(
    ui: &Ui,
    id: Id,
    state: &mut PathState,
    lines: &[(&str, &str)],
    known: &Completion,
) -> Option<usize> {
    let last = lines
        .len()
        .checked_sub(1)
        .filter(|_| state.has_keyboard && !state.dismissed)?;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        state.chosen = Some(state.chosen.map_or(0, |at| (at + 1).min(last)));
    }
    if state.chosen.is_some() && pressed(Key::ArrowUp) {
        state.chosen = state.chosen.and_then(|at| at.checked_sub(1));
    }
    let chosen = state.chosen.filter(|at| *at <= last);
    let line = chosen.and_then(|at| lines.get(at));
    let text = typed_path::clean(&state.text);
    let more = line.map(|(path, _)| (*path).to_owned());
    let more = more.or_else(|| typed_path::grown(&text, known));
    if let Some(more) = more.filter(|_| pressed(Key::Tab)) {
        take_over(ui, id, state, more);
        return None;
    }
    chosen.filter(|_| pressed(Key::Enter))
}

/// Puts a path into the box.
fn take_over(ui: &Ui, id: Id, state: &mut PathState, path: String) {
    let end = path.chars().count();
    place_cursor(ui, id, end..end);
    state.text = path;
    (state.chosen, state.dismissed) = (None, false);
}

/// The list below the box; the line that was clicked.
fn list(ui: &Ui, entry: &Response, state: &mut PathState, lines: &[(&str, &str)]) -> Option<usize> {
    let id = entry.id.with("paths");
    let pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    let clicking = state.open && pointer;
    state.dismissed |= state.open && escaped(ui.ctx());
    state.open = !lines.is_empty() && !state.dismissed && (entry.has_focus() || clicking);
    if !state.open {
        return None;
    }
    if let Some(chosen) = state.chosen {
        let chosen = id.with(chosen).accesskit_id();
        ui.ctx()
            .accesskit_node_builder(entry.id, |node| node.set_active_descendant(chosen));
    }
    hanging::show(entry, "paths", super::WIDTH, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let builder = UiBuilder::new()
            .accessibility_role(Role::ListBox)
            .accessibility_label(tr("Found"));
        ui.scope_builder(builder, |ui| rows(ui, id, state.chosen, lines))
            .inner
    })
}

fn rows(ui: &mut Ui, id: Id, chosen: Option<usize>, lines: &[(&str, &str)]) -> Option<usize> {
    let mut clicked = None;
    let height = (lines.len() as f32).min(LINES) * list_line::HEIGHT;
    ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, |ui| {
            for (at, (path, note)) in lines.iter().enumerate() {
                let response = line(ui, id.with(at), path, note, chosen == Some(at));
                if chosen == Some(at) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(at);
                }
            }
        });
    clicked
}

/// A path with its size and age.
fn line(ui: &mut Ui, id: Id, path: &str, note: &str, chosen: bool) -> Response {
    let p = palette(ui);
    let name = text::name(path);
    let response = list_line::begin(ui, id, &name, true, chosen);
    let rect = response.rect.shrink2(vec2(6.0, 0.0));
    let color = if chosen { p.accent_soft_text } else { p.text };
    let painter = ui.painter();
    let note = painter.layout_no_wrap(note.to_owned(), small(), p.weak);
    let at = rect.right_center() - vec2(note.size().x, note.size().y / 2.0);
    let room = at.x - rect.left() - space::M;
    painter.galley(at, note, p.weak);
    let (name, _) = elide::middle(painter, &name, &body(), color, room);
    painter.galley(
        rect.left_center() - vec2(0.0, name.size().y / 2.0),
        name,
        color,
    );
    response
}

/// Says that nothing is called like what was entered, and what can be done about it; over what is below the box, which
/// does not move.
fn unknown(entry: &Response, text: &str) {
    hanging::show(entry, "unknown", super::WIDTH, |ui| {
        let p = palette(ui);
        ui.colored_label(p.bad, tr("No file or folder is called like this"));
        if typed_path::names_path(text) {
            ui.colored_label(p.weak, tr("Enter once more waits for it"));
        }
    });
}
