//! Generated templates × generated records: what Python's formatting prints, parsing gives back where the text
//! determines it; and no bytes make an extractor panic or answer from outside the record.

use std::fmt::Write as _;

use timberline::base::level::LevelTable;
use timberline::base::time::{Zone, ZoneClock};
use timberline::format::extractor::{Extractor, LevelWord};
use timberline::format::spec::{Format, FormatSpec};

/// A small deterministic generator (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    pub fn pick<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.next(values.len())]
    }
}

const LEVELS: &[&str] = &["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];
const LOGGERS: &[&str] = &[
    "root",
    "shop.api",
    "a",
    "__main__",
    "app.module_1.sub-mod",
    "한글.로거",
];
const MESSAGES: &[&str] = &[
    "",
    "ok",
    "a - b - c",
    "x: y | z",
    "two\nlines",
    "  indented",
    "결제 실패",
    "[INFO] not a level",
    "50% {off} $5",
];
const DELIMITERS: &[&str] = &[" - ", " | ", ": ", " » ", "\t", " :: "];

/// One field of a generated template: how it is written in the template, and what it prints.
fn field(random: &mut Random, name: &str, value: &str) -> (String, String) {
    let width = random.next(14);
    let chars = value.chars().count();
    let pad = " ".repeat(width.saturating_sub(chars));
    match random.next(4) {
        0 => (format!("%({name})-{width}s"), format!("{value}{pad}")),
        1 if width > 0 => (format!("%({name}){width}s"), format!("{pad}{value}")),
        2 => {
            let fits = chars.max(width);
            let pad = " ".repeat(fits - chars);
            (format!("%({name})-{fits}.{fits}s"), format!("{value}{pad}"))
        }
        _ => (format!("%({name})s"), value.to_owned()),
    }
}

#[test]
fn what_python_prints_is_parsed_back() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let table = LevelTable::standard();
    for _ in 0..4000 {
        let (level, logger) = (random.pick(LEVELS), random.pick(LOGGERS));
        let (message, delimiter) = (random.pick(MESSAGES), random.pick(DELIMITERS));
        let line = random.next(5000).to_string();
        let mut pieces = vec![
            field(&mut random, "levelname", level),
            field(&mut random, "name", logger),
            (String::from("%(lineno)d"), line.clone()),
        ];
        let last = random.next(3);
        pieces.swap(last, 2);
        let first = random.next(2);
        pieces.swap(first, 0);
        let (mut template, mut record) = (
            String::from("%(asctime)s"),
            String::from("2026-11-22 10:00:01,518"),
        );
        for (written, printed) in &pieces {
            write!(template, "{delimiter}{written}").unwrap();
            write!(record, "{delimiter}{printed}").unwrap();
        }
        write!(template, "{delimiter}%(message)s").unwrap();
        writeln!(record, "{delimiter}{message}").unwrap();

        let format = Format::compile(&FormatSpec::template(&template)).unwrap();
        let first_line = record.split_inclusive('\n').next().unwrap();
        let header = format
            .extractor
            .header(first_line.as_bytes(), &mut ZoneClock::new(&Zone::Utc))
            .expect(&record);
        assert_eq!(
            header.time,
            Some(1_795_341_601_518_000_000),
            "{template}\n{record}"
        );
        assert_eq!(
            header.level,
            LevelWord::Standard(table.find(level).unwrap()),
            "{template}\n{record}"
        );
        assert_eq!(
            header.logger.as_deref(),
            Some(logger.as_bytes()),
            "{template}\n{record}"
        );
        let parsed = format.extractor.parse(record.as_bytes());
        assert_eq!(&*parsed.message, message.as_bytes(), "{template}\n{record}");
        assert_eq!(parsed.fields.len(), 1);
        assert_eq!(
            &*parsed.fields[0].value,
            line.as_bytes(),
            "{template}\n{record}"
        );
    }
}

const TEMPLATES: &[&str] = &[
    "%(asctime)s %(levelname)-8s [%(process)d:%(threadName)s] %(name)s:%(lineno)d - %(message)s",
    "%(levelname)s:%(name)s:%(message)s",
    "%(asctime)s %(message)s [%(levelname)s]",
    "%(message)s (%(levelname)s, %(name)s)",
    "{levelname:^10}{name:.<25}{msecs:03.0f}{message}",
    "$levelname$name$message",
    "-----\nTime: %(asctime)s\nLevel: %(levelname)s\n%(message)s",
    "%(name)s%(levelname)s%(threadName)s%(message)s%(asctime)s",
    "%(asctime).10s%(created)f%(levelprefix)s\u{1b}[0m%(message)s\u{1b}[1m",
    "%(message)s",
    "%d %-20([%t]) %highlight{%-5level} %c{1} %x - %msg%n%ex",
    "%clr(%m) %20(%c:%L) %p",
    "<level>{time:YYYY-MM-DD HH:mm:ss,SSS} {level: <8} {message}</level>",
    "${longdate}|${level}|${pad:padding=-8:inner=${logger}}|${message}",
    "[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj}{NewLine}{Exception}",
];

/// Pieces that look like parts of records, and some that look like nothing.
const SHARDS: &[&[u8]] = &[
    b"2026-11-22 10:00:00,000",
    b" ",
    b"\n",
    b"\r\n",
    b"INFO",
    b"Level 25",
    b"\x1b[31m",
    b"\x1b]8;;",
    b"[",
    b"]",
    b":",
    b"\xec\xa3",
    b"\xff",
    b"\0",
    b"-----",
    b"Time: ",
    b"Level: ",
    b" (",
    b", ",
    b")",
    b"1795341600.5",
    b"None",
    b"999999999999999999999",
    b"Thread-1 (x)",
    b"Traceback (most recent call last):",
    b"a.b",
    b"e5",
    b"-",
    b"\t",
    b"",
];

fn inside(value: &[u8], record: &[u8]) -> bool {
    value.is_empty() || record.windows(value.len()).any(|window| window == value)
}

fn check(extractor: &Extractor, record: &[u8], zone: &mut ZoneClock) {
    let line_end = memchr::memchr(b'\n', record).map_or(record.len(), |at| at + 1);
    let line = &record[..line_end];
    assert_eq!(
        extractor.is_start(line),
        extractor.header(line, zone).is_some()
    );
    let parsed = extractor.parse(record);
    let matches = match extractor.framer(true) {
        None => extractor.is_start(line),
        // Lines alone do not tell: what a whole record says counts.
        Some(framer) => framer.header(record, zone).is_some(),
    };
    assert_eq!(
        parsed.matched,
        matches,
        "{}",
        String::from_utf8_lossy(record)
    );
    for value in [&parsed.time, &parsed.level].into_iter().flatten() {
        assert!(inside(value, record));
    }
    // Colours inside the name are taken out of it.
    assert!(parsed.logger.is_none_or(|name| name.len() <= record.len()));
    assert!(parsed.message.len() <= record.len());
    for field in &parsed.fields {
        assert!(field.value.len() <= record.len());
    }
}

#[test]
fn no_bytes_make_a_template_panic() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut zone = ZoneClock::new(&Zone::Utc);
    for template in TEMPLATES {
        let format = Format::compile(&FormatSpec::template(*template)).unwrap();
        for _ in 0..3000 {
            let mut record = Vec::new();
            for _ in 0..random.next(14) {
                record.extend_from_slice(SHARDS[random.next(SHARDS.len())]);
            }
            check(&format.extractor, &record, &mut zone);
        }
    }
}
