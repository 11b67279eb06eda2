//! One filter over one generation: which blocks are evaluated, and what is known of them.

use std::sync::Arc;

use super::desk::Stage;
use super::request::FilterRequest;
use super::state::ViewSnapshot;
use crate::base::cancel::CancelToken;
use crate::base::id::{Generation, RecordNo, Ticket};
use crate::bytes::ReadError;
use crate::index::block::Block;
use crate::index::snapshot::SourceSnapshot;
use crate::query::bitmap::BlockRows;
use crate::query::compile::{PatternError, Predicate, compile};
use crate::query::eval::eval_block;
use crate::query::rowset::RowSet;
use crate::query::spec::FilterSpec;
use crate::query::tally::{Tally, tally};

/// Blocks to both sides of the anchor that must be evaluated before a new filter's rows replace the old ones.
const NEIGHBOURS: usize = 1;

/// What is known of a block.
#[derive(Debug)]
struct Entry {
    block: Arc<Block>,
    rows: Option<BlockRows>,
}

/// The result of a block's evaluation.
pub(super) struct Done {
    number: usize,
    block: Arc<Block>,
    pub(super) rows: Result<(BlockRows, Tally), ReadError>,
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
    /// Counts of evaluated blocks that are sealed.
    settled: Tally,
    /// Counts of evaluated blocks that may be replaced, with their numbers.
    unsettled: Vec<(usize, Tally)>,
    /// The block of the user's place; the last one if there is none.
    anchor: Option<usize>,
    presentable: bool,
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
            settled: Tally::default(),
            unsettled: Vec::new(),
            anchor,
            presentable: false,
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
        let blocks = &self.stage.snapshot.blocks;
        let same = |(entry, block): &(&Entry, &Arc<Block>)| Arc::ptr_eq(&entry.block, block);
        let kept = self
            .entries
            .iter()
            .zip(blocks.iter())
            .take_while(same)
            .count();
        self.entries.truncate(kept);
        self.unsettled.retain(|(number, _)| *number < kept);
        let fresh = blocks.iter().skip(kept).map(|block| Entry {
            block: block.clone(),
            rows: None,
        });
        self.entries.extend(fresh);
        self.settle();
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
        self.entries.iter().any(|entry| entry.rows.is_none())
    }

    /// Up to `most` pending blocks, those nearest to the user's place first.
    pub(super) fn pending(&self, most: usize) -> Vec<usize> {
        let anchor = self.anchor();
        let mut pending: Vec<usize> = (0..self.entries.len())
            .filter(|at| {
                self.entries
                    .get(*at)
                    .is_some_and(|entry| entry.rows.is_none())
            })
            .collect();
        pending.sort_by_key(|at| at.abs_diff(anchor));
        pending.truncate(most);
        pending
    }

    fn anchor(&self) -> usize {
        self.anchor
            .unwrap_or(usize::MAX)
            .min(self.entries.len().saturating_sub(1))
    }

    /// The work of evaluating a block.
    pub(super) fn job(
        &self,
        number: usize,
    ) -> Option<impl FnOnce(&mut Vec<u8>) -> Done + Send + 'static> {
        let block = self.entries.get(number)?.block.clone();
        let predicate = self.predicate.clone();
        let stage = self.stage.clone();
        let token = self.token.clone();
        Some(move |buffer: &mut Vec<u8>| {
            let rows = if token.is_cancelled() {
                // Nobody wants the answer; the requester looks at the token before it looks at this.
                Err(ReadError::Stale)
            } else {
                evaluate(&predicate, &block, &stage, buffer)
            };
            Done {
                number,
                block,
                rows,
            }
        })
    }

    /// Takes note of a block's rows. A block that cannot be read has none; why is returned.
    pub(super) fn accept(&mut self, done: Done) -> Option<ReadError> {
        let entry = self.entries.get_mut(done.number)?;
        if !Arc::ptr_eq(&entry.block, &done.block) {
            return None;
        }
        let (rows, tally, error) = match done.rows {
            Ok((rows, tally)) => (rows, tally, None),
            Err(error) => (BlockRows::None, Tally::default(), Some(error)),
        };
        entry.rows = Some(rows);
        self.unsettled.push((done.number, tally));
        self.settle();
        error
    }

    /// Whether the neighbourhood of the user's place is evaluated, so that the new rows may replace the old.
    pub(super) fn is_presentable(&mut self) -> bool {
        let anchor = self.anchor();
        let near = anchor.saturating_sub(NEIGHBOURS)..=anchor.saturating_add(NEIGHBOURS);
        self.presentable = self.presentable
            || self
                .entries
                .iter()
                .enumerate()
                .filter(|(at, _)| near.contains(at))
                .all(|(_, entry)| entry.rows.is_some());
        self.presentable
    }

    /// The rows as far as they are known.
    pub(super) fn snapshot(&self) -> ViewSnapshot {
        let done = self
            .entries
            .iter()
            .filter(|entry| entry.rows.is_some())
            .count();
        ViewSnapshot {
            ticket: self.ticket,
            generation: self.generation(),
            rows: RowSet::from_blocks(self.entries.iter().map(|entry| {
                let records = u32::try_from(entry.block.len()).unwrap_or(u32::MAX);
                (records, entry.rows.clone())
            })),
            tally: Arc::new(self.tally()),
            complete: done == self.entries.len(),
            blocks_done: count(done),
            blocks_total: count(self.entries.len()),
            problem: self.problem.clone(),
        }
    }

    /// Adds the counts of blocks that nothing will replace any more to the sum, so that they are not kept one by one.
    fn settle(&mut self) {
        let sealed = self.stage.snapshot.sealed;
        let settled = &mut self.settled;
        let ripe = self
            .unsettled
            .extract_if(.., |(number, _)| *number < sealed);
        ripe.for_each(|(_, tally)| settled.add(&tally));
    }

    /// Counts of all evaluated blocks.
    fn tally(&self) -> Tally {
        let mut sum = self.settled.clone();
        self.unsettled.iter().for_each(|(_, tally)| sum.add(tally));
        sum
    }
}

fn count(blocks: usize) -> u32 {
    u32::try_from(blocks).unwrap_or(u32::MAX)
}

fn evaluate(
    predicate: &Predicate,
    block: &Arc<Block>,
    stage: &Stage,
    buffer: &mut Vec<u8>,
) -> Result<(BlockRows, Tally), ReadError> {
    let rows = eval_block(predicate, block, &*stage.bytes, buffer)?;
    let records = u32::try_from(block.len()).unwrap_or(u32::MAX);
    let alone = SourceSnapshot {
        blocks: Arc::new([block.clone()]),
        ..stage.snapshot.clone()
    };
    let set = RowSet::from_blocks([(records, Some(rows.clone()))]);
    let tally = tally(&set, &alone, &CancelToken::default()).unwrap_or_default();
    Ok((rows, tally))
}
