//! Settings, session and formats on disk. The only place of this layer that touches the file system.
//!
//! Writing is atomic (temporary file in the same folder, fsync, rename), so a crash or a full disk leaves the old
//! file, and the file before is kept as `.bak`. A damaged file is set aside under another name, and the one before is used
//! in its place; a missing one means defaults. What is saved is what this window changed, onto what is on disk by then.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

mod atomic;
mod filters;
mod formats;
mod highlights;
mod seal;

pub(super) use seal::digest;
mod session_claim;
mod state;

pub use formats::FormatFiles;
pub use session_claim::SessionClaim;
pub use state::{Crash, Start};

use super::document;
use super::lenient;
use super::merge::merge;
use super::model::{RECENT_FILES, Settings};
use super::session::Session;
use crate::base::problem::Problem;

/// Names a folder that is used instead of the desktop's configuration folder.
pub const FOLDER_VARIABLE: &str = "TIMBERLINE_CONFIG_DIR";

const SETTINGS_FILE: &str = "settings.toml";
const SESSION_FILE: &str = "session.toml";

/// The present version of both files; a file of a later one is read as far as it is understood and never written.
const VERSION: i64 = 1;
const VERSION_KEY: &str = "version";

/// The folder in which settings and session live. Its functions wait for the disk: call them from a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: Option<PathBuf>,
    /// Locks, the program's own log, reports of crashes: nothing that a user would copy to another machine.
    state: Option<PathBuf>,
}

/// What was read, and what the user should know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded<T> {
    /// The value; defaults where nothing could be read.
    pub value: T,
    /// What went wrong; the value is usable nevertheless.
    pub problems: Vec<Problem>,
}

impl Store {
    /// The user's folder: `$TIMBERLINE_CONFIG_DIR`, or the desktop's (`~/.config/timberline`).
    #[must_use]
    pub fn locate() -> Self {
        let chosen = std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty());
        if let Some(folder) = chosen {
            return Self::at(folder);
        }
        let folders = directories::ProjectDirs::from("", "", "timberline");
        let state = folders.as_ref().map(|folders| {
            let state = folders.state_dir();
            state.unwrap_or_else(|| folders.data_local_dir()).to_owned()
        });
        Self {
            folder: folders.map(|folders| folders.config_dir().to_owned()),
            state,
        }
    }

    /// A folder of one's own choice; made when something is saved.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self {
            state: Some(folder.join("state")),
            folder: Some(folder),
        }
    }

    /// Where it is; `None` for a user without a home, for whom nothing is kept.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Where locks, the program's own log and reports of crashes are.
    #[must_use]
    pub fn state_folder(&self) -> Option<&Path> {
        self.state.as_deref()
    }

    /// Reads the settings.
    #[must_use]
    pub fn load_settings(&self) -> Loaded<Settings> {
        let loaded = self.load::<Settings>(SETTINGS_FILE, "settings");
        Loaded {
            value: loaded.value.sane(),
            ..loaded
        }
    }

    /// The places of the user's level words on Python's scale; none from settings that cannot be read, which are left as
    /// they are.
    #[must_use]
    pub fn level_ranks(&self) -> BTreeMap<String, i32> {
        let table = self.path(SETTINGS_FILE).map(|path| read_table(&path));
        let Some(Ok(Some(opened))) = table else {
            return BTreeMap::new();
        };
        let (settings, _) = lenient::read::<Settings>(&opened.table);
        settings.level_ranks()
    }

    /// Reads the session.
    #[must_use]
    pub fn load_session(&self) -> Loaded<Session> {
        let loaded = self.load::<Session>(SESSION_FILE, "session");
        Loaded {
            value: loaded.value.sane(),
            ..loaded
        }
    }

    /// Writes the settings over the old ones; keys of another version stay.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; the old file is then untouched.
    pub fn save_settings(&self, settings: &Settings) -> Result<(), Problem> {
        self.save(SETTINGS_FILE, "settings", None, settings)
    }

    /// Writes what differs between two settings of this window; what other windows saved meanwhile stays.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; the old file is then untouched.
    pub fn save_changes(&self, base: &Settings, settings: &Settings) -> Result<(), Problem> {
        self.save(SETTINGS_FILE, "settings", Some(base), settings)
    }

    /// Writes the session over the old one; keys of another version stay.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; the old file is then untouched.
    pub fn save_session(&self, session: &Session) -> Result<(), Problem> {
        self.save(SESSION_FILE, "session", None, session)
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    fn load<T>(&self, name: &str, what: &str) -> Loaded<T>
    where
        T: DeserializeOwned + Serialize + Default,
    {
        let mut loaded = Loaded {
            value: T::default(),
            problems: Vec::new(),
        };
        let Some(path) = self.path(name) else {
            return loaded;
        };
        let table = match read_table(&path) {
            Ok(None) => return loaded,
            Ok(Some(opened)) => {
                loaded
                    .problems
                    .extend(opened.edited.then(|| edited(what, &path)));
                opened.table
            }
            Err(Unreadable::Io(error)) => {
                loaded.problems.push(not_read(what, &path, &error));
                return loaded;
            }
            Err(Unreadable::Damaged(reason)) => {
                let before = restore(&path);
                loaded
                    .problems
                    .push(set_aside(what, &path, &reason, before.is_some()));
                match before.and_then(|bytes| Some((seal::open(bytes.clone()).ok()?, bytes))) {
                    None => return loaded,
                    Some((before, bytes)) => {
                        // If it cannot be written, it is still used.
                        atomic::write(&path, &bytes).ok();
                        before.table
                    }
                }
            }
        };
        if is_newer(&table) {
            loaded.problems.push(newer(what, &path));
        }
        let (value, refused) = lenient::read(&table);
        loaded.value = value;
        let refused = not_understood(what, &path, &refused);
        loaded.problems.extend(refused);
        loaded
    }

    /// Saves a value; without a base, everything of it.
    fn save<T>(&self, name: &str, what: &str, base: Option<&T>, value: &T) -> Result<(), Problem>
    where
        T: DeserializeOwned + Serialize + Default,
    {
        let Some(path) = self.path(name) else {
            return Ok(());
        };
        let _lock = self
            .lock_path("settings.lock")
            .and_then(|path| atomic::lock(&path));
        save_merged(&path, base, value).map_err(|error| not_saved(what, &path, &error))
    }

    fn lock_path(&self, name: &str) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join(name))
    }
}

