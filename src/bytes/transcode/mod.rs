//! A file of any encoding presented as UTF-8, so that everything above matches characters and not their bytes: the second
//! byte of a character of CP949, Shift-JIS, Big5 or GB18030 may be a letter, a digit, `\` or `|`.

mod decode;
mod piece;
#[cfg(test)]
mod tests;

use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::encoding::Encoding;
use super::{ByteSource, ReadError};
use piece::{Piece, Place};

/// Bytes of the original between two anchors, at least; at most twice as many.
const STRETCH: u64 = 64 << 10;

/// A source of another encoding as a source of UTF-8. The byte order mark is left out. Bytes that stand for nothing stay
/// as they are, where that is not UTF-8, and unpaired surrogates become U+FFFD. Half a character at the end is not there
/// until its other half is.
///
/// How long the UTF-8 is must be counted: `len` reads what was added since it was asked last.
#[derive(Debug)]
pub struct Transcoded {
    original: Arc<dyn ByteSource>,
    encoding: Encoding,
    counted: Mutex<Counted>,
    /// The stretch that was looked into last: records are read one after another.
    last: Mutex<Option<Arc<Piece>>>,
}

/// Places that belong together, from the beginning to what was counted last.
#[derive(Debug)]
struct Counted {
    /// Places between two characters; never empty.
    anchors: Vec<Place>,
    /// The last place between two characters.
    end: Place,
    /// With what is behind `end`: perhaps half a character.
    total: Place,
    /// The place up to which the text was used, in case that it is cut there.
    pinned: Place,
}

/// A stretch between two anchors, or from the last one to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    from: Place,
    to: Place,
    /// Nothing is behind it yet: it may end within a character.
    open: bool,
}

impl Transcoded {
    /// Presents `original`.
    #[must_use]
    pub fn new(original: Arc<dyn ByteSource>, encoding: Encoding) -> Self {
        let start = Place::default();
        Self {
            original,
            encoding,
            counted: Mutex::new(Counted {
                anchors: vec![start],
                end: start,
                total: start,
                pinned: start,
            }),
            last: Mutex::new(None),
        }
    }

    /// Counts up to `most` more bytes of the original, which is `original_len` bytes long; how much of both is counted then.
    ///
    /// # Errors
    /// What reading the original says.
    pub fn count(&self, original_len: u64, most: u64) -> Result<Place, ReadError> {
        let mut counted = self.lock();
        cut(&mut counted, original_len);
        let until = original_len.min(counted.end.original.saturating_add(most));
        self.count_on(&mut counted, until)?;
        Ok(counted.total)
    }

    /// Counts anew what is behind byte `original` of the original: other bytes are there now. Those before may be lost.
    pub fn cut(&self, original: u64) {
        let mut counted = self.lock();
        cut(&mut counted, original);
        // What is lost and what comes now are never looked into together.
        let end = counted.end;
        if counted
            .anchors
            .last()
            .is_some_and(|last| last.original < end.original)
        {
            counted.anchors.push(end);
        }
    }

    /// Remembers the place of byte `utf8`, so that it is still known should the bytes before it be lost.
    pub fn pin(&self, utf8: u64) {
        let mut counted = self.lock();
        if counted.end == counted.total && counted.end.utf8 == utf8 {
            counted.pinned = counted.end;
        }
    }

