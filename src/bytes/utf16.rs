//! UTF-16 presented as UTF-8, so that everything above sees line feeds and ASCII where it expects them.

use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{ByteSource, ReadError};

/// Bytes of UTF-16 between two anchors; even.
const STRETCH: usize = 64 << 10;

const BYTE_ORDER_MARK: u32 = 0xfeff;

/// A source of UTF-16 as a source of UTF-8. The byte order mark is left out; unpaired surrogates become U+FFFD; half a
/// character at the end is not there until its other half is.
///
/// How long the UTF-8 is must be counted: `len` reads what was added since it was asked last.
#[derive(Debug)]
pub struct Utf16Source {
    original: Arc<dyn ByteSource>,
    big_endian: bool,
    counted: Mutex<Counted>,
}

/// Positions that belong together, from the beginning to what was counted last; never empty.
#[derive(Debug)]
struct Counted {
    anchors: Vec<Anchor>,
    end: Anchor,
    /// Where the last question about the original led: the next one is likely to be about what is behind it.
    recent: Anchor,
}

/// The same place in both forms of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Anchor {
    original: u64,
    utf8: u64,
}

impl Utf16Source {
    /// Presents `original`, which is in the given byte order.
    #[must_use]
    pub fn new(original: Arc<dyn ByteSource>, big_endian: bool) -> Self {
        Self {
            original,
            big_endian,
            counted: Mutex::new(Counted {
                anchors: vec![Anchor::default()],
                end: Anchor::default(),
                recent: Anchor::default(),
            }),
        }
    }

    /// Where the character that contains byte `offset` of the UTF-8 begins in the original. Offset 0 is behind the
    /// byte order mark; offsets beyond what was counted are at its end.
    ///
    /// # Errors
    /// What reading the original says.
    pub fn to_original(&self, offset: u64) -> Result<u64, ReadError> {
        let (anchor, next) = self.around(offset);
        // No character has more than two bytes here for one there, but for the mark.
        let most = anchor.original + 2 * offset.saturating_sub(anchor.utf8).min(1 << 32) + 8;
        let bytes = self.stretch(anchor.original, next.original.min(most))?;
        let mut at = anchor;
        for character in self.characters(&bytes, anchor.original) {
            let end = at.utf8 + character.utf8_len() as u64;
            if end > offset {
                // A byte order mark has no bytes of its own, so that it is behind us here.
                break;
            }
            at.utf8 = end;
            at.original += character.original_len();
        }
        self.lock().recent = at;
        Ok(at.original)
    }

    /// Counts anew what is behind byte `original` of the original: other bytes are there now.
    pub fn cut(&self, original: u64) {
        cut(&mut self.lock(), original);
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last anchor at or before `offset` and the place where its stretch ends.
    fn around(&self, offset: u64) -> (Anchor, Anchor) {
        let counted = self.lock();
        let after = counted
            .anchors
            .partition_point(|anchor| anchor.utf8 <= offset);
        let anchor = counted.anchors.get(after.saturating_sub(1)).copied();
        let anchor = anchor.unwrap_or_default();
        let recent = Some(counted.recent);
        let near = recent.filter(|near| near.utf8 <= offset && near.utf8 > anchor.utf8);
        let next = counted.anchors.get(after).copied();
        (near.unwrap_or(anchor), next.unwrap_or(counted.end))
    }

    /// The original's bytes from one place to another, or as far as they are there.
    fn stretch(&self, from: u64, to: u64) -> Result<Vec<u8>, ReadError> {
        let mut bytes = vec![0; to.saturating_sub(from) as usize];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.original.read_at(from + filled as u64, rest)? {
                0 => break,
                read => filled += read,
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }

    fn characters<'a>(&self, bytes: &'a [u8], offset: u64) -> Characters<'a> {
        Characters {
            bytes,
            big_endian: self.big_endian,
            at_start: offset == 0,
        }
    }

