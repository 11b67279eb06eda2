//! A file held open, and whether it is still the one at its path.
//!
//! The descriptor is held for as long as the file is followed: it keeps the inode number from being used again, and it
//! leads to the rest of a file that was renamed or deleted. A file under the same inode may still have other content
//! (copytruncate, `> file`, an editor), so its beginning and the last bytes that were read are remembered and compared
//! whenever its length or time of change says that something happened.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::fetch::read_range;
use super::trouble;
use crate::base::problem::Problem;
use crate::base::time::Timestamp;
use crate::bytes::encoding::Encoding;
use crate::bytes::file::FileBytes;
use crate::bytes::identity::{FileChange, FileId, Fingerprint};
use crate::bytes::utf16::Utf16Source;
use crate::bytes::{ByteSource, ReadError};
use crate::format::detect::{join, sample_ranges};

/// Bytes that the first print covers; while a file is being read for the first time, only its start is compared.
const FIRST_PRINT: u64 = 4 << 10;

/// Bytes of each window that the encoding is judged by.
const WINDOW_BYTES: u64 = 64 << 10;

/// What became of a held file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Look {
    /// It is at its path; it may have grown.
    Same,
    /// It is at its path and shorter than it was.
    Truncated,
    /// It is at its path, but its content is not what was read.
    Rewritten,
    /// Another file is at its path.
    Other,
    /// Nothing that can be looked at is at its path.
    Gone(Problem),
}

/// A file held open.
#[derive(Debug)]
pub(super) struct Held {
    raw: Arc<FileBytes>,
    /// What is indexed: the file itself, or its UTF-16 as UTF-8.
    text: Text,
    encoding: Encoding,
    seen: Seen,
    text_len: u64,
    print: Fingerprint,
}

#[derive(Debug, Clone)]
enum Text {
    Raw,
    Utf16(Arc<Utf16Source>),
}

/// What the system said of the file at the last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    length: u64,
    modified: Option<SystemTime>,
}

impl Held {
    /// Opens what is at a path, if it is a regular file: opening a FIFO would wait for its writer.
    pub(super) fn open(path: &Path, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        let cannot = |error: io::Error| trouble::cannot_open(path, &error);
        let there = fs::metadata(path).map_err(cannot)?;
        if there.is_dir() {
            return Err(cannot(io::ErrorKind::IsADirectory.into()));
        }
        if !there.is_file() {
            return Err(trouble::not_regular(path));
        }
        let raw = FileBytes::open(path).map_err(cannot)?;
        Self::over(Arc::new(raw), encoding).map_err(|problem| problem.path(path))
    }

    /// The same file from its start, read as other characters.
    pub(super) fn again(&self, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        Self::over(self.raw.clone(), encoding)
    }

    fn over(raw: Arc<FileBytes>, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        Self::read_start(raw, encoding).map_err(|error| trouble::unreadable(&error))
    }

    fn read_start(raw: Arc<FileBytes>, encoding: Option<&Encoding>) -> Result<Self, ReadError> {
        let seen = Seen::of(&raw.metadata()?);
        let encoding = match encoding {
            Some(encoding) => *encoding,
            None => detect_encoding(&*raw, seen.length)?,
        };
        let text = if encoding.is_utf16() {
            let source = Utf16Source::new(raw.clone(), encoding.is_big_endian());
            Text::Utf16(Arc::new(source))
        } else {
            Text::Raw
        };
        let print = Fingerprint::take(&raw, seen.length.min(FIRST_PRINT))?;
        let mut held = Self {
            raw,
            text,
            encoding,
            seen,
            text_len: 0,
            print,
        };
        held.measure()?;
        Ok(held)
    }

    /// Takes note of the length of the text.
    fn measure(&mut self) -> io::Result<()> {
        self.text_len = match &self.text {
            Text::Raw => self.seen.length,
            Text::Utf16(source) => source.len()?,
        };
        Ok(())
    }

    /// Which characters the bytes stand for.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How to read the bytes of [`Self::text`].
    pub(super) fn decoder(&self) -> Encoding {
        self.encoding.as_scanned()
    }

