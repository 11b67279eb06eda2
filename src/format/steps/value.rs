//! What a value may look like.

use super::Pad;
use crate::base::level::{LevelId, LevelTable, standard_level};
use crate::base::text::ansi_len;
use crate::format::layout::{Align, Conversion};

/// A number at `at`: its own bytes and where the field ends.
pub(crate) fn number(
    bytes: &[u8],
    at: usize,
    pad: Pad,
    conversion: Conversion,
) -> Option<(usize, usize, usize)> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut start = at;
    if pad.width > 0 && pad.align != Align::Left {
        while start < at + pad.width && byte(start) == pad.fill as u8 && pad.fill != '0' {
            start += 1;
        }
    }
    let mut end = start;
    if matches!(byte(end), b'-' | b'+') {
        end += 1;
    }
    let first_digit = end;
    while byte(end).is_ascii_digit()
        || conversion == Conversion::Radix && (byte(end).is_ascii_hexdigit() || byte(end) == b'x')
        || end > first_digit && matches!(byte(end), b',' | b'_') && groups(bytes, end)
    {
        end += 1;
    }
    if end == first_digit {
        let rest = bytes.get(start..)?;
        // `None` is Python's, `?` is what Java's loggers write for a line that they do not know.
        let absent = [&b"None"[..], b"?"];
        let absent = absent.into_iter().find(|word| rest.starts_with(word));
        end = start + absent.filter(|_| conversion == Conversion::Text)?.len();
    } else if matches!(conversion, Conversion::Float | Conversion::Text) {
        end = decimals(bytes, end);
    }
    let mut close = end;
    if pad.align != Align::Right {
        while close < at + pad.width && byte(close) == pad.fill as u8 {
            close += 1;
        }
    }
    (close - at >= pad.width).then_some((start, end, close))
}

/// Whether three digits follow a grouping separator, and no fourth.
fn groups(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at + 1..at + 4)
        .is_some_and(|group| group.iter().all(u8::is_ascii_digit))
        && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
        && at >= 1
}

/// The end of `.25e-3` at `at`.
fn decimals(bytes: &[u8], at: usize) -> usize {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut end = at;
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if let Some([b'e' | b'E', sign, ..]) = bytes.get(end..) {
        let signed = usize::from(matches!(sign, b'+' | b'-'));
        let exponent = digits(end + 1 + signed);
        if exponent > 0 {
            end += 1 + signed + exponent;
        }
    }
    end
}

/// A decimal number in units of 10⁻⁹, without rounding through floats.
pub(crate) fn nanos(digits: &[u8], per_unit: i64) -> Option<i64> {
    let text = std::str::from_utf8(digits).ok()?;
    if text.contains(['e', 'E']) {
        let value = text.parse::<f64>().ok()? * per_unit as f64;
        return (value.abs() < 9e18).then_some(value as i64);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.parse::<i64>().ok()?.checked_mul(per_unit)?;
    let mut scale = per_unit;
    let mut sum = whole;
    for digit in fraction.bytes() {
        scale /= 10;
        sum = sum.checked_add(scale * i64::from(digit.wrapping_sub(b'0')))?;
    }
    Some(sum)
}

/// The end of `chars` characters from `at`, if there are so many before `limit`. In text that is not UTF-8 every byte
/// that continues no character counts.
pub(super) fn advance(bytes: &[u8], at: usize, limit: usize, chars: usize) -> Option<usize> {
    let end = at + chars;
    if end <= limit && bytes.get(at..end)?.is_ascii() {
        return Some(end);
    }
    let rest = bytes.get(at..limit)?;
    let starts = rest.iter().enumerate().filter(|(_, b)| **b & 0xc0 != 0x80);
    let mut starts = starts.map(|(offset, _)| at + offset).skip(chars);
    match starts.next() {
        Some(end) => Some(end),
        None if char_count(rest) == chars => Some(limit),
        None => None,
    }
}

/// Number of characters.
pub(super) fn char_count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
}

