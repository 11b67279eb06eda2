//! From a file to rows, end to end through the engine.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use timberline::base::id::{Generation, RecordNo, Ticket};
use timberline::base::level::Gravity;
use timberline::base::time::{TimeRange, Timestamp, Zone};
use timberline::engine::{
    CopyRequest, CopyWhat, FilterRequest, FormatChoice, LineVerdict, Phase, PreviewError,
    PreviewRequest, RecordSelection, RestartReason, SeekRequest, SeekTarget, Wanted,
};
use timberline::format::spec::FormatSpec;
use timberline::query::find::Direction;
use timberline::query::spec::{
    FilterSpec, LoggerRule, LoggerTerm, Pattern, Reach, Sense, TextTerm,
};

use crate::common::dir::Dir;
use crate::common::log_gen::{LogGen, TEMPLATE, Written, joined};
use crate::common::probe::{EngineProbe, at_least, detected, generated, quick};

fn subtree(name: &str) -> FilterSpec {
    FilterSpec {
        loggers: LoggerRule {
            include: BTreeSet::from([LoggerTerm {
                name: name.to_owned(),
                reach: Reach::Subtree,
            }]),
            exclude: BTreeSet::new(),
        },
        ..FilterSpec::default()
    }
}

fn text(text: &str, sense: Sense) -> FilterSpec {
    FilterSpec {
        text: vec![TextTerm {
            pattern: pattern(text),
            sense,
        }],
        ..FilterSpec::default()
    }
}

fn pattern(text: &str) -> Pattern {
    Pattern {
        text: text.to_owned(),
        ..Pattern::default()
    }
}

/// Numbers of the records that `passes`.
fn expected(written: &[Written], passes: impl Fn(&Written) -> bool) -> Vec<RecordNo> {
    let numbered = (0..).map(RecordNo).zip(written);
    numbered
        .filter(|(_, w)| passes(w))
        .map(|(number, _)| number)
        .collect()
}

#[test]
fn opens_detects_and_shows_rows() {
    let dir = Dir::new();
    let written = LogGen::new(1).records(500);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 500);
    let state = probe.state.clone().unwrap();
    assert!(state.format_was_detected);
    assert!(!state.candidates.is_empty());
    assert_eq!(state.file_len, joined(&written).len() as u64);
    assert_eq!(state.snapshot.indexed_bytes, state.file_len);
    probe.close();
}

#[test]
fn rows_have_the_columns_of_the_format() {
    let dir = Dir::new();
    let path = dir.write(
        "app.log",
        "2026-11-22 10:00:01,518 WARNING [app.db] 연결이 끊어졌습니다\tagain\n\
         2026-11-22 10:00:02,000 ERROR [app] failed\nTraceback (most recent call last):\n  x\nValueError: no\n",
    );
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2);
    probe.messages(0..2);
    let row = |number| probe.rows[&(Generation(0), RecordNo(number))].clone();
    let cells: Vec<_> = row(0).cells.iter().map(ToString::to_string).collect();
    assert_eq!(cells[..3], ["2026-11-22 10:00:01,518", "WARNING", "app.db"]);
    assert!(cells[3].starts_with("연결이 끊어졌습니다 "), "{cells:?}");
    assert!(!cells[3].contains('\t'), "{cells:?}");
    assert_eq!((row(0).more_lines, row(1).more_lines), (0, 3));
    assert_eq!(&*row(1).cells[3], "failed");
    probe.source.want_record(RecordNo(1));
    probe.wait("the record", |probe| probe.record.is_some());
    let record = probe.record.clone().unwrap();
    assert_eq!(
        record.message,
        "failed\nTraceback (most recent call last):\n  x\nValueError: no"
    );
    assert!(
        record
            .raw
            .starts_with("2026-11-22 10:00:02,000 ERROR [app] failed\n")
    );
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert!(
        record.fields.contains(&field("levelname", "ERROR")),
        "{record:?}"
    );
    assert!(record.fields.contains(&field("name", "app")), "{record:?}");
    assert!(!record.clipped);
    probe.close();
}

