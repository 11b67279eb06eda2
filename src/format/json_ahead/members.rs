//! The grammar of objects that loggers write, up to the first byte that is not of it.

use super::bytes::{end_of_name, in_array, in_string};
use crate::format::json_scan::{MAX_DEPTH, Raw};
use crate::format::swar;

/// The members of an object, one after the other.
pub(super) struct Members<'a> {
    /// What follows the key or value read last.
    pub(super) rest: &'a [u8],
    is_first: bool,
}

impl<'a> Members<'a> {
    #[inline]
    pub(super) fn of(text: &'a [u8]) -> Option<Self> {
        Some(Self {
            rest: behind(text, b'{')?,
            is_first: true,
        })
    }

    /// The next member's key, and its first eight bytes as a number; the value follows. The outer `None` is for what is
    /// not read here, the inner one for the end of the object.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<Option<(u64, &'a [u8])>> {
        if !self.is_first {
            match self.rest {
                [b',', rest @ ..] => self.rest = rest,
                [b'}', rest @ ..] => {
                    self.rest = rest;
                    return Some(None);
                }
                _ => return None,
            }
        }
        self.is_first = false;
        let text = behind(without_blank(self.rest), b'"')?;
        let (len, _) = in_string(text)?;
        let [b'"', b':', rest @ ..] = text.get(len..)? else {
            return None;
        };
        self.rest = without_blank(rest);
        let key = text.get(..len)?;
        let head = u64::from_le_bytes(*text.first_chunk::<8>()?) & swar::mask(len);
        Some(Some((head, key)))
    }
}

#[inline(always)]
fn behind(text: &[u8], byte: u8) -> Option<&[u8]> {
    match text {
        [first, rest @ ..] if *first == byte => Some(rest),
        _ => None,
    }
}

#[inline(always)]
fn without_blank(text: &[u8]) -> &[u8] {
    behind(text, b' ').unwrap_or(text)
}

/// Whether an object begins here that is not empty.
#[inline(always)]
pub(super) fn is_filled(text: &[u8]) -> bool {
    matches!(text, [b'{', next, ..] if *next != b'}')
}

/// What follows the value that `text` begins with.
#[inline(always)]
pub(super) fn skip(text: &[u8], depth: usize) -> Option<&[u8]> {
    value(text, depth).map(|(_, _, rest)| rest)
}

/// The value that `text` begins with, whether it holds escapes, and what follows it. Objects and arrays come without
/// their text.
#[inline(always)]
pub(super) fn value(text: &[u8], depth: usize) -> Option<(Raw<'_>, bool, &[u8])> {
    let (first, behind) = text.split_first()?;
    match first {
        b'"' => {
            let (text, escaped, rest) = string(behind)?;
            Some((Raw::Text(text), escaped, rest))
        }
        b'{' => Some((Raw::Compound(b""), false, skip_object(text, depth)?)),
        b'[' => Some((Raw::Compound(b""), false, skip_array(behind)?)),
        _ => {
            let len = end_of_name(text)?;
            let (name, rest) = (text.get(..len)?, text.get(len..)?);
            let raw = match first {
                b'0'..=b'9' | b'-' => Raw::Number(name),
                _ => Raw::Word(name),
            };
            Some((raw, false, rest))
        }
    }
}

/// The string behind its opening quote, whether it holds escapes, and what follows its closing quote.
#[inline(always)]
fn string(text: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let (mut len, mut byte) = in_string(text)?;
    let escaped = byte == b'\\';
    while byte == b'\\' {
        let behind = text.get(len + 1..)?;
        if behind.first() == Some(&b'\n') {
            return None;
        }
        let (more, next) = in_string(behind.get(1..)?)?;
        len += 2 + more;
        byte = next;
    }
    if byte != b'"' {
        return None;
    }
    Some((text.get(..len)?, escaped, text.get(len + 1..)?))
}

fn skip_object(text: &[u8], depth: usize) -> Option<&[u8]> {
    if let [b'{', b'}', rest @ ..] = text {
        return Some(rest);
    }
    // What is deeper is one value whatever is in it.
    if depth + 1 >= MAX_DEPTH {
        return None;
    }
    let mut members = Members::of(text)?;
    while members.next()?.is_some() {
        members.rest = skip(members.rest, depth + 1)?;
    }
    Some(members.rest)
}

/// What follows the array whose opening bracket is before `text`.
fn skip_array(mut text: &[u8]) -> Option<&[u8]> {
    let mut open = 1;
    while open > 0 {
        let (len, byte) = in_array(text)?;
        text = text.get(len + 1..)?;
        match byte {
            b'{' | b'[' => open += 1,
            b'}' | b']' => open -= 1,
            b'"' => text = string(text)?.2,
            _ => return None,
        }
    }
    Some(text)
}
