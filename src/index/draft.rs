//! What the scan of one chunk found, before it is known what came before the chunk: logger and level names by their
//! place in the chunk's own lists, record and line numbers counted from the chunk's start.

use std::ops::Range;

use super::block::BLOCK_RECORDS;
use super::columns::{Ascending, AscendingBuilder, Codes, ExtraLines, Planes};
use super::count::LoggerCounts;
use super::names::Names;
use super::times::{Bounds, NO_TIME, TimeColumn, TimesBuilder};
use crate::base::level::LevelId;
use crate::format::extractor::{Clock, LevelWord};

/// The pure result of scanning one chunk.
#[derive(Debug)]
pub struct ChunkDraft {
    /// The bytes in which the draft's records start.
    pub(super) chunk: Range<u64>,
    /// Where the bytes end that this draft knows of: the end of the last line that starts in the chunk, or more.
    pub(super) covered: u64,
    /// Whether more bytes behind `covered` cannot change this draft.
    pub(super) sealed: bool,
    /// Whether the byte before `covered` is no line end.
    pub(super) open: bool,
    /// Lines that start in the chunk.
    pub(super) lines: u64,
    pub(super) first_unmatched: bool,
    pub(super) blocks: Vec<DraftBlock>,
    pub(super) loggers: Vec<Box<[u8]>>,
    pub(super) levels: Vec<Box<[u8]>>,
}

/// The columns of one block to be.
#[derive(Debug)]
pub(super) struct DraftBlock {
    pub(super) start: u64,
    /// Lines of the chunk before the first record.
    pub(super) first_line: u64,
    pub(super) starts: Ascending,
    pub(super) levels: Planes,
    pub(super) level_words: Vec<DraftLevel>,
    /// 0 for records without a logger, otherwise a position in the chunk's list + 1.
    pub(super) loggers: Codes,
    pub(super) counts: LoggerCounts,
    pub(super) times: DraftTimes,
    pub(super) lines: ExtraLines,
}

/// A level in a block's dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DraftLevel {
    Standard(LevelId),
    /// A position in the chunk's list of words.
    Custom(u32),
}

/// Times that are final, or that need what came before.
#[derive(Debug)]
pub(super) enum DraftTimes {
    Final(TimeColumn, Option<Bounds>),
    /// In the sense of `Clock::NoYear` or `Clock::TimeOfDay`.
    Relative(Box<[i64]>),
}

/// One record as the scan found it.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Its first byte in the source.
    pub offset: u64,
    /// The number of its first line among the lines that start in the chunk.
    pub line: u64,
    /// Nanoseconds in the sense of the format's clock.
    pub time: Option<i64>,
    /// How severe.
    pub level: LevelWord<'a>,
    /// Which logger.
    pub logger: Option<&'a [u8]>,
}

/// Builds a draft record by record; public so that tests and benchmarks can make an index without a file.
#[derive(Debug)]
pub struct DraftBuilder {
    clock: Clock,
    chunk: Range<u64>,
    first_unmatched: bool,
    done: Vec<DraftBlock>,
    block: OpenBlock,
    loggers: Names,
    levels: Names,
}

/// Bytes of a record that buffers are made for; with shorter ones they grow.
const USUAL_RECORD: u64 = 160;

/// The columns of the block being built.
#[derive(Debug)]
struct OpenBlock {
    start: u64,
    first_line: u64,
    last_line: u64,
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
    scratch: Vec<u64>,
}

impl Default for OpenBlock {
    fn default() -> Self {
        Self {
            start: 0,
            first_line: 0,
            last_line: 0,
            starts: AscendingBuilder::default(),
            levels: Vec::new(),
            level_words: Vec::new(),
            standard: [0; 256],
            loggers: Vec::new(),
            times: TimesBuilder::default(),
            relative: Vec::new(),
            extra_slots: Vec::new(),
            extra_sums: Vec::new(),
            scratch: Vec::new(),
        }
    }
}

impl DraftBuilder {
    /// A draft of the chunk at these bytes, which must be fewer than 4 GiB, for headers that carry this much time.
    #[must_use]
    pub fn new(chunk: Range<u64>, clock: Clock) -> Self {
        let mut block = OpenBlock::default();
        let records = (chunk.end.saturating_sub(chunk.start) / USUAL_RECORD) as usize;
        block.reserve(records.min(BLOCK_RECORDS));
        Self {
            clock,
            chunk,
            first_unmatched: false,
            done: Vec::new(),
            block,
            loggers: Names::default(),
            levels: Names::default(),
        }
    }

