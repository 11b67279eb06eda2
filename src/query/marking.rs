//! What a user marks in rows: rules, compiled once, and asked about each row when it is read.

use std::ops::Range;
use std::sync::Arc;

use super::judge::{OneRecord, RecordTest};
use super::lang::{Moments, QueryError};
use super::matcher::{Matcher, PatternError};
use super::spec::Pattern;
use crate::base::dye::Dye;
use crate::base::rule::{MarkKind, MarkOn, MarkRule};
use crate::format::extractor::without_line_end;
use crate::format::field::Role;
use crate::index::snapshot::SourceSnapshot;

/// Most marks of one row.
const MOST: usize = 200;

/// Rules in the order in which they count; where two mark the same, the first does.
#[derive(Debug, Clone, Default)]
pub struct Marking {
    rules: Vec<MarkRule>,
    compiled: Vec<Compiled>,
    version: u64,
}

impl PartialEq for Marking {
    fn eq(&self, other: &Self) -> bool {
        (self.version, &self.rules) == (other.version, &other.rules)
    }
}

#[derive(Debug, Clone)]
struct Compiled {
    test: Test,
    dye: Dye,
    marks: MarkOn,
}

#[derive(Debug, Clone)]
enum Test {
    Text(Arc<Matcher>),
    Query(Box<RecordTest>),
}

/// What is marked of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowMarks {
    /// The whole row.
    pub row: Option<Dye>,
    /// Its left edge.
    pub edge: Option<Dye>,
    /// Parts of its cells, in order; they do not overlap within a cell.
    pub parts: Box<[CellMark]>,
}

/// A marked part of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellMark {
    /// Which cell.
    pub cell: usize,
    /// Which line of the message in it; that of the cell itself is 0.
    pub line: usize,
    /// Bytes of its text.
    pub range: Range<usize>,
    /// The colour.
    pub dye: Dye,
}

/// Why a rule cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// What is wrong, as one sentence without a period.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// Where in the pattern, in characters from 0, if it is in one place.
    pub column: Option<usize>,
}

impl From<QueryError> for RuleError {
    fn from(error: QueryError) -> Self {
        Self {
            message: error.message,
            hint: error.hint,
            column: Some(error.at.start),
        }
    }
}

impl From<PatternError> for RuleError {
    fn from(error: PatternError) -> Self {
        Self {
            message: error.message,
            hint: String::new(),
            column: error.column,
        }
    }
}

/// Whether a rule can be used.
///
/// # Errors
/// Why not.
pub fn check(rule: &MarkRule, moments: &Moments<'_>) -> Result<(), RuleError> {
    Test::new(rule, moments).map(drop)
}

impl Test {
    fn new(rule: &MarkRule, moments: &Moments<'_>) -> Result<Self, RuleError> {
        Ok(match rule.kind {
            MarkKind::Query => Self::Query(Box::new(RecordTest::new(&rule.pattern, moments)?)),
            MarkKind::Text | MarkKind::Regex => Self::Text(Arc::new(Matcher::new(&Pattern {
                text: rule.pattern.clone(),
                case_sensitive: rule.case,
                whole_word: false,
                regex: rule.kind == MarkKind::Regex,
            })?)),
        })
    }
}

impl Marking {
    /// Compiles rules. Those that are off, empty or cannot be used mark nothing; whoever edits them says why. `version`
    /// tells them from other rules.
    #[must_use]
    pub fn new(rules: Vec<MarkRule>, moments: &Moments<'_>, version: u64) -> Self {
        let in_use = |rule: &&MarkRule| rule.enabled && !rule.pattern.trim().is_empty();
        let compile = |rule: &MarkRule| {
            Some(Compiled {
                test: Test::new(rule, moments).ok()?,
                dye: rule.colour,
                marks: rule.marks,
            })
        };
        Self {
            compiled: rules.iter().filter(in_use).filter_map(compile).collect(),
            rules,
            version,
        }
    }

    /// The rules that it was made of.
    #[must_use]
    pub fn rules(&self) -> &[MarkRule] {
        &self.rules
    }

    /// Which rules these are.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The same for the levels and loggers of a source.
    #[must_use]
    pub fn of(&self, snapshot: &SourceSnapshot) -> Self {
        let mut own = self.clone();
        for rule in &mut own.compiled {
            if let Test::Query(test) = &mut rule.test {
                test.refresh(snapshot);
            }
        }
        own
    }

    /// What is marked of a record with these cells.
    #[must_use]
    pub fn mark(&self, record: OneRecord<'_>, cells: &[Box<str>], rest: &[&str]) -> RowMarks {
        let mut marks = RowMarks::default();
        if self.compiled.is_empty() {
            return marks;
        }
        let columns = record.extractor.columns().iter();
        let message = { columns }.position(|column| column.role == Role::Message);
        let find = |matcher: &Matcher, dye: Dye, parts: &mut Vec<CellMark>| {
            for (cell, text) in cells.iter().enumerate() {
                add(matcher, (cell, 0), text, dye, parts);
            }
            let cell = message.unwrap_or_default();
            for (line, text) in rest.iter().enumerate() {
                add(matcher, (cell, line + 1), text, dye, parts);
            }
        };
        let mut parts: Vec<CellMark> = Vec::new();
        for rule in &self.compiled {
            match (&rule.test, rule.marks) {
                (Test::Text(matcher), MarkOn::Match) => find(matcher, rule.dye, &mut parts),
                (Test::Text(matcher), on) => {
                    if matcher.is_match(without_line_end(record.bytes)) {
                        marks.set(on, rule.dye);
                    }
                }
                (Test::Query(test), on) => {
                    if !test.holds(record) {
                        continue;
                    }
                    let before = parts.len();
                    if on == MarkOn::Match {
                        let texts = test.texts().iter();
                        texts.for_each(|text| find(text, rule.dye, &mut parts));
                    }
                    // A query may hold for what is no text.
                    if parts.len() == before {
                        marks.set(on, rule.dye);
                    }
                }
            }
        }
        parts.sort_by_key(|part| (part.cell, part.line, part.range.start));
        marks.parts = parts.into();
        marks
    }

    /// The parts of a text that are marked, in order and apart.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<(Range<usize>, Dye)> {
        let mut parts = Vec::new();
        for rule in &self.compiled {
            if let (Test::Text(matcher), MarkOn::Match) = (&rule.test, rule.marks) {
                add(matcher, (0, 0), text, rule.dye, &mut parts);
            }
        }
        parts.sort_by_key(|part| part.range.start);
        let stretches = parts.into_iter();
        stretches.map(|part| (part.range, part.dye)).collect()
    }
}

impl RowMarks {
    fn set(&mut self, on: MarkOn, dye: Dye) {
        match on {
            MarkOn::Edge => self.edge = self.edge.or(Some(dye)),
            MarkOn::Match | MarkOn::Row => self.row = self.row.or(Some(dye)),
        }
    }
}

/// Adds what matches in a text and is not marked yet.
fn add(
    matcher: &Matcher,
    (cell, line): (usize, usize),
    text: &str,
    dye: Dye,
    parts: &mut Vec<CellMark>,
) {
    for range in matcher.ranges(text) {
        let meets = |part: &CellMark| {
            (part.cell, part.line) == (cell, line)
                && part.range.start < range.end
                && range.start < part.range.end
        };
        if parts.len() >= MOST {
            return;
        }
        if !parts.iter().any(meets) {
            parts.push(CellMark {
                cell,
                line,
                range,
                dye,
            });
        }
    }
}
