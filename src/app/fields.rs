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
    /// Takes newer counts over. Their order changes with the filter, and not while more is counted: those of a part, taken
    /// from all over the log, are in that of all but for what is about as frequent.
    pub fn take(&mut self, counts: Arc<FieldsState>) {
        let goes_on = |shown: &&Arc<FieldsState>| {
            (shown.generation, shown.filter) == (counts.generation, counts.filter)
        };
        let ordered = self.state.as_ref().filter(goes_on).map(|shown| {
            let fields = counts.fields.in_order_of(&shown.fields);
            Arc::new(FieldsState {
                fields: Arc::new(fields),
                ..FieldsState::clone(&counts)
            })
        });
        self.state = Some(ordered.unwrap_or(counts));
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::{Generation, Ticket};
    use crate::engine::Surveyed;
    use crate::query::fields::Origin;
    use crate::query::fields::summary::{Count, FieldSummary, FieldsSummary};

    fn counts(filter: u64, complete: bool, names: &[&str]) -> Arc<FieldsState> {
        let field = |name: &&str| FieldSummary {
            name: (*name).into(),
            origin: Origin::Message,
            records: 1,
            occurrences: 1,
            distinct: Count::Exactly(1),
            top: Vec::new(),
            numbers: None,
        };
        let fields = names.iter().map(|name| Arc::new(field(name))).collect();
        Arc::new(FieldsState {
            generation: Generation::default(),
            filter: Ticket(filter),
            surveyed: Surveyed {
                complete,
                ..Surveyed::default()
            },
            fields: Arc::new(FieldsSummary {
                fields,
                records: 1,
                is_cut: false,
            }),
        })
    }

    #[test]
    fn fields_stay_where_they_are_while_they_are_counted() {
        let mut tab = TabFields::default();
        for (filter, complete, counted, shown) in [
            (1, false, &["a", "b", "c"][..], "a b c"),
            // Others have more by now, and one is new.
            (1, false, &["c", "d", "b", "a"], "a b c d"),
            (1, true, &["c", "d", "b", "a"], "a b c d"),
            (2, false, &["d", "b"], "d b"),
        ] {
            tab.take(counts(filter, complete, counted));
            let fields = tab.state.as_ref().map(|state| &state.fields.fields);
            let names: Vec<&str> = fields.into_iter().flatten().map(|it| &*it.name).collect();
            assert_eq!(names.join(" "), shown);
        }
    }
}
