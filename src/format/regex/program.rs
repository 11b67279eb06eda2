//! A pattern as steps: what the patterns of log formats are made of, matched without an automaton.
//!
//! Patterns prefer their alternatives from left to right, as trying them in that order does; so a matcher that tries
//! them finds what the regular expression finds. It is quick because most of a log's pattern leaves nothing to try:
//! what may begin the rest tells where a run ends and which alternative it is. Patterns with steps that are not here
//! (word boundaries and the like) are left to the regular expression.

use std::sync::Arc;

use regex_syntax::hir::{Class, Hir};

use super::fixed::Fixed;

/// The place of a step in its program.
pub(super) type Pc = usize;

/// The groups whose spans are kept: time, level, logger.
pub(super) const KEPT: usize = 3;

/// One step and what comes next.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// The pattern has matched.
    Match,
    /// The text begins here.
    Start(Pc),
    /// The text ends here.
    End(Pc),
    Literal(Box<[u8]>, Pc),
    /// Characters at fixed places.
    Fixed(Box<Fixed>),
    /// Characters of a set.
    Run(Box<Run>),
    /// The first way, and if that leads nowhere the second.
    Either(Pc, Pc),
    /// The first way if one of these bytes is next, otherwise the second: no text goes both.
    Choose(Box<[bool; 256]>, Pc, Pc),
    /// The start (even) or end (odd) of a group that is kept.
    Save(usize, Pc),
}

/// Characters of a set, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub set: Set,
    pub min: usize,
    /// `usize::MAX` if there is no limit.
    pub max: usize,
    pub effort: Effort,
    /// What may follow.
    pub follow: First,
    pub next: Pc,
}

/// How many characters a run takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// All there are: with fewer the rest could not match.
    All,
    /// As many as the rest allows.
    Most,
    /// As few as the rest allows.
    Least,
}

/// What a text may begin with.
#[derive(Debug, Clone)]
pub(super) struct First {
    /// Its first byte.
    pub bytes: Box<[bool; 256]>,
    /// Whether it may be empty at the end of the text.
    pub at_end: bool,
    /// Whether it matches whatever follows.
    pub always: bool,
}

impl First {
    pub(super) fn nothing() -> Self {
        Self {
            bytes: Box::new([false; 256]),
            at_end: false,
            always: false,
        }
    }

    pub(super) fn anything() -> Self {
        Self {
            bytes: Box::new([true; 256]),
            at_end: true,
            always: true,
        }
    }

    pub(super) fn byte(byte: u8) -> Self {
        let mut first = Self::nothing();
        if let Some(place) = first.bytes.get_mut(usize::from(byte)) {
            *place = true;
        }
        first
    }

    /// What one or the other may begin with.
    pub(super) fn or(mut self, other: &Self) -> Self {
        for (place, also) in self.bytes.iter_mut().zip(other.bytes.iter()) {
            *place |= *also;
        }
        self.at_end |= other.at_end;
        self.always |= other.always;
        self
    }

    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        !self
            .bytes
            .iter()
            .zip(other.bytes.iter())
            .any(|(a, b)| *a && *b)
    }

    #[inline]
    pub(super) fn admits(&self, text: &[u8], at: usize) -> bool {
        match text.get(at) {
            Some(byte) => self.bytes[usize::from(*byte)],
            None => self.at_end,
        }
    }
}

/// A set of characters.
#[derive(Debug, Clone)]
pub(super) struct Set {
    ascii: [bool; 256],
    /// Ranges of the characters beyond ASCII, ascending.
    others: Arc<[(char, char)]>,
}

