//! A format whose fields are used otherwise than their names say: the user chose which one is the time, the level, the
//! logger or the message.
//!
//! Records start where the inner format says so. For its header a line is taken apart, so that such a format costs the
//! scan more than the inner one alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::anytime;
use super::extractor::{Clock, Extractor, FieldValue, Header, LevelWord, Parsed};
use super::field::{Column, Role};
use crate::base::level::{level_of_number, standard_level};
use crate::base::time::ZoneClock;

/// Which field is used for what. A role that is not named stays with the field that has it in the inner format, unless
/// that field has been given another one.
pub type Roles = BTreeMap<String, Role>;

/// An inner format, and what is different.
#[derive(Debug, Clone)]
pub struct AdjustedFormat {
    inner: Extractor,
    roles: Roles,
    columns: Box<[Column]>,
    /// The inner format's own name for each role.
    names: BTreeMap<Role, String>,
}

impl AdjustedFormat {
    /// Reads as `inner` does and uses the fields as `roles` say.
    #[must_use]
    pub fn new(inner: Extractor, roles: Roles) -> Self {
        let named = inner
            .columns()
            .iter()
            .filter(|column| column.role != Role::Other);
        let names = named
            .map(|column| (column.role, column.name.to_string()))
            .collect();
        let columns = columns(inner.columns(), &roles);
        Self {
            inner,
            roles,
            columns,
            names,
        }
    }

    /// The format that finds the records.
    #[must_use]
    pub fn inner(&self) -> &Extractor {
        &self.inner
    }

    /// The columns in display order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How much of a point in time headers carry: times that the user chose are read if they are full ones.
    #[must_use]
    pub fn clock(&self) -> Clock {
        if self.chosen(Role::Time).is_some() {
            Clock::Full
        } else {
            self.inner.clock()
        }
    }

    /// Whether a record starts at this line.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        self.inner.is_start(line)
    }

    /// Time, level and logger of the record that starts at this line.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        let header = self.inner.header(line, zone)?;
        Some(self.adjust(header, line, zone))
    }

    /// What the inner format reads of a record, with the fields in their places.
    pub(super) fn adjust<'a>(
        &self,
        mut header: Header<'a>,
        record: &'a [u8],
        zone: &mut ZoneClock,
    ) -> Header<'a> {
        let parsed = self.parse(record);
        if self.moved(Role::Time) {
            header.time = parsed.time.as_deref().and_then(|text| time(text, zone));
        }
        if self.moved(Role::Level) {
            header.level = level(parsed.level);
        }
        if self.moved(Role::Logger) {
            header.logger = parsed.logger.filter(|name| !name.is_empty());
        }
        header
    }

    /// The record as the inner format takes it apart, each field in its place.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let mut parsed = self.inner.parse(record);
        if !parsed.matched {
            return parsed;
        }
        let mut values = Vec::new();
        for role in [Role::Time, Role::Level, Role::Logger, Role::Message] {
            if self.moved(role) {
                self.give_up(role, &mut parsed, &mut values);
            }
        }
        let mut rest = Vec::with_capacity(parsed.fields.len());
        for field in parsed.fields.drain(..).chain(values) {
            let role = self.roles.get(&*field.name).copied().unwrap_or(Role::Other);
            match role {
                Role::Time => parsed.time = Some(field.value),
                Role::Level => parsed.level = Some(field.value),
                Role::Logger => parsed.logger = Some(field.value),
                Role::Message => parsed.message = join(field.value, &parsed.message),
                Role::Other => rest.push(field),
            }
        }
        parsed.fields = rest;
        parsed
    }

    /// Makes the value that the inner format has for a role a field; lines that follow a message stay.
    fn give_up<'a>(&self, role: Role, parsed: &mut Parsed<'a>, values: &mut Vec<FieldValue<'a>>) {
        let value = match role {
            Role::Time => parsed.time.take(),
            Role::Level => parsed.level.take(),
            Role::Logger => parsed.logger.take(),
            // A cell and an entry's value are whole: no lines of the record follow them.
            Role::Message if matches!(self.inner, Extractor::Table(_) | Extractor::Export(_)) => {
                Some(std::mem::take(&mut parsed.message)).filter(|message| !message.is_empty())
            }
            Role::Message => {
                let (first, rest) = split(std::mem::take(&mut parsed.message));
                parsed.message = rest;
                Some(first).filter(|first| !first.is_empty())
            }
            Role::Other => None,
        };
        if let (Some(value), Some(name)) = (value, self.names.get(&role)) {
            let name = Cow::Owned(name.clone());
            values.push(FieldValue { name, value });
        }
    }

    /// Whether the inner format's field for a role is not the one that has it here.
    fn moved(&self, role: Role) -> bool {
        let own = self.names.get(&role).and_then(|name| self.roles.get(name));
        self.chosen(role).is_some() || own.is_some_and(|now| *now != role)
    }

    fn chosen(&self, role: Role) -> Option<&str> {
        chosen(&self.roles, role)
    }
}

