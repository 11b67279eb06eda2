//! Traces whose frames begin with `at`: Java, .NET, JavaScript.

use super::{Frame, Line, Owner, Raised, Trace, package};

/// Code of these is a library's: packages of Java and namespaces of .NET.
const LIBRARIES: [&str; 27] = [
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "jakarta.",
    "kotlin.",
    "kotlinx.",
    "scala.",
    "org.springframework.",
    "org.apache.",
    "org.hibernate.",
    "org.eclipse.jetty.",
    "org.junit.",
    "io.netty.",
    "io.undertow.",
    "reactor.",
    "com.zaxxer.hikari.",
    "com.fasterxml.jackson.",
    "com.google.common.",
    "okhttp3.",
    "akka.",
    "System.",
    "Microsoft.",
    "Newtonsoft.",
    "Npgsql.",
    "Serilog.",
];

/// Reads a trace whose first frame is at a line; what was raised stands above it.
pub(super) fn read(lines: &[&str], start: usize, trace: &mut Trace) -> Option<usize> {
    let call = |at: usize| lines.get(at).and_then(|line| frame(line));
    call(start)?;
    let first_frame = trace.frames.len();
    let above = start
        .checked_sub(1)
        .filter(|above| is_raised(lines[*above]));
    let mut raised = above;
    let mut at = start;
    while let Some(line) = lines.get(at) {
        if let Some(frame) = call(at) {
            let no = trace.add(frame);
            trace.mark(at, Line::Frame(no));
        } else if is_elided(line) && trace.frames.len() > first_frame {
            trace.mark(at, Line::Frame(trace.frames.len() - 1));
        } else if is_led_to(line) {
            finish(raised, first_frame, trace);
            raised = Some(at);
            trace.mark(at, Line::Raised);
        } else {
            break;
        }
        at += 1;
    }
    finish(raised, first_frame, trace);
    Some(at)
}

/// Takes note of what was raised and where.
fn finish(raised: Option<usize>, first_frame: usize, trace: &mut Trace) {
    let Some(raised) = raised else { return };
    let known = trace.raised.last().and_then(|last| last.frame);
    let first = known
        .map_or(first_frame, |frame| frame + 1)
        .max(first_frame);
    // The frames behind what was raised, as their lines tell.
    let first = (first..trace.frames.len()).find(|no| {
        let line = trace
            .lines
            .iter()
            .position(|line| *line == Line::Frame(*no));
        line.is_some_and(|line| line > raised)
    });
    let frame = first.and_then(|first| trace.innermost(first..trace.frames.len(), false));
    trace.mark(raised, Line::Raised);
    trace.raised.push(Raised {
        lines: raised..raised + 1,
        frame,
    });
}

/// `java.sql.SQLException: no connection`, `Unhandled exception. System.Exception: x`, `TypeError: x is not a function`
fn is_raised(line: &str) -> bool {
    let head = line.split(": ").next().unwrap_or(line);
    let last = head.rsplit(['.', ' ', '$']).next().unwrap_or(head);
    let is_name = last.chars().all(|c| c.is_alphanumeric() || c == '_');
    let names_one = ["Exception", "Error", "Throwable", "Failure", "Fault"];
    is_name && names_one.iter().any(|word| last.ends_with(word))
}

/// `Caused by: ...`, `Suppressed: ...`, ` ---> System.Exception: ...`
fn is_led_to(line: &str) -> bool {
    let line = line.trim_start();
    ["Caused by: ", "Suppressed: ", "---> ", "[cause]: "]
        .iter()
        .any(|sign| line.starts_with(sign))
}

/// `... 12 more`, `--- End of inner exception stack trace ---`
fn is_elided(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("... ") && line.ends_with(" more")) || line.starts_with("--- End of ")
}

fn frame(line: &str) -> Option<Frame> {
    if !line.starts_with([' ', '\t']) {
        return None;
    }
    let call = line.trim().strip_prefix("at ")?;
    dotnet(call)
        .or_else(|| with_place(call))
        .or_else(|| bare(call))
}

/// `Shop.Db.Connect(String host) in /src/Db.cs:line 12`
fn dotnet(call: &str) -> Option<Frame> {
    let (function, place) = call.split_once(") in ")?;
    let (file, line) = place.rsplit_once(":line ")?;
    let name = function.split('(').next().unwrap_or(function);
    Some(named(name, file, line.parse().ok()))
}

/// `shop.db.Pool.get(Pool.java:12)`, `async connect (/srv/app/db.js:12:7)`
fn with_place(call: &str) -> Option<Frame> {
    let (function, place) = call.strip_suffix(')')?.rsplit_once('(')?;
    let (file, line) = place_of(place);
    let is_java = !function.ends_with(' ');
    // `app//shop.Db.get`, `java.base/java.lang.Thread.run`
    let name = function.trim();
    let name = if is_java {
        name.rsplit('/').next().unwrap_or(name)
    } else {
        name
    };
    let is_known = ["Native Method", "Unknown Source", "<anonymous>", "native"].contains(&place);
    // .NET without the file has parameters here.
    let is_dotted = name.contains('.') && !name.contains(' ');
    (line.is_some() || is_known || is_dotted).then(|| named(name, file, line))
}

/// `/srv/app/db.js:12:7`, `Shop.Db.Connect()`
fn bare(call: &str) -> Option<Frame> {
    let (file, line) = place_of(call);
    line.map(|line| named("", file, Some(line)))
}

/// A file and the line in it: `Pool.java:12`, `file:///srv/app.mjs:12:7`, `Native Method`.
fn place_of(place: &str) -> (&str, Option<u32>) {
    let (rest, last) = place.rsplit_once(':').unwrap_or((place, ""));
    let Ok(last) = last.parse() else {
        return (place, None);
    };
    match rest
        .rsplit_once(':')
        .map(|(file, line)| (file, line.parse()))
    {
        Some((file, Ok(line))) => (file, Some(line)),
        _ => (rest, Some(last)),
    }
}

fn named(function: &str, file: &str, line: Option<u32>) -> Frame {
    let library = LIBRARIES.iter().find(|name| function.starts_with(**name));
    let library = library.map(|name| name.trim_end_matches('.'));
    let library = library.or_else(|| package(file, "node_modules"));
    let is_node = file.starts_with("node:") || file.starts_with("internal/");
    let library = library.or(is_node.then_some("Node"));
    Frame {
        file: file.to_owned(),
        line,
        function: function.to_owned(),
        owner: match library {
            Some(_) => Owner::Library,
            None => Owner::Own,
        },
        library: library.unwrap_or_default().to_owned(),
    }
}
