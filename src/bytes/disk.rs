//! The file system as following needs it, behind a trait so that tests can make it fail in the ways in which disks fail.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::ByteSource;
use super::file::FileBytes;
use super::identity::FileId;

/// What there is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A FIFO, a device, a socket.
    Other,
}

/// What the file system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Which file.
    pub id: FileId,
    /// Length in bytes.
    pub len: u64,
    /// When it was last written, where the file system knows.
    pub modified: Option<SystemTime>,
    /// What it is.
    pub kind: Kind,
    /// Whether some path still leads to it; `true` where the file system does not say.
    pub linked: bool,
}

impl Facts {
    /// In the file system's words.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        let kind = match metadata.file_type() {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        Self {
            id: FileId::of(metadata),
            len: metadata.len(),
            modified: metadata.modified().ok(),
            kind,
            linked: linked(metadata),
        }
    }
}

#[cfg(unix)]
fn linked(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 0
}

#[cfg(not(unix))]
fn linked(_: &Metadata) -> bool {
    true
}

/// An open file.
pub trait OpenFile: ByteSource {
    /// What the file system knows of it, wherever its path leads by now.
    ///
    /// # Errors
    /// What the operating system says.
    fn facts(&self) -> io::Result<Facts>;
}

/// Opens and looks at files.
pub trait Disk: Send + Sync + fmt::Debug {
    /// What is at a path, symlinks followed.
    ///
    /// # Errors
    /// What the operating system says.
    fn facts(&self, path: &Path) -> io::Result<Facts>;

    /// Opens a file for reading; never waits.
    ///
    /// # Errors
    /// What the operating system says.
    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>>;

    /// The names in a folder, in any order.
    ///
    /// # Errors
    /// What the operating system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// The path without symlinks.
    ///
    /// # Errors
    /// What the operating system says.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
}

/// The file system itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        Ok(Facts::of(&fs::metadata(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        Ok(Arc::new(FileBytes::open(path)?))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let entries = fs::read_dir(folder)?;
        entries.map(|entry| Ok(entry?.file_name())).collect()
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }
}

impl OpenFile for FileBytes {
    fn facts(&self) -> io::Result<Facts> {
        Ok(Facts::of(&self.metadata()?))
    }
}
