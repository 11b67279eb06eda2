//! The delimiter-driven matcher: a template's fields and literals, read from left to right with bounded backtracking.
//!
//! Every value ends where the next literal matches *and the rest of the header reads on*: a logger called `svc - worker`
//! in a template that separates by ` - ` is found because `worker` is no level. Values that can be checked (times,
//! numbers, levels, logger names) are; that is what tells a header from a line of a traceback. Rules are strict first
//! and relaxed only as far as what has been recognised vouches for it.

mod matcher;
mod value;

pub(super) use matcher::{Found, Goal, Matcher, NO_SPAN, Rules, Span, TRIES};
pub(super) use value::{
    LONGEST_NAME, LevelShape, is_plain, level_shape, nanos, number, without_ansi_tail,
};

use super::layout::{Align, Conversion};
use super::timestamp::DatePattern;

/// Most fields that a template may have.
pub(super) const MAX_FIELDS: usize = 32;

/// Padding and cut of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pad {
    pub width: usize,
    pub precision: Option<usize>,
    pub fill: char,
    pub align: Align,
}

/// What a number is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberUse {
    /// Shown only.
    Plain,
    /// Seconds since the epoch.
    Created,
    /// Milliseconds of the second.
    Msecs,
    /// Python's level number.
    LevelNumber,
}

/// What a text is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextUse {
    /// Shown only.
    Plain,
    /// A thread's name, which may hold its target's in parentheses.
    Thread,
    /// The logger's name.
    Logger,
    /// The level's name.
    Level,
    /// uvicorn's `levelprefix`: the level's name with a colon, padded.
    LevelPrefix,
}

/// How a field is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reader {
    /// A date pattern, and what else to try.
    Time(Box<(DatePattern, Option<DatePattern>)>),
    /// Digits.
    Number(NumberUse),
    /// Anything up to what follows.
    Text(TextUse),
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldStep {
    pub reader: Reader,
    pub conversion: Conversion,
    pub pad: Pad,
    /// Where its span is kept.
    pub slot: usize,
}

/// One step of the matcher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Text that must be there; ANSI escapes around and inside are passed over.
    Literal(Box<[u8]>),
    /// A line break of the template.
    Newline,
    /// Any number of spaces: padding around several values.
    Blanks,
    /// Escapes, if there are any: the message behind them is coloured.
    Escapes,
    /// A value.
    Field(FieldStep),
}

/// How much a header proves by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Words only; `ValueError: x` must not pass.
    Words,
    /// At least one number at its place.
    Number,
    /// A time at its place.
    Time,
}

impl Strength {
    pub(super) fn of(steps: &[Step]) -> Self {
        let strength = |step: &Step| match step {
            Step::Field(FieldStep { reader, .. }) => match reader {
                Reader::Time(_) | Reader::Number(NumberUse::Created) => Self::Time,
                Reader::Number(_) => Self::Number,
                Reader::Text(_) => Self::Words,
            },
            _ => Self::Words,
        };
        steps.iter().map(strength).max().unwrap_or(Self::Words)
    }
}
