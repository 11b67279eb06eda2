//! Pattern layouts of log4j 1, log4j 2 and logback: `%d{HH:mm:ss.SSS} [%t] %-5level %logger{36} - %msg%n`.
//!
//! One reader for all three: they differ in words and in how groups are written, `%highlight{…}{…}` in log4j 2,
//! `%highlight(…)` in logback and Spring Boot, not in what the same text means.

use super::date;
use super::words::{Word, is_word, longest};
use super::{COLOR, RESET};
use crate::format::layout::{Align, FieldSpec, Layout, Piece};
use crate::format::scanner::{Scanner, WIDTH_LIMIT};
use crate::format::spec::FormatError;
use crate::format::template::places::{Kind, balanced};

/// Groups may hold groups, so deep.
const DEEPEST: usize = 16;

/// Parses a pattern layout.
///
/// # Errors
/// A `%` without a conversion word, a word that none of the three knows, groups and options that are not closed.
pub(in crate::format) fn parse(text: &str) -> Result<Layout, FormatError> {
    let mut reader = Reader {
        scanner: Scanner::new(text),
        layout: Layout::default(),
        depth: 0,
    };
    reader.pattern(None)?;
    reader.layout.trim_line_end();
    Ok(reader.layout)
}

/// Whether a text has a conversion word, so that it is such a pattern.
pub(in crate::format) fn is_pattern(text: &str) -> bool {
    text.split('%').skip(1).any(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
        let end = rest.find(|c: char| !c.is_ascii_alphabetic());
        is_word(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default())
    })
}

/// `-20.30`
#[derive(Debug, Clone, Copy, Default)]
struct Modifier {
    left: bool,
    zeros: bool,
    min: usize,
    max: Option<usize>,
}

impl Modifier {
    fn field(self, name: &str) -> FieldSpec {
        FieldSpec {
            width: self.min,
            precision: self.max,
            fill: if self.zeros && !self.left { '0' } else { ' ' },
            align: if self.left { Align::Left } else { Align::Right },
            ..FieldSpec::plain(name)
        }
    }
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    layout: Layout,
    depth: usize,
}

/// An option's text, and the column where it begins.
type WordOption = (String, usize);

