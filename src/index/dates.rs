//! The date of times that show none, or no year: counted on from the record before.

use crate::base::time::{
    NANOS_PER_DAY, Timestamp, ZoneClock, civil_from_days, civil_nanos, days_from_civil,
};
use crate::format::extractor::Clock;

/// A step back by more than this is a new day.
const NEW_DAY: i64 = NANOS_PER_DAY / 2;
/// A step back by more than this is a new year.
const NEW_YEAR: i64 = 183 * NANOS_PER_DAY;
/// A step forward that falls short of a whole day or year by no more than this is a step back over midnight or New Year:
/// threads write their records a little out of order.
const STRAGGLING_DAY: i64 = NANOS_PER_DAY / 144;
const STRAGGLING_YEAR: i64 = NANOS_PER_DAY;
/// The year that headers without a year are in.
const HEADER_YEAR: i64 = 1972;

/// Completes the times of one source, in file order.
///
/// The first record is given the latest year (or day) that does not put it after the moment the file was last
/// written; each step back by more than half a year (or day) counts one on. A record that comes a little late, from before
/// midnight or New Year, changes nothing for those behind it.
#[derive(Debug, Clone)]
pub(super) struct Dates {
    clock: Clock,
    zone: ZoneClock,
    /// The wall clock when the file was last written.
    written: i64,
    /// Year or day of `last`, and `last` in the sense of the format's clock.
    at: Option<(i64, i64)>,
}

impl Dates {
    pub(super) fn new(clock: Clock, mut zone: ZoneClock, written: Timestamp) -> Self {
        let written = zone.to_civil(written);
        Self {
            clock,
            zone,
            written,
            at: None,
        }
    }

    /// Nanoseconds since the epoch, UTC, of the next record's time.
    pub(super) fn complete(&mut self, time: i64) -> i64 {
        let (threshold, straggling) = match self.clock {
            Clock::NoYear => (NEW_YEAR, 365 * NANOS_PER_DAY - STRAGGLING_YEAR),
            Clock::TimeOfDay => (NEW_DAY, NANOS_PER_DAY - STRAGGLING_DAY),
            Clock::None | Clock::Full => return time,
        };
        if let Some((period, last)) = self.at
            && time.saturating_sub(last) >= straggling
        {
            let civil = self.civil(period - 1, time);
            return self.zone.to_utc(civil);
        }
        let period = match self.at {
            Some((period, last)) if last.saturating_sub(time) > threshold => period + 1,
            Some((period, _)) => period,
            None => self.first_period(time),
        };
        self.at = Some((period, time));
        let civil = self.civil(period, time);
        self.zone.to_utc(civil)
    }

    fn first_period(&self, time: i64) -> i64 {
        let days = self.written.div_euclid(NANOS_PER_DAY);
        let period = match self.clock {
            Clock::NoYear => civil_from_days(days).0,
            _ => days,
        };
        period - i64::from(self.civil(period, time) > self.written)
    }

    fn civil(&self, period: i64, time: i64) -> i64 {
        if self.clock == Clock::TimeOfDay {
            return civil_nanos(period, time);
        }
        let (year, month, day) = civil_from_days(time.div_euclid(NANOS_PER_DAY));
        let days = days_from_civil(year - HEADER_YEAR + period, month, day);
        civil_nanos(days, time.rem_euclid(NANOS_PER_DAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{Zone, format_time};

    const HOUR: i64 = NANOS_PER_DAY / 24;

    fn shown(clock: Clock, written: &str, times: &[i64]) -> Vec<String> {
        let zone = ZoneClock::new(&Zone::Fixed(9 * 3600));
        let written: i64 = written.parse().unwrap_or(0);
        let mut dates = Dates::new(clock, zone.clone(), Timestamp(written * 1_000_000_000));
        times
            .iter()
            .map(|time| {
                let mut zone = zone.clone();
                let text = format_time(Timestamp(dates.complete(*time)), &mut zone);
                text.get(..16).unwrap_or_default().to_owned()
            })
            .collect()
    }

    /// In 1972.
    fn on(month: u32, day: u32) -> i64 {
        civil_nanos(days_from_civil(HEADER_YEAR, month, day), 10 * HOUR)
    }

    #[test]
    fn a_day_begins_where_the_clock_steps_back() {
        // Last written 2026-11-22 19:00 at +09:00.
        let times = [22 * HOUR, 23 * HOUR, HOUR, 0, 13 * HOUR, 2 * HOUR];
        assert_eq!(
            shown(Clock::TimeOfDay, "1795341600", &times),
            [
                "2026-11-21 22:00",
                "2026-11-21 23:00",
                "2026-11-22 01:00",
                "2026-11-22 00:00",
                "2026-11-22 13:00",
                "2026-11-22 02:00"
            ]
        );
    }

    #[test]
    fn a_year_begins_where_the_calendar_steps_back() {
        let times = [on(12, 30), on(1, 2), on(1, 1), on(11, 22)];
        assert_eq!(
            shown(Clock::NoYear, "1795341600", &times),
            [
                "2025-12-30 10:00",
                "2026-01-02 10:00",
                "2026-01-01 10:00",
                "2026-11-22 10:00"
            ]
        );
        assert_eq!(
            shown(Clock::NoYear, "1795341600", &[on(2, 29)]),
            ["2026-03-01 10:00"]
        );
    }

    #[test]
    fn records_out_of_order_around_midnight_and_new_year_keep_their_day() {
        const MINUTE: i64 = HOUR / 60;
        let late = 24 * HOUR - MINUTE;
        assert_eq!(
            shown(
                Clock::TimeOfDay,
                "1795341600",
                &[late, MINUTE, late, 2 * MINUTE, late - HOUR]
            ),
            [
                "2026-11-21 23:59",
                "2026-11-22 00:01",
                "2026-11-21 23:59",
                "2026-11-22 00:02",
                "2026-11-22 22:59"
            ]
        );
        let times = [on(12, 31), on(1, 1), on(12, 31), on(1, 2)];
        assert_eq!(
            shown(Clock::NoYear, "1795341600", &times),
            [
                "2025-12-31 10:00",
                "2026-01-01 10:00",
                "2025-12-31 10:00",
                "2026-01-02 10:00"
            ]
        );
    }

    #[test]
    fn full_times_are_left_alone() {
        assert_eq!(
            shown(Clock::Full, "0", &[0, 5 * HOUR]),
            ["1970-01-01 09:00", "1970-01-01 14:00"]
        );
    }
}
