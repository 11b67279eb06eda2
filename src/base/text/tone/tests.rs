use proptest::prelude::*;

use super::*;

fn shown(text: &str) -> Vec<(&str, Tone)> {
    let part = |(range, tone): Toned| (text.get(range).unwrap_or("?"), tone);
    tones(text).into_iter().map(part).collect()
}

#[test]
fn parts_are_told_by_what_they_look_like() {
    use Tone::{Address, Constant, Id, Key, Method, Number, Path, Quoted, Status, Url};
    for (text, expected) in [
        (
            "took 12ms, 95% of 3/10 in 1.5e-05",
            &[
                ("12ms", Number),
                ("95%", Number),
                ("3/10", Number),
                ("1.5e-05", Number),
            ][..],
        ),
        (
            "loss 0.25 step -3 at 2026-11-22T10:00:01.5Z",
            &[
                ("0.25", Number),
                ("-3", Number),
                ("2026-11-22T10:00:01.5Z", Number),
            ],
        ),
        (
            "512MiB at 12MB/s for 2h10m",
            &[("512MiB", Number), ("12MB/s", Number), ("2h10m", Number)],
        ),
        ("3rd x86 utf8 v1.2 2nd-level", &[]),
        (
            "duration=12ms user.id=7 a=b",
            &[
                ("duration", Key),
                ("12ms", Number),
                ("user.id", Key),
                ("7", Number),
                ("a", Key),
            ],
        ),
        (
            "x=1=2 =3",
            &[("x", Key), ("1=2", Number), ("3", Number)][..1],
        ),
        (
            "ok=True err=None nan",
            &[
                ("ok", Key),
                ("True", Constant),
                ("err", Key),
                ("None", Constant),
                ("nan", Constant),
            ],
        ),
        (
            r#"{"user": "kim", "n": 3, "ok": false}"#,
            &[
                ("\"user\"", Key),
                ("\"kim\"", Quoted),
                ("\"n\"", Key),
                ("3", Number),
                ("\"ok\"", Key),
                ("false", Constant),
            ],
        ),
        (
            r#"said "a \"b\" c" and 'd' but don't"#,
            &[(r#""a \"b\" c""#, Quoted), ("'d'", Quoted)],
        ),
        ("an \"open quote, 3 more", &[("3", Number)]),
        (
            "GET /api/v1/x?y=1 200 in 3ms",
            &[
                ("GET", Method),
                ("/api/v1/x?y=1", Path),
                ("200", Status(2)),
                ("3ms", Number),
            ],
        ),
        (
            r#""POST /x HTTP/1.1" 503 17"#,
            &[
                ("POST", Method),
                ("/x", Path),
                ("503", Status(5)),
                ("17", Number),
            ],
        ),
        (
            "status=404 other=404",
            &[
                ("status", Key),
                ("404", Status(4)),
                ("other", Key),
                ("404", Number),
            ],
        ),
        ("GET well", &[]),
        (
            "from 10.0.0.1:8080 and fe80::1 not 1.2.3",
            &[
                ("10.0.0.1:8080", Address),
                ("fe80::1", Address),
                ("1.2.3", Number),
            ],
        ),
        (
            "id 550e8400-e29b-41d4-a716-446655440000 at 0x7f3a",
            &[("550e8400-e29b-41d4-a716-446655440000", Id), ("0x7f3a", Id)],
        ),
        (
            "commit 9fceb02d0ae598e95dc970b74767f19372d61af8 facade",
            &[("9fceb02d0ae598e95dc970b74767f19372d61af8", Id)],
        ),
        (
            "open /srv/app/x.log, src/main.rs:3:9 and main.py:42.",
            &[
                ("/srv/app/x.log", Path),
                ("src/main.rs:3:9", Path),
                ("main.py:42", Path),
            ],
        ),
        ("and/or application/json e.g. app.db", &[]),
        (
            "see https://a.example/x?y=1. url=redis://h:1/0",
            &[
                ("https://a.example/x?y=1", Url),
                ("url", Key),
                ("redis://h:1/0", Url),
            ],
        ),
        (
            "결제 42ms가 /srv/x.py에서",
            &[("42ms", Number), ("/srv/x.py", Path)],
        ),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

proptest! {
    /// Whatever stands there: in order, apart, at characters, and never more than can be drawn.
    #[test]
    fn stretches_are_in_order(text in "\\PC{0,80}|[a-z0-9=:/\"'.\\\\ -]{0,200}") {
        let mut at = 0;
        let all = tones(&text);
        prop_assert!(all.len() <= MOST);
        for (range, _) in all {
            prop_assert!(range.start >= at && range.end > range.start);
            prop_assert!(text.get(range.clone()).is_some());
            at = range.end;
        }
        for place in crate::base::text::places::places(&text) {
            prop_assert!(text.get(place.range).is_some_and(|part| !part.is_empty()));
        }
    }
}

/// What a log may be made of to keep a reader busy takes as many steps as it has bytes.
#[test]
fn long_texts_are_read_once() {
    for part in [
        "\"",
        "'",
        "\\\"",
        "a=",
        "x:http://",
        "File \"",
        "/",
        "GET ",
        "(",
        "a\"b",
    ] {
        let text = part.repeat(1 << 16);
        let toned = tones(&text);
        let named = crate::base::text::places::places(&text);
        assert!(toned.len() <= MOST && named.len() <= MOST, "{part}");
    }
}
