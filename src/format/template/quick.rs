//! The header of a record at the speed of a search: the one way through a template's head that nearly every line goes.
//!
//! What is read here is what the matcher finds at its first and strictest attempt with every value ending at the first
//! place where it may. Whatever else occurs (an escape, a custom level, a name with spaces, a value whose end is in
//! doubt) is left to the matcher, which stays the definition: this only makes it rare.

mod bytes;
mod compile;

use memchr::memchr;

use super::TimeSource;
use crate::base::level::LevelId;
use crate::base::time::{NANOS_PER_SEC, ZoneClock};
use crate::format::appended::exception_name;
use crate::format::extractor::{Ahead, Clock};
use crate::format::layout::Align;
use crate::format::steps::{
    FieldStep, LONGEST_NAME, LevelShape, NumberUse, level_shape, nanos, number,
};
use crate::format::timestamp::{DatePattern, IsoShape};
use bytes::{ByteClass, LevelWords, Literal, digits, digits_until};

/// Longest value that is looked for here.
const LONGEST: usize = 256;

/// How often a value's end may be looked for in vain; the matcher gives up too, but not so soon.
const TRIES: usize = 16;

/// The first byte of a byte order mark.
const BYTE_ORDER_MARK: u8 = 0xef;

/// A template's head as straight-line steps.
#[derive(Debug, Clone)]
pub(super) struct Quick {
    steps: Box<[Op]>,
    time: TimeSource,
    clock: Clock,
    /// Whether the header proves enough for levels in small letters and of one letter.
    strong: bool,
}

/// One step.
#[derive(Debug, Clone)]
enum Op {
    Literal(Literal),
    /// A time that begins with `YYYY-MM-DD HH:MM:SS`, and what follows it.
    Iso(IsoShape, Box<(Time, Option<Literal>)>),
    Time(Box<Time>),
    /// A number without padding.
    Digits(Box<FieldStep>, NumberUse),
    /// The same, only shown, and what follows it.
    DigitsUntil(Box<FieldStep>, Literal),
    Number(Box<FieldStep>, NumberUse),
    Level(Box<(LevelWords, Text)>),
    Logger(Box<Text>),
    Text(Box<Text>),
}

/// A time, and what else to try.
#[derive(Debug, Clone)]
struct Time {
    pattern: DatePattern,
    /// `None` too if values before it might be read in another way first.
    other: Option<DatePattern>,
}

/// A text up to the literal that follows it.
#[derive(Debug, Clone)]
struct Text {
    until: Literal,
    /// Least width; padding beyond the value is spaces.
    width: usize,
    align: Align,
    precision: Option<usize>,
    /// What ends the search for `until`, and what a value must not hold.
    class: ByteClass,
    /// A thread's name, which must not be cut before its target.
    is_thread: bool,
    /// Whether this is the logger that is shown.
    is_shown: bool,
    /// Whether names of exceptions are no names here.
    no_exceptions: bool,
    /// Whether this is the first step.
    is_first: bool,
}

/// What was read so far.
#[derive(Default)]
struct Read<'a> {
    /// Nanoseconds in the sense of the clock.
    time: Option<i64>,
    created: Option<i64>,
    msecs: Option<i64>,
    level: LevelId,
    logger: &'a [u8],
}

impl Quick {
    /// The header of a record that starts with these bytes, which may go on behind its line; `None` if there is none or
    /// it takes the matcher to tell.
    ///
    /// No step passes over a line feed: literals hold none, and values hold no control characters.
    #[inline]
    pub(super) fn header<'a>(&self, text: &'a [u8], zone: &mut ZoneClock) -> Option<Ahead<'a>> {
        if text.first() == Some(&BYTE_ORDER_MARK) {
            return None;
        }
        let mut read = Read::default();
        let mut rest = text;
        for step in &self.steps {
            rest = match step {
                Op::Literal(literal) => literal.strip(rest)?,
                Op::Iso(shape, then) => {
                    let (time, literal) = &**then;
                    let behind = match iso(*shape, rest, zone) {
                        Some((nanos, behind)) => {
                            read.time = Some(nanos);
                            behind
                        }
                        None => self.time(time, rest, zone, &mut read)?,
                    };
                    match literal {
                        Some(literal) => literal.strip(behind)?,
                        None => behind,
                    }
                }
                Op::Time(time) => self.time(time, rest, zone, &mut read)?,
                Op::Digits(field, used) => match digits(rest) {
                    Some(behind) if *used == NumberUse::Plain => behind,
                    _ => read.number(field, *used, rest)?,
                },
                Op::DigitsUntil(field, until) => match digits_until(rest, until) {
                    Some(behind) => behind,
                    None => until.strip(read.number(field, NumberUse::Plain, rest)?)?,
                },
                Op::Number(field, used) => read.number(field, *used, rest)?,
                Op::Level(level) => self.level(&level.0, &level.1, rest, &mut read)?,
                Op::Logger(text) => text.logger(rest, &mut read)?,
                Op::Text(text) => text.other(rest)?,
            };
        }
        Some(Ahead {
            time: self.sum(&read),
            level: read.level,
            logger: read.logger,
            len: text.len() - rest.len(),
        })
    }

    fn sum(&self, read: &Read<'_>) -> Option<i64> {
        match self.time {
            TimeSource::None => None,
            TimeSource::Created => read.created,
            TimeSource::Asctime { add_msecs: false } => read.time,
            TimeSource::Asctime { add_msecs: true } => {
                let msecs = read.msecs.unwrap_or(0);
                read.time.map(|time| time.saturating_add(msecs))
            }
        }
    }

    fn time<'a>(
        &self,
        time: &Time,
        text: &'a [u8],
        zone: &mut ZoneClock,
        read: &mut Read<'_>,
    ) -> Option<&'a [u8]> {
        // Patterns may pass over any white space.
        let line = first_line(text);
        if let Some((stamp, len)) = time.pattern.read(line) {
            read.time = stamp.nanos(self.clock, zone);
            return text.get(len..);
        }
        let (stamp, len) = time.other.as_ref()?.read(line)?;
        read.time = stamp.nanos(Clock::Full, zone);
        text.get(len..)
    }

    #[inline]
    fn level<'a>(
        &self,
        words: &LevelWords,
        text: &Text,
        rest: &'a [u8],
        read: &mut Read<'_>,
    ) -> Option<&'a [u8]> {
        if text.precision.is_none()
            && text.align == Align::Left
            && let Some((id, len)) = words.read(rest)
            && let Some(behind) = rest.get(len..).and_then(|rest| text.until.strip(rest))
        {
            read.level = id;
            return Some(behind);
        }
        self.other_level(text, rest, read)
    }

    fn other_level<'a>(
        &self,
        text: &Text,
        rest: &'a [u8],
        read: &mut Read<'_>,
    ) -> Option<&'a [u8]> {
        let region = text.region::<false>(rest)?;
        let word = region.value;
        read.level = match level_shape(word, text.precision) {
            LevelShape::Known(id) if word.len() > 1 || self.strong => id,
            LevelShape::Lowercase(id) if self.strong => id,
            _ => return None,
        };
        Some(region.behind)
    }
}

