//! The settings: what a user chooses once and expects to find again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::bookmarks::Marked;
use super::editor::Editor;
use super::filters::Filters;
use super::formats::{FormatRef, Remembered};
use super::highlights::Highlights;
use crate::base::level::LevelTable;
use crate::base::time::Zone;

pub use super::change::Setting;
pub use super::recent::{RECENT_FILES, RecentFile};

/// The range of the zoom factor.
pub const ZOOM_RANGE: std::ops::RangeInclusive<f32> = 0.5..=3.0;

/// Everything that is kept in `settings.toml`. No `Option` outside arrays: a missing key could not be told from a
/// key of another version, which saving keeps.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How it looks.
    pub appearance: Appearance,
    /// How logs are read.
    pub reading: Reading,
    /// How times are shown.
    pub times: Times,
    /// With what files are opened that a log names.
    pub editor: Editor,
    /// Level words that Timberline does not know, and the standard level that each is as grave as.
    pub levels: Vec<PlacedWord>,
    /// Which formats are used for which files.
    pub formats: Formats,
    /// The user's own keys by the id of the command: `next-error = ["e", "F8"]`.
    #[serde(deserialize_with = "keys")]
    pub keys: BTreeMap<String, Vec<String>>,
    /// Which panels are shown, and how large.
    pub panels: Panels,
    /// The columns of each format, by the format's key (its name, or the template's text).
    pub columns: BTreeMap<String, Vec<ColumnSetting>>,
    /// Queries of the filter: typed ones and those with a name.
    pub filters: Filters,
    /// Rules by which rows and parts of them are marked.
    pub highlights: Highlights,
    /// Recently opened files, newest first.
    pub recent: Vec<RecentFile>,
    /// Logs with marked records, the one that was marked last first.
    pub marked: Vec<Marked>,
}

/// How it looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Size of everything; 1 is normal.
    #[serde(serialize_with = "two_decimals")]
    pub zoom: f32,
    /// The colours that a log itself asks for are shown in its messages.
    pub log_colours: bool,
    /// Numbers, paths, quoted texts and the like have quiet colours in messages.
    pub soft_colours: bool,
    /// How close together rows and controls are.
    pub density: Density,
    /// Of the interface; logs stay as they are.
    pub language: Language,
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            zoom: 1.0,
            log_colours: true,
            soft_colours: true,
            density: Density::Normal,
            language: Language::System,
        }
    }
}

/// In which language the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// The desktop's, if the interface has it.
    #[default]
    System,
    /// English.
    English,
    /// Korean.
    Korean,
}

/// How close together rows and controls are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Density {
    /// With room to read.
    #[default]
    Normal,
    /// As many rows as fit.
    Compact,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the desktop has it.
    #[default]
    System,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// How logs are read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Follow a file from the moment it is opened.
    pub follow_on_open: bool,
    /// Open the files of the last session at the start when none is named.
    pub reopen: Reopen,
    /// A later start hands its files to the window that is open.
    pub one_window: bool,
    /// The desktop tells of the first new error while another window is in front.
    pub announce_errors: bool,
}

/// A level word with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedWord {
    /// The word as logs write it.
    pub word: String,
    /// The standard level that it is as grave as.
    pub level: String,
}

/// How times are shown in the table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Times {
    /// As what.
    pub show: TimeShow,
    /// The zone of `TimeShow::Zone`: `Asia/Seoul`, `+09:00`.
    pub zone: String,
}

/// As what times are shown in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeShow {
    /// As the log writes them.
    #[default]
    AsWritten,
    /// In the zone of this machine.
    Local,
    /// In UTC.
    Utc,
    /// In a zone of the user's choice.
    Zone,
    /// Since the earliest record of the file.
    SinceStart,
    /// Since the row above.
    SincePrevious,
}

/// Which formats are used for which files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Formats {
    /// The newest first; the first that fits a path counts.
    pub remembered: Vec<Remembered>,
}

/// What the program starts with when no file is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reopen {
    /// The files of the last session.
    #[default]
    LastSession,
    /// The start page.
    StartPage,
}

/// Which panels are shown, and how large, in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    /// The logger tree is shown.
    pub loggers_visible: bool,
    /// What stands there: the tree or the fields.
    pub rail: Rail,
    /// Its width.
    #[serde(serialize_with = "two_decimals")]
    pub loggers_width: f32,
    /// The details pane is shown.
    pub details_visible: bool,
    /// Records over time are shown above the table.
    pub timeline_visible: bool,
    /// Where the details stand.
    pub details_place: DetailsPlace,
    /// Its height below the table.
    #[serde(serialize_with = "two_decimals")]
    pub details_height: f32,
    /// Its width beside the table.
    #[serde(serialize_with = "two_decimals")]
    pub details_width: f32,
    /// Share of the width that the left one of two logs side by side has.
    #[serde(serialize_with = "two_decimals")]
    pub split_share: f32,
}

