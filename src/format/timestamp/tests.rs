#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use super::*;
use crate::base::time::{Zone, ZoneClock};

/// 2026-11-22 10:00:01 UTC, a Sunday.
const MOMENT: i64 = 1_795_341_601_000_000_000;

fn read(datefmt: &str, text: &str) -> Option<(i64, usize)> {
    let pattern = compile(datefmt).unwrap();
    let (stamp, len) = pattern.read(text.as_bytes())?;
    let mut zone = ZoneClock::new(&Zone::Utc);
    Some((stamp.nanos(pattern.clock(), &mut zone)?, len))
}

#[test]
fn what_strftime_writes_is_read_back() {
    for (datefmt, text, off_by_nanos) in [
        ("%Y-%m-%d %H:%M:%S", "2026-11-22 10:00:01", 0),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-11-22T19:00:01+0900", 0),
        ("%Y-%m-%d %H:%M:%S %Z", "2026-11-22 05:00:01 EST", 0),
        ("%Y-%m-%d %H:%M:%S %Z", "2026-11-22 19:00:01 KST", 0),
        ("%Y-%m-%d %H:%M:%S %Z", "2026-11-22 13:00:01 +03", 0),
        ("%m/%d/%Y %I:%M:%S %p", "11/22/2026 10:00:01 AM", 0),
        ("%d/%b/%Y:%H:%M:%S %z", "22/Nov/2026:11:00:01 +0100", 0),
        ("%d %B %Y %H:%M:%S", "22 November 2026 10:00:01", 0),
        ("%A, %d. %B %Y %X", "Sonntag, 22. November 2026 10:00:01", 0),
        ("%c", "Sun Nov 22 10:00:01 2026", 0),
        ("%x %X", "11/22/26 10:00:01", 0),
        ("%Y.%j %H:%M:%S", "2026.326 10:00:01", 0),
        ("%s", "1795341601", 0),
        ("%y%m%d %T", "261122 10:00:01", 0),
        (
            "%Y년 %m월 %d일 (%a) %p %I시 %M분 %S초",
            "2026년 11월 22일 (일) 오전 10시 00분 01초",
            0,
        ),
        ("%Y %B %d %T", "2026 11월 22 10:00:01", 0),
        ("%F %T.%f", "2026-11-22 10:00:01.%f", 0),
        ("%F %T.%f", "2026-11-22 10:00:01.250", 250_000_000),
        ("%Y-%m-%d %H:%M:%S.%f", "2026-11-22 10:00:01.000001", 1000),
        ("%-d.%-m.%Y %-H:%M:%S", "22.11.2026 10:00:01", 0),
        ("%e %b %Y %T", "22 Nov 2026 10:00:01", 0),
        ("%Y-%m-%d", "2026-11-22", -36_001_000_000_000),
        ("%Y-%m-%d %H:%M", "2026-11-22 10:00", -1_000_000_000),
        ("100%% %F %T", "100% 2026-11-22 10:00:01", 0),
        ("%Ez %F %T", "+0000 2026-11-22 10:00:01", 0),
        ("W%V %F %T", "W47 2026-11-22 10:00:01", 0),
        ("%r %D", "10:00:01 AM 11/22/26", 0),
    ] {
        let expected = Some((MOMENT + off_by_nanos, text.len()));
        assert_eq!(read(datefmt, text), expected, "{datefmt} {text}");
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for (datefmt, text) in [
        ("%Y-%m-%d %H:%M:%S", "2026-13-22 10:00:01"),
        ("%Y-%m-%d %H:%M:%S", "2026-11-22T10:00:01"),
        ("%Y-%m-%d %H:%M:%S", "2026-11-22 10:00"),
        ("%Y-%m-%d %H:%M:%S", "Traceback (most recent call last):"),
        ("%H:%M:%S", "25:00:00"),
        ("%I:%M %p", "00:30 AM"),
        ("%d/%b/%Y", "22/Foo/2026"),
        ("%d/%b/%Y", "22/Mayor/2026"),
        ("%s", "now"),
    ] {
        assert_eq!(read(datefmt, text), None, "{datefmt} {text}");
    }
}

#[test]
fn months_of_other_languages() {
    let days = |month: i64| (month - 1) * 31 * 86_400 * 1_000_000_000;
    for (text, month) in [
        ("01 Mai", 5),
        ("01 févr.", 2),
        ("01 dic", 12),
        ("01 giugno", 6),
        ("01 mrt", 3),
        ("01 października", 10),
        ("01 янв", 1),
        ("01 Ağustos", 8),
        ("01 des.", 12),
        ("01 12월", 12),
    ] {
        let (civil, _) = read("%d %b", text).unwrap();
        let since_new_year = civil - 730 * 86_400 * 1_000_000_000;
        assert!(since_new_year <= days(month), "{text}");
        assert!(
            since_new_year > days(month) - 7 * 86_400 * 1_000_000_000,
            "{text}"
        );
    }
}

#[test]
fn patterns_know_what_they_show() {
    for (datefmt, clock) in [
        ("%Y-%m-%d", Clock::Full),
        ("%m-%d %H:%M", Clock::NoYear),
        ("%b %e %T", Clock::NoYear),
        ("%H:%M:%S", Clock::TimeOfDay),
        ("%X", Clock::TimeOfDay),
        ("%s", Clock::Full),
        ("no date", Clock::None),
        ("%", Clock::None),
    ] {
        assert_eq!(compile(datefmt).unwrap().clock(), clock, "{datefmt}");
    }
    let (civil, _) = read("%m-%d %H:%M", "02-29 00:00").unwrap();
    assert_eq!(civil, 789 * 86_400 * 1_000_000_000);
}

#[test]
fn the_default_has_milliseconds_in_the_form_asked_for() {
    for (msec_format, text) in [
        (None, "2026-11-22 10:00:01,250"),
        (Some("%s.%03d"), "2026-11-22 10:00:01.250"),
        (Some("%s"), "2026-11-22 10:00:01"),
        (Some(""), "2026-11-22 10:00:01"),
        (Some("<%s %03d ms>"), "<2026-11-22 10:00:01 250 ms>"),
        (Some("%s,%06d"), "2026-11-22 10:00:01,000250"),
        (Some("%s.%d"), "2026-11-22 10:00:01.250"),
        (Some("%s.%5d"), "2026-11-22 10:00:01.  250"),
        (Some("%s.%07.3f"), "2026-11-22 10:00:01.250.000"),
    ] {
        let pattern = default_asctime(msec_format).unwrap();
        let (_, len) = pattern.read(text.as_bytes()).unwrap();
        assert_eq!(len, text.len(), "{msec_format:?}");
    }
    assert!(default_asctime(Some("nothing")).is_err());
    for text in [
        "2026-11-22T10:00:01.000001+09:00",
        "2026-11-22 10:00:01Z",
        "2026-11-22 10:00:01",
    ] {
        assert_eq!(iso_asctime().read(text.as_bytes()).unwrap().1, text.len());
    }
}

#[test]
fn random_bytes_never_panic() {
    let patterns = [
        "%c %z %Z",
        "%Y-%m-%dT%H:%M:%S.%f%z",
        "%B %A %p %s %j",
        "%e%k%l",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for pattern in patterns.map(|datefmt| compile(datefmt).unwrap()) {
        for _ in 0..2000 {
            let bytes: Vec<u8> = (0..24)
                .map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    b"0123456789:-+ .TZNov\xec\x9b\x94%f"[(state % 24) as usize]
                })
                .collect();
            if let Some((_, len)) = pattern.read(&bytes) {
                assert!(len <= bytes.len());
            }
            let _cut = pattern.read_cut(&bytes);
        }
    }
}

