//! The values of one field and how often each occurs.
//!
//! Up to [`EXACT`] different values are counted exactly. Beyond that, those that occur often are kept (Misra and Gries,
//! 1982, in the form that merges: Agarwal et al., 2012): a count may then be too small, by about `short`, which is no more
//! than one in [`KEPT`] of all occurrences, so that every value with a larger share than that is there. A value comes in
//! when it is seen again soon, since most of many never are: its first one or two times are not counted. How many different
//! ones there are, and what the numbers among them are like, is estimated then.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::distinct::Distinct;
use super::numbers::Sketch;
use crate::query::number::{Unit, Units, measured};

/// So many different values are counted exactly.
pub const EXACT: usize = 1_000;
/// At least so many are kept of more.
const KEPT: usize = 500;
/// Bytes of a value that are kept.
pub(super) const LONGEST: usize = 120;

/// The values of a field.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    /// By hash.
    kept: FxHashMap<u64, Entry>,
    /// The beginnings of the values, one after the other.
    texts: Vec<u8>,
    /// How many values there are in all.
    occurrences: u64,
    /// By how much counts may be too small.
    short: u64,
    /// What is known of all of them, when there are more than can be kept.
    many: Option<Box<Many>>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    count: u64,
    at: u32,
    /// `UNTOLD` where the text was not kept.
    len: u8,
    is_cut: bool,
}

/// The text of a value that another one keeps is kept when the value comes again.
const UNTOLD: u8 = u8::MAX;

/// A value that came more often is expected to come again.
const OFTEN: u64 = 3;

#[derive(Debug, Clone, Default)]
struct Many {
    distinct: Distinct,
    numbers: Numbers,
    /// What was seen lately, by parts of its hash.
    recent: Recent,
}

/// Values that were seen lately and are not kept.
#[derive(Debug, Clone)]
struct Recent(Box<[u32; RECENT]>);

/// How many those are.
const RECENT: usize = 512;

impl Default for Recent {
    fn default() -> Self {
        Self(Box::new([0; RECENT]))
    }
}

impl Recent {
    /// Whether a value was seen lately; it is now.
    fn again(&mut self, hash: u64) -> bool {
        let at = hash as usize % RECENT;
        let tag = (hash >> 32) as u32 | 1;
        let slot = self.0.get_mut(at);
        slot.is_some_and(|slot| std::mem::replace(slot, tag) == tag)
    }
}

/// The numbers among many values.
#[derive(Debug, Clone, Default)]
struct Numbers {
    sketch: Sketch,
    /// What they say that they count.
    units: Units,
}

/// Numbers in order, and how often each occurs.
#[derive(Debug, Clone, Default)]
pub(super) struct Counted {
    /// Each of them, or where there are many the middle of a range around some.
    pub(super) numbers: Vec<(f64, u64)>,
    pub(super) unit: Unit,
    /// The least and the most.
    pub(super) ends: Option<(f64, f64)>,
}

impl Numbers {
    fn add(&mut self, value: &[u8], times: u64) {
        if let Some((number, unit)) = measured(value) {
            self.sketch.add(number, times);
            self.units.add(unit);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.sketch.merge(&other.sketch);
        self.units.merge(other.units);
    }
}

/// A value that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kept<'a> {
    pub(super) text: &'a [u8],
    pub(super) count: u64,
    /// There is more of it.
    pub(super) is_cut: bool,
}

