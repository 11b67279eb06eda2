//! The inner loops of reading a header: literals, digits, level words and the search for a value's end.

use wide::u8x16;

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
    len: usize,
    text: Box<[u8]>,
}

impl Literal {
    /// `None` for an empty text.
    pub(super) fn new(text: &[u8]) -> Option<Self> {
        let mut head = [0; 8];
        for (to, byte) in head.iter_mut().zip(text) {
            *to = *byte;
        }
        Some(Self {
            first: *text.first()?,
            head: u64::from_le_bytes(head),
            mask: first_bytes(text.len()),
            len: text.len(),
            text: text.into(),
        })
    }

    pub(super) fn first(&self) -> u8 {
        self.first
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// What follows the literal that `text` begins with.
    #[inline]
    pub(super) fn strip<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        match text.first_chunk::<8>() {
            Some(head) if self.len <= 8 => {
                let matches = u64::from_le_bytes(*head) & self.mask == self.head;
                text.get(self.len..).filter(|_| matches)
            }
            _ => text.strip_prefix(&*self.text),
        }
    }
}

/// What follows the digits that `text` begins with, if there are some and nothing follows that could belong to the number.
#[inline]
pub(super) fn digits(text: &[u8]) -> Option<&[u8]> {
    let bytes = text.first_chunk::<8>()?;
    let others = HIGH & !between(u64::from_le_bytes(*bytes), b'0', b'9');
    let len = first_marked(others);
    let next = bytes.get(len)?;
    let goes_on = matches!(next, b',' | b'_' | b'.' | b'e' | b'E');
    text.get(len..).filter(|_| len > 0 && !goes_on)
}

/// What follows the digits that `text` begins with and the literal behind them, which begins with nothing that could
/// belong to a number.
#[inline]
pub(super) fn digits_until<'a>(text: &'a [u8], until: &Literal) -> Option<&'a [u8]> {
    let bytes = text.first_chunk::<8>()?;
    let len = first_marked(HIGH & !between(u64::from_le_bytes(*bytes), b'0', b'9'));
    match len {
        1..8 => until.strip(text.get(len..)?),
        _ => None,
    }
}

/// What the bytes of a value mean for the search of its end.
#[derive(Debug, Clone)]
pub(super) struct ByteClass {
    classes: Box<[u8; 256]>,
    /// The first byte of the literal that ends the value, and one more that is not inside.
    first: u8,
    other: u8,
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
            first: until.first(),
            other: other.unwrap_or(until.first()),
        }
    }

    pub(super) fn stops(&self, byte: u8) -> bool {
        self.classes[usize::from(byte)] & STOP != 0
    }

    /// The length of the value that `text` begins with, at least `least`, and what follows its end, `until`. `NAME` says
    /// that only bytes of plain names are inside.
    #[inline(always)]
    pub(super) fn find<'a, const NAME: bool>(
        &self,
        text: &'a [u8],
        least: usize,
        until: &Literal,
    ) -> Option<(usize, &'a [u8])> {
        let at = self.skip::<NAME>(text, least);
        // Nearly always the first byte that is worth a look is where the value ends.
        match text.get(at..).and_then(|rest| until.strip(rest)) {
            Some(behind) if at < least + LONGEST => Some((at, behind)),
            _ => self.find_on::<NAME>(text, least, at, until),
        }
    }

    /// The same when `at` is worth a look but not the end.
    #[cold]
    fn find_on<'a, const NAME: bool>(
        &self,
        text: &'a [u8],
        least: usize,
        mut at: usize,
        until: &Literal,
    ) -> Option<(usize, &'a [u8])> {
        let mut tries = TRIES;
        while at < least + LONGEST {
            let rest = text.get(at..)?;
            match self.classes[usize::from(*rest.first()?)] {
                INSIDE => {}
                STOP => return None,
                class => {
                    if let Some(behind) = until.strip(rest) {
                        return Some((at, behind));
                    }
                    tries -= 1;
                    if class == END_OR_STOP || tries == 0 {
                        return None;
                    }
                }
            }
            at = self.skip::<NAME>(text, at + 1);
        }
        None
    }

    /// The first byte from `at` on that is worth a look.
    #[inline(always)]
    fn skip<const NAME: bool>(&self, text: &[u8], mut at: usize) -> usize {
        let mut rest = text.get(at..).unwrap_or_default();
        while let Some((bytes, behind)) = rest.split_first_chunk::<{ 2 * LANES }>()
            && let Some((low, high)) = halves(bytes)
        {
            let marked = self.marked::<NAME>(low) | self.marked::<NAME>(high) << LANES;
            if marked != 0 {
                return at + marked.trailing_zeros() as usize;
            }
            at += 2 * LANES;
            rest = behind;
        }
        at
    }

    /// A bit for every byte that is worth a look.
    #[inline(always)]
    fn marked<const NAME: bool>(&self, bytes: u8x16) -> u32 {
        let outside = if NAME {
            !common_in_names(bytes)
        } else {
            bytes.simd_lt(b' ') | bytes.simd_eq(self.other)
        };
        (outside | bytes.simd_eq(self.first)).to_bitmask()
    }
}