    /// Counts on to the end of the original.
    fn count_on(&self, counted: &mut Counted, original_len: u64) -> Result<(), ReadError> {
        while counted.end.original < original_len {
            let last = counted.anchors.last().copied().unwrap_or_default();
            let to = original_len.min(last.original + STRETCH as u64);
            let bytes = self.stretch(counted.end.original, to)?;
            let mut end = counted.end;
            for character in self.characters(&bytes, end.original) {
                end.original += character.original_len();
                end.utf8 += character.utf8_len() as u64;
            }
            if end == counted.end {
                break;
            }
            counted.end = end;
            // Two bytes less for the half of a character that may stand at the end.
            if end.original + 4 > last.original + STRETCH as u64 {
                counted.anchors.push(end);
            }
        }
        Ok(())
    }
}

/// What is left up to an anchor is known, the rest is counted anew.
fn cut(counted: &mut Counted, original: u64) {
    if original < counted.end.original {
        let kept = counted
            .anchors
            .partition_point(|anchor| anchor.original <= original);
        counted.anchors.truncate(kept.max(1));
        counted.recent = Anchor::default();
        counted.end = counted.anchors.last().copied().unwrap_or_default();
    }
}

impl ByteSource for Utf16Source {
    fn len(&self) -> io::Result<u64> {
        let original_len = self.original.len()?;
        let mut counted = self.lock();
        cut(&mut counted, original_len);
        match self.count_on(&mut counted, original_len) {
            Ok(()) => Ok(counted.end.utf8),
            Err(ReadError::Io(error)) => Err(error),
            Err(error @ ReadError::Stale) => Err(io::Error::other(error)),
        }
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let mut filled = 0;
        let mut text = Vec::new();
        while filled < buf.len() {
            let at = offset + filled as u64;
            let (anchor, next) = self.around(at);
            text.clear();
            let bytes = self.stretch(anchor.original, next.original)?;
            for character in self.characters(&bytes, anchor.original) {
                character.append_to(&mut text);
            }
            let ready = text.get((at - anchor.utf8) as usize..).unwrap_or_default();
            let rest = buf.get_mut(filled..).unwrap_or_default();
            let count = ready.len().min(rest.len());
            if count == 0 {
                break;
            }
            for (to, from) in rest.iter_mut().zip(ready) {
                *to = *from;
            }
            filled += count;
        }
        Ok(filled)
    }

    fn is_gone(&self, range: &Range<u64>) -> bool {
        let (first, _) = self.around(range.start);
        let (_, last) = self.around(range.end.saturating_sub(1));
        self.original.is_gone(&(first.original..last.original))
            && match (self.to_original(range.start), self.to_original(range.end)) {
                (Ok(start), Ok(end)) => self.original.is_gone(&(start..end)),
                _ => true,
            }
    }

    fn is_transcoded(&self) -> bool {
        true
    }

    fn to_original(&self, offset: u64) -> Result<u64, ReadError> {
        Self::to_original(self, offset)
    }

    fn original_len(&self) -> io::Result<u64> {
        self.original.len()
    }

    fn read_original(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.original.read_at(offset, buf)
    }
}

/// Takes characters off the front of UTF-16; stops before a half one at the end.
struct Characters<'a> {
    bytes: &'a [u8],
    big_endian: bool,
    at_start: bool,
}

/// One character of the original.
#[derive(Clone, Copy)]
enum Character {
    /// The byte order mark: two bytes that stand for nothing.
    Mark,
    One(char),
    /// A character beyond U+FFFF, from two units.
    Two(char),
}

impl Character {
    fn original_len(self) -> u64 {
        match self {
            Self::Mark | Self::One(_) => 2,
            Self::Two(_) => 4,
        }
    }

    fn utf8_len(self) -> usize {
        match self {
            Self::Mark => 0,
            Self::One(c) | Self::Two(c) => c.len_utf8(),
        }
    }

