//! Level and logger as fields: the index and the view have counted them.

use std::cmp::Reverse;
use std::sync::Arc;

use super::summary::{Count, FieldSummary, TOP, TopValue};
use super::{FieldsSurvey, Origin};
use crate::index::snapshot::SourceSnapshot;
use crate::query::tally::Tally;

impl FieldsSurvey {
    /// Level and logger of the rows of a view, where they have any.
    #[must_use]
    pub fn columns(&self, tally: &Tally, snapshot: &SourceSnapshot) -> Vec<Arc<FieldSummary>> {
        let levels = &snapshot.levels;
        let counted = levels.ids_by_rank().into_iter();
        let level = counted.map(|id| (levels.name(id), tally.level(id)));
        let loggers = snapshot.loggers.iter();
        let logger = loggers.map(|(id, name)| (name, tally.logger(id).records));
        let fields = [field("level", level), field("logger", logger)];
        fields.into_iter().flatten().map(Arc::new).collect()
    }
}

fn field<'a>(name: &str, counted: impl Iterator<Item = (&'a str, u64)>) -> Option<FieldSummary> {
    let there = |(name, count): &(&str, u64)| !name.is_empty() && *count > 0;
    let mut values: Vec<_> = counted.filter(there).collect();
    values.sort_by_key(|(_, count)| Reverse(*count));
    let records = values.iter().map(|(_, count)| count).sum();
    let distinct = values.len() as u64;
    values.truncate(TOP);
    (records > 0).then(|| FieldSummary {
        name: name.into(),
        origin: Origin::Index,
        records,
        occurrences: records,
        distinct: Count::Exactly(distinct),
        top: { values.into_iter() }
            .map(|(text, count)| TopValue {
                text: text.into(),
                count: Count::Exactly(count),
                is_cut: false,
            })
            .collect(),
        numbers: None,
    })
}
