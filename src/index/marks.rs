//! Questions to all records of a block at once: which have such a level, logger or time, and how many of some records
//! have which. Records are bits: slot `n` is bit `n % 64` of word `n / 64`, and bits beyond the last record stay 0.

use super::block::Block;
use super::packed::GROUP;
use super::stats::LoggerTotal;
use crate::base::id::LoggerId;
use crate::base::level::{Gravity, LevelId};
use crate::base::time::TimeRange;

/// With fewer records of a group to look at, each is looked up on its own.
const FEW: u32 = 6;

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
        let mut verdicts: Vec<u8> = ids.map(|logger| u8::from(passes(*logger))).collect();
        // A power of two, so that masking a code keeps it inside.
        verdicts.resize(verdicts.len().next_power_of_two(), 0);
        let inside = verdicts.len() - 1;
        let groups = self.len().div_ceil(GROUP);
        let mut codes = [0; GROUP];
        for (group, word) in words.iter_mut().enumerate().take(groups) {
            self.columns.loggers.unpack(group, &mut codes);
            let mut bits = 0_u64;
            for (at, code) in codes.iter().enumerate() {
                bits |= u64::from(verdicts[*code as usize & inside]) << at;
            }
            *word |= bits & self.there(group);
        }
    }

    /// Sets the bit of every record whose time lies in `range`. A record without a time lies in no range.
    pub fn mark_times(&self, range: &TimeRange, words: &mut [u64]) {
        self.columns.times.mark(range, words);
    }

    /// Adds the records whose bits are set to `counts`; `gravity` says what level ids mean.
    pub fn count(&self, words: &[u64], gravity: &[Gravity; 256], counts: &mut Counts<'_>) {
        self.count_levels(words, counts.levels);
        self.count_loggers(words, gravity, counts.loggers);
    }

    fn count_levels(&self, words: &[u64], levels: &mut [u64]) {
        for (code, id) in self.columns.level_ids.iter().enumerate() {
            let mut only = [false; 256];
            only[code & 0xff] = true;
            let used = words.iter().enumerate().filter(|(_, word)| **word != 0);
            let marked = used.map(|(group, word)| {
                let of_level = self.columns.levels.passing(group, &only) & self.there(group);
                u64::from((word & of_level).count_ones())
            });
            if let Some(total) = levels.get_mut(usize::from(id.0)) {
                *total += marked.sum::<u64>();
            }
        }
    }

    fn count_loggers(&self, words: &[u64], gravity: &[Gravity; 256], loggers: &mut [LoggerTotal]) {
        let of = |wanted: fn(Gravity) -> bool| {
            self.level_verdicts(|level| wanted(gravity[usize::from(level.0)]))
        };
        let errors = of(|gravity| gravity >= Gravity::Error);
        let warnings = of(|gravity| gravity == Gravity::Warning);
        let mut records = vec![0_u32; self.columns.logger_ids.len()];
        let mut codes = [0; GROUP];
        for (group, word) in words.iter().enumerate() {
            let word = word & self.there(group);
            if word == 0 {
                continue;
            }
            if word.count_ones() < FEW {
                for at in bits(word) {
                    codes[at] = self.columns.loggers.get(group * GROUP + at) as u64;
                }
            } else {
                self.columns.loggers.unpack(group, &mut codes);
            }
            for at in bits(word) {
                if let Some(count) = records.get_mut(codes[at] as usize) {
                    *count += 1;
                }
            }
            // Few records are grave: these are added one by one.
            for (verdicts, is_error) in [(&errors, true), (&warnings, false)] {
                for at in bits(word & self.columns.levels.passing(group, verdicts)) {
                    if let Some(total) = self.total_of(codes[at], loggers) {
                        total.errors += u64::from(is_error);
                        total.warnings += u64::from(!is_error);
                    }
                }
            }
        }
        for (code, count) in (0..).zip(records) {
            if let Some(total) = self.total_of(code, loggers) {
                total.records += u64::from(count);
            }
        }
    }

    fn total_of<'a>(
        &self,
        code: u64,
        loggers: &'a mut [LoggerTotal],
    ) -> Option<&'a mut LoggerTotal> {
        let id = self.columns.logger_ids.get(code as usize)?;
        loggers.get_mut(id.0 as usize)
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

/// The positions of the bits that are set, in order.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(at)
    })
}
