//! Levels that are no words: numbers and marks, each on the scale of the system that writes them.

use super::known_keys::{Companions, syslog, word_of_level_key};
use crate::base::level::{LevelId, level_of_number, standard_level};

/// A scale, known by the name of the group or key that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Python's numbers: 10 for debug to 50 for critical.
    Python,
    /// The number in front of a syslog line: eight times the facility, and the severity.
    SyslogPri,
    /// RFC 5424's severities: 0 for emergency to 7 for debug.
    Syslog,
    /// OpenTelemetry's severity numbers: 1 for trace to 24 for fatal.
    OpenTelemetry,
    /// Redis' marks: `.` debug, `-` verbose, `*` notice, `#` warning.
    Redis,
    /// SSSD's masks, from `0x0010` for fatal failures on.
    Sssd,
    /// The four letters of .NET's console logger.
    DotNet,
    /// The first two letters of a severity, as ESX writes them.
    Esx,
    /// HTTP's statuses, as Django's and Tornado's servers log them: from 400 on a warning, from 500 on an error. Others say
    /// nothing.
    HttpStatus,
    /// The error that a system call ended with.
    Errno,
}

impl Scale {
    /// The scale that a group's name stands for; words are read as ever if it is no such name.
    #[must_use]
    pub fn of_group(name: &str) -> Option<Self> {
        Some(match name {
            "pri" => Self::SyslogPri,
            "priority" | "syslog_severity" => Self::Syslog,
            "severity_number" => Self::OpenTelemetry,
            "redis_level" => Self::Redis,
            "sssd_level" => Self::Sssd,
            "dotnet_level" => Self::DotNet,
            "esx_level" => Self::Esx,
            _ => return None,
        })
    }

    /// The scale on which a field that is no level still tells one: a web server's log shows none, but a status.
    #[must_use]
    pub fn derived_from(name: &str) -> Option<Self> {
        Some(match name {
            "status" => Self::HttpStatus,
            "errno" => Self::Errno,
            _ => return None,
        })
    }

    /// The level that a text stands for on this scale; words count on every scale.
    #[must_use]
    pub fn level(self, text: &[u8]) -> Option<LevelId> {
        let number = || std::str::from_utf8(text).ok()?.parse::<u32>().ok();
        let word = |word: &str| standard_level(word.as_bytes());
        match self {
            Self::Python => level_of_number(i32::try_from(number()?).ok()?),
            Self::SyslogPri => word(syslog(number()? % 8)?),
            Self::Syslog => number()
                .and_then(syslog)
                .and_then(word)
                .or_else(|| standard_level(text)),
            Self::OpenTelemetry => word(word_of_level_key(
                text,
                "severitynumber",
                Companions::default(),
            )?),
            Self::Redis => word(match text {
                b"." => "DEBUG",
                b"-" => "VERBOSE",
                b"*" => "NOTICE",
                b"#" => "WARNING",
                _ => return None,
            }),
            Self::Sssd => word(match text {
                b"0x0010" | b"0x0020" => "CRITICAL",
                b"0x0040" => "ERROR",
                b"0x0080" => "WARNING",
                b"0x0100" => "INFO",
                b"0x0200" | b"0x0400" => "DEBUG",
                _ => "TRACE",
            }),
            Self::DotNet => word(match text {
                b"trce" => "TRACE",
                b"dbug" => "DEBUG",
                b"info" => "INFO",
                b"warn" => "WARNING",
                b"fail" => "ERROR",
                b"crit" => "CRITICAL",
                _ => return None,
            }),
            Self::Esx => word(match text {
                b"Em" => "EMERGENCY",
                b"Al" => "ALERT",
                b"Cr" => "CRITICAL",
                b"Er" => "ERROR",
                b"Wa" => "WARNING",
                b"No" => "NOTICE",
                b"In" => "INFO",
                b"Db" | b"De" => "DEBUG",
                _ => return None,
            }),
            Self::HttpStatus => word(match text {
                [b'4', _, _] => "WARNING",
                [b'5', _, _] => "ERROR",
                _ => return None,
            }),
            Self::Errno => (!text.is_empty()).then_some(LevelId::ERROR),
        }
    }
}
