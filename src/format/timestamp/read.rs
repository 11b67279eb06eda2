//! Reading a timestamp with a compiled pattern.

use super::{DatePattern, Padding, Part, Unit, names};
use crate::base::time::{NANOS_PER_SEC, ZoneClock, civil_nanos, days_from_civil};
use crate::format::extractor::Clock;

/// What a pattern read; missing parts have their smallest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    year: i32,
    month: u32,
    day: u32,
    day_of_year: u32,
    hour: u32,
    minute: u32,
    second: u32,
    nanos: u32,
    afternoon: Option<bool>,
    offset: Option<i32>,
    epoch: Option<i64>,
}

impl Default for Stamp {
    fn default() -> Self {
        Self {
            year: 1972,
            month: 1,
            day: 1,
            day_of_year: 0,
            hour: 0,
            minute: 0,
            second: 0,
            nanos: 0,
            afternoon: None,
            offset: None,
            epoch: None,
        }
    }
}

impl Stamp {
    /// Nanoseconds in the sense of `clock`; `zone` is the log's zone, used where the text shows none.
    pub fn nanos(&self, clock: Clock, zone: &mut ZoneClock) -> Option<i64> {
        let of_day = self.of_day();
        match clock {
            Clock::None => None,
            Clock::TimeOfDay => Some(of_day),
            Clock::NoYear => Some(civil_nanos(self.days(), of_day)),
            Clock::Full => {
                if let Some(epoch) = self.epoch {
                    let seconds = epoch.saturating_mul(NANOS_PER_SEC);
                    return Some(seconds.saturating_add(i64::from(self.nanos)));
                }
                let civil = civil_nanos(self.days(), of_day);
                Some(match self.offset {
                    Some(offset) => civil.saturating_sub(i64::from(offset) * NANOS_PER_SEC),
                    None => zone.to_utc(civil),
                })
            }
        }
    }

    /// `YYYY-MM-DD HH:MM:SS`.
    pub(super) fn iso(text: &[u8], separator: u8) -> Option<Self> {
        let mut stamp = Self::default();
        iso_seconds(text, separator, &mut stamp)?;
        Some(stamp)
    }

    /// The reading of the wall clock in nanoseconds since 1970, if it and its neighbourhood fit into 64 bits.
    pub(super) fn civil_if_near(&self) -> Option<i64> {
        let near = (1700..=2250).contains(&self.year);
        near.then(|| civil_nanos(self.days(), self.of_day()))
    }

    fn days(&self) -> i64 {
        let year = i64::from(self.year);
        if self.day_of_year > 0 {
            days_from_civil(year, 1, 1) + i64::from(self.day_of_year) - 1
        } else {
            days_from_civil(year, self.month, self.day)
        }
    }

    fn of_day(&self) -> i64 {
        let hour = match self.afternoon {
            Some(true) => self.hour % 12 + 12,
            Some(false) => self.hour % 12,
            None => self.hour,
        };
        let seconds = i64::from(hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        seconds * NANOS_PER_SEC + i64::from(self.nanos)
    }

    fn set(&mut self, unit: Unit, value: u32) -> Option<()> {
        let valid = match unit {
            Unit::Month | Unit::Hour12 => (1..=12).contains(&value),
            Unit::Day => (1..=31).contains(&value),
            Unit::DayOfYear => (1..=366).contains(&value),
            Unit::Hour => value < 24,
            Unit::Minute => value < 60,
            // 61: what strftime may write for leap seconds.
            Unit::Second => value <= 61,
            Unit::Year | Unit::ShortYear | Unit::Century | Unit::Ignored => true,
        };
        if !valid {
            return None;
        }
        match unit {
            Unit::Year => self.year = i32::try_from(value).ok()?,
            Unit::ShortYear => {
                let century = if value < 69 { 2000 } else { 1900 };
                self.year = i32::try_from(value + century).ok()?;
            }
            Unit::Month => self.month = value,
            Unit::Day => self.day = value,
            Unit::DayOfYear => self.day_of_year = value,
            Unit::Hour | Unit::Hour12 => self.hour = value,
            Unit::Minute => self.minute = value,
            Unit::Second => self.second = value,
            Unit::Century | Unit::Ignored => {}
        }
        Some(())
    }
}

impl DatePattern {
    /// Reads a timestamp at the start of `text`: what it says and how many bytes it is long.
    #[must_use]
    pub fn read(&self, text: &[u8]) -> Option<(Stamp, usize)> {
        let mut stamp = Stamp::default();
        let mut at = 0;
        for part in &self.parts {
            at += read_part(part, text.get(at..)?, &mut stamp)?;
        }
        Some((stamp, at))
    }

