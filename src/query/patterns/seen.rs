//! What is known of the records of a group: how many, when, how severe, by whom.

use super::counts::IdCounts;
use crate::base::id::{LoggerId, RecordNo};
use crate::base::level::LevelId;
use crate::base::time::Timestamp;

/// Most steps of time that a group is counted in; at least half as many are used.
pub const STEPS: usize = 64;

/// A record of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub record: RecordNo,
    /// When, if it shows it.
    pub time: Option<Timestamp>,
    /// How severe.
    pub level: LevelId,
    /// By whom.
    pub logger: LoggerId,
}

/// The records of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// How many.
    pub records: u64,
    /// The first one in the log.
    pub first: Record,
    /// The last one in the log.
    pub last: Record,
    /// The earliest and the latest time of any.
    pub times: Option<(Timestamp, Timestamp)>,
    /// How many of each level that occurs, by id; like the others below, no more than fit.
    pub levels: IdCounts,
    /// How many of each logger that occurs, by id.
    pub loggers: IdCounts,
    /// How many in each step of the scale under which they were counted.
    pub steps: [u32; STEPS],
}

impl Seen {
    /// A group of one record.
    #[must_use]
    pub fn new(record: Record, scale: &Scale) -> Self {
        let mut seen = Self {
            records: 0,
            first: record,
            last: record,
            times: None,
            levels: IdCounts::default(),
            loggers: IdCounts::default(),
            steps: [0; STEPS],
        };
        seen.add(record, scale);
        seen
    }

    /// Counts a record.
    pub fn add(&mut self, record: Record, scale: &Scale) {
        self.add_moment(record, scale);
        self.add_level(record);
        self.add_logger(record);
    }

    /// A part of [`Self::add`]: that it was there, and when.
    pub(super) fn add_moment(&mut self, record: Record, scale: &Scale) {
        self.records += 1;
        self.reach(record, record);
        if let Some(time) = record.time {
            self.span(time, time);
            let step = scale
                .step_of(time)
                .and_then(|step| self.steps.get_mut(step));
            if let Some(count) = step {
                *count = count.saturating_add(1);
            }
        }
    }

    /// A part of [`Self::add`]: how severe it was.
    pub(super) fn add_level(&mut self, record: Record) {
        self.levels.add(u32::from(record.level.0), 1);
    }

    /// A part of [`Self::add`]: by whom it was.
    pub(super) fn add_logger(&mut self, record: Record) {
        self.loggers.add(record.logger.0, 1);
    }

    /// Counts the records of another group, which was counted under the same scale.
    pub fn join(&mut self, other: &Self) {
        self.records += other.records;
        self.reach(other.first, other.last);
        self.levels.join(&other.levels);
        self.loggers.join(&other.loggers);
        if let Some((earliest, latest)) = other.times {
            self.span(earliest, latest);
        }
        for (count, more) in self.steps.iter_mut().zip(other.steps.iter()) {
            *count = count.saturating_add(*more);
        }
    }

    /// Counts under another scale, which covers the one before.
    pub fn rescale(&mut self, from: &Scale, to: &Scale) {
        let mut steps = [0_u32; STEPS];
        for (at, count) in self
            .steps
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
        {
            let step = to.step_of(from.start_of(at));
            if let Some(sum) = step.and_then(|step| steps.get_mut(step)) {
                *sum = sum.saturating_add(*count);
            }
        }
        self.steps = steps;
    }

    /// The logger with the most records; the root if none is named.
    #[must_use]
    pub fn logger(&self) -> LoggerId {
        self.loggers.most().map_or(LoggerId::ROOT, LoggerId)
    }

    fn reach(&mut self, first: Record, last: Record) {
        if first.record < self.first.record {
            self.first = first;
        }
        if last.record > self.last.record {
            self.last = last;
        }
    }

