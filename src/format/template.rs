//! A template of `logging`, turned round: from the text that it printed back to the fields.

use super::extractor::{Clock, Header, LevelWord, Parsed};
use super::field::{Column, Role};
use super::spec::{FormatError, Style};
use crate::base::time::ZoneClock;

/// A compiled template.
#[derive(Debug, Clone)]
pub struct Template {
    columns: Box<[Column]>,
}

impl Template {
    /// Compiles a template with its `datefmt` and `default_msec_format`.
    ///
    /// # Errors
    /// The template or the date format has a mistake.
    pub fn compile(
        _style: Style,
        text: &str,
        _datefmt: Option<&str>,
        _msec_format: Option<&str>,
    ) -> Result<Self, FormatError> {
        if text.is_empty() {
            return Err(FormatError::new("the template is empty", ""));
        }
        Ok(Self {
            columns: Box::new([Column::new("message", Role::Message)]),
        })
    }

    /// Compiles a regular expression with named groups.
    ///
    /// # Errors
    /// It is no regular expression.
    pub fn from_regex(pattern: &str) -> Result<Self, FormatError> {
        Self::compile(Style::Percent, pattern, None, None)
    }

    /// The columns in display order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How much of a point in time the template shows.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::None
    }

    /// Whether a record of this template starts at the line.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        line.first()
            .is_some_and(|first| !first.is_ascii_whitespace())
    }

    /// Time, level and logger of the record that starts at the line.
    pub fn header<'a>(&self, line: &'a [u8], _zone: &mut ZoneClock) -> Option<Header<'a>> {
        self.is_start(line).then_some(Header {
            time: None,
            level: LevelWord::None,
            logger: None,
        })
    }

    /// Takes a record apart.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        Parsed::unmatched(record)
    }
}
