//! The query with its switches, and what the filters together leave.

mod keyboard;
mod menu;
mod suggest;

use std::ops::Range;

use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Layout, Response, Role, Ui, WidgetInfo, vec2};

use crate::query::spec::{Pattern, Sense, TextTerm};
use crate::ui::action::{Action, Actions, ChipId};
use crate::ui::keys::{Command, shortcut_text, tooltip};
use crate::ui::theme::{body, palette};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::search_box::{self, SearchBox};
pub use crate::ui::widgets::text_problem::TextProblem;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{number, progress, text_problem, tips};

/// What the filter bar shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilterBarModel {
    /// Whether a log is open; without one, the bar is greyed.
    pub enabled: bool,
    /// Keys are for this log, not for one beside it.
    pub has_keys: bool,
    /// Records that pass every filter.
    pub shown: u64,
    /// All records known so far.
    pub total: u64,
    /// How far filtering is, 0 to 1; `None` when it is done.
    pub progress: Option<f32>,
    /// Every active part of the filter except the text that is being typed.
    pub chips: Vec<FilterChip>,
    /// The same as a query; empty without any. It stands in the box while nothing is typed.
    pub query: String,
    /// The filter is off for the moment.
    pub paused: bool,
    /// Why what is being typed is no query; the rows are still those of the last good one.
    pub problem: Option<TextProblem>,
    /// Something to know about the filter, in a sentence.
    pub note: Option<String>,
    /// What could be typed at the cursor.
    pub offers: Offers,
    /// Queries that were typed before, newest first.
    pub recent: Vec<String>,
    /// Queries with a name, as name and query.
    pub saved: Vec<(String, String)>,
}

/// What could be typed at the cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offers {
    /// The characters that a choice replaces.
    pub range: Range<usize>,
    /// Best first.
    pub items: Vec<Offer>,
    /// In how many of how many records they were counted so far; `None` once it is all, and where nothing is counted.
    pub counted_in: Option<(u64, u64)>,
}

/// Something that could be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// As it is typed; what ends with a colon goes on with a value.
    pub text: String,
    /// How many records it stands for, if known.
    pub count: Option<u64>,
}

/// An active part of the filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterChip {
    /// Which part.
    pub id: ChipId,
    /// What it says (`timeout`, `app.db`, `WARNING and above`); cut when long.
    pub text: String,
    /// The whole of it in a sentence, for the tooltip.
    pub tooltip: String,
    /// It hides what it names, instead of showing only that.
    pub sense: Sense,
    /// How many records are left when only this part is removed, if known.
    pub without: Option<u64>,
}

/// The text being typed and how it is read.
#[derive(Debug, Default)]
pub struct FilterBarState {
    /// The draft term; sent with every change.
    pub draft: TextTerm,
    /// Whether the box has the keyboard.
    pub has_keyboard: bool,
    focus: bool,
    leave: bool,
    /// Where the cursor is, in characters, while the box has the keyboard and nothing is selected.
    cursor: Option<usize>,
    /// Where the cursor is to be put.
    put: Option<usize>,
    suggestions: suggest::State,
    /// Which of the typed queries stands in the box, and what stood there before.
    recalled: Option<(usize, String)>,
    /// The name in the menu for keeping the filter.
    name: String,
}

impl FilterBarState {
    /// Puts the keyboard into the box and selects what is in it.
    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Empties the box; its switches stay.
    pub fn clear(&mut self) {
        self.draft.pattern.text.clear();
        self.suggestions.dismiss();
        self.recalled = None;
    }

    /// Puts a query into the box, to be read as such.
    pub fn put(&mut self, query: String) {
        self.put = Some(query.chars().count());
        self.draft = TextTerm::default();
        self.draft.pattern.text = query;
        self.suggestions.dismiss();
        self.focus = true;
    }

    /// Takes the keyboard away from the box.
    pub fn leave(&mut self) {
        self.leave = true;
    }

    /// Closes the list of what could be typed. Whether it was open.
    pub fn close_offers(&mut self) -> bool {
        self.suggestions.close()
    }

