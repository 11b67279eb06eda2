//! How a block stores starts, codes and lines: private to the index, so that a denser encoding changes no caller.
//!
//! All columns are cut into groups of 64 records, of which each is read without the others: a filter works on 64 records
//! at once, and one record costs a look at its group.

use super::packed::{GROUP, for_each, get, pack, unpack, width};

/// Numbers that never fall, each as its distance from the first of its group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ascending {
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
    /// The number at a position; 0 beyond the end.
    #[inline]
    pub(super) fn get(&self, at: usize) -> u64 {
        match self.groups.get(at / GROUP) {
            Some(group) if at < self.len => {
                let distance = get(group.words(&self.words), group.width(), at % GROUP);
                u64::from(group.base) + distance
            }
            _ => 0,
        }
    }

    /// How many numbers are at most `most`.
    pub(super) fn count_within(&self, most: u64) -> usize {
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
    pub(super) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        let numbers = self.groups.iter().flat_map(|group| {
            let mut values = [0; GROUP];
            unpack(group.words(&self.words), group.width(), &mut values);
            let base = u64::from(group.base);
            values.into_iter().map(move |distance| base + distance)
        });
        numbers.take(self.len)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.groups) + size_of_val(&*self.words)
    }
}

/// Builds an [`Ascending`] number by number; keeps its buffers.
#[derive(Debug)]
pub(super) struct AscendingBuilder {
    groups: Vec<AscendingGroup>,
    words: Vec<u64>,
    /// The group that is being filled.
    open: [u32; GROUP],
    len: usize,
}

impl Default for AscendingBuilder {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            words: Vec::new(),
            open: [0; GROUP],
            len: 0,
        }
    }
}

impl AscendingBuilder {
    /// Adds a number that is not less than those before it.
    #[inline]
    pub(super) fn push(&mut self, value: u32) {
        self.open[self.len % GROUP] = value;
        self.len += 1;
        if self.len.is_multiple_of(GROUP) {
            self.close_group(GROUP);
        }
    }

    fn close_group(&mut self, filled: usize) {
        let base = self.open[0];
        // What a last group lacks costs no bits.
        for place in self.open.iter_mut().skip(filled) {
            *place = base;
        }
        let (mut distances, mut most) = ([0; GROUP], 0);
        for (distance, value) in distances.iter_mut().zip(&self.open) {
            *distance = u64::from(value.wrapping_sub(base));
            most |= *distance;
        }
        let place = (self.words.len() as u32) << WIDTH_BITS | width(most);
        self.groups.push(AscendingGroup { base, place });
        pack(&distances, width(most), &mut self.words);
    }

    /// The column; leaves an empty builder.
    pub(super) fn take(&mut self) -> Ascending {
        if !self.len.is_multiple_of(GROUP) {
            self.close_group(self.len % GROUP);
        }
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

/// A number per record that is an index into a dictionary, all of one width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Codes {
    width: u32,
    words: Box<[u64]>,
}

impl Codes {
    /// Packs codes; `scratch` is a buffer worth keeping.
    pub(super) fn new(codes: &[u32], scratch: &mut Vec<u64>) -> Self {
        let most = codes.iter().fold(0, |most, code| most | code);
        let width = width(u64::from(most));
        scratch.clear();
        for group in codes.chunks(GROUP) {
            let mut values = [0; GROUP];
            for (value, code) in values.iter_mut().zip(group) {
                *value = u64::from(*code);
            }
            pack(&values, width, scratch);
        }
        Self {
            width,
            words: scratch.as_slice().into(),
        }
    }

    /// The code at a position; 0 beyond the end.
    #[inline]
    pub(super) fn get(&self, at: usize) -> usize {
        get(self.group(at / GROUP), self.width, at % GROUP) as usize
    }

    /// Calls `visit` with every position in a group and its code; with 0 beyond the end.
    #[inline(always)]
    pub(super) fn for_each(&self, group: usize, visit: impl FnMut(usize, u64)) {
        for_each(self.group(group), self.width, visit);
    }

    /// One bit per record of a group: that of its code in `bits`, whose length is a power of two above all codes.
    #[inline]
    pub(super) fn look_up(&self, group: usize, bits: &[u64]) -> u64 {
        let inside = bits.len().wrapping_sub(1);
        let mut word = 0;
        self.for_each(group, |at, code| word |= bits[code as usize & inside] << at);
        word
    }

    fn group(&self, group: usize) -> &[u64] {
        let at = group * self.width as usize;
        self.words.get(at..).unwrap_or_default()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.words)
    }
}

/// A small code per record, bit by bit: a group has a word for the lowest bit of its 64 codes, one for the next, and so
/// on. What is asked of a code is then worked out for 64 records at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Planes {
    width: usize,
    words: Box<[u64]>,
    len: usize,
}

