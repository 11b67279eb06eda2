//! Expressions on blocks: what the columns know first, then bytes, then fields, each only for the records that are still
//! undecided.

mod fields;
mod group;
mod names;
mod one;
mod test;
#[cfg(test)]
mod tests;

use super::bitmap::Mask;
use super::eval::{keep_levels, keep_loggers, keep_times};
use super::lang::{Expr, Field};
use super::matcher::{Matcher, PatternError};
use super::spec::Pattern;
use super::text::matching;
use crate::base::cancel::CancelToken;
use crate::base::time::TimeRange;
use crate::bytes::{ByteSource, ReadError};
use crate::format::extractor::Extractor;
use crate::index::block::Block;
use crate::index::snapshot::SourceSnapshot;
pub(super) use fields::column_of;
use group::GroupTest;
use names::{Levels, Loggers};
pub use one::{OneRecord, RecordTest};
use test::FieldTest;

/// An expression, ready to be evaluated on the blocks of one source.
#[derive(Debug, Clone)]
pub(super) enum Judge {
    /// Cheap ones first.
    All(Vec<Judge>),
    /// Cheap ones first.
    Any(Vec<Judge>),
    Not(Box<Judge>),
    Levels(Levels),
    Loggers(Loggers),
    Time(TimeRange),
    Text(Box<Matcher>),
    Field(Box<FieldTest>),
    Group(Box<GroupTest>),
}

/// What it takes to look into the records of a block.
pub(super) struct Reading<'a> {
    pub(super) block: &'a Block,
    pub(super) source: &'a dyn ByteSource,
    pub(super) buffer: &'a mut Vec<u8>,
    pub(super) cancel: &'a CancelToken,
    pub(super) extractor: Option<&'a Extractor>,
}

impl Judge {
    /// Compiles an expression; [`Self::refresh`] tells it the names of a source.
    ///
    /// # Errors
    /// A regular expression is not valid.
    pub(super) fn new(expr: &Expr) -> Result<Self, PatternError> {
        Ok(match expr {
            Expr::All(parts) => Self::All(Self::sorted(parts)?),
            Expr::Any(parts) => Self::Any(Self::sorted(&one_search(parts))?),
            Expr::Not(inner) => Self::Not(Box::new(Self::new(inner)?)),
            Expr::Text(pattern) => Self::Text(Box::new(Matcher::new(pattern)?)),
            Expr::Time(range) => Self::Time(*range),
            Expr::Field(field) => Self::of_field(field)?,
        })
    }

    fn of_field(field: &Field) -> Result<Self, PatternError> {
        Ok(match field.name.as_str() {
            "level" => Self::Levels(Levels::new(field)?),
            "logger" => Self::Loggers(Loggers::new(field)?),
            _ if GroupTest::is_asked_by(field) => Self::Group(Box::new(GroupTest::new(field)?)),
            _ => Self::Field(Box::new(FieldTest::new(field)?)),
        })
    }

    fn sorted(parts: &[Expr]) -> Result<Vec<Self>, PatternError> {
        let judges: Result<Vec<Self>, _> = parts.iter().map(Self::new).collect();
        let mut judges = judges?;
        judges.sort_by_key(Self::cost);
        Ok(judges)
    }

