//! The chosen record in full: its message with the traceback, its fields, its raw text.

mod model;

use egui::Ui;

pub use model::{DetailsModel, DetailsState, DetailsTab, RecordDetails};

use crate::ui::action::Actions;

/// Shows the record in the space that `ui` has, at the side or below the table.
pub fn show(_ui: &mut Ui, _model: &DetailsModel, _state: &mut DetailsState, _out: &mut Actions) {}
