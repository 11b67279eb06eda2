//! One filter over one generation: which blocks are evaluated, and what is known of them.

use std::ops::Range;
use std::sync::Arc;

use super::arrange::{Arranger, Folded, RowManner};
use super::desk::Stage;
use super::job::{Done, Job};
use super::orders::Orders;
use super::pending::Pending;
use super::request::FilterRequest;
use super::state::ViewSnapshot;
use crate::base::cancel::CancelToken;
use crate::base::id::{Generation, RecordNo, Ticket};
use crate::index::block::Block;
use crate::query::bitmap::BlockRows;
use crate::query::compile::{PatternError, Predicate, compile};
use crate::query::rowset::RowSet;
use crate::query::spec::FilterSpec;
use crate::query::tally::{Counter, Tally};

/// Blocks to both sides of the anchor that must be evaluated before a new filter's rows replace the old ones.
const NEIGHBOURS: usize = 1;

/// What is known of a block.
#[derive(Debug)]
struct Entry {
    block: Arc<Block>,
    rows: Option<BlockRows>,
    /// Another number for other rows.
    version: u64,
}

/// A filter being evaluated.
#[derive(Debug)]
pub(super) struct Run {
    ticket: Ticket,
    spec: FilterSpec,
    problem: Option<PatternError>,
    token: CancelToken,
    predicate: Arc<Predicate>,
    stage: Arc<Stage>,
    entries: Vec<Entry>,
    /// Blocks without rows that no job is under way for.
    pending: Pending,
    /// The first so many blocks were sealed in some index so far, and nothing replaces them.
    sealed: usize,
    /// Counts of those that are evaluated; counts of the others are taken when they are asked for.
    settled: Tally,
    /// The block of the user's place; the last one if there is none.
    anchor: Option<usize>,
    presentable: bool,
    has_rows: bool,
    /// Blocks whose rows were known until they grew: without them, what follows them would move to their place.
    again: Range<usize>,
    /// What of the rows is shown, and what besides.
    arranger: Arranger,
    /// In which order.
    orders: Orders,
    /// Counts rows that were taken note of.
    versions: u64,
}

impl Run {
    /// Prepares the evaluation; nothing is evaluated yet. `anchor` is the byte of the user's place.
    ///
    /// # Errors
    /// A text of the filter is not a valid pattern.
    pub(super) fn start(
        request: &FilterRequest,
        stage: &Arc<Stage>,
        anchor: Option<u64>,
        token: CancelToken,
    ) -> Result<Self, PatternError> {
        let snapshot = &stage.snapshot;
        let predicate = compile(&request.spec, snapshot)?;
        let predicate = predicate.reading_with(&stage.format.extractor);
        let anchor = anchor
            .and_then(|offset| snapshot.record_at_offset(offset))
            .and_then(|record| snapshot.locate(record))
            .map(|(block, _)| block.0 as usize);
        let mut run = Self {
            ticket: request.ticket,
            spec: request.spec.clone(),
            problem: None,
            token,
            predicate: Arc::new(predicate),
            stage: stage.clone(),
            entries: Vec::new(),
            pending: Pending::default(),
            sealed: 0,
            settled: Tally::default(),
            anchor,
            presentable: false,
            has_rows: false,
            again: 0..0,
            arranger: Arranger::default(),
            orders: Orders::default(),
            versions: 0,
        };
        run.take_blocks();
        Ok(run)
    }

    /// Goes on with a newer index of the same generation. Whether it is another one.
    pub(super) fn grow(&mut self, stage: &Arc<Stage>) -> bool {
        if Arc::ptr_eq(&self.stage, stage) {
            return false;
        }
        let (old, new) = (&self.stage.snapshot, &stage.snapshot);
        if !Arc::ptr_eq(&old.loggers, &new.loggers) || !Arc::ptr_eq(&old.levels, &new.levels) {
            Arc::make_mut(&mut self.predicate).refresh(new);
        }
        self.stage = stage.clone();
        self.take_blocks();
        true
    }

