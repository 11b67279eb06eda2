//! What JSON and logfmt share: of all keys of a record, which is the time, the level, the logger and the message.

use std::borrow::Cow;
use std::sync::Arc;

use super::anytime::{self, Moment};
use super::extractor::{Clock, FieldValue, Header, LevelWord, Parsed};
use super::field::{Column, Role};
use super::json_scan::{Raw, unescape};
use super::known_keys::{self, Companions, KnownKey};
use crate::base::level::standard_level;
use crate::base::time::ZoneClock;

/// The four columns of a format that describes itself; everything else is a field of the record.
pub fn columns() -> Arc<[Column]> {
    [
        ("time", Role::Time),
        ("level", Role::Level),
        ("logger", Role::Logger),
        ("message", Role::Message),
    ]
    .into_iter()
    .map(|(name, role)| Column {
        name: name.into(),
        role,
    })
    .collect()
}

/// The best candidate for a role so far. Fields instead of an option of a pair: the scan fills millions of these, and
/// each goes to its place without a detour over the stack.
#[derive(Clone, Copy)]
struct Choice<'a> {
    /// Lower is better.
    rank: u8,
    value: Raw<'a>,
}

/// Worse than every rank: there is no candidate.
const NOTHING: u8 = u8::MAX;

impl Default for Choice<'_> {
    fn default() -> Self {
        Self {
            rank: NOTHING,
            value: Raw::Word(b""),
        }
    }
}

impl<'a> Choice<'a> {
    #[inline(always)]
    fn take(&mut self, rank: u8, value: Raw<'a>) {
        if rank < self.rank {
            self.rank = rank;
            self.value = value;
        }
    }

    #[inline]
    fn get(self) -> Option<(u8, Raw<'a>)> {
        (self.rank != NOTHING).then_some((self.rank, self.value))
    }

    fn value(self) -> Option<Raw<'a>> {
        self.get().map(|(_, value)| value)
    }
}

/// Collects the values that have a role.
#[derive(Default)]
pub struct Roles<'a> {
    time: Choice<'a>,
    /// The moment of the chosen time.
    moment: Option<Moment>,
    level: Choice<'a>,
    /// The best level that is given as a number.
    number: Choice<'a>,
    logger: Choice<'a>,
    message: Choice<'a>,
    companions: Companions,
    serilog: bool,
}

/// Worse than any word: a level given as a word beats every number.
const NUMBER: u8 = 100;

impl<'a> Roles<'a> {
    /// Considers one key and its value.
    pub fn offer(&mut self, key: &[u8], value: Raw<'a>) {
        if let Some(known) = known_keys::look_up(key) {
            self.offer_known(known, key, value);
        }
    }

    /// Considers the value of a key that is known; `key` is how the record writes it.
    #[inline(always)]
    pub fn offer_known(&mut self, known: &KnownKey, key: &[u8], value: Raw<'a>) {
        if known.is_companion {
            self.companions.note(key);
        }
        let Some((role, rank)) = known.role else {
            return;
        };
        match role {
            Role::Time => {
                self.note_time_key(key);
                self.offer_time(rank, value);
            }
            Role::Level => self.offer_level(rank, value),
            Role::Logger => {
                if let Raw::Text(_) = value {
                    self.logger.take(rank, value);
                }
            }
            _ => self.offer_message(rank, value),
        }
    }

    /// Takes note of the key of a time: Serilog leaves out the level if it is INFO.
    #[inline(always)]
    pub fn note_time_key(&mut self, key: &[u8]) {
        self.serilog |= key == b"@t";
    }

    /// `t` and `date` may be anything: only what reads as a timestamp is one.
    #[inline]
    fn offer_time(&mut self, rank: u8, value: Raw<'a>) {
        let (Raw::Text(text) | Raw::Number(text)) = value else {
            return;
        };
        if rank < self.time.rank
            && let Some(moment) = anytime::recognise(text.trim_ascii())
        {
            self.time.take(rank, value);
            self.moment = Some(moment);
        }
    }

    #[inline(always)]
    fn offer_level(&mut self, rank: u8, value: Raw<'a>) {
        let plausible = match value {
            Raw::Text(word) => plausible_level(word),
            Raw::Number(_) => true,
            Raw::Word(_) | Raw::Compound(_) => false,
        };
        if plausible {
            let rank = if is_number(value) {
                self.number.take(rank, value);
                rank + NUMBER
            } else {
                rank
            };
            self.level.take(rank, value);
        }
    }

    #[inline(always)]
    fn offer_message(&mut self, rank: u8, value: Raw<'a>) {
        let fits = match value {
            Raw::Compound(_) => false,
            Raw::Word(word) => word != b"null" && word != b"None",
            Raw::Text(_) | Raw::Number(_) => true,
        };
        if fits {
            self.message.take(rank, value);
        }
    }

