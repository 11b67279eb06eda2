//! Where a line stops matching a template or a pattern. For people who fix a template, not for the scan: it tries the template step by
//! step and costs many times what a match does.

use std::borrow::Cow;
use std::fmt;

use super::places::{FieldPlace, Kind, places};
use super::{Found, NO_SPAN, Part, Slot, Start, Step, Template};
use crate::format::extractor::Extractor;
use crate::format::field::Role;
use crate::format::regex;
use crate::format::spec::{Format, FormatSpec};
use crate::format::steps::{Goal, Reader, TextUse};

/// Where a line stops matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Where in the line, in characters from 0.
    pub line_column: usize,
    /// What the template wants there, in words.
    pub expected: String,
    /// Where the template says so, in characters from 0; `None` for formats without such places.
    pub template_column: Option<usize>,
    /// Which format of a mixed file that is, counted from 0; `None` in other files.
    pub part: Option<usize>,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.line_column + 1;
        write!(
            f,
            "stopped at column {column} of the line: expected {}",
            self.expected
        )?;
        match (self.part, self.template_column) {
            (Some(part), Some(column)) => {
                write!(f, " of format {}, column {}", part + 1, column + 1)
            }
            (None, Some(column)) => write!(f, " of the template, column {}", column + 1),
            (Some(part), None) => write!(f, " of format {}", part + 1),
            (None, None) => Ok(()),
        }
    }
}

/// Where a line stops matching the format; of several formats, the one that reads furthest says. `None` if it matches, or
/// if the format has no text to point at.
#[must_use]
pub fn stop(format: &Format, line: &[u8]) -> Option<Stop> {
    if format.extractor.is_start(line) {
        return None;
    }
    stop_in(&format.spec, &format.extractor, line)
}

fn stop_in(spec: &FormatSpec, extractor: &Extractor, line: &[u8]) -> Option<Stop> {
    match (spec, extractor) {
        (FormatSpec::Mixed { formats }, Extractor::Mixed(mixed)) => {
            let parts = formats.iter().zip(mixed.parts());
            let stops = parts.enumerate().filter_map(|(at, (spec, part))| {
                let stop = stop_in(spec, part, line)?;
                Some(Stop {
                    part: Some(at),
                    ..stop
                })
            });
            stops.reduce(|best, stop| {
                if stop.line_column > best.line_column {
                    stop
                } else {
                    best
                }
            })
        }
        (FormatSpec::Adjusted { format, .. }, Extractor::Adjusted(adjusted)) => {
            stop_in(format, adjusted.inner(), line)
        }
        (FormatSpec::Within { inner, .. }, Extractor::Wrapped(wrapped)) => {
            let Some((text, start)) = wrapped.open(line) else {
                return Some(Stop {
                    line_column: 0,
                    expected: format!("what {} puts before a line", wrapped.envelope().title()),
                    template_column: None,
                    part: None,
                });
            };
            let stop = stop_in(inner, wrapped.inner(), &text)?;
            let escaped = matches!(text, Cow::Owned(_));
            Some(Stop {
                line_column: outer_column(line, start, escaped, stop.line_column),
                ..stop
            })
        }
        (FormatSpec::Template { style, text, .. }, Extractor::Template(template)) => {
            let mut places = places(*style, text);
            let read = places.iter().filter(|place| place.kind == Kind::Read);
            if read.count() != template.field_count() {
                // Words that are not its fields, such as a date and a time that are one: better no place than a wrong one.
                places.clear();
            }
            Some(template.stop(line)?.described(line, &places))
        }
        (FormatSpec::Regex { pattern }, _) => {
            let stop = regex::stop::stop(pattern, line)?;
            let before = line.get(..stop.at).unwrap_or(line);
            Some(Stop {
                line_column: String::from_utf8_lossy(before).chars().count(),
                expected: format!("`{}`", stop.part),
                template_column: Some(stop.column),
                part: None,
            })
        }
        (_, Extractor::Template(template)) => Some(template.stop(line)?.described(line, &[])),
        _ => None,
    }
}

/// The column of a line for one of the text that begins at this byte of it, with or without JSON's escapes.
fn outer_column(line: &[u8], start: usize, escaped: bool, column: usize) -> usize {
    let (before, text) = line.split_at_checked(start).unwrap_or((line, b""));
    let before = String::from_utf8_lossy(before).chars().count();
    if !escaped {
        return before + column;
    }
    let text = String::from_utf8_lossy(text);
    let mut chars = text.chars();
    let lengths = (0..column).map(|_| match (chars.next(), chars.clone().next()) {
        (Some('\\'), Some('u')) => chars.nth(4).map_or(0, |_| 6),
        (Some('\\'), _) => chars.next().map_or(0, |_| 2),
        (next, _) => usize::from(next.is_some()),
    });
    before + lengths.sum::<usize>()
}

