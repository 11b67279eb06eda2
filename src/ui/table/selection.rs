//! Which records are chosen. Ranges of records, so that choosing all of 10⁸ rows costs nothing and the choice outlives a
//! change of the filter.

use crate::base::id::RecordNo;
use crate::query::sequence::Sequence;
use crate::ui::action::SelectHow;

/// The chosen records of one log. What lies between two records depends on the order of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Disjoint, in the order of the table, first and last inclusive.
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

    /// The chosen ranges: disjoint, in the order of the table, first and last inclusive. Hidden records inside count as
    /// chosen only while the filter shows them; whoever copies intersects with the view.
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
    pub fn contains(&self, record: RecordNo, order: &Sequence) -> bool {
        self.range_of(record, order).is_some()
    }

    /// Chooses a record.
    pub fn select(&mut self, record: RecordNo, how: SelectHow, order: &Sequence) {
        match how {
            SelectHow::Replace => {
                self.ranges = vec![(record, record)];
                self.anchor = Some(record);
            }
            SelectHow::Extend => {
                let anchor = self.anchor.unwrap_or(record);
                self.anchor = Some(anchor);
                let range = match order.place(anchor) <= order.place(record) {
                    true => (anchor, record),
                    false => (record, anchor),
                };
                self.ranges = vec![range];
            }
            SelectHow::Toggle => {
                self.toggle(record, order);
                self.anchor = Some(record);
            }
        }
        self.focus = Some(record);
    }

    /// Chooses every record from `first` to `last`, the log's or the view's; the focus stays.
    pub fn select_all(&mut self, first: RecordNo, last: RecordNo) {
        self.ranges = vec![(first, last)];
        self.focus.get_or_insert(first);
        self.anchor = Some(first);
    }

    /// Chooses what has the focus and nothing else: in another order other records lie between two.
    pub fn keep_focus(&mut self) {
        self.ranges = self.focus.map(|focus| (focus, focus)).into_iter().collect();
        self.anchor = self.focus;
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn toggle(&mut self, record: RecordNo, order: &Sequence) {
        let Some(index) = self.range_of(record, order) else {
            let at = order.place(record);
            let after = self
                .ranges
                .partition_point(|(first, _)| order.place(*first) <= at);
            self.ranges.insert(after, (record, record));
            return;
        };
        let Some((first, last)) = self.ranges.get(index).copied() else {
            return;
        };
        let before = order.before(record).filter(|_| first != record);
        let after = order.after(record).filter(|_| last != record);
        let rest = [
            before.map(|end| (first, end)),
            after.map(|start| (start, last)),
        ];
        self.ranges
            .splice(index..=index, rest.into_iter().flatten());
    }

    /// Which of the ranges a record is in.
    fn range_of(&self, record: RecordNo, order: &Sequence) -> Option<usize> {
        let at = order.place(record);
        let after = self
            .ranges
            .partition_point(|(first, _)| order.place(*first) <= at);
        let index = after.checked_sub(1)?;
        let (_, last) = self.ranges.get(index)?;
        (at <= order.place(*last)).then_some(index)
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
        let (mut s, file) = (Selection::default(), Sequence::default());
        s.select(RecordNo(10), SelectHow::Replace, &file);
        s.select(RecordNo(15), SelectHow::Extend, &file);
        assert_eq!(numbers(&s), [(10, 15)]);
        s.select(RecordNo(5), SelectHow::Extend, &file);
        assert_eq!(numbers(&s), [(5, 10)], "the anchor stays");
        s.select(RecordNo(7), SelectHow::Toggle, &file);
        assert_eq!(numbers(&s), [(5, 6), (8, 10)]);
        s.select(RecordNo(20), SelectHow::Toggle, &file);
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
            assert_eq!(s.contains(RecordNo(record), &file), chosen, "{record}");
        }
        s.select(RecordNo(3), SelectHow::Replace, &file);
        assert_eq!(numbers(&s), [(3, 3)]);
    }

    #[test]
    fn everything_is_one_range() {
        let (mut s, file) = (Selection::default(), Sequence::default());
        s.select(RecordNo(7), SelectHow::Replace, &file);
        s.select_all(RecordNo(0), RecordNo(99_999_999));
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
        let (mut s, file) = (Selection::default(), Sequence::default());
        s.select(RecordNo(9), SelectHow::Extend, &file);
        assert_eq!(numbers(&s), [(9, 9)]);
    }
}
