//! The page without a log: what Timberline does, and every way to open one.

use egui::Ui;

use super::top_bar::RecentFile;
use crate::ui::action::Actions;

/// What the start page shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StartModel {
    /// Files opened lately, newest first.
    pub recent: Vec<RecentFile>,
    /// Files hover over the window right now.
    pub drop_hovers: bool,
    /// The program's version.
    pub version: String,
}

/// What only the start page cares about.
#[derive(Debug, Default)]
pub struct StartState {
    /// The path being typed.
    pub path: String,
}

/// Shows the page in the middle of the space that `ui` has.
pub fn show(_ui: &mut Ui, _model: &StartModel, _state: &mut StartState, _out: &mut Actions) {}
