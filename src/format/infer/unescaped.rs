//! JSON and `key=value` lines that a template wrote: values are not escaped, so that what reads those formats cuts a
//! message at its first quote. A template that repeats the keys reads them whole.

use std::fmt::Write as _;

use super::super::anytime::{self, Moment};
use super::super::field::Role;
use super::super::json_scan::{self, Strictness};
use super::super::known_keys::role_of;
use super::super::spec::{FormatSpec, Style};
use super::emit::time_text;

/// Lines that the format's own rules cannot read must be so many and this share of those that begin like it.
const LEAST: usize = 2;
const SHARE: f64 = 0.004;
/// Of the lines that begin like the format, this share must have the template's keys.
const ALIKE: f64 = 0.9;

/// A key with what stands before its value, and the value.
struct Pair<'a> {
    before: &'a str,
    key: &'a str,
    value: &'a str,
}

/// The pairs of a line and what stands behind the last value.
type Pairs<'a> = (Vec<Pair<'a>>, &'a str);

/// How the lines of a format are read.
struct Reader {
    /// Takes a line apart whose values are texts as they stand there.
    pairs: for<'a> fn(&'a str) -> Option<Pairs<'a>>,
    /// Whether the format's own rules refuse a line.
    refuses: fn(&str) -> bool,
}

/// The template, if lines of that kind are not escaped as they should be.
pub fn proposal(lines: &[&[u8]]) -> Option<FormatSpec> {
    let texts: Vec<&str> = lines
        .iter()
        .map(|line| {
            std::str::from_utf8(line)
                .unwrap_or_default()
                .trim_end_matches(['\r', '\n'])
        })
        .collect();
    let readers = [
        Reader {
            pairs: json,
            refuses: |text| !is_json(text),
        },
        Reader {
            pairs: logfmt,
            refuses: |text| !is_logfmt(text),
        },
    ];
    readers.iter().find_map(|reader| propose(&texts, reader))
}

fn propose(texts: &[&str], reader: &Reader) -> Option<FormatSpec> {
    let (pairs, end) = texts.iter().find_map(|text| (reader.pairs)(text))?;
    let first = pairs.first()?.before;
    let alike: Vec<&&str> = texts
        .iter()
        .filter(|text| text.starts_with(first))
        .collect();
    if alike.len() * 4 < texts.len() {
        return None;
    }
    let in_order = |text: &&&&str| {
        let mut rest: &str = text;
        pairs.iter().all(|pair| match rest.find(pair.before) {
            Some(at) => {
                rest = rest.get(at + pair.before.len()..).unwrap_or_default();
                true
            }
            None => false,
        })
    };
    let ordered = alike.iter().filter(in_order).count();
    let broken = alike.iter().filter(|text| (reader.refuses)(text)).count();
    let is_broken = broken >= LEAST && broken as f64 >= alike.len() as f64 * SHARE;
    let is_alike = ordered as f64 >= alike.len() as f64 * ALIKE;
    (is_broken && is_alike).then(|| template(&pairs, end))?
}

/// The pairs as a template; only if the message is last, so that nothing has to be found behind it.
fn template(pairs: &[Pair<'_>], end: &str) -> Option<FormatSpec> {
    let mut text = String::new();
    let (mut datefmt, mut seen) = (None, Vec::new());
    for (at, pair) in pairs.iter().enumerate() {
        text.push_str(&pair.before.replace('%', "%%"));
        let last = at + 1 == pairs.len();
        let name = match field_name(pair.key) {
            Some("message") if !last => return None,
            Some("asctime") => {
                let written = time_text(&whole_time(pair.value)?)?;
                text.push_str(&written.text);
                datefmt = written.datefmt;
                continue;
            }
            Some(name) => name,
            None if last => return None,
            None => pair.key,
        };
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        let _ = write!(text, "%({name})s");
    }
    text.push_str(&end.replace('%', "%%"));
    seen.contains(&"message").then_some(FormatSpec::Template {
        style: Style::Percent,
        text,
        datefmt,
        msec_format: None,
    })
}

/// What `logging` calls the value of a key that all loggers know.
fn field_name(key: &str) -> Option<&'static str> {
    let (role, _) = role_of(key.to_lowercase().as_bytes())?;
    match role {
        Role::Time => Some("asctime"),
        Role::Level => Some("levelname"),
        Role::Logger => Some("name"),
        Role::Message => Some("message"),
        _ => None,
    }
}

