//! From names to ids: a filter as the tables of one source judge it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judge::Judge;
use super::matcher::Matcher;
pub use super::matcher::PatternError;
use super::spec::{FilterSpec, LevelRule, LoggerRule, LoggerTerm, Reach, Sense};
use crate::base::level::{LevelId, LevelTable};
use crate::base::time::TimeRange;
use crate::format::extractor::Extractor;
use crate::index::loggers::{LoggerTable, is_within};
use crate::index::snapshot::SourceSnapshot;

/// A filter, ready to be evaluated on the blocks of the source it was compiled for.
#[derive(Debug, Clone)]
pub struct Predicate {
    spec: FilterSpec,
    /// One verdict per level id, or `None` where every level is shown.
    pub(super) levels: Option<Box<[bool; 256]>>,
    /// One verdict per logger id, or `None` where every logger is shown.
    pub(super) loggers: Option<Vec<bool>>,
    pub(super) time: Option<TimeRange>,
    /// Terms that show records come first: they leave the least for the others.
    pub(super) text: Vec<(Matcher, Sense)>,
    /// What none of the above can say; all must hold.
    pub(super) more: Vec<Judge>,
    /// Takes records apart where a field is asked for.
    pub(super) extractor: Option<Arc<Extractor>>,
}

/// Compiles a filter for the levels and loggers that a source has so far.
///
/// # Errors
/// A text term is no valid expression; `term` says which one.
pub fn compile(spec: &FilterSpec, snapshot: &SourceSnapshot) -> Result<Predicate, PatternError> {
    let mut text = Vec::with_capacity(spec.text.len());
    for (term, wanted) in spec.text.iter().enumerate() {
        let matcher =
            Matcher::new(&wanted.pattern).map_err(|error| PatternError { term, ..error })?;
        text.push((matcher, wanted.sense));
    }
    text.sort_by_key(|(_, sense)| *sense == Sense::Exclude);
    let judge = |(at, expr)| {
        let term = spec.text.len() + at;
        Judge::new(expr).map_err(|error| PatternError { term, ..error })
    };
    let more: Result<_, _> = spec.more.iter().enumerate().map(judge).collect();
    let mut predicate = Predicate {
        spec: spec.clone(),
        levels: None,
        loggers: None,
        time: (spec.time != TimeRange::default()).then_some(spec.time),
        text,
        more: more?,
        extractor: None,
    };
    predicate.refresh(snapshot);
    Ok(predicate)
}

impl Predicate {
    /// The same with what takes records apart. Without it, fields are looked for as `name=value` in the text.
    #[must_use]
    pub fn reading_with(mut self, extractor: &Extractor) -> Self {
        let asks = self.more.iter().any(Judge::asks_for_fields);
        self.extractor = asks.then(|| Arc::new(extractor.clone()));
        self
    }

    /// Whether bytes have to be read; otherwise the columns alone decide.
    #[must_use]
    pub fn needs_text(&self) -> bool {
        !self.text.is_empty() || self.more.iter().any(Judge::reads_bytes)
    }

    /// Whether every record passes.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.levels.is_none()
            && self.loggers.is_none()
            && self.time.is_none()
            && self.text.is_empty()
            && self.more.is_empty()
    }

    /// Judges the levels and loggers that appeared since by the same rules.
    pub fn refresh(&mut self, snapshot: &SourceSnapshot) {
        self.levels = level_verdicts(&self.spec.levels, &snapshot.levels);
        self.loggers = logger_verdicts(&self.spec.loggers, &snapshot.loggers);
        for judge in &mut self.more {
            judge.refresh(snapshot);
        }
    }
}

fn level_verdicts(rule: &LevelRule, table: &LevelTable) -> Option<Box<[bool; 256]>> {
    if *rule == LevelRule::default() {
        return None;
    }
    let mut verdicts = Box::new([true; 256]);
    if let Some(least) = &rule.at_least {
        let least = rank_of(least, table);
        for (id, verdict) in verdicts.iter_mut().enumerate() {
            *verdict = table.rank(LevelId(id as u8)) >= least;
        }
    }
    let id = |name: &String| match name.is_empty() {
        true => Some(LevelId::NONE),
        false => table.find(name),
    };
    if !rule.shown.is_empty() {
        let shown: Vec<LevelId> = rule.shown.iter().filter_map(id).collect();
        for (id, verdict) in verdicts.iter_mut().enumerate() {
            *verdict &= shown.contains(&LevelId(id as u8));
        }
    }
    for hidden in rule.hidden.iter().filter_map(id) {
        if let Some(verdict) = verdicts.get_mut(usize::from(hidden.0)) {
            *verdict = false;
        }
    }
    Some(verdicts)
}

/// The rank of a name, also of one that the log has not used yet.
pub(super) fn rank_of(name: &str, table: &LevelTable) -> i32 {
    let mut table = table.clone();
    let id = table
        .find(name)
        .unwrap_or_else(|| table.intern(name.as_bytes()));
    table.rank(id)
}

fn logger_verdicts(rule: &LoggerRule, table: &LoggerTable) -> Option<Vec<bool>> {
    if *rule == LoggerRule::default() {
        return None;
    }
    Some(
        table
            .iter()
            .map(|(_, name)| logger_shown(rule, name))
            .collect(),
    )
}

