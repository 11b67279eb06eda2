//! What the user asked for, as plain comparable data. Names, not ids, so that levels and loggers that appear later
//! are judged by the same rule.

use std::collections::BTreeSet;

use super::lang::Expr;
use crate::base::level::LevelTable;
use crate::base::time::TimeRange;

/// Everything that decides whether a record is shown. The default shows everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterSpec {
    /// Which levels.
    pub levels: LevelRule,
    /// Which loggers.
    pub loggers: LoggerRule,
    /// When.
    pub time: TimeRange,
    /// What must (not) occur in the record's text; all terms must hold.
    pub text: Vec<TextTerm>,
    /// What else must hold: parts of a query that none of the above can say.
    pub more: Vec<Expr>,
}

impl FilterSpec {
    /// Whether every record passes.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// The names of the fields that the parts of a query ask for.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for part in &self.more {
            part.fields(&mut names);
        }
        names
    }

    /// The first level that it asks for and that nobody knows.
    #[must_use]
    pub fn unknown_level(&self, levels: &LevelTable) -> Option<&str> {
        let rule = &self.levels;
        let mut names: Vec<&str> = rule.at_least.iter().map(String::as_str).collect();
        names.extend(rule.shown.iter().chain(&rule.hidden).map(String::as_str));
        for part in &self.more {
            part.levels(&mut names);
        }
        names.into_iter().find(|name| !levels.knows(name))
    }

    /// The texts that the parts of a query look for, to be marked where they are shown.
    #[must_use]
    pub fn looked_for(&self) -> Vec<TextTerm> {
        let mut texts = Vec::new();
        for part in &self.more {
            part.texts(&mut texts);
        }
        let term = |pattern| TextTerm {
            pattern,
            sense: Sense::Include,
        };
        texts.into_iter().map(term).collect()
    }
}

/// Which levels are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LevelRule {
    /// Names of the levels that are shown alone; with none of them here, all are.
    pub shown: BTreeSet<String>,
    /// Names of levels that are hidden one by one.
    pub hidden: BTreeSet<String>,
    /// Hide every level that ranks below this name's; records without a level are hidden too.
    pub at_least: Option<String>,
}

impl LevelRule {
    /// This level alone.
    #[must_use]
    pub fn only(name: String) -> Self {
        Self {
            shown: BTreeSet::from([name]),
            ..Self::default()
        }
    }

    /// Hides a level by its name, or shows it beside the others.
    pub fn hide(&mut self, name: String, hidden: bool) {
        if !hidden {
            self.hidden.remove(&name);
            if !self.shown.is_empty() {
                self.shown.insert(name);
            }
        } else if self.shown.len() < 2 || !self.shown.remove(&name) {
            // Without the last one that is shown alone all would be.
            self.hidden.insert(name);
        }
    }

    /// Whether a level of this name is hidden by it.
    #[must_use]
    pub fn hides(&self, name: &str) -> bool {
        self.hidden.contains(name) || !(self.shown.is_empty() || self.shown.contains(name))
    }
}

/// Which part of the logger tree is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoggerRule {
    /// Shown subtrees; empty means all.
    pub include: BTreeSet<LoggerTerm>,
    /// Hidden subtrees; the more specific of include and exclude wins, exclude on a tie.
    pub exclude: BTreeSet<LoggerTerm>,
}

/// A node of the logger tree. The root is the empty name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoggerTerm {
    /// The dotted name.
    pub name: String,
    /// With its children, or this logger alone.
    pub reach: Reach,
}

/// How far a logger term reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// The logger and everything below it. `a.b` never reaches `a.bc`.
    Subtree,
    /// The logger alone.
    Only,
}

/// A text to match against the whole record, header and traceback included.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct TextTerm {
    /// What to look for.
    pub pattern: Pattern,
    /// Whether a match shows or hides the record.
    pub sense: Sense,
}

/// Whether a match shows or hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sense {
    /// Records with a match are shown.
    #[default]
    Include,
    /// Records with a match are hidden.
    Exclude,
}

/// A text and how to read it; also what Find looks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Pattern {
    /// The text as typed.
    pub text: String,
    /// Upper and lower case differ.
    pub case_sensitive: bool,
    /// Only at word boundaries.
    pub whole_word: bool,
    /// `text` is a regular expression.
    pub regex: bool,
}
