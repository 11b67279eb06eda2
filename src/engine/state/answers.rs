//! Answers to what the window asked for.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::base::id::{Generation, RecordNo, Ticket};
use crate::base::problem::Problem;
use crate::base::text::{Pen, Penned, PennedLine, Toned};
use crate::format::nested::Objects;
use crate::index::snapshot::RecordMeta;
use crate::query::compile::PatternError;
use crate::query::marking::RowMarks;

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
    /// The file has been begun: it may be written there.
    pub begun: bool,
    /// Records that were written so far.
    pub done: u64,
    /// Records to write; 0 while that is not known.
    pub total: u64,
    /// How long records have been written.
    pub elapsed: Duration,
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
