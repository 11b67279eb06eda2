//! What the table is given: rows by number, as plain text.
//!
//! A test hands it 10⁸ synthetic rows through the same trait as the application hands it a filtered view of a file.

use crate::base::lang::tr;
use std::borrow::Cow;
use std::ops::Range;

use crate::base::dye::Dye;
use crate::base::id::{RecordNo, RowNo};
use crate::base::level::Gravity;
use crate::base::text::{Penned, PennedLine, Toned};
use crate::base::time::{TimeRange, Timestamp};
use crate::query::marking::RowMarks;

/// The rows of one view. Every method answers at once: what is not at hand is [`RowView::Loading`].
pub trait TableModel {
    /// How many rows there are.
    fn len(&self) -> u64;

    /// Whether there are no rows.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One row.
    fn row(&self, row: RowNo) -> RowView<'_>;

    /// The whole message of a row, if it is at hand; without it a row has one line.
    fn message(&self, _row: RowNo) -> Option<Message<'_>> {
        None
    }

    /// The record that a row shows.
    fn record(&self, row: RowNo) -> Option<RecordNo>;

    /// How many rows lie before a record; its own row when it is shown.
    fn row_of(&self, record: RecordNo) -> RowNo;

    /// The format's columns in its own order. The table adds the line number and the time delta.
    fn columns(&self) -> &[ColumnSpec];

    /// How many rows there are of records from this one of the file on.
    fn rows_from(&self, record: RecordNo) -> u64 {
        self.len().saturating_sub(self.row_of(record).0)
    }

    /// Whether rows can be put in order of time, and are: `None` where nothing has a time.
    fn by_time(&self) -> Option<bool> {
        None
    }

    /// Whether a record is chosen.
    fn is_selected(&self, record: RecordNo) -> bool;

    /// The record that the keyboard stands on.
    fn focused(&self) -> Option<RecordNo>;

    /// Whether keys go to this table, and not to another beside it.
    fn has_keys(&self) -> bool {
        true
    }

    /// The record that is nearest in time to where the user is in a log beside this one.
    fn twin(&self) -> Option<RecordNo> {
        None
    }

    /// Whether the user marked a record.
    fn is_bookmarked(&self, _record: RecordNo) -> bool {
        false
    }

    /// The rows of marked records.
    fn bookmarked_rows(&self) -> Vec<RowNo> {
        Vec::new()
    }

    /// Adds what filter and Find match in a cell's text, in any order; overlaps are allowed, later kinds win.
    fn highlights(&self, _record: RecordNo, _text: &str, _out: &mut Vec<Highlight>) {}

    /// From how many nanoseconds on the time since the row above is unusually long.
    fn long_gap(&self) -> i64 {
        i64::MAX
    }

    /// Whether the filter has parts that are about a column and nothing else.
    fn is_filtered(&self, _key: &str) -> bool {
        false
    }

    /// Values of a column that begin with what is typed, as far as any are at hand; the most frequent first.
    fn values(&self, _key: &str, _typed: &str) -> Vec<String> {
        Vec::new()
    }

    /// Whether the view sticks to its last row.
    fn follow(&self) -> bool {
        false
    }

    /// How much of the file is known, to tell news from old records that another filter shows.
    fn known(&self) -> Known {
        Known {
            judged: self.len(),
            indexed: self.len(),
            read: true,
        }
    }

    /// The time range that the filter has now; "from here" keeps its end and "until here" its beginning.
    fn time_range(&self) -> TimeRange {
        TimeRange::default()
    }

    /// Marks beside the scroll bar, by row.
    fn marks(&self) -> &[ScrollMark] {
        &[]
    }

    /// Rows with what Find looks for, marked beside the scroll bar.
    fn found_rows(&self) -> &[RowNo] {
        &[]
    }

    /// What is said in place of rows when there are none: a headline and a hint.
    fn nothing(&self) -> (&str, &str) {
        (tr("No records"), "")
    }
}

/// How much of the file is known, in records from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Records that the view has judged or is about to; some may not be shown.
    pub judged: u64,
    /// Records that were found in the file; the view may lag behind.
    pub indexed: u64,
    /// Whether the file was read to its end, so that records that appear are news.
    pub read: bool,
}

/// One row as far as it is known.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "one for each row in sight, made anew for every frame"
)]
pub enum RowView<'a> {
    /// Asked for, not yet read.
    Loading,
    /// At hand.
    Ready(TableRow<'a>),
    /// Could not be read.
    Failed,
}

