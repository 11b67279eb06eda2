//! Rotation, truncation, replacement: a followed log is one stream, whatever happens to its files.

use std::fs;
use std::io::Write;
use std::time::Duration;

use timberline::base::id::{Generation, RecordNo};
use timberline::engine::{EngineOptions, OpenSpec, RestartReason, SourceEvent, TurnReason, Wanted};

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::probe::{EngineProbe, generated, quick};

/// A line that `LogGen`'s template matches.
fn line(message: &str) -> String {
    format!("2026-11-22 10:00:00,000 INFO [app] {message}\n")
}

fn lines(messages: &[&str]) -> String {
    messages.iter().map(|message| line(message)).collect()
}

/// Rows stay after a truncation, and those whose bytes nothing holds any more are marked.
#[test]
fn after_a_truncation_rows_stay_and_are_marked_as_gone() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two", "three"]));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 3);
    dir.truncate("app.log", 0);
    probe.wait_for_notice("truncated");
    dir.append("app.log", line("four"));
    probe.wait_for_records(0, 4);
    assert_eq!(probe.state.as_ref().unwrap().gaps, 1);
    assert_eq!(probe.messages([3]), ["four"]);
    probe.source.want_rows(Wanted {
        generation: Generation(0),
        records: (0..4).map(RecordNo).collect(),
    });
    probe.wait("the refusal", |probe| probe.unavailable.len() == 3);
    assert_eq!(probe.rows.len(), 1);
    probe.close();
}

/// Rows that are gone from one truncation do not pile up: the next one drops them.
#[test]
fn a_second_truncation_starts_anew() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two"]));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2);
    dir.write("app.log", line("three"));
    probe.wait_for_records(0, 3);
    dir.write("app.log", "");
    probe.wait_for_records(1, 0);
    dir.append("app.log", line("four"));
    probe.wait_for_records(1, 1);
    assert_eq!(probe.restarts(), [(RestartReason::Truncated, 3)]);
    assert_eq!(probe.all_messages(), ["four"]);
    let advised = probe.events.iter().filter(
        |event| matches!(event, SourceEvent::Notice(problem) if problem.hint.contains("F5")),
    );
    assert_eq!(
        advised.count(),
        1,
        "no rows are left for which F5 would do anything"
    );
    probe.close();
}

/// Lines written just before the rotation are read from the old file before the new one is turned to, and all stay.
#[test]
fn rotation_drains_the_old_file_first() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two"]));
    let options = EngineOptions {
        poll: Duration::from_millis(150),
        ..quick()
    };
    let mut probe = EngineProbe::open(options, generated(&path));
    probe.wait_for_records(0, 2);
    let mut expected = vec!["one", "two"];
    for round in 0..3 {
        dir.append("app.log", lines(&["late 1", "late 2", "late 3"]));
        dir.rename("app.log", &format!("app.log.{round}"));
        dir.write("app.log", lines(&["new 1", "new 2"]));
        expected.extend(["late 1", "late 2", "late 3", "new 1", "new 2"]);
        probe.wait_for_records(0, expected.len() as u64);
        assert_eq!(probe.all_messages(), expected);
    }
    probe.wait_for_notice("rotated");
    let state = probe.state.clone().unwrap();
    assert_eq!((state.files, state.gaps), (4, 0));
    assert_eq!(probe.restarts(), []);
    probe.close();
}

/// Several rotations between two looks, by each scheme of names: every file on the way is read, the oldest first.
#[test]
fn files_that_came_and_went_between_two_looks_are_read() {
    type Shift = fn(&Dir, u32);
    let numbered: Shift = |dir, _| {
        for number in (1..9).rev() {
            let from = format!("app.log.{number}");
            if dir.path(&from).exists() {
                dir.rename(&from, &format!("app.log.{}", number + 1));
            }
        }
        dir.rename("app.log", "app.log.1");
    };
    let dated: Shift = |dir, day| dir.rename("app.log", &format!("app.log.2026-11-{day:02}"));
    let loguru: Shift = |dir, day| {
        dir.rename(
            "app.log",
            &format!("app.2026-11-{day:02}_00-00-00_000000.log"),
        );
    };
    let copied: Shift = |dir, day| {
        dir.copy("app.log", &format!("app.log-202611{day:02}"));
        dir.truncate("app.log", 0);
    };
    for (name, shift) in [
        ("numbered", numbered),
        ("dated", dated),
        ("loguru", loguru),
        ("copied", copied),
    ] {
        let dir = Dir::new();
        // These were there before and are not part of what is followed.
        dir.write("app.log.2", line("ancient"));
        dir.write("app.log.2026-10-01", line("ancient too"));
        let path = dir.write("app.log", line("0 before"));
        let options = EngineOptions {
            poll: Duration::from_millis(400),
            ..quick()
        };
        let mut probe = EngineProbe::open(options, generated(&path));
        probe.wait_for_records(0, 1);
        let mut expected = vec!["0 before".to_owned()];
        for day in 1..5 {
            let message = format!("{day} in the file");
            dir.append("app.log", line(&message));
            expected.push(message);
            shift(&dir, day);
            dir.append("app.log", "");
        }
        dir.append("app.log", line("the end"));
        expected.push("the end".to_owned());
        probe.wait("everything", |probe| {
            probe.state.as_ref().unwrap().snapshot.len() == expected.len() as u64
        });
        assert_eq!(probe.all_messages(), expected, "{name}");
        assert_eq!(probe.state.as_ref().unwrap().gaps, 0, "{name}");
        probe.close();
    }
}

