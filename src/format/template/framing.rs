//! Where records begin where single lines do not tell: templates with something behind the message, and templates of
//! several lines.
//!
//! A record of such a template is over where what stands behind the message was printed: until then, a line that looks
//! like a header is quoted text, and behind it, where the template begins with the message, any line begins a record.
//! What counts is the last such end before a line if it is no further than [`REACH`] away, so that every place of a file
//! is judged alike wherever reading begins. Farther away, a line is judged by itself.

use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use super::{Part, Start, Template};
use crate::base::time::ZoneClock;
use crate::format::appended::{Appended, names_exception};
use crate::format::extractor::{Header, without_line_end};
use crate::format::framer::{Frame, Framer, LineFramer, REACH};
use crate::format::steps::Step;

/// How far a file's beginning counts as the end of a record: it may be that none ever ends here.
const FIRST_REACH: usize = 4 << 10;

/// What is known of the place between two lines; positions are those of the last end of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// No end is near.
    Unknown,
    /// A record is over.
    Ended(usize),
    /// A record that began behind the end is not over.
    Open(usize),
    /// Behind the end stands a traceback or a stack.
    Appended(usize, Appended),
}

/// Goes through the lines of a text one by one.
#[derive(Debug)]
pub struct TemplateFramer<'t> {
    template: &'t Template,
    state: State,
    /// How far an end counts.
    reach: usize,
    /// Line ends in the part behind the message.
    tail_lines: usize,
    /// The part behind the message where it only shows something: then its literals are enough.
    short: Option<ShortTail<'t>>,
}

/// What a line ends with if a record ends there, as far as its signs tell.
#[derive(Debug)]
struct ShortTail<'t> {
    /// What it begins with; empty if that is `last`.
    first: &'t [u8],
    /// What the line ends with; empty if that is a value.
    last: &'t [u8],
}

impl Template {
    /// On how many lines the head stands.
    #[must_use]
    pub fn header_lines(&self) -> usize {
        1 + newlines(&self.head)
    }

    /// A framer for text from a file's beginning or from anywhere, if records of this template need one.
    #[must_use]
    pub fn framer(&self, from_beginning: bool) -> Option<Framer<'_>> {
        let tail = self.tail.as_ref().map(newlines);
        if self.start == Start::AnyLine {
            return Some(Framer::Lines(LineFramer::new(None)));
        }
        if tail.is_none() && newlines(&self.head) == 0 {
            return None;
        }
        Some(Framer::Template(TemplateFramer {
            template: self,
            state: if from_beginning && self.tail.is_some() {
                State::Ended(0)
            } else {
                State::Unknown
            },
            reach: FIRST_REACH,
            tail_lines: tail.unwrap_or(0),
            short: self.short_tail(),
        }))
    }

    /// Where the quick way reads all of a header, a tail is nothing but a mark.
    fn short_tail(&self) -> Option<ShortTail<'_>> {
        let steps = &self.tail.as_ref()?.steps;
        let (Some(Step::Literal(first)), Some(last)) = (steps.first(), steps.last()) else {
            return None;
        };
        let last: &[u8] = match last {
            Step::Literal(last) => last,
            Step::Field(_) => b"",
            _ => return None,
        };
        let first = if steps.len() > 1 { first } else { &b""[..] };
        let one_line = !steps.contains(&Step::Newline);
        (self.quick.is_some() && one_line).then_some(ShortTail { first, last })
    }
}

impl ShortTail<'_> {
    /// Whether the text ends with it; `None` if colours hide that.
    fn ends(&self, text: &[u8]) -> Option<bool> {
        let found = match text.strip_suffix(self.last) {
            Some(before) => memmem::rfind(before, self.first).is_some(),
            None => false,
        };
        (found || memchr(0x1b, text).is_none()).then_some(found)
    }
}

/// Line breaks in a part.
fn newlines(part: &Part) -> usize {
    part.steps
        .iter()
        .filter(|step| **step == Step::Newline)
        .count()
}

