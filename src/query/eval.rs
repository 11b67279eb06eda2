//! A predicate on one block: sums first, then columns, and bytes only where records are left.

use super::bitmap::{BlockRows, Mask};
use super::compile::Predicate;
use super::judge::Reading;
use super::spec::Sense;
use super::text::matching;
use crate::base::cancel::CancelToken;
use crate::base::id::LoggerId;
use crate::base::level::LevelId;
use crate::base::time::TimeRange;
use crate::bytes::{ByteSource, ReadError};
use crate::index::block::Block;

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
    let rows = eval_block_until(predicate, block, source, buffer, &CancelToken::default())?;
    Ok(rows.unwrap_or(BlockRows::None))
}

/// As [`eval_block`]; `None` when the token was cancelled, which is heeded within milliseconds.
///
/// # Errors
/// As [`eval_block`].
pub fn eval_block_until(
    predicate: &Predicate,
    block: &Block,
    source: &dyn ByteSource,
    buffer: &mut Vec<u8>,
    cancel: &CancelToken,
) -> Result<Option<BlockRows>, ReadError> {
    let mut mask = eval_columns(predicate, block);
    for (matcher, sense) in &predicate.text {
        if mask.is_empty() {
            break;
        }
        let Some(hits) = matching(matcher, block, &mask, source, buffer, cancel)? else {
            return Ok(None);
        };
        match sense {
            Sense::Include => mask.keep(&hits),
            Sense::Exclude => mask.remove(&hits),
        }
    }
    for judge in predicate.more.iter().filter(|judge| judge.reads_bytes()) {
        if mask.is_empty() {
            break;
        }
        let mut reading = Reading {
            block,
            source,
            buffer,
            cancel,
            extractor: predicate.extractor.as_deref(),
        };
        let Some(passed) = judge.judge(&mask, &mut reading)? else {
            return Ok(None);
        };
        mask = passed;
    }
    Ok(Some(mask.seal()))
}

/// What level, logger and time alone leave of a block; texts and fields are not looked at.
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
    for judge in &predicate.more {
        if mask.is_empty() {
            break;
        }
        mask = judge.possible(&mask, block);
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

pub(super) fn keep_loggers(mask: &mut Mask, block: &Block, passes: impl Fn(LoggerId) -> bool) {
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

pub(super) fn keep_times(mask: &mut Mask, block: &Block, range: &TimeRange) {
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
