//! Fields that are known to be there, and counts in parts that are those of a count in one.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeMap;

use super::summary::{Count, FieldSummary, FieldsSummary};
use super::*;
use crate::base::id::Slot;
use crate::format::spec::{Format, FormatSpec};
use crate::index::synthetic;
use crate::query::number::Unit;

fn survey(format: &FormatSpec) -> FieldsSurvey {
    FieldsSurvey::new((*Format::compile(format).unwrap().extractor).clone())
}

fn template(text: &str) -> FieldsSurvey {
    survey(&FormatSpec::template(text))
}

/// What is found in these records, which are looked at in so many parts.
fn look<'a>(survey: &FieldsSurvey, records: impl Iterator<Item = &'a str>, parts: usize) -> Found {
    let snapshot = synthetic::snapshot(1, 1);
    let block = snapshot.blocks.first().unwrap();
    let mut found: Vec<Found> = (0..parts).map(|_| survey.nothing()).collect();
    for (number, record) in records.enumerate() {
        let seen = Seen {
            block,
            slot: Slot(0),
            bytes: record.as_bytes(),
        };
        survey.look(&seen, &mut found[number % parts]);
    }
    let mut whole = survey.nothing();
    for part in found.into_iter().rev() {
        survey.merge(&mut whole, part);
    }
    whole
}

fn field<'a>(summary: &'a FieldsSummary, name: &str) -> &'a FieldSummary {
    let mut fields = summary.fields.iter();
    fields.find(|field| &*field.name == name).unwrap()
}

fn top(field: &FieldSummary) -> Vec<(&str, u64)> {
    { field.top.iter() }
        .map(|value| (&*value.text, value.count.number()))
        .collect()
}

#[test]
fn fields_of_the_format_of_records_and_of_messages() {
    let python = template("%(levelname)s [%(threadName)s] %(name)s: %(message)s");
    let records = [
        "INFO [main] app: took duration=12ms status=200\n",
        "INFO [main] app: took duration=1.5s status=500\n",
        "ERROR [work-1] app: nothing to see\n",
        "INFO [main] app: {\"user\": \"한글\", \"threadName\": \"other\"}\nduration=9ms duration=9ms\n",
    ];
    let summary = look(&python, records.into_iter(), 1).summary();
    let names: Vec<_> = summary.fields.iter().map(|field| &*field.name).collect();
    assert_eq!(names, ["threadName", "duration", "status", "user"]);
    assert_eq!(summary.records, 4);
    let thread = field(&summary, "threadName");
    assert_eq!((thread.records, thread.origin), (4, Origin::Record));
    assert_eq!(top(thread), [("main", 3), ("work-1", 1)]);
    let duration = field(&summary, "duration");
    assert_eq!((duration.records, duration.occurrences), (3, 4));
    let numbers = duration.numbers.as_ref().unwrap();
    assert_eq!(
        (numbers.unit, numbers.least, numbers.most),
        (Unit::Seconds, 0.009, 1.5)
    );
    assert_eq!(top(field(&summary, "user")), [("한글", 1)]);
    assert!(field(&summary, "user").numbers.is_none());

    let json = survey(&FormatSpec::Builtin {
        name: "json".to_owned(),
    });
    let records = [
        r#"{"time":"2026-01-01T00:00:00Z","level":"info","msg":"a x=1","http":{"status":200},"x":2}"#,
        r#"{"time":"2026-01-01T00:00:01Z","level":"info","msg":"b x=3","http":{"status":404}}"#,
    ];
    let summary = look(&json, records.into_iter(), 2).summary();
    assert_eq!(
        top(field(&summary, "http.status")),
        [("200", 1), ("404", 1)]
    );
    // What the record itself says goes before what its message says, as filters have it.
    assert_eq!(top(field(&summary, "x")), [("2", 1), ("3", 1)]);
    let numbers = field(&summary, "http.status").numbers.clone().unwrap();
    assert_eq!((numbers.unit, numbers.count), (Unit::Plain, 2));
}

