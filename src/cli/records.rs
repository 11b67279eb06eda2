//! One record as text, as a JSON object, or as a row of a table.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::args::Output;
use super::load::Log;
use crate::base::id::LoggerId;
use crate::base::level::LevelId;
use crate::base::time::{NANOS_PER_SEC, Timestamp};
use crate::bytes::ReadError;
use crate::format::field::Role;
use crate::index::snapshot::{RecordMeta, SourceSnapshot};

/// Bytes are copied in pieces of this size, so that a huge record costs no memory.
const PIECE: usize = 1 << 20;

/// JSON and CSV hold at most so much of a record; the rest is left out.
const MAX_RECORD: u64 = 64 << 20;

/// Why a record could not be printed.
#[derive(Debug)]
pub enum PrintError {
    /// Its bytes cannot be read.
    Read(ReadError),
    /// Nobody takes what is written.
    Write(io::Error),
}

impl From<ReadError> for PrintError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<io::Error> for PrintError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Writes records in one of the output forms.
pub struct RecordWriter<W> {
    out: W,
    form: Output,
    window: Window,
    wrote_header: bool,
    /// Nothing of the file was written yet.
    begins: bool,
    /// The line end that the record written last lacks: it is written only if something follows.
    unended: &'static [u8],
}

impl<W: Write> RecordWriter<W> {
    /// A writer of this form.
    pub fn new(out: W, form: Output) -> Self {
        Self {
            out,
            form,
            window: Window::default(),
            wrote_header: false,
            begins: true,
            unended: b"",
        }
    }

    /// What is written.
    pub fn form(&self) -> Output {
        self.form
    }

    /// Writes one record.
    ///
    /// # Errors
    /// Its bytes cannot be read, or nobody takes what is written.
    pub fn write(
        &mut self,
        log: &Log,
        snapshot: &SourceSnapshot,
        meta: &RecordMeta,
    ) -> Result<(), PrintError> {
        match self.form {
            Output::Text => self.text(log, meta),
            Output::Jsonl => self.jsonl(log, snapshot, meta),
            Output::Csv => self.csv(log, snapshot, meta),
        }
    }

    /// Hands everything on to the reader of the output.
    ///
    /// # Errors
    /// Nobody takes what is written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// To be called before the first record of a file.
    pub fn begin_file(&mut self) {
        self.begins = true;
        self.forget();
    }

    /// Forgets bytes read before; to be called when the log grew.
    pub fn forget(&mut self) {
        self.window = Window::default();
    }

    /// The record's bytes as they stand in the file: all records of a file together are the file.
    fn text(&mut self, log: &Log, meta: &RecordMeta) -> Result<(), PrintError> {
        self.out.write_all(std::mem::take(&mut self.unended))?;
        let range = log
            .bytes
            .to_original(&(meta.offset..meta.offset + meta.length))?;
        if self.begins && range.start > 0 {
            let mark = log.bytes.to_original(&(0..0))?;
            self.bytes(log, mark)?;
        }
        self.begins = false;
        self.bytes(log, range)?;
        if meta.partial {
            self.unended = log.line_ends().bytes();
        }
        Ok(())
    }

    fn bytes(&mut self, log: &Log, range: Range<u64>) -> Result<(), PrintError> {
        let mut at = range.start;
        while at < range.end {
            let length = (range.end - at).min(PIECE as u64);
            let piece = self
                .window
                .read(at, length, |at, buf| log.bytes.read_original_at(at, buf))?;
            if piece.is_empty() {
                return Err(PrintError::Read(ReadError::Stale));
            }
            self.out.write_all(piece)?;
            at += piece.len() as u64;
        }
        Ok(())
    }

    fn jsonl(
        &mut self,
        log: &Log,
        snapshot: &SourceSnapshot,
        meta: &RecordMeta,
    ) -> Result<(), PrintError> {
        let length = meta.length.min(MAX_RECORD);
        let record = self
            .window
            .read(meta.offset, length, |at, buf| log.bytes.read_at(at, buf))?;
        let parsed = log.format.extractor.parse(without_mark(record, meta));
        let decode = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut fields = Map::new();
        for field in &parsed.fields {
            fields.insert(
                field.name.clone().into_owned(),
                Value::String(decode(&field.value)),
            );
        }
        let place = log.in_file(&(meta.offset..meta.offset + meta.length))?;
        let object = json!({
            "offset": place.start,
            "length": place.end - place.start,
            "time": meta.time.map(epoch_seconds),
            "level": level(snapshot, meta.level),
            "logger": logger(snapshot, meta.logger, parsed.logger.is_some()),
            "message": decode(&parsed.message),
            "fields": fields,
        });
        serde_json::to_writer(&mut self.out, &object).map_err(io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn csv(
        &mut self,
        log: &Log,
        snapshot: &SourceSnapshot,
        meta: &RecordMeta,
    ) -> Result<(), PrintError> {
        let columns = log.format.extractor.columns();
        if !self.wrote_header {
            self.wrote_header = true;
            let names = columns.iter().map(|column| Cow::Borrowed(&*column.name));
            write_csv(&mut self.out, names)?;
        }
        let length = meta.length.min(MAX_RECORD);
        let record = self
            .window
            .read(meta.offset, length, |at, buf| log.bytes.read_at(at, buf))?;
        let parsed = log.format.extractor.parse(without_mark(record, meta));
        let cells = columns.iter().map(|column| match column.role {
            Role::Time => text(parsed.time.as_ref()),
            Role::Level => Cow::Borrowed(snapshot.levels.name(meta.level)),
            Role::Logger => text(parsed.logger.as_ref()),
            Role::Message => text(Some(&parsed.message)),
            Role::Other => text(
                parsed
                    .fields
                    .iter()
                    .find(|field| *field.name == *column.name)
                    .map(|field| &field.value),
            ),
        });
        write_csv(&mut self.out, cells)?;
        Ok(())
    }
}

/// Seconds since the epoch, as exactly as a float can say. Dividing the nanoseconds as a float would round twice and
/// turn .25 into .2499998.
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

fn text<'a>(bytes: Option<&'a Cow<'_, [u8]>>) -> Cow<'a, str> {
    bytes.map_or(Cow::Borrowed(""), |bytes| String::from_utf8_lossy(bytes))
}

/// A row after RFC 4180: fields with commas, quotes or line ends are quoted, quotes doubled.
fn write_csv<'a>(
    out: &mut impl Write,
    cells: impl Iterator<Item = Cow<'a, str>>,
) -> io::Result<()> {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

/// The bytes around the record printed last, so that reading record by record does not mean a system call for each.
#[derive(Default)]
struct Window {
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn read(
        &mut self,
        offset: u64,
        length: u64,
        fill: impl FnOnce(u64, &mut [u8]) -> Result<usize, ReadError>,
    ) -> Result<&[u8], ReadError> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if !self.holds(offset, length) {
            self.bytes.resize(length.max(PIECE), 0);
            let read = fill(offset, &mut self.bytes)?;
            self.bytes.truncate(read);
            self.start = offset;
        }
        let from = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
        let rest = self.bytes.get(from..).unwrap_or_default();
        Ok(rest.get(..length).unwrap_or(rest))
    }

    fn holds(&self, offset: u64, length: usize) -> bool {
        let end = self.start + self.bytes.len() as u64;
        offset >= self.start && offset + length as u64 <= end
    }
}
