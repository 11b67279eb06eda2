//! Text without its escape sequences, with the way back to where each byte stood.

use std::ops::Range;

use crate::base::text::ansi_len;

/// A text without escape sequences that knows where its bytes came from.
#[derive(Debug)]
pub struct Stripped {
    text: Vec<u8>,
    /// Where each kept byte stood.
    origin: Vec<usize>,
    whole: usize,
}

impl Stripped {
    /// `None` if the text has no escape sequence.
    #[must_use]
    pub fn new(text: &[u8]) -> Option<Self> {
        memchr::memchr(0x1b, text)?;
        let mut kept = Vec::with_capacity(text.len());
        let mut origin = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            let skip = if *byte == 0x1b {
                ansi_len(text.get(at..).unwrap_or_default())
            } else {
                0
            };
            if skip == 0 {
                kept.push(*byte);
                origin.push(at);
            }
            at += skip.max(1);
        }
        Some(Self {
            text: kept,
            origin,
            whole: text.len(),
        })
    }

    /// The text that is left.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where a range of the stripped text stood: from its first byte to behind its last. What reaches to the end takes
    /// the sequences there along, what begins the text those before it only if it is empty.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin.get(range.start).copied().unwrap_or(self.whole);
        let end = if range.end >= self.text.len() {
            self.whole
        } else {
            let last = range.end.checked_sub(1).and_then(|at| self.origin.get(at));
            last.map_or(start, |at| at + 1)
        };
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_way_back() {
        let line = b"\x1b[1mab\x1b[0m cd\x1b[0m";
        let stripped =
            Stripped::new(line).map(|s| (s.text().to_vec(), s.origin(0..2), s.origin(3..5)));
        assert_eq!(stripped, Some((b"ab cd".to_vec(), 4..6, 11..17)));
        assert!(Stripped::new(b"plain").is_none());
    }
}
