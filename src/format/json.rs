//! JSON lines: one object a line, its usual keys found by name (see `known_keys`), nested keys by dotted path.
//!
//! A record starts where an object starts at the beginning of a line. Text before the object (`kubectl --prefix`, a
//! Docker or CRI time stamp) is allowed if the format says so; lines in between belong to the record before them.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memchr;

use super::extractor::{Ahead, Clock, Header, Parsed};
use super::field::Column;
use super::json_scan::{self, Raw, Strictness};
use super::pairs::{self, Roles};
use super::{json_ahead, json_head, otlp};
use crate::base::time::ZoneClock;

/// Where objects may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonShape {
    /// At the beginning of a line, with their first key on the same line.
    Line,
    /// As `Line`, or a bracket alone on its line (pretty-printed objects).
    Pretty,
    /// Anywhere in the first 300 bytes of a line.
    Prefixed,
}

/// A log of JSON objects.
#[derive(Debug, Clone)]
pub struct JsonFormat {
    shape: JsonShape,
    columns: Arc<[Column]>,
}

impl JsonFormat {
    /// A log whose objects begin where `shape` says.
    pub fn new(shape: JsonShape) -> Self {
        Self {
            shape,
            columns: pairs::columns(),
        }
    }

    /// Time, level, logger, message.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// JSON logs show full times or none.
    pub fn clock(&self) -> Clock {
        Clock::Full
    }

    /// Whether objects may go on behind their first line, so that only the whole record tells its header.
    pub fn header_needs_record(&self) -> bool {
        self.shape == JsonShape::Pretty
    }

    /// Whether an object starts on this line.
    pub fn is_start(&self, line: &[u8]) -> bool {
        self.object(line).is_some()
    }

    /// Time, level and logger of the object that starts on this line, as far as they stand on it.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        let text = self.object(line)?;
        if otlp::is_batch(text) {
            return Some(otlp::header(text).header(zone));
        }
        Some(json_head::read(text).header(zone))
    }

    /// The same for an object at the first byte of `text`, which may go on behind the line; `None` also if it takes the
    /// whole line to tell.
    #[inline]
    pub fn header_ahead<'a>(&self, text: &'a [u8], zone: &mut ZoneClock) -> Option<Ahead<'a>> {
        if otlp::is_batch(text) {
            return None;
        }
        json_ahead::read(text, zone)
    }

    /// The whole record. Values that are no strings stay as written; text behind the object is part of the message.
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let Some(text) = self.object(record) else {
            return Parsed {
                message: Cow::Borrowed(record.trim_ascii_end()),
                ..Parsed::default()
            };
        };
        if otlp::is_batch(text) {
            return otlp::parse(text);
        }
        let prefix = record
            .get(..record.len() - text.len())
            .unwrap_or_default()
            .trim_ascii();
        let (mut roles, mut fields, used) = collect(text, Strictness::Strict);
        let mut used = used;
        if used.is_none_or(|used| roles.known() < 2 && used < text.len() / 2) {
            let forgiving = collect(text, Strictness::Forgiving);
            if forgiving.2.is_some() || forgiving.1.len() > fields.len() {
                (roles, fields, used) = forgiving;
            }
        }
        if !prefix.is_empty() {
            fields.push((Cow::Borrowed("prefix"), Raw::Word(prefix)));
        }
        let tail = used.and_then(|used| text.get(used..)).map(trim);
        roles.into_parsed(fields, tail)
    }

    /// The text from the object's bracket on.
    fn object<'a>(&self, line: &'a [u8]) -> Option<&'a [u8]> {
        let line = line.strip_prefix(b"\x1e").unwrap_or(line);
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        match self.shape {
            JsonShape::Line => opens(line, false).then_some(line),
            JsonShape::Pretty => opens(line, true).then_some(line),
            JsonShape::Prefixed => {
                let head = line.get(..line.len().min(300))?;
                let head = head.get(..memchr(b'\n', head).unwrap_or(head.len()))?;
                memchr::memchr_iter(b'{', head)
                    .find_map(|at| line.get(at..).filter(|text| opens(text, false)))
            }
        }
    }
}

type Collected<'a> = (Roles<'a>, Vec<(Cow<'a, str>, Raw<'a>)>, Option<usize>);

fn collect(text: &[u8], strictness: Strictness) -> Collected<'_> {
    let mut roles = Roles::default();
    let mut fields = Vec::new();
    let used = json_scan::walk(text, strictness, &mut |path, raw| {
        roles.offer(path, raw);
        fields.push((Cow::Owned(String::from_utf8_lossy(path).into_owned()), raw));
    });
    (roles, fields, used)
}

/// `{"key"`, `{ "key"`, `{}`; a bracket alone only where pretty-printing is known.
fn opens(text: &[u8], pretty: bool) -> bool {
    let Some(rest) = text.strip_prefix(b"{") else {
        return false;
    };
    let blank = |byte: &u8| byte.is_ascii_whitespace() && *byte != b'\n';
    let mut rest = rest.iter().skip_while(|byte| blank(byte));
    match rest.next() {
        Some(b'"') => true,
        Some(b'}') => rest
            .find(|byte| !blank(byte))
            .is_none_or(|byte| *byte == b'\n'),
        None | Some(b'\n') => pretty,
        _ => false,
    }
}

fn trim(tail: &[u8]) -> &[u8] {
    let end = tail
        .iter()
        .rposition(|b| !b.is_ascii_whitespace() && *b != 0)
        .map_or(0, |last| last + 1);
    tail.get(..end).unwrap_or_default().trim_ascii_start()
}
