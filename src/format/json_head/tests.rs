#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;

use super::*;
use crate::base::time::{Zone, ZoneClock};
use crate::format::json_scan::walk;

/// The header by the short way, checked against the walk over all members with their paths.
fn check(text: &[u8]) {
    let mut roles = Roles::default();
    walk(text, Strictness::Strict, &mut |path, raw| {
        roles.offer(path, raw);
    });
    let zone = "Europe/Berlin".parse::<Zone>().unwrap();
    let (mut one, mut other) = (ZoneClock::new(&zone), ZoneClock::new(&zone));
    assert_eq!(
        read(text).header(&mut one),
        roles.header(&mut other),
        "{}",
        text.escape_ascii()
    );
}

pub(in crate::format) const LINES: &[&str] = &[
    r#"{"ts":"2026-01-05T09:00:00.004Z","level":"debug","logger":"app.http","pid":5310,"msg":"a \"b\" c"}"#,
    r#"{ "asctime" : "2026-01-05 09:00:00,004" , "levelname": "INFO", "name": "root", "message": "x", "taskName": null }"#,
    r#"{"event":"x","level":"warning","timestamp":"2026-01-05T09:00:00Z","logger":"a","n":[1,{"level":"no"},"]"]}"#,
    r#"{"level":30,"time":1795341601518,"pid":7,"hostname":"h","req":{"id":1,"level":"no"},"v":1,"msg":"m"}"#,
    r#"{"text":"x","record":{"elapsed":{"repr":"1"},"level":{"icon":"i","name":"ERROR","no":40},"name":"a.b","time":{"repr":"2026-01-05 09:00:00.1+09:00","timestamp":1795341601.5}}}"#,
    r#"{"@t":"2026-01-05T09:00:00Z","@mt":"x {y}","":{"logger":"a","":{"s":"W"}},"log":{"level":"ERROR"},"log.logger":"q"}"#,
    r#"{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"level":"x"}}}}}}},"severity":"NOTICE","instant":{"epochSecond":1795341601}}"#,
];

#[test]
fn damaged_lines_read_the_same() {
    for line in LINES.iter().map(|line| line.as_bytes()) {
        for at in 0..line.len() {
            let (head, tail) = line.split_at(at);
            check(head);
            check(&[head, &tail[1..]].concat());
            for byte in b"{}[]\",:\\ 0t\x0c" {
                check(&[head, &[*byte], &tail[1..]].concat());
                check(&[head, &[*byte], tail].concat());
            }
        }
    }
}

/// Names that are known, parts of known ones, and others.
fn key() -> impl Strategy<Value = String> {
    let known = [
        "time",
        "ts",
        "@t",
        "t",
        "level",
        "LEVEL",
        "levelno",
        "s",
        "logger",
        "name",
        "log",
        "record",
        "log.level",
        "message",
        "msg",
        "v",
        "pid",
        "hostname",
        "reqId",
        "no",
        "repr",
        "$date",
        "timestamp",
        "seconds",
        "properties",
        "sourcecontext",
        "",
        "user_id",
        "a-much-longer-key-than-any",
        "한글",
        "q\\\"uote",
    ];
    proptest::sample::select(known.map(str::to_owned).to_vec())
}

fn value() -> impl Strategy<Value = String> {
    let leaves = [
        "\"info\"",
        "\"2026-01-05T09:00:00Z\"",
        "\"2026-01-05 09:00:00,123\"",
        "\"a.b\"",
        "\"10:00:01\"",
        "\"30\"",
        "30",
        "1795341601.25",
        "null",
        "true",
        "NaN",
        "[1, \"]\", {\"level\": 1}]",
        "{}",
        "{ }",
        "\"\"",
        "\" x \"",
        "\"a\\\\\"",
        "\"\\u00e9\\\"\"",
        "\"a long text of more than thirty-two bytes, with \\\"quotes\\\"\"",
    ];
    let leaf = proptest::sample::select(leaves.map(str::to_owned).to_vec());
    leaf.prop_recursive(7, 40, 5, |inner| {
        proptest::collection::vec((key(), inner), 0..5).prop_map(|members| object(&members))
    })
}

fn object(members: &[(String, String)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("\"{key}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(", "))
}

/// Members with keys that mean something and values of every kind.
pub(in crate::format) fn any_object() -> impl Strategy<Value = String> {
    let members = proptest::collection::vec((key(), value()), 0..8);
    members.prop_map(|members| object(&members))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_object_reads_the_same(
        object in any_object(),
        cut in 0.0..1.2_f64,
        behind in "[ -~]{0,9}",
    ) {
        let text = object + &behind;
        let end = text.len().min((text.len() as f64 * cut) as usize);
        check(&text.as_bytes()[..end]);
    }
}
