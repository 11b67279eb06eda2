//! The zone in which a log's clock ran, and a cached conversion that costs nanoseconds per record.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Local, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};

use super::{NANOS_PER_SEC, TimeError, Timestamp};

/// The zone that local times of a log belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Zone {
    /// Coordinated Universal Time.
    Utc,
    /// The zone of this machine.
    #[default]
    Local,
    /// A constant number of seconds east of UTC.
    Fixed(i32),
    /// A zone of the IANA database.
    Named(chrono_tz::Tz),
}

impl FromStr for Zone {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "utc" | "z" | "gmt" => return Ok(Self::Utc),
            "local" => return Ok(Self::Local),
            _ => {}
        }
        if let Some(seconds) = parse_offset(text) {
            return Ok(Self::Fixed(seconds));
        }
        text.parse::<chrono_tz::Tz>().map(Self::Named).map_err(|_| {
            TimeError::new(format!(
                "`{text}` is no time zone; use UTC, local, an offset like +09:00 or a name like Asia/Seoul"
            ))
        })
    }
}

/// The names of all zones of the IANA database.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
}

/// Seconds east of UTC from `+09:00`, `-0330` or `+9`.
pub(super) fn parse_offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if hours.len() > 2 || !all_digits(hours) || !all_digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utc => f.write_str("UTC"),
            Self::Local => f.write_str("local"),
            Self::Fixed(seconds) => {
                let sign = if *seconds < 0 { '-' } else { '+' };
                let minutes = seconds.unsigned_abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            Self::Named(zone) => f.write_str(zone.name()),
        }
    }
}

impl Zone {
    /// Seconds east of UTC at a UTC time in whole seconds.
    fn offset_at_utc(&self, seconds: i64) -> i64 {
        let Some(utc) = DateTime::<Utc>::from_timestamp(seconds, 0) else {
            return 0;
        };
        let naive = utc.naive_utc();
        i64::from(match self {
            Self::Utc => 0,
            Self::Fixed(seconds) => *seconds,
            Self::Local => Local
                .offset_from_utc_datetime(&naive)
                .fix()
                .local_minus_utc(),
            Self::Named(zone) => zone
                .offset_from_utc_datetime(&naive)
                .fix()
                .local_minus_utc(),
        })
    }

    /// Seconds east of UTC at a wall clock reading in whole seconds. A reading that occurs twice means the first; one
    /// that the clock skipped is taken as if it had not been put forward yet.
    fn offset_at_civil(&self, seconds: i64) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Fixed(offset) => i64::from(*offset),
            Self::Local => first_offset(&Local, seconds),
            Self::Named(zone) => first_offset(zone, seconds),
        }
    }
}

fn first_offset<Z: TimeZone>(zone: &Z, civil_seconds: i64) -> i64 {
    let Some(naive) = DateTime::<Utc>::from_timestamp(civil_seconds, 0) else {
        return 0;
    };
    let seconds = |naive: &NaiveDateTime| match zone.offset_from_local_datetime(naive) {
        LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => {
            Some(i64::from(offset.fix().local_minus_utc()))
        }
        LocalResult::None => None,
    };
    let naive = naive.naive_utc();
    seconds(&naive)
        .or_else(|| seconds(&(naive - chrono::TimeDelta::hours(3))))
        .unwrap_or(0)
}

/// Length of the stretch for which one look-up is kept.
const STRETCH: i64 = 3600;

/// A stretch of time in which the offset was seen to be the same at both ends.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// First second inside, a multiple of `STRETCH`.
    first: i64,
    /// Seconds east of UTC.
    offset: i64,
}

/// A zone with a cache of the last look-up: neighbouring records share an hour.
#[derive(Debug, Clone)]
pub struct ZoneClock {
    zone: Zone,
    civil: Option<Stretch>,
    utc: Option<Stretch>,
    /// The minute read last, as text and in UTC.
    minute: Option<([u8; 16], i64)>,
}

impl ZoneClock {
    /// A clock of this zone with an empty cache.
    #[must_use]
    pub fn new(zone: &Zone) -> Self {
        Self {
            zone: *zone,
            civil: None,
            utc: None,
            minute: None,
        }
    }

    /// The zone.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// A wall clock reading (nanoseconds since 1970-01-01 00:00:00 of that clock) as nanoseconds since the epoch, UTC.
    pub fn to_utc(&mut self, civil_nanos: i64) -> i64 {
        let zone = self.zone;
        let seconds = civil_nanos.div_euclid(NANOS_PER_SEC);
        let offset = cached(&mut self.civil, seconds, |at| zone.offset_at_civil(at));
        civil_nanos.saturating_sub(offset * NANOS_PER_SEC)
    }

