#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::bytes::memory::MemoryBytes;

fn encoding(name: &str) -> Encoding {
    name.parse().unwrap()
}

/// The bytes of a text; what an encoding does not have is left out of the text.
fn encoded(text: &str, name: &str) -> (String, Vec<u8>) {
    let units = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect();
    match name {
        "utf-16le" => (text.to_owned(), units(u16::to_le_bytes)),
        "utf-16be" => (text.to_owned(), units(u16::to_be_bytes)),
        name => {
            let codec = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
            let has = |c: &char| {
                let text = c.to_string();
                let (bytes, _, failed) = codec.encode(&text);
                !failed && codec.decode_without_bom_handling(&bytes).0 == text
            };
            let text: String = text.chars().filter(has).collect();
            let bytes = codec.encode(&text).0.into_owned();
            (text, bytes)
        }
    }
}

const NAMES: [&str; 11] = [
    "utf-16le",
    "utf-16be",
    "euc-kr",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "windows-1252",
    "windows-1251",
    "koi8-r",
    "iso-8859-7",
];

fn source(bytes: impl Into<Vec<u8>>, name: &str) -> Transcoded {
    Transcoded::new(Arc::new(MemoryBytes::new(bytes)), encoding(name))
}

fn all(source: &Transcoded) -> Vec<u8> {
    let mut bytes = vec![0; source.len().unwrap() as usize];
    assert_eq!(source.read_at(0, &mut bytes).unwrap(), bytes.len());
    bytes
}

fn text_of(source: &Transcoded) -> String {
    String::from_utf8(all(source)).unwrap()
}

#[test]
fn utf8_comes_out_at_any_place() {
    for name in NAMES {
        let line = "INFO 결제 갂 表 漢字 é Ж α 🦀 done\r\n".repeat(6000);
        let (text, bytes) = encoded(&line, name);
        let memory = MemoryBytes::new(bytes);
        memory.set_short_reads(1001);
        let source = Transcoded::new(Arc::new(memory), encoding(name));
        assert_eq!(text_of(&source), text, "{name}");
        let len = text.len();
        for (offset, len) in [
            (0, 5),
            (3, 1),
            (65_536, 300),
            (len / 2, 70_000),
            (len - 2, 9),
        ] {
            let mut bytes = vec![0; len];
            let read = source.read_at(offset as u64, &mut bytes).unwrap();
            let expected = text.as_bytes().get(offset..).unwrap();
            let expected = expected.get(..len).unwrap_or(expected);
            assert_eq!(bytes.get(..read).unwrap(), expected, "{name} {offset}");
        }
    }
}

#[test]
fn lines_and_characters_lead_back_to_the_original() {
    for name in NAMES {
        let (line, bytes) = encoded("a결表éЖ🦀z\n", name);
        let source = source(bytes.repeat(30_000), name);
        source.len().unwrap();
        let place = |offset: usize| source.to_original(&(1..offset as u64)).unwrap().end;
        for number in [0, 1, 777, 29_999] {
            let start = number * line.len();
            for (at, c) in line.char_indices() {
                let before = encoded(line.get(..at).unwrap(), name).1.len();
                let expected = (number * bytes.len() + before) as u64;
                for byte in 0..c.len_utf8() {
                    assert_eq!(place(start + at + byte), expected, "{name} {c} {byte}");
                }
            }
        }
        assert_eq!(place(usize::MAX), (bytes.len() * 30_000) as u64);
    }
}

#[test]
fn a_byte_order_mark_belongs_to_the_first_record() {
    for (name, mark) in [
        ("utf-16le", &b"\xff\xfe"[..]),
        ("utf-16be", b"\xfe\xff"),
        ("gb18030", b"\x84\x31\x95\x33"),
    ] {
        let (_, line) = encoded("a가\n", name);
        let source = source([mark, &line, &line].concat(), name);
        assert_eq!(text_of(&source), "a가\na가\n");
        let len = (mark.len() + line.len()) as u64;
        assert_eq!(source.to_original(&(0..0)).unwrap(), 0..mark.len() as u64);
        assert_eq!(source.to_original(&(0..5)).unwrap(), 0..len);
        assert_eq!(
            source.to_original(&(5..10)).unwrap(),
            len..len + line.len() as u64
        );
    }
}

/// The letters, digits and signs that second bytes are: none of them is seen as itself.
#[test]
fn second_bytes_are_no_ascii() {
    for (name, text) in [
        ("euc-kr", "갂갃똠뷁"),
        ("shift_jis", "表ソ能ー"),
        ("gb18030", "㐀丂\u{e5e5}𠀀"),
        ("big5", "功許蓋"),
    ] {
        let (text, bytes) = encoded(text, name);
        assert!(bytes.iter().any(u8::is_ascii), "{name}");
        assert_eq!(text_of(&source(bytes, name)), text);
    }
}

#[test]
fn what_stands_for_nothing_is_kept() {
    for (name, bytes) in [
        ("euc-kr", &b"a\xffb\x81\n\xc9\xfe!"[..]),
        ("shift_jis", b"a\xfd\x81\n"),
        ("gb18030", b"\x81\x30!\xff"),
        ("big5", b"\x81\x20\xff"),
        ("iso-8859-7", b"a\xffz"),
    ] {
        assert_eq!(all(&source(bytes, name)), bytes, "{name}");
    }
    let lone: Vec<u8> = [0xd800_u16, 0x41]
        .into_iter()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(text_of(&source(lone, "utf-16be")), "\u{fffd}A");
}

