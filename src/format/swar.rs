//! Eight bytes at a time in a register: where the first of them is that is looked for.
//!
//! A marked byte has its highest bit set. Marks behind the first one may be wrong, the first one never is.

/// One in every byte.
pub(super) const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of every byte.
pub(super) const HIGH: u64 = 0x80 * ONES;

/// Marks bytes that are zero.
#[inline]
pub(super) const fn zeros(bytes: u64) -> u64 {
    bytes.wrapping_sub(ONES) & !bytes & HIGH
}

/// Marks bytes that are `byte`.
#[inline]
pub(super) const fn equal(bytes: u64, byte: u8) -> u64 {
    zeros(bytes ^ (byte as u64 * ONES))
}

/// The position of the first marked byte; 8 if none is.
#[inline]
pub(super) const fn first_marked(marked: u64) -> usize {
    marked.trailing_zeros() as usize / 8
}

/// The first bytes of a text as a number, the first one lowest; zeros behind a text of fewer than eight.
#[inline]
pub(super) fn head(text: &[u8]) -> u64 {
    match text.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => text
            .iter()
            .rev()
            .fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

/// A mask of the first `len` bytes; of all if there are more than eight.
#[inline]
pub(super) const fn mask(len: usize) -> u64 {
    match len {
        0..8 => (1 << (8 * len)) - 1,
        _ => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mark_is_right() {
        for byte in 0..=u8::MAX {
            let text = [1, 2, byte, b'"', 0, byte, 3, 4];
            let bytes = head(&text);
            let position = |wanted: u8| text.iter().position(|b| *b == wanted).unwrap_or(8);
            assert_eq!(first_marked(equal(bytes, b'"')), position(b'"'));
            assert_eq!(first_marked(zeros(bytes)), position(0));
            assert_eq!(head(&text[..3]), bytes & mask(3));
        }
    }
}
