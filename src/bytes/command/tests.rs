//! Programs and what they print.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::*;
use crate::base::origin::CommandLine;
use crate::bytes::control::Control;

fn line(words: &[&str]) -> CommandLine {
    CommandLine(words.iter().map(|word| (*word).to_owned()).collect())
}

fn run_it(words: &[&str]) -> (String, Option<Ended>) {
    let (mut out, mut how) = (Vec::new(), None);
    let control = Control::default();
    run(&line(words), Group::Own, &control, &mut out, |ended| {
        how = Some(ended);
    })
    .unwrap();
    (String::from_utf8(out).unwrap(), how)
}

#[test]
fn both_outputs_are_collected_and_the_end_is_told() {
    let (text, how) = run_it(&["sh", "-c", "echo one; echo two >&2; printf three; exit 3"]);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["one", "three", "two"]);
    assert_eq!(how, Some(Ended::Exited(3)));
    assert_eq!(Ended::Exited(3).to_string(), "exited with 3");
    let (_, how) = run_it(&["sh", "-c", "kill -9 $$"]);
    assert_eq!(how, Some(Ended::Killed(9)));
    assert_eq!(Ended::Killed(9).to_string(), "killed by signal 9");
}

#[test]
fn no_shell_reads_the_command() {
    let (text, _) = run_it(&["echo", "$HOME; echo no", "*"]);
    assert_eq!(text, "$HOME; echo no *\n");
}

#[test]
fn lines_come_in_order_and_whole_while_both_print() {
    let script = "for i in 1 2 3 4 5 6 7 8 9; do printf 'out '; printf 'err ' >&2; echo $i; echo $i >&2; done";
    let (text, _) = run_it(&["sh", "-c", script]);
    for stream in ["out", "err"] {
        let own = text.lines().filter(|line| line.starts_with(stream));
        let expected: Vec<String> = (1..10).map(|i| format!("{stream} {i}")).collect();
        assert_eq!(own.collect::<Vec<_>>(), expected);
    }
    assert_eq!(text.lines().count(), 18);
}

#[test]
fn what_is_not_there_is_an_error() {
    let control = Control::default();
    let missing = line(&["/no/such/program"]);
    let error = run(&missing, Group::Own, &control, &mut Vec::new(), |_| {}).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    let empty = run(&line(&[]), Group::Own, &control, &mut Vec::new(), |_| {});
    assert!(empty.is_err());
}

fn thread<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> std::thread::JoinHandle<T> {
    let builder = std::thread::Builder::new().name(name.to_owned());
    builder.spawn(work).unwrap()
}

/// Hands out what was written.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether a process is there and not just waiting to be buried.
fn is_alive(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ")
        .next()
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
}

#[cfg(target_os = "linux")]
#[test]
fn a_stopped_program_ends_with_all_that_it_started() {
    // The second is deaf to being asked.
    for script in [
        "sleep 100 & echo $!; echo $$; wait",
        "trap '' TERM; sleep 100 & echo $!; echo $$; while :; do wait; done",
    ] {
        let (control, out) = (Control::default(), Shared::default());
        let (stop, mut sink) = (control.clone(), out.clone());
        let program = line(&["sh", "-c", script]);
        let runner = thread("runner", move || {
            run(&program, Group::Own, &control, &mut sink, |_| {})
        });
        let start = Instant::now();
        let pids = loop {
            let text = String::from_utf8(out.0.lock().unwrap().clone()).unwrap();
            if text.lines().count() == 2 {
                break text;
            }
            assert!(start.elapsed() < Duration::from_secs(20));
            std::thread::sleep(Duration::from_millis(5));
        };
        assert!(pids.lines().all(is_alive), "{pids}");
        stop.stop.cancel();
        runner.join().unwrap().unwrap();
        let gone = Instant::now();
        while pids.lines().any(is_alive) {
            assert!(gone.elapsed() < Duration::from_secs(20), "{pids}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
