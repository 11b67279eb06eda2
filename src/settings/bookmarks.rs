//! Records that the user marked in a file, with notes.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::model::Settings;

/// A marked record. It is found again by its place, and known by its time and length: a file that was replaced has other
/// records there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Its first byte in the file.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// When it was, in nanoseconds since 1970, if it shows that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<i64>,
    /// The beginning of its message.
    #[serde(default)]
    pub text: String,
    /// What the user wrote about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Settings {
    /// The marked records of a file, in its order.
    #[must_use]
    pub fn bookmarks_of(&self, path: &Path) -> &[Bookmark] {
        let recent = self.recent.iter().find(|recent| recent.path == path);
        recent.map_or(&[], |recent| &recent.bookmarks)
    }

    /// Keeps the marked records of a file that was open before.
    pub fn set_bookmarks_of(&mut self, path: &Path, bookmarks: Vec<Bookmark>) {
        if let Some(recent) = self.recent.iter_mut().find(|recent| recent.path == path) {
            recent.bookmarks = bookmarks;
        }
    }
}
