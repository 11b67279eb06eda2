//! From the records that pass a filter to the rows of the table: with what is around them, and without what repeats.
//!
//! What was worked out for a block is kept until its records, or those of a neighbour that reach into it, change. Whether
//! rows repeat takes their text, so it is found out in jobs on the scan threads, near the user's place first.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::desk::Stage;
use super::pending::Pending;
use crate::base::cancel::CancelToken;
use crate::base::id::RecordNo;
use crate::bytes::ReadError;
use crate::index::block::Block;
use crate::query::bitmap::BlockRows;
use crate::query::context::{Reach, reaches, widened};
use crate::query::repeats::{Repeats, repeats, with_runs};
use crate::query::rowset::RowSet;

/// What of the records that pass is shown, and what besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowManner {
    /// So many records before and after each that passes.
    pub around: u32,
    /// Rows that repeat the row above, but for their time, are left out.
    pub collapse: bool,
    /// Rows are in order of time, not in that of the file.
    pub by_time: bool,
    /// The first records of runs of repeats that are shown all the same.
    pub open: Arc<BTreeSet<RecordNo>>,
}

/// A block's records as far as they are known, and a number that no other records of that block had.
pub(super) type Part<'a> = (&'a Arc<Block>, Option<&'a BlockRows>, u64);

/// The rows of every block.
#[derive(Debug, Default)]
pub(super) struct Arranger {
    manner: RowManner,
    blocks: Vec<Arranged>,
    /// Blocks whose repeats are not known and not being found out.
    pending: Pending,
}

#[derive(Debug)]
struct Arranged {
    block: Arc<Block>,
    records: u32,
    /// What the rows were made of.
    made_of: (u64, u32, Reach),
    rows: Option<BlockRows>,
    repeats: Option<Repeats>,
    /// Repeats were known of the records that were here before.
    again: bool,
}

/// Blocks whose repeats are to be found out.
pub(super) struct FoldJob {
    blocks: Vec<(usize, Arc<Block>, BlockRows)>,
    stage: Arc<Stage>,
    token: CancelToken,
}

/// The result of such a job.
pub(super) struct Folded {
    repeats: Vec<(usize, Repeats)>,
    /// Why a block could not be read.
    pub(super) error: Option<ReadError>,
}

impl FoldJob {
    /// Goes through the blocks. What a cancelled job answers is of no interest to anyone.
    pub(super) fn run(&self, buffer: &mut Vec<u8>) -> Folded {
        let mut folded = Folded {
            repeats: Vec::new(),
            error: None,
        };
        let extractor = &self.stage.format.extractor;
        for (number, block, rows) in &self.blocks {
            let bytes = (&*self.stage.bytes, &mut *buffer);
            match repeats((block, rows), extractor, bytes, &self.token) {
                Ok(Some(found)) => folded.repeats.push((*number, found)),
                Ok(None) => break,
                Err(error) => {
                    folded.repeats.push((*number, Repeats::unknown(rows)));
                    folded.error = Some(error);
                }
            }
        }
        folded
    }
}

impl Arranger {
    /// Another manner. Whether it is another one.
    pub(super) fn set(&mut self, manner: RowManner) -> bool {
        let changed = self.manner != manner;
        self.manner = manner;
        changed
    }

    pub(super) fn manner(&self) -> &RowManner {
        &self.manner
    }

