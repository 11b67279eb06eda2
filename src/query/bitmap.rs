//! Which records of one block are rows: a mask to compute with, and a sealed bitmap to ask for ranks.
//!
//! A hand-made roaring set. A block has at most 65 536 records, so a slot is a `u16`, a mask is 8 KiB, and a list of up
//! to 4 096 slots is the smaller representation.

use std::ops::Range;
use std::sync::Arc;

use crate::base::id::Slot;

mod sealed;

pub use sealed::{Bitmap, BlockRows};

/// Most records that a block can have.
pub const SLOTS: usize = 65_536;
const WORDS: usize = SLOTS / 64;
/// A sorted list of slots is smaller than a bitmap up to this many rows.
const SPARSE_MAX: u32 = 4_096;

/// One bit per slot, for computing; one mask is reused for all steps of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    words: Box<[u64]>,
    records: u32,
}

impl Mask {
    /// All of a block's `records` (at most [`SLOTS`]).
    #[must_use]
    pub fn all(records: u32) -> Self {
        let records = records.min(SLOTS as u32);
        let mut words = vec![u64::MAX; (records as usize).div_ceil(64)].into_boxed_slice();
        if let (Some(last), used @ 1..) = (words.last_mut(), records % 64) {
            *last = (1 << used) - 1;
        }
        Self { words, records }
    }

    /// None of a block's `records` (at most [`SLOTS`]).
    #[must_use]
    pub fn none(records: u32) -> Self {
        let records = records.min(SLOTS as u32);
        let words = vec![0; (records as usize).div_ceil(64)].into_boxed_slice();
        Self { words, records }
    }

    /// The slots that a bitmap of at most as many records has.
    fn of_words(words: &[u64], records: u32) -> Self {
        let mut mask = Self::none(records);
        for (word, known) in mask.words.iter_mut().zip(words) {
            *word = *known;
        }
        mask
    }

    /// Number of slots, set or not.
    #[must_use]
    pub fn records(&self) -> u32 {
        self.records
    }

    /// Number of slots that are set.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether no slot is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether the slot is set.
    #[must_use]
    pub fn contains(&self, slot: Slot) -> bool {
        let word = self.words.get(slot.0 as usize / 64).copied().unwrap_or(0);
        word >> (slot.0 % 64) & 1 == 1
    }

    /// Sets a slot; slots beyond the block are ignored.
    pub fn insert(&mut self, slot: Slot) {
        if u32::from(slot.0) < self.records
            && let Some(word) = self.words.get_mut(slot.0 as usize / 64)
        {
            *word |= 1 << (slot.0 % 64);
        }
    }

    /// Keeps the slots that pass.
    pub fn retain(&mut self, passes: impl Fn(Slot) -> bool) {
        for (word, first) in self.words.iter_mut().zip((0..).step_by(64)) {
            let slots = (0..64_u16).filter(|bit| *word >> bit & 1 == 1);
            *word = slots
                .filter(|bit| passes(Slot(first + bit)))
                .fold(0, |kept, bit| kept | 1 << bit);
        }
    }

    /// Keeps the slots in a range.
    pub fn keep_range(&mut self, slots: Range<u32>) {
        for (at, word) in (0..).step_by(64).zip(&mut self.words) {
            let below = |end: u32| match end.saturating_sub(at) {
                part @ 0..64 => (1_u64 << part) - 1,
                _ => u64::MAX,
            };
            *word &= below(slots.end) & !below(slots.start);
        }
    }

    /// The bits, slot `n` in bit `n % 64` of word `n / 64`; bits beyond the last record stay 0.
    pub(super) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// The bits, as [`Self::words_mut`] gives them.
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    /// Keeps the slots that `other` has too.
    pub fn keep(&mut self, other: &Self) {
        for (word, keep) in self.words.iter_mut().zip(&other.words) {
            *word &= keep;
        }
    }

