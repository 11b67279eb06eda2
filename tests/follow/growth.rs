//! What happens to log files while they are open, on real files.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use timberline::base::id::RecordNo;
use timberline::base::problem::Problem;
use timberline::engine::{EngineOptions, Phase, RestartReason, SourceEvent};

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::probe::{EngineProbe, detected, generated, quick};

/// A line that `LogGen`'s template matches.
fn line(message: &str) -> String {
    format!("2026-11-22 10:00:00,000 INFO [app] {message}\n")
}

fn lines(messages: &[&str]) -> String {
    messages.iter().map(|message| line(message)).collect()
}

/// Looks so seldom that only notifications can be the reason for seeing anything in time.
fn notified() -> EngineOptions {
    EngineOptions {
        poll: Duration::from_secs(3600),
        notify: true,
        scan_threads: 1,
        ..EngineOptions::default()
    }
}

#[test]
fn appended_records_show_and_a_partial_line_is_provisional() {
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1);
    dir.append("app.log", "2026-11-22 10:00:01,000 ERR");
    probe.wait("the partial line", |probe| {
        let state = probe.state.as_ref().unwrap();
        state.snapshot.indexed_bytes == state.file_len && state.file_len > line("one").len() as u64
    });
    dir.append("app.log", "OR [app] two");
    probe.wait_for_records(0, 2);
    let partial = |probe: &EngineProbe| {
        let snapshot = &probe.state.as_ref().unwrap().snapshot;
        snapshot
            .record(RecordNo(snapshot.len() - 1))
            .unwrap()
            .partial
    };
    probe.wait("the whole start", |probe| {
        partial(probe) && probe.state.as_ref().unwrap().snapshot.len() == 2
    });
    dir.append("app.log", " and more\n");
    probe.wait("the end of the line", |probe| !partial(probe));
    assert_eq!(probe.all_messages(), ["one", "two and more"]);
    dir.append("app.log", lines(&["three", "four"]));
    probe.wait_for_records(0, 4);
    assert_eq!(
        probe.all_messages(),
        ["one", "two and more", "three", "four"]
    );
    assert_eq!(probe.restarts(), []);
    probe.close();
}

/// Whatever pieces a file is written in, the index is that of the whole.
#[test]
fn any_split_gives_the_index_of_the_whole() {
    let dir = Dir::new();
    let mut log = LogGen::new(11);
    let text = log.text(300);
    let path = dir.write("app.log", "");
    let mut probe = EngineProbe::follow(&path);
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let size = (log.random(3000) as usize + 1).min(rest.len());
        let (piece, after) = rest.split_at(size);
        dir.append("app.log", piece);
        rest = after;
        std::thread::sleep(Duration::from_millis(log.random(12)));
    }
    probe.wait_for_records(0, 300);
    let grown = probe.state.clone().unwrap().snapshot.clone();
    let mut whole = EngineProbe::follow(&path);
    whole.wait_for_records(0, 300);
    let fresh = whole.state.clone().unwrap().snapshot.clone();
    for number in (0..300).map(RecordNo) {
        assert_eq!(grown.record(number), fresh.record(number));
    }
    assert_eq!(grown.stats, fresh.stats);
    whole.close();
    probe.close();
}

#[test]
fn a_logger_tree_counted_anew_is_the_tree_built_anew() {
    use timberline::query::tree::LoggerTree;
    let of = |logger: &str, level: &str| format!("2026-11-22 10:00:00,000 {level} [{logger}] x\n");
    let dir = Dir::new();
    let path = dir.write(
        "app.log",
        of("app.db.pool", "INFO") + &of("app.web", "ERROR"),
    );
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2);
    let snapshot = |probe: &EngineProbe| probe.state.as_ref().unwrap().snapshot.clone();
    let built = |probe: &EngineProbe| {
        let now = snapshot(probe);
        LoggerTree::build(&now.loggers, &now.stats, None)
    };
    let mut tree = built(&probe);
    // The root's own records, a known logger, a new one, and one that so far only had others below it.
    for (records, logger, same) in [
        (3, "app.db.pool", true),
        (4, "app.web", true),
        (5, "root", true),
        (6, "lib", false),
        (7, "app.db", false),
        (8, "lib", true),
    ] {
        dir.append("app.log", of(logger, "WARNING"));
        probe.wait_for_records(0, records);
        let now = snapshot(&probe);
        assert_eq!(
            tree.recount(&now.loggers, &now.stats, None),
            same,
            "{logger}"
        );
        if same {
            assert_eq!(tree, built(&probe), "{logger}");
            assert_eq!(tree.nodes.first().map(|root| root.total), Some(records));
        }
        tree = built(&probe);
    }
}

