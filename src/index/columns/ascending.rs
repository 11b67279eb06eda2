//! Numbers that never fall: starts of records, sums of lines.

use crate::index::packed::{GROUP, get, pack, unpack, width};

/// Numbers that never fall, each as its distance from the first of its group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::index) struct Ascending {
    groups: Box<[AscendingGroup]>,
    words: Box<[u64]>,
    len: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AscendingGroup {
    base: u32,
    /// Where its words begin, and in the lowest bits the width.
    place: u32,
}

/// Bits of a place that hold a width of up to 64.
const WIDTH_BITS: u32 = 7;

impl AscendingGroup {
    fn width(self) -> u32 {
        self.place & ((1 << WIDTH_BITS) - 1)
    }

    fn words(self, all: &[u64]) -> &[u64] {
        let at = (self.place >> WIDTH_BITS) as usize;
        all.get(at..).unwrap_or_default()
    }
}

impl Ascending {
    /// Of numbers that never fall.
    pub(in crate::index) fn new(values: &[u32]) -> Self {
        let mut builder = AscendingBuilder::default();
        for part in values.chunks(GROUP) {
            let mut group = [0; GROUP];
            for (to, value) in group.iter_mut().zip(part) {
                *to = *value;
            }
            builder.push_group(&group, part.len());
        }
        builder.take()
    }

    /// The number at a position; 0 beyond the end.
    #[inline]
    pub(in crate::index) fn get(&self, at: usize) -> u64 {
        match self.groups.get(at / GROUP) {
            Some(group) if at < self.len => {
                let distance = get(group.words(&self.words), group.width(), at % GROUP);
                u64::from(group.base) + distance
            }
            _ => 0,
        }
    }

    /// How many numbers are at most `most`.
    pub(in crate::index) fn count_within(&self, most: u64) -> usize {
        let groups = self
            .groups
            .partition_point(|group| u64::from(group.base) <= most);
        let Some(last) = groups.checked_sub(1) else {
            return 0;
        };
        let (mut low, mut high) = (last * GROUP, (groups * GROUP).min(self.len));
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle) <= most {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The numbers, unpacked a group at a time.
    pub(in crate::index) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        let numbers = self.groups.iter().flat_map(|group| {
            let mut values = [0; GROUP];
            unpack(group.words(&self.words), group.width(), &mut values);
            let base = u64::from(group.base);
            values.into_iter().map(move |distance| base + distance)
        });
        numbers.take(self.len)
    }

    pub(in crate::index) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.groups) + size_of_val(&*self.words)
    }
}

/// Builds an [`Ascending`] group by group; keeps its buffers.
#[derive(Debug, Default)]
pub(in crate::index) struct AscendingBuilder {
    groups: Vec<AscendingGroup>,
    words: Vec<u64>,
    len: usize,
}

impl AscendingBuilder {
    /// Adds the first `filled` of these numbers, none less than those before it; only the last group may have fewer than
    /// all.
    pub(in crate::index) fn push_group(&mut self, values: &[u32; GROUP], filled: usize) {
        let base = values[0];
        let (mut distances, mut most) = ([0; GROUP], 0);
        // What a last group lacks costs no bits.
        for (distance, value) in distances.iter_mut().zip(values).take(filled) {
            *distance = u64::from(value.wrapping_sub(base));
            most |= *distance;
        }
        let place = (self.words.len() as u32) << WIDTH_BITS | width(most);
        self.groups.push(AscendingGroup { base, place });
        pack(&distances, filled, width(most), &mut self.words);
        self.len += filled;
    }

    /// The column; leaves an empty builder.
    pub(in crate::index) fn take(&mut self) -> Ascending {
        let column = Ascending {
            groups: self.groups.as_slice().into(),
            words: self.words.as_slice().into(),
            len: self.len,
        };
        self.groups.clear();
        self.words.clear();
        self.len = 0;
        column
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::columns::tests::mixed;

    #[test]
    fn ascending_numbers_come_back_and_are_counted() {
        for len in [0, 1, 63, 64, 65, 1000] {
            let mut values = Vec::new();
            let mut value = 0_u32;
            for n in 0..len {
                value += match n % 97 {
                    0 => 3_000_000,
                    7..20 => 0,
                    _ => (mixed(n) % 300) as u32,
                };
                values.push(value);
            }
            let column = Ascending::new(&values);
            let values: Vec<u64> = values.into_iter().map(u64::from).collect();
            assert!(column.iter().eq(values.iter().copied()));
            for (at, value) in values.iter().enumerate() {
                assert_eq!(column.get(at), *value);
                for most in [value.saturating_sub(1), *value, value + 1] {
                    let expected = values.iter().filter(|value| **value <= most).count();
                    assert_eq!(column.count_within(most), expected);
                }
            }
            assert_eq!(column.get(values.len()), 0);
            assert_eq!(column.count_within(u64::MAX), values.len());
        }
    }
}
