//! One chip per level that occurs: how many records, and a click to hide them.

use egui::Ui;

use crate::base::level::Gravity;
use crate::ui::action::Actions;

/// What the level chips show.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LevelsModel {
    /// The levels that occur, from harmless to grave.
    pub levels: Vec<LevelChip>,
    /// The threshold, if one is set: levels that rank below it are hidden.
    pub at_least: Option<String>,
}

/// One level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelChip {
    /// Its name; empty for records without a level.
    pub name: String,
    /// What it means, for its colour.
    pub gravity: Gravity,
    /// Records of this level.
    pub total: u64,
    /// Those that the other filters let through; `None` without a filter.
    pub matching: Option<u64>,
    /// Whether the filter hides it, by itself or by the threshold.
    pub hidden: bool,
}

/// What only the level chips care about.
#[derive(Debug, Default)]
pub struct LevelsState {}

/// Shows the chips one after another in the layout that `ui` has.
pub fn show(_ui: &mut Ui, _model: &LevelsModel, _state: &mut LevelsState, _out: &mut Actions) {}