    /// How many of time, level and message were found.
    pub fn known(&self) -> usize {
        [self.time, self.level, self.message]
            .iter()
            .filter(|choice| choice.rank != NOTHING)
            .count()
    }

    /// What the scan needs.
    pub fn header(&self, zone: &mut ZoneClock) -> Header<'a> {
        let time = match &self.moment {
            Some(moment) if moment.clock == Clock::Full => Some(moment.resolve(zone)),
            _ => None,
        };
        Header {
            time,
            level: self.level_word(),
            logger: self
                .logger
                .value()
                .map(text_of)
                .filter(|name| !name.is_empty()),
        }
    }

    /// How severe the record is.
    pub fn level_word(&self) -> LevelWord<'a> {
        let standard =
            |word: &[u8]| standard_level(word).map_or(LevelWord::None, LevelWord::Standard);
        match self.level.get() {
            Some((rank, _)) if rank >= NUMBER => self
                .number_word()
                .map_or(LevelWord::None, |word| standard(word.as_bytes())),
            Some((_, raw)) => match standard_level(raw.bytes().trim_ascii()) {
                Some(id) => LevelWord::Standard(id),
                None => match self.python_number() {
                    Some(number) => LevelWord::Numbered(raw.bytes().trim_ascii(), number),
                    None => LevelWord::Custom(raw.bytes().trim_ascii()),
                },
            },
            None if self.serilog => standard(b"INFO"),
            None => LevelWord::None,
        }
    }

    /// The logger with its escapes untouched; empty if there is none.
    #[inline]
    pub fn logger_as_written(&self) -> &'a [u8] {
        self.logger.value().map_or(b"", Raw::bytes)
    }

    /// The level's number beside its name, if the key is one under which Python's is written.
    #[cold]
    fn python_number(&self) -> Option<i32> {
        let (rank, raw) = self.number.get()?;
        let number = std::str::from_utf8(raw.bytes()).ok()?.parse().ok()?;
        known_keys::is_python_number(rank).then_some(number)
    }

    fn number_word(&self) -> Option<&'static str> {
        let (rank, raw) = self.level.get()?;
        known_keys::word_of_number(raw.bytes(), rank.checked_sub(NUMBER)?, self.companions)
    }

    /// Moves the chosen values out of `fields` into their places. `fields` keep their order.
    pub fn into_parsed(
        self,
        fields: Vec<(Cow<'a, str>, Raw<'a>)>,
        tail: Option<&'a [u8]>,
    ) -> Parsed<'a> {
        let mut parsed = Parsed {
            matched: true,
            ..Parsed::default()
        };
        parsed.time = self.time.value().map(text_of);
        parsed.logger = self.logger.value().map(text_of);
        parsed.level = match (self.number_word(), self.level.get()) {
            (Some(word), _) => Some(Cow::Borrowed(word.as_bytes())),
            (None, Some((_, raw))) => Some(text_of(raw)),
            (None, None) if self.serilog => Some(Cow::Borrowed(b"INFO")),
            (None, None) => None,
        };
        let mut message = self
            .message
            .value()
            .map_or(Cow::Borrowed(&b""[..]), text_of);
        if let Some(tail) = tail.filter(|tail| !tail.is_empty()) {
            let owned = message.to_mut();
            owned.push(b'\n');
            owned.extend_from_slice(tail);
        }
        parsed.message = message;
        let taken: Vec<*const u8> = [self.time, self.level, self.logger, self.message]
            .iter()
            .filter_map(|choice| choice.value())
            .map(|raw| raw.bytes().as_ptr())
            .collect();
        parsed.fields = fields
            .into_iter()
            .filter(|(_, raw)| !taken.contains(&raw.bytes().as_ptr()))
            .map(|(name, raw)| FieldValue {
                name,
                value: text_of(raw),
            })
            .collect();
        parsed
    }
}

/// The value as a person reads it: strings unescaped, the rest as written.
pub fn text_of(raw: Raw<'_>) -> Cow<'_, [u8]> {
    match raw {
        Raw::Text(text) => unescape(text),
        other => Cow::Borrowed(other.bytes()),
    }
}

fn is_number(value: Raw<'_>) -> bool {
    match value {
        Raw::Number(_) => true,
        Raw::Text(text) => !text.is_empty() && text.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// `s` and `priority` may be anything: a level is one short word, perhaps with a number (`Level 35`).
fn plausible_level(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    (1..=20).contains(&word.len())
        && !word
            .iter()
            .any(|b| matches!(b, b'/' | b'\\' | b'=' | b'"' | b'\n'))
}
