//! One matcher for the text filter, for Find and for what both highlight, so that the three never disagree.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

use super::spec::Pattern;

/// Largest compiled expression in bytes; `(a{1000}){1000}` is refused instead of taking all memory.
const SIZE_LIMIT: usize = 8 << 20;
/// Most marks that one displayed text gets.
const MAX_RANGES: usize = 1_000;

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    /// The reason in plain words.
    pub message: String,
    /// Where in the pattern, in characters from 0, if it is in one place.
    pub column: Option<usize>,
    /// Which of several text terms, from 0.
    pub term: usize,
}

/// A compiled [`Pattern`].
///
/// The text that is matched is a record without its final line end; `^` and `$` are the ends of lines in it.
#[derive(Debug, Clone)]
pub struct Matcher {
    regex: Regex,
    alone: bool,
    empty: bool,
}

impl Matcher {
    /// Compiles a pattern. The empty pattern matches everything and marks nothing.
    ///
    /// # Errors
    /// The expression is not valid or far too large.
    pub fn new(pattern: &Pattern) -> Result<Self, PatternError> {
        let text = if pattern.regex {
            pattern.text.clone()
        } else {
            regex::escape(&pattern.text)
        };
        // Compiled alone first, so that an error's column counts in what the user typed.
        let mut regex = build(&text, pattern.case_sensitive)?;
        if pattern.whole_word {
            // Half boundaries: a word may begin or end with a sign, as `-1` or `C++`.
            let words = format!(r"\b{{start-half}}(?:{text})\b{{end-half}}");
            regex = build(&words, pattern.case_sensitive)?;
        }
        Ok(Self {
            regex,
            alone: pattern.regex && knows_text_ends(&pattern.text),
            empty: pattern.text.is_empty(),
        })
    }

    /// Whether the text, a record without its final line end, matches.
    #[must_use]
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.regex.is_match(text)
    }

    /// The parts of a displayed text that match, in order, for highlighting; empty matches are left out.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.empty {
            return Vec::new();
        }
        self.regex
            .find_iter(text.as_bytes())
            .map(|hit| hit.range())
            .filter(|range| !range.is_empty())
            .filter(|range| text.is_char_boundary(range.start) && text.is_char_boundary(range.end))
            .take(MAX_RANGES)
            .collect()
    }

    /// The first match that starts at or after `from`, in bytes that hold many records.
    pub(super) fn find_at(&self, bytes: &[u8], from: usize) -> Option<Range<usize>> {
        if from > bytes.len() {
            return None;
        }
        self.regex.find_at(bytes, from).map(|hit| hit.range())
    }

    /// Whether records must be searched one by one, because the pattern asks where the text begins or ends.
    pub(super) fn alone(&self) -> bool {
        self.alone
    }
}

/// Whether an expression may use `\A` or `\z`, or switch the line mode of `^` and `$` off. True too often costs
/// time only.
fn knows_text_ends(text: &str) -> bool {
    let flags_off = text.split("(?").skip(1).any(|group| {
        let flags = group.split([':', ')']).next().unwrap_or("");
        flags
            .split_once('-')
            .is_some_and(|(_, off)| off.contains(['m', 'R']))
    });
    flags_off || text.contains(r"\A") || text.contains(r"\z")
}

fn build(text: &str, case_sensitive: bool) -> Result<Regex, PatternError> {
    RegexBuilder::new(text)
        .case_insensitive(!case_sensitive)
        .multi_line(true)
        .crlf(true)
        .size_limit(SIZE_LIMIT)
        .build()
        .map_err(|error| describe(&error))
}

/// The regex package draws a caret under the pattern; the reason stands in the last line.
fn describe(error: &regex::Error) -> PatternError {
    let (message, column) = match error {
        regex::Error::CompiledTooBig(_) => (
            "the expression is too large; use fewer or smaller repetitions".to_owned(),
            None,
        ),
        other => {
            let drawing = other.to_string();
            let caret = |line: &str| {
                let at = line.trim_end().strip_prefix("    ")?;
                at.trim_start()
                    .starts_with('^')
                    .then(|| at.chars().take_while(|c| *c == ' ').count())
            };
            let reason = drawing.lines().last().unwrap_or("not a valid expression");
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            // A pattern of several lines is drawn with line numbers; its column would mislead.
            let column = match drawing.lines().count() {
                4 => drawing.lines().find_map(caret),
                _ => None,
            };
            (reason.to_owned(), column)
        }
    };
    PatternError {
        message,
        column,
        term: 0,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    /// Flags: `c` case-sensitive, `w` whole word, `r` regex.
    fn pattern(text: &str, flags: &str) -> Pattern {
        Pattern {
            text: text.to_owned(),
            case_sensitive: flags.contains('c'),
            whole_word: flags.contains('w'),
            regex: flags.contains('r'),
        }
    }

    #[test]
    fn switches() {
        for (text, flags, record, expected) in [
            ("error", "", "an ERROR here", true),
            ("error", "c", "an ERROR here", false),
            ("a.b", "", "axb", false),
            ("a.b", "r", "axb", true),
            ("time", "w", "timeout", false),
            ("time", "w", "a time out", true),
            ("-1", "w", "x = -1;", true),
            ("C++", "w", "in C++ now", true),
            ("오류", "w", "치명적 오류 발생", true),
            ("오류", "w", "오류가 발생", false),
            ("^  File", "r", "Traceback\n  File", true),
            ("done$", "r", "done\nnext", true),
            ("done$", "r", "done\r\nnext", true),
            ("^$", "r", "one line", false),
            (r"\Anext", "r", "done\nnext", false),
            ("", "", "anything", true),
        ] {
            let matcher = Matcher::new(&pattern(text, flags)).unwrap();
            assert_eq!(
                matcher.is_match(record.as_bytes()),
                expected,
                "{text:?} {flags} in {record:?}"
            );
        }
    }

    #[test]
    fn errors_say_why_and_where() {
        for (text, column, part) in [
            ("foo(bar", Some(3), "unclosed group"),
            ("오류[", Some(2), "unclosed"),
            ("a{2,1}", Some(1), "invalid repetition"),
            ("(?=x)", Some(0), "look-around"),
            ("(a{1000}){1000}", None, "too large"),
        ] {
            for flags in ["r", "rw"] {
                let error = Matcher::new(&pattern(text, flags)).unwrap_err();
                assert_eq!(error.column, column, "{text}: {error}");
                assert!(error.message.contains(part), "{text}: {error}");
            }
        }
    }

    #[test]
    fn marks_are_what_matched() {
        let matcher = Matcher::new(&pattern("오류", "")).unwrap();
        assert_eq!(matcher.ranges("a 오류 b 오류"), [2..8, 11..17]);
        let matcher = Matcher::new(&pattern("x*", "r")).unwrap();
        assert_eq!(matcher.ranges("axxbx"), [1..3, 4..5]);
        assert!(
            Matcher::new(&pattern("", ""))
                .unwrap()
                .ranges("abc")
                .is_empty()
        );
    }

    #[test]
    fn expressions_about_the_whole_text_are_recognised() {
        for (text, expected) in [
            (r"\Ax", true),
            (r"x\z", true),
            ("(?-m)^x", true),
            ("(?i-m:^x)", true),
            ("(?i)x-m", false),
            ("^x$", false),
        ] {
            assert_eq!(knows_text_ends(text), expected, "{text}");
        }
    }
}