impl TemplateFramer<'_> {
    /// As `Framer::line`.
    pub(in crate::format) fn line<'a>(
        &mut self,
        text: &'a [u8],
        line: Range<usize>,
        zone: &mut ZoneClock,
    ) -> Frame<'a> {
        self.forget(line.start);
        let rest = text.get(line.start..).unwrap_or_default();
        let ahead = rest.get(..rest.len().min(REACH)).unwrap_or(rest);
        let (frame, ends) = match self.template.start {
            Start::HeadAndTail => {
                let ends = self.ends(text, &line, 0);
                let own = rest.get(..line.len()).unwrap_or(rest);
                (self.behind_an_end(own, ahead, ends), ends)
            }
            _ => {
                let (frame, head) = self.by_its_head(text, &line, ahead, zone);
                (frame, self.ends(text, &line, head))
            }
        };
        match self.state {
            State::Ended(end) | State::Appended(end, _) if frame != Frame::Inside => {
                self.state = State::Open(end);
            }
            _ => {}
        }
        if ends && !matches!(self.state, State::Appended(..)) {
            self.state = State::Ended(line.end);
            self.reach = REACH;
        }
        frame
    }

    /// As `Framer::header`.
    pub(in crate::format) fn header<'a>(
        &self,
        record: &'a [u8],
        zone: &mut ZoneClock,
    ) -> Option<Header<'a>> {
        self.template.header_of_line(record, zone)
    }

    fn forget(&mut self, at: usize) {
        let end = match self.state {
            State::Unknown => return,
            State::Ended(end) | State::Open(end) | State::Appended(end, _) => end,
        };
        if at.saturating_sub(end) > self.reach {
            self.state = State::Unknown;
        }
    }

    /// A line that the template's head tells, and how long that is.
    fn by_its_head<'a>(
        &self,
        text: &[u8],
        line: &Range<usize>,
        ahead: &'a [u8],
        zone: &mut ZoneClock,
    ) -> (Frame<'a>, usize) {
        if matches!(self.state, State::Open(_)) {
            return (Frame::Inside, 0);
        }
        if let Some(header) = self.template.header_ahead(ahead, zone) {
            return (Frame::Start(Some(header)), header.len);
        }
        let vouched = self.template.vouched.is_some()
            && (matches!(self.state, State::Ended(_)) || self.ends(text, line, 0));
        match self.template.head_end(ahead, vouched) {
            Some(end) => (Frame::Start(None), end),
            None => (Frame::Inside, 0),
        }
    }

    /// A line where the message comes first. The text of an exception may go on over more lines: behind one, only a line
    /// that ends a record, or that an indented or quoted one follows, is taken for the beginning of a message.
    fn behind_an_end<'a>(&mut self, own: &[u8], ahead: &[u8], ends: bool) -> Frame<'a> {
        let head = Appended::head(own);
        let (end, next) = match self.state {
            State::Unknown if ends && head.is_none() => (None, None),
            State::Unknown | State::Open(_) => return Frame::Inside,
            State::Ended(end) if !ends && names_exception(own) => {
                (Some(end), Some(Appended::Exception))
            }
            State::Ended(end) => (Some(end), head),
            State::Appended(end, now) => {
                let goes_on = now == Appended::Exception && !ends && !leads(ahead);
                (Some(end), now.next(own).or(goes_on.then_some(now)))
            }
        };
        if let Some((end, next)) = end.zip(next) {
            self.state = State::Appended(end, next);
            return Frame::Inside;
        }
        match self.template.head_end(ahead, true) {
            Some(_) => Frame::Start(None),
            None => Frame::Inside,
        }
    }

    /// Whether the line ends with what stands behind the message; its first `head` bytes stand before that.
    fn ends(&self, text: &[u8], line: &Range<usize>, head: usize) -> bool {
        let window = || {
            let mut from = line.start + head;
            if head == 0 {
                for _ in 0..self.tail_lines {
                    let before = text.get(..from.checked_sub(1)?)?;
                    from = memrchr(b'\n', before).map_or(0, |feed| feed + 1);
                }
            }
            let near = line.end.saturating_sub(REACH);
            text.get(from.max(near)..line.end).map(without_line_end)
        };
        let Some((tail, window)) = self.template.tail.as_ref().zip(window()) else {
            return false;
        };
        if let Some(ends) = self.short.as_ref().and_then(|short| short.ends(window)) {
            return ends;
        }
        let found = tail.last_match(window, 0);
        found.is_some_and(|(_, (_, end))| end == window.len())
    }
}

/// Whether the line behind the first one is indented or quoted.
fn leads(ahead: &[u8]) -> bool {
    let behind = memchr(b'\n', ahead).and_then(|feed| ahead.get(feed + 1));
    matches!(behind, Some(b' ' | b'\t' | b'>'))
}
