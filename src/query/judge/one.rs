//! An expression on a single record that was taken apart already.

use super::super::lang::{Moments, QueryError, parse, resolved};
use super::fields::holds_one;
use super::{Judge, PatternError};
use crate::format::extractor::{Extractor, Parsed, without_line_end};
use crate::index::snapshot::{RecordMeta, SourceSnapshot};
use crate::query::matcher::Matcher;

/// A query, ready to be asked about records one by one.
#[derive(Debug, Clone)]
pub struct RecordTest {
    judge: Judge,
    texts: Vec<Matcher>,
}

/// A record as far as it is known.
#[derive(Debug, Clone, Copy)]
pub struct OneRecord<'a> {
    /// What the index knows.
    pub meta: &'a RecordMeta,
    /// Its bytes, or the first of them.
    pub bytes: &'a [u8],
    /// The same in parts.
    pub parsed: &'a Parsed<'a>,
    /// What took it apart.
    pub extractor: &'a Extractor,
}

impl RecordTest {
    /// Reads a query; [`Self::refresh`] tells it the names of a source.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn new(query: &str, moments: &Moments<'_>) -> Result<Self, QueryError> {
        let parsed = parse(query)?;
        let expr = resolved(&parsed, moments)?;
        let judge = Judge::new(&expr).map_err(|PatternError { message, .. }| {
            QueryError::of_pattern(message, 0..query.chars().count())
        })?;
        let mut texts = Vec::new();
        expr.texts(&mut texts);
        let texts = { texts.iter() }.filter_map(|text| Matcher::new(text).ok());
        Ok(Self {
            judge,
            texts: texts.collect(),
        })
    }

    /// The texts and expressions that it looks for, to be marked where they are shown.
    pub(in crate::query) fn texts(&self) -> &[Matcher] {
        &self.texts
    }

    /// Judges the levels and loggers that a source has by now.
    pub fn refresh(&mut self, snapshot: &SourceSnapshot) {
        self.judge.refresh(snapshot);
    }

    /// Whether a record passes.
    #[must_use]
    pub fn holds(&self, record: OneRecord<'_>) -> bool {
        self.judge.holds(record)
    }
}

impl Judge {
    fn holds(&self, record: OneRecord<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(record)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(record)),
            Self::Not(inner) => !inner.holds(record),
            Self::Levels(levels) => levels.passes(record.meta.level),
            Self::Loggers(loggers) => loggers.passes(record.meta.logger),
            Self::Time(range) => record.meta.time.is_some_and(|time| {
                range.since.is_none_or(|since| time >= since)
                    && range.until.is_none_or(|until| time < until)
            }),
            Self::Text(matcher) => matcher.is_match(without_line_end(record.bytes)),
            Self::Group(test) => test.holds_one(record),
            Self::Field(test) => holds_one(test, record.parsed, record.extractor),
        }
    }
}
