//! Which key means what, over all loggers that write keys: the usual names of time, level, logger and message.
//!
//! Sources: python-json-logger, structlog, loguru (serialize), bunyan, pino, zap, slog, zerolog, logrus, serilog (CLEF),
//! NLog, log4j JSON layouts, logstash, ECS, GELF, Google Cloud, Azure, OpenTelemetry, journald, MongoDB, Docker, tracing.

use super::field::Role;

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
];

/// The role of a key and its rank in that role (0 is the best), whatever its case; `None` for other keys.
pub fn role_of(key: &[u8]) -> Option<(Role, u8)> {
    let mut lower = [0u8; 32];
    let lower = lower.get_mut(..key.len())?;
    lower.copy_from_slice(key);
    lower.make_ascii_lowercase();
    [
        (TIME, Role::Time),
        (LEVEL, Role::Level),
        (LOGGER, Role::Logger),
        (MESSAGE, Role::Message),
    ]
    .into_iter()
    .find_map(|(names, role)| {
        let rank = names.iter().position(|name| name.as_bytes() == lower)?;
        Some((role, rank as u8))
    })
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

/// The word for a level given as a number under `rank` in the level keys; `None` if the number is on no known scale.
pub fn word_of_number(number: &[u8], rank: u8, companions: Companions) -> Option<&'static str> {
    let text = std::str::from_utf8(number).ok()?;
    let value = text
        .parse::<f64>()
        .ok()
        .filter(|v| (0.0..=60_000.0).contains(v))? as u32;
    let key = LEVEL.get(usize::from(rank)).copied().unwrap_or_default();
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
        assert_eq!(role_of(b"user"), None);
        assert_eq!(role_of(&[b'x'; 300]), None);
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
