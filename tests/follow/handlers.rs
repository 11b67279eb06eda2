//! Real programs at the other end: the handlers of Python's `logging` that rotate, and logrotate.

#![allow(clippy::print_stdout, reason = "says what is skipped")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use timberline::engine::EngineOptions;

use super::model::{on_disk, shown};
use crate::common::dir::Dir;
use crate::common::log_gen::TEMPLATE;
use crate::common::pack::gzip;
use crate::common::probe::{EngineProbe, generated, quick};

/// Logs numbered lines through the handler that the second argument makes.
const PROGRAM: &str = r#"
import logging, logging.handlers, sys, time
path, handler, template, count, pause = sys.argv[1:]
handler = eval(handler)
handler.setFormatter(logging.Formatter(template))
log = logging.getLogger("app")
log.setLevel(logging.INFO)
log.addHandler(handler)
for n in range(int(count)):
    log.info("seq %d %s end %d", n, "x" * (n * 37 % 211), n)
    time.sleep(float(pause))
"#;

/// Starts the program; `None` where there is no Python.
fn python(log: &Path, handler: &str, count: u32, pause: &str) -> Option<Child> {
    let mut command = Command::new("python3");
    command.arg("-c").arg(PROGRAM).arg(log);
    command.args([handler, TEMPLATE, &count.to_string(), pause]);
    let child = command.stdin(Stdio::null()).spawn();
    if child.is_err() {
        println!("skipped: no python3");
    }
    child.ok()
}

fn follow(log: &Path, notify: bool) -> EngineProbe {
    let options = EngineOptions { notify, ..quick() };
    EngineProbe::open(options, generated(log))
}

/// What a folder holds is shown, once and whole; how many lines that were.
fn all_is_shown(probe: &mut EngineProbe, folder: &Path, what: &str) -> BTreeSet<u64> {
    let there = on_disk(folder);
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let shown = shown(probe);
        let lost: Vec<_> = there
            .iter()
            .filter(|n| !shown.live.contains_key(n))
            .collect();
        let twice: Vec<_> = shown.live.iter().filter(|(_, count)| **count > 1).collect();
        if lost.is_empty() && twice.is_empty() && shown.torn.is_empty() {
            return shown.live.into_keys().collect();
        }
        let late = Instant::now() > deadline;
        assert!(
            !late,
            "{what}: lost {lost:?} twice {twice:?} torn {:?}",
            shown.torn
        );
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn handlers_that_rotate_lose_nothing() {
    for (what, handler, count, pause, notify) in [
        (
            "by size",
            "logging.handlers.RotatingFileHandler(path, maxBytes=3000, backupCount=1000)",
            1500,
            "0.0003",
            false,
        ),
        (
            "by size, notified",
            "logging.handlers.RotatingFileHandler(path, maxBytes=3000, backupCount=1000)",
            1500,
            "0.0003",
            true,
        ),
        (
            "by time",
            "logging.handlers.TimedRotatingFileHandler(path, when='S', interval=1)",
            600,
            "0.005",
            false,
        ),
    ] {
        let dir = Dir::new();
        let log = dir.write("app.log", "");
        let mut probe = follow(&log, notify);
        let Some(mut child) = python(&log, handler, count, pause) else {
            return;
        };
        assert!(child.wait().unwrap().success(), "{what}");
        let shown = all_is_shown(&mut probe, dir.root(), what);
        assert_eq!(shown.len() as u32, count, "{what}");
        let state = probe.state.clone().unwrap();
        assert!(state.files > 2 && state.gaps == 0, "{what}: {state:?}");
        probe.close();
    }
}

#[test]
fn files_that_a_handler_deletes_are_shown_or_a_gap_is_told() {
    let dir = Dir::new();
    let log = dir.write("app.log", "");
    let mut probe = follow(&log, false);
    let handler = "logging.handlers.RotatingFileHandler(path, maxBytes=1500, backupCount=2)";
    let Some(mut child) = python(&log, handler, 3000, "0") else {
        return;
    };
    assert!(child.wait().unwrap().success());
    let shown = all_is_shown(&mut probe, dir.root(), "deleted");
    let gaps = probe.state.clone().unwrap().gaps;
    assert!(shown.len() == 3000 || gaps > 0, "{} lines", shown.len());
    probe.close();
}

/// Where logrotate is; most users do not have `/usr/sbin` among their folders of programs.
fn logrotate() -> Option<&'static str> {
    let places = [
        "/usr/sbin/logrotate",
        "/sbin/logrotate",
        "/usr/bin/logrotate",
    ];
    places.into_iter().find(|place| Path::new(place).exists())
}

