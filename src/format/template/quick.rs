//! The header of a record at the speed of a search: the one way through a template's head that nearly every line goes.
//!
//! What is read here is what the matcher finds at its first and strictest attempt with every value ending at the first
//! place where it may. Whatever else occurs (an escape, a custom level, a name with spaces, a value whose end is in
//! doubt) is left to the matcher, which stays the definition: this only makes it rare.

mod bytes;
mod compile;

use std::borrow::Cow;

use super::TimeSource;
use crate::base::level::LevelId;
use crate::base::time::{NANOS_PER_SEC, ZoneClock};
use crate::format::extractor::{Clock, Header, LevelWord};
use crate::format::layout::Align;
use crate::format::steps::{
    FieldStep, LONGEST_NAME, LevelShape, NumberUse, exception_name, level_shape, nanos, number,
};
use crate::format::timestamp::{DatePattern, IsoShape};
use bytes::{ByteClass, LevelWords, Literal, digits};

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
    levels: LevelWords,
}

/// One step.
#[derive(Debug, Clone)]
enum Op {
    Literal(Literal),
    /// A time that begins with `YYYY-MM-DD HH:MM:SS`.
    Iso(IsoShape, Box<Time>),
    Time(Box<Time>),
    /// A number without padding.
    Digits(Box<FieldStep>, NumberUse),
    Number(Box<FieldStep>, NumberUse),
    Level(Box<Text>),
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
struct Read {
    /// Nanoseconds in the sense of the clock.
    time: Option<i64>,
    created: Option<i64>,
    msecs: Option<i64>,
    level: Option<LevelId>,
    logger: (usize, usize),
}

impl Quick {
    /// The header of a record at this line; `None` if there is none or it takes the matcher to tell.
    pub(super) fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        if line.first() == Some(&BYTE_ORDER_MARK) {
            return None;
        }
        let mut read = Read::default();
        let mut at = 0;
        for step in &self.steps {
            at = match step {
                Op::Literal(literal) => literal.after(line, at)?,
                Op::Iso(shape, time) => match iso(*shape, line, at, zone) {
                    Some((nanos, end)) => {
                        read.time = Some(nanos);
                        end
                    }
                    None => self.time(time, line, at, zone, &mut read)?,
                },
                Op::Time(time) => self.time(time, line, at, zone, &mut read)?,
                Op::Digits(field, used) => match digits(line, at) {
                    Some(end) if *used == NumberUse::Plain => end,
                    _ => read.number(field, *used, line, at)?,
                },
                Op::Number(field, used) => read.number(field, *used, line, at)?,
                Op::Level(text) => self.level(text, line, at, &mut read)?,
                Op::Logger(text) => text.logger(line, at, &mut read)?,
                Op::Text(text) => text.other(line, at)?,
            };
        }
        let logger = line.get(read.logger.0..read.logger.1)?;
        Some(Header {
            time: self.sum(&read),
            level: read.level.map_or(LevelWord::None, LevelWord::Standard),
            logger: (!logger.is_empty()).then_some(Cow::Borrowed(logger)),
        })
    }

