//! Date patterns of Java, .NET and loguru, in strftime's language.
//!
//! Sources: `java.time.format.DateTimeFormatter` and log4j's named formats, .NET's custom date and time format strings,
//! loguru's tokens. All three are runs of letters; what differs is the letters and how text is quoted.

use crate::format::layout::FieldDate;
use crate::format::scanner::Scanner;
use crate::format::spec::FormatError;

/// Whose letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `yyyy-MM-dd HH:mm:ss,SSS`
    Java,
    /// `yyyy-MM-dd HH:mm:ss.fff zzz`
    DotNet,
    /// `YYYY-MM-DD HH:mm:ss.SSS`
    Loguru,
}

/// The pattern in strftime's language.
///
/// # Errors
/// A letter that means nothing in the dialect; `column` is where the pattern begins in the template.
pub(super) fn strftime(
    dialect: Dialect,
    pattern: &str,
    column: usize,
) -> Result<String, FormatError> {
    let mut scanner = Scanner::new(pattern);
    let mut text = String::new();
    while let Some(first) = scanner.peek() {
        let at = column + scanner.column();
        let quote = match (dialect, first) {
            (Dialect::Java | Dialect::DotNet, '\'') => Some('\''),
            (Dialect::DotNet, '"') => Some('"'),
            (Dialect::Loguru, '[') => Some(']'),
            _ => None,
        };
        scanner.next();
        if let Some(quote) = quote {
            if scanner.eat(quote) {
                text.push(quote);
                continue;
            }
            text.push_str(&scanner.take_while(|c| c != quote).replace('%', "%%"));
            scanner.eat(quote);
        } else if first == '\\' && dialect != Dialect::Java {
            text.extend(scanner.next());
        } else if first == '%' {
            text.push_str("%%");
        } else if first.is_ascii_alphabetic() {
            let count = 1 + scanner.take_while(|c| c == first).len();
            let part = match dialect {
                Dialect::Java => java(first, count),
                Dialect::DotNet => dot_net(first, count),
                Dialect::Loguru => loguru(first, count),
            };
            text.push_str(&part.ok_or_else(|| unknown(dialect, first, at))?);
        } else {
            text.push(first);
        }
    }
    Ok(text)
}

fn unknown(dialect: Dialect, letter: char, column: usize) -> FormatError {
    let hint = match dialect {
        Dialect::Java => "write text in single quotes, as in yyyy-MM-dd'T'HH:mm:ss.SSS",
        Dialect::DotNet => "write text in single quotes, as in yyyy-MM-dd'T'HH:mm:ss.fff",
        Dialect::Loguru => "write text in brackets, as in YYYY-MM-DD[T]HH:mm:ss.SSS",
    };
    FormatError::new(format!("`{letter}` is no letter of a date pattern"), hint).at(column)
}

/// A number with zeros in front if its letter is doubled.
fn number(letter: char, count: usize) -> String {
    format!("%{}{letter}", if count == 1 { "-" } else { "" })
}

fn fraction(count: usize) -> String {
    format!("%{}f", count.min(9))
}

fn java(letter: char, count: usize) -> Option<String> {
    Some(match letter {
        'y' | 'u' | 'Y' => if count == 2 { "%y" } else { "%Y" }.to_owned(),
        'M' | 'L' if count > 2 => "%b".to_owned(),
        'M' | 'L' => number('m', count),
        'd' => number('d', count),
        'D' => "%j".to_owned(),
        'H' | 'k' => number('H', count),
        'h' | 'K' => number('I', count),
        'm' => number('M', count),
        's' => number('S', count),
        'S' | 'n' => fraction(count),
        'a' => "%p".to_owned(),
        'E' | 'e' | 'c' => "%a".to_owned(),
        'w' => number('V', count),
        'z' | 'V' | 'v' => "%Z".to_owned(),
        'Z' | 'X' | 'x' | 'O' => "%z".to_owned(),
        _ => return None,
    })
}

fn dot_net(letter: char, count: usize) -> Option<String> {
    Some(match letter {
        'y' => if count <= 2 { "%y" } else { "%Y" }.to_owned(),
        'M' if count > 2 => "%b".to_owned(),
        'M' => number('m', count),
        'd' if count > 2 => "%a".to_owned(),
        'd' => number('d', count),
        'H' => number('H', count),
        'h' => number('I', count),
        'm' => number('M', count),
        's' => number('S', count),
        'f' => fraction(count),
        'F' => "%f".to_owned(),
        't' => "%p".to_owned(),
        'z' | 'K' => "%z".to_owned(),
        _ => return None,
    })
}

