//! What collectors put around every line of another format: Docker, Kubernetes, compose, syslog.
//!
//! Sources: Docker's json-file driver, Kubernetes' CRI logging format, `kubectl logs --prefix`, `docker compose logs`,
//! foreman and honcho, RFC 3164.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::anytime::{self, Moment};
use super::extractor::{Clock, without_line_end};
use super::json_scan::{Raw, Strictness, walk};
use super::pairs::text_of;
use crate::base::level::standard_level;
use crate::base::text::ansi_len;

/// A kind of envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Envelope {
    /// `{"log":"…\n","stream":"stderr","time":"…"}`
    Docker,
    /// `2026-11-22T10:00:01.518Z stdout F …`
    Cri,
    /// `[pod/api-7/api] …`
    Kubectl,
    /// `api-1  | …`, `10:00:01 web.1 | …`
    Compose,
    /// `Nov 22 10:00:01 host app[7]: …`, also with a priority or an ISO time
    Syslog,
    /// The same, and the time is its own: what is inside shows none
    #[serde(rename = "syslog-time")]
    SyslogTime,
    /// `2026-11-22T10:00:01.518Z …`, as `kubectl logs --timestamps` and `docker logs -t` write it
    Stamp,
}

/// A line without its envelope, and what the envelope says.
#[derive(Debug, Default)]
pub struct Opened<'a> {
    /// What was inside.
    pub inner: Cow<'a, [u8]>,
    /// When.
    pub time: Option<&'a [u8]>,
    /// Who.
    pub logger: Option<&'a [u8]>,
    /// What else it says; names as in [`Envelope::fields`].
    pub fields: [Option<&'a [u8]>; 2],
    /// Whether the line goes on in the next one.
    pub is_partial: bool,
}

impl Envelope {
    /// All of them, the stricter ones first.
    pub const ALL: [Self; 7] = [
        Self::Docker,
        Self::Cri,
        Self::Kubectl,
        Self::Compose,
        Self::Syslog,
        Self::SyslogTime,
        Self::Stamp,
    ];

    /// What the user reads.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Docker => "Docker",
            Self::Cri => "Kubernetes (CRI)",
            Self::Kubectl => "kubectl --prefix",
            Self::Compose => "compose",
            Self::Syslog | Self::SyslogTime => "syslog",
            Self::Stamp => "timestamps",
        }
    }

    /// The names of what the envelope says beside time and logger.
    #[must_use]
    pub fn fields(self) -> [Option<&'static str>; 2] {
        match self {
            Self::Docker => [Some("stream"), None],
            Self::Cri => [Some("stream"), Some("tag")],
            Self::Kubectl => [Some("pod"), Some("container")],
            Self::Compose => [Some("service"), None],
            Self::Syslog | Self::SyslogTime => [Some("host"), Some("process")],
            Self::Stamp => [None, None],
        }
    }

    /// How much of a point in time the envelope shows. A syslog time is read with the year that the log's others have.
    #[must_use]
    pub fn clock(self) -> Clock {
        match self {
            Self::Docker | Self::Cri | Self::Stamp => Clock::Full,
            Self::Syslog | Self::SyslogTime => Clock::NoYear,
            Self::Kubectl | Self::Compose => Clock::None,
        }
    }

    /// Whether the envelope names who wrote the line.
    #[must_use]
    pub fn names_logger(self) -> bool {
        matches!(self, Self::Syslog | Self::SyslogTime)
    }

    /// Takes the envelope off a line; `None` if it has none.
    #[must_use]
    pub fn open<'a>(self, line: &'a [u8]) -> Option<Opened<'a>> {
        let line = without_line_end(line);
        match self {
            Self::Docker => docker(line),
            Self::Cri => cri(line),
            Self::Kubectl => kubectl(line),
            Self::Compose => compose(line),
            Self::Syslog | Self::SyslogTime => syslog(line),
            Self::Stamp => stamp(line),
        }
    }
}

/// How a line in Docker's file begins; the text follows.
pub(super) const DOCKER_HEAD: &[u8] = b"{\"log\":\"";

fn docker(line: &[u8]) -> Option<Opened<'_>> {
    if !line.starts_with(DOCKER_HEAD) {
        return None;
    }
    let (mut log, mut stream, mut time) = (None, None, None);
    let whole = walk(line, Strictness::Strict, &mut |path, raw| match path {
        b"log" => log = Some(raw),
        b"stream" => stream = Some(raw.bytes()),
        b"time" => time = Some(raw.bytes()),
        _ => {}
    });
    whole?;
    let escaped = log.map(Raw::bytes)?;
    let ended = escaped.strip_suffix(b"\\n");
    let text = ended.unwrap_or(escaped);
    let text = text.strip_suffix(b"\\r").unwrap_or(text);
    Some(Opened {
        inner: text_of(Raw::Text(text)),
        time: Some(time?),
        fields: [stream, None],
        is_partial: ended.is_none(),
        ..Opened::default()
    })
}

