//! From a query to a filter: moments become times, and what the columns answer goes where level, logger, time and text
//! have their places, so that a click and a typed word are the same filter.

use std::collections::BTreeSet;
use std::ops::Range;

use super::moving::span_of;
use super::problem::QueryError;
use super::unbind::parts;
use super::{Expr, Field, Op, Parsed, Value, keyword};
use crate::base::level::{LevelId, standard_level};
use crate::base::time::{TimeRange, Timestamp, Zone, parse_moment};
use crate::query::compile::is_below;
use crate::query::spec::{FilterSpec, LoggerRule, LoggerTerm, Pattern, Reach, Sense, TextTerm};

/// What moments are counted from.
#[derive(Debug, Clone, Copy)]
pub struct Moments<'a> {
    /// The zone of times that name none.
    pub zone: &'a Zone,
    /// What `now`, `today` and `yesterday` mean.
    pub now: Timestamp,
    /// The end of the log, if it is known: `-1h` and `10:00` count from there, because the last hour of a log that ended
    /// yesterday is what is meant. That of a log still written is now.
    pub end: Option<Timestamp>,
}

impl Moments<'_> {
    fn read(&self, text: &str, at: &Range<usize>) -> Result<Timestamp, QueryError> {
        let lower = text.trim().to_ascii_lowercase();
        let of_today = ["now", "today", "yesterday"];
        let by_calendar = of_today.iter().any(|word| lower.starts_with(word));
        let end = self.end.filter(|end| *end < self.now && !by_calendar);
        parse_moment(text, self.zone, end.unwrap_or(self.now)).map_err(|_| {
            QueryError::new(
                format!("\"{text}\" is no moment"),
                "Use \"2026-11-22 10:00:01\", 10:00, yesterday, -1h, -30m or an epoch number",
                at.clone(),
            )
        })
    }
}

/// What becomes of moments that count from the end of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moving {
    /// Times, as of any other moment.
    Settle,
    /// They stay as they are typed: the log goes on.
    Stay,
}

/// The filter that a query asks for.
///
/// # Errors
/// A moment cannot be read.
pub fn bind(parsed: &Parsed, moments: &Moments<'_>) -> Result<FilterSpec, QueryError> {
    let mut places = parsed.places.iter();
    let bound = resolve(&parsed.expr, &mut places, moments, Moving::Settle)?;
    let mut spec = FilterSpec::default();
    add(&mut spec, bound);
    Ok(spec)
}

/// The expression that a query is, with times for moments.
///
/// # Errors
/// A moment cannot be read.
pub(in crate::query) fn resolved(
    parsed: &Parsed,
    moments: &Moments<'_>,
) -> Result<Expr, QueryError> {
    let places = &mut parsed.places.iter();
    resolve(&parsed.expr, places, moments, Moving::Settle)
}

impl FilterSpec {
    /// Narrows a filter to what passes another one too.
    pub fn narrow(&mut self, other: &Self) {
        for part in parts(other) {
            add(self, part);
        }
    }
}

/// The same tree with times for moments and patterns for `text:`.
pub(super) fn resolve<'a>(
    expr: &Expr,
    places: &mut impl Iterator<Item = &'a Range<usize>>,
    moments: &Moments<'_>,
    moving: Moving,
) -> Result<Expr, QueryError> {
    let mut all = |parts: &[Expr]| -> Result<Vec<Expr>, QueryError> {
        let resolved = { parts.iter() }.map(|part| resolve(part, places, moments, moving));
        resolved.collect()
    };
    Ok(match expr {
        Expr::All(parts) => Expr::All(all(parts)?),
        Expr::Any(parts) => Expr::Any(all(parts)?),
        Expr::Not(inner) => Expr::Not(Box::new(resolve(inner, places, moments, moving)?)),
        Expr::Text(_) | Expr::Time(_) => {
            places.next();
            expr.clone()
        }
        Expr::Field(field) => {
            let at = places.next().cloned().unwrap_or_default();
            let resolved = resolve_field(field, &at, moments)?;
            match moving == Moving::Stay && span_of(field).is_some() {
                true => Expr::Field(field.clone()),
                false => resolved,
            }
        }
    })
}

fn resolve_field(
    field: &Field,
    at: &Range<usize>,
    moments: &Moments<'_>,
) -> Result<Expr, QueryError> {
    let Some(word) = keyword(&field.name) else {
        return Ok(Expr::Field(field.clone()));
    };
    Ok(match (word, &field.value) {
        ("since", Value::Text(text)) => Expr::Time(TimeRange {
            since: Some(moments.read(text, at)?),
            until: None,
        }),
        ("until", Value::Text(text)) => Expr::Time(TimeRange {
            since: None,
            until: Some(moments.read(text, at)?),
        }),
        ("text", value) => Expr::Text(pattern_of(value)),
        _ => Expr::Field(Field {
            name: word.to_owned(),
            ..field.clone()
        }),
    })
}

/// A value as something to look for within a text.
pub(in crate::query) fn pattern_of(value: &Value) -> Pattern {
    match value {
        Value::Text(text) => Pattern {
            text: text.clone(),
            ..Pattern::default()
        },
        Value::Wild(text) => {
            let parts: Vec<String> = text.split('*').map(regex_syntax::escape).collect();
            Pattern {
                text: parts.join(".*"),
                regex: true,
                ..Pattern::default()
            }
        }
        Value::Regex(pattern) => pattern.clone(),
    }
}

