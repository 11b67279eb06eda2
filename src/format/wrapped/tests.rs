#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use crate::base::level::LevelId;
use crate::base::time::{Zone, ZoneClock};
use crate::format::envelope::Envelope;
use crate::format::extractor::LevelWord;
use crate::format::spec::{Format, FormatSpec};

fn within(envelope: Envelope, inner: &str) -> Format {
    Format::compile(&FormatSpec::Within {
        envelope,
        inner: Box::new(FormatSpec::template(inner)),
    })
    .unwrap()
}

const BASIC: &str = "%(levelname)s:%(name)s:%(message)s";

/// Envelope, record, time in seconds, message, fields.
type Case = (
    Envelope,
    &'static str,
    Option<i64>,
    &'static str,
    &'static [(&'static str, &'static str)],
);

#[test]
fn records_are_taken_out() {
    let cases: &[Case] = &[
        (
            Envelope::Docker,
            "{\"log\":\"ERROR:app.db:a \\\"b\\\" \\u001b[1mc\\u001b[0m\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T10:00:01.5Z\"}\n{\"log\":\"Traceback (most recent call last):\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T10:00:01.6Z\"}\n{\"log\":\"  File \\\"x\\\"\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T10:00:01.7Z\"}\n",
            Some(1_795_341_601),
            "a \"b\" \u{1b}[1mc\u{1b}[0m\nTraceback (most recent call last):\n  File \"x\"",
            &[("stream", "stderr")],
        ),
        (
            Envelope::Cri,
            "2026-11-22T10:00:01.5+00:00 stdout P ERROR:app.db:one \n2026-11-22T10:00:01.6+00:00 stdout F line\n2026-11-22T10:00:01.7+00:00 stdout F \n",
            Some(1_795_341_601),
            "one line\n",
            &[("stream", "stdout"), ("tag", "P")],
        ),
        (
            Envelope::Kubectl,
            "[pod/api-7/web] ERROR:app.db:a\n[pod/api-7/web]   b\n",
            None,
            "a\n  b",
            &[("pod", "api-7"), ("container", "web")],
        ),
        (
            Envelope::Compose,
            "\u{1b}[33mapi-1  |\u{1b}[0m ERROR:app.db:a\n\u{1b}[33mapi-1  |\u{1b}[0m \n\u{1b}[33mapi-1  |\u{1b}[0m b\n",
            None,
            "a\n\nb",
            &[("service", "api-1")],
        ),
        (
            Envelope::Compose,
            "10:00:01 web.1   | ERROR:app.db:a\r\n",
            None,
            "a",
            &[("service", "web.1")],
        ),
        (
            Envelope::Syslog,
            "<11>Nov 22 10:00:01 web app[7]: ERROR:app.db:a\n",
            // Without a year it is as if in 1972.
            Some(91_274_401),
            "a",
            &[("host", "web"), ("process", "7")],
        ),
    ];
    for (envelope, record, time, message, fields) in cases {
        let format = within(*envelope, BASIC);
        let mut zone = ZoneClock::new(&Zone::Utc);
        let line = record.split_inclusive('\n').next().unwrap();
        let header = format.extractor.header(line.as_bytes(), &mut zone).unwrap();
        assert_eq!(
            header.time.map(|nanos| nanos / 1_000_000_000),
            *time,
            "{record}"
        );
        assert_eq!(header.level, LevelWord::Standard(LevelId::ERROR));
        assert_eq!(header.logger.as_deref(), Some(&b"app.db"[..]));
        for line in record.split_inclusive('\n').skip(1) {
            assert!(!format.extractor.is_start(line.as_bytes()), "{line}");
        }
        let parsed = format.extractor.parse(record.as_bytes());
        assert!(parsed.matched);
        assert_eq!(String::from_utf8_lossy(&parsed.message), *message);
        let shown: Vec<(&str, &[u8])> = parsed
            .fields
            .iter()
            .map(|field| (&*field.name, &*field.value))
            .collect();
        let wanted: Vec<(&str, &[u8])> = fields.iter().map(|(n, v)| (*n, v.as_bytes())).collect();
        assert_eq!(shown, wanted, "{record}");
    }
}

#[test]
fn what_is_in_no_envelope_is_no_record() {
    for (envelope, line) in [
        (Envelope::Docker, "{\"log\":\"ERROR:a:b"),
        (Envelope::Docker, "{\"msg\":\"ERROR:a:b\"}"),
        (Envelope::Cri, "2026-11-22T10:00:01Z stdwhat F ERROR:a:b"),
        (Envelope::Kubectl, "[pod/a] ERROR:a:b"),
        (Envelope::Compose, "INFO | ERROR:a:b"),
        (Envelope::Syslog, "Nov 22 10:00:01 ERROR:a:b"),
        (Envelope::Stamp, "2026-11-22 ERROR:a:b"),
    ] {
        let format = within(envelope, BASIC);
        assert!(!format.extractor.is_start(line.as_bytes()), "{line}");
        let parsed = format.extractor.parse(line.as_bytes());
        assert!(!parsed.matched);
        assert_eq!(&*parsed.message, line.as_bytes());
    }
}

#[test]
fn no_bytes_make_an_envelope_panic() {
    const SHARDS: &[&[u8]] = &[
        b"{\"log\":\"",
        b"\\n\",\"time\":\"",
        b"\"}",
        b"2026-11-22T10:00:01Z",
        b" stdout",
        b" F",
        b" P ",
        b"[pod/",
        b"/",
        b"] ",
        b"api-1 ",
        b"| ",
        b"<",
        b"34",
        b">",
        b"Nov 22 10:00:01 ",
        b"h ",
        b"a[7",
        b"]: ",
        b"\n",
        b"\x1b[",
        b"ERROR:a:b",
        b"\xff",
        b"10:00:01 ",
        b"\\u12",
    ];
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    let formats = Envelope::ALL.map(|envelope| within(envelope, BASIC));
    for _ in 0..20_000 {
        let mut record = Vec::new();
        for _ in 0..next(10) {
            record.extend_from_slice(SHARDS.get(next(SHARDS.len())).unwrap());
        }
        for format in &formats {
            let parsed = format.extractor.parse(&record);
            assert_eq!(parsed.matched, format.extractor.is_start(&record));
        }
    }
}
