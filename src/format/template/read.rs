//! Applying a template to a line or a record.

use super::{BYTE_ORDER_MARK, Cow, Found, Part, Rules, Start, Strength, Template, without_break};
use crate::format::appended::Appended;
use crate::format::steps::{Goal, Matcher, Step, TRIES, without_ansi_tail};

/// How many alternatives are tried, over all the places where it may begin, before there is nothing behind the message. A
/// part that begins with a field may begin anywhere.
const TAIL_TRIES: u32 = 100 * TRIES;

/// A record that matched.
pub(super) struct Matched {
    pub head: Found,
    /// Where the message begins.
    pub message: usize,
    /// What stands behind the message: its fields, where it begins and where it ends.
    pub tail: Option<(Box<Found>, (usize, usize))>,
}

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
        let mut tries = u32::MAX;
        self.matches_within(&mut tries, bytes, at, goal, found)
    }

    /// As [`Self::matches`], with so many alternatives to try; those that were tried are taken off.
    fn matches_within(
        &self,
        tries: &mut u32,
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
        *tries = tries.saturating_sub(matcher.tried());
        if !matcher.blocked && !matcher.time_failed {
            return None;
        }
        // That the time failed somewhere says nothing: a value may have been tried too long.
        for pass in passes {
            if !matcher.blocked || *tries == 0 {
                break;
            }
            matcher.again(pass);
            if let Some(end) = matcher.run(0, at) {
                return Some(end);
            }
            *tries = tries.saturating_sub(matcher.tried());
        }
        self.other_time_after_all(tries, bytes, at, goal, found)
    }

    /// The pattern of the time matched but what follows did not: the other pattern may read further (`,123456`).
    fn other_time_after_all(
        &self,
        tries: &mut u32,
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
            *tries = tries.saturating_sub(matcher.tried());
            if !matcher.blocked || *tries == 0 {
                return None;
            }
            matcher.again(passes.next()?);
        }
    }

    /// The last place from `from` on where the part matches to the end of a line; for a part without fields the first
    /// one before a traceback, since code quotes strings too.
    pub(super) fn last_match(
        &self,
        bytes: &[u8],
        from: usize,
    ) -> Option<(Box<Found>, (usize, usize))> {
        let no_fields = !self.steps.iter().any(|step| matches!(step, Step::Field(_)));
        // Escapes may stand inside of literals.
        let colored = memchr::memchr(0x1b, bytes).is_some();
        let mut best = None;
        let mut found = Found::default();
        let mut end = bytes.len();
        let mut tries = TAIL_TRIES;
        while let Some(at) = self.candidate_before(bytes, from, end, colored)
            && tries > 0
        {
            let goal = Goal::LineEnd;
            if let Some(stop) = self.matches_within(&mut tries, bytes, at, goal, &mut found) {
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
    fn candidate_before(
        &self,
        bytes: &[u8],
        from: usize,
        mut end: usize,
        colored: bool,
    ) -> Option<usize> {
        let (first, rest) = match self.steps.first() {
            Some(Step::Literal(literal)) => literal.split_first()?,
            Some(Step::Newline) => (&b'\n', &[][..]),
            _ => return (end >= from).then_some(end),
        };
        loop {
            let window = bytes.get(from..bytes.len().min(end + 1))?;
            let at = from + memchr::memrchr(*first, window)?;
            let behind = bytes.get(at + 1..).unwrap_or_default();
            if colored || behind.starts_with(rest) {
                let carriage = *first == b'\n' && at > from && bytes.get(at - 1) == Some(&b'\r');
                return Some(at - usize::from(carriage));
            }
            end = at.checked_sub(1)?;
        }
    }
}

/// Whether the line after `at` is the head of a traceback or stack.
fn appended_follows(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let next = memchr::memchr(b'\n', rest).and_then(|newline| rest.get(newline + 1..));
    next.is_some_and(|next| Appended::head(next).is_some())
}

impl Template {
    /// Matches a line or a record.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<Matched> {
        let bom = byte_order_mark(bytes);
        if self.start == Start::AnyLine {
            return Some(Matched {
                head: Found::default(),
                message: bom,
                tail: None,
            });
        }
        if !self.first.admit(bytes) {
            return None;
        }
        let mut head = Found::default();
        let strictly = self.head.matches(bytes, bom, Goal::Message, &mut head);
        let message = match (strictly, &self.vouched) {
            (Some(end), _) => end,
            (None, Some(part)) => part.matches(bytes, bom, Goal::Message, &mut head)?,
            (None, None) => return None,
        };
        let tail = match &self.tail {
            Some(tail) => tail.last_match(bytes, message),
            None => None,
        };
        let needs_tail = strictly.is_none() || self.start == Start::HeadAndTail;
        if needs_tail && (tail.is_none() || Appended::head(bytes).is_some()) {
            return None;
        }
        Some(Matched {
            head,
            message,
            tail,
        })
    }

    /// Where what stands before the message ends, if the text begins with it; `vouched` if something else says that a
    /// record starts there.
    pub(super) fn head_end(&self, text: &[u8], vouched: bool) -> Option<usize> {
        if !self.first.admit(text) {
            return None;
        }
        let bom = byte_order_mark(text);
        let mut found = Found::default();
        let strictly = self.head.matches(text, bom, Goal::Message, &mut found);
        match &self.vouched {
            Some(part) if vouched && strictly.is_none() => {
                part.matches(text, bom, Goal::Message, &mut found)
            }
            _ => strictly,
        }
    }

    /// The message: what is between head and tail, and what follows the tail (a traceback).
    pub(super) fn message<'a>(&self, record: &'a [u8], matched: &Matched) -> Cow<'a, [u8]> {
        let Some((_, (start, end))) = matched.tail else {
            return Cow::Borrowed(self.message_from(record, matched.message));
        };
        let whole = self.without_end(record);
        let from = matched.message.min(whole.len());
        let text = self.without_color(whole.get(from..start).unwrap_or_default());
        match whole.get(end..) {
            None | Some([]) => Cow::Borrowed(text),
            Some(appended) => Cow::Owned([text, appended].concat()),
        }
    }

    /// The message of a record that ends with it, from where it begins.
    pub(super) fn message_from<'a>(&self, record: &'a [u8], from: usize) -> &'a [u8] {
        self.without_color(self.without_end(record).get(from..).unwrap_or_default())
    }

    fn without_end<'a>(&self, record: &'a [u8]) -> &'a [u8] {
        let whole = without_break(record);
        match whole.strip_suffix(b"\0") {
            Some(before) if self.ends_with_nul => before,
            _ => whole,
        }
    }

    fn without_color<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        match self.colored_message {
            true => without_ansi_tail(text),
            false => text,
        }
    }
}

/// Length of the byte order mark that the text begins with.
fn byte_order_mark(text: &[u8]) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}
