//! Walks the lines of a group in parallel and splits what they have in common into literals and fields.

mod blanks;
mod fields;

use super::anchors::{Group, Marked};
use super::signs::{closer_of, literal_at};

/// Lines that disagree with the rest are dropped while at least this share remains.
const KEEP: f64 = 0.8;
/// More pieces than this are no header.
const MAX_SEGMENTS: usize = 40;

/// How a field is padded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pad {
    /// Not at all.
    #[default]
    None,
    /// Blanks behind it up to this width.
    Left(usize),
    /// Blanks before it up to this width.
    Right(usize),
    /// Blanks around it of no clear rule.
    Loose,
}

/// A piece of the head that all lines of the group share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment<'a> {
    /// The same text in every line.
    Literal(Vec<u8>),
    /// The timestamp.
    Time,
    /// The level.
    Level(Pad),
    /// The level as Python's number.
    LevelNumber,
    /// The message, where fields stand behind it; otherwise it is what follows the last segment.
    Message,
    /// Anything else, with its values in the lines.
    Field {
        /// One value for each line still in the group.
        values: Vec<&'a [u8]>,
        /// Its padding.
        pad: Pad,
    },
}

struct Cursor<'m, 'a> {
    line: &'m Marked<'a>,
    at: usize,
}

impl<'a> Cursor<'_, 'a> {
    fn rest(&self) -> &'a [u8] {
        self.line.text.get(self.at..).unwrap_or_default()
    }

    fn level_len(&self) -> usize {
        self.line
            .level
            .as_ref()
            .map_or(0, |range| range.end - range.start)
    }

    fn next_anchor(&self) -> Option<usize> {
        let time = self.line.time.as_ref().map(|(at, _)| *at);
        let level = self.line.level.as_ref().map(|range| range.start);
        [time, level]
            .into_iter()
            .flatten()
            .filter(|at| *at > self.at)
            .min()
    }
}

struct Walk<'m, 'a> {
    cursors: Vec<Cursor<'m, 'a>>,
    least: usize,
    segments: Vec<Segment<'a>>,
    time_ahead: bool,
    level_ahead: bool,
    /// Blanks before the next field vary.
    right: Option<Vec<usize>>,
}

/// The pieces of the lines' heads; what follows the last one is the message.
pub fn split<'a>(group: &Group<'_, 'a>) -> Vec<Segment<'a>> {
    split_with_rests(group).0
}

/// The pieces, and what is behind the last one in each line still in the group.
pub fn split_with_rests<'a>(group: &Group<'_, 'a>) -> (Vec<Segment<'a>>, Vec<&'a [u8]>) {
    let cursors: Vec<_> = group
        .lines
        .iter()
        .map(|line| Cursor { line, at: 0 })
        .collect();
    let mut walk = Walk {
        least: (cursors.len() as f64 * KEEP).ceil() as usize,
        cursors,
        segments: Vec::new(),
        time_ahead: group.timed,
        level_ahead: group.levelled,
        right: None,
    };
    while walk.segments.len() < MAX_SEGMENTS && walk.step() {}
    walk.drop_open_bracket();
    let rests = walk.cursors.iter().map(Cursor::rest).collect();
    (walk.segments, rests)
}

