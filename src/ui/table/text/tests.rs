use super::*;

#[test]
fn words_are_found_by_their_place() {
    for (text, x, expected) in [
        ("user kim.lee, ok", 5.5, Some("kim.lee")),
        ("user kim.lee, ok", 0.0, Some("user")),
        ("user kim.lee, ok", 4.5, None),
        ("user kim.lee, ok", 12.5, None),
        ("user kim.lee, ok", 99.0, None),
        ("done.", 1.0, Some("done")),
        ("결제 오류가", 3.5, Some("오류가")),
    ] {
        let byte = byte_at(text, x, |_| 1.0);
        let word = byte
            .and_then(|byte| word_at(text, byte))
            .and_then(|range| text.get(range));
        assert_eq!(word, expected, "{text} at {x}");
    }
    assert_eq!(byte_at("abc", -0.5, |_| 1.0), None);
    assert_eq!(word_at("abc", 7), None);
}
use crate::base::text::Pen;

fn cut(text: &str, from: f32, width: f32) -> (&str, f32, bool) {
    let w = window(text, from, width, 10.0, |c| {
        if c.is_ascii() { 10.0 } else { 14.0 }
    });
    (&text[w.range], w.lead, w.cut)
}

/// Wide letters take more room.
#[test]
fn names_are_short_by_the_room_they_take() {
    for (name, cells, expected) in [
        ("moa.api.routes", 14, "moa.api.routes"),
        ("moa.api.routes", 13, "m.api.routes"),
        ("moa.db.migrations", 12, "…migrations"),
        ("app.추론.토크나이저", 18, "app.추론.토크나이저"),
        ("app.추론.토크나이저", 17, "a.추론.토크나이저"),
        ("app.추론.토크나이저", 12, "…토크나이저"),
        ("app.추론.토크나이저", 8, "토크나…"),
        ("a", 0, "…"),
    ] {
        assert_eq!(short_name(name, cells), expected, "{name} in {cells}");
    }
}

#[test]
fn pens_fill_the_range_without_gaps() {
    let pen = |bold| Pen { colour: None, bold };
    let pens = [(2..4, pen(true)), (4..6, pen(false)), (9..12, pen(true))];
    for (range, expected) in [
        (0..2, vec![(0..2, None)]),
        (0..3, vec![(0..2, None), (2..3, Some(pen(true)))]),
        (
            3..5,
            vec![(3..4, Some(pen(true))), (4..5, Some(pen(false)))],
        ),
        (
            5..10,
            vec![
                (5..6, Some(pen(false))),
                (6..9, None),
                (9..10, Some(pen(true))),
            ],
        ),
        (12..13, vec![(12..13, None)]),
        (3..3, vec![]),
    ] {
        assert_eq!(penned(range.clone(), &pens), expected, "{range:?}");
    }
    assert_eq!(penned::<Pen>(0..4, &[]), [(0..4, None)]);
}

#[test]
fn only_the_visible_window_is_laid_out() {
    let long = "0123456789".repeat(1_000);
    let rows = [
        (long.as_str(), 0.0, 50.0, ("0123", 0.0, true)),
        (long.as_str(), 123.0, 50.0, ("2345", -3.0, true)),
        ("01234", 0.0, 50.0, ("01234", 0.0, false)),
        ("012345", 0.0, 50.0, ("0123", 0.0, true)),
        ("short", 500.0, 50.0, ("", 0.0, false)),
        ("가나다라마", 14.0, 28.0, ("나", 0.0, true)),
        ("가나", 0.0, 28.0, ("가나", 0.0, false)),
        ("", 0.0, 20.0, ("", 0.0, false)),
        ("abc", 0.0, 5.0, ("", 0.0, true)),
    ];
    for (text, from, width, expected) in rows {
        assert_eq!(cut(text, from, width), expected, "{from} {width}");
    }
}

#[test]
fn a_window_reads_no_further_than_its_edge() {
    let long = "x".repeat(1_000_000);
    let mut read = 0;
    let w = window(&long, 0.0, 100.0, 10.0, |_| {
        read += 1;
        10.0
    });
    assert_eq!((w.range.len(), read), (9, 11));
}

#[test]
fn matches_split_a_text_and_later_kinds_win() {
    let mark = |range, kind| Highlight { range, kind };
    let marks = [
        mark(2..6, MatchKind::Filter),
        mark(4..8, MatchKind::Find),
        mark(20..30, MatchKind::Find),
        mark(3..3, MatchKind::Find),
    ];
    assert_eq!(
        stretches(0..10, &marks),
        [
            (0..2, None),
            (2..4, Some(MatchKind::Filter)),
            (4..6, Some(MatchKind::Find)),
            (6..8, Some(MatchKind::Find)),
            (8..10, None),
        ]
    );
    assert_eq!(
        stretches(5..7, &marks[..1]),
        [(5..6, Some(MatchKind::Filter)), (6..7, None)]
    );
    assert_eq!(stretches(0..3, &[]), [(0..3, None)]);
}

#[test]
fn deltas_read_at_every_size() {
    let rows = [
        (0, "+0"),
        (250_000, "+0.25ms"),
        (1_049_000, "+1.04ms"),
        (135_000_000, "+135ms"),
        (-135_000_000, "-135ms"),
        (1_250_000_000, "+1.250s"),
        (185_000_000_000, "+3m05s"),
        (7_800_000_000_000, "+2h10m"),
        (356_400_000_000_000, "+4d03h"),
    ];
    for (nanos, text) in rows {
        assert_eq!(delta(nanos), text);
    }
    assert!(delta(i64::MIN).starts_with('-'));
}

#[test]
fn levels_shorten() {
    let rows = [
        ("WARNING", 8, "WARNING"),
        ("WARNING", 6, "WARN"),
        ("WARNING", 3, "W"),
        ("CRITICAL", 4, "CRIT"),
        ("ERROR", 5, "ERROR"),
        ("ERROR", 4, "ERRO"),
        ("ERROR", 1, "E"),
        ("경고", 2, "경고"),
        ("경고", 1, "경"),
        ("", 1, ""),
    ];
    for (name, max, expected) in rows {
        assert_eq!(short_level(name, max), expected, "{name} {max}");
    }
}

#[test]
fn wide_letters_count_as_wide() {
    assert_eq!(guess_width("abc", 10.0), 30.0);
    assert_eq!(guess_width("한a", 10.0), 28.0);
}
