//! Bytes of one chunk to a draft of its columns: the hot path of opening a file.

use std::ops::Range;

use memchr::memchr;

use super::draft::{ChunkDraft, DraftBuilder, Found};
use crate::base::time::{Zone, ZoneClock};
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::{Extractor, Header, LevelWord};

/// Size of a chunk of a file.
pub const CHUNK_BYTES: u64 = 4 << 20;

/// Bytes of a line that a format gets to see: a line of a gigabyte costs no more than this to judge.
pub const HEADER_CLIP: usize = 64 << 10;

/// Bytes read beyond a chunk's end at first, to finish its last line.
const SLACK: u64 = 4 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Finds the records that start in `chunk`. `source_end` is the length of the source as the caller knows it; bytes
/// behind it are not looked at. A chunk must be shorter than 4 GiB, and begin at 0 or where another chunk ends.
///
/// The result depends on nothing but the bytes up to its `covered` end, so that chunks may be scanned in any order.
/// `buffer` is scratch space worth keeping between calls.
///
/// # Errors
/// What the source says. A source that turns out shorter than `source_end` is no error: what is there is scanned.
pub fn scan_chunk(
    source: &dyn ByteSource,
    chunk: Range<u64>,
    source_end: u64,
    extractor: &Extractor,
    zone: &Zone,
    buffer: &mut Vec<u8>,
) -> Result<ChunkDraft, ReadError> {
    let mut window = Window::read(source, &chunk, source_end, buffer)?;
    let mut scan = Scan {
        extractor,
        zone: ZoneClock::new(zone),
        draft: DraftBuilder::new(chunk.clone(), extractor.clock()),
        lines: 0,
    };
    let mut covered = window.limit;
    let mut finished = true;
    let mut next = window.first_line();
    while let Some(start) = next.filter(|start| *start < window.limit) {
        let Some(end) = window.line_end(start) else {
            (covered, finished) = scan.last_line(&mut window, source, start)?;
            break;
        };
        scan.line(&window, start, end);
        covered = end;
        next = Some(end);
    }
    let open = window.bytes(0, covered).last() != Some(&b'\n');
    let covered = window.base + covered as u64;
    let sealed = finished && covered >= chunk.end;
    Ok(scan.draft.finish(covered, scan.lines, open, sealed))
}

/// The bytes of a chunk, the byte before it, and as many behind it as its last line needs.
struct Window<'a> {
    buffer: &'a mut Vec<u8>,
    /// Position in the source of the buffer's first byte.
    base: u64,
    /// Bytes of the buffer that were read.
    len: usize,
    /// Where the chunk or the source ends, in the buffer.
    limit: usize,
    /// Whether the chunk is the first, so that a line begins where it does.
    is_first: bool,
    source_end: u64,
}

impl<'a> Window<'a> {
    fn read(
        source: &dyn ByteSource,
        chunk: &Range<u64>,
        source_end: u64,
        buffer: &'a mut Vec<u8>,
    ) -> Result<Self, ReadError> {
        let mut window = Self {
            buffer,
            base: chunk.start.saturating_sub(1),
            len: 0,
            limit: 0,
            is_first: chunk.start == 0,
            source_end,
        };
        window.extend(source, chunk.end.saturating_add(SLACK))?;
        window.limit = window.len.min((chunk.end - window.base) as usize);
        Ok(window)
    }

    /// Reads on to `end` or the end of the source.
    fn extend(&mut self, source: &dyn ByteSource, end: u64) -> Result<(), ReadError> {
        let wanted = end.min(self.source_end).saturating_sub(self.base) as usize;
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted, 0);
        }
        while self.len < wanted {
            let rest = self.buffer.get_mut(self.len..wanted).unwrap_or_default();
            match source.read_at(self.base + self.len as u64, rest)? {
                0 => {
                    self.source_end = self.base + self.len as u64;
                    break;
                }
                read => self.len += read,
            }
        }
        Ok(())
    }

    /// Where the first line begins that starts in the chunk, or beyond the limit.
    fn first_line(&self) -> Option<usize> {
        if self.is_first {
            return Some(0);
        }
        memchr(b'\n', self.bytes(0, self.limit)).map(|at| at + 1)
    }

    /// Behind the first line feed at or after `from`.
    fn line_end(&self, from: usize) -> Option<usize> {
        memchr(b'\n', self.bytes(from, self.len)).map(|at| from + at + 1)
    }

    fn bytes(&self, start: usize, end: usize) -> &[u8] {
        self.buffer
            .get(start..end.min(self.len))
            .unwrap_or_default()
    }
}

/// What is known of a line that runs out of the window: how far the bytes are known, and whether more of them could
/// change what was read.
type LastLine = (usize, bool);

struct Scan<'a> {
    extractor: &'a Extractor,
    zone: ZoneClock,
    draft: DraftBuilder,
    /// Lines so far.
    lines: u64,
}

impl Scan<'_> {
    /// The line from `start` to `end`: the start of a record or not.
    fn line(&mut self, window: &Window<'_>, start: usize, end: usize) {
        let text = window.bytes(start, end.min(start + HEADER_CLIP));
        let offset = window.base + start as u64;
        let line = self.lines;
        self.lines += 1;
        let text = match offset {
            0 => text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text),
            _ => text,
        };
        let header = match self.extractor.header(text, &mut self.zone) {
            Some(header) => header,
            None if offset == 0 => {
                self.draft.first_is_unmatched();
                Header {
                    time: None,
                    level: LevelWord::None,
                    logger: None,
                }
            }
            None => return,
        };
        self.draft.push(&Found {
            offset,
            line,
            time: header.time,
            level: header.level,
            logger: header.logger.as_deref(),
        });
    }

    /// The line at `start`, which has no end inside the window: reads on, but never more than the header clip.
    fn last_line(
        &mut self,
        window: &mut Window<'_>,
        source: &dyn ByteSource,
        start: usize,
    ) -> Result<LastLine, ReadError> {
        let known = window.len;
        let clip = start + HEADER_CLIP;
        window.extend(source, window.base + clip as u64)?;
        if let Some(end) = window.line_end(known) {
            self.line(window, start, end);
            return Ok((end, true));
        }
        self.line(window, start, window.len);
        if window.len >= clip {
            Ok((window.limit, true))
        } else {
            Ok((window.len, false))
        }
    }
}