/// Takes padding and ANSI escapes off both ends of a region, as far as the alignment allows padding there.
pub(super) fn trim(bytes: &[u8], mut start: usize, mut end: usize, pad: Pad) -> (usize, usize) {
    let region = bytes.get(start..end).unwrap_or_default();
    let colored = region.contains(&0x1b);
    if colored {
        (start, end) = trim_ansi(bytes, start, end);
    }
    if pad.width == 0 {
        return (start, end);
    }
    let mut buffer = [0; 4];
    let fill = pad.fill.encode_utf8(&mut buffer).as_bytes();
    let slice = |start: usize, end: usize| bytes.get(start..end).unwrap_or_default();
    if pad.align != Align::Left {
        while slice(start, end).starts_with(fill) {
            start += fill.len();
        }
    }
    if pad.align != Align::Right {
        while slice(start, end).ends_with(fill) {
            end -= fill.len();
        }
    }
    if colored {
        trim_ansi(bytes, start, end)
    } else {
        (start, end)
    }
}

/// Takes ANSI escapes off both ends.
fn trim_ansi(bytes: &[u8], mut start: usize, mut end: usize) -> (usize, usize) {
    while let Some(region) = bytes.get(start..end)
        && region.first() == Some(&0x1b)
    {
        start += ansi_len(region).min(region.len()).max(1);
    }
    while let Some(region) = bytes.get(start..end)
        && let Some(at) = memchr::memrchr(0x1b, region)
        && let Some(escape) = region.get(at..)
        && ansi_len(escape) >= escape.len()
    {
        end = start + at;
    }
    (start, end)
}

/// The text without ANSI escapes at its end.
pub(crate) fn without_ansi_tail(text: &[u8]) -> &[u8] {
    let (_, end) = trim_ansi(text, 0, text.len());
    text.get(..end).unwrap_or(text)
}

/// A level as a template's level position shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LevelShape {
    /// A standard level in capitals.
    Known(LevelId),
    /// A standard level in other letters: also a word of everyday language.
    Lowercase(LevelId),
    /// `Level 25`, which only `logging` writes.
    Numbered,
    /// Capitals, digits and underscores, or letters of another script: `AUDIT`, `경고`.
    Word,
    /// Some word.
    Token,
    /// No level.
    No,
}

/// Longest custom level name, in bytes.
const LONGEST_LEVEL: usize = 40;

/// What kind of a level `word` is; `precision` is where the template cuts level names.
pub(crate) fn level_shape(word: &[u8], precision: Option<usize>) -> LevelShape {
    let lowercase = word.iter().any(u8::is_ascii_lowercase);
    if let Some(id) = standard_level(word).or_else(|| cut_level(word, precision)) {
        return if lowercase {
            LevelShape::Lowercase(id)
        } else {
            LevelShape::Known(id)
        };
    }
    if let Some(digits) = word.strip_prefix(b"Level ") {
        let number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
        return if number {
            LevelShape::Numbered
        } else {
            LevelShape::No
        };
    }
    if word.is_empty() || word.len() > LONGEST_LEVEL {
        return LevelShape::No;
    }
    let plain =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+' | b'.') || *b >= 0x80;
    let letters = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    if !word.iter().all(plain) || !word.iter().any(letters) {
        LevelShape::No
    } else if !lowercase && word.len() > 1 {
        LevelShape::Word
    } else {
        LevelShape::Token
    }
}

/// The level whose name, cut to `precision`, is `word`.
fn cut_level(word: &[u8], precision: Option<usize>) -> Option<LevelId> {
    if precision != Some(word.len()) || word.is_empty() {
        return None;
    }
    let table = LevelTable::standard();
    let common = [
        LevelId::INFO,
        LevelId::DEBUG,
        LevelId::WARNING,
        LevelId::ERROR,
        LevelId::CRITICAL,
        LevelId::NOTSET,
        LevelId::TRACE,
    ];
    common.into_iter().find(|id| {
        let name = table.name(*id).as_bytes();
        name.get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word))
    })
}

/// Whether a name is one that programs give their loggers: a dotted path of words, no spaces, no quotes.
pub(super) fn plain_name(name: &[u8]) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && (name.iter().all(|b| is_plain(*b))
            || name
                .iter()
                .all(|b| is_plain(*b) || matches!(b, b':' | b'[' | b']')))
}

/// Longest name that passes as a plain one, in bytes.
pub(crate) const LONGEST_NAME: usize = 200;

/// Whether a byte is one of those that plain names are made of.
pub(crate) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'_' | b'-' | b'/' | b'@' | b'$' | b'#' | b'<' | b'>'
        )
        || byte >= 0x80
}
