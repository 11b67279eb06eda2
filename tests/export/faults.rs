//! Full disks, kills, and targets that must not be written.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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

/// Starts an export over an old file and kills it after a while, or lets it end; how long it took, and whether the new
/// file is there.
fn export_and_kill(after: Option<Duration>, expected: &str, dir: &Dir) -> (Duration, bool) {
    let out = dir.write("out", "precious");
    let started = Instant::now();
    let mut command = timberline();
    command
        .arg("print")
        .arg(dir.path("a.log"))
        .arg("--to")
        .arg(&out);
    let mut child = command.spawn().unwrap();
    if let Some(after) = after {
        std::thread::sleep(after);
        // It may have ended by itself.
        child.kill().ok();
    }
    child.wait().unwrap();
    let took = started.elapsed();
    let there = fs::read_to_string(&out).unwrap();
    let whole = there == expected;
    assert!(
        whole || there == "precious",
        "half a file: {} bytes",
        there.len()
    );
    (took, whole)
}

#[expect(clippy::print_stdout, reason = "the figures of a longer run by hand")]
#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    let rounds: u32 = std::env::var("TIMBERLINE_KILLS").map_or(40, |count| count.parse().unwrap());
    let dir = Dir::new();
    let expected = LogGen::new(1).text(20_000);
    dir.write("a.log", &expected);
    let (took, whole) = export_and_kill(None, &expected, &dir);
    assert!(whole);
    let mut random = LogGen::new(23);
    let (mut new, mut parts) = (0, 0);
    for _ in 0..rounds {
        // From the first instruction to behind the end, whatever this machine makes of it.
        let after = took.mul_f64(random.random(1_300) as f64 / 1_000.0);
        let (_, whole) = export_and_kill(Some(after), &expected, &dir);
        new += u32::from(whole);
        for name in names(&dir) {
            if name.to_string_lossy().ends_with(".part") {
                parts += 1;
                fs::remove_file(dir.path(&name.to_string_lossy())).unwrap();
            }
        }
    }
    println!("{rounds} kills: {new} new files; {parts} in the middle of writing");
}
