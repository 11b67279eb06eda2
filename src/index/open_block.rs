//! The columns of the block that a scan is building.

use super::block::BLOCK_RECORDS;
use super::columns::{AscendingBuilder, Codes, ExtraLines, Planes};
use super::count::LoggerCounts;
use super::draft::{DraftBlock, DraftLevel, DraftTimes};
use super::packed::GROUP;
use super::times::{NO_TIME, TimesBuilder};
use crate::base::level::LevelId;
use crate::format::extractor::Clock;

/// A block while records are added to it: rows of a group first, which a full group then spreads to the columns, so that
/// a record costs one check of room and not one per column.
#[derive(Debug)]
pub(super) struct OpenBlock {
    start: u64,
    first_line: u64,
    last_line: u64,
    /// Records so far, those of the open group included.
    records: usize,
    group: Group,
    starts: AscendingBuilder,
    levels: Vec<u8>,
    level_words: Vec<DraftLevel>,
    /// Code + 1 of every standard level; 0 for none yet.
    standard: [u16; 256],
    loggers: Vec<u32>,
    times: TimesBuilder,
    /// Times that the assembler completes.
    relative: Vec<i64>,
    extra_slots: Vec<u16>,
    extra_sums: Vec<u32>,
    unmatched: Vec<u16>,
    scratch: Vec<u64>,
}

/// The newest records, not in the columns yet.
#[derive(Debug)]
struct Group {
    /// Distances from the block's start.
    starts: [u32; GROUP],
    times: [i64; GROUP],
    levels: [u8; GROUP],
    loggers: [u32; GROUP],
}

impl Default for OpenBlock {
    fn default() -> Self {
        Self {
            start: 0,
            first_line: 0,
            last_line: 0,
            records: 0,
            group: Group {
                starts: [0; GROUP],
                times: [0; GROUP],
                levels: [0; GROUP],
                loggers: [0; GROUP],
            },
            starts: AscendingBuilder::default(),
            levels: Vec::new(),
            level_words: Vec::new(),
            standard: [0; 256],
            loggers: Vec::new(),
            times: TimesBuilder::default(),
            relative: Vec::new(),
            extra_slots: Vec::new(),
            extra_sums: Vec::new(),
            unmatched: Vec::new(),
            scratch: Vec::new(),
        }
    }
}

impl OpenBlock {
    pub(super) fn reserve(&mut self, records: usize) {
        self.levels.reserve(records);
        self.loggers.reserve(records);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// Whether no record may be added any more.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.records == BLOCK_RECORDS
    }

    /// Adds a record: its offset and first line, its time in the sense of the clock, and the codes of level and logger.
    #[inline]
    pub(super) fn push(
        &mut self,
        (offset, line): (u64, u64),
        clock: Clock,
        time: Option<i64>,
        level: u8,
        logger: u32,
    ) {
        let at = self.records % GROUP;
        if at == 0 {
            self.begin_group(offset, line, clock);
        }
        if line != self.last_line.wrapping_add(1) {
            self.note_extra_lines(line);
        }
        self.last_line = line;
        let from_start = offset.saturating_sub(self.start);
        self.group.starts[at] = u32::try_from(from_start).unwrap_or(u32::MAX);
        self.group.times[at] = time.unwrap_or(NO_TIME);
        self.group.levels[at] = level;
        self.group.loggers[at] = logger;
        self.records += 1;
    }

    /// Makes room for a group; the block begins at these places if it is the first.
    fn begin_group(&mut self, offset: u64, line: u64, clock: Clock) {
        if self.records == 0 {
            self.start = offset;
            self.first_line = line;
            self.last_line = line.wrapping_sub(1);
        } else {
            self.spread(GROUP, clock);
        }
    }

    /// Moves the first `filled` records of the group to the columns.
    fn spread(&mut self, filled: usize, clock: Clock) {
        let group = &mut self.group;
        self.starts.push_group(&group.starts, filled);
        self.levels
            .extend_from_slice(group.levels.get(..filled).unwrap_or_default());
        self.loggers
            .extend_from_slice(group.loggers.get(..filled).unwrap_or_default());
        match clock {
            Clock::None | Clock::Full => self.times.push_group(&mut group.times, filled),
            Clock::NoYear | Clock::TimeOfDay => {
                let times = group.times.get(..filled).unwrap_or_default();
                self.relative.extend_from_slice(times);
            }
        }
    }

    /// The record before the one that starts at `line` has more lines than one.
    #[cold]
    fn note_extra_lines(&mut self, line: u64) {
        let Some(before) = self.records.checked_sub(1) else {
            return;
        };
        let sum = (line - self.first_line).saturating_sub(self.records as u64);
        self.extra_slots.push(before as u16);
        self.extra_sums.push(u32::try_from(sum).unwrap_or(u32::MAX));
    }

    /// The record that is added next does not match the format.
    pub(super) fn next_is_unmatched(&mut self) {
        self.unmatched.push(self.records as u16);
    }

    #[inline]
    pub(super) fn standard_code(&mut self, id: LevelId) -> u8 {
        match self.standard[usize::from(id.0)] {
            0 => {
                let code = self.level_code(DraftLevel::Standard(id));
                self.standard[usize::from(id.0)] = u16::from(code) + 1;
                code
            }
            code => (code - 1) as u8,
        }
    }

    /// The code of a level; when all are taken, the last one, which then stands for "no level".
    pub(super) fn level_code(&mut self, level: DraftLevel) -> u8 {
        const LAST: usize = u8::MAX as usize;
        if let Some(code) = self.level_words.iter().position(|known| *known == level) {
            return code as u8;
        }
        let code = self.level_words.len();
        if code < LAST {
            self.level_words.push(level);
        } else if code == LAST {
            self.level_words.push(DraftLevel::Standard(LevelId::NONE));
        }
        code.min(LAST) as u8
    }

    /// Encodes the columns and leaves an empty block that keeps its buffers. So many loggers are known by now. The block
    /// is not empty.
    pub(super) fn take(&mut self, clock: Clock, loggers: usize) -> DraftBlock {
        self.spread((self.records - 1) % GROUP + 1, clock);
        let times = match clock {
            Clock::None | Clock::Full => {
                let (column, bounds) = self.times.take();
                DraftTimes::Final(column, bounds)
            }
            Clock::NoYear | Clock::TimeOfDay => {
                DraftTimes::Relative(self.relative.as_slice().into())
            }
        };
        let draft = DraftBlock {
            start: self.start,
            first_line: self.first_line,
            starts: self.starts.take(),
            levels: Planes::new(&self.levels, &mut self.scratch),
            counts: LoggerCounts::new(&self.levels, &self.level_words, &self.loggers, loggers + 1),
            level_words: std::mem::take(&mut self.level_words),
            loggers: Codes::new(&self.loggers, &mut self.scratch),
            times,
            lines: ExtraLines::new(&self.extra_slots, &self.extra_sums, self.records),
            unmatched: self.unmatched.as_slice().into(),
        };
        self.records = 0;
        self.levels.clear();
        self.standard = [0; 256];
        self.loggers.clear();
        self.relative.clear();
        self.extra_slots.clear();
        self.extra_sums.clear();
        self.unmatched.clear();
        draft
    }
}
