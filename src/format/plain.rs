//! Text without a known format: the last resort.
//!
//! Either every line that is no continuation starts a record, or, where lines begin with a timestamp, only those do.

use std::borrow::Cow;

use super::anytime::{self, Moment};
use super::appended::continues;
use super::extractor::{Clock, Header, LevelWord, Parsed, without_line_end};
use super::field::{Column, Role};
use super::framer::{Framer, LineFramer};
use super::text_level::find_level;
use crate::base::level::{LevelId, standard_level};
use crate::base::text::ansi_len;
use crate::base::time::ZoneClock;

/// Text whose records are told by timestamps at the start of lines, or by indentation.
#[derive(Debug, Clone)]
pub struct PlainFormat {
    clock: Clock,
    /// Words say levels.
    levels: bool,
    columns: Box<[Column]>,
}

impl Default for PlainFormat {
    fn default() -> Self {
        Self::new(Clock::None)
    }
}

/// The head of a line: where its time, its level and the rest stand.
struct Head {
    moment: Option<(usize, Moment)>,
    level: Option<(std::ops::Range<usize>, LevelId)>,
    /// Where the message begins.
    rest: usize,
}

impl PlainFormat {
    /// With a clock, lines that begin with such a time start records; with `Clock::None`, lines that are no continuation.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        let mut columns = vec![
            Column::new("level", Role::Level),
            Column::new("message", Role::Message),
        ];
        if clock != Clock::None {
            columns.insert(0, Column::new("time", Role::Time));
        }
        Self {
            clock,
            levels: true,
            columns: columns.into(),
        }
    }

    /// For what is no text: lines as they are, since a word among noise says no level.
    #[must_use]
    pub fn lines() -> Self {
        Self {
            clock: Clock::None,
            levels: false,
            columns: Box::new([Column::new("message", Role::Message)]),
        }
    }

    /// Time if there is one, level if words say one, message.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What the times at the starts of lines show.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// What tells where records begin: without times, what a traceback is at.
    pub(super) fn framer(&self) -> Option<Framer<'_>> {
        (self.clock == Clock::None).then(|| Framer::Lines(LineFramer::new(Some(self))))
    }

    /// The level that the first line of a record without a time says.
    pub(super) fn level(&self, record: &[u8]) -> Option<LevelId> {
        let end = memchr::memchr(b'\n', record).unwrap_or(record.len());
        let head = self.head(record.get(..end)?)?;
        head.level.map(|(_, id)| id)
    }

    /// Whether a record starts at this line, as far as the line alone tells.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        if self.clock == Clock::None {
            !continues(line)
        } else {
            self.moment(line).is_some()
        }
    }

    /// The time at the start and the level that a word says.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        if self.clock == Clock::None && continues(line) {
            return None;
        }
        let head = self.head(line)?;
        Some(Header {
            time: head.moment.map(|(_, moment)| moment.resolve(zone)),
            level: head
                .level
                .map_or(LevelWord::None, |(_, id)| LevelWord::Standard(id)),
            logger: None,
        })
    }

    /// Time, level and the rest of the record. Without a timestamp the message is the whole text.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let text = without_line_end(record);
        let Some(head) = self.head(text) else {
            return Parsed::unmatched(record);
        };
        let part = |range: std::ops::Range<usize>| text.get(range).map(Cow::Borrowed);
        Parsed {
            matched: true,
            time: head
                .moment
                .and_then(|(at, moment)| part(at..at + moment.len)),
            level: head.level.and_then(|(range, _)| part(range)),
            message: Cow::Borrowed(text.get(head.rest..).unwrap_or_default()),
            ..Parsed::default()
        }
    }

    fn moment(&self, line: &[u8]) -> Option<(usize, Moment)> {
        time_at_start(line).filter(|(_, moment)| moment.clock == self.clock)
    }

    fn head(&self, line: &[u8]) -> Option<Head> {
        if self.clock == Clock::None {
            let level = self.levels.then(|| find_level(line)).flatten();
            return Some(Head {
                moment: None,
                level: level.filter(|(range, _)| leads(line, range.start)),
                rest: 0,
            });
        }
        let moment = self.moment(line)?;
        let after = moment.0 + moment.1.len;
        let before = line.get(..moment.0).unwrap_or_default();
        if let Some(level) = level_before(before) {
            return Some(Head {
                moment: Some(moment),
                level: Some(level),
                rest: skip_separators(line, after),
            });
        }
        let start = skip_separators(line, after);
        let level = find_level(line.get(start..).unwrap_or_default())
            .map(|(range, id)| (range.start + start..range.end + start, id));
        let rest = match &level {
            Some((range, _)) if range.start <= start + 1 => skip_separators(line, range.end),
            _ => start,
        };
        Some(Head {
            moment: Some(moment),
            level,
            rest,
        })
    }
}

