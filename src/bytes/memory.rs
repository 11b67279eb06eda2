//! Bytes in memory, for tests and pasted text; can be told to fail in the ways in which files fail.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::{ByteSource, ReadError};

/// Bytes that can grow and shrink while others read them. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct MemoryBytes {
    bytes: Arc<RwLock<Vec<u8>>>,
    faults: Arc<Faults>,
}

#[derive(Debug, Default)]
struct Faults {
    fail: AtomicBool,
    /// Most bytes that one read gives; 0 for no bound.
    at_most: AtomicUsize,
}

impl MemoryBytes {
    /// A source of these bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: Arc::new(RwLock::new(bytes.into())),
            faults: Arc::default(),
        }
    }

    /// Adds bytes at the end.
    pub fn append(&self, bytes: &[u8]) {
        self.write().extend_from_slice(bytes);
    }

    /// Cuts the bytes off behind `len`.
    pub fn truncate(&self, len: usize) {
        self.write().truncate(len);
    }

    /// Makes every read and every question for the length fail, until told otherwise.
    pub fn set_failing(&self, fail: bool) {
        self.faults.fail.store(fail, Ordering::Release);
    }

    /// Makes reads give at most so many bytes at a time, as a file system may; 0 for no bound.
    pub fn set_short_reads(&self, at_most: usize) {
        self.faults.at_most.store(at_most, Ordering::Release);
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Vec<u8>> {
        self.bytes.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> io::Result<std::sync::RwLockReadGuard<'_, Vec<u8>>> {
        if self.faults.fail.load(Ordering::Acquire) {
            return Err(io::Error::other("told to fail"));
        }
        Ok(self.bytes.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ByteSource for MemoryBytes {
    fn len(&self) -> io::Result<u64> {
        Ok(self.read()?.len() as u64)
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let bytes = self.read()?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = bytes.get(from..).unwrap_or_default();
        let bound = match self.faults.at_most.load(Ordering::Acquire) {
            0 => usize::MAX,
            bound => bound,
        };
        let count = rest.len().min(buf.len()).min(bound);
        for (to, from) in buf.iter_mut().zip(rest).take(count) {
            *to = *from;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn clones_see_the_same_bytes() {
        let bytes = MemoryBytes::new("abc");
        let other = bytes.clone();
        bytes.append(b"def");
        bytes.truncate(5);
        let mut buf = [0; 8];
        assert_eq!(other.len().unwrap(), 5);
        assert_eq!(other.read_at(2, &mut buf).unwrap(), 3);
        assert_eq!(buf.get(..3).unwrap(), b"cde");
        assert_eq!(other.read_at(9, &mut buf).unwrap(), 0);
    }

    #[test]
    fn it_fails_when_told_to() {
        let bytes = MemoryBytes::new("abcdef");
        let mut buf = [0; 8];
        bytes.set_short_reads(2);
        assert_eq!(bytes.read_at(1, &mut buf).unwrap(), 2);
        bytes.set_failing(true);
        assert!(bytes.len().is_err());
        assert!(matches!(bytes.read_at(0, &mut buf), Err(ReadError::Io(_))));
        bytes.set_failing(false);
        assert!(bytes.len().is_ok());
    }
}
