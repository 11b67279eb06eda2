//! Every record of a view that a text is found in, for the marks beside the scroll bar and for "12 of 345".

use std::collections::BTreeMap;

use super::bitmap::{BlockRows, Mask};
use super::matcher::Matcher;
use super::rowset::RowSet;
use super::sequence::Sequence;
use super::spec::Pattern;
use super::survey::{Seen, Survey};
use crate::base::id::{RecordNo, RowNo};
use crate::format::extractor::without_line_end;
use crate::index::block::Block;
use crate::index::snapshot::SourceSnapshot;

/// Looks for a text in all records of a view. Of a record of more than a MiB only the first is looked at.
#[derive(Debug)]
pub struct HitSurvey {
    pattern: Pattern,
    /// `None` of what cannot be matched: it is in no record.
    matcher: Option<Matcher>,
}

impl HitSurvey {
    /// Looks for this.
    #[must_use]
    pub fn new(pattern: Pattern) -> Self {
        Self {
            matcher: Matcher::new(&pattern).ok(),
            pattern,
        }
    }

    /// What is looked for.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }
}

/// The records with a match, by the number of their block's first record. At most a bit for each record.
#[derive(Debug, Clone, Default)]
pub struct HitsFound(BTreeMap<u64, Mask>);

impl Survey for HitSurvey {
    type Found = HitsFound;

    fn nothing(&self) -> HitsFound {
        HitsFound::default()
    }

    fn wants(&self, _block: &Block) -> bool {
        self.matcher.is_some()
    }

    fn look(&self, seen: &Seen<'_>, found: &mut HitsFound) {
        let text = without_line_end(seen.bytes);
        if self
            .matcher
            .as_ref()
            .is_some_and(|matcher| matcher.is_match(text))
        {
            let records = seen.block.len() as u32;
            let block = found.0.entry(seen.block.first_record().0);
            block
                .or_insert_with(|| Mask::none(records))
                .insert(seen.slot);
        }
    }

    fn merge(&self, into: &mut HitsFound, other: HitsFound) {
        for (block, mask) in other.0 {
            match into.0.entry(block) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(mask);
                }
                std::collections::btree_map::Entry::Occupied(mut known) => {
                    known.get_mut().join(&mask);
                }
            }
        }
    }
}

impl HitsFound {
    /// The records with a match, as rows of their own.
    #[must_use]
    pub fn rows(&self, snapshot: &SourceSnapshot) -> RowSet {
        RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
            let hits = self.0.get(&block.first_record().0);
            let rows = hits.map_or(BlockRows::None, Mask::seal);
            (block.len() as u32, Some(rows))
        }))
    }
}

/// The first row with a hit in each of `parts` equal parts of a view that has one.
#[must_use]
pub fn hit_marks(hits: &RowSet, view: &Sequence, parts: u64) -> Vec<RowNo> {
    match view.is_as_in_file() {
        true => marks_in_file(hits, view, parts),
        false => marks_in_time(hits, view, parts),
    }
}

fn marks_in_file(hits: &RowSet, view: &Sequence, parts: u64) -> Vec<RowNo> {
    let len = view.len();
    let parts = parts.min(len);
    let row_of = |part: u64| (u128::from(part) * u128::from(len) / u128::from(parts.max(1))) as u64;
    let first_hit = |part: u64| {
        let from = view.nth(RowNo(row_of(part)))?;
        let behind = row_of(part + 1);
        let hit: RecordNo = hits.nth(hits.rank(from))?;
        Some(view.rank(hit)).filter(|row| row.0 < behind)
    };
    (0..parts).filter_map(first_hit).collect()
}

/// Goes through the hits.
fn marks_in_time(hits: &RowSet, view: &Sequence, parts: u64) -> Vec<RowNo> {
    let len = u128::from(view.len());
    let parts = u128::from(parts).min(len);
    let mut places = view.places();
    let mut first: Vec<Option<RowNo>> = vec![None; parts as usize];
    for hit in hits.range(0..u64::MAX) {
        let row = RowNo(places.of(view.set().rank(hit).0));
        // The part that begins at or before the row.
        let part = ((u128::from(row.0) + 1) * parts)
            .div_ceil(len.max(1))
            .saturating_sub(1);
        if let Some(known) = first.get_mut(part as usize) {
            *known = Some(known.map_or(row, |known| known.min(row)));
        }
    }
    first.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::index::synthetic;

    /// Every `step`th record.
    fn every(snapshot: &SourceSnapshot, step: u64) -> RowSet {
        RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
            let records = block.len() as u32;
            let first = block.first_record().0;
            let mut mask = Mask::all(records);
            mask.retain(|slot| (first + u64::from(slot.0)) % step == 0);
            (records, Some(mask.seal()))
        }))
    }

    #[test]
    fn marks_are_the_first_hits_of_their_parts() {
        let snapshot = synthetic::snapshot(150_000, 3);
        for (view_step, hit_step) in [(1, 1), (1, 7_000), (3, 300), (2, 149_998)] {
            let view = Sequence::from(every(&snapshot, view_step));
            let hits = every(&snapshot, view_step * hit_step);
            for parts in [1, 13, 600] {
                let mut expected: Vec<RowNo> = Vec::new();
                for part in 0..parts {
                    let rows = view.len() * part / parts..view.len() * (part + 1) / parts;
                    let hit = |row: &u64| hits.contains(view.nth(RowNo(*row)).unwrap());
                    expected.extend(rows.clone().find(hit).map(RowNo));
                }
                assert_eq!(
                    hit_marks(&hits, &view, parts),
                    expected,
                    "{view_step} {hit_step} {parts}"
                );
                assert_eq!(marks_in_time(&hits, &view, parts), expected);
            }
        }
        assert_eq!(hit_marks(&RowSet::default(), &Sequence::default(), 9), []);
    }
}
