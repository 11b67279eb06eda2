//! Python's `{` style: `{levelname:<8}`, as `str.format` reads it.

use super::layout::{Align, Conversion, FieldSpec, Layout};
use super::scanner::{Scanner, WIDTH_LIMIT};
use super::spec::FormatError;

/// Parses a `{`-style template.
///
/// # Errors
/// What `str.format` or `logging.Formatter` would refuse: lone braces, fields without a name, unknown conversions.
pub fn parse(text: &str) -> Result<Layout, FormatError> {
    let mut layout = Layout::default();
    let mut scanner = Scanner::new(text);
    loop {
        layout.push_literal(scanner.take_while(|c| c != '{' && c != '}'));
        let start = scanner.column();
        match scanner.next() {
            None => return Ok(layout),
            Some('{') if scanner.eat('{') => layout.push_literal("{"),
            Some('{') => layout.push_field(field(&mut scanner, start)?),
            Some(_) if scanner.eat('}') => layout.push_literal("}"),
            Some(_) => {
                return Err(FormatError::new(
                    "a `}` that closes nothing",
                    "write }} for a closing brace",
                )
                .at(start));
            }
        }
    }
}

/// The field whose `{` has been read.
fn field(scanner: &mut Scanner<'_>, start: usize) -> Result<FieldSpec, FormatError> {
    let name = scanner.take_while(|c| !"!:{}".contains(c));
    if name.is_empty() {
        return Err(
            FormatError::new("the field has no name", "name one, as in {message}").at(start),
        );
    }
    let mut field = FieldSpec::plain(name);
    if scanner.eat('!') {
        let column = scanner.column();
        match scanner.next() {
            Some('s') => {}
            Some('r' | 'a') => field.conversion = Conversion::Quoted,
            _ => {
                return Err(
                    FormatError::new("no conversion behind the `!`", "use !s, !r or !a").at(column),
                );
            }
        }
    }
    if scanner.eat(':') {
        field = specification(scanner, field)?;
    }
    if scanner.eat('}') {
        return Ok(field);
    }
    let column = scanner.column();
    Err(match scanner.peek() {
        None => FormatError::new("the field is not closed", "put a `}` behind it").at(start),
        Some('{') => FormatError::new(
            "a field inside a field's specification",
            "write the width as a number",
        )
        .at(column),
        Some(other) => FormatError::new(
            format!("`{other}` does not belong here"),
            "a specification is [[fill]align][sign][#][0][width][,][.precision][type]",
        )
        .at(column),
    })
}

/// `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`
fn specification(scanner: &mut Scanner<'_>, field: FieldSpec) -> Result<FieldSpec, FormatError> {
    let mut field = field;
    let quoted = field.conversion == Conversion::Quoted;
    let aligned = alignment(scanner, &mut field);
    scanner.take_while(|c| "+- z#".contains(c));
    if scanner.eat('0') && !aligned {
        field.fill = '0';
        field.align = Align::Right;
    }
    field.width = scanner.number(WIDTH_LIMIT);
    scanner.take_while(|c| c == ',' || c == '_');
    if scanner.eat('.') {
        field.precision = Some(scanner.number(WIDTH_LIMIT));
    }
    let column = scanner.column();
    let conversion = match scanner.peek() {
        Some('}') | None => return Ok(numbers_align_right(field, aligned)),
        Some('s') if quoted => Conversion::Quoted,
        Some('s') => Conversion::Text,
        Some('d' | 'n') => Conversion::Integer,
        Some('f' | 'F' | 'e' | 'E' | 'g' | 'G' | '%') => Conversion::Float,
        Some('x' | 'X' | 'o' | 'b' | 'c') => Conversion::Radix,
        Some(other) => {
            return Err(FormatError::new(
                format!("`{other}` is no type of a value"),
                "use s for text, d for whole numbers, f for decimals",
            )
            .at(column));
        }
    };
    scanner.next();
    if !aligned && !matches!(conversion, Conversion::Text | Conversion::Quoted) {
        field.align = Align::Right;
    }
    Ok(field.with_conversion(conversion))
}

/// Attributes that Python holds as numbers are padded on the left when no alignment is written.
fn numbers_align_right(mut field: FieldSpec, aligned: bool) -> FieldSpec {
    let number = matches!(
        &*field.name,
        "lineno" | "process" | "thread" | "levelno" | "msecs" | "created" | "relativeCreated"
    );
    if number && !aligned && field.conversion != Conversion::Quoted {
        field.align = Align::Right;
    }
    field
}

/// Reads `[[fill]align]`; whether there was one.
fn alignment(scanner: &mut Scanner<'_>, field: &mut FieldSpec) -> bool {
    let align = |c: char| match c {
        '<' => Some(Align::Left),
        '>' | '=' => Some(Align::Right),
        '^' => Some(Align::Center),
        _ => None,
    };
    let mut ahead = scanner.clone();
    let first = ahead.next();
    if let (Some(fill), Some(found)) = (first, ahead.peek().and_then(align))
        && fill != '}'
    {
        ahead.next();
        *scanner = ahead;
        field.fill = fill;
        field.align = found;
        return true;
    }
    if let Some(found) = first.and_then(align) {
        scanner.next();
        field.align = found;
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::format::layout::Piece;

    #[test]
    fn specifications() {
        let layout = parse(
            "{{{levelname:^10}}} {name:.<25} {lineno:05d} {user!r} {levelname:.4} {name:<<9}",
        )
        .unwrap();
        assert_eq!(layout.pieces[0], Piece::Literal("{".into()));
        let fields: Vec<_> = layout.fields().collect();
        assert_eq!((fields[0].width, fields[0].align), (10, Align::Center));
        assert_eq!((fields[1].width, fields[1].fill), (25, '.'));
        assert_eq!((fields[2].width, fields[2].fill), (5, '0'));
        assert_eq!(fields[3].conversion, Conversion::Quoted);
        assert_eq!(fields[4].precision, Some(4));
        assert_eq!((fields[5].width, fields[5].fill), (9, '<'));
    }

    #[test]
    fn mistakes_have_a_column() {
        for (text, column) in [
            ("{asctime} }", 10),
            ("{asctime", 0),
            ("{} x", 0),
            ("{name!q}", 6),
            ("{name:>8y}", 8),
            ("{name:{width}}", 6),
            ("{name:5dd}", 8),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.column, Some(column), "{text}: {error}");
            assert!(!error.hint.is_empty());
        }
    }
}
