//! One record as its bytes, as a JSON object, or as a row of a table.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::csv::{self, Formulas};
use crate::base::id::LoggerId;
use crate::base::level::LevelId;
use crate::base::time::{NANOS_PER_SEC, Timestamp};
use crate::bytes::line_ends::LineEnds;
use crate::bytes::{ByteSource, ReadError, padding};
use crate::format::extractor::Parsed;
use crate::format::field::{Column, Role};
use crate::format::spec::{Format, title};
use crate::index::snapshot::{RecordMeta, SourceSnapshot};
use crate::query::fields::field_value;

/// Bytes are copied in pieces of this size, so that a huge record costs no memory.
const PIECE: usize = 1 << 20;

/// JSON and CSV hold at most so much of a record; the rest is left out.
const MAX_RECORD: u64 = 64 << 20;

/// The window's column of line numbers, which no format has.
const LINE_COLUMN: &str = "#line";

/// Its column that says which format of a mixed file a record was read in.
pub const PART_COLUMN: &str = "#format";

/// Why a record could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// Its bytes cannot be read.
    Read(ReadError),
    /// Nobody takes what is written.
    Write(io::Error),
}

impl From<ReadError> for WriteError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// As what records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// As they stand in the file.
    #[default]
    Text,
    /// One JSON object per record and line.
    Jsonl,
    /// A table with a header (RFC 4180).
    Csv,
}

/// How records are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manner {
    /// As what.
    pub form: Form,
    /// Cells of a table that look like formulas stay as they are.
    pub keep_formulas: bool,
    /// The columns of a table by key, in their order; `None` for all of the format. What is no column of the format is a
    /// field that records have of their own or their messages give a value; JSON objects have that among their fields too.
    pub columns: Option<Vec<String>>,
    /// Such fields behind those columns.
    pub fields: Vec<String>,
}

/// The log that records are of.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Its bytes as they were scanned.
    pub bytes: &'a dyn ByteSource,
    /// How records are taken apart.
    pub format: &'a Format,
    /// How lines end in the file.
    pub line_ends: LineEnds,
    /// Its index.
    pub snapshot: &'a SourceSnapshot,
}

impl Origin<'_> {
    /// Where a record is in the file, without a byte order mark before it.
    fn place(&self, meta: &RecordMeta) -> Result<Range<u64>, ReadError> {
        let range = meta.offset..meta.offset + meta.length;
        let place = self.bytes.to_original(&range)?;
        Ok(match place.start {
            0 => self.bytes.to_original(&(0..0))?.end..place.end,
            _ => place,
        })
    }
}

/// Bytes that are handed on at once.
const BUFFER: usize = 1 << 17;

/// Writes records in one of the forms.
pub struct RecordWriter<W: Write> {
    out: BufWriter<W>,
    manner: Manner,
    window: Window,
    wrote_header: bool,
    /// Nothing of the log was written yet.
    begins: bool,
    /// What ends the last line that was written, if it has no end.
    unended: &'static [u8],
}

impl<W: Write> RecordWriter<W> {
    /// A writer.
    pub fn new(out: W, manner: Manner) -> Self {
        Self {
            out: BufWriter::with_capacity(BUFFER, out),
            manner,
            window: Window::default(),
            wrote_header: false,
            begins: true,
            unended: b"",
        }
    }

    /// As what records are written.
    pub fn form(&self) -> Form {
        self.manner.form
    }

    /// Where they go. To be flushed before: what was not handed on by now never is.
    pub fn into_inner(self) -> W {
        self.out.into_parts().0
    }

    /// Writes one record.
    ///
    /// # Errors
    /// Its bytes cannot be read, or nobody takes what is written.
    pub fn write(&mut self, origin: &Origin<'_>, meta: &RecordMeta) -> Result<(), WriteError> {
        match self.manner.form {
            Form::Text => self.text(origin, meta),
            Form::Jsonl => self.jsonl(origin, meta),
            Form::Csv => self.csv(origin, meta),
        }
    }

