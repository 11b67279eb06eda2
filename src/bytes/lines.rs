//! Lines of several writers in one text, none torn by another.

use std::io::{self, Write};

/// A line is waited for up to so many bytes; a longer one is written as it comes, and broken where another writer's line
/// comes between.
const LONGEST: usize = 1 << 20;

/// What one of the writers has not ended yet.
#[derive(Debug, Default)]
pub(super) struct Lines {
    held: Vec<u8>,
    /// The text ends with a part of this writer's line.
    open: bool,
}

impl Lines {
    /// Writes the lines that are complete. `broken` is shared by the writers: the text does not end with a line feed.
    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        broken: &mut bool,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let complete = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        let (lines, rest) = bytes.split_at(complete);
        if !lines.is_empty() {
            self.write(lines, broken, out)?;
        }
        self.held.extend_from_slice(rest);
        if self.held.len() > LONGEST {
            self.write(&[], broken, out)?;
        }
        Ok(())
    }

    /// Writes what is left of a writer that has ended.
    pub(super) fn finish(&mut self, broken: &mut bool, out: &mut impl Write) -> io::Result<()> {
        match self.held.is_empty() {
            true => Ok(()),
            false => self.write(&[], broken, out),
        }
    }

    /// Writes what is held and then these bytes, behind a line feed if another writer's line is open.
    fn write(&mut self, bytes: &[u8], broken: &mut bool, out: &mut impl Write) -> io::Result<()> {
        let mut held = std::mem::take(&mut self.held);
        if *broken && !self.open {
            held.insert(0, b'\n');
        }
        out.write_all(&held)?;
        out.write_all(bytes)?;
        let last = bytes.last().or(held.last());
        self.open = last.is_some_and(|last| *last != b'\n');
        *broken = self.open;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn lines_of_two_writers_are_never_torn() {
        let (mut a, mut b, mut broken) = (Lines::default(), Lines::default(), false);
        let mut text = Vec::new();
        a.push(b"one ", &mut broken, &mut text).unwrap();
        b.push(b"ERR two\nthr", &mut broken, &mut text).unwrap();
        a.push(b"line\nhalf", &mut broken, &mut text).unwrap();
        b.push(b"ee\n", &mut broken, &mut text).unwrap();
        a.finish(&mut broken, &mut text).unwrap();
        b.push(b"last\n", &mut broken, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text, "ERR two\none line\nthree\nhalf\nlast\n");
    }

    #[test]
    fn a_line_that_does_not_end_takes_no_memory() {
        let (mut a, mut b, mut broken) = (Lines::default(), Lines::default(), false);
        let mut text = Vec::new();
        for _ in 0..40 {
            a.push(&[b'a'; 100_000], &mut broken, &mut text).unwrap();
            assert!(a.held.len() <= LONGEST);
        }
        b.push(b"b\n", &mut broken, &mut text).unwrap();
        a.push(b"a\n", &mut broken, &mut text).unwrap();
        let lines: Vec<usize> = text.split(|byte| *byte == b'\n').map(<[u8]>::len).collect();
        assert_eq!(lines.iter().sum::<usize>(), 4_000_002);
        assert_eq!((lines[1], lines.len()), (1, 4));
    }
}
