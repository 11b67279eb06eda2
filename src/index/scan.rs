//! Bytes of one chunk to a draft of its columns: the hot path of opening a file.

use std::ops::Range;

use super::draft::{ChunkDraft, DraftBuilder, Found};
use super::framed;
use super::line_feeds::LineFeeds;
use super::window::Window;
use crate::base::time::{Zone, ZoneClock};
use crate::bytes::padding::{HOLE, is_padding, line_end};
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::{Extractor, Header};
use crate::format::framer::REACH;

/// Size of a chunk of a file.
pub const CHUNK_BYTES: u64 = 4 << 20;

/// Bytes of a line that a format gets to see: a line of a gigabyte costs no more than this to judge.
pub const HEADER_CLIP: usize = 64 << 10;

/// Bytes read beyond a chunk's end, to finish its last line.
const SLACK: u64 = 4 << 10;

pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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
    if let Some(framer) = extractor.framer(chunk.start <= 2 * REACH as u64) {
        let clock = extractor.clock();
        return framed::scan(source, chunk, source_end, clock, framer, zone, buffer);
    }
    let mut window = Window::new(source, source_end, buffer);
    let mut scan = Scan {
        extractor,
        zone: ZoneClock::new(zone),
        draft: DraftBuilder::new(chunk.clone(), extractor.clock()),
        line_feeds: LineFeeds::default(),
        behind_nul: false,
        lines: 0,
    };
    // Bytes behind the chunk tell whether padding begins in it. Where they are not there yet, the draft holds all there is.
    let decided = chunk.end.saturating_add(HOLE as u64);
    let open = source_end < decided && window.ends_in_padding(chunk.end)?;
    let end = if open { source_end } else { chunk.end };
    let reached = scan.chunk(&mut window, &(chunk.start..end))?;
    let sealed = !open && reached.known && reached.at >= chunk.end;
    Ok(scan
        .draft
        .finish(reached.at, scan.lines, reached.in_line, sealed))
}

/// How far a chunk was read.
struct Reached {
    at: u64,
    /// Whether that is inside a line.
    in_line: bool,
    /// Whether more bytes behind it could not change what was read.
    known: bool,
}

impl Reached {
    /// The chunk ends inside a line, or the source does.
    fn inside_line(window: &Window<'_>, chunk_end: u64) -> Self {
        Self {
            at: chunk_end.min(window.source_end()),
            in_line: true,
            known: true,
        }
    }
}

/// What became of a line that does not end inside the window.
enum LongLine {
    /// The next line starts here.
    Ends(u64),
    /// It is the last one that starts in the chunk.
    IsLast(Reached),
}

struct Scan<'a> {
    extractor: &'a Extractor,
    zone: ZoneClock,
    draft: DraftBuilder,
    line_feeds: LineFeeds,
    /// The line before ended with padding, and no line end.
    behind_nul: bool,
    /// Lines so far.
    lines: u64,
}

