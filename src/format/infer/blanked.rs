//! The handler of Python's rich: a time in brackets that is blank where it is the one of the line above, the level in a
//! column behind it, and at the end of the line the file that asked.

use super::super::anytime::{self, Moment};
use super::super::extractor::{Clock, without_line_end};
use super::super::spec::FormatSpec;
use super::emit::time_pattern;
use crate::base::level::standard_level;
use crate::base::text::strip_ansi;

/// So many lines must have a blank instead of the time, and this share of those with a level in its column.
const LEAST: usize = 2;
const SHARE: f64 = 0.05;
/// Of the records, so many must name their file for it to be a column.
const NAMED: f64 = 0.5;
/// The width of the column of levels.
const LEVEL_WIDTH: usize = 8;

/// The format, if lines without a time have their level where those with one have it.
pub fn proposal(lines: &[&[u8]]) -> Option<FormatSpec> {
    let texts = lines.iter().map(|line| strip_ansi(without_line_end(line)));
    let texts: Vec<_> = texts.collect();
    let (moment, width) = texts.iter().find_map(|text| head(text))?;
    let is_head = |text: &[u8]| head(text).is_some_and(|(_, other)| other == width);
    let heads = texts.iter().filter(|text| is_head(text)).count();
    let is_blanked = |text: &[u8]| {
        let blanks = text
            .get(..width)
            .is_some_and(|head| head.iter().all(|b| *b == b' '));
        blanks && text.get(width..).is_some_and(has_level)
    };
    let blanked = texts.iter().filter(|text| is_blanked(text)).count();
    let records = heads + blanked;
    if blanked < LEAST || (blanked as f64) < records as f64 * SHARE {
        return None;
    }
    let named = texts
        .iter()
        .filter(|text| (is_head(text) || is_blanked(text)) && names_file(text));
    let file = if named.count() as f64 >= records as f64 * NAMED {
        r"(?: +(?<filename>[^\s:]+\.\w+):(?<lineno>\d+))?"
    } else {
        ""
    };
    let group = match moment.clock {
        Clock::NoYear => "time_no_year",
        Clock::TimeOfDay => "time_of_day",
        _ => "asctime",
    };
    let time = time_pattern(&moment);
    Some(FormatSpec::Regex {
        pattern: format!(
            r"(?:\[(?<{group}>{time})\]| {{{width}}}) (?<levelname>\p{{Lu}}[\p{{L}}\d]*) +(?<message>.*?){file} *$"
        ),
    })
}

/// `[time]` and a level: the time, and how wide it is with its brackets.
fn head(text: &[u8]) -> Option<(Moment, usize)> {
    let inner = text.strip_prefix(b"[")?;
    let moment = anytime::recognise(inner)?;
    let rest = inner.get(moment.len..)?.strip_prefix(b"]")?;
    has_level(rest).then_some((moment, moment.len + 2))
}

/// Whether behind one blank a level fills its column, and a blank ends it.
fn has_level(rest: &[u8]) -> bool {
    let Some(cell) = rest
        .strip_prefix(b" ")
        .and_then(|rest| rest.get(..LEVEL_WIDTH))
    else {
        return false;
    };
    let word = cell.trim_ascii_end();
    let closed = rest.get(1 + LEVEL_WIDTH).is_none_or(|b| *b == b' ');
    let upper = word.iter().all(u8::is_ascii_uppercase);
    closed && upper && standard_level(word).is_some()
}

/// Whether the line ends with blanks, a file and a line's number.
fn names_file(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let digits = text.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let name = text
        .get(..text.len() - digits)
        .and_then(|text| text.strip_suffix(b":"));
    let Some(name) = name.filter(|_| digits > 0) else {
        return false;
    };
    let blank = name.iter().rposition(|b| *b == b' ');
    let word = blank.and_then(|blank| name.get(blank + 1..));
    word.is_some_and(|word| memchr::memchr(b'.', word).is_some_and(|at| at > 0))
}
