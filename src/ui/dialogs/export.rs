//! Writing records into a file: which, as what, and where to.

use crate::base::lang::{later, said, tr};
use std::ops::Range;
use std::path::{Path, PathBuf, is_separator};

use egui::text::{CCursor, CCursorRange};
use egui::{Context, Event, Grid, Key, Response, RichText, TextEdit, Ui};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::base::problem::Problem;
use crate::ui::action::{Action, Actions, ExportForm, ExportPick, ExportWhat};
use crate::ui::theme::{palette, space};
use crate::ui::widgets::number;
use crate::ui::widgets::{tick, tips};

/// What the dialog knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportModel {
    /// How many records the filters show.
    pub shown: u64,
    /// How many are chosen.
    pub selected: u64,
    /// The log is still being read.
    pub reading: bool,
    /// Where the file goes unless the user says otherwise, without an ending: `/var/log/app-export`.
    pub suggestion: PathBuf,
    /// The file that the desktop's dialog answered, until it is taken over.
    pub picked: Option<PathBuf>,
    /// The path that was asked about last, as it was typed, and whether a file is there, which would be replaced; or why
    /// none can be written there.
    pub there: Option<(PathBuf, Result<bool, Problem>)>,
    /// Why there is no dialog of the desktop; may be empty.
    pub notice: String,
    /// Where no file could be begun.
    pub refused: Option<Refused>,
}

/// A path where no file could be begun, as it was typed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The path.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct ExportDraft {
    what: Option<ExportWhat>,
    form: ExportForm,
    keep_formulas: bool,
    path: String,
    /// The path that was asked about last.
    asked: String,
    /// Enter was pressed before it was known what is at this path.
    waiting: Option<String>,
    /// The path for which Enter was pressed although a file is there: once more replaces it.
    warned: Option<String>,
    begun: bool,
    focused: bool,
}

const FORMS: [(ExportForm, &str, &str); 3] = [
    (
        ExportForm::Text,
        later("Text"),
        later("The records as they stand in the log, byte for byte"),
    ),
    (
        ExportForm::JsonLines,
        later("JSON lines"),
        later("One object per record: time, level, logger, message, fields"),
    ),
    (
        ExportForm::Csv,
        "CSV",
        later("The columns of the table, with a header"),
    ),
];

/// Shows the dialog. It stays after Enter: the application closes it when the file is begun, or says why it is not.
pub fn show(
    ctx: &Context,
    model: &ExportModel,
    draft: &mut ExportDraft,
    out: &mut Actions,
) -> Stay {
    draft.begin(model);
    if let Some(picked) = &model.picked {
        draft.path = picked.display().to_string();
        draft.follow_name();
    }
    let sheet = Sheet {
        id: "export",
        title: tr("Export records"),
        width: 560.0,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        Grid::new("export grid")
            .num_columns(2)
            .spacing([space::L, space::M])
            .show(ui, |ui| {
                which(ui, model, draft);
                forms(ui, draft);
            });
        ui.add_space(space::M);
        let entered = place(ui, draft, out);
        draft.ask(out);
        let typed = Path::new(draft.path.trim()).as_os_str();
        let there = model.there.as_ref();
        let there = there.filter(|(path, _)| path.as_os_str() == typed);
        let there = there.map(|(_, there)| there);
        let refused = model.refused.as_ref();
        let refused = refused.filter(|refused| refused.path.as_os_str() == typed);
        let refused = refused.map(|refused| &refused.problem);
        let refused = refused.or(there.and_then(|there| there.as_ref().err()));
        let entered = draft.enter(entered, there);
        match refused {
            Some(problem) => sheet::mistake(ui, &said(&problem.headline), &said(&problem.hint)),
            None if there == Some(&Ok(true)) => replaced(ui, draft.is_warned()),
            None => {}
        }
        notes(ui, model);
        footer(ui, model, draft, there, entered, out)
    })
}

impl ExportDraft {
    /// The first choices: what is selected if that is more than the row the keyboard is on.
    fn begin(&mut self, model: &ExportModel) {
        if self.begun {
            return;
        }
        self.begun = true;
        self.what = Some(match model.selected {
            0 | 1 => ExportWhat::Shown,
            _ => ExportWhat::Selected,
        });
        self.path = named(&model.suggestion, self.form);
    }

