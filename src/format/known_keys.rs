//! Which key means what, over all loggers that write keys: the usual names of time, level, logger and message.
//!
//! Sources: python-json-logger, structlog, loguru (serialize), bunyan, pino, zap, slog, zerolog, logrus, serilog (CLEF),
//! NLog, log4j JSON layouts, logstash, ECS, GELF, Google Cloud, Azure, OpenTelemetry, journald, MongoDB, Docker, tracing.

use std::sync::LazyLock;

use super::field::Role;
use super::swar;

/// Rows of lower-case dotted keys, best first within a role.
const TIME: &[&str] = &[
    "@timestamp",
    "timestamp",
    "asctime",
    "time",
    "ts",
    "@t",
    "datetime",
    "record.time.timestamp",
    "timemillis",
    "instant.epochsecond",
    "__realtime_timestamp",
    "timeunixnano",
    "observedtimeunixnano",
    "t.$date",
    "eventtime",
    "event_time",
    "time_iso8601",
    "timestamp.seconds",
    "created",
    "created_at",
    "date",
    "log_time",
    "_source.@timestamp",
    "logged_at",
    "timestamp_ms",
    "record.time.repr",
    "dt",
    "t",
    "start_time",
    "_source_realtime_timestamp",
    "time_local",
];
const LEVEL: &[&str] = &[
    "levelname",
    "level_name",
    "log.level",
    "level.name",
    "record.level.name",
    "severity",
    "level",
    "@l",
    "lvl",
    "loglevel",
    "log_level",
    "severitytext",
    "severity_text",
    "s",
    "severitynumber",
    "severity_number",
    "levelno",
    "level_no",
    "record.level.no",
    "level_value",
    "priority",
    "labels.level",
    "error_severity",
    "severity_label",
    "level_string",
    "_source.level",
    "_source.log.level",
    "jsonpayload.level",
    "properties.level",
];
const LOGGER: &[&str] = &[
    "logger",
    "logger_name",
    "loggername",
    "log.logger",
    "logger.name",
    "name",
    "record.name",
    "_logger",
    "sourcecontext",
    "properties.sourcecontext",
    "properties.logger",
    "target",
    "channel",
    "category",
    "module",
    "component",
    "instrumentation_scope.name",
    "scope.name",
    "c",
    "syslog_identifier",
    "logname",
    "_source.logger",
    "log_name",
    "subsystem",
];
const MESSAGE: &[&str] = &[
    "record.message",
    "message",
    "msg",
    "event",
    "@m",
    "short_message",
    "fields.message",
    "body.stringvalue",
    "body",
    "textpayload",
    "jsonpayload.message",
    "jsonpayload.msg",
    "properties.log",
    "properties.message",
    "renderedmessage",
    "rendered_message",
    "@mt",
    "messagetemplate",
    "text",
    "log",
    "message.text",
    "logmessage",
    "content",
    "description",
    "error.message",
    "properties.msg",
    "data.message",
    "errormessage",
    "_source.message",
];

/// Keys that say something of the record beside those of a role.
const COMPANIONS: &[&str] = &["v", "hostname", "pid", "reqid"];

/// What is known of a key.
#[derive(Debug)]
pub struct KnownKey {
    name: &'static str,
    /// The name's first bytes.
    head: u64,
    /// What it is used for, and its rank among the names of that role; 0 is the best.
    pub role: Option<(Role, u8)>,
    /// Whether [`Companions`] may want it.
    pub is_companion: bool,
    /// Whether known keys begin with it and a point.
    pub opens: bool,
    /// Whether time, level or logger depend on it.
    pub is_for_header: bool,
}

impl KnownKey {
    fn is(&self, head: u64, key: &[u8]) -> bool {
        self.name.len() == key.len()
            && (self.head == head && key.len() <= 8
                || self.name.as_bytes().eq_ignore_ascii_case(key))
    }
}

/// Places of the table of keys; a power of two, and several times the number of keys.
const PLACES: usize = 1024;

