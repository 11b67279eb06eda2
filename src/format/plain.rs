//! Text without a known format.

use std::borrow::Cow;

use super::extractor::{Clock, Header, LevelWord, Parsed, without_line_end};
use super::field::{Column, Role};
use crate::base::time::ZoneClock;

/// Every line that is no continuation starts a record.
#[derive(Debug, Clone)]
pub struct PlainFormat {
    columns: Box<[Column]>,
}

impl Default for PlainFormat {
    fn default() -> Self {
        Self {
            columns: Box::new([Column::new("message", Role::Message)]),
        }
    }
}

impl PlainFormat {
    /// The message alone.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// No time.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::None
    }

    /// Whether the line is neither empty nor indented nor the head of a traceback.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        line.first()
            .is_some_and(|first| !first.is_ascii_whitespace())
            && !line.starts_with(b"Traceback (most recent call last)")
    }

    /// A header without time, level and logger.
    pub fn header<'a>(&self, line: &'a [u8], _zone: &mut ZoneClock) -> Option<Header<'a>> {
        self.is_start(line).then_some(Header {
            time: None,
            level: LevelWord::None,
            logger: None,
        })
    }

    /// The record as its message.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        Parsed {
            matched: self.is_start(record),
            message: Cow::Borrowed(without_line_end(record)),
            ..Parsed::default()
        }
    }
}