    /// Where the cursor is, in characters, while the box has the keyboard and nothing is selected.
    #[must_use]
    pub fn cursor(&self) -> Option<usize> {
        self.cursor
    }

    /// Whether the list of what could be typed is of use now.
    #[must_use]
    pub fn wants_offers(&self) -> bool {
        self.has_keyboard && self.suggestions.is_wanted()
    }

    /// Whether a line of that list is chosen.
    #[must_use]
    pub fn is_choosing(&self) -> bool {
        self.suggestions.is_choosing()
    }

    /// The draft as a term, or `None` when the box is empty.
    #[must_use]
    pub fn term(&self) -> Option<TextTerm> {
        (!self.draft.pattern.text.is_empty()).then(|| self.draft.clone())
    }

    /// The draft's pattern.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        &self.draft.pattern
    }
}

/// Room for "Showing 999,999,999 of 999,999,999" and the line of progress.
const COUNT_WIDTH: f32 = 250.0;

/// Below this width, as beside another log, there is no room for words.
const NARROW: f32 = 600.0;

/// Least width of the box.
const LEAST_BOX: f32 = 100.0;

/// Width of the button before it, and of what is between them.
const SENSE: f32 = 54.0;

/// Width of a button with a picture, and of what is between it and the next.
const BUTTON: f32 = 34.0;

/// What of the bar there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// All, with words.
    Words,
    /// Buttons without words.
    Pictures,
    /// The box alone; switches and count in a line of their own.
    TwoLines,
}

impl Fit {
    /// In so many points, with a count of at most `count` points.
    fn of(width: f32, count: f32) -> Self {
        match width {
            width if width >= NARROW => Self::Words,
            width if width >= SENSE + LEAST_BOX + 5.0 * BUTTON + count => Self::Pictures,
            _ => Self::TwoLines,
        }
    }

    /// Points of what follows the box in its line.
    fn others(self, count: f32) -> f32 {
        match self {
            Self::Words => 4.0 * 30.0 + 64.0 + COUNT_WIDTH,
            Self::Pictures => 5.0 * BUTTON + count,
            Self::TwoLines => BUTTON,
        }
    }
}

/// Shows the box, its switches and the count in one row, where there is room, and the problem below when there is one
/// and nobody types.
pub fn show(ui: &mut Ui, model: &FilterBarModel, state: &mut FilterBarState, out: &mut Actions) {
    ui.add_enabled_ui(model.enabled, |ui| {
        // The most that it can be with this log: what the filter leaves moves nothing.
        let count = count_width(ui, model.total);
        let fit = Fit::of(ui.available_width(), count);
        let line = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let typed = query(ui, model, state, fit.others(count), out);
            if fit == Fit::TwoLines {
                return Some(typed);
            }
            rest(ui, model, state, &typed, fit, out);
            None
        });
        if let Some(typed) = line.inner {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                rest(ui, model, state, &typed, fit, out);
            });
        }
        // What comes and goes while one types hangs over the rows and does not move them.
        if state.suggestions.is_shown() {
            return;
        }
        if let Some(problem) = &model.problem {
            text_problem::row(ui, problem, &state.draft.pattern.text);
        } else if let Some(note) = &model.note {
            text_problem::note_row(ui, note);
        }
    });
}

/// What became of the box in this frame.
struct Typed {
    response: Response,
    /// The draft is another now.
    changed: bool,
    enter: bool,
}

