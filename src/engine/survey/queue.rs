//! Which blocks wait to be looked at, and in which order: spread over the whole log, so that what is known at any time
//! stands for the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::index::block::Block;
use crate::query::bitmap::BlockRows;

/// The rest of a block.
#[derive(Debug, Clone)]
pub(super) struct Todo {
    pub(super) number: u32,
    pub(super) block: Arc<Block>,
    /// Which of its records are shown.
    pub(super) rows: BlockRows,
    /// The slot to go on from.
    pub(super) from: u32,
}

impl Todo {
    /// Rows that are left.
    pub(super) fn left(&self) -> u64 {
        u64::from(self.rows.count().saturating_sub(self.rows.rank(self.from)))
    }
}

/// Blocks that wait. One that was begun comes before any other.
#[derive(Debug, Default)]
pub(super) struct Queue(BTreeMap<u32, Todo>);

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, todo: Todo) {
        self.0.insert(order(todo.number), todo);
    }

    pub(super) fn take(&mut self) -> Option<Todo> {
        self.0.pop_first().map(|(_, todo)| todo)
    }
}

/// The bits of a number the other way round: the first blocks lie half the log apart, then a quarter, and so on.
fn order(number: u32) -> u32 {
    number.reverse_bits()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::synthetic;

    #[test]
    fn the_first_blocks_are_spread_and_begun_ones_are_gone_on_with() {
        let snapshot = synthetic::snapshot(1_000_000, 3);
        let mut queue = Queue::default();
        for (number, block) in (0..16).zip(snapshot.blocks.iter()) {
            queue.add(Todo {
                number,
                block: block.clone(),
                rows: BlockRows::All(block.len() as u32),
                from: 0,
            });
        }
        let mut taken = Vec::new();
        while let Some(mut todo) = queue.take() {
            if todo.from == 0 {
                taken.push(todo.number);
                todo.from = 100;
                assert_eq!(todo.left(), todo.block.len() as u64 - 100);
                queue.add(todo);
            } else {
                assert_eq!(taken.last(), Some(&todo.number));
            }
        }
        assert_eq!(taken[..6], [0, 8, 4, 12, 2, 10]);
        assert_eq!(taken.len(), 16);
    }
}