fn whole_time(value: &str) -> Option<Moment> {
    anytime::recognise(value.as_bytes()).filter(|moment| moment.len == value.len())
}

/// Whether the reader of JSON reads the whole text: numbers, lists, escapes and Python's `NaN` are as good as texts.
fn is_json(text: &str) -> bool {
    let text = text.trim_end();
    json_scan::walk(text.as_bytes(), Strictness::Strict, &mut |_, _| {}) == Some(text.len())
}

/// Whether the text is nothing but pairs, with escapes where values need them.
fn is_logfmt(text: &str) -> bool {
    let mut rest = text.trim_end();
    while !rest.is_empty() {
        let Some((key, value)) = rest.split_once('=') else {
            return false;
        };
        let Some(len) = value_len(value) else {
            return false;
        };
        if key.is_empty() || key.contains([' ', '"']) {
            return false;
        }
        rest = match value.get(len..).unwrap_or_default() {
            "" => return true,
            rest if rest.starts_with(' ') => rest.trim_start(),
            _ => return false,
        };
    }
    true
}

/// The length of the value that a text begins with, its quotes included; `None` if they are not closed.
fn value_len(text: &str) -> Option<usize> {
    let Some(inner) = text.strip_prefix('"') else {
        return Some(text.find([' ', '"']).unwrap_or(text.len()));
    };
    let mut escaped = false;
    let close = inner.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some(close + 2)
}

/// `{"key": "value", …}` with texts for values and nothing escaped.
fn json(text: &str) -> Option<Pairs<'_>> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let (mut pairs, mut from, mut at) = (Vec::new(), 0, 0);
    loop {
        let open = at + text.get(at..)?.find('"')?;
        let close = open + 1 + text.get(open + 1..)?.find('"')?;
        let value = close + 1 + text.get(close + 1..)?.find('"')? + 1;
        let between = text.get(close + 1..value)?;
        let end = value + text.get(value..)?.find('"')?;
        if between.trim_end_matches('"').trim() != ":" || text.get(..end)?.ends_with('\\') {
            return None;
        }
        pairs.push(Pair {
            before: text.get(from..value)?,
            key: text.get(open + 1..close)?,
            value: text.get(value..end)?,
        });
        (from, at) = (end, end + 1);
        let rest = text.get(at..)?.trim();
        if rest == "}" {
            return Some((pairs, text.get(end..)?));
        }
        if !rest.starts_with(',') {
            return None;
        }
    }
}

/// `key=value key="value"` with at least three pairs, and nothing that needs a reader's patience.
fn logfmt(text: &str) -> Option<Pairs<'_>> {
    let (mut pairs, mut from, mut at) = (Vec::new(), 0, 0);
    loop {
        let equals = at + text.get(at..)?.find('=')?;
        let key = text.get(at..equals)?;
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        if key.is_empty() || !key.chars().all(word) {
            return None;
        }
        let quoted = text.get(equals + 1..)?.starts_with('"');
        let value = equals + 1 + usize::from(quoted);
        let stop = if quoted { '"' } else { ' ' };
        let found = text.get(value..)?.find(stop);
        let end = match found {
            Some(len) => value + len,
            None if quoted => return None,
            None => text.len(),
        };
        if !quoted && text.get(value..end)?.contains(['"', '=']) {
            return None;
        }
        pairs.push(Pair {
            before: text.get(from..value)?,
            key,
            value: text.get(value..end)?,
        });
        from = end;
        at = end + usize::from(quoted);
        match text.get(at..)? {
            "" => return (pairs.len() >= 3).then(|| text.get(end..).map(|end| (pairs, end)))?,
            rest if rest.starts_with(' ') => at += 1,
            _ => return None,
        }
    }
}
