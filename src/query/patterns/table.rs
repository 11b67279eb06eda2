//! Groups of records under their templates, in bounded memory.

use std::sync::Arc;

use super::fault::MOST_CALLS;
use super::known::{Known, Place, is_wide};
use super::merge::{Least, merged};
use super::seen::{Record, Scale, Seen};

/// Templates that a table holds before it merges those that are alike.
pub const MOST_GROUPS: usize = 8_192;

/// Templates of messages that find their group at once.
const MOST_REMEMBERED: usize = 2 * MOST_GROUPS;

/// Words that take turns in one place before they count as variable.
const WORDS: usize = 8;
/// How much alike is enough to make room, in turn: words in one place, and templates with the same first pieces.
const ROOM: [(usize, Option<(usize, usize)>); 6] = [
    (WORDS, None),
    (WORDS, Some((16, 4))),
    (WORDS, Some((16, 3))),
    (WORDS, Some((8, 2))),
    (4, Some((2, 2))),
    (2, Some((2, 1))),
];

/// What records are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Templates of messages; those that differ in a word or two may become one.
    Templates,
    /// What was raised where; calls may be left out, the outermost first.
    Fingerprints,
}

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

/// Templates that stand for others, which a table made to make room: another one need not find them out again.
#[derive(Debug, Clone, Default)]
pub struct Learnt {
    known: Known,
    templates: Vec<String>,
}

impl Learnt {
    /// The template that stands for this one.
    fn find(&self, template: &[u8]) -> Option<&str> {
        match self.templates.is_empty() {
            true => None,
            false => {
                let place = self.known.find_wide(template)?;
                self.templates.get(place as usize).map(String::as_str)
            }
        }
    }
}

/// Counts records by template.
///
/// As long as there are at most [`MOST_GROUPS`] templates, what is counted does not depend on the order of the records or
/// of tables that are joined; that of fingerprints never does. Beyond that, templates that are alike are merged as they come, and what is left over of
/// those is counted as [`Self::others`]; no record is lost from the sum.
#[derive(Debug, Clone)]
pub struct Table {
    groups: Vec<Group>,
    known: Known,
    scale: Scale,
    others: u64,
    of: Of,
    /// So many calls of a fingerprint are told apart.
    calls: usize,
    /// How often some were merged to make room, here or where it learnt from.
    merged: usize,
    learnt: Arc<Learnt>,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(scale: Scale, of: Of) -> Self {
        Self {
            groups: Vec::new(),
            known: Known::default(),
            scale,
            others: 0,
            of,
            calls: MOST_CALLS,
            merged: 0,
            learnt: Arc::default(),
        }
    }

    /// An empty table that knows what another one learnt.
    #[must_use]
    pub fn after(&self, scale: Scale) -> Self {
        Self {
            merged: self.merged,
            learnt: self.learnt.clone(),
            ..Self::new(scale, self.of)
        }
    }

    /// Whether fingerprints had to lose calls to make room.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.calls < MOST_CALLS
    }

    /// How often it had to make room.
    #[must_use]
    pub fn merged(&self) -> usize {
        self.merged
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
        let template = cut(template, self.calls);
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
                let name = String::from_utf8_lossy(template).into_owned();
                let learnt = self.learnt.clone();
                self.insert(Group {
                    template: learnt.find(template).map_or(name, str::to_owned),
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
        if other.merged > self.merged {
            self.merged = other.merged;
            self.learnt = other.learnt.clone();
            self.learn();
        }
        if other.calls < self.calls {
            self.cut(other.calls);
        }
        for mut group in other.groups {
            let template = cut(group.template.as_bytes(), self.calls).len();
            group.template.truncate(template);
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
        if self.of == Of::Fingerprints {
            return self.groups.clone();
        }
        // Where there was no room for all, tables learnt different beginnings.
        let least = Least {
            words: WORDS,
            alike: (self.merged > 0).then_some((8, 2)),
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
        let learnt = || self.known.find(self.learnt.find(template)?.as_bytes());
        let place = self.known.find(template).or_else(learnt)?;
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
        match self.merged > 0 && is_wide(template) {
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

    /// Tells only so many calls of fingerprints apart from now on.
    fn cut(&mut self, calls: usize) {
        self.calls = calls;
        self.known = Known::default();
        for mut group in std::mem::take(&mut self.groups) {
            let template = cut(group.template.as_bytes(), calls).len();
            group.template.truncate(template);
            match self.known.find(group.template.as_bytes()) {
                Some(place) => {
                    if let Some(known) = self.groups.get_mut(place as usize) {
                        known.join(group);
                    }
                }
                None => {
                    self.know(self.groups.len() as Place, &group.template);
                    self.groups.push(group);
                }
            }
        }
    }

    /// Makes room: merges more and more of what is alike, and at last lets the smallest groups go.
    fn shrink(&mut self) {
        let room = match self.of {
            Of::Templates => MOST_GROUPS / 2,
            // How many calls there are room for is a matter of all fingerprints, in whatever order they come.
            Of::Fingerprints => MOST_GROUPS,
        };
        match self.of {
            Of::Templates => {
                for (words, alike) in ROOM {
                    if self.groups.len() > room {
                        self.groups = merge(&self.groups, Least { words, alike });
                    }
                }
            }
            Of::Fingerprints => {
                while self.groups.len() > room && self.calls > 0 {
                    self.cut(self.calls - 1);
                }
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
        self.merged += 1;
        self.learn();
        let mut learnt = Learnt::default();
        for group in self
            .groups
            .iter()
            .filter(|group| is_wide(group.template.as_bytes()))
        {
            let place = learnt.templates.len() as Place;
            learnt.known.insert_wide(group.template.as_bytes(), place);
            learnt.templates.push(group.template.clone());
        }
        self.learnt = Arc::new(learnt);
    }
}

/// A fingerprint with so many calls at most, [`MOST_CALLS`] if it is no fingerprint.
fn cut(template: &[u8], calls: usize) -> &[u8] {
    if calls >= MOST_CALLS {
        return template;
    }
    let between = match calls {
        0 => memchr::memmem::find(template, b" in "),
        calls => memchr::memmem::find_iter(template, b" < ").nth(calls - 1),
    };
    template
        .get(..between.unwrap_or(template.len()))
        .unwrap_or(template)
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
