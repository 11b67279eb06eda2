//! Names for fields by what their values look like and what stands around them, in the words of LogRecord.

use super::columns::Segment;
use super::emit::{
    is_file, is_number, is_process, is_request, is_task, is_thread, next_literal, previous_literal,
};

/// Numbers from so many digits on are identifiers of threads.
const THREAD_DIGITS: usize = 9;

/// The name of the field at this place; empty if nothing is plausible. `names` has those of the segments before it.
pub fn describe(
    segments: &[Segment<'_>],
    at: usize,
    values: &[&[u8]],
    names: &[String],
) -> &'static str {
    let most = |pick: fn(&[u8]) -> bool| share(values, pick) >= 0.8;
    let many = |pick: fn(&[u8]) -> bool| share(values, pick) >= 0.4;
    let before = at.checked_sub(2).and_then(|at| names.get(at));
    let before = before.map_or("", String::as_str);
    if most(is_number) {
        return number(segments, at, values, (before, names));
    }
    if most(is_created) {
        return "created";
    }
    if most(is_file) {
        let path = |v: &&[u8]| v.contains(&b'/') || v.contains(&b'\\');
        return if values.iter().any(path) {
            "pathname"
        } else {
            "filename"
        };
    }
    if many(is_process) {
        return "processName";
    }
    if many(is_thread) {
        return "threadName";
    }
    if values.iter().any(|v| is_task(v)) && share(values, |v| is_task(v) || v == b"None") >= 0.4 {
        return "taskName";
    }
    if many(is_request) {
        return "request_id";
    }
    let followed_by_number = matches!(
        segments.get(at + 2),
        Some(Segment::Field { values, .. }) if values.iter().all(|v| is_number(v))
    );
    if followed_by_number && next_literal(segments, at) == b":"
        || values
            .iter()
            .any(|v| matches!(*v, b"<module>" | b"<lambda>"))
        || before == "lineno" && most(is_identifier)
    {
        return "funcName";
    }
    if is_module(segments, at, values) {
        return "module";
    }
    ""
}

/// A number: of a line behind what has lines, of a thread if it is long, otherwise of a process.
fn number(
    segments: &[Segment<'_>],
    at: usize,
    values: &[&[u8]],
    (before, names): (&str, &[String]),
) -> &'static str {
    let literal = previous_literal(segments, at);
    let all = |pick: fn(&[u8]) -> bool| values.iter().all(|v| pick(v));
    let levelled = segments.iter().any(|s| matches!(s, Segment::Level(_)));
    let differ = values.iter().any(|v| Some(v) != values.first());
    if levelled && differ && all(is_level_number) {
        return "levelno";
    }
    match before {
        _ if names.iter().any(|name| name == "lineno") => {}
        "pathname" | "filename" | "funcName" | "module" => return "lineno",
        "name" if !literal.starts_with(b"(") => return "lineno",
        "created" => return "relativeCreated",
        "relativeCreated" if all(|v| v.len() <= 3) => return "msecs",
        "" | "name" => {}
        _ if literal.starts_with(b":") && all(|v| v.len() < 6) && before != "process" => {
            return "lineno";
        }
        _ => {}
    }
    if before.starts_with("process") && is_number_field(segments, at)
        || all(|v| v.len() >= THREAD_DIGITS)
    {
        "thread"
    } else {
        "process"
    }
}

/// Whether the field before is a number, too.
fn is_number_field(segments: &[Segment<'_>], at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|at| segments.get(at));
    matches!(before, Some(Segment::Field { values, .. }) if values.iter().all(|v| is_number(v)))
}

fn share(values: &[&[u8]], pick: impl Fn(&[u8]) -> bool) -> f64 {
    let count = values.iter().filter(|value| pick(value)).count();
    count as f64 / values.len().max(1) as f64
}

/// `1795341604.000555`
fn is_created(value: &[u8]) -> bool {
    let point = value.iter().position(|b| *b == b'.');
    point == Some(10) && value.iter().filter(|b| !b.is_ascii_digit()).count() == 1
}

fn is_level_number(value: &[u8]) -> bool {
    matches!(
        value,
        b"5" | b"10" | b"15" | b"20" | b"22" | b"25" | b"30" | b"35" | b"40" | b"45" | b"50"
    )
}

fn is_identifier(value: &[u8]) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'<' | b'>');
    !value.is_empty() && value.iter().all(word)
}

/// Whether the next field is a file whose name is this with an ending.
fn is_module(segments: &[Segment<'_>], at: usize, values: &[&[u8]]) -> bool {
    let Some(Segment::Field { values: files, .. }) = segments.get(at + 2) else {
        return false;
    };
    // Lines may have been dropped in between, so that the two do not lie side by side.
    let stems: Vec<_> = files
        .iter()
        .filter_map(|file| file.strip_suffix(b".py"))
        .collect();
    let count = values
        .iter()
        .filter(|module| stems.contains(module))
        .count();
    !values.is_empty() && count * 10 >= values.len() * 8
}