    /// How many bytes of the original are its byte order mark.
    ///
    /// # Errors
    /// What reading the original says.
    pub fn mark_len(&self) -> Result<u64, ReadError> {
        Ok(self.encoding.mark_len(&self.read(0..4)?) as u64)
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts on to byte `until` of the original.
    fn count_on(&self, counted: &mut Counted, until: u64) -> Result<(), ReadError> {
        let mut text = Vec::new();
        while counted.total.original < until {
            let from = counted.end;
            let bytes = self.read(from.original..until.min(from.original + STRETCH))?;
            if bytes.is_empty() {
                break;
            }
            let mut whole = decode::whole_characters(self.encoding, &bytes);
            if whole == 0 && bytes.len() as u64 >= STRETCH {
                // This is no text.
                whole = bytes.len();
            }
            let open = whole == 0;
            let part = if open {
                &*bytes
            } else {
                bytes.get(..whole).unwrap_or(&bytes)
            };
            text.clear();
            decode::append(self.encoding, part, from.original == 0, !open, &mut text);
            counted.total = from.plus(part.len(), text.len());
            if open {
                break;
            }
            counted.end = counted.total;
            let last = counted.anchors.last().copied().unwrap_or_default();
            if counted.end.original >= last.original + STRETCH {
                counted.anchors.push(counted.end);
            }
        }
        Ok(())
    }

    /// The original's bytes of a range, or as far as they are there.
    fn read(&self, range: Range<u64>) -> Result<Vec<u8>, ReadError> {
        let mut bytes = vec![0; range.end.saturating_sub(range.start) as usize];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.original.read_at(range.start + filled as u64, rest)? {
                0 => break,
                read => filled += read,
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }

    /// The stretch that has byte `offset` of the UTF-8.
    fn around(&self, offset: u64) -> Stretch {
        let counted = self.lock();
        let after = counted
            .anchors
            .partition_point(|place| place.utf8 <= offset);
        let from = counted.anchors.get(after.saturating_sub(1)).copied();
        let next = counted.anchors.get(after).copied();
        Stretch {
            from: from.unwrap_or_default(),
            to: next.unwrap_or(counted.total),
            open: next.is_none(),
        }
    }

    fn piece(&self, stretch: Stretch) -> Result<Piece, ReadError> {
        let bytes = self.read(stretch.from.original..stretch.to.original)?;
        Ok(Piece::new(self.encoding, stretch, bytes))
    }

    /// The stretch around an offset, kept for the next question.
    fn kept_piece(&self, offset: u64) -> Result<Arc<Piece>, ReadError> {
        let stretch = self.around(offset);
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = last()
            .clone()
            .filter(|piece| !stretch.open && piece.is(stretch));
        if let Some(piece) = kept {
            return Ok(piece);
        }
        let piece = Arc::new(self.piece(stretch)?);
        *last() = Some(piece.clone());
        Ok(piece)
    }

    /// Where the character with byte `offset` of the UTF-8 begins in the original; what is beyond everything is at the
    /// original's end.
    fn place(&self, offset: u64) -> Result<u64, ReadError> {
        let total = self.lock().total;
        if offset >= total.utf8 {
            return Ok(total.original);
        }
        Ok(self.kept_piece(offset)?.to_original(offset))
    }
}

/// What is left up to an anchor is known, the rest is counted anew.
fn cut(counted: &mut Counted, original: u64) {
    if original >= counted.total.original {
        return;
    }
    let kept = counted
        .anchors
        .partition_point(|place| place.original <= original);
    counted.anchors.truncate(kept.max(1));
    let last = counted.anchors.last().copied().unwrap_or_default();
    if counted.pinned.original == original && last.original < original {
        counted.anchors.push(counted.pinned);
    }
    counted.end = counted.anchors.last().copied().unwrap_or_default();
    counted.total = counted.end;
}

impl ByteSource for Transcoded {
    fn len(&self) -> io::Result<u64> {
        match self.count(self.original.len()?, u64::MAX) {
            Ok(total) => Ok(total.utf8),
            Err(ReadError::Io(error)) => Err(error),
            Err(error @ ReadError::Stale) => Err(io::Error::other(error)),
        }
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let mut filled = 0;
        while filled < buf.len() {
            let at = offset + filled as u64;
            let rest = buf.get_mut(filled..).unwrap_or_default();
            let count = if (rest.len() as u64) < STRETCH {
                self.kept_piece(at)?.copy(at, rest)
            } else {
                self.piece(self.around(at))?.copy(at, rest)
            };
            if count == 0 {
                break;
            }
            filled += count;
        }
        Ok(filled)
    }

    fn is_gone(&self, range: &Range<u64>) -> bool {
        let first = self.around(range.start).from;
        let last = self.around(range.end.saturating_sub(1)).to;
        if !self.original.is_gone(&(first.original..last.original)) {
            return false;
        }
        let mut at = range.start;
        while at < range.end {
            let Ok(piece) = self.kept_piece(at) else {
                return true;
            };
            let end = range.end.min(piece.end());
            let there = piece.to_original(at)..piece.to_original(end);
            if piece.is_torn() || self.original.is_gone(&there) {
                return true;
            }
            at = end.max(at + 1);
        }
        false
    }

    fn to_original(&self, range: &Range<u64>) -> Result<Range<u64>, ReadError> {
        let start = match range.start {
            0 => 0,
            start => self.place(start)?,
        };
        Ok(start..self.place(range.end)?)
    }

    fn read_original_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.original.read_original_at(offset, buf)
    }
}