    /// To be called when everything of a log was written that is to be.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn finish(&mut self, origin: &Origin<'_>) -> Result<(), WriteError> {
        // A file can have a byte order mark and nothing else.
        if self.manner.form == Form::Text && origin.snapshot.is_empty() {
            let mark = origin.bytes.to_original(&(0..0))?;
            self.copy(origin, mark)?;
        }
        Ok(())
    }

    /// Hands everything on to the reader of the output.
    ///
    /// # Errors
    /// Nobody takes what is written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// To be called before the first record of a log.
    pub fn begin(&mut self) {
        self.begins = true;
        self.forget();
    }

    /// Forgets bytes read before; to be called when the log grew.
    pub fn forget(&mut self) {
        self.window = Window::default();
    }

    /// The record's bytes as they stand in the file: all records of a file together are the file.
    fn text(&mut self, origin: &Origin<'_>, meta: &RecordMeta) -> Result<(), WriteError> {
        self.out.write_all(std::mem::take(&mut self.unended))?;
        let range = origin
            .bytes
            .to_original(&(meta.offset..meta.offset + meta.length))?;
        if self.begins && range.start > 0 {
            // Whoever reads a part of UTF-16 needs its mark as much as who reads all of it.
            let mark = origin.bytes.to_original(&(0..0))?;
            self.copy(origin, mark)?;
        }
        self.begins = false;
        self.copy(origin, range)?;
        if meta.partial {
            self.unended = origin.line_ends.bytes();
        }
        Ok(())
    }

    /// Copies bytes of the file, in pieces.
    fn copy(&mut self, origin: &Origin<'_>, range: Range<u64>) -> Result<(), WriteError> {
        let mut at = range.start;
        while at < range.end {
            let length = (range.end - at).min(PIECE as u64);
            let piece = self.window.read(origin.bytes, Side::Original, at, length)?;
            if piece.is_empty() {
                return Err(WriteError::Read(ReadError::Stale));
            }
            self.out.write_all(piece)?;
            at += piece.len() as u64;
        }
        Ok(())
    }

    fn jsonl(&mut self, origin: &Origin<'_>, meta: &RecordMeta) -> Result<(), WriteError> {
        let record = self.window.record(origin.bytes, meta)?;
        let parsed = parsed(origin, meta, record);
        let decode = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut fields = Map::new();
        for field in &parsed.fields {
            fields.insert(
                field.name.clone().into_owned(),
                Value::String(decode(&field.value)),
            );
        }
        for cell in cells(&self.manner, origin.format) {
            if let Cell::Named(name) = cell
                && !fields.contains_key(name)
                && let Some(value) = field_value(&parsed, name)
            {
                fields.insert(name.to_owned(), Value::String(decode(value)));
            }
        }
        let place = origin.place(meta)?;
        let mut object = json!({
            "offset": place.start,
            "length": place.end - place.start,
            "time": meta.time.map(epoch_seconds),
            "level": level(origin.snapshot, meta.level),
            "logger": logger(origin.snapshot, meta.logger, parsed.logger.is_some()),
            "message": decode(&parsed.message),
            "fields": fields,
        });
        if let Some(part) = origin.format.part_of(without_mark(record, meta)) {
            // As `--format` takes it.
            object["format"] = part.map_or(Value::Null, |spec| Value::String(spec.to_string()));
        }
        serde_json::to_writer(&mut self.out, &object).map_err(io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn csv(&mut self, origin: &Origin<'_>, meta: &RecordMeta) -> Result<(), WriteError> {
        let formulas = match self.manner.keep_formulas {
            true => Formulas::Kept,
            false => Formulas::Disarmed,
        };
        let columns = cells(&self.manner, origin.format);
        if !self.wrote_header {
            self.wrote_header = true;
            let names = columns.iter().map(|column| column.title());
            csv::row(&mut self.out, names, formulas)?;
        }
        let record = self.window.record(origin.bytes, meta)?;
        let parsed = parsed(origin, meta, record);
        let part = origin.format.part_of(without_mark(record, meta));
        let cells = columns.iter().map(|column| match column {
            Cell::Line => Cow::Owned((meta.line + 1).to_string()),
            Cell::Part => part
                .flatten()
                .map_or(Cow::Borrowed(""), |spec| title(spec).into()),
            Cell::Field(column) => cell(origin, meta, &parsed, column),
            Cell::Named(name) => {
                field_value(&parsed, name).map_or(Cow::Borrowed(""), String::from_utf8_lossy)
            }
        });
        csv::row(&mut self.out, cells, formulas)?;
        Ok(())
    }
}

/// The columns of a table, each once.
fn cells<'a>(manner: &'a Manner, format: &'a Format) -> Vec<Cell<'a>> {
    let all = format.extractor.columns();
    let mut cells: Vec<Cell<'a>> = match &manner.columns {
        None => all.iter().map(Cell::Field).collect(),
        Some(chosen) => { chosen.iter() }
            .filter_map(|key| Cell::of(key, all))
            .collect(),
    };
    for key in &manner.fields {
        let cell = Cell::of(key, all);
        let is_there = |cell: &Cell<'_>| cells.iter().any(|known| known.title() == cell.title());
        let fresh = cell.filter(|cell| !is_there(cell));
        cells.extend(fresh);
    }
    cells
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
enum Cell<'a> {
    /// The number of the record's first line.
    Line,
    /// The format that a record of a mixed file is read in.
    Part,
    /// A column of the format.
    Field(&'a Column),
    /// A field of records or messages.
    Named(&'a str),
}

impl<'a> Cell<'a> {
    /// The column of a key; none for the window's own that say nothing of a record alone.
    fn of(key: &'a str, all: &'a [Column]) -> Option<Self> {
        let own = all.iter().find(|column| *column.name == *key);
        match (key, own) {
            (LINE_COLUMN, _) => Some(Self::Line),
            (PART_COLUMN, _) => Some(Self::Part),
            (_, Some(column)) => Some(Self::Field(column)),
            (key, None) => (!key.starts_with('#')).then_some(Self::Named(key)),
        }
    }

    fn title(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Line => "line",
            Self::Part => "format",
            Self::Field(column) => &*column.name,
            Self::Named(name) => name,
        })
    }
}