/// What stands at the left of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rail {
    /// The logger tree.
    #[default]
    Loggers,
    /// The fields that records have, and their values.
    Fields,
}

/// Where the details pane stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetailsPlace {
    /// Below the table, for wide messages.
    #[default]
    Below,
    /// At the right of it, for long ones on a wide screen.
    Beside,
}

impl Default for Panels {
    fn default() -> Self {
        Self {
            loggers_visible: true,
            rail: Rail::Loggers,
            loggers_width: 260.0,
            details_visible: true,
            timeline_visible: true,
            details_place: DetailsPlace::Below,
            details_height: 220.0,
            details_width: 420.0,
            split_share: 0.5,
        }
    }
}

/// One column of a format; its place in the list is its place in the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnSetting {
    /// The column's key: a field of the format, or one of the table's own (`#line`, `#delta`).
    pub key: String,
    /// Its width in points; `None` is the width that suits its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<f32>,
    /// Not shown.
    #[serde(default)]
    pub hidden: bool,
    /// It is no column of the format, but a field that records or their messages have, which the user made one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub field: bool,
}

impl Settings {
    /// Uses a format, and a zone for times that name none, for all files whose paths fit a pattern; the newest counts
    /// first.
    pub fn remember_pattern(&mut self, pattern: String, format: FormatRef, zone: Zone) {
        let known = &mut self.formats.remembered;
        known.retain(|remembered| remembered.pattern != pattern);
        let zone = (zone != Zone::default()).then(|| zone.to_string());
        let remembered = Remembered {
            pattern,
            format,
            zone,
        };
        known.insert(0, remembered);
    }

    /// The places of the user's level words on Python's scale; a level that does not exist is no place.
    #[must_use]
    pub fn level_ranks(&self) -> BTreeMap<String, i32> {
        let table = LevelTable::standard();
        let place = |placed: &PlacedWord| {
            Some((placed.word.clone(), table.rank(table.find(&placed.level)?)))
        };
        self.levels.iter().filter_map(place).collect()
    }

    /// The same settings with every number inside its range, since the file can be edited by hand.
    #[must_use]
    pub(super) fn sane(mut self) -> Self {
        let normal = Self::default();
        let looks = &mut self.appearance;
        looks.zoom = within(looks.zoom, &ZOOM_RANGE, normal.appearance.zoom);
        let panels = &mut self.panels;
        let sizes = 60.0..=4000.0;
        panels.loggers_width = within(panels.loggers_width, &sizes, normal.panels.loggers_width);
        panels.details_height = within(panels.details_height, &sizes, normal.panels.details_height);
        panels.details_width = within(panels.details_width, &sizes, normal.panels.details_width);
        panels.split_share = within(panels.split_share, &(0.2..=0.8), normal.panels.split_share);
        for column in self.columns.values_mut().flatten() {
            let usable = |width: &f32| (16.0..=8000.0).contains(width);
            column.width = column.width.filter(usable);
        }
        self.recent.truncate(RECENT_FILES);
        self
    }
}

/// Keys of a command as a hand writes them: a list, or a text where there is one.
fn keys<'de, D>(from: D) -> Result<BTreeMap<String, Vec<String>>, D::Error>
where
    D: serde::Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(String),
        Many(Vec<String>),
    }
    let written = BTreeMap::<String, Written>::deserialize(from)?;
    let keys = written.into_iter().map(|(command, keys)| match keys {
        Written::One(key) if key.trim().is_empty() => (command, Vec::new()),
        Written::One(key) => (command, vec![key]),
        Written::Many(keys) => (command, keys),
    });
    Ok(keys.collect())
}

/// A number inside its range; `otherwise` for what is no number.
pub(super) fn within(value: f32, range: &std::ops::RangeInclusive<f32>, otherwise: f32) -> f32 {
    if value.is_finite() {
        value.clamp(*range.start(), *range.end())
    } else {
        otherwise
    }
}

/// Writes 1.1 and not 1.100000023841858.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's serialize_with passes a reference"
)]
pub(super) fn two_decimals<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*value) * 100.0).round() / 100.0)
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