    /// The bytes that are indexed.
    pub(super) fn text(&self) -> Arc<dyn ByteSource> {
        match &self.text {
            Text::Raw => self.raw.clone(),
            Text::Utf16(source) => source.clone(),
        }
    }

    /// Length of [`Self::text`] at the last look.
    pub(super) fn text_len(&self) -> u64 {
        self.text_len
    }

    /// Length of the file at the last look.
    pub(super) fn file_len(&self) -> u64 {
        self.seen.length
    }

    /// When it was last written.
    pub(super) fn modified(&self) -> Timestamp {
        let since = self
            .seen
            .modified
            .unwrap_or_else(SystemTime::now)
            .duration_since(UNIX_EPOCH);
        let nanos = since.map_or(0, |since| {
            i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
        });
        Timestamp(nanos)
    }

    /// Pieces from all over the text, for detection.
    pub(super) fn sample(&self) -> Result<Vec<u8>, ReadError> {
        let text = self.text();
        let read = |range| {
            let mut piece = Vec::new();
            read_range(&*text, &range, &mut piece)?;
            Ok(piece)
        };
        let pieces: Result<Vec<_>, ReadError> = sample_ranges(self.text_len())
            .into_iter()
            .map(read)
            .collect();
        Ok(join(&pieces?))
    }

    /// Compares with what is at the path, and takes note of the present length. Whatever the path leads to, the held
    /// file may have grown.
    pub(super) fn look(&mut self, path: &Path) -> Look {
        let now = match self.raw.metadata() {
            Ok(now) => now,
            Err(error) => return Look::Gone(trouble::gone(path, &error)),
        };
        let (before, after) = (self.seen, Seen::of(&now));
        if after.length < before.length {
            return Look::Truncated;
        }
        if after != before {
            match self.print.compare(&self.raw) {
                Ok(FileChange::Same | FileChange::Grew) => {}
                Ok(FileChange::Truncated) => return Look::Truncated,
                Ok(FileChange::Replaced | FileChange::Gone) => return Look::Rewritten,
                Err(error) => return Look::Gone(trouble::unreadable(&error).path(path)),
            }
            self.seen = after;
            if let Err(error) = self.measure() {
                return Look::Gone(trouble::unreadable(&error.into()).path(path));
            }
        }
        match fs::metadata(path) {
            Ok(there) if FileId::of(&there) == FileId::of(&now) => Look::Same,
            Ok(_) => Look::Other,
            Err(error) => Look::Gone(trouble::gone(path, &error)),
        }
    }

    /// Remembers what the file looks like now that `indexed` bytes of the text are read.
    pub(super) fn remember(&mut self, indexed: u64) {
        let end = match &self.text {
            Text::Raw => Ok(indexed),
            Text::Utf16(source) => source.to_original(indexed),
        };
        // Only if it still goes on as it began, seen after the new print was taken: otherwise the file was rewritten a
        // moment ago, and the next look tells so by the old print.
        if let Ok(print) = end.and_then(|end| Fingerprint::take(&self.raw, end))
            && matches!(
                self.print.compare(&self.raw),
                Ok(FileChange::Same | FileChange::Grew)
            )
        {
            self.print = print;
        }
    }
}

impl Seen {
    fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

/// Judges by the start of the file, and where that is all ASCII also by its middle and end: the first Korean message may
/// come late.
fn detect_encoding(raw: &dyn ByteSource, length: u64) -> Result<Encoding, ReadError> {
    let mut sample = Vec::new();
    read_range(raw, &(0..length.min(WINDOW_BYTES)), &mut sample)?;
    if length > WINDOW_BYTES && sample.is_ascii() {
        for at in [length / 2, length - WINDOW_BYTES] {
            let mut window = Vec::new();
            read_range(raw, &(at..(at + WINDOW_BYTES).min(length)), &mut window)?;
            // Whole lines only: a character cut in half would look like another encoding.
            let start = memchr::memchr(b'\n', &window).map_or(window.len(), |end| end + 1);
            let end = memchr::memrchr(b'\n', &window).map_or(start, |end| end + 1);
            sample.extend_from_slice(window.get(start..end).unwrap_or_default());
        }
    }
    Ok(Encoding::detect(&sample))
}
