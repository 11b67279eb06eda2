//! The numbers of one step of time.

use std::mem;

use crate::base::id::RecordNo;
use crate::query::fields::{middle_of, quantile, range_of};

/// Bits of a number's fraction that tell its range: a quantile is within 3 %, which no eye sees in a plot.
const FRACTION: u32 = 4;

/// How many numbers lie in which range, and the least and the most of them with their records.
#[derive(Debug, Clone, Default)]
pub(super) struct Bucket {
    /// Ranges that have numbers, in order.
    ranges: Vec<(i16, u32)>,
    ends: Option<(End, End)>,
}

/// A number, and a record that has it.
pub(super) type End = (f64, RecordNo);

impl Bucket {
    pub(super) fn add(&mut self, number: f64, record: RecordNo) {
        let end = (number, record);
        self.note_ends(end, end);
        self.count(range_of(number, FRACTION) as i16, 1);
    }

    /// Of equal ones the first record counts, in whatever order they come.
    fn note_ends(&mut self, least: End, most: End) {
        let (least, most) = match self.ends {
            None => (least, most),
            Some((low, high)) => {
                let below =
                    |one: End, other: End| one.0 < other.0 || (one.0 == other.0 && one.1 < other.1);
                let above =
                    |one: End, other: End| one.0 > other.0 || (one.0 == other.0 && one.1 < other.1);
                (
                    if below(least, low) { least } else { low },
                    if above(most, high) { most } else { high },
                )
            }
        };
        self.ends = Some((least, most));
    }

    fn count(&mut self, range: i16, times: u32) {
        match self
            .ranges
            .binary_search_by_key(&range, |(range, _)| *range)
        {
            Ok(at) => {
                if let Some((_, count)) = self.ranges.get_mut(at) {
                    *count = count.saturating_add(times);
                }
            }
            Err(at) => self.ranges.insert(at, (range, times)),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        let Some((least, most)) = other.ends else {
            return;
        };
        self.note_ends(least, most);
        if self.ranges.is_empty() {
            self.ranges = other.ranges;
            return;
        }
        let mut more = other.ranges.into_iter().peekable();
        let mut both = Vec::with_capacity(self.ranges.len() + more.len());
        for (range, count) in mem::take(&mut self.ranges) {
            while let Some(one) = more.next_if(|(other, _)| *other < range) {
                both.push(one);
            }
            let same = more.next_if(|(other, _)| *other == range);
            let same = same.map_or(0, |(_, count)| count);
            both.push((range, count.saturating_add(same)));
        }
        both.extend(more);
        self.ranges = both;
    }

    /// The least and the most, with their records; `None` without numbers.
    pub(super) fn ends(&self) -> Option<(End, End)> {
        self.ends
    }

    /// How many numbers there are.
    pub(super) fn total(&self) -> u64 {
        self.ranges.iter().map(|(_, count)| u64::from(*count)).sum()
    }

    /// The number below which this part of them lies.
    pub(super) fn quantile(&self, part: f64) -> Option<f64> {
        let (least, most) = self.ends?;
        let numbers = self.ranges.iter();
        let numbers = numbers
            .map(|(range, count)| (middle_of(i32::from(*range), FRACTION), u64::from(*count)));
        quantile(numbers, part).map(|number| number.clamp(least.0, most.0))
    }
}
