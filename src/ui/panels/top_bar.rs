//! One calm row: the menus, the tools that are used all day, and nothing else.

use std::path::PathBuf;

use egui::Ui;

use crate::ui::action::Actions;
use crate::ui::theme::Theme;

/// What the top bar shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TopBarModel {
    /// Whether a log is open; without one, most commands are greyed.
    pub has_log: bool,
    /// Files opened lately, newest first.
    pub recent: Vec<RecentFile>,
    /// Whether the view sticks to the newest record.
    pub follow: Follow,
    /// Whether there is a record at least as grave as an error.
    pub has_errors: bool,
    /// Whether the logger tree is shown.
    pub loggers_shown: bool,
    /// Whether the details pane is shown.
    pub details_shown: bool,
    /// The theme the user chose.
    pub theme: Theme,
    /// The size of everything in percent.
    pub zoom_percent: u16,
    /// The columns of the log, in the table's order.
    pub columns: Vec<ColumnChoice>,
}

/// A file that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecentFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without the folder.
    pub name: String,
    /// Its folder, shortened for people (`~/logs`).
    pub folder: String,
    /// Size and age in words (`1.2 GB, 2 days ago`); may be empty.
    pub note: String,
    /// It is no longer there.
    pub missing: bool,
}

/// Whether the view sticks to the newest record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Follow {
    /// It stays where the user put it; so many records came in below since.
    Off {
        /// Records that arrived since following stopped.
        unseen: u64,
    },
    /// It shows the newest record.
    On,
    /// There is nothing to follow.
    #[default]
    Unavailable,
}

/// A column in the View menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The column's key, as the table knows it.
    pub key: String,
    /// What the table's header says.
    pub title: String,
    /// Whether the table shows it.
    pub visible: bool,
}

/// What only the top bar cares about.
#[derive(Debug, Default)]
pub struct TopBarState {}

/// Shows the bar in the width that `ui` has.
pub fn show(_ui: &mut Ui, _model: &TopBarModel, _state: &mut TopBarState, _out: &mut Actions) {}
