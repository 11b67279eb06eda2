//! Marked records of a tab: which records they are by now, and in what order.

use std::collections::BTreeMap;
use std::path::Path;

use crate::base::id::{Generation, RecordNo};
use crate::engine::SourceState;
use crate::index::snapshot::{RecordMeta, SourceSnapshot};
use crate::query::sequence::Sequence;
use crate::settings::bookmarks::Bookmark;
use crate::settings::model::Settings;

/// The marked records of a log, and those that could not be found in it yet.
#[derive(Debug, Clone, Default)]
pub struct Bookmarks {
    found: BTreeMap<RecordNo, Bookmark>,
    /// Beyond what is indexed, or of a file that was replaced.
    sought: Vec<Bookmark>,
    generation: Generation,
    /// So many first bytes of the log were looked up.
    known_by: usize,
}

impl Bookmarks {
    /// All of them, in the order of the file.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Bookmark> {
        let mut all: Vec<Bookmark> = self.found.values().chain(&self.sought).cloned().collect();
        all.sort_by_key(|bookmark| bookmark.offset);
        all
    }

    /// Takes over what is kept of the log, once its first bytes are known.
    pub fn recall(&mut self, source: &SourceState, path: &Path, settings: &Settings) {
        if self.known_by != source.head.len() {
            self.known_by = source.head.len();
            if self.found.is_empty() && self.sought.is_empty() {
                self.sought = settings.bookmarks_of(&source.head, path).to_vec();
            }
        }
    }

    /// Takes over what is kept of a file.
    pub fn set(&mut self, kept: &[Bookmark], source: Option<&SourceState>) {
        self.found.clear();
        self.sought = kept.to_vec();
        if let Some(source) = source {
            self.find(source);
        }
    }

    /// Looks for those that were not found yet; for all of them where records count anew.
    pub fn find(&mut self, source: &SourceState) {
        let snapshot = &source.snapshot;
        if self.generation != snapshot.generation {
            self.generation = snapshot.generation;
            self.sought = self.to_vec();
            self.found.clear();
        }
        if self.sought.is_empty() {
            return;
        }
        let sought = std::mem::take(&mut self.sought);
        for bookmark in sought {
            match record_of(&bookmark, snapshot) {
                Some(record) => drop(self.found.insert(record, bookmark)),
                None => self.sought.push(bookmark),
            }
        }
    }

    /// Those that are in the log, by their records.
    pub fn iter(&self) -> impl Iterator<Item = (RecordNo, &Bookmark)> {
        self.found
            .iter()
            .map(|(record, bookmark)| (*record, bookmark))
    }

    /// The mark of a record.
    #[must_use]
    pub fn get(&self, record: RecordNo) -> Option<&Bookmark> {
        self.found.get(&record)
    }

    /// Marks a record.
    pub fn add(&mut self, meta: &RecordMeta, text: String) {
        let bookmark = Bookmark {
            offset: meta.offset,
            length: meta.length,
            time: meta.time.map(|time| time.0),
            text,
            note: String::new(),
        };
        self.found.insert(meta.record, bookmark);
    }

    /// Takes a mark away.
    pub fn remove(&mut self, record: RecordNo) {
        self.found.remove(&record);
    }

    /// Writes a note to a mark.
    pub fn set_note(&mut self, record: RecordNo, note: String) {
        if let Some(bookmark) = self.found.get_mut(&record) {
            bookmark.note = note;
        }
    }

    /// The next marked record behind another one in the order of a table, or the first of all.
    #[must_use]
    pub fn after(&self, record: RecordNo, order: &Sequence) -> Option<RecordNo> {
        let place = |record: RecordNo| order.place(record);
        let from = place(record);
        let places = || self.found.keys().map(|record| (place(*record), *record));
        let behind = places().filter(|(place, _)| *place > from).min();
        Some(behind.or_else(|| places().min())?.1)
    }

    /// The marked record before another one in the order of a table, or the last of all.
    #[must_use]
    pub fn before(&self, record: RecordNo, order: &Sequence) -> Option<RecordNo> {
        let place = |record: RecordNo| order.place(record);
        let from = place(record);
        let places = || self.found.keys().map(|record| (place(*record), *record));
        let before = places().filter(|(place, _)| *place < from).max();
        Some(before.or_else(|| places().max())?.1)
    }
}

/// The record that was marked, if it is still what it was; the last one of a log may have grown.
fn record_of(bookmark: &Bookmark, snapshot: &SourceSnapshot) -> Option<RecordNo> {
    let record = snapshot.record_at_offset(bookmark.offset)?;
    let meta = snapshot.record(record)?;
    let same = meta.offset == bookmark.offset
        && meta.time.map(|time| time.0) == bookmark.time
        && meta.length >= bookmark.length;
    same.then_some(record)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::index::synthetic;

    #[test]
    fn marks_are_found_again_by_place_and_time() {
        let snapshot = synthetic::snapshot(1_000, 3);
        let mut marks = Bookmarks::default();
        for record in [700, 20] {
            marks.add(
                &snapshot.record(RecordNo(record)).unwrap(),
                format!("no {record}"),
            );
        }
        let mut kept = marks.to_vec();
        assert_eq!(
            kept.iter().map(|mark| &*mark.text).collect::<Vec<_>>(),
            ["no 20", "no 700"]
        );
        for mark in &kept {
            assert!(record_of(mark, &snapshot).is_some());
        }
        // Another record is there by now, or none yet.
        kept[0].time = Some(1);
        assert_eq!(record_of(&kept[0], &snapshot), None);
        assert_eq!(record_of(&kept[1], &synthetic::snapshot(500, 3)), None);
    }

    #[test]
    fn next_and_previous_go_round() {
        let snapshot = synthetic::snapshot(100, 3);
        let (mut marks, file) = (Bookmarks::default(), Sequence::default());
        assert_eq!(marks.after(RecordNo(0), &file), None);
        for record in [10, 50] {
            marks.add(&snapshot.record(RecordNo(record)).unwrap(), String::new());
        }
        let after = |record| marks.after(RecordNo(record), &file).unwrap().0;
        let before = |record| marks.before(RecordNo(record), &file).unwrap().0;
        assert_eq!([after(0), after(10), after(50)], [10, 50, 10]);
        assert_eq!([before(60), before(50), before(10)], [50, 10, 50]);
    }
}
