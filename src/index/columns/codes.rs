//! Loggers: positions in a dictionary.

use crate::index::packed::{GROUP, for_each, get, pack, width};

/// A number per record that is an index into a dictionary, all of one width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::index) struct Codes {
    width: u32,
    words: Box<[u64]>,
}

impl Codes {
    /// Packs codes; `scratch` is a buffer worth keeping.
    pub(in crate::index) fn new(codes: &[u32], scratch: &mut Vec<u64>) -> Self {
        let most = codes.iter().fold(0, |most, code| most | code);
        let width = width(u64::from(most));
        scratch.clear();
        for group in codes.chunks(GROUP) {
            let mut values = [0; GROUP];
            for (value, code) in values.iter_mut().zip(group) {
                *value = u64::from(*code);
            }
            pack(&values, group.len(), width, scratch);
        }
        Self {
            width,
            words: scratch.as_slice().into(),
        }
    }

    /// The code at a position; 0 beyond the end.
    #[inline]
    pub(in crate::index) fn get(&self, at: usize) -> usize {
        get(self.group(at / GROUP), self.width, at % GROUP) as usize
    }

    /// Calls `visit` with every position in a group and its code; with 0 beyond the end.
    #[inline(always)]
    pub(in crate::index) fn for_each(&self, group: usize, visit: impl FnMut(usize, u64)) {
        for_each(self.group(group), self.width, visit);
    }

    /// One bit per record of a group: that of its code in `bits`, whose length is a power of two above all codes.
    #[inline]
    pub(in crate::index) fn look_up(&self, group: usize, bits: &[u64]) -> u64 {
        let inside = bits.len().wrapping_sub(1);
        let mut word = 0;
        self.for_each(group, |at, code| word |= bits[code as usize & inside] << at);
        word
    }

    fn group(&self, group: usize) -> &[u64] {
        let at = group * self.width as usize;
        self.words.get(at..).unwrap_or_default()
    }

    pub(in crate::index) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::columns::tests::mixed;

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
}