    /// A minute of the wall clock as text (`2026-11-22 10:00`) in nanoseconds since the epoch, UTC; `read` says which
    /// reading of the clock the text is, and must know nothing but the text. `None` if `read` has no answer, or if UTC
    /// may not be the same number of seconds away for the whole minute.
    #[inline]
    pub fn minute_to_utc(
        &mut self,
        text: &[u8; 16],
        read: impl FnOnce(&[u8; 16]) -> Option<i64>,
    ) -> Option<i64> {
        if let Some((known, utc)) = &self.minute
            && known == text
        {
            return Some(*utc);
        }
        let utc = self.to_utc(read(text)?);
        // A stretch is a whole number of minutes.
        self.civil?;
        self.minute = Some((*text, utc));
        Some(utc)
    }

    /// A point in time as the wall clock reading at that moment, in nanoseconds since 1970-01-01 00:00:00 of that clock.
    pub fn to_civil(&mut self, utc: Timestamp) -> i64 {
        let zone = self.zone;
        let seconds = utc.0.div_euclid(NANOS_PER_SEC);
        let offset = cached(&mut self.utc, seconds, |at| zone.offset_at_utc(at));
        utc.0.saturating_add(offset * NANOS_PER_SEC)
    }
}

/// The offset at `seconds`, from the cache or looked up; kept if the whole stretch around it has the same.
fn cached(cache: &mut Option<Stretch>, seconds: i64, look_up: impl Fn(i64) -> i64) -> i64 {
    if let Some(stretch) = cache
        && (0..STRETCH).contains(&seconds.wrapping_sub(stretch.first))
    {
        return stretch.offset;
    }
    let first = seconds - seconds.rem_euclid(STRETCH);
    let offset = look_up(seconds);
    let same = look_up(first) == offset && look_up(first + STRETCH - 1) == offset;
    *cache = same.then_some(Stretch { first, offset });
    offset
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::time::{Civil, format_time};

    fn utc(zone: &str, civil: (i64, u32, u32, u32, u32)) -> i64 {
        let (year, month, day, hour, minute) = civil;
        let civil = Civil {
            year,
            month,
            day,
            hour,
            minute,
            second: 0,
            nanos: 0,
        };
        ZoneClock::new(&zone.parse().unwrap()).to_utc(civil.to_nanos()) / NANOS_PER_SEC
    }

    #[test]
    fn zones_read_and_print() {
        for (text, printed) in [
            ("UTC", "UTC"),
            ("local", "local"),
            ("+09:00", "+09:00"),
            ("-0330", "-03:30"),
            ("+9", "+09:00"),
            ("Asia/Seoul", "Asia/Seoul"),
        ] {
            assert_eq!(text.parse::<Zone>().unwrap().to_string(), printed);
        }
        assert!("Mars/Base".parse::<Zone>().is_err());
        assert!("+25:00".parse::<Zone>().is_err());
        assert!("+1é".parse::<Zone>().is_err());
    }

    #[test]
    fn wall_clocks_become_utc() {
        for (zone, civil, expected) in [
            ("UTC", (2026, 11, 22, 10, 0), 1_795_341_600),
            ("+09:00", (2026, 11, 22, 19, 0), 1_795_341_600),
            ("Asia/Kolkata", (2026, 11, 22, 15, 30), 1_795_341_600),
            // 01:30 occurs twice on this day: the first is daylight saving time.
            ("America/New_York", (2026, 11, 1, 1, 30), 1_793_511_000),
            // 02:30 does not occur on this day.
            ("Europe/Berlin", (2026, 3, 29, 2, 30), 1_774_747_800),
        ] {
            assert_eq!(utc(zone, civil), expected, "{zone} {civil:?}");
        }
    }

    #[test]
    fn the_cache_never_changes_an_answer() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let mut clock = ZoneClock::new(&zone);
        for minutes in 0..20_000_i64 {
            let civil = (1_793_000_000 + minutes * 60) * NANOS_PER_SEC;
            assert_eq!(clock.to_utc(civil), ZoneClock::new(&zone).to_utc(civil));
            let ts = Timestamp(civil);
            assert_eq!(clock.to_civil(ts), ZoneClock::new(&zone).to_civil(ts));
        }
        clock.to_utc(i64::MIN);
        clock.to_utc(i64::MAX);
        clock.to_civil(Timestamp(i64::MAX));
    }

    #[test]
    fn times_are_shown_in_the_zone() {
        let mut clock = ZoneClock::new(&Zone::Fixed(9 * 3600));
        let shown = format_time(Timestamp(1_795_341_601_518_999_999), &mut clock);
        assert_eq!(shown, "2026-11-22 19:00:01.518");
    }
}
