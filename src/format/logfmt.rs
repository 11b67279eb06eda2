//! logfmt: `key=value` pairs, values bare, in double or (structlog's repr) single quotes, or Python lists and dicts.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::extractor::{Clock, Header, Parsed};
use super::field::Column;
use super::json_scan::Raw;
use super::pairs::{self, Roles};
use crate::base::time::ZoneClock;

/// A log of `key=value` lines.
#[derive(Debug, Clone)]
pub struct LogfmtFormat {
    columns: Arc<[Column]>,
}

impl Default for LogfmtFormat {
    fn default() -> Self {
        Self {
            columns: pairs::columns(),
        }
    }
}

impl LogfmtFormat {
    /// Time, level, logger, message.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// logfmt shows full times or none.
    pub fn clock(&self) -> Clock {
        Clock::Full
    }

    /// A record starts on a line that begins with a pair and has two of time, level and message.
    pub fn is_start(&self, line: &[u8]) -> bool {
        starts_with_pair(line) && roles(line).known() >= 2
    }

    /// Time, level and logger of the record that starts on this line.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        if !starts_with_pair(line) {
            return None;
        }
        let roles = roles(line);
        (roles.known() >= 2).then(|| roles.header(zone))
    }

    /// The whole record; lines after the pairs belong to the message.
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let mut roles = Roles::default();
        let mut fields = Vec::new();
        let end = pairs_of(record, &mut |key, raw| {
            roles.offer(key, raw);
            fields.push((String::from_utf8_lossy(key), raw));
        });
        if !starts_with_pair(record) || roles.known() < 2 {
            return Parsed {
                message: Cow::Borrowed(record.trim_ascii_end()),
                ..Parsed::default()
            };
        }
        let tail = record.get(end..).unwrap_or_default();
        let tail = tail.strip_prefix(b"\r").unwrap_or(tail);
        let tail = tail.strip_prefix(b"\n").unwrap_or(tail).trim_ascii_end();
        roles.into_parsed(fields, Some(tail))
    }
}

fn roles(line: &[u8]) -> Roles<'_> {
    let mut roles = Roles::default();
    pairs_of(line, &mut |key, raw| roles.offer(key, raw));
    roles
}

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'@' | b'/' | 0x80..)
}

fn starts_with_pair(line: &[u8]) -> bool {
    let key = line.iter().take_while(|b| is_key(**b)).count();
    key > 0 && line.get(key) == Some(&b'=')
}

/// Visits the pairs of the first line (quoted values may hold line ends); returns where they end.
fn pairs_of<'a>(text: &'a [u8], visit: &mut impl FnMut(&'a [u8], Raw<'a>)) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' => at += 1,
            b'\n' => break,
            _ => match pair_at(text, at) {
                Some(pair) => {
                    visit(text.get(pair.key).unwrap_or_default(), pair.raw);
                    at = pair.end;
                }
                None => at = word(text, at, visit),
            },
        }
    }
    at
}

/// A pair and where it stands in its text.
pub(super) struct Pair<'a> {
    /// What stands before the equals sign.
    pub key: Range<usize>,
    /// The value without its quotes.
    pub raw: Raw<'a>,
    /// Where the value begins, its quote included.
    pub value: usize,
    /// The place behind the value and its quote.
    pub end: usize,
}

impl Pair<'_> {
    /// Whether quotes stand around the value.
    pub fn is_quoted(&self) -> bool {
        self.raw.bytes().len() < self.end - self.value
    }
}

/// The pair that begins at `start`, if one does.
pub(super) fn pair_at(text: &[u8], start: usize) -> Option<Pair<'_>> {
    let rest = text.get(start..)?;
    let key_len = rest.iter().take_while(|b| is_key(**b)).count();
    if key_len == 0 || rest.get(key_len) != Some(&b'=') {
        return None;
    }
    let value = start + key_len + 1;
    let (raw, len) = value_of(text.get(value..)?);
    Some(Pair {
        key: start..start + key_len,
        raw,
        value,
        end: value + len,
    })
}

/// Visits the word at `start` that is no pair; returns the position after it. A bare word is a key without a value.
fn word<'a>(text: &'a [u8], start: usize, visit: &mut impl FnMut(&'a [u8], Raw<'a>)) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let bytes = rest.iter().take_while(|b| !b.is_ascii_whitespace());
    let word = rest.get(..bytes.count().max(1)).unwrap_or_default();
    if word.iter().all(|b| is_key(*b)) {
        visit(word, Raw::Word(b"true"));
    }
    start + word.len()
}

/// The value at the start of `text` and the bytes that it takes.
fn value_of(text: &[u8]) -> (Raw<'_>, usize) {
    match text.first() {
        Some(quote @ (b'"' | b'\'')) => {
            if let Some(end) = closing_quote(text, *quote) {
                return (Raw::Text(text.get(1..end).unwrap_or_default()), end + 1);
            }
        }
        Some(b'[' | b'{') => {
            if let Some(len) = balanced(text) {
                return (Raw::Compound(text.get(..len).unwrap_or_default()), len);
            }
        }
        _ => {}
    }
    let len = text.iter().take_while(|b| !b.is_ascii_whitespace()).count();
    let bare = text.get(..len).unwrap_or_default();
    let number = bare
        .first()
        .is_some_and(|b| b.is_ascii_digit() || *b == b'-')
        && bare
            .iter()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'e'));
    (
        if number {
            Raw::Number(bare)
        } else {
            Raw::Text(bare)
        },
        len,
    )
}

/// The quote that ends a value: not escaped, and before a blank or the end.
fn closing_quote(text: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        match text.get(at)? {
            b'\\' => at += 2,
            byte if *byte == quote && text.get(at + 1).is_none_or(u8::is_ascii_whitespace) => {
                return Some(at);
            }
            _ => at += 1,
        }
    }
}

fn balanced(text: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'\n' => return None,
            _ => {}
        }
    }
    None
}