impl Planes {
    /// Packs codes; `scratch` is a buffer worth keeping.
    pub(super) fn new(codes: &[u8], scratch: &mut Vec<u64>) -> Self {
        let most = codes.iter().fold(0, |most, code| most | code);
        let planes = width(u64::from(most)) as usize;
        scratch.clear();
        for group in codes.chunks(GROUP) {
            let mut all = [0; GROUP];
            for (byte, code) in all.iter_mut().zip(group) {
                *byte = *code;
            }
            for plane in 0..planes {
                scratch.push(bits_of(&all, plane));
            }
        }
        Self {
            width: planes,
            words: scratch.as_slice().into(),
            len: codes.len(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The code at a position; 0 beyond the end.
    pub(super) fn get(&self, at: usize) -> u8 {
        let planes = self.group(at / GROUP).iter().enumerate();
        planes.fold(0, |code, (plane, word)| {
            code | ((word >> (at % GROUP) & 1) as u8) << plane
        })
    }

    /// For the records of a group, in bit `n` for the `n`th: whether their code passes. `passes` says it of every code;
    /// bits beyond the last record are those of code 0.
    #[inline]
    pub(super) fn passing(&self, group: usize, passes: &[bool; 256]) -> u64 {
        let planes = self.group(group);
        // Halves the verdicts plane by plane: what is left for codes that share their higher bits.
        match planes {
            [] => spread(passes[0]),
            [a] => choose(*a, spread(passes[0]), spread(passes[1])),
            [a, b] => halve::<4>(&[*a, *b], passes),
            [a, b, c] => halve::<8>(&[*a, *b, *c], passes),
            planes => halve::<256>(planes, passes),
        }
    }

    /// For the records of a group, in bit `n` for the `n`th: whether they have this code.
    #[inline]
    pub(super) fn of_code(&self, group: usize, code: usize) -> u64 {
        let planes = self.group(group).iter().enumerate();
        planes.fold(u64::MAX, |left, (plane, word)| {
            left & (word ^ spread(code >> plane & 1 == 0))
        })
    }

    #[inline]
    fn group(&self, group: usize) -> &[u64] {
        let at = group * self.width;
        self.words.get(at..at + self.width).unwrap_or_default()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.words)
    }
}

#[inline]
fn halve<const CODES: usize>(planes: &[u64], passes: &[bool; 256]) -> u64 {
    let mut left: [u64; CODES] = std::array::from_fn(|code| spread(passes[code & 0xff]));
    let mut codes = 1 << planes.len().min(8);
    for plane in planes {
        codes /= 2;
        for code in 0..codes {
            left[code] = choose(*plane, left[2 * code], left[2 * code + 1]);
        }
    }
    left[0]
}

/// Per bit: `one` where the plane has a one, `zero` elsewhere.
#[inline]
fn choose(plane: u64, zero: u64, one: u64) -> u64 {
    zero & !plane | one & plane
}

fn spread(bit: bool) -> u64 {
    0_u64.wrapping_sub(u64::from(bit))
}

/// One bit of 64 bytes as a word.
#[inline]
fn bits_of(codes: &[u8; GROUP], plane: usize) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Moves the lowest bits of eight bytes side by side into the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = codes.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |word, (at, eight)| {
        let lowest = u64::from_le_bytes(*eight) >> plane & ONES;
        word | (lowest.wrapping_mul(GATHER) >> 56) << (8 * at)
    })
}

/// How many lines records have beyond their first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ExtraLines {
    /// Few records have any: those, in order, with the sum up to and including each.
    Listed { slots: Box<[u16]>, sums: Ascending },
    /// For every record the sum before it.
    Column(Ascending),
}

impl ExtraLines {
    /// From the records that have extra lines, with the sum up to and including each, of `len` records.
    pub(super) fn new(slots: &[u16], sums: &[u32], len: usize) -> Self {
        let mut column = AscendingBuilder::default();
        // A listed record costs about two records of a column.
        if slots.len() * 2 <= len {
            sums.iter().for_each(|sum| column.push(*sum));
            return Self::Listed {
                slots: slots.into(),
                sums: column.take(),
            };
        }
        let mut before = 0;
        let mut listed = slots.iter().zip(sums).peekable();
        for slot in 0..len {
            column.push(before);
            if let Some((_, sum)) = listed.next_if(|(at, _)| usize::from(**at) == slot) {
                before = *sum;
            }
        }
        Self::Column(column.take())
    }

    /// Extra lines of all records before `slot`.
    pub(super) fn before(&self, slot: usize) -> u64 {
        match self {
            Self::Listed { slots, sums } => slots
                .partition_point(|at| usize::from(*at) < slot)
                .checked_sub(1)
                .map_or(0, |last| sums.get(last)),
            Self::Column(column) => column.get(slot),
        }
    }