    /// Changes the form, and the ending of the path with it unless the user chose another.
    fn set_form(&mut self, form: ExportForm) {
        let old = format!(".{}", ending(self.form));
        if let Some(stem) = self.path.strip_suffix(&old) {
            self.path = format!("{stem}.{}", ending(form));
        }
        self.form = form;
    }

    /// The path did not do: it has the keyboard again.
    pub fn try_again(&mut self) {
        self.focused = false;
    }

    /// Chooses the form that the path's ending names.
    fn follow_name(&mut self) {
        let path = Path::new(self.path.trim());
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        self.form = match ending.to_str() {
            Some("csv") => ExportForm::Csv,
            Some("jsonl" | "ndjson") => ExportForm::JsonLines,
            Some("log" | "txt") => ExportForm::Text,
            _ => return,
        };
    }

    /// Asks whether there is something at the path.
    fn ask(&mut self, out: &mut Actions) {
        let path = self.path.trim();
        if path != self.asked {
            path.clone_into(&mut self.asked);
            out.push(Action::CheckTarget(PathBuf::from(path)));
        }
    }

    /// Whether Enter exports. Where a file would be replaced that takes a second one: nobody replaces it by pressing Enter
    /// once too often. What is there may be known only after the key.
    fn enter(&mut self, pressed: bool, there: Option<&Result<bool, Problem>>) -> bool {
        let path = self.path.trim().to_owned();
        let waited = self.waiting.take().is_some_and(|waiting| waiting == path);
        if pressed {
            // Enter took the keyboard from the path, and Tab goes on from there.
            self.focused = false;
        }
        if !pressed && !waited {
            return false;
        }
        match there {
            None => self.waiting = Some(path),
            Some(Ok(false)) => return true,
            Some(Ok(true)) if self.is_warned() => return true,
            Some(Ok(true)) => self.warned = Some(path),
            // It may have changed.
            Some(Err(_)) => self.asked.clear(),
        }
        false
    }

    /// Whether Enter was pressed on the file that is there.
    fn is_warned(&self) -> bool {
        self.warned.as_deref() == Some(self.path.trim())
    }

    fn pick(&self) -> ExportPick {
        ExportPick {
            what: self.what.unwrap_or_default(),
            form: self.form,
            keep_formulas: self.keep_formulas,
            to: PathBuf::from(self.path.trim()),
        }
    }
}

fn which(ui: &mut Ui, model: &ExportModel, draft: &mut ExportDraft) {
    ui.label(tr("Records"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (what, count, text, tip) in [
            (
                ExportWhat::Shown,
                model.shown,
                tr("All shown"),
                tr("The records that pass the filter"),
            ),
            (
                ExportWhat::Selected,
                model.selected,
                tr("Selected"),
                tr("The records that are selected in the table"),
            ),
        ] {
            let text = format!("{text}: {}", number::count(count));
            let chosen = draft.what == Some(what);
            ui.add_enabled_ui(count > 0, |ui| {
                let label = ui.selectable_label(chosen, text);
                if tips::always(label, tip).clicked() {
                    draft.what = Some(what);
                }
            });
        }
    });
    ui.end_row();
}

fn forms(ui: &mut Ui, draft: &mut ExportDraft) {
    ui.label(tr("Format"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (form, name, meaning) in FORMS {
            let label = ui.selectable_label(draft.form == form, tr(name));
            let tip = format!("{} (.{})", tr(meaning), ending(form));
            if label.on_hover_text(tip).clicked() {
                draft.set_form(form);
            }
        }
    });
    ui.end_row();
    ui.label("");
    ui.vertical(|ui| {
        for (form, _, meaning) in FORMS {
            if form == draft.form {
                sheet::hint(ui, tr(meaning));
            }
        }
        if draft.form == ExportForm::Csv {
            let mut disarm = !draft.keep_formulas;
            let text = tr("Put a ' in front of cells that look like formulas");
            let tip =
                tr("A spreadsheet runs cells that begin with = + - @; with a ' they are text");
            if tick::check(ui, &mut disarm, text)
                .on_hover_text(tip)
                .changed()
            {
                draft.keep_formulas = !disarm;
            }
        }
    });
    ui.end_row();
}

