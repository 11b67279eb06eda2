//! Groups of records under their templates, in bounded memory.

use super::known::{Known, Place, is_wide};
use super::merge::{Least, merged};
use super::seen::{Record, Scale, Seen};

/// Templates that a table holds before it merges those that are alike.
pub const MOST_GROUPS: usize = 8_192;

/// Templates of messages that find their group at once.
const MOST_REMEMBERED: usize = 8 * MOST_GROUPS;

/// Words that take turns in one place before they count as variable.
const WORDS: usize = 8;
/// How much alike is enough to make room, in turn: words in one place, and templates with the same first pieces.
const ROOM: [(usize, Option<(usize, usize)>); 6] = [
    (WORDS, None),
    (WORDS, Some((16, 4))),
    (4, Some((16, 3))),
    (4, Some((8, 2))),
    (2, Some((2, 2))),
    (2, Some((2, 1))),
];

/// A template and its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What its records have in common.
    pub template: String,
    /// Its records.
    pub seen: Seen,
    /// The group's latest message, where that says more than the template.
    pub latest: Option<String>,
}

impl Group {
    /// Adds the records of another group, which was counted under the same scale.
    fn join(&mut self, other: Self) {
        if other.seen.last.record >= self.seen.last.record {
            self.latest = other.latest;
        }
        self.seen.join(&other.seen);
    }
}

/// Counts records by template.
///
/// As long as there are at most [`MOST_GROUPS`] templates, what is counted does not depend on the order of the records or
/// of tables that are joined. Beyond that, templates that are alike are merged as they come, and what is left over of
/// those is counted as [`Self::others`]; no record is lost from the sum.
#[derive(Debug, Clone)]
pub struct Table {
    groups: Vec<Group>,
    known: Known,
    scale: Scale,
    others: u64,
    /// Whether templates may be merged at all.
    merges: bool,
    /// Whether some were merged to make room.
    merged: bool,
}

impl Table {
    /// An empty table; `merges` if templates that differ in a word or two may become one.
    #[must_use]
    pub fn new(scale: Scale, merges: bool) -> Self {
        Self {
            groups: Vec::new(),
            known: Known::default(),
            scale,
            others: 0,
            merges,
            merged: false,
        }
    }

    /// The steps of time in which groups are counted.
    #[must_use]
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// Records of templates for which there was no room.
    #[must_use]
    pub fn others(&self) -> u64 {
        self.others
    }

    /// All records that were counted.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.others
            + self
                .groups
                .iter()
                .map(|group| group.seen.records)
                .sum::<u64>()
    }

    /// The groups as they were found, in no order that means anything.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Counts a record; `latest` makes the message that the group shows if this is its last record.
    pub fn add(
        &mut self,
        template: &[u8],
        record: Record,
        latest: impl FnOnce() -> Option<String>,
    ) {
        match self.place(template) {
            Some(place) => {
                let Some(group) = self.groups.get_mut(place as usize) else {
                    return;
                };
                if record.record >= group.seen.last.record && group.latest.is_some() {
                    group.latest = latest();
                }
                group.seen.add(record, &self.scale);
            }
            None => {
                self.insert(Group {
                    template: String::from_utf8_lossy(template).into_owned(),
                    seen: Seen::new(record, &self.scale),
                    latest: latest(),
                });
            }
        }
    }

    /// Counts what another table counted.
    pub fn join(&mut self, other: Self) {
        let scale = match self.groups.is_empty() && self.others == 0 {
            true => other.scale,
            false => self.scale.and(&other.scale),
        };
        self.rescale(&scale);
        self.others += other.others;
        if other.merged && !self.merged {
            self.merged = true;
            self.learn();
        }
        for mut group in other.groups {
            if other.scale != scale {
                group.seen.rescale(&other.scale, &scale);
            }
            match self.place(group.template.as_bytes()) {
                Some(place) => {
                    if let Some(known) = self.groups.get_mut(place as usize) {
                        known.join(group);
                    }
                }
                None => self.insert(group),
            }
        }
    }

    /// The groups for people to look at: those that differ in words that take turns are one. A function of what was
    /// counted, so that nothing is lost and more may be counted later.
    #[must_use]
    pub fn summary(&self) -> Vec<Group> {
        if !self.merges {
            return self.groups.clone();
        }
        let least = Least {
            words: WORDS,
            alike: None,
        };
        merge(&self.groups, least)
    }

    /// Counts under a scale that covers the one before.
    fn rescale(&mut self, scale: &Scale) {
        if self.scale != *scale {
            for group in &mut self.groups {
                group.seen.rescale(&self.scale, scale);
            }
            self.scale = *scale;
        }
    }

    fn place(&mut self, template: &[u8]) -> Option<Place> {
        let place = self.known.find(template)?;
        self.known.remember(template, place, MOST_REMEMBERED);
        Some(place)
    }

    fn insert(&mut self, group: Group) {
        self.know(self.groups.len() as Place, &group.template);
        self.groups.push(group);
        if self.groups.len() > MOST_GROUPS {
            self.shrink();
        }
    }

    fn know(&mut self, place: Place, template: &str) {
        let template = template.as_bytes();
        match self.merged && is_wide(template) {
            true => self.known.insert_wide(template, place),
            false => self.known.insert(template, place),
        }
    }

    /// Takes note of all templates anew.
    fn learn(&mut self) {
        self.known = Known::default();
        let groups = std::mem::take(&mut self.groups);
        for (place, group) in (0..).zip(&groups) {
            self.know(place, &group.template);
        }
        self.groups = groups;
    }

    /// Makes room: merges more and more of what is alike, and at last lets the smallest groups go.
    fn shrink(&mut self) {
        let room = MOST_GROUPS / 2;
        for (words, alike) in ROOM {
            if self.merges && self.groups.len() > room {
                self.groups = merge(&self.groups, Least { words, alike });
            }
        }
        if self.groups.len() > room {
            self.groups.sort_by(|one, other| {
                let count = other.seen.records.cmp(&one.seen.records);
                count.then_with(|| one.template.cmp(&other.template))
            });
            let left: u64 = self
                .groups
                .drain(room..)
                .map(|group| group.seen.records)
                .sum();
            self.others += left;
        }
        self.merged = true;
        self.learn();
    }
}

/// The same records in fewer groups.
fn merge(groups: &[Group], least: Least) -> Vec<Group> {
    // In an order of their own, so that nothing depends on the one in which they were found.
    let mut sorted: Vec<&Group> = groups.iter().collect();
    sorted.sort_by(|one, other| one.template.cmp(&other.template));
    let templates: Vec<&str> = sorted.iter().map(|group| &*group.template).collect();
    let (list, becomes) = merged(&templates, least);
    let mut made: Vec<Option<Group>> = list.iter().map(|_| None).collect();
    for (group, place) in sorted.into_iter().zip(becomes) {
        match (made.get_mut(place), list.get(place)) {
            (Some(Some(known)), _) => known.join(group.clone()),
            (Some(empty), Some(template)) => {
                *empty = Some(Group {
                    template: template.clone().into_owned(),
                    ..group.clone()
                });
            }
            _ => {}
        }
    }
    made.into_iter().flatten().collect()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
