//! `print --follow` on files that grow, are cut and are rotated.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use super::{FORMAT, timberline};
use crossbeam_channel::{Receiver, unbounded};

use crate::common::dir::Dir;

/// A running `print --follow` whose lines arrive on a channel.
struct Follower {
    child: Child,
    lines: Receiver<String>,
}

impl Follower {
    fn start(dir: &Dir) -> Self {
        let mut child = timberline()
            .args(["print", "--follow", "--format", FORMAT])
            .arg(dir.path("a.log"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = unbounded();
        thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || {
                output
                    .lines()
                    .map_while(Result::ok)
                    .try_for_each(|line| sender.send(line))
            })
            .unwrap();
        Self { child, lines }
    }

    fn expect(&self, part: &str) {
        let line = self.lines.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(line.contains(part), "{line} instead of {part}");
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn line(message: &str) -> String {
    format!("2026-11-22 10:00:00,000 INFO app: {message}\n")
}

#[test]
fn growth_rotation_and_truncation() {
    let dir = Dir::new();
    dir.write("a.log", line("one"));
    let follower = Follower::start(&dir);
    follower.expect("one");
    dir.append("a.log", line("two") + "  continued\n");
    follower.expect("two");
    follower.expect("continued");

    // What was written just before the renaming is not lost.
    dir.append("a.log", line("three"));
    dir.rename("a.log", "a.log.1");
    dir.append("a.log.1", line("four"));
    dir.write("a.log", line("five"));
    follower.expect("three");
    follower.expect("four");
    follower.expect("five");

    dir.append(
        "a.log",
        line("a line that is longer than the next content of the file"),
    );
    follower.expect("a line");
    dir.write("a.log", line("six"));
    follower.expect("six");
}

#[test]
fn a_slow_traceback_and_a_half_line_are_printed_whole_and_once() {
    let dir = Dir::new();
    dir.write("a.log", line("one"));
    let follower = Follower::start(&dir);
    // Printed because nothing came for a while; then it goes on after all.
    follower.expect("one");
    dir.append("a.log", "Traceback (most recent call last):\n");
    follower.expect("Traceback");
    dir.append("a.log", "ValueError: slow\n");
    follower.expect("ValueError: slow");

    // A line without its end is not printed, however long it takes.
    let two = line("two halves");
    let (start, rest) = two.split_at(two.len() - 7);
    dir.append("a.log", start);
    assert!(
        follower
            .lines
            .recv_timeout(Duration::from_millis(1_200))
            .is_err()
    );
    dir.append("a.log", rest);
    follower.expect("two halves");
    dir.append("a.log", line("three"));
    follower.expect("three");
}
