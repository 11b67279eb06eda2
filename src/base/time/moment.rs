//! Moments as a person types them: a date, a time of today, "an hour ago", or an epoch number.

use super::zone::parse_offset;
use super::{
    Civil, NANOS_PER_DAY, NANOS_PER_SEC, Timestamp, Zone, ZoneClock, civil_nanos, days_from_civil,
};

/// Why a text is no moment or no zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TimeError {
    message: String,
}

impl TimeError {
    pub(super) fn new(message: String) -> Self {
        Self { message }
    }
}

/// The moment that `text` means, with civil times in `zone` and relative ones counted from `now`.
///
/// `2026-11-22`, `2026-11-22 10:00[:01[.5]]` with a space or `T` and optionally `Z` or an offset, `10:00[:01]` (today),
/// `-1h`, `-30m`, `-2d`, `1h ago`, `now`, `today`, `yesterday` (also `yesterday 18:00`), epoch seconds, milliseconds,
/// microseconds or nanoseconds.
///
/// # Errors
/// The text has none of these forms; the error names them.
pub fn parse_moment(text: &str, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    let trimmed = text.trim();
    relative(trimmed, now)
        .or_else(|| epoch(trimmed))
        .or_else(|| calendar(trimmed, zone, now))
        .ok_or_else(|| {
            TimeError::new(format!(
                "`{trimmed}` is no time; use 2026-11-22 10:00:01, 10:00, yesterday, -1h, -30m or an epoch number"
            ))
        })
}

/// `now`, `-1h`, `-90s`, `2d ago`.
fn relative(text: &str, now: Timestamp) -> Option<Timestamp> {
    if text.eq_ignore_ascii_case("now") {
        return Some(now);
    }
    now.0.checked_add(parse_span(text)?).map(Timestamp)
}

/// How far `-1h`, `+5m` or `2d ago` is from now, in nanoseconds; `None` for other moments.
#[must_use]
pub fn parse_span(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, amount) = if let Some(amount) = text.strip_suffix("ago") {
        (-1, amount.trim())
    } else if let Some(amount) = text.strip_prefix('-') {
        (-1, amount.trim())
    } else {
        (1, text.strip_prefix('+')?.trim())
    };
    let digits = amount.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = amount.split_at_checked(digits)?;
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "ms" => 1_000_000,
        "s" | "sec" | "second" | "seconds" => NANOS_PER_SEC,
        "m" | "min" | "minute" | "minutes" => 60 * NANOS_PER_SEC,
        "h" | "hour" | "hours" => 3600 * NANOS_PER_SEC,
        "d" | "day" | "days" => NANOS_PER_DAY,
        "w" | "week" | "weeks" => 7 * NANOS_PER_DAY,
        _ => return None,
    };
    let number: i64 = number.parse().ok()?;
    number.checked_mul(unit)?.checked_mul(sign)
}

/// Epoch numbers; the unit follows from the size (seconds until the year 5138).
fn epoch(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() < 9 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let scale = match whole.len() {
        ..=11 => NANOS_PER_SEC,
        12..=14 => 1_000_000,
        15..=17 => 1000,
        _ => 1,
    };
    let nanos = whole.parse::<i64>().ok()?.checked_mul(scale)?;
    let fraction = fraction_nanos(fraction)? / (NANOS_PER_SEC / scale);
    Some(Timestamp(nanos.checked_add(fraction)?))
}

/// Nanoseconds of the digits after a decimal point.
fn fraction_nanos(digits: &str) -> Option<i64> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = digits
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(9)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some(value)
}

/// A date, a time of day, or both; with an offset if there is one.
fn calendar(text: &str, zone: &Zone, now: Timestamp) -> Option<Timestamp> {
    let mut clock = ZoneClock::new(zone);
    let today = clock.to_civil(now).div_euclid(NANOS_PER_DAY);
    let (day, rest) = split_day(text, today)?;
    let rest = rest.trim();
    let (time, offset) = split_offset(rest)?;
    let of_day = if time.is_empty() {
        0
    } else {
        time_of_day(time)?
    };
    let civil = civil_nanos(day, of_day);
    Some(Timestamp(match offset {
        Some(seconds) => civil.checked_sub(i64::from(seconds) * NANOS_PER_SEC)?,
        None => clock.to_utc(civil),
    }))
}