/// The path and the way to the desktop's dialog; whether Enter was pressed.
fn place(ui: &mut Ui, draft: &mut ExportDraft, out: &mut Actions) -> bool {
    let name = ui.label(tr("Save as"));
    ui.horizontal(|ui| {
        let width = ui.available_width() - 76.0;
        let edit = TextEdit::singleline(&mut draft.path).desired_width(width);
        let response = ui.add(edit).labelled_by(name.id);
        let tip =
            tr("Where the file is written; .log, .jsonl or .csv at its end chooses the format");
        let response = tips::of_box(response, tip);
        if response.changed() {
            draft.follow_name();
        }
        sheet::focus_once(&response, &mut draft.focused);
        let pressed = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
        if response.gained_focus() && !pressed {
            select(ui, &response, name_of(&draft.path));
        }
        let entered = sheet::entered(ui, &response);
        // A key that is held is pressed once.
        let held = ui.input(|input| input.events.iter().any(is_repeated));
        draft.focused &= !(entered && held);
        let entered = entered && !held;
        let browse = ui.button(tr("Browse..."));
        let tip = tr("Choose the place in the file dialog of the desktop");
        if browse.on_hover_text(tip).clicked() {
            out.push(Action::AskTarget(PathBuf::from(draft.path.trim())));
        }
        entered
    })
    .inner
}

/// Whether this is Enter because it is still held.
fn is_repeated(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Enter,
            repeat: true,
            ..
        }
    )
}

/// Selects some characters of a box.
fn select(ui: &Ui, response: &Response, chars: Range<usize>) {
    let mut edit = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(chars.start), CCursor::new(chars.end));
    edit.cursor.set_char_range(Some(range));
    TextEdit::store_state(ui.ctx(), response.id, edit);
}

/// Which characters of a path are the name without its ending: what is typed replaces that.
fn name_of(path: &str) -> Range<usize> {
    let name = path.rsplit(is_separator).next().unwrap_or(path);
    let stem = match name.rfind('.') {
        None | Some(0) => name,
        Some(dot) => name.get(..dot).unwrap_or(name),
    };
    let begins = path.chars().count() - name.chars().count();
    begins..begins + stem.chars().count()
}

fn replaced(ui: &mut Ui, warned: bool) {
    let text = match warned {
        true => tr("This file exists: Enter once more replaces it"),
        false => tr("This file exists and will be replaced"),
    };
    ui.label(RichText::new(text).color(palette(ui).warn));
}

fn notes(ui: &mut Ui, model: &ExportModel) {
    if model.reading {
        sheet::hint(
            ui,
            tr("The log is still being read: what is there by then is exported"),
        );
    }
    if !model.notice.is_empty() {
        sheet::hint(ui, said(&model.notice));
    }
}

fn footer(
    ui: &mut Ui,
    model: &ExportModel,
    draft: &ExportDraft,
    there: Option<&Result<bool, Problem>>,
    entered: bool,
    out: &mut Actions,
) -> Stay {
    let records = match draft.what {
        Some(ExportWhat::Selected) => model.selected,
        _ => model.shown,
    };
    let refused = there.is_some_and(Result::is_err);
    let ready = records > 0 && !draft.path.trim().is_empty() && !refused;
    let (verb, tip) = match there == Some(&Ok(true)) {
        true => (tr("Replace"), tr("Write over the file that is there")),
        false => (tr("Export"), tr("Write the records into the file (Enter)")),
    };
    sheet::footer(ui, |ui| {
        let cancelled = sheet::cancel(ui).clicked();
        let pressed = sheet::primary(ui, verb, tip, ready).clicked();
        if ready && (pressed || entered) {
            out.push(Action::Export(draft.pick()));
        }
        if cancelled { Stay::Closed } else { Stay::Open }
    })
}

/// The ending of files of a form.
fn ending(form: ExportForm) -> &'static str {
    match form {
        ExportForm::Text => "log",
        ExportForm::JsonLines => "jsonl",
        ExportForm::Csv => "csv",
    }
}

fn named(suggestion: &Path, form: ExportForm) -> String {
    format!("{}.{}", suggestion.display(), ending(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_without_folder_and_ending() {
        for (path, name) in [
            ("/var/log/app-export.log", "app-export"),
            ("/var/기록/앱.2.csv", "앱.2"),
            ("app", "app"),
            ("/home/.hidden", ".hidden"),
            ("/var/log/", ""),
            ("", ""),
        ] {
            let chars = path.chars().collect::<Vec<_>>();
            let named: String = chars[name_of(path)].iter().collect();
            assert_eq!(named, name, "{path}");
        }
    }
}
