//! What one tab shows: the pinned filter, the query being typed, and the last request made of them.

use crate::base::id::Ticket;
use crate::base::time::Timestamp;
use crate::query::lang::{Expr, Moments, QueryError, begun_field, bind_moving, parse};
use crate::query::spec::{FilterSpec, Pattern, Sense, TextTerm};
use crate::ui::panels::filter_bar::TextProblem;

/// The filter of a tab as the user edits it.
#[derive(Debug, Clone, Default)]
pub struct FilterState {
    /// Everything that is pinned as chips.
    pub spec: FilterSpec,
    /// What stands in the filter box, live while it is typed.
    pub draft: Option<TextTerm>,
    /// What the box asks for; while it cannot be read, what it asked for last or what stands before the part that is begun.
    asked: FilterSpec,
    /// Everything is shown for the moment, around the record that is looked at; the filter stays as it is.
    paused: bool,
    /// What the engine was asked for last, with times for moments that count from the end of the log.
    in_force: FilterSpec,
    /// The end that they were counted from.
    end: Option<Timestamp>,
    /// Why the draft cannot be read.
    mistake: Option<TextProblem>,
    /// The newest request made of the engine.
    pub ticket: Ticket,
    /// Why the engine cannot use the filter; the last good result stays on screen.
    pub problem: Option<TextProblem>,
}

impl FilterState {
    /// What the engine is asked for: the pinned parts and the draft.
    #[must_use]
    pub fn effective(&self) -> FilterSpec {
        match self.paused {
            true => FilterSpec::default(),
            false => self.whole(),
        }
    }

    /// The same as it is for a log that ends where moments count from, which is from now on what the engine shows.
    pub fn settle(&mut self, moments: &Moments<'_>) -> &FilterSpec {
        self.in_force = self.effective().settled(moments);
        self.end = moments.end;
        &self.in_force
    }

    /// What the engine was asked for last, with times for moments that count from the end of the log.
    #[must_use]
    pub fn in_force(&self) -> &FilterSpec {
        &self.in_force
    }

    /// Whether it shows another time by now, since the log goes on.
    #[must_use]
    pub fn is_behind(&self, moments: &Moments<'_>) -> bool {
        let steps = [&self.spec, &self.asked]
            .into_iter()
            .filter_map(FilterSpec::step);
        let Some(step) = steps.min().filter(|_| !self.paused) else {
            return false;
        };
        let moved = match (self.end, moments.end) {
            (Some(before), Some(end)) => end.0.abs_diff(before.0) >= step.unsigned_abs(),
            (before, end) => before != end,
        };
        moved && self.effective().settled(moments) != self.in_force
    }

    /// The same while everything is shown for the moment.
    #[must_use]
    pub fn whole(&self) -> FilterSpec {
        let mut spec = self.spec.clone();
        spec.narrow(&self.asked);
        spec
    }

    /// Whether everything is shown for the moment though there is a filter.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Shows everything for the moment, or what the filter leaves again. Whether that changes anything.
    pub fn toggle_pause(&mut self) -> bool {
        self.paused = !self.paused && !self.whole().is_everything();
        !self.whole().is_everything()
    }

    /// The filter changes: it is in force.
    pub fn go_on(&mut self) {
        self.paused = false;
    }

    /// Why what is in the box does not count.
    #[must_use]
    pub fn mistake(&self) -> Option<&TextProblem> {
        self.mistake.as_ref().or(self.problem.as_ref())
    }

    /// Takes over what is typed; `is_field` knows the fields of the log. Whether another filter is asked for.
    pub fn set_draft(
        &mut self,
        draft: Option<TextTerm>,
        moments: &Moments<'_>,
        is_field: impl Fn(&str) -> bool,
    ) -> bool {
        if self.draft == draft {
            return false;
        }
        let read = draft.as_ref().map_or_else(
            || Ok(FilterSpec::default()),
            |term| match begun_field(&term.pattern.text, is_field) {
                Some(begun) if !term.pattern.regex => Err(begun),
                _ => asked_by(term, moments),
            },
        );
        self.draft = draft;
        self.problem = None;
        match read {
            Ok(asked) => {
                self.mistake = None;
                let changed = asked != self.asked || self.paused;
                self.asked = asked;
                self.paused = false;
                changed
            }
            Err(error) => {
                // What stands before a part that is only begun counts already.
                let before = { self.draft.as_ref() }
                    .filter(|_| error.unfinished)
                    .and_then(|term| asked_by(&cut(term, error.at.start), moments).ok());
                self.mistake = Some(TextProblem {
                    column: Some(error.at.start),
                    length: error.at.len(),
                    message: error.message,
                    hint: error.hint,
                    unfinished: error.unfinished,
                });
                match before {
                    Some(before) if before != self.asked => {
                        self.asked = before;
                        true
                    }
                    _ => false,
                }
            }
        }
    }

    /// Forgets what is typed.
    pub fn clear_draft(&mut self) {
        self.draft = None;
        self.mistake = None;
        self.problem = None;
        self.asked = FilterSpec::default();
    }

    /// Pins what is typed. Whether there was something to pin.
    pub fn keep_draft(&mut self) -> bool {
        let readable = self.draft.is_some() && self.mistake().is_none();
        if readable {
            self.spec.narrow(&self.asked.clone());
            self.clear_draft();
        }
        readable
    }

    /// Whether what is typed is about levels, loggers or times, which have controls of their own.
    #[must_use]
    pub fn draft_is_clickable(&self) -> bool {
        let only_texts = FilterSpec {
            text: self.asked.text.clone(),
            more: self.asked.more.clone(),
            ..FilterSpec::default()
        };
        self.asked != only_texts || self.asked.step().is_some()
    }
}

/// The filter that the box asks for: its text is a query unless it is to be read as a regular expression. The switches for
/// case and words are about its plain texts.
fn asked_by(term: &TextTerm, moments: &Moments<'_>) -> Result<FilterSpec, QueryError> {
    let pattern = &term.pattern;
    if pattern.regex {
        return Ok(FilterSpec {
            text: vec![term.clone()],
            ..FilterSpec::default()
        });
    }
    let mut parsed = parse(&pattern.text)?;
    with_switches(&mut parsed.expr, pattern);
    // Nothing but blanks hides nothing.
    if term.sense == Sense::Exclude && !parsed.places.is_empty() {
        parsed.expr = Expr::Not(Box::new(parsed.expr));
    }
    bind_moving(&parsed, moments)
}

/// The first so many characters of what is typed.
fn cut(term: &TextTerm, chars: usize) -> TextTerm {
    let mut cut = term.clone();
    cut.pattern.text = term.pattern.text.chars().take(chars).collect();
    cut
}

fn with_switches(expr: &mut Expr, switches: &Pattern) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => {
            for part in parts {
                with_switches(part, switches);
            }
        }
        Expr::Not(inner) => with_switches(inner, switches),
        Expr::Text(pattern) if !pattern.regex => {
            pattern.case_sensitive |= switches.case_sensitive;
            pattern.whole_word |= switches.whole_word;
        }
        Expr::Text(_) | Expr::Field(_) | Expr::Time(_) => {}
    }
}
