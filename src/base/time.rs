//! Points in time as nanoseconds, the zone a log was written in, and how times are shown.

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

/// A zone with a cache of the last look-up.
#[derive(Debug)]
pub struct ZoneClock;