/// A writer that has not noticed the rotation goes on in the old file: its lines come when they come, in whole.
#[test]
fn late_lines_in_a_rotated_file_are_shown() {
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1);
    let mut late = dir.appender("app.log");
    dir.rename("app.log", "app.log.1");
    dir.write("app.log", line("two"));
    probe.wait_for_records(0, 2);
    late.write_all(line("late").as_bytes()).unwrap();
    probe.wait_for_records(0, 3);
    late.write_all(b"2026-11-22 10:00:00,000 INFO [app] in two")
        .unwrap();
    dir.append("app.log", line("three"));
    probe.wait_for_records(0, 4);
    late.write_all(b" pieces\n").unwrap();
    probe.wait_for_records(0, 5);
    dir.append("app.log", line("four"));
    probe.wait_for_records(0, 6);
    assert_eq!(
        probe.all_messages(),
        ["one", "two", "late", "three", "in two pieces", "four"]
    );
    probe.close();
}

/// logrotate's copytruncate: the copy has what was not read yet, and keeps the rows readable.
#[test]
fn a_copy_takes_over_what_was_truncated() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two", "three"]));
    let options = EngineOptions {
        poll: Duration::from_millis(300),
        ..quick()
    };
    let mut probe = EngineProbe::open(options, generated(&path));
    probe.wait_for_records(0, 3);
    dir.append("app.log", line("unseen"));
    dir.copy("app.log", "app.log.1");
    dir.truncate("app.log", 0);
    dir.append("app.log", line("four"));
    probe.wait_for_records(0, 5);
    assert_eq!(
        probe.all_messages(),
        ["one", "two", "three", "unseen", "four"]
    );
    assert_eq!(probe.state.as_ref().unwrap().gaps, 0);
    probe.close();
}

#[cfg(unix)]
#[test]
fn a_switched_symlink_leads_to_the_other_file() {
    let dir = Dir::new();
    dir.write("monday.log", lines(&["one", "two"]));
    dir.write("tuesday.log", line("three"));
    let link = dir.path("current.log");
    std::os::unix::fs::symlink("monday.log", &link).unwrap();
    let mut probe = EngineProbe::follow(&link);
    probe.wait_for_records(0, 2);
    std::os::unix::fs::symlink("tuesday.log", dir.path("next")).unwrap();
    dir.rename("next", "current.log");
    probe.wait_for_records(0, 3);
    dir.append("tuesday.log", line("four"));
    probe.wait_for_records(0, 4);
    assert_eq!(probe.all_messages(), ["one", "two", "three", "four"]);
    // Back again: what is there already is not read twice.
    dir.append("monday.log", line("five"));
    probe.wait_for_records(0, 5);
    std::os::unix::fs::symlink("monday.log", dir.path("next")).unwrap();
    dir.rename("next", "current.log");
    dir.append("monday.log", line("six"));
    probe.wait_for_records(0, 6);
    assert_eq!(probe.messages([4, 5]), ["five", "six"]);
    probe.close();
}

#[test]
fn the_folder_may_be_removed_and_made_again() {
    let dir = Dir::new();
    fs::create_dir(dir.path("logs")).unwrap();
    let path = dir.write("logs/app.log", line("one"));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1);
    fs::remove_dir_all(dir.path("logs")).unwrap();
    probe.wait_for_notice("deleted or renamed");
    fs::create_dir(dir.path("logs")).unwrap();
    dir.write("logs/app.log", lines(&["two", "three"]));
    probe.wait_for_records(0, 3);
    assert_eq!(probe.all_messages(), ["one", "two", "three"]);
    probe.close();
}

