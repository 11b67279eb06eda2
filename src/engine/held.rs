//! A followed log as text: its stream of bytes, and which characters they stand for.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::fetch::read_range;
use super::seams::Seams;
use super::state::Seam;
use super::trouble;
use crate::base::problem::Problem;
use crate::base::time::Timestamp;
use crate::bytes::disk::{Disk, Kind};
use crate::bytes::encoding::Encoding;
use crate::bytes::identity::FileId;
use crate::bytes::sniff::{self, Region, Sniffed};
use crate::bytes::stream::{self, Check, Stream, Turn, Unpack};
use crate::bytes::transcode::Transcoded;
use crate::bytes::{ByteSource, ReadError, padding};
use crate::format::detect::sample_of;
use crate::index::snapshot::SourceSnapshot;

/// Bytes of another encoding that are counted at a time, so that the first rows need not wait for the last ones.
const COUNTED: u64 = 64 << 20;

/// Bytes added to a file of nothing but ASCII that are looked at for its encoding.
const ADDED: u64 = 64 << 10;

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
    /// Where the stream turned.
    seams: Seams,
    /// What is indexed: the files themselves, or another encoding as UTF-8.
    text: Text,
    encoding: Encoding,
    /// Nobody chose the encoding.
    detected: bool,
    /// Nothing but ASCII was seen when the encoding was chosen; how long the files were then.
    undecided: Option<u64>,
    /// How long the files were when it was last judged whether what is added is in the encoding.
    judged: u64,
    text_len: u64,
    /// What `text_len` will be once all is counted, about.
    text_goal: u64,
}

#[derive(Debug, Clone)]
enum Text {
    Raw,
    Other(Arc<Transcoded>),
}

impl Held {
    /// Opens what is at a path, if it is a regular file: opening a FIFO would wait for its writer. What was written to
    /// the `older` files is read before it.
    pub(super) fn open(
        disk: &Arc<dyn Disk>,
        path: &Path,
        older: &[PathBuf],
        encoding: Option<&Encoding>,
    ) -> Result<Self, Problem> {
        let cannot = |error: io::Error| trouble::cannot_open(path, &error);
        match disk.facts(path).map_err(cannot)?.kind {
            Kind::File => {}
            Kind::Folder => return Err(cannot(io::ErrorKind::IsADirectory.into())),
            Kind::Other => return Err(trouble::not_regular(path)),
        }
        let older: io::Result<Vec<_>> = older.iter().map(|path| disk.open(path)).collect();
        let older = older.map_err(cannot)?;
        let opened = Stream::open_behind(disk.clone(), path, older);
        let stream = opened.map_err(|error| match error {
            ReadError::Io(error) => cannot(error),
            ReadError::Stale => trouble::unreadable(&error).path(path),
        })?;
        Self::over(path, stream, Seams::default(), encoding)
    }

    /// Has compressed rotated files unpacked by somebody who need not be waited for.
    pub(super) fn unpack_with(&mut self, unpacker: Arc<dyn Unpack>) {
        self.stream.unpack_with(unpacker);
    }

    /// The same stream from its start, read as other characters.
    pub(super) fn again(&self, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        Self::over(&self.path, self.stream.clone(), self.seams.anew(), encoding)
    }

    /// The same stream without what is gone of it.
    pub(super) fn without_gone(&self, encoding: Option<&Encoding>) -> Result<Self, Problem> {
        let stream = self.stream.without_gone();
        let seams = self.seams.only_last(stream.current_start());
        Self::over(&self.path, stream, seams, encoding)
    }

    fn over(
        path: &Path,
        stream: Stream,
        seams: Seams,
        encoding: Option<&Encoding>,
    ) -> Result<Self, Problem> {
        let held = Self::read_start(path, stream, encoding)
            .map_err(|error| trouble::unreadable(&error).path(path))?;
        Ok(Self { seams, ..held })
    }

    fn read_start(
        path: &Path,
        mut stream: Stream,
        encoding: Option<&Encoding>,
    ) -> Result<Self, ReadError> {
        let raw = stream.bytes();
        let sniffed = match encoding {
            Some(named) => Sniffed {
                encoding: sniff::settle(&*raw, *named)?,
                open: false,
            },
            None => sniff::sniff(&*raw, stream.len(), Region::here())?,
        };
        let found = sniffed.encoding;
        stream.set_line_ends(found.line_ends());
        let mut held = Self {
            path: path.to_owned(),
            text: match found.is_utf8() {
                true => Text::Raw,
                false => Text::Other(Arc::new(Transcoded::new(raw, found))),
            },
            encoding: found,
            detected: encoding.is_none(),
            undecided: sniffed.open.then(|| stream.len()),
            judged: 0,
            stream,
            seams: Seams::default(),
            text_len: 0,
            text_goal: 0,
        };
        held.measure()?;
        Ok(held)
    }

    /// Takes note of the length of the text.
    fn measure(&mut self) -> Result<(), ReadError> {
        let file_len = self.stream.len();
        (self.text_len, self.text_goal) = match &self.text {
            Text::Raw => (file_len, file_len),
            Text::Other(source) => {
                let counted = source.count(file_len, COUNTED)?;
                let rest = file_len.saturating_sub(counted.original);
                let growth = counted.utf8 as f64 / counted.original.max(1) as f64;
                (counted.utf8, counted.utf8 + (rest as f64 * growth) as u64)
            }
        };
        Ok(())
    }