/// The day (since 1970-01-01) that a text begins with, and what follows it; today if it begins with a time.
fn split_day(text: &str, today: i64) -> Option<(i64, &str)> {
    for (word, back) in [("today", 0), ("yesterday", 1)] {
        if let Some(head) = text.get(..word.len())
            && head.eq_ignore_ascii_case(word)
        {
            return Some((today - back, text.get(word.len()..)?));
        }
    }
    let end = text.find([' ', 'T', 't']).unwrap_or(text.len());
    let (date, rest) = text.split_at_checked(end)?;
    if date.contains(':') {
        return Some((today, text));
    }
    let mut parts = date.split(['-', '/']);
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let plain = part.len() <= digits && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    let days = days_from_civil(i64::from(year), month, day);
    let civil = Civil::from_nanos(civil_nanos(days, 0));
    let exists = (civil.month, civil.day) == (month, day);
    exists.then(|| (days, rest.trim_start_matches(['T', 't'])))
}

/// Takes `Z`, `UTC` or `+09:00` off the end.
fn split_offset(text: &str) -> Option<(&str, Option<i32>)> {
    if let Some(time) = text.strip_suffix(['Z', 'z']) {
        return Some((time.trim(), Some(0)));
    }
    if let Some(time) = text.strip_suffix("UTC") {
        return Some((time.trim(), Some(0)));
    }
    match text.find(['+', '-']) {
        Some(at) => {
            let (time, offset) = text.split_at_checked(at)?;
            Some((time.trim(), Some(parse_offset(offset)?)))
        }
        None => Some((text, None)),
    }
}

/// Nanoseconds since midnight from `10`, `10:00`, `10:00:01`, `10:00:01.5` or `10:00:01,5`.
fn time_of_day(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let mut sum = 0;
    let mut count = 0;
    for (part, limit) in whole.split(':').zip([24, 60, 61]) {
        let plain = !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        let value: i64 = plain.then(|| part.parse().ok())??;
        if value >= limit {
            return None;
        }
        sum = sum * 60 + value;
        count += 1;
    }
    if whole.split(':').count() != count {
        return None;
    }
    let seconds = sum * 60_i64.pow(3 - u32::try_from(count).ok()?);
    Some(seconds * NANOS_PER_SEC + fraction_nanos(fraction)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    /// 2026-11-22 10:00:00 UTC.
    const NOW: Timestamp = Timestamp(1_795_341_600 * NANOS_PER_SEC);

    fn seconds(text: &str, zone: &str) -> f64 {
        let moment = parse_moment(text, &zone.parse().unwrap(), NOW).unwrap();
        (moment.0 - NOW.0) as f64 / 1e9
    }

    #[test]
    fn moments_in_every_form() {
        for (text, zone, expected) in [
            ("2026-11-22 10:00", "UTC", 0.0),
            ("2026-11-22 10:00:01.5", "UTC", 1.5),
            ("2026-11-22 10:00:01,250", "UTC", 1.25),
            ("2026/11/22", "UTC", -36_000.0),
            ("2026-11-22T10:00:00Z", "Asia/Seoul", 0.0),
            ("2026-11-22T19:00:00+09:00", "UTC", 0.0),
            ("2026-11-22 19:00", "Asia/Seoul", 0.0),
            ("10:00", "UTC", 0.0),
            ("19:00:30", "Asia/Seoul", 30.0),
            ("-1h", "UTC", -3600.0),
            ("-30m", "UTC", -1800.0),
            ("2d ago", "UTC", -172_800.0),
            ("now", "UTC", 0.0),
            ("yesterday", "UTC", -122_400.0),
            ("yesterday 18:00", "UTC", -57_600.0),
            ("today", "UTC", -36_000.0),
            ("1795341600", "UTC", 0.0),
            ("1795341600.25", "UTC", 0.25),
            ("1795341600250", "UTC", 0.25),
            ("1795341600250000", "UTC", 0.25),
        ] {
            assert!((seconds(text, zone) - expected).abs() < 1e-6, "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_says_which_forms_work() {
        for text in [
            "",
            "soon",
            "2026-13-01",
            "2026-02-30",
            "25:00",
            "10:00:00:00",
            "-1x",
            "2026-11-22 1é",
        ] {
            let error = parse_moment(text, &Zone::Utc, NOW).unwrap_err();
            assert!(error.to_string().contains("-30m"), "{text}");
        }
    }
}
