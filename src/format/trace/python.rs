//! Tracebacks as Python prints them, chained and in groups.

use super::{Frame, Line, Owner, Raised, Trace, package};

const CAUSE: &str = "The above exception was the direct cause of the following exception:";
const DURING: &str = "During handling of the above exception, another exception occurred:";

/// Reads a traceback that begins at a line; where the text goes on behind it.
pub(super) fn read(lines: &[&str], start: usize, trace: &mut Trace) -> Option<usize> {
    let body = |at: usize| lines.get(at).map(|line| inner(line));
    if !is_heading(body(start)?) {
        return None;
    }
    trace.mark(start, Line::Heading);
    let first_frame = trace.frames.len();
    let mut at = start + 1;
    while let Some(line) = body(at) {
        if let Some(frame) = frame(line) {
            let no = trace.add(frame);
            trace.mark(at, Line::Frame(no));
        } else if line.starts_with("  ") && trace.frames.len() > first_frame {
            // Code, what underlines a part of it, "[Previous line repeated 996 more times]".
            trace.mark(at, Line::Frame(trace.frames.len() - 1));
        } else {
            break;
        }
        at += 1;
    }
    let raised = at;
    while let Some(line) = body(at) {
        if is_heading(line) || is_link(line) || is_border(lines[at]) {
            break;
        }
        trace.mark(at, Line::Raised);
        at += 1;
    }
    // An empty line before what leads to the next belongs to that.
    while at > raised && body(at - 1).is_some_and(|line| line.trim().is_empty()) {
        at -= 1;
        trace.mark(at, Line::Text);
    }
    let frame = trace.innermost(first_frame..trace.frames.len(), true);
    if at > raised {
        let lines = raised..at;
        trace.raised.push(Raised { lines, frame });
    }
    Some(links(lines, at, trace))
}

/// Marks what stands between a traceback and the next.
fn links(lines: &[&str], mut at: usize, trace: &mut Trace) -> usize {
    while let Some(line) = lines.get(at) {
        let body = inner(line);
        if is_link(body) || is_border(line) {
            trace.mark(at, Line::Link);
        } else if !body.trim().is_empty() {
            break;
        }
        at += 1;
    }
    at
}

fn is_heading(line: &str) -> bool {
    let line = line.strip_prefix("Exception Group ").unwrap_or(line);
    line.starts_with("Traceback (most recent call last)")
}

fn is_link(line: &str) -> bool {
    line == CAUSE || line == DURING
}

/// `+---------------- 1 ----------------`
fn is_border(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("+-")
}

/// A line without what draws the tree of an exception group.
fn inner(line: &str) -> &str {
    let body = line.trim_start();
    match body.strip_prefix(['|', '+']) {
        Some(rest) => rest.strip_prefix(' ').unwrap_or(rest),
        None => line,
    }
}

/// `  File "/srv/app/db.py", line 12, in connect`
fn frame(line: &str) -> Option<Frame> {
    let rest = line.strip_prefix("  File \"")?;
    let (file, rest) = rest.split_once("\", line ")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let function = rest
        .get(digits..)?
        .strip_prefix(", in ")
        .unwrap_or_default();
    let library = library(file);
    Some(Frame {
        file: file.to_owned(),
        line: rest.get(..digits)?.parse().ok(),
        function: function.to_owned(),
        owner: match library {
            Some(_) => Owner::Library,
            None => Owner::Own,
        },
        library: library.unwrap_or_default().to_owned(),
    })
}

/// The package that a file belongs to, if that is not the program.
fn library(file: &str) -> Option<&str> {
    for folder in ["site-packages", "dist-packages"] {
        if let Some(name) = package(file, folder) {
            return Some(name.strip_suffix(".py").unwrap_or(name));
        }
    }
    // `/usr/lib/python3.11/asyncio/base_events.py`, `C:\Python311\Lib\asyncio\...`, `<frozen importlib._bootstrap>`
    let is_standard = ["/lib/python3", "/lib64/python3", "\\Lib\\", "/python3."]
        .iter()
        .any(|folder| file.contains(folder));
    (is_standard || file.starts_with("<frozen ")).then_some("Python")
}