#[test]
fn logrotate_loses_nothing_that_is_on_disk() {
    let Some(logrotate) = logrotate() else {
        println!("skipped: no logrotate");
        return;
    };
    for (way, handler) in [
        ("create", "logging.handlers.WatchedFileHandler(path)"),
        ("copytruncate", "logging.FileHandler(path)"),
        (
            "create\n compress",
            "logging.handlers.WatchedFileHandler(path)",
        ),
        (
            "create\n compress\n delaycompress",
            "logging.handlers.WatchedFileHandler(path)",
        ),
        (
            "create\n dateext\n dateformat -%Y%m%d-%s",
            "logging.handlers.WatchedFileHandler(path)",
        ),
    ] {
        let (dir, aside) = (Dir::new(), Dir::new());
        let log = dir.write("app.log", "");
        let config = format!(
            "{} {{\n rotate 1000\n missingok\n {way}\n}}\n",
            log.display()
        );
        let config = aside.write("logrotate.conf", config);
        let state = aside.path("state");
        let mut probe = follow(&log, false);
        let Some(mut child) = python(&log, handler, 1500, "0.001") else {
            return;
        };
        // With dates in seconds there is one file a second.
        let pause = if way.contains('%') { 1050 } else { 60 };
        let mut rotations = 0;
        while child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(pause));
            let mut command = Command::new(logrotate);
            command
                .args(["--force", "--state"])
                .arg(&state)
                .arg(&config);
            let output = command.output().unwrap();
            assert!(output.status.success(), "{way}: {output:?}");
            rotations += 1;
        }
        let shown = all_is_shown(&mut probe, dir.root(), way);
        // What is written between copying and truncating is lost by logrotate itself, and so is what a slow program writes
        // to a file that was read to be compressed.
        let loses = way == "copytruncate" || way.ends_with(" compress");
        let gaps = probe.state.clone().unwrap().gaps;
        let is_whole = shown.len() == 1500;
        assert!(loses || is_whole, "{way}: {}", shown.len());
        assert!(
            gaps == 0 || way == "copytruncate" || !is_whole,
            "{way}: {gaps} gaps {:#?}",
            probe.events
        );
        assert!(rotations > 1 && shown.len() > 300, "{way}: {}", shown.len());
        assert!(fs::read_dir(dir.root()).unwrap().count() > 2, "{way}");
        probe.close();
    }
}

/// Two rotations between two looks, of which the older is compressed already and the newer too.
#[test]
fn what_was_compressed_between_two_looks_is_read() {
    let dir = Dir::new();
    let line = |n: u32| format!("2026-11-22 10:00:{n:02},000 INFO [app] line {n}\n");
    let log = dir.write("app.log", line(0));
    // Old ones are not part of the stream.
    dir.write("app.log.7.gz", gzip(line(59)));
    let slow = EngineOptions {
        poll: Duration::from_millis(700),
        ..quick()
    };
    let mut probe = EngineProbe::open(slow, generated(&log));
    probe.wait_for_records(0, 1);
    for n in 1..3 {
        fs::rename(dir.path("app.log.1.gz"), dir.path("app.log.2.gz")).ok();
        let text = fs::read_to_string(&log).unwrap();
        dir.write("app.log.1.gz", gzip(&text));
        fs::remove_file(&log).unwrap();
        dir.write("app.log", line(n) + &line(n + 10));
    }
    probe.wait_for_records(0, 5);
    let lines = [0, 1, 11, 2, 12].map(|n| format!("line {n}"));
    assert_eq!(probe.all_messages(), lines);
    assert_eq!(probe.state.as_ref().unwrap().gaps, 0);
    probe.close();
}
