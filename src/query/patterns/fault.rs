//! What was raised, as far as it makes two tracebacks the same: the type and the calls of the program's own.

use crate::format::trace::{Frame, Line, Owner, Raised, Trace};

/// Calls that a fingerprint names.
pub(super) const MOST_CALLS: usize = 5;

/// Longest message of an exception that is kept, in characters.
const LONGEST_MESSAGE: usize = 300;

/// An exception that came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The types that were raised, as the trace names them; the one that came out first.
    pub kinds: Vec<String>,
    /// `ValueError in db.py:connect < api.py:handle`: the type that came out, and the own calls that led to it, innermost
    /// first, without lines. Where none is the program's own, the innermost.
    pub fingerprint: String,
    /// The type and message that came out.
    pub message: String,
}

impl Fault {
    /// Reads a message; `None` if there is no trace in it.
    #[must_use]
    pub fn read(message: &str) -> Option<Self> {
        let trace = Trace::read(message)?;
        let lines: Vec<&str> = message.lines().collect();
        let line = |raised: &Raised| lines.get(raised.lines.start).copied();
        let outcome = trace.outcome();
        let said = outcome.and_then(line).unwrap_or_default();
        let mut kinds = vec![kind(said)];
        for other in trace.raised.iter().filter_map(line).map(kind) {
            if !kinds.contains(&other) {
                kinds.push(other);
            }
        }
        let calls = calls(&trace, outcome).join(" < ");
        let first = kinds.first().map_or("", String::as_str);
        Some(Self {
            fingerprint: format!("{first} in {calls}"),
            message: inner(said).chars().take(LONGEST_MESSAGE).collect(),
            kinds,
        })
    }
}

/// The calls of a fingerprint.
fn calls(trace: &Trace, outcome: Option<&Raised>) -> Vec<String> {
    let mut frames = frames_of(trace, outcome);
    if trace.is_python() {
        frames.reverse();
    }
    let own: Vec<&Frame> = { frames.iter() }
        .filter(|frame| frame.owner == Owner::Own)
        .copied()
        .collect();
    let shown = match own.is_empty() {
        true => frames.into_iter().take(1).collect(),
        false => own,
    };
    let mut calls: Vec<String> = shown.into_iter().map(call).collect();
    // A function that calls itself is one call, however deep it goes.
    calls.dedup();
    calls.truncate(MOST_CALLS);
    calls
}

/// The frames that belong to what came out: those before it in Python, those behind it elsewhere.
fn frames_of<'a>(trace: &'a Trace, outcome: Option<&Raised>) -> Vec<&'a Frame> {
    let Some(outcome) = outcome else {
        return trace.frames.iter().collect();
    };
    let ends = |at: &usize| matches!(trace.line(*at), Line::Raised);
    let lines = match trace.is_python() {
        true => {
            let before = (0..outcome.lines.start).rev().find(ends);
            before.map_or(0, |at| at + 1)..outcome.lines.start
        }
        false => {
            let from = outcome.lines.end;
            let behind = (from..trace.lines.len()).find(ends);
            from..behind.unwrap_or(trace.lines.len())
        }
    };
    let mut numbers: Vec<usize> = lines
        .filter_map(|at| match trace.line(at) {
            Line::Frame(no) => Some(no),
            _ => None,
        })
        .collect();
    numbers.dedup();
    numbers
        .into_iter()
        .filter_map(|no| trace.frames.get(no))
        .collect()
}

/// A call in few words: `db.py:connect`, `Pool.get`, `db::connect`.
fn call(frame: &Frame) -> String {
    let function = function(&frame.function);
    let file = frame.file.rsplit(['/', '\\']).next().unwrap_or_default();
    // A function that names what it belongs to says where it is.
    let is_placed = function.contains("::") || function.contains('.') && !function.starts_with('<');
    match (file.is_empty() || is_placed, function.is_empty()) {
        (true, _) => function,
        (false, true) => file.to_owned(),
        (false, false) => format!("{file}:{function}"),
    }
}

