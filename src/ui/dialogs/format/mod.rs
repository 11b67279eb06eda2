//! The format of a file: what was recognised, what there is, a template of one's own, and what each makes of the file.
//!
//! Left the formats to pick from, right the template to type, the first lines of the file as it reads them, and how the
//! whole file fares: its match rate, and where the first lines that fail stop matching. Nothing changes in the table before
//! Apply.

use crate::base::lang::tr;
use crate::tr;
use egui::{Context, Ui, vec2};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::format::field::Role;
use crate::format::spec::{FormatError, FormatSpec};
use crate::format::template::stop::Stop;
use crate::settings::formats::SavedFormat;
use crate::ui::action::{Action, Actions, FormatPick};
use crate::ui::theme::space;
use crate::ui::widgets::reveal;

mod check;
mod draft;
mod editor;
mod keep;
mod list;
mod preview;
mod roles;

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
    /// The user's own.
    pub saved: Vec<SavedFormat>,
    /// Patterns of paths that a format can be remembered for, the narrowest first.
    pub patterns: Vec<String>,
    /// Where the user's own formats are kept; `None` when nothing is kept.
    pub folder: Option<String>,
    /// The answer to the newest `PreviewFormat`; `None` before the first.
    pub preview: Option<Preview>,
    /// The answer to the newest `CheckFormat`, as far as it is known.
    pub check: Option<Check>,
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

/// How the whole file reads in a format.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The format.
    pub spec: FormatSpec,
    /// How much of the file was read, 0 to 1.
    pub share: f32,
    /// Everything was read.
    pub done: bool,
    /// Lines.
    pub lines: u64,
    /// Those that start a record.
    pub starts: u64,
    /// Those that look like the start of a record and do not match.
    pub failed: u64,
    /// Records whose time could not be read although the format has one.
    pub times_unread: u64,
    /// Of a mixed format: how many records each part reads.
    pub parts: Vec<u64>,
    /// The first of the lines that fail.
    pub first_failed: Vec<Failed>,
    /// A format that reads most of the lines that fail.
    pub suggestion: Option<CandidateRow>,
    /// Why it was not read to its end, in words.
    pub problem: Option<String>,
}

/// A line that a format cannot read.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    /// Its number in the file, from 1.
    pub line: u64,
    /// The line, visible and clipped.
    pub text: String,
    /// Where it stops matching.
    pub stop: Option<Stop>,
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
    /// The format has a column for it.
    pub column: bool,
}

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct FormatState {
    /// What is picked or typed; `None` until the dialog is shown for the first time.
    draft: Option<Draft>,
    /// What the preview was last asked for.
    asked: Option<FormatSpec>,
    /// What the whole file was last asked to be read in.
    checked: Option<FormatSpec>,
    /// The user stopped the reading of the whole file.
    stopped: bool,
    /// The template was given the keyboard.
    focused: bool,
    /// The lines that fail are shown instead of the first ones.
    failing: bool,
    /// The place of the template that a line stops at, in characters.
    pointed: Option<usize>,
    /// The name to save it under.
    name: String,
    /// The pattern that it is to be remembered for; `None` is this file alone.
    remember: Option<String>,
}

impl FormatState {
    /// The format that would be applied.
    #[must_use]
    pub fn spec(&self) -> Option<FormatSpec> {
        self.draft.as_ref().and_then(Draft::spec)
    }
}

const WIDTH: f32 = 1060.0;
const LIST_WIDTH: f32 = 270.0;
/// Below this width of the dialog the list of formats is narrower.
const NARROW: f32 = 900.0;
/// Below this width of the dialog they are above the template, and not beside it.
const STACKED: f32 = 640.0;
/// The height of the list there.
const STACKED_LIST: f32 = 150.0;
/// Height of the template with its heading, and what is around both, in points.
const TEMPLATE: f32 = 84.0;
/// Height of two formats, in points.
const LIST_LEAST: f32 = 80.0;
/// Template and preview are scrolled where they have less height than this.
const EDITOR_LEAST: f32 = 320.0;

/// Shows the dialog.
pub fn show(
    ctx: &Context,
    model: &FormatModel,
    state: &mut FormatState,
    out: &mut Actions,
) -> Stay {
    let title = tr!("Format of {file}", file = model.file);
    let sheet = Sheet {
        id: "format",
        title: &title,
        width: WIDTH,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        let draft = state.draft.take();
        let mut draft = draft.unwrap_or_else(|| first_draft(model, &mut state.name));
        let rows = match ui.available_width() < STACKED {
            true => space::BAR + space::M,
            false => 3.0 * space::BAR + 3.0 * space::L,
        };
        let height = (ui.available_height() - rows).clamp(90.0, 640.0);
        let mut entered = false;
        placed(ui, height, |ui, which| match which {
            Part::List => {
                let opens = !state.focused;
                if let Some(name) = list::show(ui, model, &mut draft, opens) {
                    state.name = name;
                }
            }
            Part::Editor => {
                entered = editor::show(ui, model, &mut draft, state);
                ui.add_space(space::S);
                preview::show(ui, model, &mut draft, state, out);
            }
            Part::Keep => keep::show(ui, model, &draft, state, out),
        });
        state.draft = Some(draft);
        ask(model, state, out);
        buttons(ui, model, state, entered, out)
    })
}

