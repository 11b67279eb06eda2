//! A regular expression of the user's with named groups.

mod build;
mod compile;
mod fixed;
mod groups;
mod program;
mod run;
pub(super) mod stop;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{CaptureLocations, Regex};

use super::anytime;
use super::colour::Stripped;
use super::extractor::{
    Clock, FieldValue, Header, LevelWord, Parsed, without_break, without_line_end,
};
use super::field::{Column, Role};
use super::level_scale::Scale;
use super::spec::FormatError;
use crate::base::level::standard_level;
use crate::base::time::ZoneClock;
use build::{build, explain, parse};
pub(super) use groups::roles_of_names;
use groups::{clock, roles};
use program::{KEPT, Program, group_names};
use run::Verdict;

/// Lines that a pattern matches from their beginning start records.
///
/// Groups get their meaning from their names, as keys of JSON records do (`time`, `level`, `logger`, `message` and the
/// usual synonyms); `time_of_day` and `time_no_year` are times that lack the rest. Without a group for the message it is
/// what follows the match, and without one for the level a `status` of HTTP or an `errno` tells it.
///
/// Headers are read by a `Program` where the pattern is of a kind that it can express; the regular expression is the
/// definition, takes records apart, and is compiled when it is first needed if the pattern is known to be good.
#[derive(Debug, Clone)]
pub struct RegexFormat {
    pattern: Box<str>,
    regex: OnceLock<Option<Regex>>,
    quick: Option<Program>,
    columns: Box<[Column]>,
    /// Group number of each column; the message's is absent if no group is named so.
    groups: Box<[Option<usize>]>,
    clock: Clock,
    /// What the level's marks or numbers mean, if its group is named after a scale.
    scale: Option<Scale>,
    /// The level is what another field tells, and that stays a field.
    is_derived: bool,
    /// The pattern speaks of escape sequences itself, so they are not taken out of lines.
    sees_escapes: bool,
    /// Whether a NUL before the line end ends a record, too, and is no part of its message.
    ends_with_nul: bool,
}

/// Where the groups of a match stand in the text, escape sequences included.
struct Spans {
    locations: CaptureLocations,
    stripped: Option<Stripped>,
}

impl Spans {
    fn get(&self, group: usize) -> Option<Range<usize>> {
        let (start, end) = self.locations.get(group)?;
        Some(match &self.stripped {
            Some(stripped) => stripped.origin(start..end),
            None => start..end,
        })
    }
}

impl RegexFormat {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// It is no regular expression, is too large, or names no group.
    pub fn compile(pattern: &str) -> Result<Self, FormatError> {
        let regex = build(pattern).map_err(|error| explain(pattern, &error))?;
        let format = Self::of_good(pattern)?;
        Ok(Self {
            regex: OnceLock::from(Some(regex)),
            ..format
        })
    }

    /// As `compile` for a pattern that is known to be good; nothing but the shortest way is compiled now.
    ///
    /// # Errors
    /// It cannot be parsed or names no group.
    pub fn of_good(pattern: &str) -> Result<Self, FormatError> {
        let unreadable = |_| FormatError::new("no regular expression", "check the pattern");
        let hir = parse(pattern).map_err(unreadable)?;
        let names = group_names(&hir);
        let named: Vec<(usize, &str)> = names
            .iter()
            .map(|(group, name)| (*group, &**name))
            .collect();
        if named.is_empty() {
            return Err(FormatError::new(
                "the pattern names no group",
                "name groups as in (?P<level>[A-Z]+); time, level, logger and message have a meaning",
            ));
        }
        let roles = roles(&named);
        let clock = clock(&named, &roles);
        let mut rated = named.iter().zip(&roles);
        let level = rated.find(|(_, role)| **role == Role::Level);
        let derived = match level {
            Some(_) => None,
            None => named
                .iter()
                .find_map(|(group, name)| Some((*group, Scale::derived_from(name)?))),
        };
        let scale = match derived {
            Some((_, scale)) => Some(scale),
            None => level.and_then(|((_, name), _)| Scale::of_group(name)),
        };
        let mut columns = Vec::new();
        let mut groups = Vec::new();
        for ((group, name), role) in named.iter().zip(&roles) {
            if derived.is_some_and(|(source, _)| source == *group) {
                columns.push(Column::level_from(name));
                groups.push(Some(*group));
            }
            columns.push(Column::new(*name, *role));
            groups.push(Some(*group));
        }
        if !roles.contains(&Role::Message) {
            columns.push(Column::new("message", Role::Message));
            groups.push(None);
        }
        let mut format = Self {
            pattern: pattern.into(),
            regex: OnceLock::new(),
            quick: None,
            columns: columns.into(),
            groups: groups.into(),
            clock,
            scale,
            is_derived: derived.is_some(),
            sees_escapes: pattern.contains("\\x1b") || pattern.contains('\u{1b}'),
            ends_with_nul: false,
        };
        format.quick = Program::compile(&hir, KEPT_ROLES.map(|role| format.group(role)));
        Ok(format)
    }

