//! JSON and `key=value` lines that a template wrote: values are not escaped, so that what reads those formats cuts a
//! message at its first quote. A template that repeats the keys reads them whole.

use std::fmt::Write as _;

use super::super::anytime::{self, Moment};
use super::super::field::Role;
use super::super::json_scan::{self, Raw, Strictness};
use super::super::known_keys::role_of;
use super::super::logfmt;
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

/// Whether the reader of logfmt reads the whole text: nothing but pairs, with escapes where values need them.
fn is_logfmt(text: &str) -> bool {
    let text = text.trim_end().as_bytes();
    let mut at = 0;
    while let Some(pair) = logfmt::pair_at(text, at).filter(|pair| is_whole(text, pair)) {
        let rest = text.get(pair.end..).unwrap_or_default();
        at = pair.end + rest.iter().take_while(|b| **b == b' ').count();
        if at == text.len() {
            return true;
        }
    }
    text.is_empty()
}

/// Whether a value is as long as its quotes say: none stands inside unescaped.
fn is_whole(text: &[u8], pair: &logfmt::Pair<'_>) -> bool {
    let value = pair.raw.bytes();
    let quote = match text.get(pair.value) {
        Some(quote) if pair.is_quoted() => quote,
        _ => return !value.contains(&b'"'),
    };
    let mut escaped = false;
    let inside = value.iter().any(|byte| {
        let closes = byte == quote && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    });
    !inside
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

/// `key=value key="value"` with at least three pairs, a blank between them, and nothing that needs a reader's patience.
fn logfmt(text: &str) -> Option<Pairs<'_>> {
    let (mut pairs, mut from, mut at) = (Vec::new(), 0, 0);
    loop {
        let pair = logfmt::pair_at(text.as_bytes(), at)?;
        let quote = usize::from(pair.is_quoted());
        let value = pair.value + quote..pair.end - quote;
        let shown = text.get(value.clone())?;
        let opened = text.get(pair.value..)?.starts_with('"');
        let is_plain = pair.is_quoted() == opened && !matches!(pair.raw, Raw::Compound(_));
        if !is_plain || shown.contains('"') || !opened && shown.contains('=') {
            return None;
        }
        pairs.push(Pair {
            before: text.get(from..value.start)?,
            key: text.get(pair.key)?,
            value: shown,
        });
        (from, at) = (value.end, pair.end + 1);
        match text.get(pair.end..)? {
            "" => return (pairs.len() >= 3).then_some((pairs, text.get(from..)?)),
            rest if rest.starts_with(' ') => {}
            _ => return None,
        }
    }
}
