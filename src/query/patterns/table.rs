//! Groups of records under their templates, in bounded memory.

use std::sync::Arc;

use super::fault::MOST_CALLS;
pub use super::group::Group;
use super::group::merge;
use super::known::{Known, Place, is_wide};
use super::learnt::Learnt;
use super::merge::Least;
use super::seen::{Record, Scale, Seen};
use super::template::Templater;
use crate::base::cancel::Patience;

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
    /// Records whose group is known, to be counted together: their memory is then waited for once, not for each.
    waiting: Vec<(Place, Record)>,
    /// The groups of learnt templates, by their place; [`NONE`] for those that no record was of.
    stand: Vec<Place>,
    patience: Patience,
}

/// Records that wait to be counted.
const WAITING: usize = 256;

/// No group.
const NONE: Place = Place::MAX;

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
            waiting: Vec::new(),
            stand: Vec::new(),
            patience: Patience::default(),
        }
    }

    /// While nobody waits, it does not make room: it holds more than [`MOST_GROUPS`] then, for as long as records come.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// An empty table that knows what another one learnt.
    #[must_use]
    pub fn after(&self, scale: Scale) -> Self {
        Self {
            merged: self.merged,
            stand: vec![NONE; self.learnt.templates().len()],
            learnt: self.learnt.clone(),
            patience: self.patience.clone(),
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
        match self.home(template) {
            Home::Group(place) => {
                let Some(group) = self.groups.get_mut(place as usize) else {
                    return;
                };
                if record.record >= group.seen.last.record && group.latest.is_some() {
                    group.latest = latest();
                }
                group.seen.add(record, &self.scale);
            }
            Home::Learnt(place) => self.insert_learnt(place, record, latest()),
            Home::None => self.insert(Group {
                template: String::from_utf8_lossy(template).into_owned(),
                seen: Seen::new(record, &self.scale),
                latest: latest(),
            }),
        }
    }

    /// Counts a record by its message, of which no more is read than tells its group. Groups show no latest message then,
    /// and all such records are counted once [`Self::settle`] was called.
    pub fn add_message(&mut self, message: &[u8], record: Record, templater: &mut Templater) {
        let home = match self.learnt.beginning() {
            Some(beginning) => match templater.place(message, beginning) {
                Ok(learnt) => self.standing(learnt),
                Err(template) => self.home(template),
            },
            None => self.home(templater.read(message)),
        };
        match home {
            Home::Group(place) => {
                self.waiting.push((place, record));
                if self.waiting.len() >= WAITING {
                    self.settle();
                }
            }
            Home::Learnt(place) => self.insert_learnt(place, record, None),
            Home::None => self.insert(Group {
                template: String::from_utf8_lossy(templater.last()).into_owned(),
                seen: Seen::new(record, &self.scale),
                latest: None,
            }),
        }
    }

    /// Counts the records that wait.
    pub fn settle(&mut self) {
        // One kind of memory after the other, so that the processor asks for that of many records at once.
        let scale = self.scale;
        self.each_waiting(|seen, record| seen.add_moment(record, &scale));
        self.each_waiting(Seen::add_level);
        self.each_waiting(Seen::add_logger);
        self.waiting.clear();
    }

    fn each_waiting(&mut self, count: impl Fn(&mut Seen, Record)) {
        for (place, record) in &self.waiting {
            if let Some(group) = self.groups.get_mut(*place as usize) {
                count(&mut group.seen, *record);
            }
        }
    }

    /// Counts what another table counted.
    pub fn join(&mut self, mut other: Self) {
        other.settle();
        self.settle();
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
            match self.home(group.template.as_bytes()) {
                Home::Group(place) => {
                    if let Some(known) = self.groups.get_mut(place as usize) {
                        known.join(group);
                    }
                }
                Home::Learnt(place) => {
                    group.template = self.learnt.template(place).to_owned();
                    self.stands(place);
                    self.insert(group);
                }
                Home::None => self.insert(group),
            }
        }
    }

    /// The groups for people to look at: those that differ in words that take turns are one. A function of what was
    /// counted, so that nothing is lost and more may be counted later. If nobody waits any more, they are as they were found.
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
        merge(self.groups.clone(), &[least], 0, &self.patience).unwrap_or_else(|same| same)
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

    /// Where records of a template are counted.
    fn home(&mut self, template: &[u8]) -> Home {
        if let Some(place) = self.known.find(template) {
            self.known.remember(template, place, MOST_REMEMBERED);
            return Home::Group(place);
        }
        match self.learnt.find(template) {
            Some(learnt) => {
                let home = self.standing(learnt);
                if let Home::Group(place) = home {
                    self.known.remember(template, place, MOST_REMEMBERED);
                }
                home
            }
            None => Home::None,
        }
    }

    /// The group of a learnt template, if a record was of it.
    fn standing(&self, learnt: Place) -> Home {
        match self.stand.get(learnt as usize) {
            Some(place) if *place != NONE => Home::Group(*place),
            _ => Home::Learnt(learnt),
        }
    }

    /// The next group that is inserted is that of this learnt template.
    fn stands(&mut self, learnt: Place) {
        if let Some(stand) = self.stand.get_mut(learnt as usize) {
            *stand = self.groups.len() as Place;
        }
    }

    /// A group of a learnt template with its first record.
    fn insert_learnt(&mut self, learnt: Place, record: Record, latest: Option<String>) {
        self.stands(learnt);
        self.insert(Group {
            template: self.learnt.template(learnt).to_owned(),
            seen: Seen::new(record, &self.scale),
            latest,
        });
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
        let templates = self.learnt.templates().iter();
        let stand = templates.map(|template| self.known.find_same(template.as_bytes()));
        self.stand = stand.map(|place| place.unwrap_or(NONE)).collect();
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

    /// Makes room: merges more and more of what is alike, and at last lets the smallest groups go. While nobody waits, that
    /// is left to the next record.
    fn shrink(&mut self) {
        if self.patience.is_over() {
            return;
        }
        self.settle();
        let room = match self.of {
            Of::Templates => MOST_GROUPS / 2,
            // How many calls there are room for is a matter of all fingerprints, in whatever order they come.
            Of::Fingerprints => MOST_GROUPS,
        };
        match self.of {
            Of::Templates => {
                let steps = ROOM.map(|(words, alike)| Least { words, alike });
                let groups = std::mem::take(&mut self.groups);
                match merge(groups, &steps, room, &self.patience) {
                    Ok(fewer) => self.groups = fewer,
                    Err(same) => {
                        self.groups = same;
                        return;
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
        self.learnt = Arc::new(Learnt::of(&self.groups));
        self.learn();
    }
}

/// Where records of a template are counted.
enum Home {
    /// In this group.
    Group(Place),
    /// In one that begins with them, under this template.
    Learnt(Place),
    /// In a group of their own.
    None,
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

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