    /// The same for records that end with a NUL and a line end (`terminator = "\0\n"`).
    #[must_use]
    pub fn with_nul_ends(mut self) -> Self {
        self.ends_with_nul = true;
        self
    }

    fn regex(&self) -> Option<&Regex> {
        let regex = self.regex.get_or_init(|| build(&self.pattern).ok());
        regex.as_ref()
    }

    /// One per named group, and the message.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Full, unless the time's group is called otherwise.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Whether the pattern matches from the line's beginning.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        let line = without_line_end(line);
        let stripped = self.stripped(line);
        let text = stripped.as_ref().map_or(line, Stripped::text);
        match self.quick.as_ref().map(|quick| quick.run(text)) {
            Some(Verdict::Yes(_)) => true,
            Some(Verdict::No) => false,
            Some(Verdict::Unsure) | None => self.regex().is_some_and(|regex| regex.is_match(text)),
        }
    }

    /// The text without escape sequences, if there are any that the pattern does not ask for.
    fn stripped(&self, text: &[u8]) -> Option<Stripped> {
        if self.sees_escapes {
            return None;
        }
        Stripped::new(text)
    }

    fn spans(&self, text: &[u8]) -> Option<Spans> {
        let stripped = self.stripped(text);
        let regex = self.regex()?;
        let mut locations = regex.capture_locations();
        let read = stripped.as_ref().map_or(text, |stripped| stripped.text());
        regex.captures_read(&mut locations, read)?;
        Some(Spans {
            locations,
            stripped,
        })
    }

    /// Time, level and logger by the groups' names.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        let line = without_line_end(line);
        let [time, level, logger] = self.header_spans(line)?;
        let value =
            |span: Option<Range<usize>>| line.get(span?).filter(|value: &&[u8]| !value.is_empty());
        let time = value(time).and_then(anytime::recognise);
        Some(Header {
            time: time
                .filter(|moment| moment.clock == self.clock)
                .map(|moment| moment.resolve(zone)),
            level: self.level_word(value(level).unwrap_or_default()),
            logger: value(logger).map(Cow::Borrowed),
        })
    }

    /// Where time, level and logger stand in the line; `None` if the pattern does not match.
    #[inline]
    fn header_spans(&self, line: &[u8]) -> Option<[Option<Range<usize>>; KEPT]> {
        let Some(quick) = &self.quick else {
            return self.regex_spans(line);
        };
        let stripped = self.stripped(line);
        let text = stripped.as_ref().map_or(line, Stripped::text);
        let slots = match quick.run(text) {
            Verdict::Yes(slots) => slots,
            Verdict::No => return None,
            Verdict::Unsure => return self.regex_spans(line),
        };
        let span = |group: usize| {
            let [start, end] = *slots.get(2 * group..)?.first_chunk::<2>()?;
            let found = start != u32::MAX && end != u32::MAX;
            let span = found.then_some(start as usize..end as usize)?;
            Some(match &stripped {
                Some(stripped) => stripped.origin(span),
                None => span,
            })
        };
        Some(std::array::from_fn(span))
    }

    /// As `header_spans`, by the definition.
    #[cold]
    fn regex_spans(&self, line: &[u8]) -> Option<[Option<Range<usize>>; KEPT]> {
        let spans = self.spans(line)?;
        Some(KEPT_ROLES.map(|role| spans.get(self.group(role)?)))
    }

    /// Takes a record apart: the pattern on its first line, or over all lines if only that matches.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let whole = match self.ends_with_nul {
            true => without_line_end(record),
            false => without_break(record),
        };
        let line_end = memchr::memchr(b'\n', whole).unwrap_or(whole.len());
        let line = without_line_end(whole.get(..line_end).unwrap_or(whole));
        let Some(spans) = self.spans(line).or_else(|| self.spans(whole)) else {
            return Parsed::unmatched(record);
        };
        let borrowed = |role| self.value(whole, &spans, role).map(Cow::Borrowed);
        Parsed {
            matched: true,
            time: borrowed(Role::Time),
            level: self.level_text(borrowed(Role::Level)),
            logger: borrowed(Role::Logger),
            message: self.message(&spans, line.len(), whole),
            fields: self.fields(whole, &spans),
        }
    }

    fn fields<'a>(&self, text: &'a [u8], spans: &Spans) -> Vec<FieldValue<'a>> {
        let field = |(column, group): (&Column, &Option<usize>)| {
            let value = text.get(spans.get((*group)?)?)?;
            (column.role == Role::Other).then(|| FieldValue {
                name: Cow::Owned(column.name.to_string()),
                value: Cow::Borrowed(value),
            })
        };
        self.columns
            .iter()
            .zip(&self.groups)
            .filter_map(field)
            .collect()
    }

    /// The message's group with the lines that follow the first, or what follows the match.
    fn message<'a>(&self, spans: &Spans, line_len: usize, whole: &'a [u8]) -> Cow<'a, [u8]> {
        let matched_to = spans.get(0).map_or(0, |all| all.end);
        let Some(group) = self.group(Role::Message) else {
            return Cow::Borrowed(whole.get(matched_to..).unwrap_or_default());
        };
        let span = spans.get(group).unwrap_or(matched_to..matched_to);
        // What is no UTF-8 ends `.*` and with it the match: the rest is the message's, too.
        let cut_off = span.end == matched_to && !span.is_empty();
        if (span.end >= line_len || cut_off) && span.start < line_len {
            return Cow::Borrowed(whole.get(span.start..).unwrap_or_default());
        }
        let text = whole.get(span).unwrap_or_default();
        match whole.get(line_len..) {
            None | Some([]) => Cow::Borrowed(text),
            // It begins on the next line, as .NET's console logger writes it.
            Some(more) if text.is_empty() && more.starts_with(NEXT_LINE) => {
                Cow::Borrowed(more.trim_ascii_start())
            }
            Some(more) => Cow::Owned([text, more].concat()),
        }
    }

    /// What a level's text says: a word, or a number on the scale that the group's name tells.
    fn level_word<'a>(&self, word: &'a [u8]) -> LevelWord<'a> {
        if word.is_empty() {
            return LevelWord::None;
        }
        let standard = match self.scale {
            Some(scale) => scale.level(word),
            None => standard_level(word).or_else(|| Scale::Python.level(word)),
        };
        match standard {
            Some(id) => LevelWord::Standard(id),
            None if self.is_derived => LevelWord::None,
            None => LevelWord::Custom(word),
        }
    }

    /// The level as a record shows it; its name where another field tells it.
    fn level_text<'a>(&self, shown: Option<Cow<'a, [u8]>>) -> Option<Cow<'a, [u8]>> {
        match self.scale.filter(|_| self.is_derived) {
            None => shown,
            Some(scale) => Some(Cow::Borrowed(scale.level(&shown?)?.name().as_bytes())),
        }
    }

    fn group(&self, role: Role) -> Option<usize> {
        let at = self.columns.iter().position(|column| column.role == role)?;
        self.groups.get(at).copied().flatten()
    }

    fn value<'a>(&self, text: &'a [u8], spans: &Spans, role: Role) -> Option<&'a [u8]> {
        let value = text.get(spans.get(self.group(role)?)?)?;
        (!value.is_empty()).then_some(value)
    }
}

