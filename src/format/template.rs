//! A template of `logging`, turned round: from the text that it printed back to the fields.

mod compile;
mod first;
mod framing;
pub(super) mod places;
mod quick;
mod read;
pub mod stop;

use super::appended::{continues, names_exception};
use super::dialect::{log4j, loguru, nlog, serilog};
use super::extractor::{Ahead, Clock, FieldValue, Header, LevelWord, Parsed, without_break};
use super::field::{Column, Role};
use super::layout::Layout;
use super::spec::{FormatError, Style};
use super::steps::{Found, NO_SPAN, Rules, Span, Step, Strength};
use super::{brace, dollar, percent};
use crate::base::level::level_of_number;
use crate::base::text::strip_ansi;
use crate::base::time::ZoneClock;
use first::FirstBytes;
pub use framing::TemplateFramer;
use quick::Quick;
use std::borrow::Cow;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A compiled template.
#[derive(Debug, Clone)]
pub struct Template {
    columns: Box<[Column]>,
    clock: Clock,
    /// What stands before the message.
    head: Part,
    /// The same read as leniently as the part behind the message allows, if that proves more: for records that have it.
    vouched: Option<Part>,
    /// What stands behind the message, if anything.
    tail: Option<Part>,
    /// How a line is known to start a record.
    start: Start,
    /// What each slot holds.
    slots: Box<[Slot]>,
    time: TimeSource,
    /// What a record may begin with.
    first: FirstBytes,
    /// The short way to the header, if there is one.
    quick: Option<Quick>,
    /// Whether the template colours the message, so that escapes at its ends are not part of it.
    colored_message: bool,
    /// Whether a NUL before the line end ends a record, too, and is no part of its message.
    ends_with_nul: bool,
}

/// A stretch of the template with how strictly it is matched.
#[derive(Debug, Clone)]
struct Part {
    steps: Box<[Step]>,
    strength: Strength,
    has_level: bool,
    level_is_bracketed: bool,
    level_is_named: bool,
}

/// What a slot's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Time,
    /// Milliseconds that follow the time directly and are shown with it.
    TimeFraction,
    Level,
    Logger,
    /// The column of this number.
    Other(usize),
    /// Not shown: a field that occurs a second time.
    Repeated,
}

/// Where the time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TimeSource {
    None,
    /// `asctime`, to which `msecs` are added if so.
    Asctime {
        add_msecs: bool,
    },
    /// `created`.
    Created,
}

/// How a line is known to start a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// The part before the message matches.
    Head,
    /// The part behind the message matches too: what is before it proves too little.
    HeadAndTail,
    /// There is nothing but the message: the line is no continuation.
    AnyLine,
}

impl Template {
    /// Compiles a template with its `datefmt` and `default_msec_format`.
    ///
    /// # Errors
    /// The template or the date format has a mistake.
    pub fn compile(
        style: Style,
        text: &str,
        datefmt: Option<&str>,
        msec_format: Option<&str>,
    ) -> Result<Self, FormatError> {
        let layout = match style {
            Style::Percent => percent::parse(text),
            Style::Brace => brace::parse(text),
            Style::Dollar => dollar::parse(text),
            Style::Log4j => log4j::parse(text),
            Style::NLog => nlog::parse(text),
            Style::Serilog => serilog::parse(text),
            Style::Loguru => loguru::parse(text),
            Style::Csv => Err(FormatError::new(
                "a table is no template",
                "compile it as a format",
            )),
        }?;
        Self::from_layout(&layout, datefmt, msec_format)
    }

    /// Compiles a layout with its date format.
    ///
    /// # Errors
    /// The layout has no field or too many, or the date format has a mistake.
    pub fn from_layout(
        layout: &Layout,
        datefmt: Option<&str>,
        msec_format: Option<&str>,
    ) -> Result<Self, FormatError> {
        compile::compile(layout, datefmt, msec_format)
    }

    /// The same template for records that end with a NUL and a line end (`terminator = "\0\n"`).
    #[must_use]
    pub fn with_nul_ends(self) -> Self {
        Self {
            ends_with_nul: true,
            ..self
        }
    }

    /// The columns in display order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How much of a point in time the template shows.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Whether the level has nothing but blanks before it, so that any word may stand in its place.
    #[must_use]
    pub fn level_is_bare(&self) -> bool {
        compile::level_is_bare(&self.head.steps)
    }