    /// How dear the dearest part is.
    fn cost(&self) -> u8 {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().map(Self::cost).max().unwrap_or_default()
            }
            Self::Not(inner) => inner.cost(),
            Self::Levels(_) | Self::Loggers(_) | Self::Time(_) => 0,
            Self::Text(_) => 1,
            Self::Field(_) => 2,
            Self::Group(_) => 3,
        }
    }

    /// Whether the columns alone do not decide.
    pub(super) fn reads_bytes(&self) -> bool {
        self.cost() > 0
    }

    /// Whether records have to be taken apart.
    pub(super) fn asks_for_fields(&self) -> bool {
        self.cost() > 1
    }

    /// Judges the levels and loggers that a source has by now.
    pub(super) fn refresh(&mut self, snapshot: &SourceSnapshot) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.refresh(snapshot);
                }
            }
            Self::Not(inner) => inner.refresh(snapshot),
            Self::Levels(levels) => levels.refresh(&snapshot.levels),
            Self::Loggers(loggers) => loggers.refresh(&snapshot.loggers),
            Self::Time(_) | Self::Text(_) | Self::Field(_) | Self::Group(_) => {}
        }
    }

    /// Those of the `wanted` that pass as far as the columns know: no other record does.
    pub(super) fn possible(&self, wanted: &Mask, block: &Block) -> Mask {
        self.by_columns(wanted, block, true)
    }

    /// What the columns say, with `unknown` for what they do not know.
    fn by_columns(&self, wanted: &Mask, block: &Block, unknown: bool) -> Mask {
        let mut mask = wanted.clone();
        match self {
            Self::All(parts) => {
                for part in parts {
                    mask = part.by_columns(&mask, block, unknown);
                }
            }
            Self::Any(parts) => {
                let mut left = wanted.clone();
                for part in parts {
                    let passed = part.by_columns(&left, block, unknown);
                    left.remove(&passed);
                }
                mask.remove(&left);
            }
            Self::Not(inner) => mask.remove(&inner.by_columns(wanted, block, !unknown)),
            Self::Levels(levels) => keep_levels(&mut mask, block, |level| levels.passes(level)),
            Self::Loggers(loggers) => {
                keep_loggers(&mut mask, block, |logger| loggers.passes(logger));
            }
            Self::Time(range) => keep_times(&mut mask, block, range),
            Self::Text(_) | Self::Field(_) | Self::Group(_) if unknown => {}
            Self::Text(_) | Self::Field(_) | Self::Group(_) => mask = Mask::none(wanted.records()),
        }
        mask
    }

    /// Those of the `wanted` that pass; `None` when the token was cancelled.
    ///
    /// # Errors
    /// The bytes of the block could not be read, or are no longer those that were indexed.
    pub(super) fn judge(
        &self,
        wanted: &Mask,
        reading: &mut Reading<'_>,
    ) -> Result<Option<Mask>, ReadError> {
        if wanted.is_empty() || !self.reads_bytes() {
            return Ok(Some(self.possible(wanted, reading.block)));
        }
        let mut mask = wanted.clone();
        match self {
            Self::All(parts) => {
                for part in parts {
                    let Some(passed) = part.judge(&mask, reading)? else {
                        return Ok(None);
                    };
                    mask = passed;
                }
            }
            Self::Any(parts) => {
                let mut left = wanted.clone();
                for part in parts {
                    let Some(passed) = part.judge(&left, reading)? else {
                        return Ok(None);
                    };
                    left.remove(&passed);
                }
                mask.remove(&left);
            }
            Self::Not(inner) => {
                let Some(passed) = inner.judge(wanted, reading)? else {
                    return Ok(None);
                };
                mask.remove(&passed);
            }
            Self::Text(matcher) => {
                let Reading {
                    block,
                    source,
                    cancel,
                    ..
                } = *reading;
                return matching(matcher, block, wanted, source, reading.buffer, cancel);
            }
            Self::Field(test) => return fields::holding(test, wanted, reading),
            Self::Group(test) => return test.holding(wanted, reading),
            Self::Levels(_) | Self::Loggers(_) | Self::Time(_) => {}
        }
        Ok(Some(mask))
    }
}

/// Texts of which one must be there are looked for in one pass over the bytes.
fn one_search(parts: &[Expr]) -> Vec<Expr> {
    let mut others = Vec::new();
    let mut texts: Vec<&Pattern> = Vec::new();
    for part in parts {
        match part {
            Expr::Text(pattern) if alike(pattern, texts.first().copied().unwrap_or(pattern)) => {
                texts.push(pattern);
            }
            other => others.push(other.clone()),
        }
    }
    if let Some(first) = texts.first() {
        let one = texts.iter().map(|pattern| match pattern.regex {
            true => format!("(?:{})", pattern.text),
            false => regex_syntax::escape(&pattern.text),
        });
        let text = match texts.len() {
            1 => first.text.clone(),
            _ => one.collect::<Vec<_>>().join("|"),
        };
        others.push(Expr::Text(Pattern {
            text,
            regex: first.regex || texts.len() > 1,
            ..**first
        }));
    }
    others
}

fn alike(one: &Pattern, other: &Pattern) -> bool {
    one.case_sensitive == other.case_sensitive && one.whole_word == other.whole_word
}