impl Read<'_> {
    fn number<'a>(
        &mut self,
        field: &FieldStep,
        used: NumberUse,
        text: &'a [u8],
    ) -> Option<&'a [u8]> {
        let (start, end, close) = number(text, 0, field.pad, field.conversion)?;
        match used {
            NumberUse::Created => self.created = Some(nanos(text.get(start..end)?, NANOS_PER_SEC)?),
            NumberUse::Msecs => self.msecs = Some(nanos(text.get(start..end)?, 1_000_000)?),
            NumberUse::Plain | NumberUse::LevelNumber => {}
        }
        text.get(close..)
    }
}

/// A value and what follows the literal behind it.
struct Region<'a> {
    value: &'a [u8],
    behind: &'a [u8],
}

impl Text {
    /// The value that the text begins with. `NAME` says that this is a logger's name; known where this is inlined.
    #[inline(always)]
    fn region<'a, const NAME: bool>(&self, text: &'a [u8]) -> Option<Region<'a>> {
        let region = if self.width == 0 {
            let (len, behind) = self.class.find::<NAME>(text, 0, &self.until)?;
            Region {
                value: text.get(..len)?,
                behind,
            }
        } else {
            self.padded_region::<NAME>(text)?
        };
        match self.precision {
            Some(precision) if region.value.len() > precision => None,
            _ => Some(region),
        }
    }

    /// The same where the value may be padded.
    fn padded_region<'a, const NAME: bool>(&self, text: &'a [u8]) -> Option<Region<'a>> {
        let padded = text.get(..self.width)?;
        // Widths count characters: bytes only in ASCII.
        if !padded.iter().all(|byte| (0x20..0x7f).contains(byte)) {
            return None;
        }
        let (len, behind) = self.class.find::<NAME>(text, self.width, &self.until)?;
        let (mut start, mut stop) = (0, len);
        let region = text.get(..len)?;
        let spaces =
            |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|b| **b == b' ').count();
        if self.align != Align::Right {
            stop -= spaces(&mut region.iter().rev());
        }
        if self.align != Align::Left {
            start += spaces(&mut region.iter()).min(stop - start);
        }
        let value = region.get(start..stop)?;
        let doubtful = value.iter().any(|byte| self.class.stops(*byte));
        (!doubtful).then_some(Region { value, behind })
    }

    #[inline]
    fn logger<'a>(&self, text: &'a [u8], read: &mut Read<'a>) -> Option<&'a [u8]> {
        let Region { value, behind } = self.region::<true>(text)?;
        if value.is_empty()
            || value.len() > LONGEST_NAME
            || self.is_first && value.first() == Some(&b'>')
            || self.no_exceptions && exception_name(value)
        {
            return None;
        }
        if self.is_shown {
            read.logger = value;
        }
        Some(behind)
    }

    #[inline]
    fn other<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        let behind = self.region::<false>(text)?.behind;
        // A thread's name ends before its target in parentheses: there the matcher decides.
        let end = || text.get(text.len() - behind.len() - self.until.len()..);
        let cut_short = self.is_thread && matches!(end(), Some([b' ', b'(', ..]));
        (!cut_short).then_some(behind)
    }
}

/// The text up to its first line feed.
fn first_line(text: &[u8]) -> &[u8] {
    let end = memchr(b'\n', text).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// A time in ISO's order: nanoseconds since the epoch and what follows it.
#[inline]
fn iso<'a>(shape: IsoShape, text: &'a [u8], zone: &mut ZoneClock) -> Option<(i64, &'a [u8])> {
    let minute = text.first_chunk::<16>()?;
    if !shape.separates(minute[10]) {
        return None;
    }
    let (of_minute, len) = shape.seconds(text.get(16..)?)?;
    let minute = zone.minute_to_utc(minute, |minute| shape.civil_minute(minute))?;
    Some((minute + of_minute, text.get(16 + len..)?))
}

#[cfg(test)]
mod tests;
