//! One record as its bytes, as a JSON object, or as a row of a table.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use serde_json::{Map, Value, json};

use super::csv::{self, Formulas};
use crate::base::id::LoggerId;
use crate::base::level::LevelId;
use crate::base::time::{NANOS_PER_SEC, Timestamp};
use crate::bytes::encoding::Encoding;
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::Parsed;
use crate::format::field::{Column, Role};
use crate::format::spec::Format;
use crate::index::snapshot::{RecordMeta, SourceSnapshot};

/// Bytes are copied in pieces of this size, so that a huge record costs no memory.
const PIECE: usize = 1 << 20;

/// JSON and CSV hold at most so much of a record; the rest is left out.
const MAX_RECORD: u64 = 64 << 20;

/// A byte order mark and half a character: what a file of UTF-16 without a record has at most.
const MARK: u64 = 5;

/// The window's column of line numbers, which no format has.
const LINE_COLUMN: &str = "#line";

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
    /// Text is the bytes of the file: in its encoding, with its byte order mark, and without a line end that its last
    /// line does not have. Otherwise it is what a terminal takes.
    pub exact: bool,
    /// Cells of a table that look like formulas stay as they are.
    pub keep_formulas: bool,
    /// The columns of a table by key, in their order; `None` for all of the format.
    pub columns: Option<Vec<String>>,
}

/// The log that records are of.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Its bytes as they were scanned.
    pub bytes: &'a dyn ByteSource,
    /// How records are taken apart.
    pub format: &'a Format,
    /// Which characters the bytes of the file stand for.
    pub encoding: Encoding,
    /// Its index.
    pub snapshot: &'a SourceSnapshot,
}

/// Bytes that are handed on at once.
const BUFFER: usize = 1 << 17;

/// Writes records in one of the forms.
pub struct RecordWriter<W: Write> {
    out: BufWriter<W>,
    manner: Manner,
    window: Window,
    wrote_header: bool,
    /// The end of the record written last, in the scanned bytes and in the file.
    behind: Option<(u64, u64)>,
    /// The last line that was written has no end.
    unended: bool,
}

