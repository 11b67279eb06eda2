//! Generated pattern layouts × generated records: what log4j prints for them, parsing gives back; and no text makes the
//! readers of the template languages panic.

use std::fmt::Write as _;

use timberline::base::level::LevelTable;
use timberline::base::time::{Zone, ZoneClock};
use timberline::format::extractor::LevelWord;
use timberline::format::spec::{Format, FormatSpec, Style};

use crate::formats::templates::Random;

const LEVELS: &[&str] = &["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const LOGGERS: &[&str] = &["o.e.App", "org.example.shop.Api$Inner", "root", "a"];
const THREADS: &[&str] = &["main", "http-nio-8080-exec-1", "pool 1", "한글"];
const MESSAGES: &[&str] = &[
    "",
    "ok",
    "a - b",
    "two\n\tat a.B.c(B.java:1)",
    "[x] 50% {y}",
];
const DELIMITERS: &[&str] = &[" - ", " | ", " : ", " » ", "\t"];
const DATES: &[(&str, &str)] = &[
    ("", "2026-11-22 10:00:01,518"),
    ("{ISO8601}", "2026-11-22T10:00:01,518"),
    ("{yyyy-MM-dd HH:mm:ss.SSS}", "2026-11-22 10:00:01.518"),
    (
        "{dd/MMM/yyyy:HH:mm:ss.SSS Z}",
        "22/Nov/2026:10:00:01.518 +0000",
    ),
    ("{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}", "2026-11-22T10:00:01.518Z"),
    ("{UNIX_MILLIS}", "1795341601518"),
];

/// A conversion word with a random modifier, and what it prints.
fn word(random: &mut Random, word: &str, value: &str) -> (String, String) {
    let width = random.next(14);
    let pad = " ".repeat(width.saturating_sub(value.chars().count()));
    let left = format!("{value}{pad}");
    match random.next(6) {
        0 if width > 0 => (format!("%-{width}{word}"), left),
        1 if width > 0 => (format!("%{width}{word}"), format!("{pad}{value}")),
        2 if width > 0 => (format!("%-{width}(%{word})"), left),
        // Padded together with something else.
        4 if width > 0 => {
            let pad = " ".repeat(width.saturating_sub(value.chars().count() + 2));
            (format!("%-{width}(<%{word}>)"), format!("<{value}>{pad}"))
        }
        3 => (
            format!("%highlight{{%{word}}}{{ERROR=red}}"),
            format!("\u{1b}[31m{value}\u{1b}[m"),
        ),
        _ => (format!("%{word}"), value.to_owned()),
    }
}

#[test]
fn what_log4j_prints_is_parsed_back() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let table = LevelTable::standard();
    for _ in 0..4000 {
        let (level, logger) = (random.pick(LEVELS), random.pick(LOGGERS));
        let (message, delimiter) = (random.pick(MESSAGES), random.pick(DELIMITERS));
        let thread = random.pick(THREADS);
        let (option, date) = DATES[random.next(DATES.len())];
        let mut words = vec![
            word(&mut random, "level", level),
            word(&mut random, "logger{36}", logger),
            (String::from("[%t]"), format!("[{thread}]")),
        ];
        let last = random.next(3);
        words.swap(last, 2);
        let (mut template, mut record) = (format!("%d{option}"), date.to_owned());
        for (written, printed) in &words {
            write!(template, "{delimiter}{written}").unwrap();
            write!(record, "{delimiter}{printed}").unwrap();
        }
        write!(template, "{delimiter}%msg%n%throwable").unwrap();
        writeln!(record, "{delimiter}{message}").unwrap();

        let format = Format::compile(&FormatSpec::template(&template)).unwrap();
        let first_line = record.split_inclusive('\n').next().unwrap();
        let header = format
            .extractor
            .header(first_line.as_bytes(), &mut ZoneClock::new(&Zone::Utc))
            .unwrap_or_else(|| panic!("{template}\n{record}"));
        assert_eq!(header.time, Some(1_795_341_601_518_000_000), "{template}");
        let known = LevelWord::Standard(table.find(level).unwrap());
        assert_eq!(header.level, known, "{template}\n{record}");
        let name = header.logger.as_deref();
        assert_eq!(name, Some(logger.as_bytes()), "{template}\n{record}");
        let parsed = format.extractor.parse(record.as_bytes());
        assert_eq!(&*parsed.message, message.as_bytes(), "{template}\n{record}");
        let field = &parsed.fields[0];
        assert_eq!(&*field.value, thread.as_bytes(), "{template}\n{record}");
    }
}

#[test]
fn no_text_makes_a_template_language_panic() {
    const SHARDS: &[&str] = &[
        "%",
        "d",
        "{",
        "}",
        "(",
        ")",
        "-",
        "20",
        ".",
        "msg",
        "%m",
        "%n",
        "%clr",
        "%replace",
        "${",
        ":-",
        "PID",
        "\\",
        "HH:mm",
        "'",
        "\"",
        ", UTC",
        "level",
        "{time:",
        "!UTC",
        "<",
        "</",
        ">",
        "{Message",
        ",-3",
        ":u3",
        "${date",
        "${pad",
        ":inner=",
        ":padding=",
        "=",
        "한",
        "[",
        "]",
        "$",
        "SSSSSSSSSSSSSSSSSSSSSSSSSS",
        "99999999999999999999",
    ];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..random.next(12) {
            text.push_str(random.pick(SHARDS));
        }
        for style in Style::ALL {
            let spec = FormatSpec::Template {
                style,
                text: text.clone(),
                datefmt: None,
                msec_format: None,
            };
            match Format::compile(&spec) {
                Ok(format) => assert!(!format.extractor.columns().is_empty()),
                Err(error) => {
                    let column = error.column.unwrap_or(0);
                    assert!(column <= text.chars().count(), "{style} {text}: {error}");
                }
            }
        }
    }
}

/// A level of one's own whose number the log shows has its place in the order by that.
#[test]
fn own_levels_are_ordered_by_the_number_beside_them() {
    let json = Format::compile(&FormatSpec::Builtin {
        name: "json".to_owned(),
    });
    let template = "%(asctime)s %(levelno)02d %(levelname)-8s %(message)s";
    let template = Format::compile(&FormatSpec::template(template));
    for (format, line) in [
        (template, "2026-11-22 10:00:01,518 35 AUDIT    ready"),
        (
            json,
            r#"{"levelno": 35, "levelname": "AUDIT", "message": "ready"}"#,
        ),
    ] {
        let header = format
            .unwrap()
            .extractor
            .header(line.as_bytes(), &mut ZoneClock::new(&Zone::Utc))
            .map(|header| header.level);
        assert_eq!(header, Some(LevelWord::Numbered(b"AUDIT", 35)), "{line}");
    }
}