#[inline]
fn halves(bytes: &[u8; 2 * LANES]) -> Option<(u8x16, u8x16)> {
    let (low, high) = (bytes.first_chunk()?, bytes.last_chunk()?);
    Some((u8x16::new(*low), u8x16::new(*high)))
}

/// Bytes that are looked at at once.
const LANES: usize = 16;

/// Marks letters, digits, `.`, `-`, `/` and `_`.
#[inline]
fn common_in_names(bytes: u8x16) -> u8x16 {
    let letter = (bytes | u8x16::splat(b' ')) - u8x16::splat(b'a');
    let sign = bytes - u8x16::splat(b'-');
    letter.simd_le(b'z' - b'a') | sign.simd_le(b'9' - b'-') | bytes.simd_eq(b'_')
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

/// Places of the table of level words; a power of two.
const PLACES: usize = 64;

/// Level words in capitals of at most eight letters, found without a comparison of bytes.
#[derive(Debug, Clone)]
pub(super) struct LevelWords {
    plain: LevelTable,
    /// The words padded to `width` bytes, if they are padded.
    padded: Option<LevelTable>,
    /// The bytes that count among eight.
    mask: u64,
    width: usize,
}

type LevelTable = Box<[(u64, LevelId); PLACES]>;

impl LevelWords {
    /// For levels that are padded by spaces to at least `width`.
    pub(super) fn new(width: usize) -> Self {
        Self {
            plain: level_table(0),
            padded: matches!(width, 1..=8).then(|| level_table(width)),
            mask: first_bytes(width),
            width,
        }
    }

    /// The level whose name `text` begins with, and the length of name and padding.
    #[inline]
    pub(super) fn read(&self, text: &[u8]) -> Option<(LevelId, usize)> {
        let bytes = u64::from_le_bytes(*text.first_chunk::<8>()?);
        if let Some(padded) = &self.padded {
            let key = bytes & self.mask;
            let (known, id) = padded[place(key)];
            if known == key {
                return Some((id, self.width));
            }
        }
        let len = first_marked(HIGH & !between(bytes, b'A', b'Z'));
        let key = bytes & first_bytes(len);
        let (known, id) = self.plain[place(key)];
        (known == key && len > 1 && len >= self.width).then_some((id, len))
    }
}

/// The words that pad to `width`, by their place; others are found the slow way.
fn level_table(width: usize) -> LevelTable {
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
    // No word's key: it is not text.
    let mut table = Box::new([(u64::MAX, LevelId::NONE); PLACES]);
    for word in WORDS {
        let padding = width.saturating_sub(word.len());
        let spaces = std::iter::repeat_n(&b' ', padding);
        let padded = word.iter().chain(spaces);
        if word.len() + padding > 8 || width > 0 && word.len() > width {
            continue;
        }
        let key = padded
            .rev()
            .fold(0, |key, byte| key << 8 | u64::from(*byte));
        let place = &mut table[place(key)];
        if let (u64::MAX, Some(id)) = (place.0, standard_level(word)) {
            *place = (key, id);
        }
    }
    table
}

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
            let marked = common_in_names(u8x16::splat(byte)).to_bitmask();
            assert_eq!(marked, if common { 0xffff } else { 0 }, "{byte}");
        }
    }

    #[test]
    fn level_words_are_whole_words() {
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
            let found = LevelWords::new(width).read(text);
            assert_eq!(found, expected, "{}", text.escape_ascii());
        }
    }
}