#[test]
fn fractions_of_so_many_digits_and_epochs_in_parts_of_seconds() {
    let mut zone = ZoneClock::new(&Zone::Utc);
    for (pattern, text, nanos) in [
        (
            "%Y-%m-%d %H:%M:%S.%4f",
            "2026-11-22 10:00:01.5180",
            518_000_000,
        ),
        (
            "%Y-%m-%d %H:%M:%S.%L",
            "2026-11-22 10:00:01.518",
            518_000_000,
        ),
        (
            "%Y-%m-%d %H:%M:%S.%6N",
            "2026-11-22 10:00:01.000518",
            518_000,
        ),
        ("%Y-%m-%d %H:%M:%S.%N", "2026-11-22 10:00:01.000000518", 518),
        ("%s", "1795341601", 0),
        ("%3s", "1795341601518", 518_000_000),
        ("%Q", "1795341601518", 518_000_000),
        ("%6s", "1795341601000518", 518_000),
        ("%9s", "1795341601000000518", 518),
        ("%s.%3f", "1795341601.518", 518_000_000),
    ] {
        let pattern = compile(pattern).unwrap();
        let (stamp, len) = pattern.read(text.as_bytes()).unwrap();
        assert_eq!(len, text.len(), "{text}");
        let wanted = 1_795_341_601_000_000_000 + nanos;
        assert_eq!(
            stamp.nanos(pattern.clock(), &mut zone),
            Some(wanted),
            "{text}"
        );
        let tokyo = pattern.in_offset(Some(9 * 3600));
        let (stamp, _) = tokyo.read(text.as_bytes()).unwrap();
        let east = if text.starts_with("1795") {
            0
        } else {
            9 * 3600
        };
        let wanted = wanted - east * 1_000_000_000;
        assert_eq!(
            stamp.nanos(tokyo.clock(), &mut zone),
            Some(wanted),
            "{text}"
        );
    }
    // More than 64 bits hold.
    assert!(
        compile("%9s")
            .unwrap()
            .read(b"99999999999999999999")
            .is_none()
    );
}
