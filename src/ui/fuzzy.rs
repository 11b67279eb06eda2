//! Looking for a name by some of its letters, as in `nxer` for "Next error".

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// A text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How well it fits; more is better, and only the order means something.
    pub score: u32,
    /// Which of its chars were looked for, counted from 0, in order.
    pub marks: Vec<u32>,
}

/// Looks for the words of one query, in any order; case does not matter.
#[derive(Debug)]
pub struct Fuzzy {
    matcher: Matcher,
    pattern: Pattern,
}

impl Fuzzy {
    /// For names: the letters of a word count most where words begin.
    #[must_use]
    pub fn new(query: &str) -> Self {
        Self::with(query, Config::DEFAULT)
    }

    /// For paths: the name of the file counts most.
    #[must_use]
    pub fn paths(query: &str) -> Self {
        Self::with(query, Config::DEFAULT.match_paths())
    }

    fn with(query: &str, config: Config) -> Self {
        Self {
            matcher: Matcher::new(config),
            pattern: Pattern::new(
                query,
                CaseMatching::Ignore,
                Normalization::Smart,
                AtomKind::Fuzzy,
            ),
        }
    }

    /// How a text fits; `None` when it does not. Everything fits an empty query.
    pub fn find(&mut self, text: &str) -> Option<Found> {
        let (mut chars, mut marks) = (Vec::new(), Vec::new());
        let text = Utf32Str::new(text, &mut chars);
        let score = self.pattern.indices(text, &mut self.matcher, &mut marks)?;
        marks.sort_unstable();
        marks.dedup();
        Some(Found { score, marks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best<'a>(query: &str, texts: &[&'a str]) -> Option<&'a str> {
        let mut fuzzy = Fuzzy::new(query);
        let found = texts
            .iter()
            .filter_map(|text| Some((fuzzy.find(text)?.score, *text)));
        found.max_by_key(|(score, _)| *score).map(|(_, text)| text)
    }

    #[test]
    fn letters_of_words_find_them() {
        let titles = [
            "Next error",
            "Next match",
            "Export...",
            "Clear all filters",
            "로그 열기",
        ];
        for (query, title) in [
            ("nxer", Some("Next error")),
            ("match", Some("Next match")),
            ("filters clear", Some("Clear all filters")),
            ("EXP", Some("Export...")),
            ("로기", Some("로그 열기")),
            ("zzz", None),
        ] {
            assert_eq!(best(query, &titles), title, "{query}");
        }
    }

    #[test]
    fn marks_are_chars_of_the_text() {
        let found = Fuzzy::new("열기")
            .find("로그 열기")
            .map(|found| found.marks);
        assert_eq!(found, Some(vec![3, 4]));
        let all = Fuzzy::new("").find("anything").map(|found| found.marks);
        assert_eq!(all, Some(vec![]));
    }
}
