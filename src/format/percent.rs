//! Python's `%` style: `%(levelname)-8s`.

use super::layout::{Align, Conversion, FieldSpec, Layout};
use super::scanner::{Scanner, WIDTH_LIMIT};
use super::spec::FormatError;

/// Parses a `%`-style template.
///
/// # Errors
/// What Python would refuse when the first record is printed: fields without a name, a closing parenthesis or a
/// conversion letter.
pub fn parse(text: &str) -> Result<Layout, FormatError> {
    let mut layout = Layout::default();
    let mut scanner = Scanner::new(text);
    loop {
        layout.push_literal(scanner.take_while(|c| c != '%'));
        let start = scanner.column();
        if scanner.next().is_none() {
            return Ok(layout);
        }
        if scanner.eat('%') {
            layout.push_literal("%");
        } else if scanner.eat('(') {
            layout.push_field(field(&mut scanner, start)?);
        } else {
            return Err(FormatError::new(
                "a `%` that begins no field",
                "fields look like %(name)s; write %% for a percent sign",
            )
            .at(start));
        }
    }
}

/// The field whose `%(` has been read.
fn field(scanner: &mut Scanner<'_>, start: usize) -> Result<FieldSpec, FormatError> {
    let name = scanner.take_while(|c| c != ')');
    if !scanner.eat(')') {
        return Err(FormatError::new(
            "the field's name is not closed",
            "put a `)` behind the name, as in %(levelname)s",
        )
        .at(start));
    }
    if name.is_empty() {
        return Err(
            FormatError::new("the field has no name", "name one, as in %(message)s").at(start),
        );
    }
    let mut field = FieldSpec::plain(name);
    let flags = scanner.take_while(|c| "#0- +".contains(c));
    field.width = scanner.number(WIDTH_LIMIT);
    field.align = if flags.contains('-') {
        Align::Left
    } else {
        Align::Right
    };
    if scanner.eat('.') {
        field.precision = Some(scanner.number(WIDTH_LIMIT));
    }
    scanner.take_while(|c| "hlL".contains(c));
    let column = scanner.column();
    let conversion = match scanner.next() {
        Some('s' | 'c') => Conversion::Text,
        Some('r' | 'a') => Conversion::Quoted,
        Some('d' | 'i' | 'u') => Conversion::Integer,
        Some('f' | 'F' | 'e' | 'E' | 'g' | 'G') => Conversion::Float,
        Some('x' | 'X' | 'o') => Conversion::Radix,
        Some(other) => {
            return Err(FormatError::new(
                format!("`{other}` is no conversion"),
                format!("end the field with a letter such as s or d: %({name})s"),
            )
            .at(column));
        }
        None => {
            return Err(FormatError::new(
                "the field has no conversion letter",
                format!("end the field with a letter such as s or d: %({name})s"),
            )
            .at(column));
        }
    };
    if flags.contains('0') && field.align == Align::Right && conversion != Conversion::Text {
        field.fill = '0';
    }
    Ok(field.with_conversion(conversion))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::format::layout::Piece;

    #[test]
    fn flags_width_and_precision() {
        let layout = parse("100%% %(name)-20.15s %(lineno)04d %(msecs)8.3f").unwrap();
        assert_eq!(layout.pieces[0], Piece::Literal("100% ".into()));
        let fields: Vec<_> = layout.fields().collect();
        assert_eq!((fields[0].width, fields[0].precision), (20, Some(15)));
        assert_eq!(fields[0].align, Align::Left);
        assert_eq!((fields[1].width, fields[1].fill), (4, '0'));
        assert_eq!(fields[1].conversion, Conversion::Integer);
        assert_eq!((fields[2].width, fields[2].precision), (8, None));
    }

    #[test]
    fn mistakes_have_a_column() {
        for (text, column) in [
            ("%(asctime)s %d", 12),
            ("%(asctime", 0),
            ("한글 %()s", 3),
            ("%(name)y", 7),
            ("%(name)-8", 9),
            ("50%", 2),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.column, Some(column), "{text}: {error}");
            assert!(!error.hint.is_empty());
        }
    }
}