#[test]
fn a_deleted_file_stays_readable_until_another_takes_its_name() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two"]));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2);
    dir.remove("app.log");
    probe.wait_for_notice("deleted or renamed");
    probe.wait("the state", |probe| {
        matches!(probe.state.as_ref().unwrap().phase, Phase::Lost(_))
    });
    assert_eq!(probe.all_messages(), ["one", "two"]);
    dir.write("app.log", line("three"));
    probe.wait_for_records(0, 3);
    assert_eq!(probe.all_messages(), ["one", "two", "three"]);
    probe.close();
}

fn told(probe: &EngineProbe, of: fn(&SourceEvent) -> Option<Problem>) -> Vec<Problem> {
    probe.events.iter().filter_map(of).collect()
}

/// A file that is renamed away and back is the same file.
#[test]
fn a_file_that_comes_back_goes_on() {
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1);
    dir.rename("app.log", "away.log");
    probe.wait_for_notice("deleted or renamed");
    dir.append("away.log", line("two"));
    dir.rename("away.log", "app.log");
    probe.wait_for_notice("back");
    probe.wait_for_records(0, 2);
    let deleted = told(&probe, |event| match event {
        SourceEvent::Notice(problem) => Some(problem.clone()),
        _ => None,
    });
    let over = told(&probe, |event| match event {
        SourceEvent::Over(problem) => Some(problem.clone()),
        _ => None,
    });
    assert_eq!(over, deleted[..1], "what was told first is so no longer");
    assert_eq!(probe.all_messages(), ["one", "two"]);
    probe.close();
}

/// Without the interval, notifications alone bring appends, rotations and truncations.
#[test]
fn notifications_make_it_look_at_once() {
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let mut probe = EngineProbe::open(notified(), generated(&path));
    probe.wait_for_records(0, 1);
    dir.append("app.log", line("two"));
    probe.wait_for_records(0, 2);
    dir.rename("app.log", "app.log.1");
    dir.write("app.log", line("three"));
    probe.wait_for_records(0, 3);
    dir.append("app.log", line("four"));
    probe.wait_for_records(0, 4);
    dir.truncate("app.log", 0);
    probe.wait_for_notice("truncated");
    probe.close();
}

#[test]
fn a_missing_file_is_told_and_shown_when_it_appears() {
    let dir = Dir::new();
    let path = dir.path("later.log");
    let mut probe = EngineProbe::follow(&path);
    let lost = |probe: &EngineProbe, words: &str| match &probe.state.as_ref().unwrap().phase {
        Phase::Lost(problem) => {
            problem.to_string().contains(words) && problem.path.as_deref() == Some(&path)
        }
        _ => false,
    };
    probe.wait("the state", |probe| probe.state.is_some());
    assert!(lost(&probe, "does not exist"), "{:?}", probe.state);
    dir.write("later.log", lines(&["one", "two"]));
    probe.wait_for_records(0, 2);
    assert_eq!(probe.all_messages(), ["one", "two"]);
    probe.close();
}

#[test]
fn a_folder_is_no_log() {
    let dir = Dir::new();
    let mut probe = EngineProbe::follow(dir.root());
    probe.wait("the state", |probe| {
        matches!(probe.state.as_ref().map(|state| &state.phase), Some(Phase::Lost(problem))
            if problem.to_string().contains("folder"))
    });
    probe.close();
}

#[cfg(unix)]
#[test]
fn a_socket_is_no_log() {
    let dir = Dir::new();
    let path = dir.path("socket");
    let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let mut probe = EngineProbe::follow(&path);
    probe.wait("the state", |probe| {
        matches!(probe.state.as_ref().map(|state| &state.phase), Some(Phase::Lost(problem))
            if problem.to_string().contains("socket"))
    });
    probe.close();
}

/// Root may read everything, so where the tests run as root there is nothing to see.
#[cfg(unix)]
#[test]
fn a_file_without_permission_is_told_and_shown_when_allowed() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let allow = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    if fs::read(&path).is_ok() {
        return;
    }
    let mut probe = EngineProbe::follow(&path);
    probe.wait("the state", |probe| {
        matches!(probe.state.as_ref().map(|state| &state.phase), Some(Phase::Lost(problem))
            if problem.to_string().contains("permission"))
    });
    allow(0o644);
    probe.wait_for_records(0, 1);
    probe.close();
}

