//! The time column of a block: offsets from its earliest time in the coarsest unit that loses nothing.

use crate::base::time::{TimeRange, Timestamp};

/// Units that a column may count in, in nanoseconds; each divides the one before it.
const UNITS: [i64; 4] = [1_000_000_000, 1_000_000, 1_000, 1];

/// Marks a record without a time in a narrow column.
const NO_TIME_NARROW: u32 = u32::MAX;
/// Marks a record without a time in a wide column.
const NO_TIME_WIDE: i64 = i64::MIN;

/// What the scan and the assembler hand over: nanoseconds, `NO_TIME` for none.
pub(super) const NO_TIME: i64 = i64::MIN;

/// Times of a block's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TimeColumn {
    /// No record has a time.
    None,
    /// Four bytes: `base + code * unit`.
    Narrow {
        base: i64,
        unit: i64,
        codes: Box<[u32]>,
    },
    /// Eight bytes: nanoseconds.
    Wide(Box<[i64]>),
}

impl TimeColumn {
    /// Encodes nanoseconds; `NO_TIME` where a record has none.
    pub(super) fn new(times: &[i64], bounds: Option<&Bounds>) -> Self {
        let Some(bounds) = bounds else {
            return Self::None;
        };
        match bounds.narrow(times) {
            Some(codes) => Self::Narrow {
                base: bounds.min,
                unit: bounds.unit,
                codes,
            },
            None => Self::Wide(times.into()),
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<Timestamp> {
        match self {
            Self::None => None,
            Self::Narrow { base, unit, codes } => codes
                .get(at)
                .filter(|code| **code != NO_TIME_NARROW)
                .map(|code| Timestamp(base + i64::from(*code) * unit)),
            Self::Wide(times) => times
                .get(at)
                .filter(|time| **time != NO_TIME_WIDE)
                .map(|time| Timestamp(*time)),
        }
    }

    /// Sets the bit of every record whose time lies in `range`; records without a time are never inside.
    pub(super) fn mark(&self, range: &TimeRange, words: &mut [u64]) {
        let since = range.since.map_or(i64::MIN, |since| since.0);
        let until = range.until.map_or(i64::MAX, |until| until.0);
        match self {
            Self::None => {}
            Self::Narrow { base, unit, codes } => {
                // `base + code * unit` lies in since..until exactly when the code lies in first..end.
                let first = div_ceil(since.saturating_sub(*base), *unit);
                let end = match range.until {
                    Some(_) => div_ceil(until.saturating_sub(*base), *unit),
                    None => i64::MAX,
                };
                let first = u32::try_from(first.max(0)).unwrap_or(NO_TIME_NARROW);
                let end = u32::try_from(end.max(0)).unwrap_or(NO_TIME_NARROW);
                let width = end.saturating_sub(first);
                mark_words(codes, words, |code| code.wrapping_sub(first) < width);
            }
            Self::Wide(times) => {
                let open = range.until.is_none();
                mark_words(times, words, |time| {
                    time != NO_TIME_WIDE && time >= since && (open || time < until)
                });
            }
        }
    }

    /// The same times, later by `nanos`.
    pub(super) fn later(self, nanos: i64) -> Self {
        match self {
            Self::None => Self::None,
            Self::Narrow { base, unit, codes } => Self::Narrow {
                base: base + nanos,
                unit,
                codes,
            },
            Self::Wide(times) => Self::Wide(
                times
                    .iter()
                    .map(|time| match *time {
                        NO_TIME_WIDE => NO_TIME_WIDE,
                        time => time + nanos,
                    })
                    .collect(),
            ),
        }
    }

    pub(super) fn heap_bytes(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Narrow { codes, .. } => size_of_val(&**codes),
            Self::Wide(times) => size_of_val(&**times),
        }
    }
}

/// Earliest and latest time and the coarsest unit that both and all between are multiples of.
#[derive(Debug)]
pub(super) struct Bounds {
    pub(super) min: i64,
    pub(super) max: i64,
    unit: i64,
}

impl Bounds {
    /// `None` if no record has a time.
    pub(super) fn of(times: &[i64]) -> Option<Self> {
        let known = || times.iter().copied().filter(|time| *time != NO_TIME);
        let min = known().min()?;
        let max = known().max()?;
        let unit = UNITS
            .into_iter()
            .find(|unit| known().all(|time| time % unit == 0))
            .unwrap_or(1);
        Some(Self { min, max, unit })
    }