    /// Takes over the blocks of the index; those that are not the same as before are pending.
    fn take_blocks(&mut self) {
        let sealed = self.sealed;
        let blocks = &self.stage.snapshot.blocks;
        let same = |(entry, block): &(&Entry, &Arc<Block>)| Arc::ptr_eq(&entry.block, block);
        let pairs = self.entries.iter().zip(blocks.iter());
        let kept = sealed + pairs.skip(sealed).take_while(same).count();
        let fresh = blocks.iter().skip(kept).map(|block| Entry {
            block: block.clone(),
            rows: None,
            version: 0,
        });
        let known = self.entries.iter().skip(kept);
        let known = known.take_while(|entry| entry.rows.is_some()).count();
        self.again = match self.is_whole() {
            true => kept..kept + known,
            false => self.again.start.min(kept)..self.again.end.max(kept + known),
        };
        self.entries.truncate(kept);
        self.pending.cut(kept);
        self.entries.extend(fresh);
        self.pending.add(kept..self.entries.len());
        self.sealed = sealed.max(self.stage.snapshot.sealed);
        self.settled.add(&self.count(sealed..self.sealed));
    }

    /// Counts of those of these blocks that are evaluated.
    fn count(&self, blocks: Range<usize>) -> Tally {
        let mut counter = Counter::new(&self.stage.snapshot);
        for entry in self.entries.get(blocks).unwrap_or_default() {
            if let Some(rows) = &entry.rows {
                counter.add(&entry.block, rows);
            }
        }
        counter.finish()
    }

    pub(super) fn generation(&self) -> Generation {
        self.stage.snapshot.generation
    }

    pub(super) fn spec(&self) -> FilterSpec {
        self.spec.clone()
    }

    /// Where a record of this run's generation stands in the file.
    pub(super) fn offset_of(&self, record: RecordNo) -> Option<u64> {
        self.stage.snapshot.record(record).map(|meta| meta.offset)
    }

    /// Answers a filter that cannot be used: the rows stay those of the last good one.
    pub(super) fn refuse(&mut self, ticket: Ticket, token: CancelToken, problem: PatternError) {
        self.ticket = ticket;
        self.token = token;
        self.problem = Some(problem);
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.token.is_cancelled()
    }

    pub(super) fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    fn anchor(&self) -> usize {
        self.anchor
            .unwrap_or(usize::MAX)
            .min(self.entries.len().saturating_sub(1))
    }

    /// Whether all blocks that had rows have them again.
    fn is_whole(&self) -> bool {
        let grown = self.entries.iter().take(self.again.end);
        grown
            .skip(self.again.start)
            .all(|entry| entry.rows.is_some())
    }

    /// Whether a row was found.
    pub(super) fn has_rows(&self) -> bool {
        self.has_rows
    }