    /// Whether a record of this template starts at the line.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        if self.start == Start::AnyLine {
            let text = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
            return !continues(text) && !names_exception(text);
        }
        self.find(line).is_some()
    }

    /// Time, level and logger of the record that starts at the line. Given a whole record, lines after the first are
    /// looked at for what the first does not show.
    #[inline]
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        match self.header_ahead(line, zone) {
            Some(ahead) => Some(ahead.into()),
            None => self.header_of_line(line, zone),
        }
    }

    /// As `Extractor::header_ahead`: the short way, if there is one.
    #[inline]
    pub fn header_ahead<'a>(&self, text: &'a [u8], zone: &mut ZoneClock) -> Option<Ahead<'a>> {
        let quick = self.quick.as_ref()?;
        if self.first.admit(text) {
            quick.header(text, zone)
        } else {
            None
        }
    }

    /// As `Extractor::header_of_line`: the way that all others are measured by.
    pub fn header_of_line<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        if self.start == Start::AnyLine && !self.is_start(line) {
            return None;
        }
        let mut matched = self.find(line)?;
        if let Some((tail, _)) = &matched.tail {
            merge(&mut matched.head, tail);
        }
        let found = &matched.head;
        Some(Header {
            time: self.time_of(found, zone),
            level: self.level_of(found, line),
            logger: self.logger_of(found, line),
        })
    }

    fn time_of(&self, found: &Found, zone: &mut ZoneClock) -> Option<i64> {
        match self.time {
            TimeSource::None => None,
            TimeSource::Created => found.created,
            TimeSource::Asctime { add_msecs } => {
                let clock = if found.other_time {
                    Clock::Full
                } else {
                    self.clock
                };
                let time = found.stamp?.nanos(clock, zone)?;
                Some(if add_msecs {
                    time.saturating_add(found.msecs.unwrap_or(0))
                } else {
                    time
                })
            }
        }
    }

    fn level_of<'a>(&self, found: &Found, line: &'a [u8]) -> LevelWord<'a> {
        if let Some(id) = found.level {
            return LevelWord::Standard(id);
        }
        let Some(span) = self.span_of(found, Slot::Level) else {
            return LevelWord::None;
        };
        let word = slice(line, span);
        let number = || {
            std::str::from_utf8(word)
                .ok()?
                .parse()
                .ok()
                .and_then(level_of_number)
        };
        if found.level_number == Some(span)
            && let Some(id) = number()
        {
            return LevelWord::Standard(id);
        }
        match self.number_beside(found, line) {
            _ if word.is_empty() => LevelWord::None,
            Some(number) => LevelWord::Numbered(word, number),
            None => LevelWord::Custom(word),
        }
    }

    /// The level's number, where the template shows it beside the name.
    fn number_beside(&self, found: &Found, line: &[u8]) -> Option<i32> {
        let is_number = |column: &Column| &*column.name == "levelno";
        let column = self.columns.iter().position(is_number)?;
        let span = self.span_of(found, Slot::Other(column))?;
        std::str::from_utf8(slice(line, span)).ok()?.parse().ok()
    }

    fn logger_of<'a>(&self, found: &Found, line: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        let name = slice(line, self.span_of(found, Slot::Logger)?);
        (!name.is_empty()).then(|| strip_ansi(name))
    }

    fn span_of(&self, found: &Found, wanted: Slot) -> Option<Span> {
        let slot = self.slots.iter().position(|slot| *slot == wanted)?;
        found
            .spans
            .get(slot)
            .copied()
            .filter(|span| *span != NO_SPAN)
    }

    /// Takes a record apart.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let Some(mut matched) = self.find(record) else {
            return Parsed::unmatched(record);
        };
        let message = self.message(record, &matched);
        if let Some((tail, _)) = &matched.tail {
            merge(&mut matched.head, tail);
        }
        let found = matched.head;
        let value = |span| Cow::Borrowed(slice(record, span));
        let mut time = self.span_of(&found, Slot::Time);
        if let (Some(whole), Some(fraction)) = (&mut time, self.span_of(&found, Slot::TimeFraction))
        {
            whole.1 = whole.1.max(fraction.1);
        }
        Parsed {
            matched: true,
            time: time.map(value),
            level: self.span_of(&found, Slot::Level).map(value),
            logger: self.logger_of(&found, record),
            message,
            fields: self.other_fields(&found, record),
        }
    }

    /// As `Extractor::message`.
    pub fn message_of<'a>(&self, record: &'a [u8], clock: &mut ZoneClock) -> Cow<'a, [u8]> {
        if self.tail.is_none()
            && let Some(ahead) = self.header_ahead(record, clock)
        {
            return Cow::Borrowed(self.message_from(record, ahead.len));
        }
        match self.find(record) {
            Some(matched) => self.message(record, &matched),
            None => Parsed::unmatched(record).message,
        }
    }

    /// As `Extractor::each_field`.
    pub fn each_field<'a>(
        &self,
        record: &'a [u8],
        visit: &mut dyn FnMut(&str, &[u8]),
    ) -> Cow<'a, [u8]> {
        let Some(mut matched) = self.find(record) else {
            return Parsed::unmatched(record).message;
        };
        let message = self.message(record, &matched);
        if let Some((tail, _)) = &matched.tail {
            merge(&mut matched.head, tail);
        }
        for (column, value) in self.others(&matched.head, record) {
            visit(&column.name, &value);
        }
        message
    }

    fn other_fields<'a>(&self, found: &Found, record: &'a [u8]) -> Vec<FieldValue<'a>> {
        let fields = self.others(found, record);
        fields
            .map(|(column, value)| FieldValue {
                name: Cow::Owned(column.name.to_string()),
                value,
            })
            .collect()
    }

    fn others<'a>(
        &self,
        found: &Found,
        record: &'a [u8],
    ) -> impl Iterator<Item = (&Column, Cow<'a, [u8]>)> {
        let spans = self.slots.iter().zip(found.spans);
        spans.filter_map(move |(slot, span)| match slot {
            Slot::Other(column) if span != NO_SPAN => {
                Some((self.columns.get(*column)?, strip_ansi(slice(record, span))))
            }
            _ => None,
        })
    }
}

/// The bytes of a span.
fn slice(bytes: &[u8], span: Span) -> &[u8] {
    bytes
        .get(span.0 as usize..span.1 as usize)
        .unwrap_or_default()
}

/// Adds what the tail found to what the head did; a field of the head wins.
fn merge(head: &mut Found, tail: &Found) {
    for (to, from) in head.spans.iter_mut().zip(tail.spans) {
        if *to == NO_SPAN {
            *to = from;
        }
    }
    if head.stamp.is_none() {
        (head.stamp, head.other_time) = (tail.stamp, tail.other_time);
    }
    head.created = head.created.or(tail.created);
    head.msecs = head.msecs.or(tail.msecs);
    head.level = head.level.or(tail.level);
    head.level_number = head.level_number.or(tail.level_number);
}

#[cfg(test)]
mod tests;