impl Reader<'_> {
    /// Reads up to the end, or to the bracket that closes a group.
    fn pattern(&mut self, closing: Option<char>) -> Result<(), FormatError> {
        let opened = self.scanner.column();
        loop {
            let special = |c: char| c == '%' || c == '\\' || c == '$' || Some(c) == closing;
            self.layout
                .push_literal(self.scanner.take_while(|c| !special(c)));
            let start = self.scanner.column();
            match self.scanner.next() {
                None if closing.is_none() => return Ok(()),
                None => {
                    return Err(FormatError::new(
                        "the group is not closed",
                        "put its bracket behind it",
                    )
                    .at(opened.saturating_sub(1)));
                }
                Some('%') => self.conversion(start)?,
                Some('\\') => self.escape(),
                Some('$') => self.property(start)?,
                Some(_) => return Ok(()),
            }
        }
    }

    /// The character behind a backslash.
    fn escape(&mut self) {
        match self.scanner.next() {
            Some('n') => self.layout.push_literal("\n"),
            Some('t') => self.layout.push_literal("\t"),
            Some('r') => self.layout.push_literal("\r"),
            Some('_') => {}
            Some(other) => self.layout.push_literal(other.encode_utf8(&mut [0; 4])),
            None => self.layout.push_literal("\\"),
        }
    }

    /// `${NAME:-default}`: the default is what is printed, as far as the pattern alone tells.
    fn property(&mut self, start: usize) -> Result<(), FormatError> {
        if self.scanner.peek() != Some('{') {
            self.layout.push_literal("$");
            return Ok(());
        }
        let (text, column) = self.option()?.unwrap_or_default();
        let (name, default) = match text.split_once(":-") {
            Some((name, default)) => (name, Some(default)),
            None => (text.as_str(), None),
        };
        if name == "PID" {
            self.layout.push_field(FieldSpec::plain("process"));
            return Ok(());
        }
        let Some(default) = default else {
            return Err(FormatError::new(
                format!("the pattern does not say what ${{{name}}} is"),
                "write its value in its place",
            )
            .at(start));
        };
        let skipped = name.chars().count() + 2;
        self.nested(default, column + skipped)
    }

    /// A pattern inside an option.
    fn nested(&mut self, text: &str, column: usize) -> Result<(), FormatError> {
        self.deeper(column)?;
        let mut inner = Reader {
            scanner: Scanner::new(text),
            layout: std::mem::take(&mut self.layout),
            depth: self.depth,
        };
        let read = inner.pattern(None);
        self.layout = inner.layout;
        self.depth -= 1;
        read.map_err(|error| match error.column {
            Some(at) => error.at(column + at),
            None => error,
        })
    }

    fn deeper(&mut self, column: usize) -> Result<(), FormatError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(FormatError::new("groups inside groups", "write fewer of them").at(column));
        }
        Ok(())
    }

    /// What follows a `%`.
    fn conversion(&mut self, start: usize) -> Result<(), FormatError> {
        if self.scanner.eat('%') {
            self.layout.push_literal("%");
            return Ok(());
        }
        let modifier = self.modifier();
        if self.scanner.eat('(') {
            return self.group(modifier, ')', Word::Group);
        }
        let mut ahead = self.scanner.clone();
        let run = ahead.take_while(|c| c.is_ascii_alphabetic());
        let Some((word, what)) = longest(run) else {
            return Err(unknown(run).at(start));
        };
        for _ in word.chars() {
            self.scanner.next();
        }
        match what {
            Word::Color | Word::Group | Word::Optional => self.word_group(modifier, what, start),
            _ => self.word(modifier, what),
        }
    }

    fn modifier(&mut self) -> Modifier {
        let flags = self.scanner.take_while(|c| c == '-' || c == '0');
        let mut modifier = Modifier {
            left: flags.contains('-'),
            zeros: flags.contains('0'),
            min: self.scanner.number(WIDTH_LIMIT),
            max: None,
        };
        if self.scanner.eat('.') {
            self.scanner.eat('-');
            modifier.max = Some(self.scanner.number(WIDTH_LIMIT)).filter(|max| *max > 0);
        }
        modifier
    }

    /// A word that is a field or nothing.
    fn word(&mut self, modifier: Modifier, what: Word) -> Result<(), FormatError> {
        let mut options = Vec::new();
        if what == Word::Bracketed && self.scanner.eat('(') {
            self.scanner.take_while(|c| c != ')');
            self.scanner.eat(')');
        }
        while let Some(option) = self.option()? {
            options.push(option);
        }
        match what {
            Word::Date => self.date(modifier, &options)?,
            Word::Field(name) => self.layout.push_field(modifier.field(name)),
            Word::Level => {
                let length = options.iter().find_map(|(text, _)| {
                    let (_, rest) = text.split_once("length=")?;
                    rest.split(',').next()?.trim().parse().ok()
                });
                self.layout.push_field(FieldSpec {
                    precision: length.or(modifier.max),
                    ..modifier.field("levelname")
                });
            }
            Word::Keyed(name) => {
                let key = options.first().map(|(text, _)| text.as_str());
                let key = key.and_then(|key| key.split(":-").next()).map(str::trim);
                // Several keys print as one value.
                let key = key.filter(|key| !key.is_empty() && !key.contains(','));
                self.layout.push_field(modifier.field(key.unwrap_or(name)));
            }
            Word::LineEnd => self.layout.push_literal("\n"),
            // The group stands directly behind the name: both are one value.
            Word::Bracketed if options.iter().any(|(name, _)| name.contains("GROUP")) => {}
            Word::Bracketed => self.layout.push_field(modifier.field("applicationName")),
            Word::Exception | Word::Nothing | Word::Color | Word::Group | Word::Optional => {}
        }
        Ok(())
    }

    fn date(&mut self, modifier: Modifier, options: &[WordOption]) -> Result<(), FormatError> {
        let (text, column) = options.first().cloned().unwrap_or_default();
        let text = with_defaults(&text, column)?;
        let (pattern, inner_zone) = split_zone(&text);
        let zone = options
            .get(1)
            .map(|(zone, _)| zone.as_str())
            .or(inner_zone)
            .filter(|zone| !zone.trim().is_empty());
        let quoted = usize::from(pattern.len() < text.len() && text.starts_with(['"', '\'']));
        let field = FieldSpec {
            date: date::java_date(pattern, zone, column + quoted)?,
            precision: None,
            ..modifier.field("asctime")
        };
        self.layout.push_time(field);
        Ok(())
    }

    /// `{…}` if one is next: its text, brackets inside balanced.
    fn option(&mut self) -> Result<Option<WordOption>, FormatError> {
        let opened = self.scanner.column();
        if !self.scanner.eat('{') {
            return Ok(None);
        }
        let column = self.scanner.column();
        let mut text = String::new();
        let mut depth = 0;
        while let Some(c) = self.scanner.next() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => return Ok(Some((text, column))),
                '}' => depth -= 1,
                _ => {}
            }
            text.push(c);
        }
        Err(FormatError::new("the option is not closed", "put a `}` behind it").at(opened))
    }

    /// `%highlight(…)`, `%highlight{…}{…}`.
    fn word_group(
        &mut self,
        modifier: Modifier,
        what: Word,
        start: usize,
    ) -> Result<(), FormatError> {
        let closing = match self.scanner.peek() {
            Some('(') => ')',
            Some('{') => '}',
            _ => {
                return Err(FormatError::new(
                    "the group has no content",
                    "write it in brackets, as in %highlight(%level) or %highlight{%level}",
                )
                .at(start));
            }
        };
        self.scanner.next();
        self.group(modifier, closing, what)
    }

    /// The group whose bracket has been read, and the options behind it.
    fn group(&mut self, modifier: Modifier, closing: char, what: Word) -> Result<(), FormatError> {
        self.deeper(self.scanner.column())?;
        let color = what == Word::Color;
        if color {
            self.layout.push_field(FieldSpec::plain(COLOR));
        }
        let before = std::mem::take(&mut self.layout);
        if closing == '}' {
            let at = self.scanner.column();
            let content = self.content()?;
            self.nested(&content, at)?;
        } else {
            self.pattern(Some(closing))?;
        }
        let mut inner = std::mem::replace(&mut self.layout, before);
        pad(&mut inner, modifier);
        if what == Word::Optional {
            // Text and value together are one value that may be empty.
            let name = inner.fields().next().map(|field| field.name.clone());
            inner = Layout::default();
            inner.push_field(FieldSpec::plain(name.unwrap_or_else(|| "optional".into())));
        }
        self.layout.append(inner);
        if color {
            self.layout.push_field(FieldSpec::plain(RESET));
        }
        while self.option()?.is_some() {}
        self.depth -= 1;
        Ok(())
    }

    /// What is left of an option whose bracket has been read.
    fn content(&mut self) -> Result<String, FormatError> {
        let opened = self.scanner.column().saturating_sub(1);
        let mut text = String::new();
        let mut depth = 0;
        while let Some(c) = self.scanner.next() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => return Ok(text),
                '}' => depth -= 1,
                _ => {}
            }
            text.push(c);
        }
        Err(FormatError::new("the group is not closed", "put a `}` behind it").at(opened))
    }
}