#[test]
fn filters_by_level_logger_and_text() {
    let dir = Dir::new();
    let written = LogGen::new(2).records(3000);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 3000);
    assert_eq!(probe.shown().len(), 3000);

    probe.filter(at_least("ERROR"));
    let errors = expected(&written, |w| matches!(w.level, "ERROR" | "CRITICAL"));
    assert_eq!(probe.shown(), errors);
    assert_eq!(probe.view.as_ref().unwrap().tally.rows, errors.len() as u64);

    probe.filter(subtree("app.db"));
    let db = expected(&written, |w| matches!(w.logger, "app.db" | "app.db.pool"));
    assert_eq!(probe.shown(), db);

    probe.filter(text("valueerror: NO", Sense::Include));
    let traced = expected(&written, |w| w.message.contains("Traceback"));
    assert_eq!(probe.shown(), traced);

    probe.filter(text("user 7", Sense::Exclude));
    assert_eq!(
        probe.shown(),
        expected(&written, |w| !w.message.contains("user 7"))
    );

    probe.filter(FilterSpec {
        time: TimeRange {
            since: probe
                .state
                .as_ref()
                .unwrap()
                .snapshot
                .record(RecordNo(1000))
                .unwrap()
                .time,
            until: None,
        },
        ..FilterSpec::default()
    });
    assert_eq!(probe.shown().first(), Some(&RecordNo(1000)));
    probe.close();
}

/// I7 from end to end: a filter that ran while the file grew shows what a filter of the whole file shows.
#[test]
fn growing_a_filtered_view_gives_the_view_of_the_whole() {
    let dir = Dir::new();
    let mut log = LogGen::new(3);
    for (name, spec) in [
        ("level.log", at_least("WARNING")),
        ("logger.log", subtree("app.web")),
        ("text.log", text("ValueError", Sense::Include)),
    ] {
        let mut written = log.records(200);
        let path = dir.write(name, joined(&written));
        let mut probe = EngineProbe::follow(&path);
        probe.wait_for_records(0, 200);
        probe.filter(spec.clone());
        probe.wait_for_view();
        for step in 0..6 {
            let more = log.records(50 + step * 20);
            dir.append(name, joined(&more));
            written.extend(more);
            probe.wait_for_records(0, written.len() as u64);
            probe.wait_for_view();
        }
        let grown = (probe.shown(), probe.view.clone().unwrap().tally.clone());
        let mut fresh = EngineProbe::follow(&path);
        fresh.wait_for_records(0, written.len() as u64);
        fresh.filter(spec);
        let whole = (fresh.shown(), fresh.view.clone().unwrap().tally.clone());
        assert_eq!(grown, whole, "{name}");
        fresh.close();
        probe.close();
    }
}

/// Loggers and levels that appear later are judged by the same rule.
#[test]
fn later_loggers_join_a_chosen_subtree() {
    let dir = Dir::new();
    let path = dir.write("app.log", "2026-11-22 10:00:00,000 INFO [app] one\n");
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1);
    probe.filter(subtree("app"));
    assert_eq!(probe.shown().len(), 1);
    dir.append(
        "app.log",
        "2026-11-22 10:00:01,000 INFO [app.new] two\n2026-11-22 10:00:02,000 INFO [apple] three\n",
    );
    probe.wait_for_records(0, 3);
    assert_eq!(probe.shown(), [RecordNo(0), RecordNo(1)]);
    probe.close();
}

/// I10: whatever was asked before, the view ends with the newest request and its ticket.
#[test]
fn the_newest_filter_wins() {
    let dir = Dir::new();
    let written = LogGen::new(4).records(20_000);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 20_000);
    let mut last = Ticket(0);
    for digit in 0..40 {
        last = probe.filter(text(&format!("user {digit}"), Sense::Include));
    }
    let shown = probe.shown();
    assert_eq!(probe.view.as_ref().unwrap().ticket, last);
    assert_eq!(shown, expected(&written, |w| w.message.contains("user 39")));
    std::thread::sleep(Duration::from_millis(50));
    probe.drain();
    assert_eq!(
        probe.view.as_ref().unwrap().ticket,
        last,
        "a late answer replaced a newer one"
    );
    probe.close();
}

#[test]
fn a_faulty_pattern_keeps_the_last_good_rows_and_says_why() {
    let dir = Dir::new();
    let written = LogGen::new(5).records(100);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 100);
    probe.filter(at_least("ERROR"));
    let good = probe.shown();
    let mut faulty = text("(unclosed", Sense::Include);
    faulty.text[0].pattern.regex = true;
    probe.filter(faulty);
    assert_eq!(probe.shown(), good);
    let view = probe.view.clone().unwrap();
    assert!(!view.problem.clone().unwrap().message.is_empty());
    probe.filter(at_least("ERROR"));
    probe.wait_for_view();
    assert_eq!(probe.view.clone().unwrap().problem, None);
    probe.close();
}

