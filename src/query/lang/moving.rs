//! Filters that go along with the end of a log: `since:-1h` of a log that is followed means its last hour at any time.

use super::bind::{Moments, Moving, add, resolve};
use super::{Expr, Field, Parsed, QueryError, Value, keyword};
use crate::base::time::{NANOS_PER_SEC, parse_span};
use crate::query::spec::FilterSpec;

/// The ends of the time that a filter shows move in so many steps a span.
const STEPS: i64 = 60;

/// The filter that a query asks for, with moments that count from the end of the log as they are typed: see
/// [`FilterSpec::settled`].
///
/// # Errors
/// A moment cannot be read.
pub fn bind_moving(parsed: &Parsed, moments: &Moments<'_>) -> Result<FilterSpec, QueryError> {
    let mut places = parsed.places.iter();
    let bound = resolve(&parsed.expr, &mut places, moments, Moving::Stay)?;
    let mut spec = FilterSpec::default();
    add(&mut spec, bound);
    Ok(spec)
}

impl FilterSpec {
    /// The filter as it is for a log that ends there: with times for moments that count from its end.
    #[must_use]
    pub fn settled(&self, moments: &Moments<'_>) -> Self {
        let mut spec = self.clone();
        spec.more.clear();
        for part in self.more.iter().cloned() {
            match shortest(&part) {
                // It could be read when it was typed.
                Some(_) => {
                    let places = &mut std::iter::empty();
                    let settled = resolve(&part, places, moments, Moving::Settle);
                    add(&mut spec, settled.unwrap_or(part));
                }
                None => spec.more.push(part),
            }
        }
        spec
    }

    /// How far the log's end has to move until it is another filter, in nanoseconds; `None` if it does not go along.
    #[must_use]
    pub fn step(&self) -> Option<i64> {
        let spans = self.more.iter().filter_map(shortest);
        spans.min().map(|span| (span / STEPS).max(NANOS_PER_SEC))
    }

    /// Removes the parts that say nothing but a time and go along with the log's end.
    pub fn stand_still(&mut self) {
        self.more
            .retain(|part| !matches!(part, Expr::Field(field) if span_of(field).is_some()));
    }
}

/// The shortest of the spans that a part counts from the log's end, in nanoseconds.
fn shortest(part: &Expr) -> Option<i64> {
    match part {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().filter_map(shortest).min(),
        Expr::Not(inner) => shortest(inner),
        Expr::Field(field) => span_of(field),
        Expr::Text(_) | Expr::Time(_) => None,
    }
}

/// The span that `since:` or `until:` counts from the log's end, in nanoseconds.
pub(super) fn span_of(field: &Field) -> Option<i64> {
    match (keyword(&field.name), &field.value) {
        (Some("since" | "until"), Value::Text(text)) => parse_span(text).map(i64::abs),
        _ => None,
    }
}
