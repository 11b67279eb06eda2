//! Paths that stand for several logs: a folder, a pattern, an archive of several files.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::base::origin::{Origin, Part};
use crate::bytes::archive::{self, Member};
use crate::bytes::packed::Packing;

/// So many logs are offered at most.
const MOST: usize = 1_000;

/// Several logs that one path stands for, and which of them was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The path.
    pub path: PathBuf,
    /// What it is.
    pub of: ChoiceOf,
    /// The logs: those of folders and patterns from the newest on, those of an archive in its order.
    pub items: Vec<ChoiceItem>,
    /// Which of them is to be shown at first: the newest.
    pub first: usize,
}

/// What stands for several logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceOf {
    /// A folder.
    Folder,
    /// A pattern, as in a shell.
    Pattern,
    /// An archive.
    Archive,
}

/// One of several logs.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceItem {
    /// Its name within the folder or the archive.
    pub name: String,
    /// The file that it is or is in.
    pub path: PathBuf,
    /// What to read there.
    pub origin: Origin,
    /// Its length in bytes.
    pub size: u64,
    /// When it was written.
    pub written: Written,
}

/// When a log was written.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// At this moment.
    At(SystemTime),
    /// As an archive says, in a zone that it does not say; may be empty.
    Said(String),
}

impl Choice {
    /// The logs that a path stands for; `None` if it stands for itself, and where nothing is to be chosen.
    pub(super) fn of(path: &Path, origin: &Origin) -> Option<Self> {
        if *origin != Origin::Path {
            return None;
        }
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => Self::newest_of(path, ChoiceOf::Folder, in_folder(path)),
            Ok(there) if there.is_file() => Self::in_archive(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(path) => {
                Self::newest_of(path, ChoiceOf::Pattern, matching(path))
            }
            _ => None,
        }
    }

    fn newest_of(path: &Path, of: ChoiceOf, files: Vec<PathBuf>) -> Option<Self> {
        let base = match of {
            ChoiceOf::Folder => path,
            _ => steady_start(path),
        };
        let mut items: Vec<ChoiceItem> = files
            .into_iter()
            .filter_map(|file| item(base, file))
            .collect();
        if items.iter().any(|item| is_log_like(&item.name)) && of == ChoiceOf::Folder {
            items.retain(|item| is_log_like(&item.name));
        }
        let time = |item: &ChoiceItem| match item.written {
            Written::At(time) => Some(time),
            Written::Said(_) => None,
        };
        items.sort_by(|a, b| time(b).cmp(&time(a)).then_with(|| a.name.cmp(&b.name)));
        items.truncate(MOST);
        (!items.is_empty()).then(|| Self {
            path: path.to_owned(),
            of,
            items,
            first: 0,
        })
    }

    fn in_archive(path: &Path) -> Option<Self> {
        if Packing::of_file(path).ok()?? != Packing::Zip {
            return None;
        }
        let members = archive::members(path).ok()?;
        let newest = archive::newest(&members)?;
        let first = members.iter().position(|member| member == newest)?;
        let item = |member: &Member| ChoiceItem {
            name: member.name.clone(),
            path: path.to_owned(),
            origin: Origin::Part(Part::One(member.name.clone())),
            size: member.size,
            written: Written::Said(member.written.clone()),
        };
        (members.len() > 1).then(|| Self {
            path: path.to_owned(),
            of: ChoiceOf::Archive,
            items: members.iter().map(item).collect(),
            first,
        })
    }

    /// What is shown at first.
    #[must_use]
    pub fn first(&self) -> Option<&ChoiceItem> {
        self.items.get(self.first)
    }
}

/// Whether a path is meant as a pattern if there is nothing of that name.
#[must_use]
pub fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// The folder above the first part of a pattern that is one.
fn steady_start(pattern: &Path) -> &Path {
    let steady = |path: &&Path| !is_pattern(path);
    pattern.ancestors().find(steady).unwrap_or(Path::new(""))
}

fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let shown = |entry: &DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    entries.filter(shown).map(|entry| entry.path()).collect()
}

fn matching(pattern: &Path) -> Vec<PathBuf> {
    let paths = glob::glob(&pattern.to_string_lossy());
    paths.into_iter().flatten().flatten().collect()
}

fn item(base: &Path, file: PathBuf) -> Option<ChoiceItem> {
    let there = fs::metadata(&file).ok().filter(fs::Metadata::is_file)?;
    let name = file.strip_prefix(base).unwrap_or(&file);
    Some(ChoiceItem {
        name: name.to_string_lossy().into_owned(),
        size: there.len(),
        written: Written::At(there.modified().unwrap_or(SystemTime::UNIX_EPOCH)),
        path: file,
        origin: Origin::Path,
    })
}

/// Whether a file of a folder is most likely a log, by its name: rotated and compressed ones included, a picture of one
/// not.
#[must_use]
pub fn is_log_like(name: &str) -> bool {
    let name = name.to_lowercase();
    let others = [
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".db", ".sqlite", ".pyc", ".so",
        ".exe", ".dll", ".mp4",
    ];
    if others.iter().any(|end| name.ends_with(end)) {
        return false;
    }
    let words = [
        "log", "syslog", "messages", "journal", "trace", "stdout", "stderr",
    ];
    let endings = [
        ".txt", ".json", ".jsonl", ".ndjson", ".out", ".err", ".gz", ".bz2", ".xz", ".zst", ".zip",
    ];
    words.iter().any(|word| name.contains(word)) || endings.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use std::time::Duration;

    fn folder(files: &[(&str, u64)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, age) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "2026-11-22 10:00:00 INFO x\n").unwrap();
            let written = SystemTime::now() - Duration::from_secs(*age);
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(written).unwrap();
        }
        folder
    }

    fn names(choice: &Choice) -> Vec<&str> {
        choice.items.iter().map(|item| &*item.name).collect()
    }

    #[test]
    fn a_folder_offers_its_logs_newest_first() {
        let files = [
            ("app.log", 30),
            ("app.log.1.gz", 20),
            ("app.pid", 1),
            ("app.log.png", 0),
            (".app.log.swp", 0),
            ("old/x.log", 0),
            ("error.log", 10),
        ];
        let folder = folder(&files);
        let choice = Choice::of(folder.path(), &Origin::Path).unwrap();
        assert_eq!(names(&choice), ["error.log", "app.log.1.gz", "app.log"]);
        assert_eq!(
            choice.first().unwrap().path,
            folder.path().join("error.log")
        );
    }

    #[test]
    fn where_no_name_tells_every_file_is_offered() {
        let folder = folder(&[("service", 30), ("service.1", 20)]);
        let choice = Choice::of(folder.path(), &Origin::Path).unwrap();
        assert_eq!(names(&choice), ["service.1", "service"]);
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(Choice::of(empty.path(), &Origin::Path), None);
    }

    #[test]
    fn a_pattern_offers_what_it_matches() {
        let folder = folder(&[("a/x.log", 30), ("b/x.log", 20), ("b/y.txt", 0)]);
        let choice = Choice::of(&folder.path().join("*/x.*"), &Origin::Path).unwrap();
        assert_eq!(names(&choice), ["b/x.log", "a/x.log"]);
        assert_eq!(choice.of, ChoiceOf::Pattern);
        assert_eq!(
            Choice::of(&folder.path().join("*.none"), &Origin::Path),
            None
        );
    }

    #[test]
    fn a_file_with_such_a_name_is_that_file() {
        let folder = folder(&[("a[1].log", 30), ("a1.log", 20)]);
        assert_eq!(
            Choice::of(&folder.path().join("a[1].log"), &Origin::Path),
            None
        );
    }
}
