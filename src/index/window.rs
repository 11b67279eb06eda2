//! A stretch of a source in memory that moves on as it is read.

use crate::bytes::padding::{HOLE, leading, line_start};
use crate::bytes::{ByteSource, ReadError};

/// Bytes held at a time: few enough to stay in a core's cache from the read until they are scanned.
const WINDOW_BYTES: usize = 256 << 10;

/// Bytes that are read first where a line's start is looked for: in a hole they tell that there is nothing to read.
const PEEK: u64 = 16 << 10;

/// The bytes of a source from some position on.
#[derive(Debug)]
pub(super) struct Window<'a> {
    source: &'a dyn ByteSource,
    buffer: &'a mut Vec<u8>,
    /// Position in the source of the buffer's first byte.
    base: u64,
    /// Bytes of the buffer that were read.
    len: usize,
    /// Where the source ends, as far as is known.
    source_end: u64,
}

/// Where a line starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineStart {
    pub(super) place: u64,
    /// The line before it has no line end of its own: it is padding.
    pub(super) is_behind_nul: bool,
}

impl<'a> Window<'a> {
    pub(super) fn new(
        source: &'a dyn ByteSource,
        source_end: u64,
        buffer: &'a mut Vec<u8>,
    ) -> Self {
        if buffer.len() < WINDOW_BYTES {
            buffer.resize(WINDOW_BYTES, 0);
        }
        Self {
            source,
            buffer,
            base: 0,
            len: 0,
            source_end,
        }
    }

    /// The bytes from `start` on, of those before `end` as many as fit; fewer than fit only where the source ends.
    pub(super) fn load(&mut self, start: u64, end: u64) -> Result<&[u8], ReadError> {
        let wanted = end.min(self.source_end).saturating_sub(start);
        let wanted =
            usize::try_from(wanted).map_or(WINDOW_BYTES, |wanted| wanted.min(WINDOW_BYTES));
        self.move_to(start);
        while self.len < wanted {
            let rest = self.buffer.get_mut(self.len..wanted).unwrap_or_default();
            match self.source.read_at(self.base + self.len as u64, rest)? {
                0 => {
                    self.source_end = self.base + self.len as u64;
                    break;
                }
                read => self.len += read,
            }
        }
        Ok(self.buffer.get(..self.len).unwrap_or_default())
    }

    /// Makes `start` the first byte, keeping what is known of the bytes behind it.
    fn move_to(&mut self, start: u64) {
        let held = self.base..=self.base + self.len as u64;
        if held.contains(&start) {
            let drop = (start - self.base) as usize;
            self.buffer.copy_within(drop..self.len, 0);
            self.len -= drop;
        } else {
            self.len = 0;
        }
        self.base = start;
    }

    /// The first place at or behind `from`, which is not 0, where a line starts, if that is no farther than `end`.
    pub(super) fn find_line_start(
        &mut self,
        mut from: u64,
        end: u64,
    ) -> Result<Option<LineStart>, ReadError> {
        let mut step = PEEK;
        while from <= end {
            let base = from.saturating_sub(HOLE as u64 + 1);
            let text = self.load(base, (end + HOLE as u64 + 2).min(from + step))?;
            step = WINDOW_BYTES as u64;
            let at = (from - base) as usize;
            if let Some(found) = line_start(text, at, base == 0) {
                let place = base + found as u64;
                let is_behind_nul = found.checked_sub(1).and_then(|at| text.get(at)) == Some(&0);
                return Ok((place <= end).then_some(LineStart {
                    place,
                    is_behind_nul,
                }));
            }
            let rest = text.get(at..).unwrap_or_default();
            let is_hole = leading(rest) == rest.len();
            let read_to = base + text.len() as u64;
            if read_to >= self.source_end.min(end + HOLE as u64 + 2) {
                break;
            }
            let looked_at = match is_hole {
                true => self.source.data_from(read_to),
                false => read_to,
            };
            // What the end of that left open is looked at again, with what follows.
            from = looked_at.saturating_sub(HOLE as u64).max(from + 1);
        }
        Ok(None)
    }

    /// Whether nothing but NUL bytes stands from just before `from` to the source's end, which is near.
    pub(super) fn ends_in_padding(&mut self, from: u64) -> Result<bool, ReadError> {
        let from = from.min(self.source_end).saturating_sub(1);
        let text = self.load(from, self.source_end)?;
        Ok(leading(text) == text.len())
    }

    /// Where the source ends, as far as is known by now.
    pub(super) fn source_end(&self) -> u64 {
        self.source_end
    }
}
