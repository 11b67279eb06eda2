//! The folder of the user's own formats. Files that cannot be used stay as they are and are told.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Loaded, Store, atomic, read_small};
use crate::base::problem::Problem;
use crate::settings::formats::SavedFormat;

/// Formats live in this folder of the settings.
const FOLDER: &str = "formats";

/// What tells whether files of formats changed: their paths, lengths and times of change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormatFiles(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Store {
    /// Where formats are kept; `None` for a user without a home.
    #[must_use]
    pub fn formats_folder(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(FOLDER))
    }

    /// The files of formats as they are now; none where the folder cannot be read.
    #[must_use]
    pub fn format_files(&self) -> FormatFiles {
        let paths = self.formats_folder().and_then(|folder| files(&folder).ok());
        let facts = |path: PathBuf| {
            let found = fs::metadata(&path).ok();
            let length = found.as_ref().map_or(0, fs::Metadata::len);
            let changed = found.and_then(|found| found.modified().ok());
            (path, length, changed)
        };
        FormatFiles(paths.unwrap_or_default().into_iter().map(facts).collect())
    }

    /// Reads all formats, by name. Of two with one name the file that sorts first counts.
    #[must_use]
    pub fn load_formats(&self) -> Loaded<Vec<SavedFormat>> {
        let mut loaded = Loaded {
            value: Vec::new(),
            problems: Vec::new(),
        };
        let paths = match self.formats_folder().map(|folder| files(&folder)) {
            None => return loaded,
            Some(Ok(paths)) => paths,
            Some(Err(error)) => {
                let problem =
                    Problem::warning("Your formats could not be read").detail(error.to_string());
                loaded
                    .problems
                    .extend(self.formats_folder().map(|folder| problem.path(folder)));
                return loaded;
            }
        };
        for path in paths {
            match read(&path) {
                Ok(format) if loaded.value.iter().any(|other| other.name == format.name) => {
                    let problem = Problem::warning("Two of your formats have one name")
                        .hint("Change the name in this file; the other one is used")
                        .detail(format.name);
                    loaded.problems.push(problem.path(path));
                }
                Ok(format) => loaded.value.push(format),
                Err(problem) => loaded.problems.push(problem),
            }
        }
        loaded
            .value
            .sort_by_key(|format| format.name.to_lowercase());
        loaded
    }

    /// Writes a format, over the one of its name if there is one; where it is.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn save_format(&self, format: &SavedFormat) -> Result<Option<PathBuf>, Problem> {
        let Some(folder) = self.formats_folder() else {
            return Ok(None);
        };
        let path = self.place_of(&folder, format);
        let text = format.text().map_err(io::Error::other);
        match text.and_then(|text| atomic::write(&path, text.as_bytes())) {
            Ok(()) => Ok(Some(path)),
            Err(error) => Err(Problem::warning("The format could not be saved")
                .hint("Check that the folder can be written")
                .detail(error.to_string())
                .path(path)),
        }
    }

    /// Deletes the format of this name.
    ///
    /// # Errors
    /// When its file cannot be deleted.
    pub fn delete_format(&self, name: &str) -> Result<(), Problem> {
        let Some(path) = self
            .formats_folder()
            .and_then(|folder| file_of(&folder, name))
        else {
            return Ok(());
        };
        fs::remove_file(&path).map_err(|error| {
            Problem::warning("The format could not be deleted")
                .detail(error.to_string())
                .path(path)
        })
    }

    /// Takes over a format from a file elsewhere.
    ///
    /// # Errors
    /// When it is none, or cannot be saved.
    pub fn import_format(&self, path: &Path) -> Result<Option<PathBuf>, Problem> {
        self.save_format(&read(path)?)
    }

    /// The file that has the name already, or a free one.
    fn place_of(&self, folder: &Path, format: &SavedFormat) -> PathBuf {
        if let Some(path) = file_of(folder, &format.name) {
            return path;
        }
        let first = folder.join(format.file_name());
        let stem = first
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let others = (2..1000).map(|number| folder.join(format!("{stem}-{number}.toml")));
        let mut free = std::iter::once(first.clone())
            .chain(others)
            .filter(|path| !path.exists());
        free.next().unwrap_or(first)
    }
}

/// The TOML files of a folder, by name; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn file_of(folder: &Path, name: &str) -> Option<PathBuf> {
    let has = |path: &PathBuf| read(path).is_ok_and(|format| format.name == name);
    files(folder).ok()?.into_iter().find(has)
}

fn read(path: &Path) -> Result<SavedFormat, Problem> {
    let cannot = |detail: String| {
        Problem::warning("A format cannot be used")
            .hint(format!(
                "{detail}. Correct the file, or delete it; it is read again once you have"
            ))
            .path(path)
    };
    let text = read_small(path).map_err(cannot)?;
    SavedFormat::read(&text).map_err(cannot)
}
