//! The one contract of all formats: from a line to "a record starts here, at this time, this severe, by this logger".
//!
//! A closed enum instead of trait objects: extractors are compared and cloned, and the scan's inner loop is monomorphic
//! per variant.

use std::borrow::Cow;
use std::sync::Arc;

use super::adjusted::AdjustedFormat;
use super::export::ExportFormat;
use super::field::{Column, Role};
use super::framer::Framer;
use super::json::JsonFormat;
use super::logfmt::LogfmtFormat;
use super::mixed::MixedFormat;
use super::plain::PlainFormat;
use super::regex::RegexFormat;
use super::table::TableFormat;
use super::template::Template;
use super::wrapped::WrappedFormat;
use crate::base::level::LevelId;
use crate::base::time::ZoneClock;

/// How much of a point in time the format shows; what is missing is added when blocks are assembled in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// No time at all.
    None,
    /// Date and time: headers carry nanoseconds since the epoch, UTC.
    Full,
    /// No year: headers carry civil nanoseconds as if in 1972 (a leap year), in the log's zone.
    NoYear,
    /// Time of day only: headers carry nanoseconds since midnight, in the log's zone.
    TimeOfDay,
}

/// A level as the scan sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelWord<'a> {
    /// The record shows none.
    None,
    /// A standard level or an alias of one.
    Standard(LevelId),
    /// A word of the log's own; interned when blocks are assembled.
    Custom(&'a [u8]),
    /// The same, and its number on Python's scale, which the record shows too.
    Numbered(&'a [u8], i32),
}

/// What the scan takes from the first line of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// Nanoseconds in the sense of the extractor's [`Clock`].
    pub time: Option<i64>,
    /// How severe.
    pub level: LevelWord<'a>,
    /// Which logger, without padding.
    pub logger: Option<Cow<'a, [u8]>>,
}

/// What the scan takes from the beginning of a record whose end it does not know yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead<'a> {
    /// Nanoseconds in the sense of the extractor's [`Clock`].
    pub time: Option<i64>,
    /// How severe; `LevelId::NONE` if the record shows no level.
    pub level: LevelId,
    /// Which logger; empty if the record names none.
    pub logger: &'a [u8],
    /// How many bytes of the record's first line were looked at; it does not end before.
    pub len: usize,
}

impl<'a> From<Ahead<'a>> for Header<'a> {
    fn from(ahead: Ahead<'a>) -> Self {
        Self {
            time: ahead.time,
            level: match ahead.level {
                LevelId::NONE => LevelWord::None,
                id => LevelWord::Standard(id),
            },
            logger: (!ahead.logger.is_empty()).then_some(Cow::Borrowed(ahead.logger)),
        }
    }
}

/// One field of a record, as shown in the log without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue<'a> {
    /// The field's name; a column of the extractor, or a further key of a self-describing record (JSON, logfmt).
    pub name: Cow<'a, str>,
    /// Its value in the log's own encoding (UTF-8 unless the source says otherwise).
    pub value: Cow<'a, [u8]>,
}

/// A whole record taken apart; made for the rows on screen and for export, not by the scan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed<'a> {
    /// Whether the first line matched the format. If not, everything is in `message`.
    pub matched: bool,
    /// The time as the log writes it.
    pub time: Option<Cow<'a, [u8]>>,
    /// The level as the log writes it.
    pub level: Option<Cow<'a, [u8]>>,
    /// The logger as the log writes it.
    pub logger: Option<Cow<'a, [u8]>>,
    /// The message with its continuation lines, without the final line end.
    pub message: Cow<'a, [u8]>,
    /// All other fields, in the order of the format.
    pub fields: Vec<FieldValue<'a>>,
}