/// Whether a logger is shown: the most specific term that reaches it decides, exclude on a tie; without any, it is
/// shown unless something else was asked for.
#[must_use]
pub fn logger_shown(rule: &LoggerRule, name: &str) -> bool {
    let include = most_specific(&rule.include, name);
    let exclude = most_specific(&rule.exclude, name);
    match (include, exclude) {
        (None, None) => rule.include.is_empty(),
        (include, exclude) => include > exclude,
    }
}

/// Whether a term is a part of what another one, less specific, reaches.
pub(super) fn is_below(term: &LoggerTerm, top: &LoggerTerm) -> bool {
    let (name, above) = (without_root_name(&term.name), without_root_name(&top.name));
    let deeper = (name.len(), term.reach == Reach::Only) > (above.len(), false);
    top.reach == Reach::Subtree && is_within(name, above) && deeper
}

/// How specific the best term is: a longer name beats a shorter one, and of equal ones the one without children.
fn most_specific(terms: &BTreeSet<LoggerTerm>, name: &str) -> Option<(usize, bool)> {
    let name = without_root_name(name);
    terms
        .iter()
        .map(|term| (without_root_name(&term.name), term.reach))
        .filter(|(top, reach)| match reach {
            Reach::Subtree => is_within(name, top),
            Reach::Only => name == *top,
        })
        .map(|(top, reach)| (top.len(), reach == Reach::Only))
        .max()
}

/// Python's root logger calls itself `root`.
fn without_root_name(name: &str) -> &str {
    if name == "root" { "" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a.b` a subtree, `a.b!` the logger alone.
    fn terms(list: &[&str]) -> BTreeSet<LoggerTerm> {
        list.iter()
            .map(|text| match text.strip_suffix('!') {
                Some(name) => LoggerTerm {
                    name: name.to_owned(),
                    reach: Reach::Only,
                },
                None => LoggerTerm {
                    name: (*text).to_owned(),
                    reach: Reach::Subtree,
                },
            })
            .collect()
    }

    #[test]
    fn logger_rules() {
        let table: [(&[&str], &[&str], &str, bool); 22] = [
            (&[], &[], "a.b", true),
            (&["a.b"], &[], "a.b", true),
            (&["a.b"], &[], "a.b.c", true),
            (&["a.b"], &[], "a.bc", false),
            (&["a.b"], &[], "a", false),
            (&["a.b"], &[], "", false),
            (&["a.b!"], &[], "a.b", true),
            (&["a.b!"], &[], "a.b.c", false),
            (&[], &["a"], "a.b", false),
            (&[], &["a"], "b", true),
            (&["a"], &["a.b"], "a.b.c", false),
            (&["a"], &["a.b"], "a.c", true),
            (&["a.b"], &["a"], "a.b.c", true),
            (&["a.b"], &["a"], "a.c", false),
            (&["a"], &["a"], "a", false),
            (&["a!"], &["a"], "a", true),
            (&["a!"], &["a"], "a.b", false),
            (&["a"], &["a!"], "a.b", true),
            (&[""], &["a"], "b", true),
            (&["!"], &[], "root", true),
            (&["!"], &[], "b", false),
            (&["a"], &[], "a::b", true),
        ];
        for (include, exclude, name, expected) in table {
            let rule = LoggerRule {
                include: terms(include),
                exclude: terms(exclude),
            };
            assert_eq!(
                logger_shown(&rule, name),
                expected,
                "{include:?} -{exclude:?}: {name}"
            );
        }
    }

    fn shown(rule: &LevelRule, table: &LevelTable) -> Vec<String> {
        let verdicts = level_verdicts(rule, table);
        table
            .ids_by_rank()
            .into_iter()
            .filter(|id| {
                verdicts
                    .as_ref()
                    .is_none_or(|verdicts| verdicts[usize::from(id.0)])
            })
            .map(|id| table.name(id).to_owned())
            .collect()
    }

    #[test]
    fn level_rules() {
        let mut table = LevelTable::standard();
        table.intern(b"Level 35");
        let at_least = |name: &str| LevelRule {
            at_least: Some(name.to_owned()),
            ..LevelRule::default()
        };

        let warnings = shown(&at_least("warn"), &table);
        assert!(
            warnings.contains(&"WARNING".to_owned()) && warnings.contains(&"Level 35".to_owned())
        );
        assert!(!warnings.contains(&"INFO".to_owned()) && !warnings.contains(&String::new()));
        let errors = shown(&at_least("ERROR"), &table);
        assert!(
            errors.contains(&"CRITICAL".to_owned()) && !errors.contains(&"Level 35".to_owned())
        );
        let unseen = shown(&at_least("Level 45"), &table);
        assert!(unseen.contains(&"CRITICAL".to_owned()) && !unseen.contains(&"ERROR".to_owned()));

        let hidden = LevelRule {
            hidden: ["info".to_owned(), String::new()].into(),
            ..LevelRule::default()
        };
        let rest = shown(&hidden, &table);
        assert!(rest.contains(&"DEBUG".to_owned()));
        assert!(!rest.contains(&"INFO".to_owned()) && !rest.contains(&String::new()));

        let mut only = LevelRule::only("INFO".to_owned());
        assert_eq!(shown(&only, &table), ["INFO"]);
        only.hide("INFO".to_owned(), true);
        assert!(shown(&only, &table).is_empty(), "not all");
        for name in ["INFO", ""] {
            only.hide(name.to_owned(), false);
        }
        assert_eq!(shown(&only, &table), ["", "INFO"]);
        let unknown = LevelRule::only("ROAR".to_owned());
        assert!(shown(&unknown, &table).is_empty());
    }
}
