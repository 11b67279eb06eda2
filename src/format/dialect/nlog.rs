//! NLog's layouts: `${longdate}|${level:uppercase=true}|${logger}|${message}`.
//!
//! Source: the layout renderers of NLog's wiki. A renderer that is not known is a field of its own name.

use super::date::{Dialect, strftime};
use crate::format::layout::{Align, FieldDate, FieldSpec, Layout};
use crate::format::scanner::{Scanner, WIDTH_LIMIT};
use crate::format::spec::FormatError;

/// Renderers that no other `$` template has: by these the language is known.
const TELLING: [&str; 16] = [
    "longdate",
    "shortdate",
    "date",
    "level",
    "logger",
    "threadid",
    "threadname",
    "processid",
    "processname",
    "machinename",
    "callsite",
    "newline",
    "exception",
    "pad",
    "uppercase",
    "event-properties",
];

/// Whether a text is such a layout: at least two of its renderers are NLog's own.
pub(in crate::format) fn is_layout(text: &str) -> bool {
    let names = text.split("${").skip(1).filter_map(|rest| {
        let end = rest.find([':', '}'])?;
        rest.get(..end)
    });
    let telling = names.filter(|name| TELLING.contains(name));
    telling.clone().count() > 1 || telling.clone().any(|name| name.ends_with("date"))
}

/// Parses a layout.
///
/// # Errors
/// A renderer without a name or a closing brace, or a date with a letter that means nothing.
pub(in crate::format) fn parse(text: &str) -> Result<Layout, FormatError> {
    let mut layout = Layout::default();
    let mut scanner = Scanner::new(text);
    loop {
        layout.push_literal(scanner.take_while(|c| c != '$'));
        let start = scanner.column();
        if scanner.next().is_none() {
            layout.trim_line_end();
            return Ok(layout);
        }
        if scanner.eat('{') {
            renderer(&mut scanner, &mut layout, start)?;
        } else {
            layout.push_literal("$");
        }
    }
}

/// The renderer whose `${` has been read.
fn renderer(
    scanner: &mut Scanner<'_>,
    layout: &mut Layout,
    start: usize,
) -> Result<(), FormatError> {
    let name = scanner.take_while(|c| c != ':' && c != '}');
    if name.is_empty() {
        return Err(
            FormatError::new("the renderer has no name", "name one, as in ${message}").at(start),
        );
    }
    let mut options = Vec::new();
    while scanner.eat(':') {
        let column = scanner.column();
        options.push((option(scanner), column));
    }
    if !scanner.eat('}') {
        return Err(
            FormatError::new("the renderer is not closed", "put a `}` behind it").at(start),
        );
    }
    let lower = name.trim().to_ascii_lowercase();
    render(layout, &lower, &Options(options))
}

