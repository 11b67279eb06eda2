//! Several views of one log, and the record of a view that is nearest to a moment.

use timberline::base::id::RecordNo;
use timberline::base::time::Timestamp;
use timberline::engine::NearestRequest;
use timberline::query::spec::FilterSpec;

use crate::common::dir::Dir;
use crate::common::log_gen::{LogGen, joined};
use crate::common::probe::{EngineProbe, at_least};

#[test]
fn two_views_of_a_log_filter_it_apart_and_share_the_rest() {
    let dir = Dir::new();
    let written = LogGen::new(31).records(2_000);
    let path = dir.write("app.log", joined(&written[..1_500]));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1_500);
    let second = probe.engine.open_view(&probe.source, at_least("ERROR"));
    assert_eq!(second.id(), probe.source.id());
    let first = std::mem::replace(&mut probe.source, second);
    probe.state = None;
    probe.view = None;
    // What is known of the log is there at once, and the filter is this view's own.
    probe.wait_for_records(0, 1_500);
    let shown = probe.shown().len() as u64;
    assert!(shown > 0 && shown < 1_500, "{shown}");
    let view = first.take_view();
    assert!(view.is_none_or(|view| view.rows.len() == 1_500));
    // The log outlasts the view that opened it.
    drop(first);
    dir.append("app.log", joined(&written[1_500..]));
    probe.wait_for_records(0, 2_000);
    assert!(probe.shown().len() as u64 > shown);
    probe.close();
}

#[test]
fn the_nearest_record_in_time_is_a_shown_one() {
    let dir = Dir::new();
    let text: String = [0, 10, 20, 50, 60]
        .iter()
        .map(|second| {
            let level = if *second == 20 { "INFO" } else { "ERROR" };
            format!("2026-11-22 10:00:{second:02},000 {level} [app] at {second}\n")
        })
        .collect();
    let text = text.replace("10:00:60", "10:01:00");
    let path = dir.write("app.log", text);
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 5);
    let start = probe
        .state
        .clone()
        .unwrap()
        .snapshot
        .stats
        .earliest
        .unwrap();
    // (seconds since the first record, the nearest of all, the nearest of the errors)
    for (seconds, of_all, of_errors) in [
        (-100, 0, 0),
        (0, 0, 0),
        (14, 1, 1),
        (16, 2, 1),
        (34, 2, 3),
        (36, 3, 3),
        (55, 3, 3),
        (1_000, 4, 4),
    ] {
        for (spec, nearest) in [
            (FilterSpec::default(), of_all),
            (at_least("ERROR"), of_errors),
        ] {
            probe.filter(spec);
            probe.wait_for_view();
            let ticket = probe.next_ticket();
            probe.source.nearest(NearestRequest {
                ticket,
                time: Timestamp(start.0 + seconds * 1_000_000_000),
            });
            let mut found = None;
            probe.wait("the nearest record", |probe| {
                let answer = probe.source.take_nearest();
                found = answer
                    .filter(|answer| answer.ticket == ticket)
                    .or(found.take());
                found.is_some()
            });
            let found = found.unwrap().found;
            // Of two that are equally near, either will do.
            if seconds != 55 {
                assert_eq!(found, Some(RecordNo(nearest)), "{seconds} s");
            }
        }
    }
    probe.close();
}
