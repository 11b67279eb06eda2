//! An index without a file behind it, for tests and benchmarks of everything above: a hundred million records in less
//! than a second, stored as if they had been scanned.

use std::sync::Arc;

use super::assemble::Assembler;
use super::block::{BLOCK_RECORDS, Block, Columns, Place};
use super::draft::{DraftBuilder, Found};
use super::snapshot::SourceSnapshot;
use super::stats::{BlockStats, SourceStats};
use crate::base::id::Generation;
use crate::base::level::LevelId;
use crate::base::time::{Timestamp, Zone};
use crate::format::extractor::{Clock, LevelWord};

/// Length of every record.
pub const RECORD_BYTES: u64 = 120;

/// Milliseconds between two records.
const STEP_NANOS: i64 = 3_000_000;

/// 2026-01-01T00:00:00Z.
const FIRST_NANOS: i64 = 1_767_225_600 * 1_000_000_000;

/// An index of so many records by so many loggers. Each is 120 bytes and 3 ms after the one before; of 100 records
/// 55 are DEBUG, 35 INFO, 7 WARNING, 2 ERROR and one CRITICAL; every 128th has five more lines.
#[must_use]
pub fn snapshot(records: u64, loggers: u32) -> SourceSnapshot {
    let full = one_block(BLOCK_RECORDS as u64, loggers);
    let mut blocks = Vec::new();
    let mut stats = SourceStats::default();
    let mut first = 0;
    while first < records {
        let count = (records - first).min(BLOCK_RECORDS as u64);
        let pattern = if count == BLOCK_RECORDS as u64 {
            full.clone()
        } else {
            one_block(count, loggers)
        };
        if let Some(block) = pattern.blocks.first() {
            let block = moved(block, first, stats.lines);
            stats.add(&block);
            stats.lines += block.lines();
            blocks.push(Arc::new(block));
        }
        first += count;
    }
    stats.bytes = records * RECORD_BYTES;
    SourceSnapshot {
        blocks: blocks.into(),
        sealed: usize::try_from(records.saturating_sub(1)).unwrap_or(usize::MAX) / BLOCK_RECORDS,
        indexed_bytes: stats.bytes,
        stats: Arc::new(stats),
        ..full
    }
}

/// An index of so many blocks of 65 536 records each, all with the very same columns: as large as one likes in next to
/// no memory. Records are as in [`snapshot`], but that times begin anew in every block.
#[must_use]
pub fn repeated(blocks: u64, loggers: u32) -> SourceSnapshot {
    let full = one_block(BLOCK_RECORDS as u64, loggers);
    let mut stats = SourceStats::default();
    let mut all = Vec::new();
    for pattern in (0..blocks).filter_map(|_| full.blocks.first()) {
        let first_record = stats.records;
        let block = Block {
            place: Place {
                start: first_record * RECORD_BYTES,
                end: (first_record + pattern.len() as u64) * RECORD_BYTES,
                first_record,
                first_line: stats.lines,
                ..pattern.place
            },
            ..Block::clone(pattern)
        };
        stats.add(&block);
        stats.lines += block.lines();
        all.push(Arc::new(block));
    }
    stats.bytes = stats.records * RECORD_BYTES;
    SourceSnapshot {
        sealed: all.len().saturating_sub(1),
        blocks: all.into(),
        indexed_bytes: stats.bytes,
        stats: Arc::new(stats),
        ..full
    }
}

fn one_block(records: u64, loggers: u32) -> SourceSnapshot {
    let chunk = 0..records * RECORD_BYTES;
    let end = chunk.end;
    let names: Vec<String> = (0..loggers.max(1))
        .map(|n| format!("app.part{}.module{n}", n % 12))
        .collect();
    let mut draft = DraftBuilder::new(chunk, Clock::Full);
    let mut line = 0;
    for n in 0..records {
        let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let level = match mixed % 100 {
            0..55 => LevelId::DEBUG,
            55..90 => LevelId::INFO,
            90..97 => LevelId::WARNING,
            97..99 => LevelId::ERROR,
            _ => LevelId::CRITICAL,
        };
        let logger = names.get((mixed / 100) as usize % names.len());
        draft.push(&Found {
            offset: n * RECORD_BYTES,
            line,
            time: Some(FIRST_NANOS + n as i64 * STEP_NANOS),
            level: LevelWord::Standard(level),
            logger: logger.map(String::as_bytes),
        });
        line += if n % 128 == 127 { 6 } else { 1 };
    }
    let mut assembler = Assembler::new(
        Generation::default(),
        Clock::Full,
        Zone::Utc,
        Timestamp::default(),
    );
    assembler.push(draft.finish(end, line, false, true));
    assembler.snapshot()
}

/// The same block further down in the file.
fn moved(block: &Block, first_record: u64, first_line: u64) -> Block {
    let nanos = first_record as i64 * STEP_NANOS;
    let later = |time: Option<Timestamp>| time.map(|time| Timestamp(time.0 + nanos));
    let stats = BlockStats {
        earliest: later(block.stats.earliest),
        latest: later(block.stats.latest),
        ..BlockStats::clone(&block.stats)
    };
    let columns = Columns::clone(&block.columns);
    Block {
        place: Place {
            start: first_record * RECORD_BYTES,
            end: (first_record + block.len() as u64) * RECORD_BYTES,
            first_record,
            first_line,
            latest: stats.latest,
            ..block.place
        },
        columns: Arc::new(Columns {
            times: columns.times.later(nanos),
            ..columns
        }),
        stats: Arc::new(stats),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::id::RecordNo;

    #[test]
    fn records_lie_where_they_should() {
        let snapshot = snapshot(200_000, 40);
        assert_eq!(snapshot.len(), 200_000);
        assert_eq!(snapshot.stats.records, 200_000);
        assert_eq!(snapshot.loggers.len(), 41);
        for n in [0, 1, 65_535, 65_536, 131_071, 199_999] {
            let meta = snapshot.record(RecordNo(n)).unwrap();
            assert_eq!((meta.offset, meta.length), (n * RECORD_BYTES, RECORD_BYTES));
            assert_eq!(meta.line, n + n / 128 * 5);
            let time = meta.time.unwrap();
            assert_eq!(time.0, FIRST_NANOS + n as i64 * STEP_NANOS);
            assert_eq!(snapshot.record_at_time(time), Some(RecordNo(n)));
            assert_eq!(
                snapshot.record_at_offset(meta.offset + 119),
                Some(RecordNo(n))
            );
            assert_eq!(snapshot.record_at_line(meta.line), Some(RecordNo(n)));
        }
        assert_eq!(snapshot.record(RecordNo(200_000)), None);
        assert_eq!(snapshot.record_at_line(1 << 40), None);
    }
}
