//! Numbers in as few bits as they need, 64 at a time: 64 values of `width` bits fill exactly `width` words, and fewer
//! values only the words that hold them.

/// Values that are packed together.
pub(super) const GROUP: usize = 64;

/// Bits that a number needs; 0 for 0.
pub(super) fn width(most: u64) -> u32 {
    u64::BITS - most.leading_zeros()
}

/// The lowest `width` bits.
fn mask(width: u32) -> u64 {
    match width {
        0 => 0,
        width => u64::MAX >> (u64::BITS - width.min(u64::BITS)),
    }
}

/// Appends the first `filled` values of a group, which need at most `width` bits each.
#[inline]
pub(super) fn pack(values: &[u64; GROUP], filled: usize, width: u32, out: &mut Vec<u64>) {
    if width == 0 {
        return;
    }
    let needed = out.len() + (filled * width as usize).div_ceil(64);
    let mut word = 0;
    let mut bits = 0;
    for value in values {
        word |= value << bits;
        bits += width;
        if bits >= u64::BITS {
            out.push(word);
            bits -= u64::BITS;
            // What did not fit; nothing of it if the word was filled exactly.
            word = value.checked_shr(width - bits).unwrap_or(0);
        }
    }
    out.truncate(needed);
}

/// One value of a group that begins at the first word; 0 where words are missing.
#[inline]
pub(super) fn get(words: &[u64], width: u32, at: usize) -> u64 {
    let bit = at * width as usize;
    let (word, shift) = (bit / 64, (bit % 64) as u32);
    let mut value = words.get(word).map_or(0, |word| word >> shift);
    if shift + width > u64::BITS {
        value |= words
            .get(word + 1)
            .map_or(0, |word| word << (u64::BITS - shift));
    }
    value & mask(width)
}

/// All values of a group that begins at the first word; zeros where words are missing.
#[inline]
pub(super) fn unpack(words: &[u64], width: u32, out: &mut [u64; GROUP]) {
    for_each(words, width, |at, value| out[at] = value);
}

/// Calls `visit` with every position and value of a group; as [`unpack`], without storing the values.
#[inline(always)]
pub(super) fn for_each(words: &[u64], width: u32, mut visit: impl FnMut(usize, u64)) {
    /// One loop per common width, so that every shift is a constant.
    macro_rules! by_width {
        ($($width:literal)*) => {
            match width {
                0 => (0..GROUP).for_each(|at| visit(at, 0)),
                $($width => match words.first_chunk::<$width>() {
                    Some(words) => for_each_of(words, visit),
                    // The last group need not be full.
                    None => (0..GROUP).for_each(|at| visit(at, get(words, width, at))),
                },)*
                _ => (0..GROUP).for_each(|at| visit(at, get(words, width, at))),
            }
        };
    }
    by_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
}

#[inline(always)]
fn for_each_of<const WIDTH: usize>(words: &[u64; WIDTH], mut visit: impl FnMut(usize, u64)) {
    // Written out in eights, which the compiler unrolls: then it knows every word and shift.
    macro_rules! eights {
        ($($first:literal)*) => {
            $(for at in $first..$first + 8 {
                visit(at, value_of(words, at));
            })*
        };
    }
    eights!(0 8 16 24 32 40 48 56);
}

#[inline(always)]
fn value_of<const WIDTH: usize>(words: &[u64; WIDTH], at: usize) -> u64 {
    let (word, shift) = (at * WIDTH / 64, at * WIDTH % 64);
    let low = words[word] >> shift;
    let high = if shift + WIDTH > 64 {
        words[word + 1] << (64 - shift)
    } else {
        0
    };
    (low | high) & mask(WIDTH as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_comes_back_as_it_was() {
        for bits in 0..=64 {
            let values: [u64; GROUP] = std::array::from_fn(|at| {
                (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) & mask(bits)
            });
            let mut words = vec![7];
            pack(&values, GROUP, bits, &mut words);
            assert_eq!(words.len(), 1 + bits as usize);
            let mut all = [1; GROUP];
            unpack(&words[1..], bits, &mut all);
            assert_eq!(all, values, "{bits}");
            for (at, value) in values.iter().enumerate() {
                assert_eq!(get(&words[1..], bits, at), *value, "{bits} {at}");
            }
        }
    }

    #[test]
    fn a_group_that_is_not_full_takes_the_words_it_needs() {
        for (filled, bits, expected) in
            [(1, 1, 1), (2, 40, 2), (21, 3, 1), (22, 3, 2), (63, 64, 63)]
        {
            let values: [u64; GROUP] = std::array::from_fn(|at| at as u64 & mask(bits));
            let mut words = Vec::new();
            pack(&values, filled, bits, &mut words);
            assert_eq!(words.len(), expected, "{filled} of {bits} bits");
            let mut all = [0; GROUP];
            unpack(&words, bits, &mut all);
            assert_eq!(all[..filled], values[..filled], "{filled} of {bits} bits");
        }
    }

    #[test]
    fn missing_words_are_zeros() {
        let mut all = [1; GROUP];
        unpack(&[], 3, &mut all);
        assert_eq!(all, [0; GROUP]);
        assert_eq!(get(&[], 9, 63), 0);
    }

    #[test]
    fn widths() {
        for (most, expected) in [(0, 0), (1, 1), (2, 2), (255, 8), (256, 9), (u64::MAX, 64)] {
            assert_eq!(width(most), expected);
        }
    }
}
