//! A followed log as text: its stream of bytes, and which characters they stand for.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::fetch::read_range;
use super::trouble;
use crate::base::problem::Problem;
use crate::base::time::Timestamp;
use crate::bytes::disk::{Disk, Kind};
use crate::bytes::encoding::Encoding;
use crate::bytes::identity::FileId;
use crate::bytes::line_ends::LineEnds;
use crate::bytes::stream::{self, Check, Stream, Turn};
use crate::bytes::utf16::Utf16Source;
use crate::bytes::{ByteSource, ReadError};
use crate::format::detect::{join, sample_ranges};

/// Bytes of each window that the encoding is judged by.
const WINDOW_BYTES: u64 = 64 << 10;

/// What became of a held file.
#[derive(Debug)]
pub(super) enum Look {
    /// It is at its path; it may have grown.
    Same,
    /// The stream goes on in other files.
    Turned(Turn),
    /// Nothing that can be looked at is at its path.
    Gone(Problem),
}

/// A followed log.
#[derive(Debug)]
pub(super) struct Held {
    path: PathBuf,
    stream: Stream,
    /// What is indexed: the files themselves, or their UTF-16 as UTF-8.
    text: Text,
    encoding: Encoding,
    text_len: u64,
}

#[derive(Debug, Clone)]
enum Text {
    Raw,
    Utf16(Arc<Utf16Source>),
}

impl Held {
    /// Opens what is at a path, if it is a regular file: opening a FIFO would wait for its writer.
    pub(super) fn open(
        disk: &Arc<dyn Disk>,
        path: &Path,
        encoding: Option<&Encoding>,
    ) -> Result<Self, Problem> {
        let cannot = |error: io::Error| trouble::cannot_open(path, &error);
        match disk.facts(path).map_err(cannot)?.kind {
            Kind::File => {}
            Kind::Folder => return Err(cannot(io::ErrorKind::IsADirectory.into())),
            Kind::Other => return Err(trouble::not_regular(path)),
        }
        let stream = Stream::open(disk.clone(), path).map_err(|error| match error {
            ReadError::Io(error) => cannot(error),
            ReadError::Stale => trouble::unreadable(&error).path(path),
        })?;
        Self::over(path, stream, encoding)
    }

    /// The same stream from its start, read as other characters.
    pub(super) fn again(&self, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        Self::over(&self.path, self.stream.clone(), encoding)
    }

    /// The same stream without what is gone of it.
    pub(super) fn without_gone(&self, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        Self::over(&self.path, self.stream.without_gone(), encoding)
    }

    fn over(path: &Path, stream: Stream, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        Self::read_start(path, stream, encoding)
            .map_err(|error| trouble::unreadable(&error).path(path))
    }

    fn read_start(
        path: &Path,
        mut stream: Stream,
        encoding: Option<&Encoding>,
    ) -> Result<Self, ReadError> {
        let raw = stream.bytes();
        let encoding = match encoding {
            Some(encoding) => *encoding,
            None => detect_encoding(&*raw, stream.len())?,
        };
        let (text, line_ends) = match (encoding.is_utf16(), encoding.is_big_endian()) {
            (false, _) => (None, LineEnds::Byte),
            (true, false) => (Some(Utf16Source::new(raw, false)), LineEnds::Utf16Le),
            (true, true) => (Some(Utf16Source::new(raw, true)), LineEnds::Utf16Be),
        };
        stream.set_line_ends(line_ends);
        let mut held = Self {
            path: path.to_owned(),
            stream,
            text: text.map_or(Text::Raw, |text| Text::Utf16(Arc::new(text))),
            encoding,
            text_len: 0,
        };
        held.measure()?;
        Ok(held)
    }

    /// Takes note of the length of the text.
    fn measure(&mut self) -> io::Result<()> {
        self.text_len = match &self.text {
            Text::Raw => self.stream.len(),
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
            Text::Raw => self.stream.bytes(),
            Text::Utf16(source) => source.clone(),
        }
    }

    /// Length of [`Self::text`] at the last look.
    pub(super) fn text_len(&self) -> u64 {
        self.text_len
    }

    /// Length of all files at the last look.
    pub(super) fn file_len(&self) -> u64 {
        self.stream.len()
    }

    /// The files that are held.
    pub(super) fn ids(&self) -> Vec<FileId> {
        self.stream.ids().collect()
    }

    /// How many files there are.
    pub(super) fn files(&self) -> u64 {
        self.stream.files()
    }

    /// In how many places bytes are missing or may be.
    pub(super) fn gaps(&self) -> u64 {
        self.stream.gaps()
    }

    /// When the present file was last written.
    pub(super) fn modified(&self) -> Timestamp {
        let modified = self.stream.seen().modified;
        let since = modified
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
    pub(super) fn look(&mut self) -> Look {
        let found = match self.stream.look(Instant::now()) {
            stream::Look::Same => Look::Same,
            stream::Look::Turned(turn) => {
                if let Text::Utf16(source) = &self.text {
                    source.cut(turn.keep);
                }
                Look::Turned(turn)
            }
            stream::Look::Gone(error) => Look::Gone(trouble::gone(&self.path, &error)),
            stream::Look::Failing(error) => {
                return Look::Gone(trouble::unreadable(&error.into()).path(&self.path));
            }
        };
        match self.measure() {
            Ok(()) => found,
            Err(error) => Look::Gone(trouble::unreadable(&error.into()).path(&self.path)),
        }
    }

    /// Remembers what the file looks like now that `indexed` bytes of the text are read.
    pub(super) fn remember(&mut self, indexed: u64) -> Check {
        let end = match &self.text {
            Text::Raw => Ok(indexed),
            Text::Utf16(source) => source.to_original(indexed),
        };
        let check = end.map_or(Check::Changed, |end| {
            self.stream.remember(end, Instant::now())
        });
        // What came late to other files belongs to the stream from now on.
        match self.measure() {
            Ok(()) => check,
            Err(_) => Check::Changed,
        }
    }

    /// Whether positions in the text outlast that bytes before them are gone: how long UTF-16 is as UTF-8 depends on what
    /// it says.
    pub(super) fn outlasts_gaps(&self) -> bool {
        matches!(self.text, Text::Raw)
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