    /// Adds the slots that `other` has.
    pub fn join(&mut self, other: &Self) {
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Removes the slots that `other` has.
    pub fn remove(&mut self, other: &Self) {
        for (word, drop) in self.words.iter_mut().zip(&other.words) {
            *word &= !drop;
        }
    }

    /// Sets so many slots on both sides of each that is set.
    pub fn spread(&mut self, around: u32) {
        let mut before = self.words.clone();
        let mut behind = self.words.clone();
        // A set that is spread by n, shifted by up to n + 1, is spread by that much more.
        let mut done = 0;
        while done < around {
            let step = (done + 1).min(around - done);
            shift_or(&mut before, step, Towards::First);
            shift_or(&mut behind, step, Towards::Last);
            done += step;
        }
        for (word, more) in self.words.iter_mut().zip(before.iter().zip(&behind)) {
            *word |= more.0 | more.1;
        }
        if let (Some(last), used @ 1..) = (self.words.last_mut(), self.records % 64) {
            *last &= (1 << used) - 1;
        }
    }

    /// The first slot that is set at or after `from`.
    #[must_use]
    pub fn next(&self, from: u32) -> Option<Slot> {
        next_bit(&self.words, from)
    }

    /// The first slot at or after `from` that is not set; the number of slots if there is none.
    #[must_use]
    pub fn next_gap(&self, from: u32) -> u32 {
        let first = from as usize / 64;
        let unset = |(at, word): (usize, &u64)| {
            let ones = if at == first {
                (word | !(u64::MAX << (from % 64))).trailing_ones()
            } else {
                word.trailing_ones()
            };
            (ones < 64).then_some(at as u32 * 64 + ones)
        };
        let words = self.words.iter().enumerate().skip(first);
        let gap = { words }.find_map(unset).unwrap_or(self.records);
        gap.min(self.records)
    }

    /// The first slot behind `from` from which on none of 64 is set; the number of slots if there is none. Looks at whole
    /// words only, so the slots before may not be set either.
    #[must_use]
    pub fn next_hole(&self, from: u32) -> u32 {
        let first = from as usize / 64 + 1;
        let mut words = self.words.iter().skip(first);
        let hole = words.position(|word| *word == 0);
        hole.map_or(self.records, |words| (first + words) as u32 * 64)
    }

    /// The last slot that is set before `end`.
    #[must_use]
    pub fn previous(&self, end: u32) -> Option<Slot> {
        let end = end.min(self.records);
        let whole = end as usize / 64;
        let part = self
            .words
            .get(whole)
            .map_or(0, |word| word & ((1 << (end % 64)) - 1));
        let below = self.words.iter().take(whole).copied().enumerate();
        std::iter::once((whole, part))
            .chain(below.rev())
            .find(|(_, word)| *word != 0)
            .map(|(at, word)| Slot((at * 64) as u16 + 63 - word.leading_zeros() as u16))
    }

    /// The slots that are set, in order.
    pub fn iter(&self) -> impl Iterator<Item = Slot> + '_ {
        bits(&self.words)
    }

    /// The smallest representation of this mask.
    #[must_use]
    pub fn seal(&self) -> BlockRows {
        match self.count() {
            0 => BlockRows::None,
            all if all == self.records => BlockRows::All(all),
            few if few <= SPARSE_MAX => BlockRows::Sparse(self.iter().map(|slot| slot.0).collect()),
            _ => BlockRows::Dense(Arc::new(Bitmap::new(&self.words))),
        }
    }
}

/// Which way bits move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Towards {
    First,
    Last,
}

/// Adds to a set the same set moved by `by` slots; what leaves it is dropped.
fn shift_or(words: &mut [u64], by: u32, towards: Towards) {
    let (whole, bits) = ((by / 64) as usize, by % 64);
    let moved = |words: &[u64], at: usize| {
        let word = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or(0);
        let (near, far) = match towards {
            Towards::First => (at.checked_add(whole), at.checked_add(whole + 1)),
            Towards::Last => (at.checked_sub(whole), at.checked_sub(whole + 1)),
        };
        let carry = |word: u64| match (bits, towards) {
            (0, _) => 0,
            (_, Towards::First) => word << (64 - bits),
            (_, Towards::Last) => word >> (64 - bits),
        };
        match towards {
            Towards::First => word(near) >> bits | carry(word(far)),
            Towards::Last => word(near) << bits | carry(word(far)),
        }
    };
    // In the order in which no word is read after it was changed.
    let change = |words: &mut [u64], at: usize| {
        let more = moved(words, at);
        if let Some(word) = words.get_mut(at) {
            *word |= more;
        }
    };
    match towards {
        Towards::First => (0..words.len()).for_each(|at| change(words, at)),
        Towards::Last => (0..words.len()).rev().for_each(|at| change(words, at)),
    }
}

