//! What is written.

use std::fs;

use proptest::prelude::*;

use super::{names, print_to, refusal, timberline};
use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;

/// How a generated file is encoded.
#[derive(Debug, Clone, Copy)]
enum Form {
    Utf8,
    Utf8Mark,
    Utf16Le,
    Utf16Be,
    EucKr,
}

fn encode(text: &str, form: Form) -> Vec<u8> {
    let units = || format!("\u{feff}{text}").encode_utf16().collect::<Vec<_>>();
    match form {
        Form::Utf8 => text.as_bytes().to_vec(),
        Form::Utf8Mark => format!("\u{feff}{text}").into_bytes(),
        Form::Utf16Le => units().into_iter().flat_map(u16::to_le_bytes).collect(),
        Form::Utf16Be => units().into_iter().flat_map(u16::to_be_bytes).collect(),
        // 로그 in EUC-KR for every Hangul text of the generator.
        Form::EucKr => {
            let mut bytes = Vec::new();
            for part in text.split_inclusive("로그") {
                let ascii = part.strip_suffix("로그").unwrap_or(part);
                bytes.extend(
                    ascii
                        .chars()
                        .map(|c| if c.is_ascii() { c as u8 } else { b'?' }),
                );
                if part.ends_with("로그") {
                    bytes.extend(b"\xb7\xce\xb1\xd7");
                }
            }
            bytes
        }
    }
}

