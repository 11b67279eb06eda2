//! The records that pass a filter, counted.

use std::path::Path;
use std::time::{Duration, Instant};

use super::filter::bad_pattern;
use super::load::{Log, unreadable};
use super::parallel;
use crate::base::cancel::CancelToken;
use crate::base::problem::Problem;
use crate::index::snapshot::SourceSnapshot;
use crate::query::compile::compile;
use crate::query::eval::eval_block;
use crate::query::rowset::RowSet;
use crate::query::spec::FilterSpec;
use crate::query::tally::{Tally, tally};
use crate::query::tree::{LoggerNode, LoggerTree};

/// The records that pass the filter.
pub struct Passed {
    /// Which they are.
    pub rows: RowSet,
    /// Their number, by level and logger too.
    pub tally: Tally,
    /// From the names in the filter to the rows that pass; without counting those by level and logger.
    pub took: Duration,
}

impl Passed {
    /// Judges every block, on all cores.
    ///
    /// # Errors
    /// An expression that is none, or bytes that cannot be read.
    pub fn find(
        path: &Path,
        log: &Log,
        snapshot: &SourceSnapshot,
        spec: &FilterSpec,
    ) -> Result<Self, Problem> {
        let started = Instant::now();
        let predicate = compile(spec, snapshot).map_err(|error| bad_pattern(&error))?;
        let predicate = predicate.reading_with(&log.format.extractor);
        let blocks = &snapshot.blocks;
        let parts = parallel::all(blocks.len(), |at, buffer| {
            let judged = blocks.get(at).map(|block| {
                let rows = eval_block(&predicate, block, &*log.bytes, buffer)?;
                Ok((block.len() as u32, Some(rows)))
            });
            judged.transpose()
        });
        let parts = parts.map_err(|error| unreadable(path, &error))?;
        let rows = RowSet::from_blocks(parts.into_iter().flatten());
        let took = started.elapsed();
        let tally = tally(&rows, snapshot, &CancelToken::default()).unwrap_or_default();
        Ok(Self { rows, tally, took })
    }
}

/// What a node of the logger tree counts: the whole file, or what passes the filter.
pub struct Counts {
    /// Records of this logger alone.
    pub own: u64,
    /// And of those below it.
    pub with_children: u64,
    /// Errors and graver ones among the latter.
    pub errors: u64,
}

/// The loggers that have records to count, each before those below it.
pub fn loggers(snapshot: &SourceSnapshot, passed: Option<&Passed>) -> Vec<(LoggerNode, Counts)> {
    let SourceSnapshot { loggers, stats, .. } = snapshot;
    let Some(passed) = passed else {
        let count = |node: LoggerNode| {
            let counts = Counts {
                own: node.own,
                with_children: node.total,
                errors: node.errors,
            };
            (node, counts)
        };
        let nodes = LoggerTree::build(loggers, stats, None).nodes;
        return nodes.into_iter().map(count).collect();
    };
    let nodes = LoggerTree::build(loggers, stats, Some(&passed.tally)).nodes;
    let own = |node: &LoggerNode| {
        let id = loggers.find(&node.name);
        id.map(|id| passed.tally.logger(id)).unwrap_or_default()
    };
    let mut errors: Vec<u64> = nodes.iter().map(|node| own(node).errors).collect();
    // Children stand behind their parents, so backwards every sum is complete before it is passed on.
    for (at, node) in nodes.iter().enumerate().rev() {
        let sum = errors.get(at).copied().unwrap_or(0);
        if let Some(above) = node.parent.and_then(|parent| errors.get_mut(parent)) {
            *above += sum;
        }
    }
    let count = |(node, errors): (LoggerNode, u64)| {
        let counts = Counts {
            own: own(&node).records,
            with_children: node.matching,
            errors,
        };
        (node, counts)
    };
    let counted = nodes.into_iter().zip(errors).map(count);
    counted
        .filter(|(_, counts)| counts.with_children > 0)
        .collect()
}
