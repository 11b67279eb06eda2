//! Where lines end.

use wide::u8x16;

use crate::bytes::padding::HOLE;

/// Bytes that are searched ahead at a time: few enough to be still in the first cache when their lines are read.
const STRIP: usize = 16 << 10;

// Holes are looked for in steps from a strip's start.
const _: () = assert!(STRIP.is_multiple_of(HOLE));

/// Bytes that are looked at at once.
const BLOCK: usize = 64;

const LANES: usize = 16;

/// The line feeds of a text in order, found a strip ahead of their use.
///
/// Where a line ends is as good as random, so that a search line by line mispredicts its last branch once a line. Here
/// no branch depends on it, as long as lines are longer than a block.
#[derive(Debug, Default)]
pub(super) struct LineFeeds {
    /// Positions from the strip's start; as many as fit, of which `found` count.
    ends: Vec<u32>,
    found: usize,
    /// The next one to hand out.
    next: usize,
    /// Where the strip begins in the text, and where it ends.
    strip: usize,
    searched: usize,
    /// Among what was searched may be a hole.
    saw_hole: bool,
}

impl LineFeeds {
    /// Begins with another text.
    pub(super) fn restart(&mut self) {
        (self.found, self.next, self.strip, self.searched) = (0, 0, 0, 0);
        self.saw_hole = false;
    }

    /// Whether there may be [`HOLE`] NUL bytes in a row up to the line feed that was handed out last, or in all of the
    /// text if there is no other.
    #[inline]
    pub(super) fn saw_hole(&self) -> bool {
        self.saw_hole
    }

    /// The position of the next line feed; `text` is the same at every call.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8]) -> Option<usize> {
        if self.next == self.found {
            self.search(text);
        }
        let end = self.ends.get(..self.found)?.get(self.next)?;
        self.next += 1;
        Some(self.strip + *end as usize)
    }

    /// Goes on to the next strip that has a line feed.
    #[cold]
    fn search(&mut self, text: &[u8]) {
        self.ends.resize(STRIP + 1, 0);
        (self.found, self.next) = (0, 0);
        while self.found == 0 && self.searched < text.len() {
            self.strip = self.searched;
            self.searched = text.len().min(self.strip + STRIP);
            let strip = text.get(self.strip..self.searched).unwrap_or_default();
            self.found = find_all(strip, &mut self.ends);
            self.saw_hole |= may_have_hole(strip);
        }
    }
}

/// Whether there is a NUL byte at one of the places of which every hole covers at least one.
fn may_have_hole(strip: &[u8]) -> bool {
    let (blocks, rest) = strip.as_chunks::<HOLE>();
    let mut starts = blocks.iter().map(|block| block.first());
    starts.any(|start| start == Some(&0)) || rest.first() == Some(&0)
}

/// Writes the positions of all line feeds to `ends`, which has a place more than `text` has bytes; how many there are.
fn find_all(text: &[u8], ends: &mut [u32]) -> usize {
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    let mut found = 0;
    for (at, block) in blocks.iter().enumerate() {
        let start = (at * BLOCK) as u32;
        let mut marked = marks(block);
        // Nearly always none or one: written in any case, and kept if there was one.
        if let Some(place) = ends.get_mut(found) {
            *place = start + marked.trailing_zeros();
        }
        found += usize::from(marked != 0);
        marked &= marked.wrapping_sub(1);
        while marked != 0 {
            if let Some(place) = ends.get_mut(found) {
                *place = start + marked.trailing_zeros();
            }
            found += 1;
            marked &= marked - 1;
        }
    }
    let start = blocks.len() * BLOCK;
    for at in memchr::memchr_iter(b'\n', rest) {
        if let Some(place) = ends.get_mut(found) {
            *place = (start + at) as u32;
        }
        found += 1;
    }
    found
}

/// A bit for every line feed of a block.
#[inline]
fn marks(block: &[u8; BLOCK]) -> u64 {
    let (parts, _) = block.as_chunks::<LANES>();
    parts.iter().rev().fold(0, |marked, part| {
        marked << LANES | u64::from(u8x16::new(*part).simd_eq(b'\n').to_bitmask())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<usize> {
        let mut ends = LineFeeds::default();
        ends.restart();
        std::iter::from_fn(|| ends.next(text)).collect()
    }

    #[test]
    fn every_line_feed_in_order() {
        let long = |byte: u8| std::iter::repeat_n(byte, 3 * STRIP);
        let mut texts = vec![
            Vec::new(),
            b"\n".to_vec(),
            b"a\n\nb\n".to_vec(),
            long(b'\n').collect(),
            long(b'x').chain(*b"\n").chain(long(b'y')).collect(),
        ];
        for every in [1, 2, 63, 64, 65, 190, 5000] {
            let text = (0..2 * STRIP + 77).map(|at| if at % every == 0 { b'\n' } else { 0x8a });
            texts.push(text.collect());
        }
        for text in texts {
            let expected: Vec<usize> = memchr::memchr_iter(b'\n', &text).collect();
            assert_eq!(all(&text), expected);
        }
    }

    #[test]
    fn another_text_begins_anew() {
        let mut ends = LineFeeds::default();
        assert_eq!(ends.next(b"ab\nc\n"), Some(2));
        ends.restart();
        assert_eq!(ends.next(b"\nabc"), Some(0));
        assert_eq!(ends.next(b"\nabc"), None);
        assert_eq!(ends.next(b"\nabc"), None);
    }
}
