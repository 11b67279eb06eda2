//! The cells of a line or record.

use std::borrow::Cow;

/// A cell as it stands, without its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    bytes: &'a [u8],
    /// Whether quotes in it are doubled.
    is_doubled: bool,
    /// Whether something follows its closing quote.
    pub is_broken: bool,
}

impl<'a> Cell<'a> {
    /// Its text, doubled quotes and all.
    pub fn bare(&self) -> &'a [u8] {
        self.bytes
    }

    /// Its text.
    pub fn text(&self) -> Cow<'a, [u8]> {
        if !self.is_doubled {
            return Cow::Borrowed(self.bytes);
        }
        let mut text = Vec::with_capacity(self.bytes.len());
        let mut rest = self.bytes;
        while let Some(at) = memchr::memmem::find(rest, b"\"\"") {
            text.extend_from_slice(rest.get(..=at).unwrap_or_default());
            rest = rest.get(at + 2..).unwrap_or_default();
        }
        text.extend_from_slice(rest);
        Cow::Owned(text)
    }
}

/// Goes from cell to cell; the last one that is asked for takes the rest of the line.
pub(super) struct Cells<'a> {
    rest: Option<&'a [u8]>,
    delimiter: u8,
    left: usize,
    /// Whether the last cell has a quote that nothing closes.
    pub is_open: bool,
}

impl<'a> Cells<'a> {
    pub fn new(line: &'a [u8], delimiter: u8, count: usize) -> Self {
        Self {
            rest: Some(line),
            delimiter,
            left: count,
            is_open: false,
        }
    }

    fn plain(&mut self, text: &'a [u8]) -> Cell<'a> {
        // What is not quoted may hold delimiters in the last column: a message is often written as it is.
        let end = if self.left == 0 {
            None
        } else {
            memchr::memchr(self.delimiter, text)
        };
        let (bytes, rest) = match end {
            Some(end) => (text.get(..end), text.get(end + 1..)),
            None => (Some(text), None),
        };
        self.rest = rest;
        Cell {
            bytes: bytes.unwrap_or_default(),
            is_doubled: false,
            is_broken: false,
        }
    }

    /// A cell behind its opening quote.
    fn quoted(&mut self, text: &'a [u8]) -> Cell<'a> {
        let mut at = 0;
        let mut is_doubled = false;
        loop {
            let quote = text.get(at..).and_then(|rest| memchr::memchr(b'"', rest));
            let Some(offset) = quote else {
                self.is_open = true;
                self.rest = None;
                return Cell {
                    bytes: text,
                    is_doubled,
                    is_broken: false,
                };
            };
            let end = at + offset;
            let next = text.get(end + 1).copied();
            if next == Some(b'"') {
                is_doubled = true;
                at = end + 2;
                continue;
            }
            let is_over = next.is_none() || next == Some(self.delimiter);
            self.rest = if next == Some(self.delimiter) {
                text.get(end + 2..)
            } else {
                None
            };
            return Cell {
                bytes: text.get(..end).unwrap_or_default(),
                is_doubled,
                is_broken: !is_over || self.left == 0 && self.rest.is_some(),
            };
        }
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let text = self.rest.take()?;
        self.left = self.left.checked_sub(1)?;
        Some(match text.strip_prefix(b"\"") {
            Some(inside) => self.quoted(inside),
            None => self.plain(text),
        })
    }
}
