//! Files that are replaced in one step, the copy of the one before, and the lock that keeps two windows from saving at
//! the same time.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// No file of ours is nearly as large.
const MOST_BYTES: u64 = 16 << 20;

/// Files that are being written begin like this.
const DRAFT: &str = ".timberline-draft-";

/// Nobody writes one for so long.
const OLD: Duration = Duration::from_secs(3_600);

/// Replaces a file in one step; only the user may read it. A link (settings kept elsewhere) stays a link.
pub(super) fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(DRAFT).tempfile_in(folder)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    // Not every system can sync a folder; the rename is then as durable as that system makes it.
    File::open(folder).and_then(|folder| folder.sync_all()).ok();
    Ok(())
}

/// Removes what killed programs left half written in a folder.
pub(super) fn tidy(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(DRAFT)) {
        let age = entry.metadata().and_then(|there| there.modified());
        // Another window may be writing one right now.
        if age.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD)) {
            fs::remove_file(entry.path()).ok();
        }
    }
}

/// A file; `None` when there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Whether a file is too large to be one of ours.
pub(super) fn is_too_large(bytes: &[u8]) -> bool {
    bytes.len() as u64 > MOST_BYTES
}

/// The copy that is kept of a file: what it was before it was written last.
pub(super) fn backup(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".bak");
    path.with_file_name(name)
}

/// Waits until no other window holds the lock. `None` where there are no locks (some network file systems).
pub(super) fn lock(path: &Path) -> Option<File> {
    let file = lock_file(path).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// Takes a lock that another window may hold for long.
pub(super) fn try_lock(path: &Path) -> Claim {
    let Ok(file) = lock_file(path) else {
        return Claim::Unknown;
    };
    match file.try_lock() {
        Ok(()) => Claim::Held { _file: file },
        Err(fs::TryLockError::WouldBlock) => Claim::Taken,
        Err(fs::TryLockError::Error(_)) => Claim::Unknown,
    }
}

/// What became of a lock. The system gives it back when the program ends, however it ends.
#[derive(Debug)]
pub(super) enum Claim {
    /// It is this window's for as long as the file is open.
    Held {
        /// Open for as long as the lock is held.
        _file: File,
    },
    /// Another window has it.
    Taken,
    /// There are no locks here.
    Unknown,
}

fn lock_file(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
}
