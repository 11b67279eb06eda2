//! Applying a template to a line or a record.

use super::{
    Cow, Found, Part, Rules, Start, Strength, Template, looks_like_continuation, without_line_end,
};
use crate::format::steps::{Goal, Matcher, Step, without_ansi_tail};

/// A record that matched.
pub(super) struct Matched {
    pub head: Found,
    /// Where the message begins.
    pub message: usize,
    /// What stands behind the message: its fields, where it begins and where it ends.
    pub tail: Option<(Box<Found>, (usize, usize))>,
}

/// The heads of what `logging` appends to a formatted record.
const APPENDED: [&[u8]; 3] = [
    b"Traceback (most recent call last):",
    b"Stack (most recent call last):",
    b"  + Exception Group Traceback",
];

impl Part {
    /// The rules to try in order: strict ones first, relaxed ones as far as the part's strength allows.
    fn passes<'b>(&self, bytes: &'b [u8]) -> impl Iterator<Item = Rules> + use<'b> {
        let strict = Rules {
            strength: self.strength,
            custom_levels: false,
            any_level: false,
            any_name: false,
            level_is_marked: self.level_is_bracketed || self.level_is_named,
            level_is_bracketed: self.level_is_bracketed,
            other_time: false,
            loose_widths: false,
        };
        let custom = Rules {
            custom_levels: true,
            ..strict
        };
        let named = Rules {
            any_name: true,
            ..strict
        };
        let both = Rules {
            any_name: true,
            ..custom
        };
        let loose = Rules {
            any_level: true,
            ..both
        };
        let count = match self.strength {
            Strength::Words if !self.has_level => 1,
            Strength::Words => 3,
            Strength::Number => 4,
            Strength::Time => 5,
        };
        // Widths count characters; in text that is not UTF-8 nobody knows how many there are.
        let loosen = move |rules: Rules| Rules {
            loose_widths: rules.any_level && std::str::from_utf8(bytes).is_err(),
            ..rules
        };
        [strict, custom, named, both, loose]
            .into_iter()
            .take(count)
            .map(loosen)
    }

    /// Matches the part at `at`; returns where it ends.
    pub(super) fn matches(
        &self,
        bytes: &[u8],
        at: usize,
        goal: Goal,
        found: &mut Found,
    ) -> Option<usize> {
        let mut passes = self.passes(bytes);
        let first = passes.next()?;
        *found = Found::default();
        let mut matcher = Matcher::new(bytes, &self.steps, first, goal, found);
        if let Some(end) = matcher.run(0, at) {
            return Some(end);
        }
        let other_time = matcher.time_failed;
        let rules = |pass: Rules| Rules { other_time, ..pass };
        if !matcher.blocked && !other_time {
            return None;
        }
        let again = other_time.then_some(first);
        for pass in again.into_iter().chain(passes) {
            matcher.again(rules(pass));
            if let Some(end) = matcher.run(0, at) {
                return Some(end);
            }
            if !matcher.blocked {
                break;
            }
        }
        self.other_time_after_all(bytes, at, goal, found)
    }

    /// The pattern of the time matched but what follows did not: the other pattern may read further (`,123456`).
    fn other_time_after_all(
        &self,
        bytes: &[u8],
        at: usize,
        goal: Goal,
        found: &mut Found,
    ) -> Option<usize> {
        *found = Found::default();
        let mut passes = self.passes(bytes).map(|pass| Rules {
            other_time: true,
            ..pass
        });
        let mut matcher = Matcher::new(bytes, &self.steps, passes.next()?, goal, found);
        loop {
            if let Some(end) = matcher.run(0, at) {
                return Some(end);
            }
            if !matcher.blocked {
                return None;
            }
            matcher.again(passes.next()?);
        }
    }

    /// The last place from `from` on where the part matches to the end of a line; for a part without fields the first
    /// one before a traceback, since code quotes strings too.
    fn last_match(&self, bytes: &[u8], from: usize) -> Option<(Box<Found>, (usize, usize))> {
        let no_fields = !self.steps.iter().any(|step| matches!(step, Step::Field(_)));
        let mut best = None;
        let mut found = Found::default();
        let mut end = bytes.len();
        while let Some(at) = self.candidate_before(bytes, from, end) {
            if let Some(stop) = self.matches(bytes, at, Goal::LineEnd, &mut found) {
                let appended = no_fields && appended_follows(bytes, stop);
                if appended || best.is_none() {
                    best = Some((Box::new(found.clone()), (at, stop)));
                }
                if !no_fields {
                    break;
                }
            }
            if at == from {
                break;
            }
            end = at - 1;
        }
        best
    }

    /// The last place at or before `end` where the part may begin.
    fn candidate_before(&self, bytes: &[u8], from: usize, end: usize) -> Option<usize> {
        let first = match self.steps.first() {
            Some(Step::Literal(literal)) => *literal.first()?,
            Some(Step::Newline) => b'\n',
            _ => return (end >= from).then_some(end),
        };
        let window = bytes.get(from..bytes.len().min(end + 1))?;
        let at = from + memchr::memrchr(first, window)?;
        let carriage = first == b'\n' && at > from && bytes.get(at - 1) == Some(&b'\r');
        Some(at - usize::from(carriage))
    }
}