#[test]
fn an_empty_file_is_read_in_the_format_of_what_comes() {
    let dir = Dir::new();
    let path = dir.write("app.log", "");
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 0);
    let json = r#"{"timestamp": "2026-11-22T10:00:00Z", "level": "ERROR", "logger": "app", "message": "one"}"#;
    dir.append("app.log", format!("{json}\n{json}\n"));
    probe.wait("the format", |probe| {
        let state = probe.state.as_ref().unwrap();
        state.snapshot.len() == 2 && state.format.spec.to_string().contains("json")
    });
    let generation = probe.state.as_ref().unwrap().snapshot.generation.0;
    probe.wait_for_records(generation, 2);
    assert_eq!(probe.restarts().len(), generation as usize);
    probe.close();
}

#[test]
fn utf16_is_followed_too() {
    let dir = Dir::new();
    let encode =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let path = dir.write(
        "app.log",
        [vec![0xff, 0xfe], encode(&lines(&["하나", "둘"]))].concat(),
    );
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2);
    dir.append("app.log", encode(&line("셋")));
    probe.wait_for_records(0, 3);
    assert_eq!(probe.all_messages(), ["하나", "둘", "셋"]);
    dir.rename("app.log", "app.log.1");
    dir.write("app.log", [vec![0xff, 0xfe], encode(&line("넷"))].concat());
    probe.wait_for_records(0, 4);
    assert_eq!(probe.all_messages(), ["하나", "둘", "셋", "넷"]);
    dir.write(
        "app.log",
        [vec![0xff, 0xfe], encode(&line("다섯"))].concat(),
    );
    // The row of what was written over stays, marked.
    probe.wait_for_records(0, 5);
    assert_eq!(probe.messages([0, 1, 2, 4]), ["하나", "둘", "셋", "다섯"]);
    probe.close();
}

#[test]
fn reload_reads_from_the_start() {
    let dir = Dir::new();
    let path = dir.write("app.log", lines(&["one", "two"]));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 2);
    probe.source.reload();
    probe.wait_for_records(1, 2);
    assert_eq!(probe.restarts(), [(RestartReason::Reloaded, 2)]);
    assert_eq!(probe.all_messages(), ["one", "two"]);
    probe.close();
}

/// Another process appends numbered lines in torn writes while we read: none is lost, doubled or torn.
#[cfg(unix)]
#[test]
fn a_busy_writer_is_followed_without_loss() {
    const LINES: u64 = 20_000;
    let dir = Dir::new();
    let path = dir.write("app.log", "");
    let script = format!(
        r#"awk 'BEGIN {{ for (i = 0; i < {LINES}; i++) {{
            printf "2026-11-22 10:00:00,000 INFO [app] number "; if (i % 50 == 0) {{ fflush(); system("") }}
            printf "%08d end\n", i }} }}' >> "$0""#
    );
    let mut writer = Command::new("sh")
        .args(["-c", &script])
        .arg(&path)
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let options = EngineOptions {
        notify: true,
        ..quick()
    };
    let mut probe = EngineProbe::open(options, generated(&path));
    probe.wait("all lines", |probe| {
        probe
            .state
            .as_ref()
            .is_some_and(|state| state.snapshot.len() == LINES)
    });
    assert!(writer.wait().unwrap().success());
    probe.wait_for_records(0, LINES);
    assert_eq!(probe.restarts(), []);
    for (number, message) in probe.all_messages().into_iter().enumerate() {
        assert_eq!(message, format!("number {number:08} end"));
    }
    probe.close();
}

#[test]
fn more_notifications_than_the_system_keeps_lose_nothing() {
    let dir = Dir::new();
    let path = dir.write("app.log", line("first"));
    let options = EngineOptions {
        notify: true,
        ..quick()
    };
    let mut probe = EngineProbe::open(options, generated(&path));
    probe.wait_for_records(0, 1);
    let other = dir.path("other.log");
    for round in 0..4 {
        // Linux keeps 16,384 events.
        for _ in 0..2000 {
            fs::write(&other, "x").unwrap();
        }
        dir.append("app.log", line(&format!("round {round}")));
    }
    probe.wait_for_records(0, 5);
    probe.close();
}
