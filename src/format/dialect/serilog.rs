//! Serilog's output templates: `{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{NewLine}{Exception}`.
//!
//! Source: "Formatting Output" of Serilog's wiki.

use super::date::{Dialect, strftime};
use crate::format::layout::{Align, FieldDate, FieldSpec, Layout};
use crate::format::scanner::{Scanner, WIDTH_LIMIT};
use crate::format::spec::FormatError;

/// Whether a text is such a template: its own properties begin with a capital.
pub(in crate::format) fn is_template(text: &str) -> bool {
    ["Timestamp", "Level", "Message"].iter().any(|name| {
        text.split(&format!("{{{name}")).skip(1).any(|rest| {
            rest.starts_with(['}', ':', ',']) // nothing else may follow a property
        })
    })
}

/// Parses an output template.
///
/// # Errors
/// A property without a name or a closing brace, or a date with a letter that means nothing.
pub(in crate::format) fn parse(text: &str) -> Result<Layout, FormatError> {
    let mut layout = Layout::default();
    let mut scanner = Scanner::new(text);
    loop {
        layout.push_literal(scanner.take_while(|c| c != '{' && c != '}'));
        let start = scanner.column();
        match scanner.next() {
            None => break,
            Some('{') if scanner.eat('{') => layout.push_literal("{"),
            Some('{') => property(&mut scanner, &mut layout, start)?,
            Some(_) => {
                scanner.eat('}');
                layout.push_literal("}");
            }
        }
    }
    layout.trim_line_end();
    Ok(layout)
}

/// `Name,alignment:format}`, whose brace has been read.
fn property(
    scanner: &mut Scanner<'_>,
    layout: &mut Layout,
    start: usize,
) -> Result<(), FormatError> {
    let name = scanner.take_while(|c| !",:{}".contains(c)).trim();
    if name.is_empty() {
        return Err(
            FormatError::new("the property has no name", "name one, as in {Message}").at(start),
        );
    }
    let mut width = 0;
    let mut left = false;
    if scanner.eat(',') {
        left = scanner.eat('-');
        width = scanner.number(WIDTH_LIMIT);
    }
    let mut format = ("", 0);
    if scanner.eat(':') {
        let column = scanner.column();
        format = (scanner.take_while(|c| c != '}'), column);
    }
    if !scanner.eat('}') {
        return Err(
            FormatError::new("the property is not closed", "put a `}` behind it").at(start),
        );
    }
    let field = |name: &str| FieldSpec {
        width,
        align: if left { Align::Left } else { Align::Right },
        ..FieldSpec::plain(name)
    };
    match name {
        "NewLine" => layout.push_literal("\n"),
        // A stack trace is part of the message.
        "Exception" => {}
        "Timestamp" | "UtcTimestamp" => {
            let given = if format.0.is_empty() {
                "MM/dd/yyyy HH:mm:ss zzz"
            } else {
                format.0
            };
            layout.push_time(FieldSpec {
                date: Some(FieldDate {
                    pattern: strftime(Dialect::DotNet, given, format.1)?.into(),
                    offset: (name == "UtcTimestamp").then_some(0),
                }),
                ..field("asctime")
            });
        }
        "Level" => {
            let letters = format.0.trim_start_matches(['u', 'w', 't']);
            layout.push_field(FieldSpec {
                precision: letters.parse().ok(),
                ..field("levelname")
            });
        }
        "Message" => layout.push_field(field("message")),
        "SourceContext" => layout.push_field(field("name")),
        "ThreadId" => layout.push_field(field("thread")),
        "ThreadName" => layout.push_field(field("threadName")),
        "ProcessId" => layout.push_field(field("process")),
        other => layout.push_field(field(other)),
    }
    Ok(())
}
