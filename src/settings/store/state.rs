//! What the program remembers about itself: starts that came to nothing, and crashes.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Store, atomic};

/// Counts the starts that came to nothing so far.
const STARTING: &str = "starting";

/// So many starts in a row that come to nothing, and the next is without the session.
const FAILED_STARTS: u32 = 2;

/// Reports of crashes begin like this.
const REPORT: &str = "crash-";

/// Which reports were told.
const TOLD: &str = "crash.told";

/// The program's own log.
const LOG: &str = "timberline.log";

/// A log that would get larger is moved aside.
const LOG_BYTES: u64 = 10_000_000;

/// So many reports are kept.
const REPORTS: usize = 10;

/// How the program starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// As always.
    Normal,
    /// The last starts came to nothing: what they opened may be why.
    Careful,
}

/// A report of a crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crash {
    /// Where it is.
    pub path: PathBuf,
}

impl Store {
    /// Notes that the program starts. To be ended by [`Self::started`].
    #[must_use]
    pub fn begin_start(&self) -> Start {
        let Some(path) = self.lock_path(STARTING) else {
            return Start::Normal;
        };
        let text = fs::read_to_string(&path).unwrap_or_default();
        let failed: u32 = text.trim().parse().unwrap_or(0);
        // Where nothing can be written, nothing is known of failed starts.
        atomic::write(&path, failed.saturating_add(1).to_string().as_bytes()).ok();
        match failed >= FAILED_STARTS {
            true => Start::Careful,
            false => Start::Normal,
        }
    }

    /// Removes what killed programs left half written.
    pub fn tidy(&self) {
        for folder in [self.folder(), self.state_folder()].into_iter().flatten() {
            atomic::tidy(folder);
        }
    }

    /// Notes that the start succeeded, or that the program ended as it should.
    pub fn started(&self) {
        if let Some(path) = self.lock_path(STARTING) {
            fs::remove_file(path).ok();
        }
    }

    /// The newest report of a crash that was not told yet; it is told now.
    #[must_use]
    pub fn take_crash(&self) -> Option<Crash> {
        let folder = self.state_folder()?;
        let newest = reports(folder).pop()?;
        let name = newest.file_name()?.to_string_lossy().into_owned();
        let told = folder.join(TOLD);
        if fs::read_to_string(&told).is_ok_and(|told| told == name) {
            return None;
        }
        atomic::write(&told, name.as_bytes()).ok();
        Some(Crash { path: newest })
    }

    /// Writes the report of a crash and deletes the oldest ones; where it is. `stamp` sorts by time.
    pub fn write_report(&self, stamp: &str, text: &str) -> Option<PathBuf> {
        let folder = self.state_folder()?;
        let path = folder.join(format!("{REPORT}{stamp}.txt"));
        atomic::write(&path, text.as_bytes()).ok()?;
        let mut all = reports(folder);
        let surplus = all.len().saturating_sub(REPORTS);
        for old in all.drain(..surplus) {
            fs::remove_file(old).ok();
        }
        Some(path)
    }

    /// Adds lines to the program's own log and moves a full one aside: at most three of 10 MB are kept.
    pub fn log(&self, lines: &str) {
        if let Some(path) = self.log_path() {
            // There is nobody left to tell where a log of problems cannot be written.
            append_rotating(&path, lines).ok();
        }
    }

    /// Where the program's own log is.
    #[must_use]
    pub fn log_path(&self) -> Option<PathBuf> {
        self.lock_path(LOG)
    }
}

/// Another window may do the same at the same time: every write opens the file by its name, at its end.
fn append_rotating(path: &Path, lines: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::metadata(path).is_ok_and(|log| log.len() + lines.len() as u64 > LOG_BYTES) {
        let aside = |number: u32| path.with_extension(format!("log.{number}"));
        fs::rename(aside(1), aside(2)).ok();
        fs::rename(path, aside(1))?;
    }
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(lines.as_bytes())
}

/// All reports, the oldest first.
fn reports(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut all: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(REPORT) && name.ends_with(".txt")
        })
        .collect();
    all.sort();
    all
}