    fn span(&mut self, earliest: Timestamp, latest: Timestamp) {
        let (first, last) = self.times.unwrap_or((earliest, latest));
        self.times = Some((first.min(earliest), last.max(latest)));
    }
}

/// Equal steps over a span of time. They are powers of two of a nanosecond long and begin at multiples of their length, so
/// that counts under a finer scale add up to those under a coarser one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    first: i64,
    last: i64,
    shift: u32,
}

impl Scale {
    /// Steps from one moment to another, both included.
    #[must_use]
    pub fn of(first: Timestamp, last: Timestamp) -> Self {
        let (first, last) = (first.0, last.0.max(first.0));
        let steps = |shift: &u32| (last >> shift).abs_diff(first >> shift);
        let shift = (0..i64::BITS - 1).find(|shift| steps(shift) < STEPS as u64);
        Self {
            first,
            last,
            shift: shift.unwrap_or(i64::BITS - 1),
        }
    }

    /// Steps over both spans.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        if self.last < self.first {
            return *other;
        }
        if other.last < other.first {
            return *self;
        }
        let (first, last) = (self.first.min(other.first), self.last.max(other.last));
        Self::of(Timestamp(first), Timestamp(last))
    }

    /// How many steps there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.step_of(Timestamp(self.last))
            .map_or(1, |last| last + 1)
    }

    /// Whether there are none, which never is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The step of a moment; `None` outside.
    #[must_use]
    pub fn step_of(&self, time: Timestamp) -> Option<usize> {
        let step = (time.0 >> self.shift) - (self.first >> self.shift);
        usize::try_from(step).ok().filter(|step| *step < STEPS)
    }

    fn start_of(&self, step: usize) -> Timestamp {
        Timestamp(((self.first >> self.shift) + step as i64) << self.shift)
    }
}

/// One step around the epoch.
impl Default for Scale {
    /// Of no time at all, as before the first record.
    fn default() -> Self {
        Self {
            first: 0,
            last: -1,
            shift: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_no_time_leaves_another_as_it_is() {
        let scale = Scale::of(Timestamp(5_000_000_000), Timestamp(9_000_000_000));
        assert_eq!(Scale::default().and(&scale), scale);
        assert_eq!(scale.and(&Scale::default()), scale);
        let none = Scale::default().and(&Scale::default());
        assert_eq!((none, none.and(&scale)), (Scale::default(), scale));
    }

    proptest::proptest! {
        /// Counted in parts under their own scales and joined is counted at once.
        #[test]
        fn scales_join_exactly(times in proptest::collection::vec(0_i64..4_000_000_000_000, 2..60), cut in 1_usize..59) {
            let record = |time: &i64| Record {
                record: RecordNo(*time as u64),
                time: Some(Timestamp(*time)),
                level: LevelId((*time % 5) as u8),
                logger: LoggerId((*time % 7) as u32),
            };
            let count = |times: &[i64], scale: &Scale| {
                let mut seen = Seen::new(record(&times[0]), scale);
                for time in &times[1..] {
                    seen.add(record(time), scale);
                }
                seen
            };
            let scale = |times: &[i64]| {
                let ends = times.iter().min().zip(times.iter().max());
                ends.map_or_else(Scale::default, |(min, max)| Scale::of(Timestamp(*min), Timestamp(*max)))
            };
            let (head, tail) = times.split_at(cut.min(times.len() - 1));
            let whole = scale(&times);
            assert!(whole.len() <= STEPS && (whole.len() > STEPS / 2 || whole.shift == 0));
            assert_eq!(scale(head).and(&scale(tail)), whole);
            let mut joined = count(tail, &scale(tail));
            joined.rescale(&scale(tail), &whole);
            let mut other = count(head, &scale(head));
            other.rescale(&scale(head), &whole);
            joined.join(&other);
            let expected = count(&times, &whole);
            assert_eq!(joined.steps.iter().sum::<u32>() as usize, times.len());
            assert_eq!(joined, expected);
        }
    }
}
