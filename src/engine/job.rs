//! Some blocks to evaluate on whichever thread is free.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::desk::Stage;
use crate::base::cancel::CancelToken;
use crate::bytes::ReadError;
use crate::index::block::Block;
use crate::query::bitmap::BlockRows;
use crate::query::compile::Predicate;
use crate::query::eval::eval_block_until;
use crate::query::tally::{Counter, Tally};

/// A job that took longer leaves the rest of its blocks to others.
const JOB_TIME: Duration = Duration::from_millis(4);

/// Blocks, and everything that evaluating them takes.
pub(super) struct Job {
    /// With their numbers.
    pub(super) blocks: Vec<(usize, Arc<Block>)>,
    pub(super) predicate: Arc<Predicate>,
    pub(super) stage: Arc<Stage>,
    /// Blocks below this number are counted.
    pub(super) sealed: usize,
    pub(super) token: CancelToken,
}

/// The result of a job.
pub(super) struct Done {
    pub(super) rows: Vec<(usize, BlockRows)>,
    /// Counts of those of the blocks that are sealed.
    pub(super) tally: Tally,
    /// Blocks that there was no time for.
    pub(super) left: Vec<usize>,
    /// Why a block could not be read.
    pub(super) error: Option<ReadError>,
    /// How long it took.
    pub(super) took: Duration,
}

impl Job {
    /// Evaluates blocks until the time of a job is over. What a cancelled job answers is of no interest to anyone.
    pub(super) fn run(&self, buffer: &mut Vec<u8>) -> Done {
        let started = Instant::now();
        let mut counter = Counter::new(&self.stage.snapshot);
        let (mut rows, mut left, mut error) = (Vec::new(), Vec::new(), None);
        for (number, block) in &self.blocks {
            if self.token.is_cancelled() || (!rows.is_empty() && started.elapsed() > JOB_TIME) {
                left.push(*number);
                continue;
            }
            match eval_block_until(
                &self.predicate,
                block,
                &*self.stage.bytes,
                buffer,
                &self.token,
            ) {
                Ok(Some(found)) => {
                    if *number < self.sealed {
                        counter.add(block, &found);
                    }
                    rows.push((*number, found));
                }
                Ok(None) => left.push(*number),
                Err(failed) => {
                    rows.push((*number, BlockRows::None));
                    error = Some(failed);
                }
            }
        }
        Done {
            rows,
            tally: counter.finish(),
            left,
            error,
            took: started.elapsed(),
        }
    }
}
