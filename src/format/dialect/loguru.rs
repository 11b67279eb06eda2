//! loguru's formats: `<green>{time:YYYY-MM-DD HH:mm:ss.SSS}</green> | <level>{level: <8}</level> | {name}:{line} - {message}`.
//!
//! They are Python's `{` style with loguru's own record, its own date tokens, and markup for colours.
//! Source: `loguru.Logger.add`, "The format string" and "The time formatting".

use super::date::{Dialect, strftime};
use super::{COLOR, RESET};
use crate::format::brace;
use crate::format::layout::{FieldDate, FieldSpec, Layout, Piece};
use crate::format::spec::FormatError;

/// Keys of loguru's record, and what `logging` calls the same.
const NAMES: [(&str, &str); 12] = [
    ("level", "levelname"),
    ("level.name", "levelname"),
    ("level.no", "levelno"),
    ("function", "funcName"),
    ("line", "lineno"),
    ("file", "filename"),
    ("file.name", "filename"),
    ("file.path", "pathname"),
    ("process", "process"),
    ("process.name", "processName"),
    ("thread", "thread"),
    ("thread.name", "threadName"),
];

/// Whether a text is such a format: it has loguru's dates, its keys or its markup.
pub(in crate::format) fn is_format(text: &str) -> bool {
    let dated = text.split("{time:").skip(1).any(|rest| {
        let date = rest.split('}').next().unwrap_or_default();
        date.contains(['Y', 'M', 'D', 'H', 'h', 'm', 's', 'X'])
    });
    let own = ["{level.", "{extra[", "{file.", "{process.", "{thread."];
    let marked = text.contains("</") && text.contains('{');
    dated || marked || own.iter().any(|key| text.contains(key))
}

/// Parses a format.
///
/// # Errors
/// What `str.format` would refuse, or a date with a letter that means nothing.
pub(in crate::format) fn parse(text: &str) -> Result<Layout, FormatError> {
    let mut layout = Layout::default();
    let (plain, columns) = without_dates(text)?;
    let parsed = brace::parse(&plain).map_err(|error| FormatError {
        column: error.column.map(|at| columns.real(at)),
        ..error
    })?;
    let mut dates = columns.dates.into_iter();
    for piece in parsed.pieces {
        match piece {
            Piece::Literal(text) => marked(&mut layout, &text),
            Piece::Field(field) if &*field.name == "time" => layout.push_time(FieldSpec {
                name: "asctime".into(),
                date: dates.next().flatten(),
                ..field
            }),
            Piece::Field(field) if matches!(&*field.name, "exception" | "level.icon") => {
                // The exception stands behind the record; an icon is any one word.
                if &*field.name == "level.icon" {
                    layout.push_field(field);
                }
            }
            Piece::Field(field) => {
                let known = NAMES.iter().find(|(key, _)| *key == &*field.name);
                let name = known.map_or(&*field.name, |(_, name)| name);
                let name = name
                    .strip_prefix("extra[")
                    .map_or(name, |key| key.trim_end_matches(']'));
                layout.push_field(FieldSpec {
                    name: name.into(),
                    ..field
                });
            }
            Piece::Blanks => layout.push(Piece::Blanks),
        }
    }
    layout.trim_line_end();
    Ok(layout)
}

/// Text with `<green>` and `</green>` taken out, colours in their places.
fn marked(layout: &mut Layout, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let escaped = before.ends_with('\\');
        let end = tag.find('>').filter(|_| !escaped && is_tag(tag));
        layout.push_literal(if escaped {
            before.strip_suffix('\\').unwrap_or(before)
        } else {
            before
        });
        let Some(end) = end else {
            layout.push_literal("<");
            rest = tag.get(1..).unwrap_or_default();
            continue;
        };
        let name = if tag.starts_with("</") { RESET } else { COLOR };
        layout.push_field(FieldSpec::plain(name));
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    layout.push_literal(rest);
}

/// `<green>`, `</>`, `<bold>`, `<fg 12,5,9>`
fn is_tag(text: &str) -> bool {
    let inside = text.get(1..).and_then(|rest| rest.split('>').next());
    inside.is_some_and(|name| {
        name == "/"
            || name
                .trim_start_matches('/')
                .starts_with(|c: char| c.is_ascii_alphabetic())
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "/-_ ,#".contains(c))
    })
}

/// The dates that were taken out of a format, and where.
#[derive(Default)]
struct Dates {
    dates: Vec<Option<FieldDate>>,
    /// Columns in the text that is left, and how many characters were taken out there.
    cuts: Vec<(usize, usize)>,
}

impl Dates {
    /// The column in the text that the user typed.
    fn real(&self, column: usize) -> usize {
        let cut = self.cuts.iter().filter(|(at, _)| *at <= column);
        column + cut.map(|(_, len)| len).sum::<usize>()
    }
}

/// The format with `{time}` in place of `{time:…}`.
fn without_dates(text: &str) -> Result<(String, Dates), FormatError> {
    const OPENING: &str = "{time";
    let mut plain = String::new();
    let mut found = Dates::default();
    let mut rest = text;
    while let Some(at) = rest.find(OPENING) {
        let (before, field) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        plain.push_str(OPENING);
        let behind = field.get(OPENING.len()..).unwrap_or_default();
        let end = behind.find('}').unwrap_or(behind.len());
        let (date, behind) = behind.split_at_checked(end).unwrap_or((behind, ""));
        rest = behind;
        let Some(pattern) = date.strip_prefix(':') else {
            if date.is_empty() && !before.ends_with('{') {
                found.dates.push(None);
            }
            plain.push_str(date);
            continue;
        };
        let here = plain.chars().count();
        let column = found.real(here) + 1;
        let (pattern, utc) = match pattern.strip_suffix("!UTC") {
            Some(pattern) => (pattern, Some(0)),
            None => (pattern, None),
        };
        found.dates.push(Some(FieldDate {
            pattern: strftime(Dialect::Loguru, pattern, column)?.into(),
            offset: utc,
        }));
        found.cuts.push((here, date.chars().count()));
    }
    plain.push_str(rest);
    Ok((plain, found))
}
