//! Writes the pieces of a head as a Python template, or as a regular expression where a template cannot say it.

use std::fmt::Write as _;

use super::super::anytime::{Moment, ZoneForm};
use super::super::extractor::Clock;
use super::super::spec::{FormatSpec, Style};
use super::anchors::Group;
use super::columns::{Pad, Segment};
use super::describe::describe;
use super::signs::{dotted_name, is_line_word, name_like};

/// What fields are called that nothing tells a name of, with a number behind it.
const UNNAMED: &str = "field";

/// Whether a field got its name for want of a better one.
pub fn is_unnamed(name: &str) -> bool {
    let number = name.strip_prefix(UNNAMED).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// How the time is written in a template.
pub struct TimeText {
    /// The field with its fraction: `%(asctime)s.%(msecs)03d`.
    pub text: String,
    /// The date format to go with it.
    pub datefmt: Option<String>,
    msec_format: Option<String>,
}

/// The formats that these pieces mean; empty if they hold neither a time nor a level.
pub fn specs(segments: &[Segment<'_>], group: &Group<'_, '_>) -> Vec<FormatSpec> {
    let has = |pick: fn(&Segment<'_>) -> bool| segments.iter().any(pick);
    let levelled = has(|s| matches!(s, Segment::Level(_) | Segment::LevelNumber));
    let timed = has(|s| matches!(s, Segment::Time));
    let lost = (group.timed && !timed) || (group.levelled && !levelled);
    if lost || !(timed || levelled) {
        return Vec::new();
    }
    let suffix = closing_quote(segments, group);
    spec(segments, group.moment().as_ref(), suffix)
        .into_iter()
        .collect()
}

/// The format that these pieces mean, a template if one can say it.
pub fn spec(segments: &[Segment<'_>], moment: Option<&Moment>, suffix: &str) -> Option<FormatSpec> {
    let names = names(segments)?;
    let filled = super::filled::template(segments, &names, moment);
    let template = filled.or_else(|| template(segments, &names, moment, suffix));
    Some(template.unwrap_or_else(|| FormatSpec::Regex {
        pattern: regex(segments, &names, moment, suffix),
    }))
}

/// `"` if the message stands in quotes.
fn closing_quote(segments: &[Segment<'_>], group: &Group<'_, '_>) -> &'static str {
    let opened = matches!(segments.last(), Some(Segment::Literal(text)) if text.ends_with(b"\""));
    let closed = group
        .lines
        .iter()
        .filter(|line| line.text.ends_with(b"\""))
        .count();
    if opened && closed * 10 > group.lines.len() * 7 {
        "\""
    } else {
        ""
    }
}

/// A name for each segment; empty for those that are no fields.
fn names(segments: &[Segment<'_>]) -> Option<Vec<String>> {
    let mut names = vec![String::new(); segments.len()];
    let logger = logger_of(segments);
    for (at, segment) in segments.iter().enumerate() {
        let Segment::Field { values, .. } = segment else {
            continue;
        };
        let name = if Some(at) == logger {
            "name".to_owned()
        } else {
            let described = || describe(segments, at, values, &names).to_owned();
            key_before(segments, at).unwrap_or_else(described)
        };
        let mut unique = name.clone();
        let mut count = usize::from(!name.is_empty());
        while unique.is_empty() || names.contains(&unique) {
            count += 1;
            unique = format!("{}{count}", if name.is_empty() { UNNAMED } else { &name });
        }
        *names.get_mut(at)? = unique;
    }
    Some(names)
}

/// The field that most looks like a logger's name.
fn logger_of(segments: &[Segment<'_>]) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    let level_at = segments.iter().position(|s| matches!(s, Segment::Level(_)));
    for (at, segment) in segments.iter().enumerate() {
        let Segment::Field { values, .. } = segment else {
            continue;
        };
        let share = |pick: &dyn Fn(&[u8]) -> bool| {
            values.iter().filter(|v| pick(v)).count() as f64 / values.len().max(1) as f64
        };
        let key = key_before(segments, at);
        let keyed = key.as_deref().is_some_and(|key| {
            matches!(
                key,
                "name" | "logger" | "logger_name" | "category" | "module"
            )
        });
        let named = share(&|v| v.split(|b| *b == b' ').all(name_like));
        let odd = share(&|v| {
            is_file(v)
                || is_thread(v)
                || is_process(v)
                || v == b"-"
                || v.contains(&b'@')
                || is_request(v)
        });
        if (key.is_some() && !keyed) || named < 0.6 || odd > 0.3 {
            continue;
        }
        let next = next_literal(segments, at);
        let followed = next.starts_with(b":")
            || next.starts_with(b" - ")
            || next.starts_with(b" | ")
            || next.starts_with(b"]");
        let score = share(&|v| dotted_name(v)) * 2.0
            + f64::from(u8::from(keyed)) * 3.0
            + f64::from(u8::from(followed)) * 0.4
            + f64::from(u8::from(level_at.is_some_and(|level| at > level))) * 0.2
            + f64::from(u8::from(values.iter().any(|v| Some(v) != values.first()))) * 0.2
            - if next.starts_with(b"=") { 1.0 } else { 0.0 };
        if score > 0.35 && best.is_none_or(|(_, have)| score > have) {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| at)
}

/// The text behind a segment.
pub fn next_literal<'s>(segments: &'s [Segment<'_>], at: usize) -> &'s [u8] {
    match segments.get(at + 1) {
        Some(Segment::Literal(text)) => text,
        _ => b"",
    }
}

/// The text before a segment.
pub fn previous_literal<'s>(segments: &'s [Segment<'_>], at: usize) -> &'s [u8] {
    match at.checked_sub(1).and_then(|at| segments.get(at)) {
        Some(Segment::Literal(text)) => text,
        _ => b"",
    }
}

/// The key of a `key=` before the field, in the words of LogRecord where it has one.
fn key_before(segments: &[Segment<'_>], at: usize) -> Option<String> {
    let text = std::str::from_utf8(previous_literal(segments, at)).ok()?;
    if is_line_number(text) {
        return Some("lineno".to_owned());
    }
    let text = text.trim_end_matches('"').strip_suffix('=')?;
    let key = text
        .rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
        .next()?;
    let key = key.replace('.', "_");
    let name = match key.as_str() {
        "" => return None,
        "pid" => "process",
        "tid" => "thread",
        "level" | "message" | "msg" | "time" => return Some(format!("{key}_")),
        other => other,
    };
    Some(name.to_owned())
}

/// Whether the text before a field says that it is the number of a line: `line:`.
fn is_line_number(text: &str) -> bool {
    let key = text.trim_end_matches(' ').strip_suffix(':');
    let word = key.and_then(|key| key.rsplit(|c: char| !c.is_alphabetic()).next());
    word.is_some_and(|word| is_line_word(word.as_bytes()))
}

/// Digits only.
pub fn is_number(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(u8::is_ascii_digit)
}

/// A source file by its ending.
pub fn is_file(value: &[u8]) -> bool {
    const ENDINGS: [&[u8]; 12] = [
        b".py", b".rs", b".go", b".c", b".cc", b".cpp", b".h", b".java", b".js", b".ts", b".rb",
        b".php",
    ];
    ENDINGS.iter().any(|ending| value.ends_with(ending))
}

/// A thread by its name.
pub fn is_thread(value: &[u8]) -> bool {
    [
        &b"MainThread"[..],
        b"Thread-",
        b"Dummy-",
        b"ThreadPool",
        b"APScheduler",
        b"pool-",
        b"main",
        b"http-nio",
        b"asyncio_",
    ]
    .iter()
    .any(|start| value.starts_with(start))
        || value.windows(6).any(|w| w.eq_ignore_ascii_case(b"thread"))
}

/// An asyncio task by its name.
pub fn is_task(value: &[u8]) -> bool {
    value.starts_with(b"Task-")
}

/// A process by its name.
pub fn is_process(value: &[u8]) -> bool {
    [
        &b"MainProcess"[..],
        b"SpawnProcess",
        b"SpawnPoolWorker",
        b"ForkPoolWorker",
        b"ForkProcess",
        b"Process-",
    ]
    .iter()
    .any(|start| value.starts_with(start))
}

/// An identifier of a request: long hexadecimal digits, `req-…`.
pub fn is_request(value: &[u8]) -> bool {
    value.starts_with(b"req-")
        || (value.len() >= 16 && value.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-'))
}

/// The template, unless the time or the padding is beyond Python's words.
fn template(
    segments: &[Segment<'_>],
    names: &[String],
    moment: Option<&Moment>,
    suffix: &str,
) -> Option<FormatSpec> {
    let mut text = String::new();
    let mut time = None;
    for (segment, name) in segments.iter().zip(names) {
        match segment {
            Segment::Literal(bytes) => {
                text.push_str(&std::str::from_utf8(bytes).ok()?.replace('%', "%%"));
            }
            Segment::Time => {
                let written = time_text(moment?)?;
                text.push_str(&written.text);
                time = Some(written);
            }
            Segment::Level(pad) => field(&mut text, "levelname", *pad, 's')?,
            Segment::LevelNumber => text.push_str("%(levelno)s"),
            Segment::Message => text.push_str("%(message)s"),
            Segment::Field { values, pad } => {
                let kind = if values.iter().all(|v| is_number(v))
                    && matches!(name.as_str(), "lineno" | "process" | "thread")
                {
                    'd'
                } else {
                    's'
                };
                field(&mut text, name, *pad, kind)?;
            }
        }
    }
    if !segments.contains(&Segment::Message) {
        let _ = write!(text, "%(message)s{suffix}");
    }
    let (datefmt, msec_format) = time.map_or((None, None), |time| (time.datefmt, time.msec_format));
    Some(FormatSpec::Template {
        style: Style::Percent,
        text,
        datefmt,
        msec_format,
    })
}

fn field(text: &mut String, name: &str, pad: Pad, kind: char) -> Option<()> {
    let _ = match pad {
        Pad::None => write!(text, "%({name}){kind}"),
        Pad::Left(width) => write!(text, "%({name})-{width}{kind}"),
        Pad::Right(width) => write!(text, "%({name}){width}{kind}"),
        Pad::Loose => return None,
    };
    Some(())
}

/// The time in strftime's words, as `logging` would have been told; `None` if it cannot be said.
pub fn time_text(moment: &Moment) -> Option<TimeText> {
    let hours = if moment.shape.contains("%p") {
        "%-I"
    } else {
        "%-H"
    };
    let plain = moment
        .shape
        .replace("%f", "")
        .replace("%e", "%d")
        .replace("%k", hours)
        .replace("%i", "%-m")
        .replace("%n", "%-d")
        .replace("%Q", " %Z");
    let fraction_last = moment.shape.ends_with("%f");
    let (sign, digits) = moment.fraction;
    if moment.shape.contains("%L") {
        return None;
    }
    if moment.shape == "epoch" {
        let text = if digits == 0 {
            "%(asctime)s"
        } else {
            "%(created)f"
        };
        let datefmt = (digits == 0 && moment.len == 10).then(|| "%s".to_owned());
        return (digits > 0 || datefmt.is_some()).then(|| TimeText {
            text: text.to_owned(),
            datefmt,
            msec_format: None,
        });
    }
    let zone = match moment.zone {
        ZoneForm::None => "",
        ZoneForm::Plain { spaced: true } => " %z",
        ZoneForm::Plain { spaced: false } => "%z",
        ZoneForm::Name if moment.shape.contains("%Q") => "",
        ZoneForm::Name => " %Z",
        ZoneForm::Zulu | ZoneForm::Colon => return None,
    };
    let default = plain == "%Y-%m-%d %H:%M:%S" && zone.is_empty();
    let sign = char::from(sign);
    let text = |text: &str| text.to_owned();
    Some(match digits {
        0 if default => TimeText {
            text: text("%(asctime)s"),
            datefmt: Some(plain),
            msec_format: None,
        },
        0 => TimeText {
            text: text("%(asctime)s"),
            datefmt: Some(plain + zone),
            msec_format: None,
        },
        3 if default && sign == ',' => TimeText {
            text: text("%(asctime)s"),
            datefmt: None,
            msec_format: None,
        },
        3 if fraction_last && zone.is_empty() => TimeText {
            text: format!("%(asctime)s{sign}%(msecs)03d"),
            datefmt: Some(plain),
            msec_format: None,
        },
        _ => return None,
    })
}

/// The regular expression; its groups are named like LogRecord's attributes.
fn regex(
    segments: &[Segment<'_>],
    names: &[String],
    moment: Option<&Moment>,
    suffix: &str,
) -> String {
    let mut out = String::new();
    for (at, (segment, name)) in segments.iter().zip(names).enumerate() {
        match segment {
            Segment::Literal(bytes) => out.push_str(&escape(&String::from_utf8_lossy(bytes))),
            Segment::Time => {
                let group = match moment.map(|moment| moment.clock) {
                    Some(Clock::NoYear) => "time_no_year",
                    Some(Clock::TimeOfDay) => "time_of_day",
                    _ => "asctime",
                };
                let _ = write!(
                    out,
                    "(?<{group}>{})",
                    moment.map_or_else(String::new, time_pattern)
                );
            }
            Segment::Level(pad) => padded(&mut out, *pad, r"(?<levelname>\p{L}[\p{L}\d]*)"),
            Segment::LevelNumber => out.push_str(r"(?<levelno>\d+)"),
            Segment::Message => out.push_str("(?<message>.*)"),
            Segment::Field { values, pad } => {
                let pattern = field_pattern(values, next_literal(segments, at));
                padded(&mut out, *pad, &format!("(?<{name}>{pattern})"));
            }
        }
    }
    if segments.contains(&Segment::Message) {
        out.push('$');
    } else {
        let _ = write!(out, "(?<message>.*){suffix}");
    }
    out
}

fn padded(out: &mut String, pad: Pad, group: &str) {
    let (before, after) = match pad {
        Pad::None => ("", ""),
        Pad::Left(_) => ("", " *"),
        Pad::Right(_) => (" *", ""),
        Pad::Loose => (" *", " *"),
    };
    let _ = write!(out, "{before}{group}{after}");
}

fn field_pattern(values: &[&[u8]], next: &[u8]) -> &'static str {
    if values.iter().all(|v| is_number(v)) {
        return r"\d+";
    }
    match next.first() {
        Some(b']') => r"[^\]\n]*",
        Some(b')') => r"[^)\n]*",
        Some(b':') if next.starts_with(b": ") => r"\S.*?", // a name may hold blanks
        _ if values.iter().any(|v| v.contains(&b' ')) => r".+?",
        Some(b':') => r"\S+?",
        _ => r"\S+",
    }
}

/// A pattern that matches times of the same shape.
pub fn time_pattern(moment: &Moment) -> String {
    if moment.shape == "epoch" {
        return r"\d{9,19}(?:\.\d+)?".to_owned();
    }
    let mut out = String::new();
    let mut codes = moment.shape.chars();
    while let Some(code) = codes.next() {
        if code != '%' {
            out.push_str(&escape(&code.to_string()));
            continue;
        }
        out.push_str(match codes.next() {
            Some('Y') => r"\d{4}",
            Some('j') => r"\d{3}",
            Some('e' | 'k' | 'g' | 'h') => r"[ \d]?\d",
            Some('L') => r":\d{1,3}",
            Some('a') => r"[A-Z][a-z]{2}",
            Some('b' | 'B') => r"\p{L}{3,9}\.?",
            Some('f') => r"(?:[.,:]\d+)?",
            Some('i' | 'n') => r"\d\d?",
            Some('p') => r"(?:[AaPp]\.?[Mm]\.?|오전|오후|午前|午後|上午|下午)",
            Some('Q') => r" ?[A-Z+\-\d:]+",
            _ => r"\d\d",
        });
    }
    match moment.zone {
        ZoneForm::None => {}
        ZoneForm::Name if moment.shape.contains("%Q") => {}
        ZoneForm::Name => out.push_str(r" [A-Z]{3,5}"),
        ZoneForm::Plain { spaced: true } => out.push_str(r" [+-]\d{4}"),
        _ => out.push_str(r"(?:Z| ?[+-]\d\d:?\d\d)"),
    }
    out
}

/// The text with the signs of regular expressions taken literally.
fn escape(text: &str) -> String {
    regex::escape(text)
}
