//! The calendar: days and nanoseconds to year, month, day and back, without allocation or tables.

use super::{NANOS_PER_DAY, NANOS_PER_SEC};

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (the algorithm of Howard Hinnant's
/// `chrono-compatible low-level date algorithms`). Months 1–12; days outside the month count on into the next.
#[must_use]
pub fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month (1–12) and day (1–31) of a day counted from 1970-01-01.
#[must_use]
pub fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month.unsigned_abs() as u32, day.unsigned_abs() as u32)
}

/// A wall clock reading without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// Year of the Gregorian calendar.
    pub year: i64,
    /// 1–12.
    pub month: u32,
    /// 1–31.
    pub day: u32,
    /// 0–23.
    pub hour: u32,
    /// 0–59.
    pub minute: u32,
    /// 0–59.
    pub second: u32,
    /// 0–999 999 999.
    pub nanos: u32,
}

impl Civil {
    /// The reading that lies `nanos` after 1970-01-01 00:00:00 of the same wall clock.
    #[must_use]
    pub fn from_nanos(nanos: i64) -> Self {
        let (year, month, day) = civil_from_days(nanos.div_euclid(NANOS_PER_DAY));
        let of_day = nanos.rem_euclid(NANOS_PER_DAY);
        let seconds = (of_day / NANOS_PER_SEC).unsigned_abs() as u32;
        Self {
            year,
            month,
            day,
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            nanos: (of_day % NANOS_PER_SEC).unsigned_abs() as u32,
        }
    }

    /// Nanoseconds since 1970-01-01 00:00:00 of the same wall clock; saturates outside the years 1677–2262.
    #[must_use]
    pub fn to_nanos(self) -> i64 {
        let of_day =
            (i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second))
                * NANOS_PER_SEC
                + i64::from(self.nanos);
        civil_nanos(days_from_civil(self.year, self.month, self.day), of_day)
    }
}

/// Nanoseconds since 1970-01-01 00:00:00 from days and nanoseconds of the day; saturates.
#[must_use]
pub fn civil_nanos(days: i64, of_day: i64) -> i64 {
    days.saturating_mul(NANOS_PER_DAY).saturating_add(of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree() {
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        assert_eq!(days_from_civil(2026, 11, 22), 20_779);
        assert_eq!(days_from_civil(1972, 2, 29), 789);
        for days in (-100_000..100_000).step_by(37) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn readings_survive_the_round_trip() {
        for nanos in [0, -1, 1_795_341_600_017_000_000, i64::MIN, i64::MAX] {
            let civil = Civil::from_nanos(nanos);
            assert!(civil.month >= 1 && civil.day >= 1, "{civil:?}");
            if nanos != i64::MIN {
                assert_eq!(civil.to_nanos(), nanos);
            }
        }
    }
}
