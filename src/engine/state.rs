//! What a source tells the window: immutable pictures, newest wins.

use std::sync::Arc;
use std::time::Duration;

use super::choice::Choice;
use super::offer::Offer;
use crate::base::id::{Generation, RecordNo};
use crate::base::problem::Problem;
use crate::base::time::Zone;
use crate::bytes::command::Ended;
use crate::bytes::encoding::Encoding;
use crate::bytes::stream::{Turn, TurnReason};
use crate::format::spec::{Format, FormatSpec};
use crate::index::snapshot::SourceSnapshot;

mod answers;
mod preview;
mod surveys;

pub use super::shown::ViewSnapshot;
pub use answers::{
    CopyResult, ExportOutcome, ExportState, Exported, FullRecord, NearestResult, RowBatch, RowText,
    SeekResult,
};
pub use preview::{
    CheckResult, CheckTally, FailedLine, LineVerdict, Preview, PreviewError, PreviewField,
    PreviewLine, PreviewResult, Suggestion,
};
pub use surveys::{
    FieldsState, FindHits, GroupsState, PlotState, Surveyed, TimelineState, WordsState,
};

/// A source as far as it is read.
#[derive(Debug, Clone)]
pub struct SourceState {
    /// The index; a growing prefix of the file.
    pub snapshot: SourceSnapshot,
    /// What the source is doing.
    pub phase: Phase,
    /// How records are read.
    pub format: Arc<Format>,
    /// Whether the content chose the format.
    pub format_was_detected: bool,
    /// What detection thought of when it was last asked, best first; empty if the format was always given.
    pub candidates: Arc<[CandidateInfo]>,
    /// The zone of times that name none.
    pub zone: Zone,
    /// Which characters the bytes stand for.
    pub encoding: Encoding,
    /// The content told the encoding, and not the user.
    pub encoding_was_detected: bool,
    /// Length of the log when last looked at, in bytes of its files.
    pub file_len: u64,
    /// How many files it was read from: more than one once it was rotated.
    pub files: u64,
    /// In how many places bytes are missing or may be: truncated or deleted before they were read.
    pub gaps: u64,
    /// Where the log went on in another file, by record.
    pub seams: Arc<[Seam]>,
    /// Its first bytes, at most 4 KiB: by them the same log is known under another name.
    pub head: Arc<[u8]>,
    /// How far what is no plain file is collected; `None` for a plain file.
    pub feed: Option<FeedState>,
}

/// How far what is no plain file is collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedState {
    /// Where it comes from.
    pub kind: FeedKind,
    /// Bytes read there; of a compressed file, those of the file.
    pub read: u64,
    /// Bytes there are, where that is known.
    pub total: Option<u64>,
    /// Bytes collected.
    pub written: u64,
    /// Nobody writes to the pipe at present.
    pub idle: bool,
    /// How it ended; `None` while it goes on.
    pub end: Option<FeedEnd>,
}

/// Where a log comes from that is no plain file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedKind {
    /// From inside a compressed file.
    Packed,
    /// From inside a compressed rotated file that came while the log was followed.
    Rotated,
    /// From a named pipe.
    Pipe,
    /// From a device, or from a file that the kernel makes up.
    Device,
    /// From standard input.
    Stdin,
    /// From a program.
    Command,
    /// From a text that was pasted.
    Text,
}

/// How collecting ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedEnd {
    /// Everything is there.
    Complete,
    /// The user stopped it.
    Stopped,
    /// The program ended.
    Exited(Ended),
    /// The compressed file is damaged or cut off, for this reason.
    Damaged(String),
    /// It failed, for this reason.
    Failed(String),
}

/// A place where a log went on in another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seam {
    /// The first record behind it.
    pub record: RecordNo,
    /// Why it went on there.
    pub reason: TurnReason,
    /// Names of rotated files that were read on the way, the oldest first.
    pub read: Vec<String>,
    /// Bytes that were shown before and are gone since.
    pub gone: u64,
    /// Whether lines may be missing here that were never seen.
    pub gap: bool,
}

/// A format that detection tried.
#[derive(Debug, Clone)]
pub struct CandidateInfo {
    /// Name of the format.
    pub name: String,
    /// The format, ready to be chosen.
    pub spec: FormatSpec,
    /// Lines of the sample.
    pub lines: usize,
    /// Lines that start a record in this format.
    pub matched: usize,
    /// Why it was ranked where it is, in words.
    pub reason: String,
}

/// What a source is doing.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Nothing is known yet.
    Opening,
    /// Reading what is there.
    Indexing(Progress),
    /// Everything is read; waiting for more.
    Following,
    /// The user stopped the reading; what was read stays.
    Cancelled(Progress),
    /// The file cannot be read now. What was read stays, and the source keeps trying.
    Lost(Problem),
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Progress {
    /// Bytes read.
    pub bytes_done: u64,
    /// Bytes there are.
    pub bytes_total: u64,
    /// Records found.
    pub records: u64,
    /// Time spent reading.
    pub elapsed: Duration,
    /// Speed of this reading.
    pub bytes_per_sec: f64,
    /// How long the rest takes at this speed; unknown at first.
    pub remaining: Option<Duration>,
}

/// Something that happened to a source.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceEvent {
    /// For the user: truncated, rotated, deleted, came back, a read error, a caught panic.
    Notice(Problem),
    /// What a [`SourceEvent::Notice`] told is so no longer: the file is back, it can be read again.
    Over(Problem),
    /// For the user, with something that can be done about it.
    Offer(Problem, Offer),
    /// The log goes on in another file; records count on, and a [`SourceEvent::Notice`] precedes it, or a
    /// [`SourceEvent::Restarted`] follows.
    Turned(Turn),
    /// The path stands for several logs. Of an archive, one is being read; of a folder or a pattern, none is.
    Choice(Arc<Choice>),
    /// Records count anew. A [`SourceEvent::Notice`] follows it where the user did not cause it.
    Restarted(Restart),
}

/// Why and where records began to count anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restart {
    /// The generation that ended.
    pub ended: Generation,
    /// How many records it had at last.
    pub records: u64,
    /// How many bytes of it were read at last.
    pub bytes: u64,
    /// Why.
    pub reason: RestartReason,
}

/// Why records count anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestartReason {
    /// The file was cut short or written anew, and rows that are gone cannot be kept: there are some from the time before,
    /// or the file is UTF-16.
    Truncated,
    /// The user reloaded.
    Reloaded,
    /// The format, zone or encoding changed; byte offsets still mean the same.
    Reread,
}
