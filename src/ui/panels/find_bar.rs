//! Find: highlights and visits matches without hiding a row.

use egui::Ui;

use super::filter_bar::TextProblem;
use crate::query::spec::Pattern;
use crate::ui::action::Actions;

/// What the find bar shows beside its box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FindModel {
    /// How the last search ended.
    pub status: FindStatus,
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

/// Shows the bar. The application calls it only while `state.open`.
pub fn show(_ui: &mut Ui, _model: &FindModel, _state: &mut FindState, _out: &mut Actions) {}
