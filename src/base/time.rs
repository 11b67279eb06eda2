//! Points in time as nanoseconds, the zone a log was written in, and how times are shown.

mod civil;
mod moment;
mod zone;

pub use civil::{Civil, civil_from_days, civil_nanos, days_from_civil};
pub use moment::{TimeError, parse_moment, parse_span};
pub use zone::{Zone, ZoneClock, zone_names};

/// A point in time: nanoseconds since 1970-01-01T00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i64);

/// A half-open range of time; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TimeRange {
    /// First moment inside.
    pub since: Option<Timestamp>,
    /// First moment no longer inside.
    pub until: Option<Timestamp>,
}

impl TimeRange {
    /// Whether a moment lies inside.
    #[must_use]
    pub fn contains(&self, time: Timestamp) -> bool {
        self.since.is_none_or(|since| time >= since) && self.until.is_none_or(|until| time < until)
    }
}

/// Nanoseconds in a second.
pub const NANOS_PER_SEC: i64 = 1_000_000_000;
/// Nanoseconds in a day.
pub const NANOS_PER_DAY: i64 = 86_400 * NANOS_PER_SEC;

/// `2026-11-22 10:00:01.518`, in the clock's zone.
#[must_use]
pub fn format_time(ts: Timestamp, clock: &mut ZoneClock) -> String {
    let civil = Civil::from_nanos(clock.to_civil(ts));
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}",
        civil.year,
        civil.month,
        civil.day,
        civil.hour,
        civil.minute,
        civil.second,
        civil.nanos / 1_000_000
    )
}