#[test]
fn blocks_near_the_anchor_are_shown_first_and_the_rest_follows() {
    let dir = Dir::new();
    let written = LogGen::new(6).records(1000);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1000);
    let ticket = probe.next_ticket();
    probe.source.set_filter(FilterRequest {
        ticket,
        spec: at_least("ERROR"),
        anchor: Some(RecordNo(500)),
        renews: false,
    });
    let errors = expected(&written, |w| matches!(w.level, "ERROR" | "CRITICAL"));
    assert_eq!(probe.shown(), errors);
    probe.close();
}

#[test]
fn seeks_by_gravity_text_and_time() {
    let dir = Dir::new();
    let written = LogGen::new(7).records(2000);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2000);
    let errors = expected(&written, |w| matches!(w.level, "ERROR" | "CRITICAL"));
    let traced = expected(&written, |w| w.message.contains("Traceback"));
    let (first, last) = (errors[0], *errors.last().unwrap());
    let time = probe
        .state
        .as_ref()
        .unwrap()
        .snapshot
        .record(RecordNo(77))
        .unwrap()
        .time;
    let gravity = SeekTarget::Gravity(Gravity::Error);
    let found = SeekTarget::Match(pattern("Traceback"));
    for (from, direction, target, wrap, answer) in [
        (
            first,
            Direction::Forward,
            gravity.clone(),
            false,
            Some((errors[1], false)),
        ),
        (
            errors[1],
            Direction::Backward,
            gravity.clone(),
            false,
            Some((first, false)),
        ),
        (last, Direction::Forward, gravity.clone(), false, None),
        (
            last,
            Direction::Forward,
            gravity.clone(),
            true,
            Some((first, true)),
        ),
        (
            first,
            Direction::Backward,
            gravity,
            true,
            Some((last, true)),
        ),
        (
            traced[3],
            Direction::Forward,
            found.clone(),
            false,
            Some((traced[4], false)),
        ),
        (
            traced[3],
            Direction::Backward,
            found,
            false,
            Some((traced[2], false)),
        ),
        (
            first,
            Direction::Forward,
            SeekTarget::Time(time.unwrap()),
            false,
            Some((RecordNo(77), false)),
        ),
        (
            first,
            Direction::Forward,
            SeekTarget::Time(Timestamp(i64::MAX)),
            false,
            None,
        ),
    ] {
        let ticket = probe.next_ticket();
        probe.filter(FilterSpec::default());
        probe.wait_for_view();
        let what = format!("{target:?} {direction:?} from {from:?}");
        probe.source.seek(SeekRequest {
            ticket,
            from,
            inclusive: false,
            direction,
            target,
            wrap,
        });
        probe.wait(&what, |probe| {
            probe.seek.as_ref().is_some_and(|s| s.ticket == ticket)
        });
        let result = probe.seek.clone().unwrap();
        assert_eq!(
            result.found.map(|found| (found, result.wrapped)),
            answer,
            "{what}"
        );
    }
    probe.close();
}

#[test]
fn copies_what_is_shown() {
    let dir = Dir::new();
    let written = LogGen::new(8).records(300);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 300);
    probe.filter(at_least("CRITICAL"));
    probe.wait_for_view();
    let critical: Vec<_> = written.iter().filter(|w| w.level == "CRITICAL").collect();
    let lines: String = critical.iter().map(|w| w.text.as_str()).collect();
    let messages: String = critical
        .iter()
        .map(|w| format!("{}\n", w.message))
        .collect();
    let all = RecordSelection::AllShown;
    let between = RecordSelection::ShownBetween(vec![(RecordNo(299), RecordNo(0))]);
    let one = RecordSelection::Records(vec![RecordNo(5)]);
    for (records, what, text) in [
        (all.clone(), CopyWhat::Lines, lines.clone()),
        (between, CopyWhat::Lines, lines),
        (all, CopyWhat::Messages, messages),
        (one, CopyWhat::Lines, written[5].text.clone()),
    ] {
        let ticket = probe.next_ticket();
        let name = format!("{records:?} {what:?}");
        probe.source.copy(CopyRequest {
            ticket,
            records,
            what,
        });
        probe.wait("the copy", |probe| {
            probe.copy.as_ref().is_some_and(|c| c.ticket == ticket)
        });
        let copy = probe.copy.clone().unwrap();
        assert_eq!(copy.text, text, "{name}");
        assert_eq!(copy.problem, None);
    }
    probe.close();
}