impl<'a> Walk<'_, 'a> {
    fn step(&mut self) -> bool {
        self.take_time()
            || self.take_level()
            || self.take_cell()
            || self.take_path()
            || self.take_literal()
            || self.take_field()
    }

    fn anchored(&self) -> bool {
        self.time_ahead || self.level_ahead
    }

    /// Keeps the cursors that `fits` if they are enough.
    fn keep(&mut self, fits: impl Fn(&Cursor<'_, 'a>) -> bool) -> bool {
        let count = self.cursors.iter().filter(|c| fits(c)).count();
        if count == 0 || count < self.least {
            return false;
        }
        if count < self.cursors.len() {
            self.right = None;
            self.cursors.retain(|c| fits(c));
        }
        true
    }

    fn take_time(&mut self) -> bool {
        let here = |c: &Cursor<'_, 'a>| c.line.time.as_ref().is_some_and(|(at, _)| *at == c.at);
        if !self.time_ahead || !self.keep(here) {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += cursor
                .line
                .time
                .as_ref()
                .map_or(0, |(_, moment)| moment.len);
        }
        self.time_ahead = false;
        self.right = None;
        self.segments.push(Segment::Time);
        true
    }

    fn take_level(&mut self) -> bool {
        let here = |c: &Cursor<'_, 'a>| {
            c.line
                .level
                .as_ref()
                .is_some_and(|range| range.start == c.at)
        };
        if !self.level_ahead || !self.keep(here) {
            return false;
        }
        let lens: Vec<usize> = self.cursors.iter().map(Cursor::level_len).collect();
        let pad = self.pad_before(&lens);
        for (cursor, len) in self.cursors.iter_mut().zip(lens) {
            cursor.at += len;
        }
        self.level_ahead = false;
        self.segments.push(Segment::Level(pad));
        true
    }

    /// A cursor whose next byte is the one that most have.
    fn typical(&self) -> Option<&Cursor<'_, 'a>> {
        let first = |c: &Cursor<'_, 'a>| c.rest().first().copied();
        let like =
            |c: &&Cursor<'_, 'a>| self.cursors.iter().filter(|o| first(o) == first(c)).count();
        self.cursors.iter().take(5).max_by_key(like)
    }

    fn take_literal(&mut self) -> bool {
        if self.blanks_vary() {
            return true;
        }
        let underscore = matches!(
            self.segments.last(),
            Some(Segment::Time | Segment::Level(_))
        );
        let Some(first) = self
            .typical()
            .and_then(|c| literal_at(c.rest(), underscore))
        else {
            return false;
        };
        // JSON is what is said, not how.
        let object = self
            .typical()
            .is_some_and(|c| c.rest().starts_with(b"{\"") || c.rest().starts_with(b"{'"));
        let quoted = first == b"\"" && !self.last_literal().ends_with(b"=");
        let opens_message = (quoted || object) && !self.anchored();
        let closes_value = self.segments.len() > 1
            && matches!(
                self.segments.last(),
                Some(Segment::Field { .. } | Segment::Time | Segment::Level(_))
            );
        if (opens_message && !closes_value) || !self.keep(|c| c.rest().starts_with(first)) {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += first.len();
        }
        self.push_literal(first);
        true
    }

    fn push_literal(&mut self, more: &[u8]) {
        match self.segments.last_mut() {
            Some(Segment::Literal(text)) => text.extend_from_slice(more),
            _ => self.segments.push(Segment::Literal(more.to_vec())),
        }
    }

    fn last_literal(&self) -> &[u8] {
        match self.segments.last() {
            Some(Segment::Literal(text)) => text,
            _ => b"",
        }
    }

    /// Takes the same text in all lines.
    fn take_constant(&mut self, constant: &[u8]) -> bool {
        if !self.keep(|c| c.rest().starts_with(constant)) {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += constant.len();
        }
        self.push_literal(constant);
        true
    }

    /// Takes as a field what `measure` says, if enough lines have such a value that is `good`.
    fn take_until(
        &mut self,
        measure: impl Fn(&[u8]) -> usize,
        good: impl Fn(&[u8]) -> bool,
    ) -> bool {
        let bounded = self.anchored();
        let stop = |c: &Cursor<'_, 'a>| {
            let anchor = bounded.then(|| c.next_anchor()).flatten();
            anchor.unwrap_or(c.line.text.len())
        };
        let value = |c: &Cursor<'_, 'a>| {
            let text = c.line.text.get(c.at..stop(c).max(c.at)).unwrap_or_default();
            text.get(..measure(text)).unwrap_or_default()
        };
        if !self.keep(|c| !value(c).is_empty() && good(value(c))) {
            return false;
        }
        let values: Vec<&'a [u8]> = self.cursors.iter().map(value).collect();
        let pad = self.pad_before(&values.iter().map(|v| v.len()).collect::<Vec<_>>());
        for (cursor, value) in self.cursors.iter_mut().zip(&values) {
            cursor.at += value.len();
        }
        self.segments.push(Segment::Field { values, pad });
        true
    }

    /// A bracket that was opened for the message's sake belongs to the message.
    fn drop_open_bracket(&mut self) {
        let few = self.cursors.len() < 4;
        if let Some(Segment::Literal(text)) = self.segments.last_mut() {
            while few
                && text.last().is_some_and(|b| {
                    closer_of(Some(*b)).is_some() || matches!(b, b'$' | b'#' | b'*' | b'/' | b'.')
                })
            {
                text.pop();
            }
            if text.is_empty() {
                self.segments.pop();
            }
        }
    }
}
