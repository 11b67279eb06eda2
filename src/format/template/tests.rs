#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use super::*;
use crate::base::level::LevelTable;
use crate::base::time::Zone;

fn template(text: &str) -> Template {
    Template::compile(Style::guess(text), text, None, None).unwrap()
}

/// `level|logger|message|other fields` of a record, levels by their canonical names.
fn shown(template: &Template, record: &str) -> String {
    let mut zone = ZoneClock::new(&Zone::Utc);
    let Some(header) = template.header(record.as_bytes(), &mut zone) else {
        return "no header".into();
    };
    let table = LevelTable::standard();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let level = match header.level {
        LevelWord::None => String::new(),
        LevelWord::Standard(id) => table.name(id).to_owned(),
        LevelWord::Custom(word) | LevelWord::Numbered(word, _) => text(word),
    };
    let parsed = template.parse(record.as_bytes());
    let fields: Vec<String> = parsed
        .fields
        .iter()
        .map(|field| text(&field.value))
        .collect();
    let logger = header.logger.map(|name| text(&name)).unwrap_or_default();
    format!(
        "{level}|{logger}|{}|{}",
        text(&parsed.message),
        fields.join(",")
    )
}

#[test]
fn records_come_apart() {
    const DASHES: &str = "%(asctime)s - %(name)s - %(levelname)s - %(message)s";
    const T: &str = "2026-11-22 10:00:01,518";
    for (format, record, expected) in [
        (DASHES, "T - a.b - INFO - hi\n", "INFO|a.b|hi|"),
        (
            DASHES,
            "T - svc - worker - INFO - a - b\n",
            "INFO|svc - worker|a - b|",
        ),
        (DASHES, "T - a - 경고 - hi\n", "경고|a|hi|"),
        (DASHES, "T - a - Level 25 - hi\r\n", "Level 25|a|hi|"),
        (DASHES, "T - a - AUDIT - \n", "AUDIT|a||"),
        (
            DASHES,
            "T - a - INFO - x\nTraceback:\n  y\n",
            "INFO|a|x\nTraceback:\n  y|",
        ),
        (
            DASHES,
            "\u{1b}[32mT\u{1b}[0m - a - \u{1b}[1mINFO\u{1b}[0m - hi",
            "INFO|a|hi|",
        ),
        (
            "%(asctime)s %(levelname)-8s %(name)-20.20s %(lineno)04d %(message)s",
            "T WARNING  shop.core.db         0042 x",
            "WARNING|shop.core.db|x|0042",
        ),
        (
            "%(asctime)s %(levelname)8s --- [%(threadName)15.15s] %(name)s : %(message)s",
            "T     INFO --- [     MainThread] a : b",
            "INFO|a|b|MainThread",
        ),
        (
            "{asctime} [{levelname:^10}] {name:.<25} {message}",
            "T [  ERROR   ] shop.api................. down",
            "ERROR|shop.api|down|",
        ),
        (
            "{levelname:.4} {asctime} {filename}:{lineno:05d} {message}",
            "WARN T a.py:00012 x",
            "WARNING||x|a.py,00012",
        ),
        (
            "{asctime} {levelname!r} <{user!r}> {message}",
            "T 'INFO' <'kim min su'> x",
            "INFO||x|'kim min su'",
        ),
        (
            "$levelname ($asctime) $threadName $message",
            "INFO (T) Thread-1 (worker) x",
            "INFO||x|Thread-1 (worker)",
        ),
        (
            "%(asctime)s [%(name)s]%(levelname)s%(message)s",
            "T [svc[1]]INFO[x]",
            "INFO|svc[1]|[x]|",
        ),
        (
            "%(asctime)s %(message)s [%(levelname)s]",
            "T a\nb [INFO]\nTraceback:\n  y",
            "INFO||a\nb\nTraceback:\n  y|",
        ),
        (
            "%(asctime)s \"%(message)s\" %(levelname)s %(name)s:%(lineno)d",
            "T \"say \"no\"\" INFO a:7",
            "INFO|a|say \"no\"|7",
        ),
        (
            "%(message)s (%(levelname)s, %(name)s)",
            "x (y) (INFO, (paren))",
            "INFO|(paren)|x (y)|",
        ),
        (
            "%(asctime)s %(levelname)s %(name)s\n    %(message)s",
            "T INFO a\n    b\n    c\n",
            "INFO|a|b\n    c|",
        ),
        (
            "100%% %(asctime)s %%%(levelname)s%% %(message)s",
            "100% T %INFO% x",
            "INFO||x|",
        ),
        (
            "%(levelprefix)s %(message)s",
            "INFO:     Started",
            "INFO||Started|",
        ),
        (
            "%(log_color)s%(levelname)-8s%(reset)s %(message)s",
            "\u{1b}[32mINFO    \u{1b}[0m hi",
            "INFO||hi|",
        ),
        (
            "%(asctime)s %(levelno)s %(name)s %(message)s",
            "T 30 a x",
            "WARNING|a|x|",
        ),
        (
            "%(asctime)s %(levelno)s %(name)s %(message)s",
            "T 25 a x",
            "25|a|x|",
        ),
        (
            "%(process)s %(levelname)s %(message)s",
            "None INFO x",
            "INFO||x|None",
        ),
        (
            "{process:,} {levelname} {message}",
            "12,345 INFO x",
            "INFO||x|12,345",
        ),
    ] {
        let record = record.replacen('T', T, usize::from(format.contains("asctime")));
        assert_eq!(
            shown(&template(format), &record),
            expected,
            "{format}\n{record}"
        );
    }
}

