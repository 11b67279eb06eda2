//! A record's bytes to what the table and the details pane show. Pure.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::desk::Stage;
use super::state::{FullRecord, RowText};
use crate::base::id::Generation;
use crate::base::text::{
    Pen, Penned, PennedLine, plain, shown, strip_ansi, tones, visible_coloured,
};
use crate::bytes::padding;
use crate::format::extractor::{Extractor, Parsed};
use crate::format::field::{Column, Role};
use crate::format::nested::Objects;
use crate::format::spec::{Format, title};
use crate::index::snapshot::RecordMeta;
use crate::query::OneRecord;
use crate::query::fields::field_value;
use crate::query::marking::Marking;

/// A cell's text is clipped here: more than a wide screen shows, little enough to lay out in no time.
pub(super) const CELL_CHARS: usize = 4096;

/// Bytes of a cell that are decoded at most; every character of every encoding fits `CELL_CHARS` times.
const CELL_BYTES: usize = CELL_CHARS * 8;

/// Lines after the first that a row has at hand, for those who open it in the table.
const REST_LINES: usize = 200;

/// Bytes of those lines.
const REST_BYTES: usize = 32 << 10;

/// Name of the column that says which format of a mixed file a record was read in.
pub use crate::export::PART_COLUMN;

/// The columns that rows of this format have, in the order of their cells.
#[must_use]
pub fn shown_columns(format: &Format) -> Vec<Column> {
    let mut columns = format.extractor.columns().to_vec();
    if format.extractor.as_mixed().is_some() {
        columns.push(Column::new(PART_COLUMN, Role::Other));
    }
    columns
}

/// How to read the bytes of records.
pub(super) struct Reader<'a> {
    pub(super) format: &'a Format,
    pub(super) extractor: &'a Extractor,
}

impl<'a> Reader<'a> {
    /// The reader of a stage.
    pub(super) fn of(stage: &'a Stage) -> Self {
        Self {
            format: &stage.format,
            extractor: &stage.format.extractor,
        }
    }

    /// The row of a record, from its first bytes. `lines` is how many lines the index counts in it, and `more` which fields
    /// it shows beyond the format's columns.
    pub(super) fn row(
        &self,
        meta: RecordMeta,
        record: &[u8],
        lines: u64,
        (marking, more): (&Marking, &[Arc<str>]),
    ) -> RowText {
        let parsed = self.parse(&meta, record);
        let (first, lines_more) = first_line(&parsed.message);
        let (mut pens, mut toned) = (Vec::new(), Vec::new());
        let cells: Box<[Box<str>]> = self
            .extractor
            .columns()
            .iter()
            .map(|column| match column.role {
                Role::Message => {
                    pens.clear();
                    let cell = coloured(first, pen_at(record, first), &mut pens);
                    toned = tones(&cell);
                    cell
                }
                _ => self.cell(value(&parsed, column).unwrap_or_default()),
            })
            .chain(self.part(record).map(Into::into))
            .chain(more.iter().map(|name| {
                let value = field_value(&parsed, name);
                self.cell(value.unwrap_or_default())
            }))
            .collect();
        // A self-describing record has its lines inside the message, a template's stand in the file; a clipped record
        // shows too few of either.
        let more_lines = lines_more.max(lines.saturating_sub(1));
        let rest = rest(record, &parsed.message, first.len());
        let one = OneRecord {
            meta: &meta,
            bytes: record,
            parsed: &parsed,
            extractor: self.extractor,
        };
        let behind: Vec<&str> = rest.iter().map(|line| &*line.text).collect();
        RowText {
            marks: marking.mark(one, &cells, &behind),
            marking: marking.version(),
            meta,
            cells,
            pens: pens.into(),
            tones: toned.into(),
            rest,
            more_lines: u32::try_from(more_lines).unwrap_or(u32::MAX),
        }
    }

    /// Everything about a record.
    pub(super) fn full(
        &self,
        generation: Generation,
        meta: RecordMeta,
        place: Range<u64>,
        record: &[u8],
        clipped: bool,
    ) -> FullRecord {
        let parsed = self.parse(&meta, record);
        let raw = padding_words(&meta, record).unwrap_or_else(|| shown(record).into_owned());
        let mut fields = Vec::new();
        for column in self.extractor.columns() {
            if column.role == Role::Message {
                continue;
            }
            if let Some(value) = value(&parsed, column) {
                fields.push((column.name.to_string(), self.text(value)));
            }
        }
        for field in &parsed.fields {
            if !fields.iter().any(|(name, _)| *name == field.name) {
                fields.push((field.name.to_string(), self.text(&field.value)));
            }
        }
        if let Some(name) = self.part(record) {
            fields.push(("format".to_owned(), name));
        }
        let message = self.text(&parsed.message);
        FullRecord {
            generation,
            meta,
            place,
            objects: Objects::of(&raw, &message).map(Arc::new),
            raw,
            painted: painted(record, &parsed.message),
            message,
            fields,
            clipped,
            gone: false,
        }
    }

    /// In which format of a mixed file a record is read; empty if in none, `None` in other files.
    fn part(&self, record: &[u8]) -> Option<String> {
        let spec = self.format.part_of(record)?;
        Some(spec.map(title).unwrap_or_default())
    }

    /// The record as it stands in the log, for the clipboard: plain text without escapes.
    pub(super) fn raw(&self, meta: &RecordMeta, record: &[u8]) -> String {
        padding_words(meta, record).unwrap_or_else(|| plain(record))
    }

    /// The message of a record, for the clipboard.
    pub(super) fn message(&self, meta: &RecordMeta, record: &[u8]) -> String {
        plain(&self.parse(meta, record).message)
    }

