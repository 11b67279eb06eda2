//! Where in a view the grave records are: what the scroll bar shows of rows that are out of sight.

use super::sequence::Sequence;
use crate::base::id::{BlockNo, RowNo};
use crate::base::level::{Gravity, LevelId};
use crate::index::snapshot::SourceSnapshot;

/// The gravest of some rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gravest {
    /// How grave it is.
    pub gravity: Gravity,
    /// The first row that is as grave.
    pub row: RowNo,
}

/// The gravest of the rows in each of `parts` equal parts of a view, if it is a warning or graver; `None` once `stop` says
/// so. Goes through the warnings and errors, not through the rows.
#[must_use]
pub fn overview(
    snapshot: &SourceSnapshot,
    rows: &Sequence,
    parts: usize,
    mut stop: impl FnMut() -> bool,
) -> Option<Vec<Option<Gravest>>> {
    let mut gravest: Vec<Option<Gravest>> = vec![None; parts];
    let len = rows.len().max(1);
    let mut places = rows.places();
    let mut first_row = 0;
    for (no, block) in (0..).map(BlockNo).zip(snapshot.blocks.iter()) {
        if stop() {
            return None;
        }
        let Some(shown) = rows.set().block(no) else {
            continue;
        };
        let grave = |id: LevelId| {
            let gravity = snapshot.levels.gravity(id);
            (gravity >= Gravity::Warning).then_some(gravity)
        };
        let levels = block.stats().levels.iter();
        let count = u64::from(shown.count());
        if count > 0 && levels.into_iter().any(|it| grave(it.level).is_some()) {
            let mask = shown.mask(block.len() as u32);
            for (group, word) in block.groups().zip(mask.words()) {
                for (level, has) in group.levels() {
                    let Some(gravity) = grave(level) else {
                        continue;
                    };
                    let mut left = has & word;
                    while left != 0 {
                        let slot = u32::from(group.first().0) + left.trailing_zeros();
                        left &= left - 1;
                        let row = places.of(first_row + u64::from(shown.rank(slot)));
                        let part = u128::from(row) * parts as u128 / u128::from(len);
                        if let Some(known) = gravest.get_mut(part as usize) {
                            let row = RowNo(row);
                            if known.is_none_or(|known| (gravity, known.row) > (known.gravity, row))
                            {
                                *known = Some(Gravest { gravity, row });
                            }
                        }
                    }
                }
            }
        }
        first_row += count;
    }
    Some(gravest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::id::RecordNo;
    use crate::index::synthetic;
    use crate::query::bitmap::Mask;
    use crate::query::rowset::RowSet;

    #[test]
    fn parts_are_as_grave_as_the_gravest_of_their_rows() {
        let snapshot = synthetic::snapshot(150_000, 3);
        let some = RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
            let records = block.len() as u32;
            let mut mask = Mask::all(records);
            mask.retain(|slot| slot.0 % 7 == 0);
            (records, Some(mask.seal()))
        }));
        for rows in [RowSet::everything(&snapshot), some, RowSet::default()] {
            let rows = Sequence::from(rows);
            for parts in [1, 100, 5_000, 200_000] {
                let mut expected: Vec<Option<Gravest>> = vec![None; parts];
                for row in 0..rows.len() {
                    let record: RecordNo = rows.nth(RowNo(row)).unwrap();
                    let level = snapshot.record(record).unwrap().level;
                    let gravity = snapshot.levels.gravity(level);
                    let part = (row as usize * parts) / rows.len() as usize;
                    let known = expected[part].map_or(Gravity::None, |known| known.gravity);
                    if gravity >= Gravity::Warning && gravity > known {
                        let row = RowNo(row);
                        expected[part] = Some(Gravest { gravity, row });
                    }
                }
                let found = overview(&snapshot, &rows, parts, || false).unwrap();
                assert!(found == expected, "{parts} {}", rows.len());
            }
        }
        let everything = Sequence::from(RowSet::everything(&snapshot));
        assert_eq!(overview(&snapshot, &everything, 9, || true), None);
    }
}
