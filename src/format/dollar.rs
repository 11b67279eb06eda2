//! Python's `$` style: `$levelname` or `${levelname}`, as `string.Template` reads it.

use super::layout::{FieldSpec, Layout};
use super::scanner::Scanner;
use super::spec::FormatError;

/// Parses a `$`-style template.
///
/// # Errors
/// What `string.Template` would refuse: a `$` without a name, braces that are not closed.
pub fn parse(text: &str) -> Result<Layout, FormatError> {
    let mut layout = Layout::default();
    let mut scanner = Scanner::new(text);
    loop {
        layout.push_literal(scanner.take_while(|c| c != '$'));
        let start = scanner.column();
        if scanner.next().is_none() {
            return Ok(layout);
        }
        if scanner.eat('$') {
            layout.push_literal("$");
            continue;
        }
        let braced = scanner.eat('{');
        let name = scanner.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(FormatError::new(
                "a `$` that begins no field",
                "fields look like $name or ${name}; write $$ for a dollar sign",
            )
            .at(start));
        }
        if braced && !scanner.eat('}') {
            return Err(FormatError::new(
                "the field's name is not closed",
                "put a `}` behind the name, as in ${levelname}",
            )
            .at(start));
        }
        layout.push_field(FieldSpec::plain(name));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::format::layout::Piece;

    #[test]
    fn names_with_and_without_braces() {
        let layout = parse("$$${asctime}_$levelname: $message").unwrap();
        assert_eq!(layout.pieces[0], Piece::Literal("$".into()));
        let names: Vec<_> = layout.fields().map(|field| &*field.name).collect();
        assert_eq!(names, ["asctime", "levelname", "message"]);
    }

    #[test]
    fn mistakes_have_a_column() {
        for (text, column) in [("cost: $ 5", 6), ("${name", 0), ("$name $1", 6)] {
            assert_eq!(parse(text).unwrap_err().column, Some(column), "{text}");
        }
    }
}
