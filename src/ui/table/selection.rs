//! Which records are chosen. Ranges of record numbers, so that choosing all of 10⁸ rows costs nothing and the choice
//! outlives a change of the filter.

use crate::base::id::RecordNo;
use crate::ui::action::SelectHow;

/// The chosen records of one log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Disjoint, ascending, first and last inclusive.
    ranges: Vec<(RecordNo, RecordNo)>,
    focus: Option<RecordNo>,
    anchor: Option<RecordNo>,
}

impl Selection {
    /// The record that the keyboard stands on.
    #[must_use]
    pub fn focus(&self) -> Option<RecordNo> {
        self.focus
    }

    /// The chosen ranges: disjoint, ascending, first and last inclusive. Hidden records inside count as chosen only
    /// while the filter shows them; whoever copies intersects with the view.
    #[must_use]
    pub fn ranges(&self) -> &[(RecordNo, RecordNo)] {
        &self.ranges
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether a record is chosen.
    #[must_use]
    pub fn contains(&self, record: RecordNo) -> bool {
        let after = self.ranges.partition_point(|(first, _)| *first <= record);
        after
            .checked_sub(1)
            .and_then(|index| self.ranges.get(index))
            .is_some_and(|(_, last)| record <= *last)
    }

    /// Chooses a record.
    pub fn select(&mut self, record: RecordNo, how: SelectHow) {
        match how {
            SelectHow::Replace => {
                self.ranges = vec![(record, record)];
                self.anchor = Some(record);
            }
            SelectHow::Extend => {
                let anchor = self.anchor.unwrap_or(record);
                self.anchor = Some(anchor);
                self.ranges = vec![(anchor.min(record), anchor.max(record))];
            }
            SelectHow::Toggle => {
                self.toggle(record);
                self.anchor = Some(record);
            }
        }
        self.focus = Some(record);
    }

    /// Chooses every record up to `last`, the log's or the view's last one; the focus stays.
    pub fn select_all(&mut self, last: RecordNo) {
        let first = RecordNo(0);
        self.ranges = vec![(first, last)];
        self.focus.get_or_insert(first);
        self.anchor = Some(first);
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn toggle(&mut self, record: RecordNo) {
        let after = self.ranges.partition_point(|(first, _)| *first <= record);
        let inside = after
            .checked_sub(1)
            .and_then(|index| self.ranges.get(index).map(|range| (index, *range)))
            .filter(|(_, (_, last))| record <= *last);
        let Some((index, (first, last))) = inside else {
            self.ranges.insert(after, (record, record));
            return;
        };
        let mut rest = Vec::with_capacity(2);
        if first < record {
            rest.push((first, RecordNo(record.0 - 1)));
        }
        if record < last {
            rest.push((RecordNo(record.0 + 1), last));
        }
        self.ranges.splice(index..=index, rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(selection: &Selection) -> Vec<(u64, u64)> {
        selection
            .ranges()
            .iter()
            .map(|(first, last)| (first.0, last.0))
            .collect()
    }

    #[test]
    fn click_shift_click_and_ctrl_click() {
        let mut s = Selection::default();
        s.select(RecordNo(10), SelectHow::Replace);
        s.select(RecordNo(15), SelectHow::Extend);
        assert_eq!(numbers(&s), [(10, 15)]);
        s.select(RecordNo(5), SelectHow::Extend);
        assert_eq!(numbers(&s), [(5, 10)], "the anchor stays");
        s.select(RecordNo(7), SelectHow::Toggle);
        assert_eq!(numbers(&s), [(5, 6), (8, 10)]);
        s.select(RecordNo(20), SelectHow::Toggle);
        assert_eq!(numbers(&s), [(5, 6), (8, 10), (20, 20)]);
        assert_eq!(s.focus(), Some(RecordNo(20)));
        for (record, chosen) in [
            (4, false),
            (5, true),
            (7, false),
            (10, true),
            (20, true),
            (21, false),
        ] {
            assert_eq!(s.contains(RecordNo(record)), chosen, "{record}");
        }
        s.select(RecordNo(3), SelectHow::Replace);
        assert_eq!(numbers(&s), [(3, 3)]);
    }

    #[test]
    fn everything_is_one_range() {
        let mut s = Selection::default();
        s.select(RecordNo(7), SelectHow::Replace);
        s.select_all(RecordNo(99_999_999));
        assert_eq!(numbers(&s), [(0, 99_999_999)]);
        assert_eq!(
            s.focus(),
            Some(RecordNo(7)),
            "the keyboard stays where it was"
        );
        s.clear();
        assert!(s.is_empty() && s.focus().is_none());
    }

    #[test]
    fn extending_nothing_is_a_click() {
        let mut s = Selection::default();
        s.select(RecordNo(9), SelectHow::Extend);
        assert_eq!(numbers(&s), [(9, 9)]);
    }
}
