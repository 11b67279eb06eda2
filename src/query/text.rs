//! Which records of a block match a text: read in windows that stay in the processor's cache and searched many records at
//! once; where a match lies says which record it is of.

use std::ops::Range;

use super::bitmap::Mask;
use super::cursor::Cursor;
use super::matcher::{Hunt, Matcher};
use super::plan::{Plan, Region};
use crate::base::cancel::CancelToken;
use crate::base::id::Slot;
use crate::bytes::padding::{PADDING, is_padding};
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::without_line_end;
use crate::index::block::Block;

/// A longer record is not read in one piece.
pub(super) const GIANT: u64 = 16 << 20;
/// How much of a giant record is searched at once.
const GIANT_WINDOW: u64 = 4 << 20;
/// By how much two windows overlap: a match that is longer may be missed in a giant record.
const OVERLAP: u64 = 64 << 10;
/// Bytes to both sides of a window that `^`, `$` and `\b` may look at.
const AROUND: u64 = 4;
/// Longest line end that is not part of a record's text.
const LINE_END: usize = 3;

/// Which of the `wanted` records of a block match; `None` when the token was cancelled.
///
/// # Errors
/// The bytes of the block could not be read, or are no longer those that were indexed.
pub(super) fn matching(
    matcher: &Matcher,
    block: &Block,
    wanted: &Mask,
    source: &dyn ByteSource,
    buffer: &mut Vec<u8>,
    cancel: &CancelToken,
) -> Result<Option<Mask>, ReadError> {
    let hunt = matcher.hunt();
    let mut search = Search {
        tall: hunt.crosses_lines().then(|| tall(block, wanted)),
        hunt,
        wanted,
        cursor: Cursor::new(block),
        hits: Mask::none(wanted.records()),
        padded: block.stats().unmatched > 0,
    };
    let plan = Plan::new(block, wanted);
    let mut regions = Vec::new();
    let mut next = wanted.next(0);
    while let Some(first) = next {
        if cancel.is_cancelled() {
            return Ok(None);
        }
        search.cursor.go_to(first);
        let record = search.cursor.bytes();
        if record.end - record.start > GIANT {
            let matches = match is_hole(block, first, source, record.start)? {
                true => Some(false),
                false => search.matches_giant(record, source, buffer, cancel)?,
            };
            match matches {
                Some(true) => search.hits.insert(first),
                Some(false) => {}
                None => return Ok(None),
            }
            next = wanted.next(u32::from(first.0) + 1);
            continue;
        }
        let end = plan.window(first, &mut regions);
        search.window(&regions, source, buffer)?;
        next = wanted.next(end);
    }
    Ok(Some(search.hits))
}

struct Search<'a> {
    hunt: Hunt<'a>,
    wanted: &'a Mask,
    /// The wanted records of several lines, where a match may go across lines: they are looked at on their own as well.
    tall: Option<Mask>,
    cursor: Cursor<'a>,
    hits: Mask,
    /// Records of the block may touch each other without a line end between them.
    padded: bool,
}

