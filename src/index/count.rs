//! Counts the records of a block by level and logger.

use super::block::Columns;
use super::columns::CodeColumn;
use super::stats::{BlockStats, LevelCount, LoggerCount};
use crate::base::level::{Gravity, LevelTable};

/// How a level counts for its logger.
const OTHER: u8 = 0;
const WARNING: u8 = 1;
const ERROR: u8 = 2;

/// Everything but times and matches, which others know.
pub(super) fn stats(columns: &Columns, levels: &LevelTable) -> BlockStats {
    let mut classes = [OTHER; 256];
    for (class, level) in classes.iter_mut().zip(&columns.level_ids) {
        *class = match levels.gravity(*level) {
            Gravity::Error | Gravity::Critical => ERROR,
            Gravity::Warning => WARNING,
            _ => OTHER,
        };
    }
    let counts = match &columns.loggers {
        CodeColumn::Narrow(codes) => by_logger(codes, columns, &classes),
        CodeColumn::Wide(codes) => by_logger(codes, columns, &classes),
    };
    BlockStats {
        records: u32::try_from(columns.levels.len()).unwrap_or(u32::MAX),
        unmatched: 0,
        levels: level_counts(columns),
        loggers: logger_counts(columns, &counts),
        earliest: None,
        latest: None,
    }
}

/// Per code: others, warnings, errors.
fn by_logger<C: Copy + Into<usize>>(
    codes: &[C],
    columns: &Columns,
    classes: &[u8; 256],
) -> Vec<[u32; 4]> {
    let mut counts = vec![[0_u32; 4]; columns.logger_ids.len()];
    for (code, level) in codes.iter().zip(&columns.levels) {
        let class = classes.get(usize::from(*level)).copied().unwrap_or(OTHER);
        if let Some(counts) = counts.get_mut((*code).into()) {
            // Masked, so that the compiler sees that it lies inside.
            counts[usize::from(class & 3)] += 1;
        }
    }
    counts
}

fn level_counts(columns: &Columns) -> Box<[LevelCount]> {
    let mut counts = [0_u32; 256];
    for code in &columns.levels {
        counts[usize::from(*code)] += 1;
    }
    let mut merged: Vec<LevelCount> = Vec::new();
    for (level, records) in columns.level_ids.iter().zip(counts) {
        if records == 0 {
            continue;
        }
        match merged.iter_mut().find(|count| count.level == *level) {
            Some(count) => count.records += records,
            None => merged.push(LevelCount {
                level: *level,
                records,
            }),
        }
    }
    merged.into()
}

fn logger_counts(columns: &Columns, counts: &[[u32; 4]]) -> Box<[LoggerCount]> {
    let mut merged: Vec<LoggerCount> = columns
        .logger_ids
        .iter()
        .zip(counts)
        .map(|(logger, [other, warnings, errors, _])| LoggerCount {
            logger: *logger,
            records: other + warnings + errors,
            errors: *errors,
            warnings: *warnings,
        })
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
