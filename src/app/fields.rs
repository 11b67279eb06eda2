//! The fields of a tab's records: what was counted, and whether counts are asked for.

use std::collections::HashSet;
use std::sync::Arc;

use crate::engine::{FieldsRequest, FieldsState, SourceHandle};
use crate::ui::panels::fields as list;

/// A tab's fields.
#[derive(Debug, Default)]
pub struct TabFields {
    /// The newest counts.
    pub state: Option<Arc<FieldsState>>,
    /// What is offered while one types into the filter: the counts before, since those of what is half typed say little.
    pub offered: Option<Arc<FieldsState>>,
    /// The list's own state.
    pub panel: list::FieldsState,
    /// The fields that have a column; made anew when columns change.
    pub columns: Arc<HashSet<String>>,
    asked: FieldsRequest,
}

impl TabFields {
    /// Takes over what was counted; `typing` is whether the filter is being typed.
    pub fn take(&mut self, state: Arc<FieldsState>, typing: bool) {
        if !typing || self.offered.is_none() {
            self.offered = Some(Arc::clone(&state));
        }
        self.state = Some(state);
    }

    /// Asks for counts.
    pub fn want(&mut self, handle: &SourceHandle) {
        self.ask(handle, true);
    }

    /// Asks for none: nobody looks.
    pub fn rest(&mut self, handle: &SourceHandle) {
        self.ask(handle, false);
    }

    fn ask(&mut self, handle: &SourceHandle, wanted: bool) {
        if self.asked.wanted != wanted {
            self.asked.ticket = self.asked.ticket.next();
            self.asked.wanted = wanted;
            handle.want_fields(self.asked);
        }
    }
}