/// An escape that is not taken back, half a character and half an escape end with their line.
#[test]
fn no_line_swallows_its_end() {
    let lines: [(&[u8], &str); 4] = [
        (b"a \x1b$B4A;z\n", "a 漢字\n"),
        (b"4A \x1b$B4\n", "4A \u{fffd}\n"),
        (b"b\x1b$\n", "b\u{fffd}$\n"),
        (b"4A;z\n", "4A;z\n"),
    ];
    let bytes = lines.map(|(bytes, _)| bytes).concat();
    let text = lines.map(|(_, text)| text).concat();
    for first in 0..=bytes.len() {
        let memory = MemoryBytes::new(&bytes[..first]);
        let source = Transcoded::new(Arc::new(memory.clone()), encoding("iso-2022-jp"));
        source.len().unwrap();
        memory.append(&bytes[first..]);
        assert_eq!(text_of(&source), text, "{first}");
        let mut seen = (0, 0);
        for (bytes, text) in lines {
            let place = source
                .to_original(&(seen.0..seen.0 + text.len() as u64))
                .unwrap();
            assert_eq!(place, seen.1..seen.1 + bytes.len() as u64, "{first}");
            seen = (seen.0 + text.len() as u64, place.end);
        }
    }
}

#[test]
fn half_a_character_waits_but_is_not_lost() {
    let source = source(b"a\n\xb0", "euc-kr");
    assert_eq!(text_of(&source), "a\n");
    assert_eq!(source.to_original(&(0..2)).unwrap(), 0..3);
}

#[test]
fn no_text_at_all_ends_too() {
    let bytes: Vec<u8> = std::iter::repeat_n(0x81, 300_000).collect();
    for name in NAMES {
        let source = source(bytes.clone(), name);
        let len = source.len().unwrap();
        let mut seen = vec![0; len as usize];
        assert_eq!(source.read_at(0, &mut seen).unwrap() as u64, len);
    }
}

#[test]
fn a_cut_text_is_counted_anew() {
    let memory = MemoryBytes::new(encoded("x결\n", "euc-kr").1);
    let source = Transcoded::new(Arc::new(memory.clone()), encoding("euc-kr"));
    assert_eq!(text_of(&source), "x결\n");
    memory.truncate(3);
    assert_eq!(text_of(&source), "x결");
    memory.truncate(2);
    assert_eq!(text_of(&source), "x");
    memory.truncate(0);
    memory.append(&encoded("다른\n", "euc-kr").1);
    source.cut(0);
    assert_eq!(text_of(&source), "다른\n");
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[ -~]{0,9}",
        "[가-힣]{1,6}",
        "[갂갃똠뷁ㄱ①]{1,4}",
        "[ぁ-んァ-ヶ表ソ能]{1,6}",
        "[一-龥丂𠀀]{1,6}",
        "[à-ÿ]{1,5}",
        "[А-я]{1,5}",
        "[α-ω]{1,5}",
        "🦀",
        "\r?\n",
    ];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A text that grows in any steps, read in buffers of any size, is the text.
    #[test]
    fn any_steps_and_any_buffers_give_the_text(
        text in words(),
        name in proptest::sample::select(&NAMES[..]),
        steps in proptest::collection::vec(1_usize..64, 1..20),
        buffer in 1_usize..64,
        short in 0_usize..9,
    ) {
        let (text, bytes) = encoded(&text, name);
        let memory = MemoryBytes::new(Vec::new());
        memory.set_short_reads(short);
        let source = Transcoded::new(Arc::new(memory.clone()), encoding(name));
        let mut rest = &*bytes;
        for step in steps.iter().cycle() {
            let (now, later) = rest.split_at((*step).min(rest.len()));
            memory.append(now);
            rest = later;
            let len = source.len().unwrap() as usize;
            prop_assert!(text.is_char_boundary(len) && len <= text.len());
            if rest.is_empty() {
                break;
            }
        }
        let mut read = Vec::new();
        let mut piece = vec![0; buffer];
        loop {
            let count = source.read_at(read.len() as u64, &mut piece).unwrap();
            read.extend_from_slice(&piece[..count]);
            if count == 0 {
                break;
            }
        }
        prop_assert_eq!(String::from_utf8_lossy(&read), text);
    }

    /// The lines of any bytes together are these bytes.
    #[test]
    fn the_lines_of_any_bytes_are_all_bytes(
        bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), 0x2e_u8..0x42, 0x80_u8..0x90, any::<u8>()], 0..300),
        name in proptest::sample::select(&NAMES[..]),
    ) {
        let source = source(bytes.clone(), name);
        let text = all(&source);
        let mut at = 0;
        let mut seen = 0;
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let place = source.to_original(&(at..at + line.len() as u64)).unwrap();
            prop_assert_eq!(place.start, seen);
            seen = place.end;
            at += line.len() as u64;
        }
        if !text.is_empty() {
            prop_assert_eq!(seen, bytes.len() as u64);
        }
    }
}