/// Whether a word begins the line or stands in a bracket: without a known format, capitals further on say nothing.
fn leads(line: &[u8], at: usize) -> bool {
    at == 0 || matches!(line.get(at - 1), Some(b'[' | b'<' | b'(' | b'|' | b'='))
}

/// Empty, indented, or a line that Python and Java write inside a traceback.
pub fn is_continuation(line: &[u8]) -> bool {
    const PARTS: [&[u8]; 6] = [
        b"Traceback (most recent call last)",
        b"During handling of the above exception",
        b"The above exception was the direct cause",
        b"Caused by: ",
        b"Stack (most recent call last)",
        b"Suppressed: ",
    ];
    line.first()
        .is_none_or(|b| b.is_ascii_whitespace() || *b == 0 || *b == b'}' || *b == b']')
        || PARTS.iter().any(|part| line.starts_with(part))
}

/// A timestamp at the start of a line, behind opening brackets, escape sequences or one level word.
pub fn time_at_start(line: &[u8]) -> Option<(usize, Moment)> {
    let line = line.get(..line.len().min(160)).unwrap_or_default();
    let mut at = skip_openers(line, 0);
    if let Some(found) = anytime::recognise(line.get(at..)?) {
        return Some((at, found));
    }
    let word = line
        .get(at..)?
        .iter()
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    standard_level(line.get(at..at + word)?)?;
    at = skip_openers(line, at + word);
    while matches!(line.get(at), Some(b' ' | b'|' | b':' | b']' | b'\t')) {
        at = skip_openers(line, at + 1);
    }
    anytime::recognise(line.get(at..)?).map(|found| (at, found))
}

fn skip_openers(line: &[u8], mut at: usize) -> usize {
    loop {
        let rest = line.get(at..).unwrap_or_default();
        match rest.first() {
            Some(b'[' | b'(' | b'<' | b'{' | b'"') => at += 1,
            Some(0x1b) => at += ansi_len(rest).max(1),
            Some(0xef) if at == 0 && rest.starts_with(b"\xef\xbb\xbf") => at += 3,
            _ => return at,
        }
    }
}

/// The level word that stands before the time, if one does.
fn level_before(before: &[u8]) -> Option<(std::ops::Range<usize>, LevelId)> {
    let start = skip_openers(before, 0);
    let len = before
        .get(start..)?
        .iter()
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    let id = standard_level(before.get(start..start + len)?)?;
    Some((start..start + len, id))
}

fn skip_separators(line: &[u8], mut at: usize) -> usize {
    loop {
        let rest = line.get(at..).unwrap_or_default();
        match rest.first() {
            Some(b' ' | b'\t' | b']' | b')' | b'>' | b'|' | b':' | b',' | b';' | b'"') => at += 1,
            Some(b'-') if rest.get(1).is_none_or(|b| !b.is_ascii_digit()) => at += 1,
            Some(0x1b) => at += ansi_len(rest).max(1),
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::base::time::Zone;

    #[test]
    fn timed_text() {
        let format = PlainFormat::new(Clock::Full);
        let mut zone = ZoneClock::new(&Zone::Utc);
        for (record, level, message) in [
            (
                "2026-11-22 10:00:01 ERROR it broke\n  at x\n",
                "ERROR",
                "it broke\n  at x",
            ),
            ("[2026-11-22T10:00:01Z] [warn] disk\n", "warn", "disk"),
            ("W [22/Nov/2026:10:00:01 +0000] disk\n", "W", "disk"),
            ("2026-11-22 10:00:01 just text", "", "just text"),
        ] {
            let parsed = format.parse(record.as_bytes());
            assert!(parsed.matched, "{record}");
            assert_eq!(
                parsed.level.unwrap_or_default().as_ref(),
                level.as_bytes(),
                "{record}"
            );
            assert_eq!(parsed.message.as_ref(), message.as_bytes(), "{record}");
            let header = format.header(record.as_bytes(), &mut zone).unwrap();
            assert_eq!(header.time, Some(1_795_341_601_000_000_000), "{record}");
        }
        assert!(!format.is_start(b"10:00:01 no date"));
    }

    #[test]
    fn untimed_text() {
        let format = PlainFormat::default();
        for (line, start) in [
            ("a", true),
            (" a", true),
            ("  a", false),
            ("\ta", false),
            ("", false),
            ("\n", false),
            ("Traceback (most recent call last):\n", false),
        ] {
            assert_eq!(format.is_start(line.as_bytes()), start, "{line:?}");
        }
    }
}
