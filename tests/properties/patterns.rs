//! Text patterns of every shape against their definition: look at every record on its own.

use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use timberline::base::cancel::CancelToken;
use timberline::base::id::{Generation, Slot};
use timberline::base::time::{Timestamp, Zone};
use timberline::bytes::memory::MemoryBytes;
use timberline::bytes::{ByteSource, ReadError};
use timberline::format::extractor::{Extractor, without_line_end};
use timberline::index::{Assembler, Block, SourceSnapshot, scan_chunk};
use timberline::query::compile::{Predicate, compile};
use timberline::query::eval::{eval_block, eval_block_until, eval_columns};
use timberline::query::matcher::Matcher;
use timberline::query::spec::{FilterSpec, LevelRule, Pattern, TextTerm};

use super::texts::{formats, log};

/// Expressions of few characters, most of which the generated logs contain.
fn expression() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "text",
        "t",
        "x",
        " ",
        ":",
        "INFO",
        "File",
        "nul",
        "경고",
        ".",
        r"\s",
        r"\S",
        r"\d",
        r"\w",
        "[^a]",
        "[^q]",
        r"[^\n]",
        r"\n",
        r"\r",
        r"\x00",
        "[a-m]",
        "^",
        "$",
        r"\b",
        r"\B",
        r"\A",
        r"\z",
        "(?s:.)",
        "(?-m:^)",
        "(?-m:$)",
        "(?-u:[^t])",
        r"(?i:TEXT|file)",
        "(?R:$)",
        "(?-R:$)",
        "",
    ]);
    piece
        .prop_map(str::to_owned)
        .prop_recursive(4, 16, 4, |inner| {
            let some = prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                4 => some.clone().prop_map(|parts| parts.concat()),
                1 => some.prop_map(|parts| format!("(?:{})", parts.join("|"))),
                1 => (inner, prop::sample::select(vec!["*", "+", "?", "*?", "+?", "{2}", "{1,3}"]))
                    .prop_map(|(part, times)| format!("({part}){times}")),
            ]
        })
}

fn index(bytes: &[u8], extractor: &Extractor, chunk_bytes: u64) -> SourceSnapshot {
    let source = MemoryBytes::new(bytes);
    let end = bytes.len() as u64;
    let mut assembler = Assembler::new(
        Generation(1),
        extractor.clock(),
        Zone::Utc,
        Timestamp::default(),
    )
    .with_chunk_bytes(chunk_bytes);
    while let Some(chunk) = assembler.next_chunk(end) {
        let mut buffer = Vec::new();
        let draft = scan_chunk(&source, chunk, end, extractor, &Zone::Utc, &mut buffer);
        assembler.push(draft.unwrap());
    }
    assembler.snapshot()
}

fn filter(pattern: Pattern, at_least: Option<&str>) -> FilterSpec {
    FilterSpec {
        levels: LevelRule {
            at_least: at_least.map(str::to_owned),
            ..LevelRule::default()
        },
        text: vec![TextTerm {
            pattern,
            ..TextTerm::default()
        }],
        ..FilterSpec::default()
    }
}

fn regex(text: &str) -> Pattern {
    Pattern {
        text: text.to_owned(),
        case_sensitive: true,
        whole_word: false,
        regex: true,
    }
}

/// The records of a block that the columns leave and whose text alone matches.
fn by_definition(
    predicate: &Predicate,
    matcher: &Matcher,
    block: &Block,
    bytes: &[u8],
) -> Vec<Slot> {
    let left = eval_columns(predicate, block);
    left.iter()
        .filter(|slot| {
            let start = block.offset(*slot) as usize;
            let end = start + block.length(*slot) as usize;
            matcher.is_match(without_line_end(&bytes[start..end]))
        })
        .collect()
}

