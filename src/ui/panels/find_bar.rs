//! Find: highlights and visits matches without hiding a row.

use crate::base::lang::tr;
use crate::tr;
use egui::{RichText, Ui, vec2};

use crate::query::spec::Pattern;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, tooltip, with_keys};
use crate::ui::theme::palette;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::search_box::{self, SearchBox};
use crate::ui::widgets::text_problem::{self, TextProblem};
use crate::ui::widgets::tips;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{number, progress};

/// What the find bar shows beside its box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FindModel {
    /// How the last search ended.
    pub status: FindStatus,
    /// How many records the text is in, as far as that is known.
    pub hits: Option<Hits>,
}

/// Records that a text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hits {
    /// The how manyth of them has the focus, from 1.
    pub at: Option<u64>,
    /// How many there are.
    pub of: u64,
    /// How many records were looked at, and how many there are; `None` when all were.
    pub searched: Option<(u64, u64)>,
}

impl Hits {
    fn words(self) -> String {
        let of = number::count(self.of);
        match (self.at, self.searched) {
            (Some(at), None) => tr!("{at} of {of}", at = number::count(at), of),
            (None, None) => number::counted(self.of, "hit"),
            // Before all are known, the place among them would change.
            (_, Some((part, whole))) => {
                let percent = number::percent(part, whole);
                tr!("{of} in {percent} of the records", of, percent)
            }
        }
    }
}

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FindStatus {
    /// Nothing was looked for yet, or the last match was found.
    #[default]
    Quiet,
    /// It is still going on.
    Searching,
    /// The match was found after starting over from the first record (or the last, backwards).
    Wrapped,
    /// Nothing matches.
    NoMatch,
    /// The text cannot be matched.
    Invalid(TextProblem),
}

/// The text looked for and whether the bar is open.
#[derive(Debug, Default)]
pub struct FindState {
    /// Whether the bar is shown.
    pub open: bool,
    /// What is looked for.
    pub pattern: Pattern,
    /// Whether the box has the keyboard.
    pub has_keyboard: bool,
    focus: bool,
}

impl FindState {
    /// Opens the bar, puts the keyboard into its box and selects what is in it.
    pub fn open(&mut self) {
        self.open = true;
        self.focus = true;
    }
}

/// Shows the bar. The application calls it only while `state.open`. Enter and Esc are in the table of keys and reach
/// the box only when the application does not handle them.
pub fn show(ui: &mut Ui, model: &FindModel, state: &mut FindState, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        row(ui, model, state, out);
    });
    if let FindStatus::Invalid(problem) = &model.status
        && !state.has_keyboard
    {
        text_problem::row(ui, problem, &state.pattern.text);
    }
}

fn row(ui: &mut Ui, model: &FindModel, state: &mut FindState, out: &mut Actions) {
    let problem = match &model.status {
        FindStatus::Invalid(problem) => Some(problem),
        _ => None,
    };
    let width = (ui.available_width() - 3.0 * 30.0 - 250.0).clamp(120.0, 420.0);
    let result = SearchBox {
        id: ui.scope_id().with("find text"),
        name: tr("Find"),
        hint: tr("Find without hiding rows"),
        icon: Icon::Search,
        width,
        invalid: problem.is_some() || model.status == FindStatus::NoMatch,
        mark: problem.and_then(|problem| problem.column.map(|at| at..at + 1)),
        focus: std::mem::take(&mut state.focus),
        put: None,
        keeps_keys: None,
    }
    .show(ui, &mut state.pattern.text);
    state.has_keyboard = result.response.has_focus();
    if let Some(problem) = problem.filter(|_| state.has_keyboard) {
        text_problem::hang(&result.response, problem, &state.pattern.text);
    }
    let more = tr("Enter goes to the next match, Shift+Enter to the one before");
    let tip = format!("{}\n{more}", tooltip(Command::Find));
    tips::of_box(result.response.clone(), &tip);
    let changed = result.changed | search_box::switches(ui, &mut state.pattern);
    if changed {
        out.push(Action::Find(state.pattern.clone()));
    }
    if result.enter {
        let back = ui.input(|input| input.modifiers.shift);
        out.push(if back {
            Action::FindPrevious
        } else {
            Action::FindNext
        });
        result.response.request_focus();
    }
    let some = !state.pattern.text.is_empty();
    for (icon, name, command, action) in [
        (
            Icon::Up,
            tr("Previous match"),
            Command::FindPrevious,
            Action::FindPrevious,
        ),
        (
            Icon::Down,
            tr("Next match"),
            Command::FindNext,
            Action::FindNext,
        ),
    ] {
        let button = ToolButton::icon(icon, name).enabled(some);
        if ui.add(button).on_hover_text(tooltip(command)).clicked() {
            out.push(action);
        }
    }
    let close = ToolButton::icon(Icon::Close, tr("Close find"));
    let tip = with_keys(tr("Close find"), Command::Back);
    if ui.add(close).on_hover_text(tip).clicked() {
        state.open = false;
        out.push(Action::CloseFind);
    }
    let p = palette(ui);
    let tells = |hits: &Hits| some && (hits.of > 0 || hits.searched.is_some());
    if let Some(hits) = model.hits.filter(tells) {
        show_hits(ui, hits);
    }
    let (text, color) = match &model.status {
        FindStatus::Quiet | FindStatus::Invalid(_) => return,
        FindStatus::Searching => (tr("Searching..."), p.weak),
        FindStatus::Wrapped => (tr("Started over"), p.weak),
        FindStatus::NoMatch => (tr("No match"), p.bad),
    };
    ui.colored_label(color, text);
}

/// How many hits there are; while they are counted, how far that is.
fn show_hits(ui: &mut Ui, hits: Hits) {
    let p = palette(ui);
    let text = RichText::new(hits.words()).color(p.weak);
    let label = ui.label(text);
    let tip = tr("Records with a match; the scroll bar shows where");
    let Some((part, whole)) = hits.searched else {
        label.on_hover_text(tip);
        return;
    };
    let share = part as f32 / whole.max(1) as f32;
    let below = label.rect.expand2(vec2(0.0, 3.0));
    progress::paint_below(ui.painter(), below, share, p.accent);
    let left = progress::left(ui, ui.scope_id().with("time left"), share);
    let tip = format!("{tip}\n{}", tr("Esc ends the search"));
    label.on_hover_text(tip);
    if !left.is_empty() {
        ui.label(RichText::new(left).color(p.weak));
    }
}
