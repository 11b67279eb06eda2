//! What the details pane shows and what it remembers.

use std::sync::Arc;

use crate::base::id::RecordNo;
use crate::base::level::Gravity;
use crate::query::spec::Pattern;

/// What the details pane shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DetailsModel {
    /// The record. Keep the same `Arc` while it is the same: the panel keeps what it derived from it.
    pub record: Option<Arc<RecordDetails>>,
    /// A record is chosen and still being read.
    pub loading: bool,
    /// How many records are chosen; the pane shows the focused one.
    pub chosen: u64,
    /// Texts that the filter includes; highlighted.
    pub filter_patterns: Vec<Pattern>,
    /// The text that Find looks for; highlighted.
    pub find_pattern: Option<Pattern>,
}

/// A whole record, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordDetails {
    /// Its number, from 0.
    pub record: RecordNo,
    /// Number of its first line, from 0.
    pub line: u64,
    /// Its first byte in the file.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// The time as the table shows it; empty without one.
    pub time: String,
    /// The level's name; empty without one.
    pub level: String,
    /// What the level means.
    pub gravity: Gravity,
    /// The dotted logger name; empty is the root.
    pub logger: String,
    /// The message with its traceback, decoded.
    pub message: String,
    /// All fields, in the format's order.
    pub fields: Vec<(String, String)>,
    /// The record as it stands in the file, decoded.
    pub raw: String,
    /// It is longer than what was read.
    pub clipped: bool,
    /// Its last line has no end yet.
    pub partial: bool,
    /// Its first line does not match the format.
    pub unmatched: bool,
}

/// The parts of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DetailsTab {
    /// The message with its traceback.
    #[default]
    Message,
    /// Every field.
    Fields,
    /// The record as it stands in the file.
    Raw,
}

/// What only the details pane cares about.
#[derive(Debug, Default)]
pub struct DetailsState {
    /// The part that is shown.
    pub tab: DetailsTab,
}
