//! What the scan of one chunk found, before it is known what came before the chunk: logger and level names by their
//! place in the chunk's own lists, record and line numbers counted from the chunk's start.

use std::ops::Range;

use super::block::{BLOCK_RECORDS, ExtraLines};
use super::columns::{CodeColumn, Packed};
use super::names::Names;
use super::times::{Bounds, NO_TIME, TimeColumn};
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
    pub(super) lengths: Packed,
    pub(super) levels: Box<[u8]>,
    pub(super) level_words: Vec<DraftLevel>,
    pub(super) loggers: CodeColumn,
    /// Positions in the chunk's list; `None` for records without a logger.
    pub(super) logger_names: Vec<Option<u32>>,
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

/// No code was given yet in this block.
const NO_CODE: u32 = u32::MAX;

/// The columns of the block being built.
#[derive(Debug, Default)]
struct OpenBlock {
    start: u64,
    first_line: u64,
    last_line: u64,
    /// Starts of the records, from the block's start.
    offsets: Vec<u32>,
    levels: Vec<u8>,
    level_words: Vec<DraftLevel>,
    /// Code + 1 of every standard level; 0 for none yet.
    standard: Vec<u16>,
    loggers: Vec<u16>,
    logger_names: Vec<Option<u32>>,
    /// Code of every logger of the chunk in this block.
    logger_codes: Vec<u32>,
    no_logger: Option<u16>,
    times: Vec<i64>,
    extra_slots: Vec<u16>,
    extra_counts: Vec<u32>,
}

impl DraftBuilder {
    /// A draft of the chunk at these bytes, which must be fewer than 4 GiB, for headers that carry this much time.
    #[must_use]
    pub fn new(chunk: Range<u64>, clock: Clock) -> Self {
        Self {
            clock,
            chunk,
            first_unmatched: false,
            done: Vec::new(),
            block: OpenBlock::default(),
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
        let logger = found.logger.map(|name| self.loggers.number(name));
        let level = match found.level {
            LevelWord::None => DraftLevel::Standard(LevelId::NONE),
            LevelWord::Standard(id) => DraftLevel::Standard(id),
            LevelWord::Custom(word) => DraftLevel::Custom(self.levels.number(word)),
        };
        let block = &mut self.block;
        block.begin_record(found.offset, found.line);
        let level = block.level_code(level);
        block.levels.push(level);
        let logger = block.logger_code(logger);
        block.loggers.push(logger);
        block.times.push(found.time.unwrap_or(NO_TIME));
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
            self.done.push(self.block.take(self.clock));
        }
    }
}

impl OpenBlock {
    fn begin_record(&mut self, offset: u64, line: u64) {
        let Some(before) = self.levels.len().checked_sub(1) else {
            self.start = offset;
            self.first_line = line;
            self.last_line = line;
            self.offsets.push(0);
            return;
        };
        let extra = line.saturating_sub(self.last_line + 1);
        if extra > 0 {
            self.extra_slots.push(before as u16);
            self.extra_counts
                .push(u32::try_from(extra).unwrap_or(u32::MAX));
        }
        self.last_line = line;
        let from_start = offset.saturating_sub(self.start);
        self.offsets
            .push(u32::try_from(from_start).unwrap_or(u32::MAX));
    }

    fn level_code(&mut self, level: DraftLevel) -> u8 {
        if let DraftLevel::Standard(id) = level {
            let at = usize::from(id.0);
            if let Some(code @ 1..) = self.standard.get(at) {
                return (code - 1) as u8;
            }
            let code = self.new_level(level);
            if self.standard.len() <= at {
                self.standard.resize(at + 1, 0);
            }
            if let Some(slot) = self.standard.get_mut(at) {
                *slot = u16::from(code) + 1;
            }
            return code;
        }
        match self.level_words.iter().position(|known| *known == level) {
            Some(code) => code as u8,
            None => self.new_level(level),
        }
    }

    /// The next code; when all are taken, the last one, which then stands for "no level".
    fn new_level(&mut self, level: DraftLevel) -> u8 {
        const LAST: usize = u8::MAX as usize;
        let code = self.level_words.len();
        if code < LAST {
            self.level_words.push(level);
        } else if code == LAST {
            self.level_words.push(DraftLevel::Standard(LevelId::NONE));
        }
        code.min(LAST) as u8
    }

    fn logger_code(&mut self, logger: Option<u32>) -> u16 {
        let Some(number) = logger else {
            return *self.no_logger.get_or_insert_with(|| {
                self.logger_names.push(None);
                (self.logger_names.len() - 1) as u16
            });
        };
        let at = number as usize;
        if let Some(code) = self.logger_codes.get(at)
            && *code != NO_CODE
        {
            return *code as u16;
        }
        if self.logger_codes.len() <= at {
            self.logger_codes.resize(at + 1, NO_CODE);
        }
        // At most one new entry per record, so that there are never more than 65 536.
        let code = self.logger_names.len();
        self.logger_names.push(Some(number));
        if let Some(slot) = self.logger_codes.get_mut(at) {
            *slot = code as u32;
        }
        code as u16
    }

    /// Encodes the columns and leaves an empty block that keeps its buffers.
    fn take(&mut self, clock: Clock) -> DraftBlock {
        let distances = self
            .offsets
            .iter()
            .zip(self.offsets.get(1..).unwrap_or_default())
            .map(|(start, next)| next.saturating_sub(*start));
        let times = match clock {
            Clock::None | Clock::Full => {
                let bounds = Bounds::of(&self.times);
                DraftTimes::Final(TimeColumn::new(&self.times, bounds.as_ref()), bounds)
            }
            Clock::NoYear | Clock::TimeOfDay => DraftTimes::Relative(self.times.as_slice().into()),
        };
        let draft = DraftBlock {
            start: self.start,
            first_line: self.first_line,
            lengths: Packed::new(distances),
            levels: self.levels.as_slice().into(),
            level_words: std::mem::take(&mut self.level_words),
            loggers: CodeColumn::new(&self.loggers, self.logger_names.len()),
            logger_names: std::mem::take(&mut self.logger_names),
            times,
            lines: ExtraLines {
                slots: self.extra_slots.as_slice().into(),
                counts: Packed::new(self.extra_counts.iter().copied()),
            },
        };
        self.offsets.clear();
        self.levels.clear();
        self.standard.clear();
        self.loggers.clear();
        self.logger_codes.clear();
        self.no_logger = None;
        self.times.clear();
        self.extra_slots.clear();
        self.extra_counts.clear();
        draft
    }
}
