//! From a filter back to a query, whoever made the filter: clicks, flags or words.

use super::bind::is_flat;
use super::{Expr, Field, Op, Value, print};
use crate::base::level::standard_level;
use crate::base::time::{TimeRange, Zone};
use crate::query::compile::is_below;
use crate::query::spec::{FilterSpec, LoggerRule, LoggerTerm, Reach, Sense, TextTerm};

/// The query that asks for a filter; moments in `zone`. Read and bound again, it lets the same records pass.
#[must_use]
pub fn query_of(spec: &FilterSpec, zone: &Zone) -> String {
    let mut parts = parts(spec);
    let expr = match parts.len() {
        1 => parts.remove(0),
        _ => Expr::All(parts),
    };
    print(&expr, zone)
}

/// What must hold, one after another.
pub(super) fn parts(spec: &FilterSpec) -> Vec<Expr> {
    let mut parts = Vec::new();
    let level = |op, name: &str| {
        let name = match standard_level(name.as_bytes()) {
            _ if name.is_empty() => "none".to_owned(),
            Some(_) => name.to_lowercase(),
            None => name.to_owned(),
        };
        field("level", op, &name)
    };
    let least = spec.levels.at_least.as_deref();
    parts.extend(least.map(|name| level(Op::AtLeast, name)));
    let shown = spec.levels.shown.iter();
    parts.extend(any(shown.map(|name| level(Op::Is, name))));
    let hidden = spec.levels.hidden.iter();
    parts.extend(hidden.map(|name| not(level(Op::Is, name))));
    parts.extend(loggers(&spec.loggers));
    let TimeRange { since, until } = spec.time;
    let ends = [(since, None), (None, until)];
    let ends = ends.into_iter().filter(|ends| *ends != (None, None));
    parts.extend(ends.map(|(since, until)| Expr::Time(TimeRange { since, until })));
    parts.extend(spec.text.iter().map(text));
    parts.extend(spec.more.iter().cloned());
    parts
}

fn field(name: &str, op: Op, value: &str) -> Expr {
    Expr::Field(Field {
        name: name.to_owned(),
        op,
        value: Value::Text(value.to_owned()),
    })
}

fn not(expr: Expr) -> Expr {
    Expr::Not(Box::new(expr))
}

fn text(term: &TextTerm) -> Expr {
    let text = Expr::Text(term.pattern.clone());
    match term.sense {
        Sense::Include => text,
        Sense::Exclude => not(text),
    }
}

fn loggers(rule: &LoggerRule) -> Vec<Expr> {
    if is_flat(rule) {
        let mut parts: Vec<Expr> = any(rule.include.iter().map(logger)).into_iter().collect();
        parts.extend(rule.exclude.iter().map(|term| not(logger(term))));
        return parts;
    }
    // What is shown within what is hidden counts: each shown part without what is hidden within it.
    let shown = rule.include.iter().map(|include| {
        let within = rule.exclude.iter();
        let within = within.filter(|hidden| *hidden == include || is_below(hidden, include));
        let mut parts = vec![logger(include)];
        parts.extend(within.map(|hidden| not(logger(hidden))));
        match parts.len() {
            1 => parts.remove(0),
            _ => Expr::All(parts),
        }
    });
    any(shown).into_iter().collect()
}

fn any(parts: impl Iterator<Item = Expr>) -> Option<Expr> {
    let mut parts: Vec<Expr> = parts.collect();
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Expr::Any(parts)),
    }
}

fn logger(term: &LoggerTerm) -> Expr {
    match (term.name.as_str(), term.reach) {
        ("", Reach::Subtree) => {
            // The whole tree, with what names no logger.
            let named = Field {
                name: "logger".to_owned(),
                op: Op::Is,
                value: Value::Wild("*".to_owned()),
            };
            Expr::Any(vec![Expr::Field(named), field("logger", Op::Is, "root")])
        }
        ("" | "root", Reach::Only) => field("logger", Op::Is, "root"),
        (name, Reach::Only) => field("logger", Op::Equals, name),
        // A logger called root with loggers below it is the root of the tree for the rules.
        ("root", Reach::Subtree) => logger(&LoggerTerm {
            name: String::new(),
            reach: Reach::Subtree,
        }),
        (name, Reach::Subtree) => field("logger", Op::Is, name),
    }
}
