//! Whether a file is still the same, and whether it only grew.

use std::fs::Metadata;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::ReadError;
use super::disk::OpenFile;

/// Bytes that each digest covers at most.
const DIGEST_BYTES: usize = 4096;

/// What tells one file of a file system from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileId {
    /// The device.
    pub dev: u64,
    /// The file on that device; 0 where stable Rust does not tell. File systems use a number again once the file is gone.
    pub ino: u64,
    /// When it was made, in nanoseconds since 1970; 0 where the file system does not keep that.
    pub born: u64,
}

impl FileId {
    /// The identity in the file system's words.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        let (dev, ino) = number(metadata);
        let born = metadata
            .created()
            .ok()
            .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos() as u64);
        Self { dev, ino, born }
    }
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// What a file looked like when it was `len` bytes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Which file.
    pub id: FileId,
    /// How many bytes of it were looked at.
    pub len: u64,
    /// Digest of its first bytes (4 KiB, or `len` if that is less).
    pub head: u64,
    /// Digest of the bytes before `len` (as many).
    pub tail: u64,
}

/// What became of an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileChange {
    /// Nothing.
    Same,
    /// Bytes were added at the end.
    Grew,
    /// It is shorter than it was.
    Truncated,
    /// The bytes that were there are not what they were.
    Replaced,
}

impl Fingerprint {
    /// The fingerprint of the first `len` bytes of an open file.
    ///
    /// # Errors
    /// What reading says; `Stale` if the file is shorter than `len`.
    pub fn take(file: &dyn OpenFile, len: u64) -> Result<Self, ReadError> {
        let id = file.facts()?.id;
        let size = len.min(DIGEST_BYTES as u64);
        Ok(Self {
            id,
            len,
            head: digest(file, 0, size)?,
            tail: digest(file, len - size, size)?,
        })
    }

    /// Compares an open file with what it looked like.
    ///
    /// # Errors
    /// What reading says.
    pub fn compare(&self, file: &dyn OpenFile) -> Result<FileChange, ReadError> {
        let facts = file.facts()?;
        if facts.id != self.id {
            return Ok(FileChange::Replaced);
        }
        if facts.len < self.len {
            return Ok(FileChange::Truncated);
        }
        match self.begins(file) {
            Ok(true) if facts.len > self.len => Ok(FileChange::Grew),
            Ok(true) => Ok(FileChange::Same),
            Ok(false) => Ok(FileChange::Replaced),
            Err(ReadError::Stale) => Ok(FileChange::Truncated),
            Err(error) => Err(error),
        }
    }

    /// Whether a file, this one or a copy, begins with the bytes that the fingerprint was taken of.
    ///
    /// # Errors
    /// What reading says; `Stale` if the file is shorter.
    pub fn begins(&self, file: &dyn OpenFile) -> Result<bool, ReadError> {
        let size = self.len.min(DIGEST_BYTES as u64);
        Ok(
            digest(file, 0, size)? == self.head
                && digest(file, self.len - size, size)? == self.tail,
        )
    }

    /// Whether a file holds the first bytes that the fingerprint was taken of, even if not all.
    ///
    /// # Errors
    /// What reading says; `Stale` if there are too few to tell.
    pub fn shares_head(&self, file: &dyn OpenFile) -> Result<bool, ReadError> {
        let size = self.len.min(DIGEST_BYTES as u64);
        Ok(size > 0 && digest(file, 0, size)? == self.head)
    }
}

/// A digest that is the same in every run of the program.
fn digest(file: &dyn OpenFile, offset: u64, size: u64) -> Result<u64, ReadError> {
    let mut buffer = [0_u8; DIGEST_BYTES];
    let wanted = buffer.get_mut(..size as usize).unwrap_or_default();
    let mut filled = 0;
    while let Some(rest) = wanted.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read_at(offset + filled as u64, rest)? {
            0 => return Err(ReadError::Stale),
            read => filled += read,
        }
    }
    let mut hasher = FxHasher::default();
    hasher.write(wanted);
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::bytes::ByteSource;
    use crate::bytes::file::FileBytes;
    use std::fs;
    use std::path::Path;

    fn fingerprint(path: &Path) -> (FileBytes, Fingerprint) {
        let file = FileBytes::open(path).unwrap();
        let print = Fingerprint::take(&file, file.len().unwrap()).unwrap();
        (file, print)
    }

    #[test]
    fn what_can_happen_to_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.log");
        let long = "0123456789".repeat(2000);
        fs::write(&path, &long).unwrap();
        let (file, before) = fingerprint(&path);
        let seen = || before.compare(&file).unwrap();
        assert_eq!(seen(), FileChange::Same);
        fs::write(&path, format!("{long}more")).unwrap();
        assert_eq!(seen(), FileChange::Grew);
        fs::write(&path, "short").unwrap();
        assert_eq!(seen(), FileChange::Truncated);
        fs::write(&path, "x".repeat(30_000)).unwrap();
        assert_eq!(seen(), FileChange::Replaced);
        fs::write(&path, &long).unwrap();
        let copy = folder.path().join("copy");
        fs::write(&copy, format!("{long}more")).unwrap();
        let copy = FileBytes::open(&copy).unwrap();
        assert_eq!(before.compare(&copy).unwrap(), FileChange::Replaced);
        assert!(before.begins(&copy).unwrap());
    }

    #[test]
    fn an_empty_file_grows() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let (open, before) = fingerprint(file.path());
        assert_eq!(before.compare(&open).unwrap(), FileChange::Same);
        fs::write(file.path(), "a").unwrap();
        assert_eq!(before.compare(&open).unwrap(), FileChange::Grew);
    }
}
