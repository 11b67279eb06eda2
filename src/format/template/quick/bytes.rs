//! The inner loops of reading a header: literals, digits, level words and the search for a value's end.

use super::{LONGEST, TRIES};
use crate::base::level::{LevelId, standard_level};
use crate::format::steps::is_plain;

/// A literal of which the first eight bytes are compared at once.
#[derive(Debug, Clone)]
pub(super) struct Literal {
    first: u8,
    /// The first bytes as a little-endian number.
    head: u64,
    /// Which bits of the number count.
    mask: u64,
    text: Box<[u8]>,
}

impl Literal {
    /// `None` for an empty text.
    pub(super) fn new(text: &[u8]) -> Option<Self> {
        let mut head = [0; 8];
        let mut mask = [0; 8];
        for (at, byte) in text.iter().enumerate().take(8) {
            *head.get_mut(at)? = *byte;
            *mask.get_mut(at)? = 0xff;
        }
        Some(Self {
            first: *text.first()?,
            head: u64::from_le_bytes(head),
            mask: u64::from_le_bytes(mask),
            text: text.into(),
        })
    }

    pub(super) fn first(&self) -> u8 {
        self.first
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Where the literal ends if it stands at `at`.
    #[inline]
    pub(super) fn after(&self, line: &[u8], at: usize) -> Option<usize> {
        let rest = line.get(at..)?;
        let matches = match rest.first_chunk::<8>() {
            Some(head) if self.text.len() <= 8 => {
                u64::from_le_bytes(*head) & self.mask == self.head
            }
            _ => rest.starts_with(&self.text),
        };
        matches.then_some(at + self.text.len())
    }
}

/// The end of the digits at `at`, if there are some and nothing follows that could belong to the number.
#[inline]
pub(super) fn digits(line: &[u8], at: usize) -> Option<usize> {
    let bytes = line.get(at..)?.first_chunk::<8>()?;
    let others = HIGH & !between(u64::from_le_bytes(*bytes), b'0', b'9');
    let len = first_marked(others);
    let next = bytes.get(len)?;
    let goes_on = matches!(next, b',' | b'_' | b'.' | b'e' | b'E');
    (len > 0 && !goes_on).then_some(at + len)
}

/// What the bytes of a value mean for the search of its end.
#[derive(Debug, Clone)]
pub(super) struct ByteClass {
    classes: Box<[u8; 256]>,
    /// Whether only bytes of plain names are inside.
    is_name: bool,
    /// The first byte of the literal that ends the value, and one more that is not inside, eight times each.
    first: u64,
    other: u64,
}

/// Part of a value.
const INSIDE: u8 = 0;
/// The first byte of the literal that ends the value.
const END: u8 = 1;
/// No part of a value that can be judged here.
const STOP: u8 = 2;
/// Both: the literal must stand here.
const END_OR_STOP: u8 = 3;

impl ByteClass {
    /// Values end where `until` stands. They hold no control characters, not the byte `other`, and no others than
    /// those of plain names if `is_name`.
    pub(super) fn new(until: &Literal, other: Option<u8>, is_name: bool) -> Self {
        let mut classes = Box::new([INSIDE; 256]);
        let stops = |byte: u8| byte < b' ' || other == Some(byte) || is_name && !is_plain(byte);
        for (byte, class) in (0..=u8::MAX).zip(classes.iter_mut()) {
            let stop = if stops(byte) { STOP } else { INSIDE };
            *class = stop | if byte == until.first() { END } else { INSIDE };
        }
        Self {
            classes,
            is_name,
            first: ONES * u64::from(until.first()),
            other: ONES * u64::from(other.unwrap_or(until.first())),
        }
    }

    pub(super) fn stops(&self, byte: u8) -> bool {
        self.classes[usize::from(byte)] & STOP != 0
    }

    /// The first place from `from` on where `until` stands, and where it ends.
    #[inline]
    pub(super) fn find(&self, line: &[u8], from: usize, until: &Literal) -> Option<(usize, usize)> {
        let mut at = from;
        let mut tries = TRIES;
        while at < from + LONGEST {
            at = self.skip(line, at);
            match self.classes[usize::from(*line.get(at)?)] {
                INSIDE => {}
                STOP => return None,
                class => {
                    if let Some(end) = until.after(line, at) {
                        return Some((at, end));
                    }
                    tries -= 1;
                    if class == END_OR_STOP || tries == 0 {
                        return None;
                    }
                }
            }
            at += 1;
        }
        None
    }