    /// The codes if four bytes hold the span.
    fn narrow(&self, times: &[i64]) -> Option<Box<[u32]>> {
        let span = self.max.checked_sub(self.min)? / self.unit;
        if span >= i64::from(NO_TIME_NARROW) {
            return None;
        }
        // One loop per unit, so that the division is by a constant.
        Some(match self.unit {
            1_000_000_000 => self.codes(times, |span| span / 1_000_000_000),
            1_000_000 => self.codes(times, |span| span / 1_000_000),
            1_000 => self.codes(times, |span| span / 1_000),
            _ => self.codes(times, |span| span),
        })
    }

    fn codes(&self, times: &[i64], divide: impl Fn(u64) -> u64) -> Box<[u32]> {
        times
            .iter()
            .map(|time| match *time {
                NO_TIME => NO_TIME_NARROW,
                time => divide(time.wrapping_sub(self.min) as u64) as u32,
            })
            .collect()
    }
}

fn div_ceil(value: i64, unit: i64) -> i64 {
    value.div_euclid(unit) + i64::from(value.rem_euclid(unit) != 0)
}

/// Sets bit n of `words` for every value n that passes.
fn mark_words<T: Copy>(values: &[T], words: &mut [u64], inside: impl Fn(T) -> bool) {
    for (word, values) in words.iter_mut().zip(values.chunks(64)) {
        let mut bits = 0_u64;
        for (at, value) in values.iter().enumerate() {
            bits |= u64::from(inside(*value)) << at;
        }
        *word |= bits;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    fn encoded(times: &[i64]) -> TimeColumn {
        TimeColumn::new(times, Bounds::of(times).as_ref())
    }

    fn marked(
        column: &TimeColumn,
        len: usize,
        since: Option<i64>,
        until: Option<i64>,
    ) -> Vec<usize> {
        let mut words = vec![0; len.div_ceil(64)];
        let range = TimeRange {
            since: since.map(Timestamp),
            until: until.map(Timestamp),
        };
        column.mark(&range, &mut words);
        (0..len)
            .filter(|at| {
                words
                    .get(at / 64)
                    .is_some_and(|word| word >> (at % 64) & 1 == 1)
            })
            .collect()
    }

    #[test]
    fn every_unit_comes_back_as_it_was() {
        for unit in UNITS {
            let times = [5 * unit, NO_TIME, 3 * unit, 900 * unit, -7 * unit];
            let column = encoded(&times);
            assert!(matches!(&column, TimeColumn::Narrow { unit: used, .. } if *used == unit));
            for (at, time) in times.iter().enumerate() {
                let expected = (*time != NO_TIME).then_some(Timestamp(*time));
                assert_eq!(column.get(at), expected);
            }
        }
    }

    #[test]
    fn a_span_too_long_for_four_bytes_takes_eight() {
        let times = [1, NO_TIME, 400 * 86_400 * SECOND, i64::MAX];
        let column = encoded(&times);
        assert!(matches!(column, TimeColumn::Wide(_)));
        assert_eq!(column.get(3), Some(Timestamp(i64::MAX)));
        assert_eq!(column.get(1), None);
        assert_eq!(encoded(&[NO_TIME, NO_TIME]), TimeColumn::None);
    }

    #[test]
    fn ranges_agree_with_comparing_times() {
        let narrow: Vec<i64> = (0..200)
            .map(|n| if n % 9 == 0 { NO_TIME } else { n * 1000 })
            .collect();
        let mut wide = narrow.clone();
        wide.push(i64::MAX);
        for times in [narrow, wide] {
            let column = encoded(&times);
            let bounds = [
                None,
                Some(i64::MIN),
                Some(0),
                Some(999),
                Some(1000),
                Some(77_500),
                Some(i64::MAX),
            ];
            for since in bounds {
                for until in bounds {
                    let expected: Vec<usize> = (0..times.len())
                        .filter(|at| {
                            let time = times.get(*at).copied().unwrap_or(NO_TIME);
                            time != NO_TIME
                                && since.is_none_or(|since| time >= since)
                                && until.is_none_or(|until| time < until)
                        })
                        .collect();
                    assert_eq!(
                        marked(&column, times.len(), since, until),
                        expected,
                        "{since:?} {until:?}"
                    );
                }
            }
        }
    }
}
