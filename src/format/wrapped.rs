//! A format inside an envelope: every line is taken out of it before the format reads it.

use std::borrow::Cow;

use super::anytime;
use super::envelope::{DOCKER_HEAD, Envelope, Opened};
use super::extractor::{Clock, Extractor, FieldValue, Header, LevelWord, Parsed, without_line_end};
use super::field::{Column, Role};
use crate::base::time::ZoneClock;

/// A format and what is put around its lines.
#[derive(Debug, Clone)]
pub struct WrappedFormat {
    envelope: Envelope,
    inner: Extractor,
    columns: Box<[Column]>,
    clock: Clock,
    /// Whether the time is the envelope's, since the format shows less of it.
    outer_time: bool,
}

impl WrappedFormat {
    /// The format `inner` inside `envelope`.
    #[must_use]
    pub fn new(envelope: Envelope, inner: Extractor) -> Self {
        let outer_time = match (inner.clock(), envelope.clock()) {
            _ if envelope == Envelope::SyslogTime => true,
            (Clock::Full, _) | (_, Clock::None) => false,
            (Clock::None, _) | (_, Clock::Full) => true,
            _ => false,
        };
        Self {
            columns: columns(envelope, &inner, outer_time),
            clock: if outer_time {
                envelope.clock()
            } else {
                inner.clock()
            },
            outer_time,
            envelope,
            inner,
        }
    }

    /// The format's columns and what the envelope adds.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How much of a point in time headers carry.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// What is put around the lines.
    #[must_use]
    pub fn envelope(&self) -> Envelope {
        self.envelope
    }

    /// The format inside.
    #[must_use]
    pub fn inner(&self) -> &Extractor {
        &self.inner
    }

    /// The text inside the first line, and the byte of the line at which it begins.
    #[must_use]
    pub fn open<'a>(&self, line: &'a [u8]) -> Option<(Cow<'a, [u8]>, usize)> {
        let line = without_line_end(first_line(line));
        let inner = self.envelope.open(line)?.inner;
        let start = match self.envelope {
            Envelope::Docker => DOCKER_HEAD.len(),
            _ => line.len().checked_sub(inner.len())?,
        };
        Some((inner, start))
    }

    /// Whether a record of the format starts inside the line.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        let opened = self.envelope.open(first_line(line));
        opened.is_some_and(|opened| self.inner.is_start(&opened.inner))
    }

    /// The header of the format; the envelope says what that does not show.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        let opened = self.envelope.open(first_line(line))?;
        let mut header = match &opened.inner {
            Cow::Borrowed(text) => self.inner.header(text, zone)?,
            Cow::Owned(text) => in_line(self.inner.header(text, zone)?, line),
        };
        if let Some(time) = opened
            .time
            .filter(|_| self.outer_time || header.time.is_none())
        {
            let moment = anytime::recognise(time).filter(|moment| moment.clock == self.clock);
            header.time = moment.map(|moment| moment.resolve(zone));
        }
        if header.logger.is_none() {
            header.logger = opened.logger.map(Cow::Borrowed);
        }
        Some(header)
    }

    /// Takes a record apart, with the envelopes of all its lines taken off.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let Some(first) = self.envelope.open(first_line(record)) else {
            return Parsed::unmatched(record);
        };
        let mut parsed = match self.unwrapped(record, &first) {
            Cow::Borrowed(text) => self.inner.parse(text),
            Cow::Owned(text) => owned(self.inner.parse(&text)),
        };
        if self.outer_time || parsed.time.is_none() {
            parsed.time = first.time.map(Cow::Borrowed).or(parsed.time);
        }
        if parsed.logger.is_none() {
            parsed.logger = first.logger.map(Cow::Borrowed);
        }
        for (name, value) in self.envelope.fields().into_iter().zip(first.fields) {
            if let (Some(name), Some(value)) = (name, value) {
                parsed.fields.push(FieldValue {
                    name: Cow::Borrowed(name),
                    value: Cow::Borrowed(value),
                });
            }
        }
        parsed
    }

    /// The text of all lines without their envelopes.
    fn unwrapped<'a>(&self, record: &'a [u8], first: &Opened<'a>) -> Cow<'a, [u8]> {
        let mut lines = record.split_inclusive(|b| *b == b'\n').peekable();
        lines.next();
        if lines.peek().is_none()
            && let Cow::Borrowed(text) = first.inner
        {
            return Cow::Borrowed(text);
        }
        let mut text = first.inner.to_vec();
        let mut is_partial = first.is_partial;
        for line in lines {
            if !is_partial {
                text.push(b'\n');
            }
            match self.envelope.open(line) {
                Some(opened) => {
                    text.extend_from_slice(&opened.inner);
                    is_partial = opened.is_partial;
                }
                None => {
                    text.extend_from_slice(without_line_end(line));
                    is_partial = false;
                }
            }
        }
        text.push(b'\n');
        Cow::Owned(text)
    }
}

fn first_line(record: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\n', record).map_or(record.len(), |at| at + 1);
    record.get(..end).unwrap_or(record)
}

fn columns(envelope: Envelope, inner: &Extractor, outer_time: bool) -> Box<[Column]> {
    let mut columns = inner.columns().to_vec();
    if outer_time && inner.column_of(Role::Time).is_none() {
        columns.insert(0, Column::new("time", Role::Time));
    }
    if envelope.names_logger() && inner.column_of(Role::Logger).is_none() {
        columns.insert(1.min(columns.len()), Column::new("name", Role::Logger));
    }
    for name in envelope.fields().into_iter().flatten() {
        if !columns.iter().any(|column| &*column.name == name) {
            columns.push(Column::new(name, Role::Other));
        }
    }
    columns.sort_by_key(|column| column.role == Role::Message);
    columns.into()
}

/// The header of a text that was written with escapes in this line.
fn in_line<'a>(header: Header<'_>, line: &'a [u8]) -> Header<'a> {
    let level = match header.level {
        LevelWord::None => LevelWord::None,
        LevelWord::Standard(id) => LevelWord::Standard(id),
        // Words of levels hold nothing that is escaped.
        LevelWord::Custom(word) | LevelWord::Numbered(word, _) => memchr::memmem::find(line, word)
            .and_then(|at| line.get(at..at + word.len()))
            .map_or(LevelWord::None, LevelWord::Custom),
    };
    Header {
        time: header.time,
        level,
        logger: header.logger.map(|name| Cow::Owned(name.into_owned())),
    }
}

fn owned(parsed: Parsed<'_>) -> Parsed<'static> {
    let own = |value: Cow<'_, [u8]>| Cow::Owned(value.into_owned());
    Parsed {
        matched: parsed.matched,
        time: parsed.time.map(own),
        level: parsed.level.map(own),
        logger: parsed.logger.map(own),
        message: own(parsed.message),
        fields: parsed
            .fields
            .into_iter()
            .map(|field| FieldValue {
                name: Cow::Owned(field.name.into_owned()),
                value: own(field.value),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
