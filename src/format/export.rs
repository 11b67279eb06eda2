//! The journal's export format, as `journalctl -o export` writes it: a line for each field, a blank line between entries.
//!
//! Source: "Journal Export Format" of systemd's documentation. A field whose value holds control characters is its name
//! on a line, the value's length in eight bytes, little end first, and the value.

use std::borrow::Cow;
use std::sync::Arc;

use super::extractor::{Clock, FieldValue, Header, LevelWord, Parsed};
use super::field::Column;
use super::known_keys::syslog;
use super::pairs;
use crate::base::level::standard_level;

/// What every entry begins with.
const FIRST: &[u8] = b"__CURSOR=";

/// Names of the fields that tell the logger, the best first. Python's handler writes `LOGGER`.
const LOGGER: [&[u8]; 4] = [b"LOGGER", b"SYSLOG_IDENTIFIER", b"_COMM", b"_SYSTEMD_UNIT"];

/// A journal in its export format.
#[derive(Debug, Clone)]
pub struct ExportFormat {
    columns: Arc<[Column]>,
}

impl Default for ExportFormat {
    fn default() -> Self {
        Self {
            columns: pairs::columns(),
        }
    }
}

/// What an entry says.
#[derive(Default)]
struct Entry<'a> {
    /// Microseconds since 1970.
    time: Option<&'a [u8]>,
    priority: Option<&'a [u8]>,
    /// The logger and the rank of its field.
    logger: Option<(usize, &'a [u8])>,
    message: Option<&'a [u8]>,
}

impl<'a> Entry<'a> {
    fn take(&mut self, name: &[u8], value: &'a [u8]) {
        match name {
            b"__REALTIME_TIMESTAMP" => self.time = Some(value),
            b"PRIORITY" => self.priority = Some(value),
            b"MESSAGE" => self.message = Some(value),
            _ => {
                let rank = LOGGER.iter().position(|known| *known == name);
                if let Some(rank) = rank
                    && self.logger.is_none_or(|(best, _)| rank < best)
                {
                    self.logger = Some((rank, value));
                }
            }
        }
    }

    /// The word for the priority.
    fn level(&self) -> Option<&'static str> {
        let number = std::str::from_utf8(self.priority?).ok()?;
        syslog(number.trim().parse().ok()?)
    }
}

impl ExportFormat {
    /// Time, level, logger, message.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Entries show full times.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::Full
    }

    /// Whether an entry begins with this line.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        line.starts_with(FIRST)
    }

    /// Time, level and logger, as far as the entry's lines are given.
    pub fn header<'a>(&self, entry: &'a [u8]) -> Option<Header<'a>> {
        if !self.is_start(entry) {
            return None;
        }
        let mut read = Entry::default();
        fields(entry, &mut |name, value| read.take(name, value));
        let micros = read.time.and_then(|time| std::str::from_utf8(time).ok());
        let micros: Option<i64> = micros.and_then(|time| time.trim().parse().ok());
        let level = read
            .level()
            .and_then(|word| standard_level(word.as_bytes()));
        Some(Header {
            time: micros.and_then(|micros| micros.checked_mul(1000)),
            level: level.map_or(LevelWord::None, LevelWord::Standard),
            logger: read.logger.map(|(_, name)| Cow::Borrowed(name)),
        })
    }

    /// The whole entry.
    #[must_use]
    pub fn parse<'a>(&self, entry: &'a [u8]) -> Parsed<'a> {
        if !self.is_start(entry) {
            return Parsed::unmatched(entry);
        }
        let mut read = Entry::default();
        let mut all = Vec::new();
        fields(entry, &mut |name, value| {
            read.take(name, value);
            all.push((name, value));
        });
        let logger = read.logger.map(|(_, value)| value);
        let used = [read.time, read.priority, logger, read.message];
        let used = used.map(|value| value.map(<[u8]>::as_ptr));
        let level = read.level().map(|word| Cow::Borrowed(word.as_bytes()));
        Parsed {
            matched: true,
            time: read.time.map(Cow::Borrowed),
            level: level.or(read.priority.map(Cow::Borrowed)),
            logger: logger.map(Cow::Borrowed),
            message: Cow::Borrowed(read.message.unwrap_or_default()),
            fields: all
                .into_iter()
                .filter(|(_, value)| !used.contains(&Some(value.as_ptr())))
                .map(|(name, value)| FieldValue {
                    name: String::from_utf8_lossy(name),
                    value: Cow::Borrowed(value),
                })
                .collect(),
        }
    }
}

