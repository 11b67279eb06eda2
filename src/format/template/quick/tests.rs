#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use crate::base::time::{Zone, ZoneClock};
use crate::format::spec::Style;
use crate::format::template::Template;

const TEMPLATES: &[(&str, Option<&str>)] = &[
    (
        "%(asctime)s %(levelname)-8s [%(process)d:%(threadName)s] %(name)s:%(lineno)d - %(message)s",
        None,
    ),
    ("%(asctime)s - %(name)s - %(levelname)s - %(message)s", None),
    ("%(levelname)s:%(name)s:%(message)s", None),
    (
        "[%(asctime)s.%(msecs)03d] %(levelname)5s <%(name)20s> %(message)s",
        Some("%Y-%m-%dT%H:%M:%S"),
    ),
    (
        "%(asctime)s|%(levelname).1s|%(name)-12.12s|%(message)s",
        Some("%H:%M:%S"),
    ),
    (
        "%(created)f %(threadName)s [%(funcName)s] %(name)s %(levelname)s: %(message)s",
        None,
    ),
    ("%(name)s> %(message)s", None),
    (
        "%(process)d %(levelname)-10s%(name)s %(message)s %(lineno)d",
        None,
    ),
    ("%(asctime)s %(name)s %(message)s [%(levelname)s]", None),
];

const LINES: &[&str] = &[
    "2026-11-22 10:00:01,518 WARNING  [4021:Thread-3] app.db.pool:31 - reconnecting",
    "2026-11-22T10:00:01.518+09:00 INFO     [1:Thread-1 (run)] app:3 - the other pattern",
    "2026-03-29 02:30:60,000 CRITICAL [1:a b] x - y:3 - odd",
    "2026-11-22 10:00:01,518 - app.db - INFO - ready",
    "2026-11-22 10:00:01,518 - svc - worker - AUDIT - custom",
    "INFO:app.db:ready",
    "WARNING:root:\u{c8fc}\u{c758}",
    "ValueError: x: y",
    "[2026-11-22T10:00:01.518] ERROR <             app.db> broken",
    "10:00:01|W|app.db.pool_|text",
    "1795341601.5180001 Thread-3 [main] app.db warn: text",
    "app> text",
    "77 DEBUG     app text 5",
    "2026-11-22 10:00:01,518 app.db ready [INFO]",
    "  File \"/srv/app.py\", line 3, in run",
];

const NEXT: &[u8] = b"\n2026-11-22 10:00:01,518 - app.db - INFO - [5] next: line\n";

const BYTES: &[u8] = b"\x1b \n\r:[]-09Aa<>(),._\xea\xef";

/// The header with the short way, checked against the header without.
fn check(template: &Template, matcher: &Template, line: &[u8]) {
    let zone = "Europe/Berlin".parse::<Zone>().unwrap();
    let (mut one, mut other) = (ZoneClock::new(&zone), ZoneClock::new(&zone));
    // Twice: the second time from what the clock remembers.
    for _ in 0..2 {
        let quick = template.header(line, &mut one);
        let slow = matcher.header(line, &mut other);
        assert_eq!(quick, slow, "{}", line.escape_ascii());
    }
    // The message too, also of a record of several lines.
    for record in [line, &[line, b"\n  more\n"].concat()] {
        let parsed = matcher.parse(record).message;
        let message = template.message_of(record, &mut one);
        assert_eq!(message, parsed, "{}", record.escape_ascii());
    }
    // The same with more text behind the line.
    let text = [line, NEXT].concat();
    let end = memchr::memchr(b'\n', &text).unwrap();
    let (first, _) = text.split_at(end + 1);
    if let Some(ahead) = template.header_ahead(&text, &mut one) {
        let slow = matcher.header(first, &mut other);
        assert_eq!(Some(ahead.into()), slow, "{}", first.escape_ascii());
        assert!(ahead.len <= end, "{}", first.escape_ascii());
    }
}

#[test]
fn the_short_way_changes_nothing() {
    let mut taken = 0;
    for (text, datefmt) in TEMPLATES {
        let template = Template::compile(Style::Percent, text, *datefmt, None).unwrap();
        let mut matcher = template.clone();
        matcher.quick = None;
        for line in LINES {
            let line = line.as_bytes();
            let mut clock = ZoneClock::new(&Zone::Utc);
            let quick = template.quick.as_ref();
            taken +=
                usize::from(quick.is_some_and(|quick| quick.header(line, &mut clock).is_some()));
            check(&template, &matcher, line);
            for at in 0..line.len() {
                let (head, tail) = line.split_at(at);
                check(&template, &matcher, head);
                check(&template, &matcher, &[head, &tail[1..]].concat());
                for byte in BYTES {
                    check(&template, &matcher, &[head, &[*byte], &tail[1..]].concat());
                    check(&template, &matcher, &[head, &[*byte], tail].concat());
                }
            }
        }
    }
    assert!(taken > 7, "only {taken} lines went the short way");
}
