//! Matching a line against steps.

mod accept;

use super::value::{advance, nanos, number, trim};
use super::{FieldStep, MAX_FIELDS, NumberUse, Reader, Step, Strength, TextUse};
use crate::base::level::LevelId;
use crate::base::text::ansi_len;
use crate::base::time::NANOS_PER_SEC;
use crate::format::extractor::without_line_end;
use crate::format::layout::{Align, Conversion};
use crate::format::timestamp::Stamp;

/// A stretch of the record: start and end.
pub(crate) type Span = (u32, u32);

/// A field that was not read.
pub(crate) const NO_SPAN: Span = (u32::MAX, u32::MAX);

/// How many alternatives are tried before a line counts as no header.
pub(crate) const TRIES: u32 = 600;

/// How far a text value may reach, in bytes.
const LONGEST_TEXT: usize = 2048;

/// Which rules a pass applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    /// How much the template's header proves by itself.
    pub strength: Strength,
    /// Whether level words that are not standard pass.
    pub custom_levels: bool,
    /// Whether any word passes as a level.
    pub any_level: bool,
    /// Whether logger names may hold spaces and the like.
    pub any_name: bool,
    /// Whether the level stands in brackets or the like, or next to a logger, so that a custom one can be told from
    /// text.
    pub level_is_marked: bool,
    /// Whether it stands in brackets or the like.
    pub level_is_bracketed: bool,
    /// Whether the time is read by the alternative pattern.
    pub other_time: bool,
    /// Whether widths are ignored.
    pub loose_widths: bool,
}

/// What must hold where the steps end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goal {
    /// The message follows.
    Message,
    /// The line ends.
    LineEnd,
}

/// What a match found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub spans: [Span; MAX_FIELDS],
    pub stamp: Option<Stamp>,
    /// Whether the stamp was read by the alternative pattern.
    pub other_time: bool,
    /// Nanoseconds since the epoch.
    pub created: Option<i64>,
    /// Nanoseconds of the second.
    pub msecs: Option<i64>,
    /// The standard level, if it is one.
    pub level: Option<LevelId>,
    /// Where the level's number stands, if it is one.
    pub level_number: Option<Span>,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            spans: [NO_SPAN; MAX_FIELDS],
            stamp: None,
            other_time: false,
            created: None,
            msecs: None,
            level: None,
            level_number: None,
        }
    }
}

/// One attempt to match.
pub(crate) struct Matcher<'a, 'f> {
    bytes: &'a [u8],
    steps: &'a [Step],
    rules: Rules,
    goal: Goal,
    tries: u32,
    /// Whether a relaxed rule might help.
    pub blocked: bool,
    /// Whether the time failed under the pattern of this pass.
    pub time_failed: bool,
    /// The stretch that the last end of a line was looked for in, and that end.
    line: Option<(usize, usize)>,
    found: &'f mut Found,
}

impl<'a, 'f> Matcher<'a, 'f> {
    /// What is found goes to `found`, which should be fresh.
    pub fn new(
        bytes: &'a [u8],
        steps: &'a [Step],
        rules: Rules,
        goal: Goal,
        found: &'f mut Found,
    ) -> Self {
        Self {
            bytes,
            steps,
            rules,
            goal,
            tries: TRIES,
            blocked: false,
            time_failed: false,
            line: None,
            found,
        }
    }

    /// How many alternatives were tried under these rules.
    pub fn tried(&self) -> u32 {
        TRIES - self.tries
    }

    /// The same attempt under other rules.
    pub fn again(&mut self, rules: Rules) {
        self.rules = rules;
        self.tries = TRIES;
        self.blocked = false;
        self.time_failed = false;
    }

    /// Matches the steps from the one at `index` on, from `at` on; returns where they end.
    pub fn run(&mut self, mut index: usize, mut at: usize) -> Option<usize> {
        while let Some(step) = self.steps.get(index) {
            match step {
                Step::Literal(literal) => at = self.literal(literal, at)?,
                Step::Escapes => at = self.skip_ansi(at),
                Step::Blanks => {
                    let blanks = self.rest(at).iter().take_while(|b| **b == b' ').count();
                    for len in (0..=blanks).rev() {
                        self.tries = self.tries.checked_sub(1)?;
                        if let Some(end) = self.run(index + 1, at + len) {
                            return Some(end);
                        }
                    }
                    return None;
                }
                Step::Newline => {
                    at = self.newline(at)?;
                    if at == self.bytes.len() {
                        // The rest of the header stands on lines that were not given.
                        return Some(at);
                    }
                }
                Step::Field(field) => {
                    at = self.skip_ansi(at);
                    match &field.reader {
                        Reader::Text(_) => return self.text(index, field, at),
                        Reader::Time(_) => at = self.time(field, at)?,
                        Reader::Number(used) => at = self.number(field, *used, at)?,
                    }
                }
            }
            index += 1;
        }
        match self.goal {
            Goal::Message => Some(at),
            Goal::LineEnd => {
                let at = self.skip_ansi(at);
                let rest = self.rest(at);
                let rest = rest.strip_prefix(b"\0").unwrap_or(rest);
                matches!(rest, [] | [b'\n', ..] | [b'\r', b'\n', ..] | [b'\r']).then_some(at)
            }
        }
    }