fn save_merged<T>(path: &Path, base: Option<&T>, value: &T) -> io::Result<()>
where
    T: DeserializeOwned + Serialize + Default,
{
    let there = atomic::read(path)?;
    let mut table = match there.clone().map(open) {
        None => Table::new(),
        Some(Ok(opened)) => opened.table,
        Some(Err(_)) => {
            fs::rename(path, aside_name(path))?;
            Table::new()
        }
    };
    if is_newer(&table) {
        return Ok(());
    }
    let mine = Table::try_from(value).map_err(io::Error::other)?;
    let base = match base {
        Some(base) => Table::try_from(base),
        None => Table::try_from(lenient::read::<T>(&table).0),
    };
    let damaged = table.is_empty();
    let base = base.map_err(io::Error::other)?;
    merge(&base, &mine, &mut table, &lenient::fits::<T>);
    if let Some(recent) = table.get_mut("recent").and_then(Value::as_array_mut) {
        recent.truncate(RECENT_FILES);
    }
    let table = versioned(table);
    let old = there.as_deref().filter(|_| !damaged);
    let old = old.and_then(|old| std::str::from_utf8(old).ok());
    // A hand edits the settings; the session is the program's own.
    let about = path.ends_with(SETTINGS_FILE);
    let old = old.map(seal::body).unwrap_or_default();
    let text = match document::rewrite(&old, &table, about) {
        Some(text) => text,
        None => text_of(&table)?,
    };
    let text = seal::seal(&text);
    match there {
        Some(before) if before == text.as_bytes() => return Ok(()),
        Some(before) if !damaged => atomic::write(&atomic::backup(path), &before)?,
        _ => {}
    }
    atomic::write(path, text.as_bytes())
}

/// With the version in front.
fn versioned(table: Table) -> Table {
    let mut all = Table::new();
    all.insert(VERSION_KEY.to_owned(), Value::Integer(VERSION));
    all.extend(table.into_iter().filter(|(key, _)| key != VERSION_KEY));
    all
}

fn is_newer(table: &Table) -> bool {
    let version = table.get(VERSION_KEY).and_then(Value::as_integer);
    version.is_some_and(|version| version > VERSION)
}

