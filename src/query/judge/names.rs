//! Levels and loggers by name: one verdict per id, made anew when a source gets more of them.

use super::super::compile::{logger_shown, rank_of};
use super::super::lang::{Expr, Field, Op, Value, canonical_level, logger_term};
use super::super::matcher::{Matcher, PatternError};
use super::super::spec::LoggerRule;
use super::test::whole;
use crate::base::id::LoggerId;
use crate::base::level::{LevelId, LevelTable};
use crate::index::loggers::LoggerTable;

/// Which levels pass.
#[derive(Debug, Clone)]
pub(in crate::query) struct Levels {
    op: Op,
    name: Name,
    verdicts: Box<[bool; 256]>,
}

#[derive(Debug, Clone)]
enum Name {
    /// Canonical; empty for no level.
    Text(String),
    Like(Box<Matcher>),
}

impl Levels {
    pub(super) fn new(field: &Field) -> Result<Self, PatternError> {
        let name = match &field.value {
            Value::Text(text) => Name::Text(canonical_level(text)),
            other => Name::Like(Box::new(whole(other)?)),
        };
        Ok(Self {
            op: field.op,
            name,
            verdicts: Box::new([false; 256]),
        })
    }

    pub(super) fn refresh(&mut self, table: &LevelTable) {
        for (id, verdict) in (0..=u8::MAX).zip(self.verdicts.iter_mut()) {
            *verdict =
                usize::from(id) < table.len() && self.name.holds(self.op, LevelId(id), table);
        }
    }

    pub(super) fn passes(&self, level: LevelId) -> bool {
        let verdict = self.verdicts.get(usize::from(level.0));
        verdict.copied().unwrap_or(false)
    }
}

impl Name {
    fn holds(&self, op: Op, level: LevelId, table: &LevelTable) -> bool {
        let is_none = level == LevelId::NONE;
        match self {
            Self::Text(name) if name.is_empty() => is_none && !op.orders(),
            _ if is_none => false,
            Self::Text(name) if op.orders() => {
                op.admits(table.rank(level).cmp(&rank_of(name, table)))
            }
            Self::Text(name) => {
                let number = name.parse::<i32>().ok();
                table.find(name) == Some(level) || number == Some(table.rank(level))
            }
            Self::Like(matcher) => matcher.is_match(table.name(level).as_bytes()),
        }
    }
}

/// Which loggers pass.
#[derive(Debug, Clone)]
pub(in crate::query) struct Loggers {
    rule: Rule,
    verdicts: Vec<bool>,
}

#[derive(Debug, Clone)]
enum Rule {
    Terms(LoggerRule),
    Like(Box<Matcher>),
}

impl Loggers {
    pub(super) fn new(field: &Field) -> Result<Self, PatternError> {
        let rule = match logger_term(&Expr::Field(field.clone())) {
            Some(term) => Rule::Terms(LoggerRule {
                include: [term].into(),
                ..LoggerRule::default()
            }),
            None => Rule::Like(Box::new(whole(&field.value)?)),
        };
        Ok(Self {
            rule,
            verdicts: Vec::new(),
        })
    }

    pub(super) fn refresh(&mut self, table: &LoggerTable) {
        let passes = |name: &str| match &self.rule {
            Rule::Terms(rule) => logger_shown(rule, name),
            Rule::Like(matcher) => !name.is_empty() && matcher.is_match(name.as_bytes()),
        };
        self.verdicts = table.iter().map(|(_, name)| passes(name)).collect();
    }

    pub(super) fn passes(&self, logger: LoggerId) -> bool {
        let verdict = self.verdicts.get(logger.0 as usize);
        verdict.copied().unwrap_or(false)
    }
}
