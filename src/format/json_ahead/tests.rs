#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;

use crate::base::time::{Zone, ZoneClock};
use crate::format::json::{JsonFormat, JsonShape};
use crate::format::json_head::tests::{LINES, any_object};

/// What may stand behind a line; of these nothing may be taken for a part of it.
const NEXT: [&str; 3] = [
    "\n{\"level\":\"ERROR\",\"logger\":\"next.line\",\"time\":\"2026-01-05T09:00:00Z\"}\n",
    "\n\"}, \"level\": \"ERROR\", \"logger\": \"next.line\", \"x\": {}}, \"}]}, and more and more",
    "                                                ",
];

/// How many headers were read ahead, all as the whole lines say.
fn check(line: &[u8]) -> usize {
    let zone = "Europe/Berlin".parse::<Zone>().unwrap();
    let mut taken = 0;
    for next in NEXT {
        taken += check_text(&[line, next.as_bytes()].concat(), &zone);
    }
    taken
}

fn check_text(text: &[u8], zone: &Zone) -> usize {
    let (mut one, mut other) = (ZoneClock::new(zone), ZoneClock::new(zone));
    let end = text.iter().position(|byte| *byte == b'\n');
    let line = end.map_or(text, |end| &text[..=end]);
    let mut taken = 0;
    for shape in [JsonShape::Line, JsonShape::Pretty, JsonShape::Prefixed] {
        let format = JsonFormat::new(shape);
        if let Some(ahead) = format.header_ahead(text, &mut one) {
            taken += 1;
            let expected = format.header(line, &mut other);
            assert_eq!(Some(ahead.into()), expected, "{}", text.escape_ascii());
            assert!(
                end.is_none_or(|end| ahead.len <= end),
                "{}",
                text.escape_ascii()
            );
            assert_eq!(text[ahead.len - 1], b'}', "{}", text.escape_ascii());
        }
    }
    taken
}

#[test]
fn what_loggers_write_is_read_ahead() {
    for line in LINES.iter().chain(&[
        r#"{"time":"2026-01-05T09:00:00.004Z","level":30,"v":1,"pid":7,"hostname":"h","msg":"a\nb"}"#,
        r#"{"level": "information", "name": "a.b", "asctime": "2026-01-05 09:00:00,123", "n": -1.5}"#,
        r#"{"@t":"2026-01-05T09:00:00.1234567Z","@mt":"a","@l":"Warning","x":[{"a":"]"},[1,2]],"y":{}}"#,
        r#"{"ts":1795341601.518,"level":"info","fields":{"message":"m","logger":{"a":null}}}"#,
    ]) {
        let plain = line.replace(" ,", ",").replace(" :", ":").replace(" }", "}");
        let too_deep = plain.contains(r#""f":{"g""#);
        assert_eq!(check(plain.as_bytes()) > 0, !too_deep, "{plain}");
    }
}

#[test]
fn what_is_doubtful_is_left_to_the_whole_line() {
    for line in [
        "{\"a\":\"x\n\",\"level\":\"INFO\"}",
        "{\"a\":\"x\\\n\",\"level\":\"INFO\"}",
        "{\"a\":1,\n\"level\":\"INFO\"}",
        "{\"a\":[1,\n2],\"level\":\"INFO\"}",
        "{\"a\":1\n}",
        r#"{"logger":"a\\b"}"#,
        r#"{"le\u0076el":"INFO"}"#,
        r#"{"level":"AUDIT"}"#,
        r#"{"severity":"x","level":"info"}"#,
        r#"{"a":1"#,
        "{}",
        "[1]",
        "\u{feff}{\"a\":1}",
        " {\"a\":1}",
        "",
    ] {
        assert_eq!(check(line.as_bytes()), 0, "{line:?}");
    }
    let long = format!("{{\"a\":\"{}\",\"level\":\"INFO\"}}", "x".repeat(65_500));
    assert_eq!(check(long.as_bytes()), 0);
}

#[test]
fn damaged_lines_read_the_same() {
    let zone = Zone::Utc;
    for line in LINES.iter().map(|line| line.as_bytes()) {
        let line = &[line, NEXT[0].as_bytes()].concat();
        for at in 0..line.len() {
            let (head, tail) = line.split_at(at);
            check_text(head, &zone);
            check_text(&[head, &tail[1..]].concat(), &zone);
            for byte in b"{}[]\",:\\ 0t\x0c\n\r" {
                check_text(&[head, &[*byte], &tail[1..]].concat(), &zone);
                check_text(&[head, &[*byte], tail].concat(), &zone);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_object_reads_the_same(
        object in any_object(),
        at in 0.0..1.0_f64,
        inserted in "[\n\r\t \"\\\\{}:,\\[\\]a0é]{0,2}",
        removed in 0..3_usize,
    ) {
        check(object.as_bytes());
        check(object.replace(", ", ",").as_bytes());
        let mut text = object.into_bytes();
        let at = (text.len() as f64 * at) as usize;
        let end = text.len().min(at + removed);
        text.splice(at..end, inserted.into_bytes());
        check(&text);
        text.truncate(at);
        check(&text);
    }
}
