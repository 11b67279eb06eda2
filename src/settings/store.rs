//! Settings, session and formats on disk. The only place of this layer that touches the file system.
//!
//! Writing is atomic (temporary file in the same folder, fsync, rename), so a crash or a full disk leaves the old
//! file. A file that is not TOML is set aside under another name and said so; a missing one means defaults.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::Local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::Table;

mod formats;

use super::lenient;
use super::model::Settings;
use super::session::Session;
use crate::base::problem::Problem;

/// Names a folder that is used instead of the desktop's configuration folder.
pub const FOLDER_VARIABLE: &str = "TIMBERLINE_CONFIG_DIR";

const SETTINGS_FILE: &str = "settings.toml";
const SESSION_FILE: &str = "session.toml";

/// The folder in which settings and session live. Its functions wait for the disk: call them from a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: Option<PathBuf>,
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
        let folder = chosen.map(PathBuf::from).or_else(|| {
            directories::ProjectDirs::from("", "", "timberline")
                .map(|folders| folders.config_dir().to_owned())
        });
        Self { folder }
    }

    /// A folder of one's own choice; made when something is saved.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: Some(folder.into()),
        }
    }

    /// Where it is; `None` for a user without a home, for whom nothing is kept.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
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
        let Some(Ok(Some(table))) = table else {
            return BTreeMap::new();
        };
        let (settings, _) = lenient::read::<Settings>(&table);
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
        let Some(path) = self.path(SETTINGS_FILE) else {
            return Ok(());
        };
        self.save_merged(&path, settings)
            .map_err(|error| not_saved("settings", &path, &error))
    }

    /// Writes the session.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; the old file is then untouched.
    pub fn save_session(&self, session: &Session) -> Result<(), Problem> {
        let Some(path) = self.path(SESSION_FILE) else {
            return Ok(());
        };
        text_of(session)
            .and_then(|text| write_atomically(&path, &text))
            .map_err(|error| not_saved("session", &path, &error))
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
        match read_table(&path) {
            Ok(None) => {}
            Ok(Some(table)) => {
                let (value, refused) = lenient::read(&table);
                loaded.value = value;
                loaded
                    .problems
                    .extend(not_understood(what, &path, &refused));
            }
            Err(Unreadable::Io(error)) => loaded.problems.push(not_read(what, &path, &error)),
            Err(Unreadable::NotToml(reason)) => {
                loaded.problems.push(set_aside(what, &path, &reason));
            }
        }
        loaded
    }

    fn save_merged(&self, path: &Path, settings: &Settings) -> io::Result<()> {
        let mut table = match read_table(path) {
            Ok(table) => table.unwrap_or_default(),
            Err(Unreadable::Io(error)) => return Err(error),
            Err(Unreadable::NotToml(_)) => {
                fs::rename(path, aside_name(path))?;
                Table::new()
            }
        };
        lenient::merge(
            &mut table,
            Table::try_from(settings).map_err(io::Error::other)?,
        );
        write_atomically(path, &text_of(&table)?)
    }
}

/// Why a file could not be read.
enum Unreadable {
    Io(io::Error),
    NotToml(String),
}

/// The file as a table; `None` when there is none.
fn read_table(path: &Path) -> Result<Option<Table>, Unreadable> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Unreadable::Io(error)),
    };
    let text = String::from_utf8(bytes).map_err(|error| Unreadable::NotToml(error.to_string()))?;
    let table = text
        .parse::<Table>()
        .map_err(|error| Unreadable::NotToml(error.message().to_owned()))?;
    Ok(Some(table))
}

fn text_of<T: Serialize>(value: &T) -> io::Result<String> {
    toml::to_string_pretty(value).map_err(io::Error::other)
}

/// Replaces a file in one step. A link (settings kept elsewhere) stays a link.
fn write_atomically(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    // Not every system can sync a folder; the rename is then as durable as that system makes it.
    File::open(folder).and_then(|folder| folder.sync_all()).ok();
    Ok(())
}

/// Moves a broken file away, so that it can be looked at and is not overwritten.
fn set_aside(what: &str, path: &Path, reason: &str) -> Problem {
    let aside = aside_name(path);
    let problem = match fs::rename(path, &aside) {
        Ok(()) => Problem::warning(format!(
            "The {what} file was damaged and has been set aside"
        ))
        .hint("Defaults are used; the old file is kept")
        .path(aside),
        Err(error) => Problem::warning(format!("The {what} file is damaged"))
            .hint(format!(
                "Defaults are used; it could not be set aside: {error}"
            ))
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