/// Narrows a filter by one part. Where the part's place is taken, it stays an expression.
pub(super) fn add(spec: &mut FilterSpec, part: Expr) {
    let left = match part {
        Expr::All(parts) => {
            for part in parts {
                add(spec, part);
            }
            None
        }
        Expr::Time(range) => {
            spec.time.since = spec.time.since.max(range.since);
            spec.time.until = match (spec.time.until, range.until) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            None
        }
        Expr::Text(pattern) => {
            add_text(spec, pattern, Sense::Include);
            None
        }
        Expr::Not(inner) => add_negated(spec, *inner),
        other => add_level(spec, other).and_then(|other| add_loggers(spec, other)),
    };
    spec.more
        .extend(left.filter(|part| !spec.more.contains(part)));
}

fn add_text(spec: &mut FilterSpec, pattern: Pattern, sense: Sense) {
    let term = TextTerm { pattern, sense };
    if !spec.text.contains(&term) {
        spec.text.push(term);
    }
}

/// `-part`; what is left if it has no place.
fn add_negated(spec: &mut FilterSpec, inner: Expr) -> Option<Expr> {
    if let Expr::Text(pattern) = inner {
        add_text(spec, pattern, Sense::Exclude);
        return None;
    }
    if let Some(name) = level_name(&inner, |op| !op.orders()) {
        spec.levels.hidden.insert(name);
        return None;
    }
    if let Some(term) = logger_term(&inner) {
        let mut rule = spec.loggers.clone();
        rule.exclude.insert(term);
        if is_flat(&rule) {
            spec.loggers = rule;
            return None;
        }
    }
    Some(Expr::Not(Box::new(inner)))
}

fn add_level(spec: &mut FilterSpec, part: Expr) -> Option<Expr> {
    let least = level_name(&part, |op| op == Op::AtLeast);
    match least.filter(|name| !name.is_empty()) {
        Some(name) if spec.levels.at_least.as_ref().is_none_or(|it| *it == name) => {
            spec.levels.at_least = Some(name);
            None
        }
        _ => add_shown_levels(spec, part),
    }
}

/// `level:…`, or several of them of which one must hold.
fn add_shown_levels(spec: &mut FilterSpec, part: Expr) -> Option<Expr> {
    let name = |part: &Expr| level_name(part, |op| !op.orders());
    let names: Option<BTreeSet<String>> = match &part {
        Expr::Any(parts) => parts.iter().map(name).collect(),
        one => name(one).map(|name| BTreeSet::from([name])),
    };
    let shown = &mut spec.levels.shown;
    match names.filter(|names| shown.is_empty() || shown == names) {
        Some(names) => {
            *shown = names;
            None
        }
        None => Some(part),
    }
}

fn add_loggers(spec: &mut FilterSpec, part: Expr) -> Option<Expr> {
    let terms: Option<Vec<LoggerTerm>> = match &part {
        Expr::Any(parts) => parts.iter().map(logger_term).collect(),
        one => logger_term(one).map(|term| vec![term]),
    };
    if let Some(terms) = terms {
        let mut rule = spec.loggers.clone();
        let free = rule.include.is_empty();
        rule.include = terms.into_iter().collect();
        if (free && is_flat(&rule)) || rule == spec.loggers {
            spec.loggers = rule;
            return None;
        }
    }
    Some(part)
}

/// Whether "shown and not hidden" says the same as "the more specific wins": nothing is shown within what is hidden.
pub(super) fn is_flat(rule: &LoggerRule) -> bool {
    let within = |shown: &LoggerTerm| rule.exclude.iter().any(|hidden| is_below(shown, hidden));
    !rule.include.iter().any(within)
}

/// The canonical name of the level that a part names; empty for none.
fn level_name(part: &Expr, fits: impl Fn(Op) -> bool) -> Option<String> {
    match part {
        Expr::Field(Field {
            name,
            op,
            value: Value::Text(text),
        }) if name == "level" && fits(*op) => Some(canonical_level(text)),
        _ => None,
    }
}

/// The name under which a level is known; empty for `none`.
pub(in crate::query) fn canonical_level(text: &str) -> String {
    match standard_level(text.as_bytes()).map(LevelId::name) {
        _ if text.eq_ignore_ascii_case("none") => String::new(),
        Some(name) => name.to_owned(),
        None => text.to_owned(),
    }
}

/// The part of the tree that `logger:…` names.
pub(in crate::query) fn logger_term(part: &Expr) -> Option<LoggerTerm> {
    match part {
        Expr::Field(Field {
            name,
            op,
            value: Value::Text(text),
        }) if name == "logger" && !op.orders() => {
            let root = matches!(text.as_str(), "root" | "");
            let reach = match root || *op == Op::Equals {
                true => Reach::Only,
                false => Reach::Subtree,
            };
            // While one types on from `app.`, it is `app` that is meant.
            let name = if root { "" } else { text.trim_end_matches('.') };
            let name = name.to_owned();
            Some(LoggerTerm { name, reach })
        }
        _ => None,
    }
}
