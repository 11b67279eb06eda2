#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;
use crate::base::level::LevelTable;
use crate::base::time::Zone;
use crate::format::extractor::Extractor;
use crate::format::spec::{Format, FormatSpec};

/// `level|logger|text` of the records of a text, read from its beginning.
fn records(extractor: &Extractor, text: &str) -> Vec<String> {
    let mut framer = extractor.framer(true).unwrap();
    let mut zone = ZoneClock::new(&Zone::Utc);
    let (mut starts, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if framer.line(text.as_bytes(), at..end, &mut zone) != Frame::Inside {
            starts.push(at);
        }
        at = end;
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let records = starts.iter().copied().zip(ends);
    records
        .map(|(start, end)| {
            let header = framer.header(&text.as_bytes()[start..end], &mut zone);
            let header = header.unwrap();
            let logger = header.logger.unwrap_or_default();
            let level = match header.level {
                LevelWord::None => String::new(),
                LevelWord::Standard(id) => LevelTable::standard().name(id).to_owned(),
                LevelWord::Custom(word) | LevelWord::Numbered(word, _) => {
                    String::from_utf8_lossy(word).into_owned()
                }
            };
            let logger = String::from_utf8_lossy(&logger).into_owned();
            format!("{level}|{logger}|{}", text[start..end].replace('\n', "~"))
        })
        .collect()
}

#[test]
fn records_begin_where_the_one_before_is_over() {
    const LAST: &str = "%(message)s (%(levelname)s, %(name)s)";
    const QUOTED: &str = "%(asctime)s \"%(message)s\" %(levelname)s";
    const BLOCK: &str = "---\n%(levelname)s %(name)s\n%(message)s";
    const BLANK: &str = "%(levelname)s %(message)s\n";
    const BARE: &str = "%(message)s";
    let cases: [(&str, &str, &[&str]); 14] = [
        (
            LAST,
            "a (INFO, x)\nb (AUDIT, y)\n",
            &["INFO|x|a", "AUDIT|y|b"],
        ),
        // A message of several lines, one of which is indented.
        (
            LAST,
            "a\n\n  b\n} (INFO, x)\nc (INFO, y)\n",
            &["INFO|x|a", "INFO|y|c"],
        ),
        // What an exception prints belongs to the record before it, whatever it is called.
        (
            LAST,
            "a (INFO, x)\nTraceback (most recent call last):\n  f\nBoom: (y)\nmore of it\nb (INFO, z)\n",
            &["INFO|x|a", "INFO|z|b"],
        ),
        (
            LAST,
            "a (INFO, x)\nTraceback (most recent call last):\n  f\nA: y\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  f\nB: y\nb\n> c (INFO, z)\n",
            &["INFO|x|a", "INFO|z|b"],
        ),
        (
            LAST,
            "a (INFO, x)\nStack (most recent call last):\n  f\nb\nc (INFO, y)\n",
            &["INFO|x|a", "INFO|y|b"],
        ),
        (
            LAST,
            "a (INFO, x)\nNoneType: None\nb (INFO, y)\n",
            &["INFO|x|a", "INFO|y|b"],
        ),
        // Quoted headers.
        (
            QUOTED,
            "2026-11-22 10:00:01,518 \"a\n2026-11-22 10:00:02,000 \"b\" INFO\" ERROR\n2026-11-22 10:00:03,000 \"c\" INFO\n",
            &["ERROR||2026-11-22 10:00:01", "INFO||2026-11-22 10:00:03"],
        ),
        (
            QUOTED,
            "2026-11-22 10:00:01,518 \"a\n2026-11-22 10:00:02,000 \"b\nc\" ERROR\n",
            &["ERROR||2026-11-22 10:00:01"],
        ),
        // A quote that opens the message does not close it.
        (
            "%(asctime)s \"%(message)s\"",
            "2026-11-22 10:00:01,518 \"\n2026-11-22 10:00:02,000 \"b\" c\"\n",
            &["||2026-11-22 10:00:01"],
        ),
        // Headers of several lines count as a whole.
        (
            BLOCK,
            "---\nINFO a\nx\n---\nno level\n---\nERROR b\ny\n",
            &["INFO|a|---", "ERROR|b|---"],
        ),
        (
            BLOCK,
            "---\r\nINFO a\r\nx\r\n---\r\nERROR b\r\ny\r\n",
            &["INFO|a|---", "ERROR|b|---"],
        ),
        (
            BLANK,
            "INFO a\nINFO b\n\nERROR c\n\n",
            &["INFO||INFO a", "ERROR||ERROR c"],
        ),
        // Nothing but the message: lines are records, tracebacks and what is indented are not.
        (
            BARE,
            "a\n b\n  c\nTraceback (most recent call last):\n  f\nBoom: y\n\nd\nWarning: e\n",
            &["||a", "|| b", "||d", "||Warning: e"],
        ),
        (BARE, "a\n\t\n\tb\n\nc\n", &["||a", "||\t", "||c"]),
    ];
    for (template, text, expected) in cases {
        let format = Format::compile(&FormatSpec::template(template)).unwrap();
        let found = records(&format.extractor, text);
        let same = found.len() == expected.len()
            && found
                .iter()
                .zip(expected)
                .all(|(found, begins)| found.starts_with(begins));
        assert!(same, "{template}\n{text}\n{found:#?}");
    }
}

#[test]
fn what_is_far_away_does_not_count() {
    let format = Format::compile(&FormatSpec::template(
        "%(asctime)s %(message)s [%(levelname)s]",
    ));
    let extractor = format.unwrap().extractor;
    let head = "2026-11-22 10:00:01,518 x";
    // Without any end of a record near, heads are judged by themselves.
    let heads = format!("{head}\n").repeat(3);
    let far = "y".repeat(REACH);
    for (text, expected) in [
        (format!("{far}\n{heads}"), 3),
        (format!("{heads}{far}\n{heads}"), 4),
        (format!("{head} [INFO]\n{heads}{far}\n{heads}"), 5),
        (format!("{heads}x [INFO]\n{head}\n"), 2),
    ] {
        assert_eq!(records(&extractor, &text).len(), expected);
    }
}
