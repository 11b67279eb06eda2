//! Where a line stops matching a pattern: the longest run of its parts, from the first one on, that still matches. For
//! people who fix a pattern, not for the scan.

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::ast::{Ast, parse::Parser};

use super::build::SIZE_LIMIT;

/// What of a pattern a line matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format) struct RegexStop {
    /// Bytes of the line that match.
    pub at: usize,
    /// The part of the pattern that does not.
    pub part: String,
    /// Where it stands in the pattern, in characters from 0.
    pub column: usize,
}

/// Where a line that the pattern does not match stops; `None` for a pattern of one part.
pub(in crate::format) fn stop(pattern: &str, line: &[u8]) -> Option<RegexStop> {
    let ends = ends(pattern)?;
    // The more of the pattern, the less matches: so half of what is open is ruled out by each try.
    let (mut good, mut bad, mut at) = (0, ends.len(), 0);
    while bad - good > 1 {
        let middle = good.midpoint(bad);
        let prefix = ends.get(middle - 1).and_then(|end| pattern.get(..*end))?;
        match matched(prefix, line) {
            Some(end) => (good, at) = (middle, end),
            None => bad = middle,
        }
    }
    let start = match good.checked_sub(1) {
        Some(last) => *ends.get(last)?,
        None => 0,
    };
    let part = pattern.get(start..*ends.get(bad - 1)?)?;
    Some(RegexStop {
        at,
        part: part.to_owned(),
        column: pattern.get(..start)?.chars().count(),
    })
}

/// Where each part of a pattern ends, in bytes.
fn ends(pattern: &str) -> Option<Vec<usize>> {
    let parsed = Parser::new().parse(pattern).ok()?;
    let Ast::Concat(concat) = &parsed else {
        return None;
    };
    let ends = concat.asts.iter().map(|ast| ast.span().end.offset);
    Some(ends.collect())
}

/// How many bytes from the beginning of the line match.
fn matched(prefix: &str, line: &[u8]) -> Option<usize> {
    let regex: Regex = RegexBuilder::new(&format!("^(?:{prefix})"))
        .size_limit(SIZE_LIMIT)
        .unicode(true)
        .build()
        .ok()?;
    regex.find(line).map(|found| found.end())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn the_first_part_that_fails_is_told() {
        let pattern = r"^(?<asctime>\d+-\d+-\d+) \[(?<levelname>[A-Z]+)\] (?<message>.*)";
        for (line, at, part, column) in [
            ("2026-11-22 (INFO) up", 11, r"\[", 25),
            ("2026-11-22 [info] up", 12, "(?<levelname>[A-Z]+)", 27),
            ("로그", 0, r"(?<asctime>\d+-\d+-\d+)", 1),
            ("2026-11-22 [INFO]up", 17, " ", 49),
        ] {
            let stop = stop(pattern, line.as_bytes()).unwrap();
            assert_eq!(
                (stop.at, &*stop.part, stop.column),
                (at, part, column),
                "{line}"
            );
        }
        assert_eq!(stop("(?<message>a)", b"b"), None);
        assert_eq!(stop("(", b"b"), None);
    }
}
