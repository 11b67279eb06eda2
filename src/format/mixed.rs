//! Several formats in one file: a program's own log and its web server's on the same descriptor.
//!
//! A record starts where any of the parts says so, and the first part that does reads it. As for every format, one line
//! is enough to tell.

use super::extractor::{Clock, Extractor, Header, Parsed};
use super::field::{Column, Role};
use crate::base::time::ZoneClock;

/// Formats that share a file, the main one first.
#[derive(Debug, Clone)]
pub struct MixedFormat {
    parts: Box<[Extractor]>,
    columns: Box<[Column]>,
    clock: Clock,
}

impl MixedFormat {
    /// Records of any of these formats. Times are read from the parts that show as much of them as the first one that
    /// shows any.
    #[must_use]
    pub fn new(parts: Vec<Extractor>) -> Self {
        let mut clocks = parts.iter().map(Extractor::clock);
        Self {
            columns: union(&parts),
            clock: clocks
                .find(|clock| *clock != Clock::None)
                .unwrap_or(Clock::None),
            parts: parts.into(),
        }
    }

    /// The formats, the main one first.
    #[must_use]
    pub fn parts(&self) -> &[Extractor] {
        &self.parts
    }

    /// Which of the parts reads a record, counted from 0; `None` if none does.
    #[must_use]
    pub fn part_of(&self, record: &[u8]) -> Option<usize> {
        self.parts.iter().position(|part| part.is_start(record))
    }

    /// The columns of all parts, each once.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How much of a point in time headers carry.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Whether a record of any part starts at this line.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        self.parts.iter().any(|part| part.is_start(line))
    }

    /// What the first part that starts a record here reads.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        self.parts.iter().find_map(|part| {
            let mut header = part.header(line, zone)?;
            if part.clock() != self.clock {
                header.time = None;
            }
            Some(header)
        })
    }

    /// The record as the first part that matches it takes it apart.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        let mut read = self.parts.iter().map(|part| part.parse(record));
        read.find(|parsed| parsed.matched)
            .unwrap_or_else(|| Parsed::unmatched(record))
    }
}

/// One column for each role, one for each other name; the message last.
fn union(parts: &[Extractor]) -> Box<[Column]> {
    let mut columns: Vec<Column> = Vec::new();
    for column in parts.iter().flat_map(Extractor::columns) {
        let is_told = |have: &&mut Column| have.derived_from().is_some();
        if column.role == Role::Level
            && column.derived_from().is_none()
            && let Some(have) = columns.iter_mut().find(is_told)
        {
            // Some of the records show their level.
            *have = column.clone();
        }
        let known = columns.iter().any(|have| match column.role {
            Role::Other => have.name == column.name,
            role => have.role == role,
        });
        if !known {
            columns.push(column.clone());
        }
    }
    columns.sort_by_key(|column| column.role == Role::Message);
    columns.into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::base::time::Zone;
    use crate::format::spec::{Format, FormatSpec};

    #[test]
    fn a_level_that_is_shown_names_the_column() {
        let builtin = |name: &str| FormatSpec::Builtin {
            name: name.to_owned(),
        };
        let level = |spec: FormatSpec| {
            let format = Format::compile(&spec).unwrap();
            let mut columns = format.extractor.columns().iter();
            let level = columns.find(|column| column.role == Role::Level).unwrap();
            (level.name.to_string(), level.derived_from().is_some())
        };
        let access = builtin("access");
        let told = ("level from status".to_owned(), true);
        assert_eq!(level(access.clone()), told);
        let formats = vec![access, FormatSpec::template("%(levelname)s:%(message)s")];
        let shown = ("levelname".to_owned(), false);
        assert_eq!(level(FormatSpec::Mixed { formats }), shown);
    }

    #[test]
    fn each_line_is_read_by_its_own_format() {
        let spec = FormatSpec::Mixed {
            formats: vec![
                FormatSpec::template("[%(asctime)s] %(levelname)s in %(module)s: %(message)s"),
                FormatSpec::Builtin {
                    name: "werkzeug".to_owned(),
                },
            ],
        };
        let stored = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<FormatSpec>(&stored).unwrap(), spec);
        let format = Format::compile(&spec).unwrap();
        assert!(format.name.contains(" + "), "{}", format.name);
        let mut zone = ZoneClock::new(&Zone::Utc);
        for (line, level, message) in [
            (
                "[2026-11-22 10:00:01,518] INFO in app: ready",
                "INFO",
                "ready",
            ),
            (
                "127.0.0.1 - - [22/Nov/2026 10:00:01] \"GET / HTTP/1.1\" 200 -",
                "",
                "\"GET / HTTP/1.1\" 200 -",
            ),
        ] {
            let header = format.extractor.header(line.as_bytes(), &mut zone).unwrap();
            assert!(header.time.is_some(), "{line}");
            let parsed = format.extractor.parse(line.as_bytes());
            assert_eq!(parsed.level.unwrap_or_default().as_ref(), level.as_bytes());
            assert_eq!(parsed.message.as_ref(), message.as_bytes());
        }
        assert!(
            !format
                .extractor
                .is_start(b"Traceback (most recent call last):")
        );
        let names: Vec<_> = format
            .extractor
            .columns()
            .iter()
            .map(|c| &*c.name)
            .collect();
        assert_eq!(names.iter().filter(|name| **name == "message").count(), 1);
        assert_eq!(names.last(), Some(&"message"));
    }
}
