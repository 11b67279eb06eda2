//! A query's tree as text that reads back as the same tree.

use super::lexer::begins_with_slash;
use super::{Expr, Field, Op, Value, keyword};
use crate::base::time::{TimeRange, Timestamp, Zone, ZoneClock, format_time};
use crate::query::spec::Pattern;

/// The query in words; moments in `zone`. Everything is the empty text.
#[must_use]
pub fn print(expr: &Expr, zone: &Zone) -> String {
    let mut printer = Printer {
        out: String::new(),
        clock: ZoneClock::new(zone),
    };
    printer.any(expr);
    printer.out
}

/// A query for records whose field has this value.
#[must_use]
pub fn has_value(field: &str, value: &str) -> String {
    print(&is(field, value), &Zone::Utc)
}

/// A query for the others.
#[must_use]
pub fn has_not_value(field: &str, value: &str) -> String {
    print(&Expr::Not(Box::new(is(field, value))), &Zone::Utc)
}

/// A query for records whose field contains a text, in any case.
#[must_use]
pub fn contains(field: &str, text: &str) -> String {
    let plain = is_plain_value(text) && !text.contains(['*', '\\', '/']);
    let value = match keyword(field) {
        // What a message is asked for it contains.
        Some("message") => Value::Text(text.to_owned()),
        _ if plain => Value::Wild(format!("*{text}*")),
        _ => Value::Regex(Pattern {
            text: regex_syntax::escape(text),
            regex: true,
            ..Pattern::default()
        }),
    };
    let field = Field {
        name: field.to_owned(),
        op: Op::Is,
        value,
    };
    print(&Expr::Field(field), &Zone::Utc)
}

fn is(field: &str, value: &str) -> Expr {
    Expr::Field(Field {
        name: field.to_owned(),
        op: Op::Is,
        value: Value::Text(value.to_owned()),
    })
}

struct Printer {
    out: String,
    clock: ZoneClock,
}

impl Printer {
    /// Where nothing needs parentheses.
    fn any(&mut self, expr: &Expr) {
        match expr {
            Expr::Any(parts) => self.joined(parts, " OR ", Self::all),
            other => self.all(other),
        }
    }

    /// Where `OR` needs parentheses.
    fn all(&mut self, expr: &Expr) {
        match expr {
            Expr::All(parts) => self.joined(parts, " ", Self::leaf),
            other => self.leaf(other),
        }
    }

    fn joined(&mut self, parts: &[Expr], between: &str, print: fn(&mut Self, &Expr)) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.out.push_str(between);
            }
            print(self, part);
        }
    }

    /// Where everything but a single text or field needs parentheses.
    fn leaf(&mut self, expr: &Expr) {
        match expr {
            Expr::All(_) | Expr::Any(_) => {
                self.out.push('(');
                self.any(expr);
                self.out.push(')');
            }
            Expr::Not(inner) => {
                let sign = match &**inner {
                    Expr::Not(_) => "NOT ",
                    _ => "-",
                };
                self.out.push_str(sign);
                self.leaf(inner);
            }
            Expr::Text(pattern) => self.out.push_str(&text(pattern)),
            Expr::Field(field) => self.out.push_str(&field_text(field)),
            Expr::Time(range) => self.range(range),
        }
    }

    fn range(&mut self, range: &TimeRange) {
        let mut ends = Vec::new();
        ends.extend(range.since.map(|since| ("since", since)));
        ends.extend(range.until.map(|until| ("until", until)));
        let both = ends.len() != 1;
        if both {
            self.out.push('(');
        }
        for (at, (word, moment)) in ends.into_iter().enumerate() {
            let blank = if at > 0 { " " } else { "" };
            let moment = self.moment(moment);
            self.out.push_str(&format!("{blank}{word}:{moment}"));
        }
        if both {
            self.out.push(')');
        }
    }

    /// In as few digits as say it exactly in the zone; nanoseconds since 1970 where an hour comes twice.
    fn moment(&mut self, moment: Timestamp) -> String {
        let shown = format_time(moment, &mut self.clock);
        let finer = format!("{shown}{:06}", moment.0.rem_euclid(1_000_000));
        let finer = finer.trim_end_matches('0');
        let zone = *self.clock.zone();
        let exact = |text: &str| crate::base::time::parse_moment(text, &zone, moment) == Ok(moment);
        let short = shown.strip_suffix(".000").unwrap_or(&shown);
        if exact(short) {
            return quoted(short);
        }
        for text in [&*shown, finer] {
            if exact(text) {
                return quoted(text);
            }
        }
        quoted(&format!("{}", moment.0))
    }
}

fn text(pattern: &Pattern) -> String {
    if pattern.regex {
        return regex(pattern);
    }
    let flags = [(pattern.case_sensitive, 'c'), (pattern.whole_word, 'w')];
    let flags: String = { flags.iter() }
        .filter(|(on, _)| *on)
        .map(|(_, c)| *c)
        .collect();
    match flags.is_empty() && is_plain(&pattern.text) {
        true => pattern.text.clone(),
        false => quoted(&pattern.text) + &flags,
    }
}

fn field_text(field: &Field) -> String {
    let name = match is_name(&field.name) {
        true => field.name.clone(),
        false => quoted(&field.name),
    };
    let compared = match &field.value {
        Value::Text(text) => value(text),
        Value::Wild(text) if begins_with_slash(text) => format!("\\{text}"),
        Value::Wild(text) => text.clone(),
        Value::Regex(pattern) => regex(pattern),
    };
    format!("{name}{}{compared}", field.op.sign())
}

/// A value as it is typed behind a field: in quotes where it has to be.
#[must_use]
pub fn value(text: &str) -> String {
    match is_plain_value(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn regex(pattern: &Pattern) -> String {
    let mut out = String::from("/");
    let mut chars = pattern.text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push('\\');
                out.extend(chars.next());
            }
            '/' => out.push_str("\\/"),
            other => out.push(other),
        }
    }
    if pattern.text.is_empty() {
        // Two slashes alone are a word.
        out.push_str("(?:)");
    }
    out.push('/');
    if !pattern.case_sensitive {
        out.push('i');
    }
    if pattern.whole_word {
        out.push('w');
    }
    out
}

/// In quotes.
#[must_use]
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a text reads as one word and nothing else.
fn is_plain(text: &str) -> bool {
    let begins = |c: char| c.is_alphanumeric() || c == '_';
    text.starts_with(begins)
        && !matches!(text, "AND" | "OR" | "NOT")
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"():=<>!*".contains(c))
}

/// Whether a text reads as one value that stands for itself.
fn is_plain_value(text: &str) -> bool {
    let begins = |c: char| !"\"(/=<>!:".contains(c);
    text.starts_with(begins)
        && !begins_with_slash(text)
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"()*".contains(c))
}

fn is_name(name: &str) -> bool {
    let begins = |c: char| c.is_alphabetic() || matches!(c, '_' | '@' | '$');
    name.starts_with(begins)
        && !name.ends_with('-')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | '$'))
}