    /// The records that have extra lines, in order; the last record of the block has none that are known.
    pub(super) fn slots(&self) -> impl Iterator<Item = u16> + '_ {
        let (listed, column) = match self {
            Self::Listed { slots, .. } => (Some(slots.iter().copied()), None),
            Self::Column(column) => (
                None,
                Some(column.iter().zip(column.iter().skip(1)).enumerate()),
            ),
        };
        let grown = column.into_iter().flatten();
        let grown = grown.filter(|(_, (before, behind))| before < behind);
        let slots = grown.map(|(slot, _)| slot as u16);
        listed.into_iter().flatten().chain(slots)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        match self {
            Self::Listed { slots, sums } => size_of_val(&**slots) + sums.heap_bytes(),
            Self::Column(column) => column.heap_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern that a mistake could share.
    fn mixed(n: u64) -> u64 {
        (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40
    }

    #[test]
    fn ascending_numbers_come_back_and_are_counted() {
        for len in [0, 1, 63, 64, 65, 1000] {
            let mut builder = AscendingBuilder::default();
            let mut values = Vec::new();
            let mut value = 0_u32;
            for n in 0..len {
                value += match n % 97 {
                    0 => 3_000_000,
                    7..20 => 0,
                    _ => (mixed(n) % 300) as u32,
                };
                values.push(u64::from(value));
                builder.push(value);
            }
            let column = builder.take();
            assert!(column.iter().eq(values.iter().copied()));
            assert_eq!(builder.take(), Ascending::default());
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

    #[test]
    fn codes_of_any_width_come_back() {
        for most in [1, 2, 5, 300, 70_000] {
            let codes: Vec<u32> = (0..1000).map(|n| (mixed(n) % most) as u32).collect();
            let column = Codes::new(&codes, &mut Vec::new());
            let bits: Vec<u64> = (0..1 << 17).map(|code| (code / 3) & 1).collect();
            for (group, part) in codes.chunks(GROUP).enumerate() {
                let mut all = [1; GROUP];
                column.for_each(group, |at, code| all[at] = code);
                let word = column.look_up(group, &bits);
                for (at, code) in part.iter().enumerate() {
                    assert_eq!(column.get(group * GROUP + at), *code as usize);
                    assert_eq!(all[at], u64::from(*code));
                    assert_eq!(word >> at & 1, bits[*code as usize]);
                }
            }
            assert_eq!(column.get(5000), 0);
        }
    }

    #[test]
    fn planes_agree_with_asking_every_code() {
        for most in [1, 2, 3, 5, 9, 20, 256] {
            let codes: Vec<u8> = (0..1000).map(|n| (mixed(n) % most) as u8).collect();
            let column = Planes::new(&codes, &mut vec![3]);
            assert_eq!(column.len(), 1000);
            for wanted in 0..7 {
                let passes: [bool; 256] =
                    std::array::from_fn(|code| mixed(code as u64) >> wanted & 1 == 1);
                for (group, part) in codes.chunks(GROUP).enumerate() {
                    let word = column.passing(group, &passes);
                    for (at, code) in part.iter().enumerate() {
                        assert_eq!(word >> at & 1 == 1, passes[usize::from(*code)]);
                        let own = column.of_code(group, usize::from(*code));
                        assert_eq!(own >> at & 1, 1);
                        let other = column.of_code(group, usize::from(*code ^ 1));
                        assert!(*code ^ 1 >= most as u8 || other >> at & 1 == 0);
                        assert_eq!(column.get(group * GROUP + at), *code);
                    }
                }
            }
        }
    }

    #[test]
    fn extra_lines_are_summed_whichever_way_they_are_kept() {
        for step in [1, 2, 3, 50] {
            let (mut slots, mut sums, mut sum) = (Vec::new(), Vec::new(), 0);
            let mut expected = Vec::new();
            for slot in 0..1000_u16 {
                expected.push(u64::from(sum));
                if slot % step == 0 {
                    sum += u32::from(slot % 7) + 1;
                    slots.push(slot);
                    sums.push(sum);
                }
            }
            let lines = ExtraLines::new(&slots, &sums, 1000);
            assert_eq!(matches!(lines, ExtraLines::Listed { .. }), step > 1);
            for (slot, expected) in expected.iter().enumerate() {
                assert_eq!(lines.before(slot), *expected, "{step} {slot}");
            }
            let inner = |slots: &mut dyn Iterator<Item = u16>| {
                Vec::from_iter(slots.filter(|slot| *slot < 999))
            };
            assert_eq!(inner(&mut lines.slots()), inner(&mut slots.into_iter()));
        }
    }
}
