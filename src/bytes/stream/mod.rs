//! A log followed through whatever happens to its file, as one stream of bytes to which bytes are only added.
//!
//! Looking decides, nothing else: [`Stream::look`] compares the file that is held open with what it was and with what is
//! at the path. When another file took the name or the file was cut, the held file is read to its end first, then every
//! rotated file beside it that was not read yet, compressed or not, then the new one. Of a file that was cut after it had
//! been copied (logrotate's copytruncate), the copy takes over. What a writer adds to a rotated file afterwards is added to
//! the stream when it comes. Nothing tells what came and went between two looks without a trace; where that may be, there
//! is a gap.

mod late;
mod packed;
mod piece;
mod sort;
mod turn;

pub use packed::{Unpack, Unpacked};

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::ReadError;
use super::chain::Chain;
use super::chase::{Found, Heard, Known, open, picture};
use super::disk::{Disk, Facts, Kind, OpenFile};
use super::identity::{FileChange, FileId, Fingerprint};
use super::line_ends::LineEnds;
use super::siblings::Place;

/// A rotated file whose last line has no end is waited for so long: its writer may still be at it.
const TORN_GRACE: Duration = Duration::from_secs(1);

/// More files than this are not held open: the oldest are given up.
const MOST_HELD: usize = 128;

/// More bytes than this of files that were deleted are not kept from being freed by holding them.
const MOST_DELETED: u64 = 1 << 30;

/// Why a stream goes on in another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TurnReason {
    /// Another file took the name.
    Rotated,
    /// The file was cut short.
    Truncated,
    /// The file has other content.
    Rewritten,
}

/// The stream goes on in another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Why.
    pub reason: TurnReason,
    /// What was read of the stream behind this position is void and to be read anew.
    pub keep: u64,
    /// Where in the stream it goes on.
    pub at: u64,
    /// Rotated files that are read on the way, the oldest first.
    pub on_the_way: Vec<PathBuf>,
    /// How many bytes that were read are nowhere any more.
    pub gone: u64,
    /// Whether bytes may be missing that were never seen.
    pub gap: bool,
}

/// What a look found.
#[derive(Debug)]
pub enum Look {
    /// The file is at its path; it may have grown.
    Same,
    /// The stream goes on in other files. It is to be looked at again.
    Turned(Turn),
    /// Nothing that can be looked at is at the path; the held file may have grown.
    Gone(io::Error),
    /// The held file itself cannot be looked at.
    Failing(io::Error),
}

/// What is known of bytes that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// They may not be the stream's: the next look tells.
    Changed,
    /// They are the stream's.
    Sure,
    /// They are, they end with a line, and they should not have to be read again: older files may be given up.
    Settled,
}

/// A file of the stream.
#[derive(Debug, Clone)]
struct Part {
    file: Arc<dyn OpenFile>,
    id: FileId,
    /// How far it belongs to the stream; of the last one more may.
    end: u64,
    /// Since when what was added behind `end` has no line end.
    torn: Option<Instant>,
}

impl Part {
    fn new(file: Arc<dyn OpenFile>, id: FileId, end: u64) -> Self {
        Self {
            file,
            id,
            end,
            torn: None,
        }
    }
}

/// A followed log. Clones share the bytes; one of them may go on.
#[derive(Debug, Clone)]
pub struct Stream {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    line_ends: LineEnds,
    chain: Arc<Chain>,
    /// The files of the chain that are held, the current one last; never empty.
    parts: Vec<Part>,
    current: Arc<dyn OpenFile>,
    known: Vec<Known>,
    /// Where rotated files may be.
    places: Vec<Place>,
    heard: Heard,
    tried: Vec<packed::Tried>,
    /// Compressed files that repeat what was read; a file that differs in anything is another one.
    repeating: Vec<Facts>,
    unpacker: Arc<dyn Unpack>,
    /// What took the name, held from the moment it was seen.
    next: Option<Found>,
    /// Files that were last written before this need not be read.
    since: Option<SystemTime>,
    /// The current file at the last look.
    seen: Facts,
    /// What the current file looked like then.
    print: Fingerprint,
    /// How far the current file was read, in its bytes.
    read: u64,
    /// Whether what was read of it ends with a line.
    read_whole: bool,
    torn: Option<Instant>,
    /// When it turned, if that is not long ago.
    turned: Option<Instant>,
    /// Where the last part begins that was [`Check::Settled`].
    settled: u64,
    files: u64,
    gaps: u64,
}

