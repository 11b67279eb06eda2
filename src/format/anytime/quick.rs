//! The shapes that nearly all logs use, read without trying the rows of the table.
//!
//! Answers only where no row of the table can match more of the text than the one named here; the table stays the
//! definition.

use super::{Clock, DAY, Moment, NANOS, Parts, Whole, ZoneForm, fraction, weekday, zone_suffix};
use crate::base::time::days_from_civil;
use crate::format::swar::{HIGH, ONES};
use crate::format::timestamp::half_day;

/// The timestamp at the start of `text`, or `None` if it takes the table to tell.
#[inline]
pub(super) fn read(text: &[u8]) -> Option<Moment> {
    let (parts, at, shape) = match text.first_chunk::<12>()? {
        [_, _, _, _, b'-', _, _, b'-', _, _, b'T', _] => return iso(text, "%Y-%m-%dT%H:%M:%S%f"),
        [_, _, _, _, b'-', _, _, b'-', _, _, b' ', _] => return iso(text, "%Y-%m-%d %H:%M:%S%f"),
        [_, _, _, _, b'/', _, _, b'/', _, _, b' ', _] => return iso(text, "%Y/%m/%d %H:%M:%S%f"),
        [_, _, b'/', _, _, _, b'/', _, _, _, _, b':'] => english(text, "%d/%b/%Y:%H:%M:%S%f")?,
        [_, _, b'/', _, _, _, b'/', _, _, _, _, b' '] => english(text, "%d/%b/%Y %H:%M:%S%f")?,
        [_, _, b'-', _, _, b' ', _, _, b':', _, _, b':'] => {
            yearless(text, 3, 6, "%m-%d %H:%M:%S%f")?
        }
        [_, _, _, _, b' ', _, _, b':', _, _, b':', _] => yearless(text, 2, 5, "%m%d %H:%M:%S%f")?,
        [_, _, _, b' ', _, _, b' ', _, _, b':', _, _] => syslog(text)?,
        [_, _, _, b' ', _, _, _, b' ', ..] => return apache(text),
        [_, _, b':', _, _, b':', ..] => (Parts::default(), 0, "%H:%M:%S%f"),
        _ => return None,
    };
    clock(text, at, parts, shape)
}

/// For each place the number of two digits that begins there. `shape` has a zero digit where a digit must be, a NUL
/// where anything may, and stands for itself elsewhere.
#[inline]
fn pairs(text: &[u8; 8], shape: [u8; 8]) -> Option<[u8; 8]> {
    let (digits, others) = lanes(shape);
    let values = u64::from_le_bytes(*text) ^ u64::from_le_bytes(shape);
    // Above 9, a carry or the bit itself is in the highest bit.
    let above = ((values & !HIGH) + 0x76 * ONES) | values;
    if above & HIGH & digits != 0 || values & others != 0 {
        return None;
    }
    let values = values & digits;
    Some((values * 10 + (values >> 8)).to_le_bytes())
}

/// Masks of the places for digits, and of those for other characters.
const fn lanes(shape: [u8; 8]) -> (u64, u64) {
    let (mut digits, mut others, mut at) = (0, 0, 0);
    while at < 8 {
        let lane = 0xff << (8 * at);
        match shape[at] {
            b'0' => digits |= lane,
            0 => {}
            _ => others |= lane,
        }
        at += 1;
    }
    (digits, others)
}

/// A number of two digits.
#[inline]
fn two(text: &[u8], at: usize) -> Option<u32> {
    let [tens, ones] = text.get(at..)?.first_chunk::<2>()?;
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| u32::from(tens) * 10 + u32::from(ones))
}

fn year(text: &[u8], at: usize) -> Option<i64> {
    let year = i64::from(two(text, at)?) * 100 + i64::from(two(text, at + 2)?);
    (1970..2200).contains(&year).then_some(year)
}

