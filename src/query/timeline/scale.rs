//! Steps of time that people count in.

use crate::base::time::{NANOS_PER_DAY, NANOS_PER_SEC, Timestamp};

const MILLI: i64 = 1_000_000;
const MINUTE: i64 = 60 * NANOS_PER_SEC;
const HOUR: i64 = 60 * MINUTE;

/// From microseconds to decades; a month is 30 days here and a year 365.
const STEPS: [i64; 39] = [
    1_000,
    10_000,
    100_000,
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    NANOS_PER_SEC,
    2 * NANOS_PER_SEC,
    5 * NANOS_PER_SEC,
    10 * NANOS_PER_SEC,
    15 * NANOS_PER_SEC,
    30 * NANOS_PER_SEC,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    NANOS_PER_DAY,
    2 * NANOS_PER_DAY,
    7 * NANOS_PER_DAY,
    14 * NANOS_PER_DAY,
    30 * NANOS_PER_DAY,
    90 * NANOS_PER_DAY,
    365 * NANOS_PER_DAY,
    2 * 365 * NANOS_PER_DAY,
    5 * 365 * NANOS_PER_DAY,
    10 * 365 * NANOS_PER_DAY,
];

/// A length of time that people count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// In nanoseconds.
    pub nanos: i64,
}

impl Step {
    /// The shortest one of at least so many nanoseconds.
    #[must_use]
    pub fn at_least(nanos: i64) -> Self {
        let longest = STEPS.last().copied().unwrap_or(NANOS_PER_DAY);
        let found = STEPS.iter().copied().find(|step| *step >= nanos);
        Self {
            nanos: found.unwrap_or(longest),
        }
    }
}

/// Time in equal steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    first: i64,
    step: Step,
    len: usize,
    /// There is one moment, and steps around it.
    around: bool,
}

/// The steps around a moment that is the only one: its place is in the middle, and no fraction of a second is told.
const AROUND: Step = Step {
    nanos: NANOS_PER_SEC,
};

impl Default for Scale {
    fn default() -> Self {
        Self {
            first: 0,
            step: Step { nanos: 1 },
            len: 0,
            around: false,
        }
    }
}

impl Scale {
    /// Steps from one moment to another, both included, at most `most` and two. They begin where people's clocks, which
    /// are `offset` nanoseconds ahead of UTC, show round numbers. One moment has `most` steps around it, because one as
    /// wide as all time says nothing.
    #[must_use]
    pub fn of(first: Timestamp, last: Timestamp, most: usize, offset: i64) -> Self {
        if first == last {
            return Self::around(first, most.max(1));
        }
        let most = i64::try_from(most.max(1)).unwrap_or(i64::MAX);
        let span = last.0.saturating_sub(first.0).max(0);
        let mut step = Step::at_least((span / most).saturating_add(1));
        if span / step.nanos > 2 * most {
            // Longer than people count.
            step.nanos = span / most;
        }
        let local = first.0.saturating_add(offset);
        let first = local.saturating_sub(local.rem_euclid(step.nanos)) - offset;
        let len = last.0.saturating_sub(first).max(0) / step.nanos + 1;
        Self {
            first,
            step,
            len: usize::try_from(len).unwrap_or(0),
            around: false,
        }
    }

    fn around(moment: Timestamp, most: usize) -> Self {
        let before = i64::try_from(most / 2).unwrap_or(0);
        let begin = moment.0.saturating_sub(moment.0.rem_euclid(AROUND.nanos));
        Self {
            first: begin.saturating_sub(before.saturating_mul(AROUND.nanos)),
            step: AROUND,
            len: most,
            around: true,
        }
    }

    /// Whether these are steps for a log that goes from one moment to another by now.
    #[must_use]
    pub fn suits(&self, first: Timestamp, last: Timestamp) -> bool {
        !self.around || first == last
    }

    /// The same steps, and more of them behind, so that `last` lies inside.
    #[must_use]
    pub fn up_to(self, last: Timestamp) -> Self {
        let len = last.0.saturating_sub(self.first).max(0) / self.step.nanos + 1;
        Self {
            len: self.len.max(usize::try_from(len).unwrap_or(0)),
            ..self
        }
    }

