//! OpenTelemetry's logs as JSON lines, as the collector's file exporter writes them: an object that holds lists in lists,
//! with the log records at the bottom.
//!
//! A line is one record, however many a batch holds. Its messages stand below each other, and the gravest tells the level
//! and the logger, so that no error hides behind an INFO. Source: opentelemetry-proto, `logs/v1/logs.proto` and its JSON mapping.

use std::borrow::Cow;

use super::extractor::{FieldValue, Parsed};
use super::json_scan::{Raw, Strictness, Walker};
use super::pairs::{Roles, text_of};

/// What such a line begins with behind its bracket.
const FIRST_KEY: &[u8] = b"\"resourceLogs\"";

/// Whether an object holds a batch of logs.
#[inline]
pub(super) fn is_batch(object: &[u8]) -> bool {
    // Asked of every line of every JSON log.
    match object {
        [b'{', b'"', b'r', ..] | [b'{', b' ' | b'\t' | b'\r' | b'\n', ..] => has_first_key(object),
        _ => false,
    }
}

fn has_first_key(object: &[u8]) -> bool {
    let rest = object.strip_prefix(b"{").unwrap_or_default();
    rest.trim_ascii_start().starts_with(FIRST_KEY)
}

/// Time, level and logger of a batch, as far as its text goes.
pub(super) fn header(object: &[u8]) -> Roles<'_> {
    Batch::read(object).0.roles()
}

/// The whole batch. What stands behind it on the line belongs to the message.
pub(super) fn parse(object: &[u8]) -> Parsed<'_> {
    let (mut batch, end) = Batch::read(object);
    let roles = batch.roles();
    let tail = end
        .and_then(|end| object.get(end..))
        .map(<[u8]>::trim_ascii);
    let fields = std::mem::take(&mut batch.fields);
    let mut parsed = roles.into_parsed(fields, None);
    if batch.records > 1 {
        parsed.fields.push(FieldValue {
            name: Cow::Borrowed("records"),
            value: Cow::Owned(batch.records.to_string().into_bytes()),
        });
    }
    let texts = batch.bodies.iter().map(|body| text_of(*body));
    let texts: Vec<Cow<'_, [u8]>> = texts.chain(tail.map(Cow::Borrowed)).collect();
    parsed.message = Cow::Owned(texts.join(&b'\n').trim_ascii_end().to_vec());
    parsed
}

/// One log record's time, level and logger.
#[derive(Default, Clone, Copy)]
struct Record<'a> {
    time: Option<Raw<'a>>,
    observed: Option<Raw<'a>>,
    text: Option<Raw<'a>>,
    number: Option<Raw<'a>>,
}

impl Record<'_> {
    /// OpenTelemetry's number, 1 to 24; 0 if there is none.
    fn gravity(&self) -> u8 {
        let number = self
            .number
            .and_then(|raw| std::str::from_utf8(raw.bytes()).ok());
        number.and_then(|text| text.parse().ok()).unwrap_or(0)
    }
}

/// What is collected on the way through the text.
#[derive(Default)]
struct Batch<'a> {
    records: usize,
    /// The first record, for the time.
    first: Record<'a>,
    /// The gravest one, for the level.
    gravest: Record<'a>,
    logger: Option<Raw<'a>>,
    scope: Option<Raw<'a>>,
    bodies: Vec<Raw<'a>>,
    fields: Vec<(Cow<'a, str>, Raw<'a>)>,
}

impl<'a> Batch<'a> {
    /// What the text holds, and where the object ends; a cut or broken one counts up to there.
    fn read(object: &'a [u8]) -> (Self, Option<usize>) {
        let mut walker = Walker::new(object, Strictness::Strict);
        let mut batch = Self::default();
        let whole = walker.members(&mut |walker, key| match key {
            b"resourceLogs" => walker.elements(&mut |walker| batch.resource(walker)),
            _ => walker.leaf().map(drop),
        });
        let end = whole.map(|()| walker.at());
        (batch, end)
    }

    fn resource(&mut self, walker: &mut Walker<'a>) -> Option<()> {
        walker.members(&mut |walker, key| match key {
            b"resource" => walker.members(&mut |walker, key| self.attributes(walker, key)),
            b"scopeLogs" => walker.elements(&mut |walker| self.scope(walker)),
            _ => walker.leaf().map(drop),
        })
    }

    fn scope(&mut self, walker: &mut Walker<'a>) -> Option<()> {
        self.scope = None;
        walker.members(&mut |walker, key| match key {
            b"scope" => walker.members(&mut |walker, key| {
                if key != b"name" {
                    return self.attributes(walker, key);
                }
                self.scope = Some(walker.leaf()?);
                Some(())
            }),
            b"logRecords" => walker.elements(&mut |walker| self.record(walker)),
            _ => walker.leaf().map(drop),
        })
    }

