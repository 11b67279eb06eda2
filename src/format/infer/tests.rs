#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;

/// Lines and a template or regex that must be among the proposals.
#[test]
fn proposes_templates() {
    let table: &[(&[&str], &str)] = &[
        (
            &[
                "2026-11-22 10:00:01,518 | INFO | app.db | ready",
                "2026-11-22 10:00:02,518 | WARNING | app.web | slow: x",
            ],
            "%(asctime)s | %(levelname)s | %(name)s | %(message)s",
        ),
        (
            &[
                "2026-11-22 10:00:01,518 | INFO | 추론.모델 - 준비 완료",
                "2026-11-22 10:00:02,518 | WARNING | 결제.web - 느림",
                "2026-11-22 10:00:03,518 | INFO | 추론.worker - 다음",
            ],
            "%(asctime)s | %(levelname)s | %(name)s - %(message)s",
        ),
        (
            &[
                "[INFO] [2026/11/22 10:00:01] app.db: ready",
                "[ERROR] [2026/11/22 10:00:02] root: bad thing",
            ],
            "[%(levelname)s] [%(asctime)s] %(name)s: %(message)s",
        ),
        (
            &[
                "2026-11-22 10:00:01,518 INFO     app.db:12 ready",
                "2026-11-22 10:00:02,518 WARNING  app.web:3 slow x",
            ],
            "%(asctime)s %(levelname)-8s %(name)s:%(lineno)d %(message)s",
        ),
        (
            &[
                "[W 261122 17:37:08 apps:39] disk low",
                "[I 261122 17:37:08 web:9] took 0.25 s",
            ],
            "[%(levelname)s %(asctime)s %(name)s:%(lineno)d] %(message)s",
        ),
        (
            &[
                "2026-11-22 10:00:00.000 4242 INFO shop.a [req-0001 x] hello",
                "2026-11-22 10:00:00.000 4242 INFO root [- y] retry 1",
            ],
            "%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [%(request_id)s] %(message)s",
        ),
        (
            &[
                "2026-11-22 10:00:01,518 INFO cache miss",
                "2026-11-22 10:00:02,518 DEBUG order 12 accepted",
            ],
            "%(asctime)s %(levelname)s %(message)s",
        ),
        // Padded as in Python's cookbook.
        (
            &[
                "root        : INFO     Jackdaws love",
                "myapp.area1 : INFO     How quickly",
                "myapp.area2 : WARNING  Jail zesty",
                "db          : ERROR    The five",
            ],
            "%(name)-12s: %(levelname)-8s %(message)s",
        ),
        (
            &[
                "root        : INFO     Jackdaws love",
                "root        : WARNING  Jail zesty",
            ],
            "%(name)-12s: %(levelname)-8s %(message)s",
        ),
        (
            &[
                "worker      : INFO     Jackdaws love",
                "myapp.storage.area1: ERROR    Jail zesty",
                "myapp.area12: INFO     The five",
                "db          : INFO     The five",
            ],
            "%(name)-12s: %(levelname)-8s %(message)s",
        ),
        (
            &[
                "11-22 22:19 root         INFO     Jackdaws love",
                "11-22 22:19 myapp.area1  DEBUG    Jail zesty",
            ],
            "%(asctime)s %(name)-12s %(levelname)-8s %(message)s",
        ),
        (
            &[
                "11-22 22:19 root         INFO     Jackdaws love",
                "11-22 22:19 root         WARNING  Jail zesty",
            ],
            "%(asctime)s %(name)-12s %(levelname)-8s %(message)s",
        ),
        // A line's number is told by a word.
        (
            &[
                "2026-11-22 10:00:01,518 - main.py[line:360] - INFO: ready",
                "2026-11-22 10:00:02,518 - db.py[line:12] - ERROR: gone",
            ],
            "%(asctime)s - %(filename)s[line:%(lineno)d] - %(levelname)s: %(message)s",
        ),
        (
            &[
                "2026-11-22 10:00:01,518 INFO main.py Line: 360 ready",
                "2026-11-22 10:00:02,518 ERROR db.py Line: 12 gone",
            ],
            "%(asctime)s %(levelname)s %(filename)s Line: %(lineno)d %(message)s",
        ),
        (
            &[
                "[2026-11-22 10:00:01,518] /srv/app/main.py [line:360] INFO: ready",
                "[2026-11-22 10:00:02,518] /srv/app/store/db.py [line:12] ERROR: gone",
            ],
            "[%(asctime)s] %(pathname)s [line:%(lineno)d] %(levelname)s: %(message)s",
        ),
        (
            &[
                "2026-11-22 10:00:01,518 INFO /srv/app/main.py:360 ready",
                "2026-11-22 10:00:02,518 ERROR /srv/app/store/db.py:12 gone",
            ],
            "%(asctime)s %(levelname)s %(pathname)s:%(lineno)d %(message)s",
        ),
        // The message is not last.
        (
            &[
                "2026-11-22 10:00:01,518 cache miss [INFO]",
                "2026-11-22 10:00:02,518 order 12 accepted! [DEBUG]",
                "2026-11-22 10:00:03,518 low disk [WARNING]",
            ],
            "%(asctime)s %(message)s [%(levelname)s]",
        ),
        (
            &[
                "payment declined (INFO, shop.api)",
                "how did we get here (DEBUG, urllib3)",
                "... (ERROR, shop.core.db)",
            ],
            "%(message)s (%(levelname)s, %(name)s)",
        ),
        (
            &[
                "error rate back to normal @ 2026-11-22 10:00:00,000",
                "token expired @ 2026-11-22 10:00:01,501",
                "before @ 2026-11-22 10:00:02,501",
            ],
            "%(message)s @ %(asctime)s",
        ),
        (
            &[
                "2026-11-22 10:00:09,000 \"cache miss\" DEBUG shop.db:20",
                "2026-11-22 10:00:09,001 \"ready\" INFO shop.api:7",
                "2026-11-22 10:00:09,002 \"late by 3 s\" WARNING root:112",
            ],
            "%(asctime)s \"%(message)s\" %(levelname)s %(name)s:%(lineno)d",
        ),
        // The message stands on a line of its own.
        (
            &[
                "2026-11-22 10:00:01,500 INFO shop.db",
                "    ready",
                "2026-11-22 10:00:02,500 WARNING root",
                "    slow query",
                "2026-11-22 10:00:03,500 INFO shop.api.views",
                "      indented itself",
            ],
            "%(asctime)s %(levelname)s %(name)s\n    %(message)s",
        ),
        // A column filled with dots.
        (
            &[
                "2026-11-22 10:00:00,017     INFO shop.db......... ready",
                "2026-11-22 10:00:00,020     INFO __main__........ retrying in 4 s",
                "2026-11-22 10:00:00,024    DEBUG shop.core.db.... GET / -> 200",
                "2026-11-22 10:00:00,824  WARNING shop............ while parsing:",
            ],
            "{asctime} {levelname:>8} {name:.<16} {message}",
        ),
        // A table: cells may begin with any sign.
        (
            &[
                "2026-11-22 10:00:00,017|INFO|shop.db|/srv/shop/db.py|<lambda>|ready",
                "2026-11-22 10:00:00,018|DEBUG|shop.api|/srv/shop/api.py|run|retrying",
                "2026-11-22 10:00:00,019|INFO|root|/srv/main.py|<module>|GET / -> 200",
            ],
            "%(asctime)s|%(levelname)s|%(name)s|%(pathname)s|%(funcName)s|%(message)s",
        ),
    ];
    for (lines, want) in table {
        let lines: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
        let found = proposals(&lines);
        let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(
            texts.iter().any(|text| text == want),
            "want {want}\nhave {texts:#?}"
        );
    }
}

