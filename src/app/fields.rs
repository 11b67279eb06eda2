//! The fields of a tab's records: what was counted, and whether counts are asked for, for their list and for the filter box.

use std::collections::HashSet;
use std::sync::Arc;

use crate::engine::{FieldsRequest, FieldsState, SourceHandle, WordsOf, WordsRequest, WordsState};
use crate::ui::panels::fields as list;

/// A tab's fields.
#[derive(Debug, Default)]
pub struct TabFields {
    /// The newest counts.
    pub state: Option<Arc<FieldsState>>,
    /// What could be typed into the filter.
    pub words: Option<Arc<WordsState>>,
    /// The list's own state.
    pub panel: list::FieldsState,
    /// The fields that have a column; made anew when columns change.
    pub columns: Arc<HashSet<String>>,
    asked: FieldsRequest,
    words_asked: WordsRequest,
}

/// The names of the fields of so many records, taken from all over the log, are those of all but rare ones.
const ENOUGH: u64 = 200_000;

impl TabFields {
    /// Asks for counts.
    pub fn want(&mut self, handle: &SourceHandle) {
        self.ask(handle, true);
    }

    /// Asks for what could be typed, or for nothing; no further than there is use in it.
    pub fn want_words(&mut self, handle: &SourceHandle, of: Option<WordsOf>) {
        let is_enough = |known: &Arc<WordsState>| known.surveyed.rows >= ENOUGH;
        let enough = of == Some(WordsOf::Names) && self.words.as_ref().is_some_and(is_enough);
        let of = of.filter(|_| !enough);
        if self.words_asked.of != of {
            self.words_asked.of = of;
            handle.want_words(self.words_asked.clone());
        }
    }

    /// Asks for nothing: nobody looks.
    pub fn rest_all(&mut self, handle: &SourceHandle) {
        self.rest(handle);
        self.want_words(handle, None);
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
