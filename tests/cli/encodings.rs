//! Files that are not UTF-8: read as characters, printed as bytes.

use std::fs;

use serde_json::Value;

use super::timberline;
use crate::common::dir::Dir;

const LINES: &str = "\
2026-11-22 10:00:00,250 INFO app: 갂 결제 表 済み
2026-11-22 10:00:01,000 ERROR app.db: 똠방 실패 ソ
  表|能
2026-11-22 10:00:02,000 INFO app: done
";

/// The bytes in an encoding; what it does not have is left out.
fn encoded(text: &str, name: &str) -> Vec<u8> {
    let units = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect();
    match name {
        "utf-16le" => units(u16::to_le_bytes),
        "utf-16be" => units(u16::to_be_bytes),
        name => {
            let codec = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
            let has = |c: &char| !codec.encode(&c.to_string()).2;
            let text: String = text.chars().filter(has).collect();
            codec.encode(&text).0.into_owned()
        }
    }
}

fn print(dir: &Dir, encoding: &str, args: &[&str]) -> Vec<u8> {
    let output = timberline()
        .args(["print", "--encoding", encoding, "--timezone", "UTC"])
        .args(args)
        .arg(dir.path("a.log"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    output.stdout
}

#[test]
fn everything_as_text_is_the_file_byte_for_byte() {
    let dir = Dir::new();
    let marks: [(&str, &[u8]); 3] = [
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16le", b"\xff\xfe"),
        ("utf-16be", b"\xfe\xff"),
    ];
    let plain = [
        "utf-8",
        "euc-kr",
        "shift_jis",
        "gb18030",
        "big5",
        "latin1",
        "euc-jp",
    ];
    let all = marks.into_iter().chain(plain.map(|name| (name, &b""[..])));
    for (name, mark) in all {
        let text = encoded(&LINES.repeat(600), name);
        let unended = text.strip_suffix(&*encoded("\n", name)).unwrap();
        let mut odd = unended.to_vec();
        odd.extend_from_slice(b"\xff\xff\x81\x00\xfe\x81");
        for content in [&text, unended, &odd, &text[..text.len() / 2 - 1]] {
            let content = [mark, content].concat();
            fs::write(dir.path("a.log"), &content).unwrap();
            let printed = print(&dir, name, &[]);
            assert!(printed == content, "{name}, {} bytes", content.len());
        }
    }
}

#[test]
fn part_of_a_file_keeps_its_byte_order_mark() {
    let dir = Dir::new();
    let content = [b"\xff\xfe".to_vec(), encoded(LINES, "utf-16le")].concat();
    fs::write(dir.path("a.log"), content).unwrap();
    let printed = print(&dir, "utf-16", &["--level", "ERROR"]);
    let lines: Vec<&str> = LINES.split_inclusive('\n').collect();
    let expected = encoded(&lines[1..3].concat(), "utf-16le");
    assert_eq!(printed, [b"\xff\xfe".to_vec(), expected].concat());
}

#[test]
fn a_line_that_is_not_ended_does_not_run_into_the_next_file() {
    let dir = Dir::new();
    fs::write(dir.path("a.log"), "one").unwrap();
    let path = dir.path("a.log");
    let output = timberline().arg("print").args([&path, &path]).output();
    assert_eq!(output.unwrap().stdout, b"one\none");
}

/// The second bytes of these characters are `A`, `\`, `|` and digits.
#[test]
fn templates_and_filters_see_characters() {
    let dir = Dir::new();
    let format = "%(asctime)s|%(levelname)s|%(name)s|%(message)s";
    for (name, logger, message) in [
        ("euc-kr", "갂갃", "갂A 똠"),
        ("shift_jis", "表ポ", "能ャ A ソ"),
        ("gb18030", "㐀", "丄A 㐁"),
        ("big5", "功", "許A 蓋"),
    ] {
        let line = format!("2026-11-22 10:00:00,000|INFO|{logger}|{message}\n");
        fs::write(dir.path("a.log"), encoded(&line, name)).unwrap();
        let args = ["--format", format, "--output", "jsonl"];
        let printed = print(&dir, name, &args);
        let row: Value = serde_json::from_slice(&printed).unwrap();
        assert_eq!(row["logger"], logger, "{name}");
        assert_eq!(row["message"], message, "{name}");
        for (pattern, found) in [
            ("A", true),
            ("B", false),
            (message, true),
            (r"^\S+\|INFO\|", false),
            ("\\|INFO\\|[^A]+\\|", true),
        ] {
            let printed = print(&dir, name, &["--format", format, "--grep", pattern]);
            assert_eq!(!printed.is_empty(), found, "{name} {pattern}");
        }
    }
}
