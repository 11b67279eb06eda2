//! Questions to all records of a block at once: which have such a level, logger or time, and how many of some records
//! have which. Records are bits: slot `n` is bit `n % 64` of word `n / 64`, and bits beyond the last record stay 0.

use super::block::{Block, Columns};
use super::packed::GROUP;
use super::stats::LoggerTotal;
use crate::base::id::LoggerId;
use crate::base::level::{Gravity, LevelId};
use crate::base::time::TimeRange;

/// With fewer records of a group to look at, each is looked up on its own.
const FEW: u32 = 16;

/// Counts of some records of a source, by level id and by logger id; long enough for all ids.
#[derive(Debug)]
pub struct Counts<'a> {
    /// Records per level.
    pub levels: &'a mut [u64],
    /// Records per logger, without those of its children.
    pub loggers: &'a mut [LoggerTotal],
}

impl Block {
    /// Sets the bit of every record whose level passes.
    pub fn mark_levels(&self, passes: impl Fn(LevelId) -> bool, words: &mut [u64]) {
        let verdicts = self.level_verdicts(passes);
        let groups = self.len().div_ceil(GROUP);
        for (group, word) in words.iter_mut().enumerate().take(groups) {
            *word |= self.columns.levels.passing(group, &verdicts) & self.there(group);
        }
    }

    /// Sets the bit of every record whose logger passes.
    pub fn mark_loggers(&self, passes: impl Fn(LoggerId) -> bool, words: &mut [u64]) {
        let ids = self.columns.logger_ids.iter();
        let mut verdicts: Vec<u64> = ids.map(|logger| u64::from(passes(*logger))).collect();
        verdicts.resize(verdicts.len().next_power_of_two(), 0);
        let groups = self.len().div_ceil(GROUP);
        for (group, word) in words.iter_mut().enumerate().take(groups) {
            *word |= self.columns.loggers.look_up(group, &verdicts) & self.there(group);
        }
    }

    /// Sets the bit of every record whose time lies in `range`. A record without a time lies in no range.
    pub fn mark_times(&self, range: &TimeRange, words: &mut [u64]) {
        self.columns.times.mark(range, words);
    }

    /// Adds the records whose bits are set to `counts`; `gravity` says what level ids mean.
    pub fn count(&self, words: &[u64], gravity: &[Gravity; 256], counts: &mut Counts<'_>) {
        let mut sums = Sums {
            classes: self
                .level_ids()
                .map(|id| Class::of(gravity[usize::from(id.0)]))
                .collect(),
            levels: vec![0; self.columns.level_ids.len()],
            // A power of two, so that masking a code keeps it inside.
            loggers: vec![[0; 4]; self.columns.logger_ids.len().next_power_of_two()],
        };
        for (group, word) in words.iter().enumerate() {
            let word = word & self.there(group);
            if word != 0 {
                sums.add(&self.columns, group, word);
            }
        }
        for (id, sum) in self.level_ids().zip(&sums.levels) {
            if let Some(total) = counts.levels.get_mut(usize::from(id.0)) {
                *total += u64::from(*sum);
            }
        }
        for (id, sum) in self.columns.logger_ids.iter().zip(&sums.loggers) {
            let [others, warnings, errors, _] = sum.map(u64::from);
            if let Some(total) = counts.loggers.get_mut(id.0 as usize) {
                total.records += others + warnings + errors;
                total.warnings += warnings;
                total.errors += errors;
            }
        }
    }

    fn level_ids(&self) -> impl Iterator<Item = LevelId> + '_ {
        self.columns.level_ids.iter().copied()
    }

    fn level_verdicts(&self, passes: impl Fn(LevelId) -> bool) -> [bool; 256] {
        let mut verdicts = [false; 256];
        for (verdict, level) in verdicts.iter_mut().zip(&self.columns.level_ids) {
            *verdict = passes(*level);
        }
        verdicts
    }

    /// The bits of a group that stand for records.
    fn there(&self, group: usize) -> u64 {
        match self.len().saturating_sub(group * GROUP) {
            0 => 0,
            records => u64::MAX >> (GROUP - records.min(GROUP)),
        }
    }
}

/// What a level means for the counts of a logger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Warning,
    Error,
}

impl Class {
    fn of(gravity: Gravity) -> Self {
        match gravity {
            Gravity::Error | Gravity::Critical => Self::Error,
            Gravity::Warning => Self::Warning,
            _ => Self::Other,
        }
    }
}

/// Counts by the codes of one block.
struct Sums {
    /// By level code.
    classes: Vec<Class>,
    /// By level code.
    levels: Vec<u32>,
    /// By logger code: others, warnings, errors, and records that are not asked for.
    loggers: Vec<[u32; 4]>,
}

impl Sums {
    /// Adds the records of a group whose bits are set.
    #[inline]
    fn add(&mut self, columns: &Columns, group: usize, word: u64) {
        let (mut warnings, mut errors) = (0, 0);
        for (code, (class, sum)) in self.classes.iter().zip(&mut self.levels).enumerate() {
            let of_level = columns.levels.of_code(group, code) & word;
            *sum += of_level.count_ones();
            match class {
                Class::Other => {}
                Class::Warning => warnings |= of_level,
                Class::Error => errors |= of_level,
            }
        }
        let loggers = &mut self.loggers;
        let inside = loggers.len() - 1;
        if word.count_ones() < FEW {
            for at in bits(word) {
                let class = errors >> at << 1 & 2 | warnings >> at & 1;
                let code = columns.loggers.get(group * GROUP + at);
                loggers[code & inside][class as usize & 3] += 1;
            }
        } else {
            // Counting all of them, those not asked for apart, takes no branch per record.
            let classes = class_bytes(warnings | !word, errors | !word);
            columns.loggers.for_each(group, |at, code| {
                loggers[code as usize & inside][usize::from(classes[at]) & 3] += 1;
            });
        }
    }
}

/// A byte per record: 1 where only the first has a bit, 2 where only the second, 3 where both.
#[inline]
fn class_bytes(ones: u64, twos: u64) -> [u8; GROUP] {
    const HIGHEST: u64 = 0x0101_0101_0101_0101;
    let mut classes = [0; GROUP];
    let (eights, _) = classes.as_chunks_mut::<8>();
    for (at, eight) in eights.iter_mut().enumerate() {
        // Eight copies of a byte, of which each keeps another bit.
        let spread = |bits: u64| {
            let byte = bits >> (8 * at) & 0xff;
            let apart = byte.wrapping_mul(HIGHEST) & 0x8040_2010_0804_0201;
            // Bits other than the lowest carry into the highest; then it is moved down.
            (apart.wrapping_add(0x0040_6070_787c_7e7f) | apart) >> 7 & HIGHEST
        };
        *eight = (spread(ones) | spread(twos) << 1).to_le_bytes();
    }
    classes
}

/// The positions of the bits that are set, in order.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_bytes_are_the_bits_of_both() {
        let mut state = 1_u64;
        for _ in 0..2000 {
            state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(77);
            let (ones, twos) = (state ^ state >> 29, state.rotate_left(31));
            let classes = class_bytes(ones, twos);
            for (at, class) in classes.into_iter().enumerate() {
                let expected = ones >> at & 1 | (twos >> at & 1) << 1;
                assert_eq!(u64::from(class), expected, "{ones:x} {twos:x} {at}");
            }
        }
    }
}
