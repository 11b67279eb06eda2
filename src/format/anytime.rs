//! Timestamps of unknown shape: tries the shapes that logs use and says which one it was.
//!
//! Used where nobody told the format: detection, user regexes, JSON and logfmt values, plain text. Templates know their
//! `datefmt` and do not come here. Reading allocates nothing.

mod quick;
mod words;
mod zone;

use std::sync::LazyLock;

use super::extractor::Clock;
use super::timestamp::half_day;
use crate::base::time::{ZoneClock, days_from_civil};
use words::{month, starts_with_name, weekday};
use zone::zone_suffix;

const NANOS: i64 = 1_000_000_000;
const DAY: i64 = 86_400 * NANOS;

/// Shapes in strftime's words; `%f` stands for an optional fraction, `%e` and `%k` for one or two digits, `%Q` for a
/// zone in the middle, `%g` and `%h` for minutes and seconds of one or two digits, `%i` and `%n` for months and days of
/// one or two digits, `%L` for a colon and milliseconds.
/// Where two match, the longer match wins, then the earlier row.
const SHAPES: &[&str] = &[
    "%Y-%m-%d %H:%M:%S%f",
    "%Y-%m-%dT%H:%M:%S%f",
    "%Y-%m-%d_%H:%M:%S%f",
    "%Y-%m-%d-%H.%M.%S%f",
    "%Y-%m-%d-%H:%M:%S%f",
    "%Y-%m-%d:%H:%M:%S%f",
    "%Y-%m-%d, %H:%M:%S%f",
    "%Y-%m-%d %I:%M:%S%f %p",
    "%Y-%m-%d %p %k:%M:%S%f",
    "%Y-%m-%d %p %k:%M",
    "%Y-%m-%dT%H%M%S%f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S%f",
    "%Y/%m/%dT%H:%M:%S%f",
    "%Y/%m/%d-%H:%M:%S%f",
    "%Y/%m/%d - %H:%M:%S%f",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %p %k:%M:%S%f",
    "%Y.%m.%d %H:%M:%S%f",
    "%Y.%m.%d %p %k:%M:%S%f",
    "%Y년 %m월 %d일 %H:%M:%S%f",
    "%Y년 %i월 %n일 %H:%M:%S%f",
    "%Y년 %i월 %n일 %H시 %M분 %S초",
    "%Y년 %i월 %n일 %p %k:%M:%S%f",
    "%Y년 %i월 %n일 %p %k:%M",
    "%Y년 %i월 %n일 %p %k시 %M분 %S초",
    "%Y年%i月%n日 %H:%M:%S%f",
    "%Y. %i. %n. %k:%M:%S%f",
    "%Y. %i. %n. %p %k:%M:%S%f",
    "%Y. %i. %n. %p %k:%M",
    "%Y. %i. %n %p %k:%M:%S%f",
    "%Y.%j %H:%M:%S%f",
    "%Y-%j %H:%M:%S%f",
    "%Y%m%d-%H%M%S%f",
    "%Y%m%dT%H%M%S%f",
    "%Y%m%d_%H%M%S%f",
    "%Y%m%d %H%M%S%f",
    "%Y%m%d-%H:%M:%S%f",
    "%Y%m%d %H:%M:%S%f",
    "%Y%m%d-%k:%g:%h%L",
    "%Y%m%dT%H:%M:%S%f",
    "%d.%m.%Y %H:%M:%S%f",
    "%d.%m.%Y, %H:%M:%S%f",
    "%d.%m.%Y %H:%M",
    "%d-%m-%Y %H:%M:%S%f",
    "%m-%d-%Y %H:%M:%S%f",
    "%m/%d/%Y %H:%M:%S%f",
    "%m/%d/%Y, %H:%M:%S%f",
    "%m/%d/%Y %I:%M:%S%f %p",
    "%m/%d/%Y, %I:%M:%S%f %p",
    "%d/%m/%Y %H:%M:%S%f",
    "%d/%m/%Y, %H:%M:%S%f",
    "%m/%d/%Y %H:%M",
    "%m/%d/%y %H:%M:%S%f",
    "%d/%b/%Y:%H:%M:%S%f",
    "%d/%b/%Y %H:%M:%S%f",
    "%d-%b-%Y %H:%M:%S%f",
    "%d-%b-%y %H:%M:%S%f",
    "%e %b %Y %H:%M:%S%f",
    "%e %b %H:%M:%S%f",
    "%a %b %e %H:%M:%S%f %Y",
    "%a %b %e %H:%M:%S%f%Q %Y",
    "%a %e %b %Y %H:%M:%S%f",
    "%a %e %b %Y %I:%M:%S%f %p",
    "%a, %e %b %Y %H:%M:%S%f",
    "%a %b %e %H:%M:%S%f",
    "%b %e %H:%M:%S%f",
    "%b %e %Y %H:%M:%S%f",
    "%b %e, %Y %H:%M:%S%f",
    "%b %e, %Y %k:%M:%S%f %p",
    "%i월 %n, %Y %k:%M:%S%f %p",
    "%B %e, %Y - %H:%M:%S%f",
    "%B %e, %Y %H:%M:%S%f",
    "%b-%d %H:%M:%S%f",
    "%m-%d %H:%M:%S%f",
    "%m/%d %H:%M:%S%f",
    "%m.%d %H:%M:%S%f",
    "%m-%d %H:%M",
    "%m/%d %H:%M",
    "%y/%m/%d %H:%M:%S%f",
    "%y-%m-%d %H:%M:%S%f",
    "%y%m%d %H:%M:%S%f",
    "%y%m%d %H%M%S%f",
    "%m%d %H:%M:%S%f",
    "%H:%M:%S%f",
    "%I:%M:%S%f %p",
    "%p %k:%M:%S%f",
];

