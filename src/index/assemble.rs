//! Stitches the drafts of chunks together, in order: numbers, names, dates, and the tail that may still grow.

use std::ops::Range;
use std::sync::Arc;

use super::block::{Block, Columns, Place};
use super::dates::Dates;
use super::draft::{ChunkDraft, DraftBlock, DraftLevel, DraftTimes};
use super::loggers::LoggerTable;
use super::packed::GROUP;
use super::scan::CHUNK_BYTES;
use super::snapshot::SourceSnapshot;
use super::stats::{BlockStats, SourceStats};
use super::times::{Bounds, NO_TIME, TimeColumn, TimesBuilder};
use crate::base::id::{Generation, LoggerId};
use crate::base::level::{LevelId, LevelTable};
use crate::base::time::{Timestamp, Zone, ZoneClock};
use crate::format::extractor::Clock;

/// Makes the index of one generation of a source out of drafts.
///
/// Drafts are pushed in file order. A draft that more bytes could change is the tail: it is shown, but the next draft,
/// which is of the same chunk, takes its place. A clone costs a copy of the list of blocks and of the totals.
#[derive(Debug, Clone)]
pub struct Assembler {
    generation: Generation,
    chunk_bytes: u64,
    blocks: Vec<Arc<Block>>,
    at: Position,
    /// Where to go back to when the tail is replaced.
    before_tail: Option<Mark>,
}

/// The state after a number of chunks.
#[derive(Debug, Clone)]
struct Position {
    /// Start of the next chunk.
    next_chunk: u64,
    indexed: u64,
    /// Whether the byte before `indexed` is no line end.
    open: bool,
    lines: u64,
    records: u64,
    latest: Option<Timestamp>,
    dates: Dates,
    loggers: Arc<LoggerTable>,
    levels: Arc<LevelTable>,
    stats: SourceStats,
}

/// What pushing the tail changed.
#[derive(Debug, Clone)]
struct Mark {
    blocks: usize,
    at: Position,
}

impl Assembler {
    /// An empty index. `written` is when the file was last written: times without a year or a date are dated by it.
    #[must_use]
    pub fn new(generation: Generation, clock: Clock, zone: Zone, written: Timestamp) -> Self {
        Self {
            generation,
            chunk_bytes: CHUNK_BYTES,
            blocks: Vec::new(),
            at: Position {
                next_chunk: 0,
                indexed: 0,
                open: false,
                lines: 0,
                records: 0,
                latest: None,
                dates: Dates::new(clock, ZoneClock::new(&zone), written),
                loggers: Arc::default(),
                levels: Arc::default(),
                stats: SourceStats::default(),
            },
            before_tail: None,
        }
    }

    /// The same with the level words of the user in the table.
    #[must_use]
    pub fn with_levels(mut self, levels: LevelTable) -> Self {
        self.at.levels = Arc::new(levels);
        self
    }

    /// The same with chunks of another size (at least 1, less than 4 GiB), for tests.
    #[must_use]
    pub fn with_chunk_bytes(mut self, bytes: u64) -> Self {
        self.chunk_bytes = bytes.clamp(1, u64::from(u32::MAX));
        self
    }

    /// The chunk to scan next now that the source has this length: the tail once more if it grew, otherwise the one
    /// behind the last. `None` if everything is indexed.
    #[must_use]
    pub fn next_chunk(&self, source_end: u64) -> Option<Range<u64>> {
        self.pending(source_end).next()
    }

    /// All chunks to scan now that the source has this length, in the order in which to push their drafts; they may
    /// be scanned in parallel, all with this same `source_end`.
    pub fn pending(&self, source_end: u64) -> impl Iterator<Item = Range<u64>> + use<> {
        let start = match &self.before_tail {
            Some(_) if source_end <= self.at.indexed => source_end,
            Some(mark) => mark.at.next_chunk,
            None => self.at.next_chunk,
        };
        let bytes = self.chunk_bytes;
        std::iter::successors(Some(start), move |start| start.checked_add(bytes))
            .take_while(move |start| *start < source_end)
            .map(move |start| start..start.saturating_add(bytes))
    }

