//! Traces in which the place of a call stands on a line of its own: Go's goroutines, Rust's backtraces.

use super::{Frame, Line, Owner, Raised, Trace};

/// Reads a trace whose heading or first frame is at a line.
pub(super) fn read(lines: &[&str], start: usize, trace: &mut Trace) -> Option<usize> {
    let line = lines.get(start)?;
    if line.starts_with("goroutine ") && line.ends_with("]:") {
        return Some(calls(lines, start, trace, go));
    }
    if *line == "stack backtrace:" {
        return Some(calls(lines, start, trace, rust));
    }
    None
}

/// A call at a line, and how many lines it takes.
type Read = fn(&[&str]) -> Option<(Frame, usize)>;

fn calls(lines: &[&str], start: usize, trace: &mut Trace, read: Read) -> usize {
    let first_frame = trace.frames.len();
    let mut at = start + 1;
    while let Some((frame, taken)) = lines.get(at..).and_then(read) {
        let no = trace.add(frame);
        for line in at..at + taken {
            trace.mark(line, Line::Frame(no));
        }
        at += taken;
    }
    if trace.frames.len() == first_frame {
        return start + 1;
    }
    trace.mark(start, Line::Link);
    raised(lines, start, first_frame, trace);
    at
}

/// `panic: ...`, `thread 'main' panicked at src/main.rs:2:5:`, and what follows it, stand above.
fn raised(lines: &[&str], start: usize, first_frame: usize, trace: &mut Trace) {
    let is_panic = |line: &&str| {
        line.starts_with("panic: ")
            || line.starts_with("fatal error: ")
            || (line.starts_with("thread ") && line.contains("panicked at"))
    };
    let above = lines.get(..start).unwrap_or_default();
    let Some(first) = above.iter().rposition(is_panic) else {
        return;
    };
    let filled = above.iter().rposition(|line| !line.trim().is_empty());
    let end = filled.map_or(first, |last| last.max(first)) + 1;
    for line in first..end {
        trace.mark(line, Line::Raised);
    }
    let frame = trace.innermost(first_frame..trace.frames.len(), false);
    trace.raised.push(Raised {
        lines: first..end,
        frame,
    });
}

/// ```text
/// main.connect(0xc000012345)
///         /srv/app/db.go:12 +0x1d
/// ```
fn go(lines: &[&str]) -> Option<(Frame, usize)> {
    let (call, place) = (lines.first()?, lines.get(1)?);
    let place = place
        .strip_prefix('\t')
        .or_else(|| place.strip_prefix("    "))?;
    let place = place.split(" +0x").next().unwrap_or(place).trim();
    let (file, line) = place.rsplit_once(':')?;
    let line = line.parse().ok()?;
    let function = call.rsplit_once('(').map_or(*call, |(name, _)| name);
    let is_module = file.contains("/pkg/mod/") || file.contains("/vendor/");
    let is_standard = file.contains("/go/src/") || file.contains("/libexec/src/");
    let library = match function.rsplit_once('.') {
        Some((package, _)) if is_module || is_standard => package,
        _ => "",
    };
    Some((frame(file, line, function, library), 2))
}

/// ```text
///    3: shop::db::connect
///              at ./src/db.rs:12:5
/// ```
fn rust(lines: &[&str]) -> Option<(Frame, usize)> {
    let (number, function) = lines.first()?.trim_start().split_once(": ")?;
    let _: u32 = number.parse().ok()?;
    let place = lines
        .get(1)
        .and_then(|line| line.trim_start().strip_prefix("at "));
    let (file, line) = place
        .and_then(|place| {
            let (rest, _) = place.rsplit_once(':')?;
            let (file, line) = rest.rsplit_once(':')?;
            Some((file, line.parse().ok()?))
        })
        .unzip();
    let file = file.unwrap_or_default();
    let is_registry = file.contains("/.cargo/") || file.contains("/rustc/");
    let names = [
        "std::",
        "core::",
        "alloc::",
        "tokio::",
        "rayon::",
        "__rust",
        "rust_begin_",
    ];
    let is_named = names
        .iter()
        .any(|name| function.trim_start_matches('<').starts_with(name));
    let library = match is_registry || is_named {
        true => function
            .trim_start_matches('<')
            .split("::")
            .next()
            .unwrap_or_default(),
        false => "",
    };
    let taken = 1 + usize::from(place.is_some());
    let mut frame = frame(file, 0, function, library);
    frame.line = line;
    Some((frame, taken))
}

fn frame(file: &str, line: u32, function: &str, library: &str) -> Frame {
    Frame {
        file: file.to_owned(),
        line: Some(line),
        function: function.to_owned(),
        owner: match library.is_empty() {
            true => Owner::Own,
            false => Owner::Library,
        },
        library: library.to_owned(),
    }
}
