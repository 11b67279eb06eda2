//! NUL bytes where a log has none of its own: what a crash left of blocks that never reached the disk, and the hole before
//! a writer that did not notice that its file was truncated.
//!
//! Such a run is a line of its own whatever the format is, and so is what stands behind it: else the first line behind
//! the run would be lost in it. Whether a line starts at a place is a matter of the [`HOLE`] bytes around it.

use std::ops::Range;

use memchr::memchr;

use crate::base::text::count;

/// At a line's start, so many NUL bytes are padding; fewer may be a record's own.
pub const PADDING: usize = 4;

/// So many are, wherever they stand. Between [`PADDING`] and this, a run inside a line belongs to the line.
pub const HOLE: usize = 512;

/// Bytes that are compared at a time.
const BLOCK: usize = 64;

/// How many NUL bytes a text begins with.
#[must_use]
pub fn leading(text: &[u8]) -> usize {
    let (blocks, _) = text.as_chunks::<BLOCK>();
    let whole = blocks.iter().take_while(|block| **block == [0; BLOCK]);
    let from = whole.count() * BLOCK;
    let rest = text.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| **byte == 0).count()
}

/// Whether this line is padding and nothing else.
#[must_use]
#[inline]
pub fn is_padding(line: &[u8]) -> bool {
    line.starts_with(&[0; PADDING])
}

/// What is shown for a record that is padding of this length; `None` for any other.
#[must_use]
pub fn shown(record: &[u8], length: u64) -> Option<String> {
    is_padding(record).then(|| format!("{} NUL bytes", count(length)))
}

/// Whether what stands behind a run ends the run's line; `None` if the text ends too early to tell.
fn ends_with(behind: &[u8]) -> Option<bool> {
    match behind {
        [] | [b'\r'] => None,
        [b'\n', ..] | [b'\r', b'\n', ..] => Some(true),
        _ => Some(false),
    }
}

/// Where the line that starts at `at` has its last byte; `None` if the text does not tell.
#[must_use]
pub fn line_end(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let feed = memchr(b'\n', rest);
    let own = leading(rest);
    if own >= PADDING {
        let ends = ends_with(rest.get(own..)?)?;
        return if ends { feed } else { own.checked_sub(1) }.map(|end| at + end);
    }
    let line = rest.get(..feed.unwrap_or(rest.len()))?;
    match runs(line, 0).find(|run| run.len() >= HOLE) {
        Some(hole) => (at + hole.start).checked_sub(1),
        None => feed.map(|feed| at + feed),
    }
}

/// The first place at or behind `from` where a line starts, as far as the text tells; `is_whole` says whether a line
/// starts with the text, otherwise the text must begin [`HOLE`] bytes before `from` or earlier.
#[must_use]
pub fn line_start(text: &[u8], from: usize, is_whole: bool) -> Option<usize> {
    if from == 0 && is_whole {
        return Some(0);
    }
    let feed = memchr(b'\n', text.get(from.checked_sub(1)?..)?).map(|feed| from + feed);
    let near = text.get(..feed.unwrap_or(text.len())).unwrap_or(text);
    let near = near.strip_suffix(b"\n").unwrap_or(near);
    for run in runs(near, from.saturating_sub(HOLE)) {
        let is_hole = run.len() >= HOLE;
        if is_hole && run.start >= from {
            return Some(run.start);
        }
        let at_start = match run.start.checked_sub(1) {
            Some(before) => text.get(before) == Some(&b'\n'),
            None => is_whole,
        };
        let counts = is_hole || (at_start && run.len() >= PADDING);
        let behind = text.get(run.end..).unwrap_or_default();
        if counts && run.end >= from && ends_with(behind) == Some(false) {
            return Some(run.end);
        }
    }
    feed
}

/// The runs of NUL bytes that end behind `from`.
fn runs(text: &[u8], from: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = from;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let mut start = from + memchr(0, rest)?;
        let end = start + leading(text.get(start..)?);
        if start == from {
            // It may have begun before.
            let before = text.get(..start).unwrap_or_default();
            start -= before.iter().rev().take_while(|byte| **byte == 0).count();
        }
        from = end;
        Some(start..end)
    })
}

/// The text without its padding, for those who judge it: of each run as much as keeps characters of two bytes whole.
#[must_use]
pub fn without(text: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let mut from = 0;
    for run in runs(text, 0).filter(|run| run.len() >= PADDING) {
        kept.extend_from_slice(text.get(from..run.start).unwrap_or_default());
        from = run.end - run.len() % 2;
    }
    kept.extend_from_slice(text.get(from..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<&[u8]> {
        let mut at = 0;
        let mut lines = Vec::new();
        while let Some(end) = line_end(text, at) {
            lines.push(&text[at..=end]);
            at = end + 1;
        }
        lines.push(&text[at..]);
        lines
    }

    #[test]
    fn padding_is_a_line_of_its_own() {
        let hole = "\0".repeat(HOLE);
        let few = "\0".repeat(HOLE - 1);
        for parts in [
            &["a\n", "\0\0\0\0", "b\n", ""][..],
            &["a\n", "\0\0\0b\n", ""],
            &["\0\0\0\0\0", "b\n", "c"],
            &["a\n", "\0\0\0\0\n", "b\n", ""],
            &["a\n", "\0\0\0\0\r\n", "b\n", ""],
            &["\0\0\0\0", "\rb\n", ""],
            &["\0\0\0\0\0"],
            &["a\0\0\0\0b\n", "c"],
            &[&format!("a{few}b\n"), "c"],
            &["a", &hole, "b\n", "c"],
            &["a", &format!("{hole}\n"), "b"],
            &["a\0b", &hole, "b\0\n", "\0\0\0\0", "c"],
        ] {
            let text = parts.concat().into_bytes();
            let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
            assert_eq!(lines(&text), parts);
        }
    }

    #[test]
    fn lines_start_where_they_end_whatever_is_known_before() {
        let pieces = ["a", "\n", "\0", "\0\0\0\0", "\r\n", "\r"].map(str::to_owned);
        let holes = [HOLE - 1, HOLE, HOLE + 3].map(|len| "\0".repeat(len));
        let pieces: Vec<String> = pieces.into_iter().chain(holes).collect();
        let mut state = 7_usize;
        for _ in 0..300 {
            let mut text = String::new();
            for _ in 0..9 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                text += &pieces[(state >> 33) % pieces.len()];
            }
            // What is at the end is told by what follows.
            text += "x\n";
            let text = text.as_bytes();
            let mut starts = vec![0];
            while let Some(end) = line_end(text, *starts.last().unwrap_or(&0)) {
                starts.push(end + 1);
            }
            for from in (0..text.len()).step_by(1 + state % 7) {
                let expected = starts.iter().find(|start| **start >= from).copied();
                assert_eq!(line_start(text, from, true), expected, "{from} {text:?}");
                let cut = from.saturating_sub(HOLE + 1);
                let found = line_start(&text[cut..], from - cut, cut == 0);
                assert_eq!(found.map(|at| at + cut), expected, "{from} of {text:?}");
            }
        }
    }

    #[test]
    fn what_is_judged_has_no_padding() {
        assert_eq!(without(b"a\n\0\0\0\0\0\0b"), b"a\nb");
        assert_eq!(without(b"a\0\0\0\0\0b\0"), b"a\0b\0");
        assert_eq!(without(b"a\0\0\0b"), b"a\0\0\0b");
    }
}
