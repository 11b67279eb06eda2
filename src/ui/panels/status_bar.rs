//! The bottom line: how the log is read, how much there is, and what is going on.

use std::time::Duration;

use egui::Ui;

use super::top_bar::Follow;
use crate::base::problem::Severity;
use crate::ui::action::Actions;

/// What the status bar shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatusModel {
    /// How records are recognised; `None` without a log.
    pub format: Option<FormatStatus>,
    /// The encoding's name.
    pub encoding: String,
    /// The zone in which times are shown.
    pub zone: String,
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// All records known so far.
    pub records: u64,
    /// Those that the filters show.
    pub shown: u64,
    /// How many rows are chosen.
    pub selected: u64,
    /// Whether the view sticks to the newest record.
    pub follow: Follow,
    /// Indexing, while it goes on or after it was cancelled.
    pub indexing: Option<Indexing>,
    /// Why the file is not read any more.
    pub lost: Option<String>,
    /// Notices kept, and how severe the worst is.
    pub notices: Option<(usize, Severity)>,
}

/// How records are recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatStatus {
    /// The format's name.
    pub name: String,
    /// Records whose first line matches it.
    pub matched: u64,
    /// Records in all.
    pub records: u64,
    /// Timberline found it, nobody chose it.
    pub detected: bool,
}

/// How far indexing is.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexing {
    /// Bytes indexed.
    pub bytes_done: u64,
    /// Bytes of the file.
    pub bytes_total: u64,
    /// Bytes per second.
    pub bytes_per_sec: f64,
    /// Time left, when it can be told.
    pub remaining: Option<Duration>,
    /// The user stopped it.
    pub cancelled: bool,
}

/// What only the status bar cares about.
#[derive(Debug, Default)]
pub struct StatusState {}

/// Shows the line in the width that `ui` has.
pub fn show(_ui: &mut Ui, _model: &StatusModel, _state: &mut StatusState, _out: &mut Actions) {}
