//! What is no plain file: compressed logs and pipes.

use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use crossbeam_channel::unbounded;

use super::{FORMAT, LOG, json, run, timberline, with_log};
use crate::common::dir::Dir;
use crate::common::pack::gzip;

#[test]
fn a_compressed_log_reads_as_the_log_whatever_it_is_called() {
    let dir = Dir::new();
    dir.write("a.log", gzip(LOG.as_bytes()));
    assert_eq!(super::print(&dir, &[]), LOG);
    let errors = super::print(&dir, &["--level", "error"]);
    assert!(
        errors.contains("query") && !errors.contains("ready"),
        "{errors}"
    );
}

#[test]
fn rotated_files_are_read_before_the_log() {
    let dir = Dir::new();
    let (older, newer) = LOG.split_at(LOG.find('\n').unwrap() + 1);
    dir.write("a.log.1.gz", gzip(older.as_bytes()));
    dir.write("a.log", newer);
    assert_eq!(super::print(&dir, &["--rotated"]), LOG);
    assert_eq!(super::print(&dir, &[]), newer);
}

#[test]
fn a_damaged_one_reads_as_far_as_it_goes_and_says_so() {
    let dir = Dir::new();
    let text = LOG.repeat(3000);
    let packed = gzip(text.as_bytes());
    dir.write("a.log", &packed[..packed.len() / 2]);
    let path = dir.path("a.log").display().to_string();
    let output = run(["print", "--format", FORMAT, &path]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with(printed.trim_end()) && !printed.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("could not be read to its end"), "{said}");
}

#[test]
fn a_pipe_is_printed_as_it_comes() {
    let mut child = timberline()
        .args(["print", "--format", FORMAT, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let stdout = child.stdout.take().unwrap();
    let (sender, lines) = unbounded();
    let reader = std::thread::Builder::new();
    let read = reader.spawn(move || {
        for line in std::io::BufRead::lines(std::io::BufReader::new(stdout)) {
            sender.send(line.unwrap()).unwrap();
        }
    });
    read.unwrap();
    for line in LOG.lines().take(3) {
        writeln!(stdin, "{line}").unwrap();
    }
    // While the pipe is open.
    for line in LOG.lines().take(3) {
        assert_eq!(lines.recv_timeout(Duration::from_secs(30)).unwrap(), line);
    }
    for line in LOG.lines().skip(3) {
        writeln!(stdin, "{line}").unwrap();
    }
    drop(stdin);
    let rest: Vec<String> = lines.iter().collect();
    assert_eq!(rest, LOG.lines().skip(3).collect::<Vec<_>>());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_pipe_is_counted_at_its_end() {
    let dir = with_log();
    let log = std::fs::File::open(dir.path("a.log")).unwrap();
    let output = timberline()
        .args(["stats", "--json", "--format", FORMAT, "-"])
        .stdin(log)
        .output()
        .unwrap();
    let stats = json(String::from_utf8(output.stdout).unwrap().trim_end());
    assert_eq!((&stats["records"], &stats["lines"]), (&5.into(), &7.into()));
}

#[cfg(unix)]
#[test]
fn what_a_command_prints_is_printed_and_filtered() {
    let dir = with_log();
    let path = dir.path("a.log").display().to_string();
    let options = ["print", "--format", FORMAT, "--level", "error", "--", "cat"];
    let output = run(options.iter().copied().chain([&*path]));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains("query") && !printed.contains("ready"),
        "{printed}"
    );
    assert!(output.status.success());
    // Both outputs, and how it ended.
    let script = "echo one; echo two >&2; exit 3";
    let output = run(["print", "--format", "plain", "--", "sh", "-c", script]);
    let mut lines: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    lines.sort_unstable();
    assert_eq!(lines, ["one", "two"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("The command exited with 3"), "{said}");
    assert_eq!(output.status.code(), Some(2));
    let missing = run(["print", "--", "/no/such/program"]);
    assert_eq!(missing.status.code(), Some(2));
}

/// More than the buffers on the way hold, of every byte there is.
#[test]
fn nothing_of_a_pipe_is_lost() {
    let mut bytes = Vec::new();
    for n in 0..400_000_u32 {
        let mixed = n.wrapping_mul(2_654_435_761).to_le_bytes();
        bytes.extend_from_slice(&mixed);
        bytes.extend_from_slice(b" some text that goes on\n");
    }
    let mut child = timberline()
        .args(["print", "--format", "plain", "--encoding", "utf-8", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let sent = bytes.clone();
    let writer = std::thread::Builder::new().name("writer".to_owned());
    let writer = writer.spawn(move || stdin.write_all(&sent).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.unwrap().join().unwrap();
    assert!(output.stdout == bytes, "{} bytes", output.stdout.len());
}

/// The folders of spools in the temporary folder of a test.
#[cfg(unix)]
fn spools(temp: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(temp).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[cfg(unix)]
#[test]
fn what_a_killed_program_left_is_removed_at_the_next_start() {
    let dir = with_log();
    let temp = dir.path("temp");
    std::fs::create_dir(&temp).unwrap();
    let start = || {
        let mut child = timberline()
            .args(["print", "--format", FORMAT, "-"])
            .env("TMPDIR", &temp)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.as_ref().unwrap(), "a line").unwrap();
        let mut line = String::new();
        let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
        std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
        (child, stdout)
    };
    let (mut killed, _out) = start();
    let (mut alive, _also) = start();
    assert_eq!(spools(&temp).len(), 2);
    killed.kill().unwrap();
    killed.wait().unwrap();
    // Both are old enough to be judged.
    let then = std::time::SystemTime::now() - Duration::from_secs(600);
    for folder in spools(&temp) {
        let lock = std::fs::File::open(folder.join("lock")).unwrap();
        lock.set_modified(then).unwrap();
    }
    dir.write("b.log", gzip(LOG.as_bytes()));
    let next = timberline()
        .args(["print", "--format", FORMAT])
        .arg(dir.path("b.log"))
        .env("TMPDIR", &temp)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(next.stdout).unwrap(), LOG);
    assert_eq!(spools(&temp).len(), 1, "that of the living one stays");
    drop(alive.stdin.take());
    alive.wait().unwrap();
    assert!(spools(&temp).is_empty(), "and goes with it");
}