/// How the zone was written after the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneForm {
    /// Not at all.
    None,
    /// The letter `Z`.
    Zulu,
    /// `+0900`; `spaced` if a blank stands before it.
    Plain {
        /// A blank stands before the sign.
        spaced: bool,
    },
    /// `+09:00`, `+09`.
    Colon,
    /// `UTC`, `KST` after a blank.
    Name,
}

/// A timestamp found in text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Civil nanoseconds as the text shows them: since 1970, since 1972 began (no year) or since midnight.
    pub civil: i64,
    /// How much of the point in time is shown.
    pub clock: Clock,
    /// Seconds east of UTC, if the text says so; epochs say 0.
    pub offset: Option<i32>,
    /// Bytes of text used, with fraction and zone.
    pub len: usize,
    /// The row of the shape table in strftime's words (`%f` marks where a fraction may stand); `epoch` for numbers.
    pub shape: &'static str,
    /// Sign and digits of the fraction; digits are 0 if there is none.
    pub fraction: (u8, u8),
    /// How the zone is written.
    pub zone: ZoneForm,
}

impl Moment {
    /// Nanoseconds in the sense of [`Clock`]: UTC for full timestamps, civil otherwise.
    pub fn resolve(&self, zone: &mut ZoneClock) -> i64 {
        match (self.clock, self.offset) {
            (Clock::Full, Some(east)) => self.civil.saturating_sub(i64::from(east) * NANOS),
            (Clock::Full, None) => zone.to_utc(self.civil),
            _ => self.civil,
        }
    }
}

/// Recognises a timestamp that begins at the first byte of `text` and does not run on into a longer number or word.
#[inline]
pub fn recognise(text: &[u8]) -> Option<Moment> {
    quick::read(text).or_else(|| by_table(text))
}

/// A date and time of day that is a whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// Civil nanoseconds since 1970.
    civil: i64,
    /// Whether they are UTC.
    is_utc: bool,
}

impl Whole {
    /// Nanoseconds since the epoch, UTC.
    #[inline]
    pub fn resolve(self, zone: &mut ZoneClock) -> i64 {
        if self.is_utc {
            self.civil
        } else {
            zone.to_utc(self.civil)
        }
    }
}

/// What [`recognise`] finds in a text that is nothing but `YYYY-MM-DDTHH:MM:SS`, perhaps with three or six digits of a
/// fraction and a `Z`; `None` for all others.
#[inline]
pub fn read_whole(text: &[u8]) -> Option<Whole> {
    quick::read_whole(text)
}

/// The rows of [`SHAPES`] that so many leading digits may begin; the last place is for a leading blank.
static ROWS: LazyLock<[Vec<&'static str>; MOST_DIGITS + 2]> = LazyLock::new(|| {
    std::array::from_fn(|digits| {
        let (digits, text) = match digits {
            BLANK => (0, &b" "[..]),
            digits => (digits, &b""[..]),
        };
        let fits = |shape: &&'static str| could_start(shape, digits, text);
        SHAPES.iter().copied().filter(fits).collect()
    })
});

/// More digits than this at the start of a text are not counted.
const MOST_DIGITS: usize = 20;
/// The place in [`ROWS`] of texts that begin with a blank.
const BLANK: usize = MOST_DIGITS + 1;

/// The longest match of all shapes, the definition of [`recognise`].
fn by_table(text: &[u8]) -> Option<Moment> {
    let first = *text.first()?;
    if first.is_ascii_punctuation() || first.is_ascii_control() {
        return None;
    }
    let digits = text
        .iter()
        .take(MOST_DIGITS)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if digits == 0 && first != b' ' && !starts_with_name(text) {
        return None; // as most words do
    }
    let rows = if first == b' ' { BLANK } else { digits };
    let mut best: Option<Moment> = None;
    for shape in ROWS.get(rows).into_iter().flatten() {
        if let Some(found) = match_shape(text, shape)
            && best.is_none_or(|b| found.len > b.len)
        {
            best = Some(found);
        }
    }
    best.or_else(|| {
        if digits >= 9 {
            epoch(text, digits)
        } else {
            None
        }
    })
}

