//! The logger tree: which part of the program wrote how much, and which parts are shown.

mod model;

use egui::Ui;

pub use model::{LoggerNode, LoggerShown, LoggersModel, LoggersState};

use crate::ui::action::Actions;

/// Shows the tree in the space that `ui` has.
pub fn show(_ui: &mut Ui, _model: &LoggersModel, _state: &mut LoggersState, _out: &mut Actions) {}
