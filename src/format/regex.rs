//! A regular expression of the user's with named groups.

mod compile;
mod fixed;
mod program;
mod run;
pub(super) mod stop;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{CaptureLocations, Regex, RegexBuilder};
use regex_syntax::hir::Hir;

use super::anytime;
use super::colour::Stripped;
use super::extractor::{
    Clock, FieldValue, Header, LevelWord, Parsed, without_break, without_line_end,
};
use super::field::{Column, Role};
use super::known_keys::role_of;
use super::level_scale::Scale;
use super::spec::FormatError;
use crate::base::level::standard_level;
use crate::base::time::ZoneClock;
use program::{KEPT, Program, group_names};
use run::Verdict;

/// The name of a group that holds a time of day without a date.
const TIME_OF_DAY: &str = "time_of_day";
/// The name of a group that holds a date without a year and a time.
const TIME_NO_YEAR: &str = "time_no_year";

/// Largest compiled size of a pattern, in bytes: a pattern from a settings file must not eat the memory.
const SIZE_LIMIT: usize = 8 << 20;

/// Lines that a pattern matches from their beginning start records.
///
/// Groups get their meaning from their names, as keys of JSON records do (`time`, `level`, `logger`, `message` and the
/// usual synonyms); `time_of_day` and `time_no_year` are times that lack the rest. Without a group for the message it is
/// what follows the match.
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
        let level = named
            .iter()
            .zip(&roles)
            .find(|(_, role)| **role == Role::Level);
        let scale = level.and_then(|((_, name), _)| Scale::of_group(name));
        let mut columns = Vec::new();
        let mut groups = Vec::new();
        for ((group, name), role) in named.iter().zip(&roles) {
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
            level: borrowed(Role::Level),
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
        standard.map_or(LevelWord::Custom(word), LevelWord::Standard)
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

fn anchored(pattern: &str) -> String {
    format!("\\A(?:{pattern})")
}

fn build(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&anchored(pattern))
        .unicode(true)
        .size_limit(SIZE_LIMIT)
        .build()
}

/// The pattern as `build` understands it.
fn parse(pattern: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new()
        .utf8(false)
        .build()
        .parse(&anchored(pattern))
        .map_err(Box::new)
}

/// The roles of names in a row; of several candidates for one role the best known name gets it.
pub(super) fn roles_of_names(names: &[Box<str>]) -> Vec<Role> {
    let named: Vec<(usize, &str)> = names.iter().map(|name| (0, &**name)).collect();
    roles(&named)
}

/// The roles of named groups; of several candidates for one role the best known name gets it.
fn roles(named: &[(usize, &str)]) -> Vec<Role> {
    let known: Vec<(Role, u8)> = named
        .iter()
        .map(|(_, name)| match *name {
            TIME_OF_DAY | TIME_NO_YEAR => (Role::Time, 0),
            name if Scale::of_group(name).is_some() => (Role::Level, u8::MAX),
            name => role_of(name.as_bytes()).unwrap_or((Role::Other, 0)),
        })
        .collect();
    let best = |role: Role| {
        let rivals = known
            .iter()
            .enumerate()
            .filter(|(_, (rival, _))| *rival == role);
        rivals.min_by_key(|(_, (_, rank))| *rank).map(|(at, _)| at)
    };
    let is_best = |(at, (role, _)): (usize, &(Role, u8))| match role {
        Role::Other => Role::Other,
        role if best(*role) == Some(at) => *role,
        _ => Role::Other,
    };
    known.iter().enumerate().map(is_best).collect()
}

fn clock(named: &[(usize, &str)], roles: &[Role]) -> Clock {
    let time = named
        .iter()
        .zip(roles)
        .find(|(_, role)| **role == Role::Time);
    match time.map(|((_, name), _)| *name) {
        None => Clock::None,
        Some(TIME_OF_DAY) => Clock::TimeOfDay,
        Some(TIME_NO_YEAR) => Clock::NoYear,
        Some(_) => Clock::Full,
    }
}

/// The error in the user's terms, with the column in the pattern.
fn explain(pattern: &str, error: &regex::Error) -> FormatError {
    let hint = "a backslash takes a character's meaning away: \\[ is a bracket";
    match error {
        regex::Error::CompiledTooBig(_) => FormatError::new(
            "the pattern is too large",
            "use fewer or smaller repetitions such as {1,100}",
        ),
        error => {
            let text = error.to_string();
            let reason = text
                .lines()
                .rev()
                .find_map(|line| line.strip_prefix("error: "));
            let caret = text
                .lines()
                .find_map(|line| line.trim_end().strip_suffix('^').map(str::len));
            let message = reason.unwrap_or("no regular expression").to_owned();
            let error = FormatError::new(message, hint);
            // The marker stands below the pattern, which is indented by four and begins with `\A(?:`.
            match caret.and_then(|caret| caret.checked_sub(4 + 5)) {
                Some(column) if !pattern.contains('\n') => {
                    error.at(column.min(pattern.chars().count()))
                }
                _ => error,
            }
        }
    }
}

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
