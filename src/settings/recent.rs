//! The files that were opened last, and what was chosen for each.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::bookmarks::Bookmark;
use super::formats::SavedFormat;
use super::model::Settings;
use super::path_text;
use crate::format::spec::FormatSpec;

/// How many recently opened files are remembered.
pub const RECENT_FILES: usize = 20;

/// A file that was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecentFile {
    /// Where it is.
    #[serde(with = "path_text")]
    pub path: PathBuf,
    /// The format the user chose for it; `None` when it was detected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatSpec>,
    /// The user wants its format recognised, whatever is remembered for files like it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub automatic: bool,
    /// The zone of its times that name none, if the user chose one: `UTC`, `Asia/Seoul`, `+09:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Its encoding, if the user chose one: `UTF-8`, `EUC-KR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Records that the user marked, as earlier versions kept them: by the file's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bookmarks: Vec<Bookmark>,
}

impl Settings {
    /// Puts a file at the top of the recent ones. `format` is what the user chose, not what was detected.
    pub fn remember(&mut self, path: &Path, format: Option<FormatSpec>) {
        let old = self.recent.iter().find(|recent| recent.path == path);
        let automatic = old.is_some_and(|old| old.automatic);
        let zone = old.and_then(|old| old.zone.clone());
        let encoding = old.and_then(|old| old.encoding.clone());
        let bookmarks = old.map(|old| old.bookmarks.clone()).unwrap_or_default();
        self.forget(path);
        let recent = RecentFile {
            path: path.to_owned(),
            automatic: automatic && format.is_none(),
            format,
            zone,
            encoding,
            bookmarks,
        };
        self.recent.insert(0, recent);
        self.recent.truncate(RECENT_FILES);
    }

    /// Drops a file from the recent ones.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|recent| recent.path != path);
    }

    /// The format that the user chose for a file when it was last open.
    #[must_use]
    pub fn format_of(&self, path: &Path) -> Option<&FormatSpec> {
        let recent = self.recent.iter().find(|recent| recent.path == path)?;
        recent.format.as_ref()
    }

    /// The format of a file that was not opened before: the one remembered for files like it.
    #[must_use]
    pub fn format_for(&self, path: &Path, saved: &[SavedFormat]) -> Option<FormatSpec> {
        let recent = self.recent.iter().find(|recent| recent.path == path);
        if recent.is_some_and(|recent| recent.automatic) {
            return None;
        }
        let fitting = self
            .formats
            .remembered
            .iter()
            .filter(|remembered| remembered.fits(path));
        fitting
            .filter_map(|remembered| remembered.format.resolve(saved))
            .next()
    }

    /// Has the format of a file recognised from now on.
    pub fn detect_format_of(&mut self, path: &Path) {
        self.remember(path, None);
        if let Some(recent) = self.recent.first_mut() {
            recent.automatic = true;
        }
    }
}