#[test]
fn only_headers_start_records() {
    for (format, yes, no) in [
        (
            "%(levelname)s:%(name)s:%(message)s",
            &[
                "INFO:root:x",
                "WARNING:a.b:",
                "AUDIT:a:x",
                "경고:a:x",
                "Level 25:a:x",
                "INFO:my app:x",
            ][..],
            &[
                "Traceback (most recent call last):",
                "ValueError: a: b: c",
                "  File \"a.py\", line 1, in f",
                "DETAIL:  Key (id)=(1): exists",
                "Error: x: y",
                "SELECT * FROM a WHERE b::text = ':c'",
                "{\"a\": \"b\", \"c\": \"d\"}",
                "C:\\Users\\kim: no",
                "",
            ][..],
        ),
        (
            "[%(levelname)s]%(message)s",
            &["[INFO]", "[DEBUG]x", "[AUDIT]x"],
            &["[SQL: SELECT 1]", "[1, 2]", "x [INFO]", "[]"],
        ),
        (
            "%(levelname)s %(message)s",
            &["INFO x", "ERROR "],
            &["SELECT * FROM a", "I am", "Error in x", "INFORMED x"],
        ),
        (
            "%(name)s: %(message)s",
            &["root: x", "shop.db: "],
            &["ValueError: x", "two words: x", "  indented: x"],
        ),
        (
            "%(asctime)s %(levelname)s %(message)s",
            &[
                "2026-11-22 10:00:00,000 INFO x",
                "2026-11-22T10:00:00.000001+09:00 AUDIT x",
            ],
            &[
                "2026-11-22 10:00:00,000 and so on",
                "2026-11-22 10:00:00,000 INFO",
                "10:00:00 INFO x",
            ],
        ),
        (
            "%(message)s",
            &["x", "{"],
            &["  File \"a.py\"", "Traceback (most recent call last):", ""],
        ),
    ] {
        let template = template(format);
        for line in yes {
            assert!(template.is_start(line.as_bytes()), "{format}: {line}");
        }
        for line in no {
            assert!(!template.is_start(line.as_bytes()), "{format}: {line}");
        }
    }
}

#[test]
fn times_come_from_what_shows_them_best() {
    const NANOS: i64 = 1_795_341_601_518_000_000;
    let cases: [(&str, Option<&str>, &str, Clock, i64); 6] = [
        (
            "%(asctime)s %(message)s",
            None,
            "2026-11-22 10:00:01,518 x",
            Clock::Full,
            NANOS,
        ),
        (
            "%(asctime)s.%(msecs)03d %(message)s",
            Some("%Y-%m-%d %H:%M:%S"),
            "2026-11-22 10:00:01.518 x",
            Clock::Full,
            NANOS,
        ),
        (
            "{asctime}.{msecs:03.0f} {message}",
            Some("%T"),
            "10:00:01.518 x",
            Clock::TimeOfDay,
            36_001_518_000_000,
        ),
        (
            "%(created)f %(message)s",
            None,
            "1795341601.518000 x",
            Clock::Full,
            NANOS,
        ),
        (
            "%(asctime)s %(created)f %(message)s",
            Some("%T"),
            "00:00:00 1795341601.518000 x",
            Clock::Full,
            NANOS,
        ),
        (
            "%(asctime)s %(message)s",
            Some("%m-%d"),
            "01-02 x",
            Clock::NoYear,
            731 * 86_400_000_000_000,
        ),
    ];
    for (text, datefmt, record, clock, nanos) in cases {
        let template = Template::compile(Style::guess(text), text, datefmt, None).unwrap();
        assert_eq!(template.clock(), clock, "{text}");
        let header = template
            .header(record.as_bytes(), &mut ZoneClock::new(&Zone::Utc))
            .unwrap();
        assert_eq!(header.time, Some(nanos), "{text}");
    }
}

#[test]
fn columns_have_roles_and_the_message_is_last() {
    let template = template(
        "%(asctime)s.%(msecs)03d [%(process)d] %(name)s %(levelname)s %(message)s %(tag)s",
    );
    let columns: Vec<_> = template
        .columns()
        .iter()
        .map(|column| (&*column.name, column.role))
        .collect();
    assert_eq!(
        columns,
        [
            ("asctime", Role::Time),
            ("msecs", Role::Other),
            ("process", Role::Other),
            ("name", Role::Logger),
            ("levelname", Role::Level),
            ("tag", Role::Other),
            ("message", Role::Message),
        ]
    );
}

#[test]
fn templates_that_cannot_be_compiled_say_why() {
    for (style, text, datefmt, msec_format) in [
        (Style::Percent, "", None, None),
        (Style::Percent, "no field", None, None),
        (Style::Percent, "%(name)", None, None),
        (Style::Brace, "{name", None, None),
        (Style::Dollar, "$", None, None),
        (Style::Percent, "%(asctime)s", Some(""), None),
        (Style::Percent, "%(asctime)s", None, Some("no time")),
        (Style::Percent, &"%(a)s ".repeat(40), None, None),
    ] {
        let error = Template::compile(style, text, datefmt, msec_format).unwrap_err();
        assert!(
            !error.message.is_empty() && !error.hint.is_empty(),
            "{text}"
        );
    }
}
