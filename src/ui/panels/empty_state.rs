//! What stands in the table's place when it has no row, so that an empty table is never a riddle.

use egui::Ui;

use super::filter_bar::FilterChip;
use crate::ui::action::Actions;

/// Why there is no row.
#[derive(Debug, Clone, PartialEq)]
pub enum EmptyModel {
    /// The file is being opened.
    Opening,
    /// The file has no record yet.
    EmptyFile {
        /// New records will be shown as they arrive.
        following: bool,
    },
    /// Filtering goes on and found nothing so far.
    Filtering,
    /// The filters hide everything.
    Filtered {
        /// Records that there are.
        total: u64,
        /// The active parts of the filter, the text being typed included.
        chips: Vec<FilterChip>,
    },
    /// The file cannot be read.
    Lost {
        /// What happened.
        headline: String,
        /// What to do.
        hint: String,
    },
}

/// Shows the reason and the way out in the middle of the space that `ui` has.
pub fn show(_ui: &mut Ui, _model: &EmptyModel, _out: &mut Actions) {}
