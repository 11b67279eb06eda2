//! Full disks, kills, and targets that must not be written.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{names, print_to, refusal, timberline};
use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;

#[cfg(unix)]
#[test]
fn a_log_that_is_read_is_never_the_target() {
    let dir = Dir::new();
    let text = LogGen::new(1).text(50);
    let log = dir.write("a.log", &text);
    let (link, hard) = (dir.path("link"), dir.path("hard"));
    std::os::unix::fs::symlink(&log, &link).unwrap();
    fs::hard_link(&log, &hard).unwrap();
    let dotted = dir.root().join(".").join("a.log");
    for target in [&log, &link, &hard, &dotted] {
        let told = refusal(&print_to(&log, target, &[]));
        assert!(told.contains("a log that is being read"), "{told}");
    }
    // Through a descriptor of the program's own, and through standard input.
    let open = || Stdio::from(fs::File::open(&log).unwrap());
    let args = ["print", "-", "--to"];
    for target in [PathBuf::from("/proc/self/fd/0"), log.clone()] {
        let output = timberline().args(args).arg(target).stdin(open()).output();
        let told = refusal(&output.unwrap());
        assert!(told.contains("a log that is being read"), "{told}");
    }
    assert_eq!(fs::read_to_string(&log).unwrap(), text);
    assert_eq!(names(&dir).len(), 3);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    let dir = Dir::new();
    let log = dir.write("a.log", "x\n");
    for (target, words) in [
        (PathBuf::from("/dev/full"), "This is not a file"),
        (dir.root().to_owned(), "This is not a file"),
        (dir.path("no/such/x"), "There is no such folder"),
    ] {
        let told = refusal(&print_to(&log, &target, &[]));
        assert!(told.contains(words), "{told}");
    }
    assert_eq!(names(&dir).len(), 1);
}

/// Runs in a shell in which files may have 64 KiB: as on a full disk, a write fails in the middle.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let dir = Dir::new();
    let log = dir.write("a.log", LogGen::new(1).text(5_000));
    let out = dir.write("out", "precious");
    for form in ["text", "jsonl", "csv"] {
        let script =
            "trap '' XFSZ; ulimit -f 128; exec \"$0\" print \"$1\" --to \"$2\" --output \"$3\"";
        let mut shell = Command::new("sh");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_timberline")]);
        let told = refusal(&shell.args([&log, &out]).arg(form).output().unwrap());
        assert!(told.contains("The file may not get any larger"), "{told}");
        assert!(
            told.contains("65536 bytes were written and removed again"),
            "{told}"
        );
        assert_eq!(fs::read(&out).unwrap(), b"precious");
        assert_eq!(names(&dir).len(), 2);
    }
}

/// The child is killed at some moment of its work: the target is the old file or the new one.
fn kill_at(millis: f64, expected: &str, dir: &Dir) -> bool {
    let out = dir.write("out", "precious");
    let mut command = timberline();
    command
        .arg("print")
        .arg(dir.path("a.log"))
        .arg("--to")
        .arg(&out);
    let mut child = command.spawn().unwrap();
    std::thread::sleep(Duration::from_secs_f64(millis / 1000.0));
    // It may have ended by itself.
    child.kill().ok();
    child.wait().unwrap();
    let there = fs::read_to_string(&out).unwrap();
    let whole = there == expected;
    assert!(
        whole || there == "precious",
        "half a file: {} bytes",
        there.len()
    );
    for name in names(dir) {
        if name.to_string_lossy().ends_with(".part") {
            fs::remove_file(dir.path(&name.to_string_lossy())).unwrap();
        }
    }
    whole
}

#[expect(clippy::print_stdout, reason = "the figures of a longer run by hand")]
#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    let rounds = std::env::var("TIMBERLINE_KILLS").map_or(40, |count| count.parse().unwrap());
    let dir = Dir::new();
    let expected = LogGen::new(1).text(60_000);
    dir.write("a.log", &expected);
    let mut whole = 0;
    for round in 0..rounds {
        // From the first instruction to behind the end, whatever this machine makes of it.
        let millis = f64::from(round % 100) * if round % 2 == 0 { 0.7 } else { 4.1 };
        whole += u32::from(kill_at(millis, &expected, &dir));
    }
    println!(
        "{rounds} kills: {whole} new files, {} old ones",
        rounds as u32 - whole
    );
    // One that is left alone is there.
    assert!(kill_at(3_000.0, &expected, &dir));
}
