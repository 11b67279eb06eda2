//! Which files beside a log are its rotated ones, by their names.
//!
//! Known are the names of Python's `RotatingFileHandler` (`app.log.1`) and `TimedRotatingFileHandler`
//! (`app.log.2026-11-22_10-00`), logrotate (`app.log.1`, `app.log-20261122`, `app.log.2.gz`, and `app.log-2026112210.backup`
//! for what a program made under the log's name just before logrotate was to make it), loguru
//! (`app.2026-11-22_10-00-00_000000.log`), and of loggers that count before the ending (`app.1.log`, `app_001.log`).

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::disk::Disk;

/// Endings of compressed files.
const COMPRESSED: [&str; 5] = [".gz", ".bz2", ".xz", ".zst", ".zip"];

/// Endings of files that were put aside.
const ASIDE: [&str; 5] = ["old", "bak", "prev", "save", "backup"];

/// A place where rotated files of a log may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// The log's name in it.
    name: String,
    /// The log's name changes with its date, as that of a symlink's target: other dates are other files of it.
    dated: bool,
}

impl Place {
    /// Beside `path`, and beside what it leads to if it is a symlink.
    #[must_use]
    pub fn of(disk: &dyn Disk, path: &Path) -> Vec<Self> {
        let own = Self::beside(path, false);
        let target = disk
            .resolve(path)
            .ok()
            .filter(|target| target.file_name() != path.file_name());
        let target = target.and_then(|target| Self::beside(&target, true));
        own.into_iter().chain(target).collect()
    }

    /// Whether both are places of the same log: names of targets differ in their dates.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let alike = self.name == other.name
            || (self.dated
                && other.dated
                && without_digits(&self.name) == without_digits(&other.name));
        self.folder == other.folder && alike
    }

    fn beside(path: &Path, dated: bool) -> Option<Self> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some(Self {
            folder,
            name,
            dated,
        })
    }

    /// Those of the names that are rotated files of this log, uncompressed.
    pub fn choose(&self, names: Vec<OsString>) -> Vec<OsString> {
        let mut names = names;
        names.retain(|name| self.is_rotated(name) && !is_compressed(name));
        names.sort();
        names
    }

    /// Those of the names that are compressed rotated files of this log, but for those that are being compressed.
    pub fn choose_packed(&self, names: Vec<OsString>) -> Vec<OsString> {
        let mut names = self.choose_all(names);
        names.retain(|name| is_compressed(name));
        names
    }

    /// Those of the names that are rotated files of this log, compressed or not. What is being compressed is there twice:
    /// of those the plain one.
    pub fn choose_all(&self, mut names: Vec<OsString>) -> Vec<OsString> {
        names.retain(|name| self.is_rotated(name));
        let plain: HashSet<String> = names
            .iter()
            .filter(|name| !is_compressed(name))
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.retain(|name| {
            let name = name.to_string_lossy();
            let stem = COMPRESSED
                .iter()
                .find_map(|ending| name.strip_suffix(ending));
            stem.is_none_or(|stem| !plain.contains(stem))
        });
        names.sort();
        names
    }

    /// Whether this is the name of a rotated file of the log.
    #[must_use]
    pub fn is_rotated(&self, name: &OsStr) -> bool {
        let name = name.to_string_lossy();
        let name = COMPRESSED
            .iter()
            .find_map(|ending| name.strip_suffix(ending))
            .unwrap_or(&name);
        if name == self.name {
            return false;
        }
        if let Some(rest) = name.strip_prefix(self.name.as_str()) {
            return is_suffix(rest);
        }
        if self.dated && digits(name) >= 6 && without_digits(name) == without_digits(&self.name) {
            return true;
        }
        let Some((stem, ending)) = self.name.rsplit_once('.').filter(|(s, _)| !s.is_empty()) else {
            return false;
        };
        name.strip_prefix(stem)
            .and_then(|rest| rest.strip_suffix(ending)?.strip_suffix('.'))
            .is_some_and(is_infix)
    }
}

/// Whether a name is that of a compressed file.
#[must_use]
pub fn is_compressed(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    COMPRESSED.iter().any(|ending| name.ends_with(ending))
}

/// `.1`, `-20261122`, `.2026-11-22_10-00`, `.old`, `~`: what stands behind the whole name.
fn is_suffix(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['.', '-', '_']) else {
        return text == "~";
    };
    let stamp = rest.strip_suffix(".backup").unwrap_or(rest);
    ASIDE.contains(&rest) || is_stamp(stamp)
}

/// `.1`, `_001`, `-2026-11-22`: what stands before the ending. A dash and a small number are rather another process.
fn is_infix(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['.', '-', '_']) else {
        return false;
    };
    is_stamp(rest) && (digits(rest) >= 6 || !text.starts_with('-'))
}

/// A number or a date: digits, and what stands between digits in dates.
fn is_stamp(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-_.:TZ+".contains(&byte))
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// The name with its numbers taken out.
fn without_digits(name: &str) -> String {
    name.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Which of two rotated files is older by its name alone: numbers count from the newest, dates do not.
#[must_use]
pub fn by_name(one: &str, other: &str) -> Ordering {
    match (number(one), number(other)) {
        (Some(one), Some(other)) => other.cmp(&one),
        _ => one.cmp(other),
    }
}

/// Whether a name ends with a number that counts files.
#[must_use]
pub fn is_numbered(name: &str) -> bool {
    number(name).is_some()
}

/// The number at the end of `app.log.12`; dates are none.
fn number(name: &str) -> Option<u64> {
    let name = COMPRESSED
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    let (_, last) = name.rsplit_once('.')?;
    (last.len() < 6).then(|| last.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn names_of_rotated_files() {
        let place = Place::beside(Path::new("/var/log/app.log"), false).unwrap();
        let rotated = |name: &str| place.is_rotated(OsStr::new(name));
        for name in [
            "app.log.1",
            "app.log.12",
            "app.log-20261122",
            "app.log.2026-11-22",
            "app.log.2026-11-22_10-00-59",
            "app.log.3.gz",
            "app.log-20261122.zst",
            "app.log-2026112210.backup",
            "app.log-2026112210.backup.gz",
            "app.log.old",
            "app.log~",
            "app.1.log",
            "app_001.log",
            "app-2026-11-22.log",
            "app.2026-11-22_10-00-00_123456.log",
        ] {
            assert!(rotated(name), "{name}");
        }
        for name in [
            "app.log",
            "app.log.gz",
            "app-error.log",
            "app-2.log",
            "app2.log",
            "application.log.1",
            "app.log.swp",
            "app.worker.log",
            "app.log.1x",
            "other.log.1",
        ] {
            assert!(!rotated(name), "{name}");
        }
    }

    #[test]
    fn targets_of_links_change_their_dates() {
        let place = Place::beside(Path::new("logs/run-2026-11-22.txt"), true).unwrap();
        assert!(place.is_rotated(OsStr::new("run-2026-11-23.txt")));
        assert!(!place.is_rotated(OsStr::new("run-2026-11-22.txt")));
        assert!(!place.is_rotated(OsStr::new("run-2026-11-23-errors.txt")));
    }

    #[test]
    fn older_names_first() {
        let mut names = ["app.log.2", "app.log.10", "app.log.1"];
        names.sort_by(|a, b| by_name(a, b));
        assert_eq!(names, ["app.log.10", "app.log.2", "app.log.1"]);
        let mut names = ["app.log-20261122", "app.log-20251231"];
        names.sort_by(|a, b| by_name(a, b));
        assert_eq!(names, ["app.log-20251231", "app.log-20261122"]);
    }
}