/// An ISO time with a `T` and a zone at the start of the line, and what follows it behind a blank.
fn leading_time(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(b' ', line.get(..line.len().min(40))?)?;
    let (time, rest) = line.split_at_checked(end)?;
    let zoned =
        time.ends_with(b"Z") || time.get(19..)?.contains(&b'+') || time.get(19..)?.contains(&b'-');
    let iso = time.get(10) == Some(&b'T') && time.first()?.is_ascii_digit() && zoned;
    iso.then(|| (time, rest.get(1..).unwrap_or_default()))
}

fn cri(line: &[u8]) -> Option<Opened<'_>> {
    let (time, rest) = leading_time(line)?;
    let stream = rest.get(..6)?;
    if stream != b"stdout" && stream != b"stderr" {
        return None;
    }
    let rest = rest.get(6..)?.strip_prefix(b" ")?;
    let end = memchr::memchr(b' ', rest).unwrap_or(rest.len());
    let (tag, text) = rest.split_at_checked(end)?;
    if !matches!(tag.first(), Some(b'F' | b'P')) || tag.len() > 1 && tag.get(1) != Some(&b':') {
        return None;
    }
    Some(Opened {
        inner: Cow::Borrowed(text.get(1..).unwrap_or_default()),
        time: Some(time),
        fields: [Some(stream), Some(tag)],
        is_partial: tag.first() == Some(&b'P'),
        ..Opened::default()
    })
}

fn kubectl(line: &[u8]) -> Option<Opened<'_>> {
    let rest = line.strip_prefix(b"[pod/")?;
    let end = memchr::memchr(b']', rest)?;
    let (name, text) = rest.split_at_checked(end)?;
    let slash = memchr::memchr(b'/', name)?;
    let text = text.get(1..)?;
    Some(Opened {
        inner: Cow::Borrowed(text.strip_prefix(b" ").unwrap_or(text)),
        fields: [name.get(..slash), name.get(slash + 1..)],
        ..Opened::default()
    })
}

/// Longest name of a service, in bytes.
const LONGEST_SERVICE: usize = 80;

fn compose(line: &[u8]) -> Option<Opened<'_>> {
    let mut rest = without_escapes(line);
    // foreman and honcho put the time of day in front.
    if let Some([h, _, b':', _, _, b':', _, _, b' ']) = rest.first_chunk::<9>()
        && h.is_ascii_digit()
    {
        rest = rest.get(9..)?;
    }
    let name_char = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'_' | b'-' | b'.');
    let len = rest
        .iter()
        .take(LONGEST_SERVICE)
        .take_while(name_char)
        .count();
    let (name, rest) = rest.split_at_checked(len)?;
    if !name.first()?.is_ascii_alphabetic() || standard_level(name).is_some() {
        return None;
    }
    let blanks = rest.iter().take_while(|b| **b == b' ').count();
    let rest = without_escapes(rest.get(blanks..)?).strip_prefix(b"|")?;
    let rest = without_escapes(rest);
    let text = if rest.is_empty() {
        rest
    } else {
        rest.strip_prefix(b" ")?
    };
    Some(Opened {
        inner: Cow::Borrowed(text),
        fields: [Some(name), None],
        ..Opened::default()
    })
}

fn without_escapes(mut text: &[u8]) -> &[u8] {
    while text.first() == Some(&0x1b) {
        text = text.get(ansi_len(text).max(1)..).unwrap_or_default();
    }
    text
}

fn syslog(line: &[u8]) -> Option<Opened<'_>> {
    let mut rest = line;
    if let Some(behind) = rest.strip_prefix(b"<") {
        let digits = behind
            .iter()
            .take(3)
            .take_while(|b| b.is_ascii_digit())
            .count();
        rest = behind.get(digits..)?.strip_prefix(b">")?;
    }
    let first = rest.first()?;
    let Moment { len, clock, .. } = if first.is_ascii_alphabetic() {
        anytime::recognise(rest).filter(|moment| moment.clock == Clock::NoYear)?
    } else {
        anytime::recognise(rest).filter(|moment| moment.clock == Clock::Full)?
    };
    let (time, rest) = rest.split_at_checked(len)?;
    let rest = rest.strip_prefix(b" ")?;
    let (host, rest) = rest.split_at_checked(memchr::memchr(b' ', rest)?)?;
    let rest = rest.get(1..)?;
    let colon = memchr::memmem::find(rest.get(..rest.len().min(LONGEST_SERVICE))?, b": ")?;
    let (tag, text) = rest.split_at_checked(colon)?;
    let bracket = memchr::memchr(b'[', tag).unwrap_or(tag.len());
    let (name, process) = tag.split_at_checked(bracket)?;
    let process = process
        .strip_prefix(b"[")
        .and_then(|p| p.strip_suffix(b"]"));
    if name.is_empty() || name.contains(&b' ') || host.ends_with(b":") {
        return None;
    }
    Some(Opened {
        inner: Cow::Borrowed(text.get(2..).unwrap_or_default()),
        time: (clock == Clock::NoYear).then_some(time),
        logger: Some(name),
        fields: [Some(host), process],
        ..Opened::default()
    })
}

fn stamp(line: &[u8]) -> Option<Opened<'_>> {
    let (time, text) = leading_time(line)?;
    Some(Opened {
        inner: Cow::Borrowed(text),
        time: Some(time),
        ..Opened::default()
    })
}