/// One option: up to a colon or the brace, with escapes and renderers inside it.
fn option(scanner: &mut Scanner<'_>) -> String {
    let mut text = String::new();
    let mut depth = 0;
    while let Some(c) = scanner.peek() {
        match c {
            ':' | '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        scanner.next();
        if c == '\\' {
            text.extend(scanner.next());
        } else {
            text.push(c);
        }
    }
    text
}

/// What is written behind a renderer's name, each with the column where it begins.
struct Options(Vec<(String, usize)>);

impl Options {
    fn of(&self, name: &str) -> Option<(&str, usize)> {
        self.0.iter().find_map(|(text, column)| {
            let (key, value) = text.split_once('=')?;
            let skipped = key.chars().count() + 1;
            let same = key.trim().eq_ignore_ascii_case(name);
            same.then_some((value, column + skipped))
        })
    }

    /// The option that needs no name: the first without one.
    fn unnamed(&self) -> Option<(&str, usize)> {
        let first = self.0.iter().find(|(text, _)| !text.contains('='))?;
        Some((&first.0, first.1))
    }

    fn is_true(&self, name: &str) -> bool {
        self.of(name)
            .is_some_and(|(value, _)| value.trim().eq_ignore_ascii_case("true"))
    }

    /// A field with NLog's `padding`, `padCharacter`, `fixedLength` and `truncate`.
    fn field(&self, name: &str) -> FieldSpec {
        let padding = self.of("padding").map_or("", |(value, _)| value.trim());
        let width: usize = padding.trim_start_matches('-').parse().unwrap_or(0);
        let width = width.min(WIDTH_LIMIT);
        let fill = self.of("padCharacter").and_then(|(c, _)| c.chars().next());
        let cut = self.is_true("fixedLength").then_some(width);
        let truncated = self.of("truncate");
        FieldSpec {
            width,
            precision: truncated.and_then(|(n, _)| n.parse().ok()).or(cut),
            fill: fill.unwrap_or(' '),
            align: if padding.starts_with('-') {
                Align::Left
            } else {
                Align::Right
            },
            ..FieldSpec::plain(name)
        }
    }
}

fn render(layout: &mut Layout, name: &str, options: &Options) -> Result<(), FormatError> {
    let field = match name {
        "longdate" => return date(layout, options, "yyyy-MM-dd HH:mm:ss.ffff", 0),
        "shortdate" => return date(layout, options, "yyyy-MM-dd", 0),
        "time" => return date(layout, options, "HH:mm:ss.ffff", 0),
        "date" => {
            let given = options.of("format").or_else(|| options.unnamed());
            let (pattern, column) = given.unwrap_or(("yyyy/MM/dd HH:mm:ss.fff", 0));
            return date(layout, options, pattern, column);
        }
        "newline" => {
            layout.push_literal("\n");
            return Ok(());
        }
        // A stack trace is part of the message.
        "exception" | "onexception" | "onhasproperties" => return Ok(()),
        "literal" => {
            layout.push_literal(options.of("text").or(options.unnamed()).map_or("", |o| o.0));
            return Ok(());
        }
        "pad" | "uppercase" | "lowercase" | "trim-whitespace" | "replace" | "when"
        | "replace-newlines" | "truncate" | "json-encode" | "xml-encode" => {
            return wrapped(layout, options);
        }
        "level" => {
            let mut field = options.field("levelname");
            if let Some((format, _)) = options.of("format") {
                let first = format.eq_ignore_ascii_case("FirstCharacter");
                field.precision = first.then_some(1);
            }
            field
        }
        "logger" => options.field("name"),
        "message" => options.field("message"),
        "threadid" => options.field("thread"),
        "threadname" => options.field("threadName"),
        "processid" => options.field("process"),
        "processname" => options.field("processName"),
        "callsite-linenumber" => options.field("lineno"),
        "callsite-filename" => options.field("pathname"),
        "callsite" => options.field("funcName"),
        "event-properties" | "scopeproperty" | "mdlc" | "mdc" | "gdc" | "event-property"
        | "var" => {
            let given = options.of("item").or(options.of("name"));
            let key = given.or_else(|| options.unnamed());
            options.field(key.map_or(name, |(key, _)| key))
        }
        other => options.field(other),
    };
    layout.push_field(field);
    Ok(())
}

fn date(
    layout: &mut Layout,
    options: &Options,
    pattern: &str,
    column: usize,
) -> Result<(), FormatError> {
    let pattern = strftime(Dialect::DotNet, pattern, column)?;
    layout.push_time(FieldSpec {
        date: Some(FieldDate {
            pattern: pattern.into(),
            offset: options.is_true("universalTime").then_some(0),
        }),
        precision: None,
        ..options.field("asctime")
    });
    Ok(())
}

/// A renderer around others, `${pad:padding=5:inner=${level}}`: padding goes to the field inside.
fn wrapped(layout: &mut Layout, options: &Options) -> Result<(), FormatError> {
    let Some((inner, column)) = options.of("inner").or_else(|| options.unnamed()) else {
        return Ok(());
    };
    let inner = parse(inner).map_err(|error| match error.column {
        Some(at) => error.at(column + at),
        None => error,
    })?;
    let outer = options.field("");
    let alone = inner.pieces.len() == 1;
    for piece in inner.pieces {
        match piece {
            crate::format::layout::Piece::Field(field) if alone && outer.width > 0 => {
                layout.push_field(FieldSpec {
                    width: outer.width,
                    fill: outer.fill,
                    align: outer.align,
                    precision: outer.precision.or(field.precision),
                    ..field
                });
            }
            other => layout.push(other),
        }
    }
    Ok(())
}