impl Search<'_> {
    /// Reads and searches the regions of one window.
    fn window(
        &mut self,
        regions: &[Region],
        source: &dyn ByteSource,
        buffer: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        let Some((first, last)) = regions.first().zip(regions.last()) else {
            return Ok(());
        };
        let base = first.bytes.start;
        let bytes = read(source, base..last.bytes.end, buffer)?;
        for region in regions {
            // NUL at the end of a record is not part of its text, but in the way of `$`.
            let asks = self.hunt.asks;
            let part = bytes.get(local(&region.bytes, base)).unwrap_or_default();
            if self.padded
                || asks.text_ends
                || (asks.line_ends && memchr::memchr(0, part).is_some())
            {
                self.each(self.wanted, region, base, bytes);
                continue;
            }
            self.region(region, base, bytes);
            if let Some(tall) = self.tall.take() {
                self.each(&tall, region, base, bytes);
                self.tall = Some(tall);
            }
        }
        Ok(())
    }

    /// One pass over the bytes of a region; what is found within one line is mapped to its record.
    fn region(&mut self, region: &Region, base: u64, bytes: &[u8]) {
        let Range { start, end } = local(&region.bytes, base);
        let bytes = bytes.get(..end).unwrap_or(bytes);
        let mut from = start;
        while from < bytes.len() {
            let Some(end) = self.hunt.any_end(bytes, from) else {
                return;
            };
            // Behind a line feed only an empty match can end, and it belongs to what follows.
            let before = end.checked_sub(1).filter(|before| *before >= from);
            let within = match before.and_then(|at| bytes.get(at).map(|byte| (at, *byte))) {
                Some((at, byte)) if byte != b'\n' => at,
                _ => end,
            };
            if within >= bytes.len() {
                return;
            }
            self.cursor.go_to_offset(base + within as u64);
            let record = local(&self.cursor.bytes(), base);
            let slot = self.cursor.slot();
            from = record.end;
            if self.wanted.contains(slot) && self.holds(bytes, record, end) {
                self.hits.insert(slot);
            }
        }
    }

    /// Whether a match that ends at `end` is one of its record alone. One that reaches into the line end may hide a shorter
    /// one; and where a record begins in the middle of a character, `\b` may see more than there is.
    fn holds(&mut self, bytes: &[u8], record: Range<usize>, end: usize) -> bool {
        let whole = bytes.get(record.clone()).unwrap_or_default();
        let is_cut = whole.first().is_some_and(|byte| byte & 0xc0 == 0x80);
        if !is_cut && end + LINE_END <= record.end {
            return true;
        }
        let text = without_line_end(whole);
        (!is_cut && end <= record.start + text.len()) || self.hunt.whole.is_match(text)
    }

    /// These records of a region, each on its own; those that matched already are left out.
    fn each(&mut self, records: &Mask, region: &Region, base: u64, bytes: &[u8]) {
        let mut next = records.next(region.slots.start);
        while let Some(slot) = next.filter(|slot| u32::from(slot.0) < region.slots.end) {
            if !self.hits.contains(slot) {
                self.cursor.go_to(slot);
                let record = bytes.get(local(&self.cursor.bytes(), base));
                let text = without_line_end(record.unwrap_or_default());
                if self.hunt.whole.is_match(text) {
                    self.hits.insert(slot);
                }
            }
            next = records.next(u32::from(slot.0) + 1);
        }
    }

    /// A giant record in overlapping windows, so that memory stays bounded; `None` when the token was cancelled.
    fn matches_giant(
        &mut self,
        record: Range<u64>,
        source: &dyn ByteSource,
        buffer: &mut Vec<u8>,
        cancel: &CancelToken,
    ) -> Result<Option<bool>, ReadError> {
        let mut from = record.start;
        loop {
            if cancel.is_cancelled() {
                return Ok(None);
            }
            let start = from.saturating_sub(AROUND).max(record.start);
            let to = record.end.min(from + GIANT_WINDOW);
            let is_last = to == record.end;
            let mut bytes = read(source, start..to, buffer)?;
            let mut span = local(&(from..to), start);
            if is_last {
                bytes = without_line_end(bytes);
                span.end = bytes.len();
            } else {
                span.end -= AROUND as usize;
            }
            if self.hunt.whole.any_end(bytes, span).is_some() {
                return Ok(Some(true));
            }
            if is_last {
                return Ok(Some(false));
            }
            from = to - OVERLAP;
        }
    }
}

/// Whether a giant record is padding, which nobody looks for.
fn is_hole(block: &Block, slot: Slot, source: &dyn ByteSource, at: u64) -> Result<bool, ReadError> {
    let mut start = [1; PADDING];
    Ok(!block.matched(slot) && source.read_at(at, &mut start)? > 0 && is_padding(&start))
}

/// The wanted records of more than one line.
fn tall(block: &Block, wanted: &Mask) -> Mask {
    let mut tall = Mask::none(wanted.records());
    block.tall().for_each(|slot| tall.insert(slot));
    tall.keep(wanted);
    tall
}

/// Where bytes of the source lie in a buffer that begins with its byte `base`.
pub(super) fn local(bytes: &Range<u64>, base: u64) -> Range<usize> {
    (bytes.start - base) as usize..(bytes.end - base) as usize
}

/// Fills the buffer with a range of the source. Fewer bytes than were indexed mean that the file was cut.
pub(super) fn read<'b>(
    source: &dyn ByteSource,
    range: Range<u64>,
    buffer: &'b mut Vec<u8>,
) -> Result<&'b [u8], ReadError> {
    let wanted = (range.end - range.start) as usize;
    if buffer.len() < wanted {
        buffer.resize(wanted, 0);
    }
    let space = buffer.get_mut(..wanted).unwrap_or_default();
    if source.read_at(range.start, space)? < wanted {
        return Err(ReadError::Stale);
    }
    Ok(space)
}