/// What a word of the pattern is for the eye, and its length, if the text begins with one. A group is passed up to its
/// bracket: what it holds follows.
pub(in crate::format) fn field_at(text: &[char]) -> Option<(Kind, usize)> {
    let process: Vec<char> = "${PID}".chars().collect();
    if text.starts_with(&process) {
        return Some((Kind::Read, process.len()));
    }
    let rest = text.strip_prefix(&['%'])?;
    let flags = rest.iter().take_while(|c| "-.0123456789".contains(**c));
    let flags = flags.count();
    let rest = rest.get(flags..)?;
    if rest.first() == Some(&'(') {
        return Some((Kind::Nothing, flags + 2));
    }
    let run = rest.iter().take_while(|c| c.is_ascii_alphabetic());
    let (word, what) = longest(&run.collect::<String>())?;
    let kind = match what {
        Word::Color | Word::Group => return Some((Kind::Nothing, flags + word.len() + 2)),
        Word::LineEnd | Word::Exception | Word::Nothing => Kind::Nothing,
        Word::Field("message") => Kind::Message,
        _ => Kind::Read,
    };
    let mut length = 1 + flags + word.len();
    while let Some(option) = text.get(length..).and_then(balanced) {
        let bracketed = matches!(what, Word::Bracketed | Word::Optional);
        if text.get(length) == Some(&'(') && !bracketed {
            break;
        }
        length += option;
    }
    Some((kind, length))
}

