//! The scan for formats whose records are not told by single lines: a chunk is read with what stands before and behind
//! it, so that its records are the same wherever chunks begin.

use std::ops::Range;

use memchr::memchr;

use super::draft::{ChunkDraft, DraftBuilder, Found};
use super::scan::BYTE_ORDER_MARK;
use crate::base::time::{Zone, ZoneClock};
use crate::bytes::padding::{is_padding, line_end};
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::{Ahead, Clock, Header, LevelWord};
use crate::format::framer::{Frame, Framer, REACH};

/// As `scan_chunk`.
///
/// A record that starts in the chunk is decided by [`REACH`] bytes, the end of that by as many more. Where the source ends
/// before those, the draft holds all records up to there, unsealed: what comes next may still change the last one.
pub(super) fn scan(
    source: &dyn ByteSource,
    chunk: Range<u64>,
    source_end: u64,
    clock: Clock,
    framer: Framer<'_>,
    zone: &Zone,
    buffer: &mut Vec<u8>,
) -> Result<ChunkDraft, ReadError> {
    let reach = REACH as u64;
    let base = chunk.start.saturating_sub(2 * reach);
    let decided = chunk.end.saturating_add(2 * reach);
    let wanted = decided.min(source_end);
    let len = read(source, base, wanted, buffer)?;
    let text = buffer.get(..len).unwrap_or_default();
    let read_end = base + len as u64;
    let known = read_end >= decided;
    let end = if known { chunk.end } else { read_end };
    let mut scan = Scan {
        text,
        base,
        framer,
        zone: ZoneClock::new(zone),
        draft: DraftBuilder::new(chunk.clone(), clock),
        pending: None,
        behind_nul: false,
        lines: 0,
    };
    let covered = scan.lines(chunk.start, end);
    let before = covered.checked_sub(base + 1);
    let in_line = before.is_some_and(|before| text.get(before as usize) != Some(&b'\n'));
    let sealed = known && covered >= chunk.end;
    Ok(scan.draft.finish(covered, scan.lines, in_line, sealed))
}

/// Fills the buffer from `start` to `end`; how many bytes there are.
fn read(
    source: &dyn ByteSource,
    start: u64,
    end: u64,
    buffer: &mut Vec<u8>,
) -> Result<usize, ReadError> {
    let wanted = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX);
    if buffer.len() < wanted {
        buffer.resize(wanted, 0);
    }
    let mut len = 0;
    while let Some(rest) = buffer.get_mut(len..wanted).filter(|rest| !rest.is_empty()) {
        match source.read_at(start + len as u64, rest)? {
            0 => break,
            read => len += read,
        }
    }
    Ok(len)
}

/// A record whose end is looked for.
struct Pending<'a> {
    /// Where it starts in the text.
    at: usize,
    /// Its line among those of the chunk.
    line: u64,
    ahead: Option<Ahead<'a>>,
    /// Its line does not match the format.
    unmatched: bool,
}

struct Scan<'a, 'f> {
    text: &'a [u8],
    /// Where the text begins in the source.
    base: u64,
    framer: Framer<'f>,
    zone: ZoneClock,
    draft: DraftBuilder,
    pending: Option<Pending<'a>>,
    /// The line before ended with padding, and no line end.
    behind_nul: bool,
    /// Lines that start in the chunk.
    lines: u64,
}

impl<'a> Scan<'a, '_> {
    /// Adds the records that start between `start` and `limit`, and says where the last line ends that starts there: at
    /// `limit` if it is not over in the text.
    fn lines(&mut self, start: u64, limit: u64) -> u64 {
        let text = self.text;
        let mut covered = start.min(limit);
        let mut at = 0;
        while at < text.len() {
            let end = self.line_end(at);
            let line = at..end.map_or(text.len(), |end| end + 1);
            let offset = self.base + at as u64;
            let next = line.end;
            if offset >= limit && !self.wants_more(at) {
                break;
            }
            // What the text begins with is a whole line only at the source's beginning.
            let whole = at > 0 || self.base == 0;
            let line = line.start + self.mark(at)..line.end;
            let frame = self.frame(at, line);
            if whole && offset >= start && offset < limit {
                self.line(at, frame);
            } else if offset >= limit && (frame != Frame::Inside || self.behind_nul) {
                self.finish(at);
                break;
            }
            if offset < limit {
                let over = end.is_some();
                covered = if over { self.base + next as u64 } else { limit };
            }
            self.behind_nul = end.is_some_and(|end| text.get(end) == Some(&0));
            at = next;
        }
        self.finish(at.min(text.len()));
        covered.max(start.min(limit))
    }

    /// Where the line at this place has its last byte, if it is over in the text.
    fn line_end(&self, at: usize) -> Option<usize> {
        let is_line = at > 0 || self.base == 0;
        match is_line && self.framer.parts_padding() {
            true => line_end(self.text, at),
            false => memchr(b'\n', self.text.get(at..)?).map(|feed| at + feed),
        }
    }

    fn is_padding(&self, at: usize) -> bool {
        let line = self.text.get(at..).unwrap_or_default();
        self.framer.parts_padding() && is_padding(line)
    }

    /// What the format makes of a line; padding starts a record in any.
    fn frame(&mut self, at: usize, line: Range<usize>) -> Frame<'a> {
        match self.is_padding(at) {
            true => Frame::Start(None),
            false => self.framer.line(self.text, line, &mut self.zone),
        }
    }

    /// Whether the end of the last record is still looked for at this place.
    fn wants_more(&self, at: usize) -> bool {
        let pending = self.pending.as_ref();
        pending.is_some_and(|record| record.ahead.is_none() && at - record.at < REACH)
    }

    /// Length of the byte order mark at this place of the text.
    fn mark(&self, at: usize) -> usize {
        let marked = self.base == 0 && at == 0 && self.text.starts_with(BYTE_ORDER_MARK);
        if marked { BYTE_ORDER_MARK.len() } else { 0 }
    }

    /// A line that starts in the chunk.
    fn line(&mut self, at: usize, frame: Frame<'a>) {
        let first = self.base == 0 && at == 0;
        match frame {
            Frame::Start(ahead) => self.begin(at, ahead, self.is_padding(at)),
            Frame::Inside if first || self.behind_nul => self.begin(at, None, true),
            Frame::Inside => {}
        }
        self.lines += 1;
    }

    fn begin(&mut self, at: usize, ahead: Option<Ahead<'a>>, unmatched: bool) {
        self.finish(at);
        self.pending = Some(Pending {
            at,
            line: self.lines,
            ahead,
            unmatched,
        });
    }

    /// Adds the record that was looked at; it ends here.
    fn finish(&mut self, end: usize) {
        let Some(record) = self.pending.take() else {
            return;
        };
        let offset = self.base + record.at as u64;
        if record.unmatched {
            self.draft.push_unmatched(offset, record.line);
            return;
        }
        if let Some(ahead) = &record.ahead {
            self.draft.push_ahead(offset, record.line, ahead);
            return;
        }
        let start = record.at + self.mark(record.at);
        let text = self.text.get(start..end).unwrap_or_default();
        let header = self.framer.header(text, &mut self.zone);
        self.push(offset, record.line, header.as_ref());
    }

    fn push(&mut self, offset: u64, line: u64, header: Option<&Header<'_>>) {
        self.draft.push(&Found {
            offset,
            line,
            time: header.and_then(|header| header.time),
            level: header.map_or(LevelWord::None, |header| header.level),
            logger: header.and_then(|header| header.logger.as_deref()),
        });
    }
}
