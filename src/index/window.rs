//! A stretch of a source in memory that moves on as it is read.

use memchr::memchr;

use crate::bytes::{ByteSource, ReadError};

/// Bytes held at a time: few enough to stay in a core's cache from the read until they are scanned.
const WINDOW_BYTES: usize = 256 << 10;

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

    /// Position of the first line feed at or after `from`, if there is one before `end`.
    pub(super) fn find_line_end(
        &mut self,
        mut from: u64,
        end: u64,
    ) -> Result<Option<u64>, ReadError> {
        while from < end {
            let bytes = self.load(from, end)?;
            let before_end =
                usize::try_from(end - from).map_or(bytes.len(), |most| most.min(bytes.len()));
            if let Some(at) = memchr(b'\n', bytes.get(..before_end).unwrap_or_default()) {
                return Ok(Some(from + at as u64));
            }
            if before_end == 0 {
                break;
            }
            from += before_end as u64;
        }
        Ok(None)
    }

    /// Where the source ends, as far as is known by now.
    pub(super) fn source_end(&self) -> u64 {
        self.source_end
    }
}
