//! Several files one behind another as one source: what a log is once it was rotated.
//!
//! Bytes are only ever added behind the end: what stands at a position stays there. Where the bytes of a file are gone,
//! because it was truncated before anything else held them, reads give NUL in their place and a line end behind it, and
//! [`Chain::is_gone`] says so: filters go on over them and rows are shown as gone, never made of other bytes.

use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::line_ends::LineEnds;
use super::memory::MemoryBytes;
use super::{ByteSource, ReadError};

/// A stretch of a file within a chain.
#[derive(Debug, Clone)]
struct Link {
    /// Where it begins in the chain.
    start: u64,
    /// Where it begins in the file.
    skip: u64,
    /// How long it is; the last one grows with its file.
    len: Option<u64>,
    /// How many of its bytes can still be read.
    kept: Arc<AtomicU64>,
    /// It only ends the line before it.
    joint: bool,
    file: Arc<dyn ByteSource>,
}

impl Link {
    fn new(start: u64, skip: u64, file: Arc<dyn ByteSource>) -> Self {
        Self {
            start,
            skip,
            len: None,
            kept: Arc::new(AtomicU64::new(u64::MAX)),
            joint: false,
            file,
        }
    }

    fn end(&self) -> u64 {
        self.len
            .map_or(u64::MAX, |len| self.start.saturating_add(len))
    }

    fn kept(&self) -> u64 {
        self.kept.load(Ordering::Acquire)
    }

    fn keep_only(&self, bytes: u64) {
        self.kept.fetch_min(bytes, Ordering::AcqRel);
    }

    /// Reads from `at` within the link. A sealed link fills what it should have; the last gives what there is.
    fn read_at(&self, at: u64, buf: &mut [u8], ends: LineEnds) -> Result<usize, ReadError> {
        let left = self.len.map_or(u64::MAX, |len| len.saturating_sub(at));
        let wanted = usize::try_from(left).map_or(buf.len(), |left| left.min(buf.len()));
        let there = self.kept().saturating_sub(at);
        let there = usize::try_from(there).map_or(wanted, |there| there.min(wanted));
        let part = buf.get_mut(..there).unwrap_or_default();
        let mut filled = 0;
        while let Some(rest) = part.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read_at(self.skip + at + filled as u64, rest)? {
                0 => break,
                read => filled += read,
            }
        }
        if self.len.is_none() && there == wanted {
            return Ok(filled);
        }
        if filled < there {
            // Somebody cut a rotated file.
            self.keep_only(at + filled as u64);
        }
        let missing = buf.get_mut(filled..wanted).unwrap_or_default();
        for (at, byte) in (at + filled as u64..).zip(missing) {
            *byte = self.filler(at, ends);
        }
        Ok(wanted)
    }

    /// Whether the first `len` bytes end with a line, as none at all do.
    fn ends_line(&self, len: u64, ends: LineEnds) -> bool {
        let ends = ends.bytes();
        let Some(from) = len.checked_sub(ends.len() as u64) else {
            return len == 0;
        };
        let mut last = vec![0; ends.len()];
        let read = self.file.read_at(self.skip + from, &mut last);
        read.is_ok_and(|read| read == last.len()) && last == ends
    }

    /// What stands for a byte that is gone: the last of them end a line, so that none goes on in the next part.
    fn filler(&self, at: u64, ends: LineEnds) -> u8 {
        let ends = ends.bytes();
        let from = self.len.unwrap_or(0).saturating_sub(ends.len() as u64);
        let end = at.checked_sub(from).and_then(|at| ends.get(at as usize));
        end.copied().unwrap_or(0)
    }
}

/// Files one behind another.
#[derive(Debug)]
pub struct Chain {
    links: RwLock<Vec<Link>>,
    line_ends: RwLock<LineEnds>,
}

impl Chain {
    /// A chain of one file, from its byte `skip` on.
    #[must_use]
    pub fn new(file: Arc<dyn ByteSource>, skip: u64) -> Self {
        Self {
            links: RwLock::new(vec![Link::new(0, skip, file)]),
            line_ends: RwLock::default(),
        }
    }

    /// Says how lines end in the files' encoding.
    pub fn set_line_ends(&self, line_ends: LineEnds) {
        *self
            .line_ends
            .write()
            .unwrap_or_else(PoisonError::into_inner) = line_ends;
    }

