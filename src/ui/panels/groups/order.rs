//! Which groups are listed, in which order: pure.

use std::cmp::Reverse;

use crate::base::lang::tr;
use crate::query::patterns::groups::{Groups, Summary};

/// What stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The groups with the most records.
    #[default]
    Most,
    /// Those with the fewest.
    Rare,
    /// Those whose last record is the newest.
    Newest,
    /// Those whose first record is the oldest.
    First,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Most, Self::Rare, Self::Newest, Self::First];

    /// In words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Most => tr("Most first"),
            Self::Rare => tr("Rare first"),
            Self::Newest => tr("Newest first"),
            Self::First => tr("First seen first"),
        }
    }
}

/// Positions of the groups that contain what is looked for.
#[must_use]
pub fn order(groups: &Groups, sort: Sort, find: &str) -> Vec<u32> {
    let needle = find.trim().to_lowercase();
    let mut order: Vec<u32> = (0_u32..)
        .zip(&groups.list)
        .filter(|(_, group)| needle.is_empty() || holds(group, &needle))
        .map(|(at, _)| at)
        .collect();
    let group = |at: &u32| groups.list.get(*at as usize);
    match sort {
        Sort::Most => {}
        Sort::Rare => order.sort_by_key(|at| group(at).map(|group| group.seen.records)),
        Sort::Newest => {
            order.sort_by_key(|at| Reverse(group(at).map(|group| group.seen.last.record)));
        }
        Sort::First => order.sort_by_key(|at| group(at).map(|group| group.seen.first.record)),
    }
    order
}

fn holds(group: &Summary, needle: &str) -> bool {
    let latest = group.latest.as_deref().unwrap_or_default();
    [&*group.title, latest, &*group.logger, &*group.level]
        .iter()
        .any(|text| text.to_lowercase().contains(needle))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::id::{LoggerId, RecordNo};
    use crate::base::level::{Gravity, LevelId};
    use crate::query::patterns::groups::Kind;
    use crate::query::patterns::seen::{Record, Scale, Seen};

    #[test]
    fn groups_are_sorted_and_looked_for() {
        let group = |title: &str, records: u64, first: u64, last: u64| {
            let record = |at| Record {
                record: RecordNo(at),
                time: None,
                level: LevelId::NONE,
                logger: LoggerId::ROOT,
            };
            let mut seen = Seen::new(record(first), &Scale::default());
            seen.records = records;
            seen.last = record(last);
            Summary {
                kind: Kind::Pattern,
                title: title.into(),
                latest: None,
                seen,
                scale: Scale::default(),
                level: Arc::from("INFO"),
                gravity: Gravity::Info,
                logger: Arc::from("app.db"),
                query: title.to_owned(),
            }
        };
        let groups = Groups {
            list: vec![
                group("Zwei", 9, 5, 20),
                group("eins", 9, 7, 99),
                group("drei", 1, 0, 0),
            ],
            ..Groups::default()
        };
        for (sort, find, expected) in [
            (Sort::Most, "", &[0, 1, 2][..]),
            (Sort::Rare, "", &[2, 0, 1]),
            (Sort::Newest, "", &[1, 0, 2]),
            (Sort::First, "", &[2, 0, 1]),
            (Sort::Most, "EI", &[0, 1, 2]),
            (Sort::Rare, "zw", &[0]),
            (Sort::Most, "app.DB", &[0, 1, 2]),
            (Sort::Most, "x", &[]),
        ] {
            assert_eq!(order(&groups, sort, find), expected, "{sort:?} {find}");
        }
    }
}
