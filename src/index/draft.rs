//! What the scan of one chunk found, before it is known what came before the chunk: logger and level names by their
//! place in the chunk's own lists, record and line numbers counted from the chunk's start.

use std::cell::Cell;
use std::ops::Range;

use super::block::BLOCK_RECORDS;
use super::columns::{Ascending, Codes, ExtraLines, Planes};
use super::count::LoggerCounts;
use super::names::{NameList, Names};
use super::open_block::OpenBlock;
use super::times::{Bounds, TimeColumn};
use crate::base::level::LevelId;
use crate::format::extractor::{Ahead, Clock, LevelWord};

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
    pub(super) blocks: Vec<DraftBlock>,
    pub(super) loggers: NameList,
    pub(super) levels: NameList,
    /// Positions in the list of levels, and the numbers that stand beside those words.
    pub(super) level_numbers: Vec<(u32, i32)>,
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
    /// Slots of records that do not match the format, ascending.
    pub(super) unmatched: Box<[u16]>,
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
    done: Vec<DraftBlock>,
    block: Box<OpenBlock>,
    loggers: Names,
    levels: Names,
    level_numbers: Vec<(u32, i32)>,
}

thread_local! {
    /// What the last draft of this thread was built in, empty again: chunk after chunk is scanned, and buffers that grow
    /// anew for each cost as much as their contents.
    static SPARE: Cell<Option<(Box<OpenBlock>, Names, Names)>> = const { Cell::new(None) };
}

/// Bytes of a record that buffers are made for; with shorter ones they grow.
const USUAL_RECORD: u64 = 160;

impl DraftBuilder {
    /// A draft of the chunk at these bytes, which must be fewer than 4 GiB, for headers that carry this much time.
    #[must_use]
    pub fn new(chunk: Range<u64>, clock: Clock) -> Self {
        let (mut block, loggers, levels) = SPARE.take().unwrap_or_default();
        let records = (chunk.end.saturating_sub(chunk.start) / USUAL_RECORD) as usize;
        block.reserve(records.min(BLOCK_RECORDS));
        Self {
            clock,
            chunk,
            done: Vec::new(),
            block,
            loggers,
            levels,
            level_numbers: Vec::new(),
        }
    }

    /// Adds the record that starts next though its line does not match the format: the file's first one, padding, or what
    /// stands behind padding.
    #[cold]
    pub fn push_unmatched(&mut self, offset: u64, line: u64) {
        self.make_room();
        self.block.next_is_unmatched();
        self.push(&Found {
            offset,
            line,
            time: None,
            level: LevelWord::None,
            logger: None,
        });
    }

    /// Adds the record that starts next; offsets and lines ascend.
    pub fn push(&mut self, found: &Found<'_>) {
        self.make_room();
        let logger = found.logger.map_or(0, |name| self.loggers.number(name) + 1);
        let level = match found.level {
            LevelWord::None => self.block.standard_code(LevelId::NONE),
            LevelWord::Standard(id) => self.block.standard_code(id),
            LevelWord::Custom(word) => {
                let word = DraftLevel::Custom(self.levels.number(word));
                self.block.level_code(word)
            }
            LevelWord::Numbered(word, rank) => {
                let number = self.levels.number(word);
                if self.level_numbers.iter().all(|(known, _)| *known != number) {
                    self.level_numbers.push((number, rank));
                }
                self.block.level_code(DraftLevel::Custom(number))
            }
        };
        let place = (found.offset, found.line);
        self.block
            .push(place, self.clock, found.time, level, logger);
    }

    /// The same for a record of which the scan has seen no more than the beginning.
    #[inline]
    pub(super) fn push_ahead(&mut self, offset: u64, line: u64, ahead: &Ahead<'_>) {
        self.make_room();
        let logger = match ahead.logger {
            [] => 0,
            name => self.loggers.number(name) + 1,
        };
        let level = self.block.standard_code(ahead.level);
        self.block
            .push((offset, line), self.clock, ahead.time, level, logger);
    }

    #[inline]
    fn make_room(&mut self) {
        if self.block.is_full() {
            self.close_block();
        }
    }

    /// The draft. `covered` is where the bytes end that were looked at, `open` says whether no line end stands before
    /// that, `sealed` whether bytes behind `covered` can no longer change the draft; `lines` start in the chunk.
    #[must_use]
    pub fn finish(mut self, covered: u64, lines: u64, open: bool, sealed: bool) -> ChunkDraft {
        self.close_block();
        let (loggers, levels) = (self.loggers.take(), self.levels.take());
        SPARE.set(Some((self.block, self.loggers, self.levels)));
        ChunkDraft {
            chunk: self.chunk,
            covered,
            sealed,
            open,
            lines,
            blocks: self.done,
            loggers,
            levels,
            level_numbers: self.level_numbers,
        }
    }

    fn close_block(&mut self) {
        if !self.block.is_empty() {
            let draft = self.block.take(self.clock, self.loggers.len());
            self.done.push(draft);
        }
    }
}
