//! What is wrong with a query: what, where, and what to do.

use std::fmt;
use std::ops::Range;

/// Why a text is no query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong, as one sentence without a period.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Where, in characters from 0; may be empty, at the end of the text for something that is missing.
    pub at: Range<usize>,
    /// The text may become right by typing on.
    pub unfinished: bool,
}

impl QueryError {
    pub(super) fn new(
        message: impl Into<String>,
        hint: impl Into<String>,
        at: Range<usize>,
    ) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
            at,
            unfinished: false,
        }
    }

    /// A part that is no valid expression.
    pub(in crate::query) fn of_pattern(message: String, at: Range<usize>) -> Self {
        Self::new(message, "", at)
    }

    /// The same for what may only be unfinished.
    pub(super) fn unfinished(self) -> Self {
        Self {
            unfinished: true,
            ..self
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (column {})", self.message, self.at.start + 1)?;
        if !self.hint.is_empty() {
            write!(f, ": {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for QueryError {}