/// What the table shows of a record. Texts are one line each, control characters already made visible.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow<'a> {
    /// Its number in the file.
    pub record: RecordNo,
    /// Number of its first line in the file, from 0.
    pub line: u64,
    /// When; `None` if the record shows no time.
    pub time: Option<Timestamp>,
    /// Nanoseconds since the row above, if both have a time.
    pub delta: Option<i64>,
    /// How grave, for colours.
    pub gravity: Gravity,
    /// The level's canonical name; empty when the record shows none.
    pub level: Cow<'a, str>,
    /// The full logger name; empty is the root.
    pub logger: Cow<'a, str>,
    /// One text per column of [`TableModel::columns`].
    pub cells: Cow<'a, [Box<str>]>,
    /// The stretches of the message that the log itself colours; none if that is not wanted.
    pub pens: &'a [Penned],
    /// What the parts of the message are, for quiet colours; none if they are not wanted.
    pub tones: &'a [Toned],
    /// What the user's rules mark of it.
    pub marks: &'a RowMarks,
    /// Lines after the first.
    pub more_lines: u32,
    /// The file may still add to it.
    pub partial: bool,
    /// What happened to the file above this row.
    pub seam: Option<SeamMark>,
    /// The records that it stands for besides its own.
    pub run: Option<RunMark>,
    /// It is only shown because it is near a record that passes the filter.
    pub beside: bool,
    /// Records between it and the row above are not shown, where those near others are.
    pub left_out: bool,
}

/// A message with its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Message<'a> {
    /// Its first line, as the cell has it.
    pub first: &'a str,
    /// The stretches of the first line that the log itself colours.
    pub pens: &'a [Penned],
    /// What the parts of the first line are.
    pub tones: &'a [Toned],
    /// The lines after the first, as far as they are at hand.
    pub rest: &'a [PennedLine],
    /// Whether the log's own colours are shown in the lines after the first.
    pub coloured: bool,
    /// Whether parts of the lines after the first have quiet colours.
    pub toned: bool,
    /// How many lines follow the first in all.
    pub more_lines: u32,
}

impl Message<'_> {
    /// Lines in all.
    #[must_use]
    pub fn lines(&self) -> usize {
        (self.more_lines as usize).max(self.rest.len()) + 1
    }

    /// A line by its number; 0 is the first.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        match number.checked_sub(1) {
            None => self.first,
            Some(number) => self.rest.get(number).map_or("", |line| &line.text),
        }
    }

    /// What the log colours of a line.
    #[must_use]
    pub fn pens_of(&self, number: usize) -> &[Penned] {
        match number.checked_sub(1) {
            None => self.pens,
            Some(_) if !self.coloured => &[],
            Some(number) => self.rest.get(number).map_or(&[], |line| &line.pens),
        }
    }

    /// What the parts of a line are.
    #[must_use]
    pub fn tones_of(&self, number: usize) -> &[Toned] {
        match number.checked_sub(1) {
            None => self.tones,
            Some(_) if !self.toned => &[],
            Some(number) => self.rest.get(number).map_or(&[], |line| &line.tones),
        }
    }
}

/// What happened to the log's file between a row and the one above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeamMark {
    /// In a word or two.
    pub title: &'static str,
    /// In a sentence.
    pub story: String,
    /// Whether lines may be missing.
    pub gap: bool,
}

/// A row that stands for records which say the same, but for their time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunMark {
    /// How many follow; 0 if each has a row of its own for the moment.
    pub more: u64,
    /// The time of the last of them.
    pub until: Option<String>,
}

/// One column that the format has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Name that persists: `asctime`, `name`, `request_id`, ...
    pub key: String,
    /// Title in the header.
    pub title: String,
    /// What it holds; decides look and default width.
    pub kind: ColumnKind,
    /// Which side its text keeps to.
    pub align: Side,
    /// Characters that a usual value has; `None` is what suits the kind.
    pub usual_chars: Option<u16>,
    /// Hidden until the user shows it.
    pub hidden: bool,
    /// No record has anything for it: the table is as if there were no such column.
    pub empty: bool,
}

impl ColumnSpec {
    /// A shown, left-aligned column of usual width.
    pub fn new(key: impl Into<String>, title: impl Into<String>, kind: ColumnKind) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            kind,
            align: Side::Left,
            usual_chars: None,
            hidden: false,
            empty: false,
        }
    }

    /// The same, hidden at first.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// The line number in the file; the table's own.
    LineNumber,
    /// Time since the row above; the table's own.
    Delta,
    /// The record's time.
    Time,
    /// The level, shown as a badge.
    Level,
    /// The logger, abbreviated when narrow.
    Logger,
    /// The message; takes the width that is left.
    Message,
    /// Any other field.
    Other,
}

/// A side of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Side {
    /// Left.
    #[default]
    Left,
    /// Right, for numbers.
    Right,
}

/// A part of a cell's text to be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Bytes of the text, at character boundaries.
    pub range: Range<usize>,
    /// Why.
    pub kind: MatchKind,
}

/// Why a text is marked; a later kind covers an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchKind {
    /// A rule of the user's marks it.
    Rule(Dye),
    /// The filter matched it.
    Filter,
    /// Find matched it.
    Find,
    /// Find stands on it.
    FindCurrent,
}

/// A mark beside the scroll bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScrollMark {
    /// The row it is beside: the first of those that it stands for.
    pub row: RowNo,
    /// Its colour.
    pub gravity: Gravity,
    /// The row that a click on it goes to.
    pub to: RowNo,
}