    /// As `read`, for a timestamp that was cut after exactly `text.len()` bytes: parts beyond the cut are missing.
    #[must_use]
    pub fn read_cut(&self, text: &[u8]) -> Option<(Stamp, usize)> {
        let mut stamp = Stamp::default();
        let mut at = 0;
        for part in &self.parts {
            let rest = text.get(at..)?;
            match read_part(part, rest, &mut stamp) {
                Some(len) => at += len,
                // A part that the cut went through is not worth reading: its digits are not all there.
                None if at > 0 && rest.len() < 20 => return Some((stamp, text.len())),
                None => return None,
            }
        }
        Some((stamp, at))
    }
}

fn read_part(part: &Part, text: &[u8], stamp: &mut Stamp) -> Option<usize> {
    match part {
        Part::Literal(literal) => text.starts_with(literal).then_some(literal.len()),
        Part::IsoSeconds(separator) => iso_seconds(text, *separator, stamp),
        Part::Number(unit, digits, padding) => {
            let (value, len) = number(text, usize::from(*digits), *padding)?;
            stamp.set(*unit, value)?;
            Some(len)
        }
        Part::Fraction(digits) => {
            let (nanos, len) = fraction(text, usize::from(*digits))?;
            stamp.nanos = nanos;
            (len == usize::from(*digits)).then_some(len)
        }
        Part::Millis(decimals) => millis(text, *decimals, stamp),
        Part::FractionOrPercentF if text.starts_with(b"%f") => Some(2),
        Part::FractionOrPercentF => {
            let (nanos, len) = fraction(text, 9)?;
            stamp.nanos = nanos;
            Some(len)
        }
        Part::OptionalFraction => Some(optional_fraction(text, stamp)),
        Part::DateTimeSeparator => matches!(text.first(), Some(b'T' | b't' | b' ')).then_some(1),
        Part::MonthName => {
            let (month, len) = names::month(text)?;
            stamp.month = month;
            Some(len)
        }
        Part::DayName => names::day(text),
        Part::HalfDay => {
            let (afternoon, len) = names::half_day(text)?;
            stamp.afternoon = Some(afternoon);
            Some(len)
        }
        Part::Offset => offset(text, stamp),
        Part::OptionalOffset => Some(offset(text, stamp).unwrap_or(0)),
        Part::ZoneName => zone_name(text, stamp),
        Part::Zone(offset) => {
            stamp.offset = Some(*offset);
            Some(0)
        }
        Part::Epoch(decimals) => {
            let len = text
                .iter()
                .take(19)
                .take_while(|b| b.is_ascii_digit())
                .count();
            let digits = text.get(..len).filter(|digits| !digits.is_empty())?;
            let count = digits.iter().try_fold(0_i64, |sum, b| {
                sum.checked_mul(10)?.checked_add(i64::from(b - b'0'))
            })?;
            let per_second = 10_i64.pow(u32::from(*decimals));
            stamp.epoch = Some(count / per_second);
            if *decimals > 0 {
                let nanos = (count % per_second) * (NANOS_PER_SEC / per_second);
                stamp.nanos = u32::try_from(nanos).ok()?;
            }
            Some(len)
        }
    }
}

/// `YYYY-MM-DD HH:MM:SS`: the shape of almost every log, checked and read without a loop over parts.
fn iso_seconds(text: &[u8], separator: u8, stamp: &mut Stamp) -> Option<usize> {
    let &[
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        middle,
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = text.first_chunk::<19>()?
    else {
        return None;
    };
    let mut wrong = u32::from(middle != separator);
    let mut digit = |byte: u8| {
        let value = u32::from(byte.wrapping_sub(b'0'));
        wrong |= u32::from(value > 9);
        value
    };
    let year = digit(y1) * 1000 + digit(y2) * 100 + digit(y3) * 10 + digit(y4);
    let month = digit(m1) * 10 + digit(m2);
    let day = digit(d1) * 10 + digit(d2);
    let hour = digit(h1) * 10 + digit(h2);
    let minute = digit(n1) * 10 + digit(n2);
    let second = digit(s1) * 10 + digit(s2);
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    if wrong != 0 || !valid || hour > 23 || minute > 59 || second > 61 {
        return None;
    }
    stamp.year = i32::try_from(year).ok()?;
    (stamp.month, stamp.day) = (month, day);
    (stamp.hour, stamp.minute, stamp.second) = (hour, minute, second);
    Some(19)
}

fn number(text: &[u8], digits: usize, padding: Padding) -> Option<(u32, usize)> {
    let mut at = 0;
    if padding == Padding::Spaces {
        at = text
            .iter()
            .take(digits - 1)
            .take_while(|b| **b == b' ')
            .count();
    }
    let mut value = 0;
    let start = at;
    while at < digits
        && let Some(byte) = text.get(at)
        && byte.is_ascii_digit()
    {
        value = value * 10 + u32::from(byte - b'0');
        at += 1;
    }
    let complete = at == digits || padding == Padding::None && at > start;
    (complete && at > start).then_some((value, at))
}

/// Up to `digits` digits as the fraction of a second, in nanoseconds.
fn fraction(text: &[u8], digits: usize) -> Option<(u32, usize)> {
    let len = text
        .iter()
        .take(digits)
        .take_while(|b| b.is_ascii_digit())
        .count();
    let value = text
        .get(..len)?
        .iter()
        .fold(0, |sum, b| sum * 10 + u32::from(b - b'0'));
    (len > 0).then(|| (value * 10_u32.pow(9 - u32::try_from(len).unwrap_or(9)), len))
}

/// A number of milliseconds, perhaps padded with blanks or zeros.
fn millis(text: &[u8], decimals: bool, stamp: &mut Stamp) -> Option<usize> {
    let run = |from: usize, wanted: fn(&u8) -> bool| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take(30).take_while(|b| wanted(b)).count()
    };
    let blanks = run(0, |b| *b == b' ');
    let end = blanks + run(blanks, u8::is_ascii_digit);
    let digits = std::str::from_utf8(text.get(blanks..end)?).ok()?;
    let whole = digits.parse::<u32>().ok().filter(|millis| *millis < 1000)?;
    stamp.nanos = whole * 1_000_000;
    if decimals
        && let Some((nanos, len)) = text
            .get(end..)?
            .strip_prefix(b".")
            .and_then(|text| fraction(text, 9))
    {
        stamp.nanos += nanos / 1000;
        return Some(end + 1 + len);
    }
    Some(end)
}

fn optional_fraction(text: &[u8], stamp: &mut Stamp) -> usize {
    let [b'.' | b',', digits @ ..] = text else {
        return 0;
    };
    let Some((nanos, len)) = fraction(digits, 9) else {
        return 0;
    };
    stamp.nanos = nanos;
    len + 1
}

/// `Z`, `+0900`, `+09:00` or `+09:00:30`.
fn offset(text: &[u8], stamp: &mut Stamp) -> Option<usize> {
    let (sign, rest) = match text {
        [b'Z' | b'z', ..] => {
            stamp.offset = Some(0);
            return Some(1);
        }
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let pair = |at: usize| {
        let (value, _) = number(rest.get(at..)?, 2, Padding::Zeros)?;
        i32::try_from(value).ok()
    };
    let colon = usize::from(rest.get(2) == Some(&b':'));
    let (hours, minutes) = (pair(0)?, pair(2 + colon)?);
    let mut len = 5 + colon;
    let mut seconds = hours * 3600 + minutes * 60;
    let second_at = 4 + colon + colon;
    let more = colon == 0 || rest.get(second_at - 1) == Some(&b':');
    if more && let Some(extra) = pair(second_at) {
        seconds += extra;
        len = second_at + 3;
    }
    stamp.offset = Some(sign * seconds);
    Some(len)
}

/// Letters or, for zones without an abbreviation, `+09`. The offset is kept where the name has one meaning only.
fn zone_name(text: &[u8], stamp: &mut Stamp) -> Option<usize> {
    if let [sign @ (b'+' | b'-'), digits @ ..] = text {
        let len = digits
            .iter()
            .take(4)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let value = digits
            .get(..len)?
            .iter()
            .fold(0, |sum, b| sum * 10 + i32::from(b - b'0'));
        let seconds = match len {
            2 => value * 3600,
            4 => (value / 100) * 3600 + (value % 100) * 60,
            _ => return None,
        };
        stamp.offset = Some(if *sign == b'-' { -seconds } else { seconds });
        return Some(len + 1);
    }
    let letters = |b: &&u8| b.is_ascii_alphabetic() || **b >= 0x80;
    let len = text.iter().take(40).take_while(letters).count();
    let name = text.get(..len).filter(|name| !name.is_empty())?;
    stamp.offset = names::zone_offset(name);
    Some(len)
}