    /// Which characters the bytes stand for.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Whether the content told the encoding, and not the user.
    pub(super) fn encoding_was_detected(&self) -> bool {
        self.detected
    }

    /// Whether the encoding is to be chosen anew: there was only ASCII, and now something else was added.
    pub(super) fn is_told_now(&mut self) -> bool {
        let Some(seen) = self.undecided else {
            return false;
        };
        let Some((added, end)) = self.added_since(seen) else {
            return false;
        };
        let told = !added.is_ascii();
        self.undecided = (!told).then_some(end);
        told && !sniff::detect(&added, Region::here()).is_utf8()
    }

    /// The last whole lines that were added behind byte `seen` of the files, and where they end; half a line may end in
    /// half a character. `None` if there is none.
    fn added_since(&self, seen: u64) -> Option<(Vec<u8>, u64)> {
        let (raw, len) = (self.stream.bytes(), self.stream.len());
        let range = seen.max(len.saturating_sub(ADDED))..len;
        let mut added = Vec::new();
        read_range(&*raw, &range, &mut added).ok()?;
        added.truncate(memchr::memrchr(b'\n', &added)? + 1);
        let end = range.start + added.len() as u64;
        Some((added, end))
    }

    /// The encoding of lines that were added of late, in a log that is UTF-8 as far as its content told.
    pub(super) fn is_mixed_with(&mut self) -> Option<Encoding> {
        if !self.detected || !self.encoding.is_utf8() || self.undecided.is_some() {
            return None;
        }
        let (added, end) = self.added_since(self.judged)?;
        self.judged = end;
        sniff::other_than_utf8(&added, Region::here())
    }

    /// The start of what is behind byte `at` of the files, as text.
    pub(super) fn text_behind(&self, at: u64, most: u64) -> Result<Vec<u8>, ReadError> {
        let text = self.text();
        let (mut low, mut high) = (0, self.text_len);
        while low < high {
            let middle = low + (high - low) / 2;
            match text.to_original(&(middle..middle + 1))?.start < at {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let mut start = Vec::new();
        let end = self.text_len.min(low.saturating_add(most));
        read_range(&*text, &(low..end), &mut start)?;
        Ok(padding::without(&start))
    }

    /// The bytes that are indexed.
    pub(super) fn text(&self) -> Arc<dyn ByteSource> {
        match &self.text {
            Text::Raw => self.stream.bytes(),
            Text::Other(source) => source.clone(),
        }
    }

    /// Length of [`Self::text`] at the last look.
    pub(super) fn text_len(&self) -> u64 {
        self.text_len
    }

    /// What that will be once all of the files was looked at, about.
    pub(super) fn text_goal(&self) -> u64 {
        self.text_goal
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

    /// Where the stream turned, by record, as far as those are known.
    pub(super) fn seams(&self) -> Arc<[Seam]> {
        self.seams.found()
    }

    /// Finds the records where the stream turned.
    pub(super) fn find_seams(&mut self, snapshot: &SourceSnapshot) {
        let text = self.text();
        self.seams.find(&*text, snapshot);
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
        let read = |range: Range<u64>| {
            let mut piece = Vec::new();
            let from = text.data_from(range.start);
            read_range(
                &*text,
                &(from..from + (range.end - range.start)),
                &mut piece,
            )?;
            Ok(padding::without(&piece))
        };
        sample_of(self.text_len(), read)
    }

    /// Compares with what is at the path, and takes note of the present length. Whatever the path leads to, the held
    /// file may have grown.
    pub(super) fn look(&mut self) -> Look {
        let found = match self.stream.look(Instant::now()) {
            stream::Look::Same => Look::Same,
            stream::Look::Turned(turn) => {
                if let Text::Other(source) = &self.text {
                    source.cut(turn.keep);
                }
                self.seams.add(&turn);
                Look::Turned(turn)
            }
            stream::Look::Gone(error) => Look::Gone(trouble::gone(&self.path, &error)),
            stream::Look::Failing(error) => {
                return Look::Gone(trouble::unreadable(&error.into()).path(&self.path));
            }
        };
        match self.measure() {
            Ok(()) => found,
            Err(error) => Look::Gone(trouble::unreadable(&error).path(&self.path)),
        }
    }

    /// Remembers what the file looks like now that `indexed` bytes of the text are read.
    pub(super) fn remember(&mut self, indexed: u64) -> Check {
        if let Text::Other(source) = &self.text {
            source.pin(indexed);
        }
        let end = self.in_files(indexed);
        let check = end.map_or(Check::Changed, |end| {
            self.stream.remember(end, Instant::now())
        });
        // What came late to other files belongs to the stream from now on.
        match self.measure() {
            Ok(()) => check,
            Err(_) => Check::Changed,
        }
    }

    /// Where byte `indexed` of the text is in the files.
    pub(super) fn in_files(&self, indexed: u64) -> Result<u64, ReadError> {
        Ok(self.text().to_original(&(0..indexed))?.end)
    }
}