#[test]
fn any_bytes_are_fine() {
    let mut seed = 7_u64;
    for _ in 0..300 {
        let bytes: Vec<u8> = (0..200)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b"\x1b[]0 1:2-,.INFO\xff\xea{}\"=%\n"[(seed >> 33) as usize % 23]
            })
            .collect();
        let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
        let _ = proposals(&lines);
    }
}

#[test]
fn headers_of_several_lines() {
    let block = |key: &str, time: &str, level: &str| {
        format!("=====\n{key}: {time}\nSeverity: {level}\nThread: main\nsome text\nmore: 1\n")
    };
    let text = [
        block("When", "2026-11-22 10:00:01,518", "INFO"),
        block("When", "2026-11-22 10:00:02,518", "ERROR"),
        "=====\nquoted\n".to_owned(),
        block("When", "2026-11-22 10:00:03,518", "INFO"),
        block("When", "2026-11-22 10:00:03,519", "INFO"),
        block("When", "2026-11-22 10:00:03,520", "INFO"),
    ]
    .concat();
    let lines: Vec<&[u8]> = text.as_bytes().split_inclusive(|b| *b == b'\n').collect();
    let found = blocks::proposal(&lines).map(|spec| spec.to_string());
    let expected =
        "=====\nWhen: %(asctime)s\nSeverity: %(levelname)s\nThread: %(threadName)s\n%(message)s";
    assert_eq!(found.as_deref(), Some(expected));
    // A line of signs now and then is no header.
    let text = "a\n-----\nb\n".repeat(9);
    let lines: Vec<&[u8]> = text.as_bytes().split_inclusive(|b| *b == b'\n').collect();
    assert_eq!(blocks::proposal(&lines), None);
}

