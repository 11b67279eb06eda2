//! One matcher for the text filter, for Find and for what both highlight, so that the three never disagree.

use std::ops::Range;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use super::confine::{Asks, confined, required_part};
use super::searcher::{Searcher, Session};
use super::spec::Pattern;

/// Most marks that one displayed text gets.
const MAX_RANGES: usize = 1_000;

/// A part that is in lines without a match so often is not looked for any more: after so many lines, with no more bytes
/// for each of them.
const MISSES: usize = 64;
const MISS_BYTES: usize = 1 << 10;

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
    whole: Searcher,
    /// The same within single lines, where that is not the same.
    line: Option<Searcher>,
    /// A part of every match that is found faster.
    part: Option<Searcher>,
    asks: Asks,
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
            regex_syntax::escape(&pattern.text)
        };
        // Parsed alone first, so that an error's column counts in what the user typed.
        let mut hir = parse(&text, pattern.case_sensitive)?;
        if pattern.whole_word {
            // Half boundaries: a word may begin or end with a sign, as `-1` or `C++`.
            let words = format!(r"\b{{start-half}}(?:{text})\b{{end-half}}");
            hir = parse(&words, pattern.case_sensitive)?;
        }
        let (line, crosses) = confined(&hir);
        let part = required_part(&line);
        Ok(Self {
            whole: compile(&hir)?,
            line: crosses.then(|| compile(&line)).transpose()?,
            part: part.as_ref().map(compile).transpose()?,
            asks: Asks::of(&hir),
            empty: pattern.text.is_empty(),
        })
    }

    /// Whether the text, a record without its final line end, matches.
    #[must_use]
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.whole.is_match(text)
    }

    /// The parts of a displayed text that match, in order, for highlighting; empty matches are left out.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.empty {
            return Vec::new();
        }
        self.whole
            .find_iter(text.as_bytes())
            .map(|hit| hit.range())
            .filter(|range| !range.is_empty())
            .filter(|range| text.is_char_boundary(range.start) && text.is_char_boundary(range.end))
            .take(MAX_RANGES)
            .collect()
    }

    /// Gets ready to search many records.
    pub(super) fn hunt(&self) -> Hunt<'_> {
        Hunt {
            whole: self.whole.session(),
            line: self.line.as_ref().map(Searcher::session),
            part: self.part.as_ref().map(Searcher::session),
            asks: self.asks,
        }
    }
}

/// A search through many records.
#[derive(Debug)]
pub(super) struct Hunt<'a> {
    /// For single texts.
    pub(super) whole: Session<'a>,
    line: Option<Session<'a>>,
    part: Option<Session<'a>>,
    pub(super) asks: Asks,
}

impl Hunt<'_> {
    /// Whether a match may contain a line feed, so that a record of several lines may match where none of its lines does.
    pub(super) fn crosses_lines(&self) -> bool {
        self.line.is_some()
    }

    /// Where a match within a single line ends that starts at or after `from`, the start of a line, in bytes that hold
    /// many records. No record before the one of that match has any.
    pub(super) fn any_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let line = self.line.as_mut().unwrap_or(&mut self.whole);
        let Some(part) = &mut self.part else {
            return line.any_end(bytes, from..bytes.len());
        };
        let mut from = from;
        let (began, mut misses) = (from, 0);
        while let Some(at) = part.any_end(bytes, from..bytes.len()) {
            // The part is not empty and lies within the line that its last byte is of.
            let before = bytes.get(from..at.saturating_sub(1)).unwrap_or_default();
            let start = memchr::memrchr(b'\n', before).map_or(from, |feed| from + feed + 1);
            let rest = bytes.get(at..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |feed| at + feed);
            if let Some(hit) = line.any_end(bytes, start..end) {
                return Some(hit);
            }
            from = end;
            misses += 1;
            if misses >= MISSES && end - began < misses * MISS_BYTES {
                // It is in almost every line, and only in the way.
                self.part = None;
                return line.any_end(bytes, from..bytes.len());
            }
        }
        None
    }
}

/// Whether a pattern can be matched.
///
/// # Errors
/// As [`Matcher::new`].
pub(super) fn check_regex(pattern: &Pattern) -> Result<(), PatternError> {
    Matcher::new(pattern).map(drop)
}

fn parse(text: &str, case_sensitive: bool) -> Result<Hir, PatternError> {
    ParserBuilder::new()
        .utf8(false)
        .case_insensitive(!case_sensitive)
        .multi_line(true)
        .crlf(true)
        .build()
        .parse(text)
        .map_err(|error| describe(&error.to_string()))
}

fn compile(hir: &Hir) -> Result<Searcher, PatternError> {
    Searcher::new(hir).map_err(|error| {
        let message = match error.size_limit() {
            Some(_) => "the expression is too large; use fewer or smaller repetitions".to_owned(),
            None => error.to_string(),
        };
        PatternError {
            message,
            column: None,
            term: 0,
        }
    })
}

/// The regex package draws a caret under the pattern; the reason stands in the last line.
fn describe(drawing: &str) -> PatternError {
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
    PatternError {
        message: reason.to_owned(),
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
}