/// Whether so many leading digits fit the shape; spares most attempts.
fn could_start(shape: &str, digits: usize, text: &[u8]) -> bool {
    let second = shape.as_bytes().get(2..4).unwrap_or_default();
    match shape.as_bytes().get(1) {
        Some(b'Y') if second == b"%m" => digits == 8 || digits == 14,
        Some(b'Y') => digits == 4,
        Some(b'y' | b'm') if second == b"%m" || second == b"%d" => digits == 4 || digits == 6,
        Some(b'e') => digits == 1 || digits == 2 || (digits == 0 && text.first() == Some(&b' ')),
        Some(b'i') => digits == 1 || digits == 2,
        Some(b'a' | b'b' | b'B' | b'p') => digits == 0,
        _ => digits == 2,
    }
}

#[derive(Default)]
struct Parts {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    yday: Option<u32>,
    hour: i64,
    minute: i64,
    second: i64,
    afternoon: Option<bool>,
    nanos: i64,
    fraction: (u8, u8),
    offset: Option<i32>,
}

fn match_shape(text: &[u8], shape: &'static str) -> Option<Moment> {
    let mut parts = Parts::default();
    let mut at = 0;
    let mut codes = shape.bytes();
    while let Some(code) = codes.next() {
        if code == b'%' {
            at += directive(codes.next()?, text.get(at..)?, &mut parts)?;
        } else if text.get(at) == Some(&code) {
            at += 1;
        } else {
            return None;
        }
    }
    let mut zone = ZoneForm::None;
    let timed = shape.contains("%M") || shape.contains("%g");
    if timed && parts.offset.is_none() {
        if let Some((len, offset, form)) = zone_suffix(text.get(at..)?) {
            at += len;
            parts.offset = offset;
            zone = form;
        }
    } else if parts.offset.is_some() {
        zone = ZoneForm::Name;
    }
    if text.get(at).is_some_and(u8::is_ascii_digit) || (!timed && !date_ends(text, at)) {
        return None;
    }
    parts.finish(at, shape, zone)
}

/// A date alone must be followed by a blank or a closing sign, so that `2026-11-22T…` of an unknown shape is no date.
fn date_ends(text: &[u8], at: usize) -> bool {
    text.get(at).is_none_or(|b| {
        matches!(
            b,
            b' ' | b'\t' | b']' | b')' | b',' | b'|' | b';' | b'"' | b'\r' | b'\n' | 0x1b
        )
    })
}

fn directive(code: u8, text: &[u8], parts: &mut Parts) -> Option<usize> {
    let two = |low: i64, high: i64| number(text, 2).filter(|n| (low..=high).contains(n));
    match code {
        b'Y' => parts.year = Some(number(text, 4).filter(|y| (1970..2200).contains(y))?),
        b'y' => {
            parts.year = Some(number(text, 2).map(|y| if y < 70 { 2000 + y } else { 1900 + y })?);
        }
        b'm' => parts.month = Some(two(1, 12)? as u32),
        b'd' => parts.day = Some(two(1, 31)? as u32),
        b'e' | b'k' | b'g' | b'h' | b'i' | b'n' => return short(code, text, parts),
        b'L' => return Some(millis(text, parts)),
        b'j' => parts.yday = Some(number(text, 3).filter(|n| (1..=366).contains(n))? as u32),
        b'H' => parts.hour = two(0, 23)?,
        b'I' => parts.hour = two(1, 12)?,
        b'M' => parts.minute = two(0, 59)?,
        b'S' => parts.second = two(0, 60)?,
        b'p' => {
            let (afternoon, len) = half_day(text)?;
            parts.afternoon = Some(afternoon);
            return Some(len);
        }
        b'a' => return weekday(text),
        b'b' | b'B' => {
            let (month, len) = month(text, code == b'B')?;
            parts.month = Some(month);
            return Some(len);
        }
        b'f' => return Some(fraction(text, parts)),
        b'Q' => {
            let (len, offset, _) = zone_suffix(text)?;
            parts.offset = Some(offset.unwrap_or(0));
            return Some(len);
        }
        _ => return None,
    }
    Some(match code {
        b'Y' => 4,
        b'j' => 3,
        _ => 2,
    })
}

