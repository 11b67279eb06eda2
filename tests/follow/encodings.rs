//! Logs that are not UTF-8 are followed through everything that others are.

use std::fs;

use timberline::base::id::{Generation, RecordNo};
use timberline::base::origin::Origin;
use timberline::engine::{OpenSpec, Wanted};

use crate::common::dir::Dir;
use crate::common::pack::gzip;
use crate::common::probe::{EngineProbe, detected, quick};

const WORDS: &str = "주문 갂을 처리하지 못했습니다";

fn line(number: u64, name: &str) -> Vec<u8> {
    let line = format!("2026-11-22 10:00:00,000 INFO 앱: {WORDS} {number}\n");
    match name {
        "utf-16" => line.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => encoding_rs::EUC_KR.encode(&line).0.into_owned(),
    }
}

fn lines(numbers: std::ops::Range<u64>, name: &str) -> Vec<u8> {
    numbers.flat_map(|number| line(number, name)).collect()
}

fn is_shown(probe: &mut EngineProbe, record: u64, number: u64) {
    let shown = probe.messages([record]);
    assert!(
        shown[0].ends_with(&format!("{WORDS} {number}")),
        "{shown:?}"
    );
}

/// Rows stay after a truncation, marked where their bytes are gone, and what follows is read right.
#[test]
fn after_a_truncation_rows_stay_and_are_marked_as_gone() {
    for name in ["cp949", "utf-16"] {
        let dir = Dir::new();
        let path = dir.write("app.log", lines(0..3000, name));
        let mut probe = EngineProbe::open(quick(), detected(&path));
        probe.wait_for_records(0, 3000);
        is_shown(&mut probe, 2999, 2999);
        fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(0)
            .unwrap();
        probe.wait_for_notice("truncated");
        dir.append("app.log", line(3000, name));
        probe.wait_for_records(0, 3001);
        is_shown(&mut probe, 3000, 3000);
        probe.source.want_rows(Wanted {
            generation: Generation(0),
            records: [0, 1, 1500, 2999].map(RecordNo).to_vec(),
        });
        probe.wait("the refusal", |probe| probe.unavailable.len() == 4);
        probe.close();
    }
}

/// Every file of a rotated log may have a byte order mark; only the first one's is at the start of the text.
#[test]
fn marks_of_rotated_files_are_no_text() {
    let utf16 = |numbers| [b"\xff\xfe".to_vec(), lines(numbers, "utf-16")].concat();
    let utf8 = |numbers: std::ops::Range<u64>| {
        let text = numbers.map(|n| format!("2026-11-22 10:00:00,000 INFO 앱: {WORDS} {n}\n"));
        format!("\u{feff}{}", text.collect::<String>()).into_bytes()
    };
    let both = |numbers: std::ops::Range<u64>| [utf16(numbers.clone()), utf8(numbers)];
    for way in 0..2 {
        let write = |numbers| both(numbers)[way].clone();
        let dir = Dir::new();
        // One is copied to a spool, the others are read where they are.
        dir.write("app.log.4", write(0..5));
        dir.write("app.log.3.gz", gzip(write(5..10)));
        // Its last line has no end.
        let mut torn = write(10..15);
        torn.truncate(torn.len() - if torn.starts_with(b"\xff\xfe") { 2 } else { 1 });
        dir.write("app.log.2", torn);
        dir.write("app.log.1", write(15..20));
        let path = dir.write("app.log", write(20..25));
        let spec = OpenSpec {
            origin: Origin::Rotated,
            ..detected(&path)
        };
        let mut probe = EngineProbe::open(quick(), spec);
        probe.wait_for_records(0, 25);
        for number in 0..25 {
            is_shown(&mut probe, number, number);
            let whole = probe.all_messages().concat();
            assert!(!whole.contains('\u{feff}'), "{whole}");
        }
        probe.close();
    }
}

/// Characters that come in halves, and a rotation between two of them.
#[test]
fn half_characters_and_rotations() {
    for name in ["cp949", "utf-16"] {
        let dir = Dir::new();
        let first = lines(0..20, name);
        let path = dir.write("app.log", &first);
        let mut probe = EngineProbe::open(quick(), detected(&path));
        probe.wait_for_records(0, 20);
        for number in 20..24 {
            let line = line(number, name);
            let (head, tail) = line.split_at(line.len() / 2 + 1);
            dir.append("app.log", head);
            std::thread::sleep(std::time::Duration::from_millis(30));
            dir.append("app.log", tail);
            probe.wait("the line", |probe| {
                let state = probe.state.as_ref().unwrap();
                state.snapshot.len() == number + 1
            });
        }
        fs::rename(&path, dir.path("app.log.1")).unwrap();
        dir.write("app.log", lines(24..30, name));
        probe.wait_for_records(0, 30);
        for number in [0, 20, 23, 24, 29] {
            is_shown(&mut probe, number, number);
        }
        probe.close();
    }
}

/// A log of nothing but ASCII tells its encoding once something else comes; from then on it is not asked again.
#[test]
fn an_encoding_is_told_once() {
    let dir = Dir::new();
    let ascii = "2026-11-22 10:00:00,000 INFO app: ready\n".repeat(5);
    let path = dir.write("app.log", &ascii);
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 5);
    dir.append("app.log", &ascii);
    probe.wait_for_records(0, 10);
    let encoding = |probe: &EngineProbe| probe.state.as_ref().unwrap().encoding.name();
    assert_eq!(encoding(&probe), "UTF-8");
    dir.append("app.log", lines(10..20, "cp949"));
    probe.wait_for_records(1, 20);
    assert_eq!(encoding(&probe), "EUC-KR");
    is_shown(&mut probe, 19, 19);
    for text in ["é è ü ß ñ ÿ\n", "日本語のログ\n", "плохо\n"] {
        for _ in 0..50 {
            dir.append("app.log", text);
        }
    }
    dir.append("app.log", lines(20..21, "cp949"));
    probe.wait("all of it", |probe| {
        let state = probe.state.as_ref().unwrap();
        state.snapshot.len() >= 21
    });
    assert_eq!(encoding(&probe), "EUC-KR");
    assert_eq!(probe.restarts().len(), 1);
    probe.close();
}
