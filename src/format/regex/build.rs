//! From a pattern's text to its automaton and its syntax, and what to say of one that is none.

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::Hir;

use super::super::spec::FormatError;

/// Largest compiled size of a pattern, in bytes: a pattern from a settings file must not eat the memory.
pub(super) const SIZE_LIMIT: usize = 8 << 20;

fn anchored(pattern: &str) -> String {
    format!("\\A(?:{pattern})")
}

/// The automaton of a pattern that matches from the beginning of a text.
pub(super) fn build(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&anchored(pattern))
        .unicode(true)
        .size_limit(SIZE_LIMIT)
        .build()
}

/// The pattern as `build` understands it.
pub(super) fn parse(pattern: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new()
        .utf8(false)
        .build()
        .parse(&anchored(pattern))
        .map_err(Box::new)
}

/// The error in the user's terms, with the column in the pattern.
pub(super) fn explain(pattern: &str, error: &regex::Error) -> FormatError {
    let hint = "a backslash takes a character's meaning away: \\[ is a bracket";
    match error {
        regex::Error::CompiledTooBig(_) => FormatError::new(
            "the pattern is too large",
            "use fewer or smaller repetitions such as {1,100}",
        ),
        error => {
            let text = error.to_string();
            let reason = text
                .lines()
                .rev()
                .find_map(|line| line.strip_prefix("error: "));
            let caret = text
                .lines()
                .find_map(|line| line.trim_end().strip_suffix('^').map(str::len));
            let message = reason.unwrap_or("no regular expression").to_owned();
            let error = FormatError::new(message, hint);
            // The marker stands below the pattern, which is indented by four and begins with `\A(?:`.
            match caret.and_then(|caret| caret.checked_sub(4 + 5)) {
                Some(column) if !pattern.contains('\n') => {
                    error.at(column.min(pattern.chars().count()))
                }
                _ => error,
            }
        }
    }
}
