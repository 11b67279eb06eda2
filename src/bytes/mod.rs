//! Where bytes come from: positioned reads, never a memory map (a log may be truncated under us, and a map would then
//! end the program with SIGBUS).

pub mod archive;
pub mod chain;
mod chase;
pub mod command;
pub mod control;
pub mod disk;
pub mod encoding;
pub mod file;
pub mod identity;
pub mod line_ends;
#[cfg(unix)]
mod lines;
mod live;
pub mod memory;
pub mod packed;
pub mod padding;
pub mod rotated;
pub mod siblings;
pub mod sniff;
pub mod spool;
pub mod stream;
pub mod supply;
mod tarred;
pub mod transcode;

use std::io;
use std::ops::Range;

/// Why a positioned read gave no bytes.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes were truncated or replaced since the index was made.
    #[error("the file was changed since it was indexed")]
    Stale,
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Bytes that can be read at any position, by several threads at once.
pub trait ByteSource: Send + Sync + std::fmt::Debug {
    /// The present length in bytes.
    ///
    /// # Errors
    /// What the operating system says.
    fn len(&self) -> io::Result<u64>;

    /// Whether there are no bytes at present.
    ///
    /// # Errors
    /// What the operating system says.
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Reads at `offset` until `buf` is full or the source ends; returns how many bytes were read. A short read is a
    /// normal event (end of file, truncation), never an error.
    ///
    /// # Errors
    /// `Stale` where the source knows that its bytes were replaced, otherwise what the operating system says.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError>;

    /// Whether bytes of this range, which once were read, are nowhere any more. NUL stands in their place.
    fn is_gone(&self, _range: &Range<u64>) -> bool {
        false
    }

    /// A place at or behind `offset`, up to which all bytes are NUL: those of a hole, as the file system says without
    /// reading them. `offset` itself where that is not known.
    fn data_from(&self, offset: u64) -> u64 {
        offset
    }

    /// Where bytes of this range come from, for [`Self::read_original_at`]: elsewhere if the source decodes them from
    /// another encoding. Ranges that touch each other do so there too, so that all of them together are the file, byte for
    /// byte: what begins at 0 includes a byte order mark, and nothing but that is where the empty range at 0 comes from.
    ///
    /// # Errors
    /// As [`Self::read_at`].
    fn to_original(&self, range: &Range<u64>) -> Result<Range<u64>, ReadError> {
        Ok(range.clone())
    }

    /// Reads bytes as they stand in the file, at a position that [`Self::to_original`] gave; otherwise as
    /// [`Self::read_at`].
    ///
    /// # Errors
    /// As [`Self::read_at`].
    fn read_original_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.read_at(offset, buf)
    }
}
