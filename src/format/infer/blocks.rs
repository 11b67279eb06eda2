//! Templates that print a header of several lines below a line of signs: `-----`, `Time: …`, `Level: …`, the message.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::anytime::{self, Moment};
use super::super::spec::{FormatSpec, Style};
use super::emit::time_text;
use crate::base::level::standard_level;

/// Lines of a header.
const MOST_LINES: usize = 10;
/// Of the headers, so many must have a line for it to be one of the template.
const SHARE: f64 = 0.8;
/// Longest separator and longest key, in bytes.
const LONGEST: usize = 80;
const LONGEST_KEY: usize = 24;

/// What a line of the header holds behind its key.
enum Value {
    Time(Moment),
    Level,
    Field(String),
    Message,
}

/// The template of such headers, if the lines have them. `lines` are those of the file with the blank ones among them.
pub fn proposal(lines: &[&[u8]]) -> Option<FormatSpec> {
    let texts: Vec<&str> = lines
        .iter()
        .map(|line| std::str::from_utf8(line).unwrap_or_default().trim_end())
        .collect();
    let separator = separator(&texts)?;
    let mut text = separator.replace('%', "%%");
    let (mut datefmt, mut has_anchor) = (None, false);
    for depth in 1..=MOST_LINES {
        let below = || {
            let starts = texts
                .iter()
                .enumerate()
                .filter(|(_, text)| **text == separator);
            starts.filter_map(|(at, _)| texts.get(at + depth).copied())
        };
        let Some((key, value)) = key(&below().collect::<Vec<_>>()) else {
            break;
        };
        let _ = write!(text, "\n{}", key.replace('%', "%%"));
        match value {
            Value::Time(moment) => {
                let written = time_text(&moment)?;
                text.push_str(&written.text);
                datefmt = written.datefmt;
                has_anchor = true;
            }
            Value::Level => {
                text.push_str("%(levelname)s");
                has_anchor = true;
            }
            Value::Field(name) => write!(text, "%({name})s").ok()?,
            Value::Message => break,
        }
    }
    let newline = if text.ends_with(' ') { "" } else { "\n" };
    has_anchor.then(|| FormatSpec::Template {
        style: Style::Percent,
        text: format!("{text}{newline}%(message)s"),
        datefmt,
        msec_format: None,
    })
}

/// The line of signs that occurs most.
fn separator<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let signs =
        |text: &&&str| (3..=LONGEST).contains(&text.len()) && !text.contains(char::is_alphanumeric);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for text in texts.iter().filter(signs) {
        *counts.entry(text).or_default() += 1;
    }
    let (text, count) = counts
        .into_iter()
        .max_by_key(|(text, count)| (*count, *text))?;
    (count >= 3 && count * 30 >= texts.len()).then_some(text)
}

/// The key that nearly all of the lines begin with, as it is written before the value, and what the values are.
fn key<'a>(lines: &[&'a str]) -> Option<(&'a str, Value)> {
    let enough = |count: usize| count as f64 >= lines.len() as f64 * SHARE;
    let (first, _) = lines.first().and_then(|line| split(line))?;
    let values: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix(first))
        .collect();
    if !enough(values.len()) {
        return None;
    }
    let times = values.iter().filter_map(|value| {
        let moment = anytime::recognise(value.as_bytes())?;
        (moment.len == value.len()).then_some(moment)
    });
    let times: Vec<Moment> = times.collect();
    if let Some(time) = times.first().filter(|_| enough(times.len())) {
        return Some((first, Value::Time(*time)));
    }
    let level = |value: &&&str| standard_level(value.as_bytes()).is_some();
    let value = if enough(values.iter().filter(level).count()) {
        Value::Level
    } else {
        named(first)
    };
    Some((first, value))
}

/// `Time: ` of `Time: 10:00`.
fn split(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '='])?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.');
    let key = line.get(..at)?;
    let blanks = line
        .get(at + 1..)?
        .bytes()
        .take_while(|b| *b == b' ')
        .count();
    let plain = !key.is_empty() && key.len() <= LONGEST_KEY && key.chars().all(word);
    plain.then(|| line.split_at_checked(at + 1 + blanks))?
}

/// What a key calls its value in the words of `logging`.
fn named(key: &str) -> Value {
    let word: String = key
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    let name = match word.to_lowercase().as_str() {
        "message" | "msg" | "text" => return Value::Message,
        "logger" | "name" | "category" | "source" => "name",
        "level" | "severity" | "levelname" => "levelname",
        "thread" | "threadname" => "threadName",
        "process" | "pid" => "process",
        "file" | "filename" => "filename",
        "path" | "pathname" => "pathname",
        "line" | "lineno" => "lineno",
        "function" | "func" | "funcname" => "funcName",
        "module" => "module",
        _ => return Value::Field(word),
    };
    Value::Field(name.to_owned())
}