    fn line_ends(&self) -> LineEnds {
        *self
            .line_ends
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the last file's part after `len` bytes and goes on with another file, from its byte `skip` on. Where the new
    /// part begins.
    pub fn append(&self, len: u64, file: Arc<dyn ByteSource>, skip: u64) -> u64 {
        let mut links = self.links.write().unwrap_or_else(PoisonError::into_inner);
        let mut start = 0;
        if let Some(last) = links.last_mut() {
            last.len = Some(len);
            start = last.start + len;
            if len == 0 {
                links.pop();
            }
        }
        links.push(Link::new(start, skip, file));
        start
    }

    /// Ends the last file's part after `len` bytes, in the middle of a line, and that line with `line_end`.
    pub fn end_line(&self, len: u64, line_end: &'static [u8]) {
        self.append(len, Arc::new(MemoryBytes::new(line_end)), 0);
        let mut links = self.links.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = links.last_mut() {
            last.joint = true;
        }
    }

    /// Says that only the first `kept` bytes of a file can still be read, from `copy` if there is one: a file that holds
    /// the same bytes at the same places. How many bytes of the parts that are complete are gone by that.
    pub fn lose(
        &self,
        file: &Arc<dyn ByteSource>,
        kept: u64,
        copy: Option<&Arc<dyn ByteSource>>,
    ) -> u64 {
        let mut gone = 0;
        let mut links = self.links.write().unwrap_or_else(PoisonError::into_inner);
        for link in links.iter_mut().filter(|link| same(&link.file, file)) {
            let there = link.len.map_or(0, |len| len.min(link.kept()));
            link.keep_only(kept.saturating_sub(link.skip));
            gone += there.saturating_sub(link.kept());
            if let Some(copy) = copy {
                link.file = copy.clone();
            }
        }
        gone
    }

    /// Begins the last file's part at another of its bytes; only while nothing of it was read.
    pub fn skip_to(&self, skip: u64) {
        let mut links = self.links.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = links.last_mut() {
            last.skip = skip;
        }
    }

    /// Gives a file up: what was read of it is gone from now on.
    pub fn release(&self, file: &Arc<dyn ByteSource>) {
        let nothing: Arc<dyn ByteSource> = Arc::new(MemoryBytes::default());
        let mut links = self.links.write().unwrap_or_else(PoisonError::into_inner);
        for link in links.iter_mut() {
            if same(&link.file, file) {
                link.keep_only(0);
                link.file = nothing.clone();
            }
        }
    }

    /// The same files without what is gone of them.
    #[must_use]
    pub fn without_gone(&self) -> Self {
        let links = self.links.read().unwrap_or_else(PoisonError::into_inner);
        let mut kept: Vec<Link> = Vec::new();
        let mut start = 0;
        let mut push = |mut link: Link| {
            link.start = start;
            start = link.end();
            if link.len != Some(0) {
                kept.push(link);
            }
        };
        let mut ends_whole = false;
        for link in links.iter() {
            // A line end behind something that is partly there ends the line that is cut off by that, if one is.
            if link.joint && ends_whole {
                continue;
            }
            let len = link.len.map(|len| len.min(link.kept()));
            ends_whole = link.len != len && link.ends_line(len.unwrap_or(0), self.line_ends());
            push(Link {
                len,
                ..link.clone()
            });
        }
        Self {
            links: RwLock::new(kept),
            line_ends: RwLock::new(self.line_ends()),
        }
    }

    /// Whether bytes of this range cannot be read any more.
    #[must_use]
    pub fn is_gone(&self, range: &Range<u64>) -> bool {
        let links = self.links.read().unwrap_or_else(PoisonError::into_inner);
        let first = links.partition_point(|link| link.end() <= range.start);
        let mut touched = links.iter().skip(first);
        touched
            .by_ref()
            .take_while(|link| link.start < range.end)
            .any(|link| link.start.saturating_add(link.kept()) < range.end.min(link.end()))
    }

    /// Where the last file's part begins: in the chain, and in the file.
    #[must_use]
    pub fn last(&self) -> (u64, u64) {
        let links = self.links.read().unwrap_or_else(PoisonError::into_inner);
        links.last().map_or((0, 0), |last| (last.start, last.skip))
    }

    fn link_at(&self, offset: u64) -> Option<Link> {
        let links = self.links.read().unwrap_or_else(PoisonError::into_inner);
        let at = links.partition_point(|link| link.end() <= offset);
        links.get(at).cloned()
    }
}

/// Whether two handles are of the same open file.
fn same(one: &Arc<dyn ByteSource>, other: &Arc<dyn ByteSource>) -> bool {
    std::ptr::addr_eq(Arc::as_ptr(one), Arc::as_ptr(other))
}

impl ByteSource for Chain {
    fn len(&self) -> io::Result<u64> {
        let last = self.link_at(u64::MAX - 1);
        let Some(last) = last else { return Ok(0) };
        Ok(last.start + last.file.len()?.saturating_sub(last.skip))
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let mut filled = 0;
        while let Some(rest) = buf.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            let at = offset + filled as u64;
            let Some(link) = self.link_at(at) else { break };
            match link.read_at(at - link.start, rest, self.line_ends())? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(filled)
    }

