//! Which files beside a log are new, which repeat what was read, and which is the copy of a file that was cut.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::piece::TELLING;
use super::{Part, Stream};
use crate::bytes::chase::{Found, Known, Picture};
use crate::bytes::disk::{Facts, OpenFile};
use crate::bytes::identity::{FileId, Fingerprint};
use crate::bytes::siblings::is_compressed;

/// The time of a file that is not read yet may be this much older than what was read: clocks are coarse.
const SLACK: Duration = Duration::from_secs(1);

impl Stream {
    /// Whether a file that was heard of went before it could be opened.
    pub(super) fn missed(&mut self, here: &Picture) -> bool {
        let parts = self.parts.iter().map(|part| part.id);
        let known = self.known.iter().map(Known::id);
        let opened = here.files().map(|found| found.facts.id);
        let there: HashSet<FileId> = parts.chain(known).chain(opened).collect();
        // Compressing a file makes another of it, with its time: in seconds, as some keep it, and up to one later, since
        // something may have been written after it was heard of. So a file that was deleted is excused by another that was
        // compressed in the same second.
        let seconds = |facts: &Facts| {
            let since = facts.modified?.duration_since(SystemTime::UNIX_EPOCH);
            since.ok().map(|since| since.as_secs())
        };
        let packed = here.files().filter(|found| is_packed(found));
        let packed: BTreeSet<_> = packed.filter_map(|found| seconds(&found.facts)).collect();
        self.heard.missed(|heard| {
            there.contains(&heard.id)
                || seconds(heard).is_some_and(|at| packed.range(at..=at + 1).next().is_some())
        })
    }

    /// Files beside the log that are neither read nor known.
    pub(super) fn unread(&self, here: &Picture, copies: &[FileId], cut: bool) -> Vec<Found> {
        let beside = here.beside.iter();
        // An empty one may become a copy of what is at the path.
        let news = beside.filter(|found| found.facts.len > 0);
        let news = news.filter(|found| self.is_news(found, here, copies));
        news.filter(|found| !self.repeats(found, cut))
            .cloned()
            .collect()
    }

    /// Whether a file is neither read nor known, nor a copy of what is going to be read.
    pub(super) fn is_news(&self, found: &Found, here: &Picture, copies: &[FileId]) -> bool {
        let facts = &found.facts;
        self.parts.iter().all(|part| part.id != facts.id)
            && here
                .at_path
                .as_ref()
                .is_none_or(|now| now.facts.id != facts.id)
            && !copies.contains(&facts.id)
            && !self.known.iter().any(|known| known.is(found))
            && self.is_recent(facts)
    }

    /// Whether the current file is the one at the path. If it is not, it was rotated in this moment, and may be compressed
    /// already: then the next look takes it for that.
    pub(super) fn is_at_path(&self, here: &Picture) -> bool {
        let now = here.at_path.as_ref();
        now.is_some_and(|now| now.facts.id == self.seen.id)
    }

    /// Whether a file was written to since the stream was opened, or since the last file that was given up. What was there
    /// before is known, but not under the name and number that it has once it is compressed.
    pub(super) fn is_recent(&self, facts: &Facts) -> bool {
        let since = self.since.and_then(|since| since.checked_sub(SLACK));
        let when = facts.modified.zip(since);
        when.is_none_or(|(at, since)| at >= since)
    }

    /// Whether a file beside the log, or one that is held, has all that the current one had, or all but what was written to
    /// that while it was compressed: then that was not deleted, but put aside. Of an empty one nobody can tell.
    pub(super) fn is_put_aside(&self, here: &Picture) -> bool {
        let has_most = |found: &Found| found.facts.len >= TELLING && begins(&*self.current, found);
        if here.beside.iter().any(has_most) {
            return true;
        }
        let beside = here.beside.iter().map(|found| &found.file);
        let last = self.parts.len().saturating_sub(1);
        let held = self.parts.iter().take(last).map(|part| &part.file);
        let holds = |file: &Arc<dyn OpenFile>| self.print.begins(&**file).unwrap_or(false);
        self.print.len == 0 || beside.chain(held).any(holds)
    }

    /// Holds files that repeat what was read: they may go on otherwise, unless they are compressed.
    pub(super) fn hold_repeats(&mut self, here: &Picture, copies: &[FileId], cut: bool) {
        let repeats: Vec<Found> = here
            .beside
            .iter()
            .filter(|found| found.facts.len > 0 && self.is_news(found, here, copies))
            .filter(|found| self.repeats(found, cut))
            .cloned()
            .collect();
        for found in repeats {
            if is_packed(&found) {
                self.let_repeat(&found);
                continue;
            }
            let lines = self.line_ends.whole_lines(&*found.file, 0, found.facts.len);
            let end = lines.unwrap_or(found.facts.len);
            let last = self.parts.len().saturating_sub(1);
            self.parts
                .insert(last, Part::new(found.file, found.facts.id, end));
        }
    }

    /// Lets go of compressed files that repeat what was read.
    pub(super) fn let_packed_repeat(&mut self, here: &Picture) {
        let copies = copies_of_present(here);
        let repeats = here.beside.iter().filter(|found| is_packed(found));
        let repeats = repeats.filter(|found| self.is_news(found, here, &copies));
        let repeats: Vec<Found> = repeats
            .filter(|found| self.repeats(found, false))
            .cloned()
            .collect();
        for found in &repeats {
            self.let_repeat(found);
        }
    }

    /// Whether a file repeats one of the stream, as far as that is read by now or will be, since it is held. One that
    /// repeats the current one is needed where that was cut.
    fn repeats(&self, found: &Found, cut: bool) -> bool {
        let len = found.facts.len;
        let last = self.parts.len().saturating_sub(1);
        let mut parts = self.parts.iter().enumerate();
        parts.any(|(at, part)| {
            let end = if at == last { self.seen.len } else { part.end };
            !(cut && at == last) && (len == end || len >= TELLING) && begins(&*part.file, found)
        })
    }

    /// Takes the copy of the current file out of the files beside it: the first that holds all that was read of it, or
    /// else the longest that holds some.
    pub(super) fn take_copy(&self, unread: &mut Vec<Found>) -> Option<Found> {
        if self.print.len == 0 {
            return None;
        }
        let full = |found: &Found| self.print.begins(&*found.file).unwrap_or(false);
        if let Some(at) = unread.iter().position(full) {
            return Some(unread.remove(at));
        }
        let partial = |found: &Found| {
            let shorter = found.facts.len < self.print.len;
            shorter && self.print.shares_head(&*found.file).unwrap_or(false)
        };
        let some = unread.extract_if(.., |found| partial(found));
        some.max_by_key(|found| found.facts.len)
    }
}

fn is_packed(found: &Found) -> bool {
    found.path.file_name().is_some_and(is_compressed)
}

/// Which of the files beside the log are copies of what is at its path.
pub(super) fn copies_of_present(here: &Picture) -> Vec<FileId> {
    let Some(now) = &here.at_path else {
        return Vec::new();
    };
    let copies = here.beside.iter().filter(|found| begins(&*now.file, found));
    copies.map(|found| found.facts.id).collect()
}

/// Whether a file is the beginning of another.
pub(super) fn begins(file: &dyn OpenFile, found: &Found) -> bool {
    let print = Fingerprint::take(&*found.file, found.facts.len);
    print.is_ok_and(|print| print.len > 0 && print.begins(file).unwrap_or(false))
}