/// The place in terms of the compiled template.
struct Place {
    /// Byte of the line.
    at: usize,
    expected: String,
    /// Fields of the template before it, colours and the message not counted.
    fields: usize,
    /// It is text between fields.
    literal: bool,
    /// It stands behind the message.
    behind: bool,
}

impl Place {
    fn described(self, line: &[u8], places: &[FieldPlace]) -> Stop {
        let before = line.get(..self.at.min(line.len())).unwrap_or(line);
        Stop {
            line_column: String::from_utf8_lossy(before).chars().count(),
            template_column: self.column(places),
            part: None,
            expected: self.expected,
        }
    }

    fn column(&self, places: &[FieldPlace]) -> Option<usize> {
        if places.is_empty() {
            return None;
        }
        let mut read = places.iter().filter(|place| place.kind == Kind::Read);
        if !self.literal {
            return read.nth(self.fields).map(|place| place.range.start);
        }
        let before = self.fields.checked_sub(1).and_then(|last| read.nth(last));
        let message = places.iter().find(|place| place.kind == Kind::Message);
        let end = |place: Option<&FieldPlace>| place.map_or(0, |place| place.range.end);
        Some(if self.behind {
            end(before).max(end(message))
        } else {
            end(before)
        })
    }
}

impl Template {
    /// Where a line stops that does not match; `None` if nothing can be told.
    fn stop(&self, line: &[u8]) -> Option<Place> {
        let from = if line.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        if self.start == Start::AnyLine {
            return None;
        }
        let line = line.trim_ascii_end();
        let (at, step) = reach(&self.head, line, from);
        if let Some(expected) = self.head.steps.get(step) {
            return Some(self.place(&self.head, step, expected, at));
        }
        let expected = self.tail.as_ref()?.steps.first()?;
        let mut place = self.place(self.tail.as_ref()?, 0, expected, line.len());
        place.fields += fields(&self.head.steps);
        place.behind = true;
        Some(place)
    }

    fn field_count(&self) -> usize {
        let tail = self.tail.as_ref().map_or(0, |tail| fields(&tail.steps));
        fields(&self.head.steps) + tail
    }

    fn place(&self, part: &Part, step: usize, expected: &Step, at: usize) -> Place {
        Place {
            at,
            expected: self.in_words(expected),
            fields: fields(part.steps.get(..step).unwrap_or_default()),
            literal: !matches!(expected, Step::Field(_)),
            behind: false,
        }
    }

    fn in_words(&self, step: &Step) -> String {
        let field = match step {
            Step::Literal(text) => return format!("'{}'", String::from_utf8_lossy(text)),
            Step::Newline => return "a line break".to_owned(),
            Step::Blanks | Step::Escapes => return "spaces".to_owned(),
            Step::Field(field) => field,
        };
        let kind = match &field.reader {
            Reader::Time(_) => "a time",
            Reader::Number(_) => "a number",
            Reader::Text(TextUse::Level | TextUse::LevelPrefix) => "a level",
            Reader::Text(TextUse::Logger) => "a logger's name",
            Reader::Text(_) => "a text",
        };
        match self.name_of(field.slot) {
            Some(name) => format!("{kind} ({name})"),
            None => kind.to_owned(),
        }
    }

    fn name_of(&self, slot: usize) -> Option<&str> {
        let with = |role| self.columns.iter().find(move |column| column.role == role);
        let column = match self.slots.get(slot)? {
            Slot::Time | Slot::TimeFraction => with(Role::Time),
            Slot::Level => with(Role::Level),
            Slot::Logger => with(Role::Logger),
            Slot::Other(column) => self.columns.get(*column),
            Slot::Repeated => None,
        };
        column.map(|column| &*column.name)
    }
}

fn fields(steps: &[Step]) -> usize {
    let is_field = |step: &&Step| matches!(step, Step::Field(_));
    steps.iter().filter(is_field).count()
}

/// How far a line matches: the byte, and the first step that does not.
fn reach(part: &Part, line: &[u8], from: usize) -> (usize, usize) {
    let mut found = Found::default();
    for count in (1..=part.steps.len()).rev() {
        let begun = Part {
            steps: part.steps.get(..count).unwrap_or_default().into(),
            ..part.clone()
        };
        if let Some(end) = begun.matches(line, from, Goal::Message, &mut found) {
            let last = begun.steps.last();
            return (
                last.map_or(end, |last| end_of(last, &found, line, end)),
                count,
            );
        }
    }
    (from, 0)
}

