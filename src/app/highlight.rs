//! What is marked in the rows: what the filter includes and what Find looks for, compiled once per change.

use crate::query::matcher::Matcher;
use crate::query::spec::{Pattern, Sense, TextTerm};
use crate::ui::table::model::{Highlight, MatchKind};

/// Compiled patterns of one tab.
#[derive(Debug, Default)]
pub struct Highlighter {
    patterns: Vec<(Pattern, MatchKind)>,
    matchers: Vec<(Matcher, MatchKind)>,
}

impl Highlighter {
    /// Takes over the patterns; compiles only when they changed. A pattern that does not compile marks nothing (the
    /// box that it was typed into says why).
    pub fn set(&mut self, terms: &[TextTerm], find: Option<&Pattern>) {
        let included = terms.iter().filter(|term| term.sense == Sense::Include);
        let filter = included.map(|term| (term.pattern.clone(), MatchKind::Filter));
        let find = find.map(|pattern| (pattern.clone(), MatchKind::Find));
        let patterns: Vec<_> = filter.chain(find).collect();
        if patterns != self.patterns {
            let compile =
                |(pattern, kind): &(Pattern, MatchKind)| Some((Matcher::new(pattern).ok()?, *kind));
            self.matchers = patterns.iter().filter_map(compile).collect();
            self.patterns = patterns;
        }
    }

    /// Adds the marks of one cell's text; `stands_here` if Find stands on this record.
    pub fn mark(&self, text: &str, stands_here: bool, out: &mut Vec<Highlight>) {
        for (matcher, kind) in &self.matchers {
            let kind = match kind {
                MatchKind::Find if stands_here => MatchKind::FindCurrent,
                kind => *kind,
            };
            out.extend(
                matcher
                    .ranges(text)
                    .into_iter()
                    .map(|range| Highlight { range, kind }),
            );
        }
    }
}
