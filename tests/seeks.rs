//! Searches that are asked in the moment in which a log was read: its filter may be a moment behind.

use timberline::base::id::RecordNo;
use timberline::engine::{SeekRequest, SeekTarget};
use timberline::query::find::Direction;
use timberline::query::spec::{FilterSpec, Pattern, Sense, TextTerm};

use crate::common::dir::Dir;
use crate::common::probe::{EngineProbe, generated, quick};

fn pattern(text: &str) -> Pattern {
    Pattern {
        text: text.to_owned(),
        ..Pattern::default()
    }
}

/// What was just added is found, though the filter has to read every record.
#[test]
fn what_was_read_in_this_moment_is_found() {
    let dir = Dir::new();
    let line = |number: u64| format!("2026-11-22 10:00:00,000 INFO [app] order no {number:05}.\n");
    let text: String = (0..4_000).map(line).collect();
    let path = dir.write("app.log", text);
    let mut spec = generated(&path);
    let term = TextTerm {
        pattern: pattern("order"),
        sense: Sense::Include,
    };
    spec.filter = FilterSpec {
        text: vec![term],
        ..FilterSpec::default()
    };
    let mut probe = EngineProbe::open(quick(), spec);
    for number in 3_999..4_040 {
        if number > 3_999 {
            dir.append("app.log", line(number));
        }
        probe.wait_for_records(0, number + 1);
        let ticket = probe.next_ticket();
        probe.source.seek(SeekRequest {
            ticket,
            from: RecordNo(0),
            inclusive: false,
            direction: Direction::Forward,
            target: SeekTarget::Match(pattern(&format!("no {number:05}."))),
            wrap: false,
        });
        probe.wait("the answer", |probe| {
            probe
                .seek
                .as_ref()
                .is_some_and(|seek| seek.ticket == ticket)
        });
        let found = probe.seek.as_ref().unwrap().found;
        assert_eq!(found, Some(RecordNo(number)));
    }
    probe.close();
}
