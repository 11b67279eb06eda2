//! What a source tells the window: immutable pictures, newest wins.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::choice::Choice;
use super::offer::Offer;
use super::request::WordsOf;
pub use super::shown::ViewSnapshot;
use crate::base::id::{Generation, RecordNo, RowNo, Ticket};
use crate::base::level::Gravity;
use crate::base::problem::Problem;
use crate::base::text::{Pen, Penned, PennedLine, Toned};
use crate::base::time::Zone;
use crate::bytes::command::Ended;
use crate::bytes::encoding::Encoding;
use crate::bytes::stream::{Turn, TurnReason};
use crate::format::field::Role;
use crate::format::nested::Objects;
use crate::format::spec::{Format, FormatError, FormatSpec};
use crate::format::template::stop::Stop;
use crate::index::snapshot::{RecordMeta, SourceSnapshot};
use crate::query::compile::PatternError;
use crate::query::fields::summary::{FieldsSummary, TopValue};
use crate::query::marking::RowMarks;
use crate::query::patterns::groups::Groups;
use crate::query::patterns::survey::Wanted;
use crate::query::plot::summary::PlotSummary;
use crate::query::sequence::Sequence;
use crate::query::timeline::Timeline;

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

/// Records over time.
#[derive(Debug, Clone)]
pub struct TimelineState {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which its records count.
    pub generation: Generation,
    /// The counts, if they were asked for.
    pub timeline: Option<Timeline>,
    /// The gravest of the rows in each of equal parts of the view, if it is a warning or graver.
    pub overview: Vec<Gravity>,
    /// How many rows the view has.
    pub rows: u64,
}

/// The records of a view that Find's text is in.
#[derive(Debug, Clone)]
pub struct FindHits {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which records count.
    pub generation: Generation,
    /// The records, as far as they are known, in the order of the view.
    pub hits: Sequence,
    /// Rows of the view to be marked beside the scroll bar.
    pub marks: Vec<RowNo>,
    /// How much of the view was looked at.
    pub surveyed: Surveyed,
}

/// How much of a view a survey has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surveyed {
    /// Rows that were looked at; those of all blocks alike, so that they stand for the rest.
    pub rows: u64,
    /// Rows that the view has.
    pub of: u64,
    /// Rows that could not be read.
    pub unread: u64,
    /// Whether nothing is left to look at, and the filter has judged every record.
    pub complete: bool,
}

/// Which fields the rows of a view have.
#[derive(Debug, Clone)]
pub struct FieldsState {
    /// The generation in which they were counted.
    pub generation: Generation,
    /// The filter whose rows they are of.
    pub filter: Ticket,
    /// How many of the rows they are of.
    pub surveyed: Surveyed,
    /// The fields.
    pub fields: Arc<FieldsSummary>,
}

/// What could be typed into the filter: the fields of the whole log, and values of one of them.
#[derive(Debug, Clone)]
pub struct WordsState {
    /// The generation in which they were counted.
    pub generation: Generation,
    /// What was asked for.
    pub of: Option<WordsOf>,
    /// How many of the log's records they are of.
    pub surveyed: Surveyed,
    /// The names of the fields, those of the format first.
    pub names: Vec<Arc<str>>,
    /// The values that begin with what is typed, the most frequent first.
    pub values: Vec<TopValue>,
}

/// A number of the rows of a view over time.
#[derive(Debug, Clone)]
pub struct PlotState {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which records count.
    pub generation: Generation,
    /// How many of the rows it is of.
    pub surveyed: Surveyed,
    /// The numbers.
    pub plot: PlotSummary,
}

/// Records by what they have in common.
#[derive(Debug, Clone)]
pub struct GroupsState {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which its records count.
    pub generation: Generation,
    /// The filter whose rows were looked at.
    pub filter: Ticket,
    /// What they are grouped by.
    pub wanted: Wanted,
    /// The groups.
    pub groups: Groups,
    /// How much of the view they are of.
    pub surveyed: Surveyed,
}

