//! A predicate on one block: sums first, then columns, and bytes only where records are left.

use std::ops::Range;

use super::bitmap::{BlockRows, Mask};
use super::compile::Predicate;
use super::matcher::Matcher;
use super::spec::Sense;
use crate::base::id::{LoggerId, Slot};
use crate::base::level::LevelId;
use crate::base::time::TimeRange;
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::without_line_end;
use crate::index::block::Block;

/// Blocks with more bytes than this (giant records) are not read in one piece.
const WHOLE_BLOCK: u64 = 64 << 20;
/// How much of a giant record is searched at once.
const WINDOW: usize = 16 << 20;
/// By how much two windows overlap: a match that is longer may be missed in a record larger than a window.
const OVERLAP: usize = 64 << 10;
/// With fewer than one record in this many left, each is searched on its own.
const FEW: u32 = 8;

/// Which records of a block pass. `buffer` is scratch space that callers keep from block to block.
///
/// # Errors
/// The bytes of the block could not be read, or are no longer those that were indexed.
pub fn eval_block(
    predicate: &Predicate,
    block: &Block,
    source: &dyn ByteSource,
    buffer: &mut Vec<u8>,
) -> Result<BlockRows, ReadError> {
    let mut mask = eval_columns(predicate, block);
    for (matcher, sense) in &predicate.text {
        if mask.is_empty() {
            break;
        }
        let hits = matching(matcher, block, &mask, source, buffer)?;
        match sense {
            Sense::Include => mask.keep(&hits),
            Sense::Exclude => mask.remove(&hits),
        }
    }
    Ok(mask.seal())
}

/// What level, logger and time alone leave of a block; text terms are not looked at.
#[must_use]
pub fn eval_columns(predicate: &Predicate, block: &Block) -> Mask {
    let mut mask = Mask::all(block.len() as u32);
    if let Some(levels) = &predicate.levels {
        keep_levels(&mut mask, block, |level| {
            levels.get(usize::from(level.0)).copied().unwrap_or(false)
        });
    }
    if let Some(loggers) = &predicate.loggers {
        keep_loggers(&mut mask, block, |logger| {
            loggers.get(logger.0 as usize).copied().unwrap_or(false)
        });
    }
    if let Some(range) = &predicate.time {
        keep_times(&mut mask, block, range);
    }
    mask
}

/// Keeps the records whose level passes; the block's sums alone decide if they can.
pub(super) fn keep_levels(mask: &mut Mask, block: &Block, passes: impl Fn(LevelId) -> bool) {
    let counts = &block.stats().levels;
    let left = counts
        .iter()
        .filter(|count| passes(count.level))
        .map(|count| count.records)
        .sum();
    if decided(mask, left) {
        return;
    }
    let mut inside = Mask::none(mask.records());
    block.mark_levels(passes, inside.words_mut());
    mask.keep(&inside);
}

fn keep_loggers(mask: &mut Mask, block: &Block, passes: impl Fn(LoggerId) -> bool) {
    let counts = &block.stats().loggers;
    let left = counts
        .iter()
        .filter(|count| passes(count.logger))
        .map(|count| count.records)
        .sum();
    if decided(mask, left) {
        return;
    }
    let mut inside = Mask::none(mask.records());
    block.mark_loggers(passes, inside.words_mut());
    mask.keep(&inside);
}

/// Whether knowing how many records of the block pass is enough: none or all of them.
fn decided(mask: &mut Mask, left: u32) -> bool {
    if left == 0 {
        *mask = Mask::none(mask.records());
    }
    left == 0 || left == mask.records()
}

fn keep_times(mask: &mut Mask, block: &Block, range: &TimeRange) {
    let stats = block.stats();
    let overlaps = stats
        .earliest
        .zip(stats.latest)
        .is_some_and(|(earliest, latest)| {
            range.since.is_none_or(|since| latest >= since)
                && range.until.is_none_or(|until| earliest < until)
        });
    let mut inside = Mask::none(mask.records());
    if overlaps {
        block.mark_times(range, inside.words_mut());
    }
    mask.keep(&inside);
}