    /// Adds the draft of the next chunk. A draft of any other chunk is ignored: behind a tail that is not finished,
    /// nothing can be known yet, and `next_chunk` asks for it again.
    pub fn push(&mut self, draft: ChunkDraft) {
        let expected = match &self.before_tail {
            Some(mark) => mark.at.next_chunk,
            None => self.at.next_chunk,
        };
        if draft.chunk.start != expected {
            return;
        }
        if let Some(mark) = self.before_tail.take() {
            self.go_back(mark);
        }
        if !draft.sealed {
            self.before_tail = Some(Mark {
                blocks: self.blocks.len(),
                at: self.at.clone(),
            });
        }
        self.append(draft);
    }

    /// Takes what is indexed for final, because its bytes may not be there to be read again: what comes begins a chunk of
    /// its own. Its first line must come from behind a line end.
    pub fn seal(&mut self) {
        self.before_tail = None;
        self.at.next_chunk = self.at.indexed;
    }

    /// Bytes of the source that are indexed; always a prefix.
    #[must_use]
    pub fn indexed_bytes(&self) -> u64 {
        self.at.indexed
    }

    /// Records found so far.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.at.records
    }

    /// The index as it is now. Costs a copy of the list of blocks and of the totals.
    #[must_use]
    pub fn snapshot(&self) -> SourceSnapshot {
        let at = &self.at;
        let mut stats = at.stats.clone();
        stats.lines = at.lines;
        stats.bytes = at.indexed;
        SourceSnapshot {
            generation: self.generation,
            blocks: self.blocks.as_slice().into(),
            sealed: self.sealed(),
            indexed_bytes: at.indexed,
            loggers: at.loggers.clone(),
            levels: at.levels.clone(),
            stats: Arc::new(stats),
        }
    }

    /// How many blocks nothing that comes can change.
    fn sealed(&self) -> usize {
        let kept = match &self.before_tail {
            // It is of a later chunk, and until that is read the block before it may seem to end earlier.
            Some(mark) if self.is_early(mark.blocks) => mark.blocks.saturating_sub(1),
            Some(mark) => mark.blocks,
            None => self.blocks.len(),
        };
        // The last record may go on in what comes. Where it is one unfinished line, that line may turn out to be part
        // of the record before.
        let growing = match self.blocks.last() {
            Some(last) if last.place.last_partial && last.place.lines == 1 => 2,
            _ => 1,
        };
        kept.min(self.blocks.len().saturating_sub(growing))
    }

    /// Whether a block starts behind the chunks that were read.
    fn is_early(&self, block: usize) -> bool {
        let block = self.blocks.get(block);
        block.is_some_and(|block| block.place.start >= self.at.next_chunk)
    }

    fn go_back(&mut self, mark: Mark) {
        self.blocks.truncate(mark.blocks);
        // Where the block before the tail ends is said anew by the draft that comes; if that is the same, so is the block.
        self.at = mark.at;
    }

    fn append(&mut self, draft: ChunkDraft) {
        let at = &mut self.at;
        at.next_chunk = draft.chunk.end;
        if draft.covered > at.indexed {
            at.indexed = draft.covered;
            at.open = draft.open;
        }
        let names = Interned::new(at, &draft);
        let first_line = at.lines;
        for block in draft.blocks {
            let start = block.start;
            let line = first_line + block.first_line;
            end_last(&mut self.blocks, start, line, false);
            let block = finish(&mut self.at, &names, block, line);
            self.at.stats.add(&block);
            self.at.records += block.len() as u64;
            self.blocks.push(Arc::new(block));
        }
        self.at.lines += draft.lines;
        end_last(
            &mut self.blocks,
            self.at.indexed,
            self.at.lines,
            self.at.open,
        );
    }
}

/// Ids of a chunk's names in its source.
struct Interned {
    /// By logger code: the root for records without a logger, then the chunk's loggers in order.
    loggers: Arc<[LoggerId]>,
    levels: Vec<LevelId>,
}