    /// The first byte from `at` on that is worth a look.
    #[inline]
    fn skip(&self, line: &[u8], mut at: usize) -> usize {
        let mut rest = line.get(at..).unwrap_or_default();
        while let Some((bytes, behind)) = rest.split_first_chunk::<8>() {
            let bytes = u64::from_le_bytes(*bytes);
            let outside = if self.is_name {
                HIGH & !common_in_names(bytes)
            } else {
                below_space(bytes) | zeros(bytes ^ self.other)
            };
            let marked = outside | zeros(bytes ^ self.first);
            if marked != 0 {
                return at + first_marked(marked);
            }
            at += 8;
            rest = behind;
        }
        at
    }
}

/// Eight bytes of 1, and the highest bit of each.
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// The position of the first byte whose highest bit is set; 8 if none is.
fn first_marked(marked: u64) -> usize {
    marked.trailing_zeros() as usize / 8
}

/// Sets the highest bit of bytes that lie between two ASCII characters.
fn between(bytes: u64, first: u8, last: u8) -> u64 {
    let low = bytes & !HIGH;
    let from_first = low + (0x80 - u64::from(first)) * ONES;
    let behind_last = low + (0x7f - u64::from(last)) * ONES;
    from_first & !behind_last & !bytes & HIGH
}

/// Sets the highest bit of the first byte that is 0; of those behind it perhaps in error.
fn zeros(bytes: u64) -> u64 {
    bytes.wrapping_sub(ONES) & !bytes & HIGH
}

/// Sets the highest bit of the first byte below a space; of those behind it perhaps in error.
fn below_space(bytes: u64) -> u64 {
    bytes.wrapping_sub(u64::from(b' ') * ONES) & !bytes & HIGH
}

/// Marks letters, digits, `.`, `-`, `/` and `_`.
fn common_in_names(bytes: u64) -> u64 {
    let letters = between(bytes | (u64::from(b' ') * ONES), b'a', b'z');
    letters | between(bytes, b'-', b'9') | between(bytes, b'_', b'_')
}

/// Places of the table of level words; a power of two.
const PLACES: usize = 64;

/// Level words in capitals of at most eight letters, found without a comparison of bytes.
#[derive(Debug, Clone)]
pub(super) struct LevelWords(Box<[(u64, LevelId); PLACES]>);

impl LevelWords {
    pub(super) fn new() -> Self {
        const WORDS: [&[u8]; 11] = [
            b"INFO",
            b"DEBUG",
            b"WARNING",
            b"ERROR",
            b"CRITICAL",
            b"WARN",
            b"FATAL",
            b"TRACE",
            b"NOTICE",
            b"SUCCESS",
            b"NOTSET",
        ];
        let mut table = Box::new([(0, LevelId::NONE); PLACES]);
        for word in WORDS {
            let key = word
                .iter()
                .rev()
                .fold(0, |key, byte| key << 8 | u64::from(*byte));
            let place = &mut table[place(key)];
            // A word whose place is taken is found the slow way.
            if let (0, Some(id)) = (place.0, standard_level(word)) {
                *place = (key, id);
            }
        }
        Self(table)
    }

    /// The level whose name stands at `at`, and where it ends, padded by spaces to `width`.
    #[inline]
    pub(super) fn read(&self, line: &[u8], at: usize, width: usize) -> Option<(LevelId, usize)> {
        let bytes = u64::from_le_bytes(*line.get(at..)?.first_chunk::<8>()?);
        let len = first_marked(HIGH & !between(bytes, b'A', b'Z'));
        let word = first_bytes(len);
        let (known, id) = self.0[place(bytes & word)];
        let padding = first_bytes(width) & !word;
        let padded = width <= 8 && (bytes ^ SPACES) & padding == 0;
        (known == bytes & word && len > 1 && padded).then_some((id, at + len.max(width)))
    }
}

const SPACES: u64 = b' ' as u64 * ONES;

/// A mask of the first `len` bytes; of all if there are more than eight.
fn first_bytes(len: usize) -> u64 {
    match len {
        0..8 => (1 << (8 * len)) - 1,
        _ => u64::MAX,
    }
}

fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as usize
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn marks(bytes: u64) -> [bool; 8] {
        bytes.to_le_bytes().map(|byte| byte == 0x80)
    }

    #[test]
    fn bytes_are_told_apart_eight_at_a_time() {
        for byte in 0..=u8::MAX {
            let bytes = u64::from_le_bytes([b'A', byte, b'Z', byte, 0, b'@', b'[', byte]);
            let own = byte.is_ascii_uppercase();
            let expected = [true, own, true, own, false, false, false, own];
            assert_eq!(marks(between(bytes, b'A', b'Z')), expected, "{byte}");
            let common = byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
            assert_eq!(marks(common_in_names(bytes))[1], common, "{byte}");
            let first = |marked: u64| first_marked(marked);
            let bytes = u64::from_le_bytes([b' ', 0xff, byte, b'.', 0, 0, 7, 1]);
            assert_eq!(first(below_space(bytes)), if byte < b' ' { 2 } else { 4 });
            assert_eq!(first(zeros(bytes)), if byte == 0 { 2 } else { 4 });
        }
    }

    #[test]
    fn level_words_are_whole_words() {
        let words = LevelWords::new();
        for (text, width, expected) in [
            (&b"INFO     x"[..], 8, Some(("INFO", 8))),
            (b"INFO     x", 0, Some(("INFO", 4))),
            (b"CRITICAL x", 5, Some(("CRITICAL", 8))),
            (b"WARNING: x", 0, Some(("WARNING", 7))),
            (b"INFO x   y", 8, None),
            (b"INFO      ", 9, None),
            (b"INFOS     ", 0, None),
            (b"info      ", 0, None),
            (b"INFO", 0, None),
            (b"          ", 0, None),
        ] {
            let expected =
                expected.map(|(name, end)| (standard_level(name.as_bytes()).unwrap(), end));
            assert_eq!(
                words.read(text, 0, width),
                expected,
                "{}",
                text.escape_ascii()
            );
        }
    }
}