    /// Says that the chunk's first record does not match the format.
    pub fn first_is_unmatched(&mut self) {
        self.first_unmatched = true;
    }

    /// Adds the record that starts next; offsets and lines ascend.
    #[inline]
    pub fn push(&mut self, found: &Found<'_>) {
        if self.block.levels.len() == BLOCK_RECORDS {
            self.close_block();
        }
        let logger = found.logger.map_or(0, |name| self.loggers.number(name) + 1);
        let block = &mut self.block;
        block.begin_record(found.offset, found.line);
        let level = match found.level {
            LevelWord::None => block.standard_code(LevelId::NONE),
            LevelWord::Standard(id) => block.standard_code(id),
            LevelWord::Custom(word) => {
                block.level_code(DraftLevel::Custom(self.levels.number(word)))
            }
        };
        block.levels.push(level);
        block.loggers.push(logger);
        let time = found.time.unwrap_or(NO_TIME);
        match self.clock {
            Clock::None | Clock::Full => block.times.push(time),
            Clock::NoYear | Clock::TimeOfDay => block.relative.push(time),
        }
    }

    /// The draft. `covered` is where the bytes end that were looked at, `open` says whether no line end stands before
    /// that, `sealed` whether bytes behind `covered` can no longer change the draft; `lines` start in the chunk.
    #[must_use]
    pub fn finish(mut self, covered: u64, lines: u64, open: bool, sealed: bool) -> ChunkDraft {
        self.close_block();
        ChunkDraft {
            chunk: self.chunk,
            covered,
            sealed,
            open,
            lines,
            first_unmatched: self.first_unmatched,
            blocks: self.done,
            loggers: self.loggers.into_list(),
            levels: self.levels.into_list(),
        }
    }

    fn close_block(&mut self) {
        if !self.block.levels.is_empty() {
            let draft = self.block.take(self.clock, self.loggers.len());
            self.done.push(draft);
        }
    }
}

impl OpenBlock {
    fn reserve(&mut self, records: usize) {
        self.levels.reserve(records);
        self.loggers.reserve(records);
    }

    #[inline]
    fn begin_record(&mut self, offset: u64, line: u64) {
        let Some(before) = self.levels.len().checked_sub(1) else {
            self.start = offset;
            self.first_line = line;
            self.last_line = line;
            self.starts.push(0);
            return;
        };
        if line > self.last_line + 1 {
            let sum = line - self.first_line - self.levels.len() as u64;
            self.extra_slots.push(before as u16);
            self.extra_sums.push(u32::try_from(sum).unwrap_or(u32::MAX));
        }
        self.last_line = line;
        let from_start = offset.saturating_sub(self.start);
        self.starts
            .push(u32::try_from(from_start).unwrap_or(u32::MAX));
    }

    #[inline]
    fn standard_code(&mut self, id: LevelId) -> u8 {
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
    fn level_code(&mut self, level: DraftLevel) -> u8 {
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

    /// Encodes the columns and leaves an empty block that keeps its buffers. So many loggers are known by now.
    fn take(&mut self, clock: Clock, loggers: usize) -> DraftBlock {
        let times = match clock {
            Clock::None | Clock::Full => {
                let (column, bounds) = self.times.take();
                DraftTimes::Final(column, bounds)
            }
            Clock::NoYear | Clock::TimeOfDay => {
                DraftTimes::Relative(self.relative.as_slice().into())
            }
        };
        let records = self.levels.len();
        let draft = DraftBlock {
            start: self.start,
            first_line: self.first_line,
            starts: self.starts.take(),
            levels: Planes::new(&self.levels, &mut self.scratch),
            counts: LoggerCounts::new(&self.levels, &self.level_words, &self.loggers, loggers + 1),
            level_words: std::mem::take(&mut self.level_words),
            loggers: Codes::new(&self.loggers, &mut self.scratch),
            times,
            lines: ExtraLines::new(&self.extra_slots, &self.extra_sums, records),
        };
        self.levels.clear();
        self.standard = [0; 256];
        self.loggers.clear();
        self.relative.clear();
        self.extra_slots.clear();
        self.extra_sums.clear();
        draft
    }
}