#[test]
fn values_that_nobody_escaped() {
    let json = [
        r#"{"ts": "2026-11-22 10:00:01,518", "level": "INFO", "who": "kim", "msg": "a"}"#,
        r#"{"ts": "2026-11-22 10:00:01,518", "level": "INFO", "who": "kim", "msg": "say "b""}"#,
        r#"{"ts": "2026-11-22 10:00:01,518", "level": "ERROR", "who": "kim", "msg": "c"#,
        r#"d"}"#,
    ];
    let pairs = [
        r#"level=INFO logger=a msg="x""#,
        r#"level=INFO logger=a b msg="x""#,
        r#"level=INFO logger=a msg="x "y" z""#,
    ];
    let proper = [
        r#"{"level": "INFO", "msg": "say \"b\""}"#,
        r#"{"level": "INFO", "msg": "x"}"#,
        r#"{"level": "INFO", "msg": "two\nlines \"x\"", "n": 3}"#,
        r#"{"level": "INFO", "msg": "y", "of": ["a"], "loss": NaN}"#,
    ];
    let proper_pairs = [
        r#"level=INFO logger=a msg="x""#,
        r#"level=INFO logger=a msg="say \"b\"""#,
        r#"level=INFO logger=a msg="\\" to=http://h/?a=b"#,
    ];
    // As structlog prints values: with Python's quotes.
    let repr = [
        "level=info logger=a event='x'",
        "level=info logger=a event='two words'",
        "level=info logger=a event='with two words'",
    ];
    let korean = [
        r#"level=INFO 사용자=kim msg="x""#,
        r#"level=INFO 사용자=lee msg="x "y" z""#,
        r#"level=INFO 사용자=kim msg=""y" z""#,
    ];
    for (lines, expected) in [
        (
            &json[..],
            Some(
                r#"{"ts": "%(asctime)s", "level": "%(levelname)s", "who": "%(who)s", "msg": "%(message)s"}"#,
            ),
        ),
        (
            &pairs,
            Some(r#"level=%(levelname)s logger=%(name)s msg="%(message)s""#),
        ),
        (&proper, None),
        (&proper_pairs, None),
        (&repr, None),
        (
            &korean,
            Some(r#"level=%(levelname)s 사용자=%(사용자)s msg="%(message)s""#),
        ),
        (&["level=INFO msg=x y", "level=INFO msg=x"], None),
    ] {
        let lines: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
        let found = unescaped(&lines).map(|spec| spec.to_string());
        assert_eq!(found.as_deref(), expected);
    }
}