/// The format in use, with its name if it is saved.
fn first_draft(model: &FormatModel, name: &mut String) -> Draft {
    let mut saved = model.saved.iter();
    if let Some(saved) = saved.find(|saved| saved.spec == model.current) {
        name.clone_from(&saved.name);
    }
    Draft::of(&model.current)
}

/// What the dialog consists of.
enum Part {
    /// The formats to pick from.
    List,
    /// The template with the preview below it.
    Editor,
    /// The name to save it under, and the files it is for.
    Keep,
}

/// Shows the parts side by side, or one above the other where that is too narrow; what is too high is scrolled.
fn placed(ui: &mut Ui, height: f32, mut content: impl FnMut(&mut Ui, Part)) {
    let width = ui.available_width();
    let scroll = |ui: &mut Ui, content: &mut dyn FnMut(&mut Ui)| {
        let scroll = egui::ScrollArea::vertical().id_salt("format parts");
        scroll.max_height(height).show(ui, |ui| {
            content(ui);
            reveal::focused(ui);
        });
    };
    if width < STACKED {
        return scroll(ui, &mut |ui| {
            // Beside its scroll bar.
            let width = ui.available_width() - space::L;
            // The template is in sight below the list in a low window too.
            let list = STACKED_LIST.min(height - TEMPLATE).max(LIST_LEAST);
            part(ui, width, list, |ui| content(ui, Part::List));
            ui.add_space(space::M);
            part(ui, width, EDITOR_LEAST, |ui| content(ui, Part::Editor));
            ui.scope(|ui| {
                ui.set_max_width(width);
                content(ui, Part::Keep);
            });
        });
    }
    ui.horizontal_top(|ui| {
        ui.set_min_height(height);
        let list = LIST_WIDTH * if width < NARROW { 0.75 } else { 1.0 };
        part(ui, list, height, |ui| content(ui, Part::List));
        ui.add_space(space::M);
        let width = ui.available_width();
        if height >= EDITOR_LEAST {
            return part(ui, width, height, |ui| content(ui, Part::Editor));
        }
        part(ui, width, height, |ui| {
            scroll(ui, &mut |ui| {
                let width = ui.available_width() - space::L;
                part(ui, width, EDITOR_LEAST, |ui| content(ui, Part::Editor));
            });
        });
    });
    content(ui, Part::Keep);
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

/// Asks for a preview when the format has changed, and for a check of the whole file once it is known to be one.
fn ask(model: &FormatModel, state: &mut FormatState, out: &mut Actions) {
    let spec = state.spec();
    if state.asked != spec {
        if let Some(spec) = &spec {
            out.push(Action::PreviewFormat(spec.clone()));
        }
        state.asked.clone_from(&spec);
        state.pointed = None;
        state.stopped = false;
    }
    let preview = model.preview.as_ref();
    let good = preview.filter(|preview| preview.outcome.is_ok());
    if let Some(good) = good.filter(|good| Some(&good.spec) == spec.as_ref())
        && state.checked != spec
    {
        out.push(Action::CheckFormat(good.spec.clone()));
        state.checked = spec;
    }
}

fn buttons(
    ui: &mut Ui,
    model: &FormatModel,
    state: &FormatState,
    entered: bool,
    out: &mut Actions,
) -> Stay {
    let spec = state.spec();
    let preview = model.preview.as_ref();
    let refused = preview
        .is_some_and(|preview| Some(&preview.spec) == spec.as_ref() && preview.outcome.is_err());
    let usable = spec.is_some() && !refused;
    sheet::footer(ui, |ui| {
        let automatic = ui
            .add_enabled(!model.detected, egui::Button::new(tr("Back to automatic")))
            .on_hover_text(tr("Use the format that fits best"))
            .on_disabled_hover_text(tr("The format in use was recognised by itself"))
            .clicked();
        let cancel = sheet::cancel(ui).clicked();
        let tip = tr("Read the log in this format (Enter in the template)");
        let apply = sheet::primary(ui, tr("Apply"), tip, usable).clicked() || (entered && usable);
        if automatic {
            out.push(Action::ApplyFormat(FormatPick::Detect));
        } else if let Some(spec) = spec.filter(|_| apply) {
            if let Some(pattern) = state.remember.clone() {
                let spec = spec.clone();
                out.push(Action::RememberFormat { pattern, spec });
            }
            out.push(Action::ApplyFormat(FormatPick::Spec(spec)));
        } else if !cancel {
            return Stay::Open;
        }
        Stay::Closed
    })
}
