//! How much of a text a cell shows, and the short forms of numbers, times and levels. Pure.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use super::model::{Highlight, MatchKind};
use crate::ui::widgets::abbreviate;

/// The part of a text that a window sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Its bytes; everything outside is never laid out.
    pub range: Range<usize>,
    /// Points from the window's left edge to the first of them; at most 0.
    pub lead: f32,
    /// Text goes on beyond the right edge; an ellipsis follows.
    pub cut: bool,
}

/// What a window of `width` points sees of a text that is scrolled by `from` points. `advance` is a character's width,
/// `ellipsis` that of the sign that says there is more. Reads no further than the window's right edge.
pub fn window(
    text: &str,
    from: f32,
    width: f32,
    ellipsis: f32,
    mut advance: impl FnMut(char) -> f32,
) -> Window {
    let mut x = -from.max(0.0);
    let mut begin: Option<(usize, f32)> = None;
    // Where to cut if the text turns out not to fit.
    let mut cut_at = 0;
    for (at, character) in text.char_indices() {
        let step = advance(character);
        if begin.is_none() && x + step > 0.0 {
            begin = Some((at, x));
            cut_at = at;
        }
        x += step;
        if x <= width - ellipsis {
            cut_at = at + character.len_utf8();
        }
        // Half a point of rounding does not cut a text.
        if x > width + 0.5 {
            let (start, lead) = begin.unwrap_or((at, 0.0));
            return Window {
                range: start..cut_at.max(start),
                lead,
                cut: true,
            };
        }
    }
    let (start, lead) = begin.unwrap_or((text.len(), 0.0));
    Window {
        range: start..text.len(),
        lead,
        cut: false,
    }
}

/// The byte of a text at `x` points from its left edge, at the beginning of a character; `None` beside the text.
pub fn byte_at(text: &str, x: f32, mut advance: impl FnMut(char) -> f32) -> Option<usize> {
    let mut right = 0.0;
    let mut characters = text.char_indices();
    let found = characters.find(|(_, character)| {
        right += advance(*character);
        right > x
    });
    found.filter(|_| x >= 0.0).map(|(at, _)| at)
}

/// The word around a byte: letters, digits and `_`, with dots and dashes between them.
#[must_use]
pub fn word_at(text: &str, byte: usize) -> Option<Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@');
    let (before, behind) = (text.get(..byte)?, text.get(byte..)?);
    if !behind.starts_with(inside) {
        return None;
    }
    let start = before.rfind(|c| !inside(c)).map_or(0, |at| {
        at + before
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8)
    });
    let end = byte + behind.find(|c| !inside(c)).unwrap_or(behind.len());
    let word = text.get(start..end)?;
    let trimmed = word.trim_start_matches(['-', '.', '@']);
    let start = end - trimmed.len();
    let end = start + trimmed.trim_end_matches(['-', '.', '@']).len();
    (start < end).then_some(start..end)
}

/// Width of a text in points as a guess from its characters: what is not Latin is often wider than a cell.
#[must_use]
pub fn guess_width(text: &str, char_width: f32) -> f32 {
    if text.is_ascii() {
        return text.len() as f32 * char_width;
    }
    text.chars()
        .map(|character| {
            if character >= '\u{1100}' {
                char_width * 1.8
            } else {
                char_width
            }
        })
        .sum()
}

/// A logger's name in so many cells of a character, abbreviated if it must be.
pub fn short_name(name: &str, cells: usize) -> Cow<'_, str> {
    abbreviate::abbreviate(name, |text| cells_of(text) <= cells as f32)
}

/// A time that fits into so many cells: its day gives way first.
#[must_use]
pub fn short_time(time: &str, cells: usize) -> Cow<'_, str> {
    abbreviate::time(time, |text| cells_of(text) <= cells as f32)
}

/// How many cells a text takes that may be abbreviated.
fn cells_of(text: &str) -> f32 {
    let gaps = text.matches('…').count();
    guess_width(text.trim_matches('…'), 1.0) + gaps as f32
}

/// The stretches of `range` with the kind of match that each shows, in order and without gaps.
#[must_use]
pub fn stretches(
    range: Range<usize>,
    highlights: &[Highlight],
) -> Vec<(Range<usize>, Option<MatchKind>)> {
    let inside: Vec<&Highlight> = highlights
        .iter()
        .filter(|h| h.range.start < range.end && h.range.end > range.start && !h.range.is_empty())
        .collect();
    if inside.is_empty() {
        return vec![(range, None)];
    }
    let mut edges: Vec<usize> = inside
        .iter()
        .flat_map(|h| [h.range.start.max(range.start), h.range.end.min(range.end)])
        .chain([range.start, range.end])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let mut out: Vec<(Range<usize>, Option<MatchKind>)> = Vec::with_capacity(edges.len());
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        let kind = inside
            .iter()
            .filter(|h| h.range.start <= start && h.range.end >= end)
            .map(|h| h.kind)
            .max();
        out.push((start..end, kind));
    }
    out
}

/// The stretches of `range` with the pen, or what else, that each is written with, in order and without gaps.
#[must_use]
pub fn penned<T: Copy>(
    range: Range<usize>,
    pens: &[(Range<usize>, T)],
) -> Vec<(Range<usize>, Option<T>)> {
    let mut out = Vec::new();
    let mut at = range.start;
    let first = pens.partition_point(|(pen, _)| pen.end <= range.start);
    for (stretch, pen) in pens.iter().skip(first) {
        let (start, end) = (stretch.start.max(at), stretch.end.min(range.end));
        if start >= end {
            break;
        }
        if at < start {
            out.push((at..start, None));
        }
        out.push((start..end, Some(*pen)));
        at = end;
    }
    if at < range.end {
        out.push((at..range.end, None));
    }
    out
}

/// A span of nanoseconds as a reader wants it: `+0.25ms`, `+135ms`, `+1.250s`, `+3m05s`, `+2h10m`, `+4d03h`.
#[must_use]
pub fn delta(nanos: i64) -> String {
    let sign = if nanos < 0 { '-' } else { '+' };
    let nanos = nanos.unsigned_abs();
    let mut text = String::with_capacity(10);
    text.push(sign);
    let micros = nanos / 1_000;
    let millis = micros / 1_000;
    let seconds = millis / 1_000;
    let _ = match seconds {
        0 if millis == 0 && micros == 0 => write!(text, "0"),
        0 if millis < 10 => write!(text, "{}.{:02}ms", millis, micros % 1_000 / 10),
        0 => write!(text, "{millis}ms"),
        1..60 => write!(text, "{seconds}.{:03}s", millis % 1_000),
        60..3_600 => write!(text, "{}m{:02}s", seconds / 60, seconds % 60),
        3_600..86_400 => write!(text, "{}h{:02}m", seconds / 3_600, seconds / 60 % 60),
        _ => write!(text, "{}d{:02}h", seconds / 86_400, seconds / 3_600 % 24),
    };
    text
}

/// A level's name in at most `max` characters: whole, the usual short form, or its first letter.
#[must_use]
pub fn short_level(name: &str, max: usize) -> &str {
    if name.chars().count() <= max {
        return name;
    }
    let short = match name {
        "WARNING" => "WARN",
        "CRITICAL" => "CRIT",
        "SUCCESS" => "SUCC",
        "EMERGENCY" => "EMERG",
        other => other,
    };
    if short.chars().count() <= max {
        return short;
    }
    let letters = if max >= 4 { 4 } else { 1 };
    let end = short
        .char_indices()
        .nth(letters)
        .map_or(short.len(), |(at, _)| at);
    short.get(..end).unwrap_or(short)
}

#[cfg(test)]
mod tests;
