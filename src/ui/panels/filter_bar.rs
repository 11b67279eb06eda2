//! The text filter with its switches, and what the filters together leave.

use egui::Ui;

use crate::query::spec::{Pattern, Sense, TextTerm};
use crate::ui::action::{Actions, ChipId};

/// What the filter bar shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilterBarModel {
    /// Whether a log is open; without one, the bar is greyed.
    pub enabled: bool,
    /// Records that pass every filter.
    pub shown: u64,
    /// All records known so far.
    pub total: u64,
    /// How far filtering is, 0 to 1; `None` when it is done.
    pub progress: Option<f32>,
    /// Every active part of the filter except the text that is being typed.
    pub chips: Vec<FilterChip>,
    /// Why the text that is being typed cannot be matched; the rows are still those of the last good text.
    pub problem: Option<TextProblem>,
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

/// Why a pattern cannot be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextProblem {
    /// The reason, one line.
    pub message: String,
    /// Where in the text, in chars from 0.
    pub column: Option<usize>,
}

/// The text being typed and how it is read.
#[derive(Debug, Default)]
pub struct FilterBarState {
    /// The draft term; sent with every change.
    pub draft: TextTerm,
    /// Whether the box has the keyboard.
    pub has_keyboard: bool,
    focus: bool,
}

impl FilterBarState {
    /// Puts the keyboard into the box and selects what is in it.
    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Empties the box; its switches stay.
    pub fn clear(&mut self) {
        self.draft.pattern.text.clear();
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

/// Shows the box, its switches and the count in one row, and the problem below when there is one.
pub fn show(
    _ui: &mut Ui,
    _model: &FilterBarModel,
    _state: &mut FilterBarState,
    _out: &mut Actions,
) {
}

/// Shows the active parts of the filter one after another, and "Clear all".
pub fn chips(_ui: &mut Ui, _model: &FilterBarModel, _out: &mut Actions) {}
