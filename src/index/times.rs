//! The time column of a block: groups of 64 times, each as a distance from the group's earliest in the coarsest unit that
//! loses nothing.

use super::packed::{GROUP, get, pack, unpack, width};
use crate::base::time::{TimeRange, Timestamp};

/// Units that a group may count in, in nanoseconds; each divides the one before it.
const UNITS: [i64; 4] = [1_000_000_000, 1_000_000, 1_000, 1];

/// What the scan and the assembler hand over: nanoseconds, `NO_TIME` for none.
pub(super) const NO_TIME: i64 = i64::MIN;

/// Times of a block's records; empty if no record has one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TimeColumn {
    /// The earliest time of each group in nanoseconds.
    bases: Box<[i64]>,
    places: Box<[Place]>,
    words: Box<[u64]>,
    /// Which records have no time, a word per group; empty if all have one.
    missing: Box<[u64]>,
    len: usize,
}

/// Where the words of a group begin, and how to read them: `position << 9 | unit << 7 | width`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place(u32);

impl Place {
    fn new(position: usize, unit: usize, width: u32) -> Self {
        Self((position as u32) << 9 | (unit as u32) << 7 | width)
    }

    fn width(self) -> u32 {
        self.0 & 0x7f
    }

    fn unit(self) -> i64 {
        UNITS[(self.0 >> 7 & 3) as usize]
    }

    /// A time that no code of this width is behind.
    fn latest(self, base: i64) -> i64 {
        let most = u64::MAX.checked_shr(u64::BITS - self.width()).unwrap_or(0);
        let span = i64::try_from(most).unwrap_or(i64::MAX);
        base.saturating_add(span.saturating_mul(self.unit()))
    }

    fn words(self, all: &[u64]) -> &[u64] {
        all.get((self.0 >> 9) as usize..).unwrap_or_default()
    }
}

/// Earliest and latest time of a block in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) min: i64,
    pub(super) max: i64,
}

impl TimeColumn {
    pub(super) fn get(&self, at: usize) -> Option<Timestamp> {
        let group = at / GROUP;
        let (base, place) = (self.bases.get(group)?, self.places.get(group)?);
        if at >= self.len || self.missing(group) >> (at % GROUP) & 1 == 1 {
            return None;
        }
        let code = get(place.words(&self.words), place.width(), at % GROUP);
        Some(Timestamp(time_of(*base, code, place.unit())))
    }

    /// Which records of a group have a time.
    pub(super) fn there(&self, group: usize) -> u64 {
        match self.len.saturating_sub(group * GROUP).min(GROUP) {
            0 => 0,
            records => u64::MAX >> (GROUP - records) & !self.missing(group),
        }
    }

    /// The earliest time of a group, and one that none of it is behind.
    pub(super) fn span(&self, group: usize) -> Option<(i64, i64)> {
        let (base, place) = (self.bases.get(group)?, self.places.get(group)?);
        Some((*base, place.latest(*base)))
    }

    /// The times of a group; anything for records that have none.
    pub(super) fn group(&self, group: usize) -> [i64; GROUP] {
        let mut codes = [0; GROUP];
        let Some((base, place)) = self.bases.get(group).zip(self.places.get(group)) else {
            return [0; GROUP];
        };
        unpack(place.words(&self.words), place.width(), &mut codes);
        codes.map(|code| time_of(*base, code, place.unit()))
    }

    fn missing(&self, group: usize) -> u64 {
        self.missing.get(group).copied().unwrap_or(0)
    }

    /// Sets the bit of every record whose time lies in `range`; records without a time are never inside.
    pub(super) fn mark(&self, range: &TimeRange, words: &mut [u64]) {
        let groups = self.bases.iter().zip(&self.places).zip(words).enumerate();
        for (group, ((base, place), word)) in groups {
            *word |= self.there(group) & self.inside(*base, *place, range);
        }
    }

    /// Which records of a group lie in the range, if they have a time.
    fn inside(&self, base: i64, place: Place, range: &TimeRange) -> u64 {
        let unit = place.unit();
        let latest = place.latest(base);
        if range.since.is_some_and(|since| since.0 > latest)
            || range.until.is_some_and(|until| until.0 <= base)
        {
            return 0;
        }
        if range.contains(Timestamp(base)) && range.contains(Timestamp(latest)) {
            return u64::MAX;
        }
        let mut codes = [0; GROUP];
        unpack(place.words(&self.words), place.width(), &mut codes);
        let bits = codes.iter().enumerate();
        bits.fold(0, |word, (at, code)| {
            let time = Timestamp(time_of(base, *code, unit));
            word | u64::from(range.contains(time)) << at
        })
    }

    /// The same times, later by `nanos`.
    pub(super) fn later(mut self, nanos: i64) -> Self {
        for base in &mut self.bases {
            *base += nanos;
        }
        self
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.bases)
            + size_of_val(&*self.places)
            + size_of_val(&*self.words)
            + size_of_val(&*self.missing)
    }
}

fn time_of(base: i64, code: u64, unit: i64) -> i64 {
    base.wrapping_add((code as i64).wrapping_mul(unit))
}

/// Builds a column group by group; keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct TimesBuilder {
    bases: Vec<i64>,
    places: Vec<Place>,
    words: Vec<u64>,
    missing: Vec<u64>,
    len: usize,
    bounds: Option<Bounds>,
    /// Position in `UNITS` that suited the group before.
    unit: usize,
}