/// Pads a group: its only field, or the group as a whole.
fn pad(group: &mut Layout, modifier: Modifier) {
    if modifier.min == 0 {
        return;
    }
    if let [Piece::Field(field)] = group.pieces.as_mut_slice() {
        field.width = field.width.max(modifier.min);
        field.align = modifier.field("").align;
    } else if modifier.left {
        group.pieces.push(Piece::Blanks);
    } else {
        group.pieces.insert(0, Piece::Blanks);
    }
}

/// The text with `${NAME:-default}` replaced by the defaults.
fn with_defaults(text: &str, column: usize) -> Result<String, FormatError> {
    let mut done = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, property) = rest.split_at_checked(at).unwrap_or((rest, ""));
        done.push_str(before);
        let inside = property.split_once('}');
        let default =
            inside.and_then(|(inside, behind)| Some((inside.split_once(":-")?.1, behind)));
        let Some((default, behind)) = default else {
            return Err(FormatError::new(
                "the pattern does not say what this stands for",
                "write its value in its place",
            )
            .at(column + text.chars().count() - property.chars().count()));
        };
        done.push_str(default);
        rest = behind;
    }
    done.push_str(rest);
    Ok(done)
}

/// Logback's option of a date: the pattern, quoted if it holds a comma, and behind a comma the zone.
fn split_zone(text: &str) -> (&str, Option<&str>) {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote)
            && let Some((pattern, rest)) = rest.split_once(quote)
            && (rest.is_empty() || rest.trim_start().starts_with(','))
        {
            let zone = rest.trim_start().strip_prefix(',');
            return (pattern, zone.and_then(|zone| zone.split(',').next()));
        }
    }
    match text.rsplit_once(',') {
        Some((pattern, zone)) if looks_like_zone(zone.trim()) => (pattern, Some(zone)),
        _ => (text, None),
    }
}

/// `SSS` behind a comma is a fraction, `UTC` and `Europe/Berlin` are zones.
fn looks_like_zone(text: &str) -> bool {
    let zone = |c: char| c.is_ascii_alphanumeric() || "/+-:_".contains(c);
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(zone)
        && !text
            .chars()
            .all(|c| matches!(c, 'S' | 'n' | 'X' | 'Z' | 'z'))
}

fn unknown(run: &str) -> FormatError {
    let hint = "words are %d, %t, %p, %c, %m, %n and so on; write %% for a percent sign";
    if run.is_empty() {
        FormatError::new("a `%` that begins no conversion word", hint)
    } else {
        FormatError::new(format!("`%{run}` is no conversion word"), hint)
    }
}
