#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;

/// 2026-11-22 10:00:01 UTC.
const T: i64 = 1_795_341_601 * NANOS;

#[test]
fn full_timestamps() {
    let table: &[(&str, i64, Option<i32>)] = &[
        ("2026-11-22 10:00:01,518 INFO", T + 518_000_000, None),
        (
            "2026-11-22T10:00:01.001040+09:00 x",
            T + 1_040_000,
            Some(9 * 3600),
        ),
        (
            "2026-11-22T10:00:01.013874956Z WARN",
            T + 13_874_956,
            Some(0),
        ),
        ("2026-11-22 10:00:01 -0500] x", T, Some(-5 * 3600)),
        ("2026-11-22 10:00:01 EST INFO", T, Some(-5 * 3600)),
        (
            "2026-11-22 10:00:01.837 CEST [13]",
            T + 837_000_000,
            Some(7200),
        ),
        ("2026/11/22 10:00:01 INFO", T, None),
        ("2026/11/22 - 10:00:01 | 200", T, None),
        ("2026-11-22:10:00:01,518 INFO", T + 518_000_000, None),
        ("2026년 11월 22일 10:00:01 INFO", T, None),
        ("2026년 1월 5일 10:00:01 x", T - 321 * DAY, None),
        ("2026년 11월 22일 10시 00분 01초 x", T, None),
        ("2026년 11월 22일 오전 10시 00분 01초 x", T, None),
        ("2026년 11월 22일 오후 3:04, 김", T + 18_239 * NANOS, None),
        ("2026년 11월 22일 오후 3:04:05 x", T + 18_244 * NANOS, None),
        ("2026年11月22日 10:00:01 x", T, None),
        ("2026-11-22 오전 10:00:01 [INFO]", T, None),
        (
            "2026-11-22 오후 03:04:05.250] x",
            T + 18_244_250_000_000,
            None,
        ),
        ("2026-11-22 오전 10:00 x", T - NANOS, None),
        ("2026-11-22 10:00:01 오전 x", T, None),
        ("2026/11/22 下午 3:04:05 x", T + 18_244 * NANOS, None),
        ("2026.11.22 오후 12:00:01 x", T + 7200 * NANOS, None),
        ("2026. 11. 22. 오후 3:04:05 INFO", T + 18_244 * NANOS, None),
        ("2026. 1. 5. 오전 10:00:01 x", T - 321 * DAY, None),
        ("2026. 11. 22. 10:00:01 x", T, None),
        ("2026. 11. 22. 9:00:01 x", T - 3600 * NANOS, None),
        ("2026. 11. 22 오전 10:00:01, x", T, None),
        ("11월 22, 2026 10:00:01 오전 x", T, None),
        ("22-Nov-26 10:00:01 - x", T, None),
        ("22-Nov-2026 10:00:01 x", T, None),
        ("22/Nov/2026:10:00:01 +0100] x", T, Some(3600)),
        ("22.11.2026 10:00:01 x", T, None),
        ("11/22/2026 10:00:01 AM x", T, None),
        ("22/11/2026 10:00:01 x", T, None),
        ("20261122-100001_INFO", T, None),
        ("20261122-10:00:01:606|x", T + 606_000_000, None),
        ("20261122-10:0:1:7|x", T + 7_000_000, None),
        ("261122 10:00:01 apps", T, None),
        ("261122 100001 148 INFO", T, None),
        ("26/11/22 10:00:01 INFO", T, None),
        ("2026.326 10:00:01 x", T, None),
        ("Sun Nov 22 10:00:01 2026; x", T, None),
        ("Sun Nov 22 10:00:01.712806 2026] x", T + 712_806_000, None),
        ("Sun Nov 22 10:00:01:259149 2026) x", T + 259_149_000, None),
        ("Sun Nov 22 10:00:01 EST 2026 x", T, Some(-5 * 3600)),
        ("22 Nov 2026 10:00:01.984 * x", T + 984_000_000, None),
        ("Nov 22, 2026 10:00:01 AM x", T, None),
        ("2026-11-22-10.00.01.675872 x", T + 675_872_000, None),
        ("1795341601 x", T, Some(0)),
        ("1795341601.5 x", T + 500_000_000, Some(0)),
        ("1795341601518", T + 518_000_000, Some(0)),
        ("1795341601518123", T + 518_123_000, Some(0)),
    ];
    for (text, civil, offset) in table {
        let found = recognise(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (found.civil, found.offset, found.clock),
            (*civil, *offset, Clock::Full),
            "{text}"
        );
    }
}

