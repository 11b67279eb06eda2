//! Proposes formats for unknown text by looking at what its lines have in common.
//!
//! Three steps: [`anchors`] finds the time and the level in each line and groups lines whose heads look alike;
//! [`columns`] walks the lines of the largest groups in parallel and splits their heads into literals and fields;
//! [`emit`] writes what was found as a Python template, or as a regular expression where Python's date formats cannot
//! say it. Nothing is decided here: the proposals compete with the built-ins in [`super::detect`].

mod anchors;
mod below;
mod blanked;
mod blocks;
mod columns;
mod describe;
mod emit;
mod filled;
mod paired;
mod signed;
mod signs;
mod tail;
mod unescaped;

pub use anchors::is_korean_level;
pub use blanked::proposal as blanked;
pub use emit::is_unnamed;
pub use unescaped::proposal as unescaped;

use super::spec::FormatSpec;
use crate::base::text::strip_ansi;

/// So many lines are looked at.
const MAX_LINES: usize = 400;

/// Whether the line has a time, or a level in brackets or before a colon, near its start.
pub fn looks_like_head(line: &[u8]) -> bool {
    let line = strip_ansi(line.get(..line.len().min(300)).unwrap_or(line));
    let marked = anchors::mark(&line);
    let timed = marked.time.is_some_and(|(at, moment)| {
        at < 60 && moment.shape != "%Y-%m-%d" && (moment.shape != "epoch" || at == 0)
    });
    let levelled = marked.level.is_some_and(|range| {
        let closed = line
            .get(range.end)
            .is_some_and(|b| matches!(b, b':' | b']' | b'|' | b')'));
        range.start < 2
            && closed
            && line
                .get(range)
                .is_some_and(|word| word.iter().all(u8::is_ascii_uppercase))
    });
    timed || levelled
}

/// Formats that may have written these lines, without duplicates, in no particular order.
pub fn proposals(lines: &[&[u8]]) -> Vec<FormatSpec> {
    let mut specs = one_line_proposals(lines);
    specs.extend(blocks::proposal(lines));
    specs.extend(paired::proposal(lines));
    specs
}

fn one_line_proposals(lines: &[&[u8]]) -> Vec<FormatSpec> {
    let below = lines.iter().skip(1).map(|line| indent(line)).chain([0]);
    let (clean, below): (Vec<_>, Vec<usize>) = lines
        .iter()
        .zip(below)
        .filter(|(line, _)| !super::plain::is_continuation(line))
        .take(MAX_LINES)
        .map(|(line, below)| (strip_ansi(super::extractor::without_line_end(line)), below))
        .unzip();
    let objects = clean
        .iter()
        .filter(|line| line.starts_with(b"{\"") || line.starts_with(b"{ \""))
        .count();
    if objects * 2 > clean.len() {
        return Vec::new(); // JSON has its own reader
    }
    let marked: Vec<anchors::Marked<'_>> = clean
        .iter()
        .zip(below)
        .map(|(line, indent_below)| anchors::Marked {
            indent_below,
            ..anchors::mark(line)
        })
        .collect();
    let texts: Vec<&[u8]> = clean.iter().map(|line| &**line).collect();
    let mut specs: Vec<FormatSpec> = tail::proposals(&texts);
    for group in anchors::groups(&marked) {
        let (segments, rests) = columns::split_with_rests(&group);
        let one_line = emit::specs(&segments, &group);
        let moment = group.moment();
        let signed = one_line
            .iter()
            .filter_map(|head| signed::spec(head, (&segments, &rests), moment.as_ref(), lines));
        let signed: Vec<FormatSpec> = signed.collect();
        for spec in one_line
            .into_iter()
            .chain(signed)
            .chain(below::spec(segments, rests, &group))
        {
            if !specs.contains(&spec) {
                specs.push(spec);
            }
        }
    }
    specs
}

/// The blanks that a line begins with; 0 for blank lines.
fn indent(line: &[u8]) -> usize {
    let blanks = line.iter().take_while(|b| **b == b' ').count();
    match line.get(blanks) {
        None | Some(b'\r' | b'\n') => 0,
        Some(_) => blanks,
    }
}

#[cfg(test)]
mod tests;
