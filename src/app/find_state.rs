//! How the search of one tab stands. What is looked for is the find bar's own state.

use std::sync::Arc;

use crate::base::id::{Generation, RecordNo, RowNo, Ticket};
use crate::engine::{FindHits, HitsRequest, SourceHandle};
use crate::query::spec::Pattern;
use crate::ui::panels::find_bar::{FindStatus, Hits};

/// The search behind the find bar of a tab.
#[derive(Debug, Clone, Default)]
pub struct Finding {
    /// How the last search ended.
    pub status: FindStatus,
    /// The newest search.
    pub ticket: Ticket,
    /// Where live searches start while the pattern is typed, so that typing on does not run away.
    pub origin: Option<RecordNo>,
    /// Every record that the text is in, as far as it is known.
    hits: Option<Arc<FindHits>>,
    asked: HitsRequest,
}

impl Finding {
    /// Asks for every record that a text is in; nothing if that was asked for already. The empty text asks for none.
    pub fn want_hits(&mut self, handle: &SourceHandle, pattern: &Pattern) {
        if self.asked.pattern != *pattern {
            self.asked = HitsRequest {
                ticket: self.asked.ticket.next(),
                pattern: pattern.clone(),
            };
            self.hits = None;
            handle.want_hits(self.asked.clone());
        }
    }

    /// Takes over what was found.
    pub fn take(&mut self, hits: Arc<FindHits>) {
        if hits.ticket == self.asked.ticket {
            self.hits = Some(hits);
        }
    }

    /// Where in the view the text is, for the scroll bar.
    #[must_use]
    pub fn marks(&self, generation: Generation) -> &[RowNo] {
        self.known(generation).map_or(&[], |hits| &hits.marks)
    }

    /// How many records it is in, and the how manyth of them this one is.
    #[must_use]
    pub fn hits(&self, generation: Generation, focus: Option<RecordNo>) -> Option<Hits> {
        let found = self.known(generation)?;
        let focus = focus.filter(|record| found.hits.contains(*record));
        Some(Hits {
            at: focus.map(|record| found.hits.rank(record).0 + 1),
            of: found.hits.len(),
            searched: found.surveyed.rest(),
        })
    }

    fn known(&self, generation: Generation) -> Option<&FindHits> {
        { self.hits.as_deref() }.filter(|hits| hits.generation == generation)
    }
}
