//! Levels: few codes, of which filters ask.

use crate::index::packed::{GROUP, width};

/// A small code per record, bit by bit: a group has a word for the lowest bit of its 64 codes, one for the next, and so
/// on. What is asked of a code is then worked out for 64 records at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::index) struct Planes {
    width: usize,
    words: Box<[u64]>,
    len: usize,
}

impl Planes {
    /// Packs codes; `scratch` is a buffer worth keeping.
    pub(in crate::index) fn new(codes: &[u8], scratch: &mut Vec<u64>) -> Self {
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

    pub(in crate::index) fn len(&self) -> usize {
        self.len
    }

    /// The code at a position; 0 beyond the end.
    pub(in crate::index) fn get(&self, at: usize) -> u8 {
        let planes = self.group(at / GROUP).iter().enumerate();
        planes.fold(0, |code, (plane, word)| {
            code | ((word >> (at % GROUP) & 1) as u8) << plane
        })
    }

    /// For the records of a group, in bit `n` for the `n`th: whether their code passes. `passes` says it of every code;
    /// bits beyond the last record are those of code 0.
    #[inline]
    pub(in crate::index) fn passing(&self, group: usize, passes: &[bool; 256]) -> u64 {
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
    pub(in crate::index) fn of_code(&self, group: usize, code: usize) -> u64 {
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

    pub(in crate::index) fn heap_bytes(&self) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::columns::tests::mixed;

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
}
