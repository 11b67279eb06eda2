//! Text for people: escape sequences removed or read as colours, hidden characters made visible, safe clipping.
//!
//! Whatever a log, a file name or a message of the system says goes through here before it is shown: nothing in it can
//! hide itself, turn its neighbours around or take more than its line.

mod ansi;
mod hidden;
pub mod places;
#[cfg(test)]
mod tests;
mod tone;

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

pub use ansi::{Colour, Pen, ansi_len, strip_ansi};
use hidden::is_hidden;
pub use tone::{Tone, Toned, tones};

/// Stands for a line break inside a cell.
const LINE_BREAK: &str = " ↵ ";
/// Columns from one tab stop to the next.
const TAB_STOP: usize = 4;

/// A stretch of visible text, in bytes, that the log wants to be written with a pen.
pub type Penned = (Range<usize>, Pen);

/// A visible line and what of it the log colours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PennedLine {
    /// Its text.
    pub text: Box<str>,
    /// The coloured stretches.
    pub pens: Box<[Penned]>,
    /// What its parts are.
    pub tones: Box<[Toned]>,
}

impl PennedLine {
    /// A line without colours.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.into(),
            pens: Box::default(),
            tones: Box::default(),
        }
    }
}

/// Appends one line for a table cell to `out`, at most `max_chars` characters of it: escape sequences removed, tabs
/// expanded, the final line end trimmed, line breaks inside as a mark, hidden characters visible. A clipped text ends with
/// an ellipsis.
pub fn visible(text: &str, out: &mut String, max_chars: usize) {
    let mut pen = Pen::default();
    visible_penned(text, out, max_chars, &mut pen, |_, _| {});
}

/// As [`visible`] for bytes, of which those that are no UTF-8 are shown by their numbers; appends the stretches that
/// escape sequences colour. `pen` is that at the start of the text.
pub fn visible_coloured(
    bytes: &[u8],
    out: &mut String,
    max_chars: usize,
    mut pen: Pen,
    penned: &mut Vec<Penned>,
) {
    visible_penned(
        &shown(bytes),
        out,
        max_chars,
        &mut pen,
        |range, pen| match penned.last_mut() {
            Some((last, with)) if *with == pen && last.end == range.start => last.end = range.end,
            _ => penned.push((range, pen)),
        },
    );
    // The ellipsis may be longer than what it stands for, or shorter.
    for (range, _) in penned.iter_mut() {
        range.end = range.end.min(out.len());
        while !out.is_char_boundary(range.end) {
            range.end += 1;
        }
    }
    penned.retain(|(range, _)| range.start < range.end);
}

fn visible_penned(
    text: &str,
    out: &mut String,
    max_chars: usize,
    pen: &mut Pen,
    mut write: impl FnMut(Range<usize>, Pen),
) {
    let text = text.trim_end_matches(['\n', '\r']);
    if pen.is_plain() && text.len() <= max_chars && is_printable_ascii(text) {
        out.push_str(text);
        return;
    }
    let mut left = max_chars;
    let mut column = 0;
    let mut before = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\u{1b}' {
            let (escape, behind) = split_escape(rest);
            pen.obey(escape.as_bytes());
            rest = behind;
            continue;
        }
        let start = out.len();
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let after = rest.chars().next();
        match c {
            '\r' if after == Some('\n') => {}
            '\n' => out.push_str(LINE_BREAK),
            '\t' => (0..TAB_STOP - column % TAB_STOP).for_each(|_| out.push(' ')),
            c => push_visible(c, before, after, out),
        }
        before = stands(c, start, out);
        let added = out.get(start..).unwrap_or_default().chars().count();
        column += added;
        if added > left {
            clip(out, start, left);
            return;
        }
        left -= added;
        if !pen.is_plain() && out.len() > start {
            write(start..out.len(), *pen);
        }
    }
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, 0x20..=0x7e))
}

/// The escape sequence that a text begins with, and what is behind it.
fn split_escape(text: &str) -> (&str, &str) {
    let mut len = ansi_len(text.as_bytes()).max(1);
    while !text.is_char_boundary(len) {
        len += 1;
    }
    text.split_at(len.min(text.len()))
}

/// Keeps `left` characters after `before` and marks the cut, in place of the last character if there is no room.
fn clip(out: &mut String, before: usize, left: usize) {
    let kept = out.get(before..).unwrap_or_default();
    let end = kept
        .char_indices()
        .nth(left)
        .map_or(kept.len(), |(at, _)| at);
    out.truncate(before + end);
    if out.pop().is_some() {
        // Nothing is left for a joiner to join.
        let end = out.trim_end_matches(['\u{200c}', '\u{200d}']).len();
        out.truncate(end);
        out.push('…');
    }
}

/// Pushes a character, or what stands for it if it is hidden.
fn push_visible(c: char, before: Option<char>, after: Option<char>, out: &mut String) {
    match c {
        // The pictures of C0 controls are in every font that egui brings along only as a fallback: caret notation is.
        '\u{0}'..='\u{1f}' => {
            out.push('^');
            out.push(char::from(b'@' + (c as u32 & 0x1f) as u8));
        }
        '\u{7f}' => out.push_str("^?"),
        c if is_hidden(c, before, after) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        c => out.push(c),
    }
}

/// The character itself, if it is what stands in `out` from `start` on.
fn stands(c: char, start: usize, out: &str) -> Option<char> {
    out.get(start..)
        .is_some_and(|shown| shown.starts_with(c))
        .then_some(c)
}

/// The text of bytes, of which those that are no UTF-8 are shown by their numbers: `<FF>`.
#[must_use]
pub fn shown(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("<{byte:02X}>"));
        }
    }
    Cow::Owned(out)
}

/// A name in one line with everything in it visible, escape sequences too: of a file, a logger, a level, or a message of
/// the system that may quote one.
#[must_use]
pub fn name(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    push_line(text, &mut out);
    Cow::Owned(out)
}

/// A path with everything in it visible.
#[must_use]
pub fn path(path: &Path) -> String {
    name(&shown(path.as_os_str().as_encoded_bytes())).into_owned()
}

/// Text of several lines for another program (the clipboard): escape sequences removed, hidden characters visible, tabs
/// kept, lines ended with a line feed.
#[must_use]
pub fn plain(bytes: &[u8]) -> String {
    let text = strip_ansi(bytes);
    let text = String::from_utf8_lossy(&text);
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line.strip_suffix('\r').unwrap_or(line), "\n"),
            None => (line, ""),
        };
        if is_printable_ascii(line) {
            out.push_str(line);
        } else {
            for (at, part) in line.split('\t').enumerate() {
                if at > 0 {
                    out.push('\t');
                }
                push_line(part, &mut out);
            }
        }
        out.push_str(end);
    }
    out
}

fn push_line(text: &str, out: &mut String) {
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let start = out.len();
        push_visible(c, before, chars.peek().copied(), out);
        before = stands(c, start, out);
    }
}

/// `1234567` as `1,234,567`.
#[must_use]
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