#[test]
fn partial_timestamps() {
    let leap = 730 * DAY; // 1972 began
    let table: &[(&str, Clock, i64)] = &[
        (
            "10:00:01.518 x",
            Clock::TimeOfDay,
            36_001 * NANOS + 518_000_000,
        ),
        ("오후 3:04:05 x", Clock::TimeOfDay, 54_245 * NANOS),
        (
            "Feb  3 00:00:02 host",
            Clock::NoYear,
            leap + 33 * DAY + 2 * NANOS,
        ),
        (
            "02-03 00:00:02.5 x",
            Clock::NoYear,
            leap + 33 * DAY + 2_500_000_000,
        ),
        (
            "0203 00:00:02.619632 12",
            Clock::NoYear,
            leap + 33 * DAY + 2_619_632_000,
        ),
        (
            "août 19 11:08:37 nlaptop",
            Clock::NoYear,
            leap + 231 * DAY + 40_117 * NANOS,
        ),
        (
            "Mar-18 21:41:15.684 [main]",
            Clock::NoYear,
            leap + 77 * DAY + 78_075_684_000_000,
        ),
    ];
    for (text, clock, civil) in table {
        let found = recognise(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((found.clock, found.civil), (*clock, *civil), "{text}");
    }
}

#[test]
fn no_timestamps() {
    for text in [
        "",
        "12",
        "2026-13-22 10:00:01",
        "10.0.0.17 x",
        "12345678",
        "GET /x",
        "2026-11-22x",
        "25:00:00",
        "Nov",
        "May be",
        "오전 회의",
    ] {
        assert_eq!(recognise(text.as_bytes()), None, "{text}");
    }
}

/// Texts around every shape, cut, with bytes changed, taken out and put in: the short way answers as the table does.
#[test]
fn the_short_way_changes_nothing() {
    const TEXTS: &[&str] = &[
        "2026-11-22 10:00:01,518 INFO",
        "2026-11-22T10:00:01.001040+09:00 x",
        "2026-11-22T10:00:01.013874956Z WARN",
        "2026-11-22 10:00:01 -0500] x",
        "2026-11-22T10:00:01.004Z",
        "2026-11-22T10:00:01,004123Z",
        "2026-11-22 10:00:01Z",
        "2026-11-22 10:00:01 PM x",
        "2026-11-22 10:00:01.5 AM",
        "2026-11-22 10:00:01.5 오전",
        "2026-11-22 10:00:01 오류",
        "2026-11-22 오전 10:00:01,518",
        "2026/11/22 10:00:01:123 INFO",
        "22/Nov/2026:10:00:01 +0100] x",
        "22/Nov/2026 10:00:01",
        "11/22/2026 10:00:01 AM x",
        "Nov 22 10:00:01 host",
        "May  2 10:00:01.123456 KST",
        "Mar 2 10:00:01 2026",
        "Nov 22 2026 10:00:01",
        "Sun Nov 22 10:00:01 2026",
        "Sun Nov  2 10:00:01.518 2026 UTC",
        "Sun Nov 22 10:00:01 EST 2026",
        "1122 10:00:01.518000    7",
        "11-22 10:00:01.518  1702",
        "11-22-2026 10:00:01",
        "26-11-22 10:00:01",
        "10:00:01.518 x",
        "10:00:01 PM",
        "1795341601518123",
        "1795341601.5 x",
    ];
    const BYTES: &[u8] = b"019 :.,-/TZ+APM\x00\xed";
    let mut whole_texts = 0;
    let mut check = |text: &[u8]| {
        let expected = by_table(text);
        assert_eq!(recognise(text), expected, "{}", text.escape_ascii());
        let zone = &mut ZoneClock::new(&"Asia/Seoul".parse().unwrap());
        if let Some(whole) = read_whole(text) {
            let moment = expected.unwrap();
            assert_eq!((moment.clock, moment.len), (Clock::Full, text.len()));
            let utc = (whole.resolve(zone), moment.resolve(zone));
            assert_eq!(utc.0, utc.1, "{}", text.escape_ascii());
            whole_texts += 1;
        }
        usize::from(quick::read(text).is_some())
    };
    let mut taken = 0;
    for text in TEXTS.iter().map(|text| text.as_bytes()) {
        taken += check(text);
        for at in 0..text.len() {
            let (head, tail) = text.split_at(at);
            check(head);
            check(&[head, &tail[1..]].concat());
            for byte in BYTES {
                check(&[head, &[*byte], &tail[1..]].concat());
                check(&[head, &[*byte], tail].concat());
            }
        }
    }
    assert!(taken > 9, "only {taken} texts went the short way");
    assert!(whole_texts > 99, "only {whole_texts} texts were whole");
}
