//! Counts the records of a block by level and logger.

use super::draft::DraftLevel;
use super::stats::{LevelCount, LoggerCount};
use crate::base::id::LoggerId;
use crate::base::level::{Gravity, LevelId, LevelTable};

/// Records of a block by logger code and level code, as the scan counts them: standard levels summed up by what they
/// mean, levels of the log's own one by one, since their meaning is known only once they have a place in the order.
#[derive(Debug, Default)]
pub(super) struct LoggerCounts {
    /// Per logger code: others, warnings, errors; own levels are in none.
    standard: Vec<[u32; 4]>,
    /// Logger code and level code of every record with a level of the log's own.
    own: Vec<(u32, u8)>,
    /// Records per level code.
    levels: Vec<u32>,
}

/// How a level counts for its logger.
const OTHER: u8 = 0;
const WARNING: u8 = 1;
const ERROR: u8 = 2;
const OWN: u8 = 3;

fn class(gravity: Gravity) -> u8 {
    match gravity {
        Gravity::Error | Gravity::Critical => ERROR,
        Gravity::Warning => WARNING,
        _ => OTHER,
    }
}

impl LoggerCounts {
    /// Counts the codes of a block; logger codes are below `loggers`.
    pub(super) fn new(
        levels: &[u8],
        level_words: &[DraftLevel],
        loggers: &[u32],
        logger_codes: usize,
    ) -> Self {
        let table = LevelTable::standard();
        let mut classes = [OTHER; 256];
        for (place, level) in classes.iter_mut().zip(level_words) {
            *place = match level {
                DraftLevel::Standard(id) => class(table.gravity(*id)),
                DraftLevel::Custom(_) => OWN,
            };
        }
        let mut counts = Self {
            standard: vec![[0; 4]; logger_codes],
            own: Vec::new(),
            levels: vec![0; level_words.len()],
        };
        let mut by_level = [0_u32; 256];
        for (level, logger) in levels.iter().zip(loggers) {
            by_level[usize::from(*level)] += 1;
            let class = classes[usize::from(*level)];
            if let Some(counts) = counts.standard.get_mut(*logger as usize) {
                // Masked, so that the compiler sees that it lies inside.
                counts[usize::from(class & 3)] += 1;
            }
            if class == OWN {
                counts.own.push((*logger, *level));
            }
        }
        for (total, count) in counts.levels.iter_mut().zip(by_level) {
            *total = count;
        }
        counts
    }

    /// One entry per level that occurs.
    pub(super) fn by_level(&self, level_ids: &[LevelId]) -> Box<[LevelCount]> {
        let mut merged: Vec<LevelCount> = Vec::new();
        for (level, records) in level_ids.iter().zip(&self.levels) {
            match merged.iter_mut().find(|count| count.level == *level) {
                Some(count) => count.records += records,
                None if *records > 0 => merged.push(LevelCount {
                    level: *level,
                    records: *records,
                }),
                None => {}
            }
        }
        merged.into()
    }

    /// One entry per logger that occurs, by id.
    pub(super) fn by_logger(
        &self,
        logger_ids: &[LoggerId],
        level_ids: &[LevelId],
        levels: &LevelTable,
    ) -> Box<[LoggerCount]> {
        let mut standard = self.standard.clone();
        for (logger, level) in &self.own {
            let id = level_ids.get(usize::from(*level)).copied();
            let class = class(levels.gravity(id.unwrap_or_default()));
            if let Some(counts) = standard.get_mut(*logger as usize) {
                counts[usize::from(class & 3)] += 1;
            }
        }
        let mut merged: Vec<LoggerCount> = logger_ids
            .iter()
            .zip(standard)
            .map(|(logger, [other, warnings, errors, _])| LoggerCount {
                logger: *logger,
                records: other + warnings + errors,
                errors,
                warnings,
            })
            .filter(|count| count.records > 0)
            .collect();
        merged.sort_unstable_by_key(|count| count.logger);
        merged.dedup_by(|next, kept| {
            let same = next.logger == kept.logger;
            if same {
                kept.records += next.records;
                kept.errors += next.errors;
                kept.warnings += next.warnings;
            }
            same
        });
        merged.into()
    }
}
