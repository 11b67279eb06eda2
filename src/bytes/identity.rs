//! Whether a path still leads to the same file, and whether that file only grew.

use std::fs::Metadata;
use std::hash::Hasher;
use std::io;
use std::path::Path;

use rustc_hash::FxHasher;

use super::file::FileBytes;
use super::{ByteSource, ReadError};

/// Bytes that each digest covers at most.
const DIGEST_BYTES: usize = 4096;

/// What tells one file of a file system from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileId {
    /// The device.
    pub dev: u64,
    /// The file on that device. File systems use a number again once the file is gone.
    pub ino: u64,
}

impl FileId {
    /// The identity in the file system's words.
    #[cfg(unix)]
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            dev: metadata.dev(),
            ino: metadata.ino(),
        }
    }

    /// The moment of creation stands in for the file's number, which stable Rust does not tell on this system.
    #[cfg(not(unix))]
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        let created = metadata
            .created()
            .ok()
            .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos() as u64);
        Self {
            dev: 0,
            ino: created,
        }
    }
}

/// What a file looked like when it was indexed up to `len`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Which file.
    pub id: FileId,
    /// How far it was indexed.
    pub len: u64,
    /// Digest of its first bytes (4 KiB, or `len` if that is less).
    pub head: u64,
    /// Digest of the bytes before `len` (as many).
    pub tail: u64,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileChange {
    /// Nothing.
    Same,
    /// Bytes were added at the end.
    Grew,
    /// It is shorter than what was indexed of it.
    Truncated,
    /// The path leads to another file, or the indexed bytes are not what they were.
    Replaced,
    /// The path leads nowhere.
    Gone,
}

impl Fingerprint {
    /// The fingerprint of an open file that is indexed up to `len`.
    ///
    /// # Errors
    /// What reading says; `Stale` if the file is shorter than `len`.
    pub fn take(file: &FileBytes, len: u64) -> Result<Self, ReadError> {
        let id = FileId::of(&file.metadata()?);
        let size = len.min(DIGEST_BYTES as u64);
        Ok(Self {
            id,
            len,
            head: digest(file, 0, size)?,
            tail: digest(file, len - size, size)?,
        })
    }

    /// Compares an open file with what it looked like. Never `Gone`.
    ///
    /// # Errors
    /// What reading says.
    pub fn compare(&self, file: &FileBytes) -> Result<FileChange, ReadError> {
        let metadata = file.metadata()?;
        if FileId::of(&metadata) != self.id {
            return Ok(FileChange::Replaced);
        }
        if metadata.len() < self.len {
            return Ok(FileChange::Truncated);
        }
        match Self::take(file, self.len) {
            Ok(now) if now == *self => Ok(if metadata.len() > self.len {
                FileChange::Grew
            } else {
                FileChange::Same
            }),
            Ok(_) => Ok(FileChange::Replaced),
            Err(ReadError::Stale) => Ok(FileChange::Truncated),
            Err(error) => Err(error),
        }
    }
}

/// Compares what is at `path` now with what was there.
///
/// # Errors
/// What the operating system says, except that the path leads nowhere.
pub fn compare(before: &Fingerprint, path: &Path) -> Result<FileChange, ReadError> {
    match FileBytes::open(path) {
        Ok(file) => before.compare(&file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(FileChange::Gone),
        Err(error) => Err(error.into()),
    }
}

/// A digest that is the same in every run of the program.
fn digest(file: &FileBytes, offset: u64, size: u64) -> Result<u64, ReadError> {
    let mut buffer = [0_u8; DIGEST_BYTES];
    let wanted = buffer.get_mut(..size as usize).unwrap_or_default();
    if file.read_at(offset, wanted)? < wanted.len() {
        return Err(ReadError::Stale);
    }
    let mut hasher = FxHasher::default();
    hasher.write(wanted);
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use std::fs;

    fn fingerprint(path: &Path) -> Fingerprint {
        let file = FileBytes::open(path).unwrap();
        let len = file.len().unwrap();
        Fingerprint::take(&file, len).unwrap()
    }

    #[test]
    fn what_can_happen_to_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.log");
        let long = "0123456789".repeat(2000);
        fs::write(&path, &long).unwrap();
        let before = fingerprint(&path);
        let seen = || compare(&before, &path).unwrap();
        assert_eq!(seen(), FileChange::Same);
        fs::write(&path, format!("{long}more")).unwrap();
        assert_eq!(seen(), FileChange::Grew);
        fs::write(&path, "short").unwrap();
        assert_eq!(seen(), FileChange::Truncated);
        fs::write(&path, "x".repeat(30_000)).unwrap();
        assert_eq!(seen(), FileChange::Replaced);
        fs::rename(&path, folder.path().join("a.log.1")).unwrap();
        assert_eq!(seen(), FileChange::Gone);
        fs::write(&path, &long).unwrap();
        assert_eq!(seen(), FileChange::Replaced);
    }

    #[test]
    fn an_empty_file_grows() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let before = fingerprint(file.path());
        assert_eq!(compare(&before, file.path()).unwrap(), FileChange::Same);
        fs::write(file.path(), "a").unwrap();
        assert_eq!(compare(&before, file.path()).unwrap(), FileChange::Grew);
    }
}