/// Whether a text begins with an entry.
#[must_use]
pub(super) fn is_export(lines: &[&[u8]]) -> bool {
    let mut lines = lines.iter().skip_while(|line| line.trim_ascii().is_empty());
    lines.next().is_some_and(|line| line.starts_with(FIRST))
        && lines
            .next()
            .is_some_and(|line| line.starts_with(b"__REALTIME_TIMESTAMP="))
}

/// Visits the fields of an entry up to the blank line behind it.
fn fields<'a>(entry: &'a [u8], visit: &mut impl FnMut(&'a [u8], &'a [u8])) {
    let mut rest = entry;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        let behind = rest.get(end + 1..).unwrap_or_default();
        if line.is_empty() {
            return;
        }
        if let Some(equals) = memchr::memchr(b'=', line) {
            let (name, value) = line.split_at_checked(equals).unwrap_or_default();
            visit(name, value.get(1..).unwrap_or_default());
            rest = behind;
            continue;
        }
        let Some((len, data)) = behind.split_first_chunk::<8>() else {
            return;
        };
        let len = usize::try_from(u64::from_le_bytes(*len)).unwrap_or(usize::MAX);
        let value = data.get(..len).unwrap_or(data);
        visit(line, value);
        let after = data.get(value.len()..).unwrap_or_default();
        rest = after.strip_prefix(b"\n").unwrap_or(after);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::base::level::LevelId;
    use crate::base::time::Zone;
    use crate::format::detect::detect;

    const ENTRIES: &[u8] = b"__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1795341601518000\nPRIORITY=3\n_COMM=python3\nLOGGER=app.db\nMESSAGE\n\x10\0\0\0\0\0\0\0it broke\n\n  at x\n_PID=7\n\n__CURSOR=s=1;i=3\n__REALTIME_TIMESTAMP=1795341602518000\nMESSAGE=ready\nSYSLOG_IDENTIFIER=app\n\n";

    #[test]
    fn entries_are_read() {
        let best = detect(ENTRIES, &Zone::Utc).remove(0);
        assert_eq!(best.format.spec.to_string(), "journal-export");
        let format = ExportFormat::default();
        let second = memchr::memmem::rfind(ENTRIES, FIRST).unwrap();
        let (first, second) = ENTRIES.split_at(second);
        let header = format.header(first).unwrap();
        assert_eq!(header.time, Some(1_795_341_601_518_000_000));
        assert_eq!(header.level, LevelWord::Standard(LevelId::ERROR));
        assert_eq!(header.logger.as_deref(), Some(&b"app.db"[..]));
        let parsed = format.parse(first);
        assert_eq!(&*parsed.message, b"it broke\n\n  at x");
        assert_eq!(&*format.parse(second).message, b"ready");
        assert_eq!(
            format.header(second).unwrap().logger.as_deref(),
            Some(&b"app"[..])
        );
        for line in first.split_inclusive(|b| *b == b'\n').skip(1) {
            assert!(!format.is_start(line));
        }
    }

    #[test]
    fn broken_entries_end_where_they_break() {
        let format = ExportFormat::default();
        for cut in 0..ENTRIES.len() {
            let entry = ENTRIES.get(..cut).unwrap();
            let parsed = format.parse(entry);
            assert_eq!(parsed.matched, format.header(entry).is_some());
        }
        let huge = b"__CURSOR=x\nMESSAGE\n\xff\xff\xff\xff\xff\xff\xff\xffabc";
        assert_eq!(&*format.parse(huge).message, b"abc");
    }
}