/// A hash all of whose bits are as good as random.
pub(super) fn hash(value: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(value);
    let hash = hasher.finish();
    // The last steps of MurmurHash3.
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

impl Values {
    /// Adds a value.
    pub(super) fn add(&mut self, value: &[u8]) {
        self.occurrences += 1;
        let hash = hash(value);
        if let Some(many) = &mut self.many {
            many.distinct.add(hash);
            many.numbers.add(value, 1);
        }
        let text = value.get(..LONGEST).unwrap_or(value);
        let is_cut = text.len() < value.len();
        match self.kept.get_mut(&hash) {
            Some(entry) => {
                entry.count += 1;
                if entry.len == UNTOLD {
                    (entry.at, entry.len) = keep(&mut self.texts, text);
                }
            }
            None => {
                let many = self.many.as_mut();
                if many.is_none_or(|many| many.recent.again(hash)) {
                    self.insert_text(hash, text, is_cut, 1);
                }
            }
        }
    }

    fn insert_text(&mut self, hash: u64, text: &[u8], is_cut: bool, count: u64) {
        let (at, len) = keep(&mut self.texts, text);
        let entry = Entry {
            count,
            at,
            len,
            is_cut,
        };
        self.insert(hash, entry);
    }

    fn insert(&mut self, hash: u64, entry: Entry) {
        self.kept.insert(hash, entry);
        if self.kept.len() > EXACT {
            self.make_room();
        }
    }

    /// There are more than can be kept.
    fn make_room(&mut self) {
        self.count_many();
        let mut counts: Vec<u64> = self.kept.values().map(|entry| entry.count).collect();
        let (_, floor, _) = counts.select_nth_unstable_by(KEPT, |one, other| other.cmp(one));
        let floor = *floor;
        self.short += floor;
        self.kept.retain(|_, entry| {
            entry.count = entry.count.saturating_sub(floor);
            entry.count > 0
        });
        let before = std::mem::take(&mut self.texts);
        for entry in self.kept.values_mut() {
            if let Some(text) = text_of(entry, &before) {
                (entry.at, entry.len) = keep(&mut self.texts, text);
            }
        }
    }

    /// From now on, what is known of all values is kept apart from the values.
    fn count_many(&mut self) -> &mut Many {
        let Self {
            kept, texts, many, ..
        } = self;
        many.get_or_insert_with(|| {
            let mut many = Many::default();
            for (hash, entry) in kept {
                many.distinct.add(*hash);
                many.numbers
                    .add(text_of(entry, texts).unwrap_or_default(), entry.count);
            }
            Box::new(many)
        })
    }

    /// Nothing, ready for values like these.
    pub(super) fn seed(&self) -> Self {
        if self.many.is_none() {
            return Self::default();
        }
        let often = { self.kept.iter() }.filter(|(_, entry)| entry.count > OFTEN);
        let mut often: Vec<_> = often.map(|(hash, entry)| (*hash, *entry)).collect();
        often.sort_unstable_by_key(|(_, entry)| std::cmp::Reverse(entry.count));
        often.truncate(EXACT / 2);
        let kept = often.into_iter().map(|(hash, entry)| {
            let entry = Entry {
                count: 0,
                at: 0,
                len: UNTOLD,
                ..entry
            };
            (hash, entry)
        });
        Self {
            kept: kept.collect(),
            many: Some(Box::default()),
            ..Self::default()
        }
    }

    /// Adds what another one has.
    pub(super) fn merge(&mut self, other: &Self) {
        if let Some(more) = &other.many {
            let many = self.count_many();
            many.distinct.merge(&more.distinct);
            many.numbers.merge(&more.numbers);
        }
        self.occurrences += other.occurrences;
        self.short += other.short;
        for (hash, entry) in other.kept.iter().filter(|(_, entry)| entry.count > 0) {
            let text = text_of(entry, &other.texts);
            if let Some(many) = self.many.as_mut().filter(|_| other.many.is_none()) {
                many.distinct.add(*hash);
                many.numbers.add(text.unwrap_or_default(), entry.count);
            }
            let known = self.kept.get_mut(hash);
            match (known, text) {
                (Some(known), text) => {
                    known.count += entry.count;
                    if let Some(text) = text.filter(|_| known.len == UNTOLD) {
                        (known.at, known.len) = keep(&mut self.texts, text);
                    }
                }
                (None, Some(text)) => self.insert_text(*hash, text, entry.is_cut, entry.count),
                (None, None) => self.insert(*hash, *entry),
            }
        }
    }

    /// How many values there are in all.
    pub(super) fn occurrences(&self) -> u64 {
        self.occurrences
    }

    /// How many different values there are, and whether that is exact.
    pub(super) fn distinct(&self) -> (u64, bool) {
        match &self.many {
            None => (self.kept.len() as u64, true),
            Some(many) => (many.distinct.estimate().max(EXACT as u64 + 1), false),
        }
    }

    /// By how much counts may be too small.
    pub(super) fn short(&self) -> u64 {
        self.short
    }

    /// Those that are kept, in no order.
    pub(super) fn kept(&self) -> impl Iterator<Item = Kept<'_>> {
        let kept = self.kept.values();
        kept.filter_map(|entry| {
            Some(Kept {
                text: text_of(entry, &self.texts)?,
                count: entry.count,
                is_cut: entry.is_cut,
            })
        })
    }

    /// The numbers among them.
    pub(super) fn numbers(&self) -> Counted {
        if let Some(many) = &self.many {
            let Numbers { sketch, units } = &many.numbers;
            return Counted {
                numbers: sketch.ranges().collect(),
                unit: units.unit(),
                ends: sketch.ends(),
            };
        }
        let mut units = Units::default();
        let kept = self.kept().filter_map(|value| {
            let (number, its) = measured(value.text)?;
            units.add(its);
            Some((number, value.count))
        });
        let mut numbers: Vec<_> = kept.collect();
        numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
        let ends = numbers.first().zip(numbers.last());
        Counted {
            ends: ends.map(|(least, most)| (least.0, most.0)),
            numbers,
            unit: units.unit(),
        }
    }
}

/// Adds a text; where it is.
fn keep(texts: &mut Vec<u8>, text: &[u8]) -> (u32, u8) {
    let at = texts.len() as u32;
    texts.extend_from_slice(text);
    (at, text.len() as u8)
}

fn text_of<'a>(entry: &Entry, texts: &'a [u8]) -> Option<&'a [u8]> {
    let at = entry.at as usize;
    let len = Some(entry.len).filter(|len| *len != UNTOLD)?;
    texts.get(at..at + usize::from(len))
}
