//! A stretch of a transcoded source in both forms, and the way from one to the other.

use super::super::encoding::Encoding;
use super::{Stretch, decode};

/// The same place in both forms of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Bytes of the original before it.
    pub original: u64,
    /// Bytes of UTF-8 before it.
    pub utf8: u64,
}

impl Place {
    /// The place so many bytes further.
    pub(super) fn plus(self, original: usize, utf8: usize) -> Self {
        Self {
            original: self.original + original as u64,
            utf8: self.utf8 + utf8 as u64,
        }
    }
}

/// A stretch, read and decoded.
#[derive(Debug)]
pub(super) struct Piece {
    encoding: Encoding,
    stretch: Stretch,
    /// Without the byte order mark.
    bytes: Vec<u8>,
    /// Where `bytes` begin in the original.
    start: u64,
    text: Vec<u8>,
    torn: bool,
}

impl Piece {
    /// Decodes the bytes of a stretch. Where they are not what was counted once, because they are lost, the text is as
    /// long as it was.
    pub(super) fn new(encoding: Encoding, stretch: Stretch, mut bytes: Vec<u8>) -> Self {
        let begins = stretch.from.original == 0;
        let mut text = Vec::new();
        decode::append(encoding, &bytes, begins, !stretch.open, &mut text);
        let mark = if begins { encoding.mark_len(&bytes) } else { 0 };
        bytes.drain(..mark);
        let expected = (stretch.to.utf8 - stretch.from.utf8) as usize;
        let torn = text.len() != expected;
        text.resize(expected, 0);
        Self {
            encoding,
            stretch,
            start: stretch.from.original + mark as u64,
            bytes,
            text,
            torn,
        }
    }

    pub(super) fn is(&self, stretch: Stretch) -> bool {
        self.stretch == stretch && !self.torn
    }

    /// The bytes are not those that were counted.
    pub(super) fn is_torn(&self) -> bool {
        self.torn
    }

    /// Where the stretch ends in the UTF-8.
    pub(super) fn end(&self) -> u64 {
        self.stretch.to.utf8
    }

    /// Copies what begins at byte `offset` of the UTF-8, as far as it is in here; how many bytes.
    pub(super) fn copy(&self, offset: u64, buf: &mut [u8]) -> usize {
        let from = (offset - self.stretch.from.utf8) as usize;
        let ready = self.text.get(from..).unwrap_or_default();
        let count = ready.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        count
    }

    /// Where the character with byte `offset` of the UTF-8 begins in the original. A line feed is one in both forms: only
    /// the line that the byte is in has to be gone through.
    pub(super) fn to_original(&self, offset: u64) -> u64 {
        let target = (offset - self.stretch.from.utf8) as usize;
        let Some(before) = self.text.get(..target) else {
            return self.stretch.to.original;
        };
        if target == self.text.len() {
            return self.stretch.to.original;
        }
        let lines = memchr::memchr_iter(b'\n', before).count();
        let line = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        let from = decode::behind_line(self.encoding, &self.bytes, lines);
        let rest = self.bytes.get(from..).unwrap_or_default();
        let into = decode::character_at(self.encoding, rest, target - line);
        self.start + (from + into) as u64
    }
}