/// One or two digits, a day (`%e`) perhaps padded with a blank.
fn short(code: u8, text: &[u8], parts: &mut Parts) -> Option<usize> {
    let blank = usize::from(code == b'e' && text.first() == Some(&b' '));
    let rest = text.get(blank..)?;
    let (value, len) = match number(rest, 2) {
        Some(n) if blank == 0 => (n, 2),
        _ => (number(rest, 1)?, 1),
    };
    match code {
        b'e' | b'n' => {
            parts.day = Some(u32::try_from(value).ok().filter(|d| (1..=31).contains(d))?);
        }
        b'i' => parts.month = Some(u32::try_from(value).ok().filter(|m| (1..=12).contains(m))?),
        b'k' => parts.hour = Some(value).filter(|h| *h < 24)?,
        b'g' => parts.minute = Some(value).filter(|m| *m < 60)?,
        _ => parts.second = Some(value).filter(|s| *s < 61)?,
    }
    Some(blank + len)
}

fn number(text: &[u8], digits: usize) -> Option<i64> {
    text.get(..digits)?.iter().try_fold(0_i64, |n, b| {
        let digit = b.is_ascii_digit().then(|| i64::from(b - b'0'))?;
        n.checked_mul(10)?.checked_add(digit)
    })
}

/// An optional fraction: a point or comma and digits, or a colon and exactly three or six.
fn fraction(text: &[u8], parts: &mut Parts) -> usize {
    let Some(sign) = text.first().filter(|b| matches!(b, b'.' | b',' | b':')) else {
        return 0;
    };
    let digits = text
        .iter()
        .skip(1)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if digits == 0 || digits > 12 || (*sign == b':' && digits != 3 && digits != 6) {
        return 0;
    }
    let mut nanos = 0;
    for place in 0..9 {
        let digit = if place < digits {
            text.get(1 + place).map_or(0, |b| i64::from(b - b'0'))
        } else {
            0
        };
        nanos = nanos * 10 + digit;
    }
    parts.nanos = nanos;
    parts.fraction = (*sign, digits as u8);
    1 + digits
}

/// A colon and up to three digits that count milliseconds.
fn millis(text: &[u8], parts: &mut Parts) -> usize {
    let digits = text
        .iter()
        .skip(1)
        .take(3)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if text.first() != Some(&b':') || digits == 0 {
        return 0;
    }
    parts.nanos = text
        .get(1..)
        .and_then(|rest| number(rest, digits))
        .unwrap_or(0)
        * 1_000_000;
    parts.fraction = (b':', digits as u8);
    1 + digits
}

impl Parts {
    fn finish(self, len: usize, shape: &'static str, zone: ZoneForm) -> Option<Moment> {
        let hour = match self.afternoon {
            Some(pm) => self.hour % 12 + if pm { 12 } else { 0 },
            None => self.hour,
        };
        let time = ((hour * 60 + self.minute) * 60 + self.second) * NANOS + self.nanos;
        let (clock, days) = match (self.year, self.month, self.day, self.yday) {
            (Some(year), _, _, Some(yday)) => (
                Clock::Full,
                days_from_civil(year, 1, 1) + i64::from(yday) - 1,
            ),
            (Some(year), Some(month), Some(day), None) => {
                (Clock::Full, days_from_civil(year, month, day))
            }
            (None, Some(month), Some(day), None) => {
                (Clock::NoYear, days_from_civil(1972, month, day))
            }
            _ => (Clock::TimeOfDay, 0),
        };
        Some(Moment {
            civil: days.checked_mul(DAY)?.checked_add(time)?,
            clock,
            offset: if clock == Clock::Full {
                self.offset
            } else {
                None
            },
            len,
            shape,
            fraction: self.fraction,
            zone,
        })
    }
}

/// Seconds (with a fraction), milliseconds, microseconds or nanoseconds since 1970, by their magnitude (2001 to 2099).
fn epoch(text: &[u8], digits: usize) -> Option<Moment> {
    let whole = number(text, digits)?;
    let unit = match digits {
        9 | 10 => NANOS,
        12 | 13 => 1_000_000,
        15 | 16 => 1_000,
        18 | 19 => 1,
        _ => return None,
    };
    let mut parts = Parts::default();
    let mut len = digits;
    if text.get(digits) == Some(&b'.') {
        len += fraction(text.get(digits..)?, &mut parts);
    }
    let nanos = whole
        .checked_mul(unit)?
        .checked_add(parts.nanos / (NANOS / unit))?;
    if !(978_000_000 * NANOS..4_070_000_000 * NANOS).contains(&nanos)
        || text.get(len).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    Some(Moment {
        civil: nanos,
        clock: Clock::Full,
        offset: Some(0),
        len,
        shape: "epoch",
        fraction: parts.fraction,
        zone: ZoneForm::None,
    })
}

#[cfg(test)]
#[path = "anytime_tests.rs"]
mod tests;
