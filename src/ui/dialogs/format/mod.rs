//! The format of a file: what was recognised, what there is, a template of one's own, and what each makes of the file.
//!
//! Left the formats to pick from, right the template to type and the first lines of the file as it reads them. Nothing
//! changes in the table before Apply.

use egui::{Context, Ui, vec2};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::format::field::Role;
use crate::format::spec::{FormatError, FormatSpec};
use crate::ui::action::{Action, Actions, FormatPick};
use crate::ui::theme::space;

mod draft;
mod editor;
mod list;
mod preview;

pub use draft::{Draft, StyleChoice};

/// What the dialog knows.
#[derive(Debug, Clone, PartialEq)]
pub struct FormatModel {
    /// The file's name.
    pub file: String,
    /// The format in use.
    pub current: FormatSpec,
    /// The format in use was recognised, not chosen.
    pub detected: bool,
    /// What was recognised, best first.
    pub candidates: Vec<CandidateRow>,
    /// What Timberline brings along.
    pub builtins: Vec<BuiltinRow>,
    /// The answer to the newest `PreviewFormat`; `None` before the first.
    pub preview: Option<Preview>,
}

/// A recognised format.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateRow {
    /// The format.
    pub spec: FormatSpec,
    /// Its name.
    pub name: String,
    /// Why it was recognised.
    pub reason: String,
    /// Lines of the sample that start a record.
    pub matched: usize,
    /// Lines of the sample.
    pub lines: usize,
}

/// A format that Timberline brings along.
#[derive(Debug, Clone, PartialEq)]
pub struct BuiltinRow {
    /// What `FormatSpec::Builtin` takes.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// A line of it.
    pub example: String,
}

/// What a format makes of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The format.
    pub spec: FormatSpec,
    /// The first lines, or why there are none.
    pub outcome: Result<PreviewLines, PreviewFailure>,
}

/// Why there is no preview.
#[derive(Debug, Clone, PartialEq)]
pub enum PreviewFailure {
    /// The template or the pattern has a mistake.
    Format(FormatError),
    /// The file cannot be read, in words.
    Unreadable(String),
}

/// The first lines of the file in a format.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PreviewLines {
    /// The lines.
    pub lines: Vec<PreviewLine>,
    /// Lines looked at for the numbers below.
    pub sampled: u64,
    /// Of these, lines that start a record.
    pub matched: u64,
    /// Of the records, those whose time could not be read although the format has one.
    pub times_unread: u64,
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewLine {
    /// The line, visible and clipped.
    pub text: String,
    /// What the format makes of it.
    pub verdict: Verdict,
}

/// What a format makes of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It starts a record with these fields, in the order of the format.
    Start(Vec<PreviewField>),
    /// It does not match and belongs to the record before it.
    Continues,
    /// It does not match, and there is no record before it.
    Unmatched,
}

/// A field of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewField {
    /// Its name.
    pub name: String,
    /// What it is used for.
    pub role: Role,
    /// Its value, visible and clipped.
    pub value: String,
}

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct FormatState {
    /// What is picked or typed; `None` until the dialog is shown for the first time.
    draft: Option<Draft>,
    /// The format that a preview was asked for last.
    asked: Option<FormatSpec>,
    focused: bool,
}

impl FormatState {
    /// What is picked or typed.
    #[must_use]
    pub fn spec(&self) -> Option<FormatSpec> {
        self.draft.as_ref().and_then(Draft::spec)
    }
}

const WIDTH: f32 = 1000.0;
const LIST_WIDTH: f32 = 290.0;

/// Shows the dialog.
pub fn show(
    ctx: &Context,
    model: &FormatModel,
    state: &mut FormatState,
    out: &mut Actions,
) -> Stay {
    let title = format!("Format of {}", model.file);
    let sheet = Sheet {
        id: "format",
        title: &title,
        width: WIDTH,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        let draft = state.draft.get_or_insert_with(|| Draft::of(&model.current));
        let height = (ui.available_height() - space::BAR - 2.0 * space::L).clamp(160.0, 560.0);
        ui.horizontal_top(|ui| {
            ui.set_min_height(height);
            part(ui, LIST_WIDTH, height, |ui| list::show(ui, model, draft));
            ui.add_space(space::M);
            let width = ui.available_width();
            part(ui, width, height, |ui| {
                editor::show(ui, model, draft, &mut state.focused);
                ui.add_space(space::M);
                preview::show(ui, model, draft.spec().as_ref());
            });
        });
        ask(state, out);
        buttons(ui, model, state, out)
    })
}

/// A column of the dialog.
fn part(ui: &mut Ui, width: f32, height: f32, content: impl FnOnce(&mut Ui)) {
    let layout = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
        ui.set_width(width);
        ui.set_max_height(height);
        content(ui);
    });
}

/// Asks for a preview when the format has changed.
fn ask(state: &mut FormatState, out: &mut Actions) {
    let spec = state.spec();
    if state.asked != spec {
        if let Some(spec) = &spec {
            out.push(Action::PreviewFormat(spec.clone()));
        }
        state.asked = spec;
    }
}

fn buttons(ui: &mut Ui, model: &FormatModel, state: &FormatState, out: &mut Actions) -> Stay {
    let spec = state.spec();
    let preview = model.preview.as_ref();
    let refused = preview
        .is_some_and(|preview| Some(&preview.spec) == spec.as_ref() && preview.outcome.is_err());
    sheet::footer(ui, |ui| {
        let apply = sheet::primary(ui, "Apply", spec.is_some() && !refused).clicked();
        let cancel = ui.button("Cancel").clicked();
        let automatic = ui
            .add_enabled(!model.detected, egui::Button::new("Back to automatic"))
            .on_hover_text("Use the format that fits best")
            .on_disabled_hover_text("The format in use was recognised by itself")
            .clicked();
        let pick = if automatic {
            Some(FormatPick::Detect)
        } else {
            spec.filter(|_| apply).map(FormatPick::Spec)
        };
        let done = cancel || pick.is_some();
        out.extend(pick.map(Action::ApplyFormat));
        if done { Stay::Closed } else { Stay::Open }
    })
}
