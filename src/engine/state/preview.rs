//! How a file reads in another format.

use std::sync::Arc;

use crate::base::id::Ticket;
use crate::base::problem::Problem;
use crate::format::field::Role;
use crate::format::spec::{Format, FormatError, FormatSpec};
use crate::format::template::stop::Stop;

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