fn chosen(roles: &Roles, role: Role) -> Option<&str> {
    let mut named = roles.iter().filter(|(_, has)| **has == role);
    named.next().map(|(name, _)| name.as_str())
}

/// The inner columns with their new roles, fields that are no columns of it before them, the message last.
fn columns(inner: &[Column], roles: &Roles) -> Box<[Column]> {
    let extra = roles
        .iter()
        .filter(|(name, _)| inner.iter().all(|column| *column.name != **name));
    let mut columns: Vec<Column> = extra
        .map(|(name, role)| Column::new(name.as_str(), *role))
        .collect();
    for column in inner {
        let role = match roles.get(&*column.name) {
            Some(role) => *role,
            None if chosen(roles, column.role).is_some() => Role::Other,
            None => column.role,
        };
        columns.push(Column::new(column.name.clone(), role));
    }
    if columns.iter().all(|column| column.role != Role::Message) {
        columns.push(Column::new("(rest)", Role::Message));
    }
    columns.sort_by_key(|column| column.role == Role::Message);
    columns.into()
}

/// The first line of a message, and the others with the line end before them.
fn split(message: Cow<'_, [u8]>) -> (Cow<'_, [u8]>, Cow<'_, [u8]>) {
    let end = memchr::memchr(b'\n', &message).unwrap_or(message.len());
    match message {
        Cow::Borrowed(text) => {
            let (first, rest) = text.split_at(end);
            (Cow::Borrowed(first), Cow::Borrowed(rest))
        }
        Cow::Owned(mut text) => {
            let rest = text.split_off(end);
            (Cow::Owned(text), Cow::Owned(rest))
        }
    }
}

fn join<'a>(value: Cow<'a, [u8]>, rest: &[u8]) -> Cow<'a, [u8]> {
    if rest.is_empty() {
        value
    } else {
        Cow::Owned([&*value, rest].concat())
    }
}

/// A full time in any usual shape.
fn time(text: &[u8], zone: &mut ZoneClock) -> Option<i64> {
    let moment = anytime::recognise(text.trim_ascii())?;
    (moment.clock == Clock::Full).then(|| moment.resolve(zone))
}

