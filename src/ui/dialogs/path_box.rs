//! Quick open: an open log, a recent file or one beside the log that is shown by some letters of its name, or any path,
//! typed, pasted and completed.
//!
//! Also the way in where a desktop has no file dialog.

use crate::base::lang::{said, tr};
use crate::tr;
use std::path::PathBuf;

use egui::{Context, Key, Modifiers, Ui};

mod lines;

use self::lines::{Line, lines};
use super::Stay;
use super::picker::{self, Entry, PickerState, Row};
use super::sheet::{self, Anchor, Sheet};
use crate::base::text;
use crate::ui::action::{Action, Actions, TabId};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::typed_path::{
    Completion, TypedPath, clean, common_start, is_pattern, looks_like_path, names_path,
};

/// What the box knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PathBoxModel {
    /// The open logs but the one that is shown, in the order of their tabs.
    pub tabs: Vec<(TabId, Place)>,
    /// Recently opened files, newest first.
    pub recent: Vec<Place>,
    /// Files in the folder of the log that is shown.
    pub beside: Vec<Place>,
    /// What was found for the text typed last.
    pub completion: Completion,
    /// Why the box was opened by the program (no file dialog on this desktop) or what failed; may be empty.
    pub notice: String,
}

/// A file that has a line of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without the folder.
    pub name: String,
    /// Its folder, shortened for people.
    pub folder: String,
    /// Size and age in words; may be empty.
    pub note: String,
    /// It is no longer there.
    pub missing: bool,
}

/// What only the box cares about.
#[derive(Debug, Clone, Default)]
pub struct PathBoxState {
    picker: PickerState,
    typed: TypedPath,
}

/// The box's id, for its cursor.
fn box_id() -> egui::Id {
    egui::Id::unique("path box text")
}

/// Shows the box. What is typed goes to the application as it stands, a leading `~` included; only quotes and `file://`
/// around it are removed.
pub fn show(
    ctx: &Context,
    model: &PathBoxModel,
    state: &mut PathBoxState,
    out: &mut Actions,
) -> Stay {
    let sheet = Sheet {
        id: "path box",
        title: tr("Quick open"),
        width: 680.0,
        anchor: Anchor::Top,
    };
    sheet.show(ctx, |ui| {
        let offered = lines(model, &clean(&state.picker.text));
        let entered = entry(ui, state, &offered);
        let text = clean(&state.picker.text);
        let waited = state.typed.take_waiting(&text);
        state.typed.ask(&text, out);
        if !model.notice.is_empty() {
            sheet::mistake(ui, &said(&model.notice), "");
        }
        if state.typed.is_warned(&text) {
            unknown(ui, &text);
        }
        let clicked = list(ui, model, state, &offered, out);
        sheet::hint(ui, tr("Up and Down choose, Tab completes, Enter opens"));
        let chosen = state.picker.selected.filter(|_| entered || waited);
        let wanted = clicked.or(chosen).and_then(|index| offered.get(index));
        match wanted.map(|(line, _)| line) {
            Some(line) if line.is_folder() => take_over(ui, state, line),
            Some(Line::Tab(tab)) => {
                out.push(Action::SelectTab(*tab));
                return Stay::Closed;
            }
            Some(Line::Recent(path) | Line::Beside(path)) => return open(path.clone(), out),
            Some(Line::Found(path)) => return open(path.into(), out),
            None => {
                let known = &model.completion;
                if state.typed.opens(entered, waited, &text, known) {
                    return open(text.into(), out);
                }
            }
        }
        Stay::Open
    })
}

/// Says that nothing is called like what was entered, and what can be done about it.
fn unknown(ui: &mut Ui, text: &str) {
    let hint = match names_path(text) {
        true => tr("Enter once more waits for it"),
        false => "",
    };
    sheet::mistake(ui, tr("No file or folder is called like this"), hint);
}

fn open(path: PathBuf, out: &mut Actions) -> Stay {
    out.push(Action::OpenPath(path));
    Stay::Closed
}

/// The box with its keys; whether Enter was pressed.
fn entry(ui: &mut Ui, state: &mut PathBoxState, offered: &[(Line, Row)]) -> bool {
    let has_keyboard = ui.memory(|memory| memory.has_focus(box_id()));
    if has_keyboard && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab)) {
        complete(ui, state, offered);
    }
    let before = state.picker.text.clone();
    let entry = Entry {
        id: box_id(),
        hint: tr("Letters of a name, or a path like ~/logs/ or logs/*.log"),
        tip: tr("Finds open logs, recent files and those beside the log by a few letters"),
        takes_tab: true,
    };
    let entered = picker::entry(ui, &entry, &mut state.picker, offered.len());
    if state.picker.text != before {
        // Letters choose the best name at once; a path is meant as it is typed.
        let text = clean(&state.picker.text);
        let by_name = !text.is_empty() && !looks_like_path(&text);
        state.picker.selected = by_name.then_some(0);
    }
    entered
}

/// Tab: the chosen line, or as much as all that were found begin with.
fn complete(ui: &Ui, state: &mut PathBoxState, offered: &[(Line, Row)]) {
    let found = offered.iter().filter_map(|(line, _)| match line {
        Line::Found(path) => Some(path.clone()),
        _ => None,
    });
    let chosen = state.picker.selected.and_then(|index| offered.get(index));
    let chosen = chosen.and_then(|(line, _)| line.text());
    let is_chosen = chosen.is_some();
    let text = chosen.unwrap_or_else(|| common_start(found));
    if is_chosen || text.len() > state.picker.text.len() {
        put(ui, state, text);
    }
}

/// Puts a folder into the box, so that its files are listed next.
fn take_over(ui: &Ui, state: &mut PathBoxState, line: &Line) {
    if let Some(text) = line.text() {
        put(ui, state, text);
    }
}

fn put(ui: &Ui, state: &mut PathBoxState, text: String) {
    picker::cursor_to_end(ui, box_id(), &text);
    state.picker.text = text;
    state.picker.selected = None;
}

/// The list; the line that was clicked.
fn list(
    ui: &mut Ui,
    model: &PathBoxModel,
    state: &mut PathBoxState,
    offered: &[(Line, Row)],
    out: &mut Actions,
) -> Option<usize> {
    if offered.is_empty() {
        let typed = clean(&state.picker.text);
        if state.typed.is_warned(&typed) {
            return None;
        }
        let hint = if typed.is_empty() {
            tr("No recent files")
        } else if is_pattern(&typed) {
            tr("Enter opens the newest log that matches, and lists the others")
        } else if typed != model.completion.of {
            tr("Looking for files...")
        } else {
            tr("No file or folder is called like this")
        };
        sheet::hint(ui, hint);
        return None;
    }
    let rows: Vec<Row> = offered.iter().map(|(_, row)| row.clone()).collect();
    picker::list(ui, box_id(), &mut state.picker, &rows, |ui, index| {
        let Some((Line::Recent(path), _)) = offered.get(index) else {
            return false;
        };
        let name = tr!("Forget {path}", path = text::path(path));
        if sheet::icon_button(ui, Icon::Close, &name).clicked() {
            out.push(Action::ForgetRecent(path.clone()));
        }
        true
    })
}