#[test]
fn a_preview_tells_what_each_line_is() {
    let dir = Dir::new();
    let path = dir.write(
        "app.log",
        "starting\n2026-11-22 10:00:01,518 INFO [app] one\n  more\n2026-11-22 10:00:02,000 ERROR [app] two\n",
    );
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait("the file", |probe| {
        probe
            .state
            .as_ref()
            .is_some_and(|state| state.phase == Phase::Following)
    });
    let mut ask = |spec| {
        let ticket = probe.next_ticket();
        probe.source.preview(PreviewRequest { ticket, spec });
        probe.wait("the preview", |p| {
            p.preview.as_ref().is_some_and(|p| p.ticket == ticket)
        });
        probe.preview.clone().unwrap().outcome.clone()
    };
    let preview = ask(FormatSpec::template(TEMPLATE)).unwrap();
    assert_eq!(
        (
            preview.lines_sampled,
            preview.lines_matched,
            preview.times_unread
        ),
        (4, 2, 0)
    );
    let kinds: Vec<_> = preview
        .lines
        .iter()
        .map(|line| match &line.verdict {
            LineVerdict::Start { record, fields } => {
                format!("{record}: {}", fields.last().unwrap().value)
            }
            LineVerdict::Continues { record } => format!("{record} goes on"),
            LineVerdict::Unmatched => "unmatched".to_owned(),
        })
        .collect();
    assert_eq!(kinds, ["unmatched", "1: one", "1 goes on", "2: two"]);
    let error = ask(FormatSpec::template("%(asctime)s %(nonsense")).unwrap_err();
    assert!(matches!(error, PreviewError::Format(_)), "{error:?}");
    probe.close();
}

/// I19: a change of format starts a new generation; what is asked in the old one is not answered with other rows.
#[test]
fn another_format_is_another_generation() {
    let dir = Dir::new();
    let written = LogGen::new(9).records(100);
    let path = dir.write("app.log", joined(&written));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 100);
    let lines = joined(&written).lines().count() as u64;
    let plain = FormatSpec::Regex {
        pattern: "(?P<message>.*)".to_owned(),
    };
    probe.source.set_format(FormatChoice::Spec(plain));
    probe.wait_for_records(1, lines);
    assert_eq!(probe.restarts(), [(RestartReason::Reread, 100)]);
    probe.source.want_rows(Wanted {
        generation: Generation(0),
        records: vec![RecordNo(3)],
    });
    probe.wait("the refusal", |probe| {
        probe.unavailable.contains(&(Generation(0), RecordNo(3)))
    });
    assert!(
        probe
            .rows
            .keys()
            .all(|(generation, _)| *generation == Generation(1))
    );
    probe.source.set_zone(Zone::Fixed(9 * 3600));
    probe.wait_for_records(2, lines);
    probe
        .source
        .set_format(FormatChoice::Spec(FormatSpec::template("%(nonsense")));
    probe.wait_for_notice("cannot be used");
    probe.close();
}

/// I15: a cancelled reading stops, keeps what it has and goes on when asked; closing joins every thread.
#[test]
fn indexing_is_cancelled_and_resumed() {
    let dir = Dir::new();
    let line = format!("2026-11-22 10:00:00,000 INFO [app] {}\n", "x".repeat(200));
    let path = dir.write("big.log", line.repeat(400_000));
    let mut probe = EngineProbe::open(quick(), generated(&path));
    probe.source.cancel_indexing();
    let stopped = |probe: &EngineProbe| {
        probe
            .state
            .as_ref()
            .is_some_and(|state| matches!(state.phase, Phase::Cancelled(_)))
    };
    probe.wait("the first records or the stop", |probe| {
        probe.state.is_some()
    });
    // The request may come before there is anything to cancel.
    probe.source.cancel_indexing();
    probe.wait("the stop", stopped);
    let before = probe.state.clone().unwrap().snapshot.len();
    assert!(before < 400_000);
    std::thread::sleep(Duration::from_millis(60));
    probe.drain();
    assert_eq!(probe.state.clone().unwrap().snapshot.len(), before);
    probe.source.resume_indexing();
    probe.wait_for_records(0, 400_000);
    probe.filter(text("nothing has this", Sense::Include));
    let start = Instant::now();
    probe.close();
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn several_logs_share_the_scan_threads_and_close_one_by_one() {
    let dir = Dir::new();
    let written = LogGen::new(10).records(5000);
    let first = dir.write("a.log", joined(&written));
    let second = dir.write("b.log", joined(&written));
    let mut probe = EngineProbe::follow(&first);
    let other = probe.engine.open(generated(&second));
    assert_ne!(other.id(), probe.source.id());
    probe.wait_for_records(0, 5000);
    probe.wait("the other", |_| {
        other
            .take_source()
            .is_some_and(|state| state.snapshot.len() == 5000)
    });
    drop(other);
    probe.filter(at_least("ERROR"));
    assert!(!probe.shown().is_empty());
    fs::remove_file(&second).unwrap();
    probe.close();
}
