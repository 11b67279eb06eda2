//! What rules of the user's mark in rows, against what the same query leaves as a filter.

use std::collections::BTreeSet;
use std::sync::Arc;

use timberline::base::dye::Dye;
use timberline::base::id::RecordNo;
use timberline::base::rule::{MarkKind, MarkOn, MarkRule};
use timberline::base::time::{Timestamp, Zone};
use timberline::query::lang::{Moments, bind, parse};
use timberline::query::marking::Marking;

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::probe::EngineProbe;

const RECORDS: u64 = 400;

const QUERIES: [&str; 17] = [
    "level>=error",
    "-level:info",
    "logger:app.db -logger:app.db.pool",
    "logger=app",
    "ValueError",
    "-ValueError level:debug",
    "/number 0000000[0-9]/",
    "message:\"user 7\" OR logger:lib",
    "NOT (level>=warning OR logger:app)",
    "lineno>3",
    "since:\"2026-11-22 00:00:00.100\" until:\"2026-11-22 00:00:00.200\"",
    "since:10:00",
    "text:traceback",
    "logger:app.d*",
    "exception:ValueError",
    "pattern:\"record number <*> of user <*>\"",
    "exception:*",
];

fn moments(zone: &Zone) -> Moments<'_> {
    Moments {
        zone,
        now: Timestamp(1_763_800_000_000_000_000),
        end: None,
    }
}

#[test]
fn a_query_marks_the_rows_that_it_leaves_as_a_filter() {
    let dir = Dir::new();
    let path = dir.write("app.log", LogGen::new(5).text(RECORDS as usize));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, RECORDS);
    for (version, query) in QUERIES.iter().enumerate() {
        let rule = MarkRule {
            kind: MarkKind::Query,
            pattern: (*query).to_owned(),
            marks: MarkOn::Row,
            colour: Dye::Teal,
            ..MarkRule::default()
        };
        let marking = Marking::new(vec![rule], &moments(&Zone::Utc), version as u64 + 1);
        probe.source.set_marking(Arc::new(marking));
        probe.messages(0..RECORDS);
        let marked: BTreeSet<RecordNo> = { probe.rows.values() }
            .filter(|row| row.marks.row == Some(Dye::Teal))
            .map(|row| row.meta.record)
            .collect();
        let filter = bind(&parse(query).unwrap(), &moments(&Zone::Utc)).unwrap();
        probe.filter(filter);
        let shown: BTreeSet<RecordNo> = probe.shown().into_iter().collect();
        assert_eq!(marked, shown, "{query}");
    }
    probe.close();
}

#[test]
fn the_first_rule_that_marks_something_counts() {
    let rule = |pattern: &str, colour, enabled| MarkRule {
        pattern: pattern.to_owned(),
        colour,
        enabled,
        ..MarkRule::default()
    };
    let rules = vec![
        rule("off", Dye::Grey, false),
        rule("", Dye::Grey, true),
        rule("time out", Dye::Red, true),
        rule("out", Dye::Blue, true),
    ];
    let marking = Marking::new(rules, &moments(&Zone::Utc), 1);
    let text = "Out: a time out, off";
    let found = marking.ranges(text).into_iter();
    let found: Vec<_> = found.map(|(range, dye)| (&text[range], dye)).collect();
    assert_eq!(found, [("Out", Dye::Blue), ("time out", Dye::Red)]);
}

#[test]
fn a_query_marks_the_texts_that_it_looks_for() {
    let dir = Dir::new();
    let lines = [
        "2026-11-22 10:00:00,000 INFO [app.web] user 이순신 timed out after 30 s\n  timed out again\n",
        "2026-11-22 10:00:01,000 ERROR [app.db] nothing to see\n",
        "2026-11-22 10:00:02,000 INFO [app.db] timed out\n",
    ];
    let mut probe = EngineProbe::follow(&dir.write("app.log", lines.concat()));
    probe.wait_for_records(0, 3);
    // What is marked of each record: parts, or the row.
    type Marked<'a> = (&'a [&'a str], bool);
    const NONE: Marked<'_> = (&[], false);
    const ROW: Marked<'_> = (&[], true);
    let table: [(&str, [Marked<'_>; 3]); 6] = [
        (
            "logger:app.web \"timed out\"",
            [(&["timed out", "timed out"], false), NONE, NONE],
        ),
        (
            "/[0-9]+ s/ -again OR /user \\S+/",
            [(&["user 이순신", "30 s"], false), NONE, NONE],
        ),
        ("level:error", [NONE, ROW, NONE]),
        (
            "level:error OR message:out",
            [(&["out", "out"], false), ROW, (&["out"], false)],
        ),
        ("-\"timed out\"", [NONE, ROW, NONE]),
        (
            "text:app.db",
            [NONE, (&["app.db"], false), (&["app.db"], false)],
        ),
    ];
    for (version, (query, expected)) in table.into_iter().enumerate() {
        let rule = MarkRule {
            kind: MarkKind::Query,
            pattern: query.to_owned(),
            marks: MarkOn::Match,
            ..MarkRule::default()
        };
        let marking = Marking::new(vec![rule], &moments(&Zone::Utc), version as u64 + 1);
        probe.source.set_marking(Arc::new(marking));
        probe.messages(0..3);
        for (record, (parts, whole)) in (0..).zip(expected) {
            let record = RecordNo(record);
            let row = { probe.rows.values() }
                .find(|row| row.meta.record == record)
                .unwrap();
            let found = row.marks.parts.iter().map(|part| match part.line {
                0 => &row.cells[part.cell][part.range.clone()],
                line => &row.rest[line - 1].text[part.range.clone()],
            });
            let found: Vec<&str> = found.collect();
            assert_eq!(found, parts, "{query}: {record:?}");
            assert_eq!(row.marks.row.is_some(), whole, "{query}: {record:?}");
        }
    }
    probe.close();
}