/// The same with rotation by renaming, in bursts, while the writer still holds the old file for a moment.
#[test]
fn a_rotating_writer_loses_nothing() {
    let dir = Dir::new();
    let path = dir.write("app.log", "");
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 0);
    let mut log = LogGen::new(12);
    for round in 0..12_u64 {
        let mut file = dir.appender("app.log");
        for _ in 0..20 {
            file.write_all(log.record().text.as_bytes()).unwrap();
        }
        dir.rename("app.log", &format!("app.log.{round}"));
        file.write_all(log.record().text.as_bytes()).unwrap();
        dir.write("app.log", "");
        probe.wait_for_records(0, (round + 1) * 21);
    }
    assert_eq!(probe.restarts(), []);
    probe.close();
}

/// I11: once the change is noticed, rows that are gone are refused, never made of other bytes.
#[test]
fn old_rows_are_refused_after_a_change() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two", "three"]));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 3);
    dir.write("app.log", lines(&["uno", "dos", "tres", "cuatro"]));
    probe.wait_for_records(0, 7);
    probe.source.want_rows(Wanted {
        generation: Generation(0),
        records: vec![RecordNo(1)],
    });
    probe.wait("the refusal", |probe| {
        probe.unavailable.contains(&(Generation(0), RecordNo(1)))
    });
    assert!(!probe.rows.contains_key(&(Generation(0), RecordNo(1))));
    assert_eq!(probe.messages(3..7), ["uno", "dos", "tres", "cuatro"]);
    probe.source.reload();
    probe.wait_for_records(1, 4);
    assert_eq!(probe.all_messages(), ["uno", "dos", "tres", "cuatro"]);
    probe.close();
}

/// The rewritten file is longer than the old one, so that its length alone looks like an append.
#[test]
fn a_rewrite_is_not_taken_for_an_append() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two"]));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2);
    dir.write("app.log", lines(&["eins", "zwei", "drei", "vier"]));
    probe.wait_for_records(0, 6);
    assert_eq!(probe.messages(2..6), ["eins", "zwei", "drei", "vier"]);
    probe.close();
}

/// The record behind each place where the log went on, the reason, and whether something may be missing.
fn seams(probe: &EngineProbe) -> Vec<(u64, TurnReason, bool)> {
    let seams = probe.state.as_ref().unwrap().seams.iter();
    seams
        .map(|seam| (seam.record.0, seam.reason, seam.gap))
        .collect()
}

#[test]
fn the_record_behind_a_rotation_is_known_in_any_encoding() {
    for encoding in ["utf-8", "euc-kr", "utf-16le"] {
        let dir = Dir::new();
        let encode = |text: &str| match encoding {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "euc-kr" => encoding_rs::EUC_KR.encode(text).0.into_owned(),
            _ => text.as_bytes().to_vec(),
        };
        let path = dir.write("app.log", encode(&lines(&["하나", "둘"])));
        let spec = OpenSpec {
            encoding: Some(encoding.parse().unwrap()),
            ..generated(&path)
        };
        let mut probe = EngineProbe::open(quick(), spec);
        probe.wait_for_records(0, 2);
        assert_eq!(seams(&probe), []);
        dir.rename("app.log", "app.log.1");
        dir.write("app.log", encode(&lines(&["셋", "넷"])));
        probe.wait_for_records(0, 4);
        let rotated = (2, TurnReason::Rotated, false);
        assert_eq!(seams(&probe), [rotated], "{encoding}");
        // The same bytes, read anew, have the same seams.
        probe.source.reread();
        probe.wait_for_records(1, 4);
        assert_eq!(seams(&probe), [rotated], "{encoding}");
        dir.truncate("app.log", 0);
        probe.wait_for_notice("truncated");
        dir.append("app.log", encode(&line("다섯")));
        probe.wait_for_records(1, 5);
        let cut = (4, TurnReason::Truncated, true);
        assert_eq!(seams(&probe), [rotated, cut], "{encoding}");
        // What is gone is left out when the rest is read anew.
        probe.source.reread();
        probe.wait_for_records(2, 3);
        let cut = (2, TurnReason::Truncated, true);
        assert_eq!(seams(&probe), [cut], "{encoding}");
        probe.close();
    }
}