/// Rows that were asked for.
#[derive(Debug, Clone)]
pub struct RowBatch {
    /// The generation in which the records count.
    pub generation: Generation,
    /// The fields that the rows have cells for, behind those of the format's columns.
    pub more: Arc<[Arc<str>]>,
    /// Rows that could be read.
    pub rows: Vec<Arc<RowText>>,
    /// Rows whose bytes are gone (truncated, replaced, not readable): shown as such, never as other bytes.
    pub unavailable: Vec<RecordNo>,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowText {
    /// What the index knows of it.
    pub meta: RecordMeta,
    /// One text per column of the format and per field that was asked for beyond those, each a single visible line of at most 4 KiB; the message's is its first line.
    pub cells: Box<[Box<str>]>,
    /// The stretches of the message's cell that the log itself colours.
    pub pens: Box<[Penned]>,
    /// What the parts of the message's cell are.
    pub tones: Box<[Toned]>,
    /// What the user's rules mark of it.
    pub marks: RowMarks,
    /// Which rules those were.
    pub marking: u64,
    /// The lines of the message after the first, at most 200 of them and 32 KiB; fewer if the record is long.
    pub rest: Box<[PennedLine]>,
    /// How many lines follow the first.
    pub more_lines: u32,
}

/// A record for the details pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullRecord {
    /// The generation in which `meta.record` counts.
    pub generation: Generation,
    /// What the index knows of it.
    pub meta: RecordMeta,
    /// Where it is in the files, in bytes.
    pub place: Range<u64>,
    /// The record as it stands in the log, decoded; invalid bytes are replaced visibly.
    pub raw: String,
    /// The message with its continuation lines, without escape sequences.
    pub message: String,
    /// The message with its escape sequences, and the pen at its start; `None` if nothing in it is coloured.
    pub painted: Option<(String, Pen)>,
    /// Every field by name, time, level and logger included, the message not.
    pub fields: Vec<(String, String)>,
    /// The JSON in it, and what Python writes like it.
    pub objects: Option<Arc<Objects>>,
    /// Whether only the first 4 MiB are here.
    pub clipped: bool,
    /// Its bytes are gone: there are only its level, logger and place.
    pub gone: bool,
}

/// Where the next record of a kind is.
#[derive(Debug, Clone)]
pub struct SeekResult {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which `found` counts.
    pub generation: Generation,
    /// The record, or `None` if there is none.
    pub found: Option<RecordNo>,
    /// Whether the search went on at the other end.
    pub wrapped: bool,
    /// Why the pattern could not be used.
    pub problem: Option<PatternError>,
}

/// The shown record that is nearest to a moment.
#[derive(Debug, Clone, Copy)]
pub struct NearestResult {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which `found` counts.
    pub generation: Generation,
    /// The record, or `None` if no shown one has a time.
    pub found: Option<RecordNo>,
}

/// Text for the clipboard.
#[derive(Debug, Clone)]
pub struct CopyResult {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The text, decoded.
    pub text: String,
    /// How many records it holds.
    pub records: u64,
    /// Why it is not everything that was asked for.
    pub problem: Option<Problem>,
}

/// How an export stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportState {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The file that it makes.
    pub path: PathBuf,
    /// Records that were written so far.
    pub done: u64,
    /// Records to write; 0 while that is not known.
    pub total: u64,
    /// How it ended, if it has.
    pub outcome: Option<ExportOutcome>,
}

/// How an export ended.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportOutcome {
    /// The file is there.
    Done(Exported),
    /// The user gave it up; there is no file, or the old one.
    Cancelled,
    /// It could not be written; there is no file, or the old one.
    Failed(Problem),
}

/// A file of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub path: PathBuf,
    /// How many records it holds.
    pub records: u64,
    /// How many were left out because their text is gone.
    pub left_out: u64,
    /// How long it is.
    pub bytes: u64,
}

