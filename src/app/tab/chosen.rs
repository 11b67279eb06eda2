//! Which records of a tab are chosen.

use super::Tab;
use crate::base::id::RecordNo;
use crate::query::sequence::Sequence;
use crate::ui::action::SelectHow;

impl Tab {
    /// Chooses a record.
    pub fn select(&mut self, record: RecordNo, how: SelectHow) {
        let order = self.order();
        self.selection.select(record, how, &order);
    }

    /// The rows in their order.
    #[must_use]
    pub fn order(&self) -> Sequence {
        let shown = self.view.as_ref().map(|view| view.shown.clone());
        shown.unwrap_or_default()
    }

    /// Of two chosen records that are shown the one that has not the focus.
    #[must_use]
    pub fn other_of_two(&self) -> Option<RecordNo> {
        let (view, focus) = (self.view.as_ref()?, self.selection.focus()?);
        let shown = self
            .selection
            .ranges()
            .iter()
            .flat_map(|(first, last)| view.shown.range(view.shown.between(*first, *last)));
        let shown: Vec<RecordNo> = shown.take(3).collect();
        match *shown.as_slice() {
            [one, other] if one == focus => Some(other),
            [other, one] if one == focus => Some(other),
            _ => None,
        }
    }
}