/// The last parts of a name, without what a compiler adds to it.
fn function(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    // Rust's `::h0123456789abcdef`.
    let name = match name.rsplit_once("::h") {
        Some((rest, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            rest
        }
        _ => name,
    };
    let separator = if name.contains("::") { "::" } else { "." };
    let parts: Vec<&str> = name.split(separator).collect();
    let from = parts.len().saturating_sub(2);
    parts.get(from..).unwrap_or_default().join(separator)
}

/// The type that a line says was raised.
fn kind(line: &str) -> String {
    let line = inner(line);
    if line.starts_with("panic: ") || (line.starts_with("thread ") && line.contains("panicked at"))
    {
        return "panic".to_owned();
    }
    if line.starts_with("fatal error: ") {
        return "fatal error".to_owned();
    }
    let head = line.split(": ").next().unwrap_or(line);
    let head = match head.rsplit_once(' ') {
        // `Exception in thread "main" java.lang.X`, `Unhandled exception. System.X`
        Some((_, last)) if is_name(last) => last,
        Some((first, _)) => first.split(' ').next().unwrap_or(first),
        None => head,
    };
    let head = head.trim_end_matches(':');
    match head.is_empty() {
        true => "error".to_owned(),
        false => head.to_owned(),
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || "._$:".contains(c))
}

/// A line without what leads to it.
fn inner(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '|', '+']);
    let signs = [
        "Caused by: ",
        "Suppressed: ",
        "---> ",
        "[cause]: ",
        "Uncaught ",
    ];
    let stripped = signs.into_iter().find_map(|sign| line.strip_prefix(sign));
    stripped.unwrap_or(line).trim_end()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn what_came_out_and_the_own_calls() {
        for (message, fingerprint, kinds, said) in [
            (
                "could not answer
Traceback (most recent call last):
  File \"/srv/moa/api.py\", line 88, in handle
    return self.model.forward(batch)
  File \"/usr/lib/python3.11/site-packages/torch/nn/module.py\", line 1511, in _call
    return forward_call(*args)
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File \"/srv/moa/main.py\", line 3, in <module>
    run()
  File \"/srv/moa/worker.py\", line 12, in run
    self.handle()
  File \"/usr/lib/python3.11/asyncio/runners.py\", line 190, in run
    return runner.run(main)
moa.errors.InferenceError: 추론 실패 (batch 7)",
                "moa.errors.InferenceError in worker.py:run < main.py:<module>",
                &["moa.errors.InferenceError", "KeyError"][..],
                "moa.errors.InferenceError: 추론 실패 (batch 7)",
            ),
            (
                "Traceback (most recent call last):
  File \"/srv/a.py\", line 1, in f
    f()
  File \"/srv/a.py\", line 2, in f
    f()
  [Previous line repeated 996 more times]
RecursionError: maximum recursion depth exceeded",
                "RecursionError in a.py:f",
                &["RecursionError"],
                "RecursionError: maximum recursion depth exceeded",
            ),
            (
                "Traceback (most recent call last):
  File \"/usr/lib/python3.11/json/decoder.py\", line 355, in raw_decode
    raise JSONDecodeError
KeyboardInterrupt",
                "KeyboardInterrupt in decoder.py:raw_decode",
                &["KeyboardInterrupt"],
                "KeyboardInterrupt",
            ),
            (
                "no answer
java.lang.IllegalStateException: pool is closed
\tat java.util.ArrayList.forEach(ArrayList.java:1511)
\tat shop.db.Pool.get(Pool.java:12)
\tat shop.Main.main(Main.java:3)
Caused by: java.sql.SQLException: gone
\tat shop.db.Socket.read(Socket.java:7)
\t... 3 more",
                "java.lang.IllegalStateException in Pool.get < Main.main",
                &["java.lang.IllegalStateException", "java.sql.SQLException"],
                "java.lang.IllegalStateException: pool is closed",
            ),
            (
                "Unhandled exception. System.InvalidOperationException: none
   at Shop.Db.Connect(String host) in /src/Db.cs:line 12",
                "System.InvalidOperationException in Db.Connect",
                &["System.InvalidOperationException"],
                "Unhandled exception. System.InvalidOperationException: none",
            ),
            (
                "TypeError: x is not a function
    at connect (/srv/app/db.js:12:7)
    at /srv/app/index.js:3:1",
                "TypeError in db.js:connect < index.js",
                &["TypeError"],
                "TypeError: x is not a function",
            ),
            (
                "panic: runtime error: index out of range

goroutine 1 [running]:
github.com/moa/shop.(*Pool).get(0xc000012345)
\t/srv/app/db.go:12 +0x1d",
                "panic in (*Pool).get",
                &["panic"],
                "panic: runtime error: index out of range",
            ),
            (
                "thread 'main' panicked at src/db.rs:12:5:
no answer
stack backtrace:
   0: rust_begin_unwind
   1: shop::db::connect::h0123456789abcdef
             at ./src/db.rs:12:5",
                "panic in db::connect",
                &["panic"],
                "thread 'main' panicked at src/db.rs:12:5:",
            ),
        ] {
            let fault = Fault::read(message).unwrap();
            assert_eq!(fault.fingerprint, fingerprint);
            assert_eq!(fault.kinds, kinds);
            assert_eq!(fault.message, said);
        }
        assert_eq!(Fault::read("two\nlines"), None);
    }
}
