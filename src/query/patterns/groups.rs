//! What was learnt, as a list for people: sorted, with a title and the filter for each group.

use std::sync::Arc;

use super::overlap::overlapping;
use super::seen::{Scale, Seen};
use super::survey::{Found, Wanted};
use super::table::{Group, Table};
use crate::base::level::{Gravity, LevelId};
use crate::index::snapshot::SourceSnapshot;
use crate::query::lang::value;

/// Groups of records, those with the most records first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// The groups.
    pub list: Vec<Summary>,
    /// Records in all, those of no group too.
    pub records: u64,
    /// Records of groups for which there was no room.
    pub others: u64,
    /// Groups whose filter also shows records that are counted in another one, as far as it is known.
    pub overlapping: u64,
}

/// What a group is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Messages of one template.
    Pattern,
    /// Records with a trace.
    Raised,
    /// Errors of one template without a trace.
    Error,
}

/// A group of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What it is of.
    pub kind: Kind,
    /// The template, or the type and place of what was raised.
    pub title: Arc<str>,
    /// The latest message, where that says more than the title.
    pub latest: Option<Arc<str>>,
    /// Its records.
    pub seen: Seen,
    /// The steps of time in which they are counted.
    pub scale: Scale,
    /// The name of its gravest level; empty for none.
    pub level: Arc<str>,
    /// How grave that is.
    pub gravity: Gravity,
    /// The logger with the most of its records; empty for none.
    pub logger: Arc<str>,
    /// The filter that leaves this group, as text.
    pub query: String,
}

impl Groups {
    /// The groups of what was learnt.
    #[must_use]
    pub fn of(found: &Found, wanted: Wanted, snapshot: &SourceSnapshot) -> Self {
        let tables: &[(&Table, Kind)] = match wanted {
            Wanted::Patterns => &[(&found.patterns, Kind::Pattern)],
            Wanted::Exceptions => &[(&found.raised, Kind::Raised), (&found.errors, Kind::Error)],
        };
        let mut groups = Self::default();
        for (table, kind) in tables {
            groups.records += table.records();
            groups.others += table.others();
            let list = table.summary();
            let templates = list.iter().map(|group| &*group.template);
            if *kind != Kind::Raised {
                groups.overlapping += overlapping(templates) as u64;
            }
            let list = list.into_iter();
            groups
                .list
                .extend(list.map(|group| summary(group, *kind, table, snapshot)));
        }
        groups.list.sort_by(|one, other| {
            let count = other.seen.records.cmp(&one.seen.records);
            count.then_with(|| one.title.cmp(&other.title))
        });
        groups
    }
}

fn summary(group: Group, kind: Kind, table: &Table, snapshot: &SourceSnapshot) -> Summary {
    let Group {
        template,
        seen,
        latest,
    } = group;
    let levels = &snapshot.levels;
    let level = { seen.levels.iter() }
        .map(|(level, _)| LevelId(level as u8))
        .max_by_key(|level| levels.rank(*level))
        .unwrap_or_default();
    let query = match kind {
        Kind::Pattern => format!("pattern={}", value(&template)),
        // Without all calls, it stands for those that go on.
        Kind::Raised if table.is_cut() => format!("exception:{}", value(&template)),
        Kind::Raised => format!("exception={}", value(&template)),
        Kind::Error => format!("level>=error pattern={} -exception:*", value(&template)),
    };
    Summary {
        kind,
        title: template.into(),
        latest: latest.map(Into::into),
        level: levels.name(level).into(),
        gravity: levels.gravity(level),
        logger: snapshot.loggers.name(seen.logger()).into(),
        seen,
        scale: *table.scale(),
        query,
    }
}
