//! Which blocks wait to be evaluated, those nearest to the user's place first.

use std::collections::BTreeSet;

/// Numbers of blocks. Adding, taking and asking cost next to nothing with any number of them.
#[derive(Debug, Default)]
pub(super) struct Pending(BTreeSet<usize>);

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, blocks: impl IntoIterator<Item = usize>) {
        self.0.extend(blocks);
    }

    /// Forgets the blocks from `first` on.
    pub(super) fn cut(&mut self, first: usize) {
        drop(self.0.split_off(&first));
    }

    /// Takes up to `most` blocks, those nearest to `anchor` first.
    pub(super) fn take(&mut self, most: usize, anchor: usize) -> Vec<usize> {
        let mut taken = Vec::new();
        while taken.len() < most {
            let below = self.0.range(..anchor).next_back().copied();
            let above = self.0.range(anchor..).next().copied();
            let nearest = match (below, above) {
                (Some(below), Some(above)) if anchor - below < above - anchor => below,
                (below, above) => match above.or(below) {
                    Some(only) => only,
                    None => break,
                },
            };
            self.0.remove(&nearest);
            taken.push(nearest);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first() {
        let mut pending = Pending::default();
        pending.add(0..10);
        assert_eq!(pending.take(4, 7), [7, 8, 6, 9]);
        pending.add([7]);
        pending.cut(5);
        assert_eq!(pending.take(3, 7), [4, 3, 2]);
        assert_eq!(pending.take(9, 0), [0, 1]);
        assert!(pending.is_empty());
    }
}