    fn is_gone(&self, range: &Range<u64>) -> bool {
        Chain::is_gone(self, range)
    }

    fn data_from(&self, offset: u64) -> u64 {
        let Some(link) = self.link_at(offset) else {
            return offset;
        };
        let at = offset - link.start;
        let data = link
            .file
            .data_from(link.skip + at)
            .saturating_sub(link.skip);
        // What is gone has a line end behind it.
        let known = data.min(link.kept()).min(link.len.unwrap_or(u64::MAX));
        offset.max(link.start + known.max(at))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn all(chain: &Chain) -> String {
        let mut bytes = vec![0; chain.len().unwrap() as usize];
        assert_eq!(chain.read_at(0, &mut bytes).unwrap(), bytes.len());
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn files_one_behind_another_are_one_source() {
        let (one, two) = (MemoryBytes::new("abcdefg"), MemoryBytes::new("xxABC"));
        one.set_short_reads(2);
        let chain = Chain::new(Arc::new(one), 1);
        assert_eq!(all(&chain), "bcdefg");
        assert_eq!(chain.append(5, Arc::new(two.clone()), 2), 5);
        assert_eq!(all(&chain), "bcdefABC");
        two.append(b"DE");
        assert_eq!(all(&chain), "bcdefABCDE");
        for (from, to) in [(0, 3), (3, 8), (4, 5), (5, 6), (9, 14)] {
            let mut buf = vec![0; to - from];
            let read = chain.read_at(from as u64, &mut buf).unwrap();
            let expected = &"bcdefABCDE".as_bytes()[from..to.min(10)];
            assert_eq!(&buf[..read], expected, "{from}..{to}");
        }
    }

    #[test]
    fn what_is_gone_is_said_and_never_other_bytes() {
        let file = MemoryBytes::new("one two three ");
        let raw: Arc<dyn ByteSource> = Arc::new(file.clone());
        let chain = Chain::new(raw.clone(), 0);
        chain.lose(&raw, 0, None);
        file.truncate(0);
        file.append(b"other bytes, more than before");
        assert_eq!(chain.append(14, raw, 0), 14);
        assert!(chain.is_gone(&(0..3)) && chain.is_gone(&(13..15)));
        assert!(!chain.is_gone(&(14..20)));
        assert_eq!(
            all(&chain),
            format!("{}\nother bytes, more than before", "\0".repeat(13))
        );
        chain.append(5, Arc::new(MemoryBytes::new("end")), 0);
        // A rotated file that somebody cuts.
        file.truncate(3);
        assert!(all(&chain).ends_with("oth\0\nend"));
        assert!(!chain.is_gone(&(14..17)) && chain.is_gone(&(16..18)));
        assert!(!chain.is_gone(&(19..22)));
    }

    #[test]
    fn what_is_left_is_a_chain_of_its_own() {
        let (one, two) = (MemoryBytes::new("one\n"), MemoryBytes::new("two\nth"));
        let (one, two): (Arc<dyn ByteSource>, Arc<dyn ByteSource>) = (Arc::new(one), Arc::new(two));
        let chain = Chain::new(one.clone(), 0);
        chain.append(4, two.clone(), 0);
        chain.end_line(6, b"\n");
        chain.append(1, one, 1);
        chain.end_line(2, b"\n");
        chain.append(1, Arc::new(MemoryBytes::new("end")), 0);
        assert_eq!(all(&chain), "one\ntwo\nth\nne\nend");
        assert_eq!(all(&chain.without_gone()), all(&chain));
        chain.lose(&two, 0, None);
        assert_eq!(all(&chain.without_gone()), "one\nne\nend");
    }

    #[test]
    fn a_copy_takes_over() {
        let file = MemoryBytes::new("one two ");
        let raw: Arc<dyn ByteSource> = Arc::new(file.clone());
        let chain = Chain::new(raw.clone(), 0);
        let copy: Arc<dyn ByteSource> = Arc::new(MemoryBytes::new("one two three "));
        chain.lose(&raw, u64::MAX, Some(&copy));
        file.truncate(0);
        file.append(b"four");
        chain.append(14, raw, 0);
        assert_eq!(all(&chain), "one two three four");
        assert!(!chain.is_gone(&(0..18)));
    }
}