impl<W: Write> RecordWriter<W> {
    /// A writer.
    pub fn new(out: W, manner: Manner) -> Self {
        Self {
            out: BufWriter::with_capacity(BUFFER, out),
            manner,
            window: Window::default(),
            wrote_header: false,
            behind: None,
            unended: false,
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
            Form::Text if self.manner.exact => self.exact(origin, meta),
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
        let nothing = self.manner.form == Form::Text && origin.snapshot.is_empty();
        if nothing && self.manner.exact && origin.bytes.is_transcoded() {
            let end = origin.bytes.original_len()?.min(MARK);
            self.copy(origin, Side::Original, 0, end)?;
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

    /// Forgets bytes read before; to be called when another log comes, or the log was replaced or grew.
    pub fn forget(&mut self) {
        self.window = Window::default();
        self.behind = None;
    }

    fn text(&mut self, origin: &Origin<'_>, meta: &RecordMeta) -> Result<(), WriteError> {
        self.copy(
            origin,
            Side::Scanned,
            meta.offset,
            meta.offset + meta.length,
        )?;
        if meta.partial {
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// The record's bytes in the file.
    fn exact(&mut self, origin: &Origin<'_>, meta: &RecordMeta) -> Result<(), WriteError> {
        if std::mem::take(&mut self.unended) {
            self.out.write_all(line_end(origin.encoding))?;
        }
        let start = match self.behind {
            Some((scanned, original)) if scanned == meta.offset => original,
            // Whoever reads a part of UTF-16 needs its mark as much as who reads all of it.
            None => {
                let mark = origin.bytes.to_original(0)?;
                self.copy(origin, Side::Original, 0, mark)?;
                origin.bytes.to_original(meta.offset)?
            }
            Some(_) => origin.bytes.to_original(meta.offset)?,
        };
        let scanned = meta.offset + meta.length;
        let mut end = origin.bytes.to_original(scanned)?;
        self.behind = Some((scanned, end));
        let is_last = meta.record.0 + 1 == origin.snapshot.len();
        if is_last && origin.bytes.is_transcoded() {
            // Half a character at the end of the file belongs to no record.
            end += (origin.bytes.original_len()?.saturating_sub(end)).min(3);
        }
        self.unended = meta.partial;
        self.copy(origin, Side::Original, start, end)
    }

    /// Copies bytes from one place to another, in pieces.
    fn copy(
        &mut self,
        origin: &Origin<'_>,
        side: Side,
        from: u64,
        to: u64,
    ) -> Result<(), WriteError> {
        let mut at = from;
        while at < to {
            let length = (to - at).min(PIECE as u64);
            let piece = self.window.read(origin.bytes, side, at, length)?;
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
        let parsed = origin.format.extractor.parse(without_mark(record, meta));
        let decode = |bytes: &[u8]| origin.encoding.decode(bytes).into_owned();
        let mut fields = Map::new();
        for field in &parsed.fields {
            fields.insert(
                field.name.clone().into_owned(),
                Value::String(decode(&field.value)),
            );
        }
        let start = origin.bytes.to_original(meta.offset)?;
        let end = origin.bytes.to_original(meta.offset + meta.length)?;
        let object = json!({
            "offset": start,
            "length": end - start,
            "time": meta.time.map(epoch_seconds),
            "level": level(origin.snapshot, meta.level),
            "logger": logger(origin.snapshot, meta.logger, parsed.logger.is_some()),
            "message": decode(&parsed.message),
            "fields": fields,
        });
        serde_json::to_writer(&mut self.out, &object).map_err(io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn csv(&mut self, origin: &Origin<'_>, meta: &RecordMeta) -> Result<(), WriteError> {
        let formulas = match self.manner.keep_formulas {
            true => Formulas::Kept,
            false => Formulas::Disarmed,
        };
        let columns = self.columns(origin.format);
        if !self.wrote_header {
            self.wrote_header = true;
            let names = columns.iter().map(|column| column.title());
            csv::row(&mut self.out, names, formulas)?;
        }
        let record = self.window.record(origin.bytes, meta)?;
        let parsed = origin.format.extractor.parse(without_mark(record, meta));
        let cells = columns.iter().map(|column| match column {
            Cell::Line => Cow::Owned((meta.line + 1).to_string()),
            Cell::Field(column) => cell(origin, meta, &parsed, column),
        });
        csv::row(&mut self.out, cells, formulas)?;
        Ok(())
    }

    /// The columns of the table that a format gives.
    fn columns<'a>(&self, format: &'a Format) -> Vec<Cell<'a>> {
        let all = format.extractor.columns();
        let Some(chosen) = &self.manner.columns else {
            return all.iter().map(Cell::Field).collect();
        };
        let find = |key: &String| match key.as_str() {
            LINE_COLUMN => Some(Cell::Line),
            key => all
                .iter()
                .find(|column| *column.name == *key)
                .map(Cell::Field),
        };
        chosen.iter().filter_map(find).collect()
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
enum Cell<'a> {
    /// The number of the record's first line.
    Line,
    Field(&'a Column),
}

impl Cell<'_> {
    fn title(&self) -> Cow<'_, str> {
        match self {
            Self::Line => Cow::Borrowed("line"),
            Self::Field(column) => Cow::Borrowed(&*column.name),
        }
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
    bytes.map_or(Cow::Borrowed(""), |bytes| origin.encoding.decode(bytes))
}

/// Seconds since the epoch, as exactly as a float can say. Dividing the nanoseconds as a float would round twice and
/// turn .25 into .2499998.
#[must_use]
pub fn epoch_seconds(time: Timestamp) -> f64 {
    let seconds = time.0.div_euclid(NANOS_PER_SEC);
    let nanos = time.0.rem_euclid(NANOS_PER_SEC);
    seconds as f64 + nanos as f64 / NANOS_PER_SEC as f64
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

fn line_end(encoding: Encoding) -> &'static [u8] {
    match (encoding.is_utf16(), encoding.is_big_endian()) {
        (false, _) => b"\n",
        (true, false) => b"\n\0",
        (true, true) => b"\0\n",
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
                Side::Original => source.read_original(offset, &mut self.bytes),
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