#[track_caller]
fn check(pattern: &Pattern, at_least: Option<&str>, snapshot: &SourceSnapshot, bytes: &[u8]) {
    let source = MemoryBytes::new(bytes);
    let predicate = compile(&filter(pattern.clone(), at_least), snapshot).unwrap();
    let matcher = Matcher::new(pattern).unwrap();
    for block in snapshot.blocks.iter() {
        let rows = eval_block(&predicate, block, &source, &mut Vec::new()).unwrap();
        let seen: Vec<Slot> = rows.iter().collect();
        let expected = by_definition(&predicate, &matcher, block, bytes);
        assert!(
            seen == expected,
            "{pattern:?} {at_least:?}: {} rows instead of {}",
            seen.len(),
            expected.len()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// I7 for expressions of every shape.
    #[test]
    fn a_record_is_a_row_if_its_text_alone_matches(
        text in log(), format in 0..4_usize, chunk in 16..2000_u64, expression in expression(),
        switches in any::<[bool; 2]>(), at_least in prop::sample::select(vec![None, Some("INFO"), Some("ERROR")]),
    ) {
        let snapshot = index(&text.0, &formats()[format], chunk);
        let pattern = Pattern { case_sensitive: switches[0], whole_word: switches[1], ..regex(&expression) };
        check(&pattern, at_least, &snapshot, &text.0);
    }
}

/// Regression: what `\b` makes of bytes that are no character must not depend on the record before.
#[test]
fn a_record_that_begins_within_a_character_is_judged_alone() {
    let bytes = b"2026-03-15 00:00:00,000 INFO root: text\n\x80a";
    let snapshot = index(bytes, &formats()[3], 600);
    let pattern = Pattern {
        whole_word: true,
        ..regex(".")
    };
    check(&pattern, None, &snapshot, bytes);
}

/// Some three megabytes in which records of several lines, levels and words come at different distances.
fn long_log() -> Vec<u8> {
    let mut text = String::new();
    for n in 0..24_000_u32 {
        let level = match n {
            7_000..13_000 => "DEBUG",
            _ if n % 701 == 0 => "CRITICAL",
            _ if n % 37 == 0 => "ERROR",
            _ if n % 3 == 0 => "INFO",
            _ => "DEBUG",
        };
        let padding = "abcdefghi ".repeat(n as usize * 7 % 19);
        let end = if n % 5 == 0 { "\0\r\n" } else { "\n" };
        text += &format!("2026-03-15 10:00:00,000 {level:<8} app: text {n} {padding}{end}");
        if n % 53 == 0 {
            text += &format!("  File \"x.py\", line {n}\nKeyError: {}\n", n % 10);
        }
        if n == 20_000 {
            text += &"one long record goes on and on\n".repeat(20_000);
        }
    }
    text.into_bytes()
}

/// The same where there is more than fits a window, with all, some and few of the records left by the level.
#[test]
fn long_logs_are_searched_in_windows() {
    let bytes = long_log();
    let snapshot = index(&bytes, &formats()[0], 4 << 20);
    for expression in [
        "text 2",
        "e",
        "nowhere",
        r"\d9 .*def",
        r"line \d+\nKey",
        r"\s+$",
        "[^q]*",
        "^Key.*: 7$",
        r"\w+Error",
        r"i $",
        r"\Atwo|\z",
        "goes on",
        "x.py",
        "(?i)KEYERROR: [0-3]",
        "t.*abc.*ghi",
    ] {
        for at_least in [None, Some("INFO"), Some("ERROR"), Some("CRITICAL")] {
            check(&regex(expression), at_least, &snapshot, &bytes);
        }
    }
}

/// A record that is too large for one piece, and its neighbours.
#[test]
fn a_giant_record_is_searched_in_pieces() {
    let mut bytes = b"2026-03-15 10:00:00,000 INFO     app: small\n".to_vec();
    bytes.extend_from_slice(b"2026-03-15 10:00:00,000 INFO     app: giant\n");
    bytes.extend(b"some line of no interest\n".repeat(800_000));
    bytes.extend_from_slice(b"the needle\nthe end\n");
    bytes.extend_from_slice(b"2026-03-15 10:00:00,000 INFO     app: last");
    let snapshot = index(&bytes, &formats()[0], 4 << 20);
    assert_eq!(snapshot.len(), 3);
    for (expression, rows) in [
        ("needle", 1),
        ("app: (giant|last)", 2),
        (r"needle\nthe end\z", 1),
        (r"\Athe", 0),
        (r"\A2026", 3),
        ("^[a-r]", 0),
        ("^some line", 1),
        ("interest .", 0),
    ] {
        let predicate = compile(&filter(regex(expression), None), &snapshot).unwrap();
        let source = MemoryBytes::new(bytes.as_slice());
        let shown: u32 = snapshot
            .blocks
            .iter()
            .map(|block| {
                eval_block(&predicate, block, &source, &mut Vec::new())
                    .unwrap()
                    .count()
            })
            .sum();
        assert_eq!(shown, rows, "{expression}");
    }
}

/// Counts what is read.
#[derive(Debug)]
struct Counted {
    inner: MemoryBytes,
    bytes: AtomicU64,
}

impl ByteSource for Counted {
    fn len(&self) -> std::io::Result<u64> {
        self.inner.len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.bytes.fetch_add(buf.len() as u64, Ordering::Relaxed);
        self.inner.read_at(offset, buf)
    }
}

/// What the columns exclude is not read, and where few records are left, little more than those.
#[test]
fn only_what_is_left_is_read() {
    let bytes = long_log();
    let snapshot = index(&bytes, &formats()[0], 4 << 20);
    let read = |at_least: Option<&str>, cancelled: bool| {
        let source = Counted {
            inner: MemoryBytes::new(bytes.as_slice()),
            bytes: AtomicU64::new(0),
        };
        let predicate = compile(&filter(regex("text"), at_least), &snapshot).unwrap();
        let token = CancelToken::default();
        if cancelled {
            token.cancel();
        }
        for block in snapshot.blocks.iter() {
            let rows =
                eval_block_until(&predicate, block, &source, &mut Vec::new(), &token).unwrap();
            assert_eq!(rows.is_none(), cancelled);
        }
        source.bytes.into_inner()
    };
    let all = bytes.len() as u64;
    assert_eq!(read(None, false), all);
    assert_eq!(read(None, true), 0);
    assert!(
        read(Some("INFO"), false) < all - 500_000,
        "the stretch of DEBUG is stepped over"
    );
    assert!(read(Some("CRITICAL"), false) < all / 20);
    let none = compile(&filter(regex("text"), Some("CRITICAL")), &snapshot).unwrap();
    let quiet = index(
        b"2026-03-15 10:00:00,000 INFO app: text\n",
        &formats()[0],
        600,
    );
    let unread = MemoryBytes::new("");
    let rows = eval_block(&none, &quiet.blocks[0], &unread, &mut Vec::new());
    assert_eq!(
        rows.unwrap().count(),
        0,
        "a source without bytes would be stale"
    );
}