impl Interned {
    fn new(at: &mut Position, draft: &ChunkDraft) -> Self {
        let loggers = draft.loggers.iter().map(|name| {
            let known = std::str::from_utf8(name).ok();
            // Look before interning: a table that readers hold is copied when it is changed.
            match known.and_then(|name| at.loggers.find(name)) {
                Some(id) => id,
                None => Arc::make_mut(&mut at.loggers).intern(name),
            }
        });
        let loggers = std::iter::once(LoggerId::ROOT).chain(loggers).collect();
        let levels = draft.levels.iter().enumerate().map(|(nth, word)| {
            let numbers = &draft.level_numbers;
            let number = numbers.iter().find(|(known, _)| *known as usize == nth);
            let known = std::str::from_utf8(word).ok();
            match known.and_then(|word| at.levels.find(word)) {
                Some(id) => id,
                None => {
                    Arc::make_mut(&mut at.levels).intern_at(word, number.map(|(_, rank)| *rank))
                }
            }
        });
        let levels = levels.collect();
        Self { loggers, levels }
    }

    fn level(&self, level: DraftLevel) -> LevelId {
        match level {
            DraftLevel::Standard(id) => id,
            DraftLevel::Custom(number) => {
                let id = self.levels.get(number as usize);
                id.copied().unwrap_or(LevelId::NONE)
            }
        }
    }
}

/// A block out of its draft; its end is not known yet.
fn finish(at: &mut Position, names: &Interned, draft: DraftBlock, first_line: u64) -> Block {
    let (times, bounds) = match draft.times {
        DraftTimes::Final(column, bounds) => (column, bounds),
        DraftTimes::Relative(times) => complete(&mut at.dates, &times),
    };
    let level_ids: Box<[LevelId]> = draft
        .level_words
        .iter()
        .map(|level| names.level(*level))
        .collect();
    let mut stats = BlockStats {
        records: u32::try_from(draft.levels.len()).unwrap_or(u32::MAX),
        unmatched: draft.unmatched.len() as u32,
        levels: draft.counts.by_level(&level_ids),
        loggers: draft
            .counts
            .by_logger(&names.loggers, &level_ids, &at.levels),
        earliest: None,
        latest: None,
    };
    if let Some(bounds) = bounds {
        stats.earliest = Some(Timestamp(bounds.min));
        stats.latest = Some(Timestamp(bounds.max));
    }
    let columns = Columns {
        starts: draft.starts,
        levels: draft.levels,
        level_ids,
        loggers: draft.loggers,
        logger_ids: names.loggers.clone(),
        times,
        lines: draft.lines,
        unmatched: draft.unmatched,
    };
    at.latest = at.latest.max(stats.latest);
    Block {
        place: Place {
            start: draft.start,
            end: draft.start,
            first_record: at.records,
            first_line,
            lines: 0,
            latest: at.latest,
            last_partial: false,
        },
        columns: Arc::new(columns),
        stats: Arc::new(stats),
    }
}

fn complete(dates: &mut Dates, times: &[i64]) -> (TimeColumn, Option<Bounds>) {
    let mut column = TimesBuilder::default();
    for part in times.chunks(GROUP) {
        let mut group = [NO_TIME; GROUP];
        for (complete, time) in group.iter_mut().zip(part) {
            if *time != NO_TIME {
                *complete = dates.complete(*time);
            }
        }
        column.push_group(&mut group, part.len());
    }
    column.take()
}

/// Says where the last block ends; a block that ends there already stays the same one.
fn end_last(blocks: &mut [Arc<Block>], end: u64, end_line: u64, partial: bool) {
    let Some(last) = blocks.last_mut() else {
        return;
    };
    let place = Place {
        end,
        lines: end_line.saturating_sub(last.place.first_line),
        last_partial: partial,
        ..last.place
    };
    if place != last.place {
        let block = Block {
            place,
            ..Block::clone(last)
        };
        *last = Arc::new(block);
    }
}
