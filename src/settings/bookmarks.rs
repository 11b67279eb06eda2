//! Records that the user marked in a file, with notes.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::model::Settings;
use super::store::digest;

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

/// The marked records of a log. It is known by its first bytes, so that it may have another name by now, or have grown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// How many bytes the digest is of.
    pub length: u64,
    /// Digest of the first bytes, in hexadecimal.
    pub digest: String,
    /// What the log was called, for people.
    #[serde(default)]
    pub name: String,
    /// The records.
    pub bookmarks: Vec<Bookmark>,
}

/// So many logs with marked records are remembered.
const MOST: usize = 200;

/// Fewer bytes do not tell one log from another.
const LEAST: u64 = 16;

impl Marked {
    fn is_of(&self, head: &[u8]) -> bool {
        let first = usize::try_from(self.length)
            .ok()
            .and_then(|length| head.get(..length));
        self.length >= LEAST && first.is_some_and(|first| digest_of(first) == self.digest)
    }
}

fn digest_of(bytes: &[u8]) -> String {
    format!("{:016x}", digest(bytes))
}

impl Settings {
    /// The marked records of a log that begins with `head`, in its order. `path` is where it is, for those that were
    /// marked in former versions.
    #[must_use]
    pub fn bookmarks_of(&self, head: &[u8], path: &Path) -> &[Bookmark] {
        if let Some(marked) = self.marked.iter().find(|marked| marked.is_of(head)) {
            return &marked.bookmarks;
        }
        let recent = self.recent.iter().find(|recent| recent.path == path);
        recent.map_or(&[], |recent| &recent.bookmarks)
    }

    /// Keeps the marked records of a log that begins with `head`.
    pub fn set_bookmarks_of(&mut self, head: &[u8], path: &Path, bookmarks: Vec<Bookmark>) {
        if let Some(recent) = self.recent.iter_mut().find(|recent| recent.path == path) {
            recent.bookmarks.clear();
        }
        self.marked.retain(|marked| !marked.is_of(head));
        if bookmarks.is_empty() {
            return;
        }
        let name = path.file_name().unwrap_or_default();
        let marked = Marked {
            length: head.len() as u64,
            digest: digest_of(head),
            name: name.to_string_lossy().into_owned(),
            bookmarks,
        };
        self.marked.insert(0, marked);
        self.marked.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(offset: u64) -> Bookmark {
        Bookmark {
            offset,
            length: 10,
            time: None,
            text: String::new(),
            note: String::new(),
        }
    }

    #[test]
    fn a_log_is_known_by_its_first_bytes() {
        let mut settings = Settings::default();
        let (head, more) = (b"2026-11-27 10:00:00 INFO start".as_slice(), b" and on");
        let path = Path::new("/var/log/app.log");
        settings.set_bookmarks_of(head, path, vec![mark(7)]);
        let grown = [head, more].concat();
        let other = Path::new("/var/log/app.log.1");
        assert_eq!(settings.bookmarks_of(&grown, other), [mark(7)]);
        assert!(settings.bookmarks_of(&grown[1..], path).is_empty());
        assert!(settings.bookmarks_of(&head[..20], path).is_empty());
        // What was known by fewer bytes is known by more from then on, and once.
        settings.set_bookmarks_of(&grown, other, vec![mark(7), mark(9)]);
        assert_eq!(settings.marked.len(), 1);
        assert_eq!(settings.bookmarks_of(&grown, path).len(), 2);
        settings.set_bookmarks_of(&grown, path, Vec::new());
        assert!(settings.marked.is_empty());
    }
}
