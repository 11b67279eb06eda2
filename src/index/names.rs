//! Numbers for the names that occur in one chunk, in the order in which they occur first.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Entries of the look-aside table; a power of two.
const RECENT: usize = 1024;

/// Names and their numbers. Neighbouring records repeat a few names, so a small table of recent ones answers nearly
/// always, without hashing the whole name.
#[derive(Debug, Default)]
pub(super) struct Names {
    list: Vec<Box<[u8]>>,
    numbers: HashMap<Box<[u8]>, u32, FxBuildHasher>,
    /// Number + 1 of the name seen last with this hash; empty until the first name.
    recent: Vec<u32>,
}

impl Names {
    /// The number of a name, a new one if it is new.
    #[inline]
    pub(super) fn number(&mut self, name: &[u8]) -> u32 {
        if self.recent.is_empty() {
            self.recent.resize(RECENT, 0);
        }
        let at = quick_hash(name);
        if let Some(number) = self.recent.get(at).and_then(|number| number.checked_sub(1))
            && self
                .list
                .get(number as usize)
                .is_some_and(|known| **known == *name)
        {
            return number;
        }
        let number = self.look_up(name);
        if let Some(slot) = self.recent.get_mut(at) {
            *slot = number + 1;
        }
        number
    }

    fn look_up(&mut self, name: &[u8]) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    /// The names in the order of their numbers.
    pub(super) fn into_list(self) -> Vec<Box<[u8]>> {
        self.list
    }
}

/// A position in the table of recent names, from the length and both ends.
fn quick_hash(name: &[u8]) -> usize {
    let end = |part: Option<&[u8; 8]>| part.map_or(0, |part| u64::from_le_bytes(*part));
    let ends = if name.len() >= 8 {
        end(name.first_chunk()) ^ end(name.last_chunk()).rotate_left(23)
    } else {
        name.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    };
    let mixed = (ends ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 54) as usize
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
        assert_eq!(names.into_list().len(), 5001);
    }
}
