//! Masks that change no more, each kept in the smallest way.

use std::sync::Arc;

use super::{Mask, SLOTS, WORDS, bits};
use crate::base::id::Slot;

/// Words between two entries of the rank directory.
const STRIDE: usize = 8;

/// A sealed mask that answers ranks and selections without counting from its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    words: Box<[u64]>,
    /// Bits set before word `i * STRIDE`.
    before: Box<[u32]>,
    count: u32,
}

impl Bitmap {
    pub(super) fn new(words: &[u64]) -> Self {
        debug_assert!(words.len() <= WORDS, "a block has at most {SLOTS} slots");
        let mut count = 0;
        let before = words
            .chunks(STRIDE)
            .map(|chunk| {
                let here = count;
                count += chunk.iter().map(|word| word.count_ones()).sum::<u32>();
                here
            })
            .collect();
        Self {
            words: words.into(),
            before,
            count,
        }
    }

    /// Number of slots that are set.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    fn contains(&self, slot: Slot) -> bool {
        let word = self.words.get(slot.0 as usize / 64).copied().unwrap_or(0);
        word >> (slot.0 % 64) & 1 == 1
    }

    /// Number of set slots before `slot`.
    fn rank(&self, slot: u32) -> u32 {
        let at = slot as usize / 64;
        let Some(word) = self.words.get(at) else {
            return self.count;
        };
        let stride = at / STRIDE;
        let whole: u32 = self.words[stride * STRIDE..at]
            .iter()
            .map(|word| word.count_ones())
            .sum();
        let part = word & ((1_u64 << (slot % 64)) - 1);
        self.before[stride] + whole + part.count_ones()
    }

    /// The set slot that has `n` set slots before it.
    fn select(&self, n: u32) -> Option<Slot> {
        if n >= self.count {
            return None;
        }
        let stride = self.before.partition_point(|before| *before <= n) - 1;
        let mut left = n - self.before[stride];
        for (at, word) in self.words.iter().enumerate().skip(stride * STRIDE) {
            let ones = word.count_ones();
            if left < ones {
                return Some(Slot((at * 64 + select_in_word(*word, left)) as u16));
            }
            left -= ones;
        }
        None
    }
}

/// Position of the set bit that has `n` set bits below it; `n` is less than the number of set bits.
fn select_in_word(mut word: u64, n: u32) -> usize {
    for _ in 0..n {
        word &= word - 1;
    }
    word.trailing_zeros() as usize
}

/// The rows of one block in the smallest of four representations; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockRows {
    /// No record.
    None,
    /// Every record; the number says how many there are.
    All(u32),
    /// Few records, sorted.
    Sparse(Arc<[u16]>),
    /// Many records.
    Dense(Arc<Bitmap>),
}

impl BlockRows {
    /// Number of rows.
    #[must_use]
    pub fn count(&self) -> u32 {
        match self {
            Self::None => 0,
            Self::All(records) => *records,
            Self::Sparse(slots) => slots.len() as u32,
            Self::Dense(bitmap) => bitmap.count(),
        }
    }

    /// Whether the record is a row.
    #[must_use]
    pub fn contains(&self, slot: Slot) -> bool {
        match self {
            Self::None => false,
            Self::All(records) => u32::from(slot.0) < *records,
            Self::Sparse(slots) => slots.binary_search(&slot.0).is_ok(),
            Self::Dense(bitmap) => bitmap.contains(slot),
        }
    }

    /// Number of rows before `slot`, which may be one past the last.
    #[must_use]
    pub fn rank(&self, slot: u32) -> u32 {
        match self {
            Self::None => 0,
            Self::All(records) => slot.min(*records),
            Self::Sparse(slots) => slots.partition_point(|row| u32::from(*row) < slot) as u32,
            Self::Dense(bitmap) => bitmap.rank(slot),
        }
    }

    /// The slot of row `n` of this block.
    #[must_use]
    pub fn nth(&self, n: u32) -> Option<Slot> {
        match self {
            Self::None => None,
            Self::All(records) => (n < *records).then_some(Slot(n as u16)),
            Self::Sparse(slots) => slots.get(n as usize).map(|slot| Slot(*slot)),
            Self::Dense(bitmap) => bitmap.select(n),
        }
    }

    /// The slots of the rows, in order.
    pub fn iter(&self) -> Box<dyn Iterator<Item = Slot> + '_> {
        match self {
            Self::None => Box::new(std::iter::empty()),
            Self::All(records) => Box::new((0..*records).map(|slot| Slot(slot as u16))),
            Self::Sparse(slots) => Box::new(slots.iter().map(|slot| Slot(*slot))),
            Self::Dense(bitmap) => Box::new(bits(&bitmap.words)),
        }
    }

    /// The rows as a mask over a block of `records`.
    #[must_use]
    pub fn mask(&self, records: u32) -> Mask {
        match self {
            Self::All(_) => Mask::all(records),
            Self::Dense(bitmap) => Mask::of_words(&bitmap.words, records),
            Self::None | Self::Sparse(_) => {
                let mut mask = Mask::none(records);
                self.iter().for_each(|slot| mask.insert(slot));
                mask
            }
        }
    }

    /// Bytes on the heap, shared ones included.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::None | Self::All(_) => 0,
            Self::Sparse(slots) => slots.len() * 2,
            Self::Dense(bitmap) => bitmap.words.len() * 8 + bitmap.before.len() * 4,
        }
    }
}
