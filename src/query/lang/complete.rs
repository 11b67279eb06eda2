//! What could be typed at the cursor: where a word or a value begins, and what it may go on to.

use std::ops::Range;

use super::{QueryError, keyword};

/// What stands at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtCursor {
    /// The field whose value it is; `None` for the beginning of a part.
    pub field: Option<String>,
    /// What of it stands before the cursor.
    pub typed: String,
    /// The whole of it, in characters; this is what a choice replaces.
    pub range: Range<usize>,
}

/// What stands at the cursor, `cursor` characters from the start; `None` within quotes and after a blank.
#[must_use]
pub fn at_cursor(text: &str, cursor: usize) -> Option<AtCursor> {
    let chars: Vec<char> = text.chars().collect();
    let before = chars.get(..cursor.min(chars.len()))?;
    let (mut start, mut quoted) = (0, false);
    let mut escaped = false;
    for (at, c) in before.iter().enumerate() {
        match c {
            '"' if !escaped => quoted = !quoted,
            c if !quoted && c.is_whitespace() => start = at + 1,
            '(' if !quoted && before.get(start..at)?.iter().all(|c| *c == '-') => start = at + 1,
            '(' if !quoted && ends_with_sign(before.get(start..at)?) => return None,
            _ => {}
        }
        escaped = *c == '\\' && !escaped;
    }
    while before.get(start) == Some(&'-') {
        start += 1;
    }
    if quoted || start >= before.len() {
        return None;
    }
    let part = before.get(start..)?;
    let sign = part.iter().position(is_sign);
    let signs = |at: usize| part.iter().skip(at).take_while(|c| is_sign(c)).count();
    let (field, from) = match sign {
        Some(0) => return None,
        Some(at) => (Some(part.get(..at)?.iter().collect()), at + signs(at)),
        None => (None, 0),
    };
    let typed = part.get(from..)?;
    if typed.first() == Some(&'"') || typed.contains(&'/') {
        return None;
    }
    let rest = chars.get(before.len()..)?.iter();
    let rest = rest
        .take_while(|c| !c.is_whitespace() && **c != ')')
        .count();
    Some(AtCursor {
        field,
        typed: typed.iter().collect(),
        range: start + from..before.len() + rest,
    })
}

/// What is wrong with a text that ends with a field and an operator, such as `thread:`, if `is_field` says that the log has
/// one of that name: its value is still to come. Elsewhere `name:` is a text to look for.
#[must_use]
pub fn begun_field(text: &str, is_field: impl Fn(&str) -> bool) -> Option<QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let at = at_cursor(text, chars.len())?;
    let name = at
        .field
        .filter(|name| at.typed.is_empty() && is_field(name))?;
    let before = chars.get(..at.range.start)?;
    let sign = before.iter().rev().take_while(|c| is_sign(c)).count();
    let start = before.len().checked_sub(sign + name.chars().count())?;
    let written: String = before.iter().skip(start).collect();
    let error = QueryError::new(
        format!("A value is missing after {written}"),
        "Quotes make a text of it",
        start..chars.len(),
    );
    Some(error.unfinished())
}

fn is_sign(c: &char) -> bool {
    matches!(c, ':' | '=' | '<' | '>' | '!')
}

fn ends_with_sign(part: &[char]) -> bool {
    matches!(part.last(), Some(':' | '=' | '<' | '>'))
}

/// Moments that are asked for often.
const MOMENTS: [&str; 7] = ["-5m", "-15m", "-1h", "-1d", "-1w", "today", "yesterday"];

/// The names that go on what is typed: keywords and `fields`, each with a colon.
#[must_use]
pub fn names<'a>(typed: &str, fields: impl Iterator<Item = &'a str>) -> Vec<String> {
    let keywords = [
        "level",
        "logger",
        "since",
        "until",
        "message",
        "pattern",
        "exception",
    ]
    .into_iter();
    let fields = fields.filter(|field| keyword(field).is_none() && is_word(field));
    let fits = |name: &&str| begins_with(name, typed);
    let mut names: Vec<String> = Vec::new();
    for name in keywords.chain(fields).filter(fits) {
        let name = format!("{name}:");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The moments that go on what is typed.
#[must_use]
pub fn moments(typed: &str) -> Vec<String> {
    let fits = MOMENTS
        .into_iter()
        .filter(|moment| begins_with(moment, typed));
    fits.map(str::to_owned).collect()
}

/// Whether a name begins with what is typed, in any case.
#[must_use]
pub fn begins_with(name: &str, typed: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    typed
        .chars()
        .flat_map(char::to_lowercase)
        .all(|c| name.next() == Some(c))
}

fn is_word(name: &str) -> bool {
    name.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | '$'))
}

/// Names with dots, one step further than what is typed, with the sum of what they and those below them count: `ap` goes
/// on to `app`, `app.` to `app.db`. The largest first.
#[must_use]
pub fn next_steps<'a>(
    typed: &str,
    counted: impl Iterator<Item = (&'a str, u64)>,
) -> Vec<(String, u64)> {
    let mut steps = std::collections::BTreeMap::<&str, u64>::new();
    for (name, count) in counted.filter(|(name, _)| begins_with(name, typed)) {
        let rest = name.get(typed.len()..).unwrap_or_default();
        let end = rest.find('.').map_or(name.len(), |dot| typed.len() + dot);
        *steps.entry(name.get(..end).unwrap_or(name)).or_default() += count;
    }
    let mut steps: Vec<(String, u64)> = steps
        .into_iter()
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, count)| (name.to_owned(), count))
        .collect();
    steps.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_cursor() {
        for (text, field, typed, range) in [
            ("le", None, "le", 0..2),
            ("a -(le", None, "le", 4..6),
            ("x level>=wa", Some("level"), "wa", 9..11),
            ("-logger:", Some("logger"), "", 8..8),
            ("(logger:app.", Some("logger"), "app.", 8..12),
            ("로거 since:-1", Some("since"), "-1", 9..11),
        ] {
            let found = at_cursor(text, text.chars().count());
            let expected = AtCursor {
                field: field.map(str::to_owned),
                typed: typed.to_owned(),
                range,
            };
            assert_eq!(found, Some(expected), "{text}");
        }
        for text in ["", "a ", "\"le", "path:/a", ":", "x:(a", "x:\"a"] {
            assert_eq!(at_cursor(text, text.chars().count()), None, "{text}");
        }
        let middle = at_cursor("level:error x", 8);
        assert_eq!(
            middle.map(|it| (it.typed, it.range)),
            Some(("er".to_owned(), 6..11))
        );
    }

    #[test]
    fn names_and_steps() {
        let fields = ["lineno", "level", "threadName", "a b"];
        assert_eq!(
            names("l", fields.into_iter()),
            ["level:", "logger:", "lineno:"]
        );
        assert_eq!(names("TH", fields.into_iter()), ["threadName:"]);
        let loggers = [
            ("app", 1),
            ("app.db", 5),
            ("app.db.pool", 7),
            ("api", 2),
            ("", 9),
        ];
        let steps = |typed| next_steps(typed, loggers.into_iter());
        assert_eq!(steps("a"), [("app".to_owned(), 13), ("api".to_owned(), 2)]);
        assert_eq!(steps("app."), [("app.db".to_owned(), 12)]);
        assert_eq!(steps("app.db"), [("app.db".to_owned(), 12)]);
    }
}