impl Set {
    /// `None` for classes of bytes beyond ASCII, which are no characters.
    pub(super) fn of(class: &Class) -> Option<Self> {
        let mut set = Self {
            ascii: [false; 256],
            others: Arc::default(),
        };
        match class {
            Class::Unicode(class) => {
                let ranges = class
                    .ranges()
                    .iter()
                    .map(|range| (range.start(), range.end()));
                // They ascend, and `\w` has hundreds.
                for (start, end) in ranges.clone().take_while(|(start, _)| start.is_ascii()) {
                    set.add_ascii(u32::from(start), u32::from(end));
                }
                set.others = ranges.skip_while(|(_, end)| end.is_ascii()).collect();
            }
            Class::Bytes(class) => {
                for range in class.ranges() {
                    if !range.end().is_ascii() {
                        return None;
                    }
                    set.add_ascii(range.start().into(), range.end().into());
                }
            }
        }
        Some(set)
    }

    /// The set of one character, or `None` if the literal has several.
    pub(super) fn of_literal(literal: &[u8]) -> Option<Self> {
        match literal {
            [byte] if byte.is_ascii() => {
                let mut set = Self {
                    ascii: [false; 256],
                    others: Arc::default(),
                };
                set.add_ascii(u32::from(*byte), u32::from(*byte));
                Some(set)
            }
            _ => None,
        }
    }

    fn add_ascii(&mut self, start: u32, end: u32) {
        for place in self
            .ascii
            .iter_mut()
            .take(128)
            .take(end as usize + 1)
            .skip(start as usize)
        {
            *place = true;
        }
    }

    /// What a character of the set begins with.
    pub(super) fn first(&self) -> First {
        let mut first = First::nothing();
        *first.bytes = self.ascii;
        if !self.others.is_empty() {
            first
                .bytes
                .iter_mut()
                .skip(0x80)
                .for_each(|place| *place = true);
        }
        first
    }

    /// The first and the last ASCII character, and whether all between them belong to the set too.
    pub(super) fn ascii_range(&self) -> Option<(u8, u8, bool)> {
        let ascii = self.ascii.get(..128)?;
        let first = ascii.iter().position(|inside| *inside)?;
        let last = ascii.iter().rposition(|inside| *inside)?;
        let is_range = ascii.get(first..=last)?.iter().all(|inside| *inside);
        Some((first as u8, last as u8, is_range))
    }

    /// The length of the character at `at` if it is one of the set.
    #[inline]
    pub(super) fn len_at(&self, text: &[u8], at: usize) -> Option<usize> {
        let byte = *text.get(at)?;
        if byte.is_ascii() {
            return self.ascii[usize::from(byte)].then_some(1);
        }
        self.len_beyond_ascii(text.get(at..)?)
    }

    #[cold]
    fn len_beyond_ascii(&self, text: &[u8]) -> Option<usize> {
        let len = match text.first()? {
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf7 => 4,
            _ => return None,
        };
        let found = std::str::from_utf8(text.get(..len)?).ok()?.chars().next()?;
        let order = |(start, end): &(char, char)| {
            if *end < found {
                std::cmp::Ordering::Less
            } else if *start > found {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        };
        self.others.binary_search_by(order).ok().map(|_| len)
    }

    /// The end of the ASCII characters of the set from `at` on, at most `max` of them.
    #[inline]
    pub(super) fn ascii_end(&self, text: &[u8], at: usize, max: usize) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        let rest = rest.get(..max).unwrap_or(rest);
        let outside = rest.iter().position(|byte| !self.ascii[usize::from(*byte)]);
        at + outside.unwrap_or(rest.len())
    }
}

/// A pattern as steps.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub steps: Box<[Step]>,
    pub start: Pc,
}

/// The names of the groups of a pattern with their numbers, in order.
pub(super) fn group_names(hir: &Hir) -> Vec<(usize, String)> {
    use regex_syntax::hir::HirKind;
    match hir.kind() {
        HirKind::Capture(capture) => {
            let own = capture
                .name
                .as_ref()
                .map(|name| (capture.index as usize, name.to_string()));
            own.into_iter().chain(group_names(&capture.sub)).collect()
        }
        HirKind::Repetition(repetition) => group_names(&repetition.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().flat_map(group_names).collect()
        }
        _ => Vec::new(),
    }
}