fn loguru(letter: char, count: usize) -> Option<String> {
    Some(match letter {
        'Y' => if count == 2 { "%y" } else { "%Y" }.to_owned(),
        'M' if count > 2 => "%b".to_owned(),
        'M' => number('m', count),
        'D' if count > 2 => "%j".to_owned(),
        'D' => number('d', count),
        'd' if count > 2 => "%a".to_owned(),
        'H' => number('H', count),
        'h' => number('I', count),
        'm' => number('M', count),
        's' => number('S', count),
        'S' => fraction(count),
        'A' => "%p".to_owned(),
        'Z' => "%z".to_owned(),
        'z' => "%Z".to_owned(),
        'X' => "%s".to_owned(),
        'x' => "%6s".to_owned(),
        _ => return None,
    })
}

/// What log4j 1, log4j 2 and logback call by a name; `None` if it is none of theirs. The default and `ISO8601`, which
/// each of them prints a little differently, are Python's default, which reads all of that.
pub(super) fn java_named(name: &str) -> Option<Option<&'static str>> {
    Some(match name {
        ""
        | "DEFAULT"
        | "ISO8601"
        | "STRICT"
        | "DEFAULT_PERIOD"
        | "ISO8601_PERIOD"
        | "DEFAULT_MICROS"
        | "ISO8601_PERIOD_MICROS"
        | "DEFAULT_NANOS"
        | "ISO8601_OFFSET_DATE_TIME_HH"
        | "ISO8601_OFFSET_DATE_TIME_HHMM"
        | "ISO8601_OFFSET_DATE_TIME_HHCMM" => None,
        "ABSOLUTE" => Some("HH:mm:ss,SSS"),
        "ABSOLUTE_PERIOD" => Some("HH:mm:ss.SSS"),
        "ABSOLUTE_MICROS" => Some("HH:mm:ss,SSSSSS"),
        "ABSOLUTE_NANOS" => Some("HH:mm:ss,nnnnnnnnn"),
        "DATE" => Some("dd MMM yyyy HH:mm:ss,SSS"),
        "DATE_PERIOD" => Some("dd MMM yyyy HH:mm:ss.SSS"),
        "COMPACT" => Some("yyyyMMddHHmmssSSS"),
        "ISO8601_BASIC" => Some("yyyyMMdd'T'HHmmss,SSS"),
        "ISO8601_BASIC_PERIOD" => Some("yyyyMMdd'T'HHmmss.SSS"),
        "US_MONTH_DAY_YEAR2_TIME" => Some("dd/MM/yy HH:mm:ss.SSS"),
        "US_MONTH_DAY_YEAR4_TIME" => Some("dd/MM/yyyy HH:mm:ss.SSS"),
        _ => return None,
    })
}

/// Java's `%d{pattern}{zone}`; `None` for the default. `column` is where the pattern begins.
///
/// # Errors
/// The pattern has a letter that means nothing, or the zone is one whose offset from UTC changes with the season.
pub(super) fn java_date(
    pattern: &str,
    zone: Option<&str>,
    column: usize,
) -> Result<Option<FieldDate>, FormatError> {
    let offset = zone.map(|zone| offset_of(zone, column)).transpose()?;
    let text = match pattern.trim() {
        "UNIX" => "%s".to_owned(),
        "UNIX_MILLIS" => "%3s".to_owned(),
        name => match java_named(name) {
            Some(None) if offset.is_none() => return Ok(None),
            Some(None) => "%Y-%m-%d %H:%M:%S,%3f".to_owned(),
            Some(Some(known)) => strftime(Dialect::Java, known, column)?,
            None => strftime(Dialect::Java, pattern, column)?,
        },
    };
    Ok(Some(FieldDate {
        pattern: text.into(),
        offset,
    }))
}

/// Seconds east of UTC.
fn offset_of(zone: &str, column: usize) -> Result<i32, FormatError> {
    let zone = zone.trim();
    let bare = ["GMT", "UTC", "UT"]
        .iter()
        .find_map(|name| zone.strip_prefix(name));
    let offset = match bare.unwrap_or(zone) {
        "" | "Z" | "Etc/UTC" => Some(0),
        text => signed_hours(text),
    };
    offset.ok_or_else(|| {
        FormatError::new(
            format!("the zone `{zone}` has no fixed offset"),
            "leave it out here and choose it as the zone of the log's times",
        )
        .at(column)
    })
}

/// `+9`, `-0330`, `+05:30` in seconds.
fn signed_hours(text: &str) -> Option<i32> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text.chars().skip(1).filter(|c| *c != ':').collect();
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() > 2 {
        (number / 100, number % 100)
    } else {
        (number, 0)
    };
    (hours < 19 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
