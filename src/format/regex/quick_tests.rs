#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;
use crate::base::time::Zone;
use crate::format::builtin::{Recipe, builtins};

/// Patterns of every kind of step, with lines of theirs.
const PATTERNS: &[(&str, &[&str])] = &[
    (r"(?<level>a*)(?<name>a*)b(?<time>c??)c", &["aaabcc", "bc"]),
    (
        r"(?<level>a+?)(?<name>a|ab)(?<time>c|bcd)(?:d*)",
        &["aaabcdd", "aabc"],
    ),
    (
        r"(?:(?<level>a)|b)*c(?<name>x{2,3}?)(?<time>x*)$",
        &["abbacxxxx", "ababcxx"],
    ),
    (
        r"(?<name>(?:[^,]|,,)*),(?<level>\w+)",
        &["a,,b,info", "a,b,c"],
    ),
    (
        r"^(?<name>.+)-(?<level>\p{L}+)-?$",
        &["a-b-INFO", "한글-경고-", "a-b\u{a0}-x"],
    ),
    (
        r"(?i)(?<level>error|err|warn(?:ing)?) (?<name>\S+)",
        &["ErR x", "WARNING y", "warn\u{a0}z", "warn é"],
    ),
    (
        r"(?<level>[^\x00-\x7F]{2}|..) (?<name>.)",
        &["한글 x", "ab é", "é한 y"],
    ),
    (
        r"(?<level>(?:ab){1,3}?)(?<name>(?:ab)*)x",
        &["abababx", "ababababx"],
    ),
    (
        r"(?<name>\d+)(?:\.(?<level>\d+))?(?: (?<time>\S+))? end",
        &["12.5 x end", "1 end", "1. end"],
    ),
];

const BYTES: &[u8] = b" \x1b[]:<>-.,09aZ\"\\|\t\n\r\x00\xed\xa0";

/// The header by steps, checked against the header by the regular expression alone.
fn check(format: &RegexFormat, plain: &RegexFormat, line: &[u8]) {
    let zone = "Europe/Berlin".parse::<Zone>().unwrap();
    let (mut one, mut other) = (ZoneClock::new(&zone), ZoneClock::new(&zone));
    let text = line.escape_ascii();
    let pattern = &format.pattern;
    assert_eq!(
        format.header_spans(line),
        plain.header_spans(line),
        "{pattern}: {text}"
    );
    assert_eq!(
        format.header(line, &mut one),
        plain.header(line, &mut other),
        "{pattern}: {text}"
    );
    assert_eq!(
        format.is_start(line),
        plain.is_start(line),
        "{pattern}: {text}"
    );
}

fn damaged(line: &[u8], mut check: impl FnMut(&[u8])) {
    check(line);
    for at in 0..line.len() {
        let (head, tail) = line.split_at(at);
        check(head);
        check(&[head, &tail[1..]].concat());
        for byte in BYTES {
            check(&[head, &[*byte], &tail[1..]].concat());
            check(&[head, &[*byte], tail].concat());
        }
        check(&[head, "é한".as_bytes(), tail].concat());
        check(&[head, b"\x1b[31m", tail].concat());
        check(&[head, head, tail].concat());
    }
}

#[test]
fn steps_find_what_the_expression_finds() {
    for (pattern, lines) in PATTERNS {
        let format = RegexFormat::compile(pattern).unwrap();
        assert!(format.quick.is_some(), "{pattern}");
        let plain = RegexFormat {
            quick: None,
            ..format.clone()
        };
        for line in *lines {
            damaged(line.as_bytes(), |line| check(&format, &plain, line));
        }
    }
}

#[test]
fn built_in_patterns_are_quick_and_right() {
    let patterns = builtins()
        .iter()
        .filter_map(|builtin| match builtin.recipe {
            Recipe::Regex(pattern) => Some((pattern, builtin.example)),
            _ => None,
        });
    for (pattern, example) in patterns {
        let format = RegexFormat::of_good(pattern).unwrap();
        assert!(format.regex().is_some(), "{pattern}");
        let quick = format.quick.as_ref().unwrap();
        assert!(
            matches!(quick.run(example.as_bytes()), Verdict::Yes(_)),
            "{pattern}"
        );
        let plain = RegexFormat {
            quick: None,
            ..format.clone()
        };
        damaged(example.as_bytes(), |line| check(&format, &plain, line));
        // Lines of the others.
        for other in builtins() {
            check(&format, &plain, other.example.as_bytes());
        }
    }
}

/// What cannot be said in steps, or would take too long to try, is left to the expression.
#[test]
fn the_expression_has_the_last_word() {
    for pattern in [
        r"(?<level>\w+)\b x",
        r"(?<name>(?:a?)*)b",
        r"(?<name>(?-u:[\xFE\xFF])+)",
    ] {
        assert!(
            RegexFormat::compile(pattern).unwrap().quick.is_none(),
            "{pattern}"
        );
    }
    let format = RegexFormat::compile(r"(?<name>(?:a|aa)*)(?<level>b)").unwrap();
    let line = "a".repeat(90);
    let quick = format.quick.as_ref().unwrap();
    assert_eq!(quick.run(line.as_bytes()), Verdict::Unsure);
    assert!(!format.is_start(line.as_bytes()));
    assert!(format.is_start(format!("{line}b").as_bytes()));
}