    fn append_to(self, text: &mut Vec<u8>) {
        if let Self::One(c) | Self::Two(c) = self {
            text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

impl Characters<'_> {
    fn unit(&self, at: usize) -> Option<u32> {
        let pair = [*self.bytes.get(at)?, *self.bytes.get(at + 1)?];
        Some(u32::from(if self.big_endian {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }))
    }
}

impl Iterator for Characters<'_> {
    type Item = Character;

    fn next(&mut self) -> Option<Character> {
        let unit = self.unit(0)?;
        let character = match unit {
            BYTE_ORDER_MARK if self.at_start => Character::Mark,
            0xd800..0xdc00 => match self.unit(2)? {
                low @ 0xdc00..0xe000 => {
                    let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                    Character::Two(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
                }
                _ => Character::One(char::REPLACEMENT_CHARACTER),
            },
            _ => Character::One(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
        };
        self.at_start = false;
        self.bytes = self
            .bytes
            .get(character.original_len() as usize..)
            .unwrap_or_default();
        Some(character)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::bytes::memory::MemoryBytes;

    fn encoded(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn all(source: &Utf16Source) -> String {
        let mut bytes = vec![0; source.len().unwrap() as usize];
        assert_eq!(source.read_at(0, &mut bytes).unwrap(), bytes.len());
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn utf8_comes_out_at_any_place() {
        let text = "INFO 결제 🦀 done\r\n".repeat(9000);
        let memory = MemoryBytes::new(encoded(&format!("\u{feff}{text}")));
        memory.set_short_reads(1001);
        let source = Utf16Source::new(Arc::new(memory), false);
        assert_eq!(all(&source), text);
        for (offset, len) in [
            (0, 5),
            (3, 1),
            (65_536, 300),
            (100_001, 70_000),
            (text.len() - 2, 9),
        ] {
            let mut bytes = vec![0; len];
            let read = source.read_at(offset as u64, &mut bytes).unwrap();
            let expected = text.as_bytes().get(offset..).unwrap();
            let expected = expected.get(..len).unwrap_or(expected);
            assert_eq!(bytes.get(..read).unwrap(), expected);
        }
    }

    #[test]
    fn places_lead_back_to_the_original() {
        let text = "a결🦀\n".repeat(20_000);
        let bytes = encoded(&format!("\u{feff}{text}"));
        let len = bytes.len() as u64;
        let source = Utf16Source::new(Arc::new(MemoryBytes::new(bytes)), false);
        source.len().unwrap();
        assert_eq!(source.to_original(0).unwrap(), 2);
        assert_eq!(source.to_original(u64::MAX).unwrap(), len);
        for line in [0_usize, 1, 777, 19_999] {
            let start = 2 + line as u64 * 10;
            for (byte, original) in [(0, 0), (1, 2), (3, 2), (4, 4), (7, 4), (8, 8)] {
                let offset = (line * 9 + byte) as u64;
                assert_eq!(
                    source.to_original(offset).unwrap(),
                    start + original,
                    "{offset}"
                );
            }
        }
    }

    #[test]
    fn it_grows_by_single_bytes_and_shrinks() {
        let text = "x결\u{1f980}y\u{fffd}\n";
        let bytes = encoded(text);
        let memory = MemoryBytes::new(Vec::new());
        let source = Utf16Source::new(Arc::new(memory.clone()), false);
        for byte in &bytes {
            memory.append(&[*byte]);
            assert!(text.starts_with(&all(&source)));
        }
        assert_eq!(all(&source), text);
        memory.truncate(4);
        assert_eq!(all(&source), "x결");
        let lone: Vec<u8> = [0xd800_u16, 0x41]
            .into_iter()
            .flat_map(u16::to_be_bytes)
            .collect();
        let source = Utf16Source::new(Arc::new(MemoryBytes::new(lone)), true);
        assert_eq!(all(&source), "\u{fffd}A");
    }
}
