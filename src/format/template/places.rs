//! Where the fields stand in the text of a template, for messages that point at one. Not a parser: the text compiles.

use std::ops::Range;

use super::compile::is_color;
use crate::format::dialect::log4j;
use crate::format::spec::Style;

/// A field in the text of a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FieldPlace {
    /// In characters.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Kind {
    /// A field with a value.
    Read,
    /// The message.
    Message,
    /// What only colours, or prints nothing that is read.
    Nothing,
}

/// The fields of a template, from left to right.
pub(super) fn places(style: Style, text: &str) -> Vec<FieldPlace> {
    let sign = match style {
        Style::Percent | Style::Log4j => '%',
        Style::Brace | Style::Loguru | Style::Serilog => '{',
        Style::Dollar | Style::NLog => '$',
        Style::Csv => return Vec::new(),
    };
    let text: Vec<char> = text.chars().collect();
    let mut places = Vec::new();
    let (mut at, mut message) = (0, false);
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let Some((kind, length)) = field_at(style, rest) else {
            let doubled = rest.first() == rest.get(1) && rest.first() == Some(&sign);
            at += if doubled { 2 } else { 1 };
            continue;
        };
        // The second message is a field like any.
        let kind = match kind {
            Kind::Message if message => Kind::Read,
            kind => kind,
        };
        message |= kind == Kind::Message;
        places.push(FieldPlace {
            range: at..at + length,
            kind,
        });
        at += length;
    }
    places
}

/// The kind and the length of the field that begins with the text.
fn field_at(style: Style, text: &[char]) -> Option<(Kind, usize)> {
    if style == Style::Log4j {
        return log4j::field_at(text);
    }
    let (name, length) = named_at(style, text)?;
    let kind = match (style, name.as_str()) {
        (Style::Percent | Style::Brace | Style::Dollar, "message" | "msg" | "text") => {
            Kind::Message
        }
        (Style::Percent | Style::Brace | Style::Dollar, name) if is_color(name) => Kind::Nothing,
        (Style::Loguru | Style::NLog, "message") | (Style::Serilog, "Message") => Kind::Message,
        (Style::Serilog, "NewLine" | "Exception") | (Style::Loguru, "exception") => Kind::Nothing,
        (Style::NLog, "newline" | "exception" | "onexception" | "onhasproperties" | "literal") => {
            Kind::Nothing
        }
        (Style::NLog, name) if is_wrapper(name) => {
            // What it holds follows.
            return Some((Kind::Nothing, 2 + name.chars().count()));
        }
        _ => Kind::Read,
    };
    Some((kind, length))
}

/// Renderers of NLog's that change what another one prints.
fn is_wrapper(name: &str) -> bool {
    let wrappers = [
        "pad",
        "uppercase",
        "lowercase",
        "trim-whitespace",
        "replace",
        "when",
        "replace-newlines",
        "truncate",
        "json-encode",
        "xml-encode",
    ];
    wrappers.contains(&name)
}

/// The name and the length of the field that begins with the text.
fn named_at(style: Style, text: &[char]) -> Option<(String, usize)> {
    let until = |from: usize, ends: &str| -> String {
        let rest = text.iter().skip(from);
        rest.take_while(|c| !ends.contains(**c)).collect()
    };
    let word = |from: usize| -> String {
        let rest = text.iter().skip(from);
        rest.take_while(|c| c.is_alphanumeric() || **c == '_')
            .collect()
    };
    let end = |from: usize, close: &dyn Fn(char) -> bool| {
        text.iter()
            .skip(from)
            .position(|c| close(*c))
            .map(|at| from + at)
    };
    match (style, text.first()?, text.get(1)?) {
        (Style::Percent, '%', '(') => {
            let closed = end(2, &|c| c == ')')?;
            let name = text.get(2..closed)?.iter().collect();
            Some((name, end(closed, &|c| c.is_ascii_alphabetic())? + 1))
        }
        (Style::Brace, '{', next) if *next != '{' => Some((word(1), end(1, &|c| c == '}')? + 1)),
        (Style::Loguru | Style::Serilog, '{', next) if *next != '{' => {
            let name = until(1, ",:!}").trim().to_owned();
            Some((name, end(1, &|c| c == '}')? + 1))
        }
        (Style::NLog, '$', '{') => {
            let name = until(2, ":}").trim().to_ascii_lowercase();
            Some((name, 1 + balanced(text.get(1..)?)?))
        }
        (Style::Dollar, '$', '{') => Some((word(2), end(2, &|c| c == '}')? + 1)),
        (Style::Dollar, '$', next) if *next != '$' => {
            let name = word(1);
            let length = 1 + name.chars().count();
            (length > 1).then_some((name, length))
        }
        _ => None,
    }
}

/// How long the bracket is that the text begins with, brackets inside it counted; `None` if it begins with none.
pub(in crate::format) fn balanced(text: &[char]) -> Option<usize> {
    let (open, close) = match text.first()? {
        '{' => ('{', '}'),
        '(' => ('(', ')'),
        _ => return None,
    };
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in text.iter().enumerate() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        escaped = *c == '\\';
        depth += usize::from(*c == open);
        depth -= usize::from(*c == close);
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_in_every_style() {
        use Kind::{Message, Nothing, Read};
        for (style, text, expected) in [
            (
                Style::Percent,
                "%% %(name)-8.8s|%(message)s",
                vec![(3..15, Read), (16..27, Message)],
            ),
            (
                Style::Brace,
                "{{ {name!r:>8} {message}",
                vec![(3..14, Read), (15..24, Message)],
            ),
            (
                Style::Dollar,
                "$$ $name ${message}",
                vec![(3..8, Read), (9..19, Message)],
            ),
            (
                Style::Log4j,
                "%d{HH:mm} %highlight{%-5level}{INFO=red} %m%n",
                vec![
                    (0..9, Read),
                    (10..21, Nothing),
                    (21..29, Read),
                    (41..43, Message),
                    (43..45, Nothing),
                ],
            ),
            (
                Style::Loguru,
                "{time:HH:mm} <b>{level: <8}</b> {message}",
                vec![(0..12, Read), (16..27, Read), (32..41, Message)],
            ),
            (
                Style::Serilog,
                "{Level:u3} {Message:lj}{NewLine}",
                vec![(0..10, Read), (11..23, Message), (23..32, Nothing)],
            ),
            (
                Style::NLog,
                "${pad:padding=5:inner=${level}}|${message}",
                vec![(0..5, Nothing), (22..30, Read), (32..42, Message)],
            ),
        ] {
            let found = places(style, text).into_iter();
            let found: Vec<_> = found.map(|place| (place.range, place.kind)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