impl TimesBuilder {
    /// Adds the first `filled` of these times in nanoseconds, `NO_TIME` for none; only the last group may have fewer
    /// than all. Leaves the times as it needs them.
    pub(super) fn push_group(&mut self, times: &mut [i64; GROUP], filled: usize) {
        self.len += filled;
        // What a last group lacks is like its first time: it changes neither bounds nor width.
        let first = times[0];
        for place in times.iter_mut().skip(filled) {
            *place = first;
        }
        let mut missing = 0;
        let mut bounds = bounds_of(times);
        if bounds.min == NO_TIME {
            missing = fill_gaps(times, &mut bounds) & u64::MAX >> (GROUP - filled);
        }
        self.missing.push(missing);
        if bounds.max == NO_TIME {
            self.bases.push(0);
            self.places.push(Place::new(self.words.len(), 0, 0));
            return;
        }
        self.bounds = Some(match self.bounds {
            Some(known) => Bounds {
                min: known.min.min(bounds.min),
                max: known.max.max(bounds.max),
            },
            None => bounds,
        });
        let mut codes = [0; GROUP];
        let most = loop {
            match self.codes(times, bounds.min, &mut codes) {
                Some(most) => break most,
                None => self.unit += 1,
            }
        };
        self.bases.push(bounds.min);
        self.places
            .push(Place::new(self.words.len(), self.unit, width(most)));
        pack(&codes, filled, width(most), &mut self.words);
    }

    /// The distances of the group's times from `min` in the present unit, and all their bits together; `None` if one is
    /// no multiple of the unit.
    fn codes(&self, times: &[i64; GROUP], min: i64, codes: &mut [u64; GROUP]) -> Option<u64> {
        // One loop per unit, so that the division is by a constant.
        match self.unit {
            0 => divide::<1_000_000_000>(times, min, codes),
            1 => divide::<1_000_000>(times, min, codes),
            2 => divide::<1_000>(times, min, codes),
            _ => divide::<1>(times, min, codes),
        }
    }

    /// The column and what lies in it; leaves an empty builder.
    pub(super) fn take(&mut self) -> (TimeColumn, Option<Bounds>) {
        let bounds = self.bounds.take();
        let all_there = self.missing.iter().all(|word| *word == 0);
        let column = match bounds {
            Some(_) => TimeColumn {
                bases: self.bases.as_slice().into(),
                places: self.places.as_slice().into(),
                words: self.words.as_slice().into(),
                missing: if all_there {
                    Box::default()
                } else {
                    self.missing.as_slice().into()
                },
                len: self.len,
            },
            None => TimeColumn::default(),
        };
        self.bases.clear();
        self.places.clear();
        self.words.clear();
        self.missing.clear();
        self.len = 0;
        self.unit = 0;
        (column, bounds)
    }
}

/// Gives records without a time that of the earliest record, which costs no bits; says which they are, and the bounds of
/// the others.
#[cold]
fn fill_gaps(times: &mut [i64; GROUP], bounds: &mut Bounds) -> u64 {
    let known = times.iter().copied().filter(|time| *time != NO_TIME);
    bounds.min = known.min().unwrap_or(NO_TIME);
    let mut missing = 0;
    for (at, time) in times.iter_mut().enumerate() {
        if *time == NO_TIME {
            *time = bounds.min;
            missing |= 1 << at;
        }
    }
    missing
}

fn bounds_of(times: &[i64; GROUP]) -> Bounds {
    let (mut min, mut max) = (i64::MAX, i64::MIN);
    for time in times {
        min = min.min(*time);
        max = max.max(*time);
    }
    Bounds { min, max }
}

fn divide<const UNIT: u64>(
    times: &[i64; GROUP],
    min: i64,
    codes: &mut [u64; GROUP],
) -> Option<u64> {
    let (mut odd, mut most) = (0, 0);
    for (code, time) in codes.iter_mut().zip(times) {
        let distance = time.wrapping_sub(min) as u64;
        *code = distance / UNIT;
        odd |= distance ^ code.wrapping_mul(UNIT);
        most |= *code;
    }
    (odd == 0).then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    fn encoded(times: &[i64]) -> TimeColumn {
        let mut builder = TimesBuilder::default();
        for part in times.chunks(GROUP) {
            let mut group = [0; GROUP];
            group[..part.len()].copy_from_slice(part);
            builder.push_group(&mut group, part.len());
        }
        let (column, bounds) = builder.take();
        let known = || times.iter().copied().filter(|time| *time != NO_TIME);
        let expected = known().min().zip(known().max());
        assert_eq!(bounds, expected.map(|(min, max)| Bounds { min, max }));
        column
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
            let mut times = vec![5 * unit, NO_TIME, 3 * unit, 900 * unit, -7 * unit];
            times.extend((0..200).map(|n| n * n * unit));
            let column = encoded(&times);
            assert!(column.places.iter().all(|place| place.unit() >= unit));
            for (at, time) in times.iter().enumerate() {
                let expected = (*time != NO_TIME).then_some(Timestamp(*time));
                assert_eq!(column.get(at), expected);
            }
            assert_eq!(column.get(times.len()), None);
            assert_eq!(column.later(5).get(0), Some(Timestamp(5 * unit + 5)));
        }
    }

    #[test]
    fn the_ends_of_time_fit_into_one_group() {
        let times = [1, NO_TIME, i64::MIN + 1, i64::MAX];
        let column = encoded(&times);
        assert_eq!(column.get(2), Some(Timestamp(i64::MIN + 1)));
        assert_eq!(column.get(3), Some(Timestamp(i64::MAX)));
        assert_eq!(column.get(1), None);
        assert_eq!(encoded(&[NO_TIME, NO_TIME]), TimeColumn::default());
    }

    #[test]
    fn a_builder_begins_anew() {
        let mut builder = TimesBuilder::default();
        builder.push_group(&mut [3; GROUP], 1);
        builder.take();
        builder.push_group(&mut [2 * SECOND; GROUP], 1);
        let (column, _) = builder.take();
        assert_eq!(column, encoded(&[2 * SECOND]));
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