/// How records are recognised and taken apart; cheap to clone.
#[derive(Debug, Clone)]
pub enum Extractor {
    /// A template of `logging`, turned round.
    Template(Arc<Template>),
    /// A regular expression with named groups.
    Regex(Arc<RegexFormat>),
    /// JSON lines.
    Json(Arc<JsonFormat>),
    /// `key=value` lines.
    Logfmt(Arc<LogfmtFormat>),
    /// No known format: every line that is no continuation starts a record.
    Plain(Arc<PlainFormat>),
    /// Several formats in one file.
    Mixed(Arc<MixedFormat>),
    /// The journal's export format.
    Export(Arc<ExportFormat>),
    /// Rows of cells under named columns.
    Table(Arc<TableFormat>),
    /// A format inside what a collector puts around its lines.
    Wrapped(Arc<WrappedFormat>),
    /// Another format with fields used otherwise.
    Adjusted(Arc<AdjustedFormat>),
}

impl Extractor {
    /// The columns in display order; one of them has `Role::Message`.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        match self {
            Self::Template(template) => template.columns(),
            Self::Regex(regex) => regex.columns(),
            Self::Json(json) => json.columns(),
            Self::Logfmt(logfmt) => logfmt.columns(),
            Self::Plain(plain) => plain.columns(),
            Self::Mixed(mixed) => mixed.columns(),
            Self::Wrapped(wrapped) => wrapped.columns(),
            Self::Export(export) => export.columns(),
            Self::Table(table) => table.columns(),
            Self::Adjusted(adjusted) => adjusted.columns(),
        }
    }

    /// How much of a point in time headers carry.
    #[must_use]
    pub fn clock(&self) -> Clock {
        match self {
            Self::Template(template) => template.clock(),
            Self::Regex(regex) => regex.clock(),
            Self::Json(json) => json.clock(),
            Self::Logfmt(logfmt) => logfmt.clock(),
            Self::Plain(plain) => plain.clock(),
            Self::Mixed(mixed) => mixed.clock(),
            Self::Wrapped(wrapped) => wrapped.clock(),
            Self::Export(export) => export.clock(),
            Self::Table(table) => table.clock(),
            Self::Adjusted(adjusted) => adjusted.clock(),
        }
    }

    /// Whether a record starts at this line, as far as the line alone tells. The line may end with `\n`, `\r\n` or
    /// neither.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        match self {
            Self::Template(template) => template.is_start(line),
            Self::Regex(regex) => regex.is_start(line),
            Self::Json(json) => json.is_start(line),
            Self::Logfmt(logfmt) => logfmt.is_start(line),
            Self::Plain(plain) => plain.is_start(line),
            Self::Mixed(mixed) => mixed.is_start(line),
            Self::Wrapped(wrapped) => wrapped.is_start(line),
            Self::Export(export) => export.is_start(line),
            Self::Table(table) => table.is_start(line),
            Self::Adjusted(adjusted) => adjusted.is_start(line),
        }
    }

    /// Time, level and logger of the record that starts at this line; `None` if none does.
    #[inline]
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        match self {
            Self::Template(template) => template.header(line, zone),
            Self::Regex(regex) => regex.header(line, zone),
            Self::Json(json) => json.header(line, zone),
            Self::Logfmt(logfmt) => logfmt.header(line, zone),
            Self::Plain(plain) => plain.header(line, zone),
            Self::Mixed(mixed) => mixed.header(line, zone),
            Self::Wrapped(wrapped) => wrapped.header(line, zone),
            Self::Export(export) => export.header(line),
            Self::Table(table) => table.header(line, zone),
            Self::Adjusted(adjusted) => adjusted.header(line, zone),
        }
    }

    /// The header of the record that starts at the first byte of `text`. The text may go on behind the line, which is
    /// read no further than its header: so its end need not be known. `None` also where it takes the whole line to tell:
    /// `header_of_line` answers then.
    #[inline]
    pub fn header_ahead<'a>(&self, text: &'a [u8], zone: &mut ZoneClock) -> Option<Ahead<'a>> {
        match self {
            Self::Template(template) => template.header_ahead(text, zone),
            Self::Json(json) => json.header_ahead(text, zone),
            _ => None,
        }
    }

    /// The same as [`Self::header`] for a line to which `header_ahead` had no answer.
    #[inline]
    pub fn header_of_line<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        match self {
            Self::Template(template) => template.header_of_line(line, zone),
            _ => self.header(line, zone),
        }
    }

    /// Takes a whole record apart; what does not match becomes the message.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        match self {
            Self::Template(template) => template.parse(record),
            Self::Regex(regex) => regex.parse(record),
            Self::Json(json) => json.parse(record),
            Self::Logfmt(logfmt) => logfmt.parse(record),
            Self::Plain(plain) => plain.parse(record),
            Self::Mixed(mixed) => mixed.parse(record),
            Self::Wrapped(wrapped) => wrapped.parse(record),
            Self::Export(export) => export.parse(record),
            Self::Table(table) => table.parse(record),
            Self::Adjusted(adjusted) => adjusted.parse(record),
        }
    }

    /// Visits the fields of a record that are neither time, level nor logger, as [`Self::parse`] gives them; the message is
    /// the answer. Costs less where no name and no list has to be made.
    pub fn each_field<'a>(
        &self,
        record: &'a [u8],
        visit: &mut dyn FnMut(&str, &[u8]),
    ) -> Cow<'a, [u8]> {
        if let Self::Template(template) = self {
            return template.each_field(record, visit);
        }
        let parsed = self.parse(record);
        for field in &parsed.fields {
            visit(&field.name, &field.value);
        }
        parsed.message
    }

    /// The message of a record, as [`Self::parse`] gives it; costs less. Any clock will do, the same for many records.
    #[must_use]
    pub fn message<'a>(&self, record: &'a [u8], clock: &mut ZoneClock) -> Cow<'a, [u8]> {
        match self {
            Self::Template(template) => template.message_of(record, clock),
            other => other.parse(record).message,
        }
    }

    /// What tells where records begin if single lines do not: for text from a file's beginning, or from anywhere.
    #[must_use]
    pub fn framer(&self, from_beginning: bool) -> Option<Framer<'_>> {
        match self {
            Self::Template(template) => template.framer(from_beginning),
            Self::Plain(plain) => plain.framer(),
            Self::Json(json) if json.header_needs_record() => Some(Framer::Records(self)),
            Self::Table(table) if table.header_needs_record() => Some(Framer::Records(self)),
            Self::Export(_) => Some(Framer::Records(self)),
            Self::Adjusted(adjusted) => {
                let inner = adjusted.inner().framer(from_beginning)?;
                Some(Framer::Adjusted(Box::new(inner), adjusted))
            }
            _ => None,
        }
    }

    /// The formats of a mixed file.
    #[must_use]
    pub fn as_mixed(&self) -> Option<&MixedFormat> {
        match self {
            Self::Mixed(mixed) => Some(mixed),
            Self::Adjusted(adjusted) => adjusted.inner().as_mixed(),
            _ => None,
        }
    }

    /// On how many lines a header stands; the message may begin on the last of them.
    #[must_use]
    pub fn header_lines(&self) -> usize {
        match self {
            Self::Template(template) => template.header_lines(),
            _ => 1,
        }
    }

    /// The position of the column with this role; the first one if there are several.
    #[must_use]
    pub fn column_of(&self, role: Role) -> Option<usize> {
        self.columns().iter().position(|column| column.role == role)
    }
}

impl<'a> Parsed<'a> {
    /// A record whose first line does not match: everything is message.
    #[must_use]
    pub fn unmatched(record: &'a [u8]) -> Self {
        Self {
            message: Cow::Borrowed(without_line_end(record)),
            ..Self::default()
        }
    }
}

/// The bytes without one line end after them.
#[must_use]
pub fn without_break(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// The same, and without a NUL before it: some handlers end records with both (`terminator = "\0\n"`).
#[must_use]
pub fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = without_break(bytes);
    bytes.strip_suffix(b"\0").unwrap_or(bytes)
}