#[test]
fn counts_in_parts_are_those_of_one_and_bounds_hold() {
    let plain = template("%(message)s");
    // Few values, many values with some often, ids that never come twice, and names without end.
    let records: Vec<String> = (0..60_000_u64)
        .map(|n| {
            let often = if n % 3 == 0 { n % 7 } else { n };
            let (few, time) = (n % 900, n % 5_000);
            format!(
                "few=v{few} often={often} id=x{n:x} took={time}ms name{}=1",
                n % 700
            )
        })
        .collect();
    let one = look(&plain, records.iter().map(String::as_str), 1).summary();
    for parts in [2, 7] {
        let many = look(&plain, records.iter().map(String::as_str), parts).summary();
        for (name, is_exact) in [
            ("few", true),
            ("often", false),
            ("id", false),
            ("took", false),
        ] {
            let (one, many) = (field(&one, name), field(&many, name));
            assert_eq!(
                (one.records, one.distinct),
                (many.records, many.distinct),
                "{name}"
            );
            assert_eq!(one.numbers, many.numbers, "{name}");
            assert_eq!(
                matches!(one.distinct, Count::Exactly(_)),
                is_exact,
                "{name}"
            );
            if is_exact {
                assert_eq!(one.top, many.top, "{name}");
            }
        }
        let often = field(&many, "often");
        let exact: BTreeMap<String, u64> = (0..7)
            .map(|digit: u64| {
                let count = (0..60_000).filter(|n| n % 3 == 0 && n % 7 == digit);
                (digit.to_string(), count.count() as u64)
            })
            .collect();
        for (value, count) in exact {
            let found = { often.top.iter() }.find(|it| *it.text == *value).unwrap();
            assert!(
                found.count.number().abs_diff(count) <= 60_000 / 500 + 1,
                "{value}"
            );
        }
        assert!(field(&many, "id").top.is_empty(), "none occurs often");
    }
    assert_eq!(one.fields.len(), MOST_FIELDS);
    assert!(one.is_cut);
    let took = field(&one, "took").numbers.clone().unwrap();
    assert_eq!((took.least, took.most), (0.0, 4.999));
    assert!(
        (took.median - 2.5).abs() < 0.03 && (took.p95 - 4.75).abs() < 0.05,
        "{took:?}"
    );
    assert_eq!(
        took.bars.iter().map(|bar| bar.count).sum::<u64>(),
        took.count
    );
}

#[test]
fn histograms_are_in_steps_or_in_factors() {
    let plain = template("%(message)s");
    let even: Vec<String> = (0..1000).map(|n| format!("n={n}")).collect();
    let wide: Vec<String> = (0..1000)
        .map(|n| format!("n={}", 2_f64.powf(f64::from(n) / 50.0)))
        .collect();
    let same = vec!["n=5".to_owned(); 3];
    for (records, bars) in [(even, 24), (wide, 24), (same, 1)] {
        let summary = look(&plain, records.iter().map(String::as_str), 1).summary();
        let numbers = field(&summary, "n").numbers.clone().unwrap();
        assert_eq!(numbers.bars.len(), bars);
        let fullest = numbers.bars.iter().map(|bar| bar.count).max().unwrap();
        assert!(
            fullest as usize <= records.len() / bars * 2,
            "{:?}",
            numbers.bars
        );
        assert!(numbers.bars.windows(2).all(|two| two[0].to == two[1].from));
    }
}

#[test]
fn long_values_are_cut_and_still_told_apart() {
    let plain = template("%(message)s");
    let long = "가".repeat(100);
    let records = [
        format!("a={long}1"),
        format!("a={long}2"),
        format!("a={long}2"),
    ];
    let summary = look(&plain, records.iter().map(String::as_str), 1).summary();
    let field = field(&summary, "a");
    assert_eq!(field.distinct, Count::Exactly(2));
    assert!(
        field
            .top
            .iter()
            .all(|value| value.is_cut && value.text.starts_with("가가"))
    );
    assert_eq!(
        field.top.first().map(|value| value.count),
        Some(Count::Exactly(2))
    );
}

#[test]
fn what_could_be_typed_of_a_field() {
    let survey = template("%(levelname)s [%(threadName)s] %(message)s");
    let records = [
        "INFO [main] took status=200\n",
        "INFO [main] took status=204\n",
        "INFO [Main-2] took status=204\n",
        "INFO [work] Status=500\n",
        "INFO [work] nothing\n",
    ];
    let found = look(&survey, records.into_iter(), 2);
    assert_eq!(found.names()[..2], ["threadName".into(), "status".into()]);
    for (name, typed, expected) in [
        ("threadname", "ma", &[("main", 2), ("Main-2", 1)][..]),
        ("threadName", "", &[("main", 2), ("work", 2), ("Main-2", 1)]),
        ("STATUS", "20", &[("204", 2), ("200", 1)]),
        ("status", "9", &[]),
        ("other", "", &[]),
    ] {
        let fits = |value: &str| crate::query::lang::begins_with(value, typed);
        let values = found.values_of(name, fits);
        let values: Vec<_> = { values.iter() }
            .map(|value| (&*value.text, value.count.number()))
            .collect();
        assert_eq!(values, expected, "{name}:{typed}");
    }
}
