//! The query language: what may be typed into the filter box and given to `--filter`.
//!
//! ```text
//! level>=warning logger:app.db -logger:app.db.pool "timed out" /re(gex)?/i thread:MainThread lineno>100 since:-1h
//! ```
//!
//! | piece | what it says |
//! |---|---|
//! | `word`, `"some words"` | the record's text contains it, in any case; `"Word"c` heeds case, `"word"w` whole words |
//! | `/regex/`, `/regex/i` | the text matches; `i` in any case, `w` whole words; `\/` is a slash |
//! | `field:value` | the field is that value, in any case; `*` stands for anything; numbers compare as numbers |
//! | `field=value` | exactly that value |
//! | `field>5`, `>=`, `<`, `<=` | numbers (also `12ms`, `1.5s`, `3MB`) by size, everything else by text |
//! | `field:/regex/`, `field:*` | the field matches, the field is there |
//! | `level:error`, `level>=warning` | by name or alias, by rank; `level:none` has no level |
//! | `logger:app.db`, `logger=app.db` | the logger and those below it, the logger alone; `root` is the root logger alone |
//! | `since:-1h`, `until:"2026-11-22 10:00"` | from a moment on, before a moment; `-1h` counts from the end of the log |
//! | `pattern:"job <*> done"` | the message is of that pattern; `<*>` is a number, an id and the like, `<any>` any piece |
//! | `exception:ValueError` | such an exception was raised, as a traceback shows; `"ValueError in db.py:get"` says where |
//! | `a b`, `a AND b`, `a OR b`, `NOT a`, `-a`, `(…)` | both, both, either, not; `field:(a OR b)` |
//!
//! Words of everyday log lines stay words: `http://host/path`, `ValueError:`, `a->b`, `f(x)`, `/api/users`, `--flag`. What
//! looks like the language and is not meant so goes into quotes.

mod bind;
mod complete;
mod lexer;
mod moving;
mod parser;
mod print;
mod problem;
mod unbind;

pub use bind::{Moments, bind};
pub(super) use bind::{canonical_level, logger_term, pattern_of, resolved};
pub use complete::{AtCursor, at_cursor, begins_with, begun_field, moments, names, next_steps};
pub use moving::bind_moving;
pub use parser::{Parsed, parse};
pub use print::{contains, has_not_value, has_value, print, value};
pub use problem::QueryError;
pub use unbind::query_of;

use super::judge::column_of;
use super::spec::Pattern;
use crate::base::time::TimeRange;
use crate::format::field::Column;

#[cfg(test)]
mod tests;

/// A query as plain data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// All of these hold; without any, everything passes.
    All(Vec<Expr>),
    /// At least one of these holds.
    Any(Vec<Expr>),
    /// This does not hold.
    Not(Box<Expr>),
    /// The record's text matches.
    Text(Pattern),
    /// A field, the level or the logger is of this kind.
    Field(Field),
    /// The record's time lies in this range. The parser makes none: it is what [`bind`] makes of `since:` and `until:`.
    Time(TimeRange),
}

impl Expr {
    /// Adds the texts whose presence makes it hold.
    pub(super) fn texts(&self, texts: &mut Vec<Pattern>) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.texts(texts);
                }
            }
            Self::Text(pattern) => texts.push(pattern.clone()),
            Self::Field(field) if keyword(&field.name) == Some("message") => {
                texts.push(pattern_of(&field.value));
            }
            Self::Not(_) | Self::Field(_) | Self::Time(_) => {}
        }
    }
}

impl Expr {
    /// Adds the names of the fields that it asks for.
    pub(super) fn fields<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.fields(names);
                }
            }
            Self::Not(inner) => inner.fields(names),
            Self::Field(field) if keyword(&field.name).is_none() => names.push(&field.name),
            Self::Field(_) | Self::Text(_) | Self::Time(_) => {}
        }
    }
}

impl Expr {
    /// Adds the names of the levels that it asks for.
    pub(super) fn levels<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.levels(names);
                }
            }
            Self::Not(inner) => inner.levels(names),
            Self::Field(Field {
                name,
                value: Value::Text(text),
                ..
            }) if keyword(name) == Some("level") && !text.eq_ignore_ascii_case("none") => {
                names.push(text);
            }
            Self::Field(_) | Self::Text(_) | Self::Time(_) => {}
        }
    }
}

/// What is asked of one field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// The field's name as typed; those of [`KEYWORDS`] have a meaning of their own.
    pub name: String,
    /// How it is compared.
    pub op: Op,
    /// With what.
    pub value: Value,
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// `:`, as a person means it.
    Is,
    /// `=`, exactly.
    Equals,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Op {
    /// As it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Equals => "=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether it asks for an order.
    #[must_use]
    pub fn orders(self) -> bool {
        !matches!(self, Self::Is | Self::Equals)
    }

    /// Whether something that compares so with the value passes.
    #[must_use]
    pub fn admits(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Is | Self::Equals => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// A text as it is.
    Text(String),
    /// A text in which `*` stands for anything.
    Wild(String),
    /// A regular expression.
    Regex(Pattern),
}

/// The position of the column that a field's name means, in any case or by a short name; `None` if a format has none.
#[must_use]
pub fn column_at(name: &str, columns: &[Column]) -> Option<usize> {
    let column = column_of(name, columns)?;
    columns.iter().position(|other| std::ptr::eq(other, column))
}

/// Words with a meaning of their own in the place of a field's name.
pub const KEYWORDS: [&str; 8] = [
    "level",
    "logger",
    "since",
    "until",
    "message",
    "text",
    "pattern",
    "exception",
];

/// What a keyword stands for; `None` for the name of a field.
#[must_use]
pub fn keyword(name: &str) -> Option<&'static str> {
    KEYWORDS
        .into_iter()
        .find(|word| word.eq_ignore_ascii_case(name))
}