/// The known keys, each at the first free place from its own on.
struct Table(Box<[Option<KnownKey>; PLACES]>);

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    fn new() -> Self {
        let mut table = Self(Box::new([const { None }; PLACES]));
        for (names, role) in [
            (TIME, Role::Time),
            (LEVEL, Role::Level),
            (LOGGER, Role::Logger),
            (MESSAGE, Role::Message),
        ] {
            for (rank, name) in (0..).zip(names) {
                table.change(name, |known| {
                    known.role.get_or_insert((role, rank));
                    known.is_for_header |= role != Role::Message;
                });
                for (point, _) in name.match_indices('.') {
                    let parent = name.get(..point).unwrap_or_default();
                    table.change(parent, |known| known.opens = true);
                }
            }
        }
        for name in COMPANIONS {
            table.change(name, |known| {
                known.is_companion = true;
                known.is_for_header = true;
            });
        }
        table
    }

    fn change(&mut self, name: &'static str, change: impl FnOnce(&mut KnownKey)) {
        let head = swar::head(name.as_bytes());
        let mut at = place(head, name.len());
        while let Some(Some(known)) = self.0.get(at)
            && known.name != name
        {
            at = (at + 1) % PLACES;
        }
        if let Some(slot) = self.0.get_mut(at) {
            change(slot.get_or_insert_with(|| KnownKey {
                name,
                head,
                role: None,
                is_companion: false,
                opens: false,
                is_for_header: false,
            }));
        }
    }
}

/// Where a key's search begins, whatever its case.
#[inline]
fn place(head: u64, len: usize) -> usize {
    let lower = (head | (0x20 * swar::ONES)).wrapping_add(len as u64);
    (lower.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

/// What is known of a key, whatever its case.
#[inline]
pub fn look_up(key: &[u8]) -> Option<&'static KnownKey> {
    look_up_head(swar::head(key), key)
}

/// As [`look_up`], if the key's first eight bytes are at hand.
#[inline]
pub fn look_up_head(head: u64, key: &[u8]) -> Option<&'static KnownKey> {
    let table = &TABLE.0;
    let mut at = place(head, key.len());
    while let Some(Some(known)) = table.get(at) {
        if known.is(head, key) {
            return Some(known);
        }
        at = (at + 1) % PLACES;
    }
    None
}

/// The role of a key and its rank in that role (0 is the best), whatever its case; `None` for other keys.
pub fn role_of(key: &[u8]) -> Option<(Role, u8)> {
    look_up(key)?.role
}

/// What else the record shows; decides what a number in the level's place means.
#[derive(Debug, Clone, Copy, Default)]
pub struct Companions {
    /// Keys that only Node's loggers write together (`v`, `hostname`, `pid`).
    pub node: u8,
    /// Nextcloud's `reqId`.
    pub nextcloud: bool,
}

impl Companions {
    /// Takes note of a key.
    pub fn note(&mut self, key: &[u8]) {
        match key {
            b"v" | b"hostname" | b"pid" => self.node += 1,
            b"reqId" => self.nextcloud = true,
            _ => {}
        }
    }
}

/// Whether the level key of this rank holds Python's number.
pub fn is_python_number(rank: u8) -> bool {
    let key = LEVEL.get(usize::from(rank));
    key.is_some_and(|key| matches!(*key, "levelno" | "level_no" | "record.level.no"))
}

/// The word for a level given as a number under `rank` in the level keys; `None` if the number is on no known scale.
pub fn word_of_number(number: &[u8], rank: u8, companions: Companions) -> Option<&'static str> {
    let key = LEVEL.get(usize::from(rank)).copied().unwrap_or_default();
    word_of_level_key(number, key, companions)
}

/// The same under a level key by its name, in small letters.
pub fn word_of_level_key(number: &[u8], key: &str, companions: Companions) -> Option<&'static str> {
    let value = whole_number(number)?;
    match key {
        "levelno" | "level_no" | "record.level.no" => Some(python(value)),
        "severitynumber" | "severity_number" => Some(otel(value)),
        "priority" => syslog(value),
        _ => match value {
            0..=4 if companions.nextcloud => ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
                .get(value as usize)
                .copied(),
            0..=7 => syslog(value),
            8..=60 if companions.node >= 2 => Some(bunyan(value)),
            8..=60 => Some(python(value)),
            100..=600 => Some(monolog(value)),
            1000.. => Some(python(value / 1000 + 1)),
            _ => None,
        },
    }
}