    fn record(&mut self, walker: &mut Walker<'a>) -> Option<()> {
        let mut record = Record::default();
        let mut body = None;
        let whole = walker.members(&mut |walker, key| {
            match key {
                b"timeUnixNano" => record.time = Some(walker.leaf()?),
                b"observedTimeUnixNano" => record.observed = Some(walker.leaf()?),
                b"severityText" => record.text = Some(walker.leaf()?),
                b"severityNumber" => record.number = Some(walker.leaf()?),
                b"body" => body = Some(any_value(walker)?),
                _ => return self.attributes(walker, key),
            }
            Some(())
        });
        self.records += 1;
        self.bodies.extend(body);
        if self.records == 1 {
            self.first = record;
        }
        if self.records == 1 || record.gravity() > self.gravest.gravity() {
            (self.gravest, self.logger) = (record, self.scope);
        }
        whole
    }

    /// A member that is a list of attributes, or a value of its own.
    fn attributes(&mut self, walker: &mut Walker<'a>, key: &'a [u8]) -> Option<()> {
        if key != b"attributes" {
            let value = walker.leaf()?;
            self.field(key, value);
            return Some(());
        }
        walker.elements(&mut |walker| {
            let (mut name, mut value) = (None, None);
            walker.members(&mut |walker, key| {
                match key {
                    b"key" => name = Some(walker.leaf()?),
                    b"value" => value = Some(any_value(walker)?),
                    _ => drop(walker.leaf()?),
                }
                Some(())
            })?;
            if let (Some(name), Some(value)) = (name, value) {
                self.field(name.bytes(), value);
            }
            Some(())
        })
    }

    fn field(&mut self, name: &'a [u8], value: Raw<'a>) {
        if !value.bytes().is_empty() {
            self.fields.push((String::from_utf8_lossy(name), value));
        }
    }

    fn roles(&self) -> Roles<'a> {
        let mut roles = Roles::default();
        let unset = |raw: &Raw<'_>| matches!(raw.bytes(), b"" | b"0");
        for (key, value) in [
            (&b"timeunixnano"[..], self.first.time),
            (b"observedtimeunixnano", self.first.observed),
            (b"severitytext", self.gravest.text),
            (b"severitynumber", self.gravest.number),
            (b"scope.name", self.logger),
        ] {
            if let Some(value) = value.filter(|value| !unset(value)) {
                roles.offer(key, value);
            }
        }
        roles
    }
}

/// `{"stringValue": "…"}` and its like: the value inside. Lists and maps stay as they are written.
fn any_value<'a>(walker: &mut Walker<'a>) -> Option<Raw<'a>> {
    if walker.peek()? != b'{' {
        return walker.leaf();
    }
    let mut value = None;
    walker.members(&mut |walker, _| {
        value = Some(walker.leaf()?);
        Some(())
    })?;
    Some(value.unwrap_or(Raw::Word(b"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::level::LevelId;
    use crate::base::time::{Zone, ZoneClock};
    use crate::format::extractor::LevelWord;

    const HEAD: &str = r#"{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeLogs":[{"scope":{"name":"shop.db"},"logRecords":["#;

    fn record(second: u32, number: u8, text: &str, body: &str) -> String {
        format!(
            r#"{{"timeUnixNano":"179534160{second}000000000","severityNumber":{number},"severityText":"{text}","body":{{"stringValue":"{body}"}},"attributes":[{{"key":"line","value":{{"intValue":"7"}}}}],"traceId":""}}"#
        )
    }

    #[test]
    fn a_batch_has_the_level_of_its_gravest_record() {
        let one = record(1, 9, "INFO", r#"say \"hi\""#);
        let two = record(2, 17, "ERROR", "lost");
        let line = format!("{HEAD}{one},{two}]}}]}}]}}\n");
        assert!(is_batch(line.as_bytes()));
        let zone = &mut ZoneClock::new(&Zone::Utc);
        let header = header(line.as_bytes()).header(zone);
        assert_eq!(header.time, Some(1_795_341_601_000_000_000));
        assert_eq!(header.level, LevelWord::Standard(LevelId::ERROR));
        assert_eq!(header.logger.as_deref(), Some(&b"shop.db"[..]));
        let parsed = parse(line.as_bytes());
        assert_eq!(&*parsed.message, b"say \"hi\"\nlost");
        let fields = parsed.fields.iter();
        let fields: Vec<String> = fields
            .map(|field| format!("{}={}", field.name, String::from_utf8_lossy(&field.value)))
            .collect();
        assert_eq!(
            fields,
            ["service.name=shop", "line=7", "line=7", "records=2"]
        );
    }

    #[test]
    fn what_is_cut_counts_up_to_there() {
        let whole = format!("{HEAD}{}]}}]}}]}}", record(1, 13, "", "full"));
        for cut in 0..whole.len() {
            let text = &whole.as_bytes()[..cut];
            let _ = parse(text);
            let level = header(text).level_word();
            let known = cut > whole.find("13,").unwrap_or(0) + 2;
            let expected = LevelWord::Standard(LevelId::WARNING);
            assert_eq!(level == expected, known, "{cut}");
        }
        assert_eq!(&*parse(whole.as_bytes()).message, b"full");
    }
}