    /// Takes over what is known of the blocks by now.
    pub(super) fn update<'a>(&mut self, parts: impl DoubleEndedIterator<Item = Part<'a>> + Clone) {
        let around = self.manner.around;
        let lengths = parts.clone();
        let lengths = lengths.map(|(block, rows, _)| (records(block), rows));
        let reaches = reaches(lengths, around);
        let mut old = std::mem::take(&mut self.blocks).into_iter();
        self.pending = Pending::default();
        for (number, ((block, rows, version), reach)) in parts.zip(reaches).enumerate() {
            let before = old.next();
            let made_of = (version, around, reach);
            let arranged = match before {
                Some(before) if before.made_of == made_of => before,
                before => Arranged {
                    block: block.clone(),
                    records: records(block),
                    made_of,
                    rows: rows.map(|rows| widened(rows, records(block), reach, around)),
                    repeats: None,
                    again: before.is_some_and(|before| before.again || before.repeats.is_some()),
                },
            };
            if arranged.rows.is_some() && arranged.repeats.is_none() {
                self.pending.add([number]);
            }
            self.blocks.push(arranged);
        }
    }

    /// Whether it is to be found out of any block what repeats.
    pub(super) fn has_pending(&self) -> bool {
        self.manner.collapse && !self.pending.is_empty()
    }

    /// Whether it is known of all blocks of which it was known before they grew.
    pub(super) fn is_whole(&self) -> bool {
        let known = |arranged: &Arranged| !arranged.again || arranged.repeats.is_some();
        !self.manner.collapse || self.blocks.iter().all(known)
    }

    /// The work of finding out what repeats in up to `most` blocks, those nearest to `first` first.
    pub(super) fn job(
        &mut self,
        most: usize,
        first: usize,
        stage: &Arc<Stage>,
        token: &CancelToken,
    ) -> Option<FoldJob> {
        let grown = self
            .blocks
            .iter()
            .position(|arranged| arranged.again && arranged.repeats.is_none());
        let numbers = self.pending.take(most, grown.unwrap_or(first));
        let wanted = |number: usize| {
            let arranged = self.blocks.get(number)?;
            Some((number, arranged.block.clone(), arranged.rows.clone()?))
        };
        let job = FoldJob {
            blocks: numbers.into_iter().filter_map(wanted).collect(),
            stage: stage.clone(),
            token: token.clone(),
        };
        (!job.blocks.is_empty()).then_some(job)
    }

    /// Takes note of what repeats.
    pub(super) fn accept(&mut self, folded: Folded) {
        for (number, repeats) in folded.repeats {
            if let Some(arranged) = self.blocks.get_mut(number) {
                arranged.repeats = Some(repeats);
                arranged.again = false;
            }
        }
    }

    /// Takes what is not known by now for no repeats.
    pub(super) fn give_up(&mut self) {
        for arranged in &mut self.blocks {
            if let (Some(rows), None) = (&arranged.rows, &arranged.repeats) {
                arranged.repeats = Some(Repeats::unknown(rows));
            }
        }
        self.pending = Pending::default();
    }

    /// How many blocks are gone through, and how many there are.
    pub(super) fn progress(&self) -> (usize, usize) {
        let known = |arranged: &&Arranged| arranged.repeats.is_some();
        let done = self.blocks.iter().filter(known).count();
        (done, self.blocks.len())
    }

    /// All rows, and those that are shown of them.
    pub(super) fn rows(&self) -> (RowSet, RowSet) {
        let blocks = self.blocks.iter();
        let all = RowSet::from_blocks(blocks.map(|it| (it.records, it.rows.clone())));
        if !self.manner.collapse {
            return (all.clone(), all);
        }
        let mut before: Option<&Repeats> = None;
        let left = self.blocks.iter().map(|it| {
            let rows = match (&it.rows, &it.repeats) {
                (Some(rows), Some(_)) if rows.count() == 0 => Some(rows.clone()),
                (_, Some(repeats)) => {
                    let goes_on = before.is_some_and(|before| repeats.goes_on(before));
                    before = Some(repeats);
                    Some(left(repeats, it.records, goes_on))
                }
                (rows, None) => {
                    before = None;
                    rows.clone()
                }
            };
            (it.records, rows)
        });
        let left = RowSet::from_blocks(left);
        let shown = with_runs(&all, &left, self.manner.open.iter().copied());
        (all, shown)
    }
}

fn records(block: &Block) -> u32 {
    u32::try_from(block.len()).unwrap_or(u32::MAX)
}

/// What is left of a block's rows whose first one may repeat the last one of the block before.
fn left(repeats: &Repeats, records: u32, goes_on: bool) -> BlockRows {
    let first = repeats.left.nth(0).filter(|_| goes_on);
    let Some(first) = first else {
        return repeats.left.clone();
    };
    let mut mask = repeats.left.mask(records);
    mask.keep_range(u32::from(first.0) + 1..records);
    mask.seal()
}
