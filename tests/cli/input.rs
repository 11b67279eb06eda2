//! What is no plain file: compressed logs and pipes.

use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use crossbeam_channel::unbounded;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{FORMAT, LOG, json, run, timberline, with_log};
use crate::common::dir::Dir;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

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