    fn sum(&self, read: &Read) -> Option<i64> {
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

    fn time(
        &self,
        time: &Time,
        line: &[u8],
        at: usize,
        zone: &mut ZoneClock,
        read: &mut Read,
    ) -> Option<usize> {
        let rest = line.get(at..)?;
        let (stamp, len) = if let Some((stamp, len)) = time.pattern.read(rest) {
            read.time = stamp.nanos(self.clock, zone);
            return Some(at + len);
        } else {
            time.other.as_ref()?.read(rest)?
        };
        read.time = stamp.nanos(Clock::Full, zone);
        Some(at + len)
    }

    fn level(&self, text: &Text, line: &[u8], at: usize, read: &mut Read) -> Option<usize> {
        if text.precision.is_none()
            && text.align == Align::Left
            && let Some((id, end)) = self.levels.read(line, at, text.width)
            && let Some(end) = text.until.after(line, end)
        {
            read.level = Some(id);
            return Some(end);
        }
        let (start, stop, end) = text.region(line, at)?;
        let word = line.get(start..stop)?;
        read.level = Some(match level_shape(word, text.precision) {
            LevelShape::Known(id) if word.len() > 1 || self.strong => id,
            LevelShape::Lowercase(id) if self.strong => id,
            _ => return None,
        });
        Some(end)
    }
}

impl Read {
    fn number(
        &mut self,
        field: &FieldStep,
        used: NumberUse,
        line: &[u8],
        at: usize,
    ) -> Option<usize> {
        let (start, end, close) = number(line, at, field.pad, field.conversion)?;
        match used {
            NumberUse::Created => self.created = Some(nanos(line.get(start..end)?, NANOS_PER_SEC)?),
            NumberUse::Msecs => self.msecs = Some(nanos(line.get(start..end)?, 1_000_000)?),
            NumberUse::Plain | NumberUse::LevelNumber => {}
        }
        Some(close)
    }
}

impl Text {
    /// Where the value starts and stops, and where the literal behind it ends.
    fn region(&self, line: &[u8], at: usize) -> Option<(usize, usize, usize)> {
        let mut least = at;
        if self.width > 0 {
            let padded = line.get(at..at + self.width)?;
            // Widths count characters: bytes only in ASCII.
            if !padded.iter().all(|byte| (0x20..0x7f).contains(byte)) {
                return None;
            }
            least += self.width;
        }
        let (close, end) = self.class.find(line, least, &self.until)?;
        let (mut start, mut stop) = (at, close);
        if self.width > 0 {
            let region = line.get(at..close)?;
            let spaces =
                |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|b| **b == b' ').count();
            if self.align != Align::Right {
                stop -= spaces(&mut region.iter().rev());
            }
            if self.align != Align::Left {
                start += spaces(&mut region.iter()).min(stop - start);
            }
            if line
                .get(start..stop)?
                .iter()
                .any(|byte| self.class.stops(*byte))
            {
                return None;
            }
        }
        let too_long = self
            .precision
            .is_some_and(|precision| stop - start > precision);
        (!too_long).then_some((start, stop, end))
    }

    fn logger(&self, line: &[u8], at: usize, read: &mut Read) -> Option<usize> {
        let (start, stop, end) = self.region(line, at)?;
        let name = line.get(start..stop).filter(|name| !name.is_empty())?;
        if name.len() > LONGEST_NAME
            || self.is_first && name.first() == Some(&b'>')
            || self.no_exceptions && exception_name(name)
        {
            return None;
        }
        if self.is_shown {
            read.logger = (start, stop);
        }
        Some(end)
    }

    fn other(&self, line: &[u8], at: usize) -> Option<usize> {
        let (_, _, end) = self.region(line, at)?;
        let cut_short =
            self.is_thread && matches!(line.get(end - self.until.len()..), Some([b' ', b'(', ..]));
        (!cut_short).then_some(end)
    }
}

/// A time in ISO's order: nanoseconds since the epoch and where it ends.
fn iso(shape: IsoShape, line: &[u8], at: usize, zone: &mut ZoneClock) -> Option<(i64, usize)> {
    let text = line.get(at..)?;
    let minute = text.first_chunk::<16>()?;
    if !shape.separates(minute[10]) {
        return None;
    }
    let &[b':', s1, s2] = text.get(16..)?.first_chunk::<3>()? else {
        return None;
    };
    let (tens, ones) = (s1.wrapping_sub(b'0'), s2.wrapping_sub(b'0'));
    if tens > 5 || ones > 9 {
        return None;
    }
    let minute = zone.minute_to_utc(minute, |minute| shape.civil_minute(minute))?;
    let seconds = i64::from(tens * 10 + ones);
    let (nanos, len) = shape.fraction(text.get(19..)?)?;
    Some((minute + seconds * NANOS_PER_SEC + nanos, at + 19 + len))
}

#[cfg(test)]
mod tests;
