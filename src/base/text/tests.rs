#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]
use proptest::prelude::*;
use regex::Regex;

use super::*;

fn cell(text: &str) -> String {
    let mut out = String::new();
    visible(text, &mut out, 40);
    out
}

#[test]
fn cells_show_one_harmless_line() {
    for (text, shown) in [
        ("plain\r\n", "plain"),
        ("a\tb", "a   b"),
        ("first\nsecond\n", "first ↵ second"),
        ("first\r\nsecond", "first ↵ second"),
        ("over\rwritten", "over^Mwritten"),
        ("\u{1b}[31mred\u{1b}[0m", "red"),
        ("\u{1b}]8;;http://a/\u{1b}\\link\u{1b}]8;;\u{7}", "link"),
        ("\u{1b}]0;결제\u{7}title", "title"),
        ("\u{1b}결제", "결제"),
        ("nul\0bell\u{7}", "nul^@bell^G"),
        ("abc\u{202e}def", "abc<U+202E>def"),
        ("in\u{200b}visi\u{ad}ble", "in<U+200B>visi<U+00AD>ble"),
        ("\u{85}\u{7f}", "<U+0085>^?"),
        ("\u{e0041}\u{feff}", "<U+E0041><U+FEFF>"),
        ("a\u{fe0f}", "a<U+FE0F>"),
        ("a\u{200d}b", "a<U+200D>b"),
        ("\u{3164}", "<U+3164>"),
        ("한글 🚀", "한글 🚀"),
        ("\u{1b}", ""),
        ("broken \u{1b}[3", "broken "),
    ] {
        assert_eq!(cell(text), shown, "{text:?}");
    }
}

/// What people write stays as it is written.
#[test]
fn writing_is_left_alone() {
    for text in [
        "값 €  ñ ç ß",
        "\u{1112}\u{1161}\u{11ab}",         // Hangul in parts
        "\u{0915}\u{094d}\u{200d}\u{0937}", // Devanagari with a joiner
        "\u{0645}\u{06cc}\u{200c}\u{062e}", // Persian with a non-joiner
        "👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3}",
        "葛\u{e0100}",
        "\u{a0}\u{3000}",
    ] {
        assert_eq!(cell(text), text);
        assert_eq!(name(text), text);
        assert_eq!(plain(text.as_bytes()), text);
    }
}

#[test]
fn every_control_and_format_character_is_seen() {
    let hidden = Regex::new(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]").unwrap();
    for c in ('\0'..=char::MAX).filter(|c| hidden.is_match(c.encode_utf8(&mut [0; 4]))) {
        for text in [format!("{c}x"), format!("x{c}x"), format!("한{c}글")] {
            let seen = [name(&text).into_owned(), cell(&text)];
            assert!(!seen.iter().any(|seen| hidden.is_match(seen)), "{c:?}");
            if c != '\u{1b}' {
                assert_ne!(seen, ["x", "x"].map(str::to_owned), "{c:?}");
            }
        }
    }
}

#[test]
fn long_texts_are_clipped_by_characters() {
    let mut out = String::from("x");
    visible("가나다라마", &mut out, 3);
    assert_eq!(out, "x가나…");
    let mut out = String::new();
    visible("가나다", &mut out, 3);
    assert_eq!(out, "가나다");
    let mut out = String::new();
    visible("abcd", &mut out, 3);
    assert_eq!(out, "ab…");
}

#[test]
fn colours_know_their_place() {
    let red = Pen {
        colour: Some(Colour::Terminal(1)),
        bold: false,
    };
    let penned = |bytes: &[u8], most, pen| {
        let (mut out, mut penned) = (String::new(), Vec::new());
        visible_coloured(bytes, &mut out, most, pen, &mut penned);
        let parts = penned.into_iter().map(|(range, pen)| {
            assert_eq!(pen, red);
            out.get(range).unwrap().to_owned()
        });
        let parts: Vec<_> = parts.collect();
        (out, parts)
    };
    let none = Pen::default();
    for (bytes, most, pen, text, parts) in [
        (&b"plain"[..], 9, none, "plain", &[][..]),
        (b"plain", 9, red, "plain", &["plain"]),
        (b"a\x1b[31mb\xff\x1b[0mc", 9, none, "ab<FF>c", &["b<FF>"]),
        (b"\x1b[31ma\x1b[31m\tb\x1b[m", 9, none, "a   b", &["a   b"]),
        (b"\x1b[31mabcdef", 3, none, "ab…", &["ab…"]),
        (b"end\x1b[0m", 9, red, "end", &["end"]),
    ] {
        assert_eq!(
            penned(bytes, most, pen),
            (
                text.to_owned(),
                parts.iter().map(|s| (*s).to_owned()).collect()
            )
        );
    }
}

#[test]
fn copies_are_plain_text() {
    for (bytes, copied) in [
        (&b"a\tb\r\nc\n"[..], "a\tb\nc\n"),
        (b"\x1b[31mred\x1b[0m\0", "red^@"),
        (b"a\x07\r", "a^G^M"),
        (b"\xff\n", "\u{fffd}\n"),
        ("\u{202e}gpj".as_bytes(), "<U+202E>gpj"),
    ] {
        assert_eq!(plain(bytes), copied);
    }
}

#[test]
fn names_hide_nothing() {
    assert_eq!(name("a\u{1b}[31m\n\u{202e}b"), "a^[[31m^J<U+202E>b");
    assert_eq!(path(Path::new("/tmp/결제.log")), "/tmp/결제.log");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let odd = std::ffi::OsStr::from_bytes(b"/tmp/\xff\x1b.log");
        assert_eq!(path(Path::new(odd)), "/tmp/<FF>^[.log");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing hidden gets through, but joiners within words and emoji.
    #[test]
    fn nothing_hidden_gets_through(text in "(\\PC|\\p{Cf}|\\p{Cc}|\\p{Zl}|[\u{200c}\u{200d}\u{fe0f}]|[क्षم👩])*") {
        let hidden = Regex::new(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--\x{200c}\x{200d}]").unwrap();
        let joined = Regex::new(r"(^|[\x00-\x7f가-힣])[\x{200c}\x{200d}]|[\x{200c}\x{200d}]($|[\x00-\x7f가-힣])").unwrap();
        for seen in [cell(&text), name(&text).into_owned()] {
            prop_assert!(!hidden.is_match(&seen), "{seen:?}");
            prop_assert!(!joined.is_match(seen.trim_end_matches('…')), "{seen:?}");
        }
        let copied = plain(text.as_bytes());
        prop_assert!(!hidden.is_match(&copied.replace(['\n', '\t'], "")), "{copied:?}");
    }

    /// Any bytes: no panic, ranges that fit, and never more than asked for.
    #[test]
    fn any_bytes_can_be_shown(bytes in proptest::collection::vec(prop_oneof![Just(0x1b_u8), Just(b'['), Just(b'm'), any::<u8>()], 0..80), most in 0_usize..60) {
        let (mut out, mut penned) = (String::new(), Vec::new());
        visible_coloured(&bytes, &mut out, most, Pen::default(), &mut penned);
        prop_assert!(out.chars().count() <= most);
        for (range, _) in penned {
            prop_assert!(out.get(range).is_some_and(|part| !part.is_empty()));
        }
    }
}