    /// The work of evaluating up to `most` pending blocks, those nearest to the user's place first; `None` if there is
    /// none. All jobs end, or are given up with `regain`, before the index grows.
    pub(super) fn job(
        &mut self,
        most: usize,
    ) -> Option<impl FnOnce(&mut Vec<u8>) -> Done + Send + 'static> {
        let first = match self.is_whole() {
            true => self.anchor(),
            false => self.again.start,
        };
        let numbers = self.pending.take(most, first);
        let blocks: Vec<_> = numbers
            .into_iter()
            .filter_map(|number| Some((number, self.entries.get(number)?.block.clone())))
            .collect();
        let job = Job {
            blocks,
            predicate: self.predicate.clone(),
            stage: self.stage.clone(),
            sealed: self.sealed,
            token: self.token.clone(),
        };
        (!job.blocks.is_empty()).then_some(move |buffer: &mut Vec<u8>| job.run(buffer))
    }

    /// Makes all blocks without rows pending, also those of jobs that nobody waits for any more.
    pub(super) fn regain(&mut self) {
        let entries = self.entries.iter().enumerate();
        let open = entries.filter(|(_, entry)| entry.rows.is_none());
        self.pending.add(open.map(|(number, _)| number));
    }

    /// Takes note of the rows of blocks.
    pub(super) fn accept(&mut self, done: Done) {
        for (number, rows) in done.rows {
            self.has_rows |= rows.count() > 0;
            if let Some(entry) = self.entries.get_mut(number) {
                entry.rows = Some(rows);
                self.versions += 1;
                entry.version = self.versions;
            }
        }
        self.settled.add(&done.tally);
        self.pending.add(done.left);
    }

    /// Whether the neighbourhood of the user's place is evaluated, and what was shown before, so that the new rows may
    /// replace the old.
    pub(super) fn is_presentable(&mut self) -> bool {
        let anchor = self.anchor();
        let first = anchor.saturating_sub(NEIGHBOURS);
        self.presentable = self.presentable
            || self
                .entries
                .iter()
                .skip(first)
                .take(anchor + NEIGHBOURS + 1 - first)
                .all(|entry| entry.rows.is_some());
        self.presentable && self.is_whole()
    }

    /// Whether the rows can be shown: none that is there would come again for a moment only because its block grew.
    pub(super) fn is_arranged(&mut self) -> bool {
        self.update();
        self.arranger.is_whole()
    }

    /// The rows as far as they are known; `None` when that was cancelled before they were in order.
    pub(super) fn snapshot(&mut self) -> Option<ViewSnapshot> {
        self.update();
        let entries = self.entries.iter();
        let lengths = entries.map(|entry| (records(&entry.block), entry.rows.clone()));
        let rows = RowSet::from_blocks(lengths);
        let RowManner {
            around,
            collapse,
            by_time,
            ..
        } = *self.arranger.manner();
        let arranged = self.arranger.rows();
        let snapshot = &self.stage.snapshot;
        let stop = || self.token.is_cancelled();
        let (all, shown) = match by_time {
            true => self.orders.sort(arranged, snapshot, collapse, stop)?,
            false => self.orders.rest(arranged),
        };
        let (folded, blocks) = self.arranger.progress();
        let mut tally = self.settled.clone();
        tally.add(&self.count(self.sealed..self.entries.len()));
        let done = rows.evaluated_blocks();
        Some(ViewSnapshot {
            ticket: self.ticket,
            generation: self.generation(),
            rows,
            all,
            shown,
            around,
            collapse,
            folding: (collapse && folded < blocks).then_some((to_u32(folded), to_u32(blocks))),
            sealed: self.sealed,
            tally: Arc::new(tally),
            complete: done == self.entries.len(),
            blocks_done: to_u32(done),
            blocks_total: to_u32(self.entries.len()),
            problem: self.problem.clone(),
        })
    }

    /// How the rows are to be shown from now on. Whether that is otherwise than before.
    pub(super) fn arrange(&mut self, manner: RowManner) -> bool {
        self.arranger.set(manner)
    }

    /// Whether rows are to be looked through for repeats. To be asked when no job is under way.
    pub(super) fn has_unfolded(&mut self) -> bool {
        self.update();
        self.arranger.has_pending()
    }

    /// The work of looking through the rows of up to `most` blocks for repeats.
    pub(super) fn fold_job(
        &mut self,
        most: usize,
    ) -> Option<impl FnOnce(&mut Vec<u8>) -> Folded + Send + 'static> {
        let first = self.anchor();
        let job = self.arranger.job(most, first, &self.stage, &self.token)?;
        Some(move |buffer: &mut Vec<u8>| job.run(buffer))
    }

    /// Takes note of what repeats.
    pub(super) fn fold(&mut self, folded: Folded) {
        self.arranger.accept(folded);
    }

    /// Looks for no more repeats in these rows.
    pub(super) fn give_up_folding(&mut self) {
        self.arranger.give_up();
    }

    fn update(&mut self) {
        let parts = self.entries.iter();
        let parts = parts.map(|it| (&it.block, it.rows.as_ref(), it.version));
        self.arranger.update(parts);
    }
}

fn records(block: &Block) -> u32 {
    u32::try_from(block.len()).unwrap_or(u32::MAX)
}

fn to_u32(blocks: usize) -> u32 {
    u32::try_from(blocks).unwrap_or(u32::MAX)
}