/// A log with what goes wrong: other line ends, NUL, characters beyond U+FFFF, a last line without an end, stray bytes.
fn log() -> impl Strategy<Value = Vec<u8>> {
    let form = prop::sample::select(vec![
        Form::Utf8,
        Form::Utf8Mark,
        Form::Utf16Le,
        Form::Utf16Be,
        Form::EucKr,
    ]);
    let tail = prop::collection::vec(any::<u8>(), 0..4);
    (
        1_u64..1_000_000,
        0_usize..60,
        form,
        any::<[bool; 4]>(),
        tail,
    )
        .prop_map(|(seed, records, form, [crlf, odd, cut, dirty], tail)| {
            let mut text = LogGen::new(seed).text(records);
            if odd {
                text = text.replace("user 7", "user \u{0}\t로그 🦀 \u{1b}[31mred");
            }
            if crlf {
                text = text.replace('\n', "\r\n");
            }
            if cut {
                text.truncate(text.len().saturating_sub(3));
            }
            let mut bytes = encode(&text, form);
            if dirty {
                bytes.extend(tail);
            }
            bytes
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_as_text_is_the_file_byte_for_byte(bytes in log()) {
        let dir = Dir::new();
        let (log, copy) = (dir.write("a.log", &bytes), dir.path("copy"));
        let output = print_to(&log, &copy, &[]);
        prop_assert!(output.status.success(), "{output:?}");
        prop_assert!(fs::read(&copy).unwrap() == bytes, "not the same bytes");
    }
}

#[test]
fn files_with_next_to_nothing_in_them_are_the_same_too() {
    let dir = Dir::new();
    for bytes in [
        &b""[..],
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe\x41",
        b"\xef\xbb\xbf",
        b"\n",
        b"\0\0\0",
        b"\xff\xfe\x41\x00\x3d\xd8",
    ] {
        let (log, copy) = (dir.write("a.log", bytes), dir.path("copy"));
        assert!(print_to(&log, &copy, &[]).status.success());
        assert_eq!(fs::read(&copy).unwrap(), bytes);
    }
}

#[test]
fn a_large_log_is_the_same_too_and_parts_of_utf16_can_be_read() {
    let dir = Dir::new();
    let text = LogGen::new(7).text(2_000);
    for form in [Form::Utf8, Form::Utf16Le, Form::Utf16Be] {
        let bytes = encode(&text, form);
        let (log, copy) = (dir.write("a.log", &bytes), dir.path("copy"));
        assert!(print_to(&log, &copy, &[]).status.success());
        assert!(fs::read(&copy).unwrap() == bytes, "{form:?}");
        assert!(
            print_to(&log, &copy, &["--level", "error"])
                .status
                .success()
        );
        let part = fs::read(&copy).unwrap();
        let errors: String = text
            .split_inclusive('\n')
            .scan(false, |error, line| {
                if line.starts_with("2026") {
                    *error = line.contains(" ERROR ") || line.contains(" CRITICAL ");
                }
                Some(if *error { line } else { "" })
            })
            .collect();
        assert!(part == encode(&errors, form), "{form:?}");
    }
}

#[test]
fn several_files_are_one_with_lines_of_their_own() {
    let dir = Dir::new();
    let line = |text: &str| format!("2026-11-22 10:00:00,000 INFO [a] {text}");
    let one = dir.write("1.log", line("no end"));
    let two = dir.write("2.log", line("neither"));
    let out = dir.path("out");
    let mut command = timberline();
    let done = command
        .arg("print")
        .args([&one, &two])
        .arg("--to")
        .arg(&out);
    assert!(done.status().unwrap().success());
    let expected = format!("{}\n{}", line("no end"), line("neither"));
    assert_eq!(fs::read_to_string(&out).unwrap(), expected);
}

#[test]
fn a_table_runs_nothing_in_a_spreadsheet() {
    let dir = Dir::new();
    let text = "2026-11-22 10:00:00,000 INFO [a] =cmd|' /C calc'!A0\n2026-11-22 10:00:01,000 INFO [a] -1, \"x\"\n";
    let (log, out) = (dir.write("a.log", text), dir.path("out.csv"));
    let table = |args: &[&str]| {
        let args = [&["--output", "csv"][..], args].concat();
        assert!(print_to(&log, &out, &args).status.success());
        let text = fs::read_to_string(&out).unwrap();
        let lines = text.lines().skip(1);
        lines
            .map(|line| line.split("INFO,a,").nth(1).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(table(&[]), ["'=cmd|' /C calc'!A0", "\"'-1, \"\"x\"\"\""]);
    assert_eq!(
        table(&["--keep-formulas"]),
        ["=cmd|' /C calc'!A0", "\"-1, \"\"x\"\"\""]
    );
}

#[test]
fn the_file_holds_what_standard_output_would() {
    let dir = Dir::new();
    let log = dir.write("a.log", LogGen::new(3).text(500));
    for form in ["text", "jsonl", "csv"] {
        let out = dir.path("out");
        let args = ["--output", form, "--level", "warning", "--limit", "70"];
        assert!(print_to(&log, &out, &args).status.success());
        let mut command = timberline();
        let printed = command
            .args(["print", "--timezone", "UTC"])
            .arg(&log)
            .args(args);
        assert!(
            fs::read(&out).unwrap() == printed.output().unwrap().stdout,
            "{form}"
        );
    }
    assert_eq!(names(&dir).len(), 2);
}

#[test]
fn following_has_no_end_that_a_file_could_wait_for() {
    let dir = Dir::new();
    let log = dir.write("a.log", "x\n");
    let told = refusal(&print_to(&log, &dir.path("out"), &["--follow"]));
    assert!(told.contains("cannot be used with"), "{told}");
}

#[test]
fn fields_of_messages_are_written_too() {
    let dir = Dir::new();
    let log = dir.write(
        "a.log",
        "2026-11-22 10:00:00,000 INFO [app] served duration=12ms user=\"이, 순신\" INFO=x\n\
         2026-11-22 10:00:01,000 INFO [app] {\"duration\": 0.5, \"user\": \"=SUM(A1)\"}\n\
         2026-11-22 10:00:02,000 INFO [app] nothing\n",
    );
    let json = dir.write(
        "b.jsonl",
        "{\"time\": \"2026-11-22T10:00:00Z\", \"level\": \"info\", \"message\": \"a user=kim\", \"duration\": 3}\n",
    );
    let python = "%(asctime)s %(levelname)s [%(name)s] %(message)s";
    let csv = |path: &std::path::Path, args: &[&str]| {
        let out = dir.path("out");
        let output = print_to(path, &out, args);
        assert!(output.status.success(), "{output:?}");
        let text = fs::read_to_string(&out).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let of_log = |fields: &str| {
        csv(
            &log,
            &["--format", python, "--output", "csv", "--fields", fields],
        )
    };
    for (fields, header) in [
        (
            "duration,user",
            "asctime,levelname,name,message,duration,user",
        ),
        // What is there already is not there twice.
        (
            "levelname,duration,duration,name",
            "asctime,levelname,name,message,duration",
        ),
        ("#line,오류", "asctime,levelname,name,message,line,오류"),
    ] {
        let lines = of_log(fields);
        assert_eq!((&*lines[0], lines.len()), (header, 4), "{fields}");
    }
    let ends: Vec<String> = of_log("duration,user")[1..]
        .iter()
        .map(|line| line.rsplit_once("INFO,app,").unwrap().1.to_owned())
        .collect();
    assert_eq!(
        ends,
        [
            r#""served duration=12ms user=""이, 순신"" INFO=x",12ms,"이, 순신""#,
            r#""{""duration"": 0.5, ""user"": ""=SUM(A1)""}",0.5,'=SUM(A1)"#,
            "nothing,,",
        ]
    );
    let objects = csv(
        &log,
        &[
            "--format",
            python,
            "--output",
            "jsonl",
            "--fields",
            "user,duration,asctime",
        ],
    );
    for (object, expected) in objects.iter().zip([
        r#"{"user":"이, 순신","duration":"12ms"}"#,
        r#"{"user":"=SUM(A1)","duration":"0.5"}"#,
        "{}",
    ]) {
        assert!(
            object.contains(&format!(r#""fields":{expected}"#)),
            "{object}"
        );
    }
    // What a record has of its own comes before what its message says.
    let objects = csv(&json, &["--output", "jsonl", "--fields", "user,duration"]);
    assert!(objects[0].contains(r#""duration":"3""#), "{objects:?}");
    assert!(objects[0].contains(r#""user":"kim""#), "{objects:?}");
    let said = refusal(&print_to(&log, &dir.path("no"), &["--fields", "user"]));
    assert!(said.contains("--output csv or --output jsonl"), "{said}");
}
