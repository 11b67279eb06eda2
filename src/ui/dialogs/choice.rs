//! The logs that one path stands for: those of a folder, of a pattern, of an archive.

use crate::base::lang::tr;
use crate::tr;
use std::path::PathBuf;

use egui::{
    Context, Id, Key, Modifiers, Rect, Response, RichText, ScrollArea, Sense, TextEdit, Ui,
};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::base::origin::{Origin, Part};
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, small, space};
use crate::ui::widgets::{number, tips};

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChoiceModel {
    /// `Logs in archive.zip`
    pub title: String,
    /// The logs, in the order in which they are shown.
    pub logs: Vec<ChosenLog>,
    /// The archive, if it is one whose logs can be read one behind another.
    pub archive: Option<PathBuf>,
}

/// One of the logs.
#[derive(Debug, Clone, PartialEq)]
pub struct ChosenLog {
    /// Its name.
    pub name: String,
    /// Size and age in words.
    pub note: String,
    /// The file.
    pub path: PathBuf,
    /// What to read there.
    pub origin: Origin,
    /// It has a tab.
    pub open: bool,
}

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct ChoiceState {
    /// What the list is searched for.
    pub query: String,
    /// The line that Enter opens.
    selected: Option<usize>,
    /// It is to be brought into sight.
    moved: bool,
    focused: bool,
}

/// Shows the list.
pub fn show(
    ctx: &Context,
    model: &ChoiceModel,
    state: &mut ChoiceState,
    out: &mut Actions,
) -> Stay {
    let sheet = Sheet {
        id: "choice",
        title: &model.title,
        width: 560.0,
        anchor: Anchor::Top,
    };
    sheet.show(ctx, |ui| {
        let entered = entry(ui, model, state);
        ui.add_space(space::S);
        let shown = matching(model, &state.query);
        let chosen = match state.selected {
            None if state.query.trim().is_empty() => None,
            selected => shown.get(selected.unwrap_or(0)).copied(),
        };
        let clicked = list(ui, &shown, state);
        ui.add_space(space::S);
        sheet::hint(
            ui,
            tr("Up and Down choose, Enter opens, Ctrl+click opens several"),
        );
        let keeps = ui.input(|input| input.modifiers.command);
        if let Some(log) = clicked.or(chosen.filter(|_| entered)) {
            out.push(open(&log.path, log.origin.clone()));
            if !keeps {
                return Stay::Closed;
            }
        }
        footer(ui, model, out)
    })
}

fn box_id() -> Id {
    Id::unique("names of logs")
}

/// The box above the list; whether Enter was pressed.
fn entry(ui: &mut Ui, model: &ChoiceModel, state: &mut ChoiceState) -> bool {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = matching(model, &state.query).len().checked_sub(1);
    let before = state.selected;
    if pressed(Key::ArrowDown) {
        let next = before.map_or(0, |at| at + 1);
        state.selected = last.map(|last| next.min(last));
    }
    if pressed(Key::ArrowUp) {
        state.selected = before.and_then(|at| at.checked_sub(1));
    }
    state.moved = state.selected != before;
    let edit = TextEdit::singleline(&mut state.query)
        .hint_text(tr("Search the names"))
        .desired_width(f32::INFINITY);
    let response = ui
        .add(edit.id(box_id()))
        .accessible_name(tr("Search the names"));
    let response = tips::of_box(response, tr("Words that a name has, in any order"));
    sheet::focus_once(&response, &mut state.focused);
    if response.changed() {
        state.selected = None;
    }
    sheet::entered(ui, &response)
}

fn open(path: &std::path::Path, origin: Origin) -> Action {
    Action::OpenFrom {
        path: path.to_path_buf(),
        origin,
    }
}

/// The logs whose names contain every word.
fn matching<'a>(model: &'a ChoiceModel, query: &str) -> Vec<&'a ChosenLog> {
    let query = query.to_lowercase();
    let fits = |log: &&ChosenLog| {
        let name = log.name.to_lowercase();
        query.split_whitespace().all(|word| name.contains(word))
    };
    model.logs.iter().filter(fits).collect()
}

/// The list; the log that was clicked.
fn list<'a>(ui: &mut Ui, logs: &[&'a ChosenLog], state: &ChoiceState) -> Option<&'a ChosenLog> {
    if logs.is_empty() {
        sheet::hint(ui, tr("No name contains this"));
        return None;
    }
    let room = (ui.available_height() - 90.0).clamp(100.0, 420.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, true])
        .show_rows(ui, space::ROW, logs.len(), |ui, rows| {
            if let Some(at) = state.selected.filter(|_| state.moved) {
                let height = space::ROW + ui.spacing().item_spacing.y;
                let top = ui.max_rect().top() + (at as f32 - rows.start as f32) * height;
                let place = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + height);
                ui.scroll_to_rect(place, None);
            }
            let mut clicked = None;
            for (at, log) in logs.iter().enumerate().skip(rows.start).take(rows.len()) {
                let selected = state.selected == Some(at);
                let response = ui.push_id(at, |ui| row(ui, log, selected)).inner;
                if response.clicked() {
                    clicked = Some(*log);
                }
                if selected {
                    // The keyboard stays in the box, and a screen reader hears the line.
                    let line = response.id.accesskit_id();
                    ui.ctx()
                        .accesskit_node_builder(box_id(), |node| node.set_active_descendant(line));
                }
            }
            clicked
        })
        .inner
}

/// One line.
fn row(ui: &mut Ui, log: &ChosenLog, selected: bool) -> Response {
    let p = palette(ui);
    let note = match (log.open, log.note.is_empty()) {
        (true, true) => tr("open").to_owned(),
        (true, false) => tr!("open, {note}", note = log.note),
        (false, _) => log.note.clone(),
    };
    let note = RichText::new(note).font(small()).color(p.weak);
    let name = RichText::new(&log.name).color(if log.open { p.accent } else { p.text });
    // Not reached by Tab: the keyboard stays in the box.
    let button = egui::Button::selectable(selected, (name, egui::Atom::grow(), note))
        .sense(Sense::CLICK)
        .truncate()
        .min_size(egui::vec2(ui.available_width(), space::ROW));
    let response = ui.add(button);
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, log.open, &log.name));
    let more = tr("Ctrl+click opens it and keeps this list");
    response.on_hover_text(format!("{}\n{more}", log.name))
}

fn footer(ui: &mut Ui, model: &ChoiceModel, out: &mut Actions) -> Stay {
    sheet::footer(ui, |ui| {
        let mut chosen = false;
        if let Some(archive) = &model.archive {
            let tip = tr!(
                "One log of {files}, in the archive's order",
                files = number::counted(model.logs.len() as u64, "file")
            );
            let all = ui.button(tr("All, one behind another")).on_hover_text(tip);
            chosen = all.clicked();
            if chosen {
                out.push(open(archive, Origin::Part(Part::All)));
            }
        }
        let closed = sheet::close(ui).clicked();
        if chosen || closed {
            Stay::Closed
        } else {
            Stay::Open
        }
    })
}
