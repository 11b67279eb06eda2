//! A file of one's own that bytes from elsewhere are collected in: what comes through a pipe can be read only once, and
//! what is compressed cannot be read from the middle.
//!
//! Each spool has a folder in the system's temporary folder that only its user may look into. It is removed with the last
//! [`SpoolPlace`]; what a killed program left is removed at the next start ([`remove_left_over`]). Whether the owner is
//! still alive is told by a lock that the system takes away with the process, never by a process number.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

/// Most bytes that a spool takes, if half of the free space is not less: a bomb of a few kilobytes must not fill the disk.
pub const MOST_BYTES: u64 = 20 << 30;

/// So much of the disk is left free; where less than twice as much is free at the start, half of that.
pub const LEFT_FREE: u64 = 1 << 30;

/// Bytes between two looks at the free space.
const LOOK_EVERY: u64 = 16 << 20;

/// How names of folders of spools begin.
const PREFIX: &str = "timberline-";
/// The file in a spool's folder that its owner holds a lock on.
const LOCK: &str = "lock";
/// A folder is not judged before it is so old: it may be just being made.
const BIRTH: Duration = Duration::from_secs(60);

/// Why a spool takes no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Full {
    /// It has all that it may take.
    #[error("the limit of {} is reached", size(*.0))]
    Limit(u64),
    /// So many bytes of the disk are to be left free.
    #[error("the disk of the temporary folder has less than {} left", size(*.0))]
    Disk(u64),
}

impl Full {
    /// Why writing to a spool failed, if that is why.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<Self>().copied()
    }
}

fn size(bytes: u64) -> String {
    let mebi = bytes >> 20;
    match mebi {
        0 => format!("{bytes} bytes"),
        1..1024 => format!("{mebi} MiB"),
        _ => format!("{:.1} GiB", mebi as f64 / 1024.0),
    }
}

/// A spool that can be written to. Bytes are only ever added.
#[derive(Debug)]
pub struct Spool {
    file: File,
    place: SpoolPlace,
    written: u64,
    limits: Limits,
    /// At so many bytes written, the free space is looked at again.
    next_look: u64,
}

#[derive(Debug, Clone, Copy)]
struct Limits {
    most: u64,
    left_free: u64,
    free: fn(&Path) -> io::Result<u64>,
}

impl Limits {
    fn of(folder: &Path, most: u64, free: fn(&Path) -> io::Result<u64>) -> Self {
        // Where that is not told, there is still the limit, and a full disk is an error.
        let there = free(folder).unwrap_or(u64::MAX);
        Self {
            most: most.min(there / 2),
            left_free: LEFT_FREE.min(there / 2),
            free,
        }
    }
}

/// Where a spool is; the file is removed with the last of these.
#[derive(Debug, Clone)]
pub struct SpoolPlace {
    folder: Arc<Folder>,
    name: String,
}

/// A folder with a lock, in the order in which they have to go.
#[derive(Debug)]
struct Folder {
    dir: TempDir,
    _lock: File,
}

impl SpoolPlace {
    /// The file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.dir.path().join(&self.name)
    }
}

impl Spool {
    /// An empty spool in a folder of its own that only this user may look into. `name` is what the file is called.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn new(name: &str) -> io::Result<Self> {
        Self::with_limit(name, MOST_BYTES)
    }

    /// A spool that takes at most so many bytes.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn with_limit(name: &str, most: u64) -> io::Result<Self> {
        Self::within(&std::env::temp_dir(), name, most, free_space)
    }

    fn within(
        temp: &Path,
        name: &str,
        most: u64,
        free: fn(&Path) -> io::Result<u64>,
    ) -> io::Result<Self> {
        let place = SpoolPlace {
            folder: Arc::new(Folder::new(temp)?),
            name: spool_name(name),
        };
        let file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(place.path())?;
        let limits = Limits::of(place.folder.dir.path(), most, free);
        Ok(Self {
            file,
            place,
            written: 0,
            limits,
            next_look: LOOK_EVERY,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> SpoolPlace {
        self.place.clone()
    }

    /// Bytes written so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }

    /// How many bytes may be written now.
    fn room(&mut self) -> io::Result<u64> {
        let Limits {
            most,
            left_free,
            free,
        } = self.limits;
        if self.written >= most {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                Full::Limit(most),
            ));
        }
        if self.written >= self.next_look {
            self.next_look = self.written + LOOK_EVERY;
            if free(self.place.folder.dir.path()).is_ok_and(|free| free < left_free) {
                self.next_look = self.written;
                let full = Full::Disk(left_free);
                return Err(io::Error::new(io::ErrorKind::StorageFull, full));
            }
        }
        Ok((most - self.written).min(LOOK_EVERY))
    }
}

impl Folder {
    fn new(temp: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o700));
        }
        let dir = builder.tempdir_in(temp)?;
        let lock = File::create_new(dir.path().join(LOCK))?;
        // Where files cannot be locked, the folder is not judged by others either.
        lock.try_lock().ok();
        Ok(Self { dir, _lock: lock })
    }
}

/// A name that is one on every system.
fn spool_name(name: &str) -> String {
    let safe = |c: char| {
        let kept = c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        if kept { c } else { '_' }
    };
    let name: String = name.chars().map(safe).take(80).collect();
    format!("spool-{name}")
}

#[cfg(unix)]
fn free_space(folder: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free_space(_: &Path) -> io::Result<u64> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes the folders of spools whose owners were killed; how many those were. What cannot be looked at is left alone.
pub fn remove_left_over() -> usize {
    remove_within(&std::env::temp_dir(), BIRTH)
}

fn remove_within(temp: &Path, birth: Duration) -> usize {
    let entries = fs::read_dir(temp).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with(PREFIX) && is_own_folder(&entry.path())
    });
    ours.filter(|entry| remove_if_left(&entry.path(), birth).is_ok_and(|removed| removed))
        .count()
}

/// Removes a folder if nobody holds its lock; whether it was removed.
fn remove_if_left(folder: &Path, birth: Duration) -> io::Result<bool> {
    let lock = File::open(folder.join(LOCK))?;
    let age = lock.metadata()?.modified()?.elapsed().unwrap_or_default();
    if age < birth || lock.try_lock().is_err() {
        return Ok(false);
    }
    fs::remove_dir_all(folder)?;
    Ok(true)
}

/// Whether it is a folder, no link to one, and belongs to the user.
#[cfg(unix)]
fn is_own_folder(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let user = rustix::process::geteuid().as_raw();
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir() && there.uid() == user)
}

#[cfg(not(unix))]
fn is_own_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

impl Write for Spool {
    /// Fails with a [`Full`] inside when the spool takes no more.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let room = usize::try_from(self.room()?).unwrap_or(usize::MAX);
        let some = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        let written = self.file.write(some)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests;