/// How a message begins that does not stand on the line of its header.
const NEXT_LINE: &[u8] = b"\n      ";

/// The roles whose groups the scan wants.
const KEPT_ROLES: [Role; KEPT] = [Role::Time, Role::Level, Role::Logger];

#[cfg(test)]
mod quick_tests;
#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::level::LevelId;
    use crate::base::time::Zone;

    const PATTERN: &str = r"(?P<time>\S+ \S+) \[(?P<level>\w+)\] (?P<request_id>\S+) (?P<logger>[\w.]+): (?P<message>.*)";

    #[test]
    fn groups_become_columns() {
        let format = RegexFormat::compile(PATTERN).unwrap();
        let record = b"2026-11-22 10:00:00.250 [WARN] r-1 shop.db: lost\nTraceback\n";
        let header = format
            .header(record, &mut ZoneClock::new(&Zone::Utc))
            .unwrap();
        assert_eq!(header.time, Some(1_795_341_600_250_000_000));
        assert_eq!(header.level, LevelWord::Standard(LevelId::WARNING));
        assert_eq!(header.logger.as_deref(), Some(&b"shop.db"[..]));
        let parsed = format.parse(record);
        assert_eq!(&*parsed.message, b"lost\nTraceback");
        assert_eq!(parsed.fields.len(), 1);
        assert!(!format.is_start(b"Traceback (most recent call last):\n"));
    }

    #[test]
    fn without_a_message_group_it_is_the_rest() {
        let format = RegexFormat::compile(r"<(?P<level>\d+)> ").unwrap();
        let parsed = format.parse(b"<40> down\nand out\n");
        assert_eq!(&*parsed.message, b"down\nand out");
        let header = format
            .header(b"<40> down", &mut ZoneClock::new(&Zone::Utc))
            .unwrap();
        assert_eq!(header.level, LevelWord::Standard(LevelId::ERROR));
    }

    #[test]
    fn colours_are_looked_through() {
        let format = RegexFormat::compile(PATTERN).unwrap();
        let record = b"\x1b[2m2026-11-22 10:00:00.250\x1b[0m [\x1b[33mWARN\x1b[0m] r-1 shop.db: \x1b[1mlost\x1b[0m\nmore\n";
        let header = format
            .header(
                record.split(|b| *b == b'\n').next().unwrap(),
                &mut ZoneClock::new(&Zone::Utc),
            )
            .unwrap();
        assert_eq!(header.time, Some(1_795_341_600_250_000_000));
        assert_eq!(header.level, LevelWord::Standard(LevelId::WARNING));
        let parsed = format.parse(record);
        assert_eq!(parsed.logger.as_deref(), Some(&b"shop.db"[..]));
        assert_eq!(
            parsed.time.as_deref(),
            Some(&b"2026-11-22 10:00:00.250"[..])
        );
        assert_eq!(&*parsed.message, b"lost\x1b[0m\nmore");
        // A pattern that asks for escape sequences sees them.
        let format = RegexFormat::compile(r"\x1b\[3\dm(?<level>\w+)").unwrap();
        assert!(format.is_start(b"\x1b[33mWARN\x1b[0m x"));
    }

    #[test]
    fn mistakes_are_explained() {
        for (pattern, column) in [
            ("(?P<level>[A-Z)", Some(10)),
            ("no group", None),
            ("(?P<a>x{1000}){1000}", None),
        ] {
            let error = RegexFormat::compile(pattern).unwrap_err();
            assert_eq!(error.column, column, "{pattern}: {error}");
            assert!(!error.hint.is_empty());
        }
    }
}