fn level(word: Option<Cow<'_, [u8]>>) -> LevelWord<'_> {
    let Some(word) = word else {
        return LevelWord::None;
    };
    let text = word.trim_ascii();
    let number = || {
        std::str::from_utf8(text)
            .ok()?
            .parse()
            .ok()
            .and_then(level_of_number)
    };
    match standard_level(text).or_else(number) {
        Some(id) => LevelWord::Standard(id),
        None => match word {
            Cow::Borrowed(word) if !word.trim_ascii().is_empty() => {
                LevelWord::Custom(word.trim_ascii())
            }
            // An unescaped text has no place in the line to point at.
            _ => LevelWord::None,
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::base::level::LevelId;
    use crate::base::time::Zone;
    use crate::format::framer::Frame;
    use crate::format::spec::{Format, FormatSpec, Style};

    fn format(inner: FormatSpec, roles: &[(&str, Role)]) -> Format {
        let roles = roles
            .iter()
            .map(|(name, role)| ((*name).to_owned(), *role))
            .collect();
        let spec = FormatSpec::Adjusted {
            format: Box::new(inner),
            roles,
        };
        let text = toml::to_string(&spec).unwrap();
        assert_eq!(toml::from_str::<FormatSpec>(&text).unwrap(), spec, "{text}");
        Format::compile(&spec).unwrap()
    }

    #[test]
    fn a_cell_of_several_lines_is_not_doubled() {
        let inner = FormatSpec::Template {
            style: Style::Csv,
            text: "time,level,note,message".to_owned(),
            datefmt: None,
            msec_format: None,
        };
        let roles = [("note", Role::Message), ("message", Role::Other)];
        let format = format(inner, &roles);
        let record = b"2026-11-22 10:00:00,INFO,\"a\nb\",\"c\nd\"";
        let parsed = format.extractor.parse(record);
        assert_eq!(parsed.message.as_ref(), b"a\nb");
        let old = parsed.fields.iter().find(|field| field.name == "message");
        assert_eq!(old.unwrap().value.as_ref(), b"c\nd");
    }

    #[test]
    fn fields_take_the_roles_that_they_are_given() {
        let inner = FormatSpec::template("%(asctime)s %(sev)s %(part)s %(levelname)s %(message)s");
        let roles = [("sev", Role::Level), ("part", Role::Logger)];
        let format = format(inner, &roles);
        let line = b"2026-11-22 10:00:00,518 WARN db.pool INFO slow\n  more";
        let mut zone = ZoneClock::new(&Zone::Utc);
        let header = format.extractor.header(line, &mut zone).unwrap();
        assert_eq!(header.level, LevelWord::Standard(LevelId::WARNING));
        assert_eq!(header.logger.as_deref(), Some(&b"db.pool"[..]));
        assert!(header.time.is_some());
        let parsed = format.extractor.parse(line);
        assert_eq!(parsed.message.as_ref(), b"slow\n  more");
        let old = parsed
            .fields
            .iter()
            .find(|field| field.name == "levelname")
            .unwrap();
        assert_eq!(old.value.as_ref(), b"INFO");
        let has = |role| {
            format
                .extractor
                .columns()
                .iter()
                .filter(move |c| c.role == role)
                .count()
        };
        assert_eq!(
            (has(Role::Level), has(Role::Logger), has(Role::Message)),
            (1, 1, 1)
        );
    }

    #[test]
    fn keys_of_a_json_record_can_be_chosen() {
        let inner = FormatSpec::Builtin {
            name: "json".to_owned(),
        };
        let roles = [
            ("when", Role::Time),
            ("what", Role::Message),
            ("sort", Role::Level),
        ];
        let format = format(inner, &roles);
        let line =
            br#"{"when": "2026-11-22T10:00:00Z", "sort": "ERR", "what": "gone", "message": "x"}"#;
        let mut zone = ZoneClock::new(&Zone::Utc);
        let header = format.extractor.header(line, &mut zone).unwrap();
        assert_eq!(header.time, Some(1_795_341_600_000_000_000));
        assert_eq!(header.level, LevelWord::Standard(LevelId::ERROR));
        let parsed = format.extractor.parse(line);
        assert_eq!(parsed.message.as_ref(), b"gone");
        assert_eq!(parsed.time.as_deref(), Some(&b"2026-11-22T10:00:00Z"[..]));
        assert!(parsed.fields.iter().any(|field| field.name == "message"));
    }

    #[test]
    fn fields_behind_the_message_take_roles_too() {
        let inner = FormatSpec::template("%(asctime)s %(message)s {%(sev)s}");
        let format = format(inner, &[("sev", Role::Level)]);
        let text =
            b"2026-11-22 10:00:00,518 two\nlines {ERROR}\n2026-11-22 10:00:01,518 up {INFO}\n";
        let mut framer = format.extractor.framer(true).unwrap();
        let mut zone = ZoneClock::new(&Zone::Utc);
        let starts: Vec<bool> = [0..28, 28..42, 42..76]
            .into_iter()
            .map(|line| framer.line(text, line, &mut zone) == Frame::Start(None))
            .collect();
        assert_eq!(starts, [true, false, true]);
        let header = framer.header(&text[..42], &mut zone).unwrap();
        assert_eq!(header.level, LevelWord::Standard(LevelId::ERROR));
    }

    #[test]
    fn a_role_can_be_given_up() {
        let inner = FormatSpec::template("%(asctime)s %(name)s %(message)s");
        let format = format(inner, &[("name", Role::Other)]);
        let line = b"2026-11-22 10:00:00,518 svc up";
        let mut zone = ZoneClock::new(&Zone::Utc);
        assert_eq!(
            format.extractor.header(line, &mut zone).unwrap().logger,
            None
        );
        let parsed = format.extractor.parse(line);
        assert_eq!(parsed.fields.len(), 1);
        assert_eq!(parsed.logger, None);
    }
}
