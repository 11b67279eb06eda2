//! The session: what was open, to be opened again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::model::{Panels, two_decimals};
use super::path_text;
use crate::base::dye::Dye;
use crate::format::spec::FormatSpec;

/// Everything that is kept in `session.toml`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Which tab is in front, counted from 0.
    pub active: usize,
    /// Where the window was; `None` before the first run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowPlace>,
    /// The commands that were run from the palette, the last one first, by their ids.
    pub commands: Vec<String>,
    /// The tabs that are shown side by side, left and right, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<[usize; 2]>,
    /// All logs in sight are scrolled to the same time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sync_times: bool,
    /// The open tabs, from left to right.
    pub tabs: Vec<TabEntry>,
}

/// An open file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TabEntry {
    /// Where it is.
    #[serde(with = "path_text")]
    pub path: PathBuf,
    /// Which file of an archive is open; empty for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// It is read behind its rotated files.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rotated: bool,
    /// The format the user chose; `None` when it was detected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatSpec>,
    /// It was being followed.
    #[serde(default)]
    pub follow: bool,
    /// Texts that have a colour wherever they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// Its messages are wrapped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wrap: bool,
    /// So many records are shown on both sides of those that its filter leaves.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub around: u32,
    /// Records that say the same one after the other have one row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub collapse: bool,
    /// Records are in order of time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_time: bool,
    /// What stands below or beside the table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dock: DockTab,
    /// The number that is drawn over time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plot: Option<KeptPlot>,
    /// What it shows, as a query; empty for everything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub filter: String,
    /// Where in it the user was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<KeptPlace>,
    /// Where the window of its own was, if it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowPlace>,
    /// Which panels that window showed, and how large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panels: Option<Panels>,
}

/// A place in a log, by bytes from its start.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct KeptPlace {
    /// Bytes that the log had; a shorter one is another.
    pub of: u64,
    /// The record with the focus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<u64>,
    /// A record in sight; none where the newest are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<u64>,
    /// Where that stands, in points from the top of the table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub top: f64,
}

/// What stands below or beside the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DockTab {
    /// The chosen record.
    #[default]
    Record,
    /// Records by what was raised.
    Exceptions,
    /// Records by the pattern of their message.
    Patterns,
}

/// A number over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPlot {
    /// The field.
    pub field: String,
    /// What tells its series apart.
    #[serde(default, skip_serializing_if = "is_default")]
    pub split: KeptSplit,
    /// The names of the series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Whether sizes are drawn by factors, if the user said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_factors: Option<bool>,
}

/// What tells the series of a number over time apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptSplit {
    /// There is one.
    #[default]
    None,
    /// The level.
    Level,
    /// The logger.
    Logger,
    /// The value of this field.
    Field(String),
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A text with a colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The text.
    pub text: String,
    /// The colour.
    #[serde(default)]
    pub colour: Dye,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Size and position of the window in points. A desktop that hides positions (Wayland) leaves them out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Left edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<f32>,
    /// Top edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<f32>,
    /// Width of the inside.
    #[serde(serialize_with = "two_decimals")]
    pub width: f32,
    /// Height of the inside.
    #[serde(serialize_with = "two_decimals")]
    pub height: f32,
    /// It fills the screen.
    #[serde(default)]
    pub maximized: bool,
}

impl Session {
    /// The same session with a usable window, since the file can be edited by hand and screens get smaller.
    #[must_use]
    pub(super) fn sane(mut self) -> Self {
        self.window = self.window.and_then(WindowPlace::sane);
        for tab in &mut self.tabs {
            // It has a window nevertheless.
            tab.window = tab.window.map(|place| place.sane().unwrap_or_default());
        }
        self.active = self.active.min(self.tabs.len().saturating_sub(1));
        self
    }
}

impl Default for WindowPlace {
    /// As large as the window of a log is when it gets one.
    fn default() -> Self {
        Self {
            x: None,
            y: None,
            width: 1_080.0,
            height: 700.0,
            maximized: false,
        }
    }
}

impl WindowPlace {
    fn sane(mut self) -> Option<Self> {
        let (size, place) = (200.0..=20_000.0, -20_000.0..=20_000.0);
        self.x = self.x.filter(|x| place.contains(x));
        self.y = self.y.filter(|y| place.contains(y));
        (size.contains(&self.width) && size.contains(&self.height)).then_some(self)
    }
}
