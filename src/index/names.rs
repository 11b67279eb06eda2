//! Numbers for the names that occur in one chunk, in the order in which they occur first.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Pairs of entries of the look-aside table; a power of two.
const PAIRS: usize = 1024;

/// Names up to this length are told apart by four words.
const SHORT: usize = 32;

/// Names and their numbers. Neighbouring records repeat a few names, so a small table of recent ones answers nearly
/// always, without hashing or comparing the whole name.
#[derive(Debug, Default)]
pub(super) struct Names {
    list: NameList,
    /// The prints of the names in `list`.
    prints: Vec<Print>,
    /// The newest name with a print, and by number the name before it with the same print: names that are longer than
    /// `SHORT` may share one.
    newest: HashMap<Print, u32, FxBuildHasher>,
    before: Vec<Option<u32>>,
    /// Numbers + 1 of the two names that were looked up last with this hash; empty until the first name.
    recent: Vec<[u32; 2]>,
}

/// Names in the order of their numbers, one behind the other.
#[derive(Debug, Default)]
pub(super) struct NameList {
    bytes: Vec<u8>,
    /// Where each name ends.
    ends: Vec<u32>,
}

impl NameList {
    fn push(&mut self, name: &[u8]) {
        self.bytes.extend_from_slice(name);
        // A chunk is shorter than 4 GiB, and so are all its names together.
        self.ends.push(self.bytes.len() as u32);
    }

    fn get(&self, number: usize) -> Option<&[u8]> {
        let start = number
            .checked_sub(1)
            .map_or(Some(&0), |before| self.ends.get(before))?;
        let end = self.ends.get(number)?;
        self.bytes.get(*start as usize..*end as usize)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).filter_map(|number| self.get(number))
    }
}

/// A name as four words and its length. Two names of up to `SHORT` bytes are the same if their prints are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Print {
    len: usize,
    words: [u64; 4],
}

impl Print {
    #[inline]
    fn of(name: &[u8]) -> Self {
        let len = name.len();
        let Some(last) = len.checked_sub(8) else {
            let short = name.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
            return Self {
                len,
                words: [short, 0, 0, 0],
            };
        };
        let word = |at: usize| {
            let bytes = name.get(at..).and_then(|rest| rest.first_chunk::<8>());
            bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
        };
        // From both ends, overlapping in a name of less than 32 bytes.
        let words = [
            word(0),
            word(last.min(8)),
            word(last.saturating_sub(8)),
            word(last),
        ];
        Self { len, words }
    }

    #[inline]
    fn is(&self, other: &Self) -> bool {
        let [a, b, c, d] = self.words;
        let [e, f, g, h] = other.words;
        (a ^ e | b ^ f | c ^ g | d ^ h) == 0 && self.len == other.len
    }

    /// A position in the table of recent names.
    #[inline]
    fn place(&self) -> usize {
        let [a, b, c, d] = self.words;
        let mixed = a ^ b.rotate_left(23) ^ c.rotate_left(41) ^ d.rotate_left(11) ^ self.len as u64;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
    }
}

impl Names {
    /// The number of a name, a new one if it is new.
    #[inline]
    pub(super) fn number(&mut self, name: &[u8]) -> u32 {
        let print = Print::of(name);
        let place = print.place();
        let [first, second] = self.recent.get(place).copied().unwrap_or_default();
        if self.is(first, &print, name) {
            first - 1
        } else if self.is(second, &print, name) {
            second - 1
        } else {
            self.look_up(name, print, place)
        }
    }

    /// Whether an entry of the look-aside table is this name.
    #[inline]
    fn is(&self, entry: u32, print: &Print, name: &[u8]) -> bool {
        let number = entry.wrapping_sub(1);
        let known = self.prints.get(number as usize);
        known.is_some_and(|known| known.is(print))
            && (name.len() <= SHORT || self.is_named(number, name))
    }

    fn is_named(&self, number: u32, name: &[u8]) -> bool {
        self.list.get(number as usize) == Some(name)
    }

    #[cold]
    fn look_up(&mut self, name: &[u8], print: Print, place: usize) -> u32 {
        let newest = self.newest.get(&print).copied();
        let older = |number: &u32| self.before.get(*number as usize).copied().flatten();
        let mut same_print = std::iter::successors(newest, older);
        let known = same_print.find(|number| self.is_named(*number, name));
        let number = known.unwrap_or_else(|| {
            let number = self.len() as u32;
            self.list.push(name);
            self.prints.push(print);
            self.before.push(newest);
            self.newest.insert(print, number);
            number
        });
        if self.recent.is_empty() {
            self.recent.resize(PAIRS, [0; 2]);
        }
        if let Some(pair) = self.recent.get_mut(place) {
            *pair = [number + 1, pair[0]];
        }
        number
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.list.ends.len()
    }

    /// The names in the order of their numbers; none are left, and the buffers stay.
    pub(super) fn take(&mut self) -> NameList {
        let list = NameList {
            bytes: self.list.bytes.as_slice().into(),
            ends: self.list.ends.as_slice().into(),
        };
        self.list.bytes.clear();
        self.list.ends.clear();
        self.prints.clear();
        self.newest.clear();
        self.before.clear();
        self.recent.fill([0; 2]);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_in_order_whatever_collides() {
        let mut names = Names::default();
        let word = |n: u32| format!("prefix.{}.suffix", n % 5000).into_bytes();
        for n in 0..20_000 {
            assert_eq!(names.number(&word(n)), n % 5000);
        }
        assert_eq!(names.number(b""), 5000);
        let list = names.take();
        assert_eq!(list.iter().count(), 5001);
        assert_eq!(list.iter().nth(77), Some(&*word(77)));
        assert_eq!((names.len(), names.number(&word(77))), (0, 0));
    }

    #[test]
    fn names_of_any_length_that_differ_in_one_byte_are_two() {
        let mut names = Names::default();
        let mut all: Vec<Vec<u8>> = Vec::new();
        for len in 0..70 {
            all.push(vec![b'a'; len]);
            for at in 0..len {
                let mut name = vec![b'a'; len];
                name[at] = b'b';
                all.push(name);
            }
        }
        for _ in 0..2 {
            for (number, name) in all.iter().enumerate() {
                assert_eq!(names.number(name) as usize, number);
            }
        }
        assert_eq!(names.len(), all.len());
    }
}