fn next_bit(words: &[u64], from: u32) -> Option<Slot> {
    let first = from as usize / 64;
    let mut word = words.get(first)? & (u64::MAX << (from % 64));
    let mut at = first;
    while word == 0 {
        at += 1;
        word = *words.get(at)?;
    }
    Some(Slot((at * 64) as u16 + word.trailing_zeros() as u16))
}

fn bits(words: &[u64]) -> impl Iterator<Item = Slot> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest - 1;
            Some(Slot((at * 64) as u16 + bit as u16))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask_of(records: u32, test: impl Fn(u32) -> bool) -> Mask {
        let mut mask = Mask::all(records);
        mask.retain(|slot| test(u32::from(slot.0)));
        mask
    }

    #[test]
    fn every_representation_answers_like_a_list_of_slots() {
        type Test = fn(u32) -> bool;
        let tests: [(u32, Test); 9] = [
            (0, |_| true),
            (1, |_| true),
            (65_536, |_| true),
            (65_536, |_| false),
            (65_536, |slot| slot == 65_535),
            (65_536, |slot| slot % 3 == 0),
            (65_536, |slot| slot % 1000 == 7),
            (5_001, |slot| slot != 64),
            (70, |slot| slot > 62),
        ];
        for (records, test) in tests {
            let rows = mask_of(records, test).seal();
            let slots: Vec<u32> = (0..records).filter(|slot| test(*slot)).collect();
            assert_eq!(rows.count() as usize, slots.len());
            assert!(
                rows.iter()
                    .map(|slot| u32::from(slot.0))
                    .eq(slots.iter().copied())
            );
            assert_eq!(rows.nth(slots.len() as u32), None);
            for (row, slot) in slots.iter().enumerate().step_by(97) {
                assert_eq!(rows.nth(row as u32), Some(Slot(*slot as u16)));
                assert_eq!(rows.rank(*slot), row as u32);
                assert!(rows.contains(Slot(*slot as u16)));
            }
            assert_eq!(rows.rank(records), slots.len() as u32);
            assert_eq!(rows.mask(records), mask_of(records, test));
        }
    }

    #[test]
    fn the_smallest_representation_is_chosen() {
        assert!(matches!(
            mask_of(65_536, |s| s < 4_096).seal(),
            BlockRows::Sparse(_)
        ));
        assert!(matches!(
            mask_of(65_536, |s| s < 4_097).seal(),
            BlockRows::Dense(_)
        ));
        assert_eq!(mask_of(100, |_| true).seal(), BlockRows::All(100));
        assert_eq!(mask_of(100, |_| false).seal(), BlockRows::None);
    }

    #[test]
    fn next_walks_over_empty_words() {
        let mask = mask_of(1000, |slot| slot == 3 || slot == 777);
        assert_eq!(mask.next(0), Some(Slot(3)));
        assert_eq!(mask.next(4), Some(Slot(777)));
        assert_eq!(mask.next(778), None);
        assert_eq!(mask.next(5000), None);
        assert_eq!(mask.previous(1000), Some(Slot(777)));
        for (from, gap) in [(0, 0), (3, 4), (777, 778), (5000, 1000)] {
            assert_eq!(mask.next_gap(from), gap);
        }
        let holes = mask_of(65_536, |slot| slot != 700 && slot < 65_500);
        for (from, gap) in [(0, 700), (64, 700), (701, 65_500), (65_535, 65_535)] {
            assert_eq!(holes.next_gap(from), gap);
        }
        assert_eq!(Mask::all(65_536).next_gap(3), 65_536);
        assert_eq!(mask.next_hole(3), 64);
        assert_eq!(mask.next_hole(777), 832);
        assert_eq!(
            (holes.next_hole(0), Mask::all(70).next_hole(65)),
            (65_536, 70)
        );
        assert_eq!(Mask::all(70).next_gap(65), 70);
        assert_eq!(mask.previous(777), Some(Slot(3)));
        assert_eq!(mask.previous(3), None);
        for range in [0..0, 0..64, 3..5, 60..70, 64..128, 100..2000] {
            let mut mask = Mask::all(1000);
            mask.keep_range(range.clone());
            assert!(
                mask.iter()
                    .map(|slot| u32::from(slot.0))
                    .eq(range.clone().filter(|slot| *slot < 1000))
            );
        }
        assert_eq!(Mask::all(65_536).previous(65_536), Some(Slot(65_535)));
    }
}