    fn rest(&self, at: usize) -> &'a [u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    fn skip_ansi(&self, mut at: usize) -> usize {
        while self.bytes.get(at) == Some(&0x1b) {
            at += ansi_len(self.rest(at)).max(1);
        }
        at
    }

    /// Where the line that `at` is on ends, without its line end.
    fn line_end(&mut self, at: usize) -> usize {
        let end = match self.line {
            Some((from, end)) if (from..=end).contains(&at) => end,
            _ => {
                let feed = memchr::memchr(b'\n', self.rest(at));
                feed.map_or(self.bytes.len(), |offset| at + offset)
            }
        };
        self.line = Some((at, end));
        let line = self.bytes.get(at..end).unwrap_or_default();
        at + without_line_end(line).len()
    }

    fn literal(&self, literal: &[u8], at: usize) -> Option<usize> {
        if begins_with(self.rest(at), literal) {
            return Some(at + literal.len());
        }
        self.literal_with_ansi(literal, at)
    }

    /// A literal with escapes before and between its characters.
    fn literal_with_ansi(&self, literal: &[u8], at: usize) -> Option<usize> {
        let window = self.rest(at);
        memchr::memchr(0x1b, window.get(..literal.len().max(1)).unwrap_or(window))?;
        let mut at = at;
        for byte in literal {
            at = self.skip_ansi(at);
            if self.bytes.get(at) != Some(byte) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    fn newline(&self, at: usize) -> Option<usize> {
        match self.rest(at) {
            [] => Some(at),
            [b'\n', ..] => Some(at + 1),
            [b'\r', b'\n', ..] => Some(at + 2),
            _ => None,
        }
    }

    fn time(&mut self, field: &FieldStep, at: usize) -> Option<usize> {
        let Reader::Time(patterns) = &field.reader else {
            return None;
        };
        let (first, other) = &**patterns;
        let pattern = if self.rules.other_time {
            other.as_ref().unwrap_or(first)
        } else {
            first
        };
        let mut start = at;
        if field.pad.width > 0 && field.pad.align != Align::Left {
            start += self
                .rest(at)
                .iter()
                .take(field.pad.width)
                .take_while(|b| **b == b' ')
                .count();
        }
        start += usize::from(field.conversion == Conversion::Quoted);
        let read = match field.pad.precision {
            Some(limit) => {
                let end = advance(self.bytes, start, self.line_end(start), limit);
                let text = self.bytes.get(start..end.unwrap_or(self.bytes.len()))?;
                if end.is_some() {
                    pattern.read_cut(text)
                } else {
                    pattern.read(text)
                }
            }
            None => pattern.read(self.rest(start)),
        };
        let Some((stamp, len)) = read else {
            self.time_failed |= other.is_some() && !self.rules.other_time;
            return None;
        };
        let end = start + len;
        self.found.stamp = Some(stamp);
        self.found.other_time = self.rules.other_time;
        self.keep(field.slot, start, end);
        let mut close = end + usize::from(field.conversion == Conversion::Quoted);
        while close < at + field.pad.width && self.bytes.get(close) == Some(&b' ') {
            close += 1;
        }
        Some(close)
    }

    fn number(&mut self, field: &FieldStep, used: NumberUse, at: usize) -> Option<usize> {
        let mut pad = field.pad;
        if self.rules.loose_widths {
            pad.width = 0;
        }
        let (start, end, close) = number(self.bytes, at, pad, field.conversion)?;
        let digits = self.bytes.get(start..end)?;
        match used {
            NumberUse::Plain => {}
            NumberUse::Created => self.found.created = Some(nanos(digits, NANOS_PER_SEC)?),
            NumberUse::Msecs => self.found.msecs = Some(nanos(digits, 1_000_000)?),
            NumberUse::LevelNumber => {
                self.found.level_number = Some(span(start, end));
            }
        }
        self.keep(field.slot, start, end);
        Some(close)
    }

    fn keep(&mut self, slot: usize, start: usize, end: usize) {
        if let Some(place) = self.found.spans.get_mut(slot) {
            *place = span(start, end);
        }
    }

    /// Whether the text at `at` goes on with the target's name of a thread that Python named: ` (worker)`.
    fn thread_target(&self, field: &FieldStep, value: &[u8], end: usize) -> bool {
        let numbered = || {
            let digits = value.strip_prefix(b"Thread-").unwrap_or_default();
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        };
        if field.reader != Reader::Text(TextUse::Thread)
            || !self.rest(end).starts_with(b" (")
            || !numbered()
        {
            return false;
        }
        let name = self.rest(end + 2);
        let word = |b: &&u8| {
            b.is_ascii_alphanumeric() || matches!(**b, b'_' | b'<' | b'>' | b'.') || **b >= 0x80
        };
        let len = name.iter().take_while(word).count();
        len > 0 && name.get(len) == Some(&b')')
    }

    /// A text: tries every place where it may end, nearest first, until the rest of the steps matches.
    fn text(&mut self, index: usize, field: &FieldStep, at: usize) -> Option<usize> {
        let line_end = self.line_end(at).min(at + LONGEST_TEXT + field.pad.width);
        let width = if self.rules.loose_widths {
            0
        } else {
            field.pad.width
        };
        let Some(least) = advance(self.bytes, at, line_end, width) else {
            self.blocked = true;
            return None;
        };
        match self.steps.get(index + 1) {
            Some(Step::Literal(literal)) => {
                let first = *literal.first()?;
                let mut from = least;
                while let Some(offset) = memchr::memchr(
                    first,
                    self.bytes.get(from..self.bytes.len().min(line_end + 1))?,
                ) {
                    let end = from + offset;
                    if let Some(done) = self.candidate(index, field, at, end, least) {
                        return Some(done);
                    }
                    from = end + 1;
                }
                None
            }
            Some(Step::Newline) => self.candidate(index, field, at, line_end, least),
            None if self.goal == Goal::LineEnd => self.candidate(index, field, at, line_end, least),
            _ => self.text_without_delimiter(index, field, at, least, line_end),
        }
    }

    /// A text that another field or the message follows directly.
    fn text_without_delimiter(
        &mut self,
        index: usize,
        field: &FieldStep,
        at: usize,
        least: usize,
        line_end: usize,
    ) -> Option<usize> {
        if field.pad.width > 0 && !self.rules.loose_widths {
            if let Some(done) = self.candidate(index, field, at, least, least) {
                return Some(done);
            }
            if field.pad.precision == Some(field.pad.width) {
                return None;
            }
        }
        let word = |b: &&u8| !b.is_ascii_whitespace();
        if matches!(
            field.reader,
            Reader::Text(TextUse::Level | TextUse::LevelPrefix)
        ) {
            let letters = |b: &&u8| b.is_ascii_alphanumeric() || **b >= 0x80 || **b == b'_';
            let run = self
                .bytes
                .get(at..line_end)?
                .iter()
                .take(40)
                .take_while(letters)
                .count();
            return (1..=run)
                .rev()
                .find_map(|len| self.candidate(index, field, at, at + len, least));
        }
        if index + 1 == self.steps.len() {
            let run = self
                .bytes
                .get(least..line_end)?
                .iter()
                .take_while(word)
                .count();
            return self.candidate(index, field, at, least + run, least);
        }
        let boundary = |bytes: &[u8], at: usize| bytes.get(at).is_none_or(|b| b & 0xc0 != 0x80);
        (least..=line_end)
            .filter(|end| boundary(self.bytes, *end))
            .find_map(|end| self.candidate(index, field, at, end, least))
    }

    /// Tries `at..end` as the text of a field.
    fn candidate(
        &mut self,
        index: usize,
        field: &FieldStep,
        at: usize,
        end: usize,
        least: usize,
    ) -> Option<usize> {
        self.tries = self.tries.checked_sub(1)?;
        if let Some(Step::Literal(literal)) = self.steps.get(index + 1) {
            // Cheaper than checking the value first.
            self.literal(literal, end)?;
        }
        let mut pad = field.pad;
        if pad.fill != ' ' && end > least {
            // Longer than the width: what looks like padding belongs to the value.
            pad.width = 0;
        }
        let (start, stop) = trim(self.bytes, at, end, pad);
        let value = self.bytes.get(start..stop)?;
        if self.too_long(field.pad, value) || !self.acceptable(index, field, value) {
            return None;
        }
        if field.pad.precision.is_none() && self.thread_target(field, value, end) {
            return None;
        }
        let stop = if field.reader == Reader::Text(TextUse::LevelPrefix) && value.ends_with(b":") {
            stop - 1
        } else {
            stop
        };
        self.keep(field.slot, start, stop);
        self.run(index + 1, end)
    }
}

/// Most literals are short: cheaper to compare here than by a call.
#[inline]
fn begins_with(text: &[u8], literal: &[u8]) -> bool {
    match literal {
        [a] => text.first() == Some(a),
        [a, b] => text.first_chunk() == Some(&[*a, *b]),
        [a, b, c] => text.first_chunk() == Some(&[*a, *b, *c]),
        _ => text.starts_with(literal),
    }
}

fn span(start: usize, end: usize) -> Span {
    let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX - 1);
    (cut(start), cut(end))
}