impl Stream {
    /// Opens what is at a path. Rotated files that are there already are not part of the stream.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn open(disk: Arc<dyn Disk>, path: &Path) -> Result<Self, ReadError> {
        // First, so that what is rotated in this moment is not taken for what was there already.
        let since = disk.facts(path).ok().and_then(|facts| facts.modified);
        let mut heard = Heard::default();
        let here = picture(&*disk, path, &[], &mut heard)?.unwrap_or_default();
        let current = disk.open(path)?;
        let seen = current.facts()?;
        let print = match Fingerprint::take(&*current, seen.len) {
            // Cut in this moment: the first look sees that.
            Err(ReadError::Stale) => Fingerprint::take(&*current, 0)?,
            taken => taken?,
        };
        let known = here.beside.iter().filter(|found| found.facts.id != seen.id);
        let known = known.filter_map(|found| Known::new(&*found.file, found.facts.len).ok());
        Ok(Self {
            known: known.chain(packed::known(&*disk, &here.places)).collect(),
            places: here.places,
            heard: Heard::default(),
            tried: Vec::new(),
            repeating: Vec::new(),
            unpacker: Arc::new(packed::AtOnce),
            next: None,
            disk,
            path: path.to_owned(),
            line_ends: LineEnds::default(),
            chain: Arc::new(Chain::new(current.clone(), 0)),
            parts: vec![Part::new(current.clone(), seen.id, 0)],
            current,
            since: since.or(seen.modified),
            seen,
            print,
            read: 0,
            read_whole: true,
            torn: None,
            turned: None,
            settled: 0,
            files: 1,
            gaps: 0,
        })
    }

    /// Opens what is at a path behind rotated files of it, the oldest first.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn open_behind(
        disk: Arc<dyn Disk>,
        path: &Path,
        older: Vec<Arc<dyn OpenFile>>,
    ) -> Result<Self, ReadError> {
        let mut stream = Self::open(disk, path)?;
        let mut parts = Vec::new();
        for file in older {
            let facts = file.facts()?;
            if facts.id != stream.seen.id {
                parts.push(Part::new(file, facts.id, facts.len));
            }
        }
        let files = parts.iter().map(|part| &*part.file);
        stream.line_ends = LineEnds::of_files(files.chain([&*stream.current]));
        stream.put_before(parts)?;
        Ok(stream)
    }

    /// Has compressed files beside the log unpacked by somebody else, who need not be waited for.
    pub fn unpack_with(&mut self, unpacker: Arc<dyn Unpack>) {
        self.unpacker = unpacker;
    }

    /// Says how lines end in the files' encoding, which is known once their start was read.
    pub fn set_line_ends(&mut self, line_ends: LineEnds) {
        self.line_ends = line_ends;
        self.chain.set_line_ends(line_ends);
    }

    /// The same stream without what is gone of it; positions count anew.
    #[must_use]
    pub fn without_gone(&self) -> Self {
        Self {
            chain: Arc::new(self.chain.without_gone()),
            settled: 0,
            ..self.clone()
        }
    }

    /// The bytes of all files of the stream.
    #[must_use]
    pub fn bytes(&self) -> Arc<Chain> {
        self.chain.clone()
    }

    /// The file that is read at present.
    #[must_use]
    pub fn file(&self) -> &dyn OpenFile {
        &*self.current
    }

    /// The present file at the last look.
    #[must_use]
    pub fn seen(&self) -> Facts {
        self.seen
    }

    /// Length of the stream at the last look.
    #[must_use]
    pub fn len(&self) -> u64 {
        let (start, skip) = self.chain.last();
        start + self.seen.len.saturating_sub(skip)
    }

    /// Where the present file begins in the stream, or the last part of it.
    #[must_use]
    pub fn current_start(&self) -> u64 {
        self.chain.last().0
    }

    /// Whether there was nothing in the stream at the last look.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The files that are held.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + '_ {
        self.parts.iter().map(|part| part.id)
    }

    /// How many files the stream consists of.
    #[must_use]
    pub fn files(&self) -> u64 {
        self.files
    }

    /// In how many places bytes are missing or may be.
    #[must_use]
    pub fn gaps(&self) -> u64 {
        self.gaps
    }

    /// Compares the held file with what it was and with what is at the path, and takes note of its present length.
    pub fn look(&mut self, now: Instant) -> Look {
        let facts = match self.current.facts() {
            Ok(facts) => facts,
            Err(error) => return Look::Failing(error),
        };
        match self.cut(&facts) {
            Ok(None) => {}
            Ok(Some(reason)) => return self.turn(reason, now),
            Err(error) => return Look::Failing(into_io(error)),
        }
        let before = self.seen;
        if let Err(error) = self.see(facts) {
            return Look::Failing(into_io(error));
        }
        if before.len == 0 && self.seen.len > 0 {
            self.skip_mark();
        }
        self.take_late(now);
        match self.disk.facts(&self.path) {
            Ok(there) if there.id == facts.id => {
                self.torn = None;
                // What was empty may have had other content since, of which there is a copy.
                if before.len == 0 && before.modified != self.seen.modified {
                    return self.catch_up_with_copies(before, now);
                }
                self.take_missed(now);
                Look::Same
            }
            Ok(there) if there.kind == Kind::File => {
                self.heard.of(there);
                // What cannot be opened now is said by the picture.
                self.next = open(&*self.disk, &self.path, &mut self.heard).unwrap_or(None);
                self.turn(TurnReason::Rotated, now)
            }
            Ok(_) => Look::Gone(io::ErrorKind::NotFound.into()),
            Err(error) => Look::Gone(error),
        }
    }

    /// Takes note that the stream is read up to `read`.
    pub fn remember(&mut self, read: u64, now: Instant) -> Check {
        let (start, skip) = self.chain.last();
        let Some(read) = read.checked_sub(start) else {
            return Check::Sure;
        };
        let end = skip + read;
        let file = &*self.current;
        // The print is of the time before it was read: otherwise the file was rewritten meanwhile, as the next look tells.
        let (Ok(whole), Ok(FileChange::Same | FileChange::Grew)) = (
            self.line_ends.ends_line(file, skip, end),
            self.print.compare(file),
        ) else {
            return Check::Changed;
        };
        self.read = end;
        self.read_whole = whole;
        let settled = whole && self.settled < start;
        if settled {
            self.settled = start;
            self.release();
        }
        self.take_late(now);
        match settled {
            true => Check::Settled,
            false => Check::Sure,
        }
    }

    /// Takes note of the current file's length and of what it looks like, but only if it still goes on as it began: if it
    /// was written anew in this moment, the next look tells so.
    fn see(&mut self, facts: Facts) -> Result<(), ReadError> {
        if (facts.len, facts.modified) == (self.seen.len, self.seen.modified) {
            self.seen = facts;
            return Ok(());
        }
        let print = match Fingerprint::take(&*self.current, facts.len) {
            Err(ReadError::Stale) => return Ok(()),
            taken => taken?,
        };
        if let FileChange::Same | FileChange::Grew = self.print.compare(&*self.current)? {
            self.print = print;
            self.seen = facts;
        }
        Ok(())
    }

    /// Whether the current file is not what was seen of it.
    fn cut(&self, facts: &Facts) -> Result<Option<TurnReason>, ReadError> {
        if facts.len < self.seen.len {
            return Ok(Some(TurnReason::Truncated));
        }
        if (facts.len, facts.modified) == (self.seen.len, self.seen.modified) {
            return Ok(None);
        }
        Ok(match self.print.compare(&*self.current)? {
            FileChange::Same | FileChange::Grew => None,
            FileChange::Truncated => Some(TurnReason::Truncated),
            FileChange::Replaced => Some(TurnReason::Rewritten),
        })
    }

    fn ends_line(&self, len: u64) -> Result<bool, ReadError> {
        let (_, skip) = self.chain.last();
        self.line_ends.ends_line(&*self.current, skip, len)
    }

    /// Leaves a byte order mark at the start of a later file out of the stream.
    fn skip_mark(&mut self) {
        let (start, skip) = self.chain.last();
        if start > 0 && skip == 0 {
            self.read = self.line_ends.mark(&*self.current);
            self.chain.skip_to(self.read);
        }
    }
}

fn into_io(error: ReadError) -> io::Error {
    match error {
        ReadError::Io(error) => error,
        ReadError::Stale => io::Error::other(error),
    }
}