impl Scan<'_> {
    fn chunk(&mut self, window: &mut Window<'_>, chunk: &Range<u64>) -> Result<Reached, ReadError> {
        let limit = |window: &Window<'_>| chunk.end.min(window.source_end());
        let mut start = 0;
        if chunk.start > 0 {
            match window.find_line_start(chunk.start, limit(window))? {
                Some(found) => (start, self.behind_nul) = (found.place, found.is_behind_nul),
                None => return Ok(Reached::inside_line(window, chunk.end)),
            }
        }
        while start < limit(window) {
            let ahead = (chunk.end + SLACK).max(start + HEADER_CLIP as u64);
            let text = window.load(start, ahead)?;
            let read = text.len();
            let done = self.whole_lines(text, start, chunk.end);
            if done > 0 {
                start += done as u64;
            } else if read == 0 {
                break;
            } else {
                match self.long_line(window, start, chunk.end)? {
                    LongLine::Ends(next) => start = next,
                    LongLine::IsLast(reached) => return Ok(reached),
                }
            }
        }
        Ok(Reached {
            at: start,
            in_line: false,
            known: true,
        })
    }

    /// All lines of `text`, which begins at `base`, that start before `limit` and end inside; how many bytes they are.
    fn whole_lines(&mut self, text: &[u8], base: u64, limit: u64) -> usize {
        let mut at = 0;
        self.line_feeds.restart();
        while base + (at as u64) < limit
            && let Some(end) = self.line_feeds.next(text)
        {
            let rest = text.get(at..).unwrap_or_default();
            if self.may_be_padded(rest) {
                at = self.padded_lines(text.get(..=end).unwrap_or(text), at, base, limit);
                continue;
            }
            let offset = base + at as u64;
            match self.extractor.header_ahead(rest, &mut self.zone) {
                Some(ahead) => self.draft.push_ahead(offset, self.lines, &ahead),
                None => self.line(text.get(at..=end).unwrap_or_default(), offset),
            }
            self.lines += 1;
            at = end + 1;
        }
        match self.may_be_padded(text.get(at..).unwrap_or_default()) {
            true => self.padded_lines(text, at, base, limit),
            false => at,
        }
    }

    /// Whether a line of the text up to the next line feed may be padding, of which the first begins here: padding is at a
    /// line's start, or a hole.
    #[inline]
    fn may_be_padded(&self, rest: &[u8]) -> bool {
        rest.first() == Some(&0) || self.line_feeds.saw_hole() || self.behind_nul
    }

    /// The lines of `text` from `at` on as far as their ends are known, where padding may be among them.
    #[cold]
    fn padded_lines(&mut self, text: &[u8], mut at: usize, base: u64, limit: u64) -> usize {
        while base + (at as u64) < limit
            && let Some(end) = line_end(text, at)
        {
            let line = text.get(at..=end).unwrap_or_default();
            self.line(line, base + at as u64);
            self.behind_nul = line.last() == Some(&0);
            self.lines += 1;
            at = end + 1;
        }
        at
    }

    /// The line at `offset`: the start of a record or not.
    fn line(&mut self, line: &[u8], offset: u64) {
        let text = line.get(..HEADER_CLIP).unwrap_or(line);
        let text = match offset {
            0 => text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text),
            _ => text,
        };
        let is_padding = is_padding(line);
        let header = match is_padding {
            true => None,
            false => self.extractor.header_of_line(text, &mut self.zone),
        };
        if let Some(header) = header {
            self.record(&header, offset);
        } else if offset == 0 || self.behind_nul || is_padding {
            self.draft.push_unmatched(offset, self.lines);
        }
    }

    fn record(&mut self, header: &Header<'_>, offset: u64) {
        self.draft.push(&Found {
            offset,
            line: self.lines,
            time: header.time,
            level: header.level,
            logger: header.logger.as_deref(),
        });
    }

    /// The line at `start`, at which the window begins and which does not end inside it: it is judged by its beginning,
    /// and its end is looked for in the chunk only.
    fn long_line(
        &mut self,
        window: &mut Window<'_>,
        start: u64,
        chunk_end: u64,
    ) -> Result<LongLine, ReadError> {
        let text = window.load(start, start + HEADER_CLIP as u64)?;
        let read = text.len();
        self.line(text, start);
        self.lines += 1;
        if read < HEADER_CLIP {
            return Ok(LongLine::IsLast(Reached {
                at: start + read as u64,
                in_line: true,
                known: false,
            }));
        }
        let limit = chunk_end.min(window.source_end());
        // Padding that begins at the end of what was read could not be told.
        let from = start + (read - HOLE) as u64;
        Ok(match window.find_line_start(from, limit)? {
            Some(next) => {
                self.behind_nul = next.is_behind_nul;
                LongLine::Ends(next.place)
            }
            None => LongLine::IsLast(Reached::inside_line(window, chunk_end)),
        })
    }
}
