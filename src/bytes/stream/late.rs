//! What comes late to rotated files, and how long they are held.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::sort::copies_of_present;
use super::{MOST_DELETED, MOST_HELD, Part, Stream, TORN_GRACE};
use crate::bytes::ByteSource;
use crate::bytes::chase::Known;
use crate::bytes::disk::OpenFile;

/// So long after a turn, files that belong to it may still be coming.
const SETTLED: Duration = Duration::from_secs(1);

impl Stream {
    /// Adds what was written to rotated files after they were left, once all of the current file is read and ends with a
    /// line.
    pub(super) fn take_late(&mut self, now: Instant) {
        if !self.is_caught_up() {
            return;
        }
        let last = self.parts.len().saturating_sub(1);
        let mut late = Vec::new();
        for part in self.parts.iter_mut().take(last) {
            let Ok(facts) = part.file.facts() else {
                continue;
            };
            if facts.len <= part.end {
                continue;
            }
            let lines = self.line_ends.whole_lines(&*part.file, part.end, facts.len);
            let mut end = lines.unwrap_or(part.end);
            let since = *part.torn.get_or_insert(now);
            if end < facts.len && now.saturating_duration_since(since) >= TORN_GRACE {
                end = facts.len;
            }
            if end > part.end {
                late.push((part.file.clone(), part.end, end));
                part.end = end;
                part.torn = None;
            }
        }
        for (file, from, to) in late {
            self.add_late(&file, from, to);
        }
    }

    /// Adds rotated files that came in the moment of a turn, too late for the picture that was taken for it.
    pub(super) fn take_missed(&mut self, now: Instant) {
        let Some(turned) = self.turned.filter(|_| self.is_caught_up()) else {
            return;
        };
        let Ok(Some(here)) = self.picture() else {
            return;
        };
        if !self.is_at_path(&here) {
            return;
        }
        let unread = self.unread(&here, &copies_of_present(&here), false);
        if unread.is_empty() && !here.pending && now.saturating_duration_since(turned) >= SETTLED {
            self.turned = None;
        }
        let cut = self.current.facts().map(|facts| self.cut(&facts));
        if !matches!(cut, Ok(Ok(None))) {
            // One of them may be the copy, as the next look finds out.
            return;
        }
        self.let_packed_repeat(&here);
        for found in unread {
            let (skip, len) = (self.line_ends.mark(&*found.file), found.facts.len);
            let lines = self.line_ends.whole_lines(&*found.file, skip, len);
            let end = lines.unwrap_or(skip);
            if end > skip {
                self.add_late(&found.file, skip, end);
                self.files += 1;
            }
            let last = self.parts.len().saturating_sub(1);
            let part = Part::new(found.file.clone(), found.facts.id, end);
            self.parts.insert(last, part);
        }
    }

    /// Whether all that was seen of the current file is read, and ends with a line.
    fn is_caught_up(&self) -> bool {
        let (_, skip) = self.chain.last();
        self.read == self.seen.len && (self.read_whole || self.read == skip)
    }

    fn add_late(&mut self, file: &Arc<dyn OpenFile>, from: u64, to: u64) {
        let (_, skip) = self.chain.last();
        self.chain.append(self.seen.len - skip, file.clone(), from);
        let whole = self.line_ends.ends_line(&**file, from, to);
        let current = self.current.clone();
        self.append(to - from, whole.unwrap_or(true), current, self.seen.len);
    }

    /// Gives up the oldest files where too many are held, or too much that was deleted.
    pub(super) fn release(&mut self) {
        let deleted = |part: &Part| match part.file.facts() {
            Ok(facts) if !facts.linked => facts.len,
            _ => 0,
        };
        let mut held: u64 = self.parts.iter().map(deleted).sum();
        while self.parts.len() > 1 && (self.parts.len() > MOST_HELD || held > MOST_DELETED) {
            let part = self.parts.remove(0);
            held = held.saturating_sub(deleted(&part));
            // Compressed later on, it is not to be read again.
            let modified = part.file.facts().ok().and_then(|facts| facts.modified);
            self.since = self.since.max(modified);
            if let Ok(known) = Known::new(&*part.file, part.end) {
                self.known.push(known);
            }
            let file: Arc<dyn ByteSource> = part.file;
            self.chain.release(&file);
        }
    }
}