/// A text ends where what follows it begins; where nothing does, it ends with its first word.
fn end_of(last: &Step, found: &Found, line: &[u8], end: usize) -> usize {
    let Step::Field(field) = last else { return end };
    let span = found.spans.get(field.slot).filter(|span| **span != NO_SPAN);
    let (Reader::Text(_), Some(span)) = (&field.reader, span) else {
        return end;
    };
    let start = span.0 as usize;
    let rest = line.get(start..).unwrap_or_default();
    let word = rest.iter().position(u8::is_ascii_whitespace);
    start + word.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::format::envelope::Envelope;
    use crate::format::spec::Style;

    fn told(template: &str, line: &str) -> String {
        let format = Format::compile(&FormatSpec::template(template)).unwrap();
        stop(&format, line.as_bytes()).map_or_else(|| "matches".to_owned(), |stop| stop.to_string())
    }

    #[test]
    fn a_line_tells_where_it_stops() {
        let dashes = "%(asctime)s - %(name)s - %(levelname)s - %(message)s";
        for (template, line, expected) in [
            (
                dashes,
                "2026-11-22 10:00:00,518 - svc - INFO - up",
                "matches",
            ),
            (
                dashes,
                "2026-11-22 10:00:00,518 | svc | INFO | up",
                "stopped at column 24 of the line: expected ' - ' of the template, column 12",
            ),
            (
                dashes,
                "2026-11-22 10:00:00,518 - svc: up",
                "stopped at column 31 of the line: expected ' - ' of the template, column 23",
            ),
            (
                dashes,
                "server started",
                "stopped at column 1 of the line: expected a time (asctime) of the template, column 1",
            ),
            (
                "{asctime} [{levelname:<8}] {lineno:04d} {message}",
                "2026-11-22 10:00:00,518 [INFO    ] 로그 up",
                "stopped at column 36 of the line: expected a number (lineno) of the template, column 28",
            ),
            (
                "$asctime 로거 ${name}: $message",
                "2026-11-22 10:00:00,518 logger a.b: up",
                "stopped at column 24 of the line: expected ' 로거 ' of the template, column 9",
            ),
        ] {
            assert_eq!(told(template, line), expected, "{template} {line}");
        }
    }

    #[test]
    fn the_place_is_told_in_other_languages_and_in_envelopes() {
        let template = |style, text: &str| FormatSpec::Template {
            style,
            text: text.to_owned(),
            datefmt: None,
            msec_format: None,
        };
        let within = |envelope| FormatSpec::Within {
            envelope,
            inner: Box::new(FormatSpec::template(
                "%(levelname)s \"%(name)s\": %(message)s",
            )),
        };
        let log4j = "%d{HH:mm:ss} [%t] %-5level %logger{36} - %msg%n";
        let loguru = "<green>{time:HH:mm:ss}</green> | {level: <8} | {line} - {message}";
        for (spec, line, expected) in [
            (
                template(Style::Log4j, log4j),
                "10:00:01 [main] INFO  app.Main: up",
                "stopped at column 32 of the line: expected ' - ' of the template, column 39",
            ),
            (
                template(Style::Loguru, loguru),
                "10:00:01 | INFO     | main - up",
                "stopped at column 23 of the line: expected a number (lineno) of the template, column 48",
            ),
            (
                within(Envelope::Cri),
                "2026-11-22T10:00:01Z stdout F INFO app: up",
                "stopped at column 35 of the line: expected ' \"' of the template, column 14",
            ),
            (
                within(Envelope::Docker),
                r#"{"log":"INFO \"app: up\n","stream":"stdout","time":"2026-11-22T10:00:01Z"}"#,
                "stopped at column 20 of the line: expected '\": ' of the template, column 24",
            ),
            (
                within(Envelope::Docker),
                "INFO app: up",
                "stopped at column 1 of the line: expected what Docker puts before a line",
            ),
        ] {
            let format = Format::compile(&spec).unwrap();
            let stop = stop(&format, line.as_bytes()).unwrap();
            assert_eq!(stop.to_string(), expected, "{line}");
        }
    }

    #[test]
    fn the_format_that_reads_furthest_tells() {
        let spec = FormatSpec::Mixed {
            formats: vec![
                FormatSpec::template("%(levelname)s:%(name)s:%(message)s"),
                FormatSpec::template("%(asctime)s %(process)d %(levelname)s %(message)s"),
            ],
        };
        let format = Format::compile(&spec).unwrap();
        let stop = stop(&format, b"2026-11-22 10:00:00,518 main INFO up").unwrap();
        assert_eq!((stop.line_column, stop.template_column), (24, Some(12)));
        assert_eq!(
            stop.to_string(),
            "stopped at column 25 of the line: expected a number (process) of format 2, column 13"
        );
    }
}