/// The box, what is before it and its menu; `others` is the width of what follows it.
fn query(
    ui: &mut Ui,
    model: &FilterBarModel,
    state: &mut FilterBarState,
    others: f32,
    out: &mut Actions,
) -> Typed {
    let mut changed = sense_switch(ui, &mut state.draft.sense);
    let width = (ui.available_width() - others).clamp(LEAST_BOX, 640.0);
    let including = state.draft.sense == Sense::Include;
    let id = ui.scope_id().with("filter text");
    let keys = keyboard::keys(ui, model, state);
    changed |= keys.changed;
    let focus = std::mem::take(&mut state.focus);
    let pinned = &*name(&model.query);
    let result = SearchBox {
        id,
        name: tr("Filter"),
        hint: if !pinned.is_empty() {
            pinned
        } else if including {
            tr("Words or a query: level>=warning logger:app \"timed out\"")
        } else {
            tr("Hide what passes: words or a query")
        },
        icon: if including {
            Icon::Filter
        } else {
            Icon::Exclude
        },
        width,
        invalid: model
            .problem
            .as_ref()
            .is_some_and(|problem| !problem.unfinished),
        mark: model.problem.as_ref().and_then(mark),
        focus,
        put: state.put.take(),
        keeps_keys: Some(keys.open),
    }
    .show(ui, &mut state.draft.pattern.text);
    state.has_keyboard = result.response.has_focus();
    let tip = match !pinned.is_empty() && state.draft.pattern.text.is_empty() {
        true => tr!(
            "{query}\nThe filter as a query. {key} edits it here",
            query = pinned,
            key = shortcut_text(Command::EditFilter)
        ),
        false => tooltip(Command::FilterText),
    };
    tips::of_box(result.response.clone(), &tip);
    // A click into the list takes the keyboard from the box before it is seen there.
    let clicking = state.suggestions.is_clicked(ui);
    if !clicking {
        state.cursor = result.cursor.filter(|_| state.has_keyboard);
    }
    if std::mem::take(&mut state.leave) {
        result.response.surrender_focus();
    }
    if result.changed {
        state.suggestions.typed();
        state.recalled = None;
    }
    changed |= result.changed;
    if let Some(chosen) = suggest::show(ui, &result.response, model, state) {
        keyboard::accept(state, &model.offers, chosen);
        result.response.request_focus();
        changed = true;
    }
    if let Some(query) = menu::show(ui, model, state, out) {
        state.put(query);
        changed = true;
    }
    Typed {
        response: result.response,
        changed,
        enter: result.enter,
    }
}

/// The switches and the count.
fn rest(
    ui: &mut Ui,
    model: &FilterBarModel,
    state: &mut FilterBarState,
    typed: &Typed,
    fit: Fit,
    out: &mut Actions,
) {
    let changed = typed.changed | search_box::switches(ui, &mut state.draft.pattern);
    let can_pin = state.term().is_some() && model.problem.is_none();
    let pin = ToolButton::icon(Icon::Pin, tr("Keep this text")).enabled(can_pin);
    let pin = match fit {
        Fit::Words => pin.with_text(tr("Keep")),
        Fit::Pictures | Fit::TwoLines => pin,
    };
    let pinned = ui
        .add(pin)
        .on_hover_text(tr("Keep this text as a part of the filter (Enter)"))
        .clicked();
    if (pinned || typed.enter) && can_pin {
        out.push(Action::KeepDraft);
        state.clear();
        typed.response.request_focus();
    } else if changed {
        out.push(Action::SetDraftText(state.term()));
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        count(ui, model, fit != Fit::Words);
    });
}

/// Width of the count without words, of a log of so many records.
fn count_width(ui: &Ui, total: u64) -> f32 {
    let total = number::count(total);
    let text = format!("{total} / {total}");
    let galley = ui.painter().layout_no_wrap(text, body(), palette(ui).text);
    galley.size().x
}

/// Where the box is underlined.
fn mark(problem: &TextProblem) -> Option<Range<usize>> {
    let column = problem.column.filter(|_| !problem.unfinished)?;
    Some(column..column + problem.length.max(1))
}

fn sense_switch(ui: &mut Ui, sense: &mut Sense) -> bool {
    let including = *sense == Sense::Include;
    let text = if including { tr("Show") } else { tr("Hide") };
    let button = ToolButton::text(text)
        .named(tr("Hide what matches"))
        .selected(!including)
        .filled()
        .min_width(SENSE - 6.0);
    let tip = tr("Show only records that contain the text, or hide them");
    let clicked = ui.add(button).on_hover_text(tip).clicked();
    if clicked {
        *sense = if including {
            Sense::Exclude
        } else {
            Sense::Include
        };
    }
    clicked
}