/// A number that may be a level, without its fraction.
fn whole_number(number: &[u8]) -> Option<u32> {
    if number.len() <= 4 && number.iter().all(u8::is_ascii_digit) && !number.is_empty() {
        return Some(
            number
                .iter()
                .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')),
        );
    }
    let value = std::str::from_utf8(number).ok()?.parse::<f64>().ok()?;
    (0.0..=60_000.0).contains(&value).then_some(value as u32)
}

fn python(value: u32) -> &'static str {
    match value {
        0..=9 => "TRACE",
        10..=19 => "DEBUG",
        20..=24 => "INFO",
        25..=29 => "NOTICE",
        30..=39 => "WARNING",
        40..=49 => "ERROR",
        _ => "CRITICAL",
    }
}

fn bunyan(value: u32) -> &'static str {
    match value {
        0..=19 => "TRACE",
        20..=29 => "DEBUG",
        30..=39 => "INFO",
        40..=49 => "WARNING",
        50..=59 => "ERROR",
        _ => "CRITICAL",
    }
}

fn otel(value: u32) -> &'static str {
    match value {
        0..=4 => "TRACE",
        5..=8 => "DEBUG",
        9..=12 => "INFO",
        13..=16 => "WARNING",
        17..=20 => "ERROR",
        _ => "CRITICAL",
    }
}

fn monolog(value: u32) -> &'static str {
    match value {
        0..=199 => "DEBUG",
        200..=249 => "INFO",
        250..=299 => "NOTICE",
        300..=399 => "WARNING",
        400..=499 => "ERROR",
        500..=549 => "CRITICAL",
        550..=599 => "ALERT",
        _ => "EMERGENCY",
    }
}

/// The severity words of RFC 5424.
pub fn syslog(value: u32) -> Option<&'static str> {
    [
        "EMERGENCY",
        "ALERT",
        "CRITICAL",
        "ERROR",
        "WARNING",
        "NOTICE",
        "INFO",
        "DEBUG",
    ]
    .get(value as usize)
    .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_roles() {
        assert_eq!(role_of(b"@timestamp"), Some((Role::Time, 0)));
        assert_eq!(role_of(b"Log.Level").map(|r| r.0), Some(Role::Level));
        assert_eq!(role_of(b"REQID"), None);
        assert_eq!(role_of(b"user"), None);
        let opens = |key: &[u8]| look_up(key).is_some_and(|known| known.opens);
        assert!(opens(b"Record.Level") && opens(b"t") && !opens(b"ts"));
        assert_eq!(role_of(&[b'x'; 300]), None);
    }

    #[test]
    fn every_name_is_found() {
        for (names, role) in [
            (TIME, Role::Time),
            (LEVEL, Role::Level),
            (LOGGER, Role::Logger),
            (MESSAGE, Role::Message),
        ] {
            for (rank, name) in (0..).zip(names) {
                let upper = name.to_uppercase();
                for key in [*name, &upper] {
                    assert_eq!(role_of(key.as_bytes()), Some((role, rank)), "{key}");
                }
            }
        }
    }

    #[test]
    fn numbers_have_scales() {
        let node = Companions {
            node: 3,
            nextcloud: false,
        };
        let none = Companions::default();
        let level = LEVEL
            .iter()
            .position(|k| *k == "level")
            .map_or(0, |r| r as u8);
        for (number, companions, want) in [
            ("30", node, "INFO"),
            ("30", none, "WARNING"),
            ("6", none, "INFO"),
            ("200", none, "INFO"),
            ("3", none, "ERROR"),
            ("20000", none, "INFO"),
        ] {
            assert_eq!(
                word_of_number(number.as_bytes(), level, companions),
                Some(want),
                "{number}"
            );
        }
    }
}
