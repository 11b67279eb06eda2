//! The order of a view's rows: that of the file, or that of time.

use crate::index::snapshot::SourceSnapshot;
use crate::query::order::TimeSorter;
use crate::query::rowset::RowSet;
use crate::query::sequence::Sequence;

/// Puts rows in order, and goes on where it was when they grow.
#[derive(Debug, Default)]
pub(super) struct Orders {
    all: TimeSorter,
    shown: TimeSorter,
}

impl Orders {
    /// All rows, and those that are shown of them, in the order of the file.
    pub(super) fn rest(&mut self, (all, shown): (RowSet, RowSet)) -> (Sequence, Sequence) {
        *self = Self::default();
        (all.into(), shown.into())
    }

    /// The same in order of time; `None` once `stop` says so. Without `collapse` all are shown.
    pub(super) fn sort(
        &mut self,
        (all, shown): (RowSet, RowSet),
        snapshot: &SourceSnapshot,
        collapse: bool,
        stop: impl Fn() -> bool,
    ) -> Option<(Sequence, Sequence)> {
        let all = sorted(&mut self.all, all, snapshot, &stop)?;
        let shown = match collapse {
            true => sorted(&mut self.shown, shown, snapshot, &stop)?,
            false => all.clone(),
        };
        Some((all, shown))
    }
}

fn sorted(
    sorter: &mut TimeSorter,
    rows: RowSet,
    snapshot: &SourceSnapshot,
    stop: impl Fn() -> bool,
) -> Option<Sequence> {
    let parts = snapshot.blocks.iter().zip(rows.parts());
    let order = sorter.order(parts.map(|(block, (_, rows))| (block, rows)), stop)?;
    Some(Sequence::in_time(rows, order))
}
