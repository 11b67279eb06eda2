//! Which lines of a text start records, for formats of which single lines do not tell.

use std::ops::Range;

use memchr::memchr;

use crate::base::time::ZoneClock;
use crate::format::extractor::Extractor;
use crate::format::framer::Frame;

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FramedLine {
    /// Its bytes in the text, with the line end.
    pub(super) range: Range<usize>,
    /// Whether a record starts here.
    pub(super) starts: bool,
}

/// The lines of a text; `None` for formats of which each line tells by itself.
pub(super) fn frame(
    extractor: &Extractor,
    text: &[u8],
    from_beginning: bool,
    clock: &mut ZoneClock,
) -> Option<Vec<FramedLine>> {
    let mut framer = extractor.framer(from_beginning)?;
    let mut lines = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = memchr(b'\n', rest).map_or(text.len(), |feed| at + feed + 1);
        let range = at..end;
        let starts = framer.line(text, range.clone(), clock) != Frame::Inside;
        lines.push(FramedLine { range, starts });
        at = end;
    }
    Some(lines)
}

/// The record that starts at the line of this number.
pub(super) fn record(lines: &[FramedLine], number: usize) -> Range<usize> {
    let mut behind = lines.iter().skip(number);
    let start = behind.next().map_or(0, |line| line.range.start);
    let mut end = lines.get(number).map_or(start, |line| line.range.end);
    for line in behind.take_while(|line| !line.starts) {
        end = line.range.end;
    }
    start..end
}