    /// Number of steps.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How long one is.
    #[must_use]
    pub fn step(&self) -> Step {
        self.step
    }

    /// The first moment of the first step.
    #[must_use]
    pub fn start(&self) -> Timestamp {
        Timestamp(self.first)
    }

    /// The first moment behind the last step.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.start_of(self.len)
    }

    /// The first moment of a step.
    #[must_use]
    pub fn start_of(&self, step: usize) -> Timestamp {
        let steps = i64::try_from(step).unwrap_or(i64::MAX);
        Timestamp(
            self.first
                .saturating_add(self.step.nanos.saturating_mul(steps)),
        )
    }

    /// The step in which a moment lies.
    #[must_use]
    pub fn step_of(&self, time: Timestamp) -> Option<usize> {
        let distance = time.0.checked_sub(self.first).filter(|nanos| *nanos >= 0)?;
        let step = usize::try_from(distance / self.step.nanos).ok()?;
        (step < self.len).then_some(step)
    }

    /// Where a moment lies, from 0 at the start to 1 at the end; less or more outside.
    #[must_use]
    pub fn position(&self, time: Timestamp) -> f64 {
        let whole = self.step.nanos as f64 * self.len.max(1) as f64;
        time.0.saturating_sub(self.first) as f64 / whole
    }

    /// The moment at a position.
    #[must_use]
    pub fn moment(&self, position: f64) -> Timestamp {
        let whole = self.step.nanos as f64 * self.len as f64;
        Timestamp(
            self.first
                .saturating_add((position.clamp(0.0, 1.0) * whole) as i64),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_what_people_count_in() {
        for (span, most, step) in [
            (0, 100, NANOS_PER_SEC),
            (1, 100, 1_000),
            (99 * MILLI, 100, MILLI),
            (100 * NANOS_PER_SEC, 100, 2 * NANOS_PER_SEC),
            (HOUR, 100, MINUTE),
            (NANOS_PER_DAY, 400, 5 * MINUTE),
            (365 * NANOS_PER_DAY, 400, NANOS_PER_DAY),
        ] {
            let scale = Scale::of(Timestamp(7), Timestamp(7 + span), most, 0);
            assert_eq!(scale.step().nanos, step, "{span}");
            assert!(scale.len() <= most + 2, "{span}");
        }
    }

    #[test]
    fn one_moment_is_in_the_middle() {
        let moment = Timestamp(HOUR + 7);
        for most in [1, 2, 100, 161] {
            let scale = Scale::of(moment, moment, most, 0);
            assert_eq!((scale.len(), scale.step_of(moment)), (most, Some(most / 2)));
            assert!(scale.suits(moment, moment));
            assert!(!scale.suits(moment, Timestamp(moment.0 + 1)));
        }
    }

    #[test]
    fn steps_begin_at_round_times_of_the_zone() {
        let (first, offset) = (Timestamp(50 * HOUR + 5), 9 * HOUR);
        let scale = Scale::of(first, Timestamp(first.0 + 90 * NANOS_PER_DAY), 100, offset);
        assert_eq!(scale.step().nanos, NANOS_PER_DAY);
        assert_eq!((scale.start().0 + offset) % NANOS_PER_DAY, 0);
        assert!(scale.start() <= first);
    }

    #[test]
    fn the_ends_of_time_have_steps() {
        let scale = Scale::of(Timestamp(i64::MIN), Timestamp(i64::MAX), 100, 0);
        assert!(scale.len() <= 300 && !scale.is_empty());
        assert_eq!(scale.step_of(Timestamp(i64::MIN)), Some(0));
    }

    #[test]
    fn moments_and_steps_find_each_other() {
        let scale = Scale::of(Timestamp(0), Timestamp(HOUR), 61, 0).up_to(Timestamp(2 * HOUR));
        for step in [0, 1, 60, 120] {
            let start = scale.start_of(step);
            assert_eq!(scale.step_of(start), Some(step));
            assert_eq!(
                scale.step_of(scale.moment(scale.position(start) + 1e-6)),
                Some(step)
            );
        }
        assert_eq!(scale.step_of(scale.end()), None);
        assert_eq!(scale.step_of(Timestamp(-1)), None);
    }
}
