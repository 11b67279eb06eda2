//! What one tab shows: the pinned filter, the text being typed, and the last request made of them.

use crate::base::id::Ticket;
use crate::query::spec::{FilterSpec, TextTerm};
use crate::ui::panels::filter_bar::TextProblem;

/// The filter of a tab as the user edits it.
#[derive(Debug, Clone, Default)]
pub struct FilterState {
    /// Everything that is pinned as chips.
    pub spec: FilterSpec,
    /// The term in the filter box, live while it is typed.
    pub draft: Option<TextTerm>,
    /// The newest request made of the engine.
    pub ticket: Ticket,
    /// Why the draft cannot be used; the last good result stays on screen.
    pub problem: Option<TextProblem>,
}

impl FilterState {
    /// What the engine is asked for: the pinned parts and the draft.
    #[must_use]
    pub fn effective(&self) -> FilterSpec {
        let mut spec = self.spec.clone();
        spec.text.extend(self.draft.clone());
        spec
    }
}
