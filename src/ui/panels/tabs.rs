//! The open logs, one tab each.

use egui::Ui;

use crate::ui::action::{Actions, TabId};

/// What the row of tabs shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TabsModel {
    /// The tabs from left to right.
    pub tabs: Vec<Tab>,
    /// The one that is shown.
    pub selected: Option<TabId>,
}

/// One tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab {
    /// Which log.
    pub id: TabId,
    /// The file's name.
    pub name: String,
    /// The folder that tells it from a tab of the same name; `None` when the name is enough.
    pub folder: Option<String>,
    /// The whole path, for the tooltip.
    pub path: String,
    /// How much of it is indexed, 0 to 1; `None` when all of it is.
    pub progress: Option<f32>,
    /// Errors that arrived while another tab was shown.
    pub new_errors: u64,
    /// The file is gone or cannot be read.
    pub lost: bool,
}

/// What only the row of tabs cares about.
#[derive(Debug, Default)]
pub struct TabsState {}

/// Shows the tabs in the width that `ui` has; more than fit scroll sideways.
pub fn show(_ui: &mut Ui, _model: &TabsModel, _state: &mut TabsState, _out: &mut Actions) {}