/// What was read of a date, where the time of day begins, and the shape of both.
type Dated = (Parts, usize, &'static str);

fn with_day(month: u32, day: u32, at: usize, shape: &'static str) -> Option<Dated> {
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    let parts = Parts {
        month: Some(month),
        day: Some(day),
        ..Parts::default()
    };
    valid.then_some((parts, at, shape))
}

/// `YYYY-MM-DD HH:MM:SS` with any separators of the date: what most logs show, without a detour over its parts.
#[inline]
fn iso(text: &[u8], shape: &'static str) -> Option<Moment> {
    let civil = iso_seconds(text)?;
    let mut parts = Parts::default();
    let end = 19 + short_fraction(text.get(19..)?, &mut parts);
    let (len, offset, zone) = zone(text, end)?;
    Some(Moment {
        civil: civil + parts.nanos,
        clock: Clock::Full,
        offset,
        len,
        shape,
        fraction: parts.fraction,
        zone,
    })
}

/// `YYYY-MM-DD HH:MM:SS` in civil nanoseconds, whatever separates year, month, day and time.
#[inline(always)]
fn iso_seconds(text: &[u8]) -> Option<i64> {
    let text = text.first_chunk::<19>()?;
    let date = pairs(text.first_chunk::<8>()?, *b"0000\x0000\x00")?;
    let time = pairs(text.last_chunk::<8>()?, *b"00:00:00")?;
    let [century, _, of_century, _, _, month, ..] = date;
    let [hour, _, _, minute, _, _, second, _] = time;
    let year = i64::from(century) * 100 + i64::from(of_century);
    let (month, day) = (u32::from(month), two(text, 8)?);
    let valid = (1970..2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour <= 23
        && minute <= 59
        && second <= 60;
    let seconds = (u32::from(hour) * 60 + u32::from(minute)) * 60 + u32::from(second);
    valid.then(|| days_from_civil(year, month, day) * DAY + i64::from(seconds) * NANOS)
}

/// `YYYY-MM-DDTHH:MM:SS` and nothing more but perhaps a fraction of three or six digits and a `Z`.
#[inline]
pub(super) fn read_whole(text: &[u8]) -> Option<Whole> {
    let (text, is_utc) = match text {
        [text @ .., b'Z'] => (text, true),
        _ => (text, false),
    };
    let (seconds, fraction) = text.split_first_chunk::<19>()?;
    let [_, _, _, _, b'-', _, _, b'-', _, _, b'T' | b' ', ..] = seconds else {
        return None;
    };
    let nanos = match fraction {
        [] => 0,
        [b'.' | b',', digits @ ..] if matches!(digits.len(), 3 | 6) => {
            let digits = digits.iter().map(|byte| byte.wrapping_sub(b'0'));
            let scale = if fraction.len() == 4 {
                1_000_000
            } else {
                1_000
            };
            let value = digits
                .clone()
                .fold(0, |sum, digit| sum * 10 + i64::from(digit));
            digits
                .clone()
                .all(|digit| digit <= 9)
                .then_some(value * scale)?
        }
        _ => return None,
    };
    let civil = iso_seconds(seconds)? + nanos;
    Some(Whole { civil, is_utc })
}

/// `DD/Mon/YYYY`.
fn english(text: &[u8], shape: &'static str) -> Option<Dated> {
    let month = month(text.get(3..)?)?;
    let (mut parts, at, shape) = with_day(month, two(text, 0)?, 12, shape)?;
    parts.year = Some(year(text, 7)?);
    Some((parts, at, shape))
}

/// Month and day in digits.
fn yearless(text: &[u8], day: usize, at: usize, shape: &'static str) -> Option<Dated> {
    with_day(two(text, 0)?, two(text, day)?, at, shape)
}

/// `Mon DD ` and `Mon  D `.
fn syslog(text: &[u8]) -> Option<Dated> {
    let day = match text.get(4..)?.first_chunk::<3>()? {
        [b' ', ones, b' '] if ones.is_ascii_digit() => u32::from(ones - b'0'),
        [_, _, b' '] => two(text, 4)?,
        _ => return None,
    };
    with_day(month(text)?, day, 7, "%b %e %H:%M:%S%f")
}

fn month(text: &[u8]) -> Option<u32> {
    Some(match text.first_chunk::<3>()? {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    })
}

/// `Sun Nov 22 10:00:01.518 2026`.
fn apache(text: &[u8]) -> Option<Moment> {
    weekday(text)?;
    let (mut parts, at, _) = syslog(text.get(4..)?)?;
    let mut end = time_of_day(text, 4 + at, &mut parts)?;
    if text.get(end) != Some(&b' ') {
        return None;
    }
    parts.year = Some(year(text, end + 1)?);
    end += 5;
    finish(text, end, parts, "%a %b %e %H:%M:%S%f %Y")
}

/// `HH:MM:SS` with fraction and zone behind a date.
#[inline]
fn clock(text: &[u8], at: usize, mut parts: Parts, shape: &'static str) -> Option<Moment> {
    let end = time_of_day(text, at, &mut parts)?;
    finish(text, end, parts, shape)
}

/// Where `HH:MM:SS` and its fraction end.
#[inline]
fn time_of_day(text: &[u8], at: usize, parts: &mut Parts) -> Option<usize> {
    let &[_, _, b':', _, _, b':', _, _] = text.get(at..)?.first_chunk::<8>()? else {
        return None;
    };
    let (hour, minute, second) = (two(text, at)?, two(text, at + 3)?, two(text, at + 6)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    (parts.hour, parts.minute, parts.second) = (hour.into(), minute.into(), second.into());
    let end = at + 8;
    Some(end + short_fraction(text.get(end..)?, parts))
}

/// The moment with its zone, if one follows.
#[inline]
fn finish(text: &[u8], end: usize, mut parts: Parts, shape: &'static str) -> Option<Moment> {
    let (end, offset, form) = zone(text, end)?;
    parts.offset = offset;
    parts.finish(end, shape, form)
}

/// The zone at `at`, if there is one, and where the timestamp ends; `None` if it may go on in another way.
#[inline]
fn zone(text: &[u8], at: usize) -> Option<(usize, Option<i32>, ZoneForm)> {
    let rest = text.get(at..)?;
    let zone = match rest {
        // Perhaps AM or PM: another row.
        [b' ', b'A' | b'P' | b'a' | b'p', ..] => return None,
        [b' ', word @ ..] if word.first() > Some(&0x7f) && half_day(word).is_some() => return None,
        [b'Z' | b'+' | b'-', ..] | [b' ', b'+' | b'-' | b'A'..=b'Z', ..] => zone_suffix(rest),
        _ => None,
    };
    let (len, offset, form) = zone.unwrap_or((0, None, ZoneForm::None));
    let end = at + len;
    let goes_on = text.get(end).is_some_and(u8::is_ascii_digit);
    (!goes_on).then_some((end, offset, form))
}

/// An optional fraction; three and six digits at once.
#[inline]
fn short_fraction(text: &[u8], parts: &mut Parts) -> usize {
    let [sign @ (b'.' | b','), a, b, c, rest @ ..] = text else {
        return fraction(text, parts);
    };
    let digit = |byte: &u8| byte.wrapping_sub(b'0');
    let digits = [digit(a), digit(b), digit(c)];
    if digits.iter().any(|digit| *digit > 9) || rest.first().is_some_and(u8::is_ascii_digit) {
        return fraction(text, parts);
    }
    let millis = digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + i64::from(*digit));
    parts.nanos = millis * (NANOS / 1000);
    parts.fraction = (*sign, 3);
    4
}