fn cell<'a>(
    origin: &Origin<'a>,
    meta: &RecordMeta,
    parsed: &'a Parsed<'_>,
    column: &Column,
) -> Cow<'a, str> {
    let bytes = match column.role {
        Role::Level => return Cow::Borrowed(origin.snapshot.levels.name(meta.level)),
        Role::Time => parsed.time.as_ref(),
        Role::Logger => parsed.logger.as_ref(),
        Role::Message => Some(&parsed.message),
        Role::Other => {
            let mut fields = parsed.fields.iter();
            let field = fields.find(|field| *field.name == *column.name);
            field.map(|field| &field.value)
        }
    };
    bytes.map_or(Cow::Borrowed(""), |bytes| String::from_utf8_lossy(bytes))
}

/// Seconds since the epoch, as exactly as a float can say. Dividing the nanoseconds as a float would round twice and
/// turn .25 into .2499998.
#[must_use]
pub fn epoch_seconds(time: Timestamp) -> f64 {
    let seconds = time.0.div_euclid(NANOS_PER_SEC);
    let nanos = time.0.rem_euclid(NANOS_PER_SEC);
    seconds as f64 + nanos as f64 / NANOS_PER_SEC as f64
}

/// The record's fields; padding has a message that says what it is.
fn parsed<'r>(origin: &Origin<'_>, meta: &RecordMeta, record: &'r [u8]) -> Parsed<'r> {
    match padding::shown(record, meta.length).filter(|_| !meta.matched) {
        Some(words) => Parsed {
            message: Cow::Owned(words.into_bytes()),
            ..Parsed::default()
        },
        None => origin.format.extractor.parse(without_mark(record, meta)),
    }
}

/// The record's text without the byte order mark that a file may begin with.
fn without_mark<'a>(record: &'a [u8], meta: &RecordMeta) -> &'a [u8] {
    match record.strip_prefix(b"\xef\xbb\xbf") {
        Some(text) if meta.offset == 0 => text,
        _ => record,
    }
}

fn level(snapshot: &SourceSnapshot, level: LevelId) -> Option<&str> {
    (level != LevelId::NONE).then(|| snapshot.levels.name(level))
}

/// The root logger is named where the log names it; a log that shows no loggers has none.
fn logger(snapshot: &SourceSnapshot, logger: LoggerId, shown: bool) -> Option<&str> {
    match snapshot.loggers.name(logger) {
        "" => shown.then_some("root"),
        name => Some(name),
    }
}

/// Which bytes of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Side {
    /// Those that were scanned.
    #[default]
    Scanned,
    /// Those of the file.
    Original,
}

/// The bytes around the record written last, so that reading record by record does not mean a system call for each.
#[derive(Default)]
struct Window {
    side: Side,
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    /// The start of a record, at most 64 MiB of it.
    fn record(&mut self, source: &dyn ByteSource, meta: &RecordMeta) -> Result<&[u8], ReadError> {
        self.read(
            source,
            Side::Scanned,
            meta.offset,
            meta.length.min(MAX_RECORD),
        )
    }

    fn read(
        &mut self,
        source: &dyn ByteSource,
        side: Side,
        offset: u64,
        length: u64,
    ) -> Result<&[u8], ReadError> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if !self.holds(side, offset, length) {
            self.bytes.resize(length.max(PIECE), 0);
            let read = match side {
                Side::Scanned => source.read_at(offset, &mut self.bytes),
                Side::Original => source.read_original_at(offset, &mut self.bytes),
            };
            // What is left of a read that failed is nothing that may be shown.
            self.bytes.truncate(*read.as_ref().unwrap_or(&0));
            read?;
            (self.side, self.start) = (side, offset);
        }
        let from = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
        let rest = self.bytes.get(from..).unwrap_or_default();
        Ok(rest.get(..length).unwrap_or(rest))
    }

    fn holds(&self, side: Side, offset: u64, length: usize) -> bool {
        let end = self.start + self.bytes.len() as u64;
        side == self.side && offset >= self.start && offset + length as u64 <= end
    }
}