    /// A record's fields; padding has a message that says what it is.
    fn parse<'r>(&self, meta: &RecordMeta, record: &'r [u8]) -> Parsed<'r> {
        match padding_words(meta, record) {
            Some(words) => Parsed {
                message: Cow::Owned(words.into_bytes()),
                ..Parsed::default()
            },
            None => self.extractor.parse(record),
        }
    }

    fn text(&self, bytes: &[u8]) -> String {
        shown(&strip_ansi(bytes)).into_owned()
    }

    /// One visible line.
    pub(super) fn cell(&self, bytes: &[u8]) -> Box<str> {
        coloured(bytes, Pen::default(), &mut Vec::new())
    }
}

fn padding_words(meta: &RecordMeta, record: &[u8]) -> Option<String> {
    padding::shown(record, meta.length).filter(|_| !meta.matched)
}

/// One visible line, and which parts of it the log colours. `pen` is that at its start.
fn coloured(bytes: &[u8], pen: Pen, pens: &mut Vec<Penned>) -> Box<str> {
    let bytes = bytes.get(..CELL_BYTES).unwrap_or(bytes);
    let mut out = String::new();
    visible_coloured(bytes, &mut out, CELL_CHARS, pen, pens);
    out.into_boxed_str()
}

/// The lines of a message after the first, which is so long.
fn rest(record: &[u8], message: &[u8], first: usize) -> Box<[PennedLine]> {
    let Some(rest) = message.get(first + 1..).filter(|rest| !rest.is_empty()) else {
        return Box::default();
    };
    let mut pen = match memchr::memchr(0x1b, record) {
        Some(_) => pen_at(record, rest),
        None => Pen::default(),
    };
    let rest = rest.strip_suffix(b"\n").unwrap_or(rest);
    let mut room = REST_BYTES;
    let lines = rest.split(|byte| *byte == b'\n').take(REST_LINES);
    let lines = lines.take_while(|line| {
        let fits = line.len() <= room;
        room = room.saturating_sub(line.len());
        fits
    });
    let penned = |line: &[u8]| {
        let mut pens = Vec::new();
        let text = coloured(line, pen, &mut pens);
        pen = pen.after(line);
        PennedLine {
            tones: tones(&text).into(),
            text,
            pens: pens.into(),
        }
    };
    lines.map(penned).collect()
}

/// A message with the escape sequences that colour it, if any do.
fn painted(record: &[u8], message: &[u8]) -> Option<(String, Pen)> {
    let pen = pen_at(record, message);
    let is_coloured = !pen.is_plain() || message.contains(&0x1b);
    is_coloured.then(|| (shown(message).into_owned(), pen))
}

/// The pen at a part of a record: what stands before it may have chosen one.
fn pen_at(record: &[u8], part: &[u8]) -> Pen {
    let before = (part.as_ptr() as usize).checked_sub(record.as_ptr() as usize);
    // A message that was unescaped is no part of the record; what it says it says itself.
    let before = before.filter(|len| len + part.len() <= record.len());
    let before = before.and_then(|len| record.get(..len));
    before.map_or(Pen::default(), |before| Pen::default().after(before))
}

/// What a parsed record has in a column.
pub(super) fn value<'a>(parsed: &'a Parsed<'_>, column: &Column) -> Option<&'a [u8]> {
    let by_role: &Option<Cow<'_, [u8]>> = match column.role {
        Role::Time => &parsed.time,
        Role::Level => &parsed.level,
        Role::Logger => &parsed.logger,
        Role::Message => return Some(&parsed.message),
        Role::Other => {
            return parsed
                .fields
                .iter()
                .find(|field| field.name == *column.name)
                .map(|field| &*field.value);
        }
    };
    by_role.as_deref()
}

/// The first line of a message, and how many lines follow it.
pub(super) fn first_line(message: &[u8]) -> (&[u8], u64) {
    let Some(end) = memchr::memchr(b'\n', message) else {
        return (message, 0);
    };
    let (first, rest) = message.split_at(end);
    let rest = rest.strip_suffix(b"\n").unwrap_or(rest);
    (first, memchr::memchr_iter(b'\n', rest).count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_its_lines_at_hand() {
        let lines = |message: &[u8]| {
            let first = first_line(message).0.len();
            let rest = rest(message, message, first);
            rest.iter()
                .map(|line| line.text.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(b"one"), Vec::<String>::new());
        assert_eq!(lines(b"one\n"), Vec::<String>::new());
        assert_eq!(lines(b"one\n  two\r\n\nfour\n"), ["  two", "", "four"]);
        assert_eq!(lines("x\n".repeat(900).as_bytes()).len(), REST_LINES);
        let long = format!("one\n{}\ntwo", "y".repeat(REST_BYTES + 1));
        assert_eq!(lines(long.as_bytes()), Vec::<String>::new());
        let red = b"one \x1b[31mred\nstill red\x1b[0m\nplain";
        let rest = rest(red, red, 12);
        assert_eq!(rest.len(), 2);
        assert_eq!(rest[0].pens.len(), 1);
        assert!(rest[1].pens.iter().all(|(_, pen)| pen.is_plain()));
    }

    #[test]
    fn the_lines_after_the_first_are_counted() {
        for (message, first, more) in [
            (&b"one"[..], &b"one"[..], 0),
            (b"one\n", b"one", 0),
            (b"one\ntwo", b"one", 1),
            (b"one\ntwo\n", b"one", 1),
            (b"one\n\n\nfour\n", b"one", 3),
            (b"", b"", 0),
        ] {
            assert_eq!(first_line(message), (first, more), "{message:?}");
        }
    }
}
