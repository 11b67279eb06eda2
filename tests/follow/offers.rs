//! What looks otherwise after a rotation is told, and one click reads it; nothing is changed without asking.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use timberline::engine::{FormatChoice, Offer, OpenSpec, SourceEvent};
use timberline::format::spec::FormatSpec;

use crate::common::dir::Dir;
use crate::common::probe::{EngineProbe, detected, generated, quick};

fn offers(probe: &EngineProbe) -> Vec<(String, Offer)> {
    let offer = |event: &SourceEvent| match event {
        SourceEvent::Offer(problem, offer) => Some((problem.headline.clone(), offer.clone())),
        _ => None,
    };
    probe.events.iter().filter_map(offer).collect()
}

fn old_lines(numbers: std::ops::Range<u64>) -> String {
    numbers.fold(String::new(), |mut text, number| {
        writeln!(text, "2026-11-22 10:00:00,000 INFO [app] old {number}").unwrap();
        text
    })
}

fn json_lines(numbers: std::ops::Range<u64>) -> String {
    numbers.fold(String::new(), |mut text, number| {
        let time = format!("2026-11-22T11:00:{:02}.000Z", number % 60);
        writeln!(
            text,
            r#"{{"timestamp":"{time}","level":"WARNING","logger":"shop.cart","message":"new {number}"}}"#
        )
        .unwrap();
        text
    })
}

#[test]
fn another_format_after_a_rotation_is_offered_and_keeps_the_old_rows() {
    // Detected formats of short logs are judged again as the log grows; that of a long one stays.
    for (spec, old) in [(generated as fn(&Path) -> OpenSpec, 40), (detected, 6000)] {
        let dir = Dir::new();
        let path = dir.write("app.log", old_lines(0..old));
        let mut probe = EngineProbe::open(quick(), spec(&path));
        probe.wait_for_records(0, old);
        fs::rename(&path, dir.path("app.log.1")).unwrap();
        // A few lines do not tell.
        dir.write("app.log", json_lines(0..5));
        probe.wait_for_notice("rotated");
        dir.append("app.log", json_lines(5..60));
        probe.wait("the offer", |probe| !offers(probe).is_empty());
        let (headline, offer) = offers(&probe).remove(0);
        assert!(
            headline.starts_with("This looks like another format now: "),
            "{headline}"
        );
        let Offer::Format(spec) = offer else {
            panic!("{offer:?}")
        };
        assert!(matches!(spec, FormatSpec::Mixed { .. }), "{spec:?}");
        probe.source.set_format(FormatChoice::Spec(spec));
        probe.wait_for_records(1, old + 60);
        let last = format!("old {}", old - 1);
        assert_eq!(
            probe.messages([0, old - 1, old, old + 59]),
            ["old 0", &last, "new 0", "new 59"]
        );
        assert_eq!(offers(&probe).len(), 1);
        probe.close();
    }
}

#[test]
fn what_goes_on_as_it_was_is_not_asked_about() {
    let dir = Dir::new();
    let path = dir.write("app.log", old_lines(0..40));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 40);
    for (round, next) in [
        old_lines(40..100),
        // Something in front of it that no format reads.
        format!("{}{}", "starting\n".repeat(30), old_lines(40..100)),
        "nothing of a format\n".repeat(100),
    ]
    .into_iter()
    .enumerate()
    {
        fs::rename(&path, dir.path(&format!("app.log.{round}"))).unwrap();
        dir.write("app.log", next);
        dir.append("app.log", old_lines(100..101));
        let ends = format!("old {}", 100);
        probe.wait("the new file", |probe| {
            probe.state.as_ref().is_some_and(|state| {
                state.files == round as u64 + 2 && state.file_len == state.snapshot.indexed_bytes
            })
        });
        let last = probe.state.as_ref().unwrap().snapshot.len() - 1;
        assert_eq!(probe.messages([last]), [ends]);
    }
    assert_eq!(offers(&probe), []);
    probe.close();
}

/// Lines of a library that writes as Windows does, in a log that is UTF-8 otherwise.
#[test]
fn another_encoding_that_comes_late_is_offered() {
    let dir = Dir::new();
    let good = "2026-11-22 10:00:00,000 INFO 앱: 주문을 받았습니다\n".repeat(30);
    let path = dir.write("app.log", &good);
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 30);
    // A stray byte is none.
    dir.append("app.log", b"2026-11-22 10:00:00,000 INFO app: caf\xe9\n");
    probe.wait_for_records(0, 31);
    assert_eq!(offers(&probe), []);
    let line = "2026-11-22 10:00:01,000 ERROR 앱: 결제를 처리하지 못했습니다\n".repeat(10);
    dir.append("app.log", encoding_rs::EUC_KR.encode(&line).0);
    probe.wait("the offer", |probe| !offers(probe).is_empty());
    let (headline, offer) = offers(&probe).remove(0);
    assert!(headline.contains("CP949"), "{headline}");
    let Offer::Encoding(encoding) = offer else {
        panic!("{offer:?}")
    };
    assert_eq!(encoding.name(), "EUC-KR");
    probe.source.set_encoding(Some(encoding));
    probe.wait_for_records(1, 41);
    assert_eq!(
        probe.messages([40])[0].trim_start_matches("앱: "),
        "결제를 처리하지 못했습니다"
    );
    probe.close();
}