/// Which of the `wanted` records of a block match.
///
/// # Errors
/// As [`eval_block`].
pub fn matching(
    matcher: &Matcher,
    block: &Block,
    wanted: &Mask,
    source: &dyn ByteSource,
    buffer: &mut Vec<u8>,
) -> Result<Mask, ReadError> {
    let bytes = block.bytes();
    if bytes.end - bytes.start > WHOLE_BLOCK {
        return match_giants(matcher, block, wanted, source, buffer);
    }
    read(source, bytes.clone(), buffer)?;
    let text = BlockText {
        block,
        bytes: buffer,
        base: bytes.start,
    };
    if matcher.alone() || wanted.count() < wanted.records() / FEW {
        Ok(text.match_each(matcher, wanted))
    } else {
        Ok(text.match_all(matcher, wanted))
    }
}

/// A block and all its bytes.
struct BlockText<'a> {
    block: &'a Block,
    bytes: &'a [u8],
    base: u64,
}

impl BlockText<'_> {
    /// One pass over the whole buffer; a hit is mapped to its record.
    fn match_all(&self, matcher: &Matcher, wanted: &Mask) -> Mask {
        let mut hits = Mask::none(wanted.records());
        let mut next = wanted.next(0);
        while let Some(from) = next {
            let Some(hit) = matcher.find_at(self.bytes, self.record(from).start) else {
                break;
            };
            // An empty match behind the last byte (`$`) belongs to the last record.
            let at = hit.start.min(self.bytes.len().saturating_sub(1));
            let Some(slot) = self.block.slot_at_offset(self.base + at as u64) else {
                break;
            };
            if wanted.contains(slot) && self.holds(matcher, slot, &hit) {
                hits.insert(slot);
            }
            next = wanted.next(u32::from(slot.0) + 1);
        }
        hits
    }

    fn match_each(&self, matcher: &Matcher, wanted: &Mask) -> Mask {
        let mut hits = Mask::none(wanted.records());
        for slot in wanted
            .iter()
            .filter(|slot| matcher.is_match(&self.bytes[self.record(*slot)]))
        {
            hits.insert(slot);
        }
        hits
    }

    /// A hit that reaches beyond its record's text may hide a shorter one inside.
    fn holds(&self, matcher: &Matcher, slot: Slot, hit: &Range<usize>) -> bool {
        let record = self.record(slot);
        hit.end <= record.end || matcher.is_match(&self.bytes[record])
    }

    /// The record's text in the buffer, without its final line end.
    fn record(&self, slot: Slot) -> Range<usize> {
        let start =
            (self.block.offset(slot).saturating_sub(self.base) as usize).min(self.bytes.len());
        let end = start
            .saturating_add(self.block.length(slot) as usize)
            .min(self.bytes.len());
        start..start + without_line_end(&self.bytes[start..end]).len()
    }
}

/// Record by record, a giant one in overlapping windows, so that memory stays bounded.
fn match_giants(
    matcher: &Matcher,
    block: &Block,
    wanted: &Mask,
    source: &dyn ByteSource,
    buffer: &mut Vec<u8>,
) -> Result<Mask, ReadError> {
    let mut hits = Mask::none(wanted.records());
    for slot in wanted.iter() {
        let (mut from, end) = (block.offset(slot), block.offset(slot) + block.length(slot));
        loop {
            let to = end.min(from + WINDOW as u64);
            read(source, from..to, buffer)?;
            let text = if to == end {
                without_line_end(buffer)
            } else {
                &buffer[..]
            };
            if matcher.is_match(text) {
                hits.insert(slot);
                break;
            }
            if to == end {
                break;
            }
            from = to - OVERLAP as u64;
        }
    }
    Ok(hits)
}

/// Fills the buffer with a range of the source. Fewer bytes than were indexed mean that the file was cut.
pub(super) fn read(
    source: &dyn ByteSource,
    range: Range<u64>,
    buffer: &mut Vec<u8>,
) -> Result<(), ReadError> {
    let wanted = (range.end - range.start) as usize;
    buffer.resize(wanted, 0);
    if source.read_at(range.start, buffer)? < wanted {
        return Err(ReadError::Stale);
    }
    Ok(())
}
