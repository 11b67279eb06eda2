//! Logs as they might be: lines of every kind in any order, and the formats to read them in.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use timberline::bytes::padding::HOLE;
use timberline::format::extractor::{Clock, Extractor};
use timberline::format::framer::REACH;
use timberline::format::plain::PlainFormat;
use timberline::format::spec::{Format, FormatSpec};

/// Formats that between them show every kind of clock, dictionary and continuation.
pub fn formats() -> Vec<Extractor> {
    let template = FormatSpec::template("%(asctime)s %(levelname)-8s %(name)s: %(message)s");
    let template = Format::compile(&template).unwrap();
    vec![
        Extractor::clone(&template.extractor),
        Extractor::Plain(Arc::new(PlainFormat::new(Clock::TimeOfDay))),
        Extractor::Plain(Arc::new(PlainFormat::new(Clock::NoYear))),
        Extractor::Plain(Arc::new(PlainFormat::new(Clock::None))),
    ]
}

/// Formats whose records single lines do not tell.
pub fn framed_formats() -> Vec<Extractor> {
    [
        "%(message)s (%(levelname)s, %(name)s)",
        "%(asctime)s \"%(message)s\" %(levelname)s",
        "---\n%(levelname)s %(name)s\n%(asctime)s %(message)s",
        "%(levelname)s %(message)s\n",
        "%(message)s",
    ]
    .iter()
    .map(|text| {
        Extractor::clone(
            &Format::compile(&FormatSpec::template(*text))
                .unwrap()
                .extractor,
        )
    })
    .collect()
}

/// A line of records of those formats, or of what may be in their messages.
fn framed_line() -> impl Strategy<Value = Vec<u8>> {
    let lines = vec![
        "---",
        "INFO app.db",
        "2026-03-01 10:00:00,000 text",
        "2026-03-01 10:00:00,000 \"text\" ERROR",
        "2026-03-01 10:00:00,000 \"more lines",
        "and the end\" DEBUG",
        "text (INFO, app)",
        "> quoted (ERROR, app.db) (INFO, app)",
        "two lines",
        "INFO text",
        "",
        " ",
        "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f",
        "Stack (most recent call last):",
        "Boom: nothing",
        "ValueError: nothing",
        "During handling of the above exception, another exception occurred:",
        "\u{feff}mark",
    ];
    prop_oneof![
        12 => prop::sample::select(lines).prop_map(|line| line.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..40),
        1 => padding(framed_text()),
        // Farther than a framer looks.
        1 => Just(vec![b'x'; REACH + 100]),
    ]
}

fn framed_text() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec!["", "text (INFO, app)", "INFO text", "\r"])
        .prop_map(|text| text.as_bytes().to_vec())
}

/// NUL bytes, and what stands before and behind them in their line.
fn padding(text: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let lens = vec![1, 3, 4, 5, 50, HOLE - 1, HOLE, HOLE + 3];
    let before = prop::sample::select(vec!["", "", "tor"]);
    (before, prop::sample::select(lens), text)
        .prop_map(|(before, len, text)| [before.as_bytes(), &vec![0; len], &text].concat())
}

/// A log of records that single lines do not tell.
pub fn framed_log() -> impl Strategy<Value = Text> {
    let line = (
        framed_line(),
        prop::sample::select(vec!["\n", "\n", "\n", "\r\n", "\0\n"]),
    );
    vec(line, 0..40).prop_map(|lines| {
        let mut text = Vec::new();
        for (line, end) in lines {
            text.extend_from_slice(&line);
            text.extend_from_slice(end.as_bytes());
        }
        Text(text)
    })
}

/// A line without its end: headers of all formats, continuations, and what else there may be.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let level = prop::sample::select(vec!["INFO", "ERROR", "WARNING", "AUDIT", "경고", "DEBUG"]);
    let logger = prop::sample::select(vec![
        "root",
        "app",
        "app.db",
        "app.db.pool",
        "x",
        "한글.로거",
    ]);
    let clock = (0..28_u32, 0..24_u32, 0..60_u32, 0..1000_u32);
    let header = (clock, level, logger, 0..4).prop_map(
        |((day, hour, second, milli), level, logger, kind)| {
            let day = day + 1;
            match kind {
                0 | 1 => format!(
                    "2026-03-{day:02} {hour:02}:00:{second:02},{milli:03} {level:<8} {logger}: text"
                ),
                2 => format!("{hour:02}:00:{second:02}.{milli:03} {level} {logger} text"),
                _ => format!("Mar {day:2} {hour:02}:00:{second:02} host {logger}[1]: {level} text"),
            }
            .into_bytes()
        },
    );
    let behind_padding = prop_oneof![header.clone(), Just(b"text".to_vec()), Just(Vec::new())];
    prop_oneof![
        6 => header,
        1 => padding(behind_padding),
        2 => Just(b"  File \"x.py\", line 3, in f".to_vec()),
        1 => Just(b"ValueError: nothing".to_vec()),
        1 => Just(Vec::new()),
        1 => vec(any::<u8>(), 0..40),
        1 => Just(b"nul\0nul\0".to_vec()),
    ]
}

/// The bytes of a log; shown as text when a property fails.
#[derive(Clone)]
pub struct Text(pub Vec<u8>);

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// A whole log: with or without a byte order mark, either kind of line end, with or without the last one.
pub fn log() -> impl Strategy<Value = Text> {
    let ends = prop::sample::select(vec![b"\n".as_slice(), b"\r\n"]);
    (vec(line(), 0..40), ends, any::<bool>(), 0..5_u8).prop_map(|(lines, end, ended, mark)| {
        let mut bytes = if mark == 0 {
            b"\xef\xbb\xbf".to_vec()
        } else {
            Vec::new()
        };
        bytes.extend(lines.join(end));
        if ended {
            bytes.extend_from_slice(end);
        }
        Text(bytes)
    })
}