/// Why a file could not be read.
enum Unreadable {
    Io(io::Error),
    Damaged(String),
}

/// Larger files hold nothing that is taken over by hand.
const SMALL: u64 = 1 << 20;

/// The text of a file that somebody wrote or chose to take something over from; why there is none.
fn read_small(path: &Path) -> Result<String, String> {
    let told = |error: io::Error| error.to_string();
    let bytes = fs::metadata(path).map_err(told)?.len();
    if bytes > SMALL {
        return Err(format!("{bytes} bytes are too many"));
    }
    let text = String::from_utf8(fs::read(path).map_err(told)?);
    text.map_err(|_| "it is not UTF-8 text".to_owned())
}

/// The file as a table; `None` when there is none.
fn read_table(path: &Path) -> Result<Option<seal::Opened>, Unreadable> {
    let bytes = atomic::read(path).map_err(Unreadable::Io)?;
    let opened = bytes.map(open).transpose();
    opened.map_err(Unreadable::Damaged)
}

fn open(bytes: Vec<u8>) -> Result<seal::Opened, String> {
    if atomic::is_too_large(&bytes) {
        return Err("the file is far too large".to_owned());
    }
    seal::open(bytes)
}

/// What the file was before it was written last, if that can be used.
fn restore(path: &Path) -> Option<Vec<u8>> {
    let bytes = atomic::read(&atomic::backup(path)).ok()??;
    open(bytes.clone()).ok().map(|_| bytes)
}

fn text_of<T: Serialize>(value: &T) -> io::Result<String> {
    toml::to_string_pretty(value).map_err(io::Error::other)
}

/// Moves a broken file away, so that it can be looked at and is not overwritten.
fn set_aside(what: &str, path: &Path, reason: &str, restored: bool) -> Problem {
    let aside = aside_name(path);
    let used = match restored {
        true => "The copy from before the last change is used",
        false => "Defaults are used",
    };
    let problem = match fs::rename(path, &aside) {
        Ok(()) => Problem::warning(format!(
            "The {what} file was damaged and has been set aside"
        ))
        .hint(format!("{used}; the damaged file is kept"))
        .path(aside),
        Err(error) => Problem::warning(format!("The {what} file is damaged"))
            .hint(format!("{used}; it could not be set aside: {error}"))
            .path(path),
    };
    problem.detail(reason)
}

/// `settings.toml.bad-20261122-100001`, with a number when that exists.
fn aside_name(path: &Path) -> PathBuf {
    let stamp = Local::now().format("%Y%m%d-%H%M%S");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let first = path.with_file_name(format!("{name}.bad-{stamp}"));
    let others =
        (2..1000).map(|number| path.with_file_name(format!("{name}.bad-{stamp}-{number}")));
    std::iter::once(first.clone())
        .chain(others)
        .find(|candidate| !candidate.exists())
        .unwrap_or(first)
}

/// Somebody else changed the file, or a bit of it: it says what it says.
fn edited(what: &str, path: &Path) -> Problem {
    Problem::info(format!("The {what} file was changed outside Timberline"))
        .hint("It is used as it is now")
        .path(path)
}

/// A file of a later version is left alone. It is copied too: that version may be the one that is at fault.
fn newer(what: &str, path: &Path) -> Problem {
    let mut copy = path.as_os_str().to_owned();
    copy.push(".newer");
    let copy = PathBuf::from(copy);
    if !copy.exists() {
        fs::copy(path, &copy).ok();
    }
    Problem::warning(format!(
        "The {what} file is of a newer version of Timberline"
    ))
    .hint("It is used as far as it is understood; what you change now is not kept")
    .path(path)
}

fn not_read(what: &str, path: &Path, error: &io::Error) -> Problem {
    Problem::warning(format!("The {what} could not be read"))
        .hint("Defaults are used")
        .detail(error.to_string())
        .path(path)
}

fn not_saved(what: &str, path: &Path, error: &io::Error) -> Problem {
    Problem::warning(format!("The {what} could not be saved"))
        .hint("Check that the folder can be written")
        .detail(error.to_string())
        .path(path)
}

fn not_understood(what: &str, path: &Path, refused: &[String]) -> Option<Problem> {
    (!refused.is_empty()).then(|| {
        Problem::info(format!("Some {what} were not understood"))
            .hint("Their defaults are used")
            .detail(refused.join(", "))
            .path(path)
    })
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