fn count(ui: &mut Ui, model: &FilterBarModel, narrow: bool) {
    let p = palette(ui);
    let (shown, total) = (number::count(model.shown), number::count(model.total));
    let all = model.shown == model.total && model.progress.is_none();
    let text = match all {
        true => tr("Showing all {total}"),
        false => tr("Showing {shown} of {total}"),
    };
    let values = [("shown", &*shown, p.strong), ("total", &*total, p.text)];
    let whole = numbers_stand_out(text, p.weak, &values);
    let said = whole.text.clone();
    let job = match (narrow, all) {
        (false, _) => whole,
        (true, true) => numbers_stand_out("{total}", p.weak, &values),
        (true, false) if count_width(ui, model.total) > ui.available_width() => {
            numbers_stand_out("{shown}", p.weak, &values)
        }
        (true, false) => numbers_stand_out("{shown} / {total}", p.weak, &values),
    };
    let response = ui.label(job);
    let mut tip = tr("Records that pass the filter, of all in the log").to_owned();
    if narrow {
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        tip = format!("{said}\n{tip}");
    }
    if let Some(share) = model.progress {
        progress::paint_below(
            ui.painter(),
            response.rect.expand2(vec2(0.0, 3.0)),
            share,
            p.accent,
        );
        let share = format_args!("{:.0}", share * 100.0);
        let filtering = tr!("Filtering: {share} %", share);
        tip = format!("{tip}\n{filtering}");
    }
    response.on_hover_text(tip);
}

/// A sentence whose values have colours of their own.
fn numbers_stand_out(
    text: &str,
    color: egui::Color32,
    values: &[(&str, &str, egui::Color32)],
) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut add = |text: &str, color| {
        job.append(text, 0.0, TextFormat::simple(body(), color));
    };
    for part in text.split_inclusive('}') {
        let (before, name) = part.split_once('{').unwrap_or((part, ""));
        add(before, color);
        let name = name.trim_end_matches('}');
        if let Some((_, value, color)) = values.iter().find(|(other, ..)| *other == name) {
            add(value, *color);
        }
    }
    job
}

/// Shows the active parts of the filter one after another, and "Clear all".
pub fn chips(ui: &mut Ui, model: &FilterBarModel, out: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 4.0;
    for chip in &model.chips {
        if show_chip(ui, chip) {
            out.push(Action::RemoveChip(chip.id.clone()));
        }
    }
    if !model.chips.is_empty() {
        let clear = ToolButton::text(tr("Clear all")).color(palette(ui).accent);
        if ui
            .add(clear)
            .on_hover_text(tooltip(Command::ClearFilters))
            .clicked()
        {
            out.push(Action::ClearFilters);
        }
    }
}

/// One part; whether it is to be removed. What includes is filled, what excludes is an outline with a sign.
pub(super) fn show_chip(ui: &mut Ui, chip: &FilterChip) -> bool {
    let p = palette(ui);
    let (name, icon) = match chip.sense {
        Sense::Include => (tr!("Showing {text}", text = chip.text), picture(&chip.id)),
        Sense::Exclude => (tr!("Hiding {text}", text = chip.text), Icon::Exclude),
    };
    let remove = tr!("Remove {text}", text = chip.text);
    let mut view = Chip::new(ui, &chip.text);
    view.name = &name;
    view.icon = Some(icon);
    view.remove = Some(&remove);
    match chip.sense {
        Sense::Include => {
            view.fill = p.accent_soft;
            view.outline = p.accent_soft;
            view.color = p.accent_soft_text;
        }
        Sense::Exclude => {
            view.fill = p.panel;
            view.outline = p.bad;
            view.color = p.bad;
        }
    }
    let result = view.show(ui);
    result.response.on_hover_text(&chip.tooltip);
    result.removed
}

fn picture(id: &ChipId) -> Icon {
    match id {
        ChipId::AtLeast | ChipId::ShownLevel(_) | ChipId::HiddenLevel(_) => Icon::Warning,
        ChipId::Logger(_) | ChipId::ExcludedLogger(_) => Icon::Dot,
        ChipId::Time => Icon::Clock,
        ChipId::Text(_) | ChipId::Part(_) | ChipId::DraftText => Icon::Filter,
    }
}