/// Whether the line after `at` is the head of a traceback or stack.
fn appended_follows(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let next = memchr::memchr(b'\n', rest).and_then(|newline| rest.get(newline + 1..));
    next.is_some_and(|next| APPENDED.iter().any(|head| next.starts_with(head)))
}

impl Template {
    /// Matches a line or a record.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<Matched> {
        let bom = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        if self.start == Start::AnyLine {
            let starts = !looks_like_continuation(bytes.get(bom..)?);
            return starts.then(|| Matched {
                head: Found::default(),
                message: bom,
                tail: None,
            });
        }
        if !self.first.admit(bytes) {
            return None;
        }
        let mut head = Found::default();
        let message = match self.head.matches(bytes, bom, Goal::Message, &mut head) {
            Some(end) => end,
            None => self.first_line_only(bytes, bom, &mut head)?,
        };
        let tail = match &self.tail {
            Some(tail) => tail.last_match(bytes, message),
            None => None,
        };
        if self.start == Start::HeadAndTail {
            self.tail_on_first_line(bytes, message)?;
        }
        Some(Matched {
            head,
            message,
            tail,
        })
    }

    /// A header of several lines whose later lines do not match: what decided that a record starts is its first line.
    fn first_line_only(&self, bytes: &[u8], at: usize, found: &mut Found) -> Option<usize> {
        if !self.head.steps.contains(&Step::Newline) {
            return None;
        }
        let end = memchr::memchr(b'\n', bytes)? + 1;
        self.head
            .matches(bytes.get(..end)?, at, Goal::Message, found)
    }

    /// Start lines are known by their first line alone.
    fn tail_on_first_line(&self, bytes: &[u8], message: usize) -> Option<()> {
        let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        let line = bytes.get(..end)?;
        let continuation =
            looks_like_continuation(line.get(message..)?) && line.first() != Some(&b' ');
        if continuation && !line.trim_ascii_start().is_empty() && exception_head(line) {
            return None;
        }
        self.tail.as_ref()?.last_match(line, message).map(|_| ())
    }

    /// The message: what is between head and tail, and what follows the tail (a traceback).
    pub(super) fn message<'a>(&self, record: &'a [u8], matched: &Matched) -> Cow<'a, [u8]> {
        let whole = without_line_end(record);
        let from = matched.message.min(whole.len());
        let Some((_, (start, end))) = matched.tail else {
            let rest = whole.get(from..).unwrap_or_default();
            return Cow::Borrowed(if self.colored_message {
                without_ansi_tail(rest)
            } else {
                rest
            });
        };
        let text = whole.get(from..start).unwrap_or_default();
        let text = if self.colored_message {
            without_ansi_tail(text)
        } else {
            text
        };
        match whole.get(end..) {
            None | Some([]) => Cow::Borrowed(text),
            Some(appended) => Cow::Owned([text, appended].concat()),
        }
    }
}

/// Whether a line is the head of a traceback.
fn exception_head(line: &[u8]) -> bool {
    APPENDED.iter().any(|head| line.starts_with(head))
}