/// How the first lines of the file read in another format.
#[derive(Debug, Clone)]
pub struct PreviewResult {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The format, or why it cannot be used.
    pub outcome: Result<Preview, PreviewError>,
}

/// How the whole file reads in another format, as far as it has been read.
#[derive(Debug, Clone)]
pub struct CheckResult {
    /// The request that this answers.
    pub ticket: Ticket,
    /// Bytes read.
    pub bytes_done: u64,
    /// Bytes there are.
    pub bytes_total: u64,
    /// Whether everything was read.
    pub done: bool,
    /// What was found so far.
    pub tally: CheckTally,
    /// Why it was not read to its end.
    pub problem: Option<PreviewError>,
}

/// The lines of a file by what a format makes of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckTally {
    /// Lines.
    pub lines: u64,
    /// Those that start a record.
    pub starts: u64,
    /// Those that belong to the record before them.
    pub continued: u64,
    /// Those that look like the start of a record and do not match, or have no record before them.
    pub failed: u64,
    /// Records whose time, where the format has one, could not be read.
    pub times_unread: u64,
    /// Of a mixed format: how many records each part reads, in their order.
    pub parts: Vec<u64>,
    /// The first of the lines that fail.
    pub first_failed: Vec<FailedLine>,
    /// A format that reads most of the lines that fail; known when everything was read.
    pub suggestion: Option<Suggestion>,
}

/// A format for lines that another leaves over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its name.
    pub name: String,
    /// The format.
    pub spec: FormatSpec,
    /// Lines that it explains.
    pub matched: u64,
    /// Lines that it was tried on.
    pub lines: u64,
}

/// A line that a format cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// The line, visible and clipped.
    pub text: String,
    /// Where it stops matching, if that can be told.
    pub stop: Option<Stop>,
}

/// Why there is no preview.
#[derive(Debug, Clone)]
pub enum PreviewError {
    /// The template or pattern is wrong.
    Format(FormatError),
    /// The file cannot be read.
    Unreadable(Problem),
}

/// The first lines of a file in a format.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The format, ready to be applied.
    pub format: Arc<Format>,
    /// The first lines, at most 200.
    pub lines: Vec<PreviewLine>,
    /// Lines looked at for the numbers below: those of the file's first 4 MiB.
    pub lines_sampled: u64,
    /// Of these, lines that start a record.
    pub lines_matched: u64,
    /// Of the records, those whose time, where the format has one, could not be read.
    pub times_unread: u64,
}

/// One line of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    /// The line, visible and clipped.
    pub text: String,
    /// What the format makes of it.
    pub verdict: LineVerdict,
}

/// What a format makes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineVerdict {
    /// It starts a record.
    Start {
        /// Number of the record in the file, from 0.
        record: u32,
        /// Its fields in the order of the format, each visible and clipped; the message is the first line's part.
        fields: Vec<PreviewField>,
    },
    /// It does not match and belongs to the record before it.
    Continues {
        /// Number of that record.
        record: u32,
    },
    /// It does not match, and no record stands before it that it could belong to.
    Unmatched,
}

/// A field of a previewed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewField {
    /// Name of the field.
    pub name: String,
    /// What it is used for.
    pub role: Role,
    /// Its value, one visible line.
    pub value: String,
    /// Whether the format has a column for it; keys of a JSON record may have none.
    pub column: bool,
}

/// Something that happened to a source.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceEvent {
    /// For the user: truncated, rotated, deleted, came back, a read error, a caught panic.
    Notice(Problem),
    /// For the user, with something that can be done about it.
    Offer(Problem, Offer),
    /// The log goes on in another file; records count on. A [`SourceEvent::Notice`] precedes it.
    Turned(Turn),
    /// The path stands for several logs. Of an archive, one is being read; of a folder or a pattern, none is.
    Choice(Arc<Choice>),
    /// Records count anew. A [`SourceEvent::Notice`] precedes it where the user did not cause it.
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
