//! From a message to its template: what varies becomes `<*>`, words stay.
//!
//! Variable are numbers with sign, unit or percent, hexadecimal ones and ids (`8f2a`, `req-8f2a` is `req-<*>`), UUIDs and
//! hashes, addresses with ports, times and dates, paths, what follows a URL's host, mail addresses, quoted strings and the
//! values of `key=value`. A list of such parts is one of them, so that its length does not matter. Text of other scripts
//! is words; digits within it vary (`12명이` is `<*>명이`).
//!
//! The template of a template as it is typed is itself, but for odd ones, so that a filter may be given a template or any
//! message of its kind.

mod dates;
mod marks;
mod segments;

use super::known::{Beginning, Place};
use crate::base::text::strip_ansi;

/// Stands for a part that varies.
pub const VARIABLE: &str = "<*>";
/// Stands for a place where words take turns: any one piece between blanks.
pub const ANY: &str = "<any>";
/// Stands for whatever follows; the last piece only.
pub const REST: &str = "<...>";

/// So much of a message's first line is looked at, in bytes.
const LONGEST: usize = 1_024;

/// Turns messages into templates; the buffer is reused.
#[derive(Debug, Clone, Default)]
pub struct Templater {
    out: Vec<u8>,
}

impl Templater {
    /// The template of a message's first line that is not empty. It is valid UTF-8 without line ends, and empty only for a
    /// message of blanks.
    pub fn read(&mut self, message: &[u8]) -> &[u8] {
        self.go(message, Of::Message, None);
        &self.out
    }

    /// The same, unless the first pieces tell the place of a template that takes in whatever begins with them: no more than
    /// those is read then.
    ///
    /// # Errors
    /// There is no such template; this is the message's own.
    pub(super) fn place(
        &mut self,
        message: &[u8],
        beginning: Beginning<'_>,
    ) -> Result<Place, &[u8]> {
        let known = self.go(message, Of::Message, Some(beginning));
        known.ok_or(&self.out)
    }

    /// What was read last.
    pub(super) fn last(&self) -> &[u8] {
        &self.out
    }

    fn go(&mut self, text: &[u8], of: Of, beginning: Option<Beginning<'_>>) -> Option<Place> {
        self.out.clear();
        let (line, is_whole) = head(first_line(text));
        let line = strip_ansi(line);
        let line = without_blanks(&line);
        let known = match std::str::from_utf8(line) {
            Ok(_) => write(line, of, beginning, &mut self.out),
            Err(_) => {
                let text = String::from_utf8_lossy(line);
                write(text.as_bytes(), of, beginning, &mut self.out)
            }
        };
        if !is_whole {
            if !self.out.is_empty() {
                self.out.push(b' ');
            }
            self.out.extend_from_slice(REST.as_bytes());
        }
        known
    }
}

/// The template of a message, as text.
#[must_use]
pub fn template_of(message: &str) -> String {
    text_of(message, Of::Message)
}

/// The template that someone typed, or that of a message that was typed.
#[must_use]
pub fn template_as_typed(text: &str) -> String {
    text_of(text, Of::Template)
}

fn text_of(text: &str, of: Of) -> String {
    let mut templater = Templater::default();
    templater.go(text.as_bytes(), of, None);
    String::from_utf8_lossy(&templater.out).into_owned()
}

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Where [`ANY`] and [`REST`] stand in it, they stand for nothing.
    Message,
    Template,
}

/// The first line that is not blank, without blanks around it.
fn first_line(message: &[u8]) -> &[u8] {
    let message = message.trim_ascii_start();
    let end = memchr::memchr(b'\n', message).unwrap_or(message.len());
    message.get(..end).unwrap_or_default().trim_ascii_end()
}

/// A line without blanks around it, which control characters are too.
fn without_blanks(line: &[u8]) -> &[u8] {
    let says = |byte: &u8| class(*byte) != Class::Blank;
    let start = line.iter().position(says).unwrap_or(line.len());
    let end = line.iter().rposition(says).map_or(start, |last| last + 1);
    line.get(start..end).unwrap_or_default()
}

/// What of a line is looked at, cut at a blank if there is one near; and whether that is all of it.
fn head(line: &[u8]) -> (&[u8], bool) {
    let Some(cut) = line.get(..LONGEST).filter(|cut| cut.len() < line.len()) else {
        return (line, true);
    };
    let blank = cut.iter().rposition(u8::is_ascii_whitespace);
    let boundary = cut.iter().rposition(|byte| byte & 0xc0 != 0x80);
    let end = blank.filter(|at| *at > LONGEST / 2).or(boundary);
    (cut.get(..end.unwrap_or(cut.len())).unwrap_or(cut), false)
}

fn write(
    line: &[u8],
    of: Of,
    beginning: Option<Beginning<'_>>,
    out: &mut Vec<u8>,
) -> Option<Place> {
    let mut writer = Writer {
        of,
        text: line,
        at: 0,
        from: 0,
        out,
        token: 0,
        run: (0, 0),
        url_end: None,
        date: dates::Date::No,
        beginning,
        told: 0,
    };
    while let Some(byte) = writer.peek(0) {
        match class(byte) {
            Class::Letter | Class::Digit => writer.segment(),
            Class::Blank => {
                if let Some(known) = writer.blank() {
                    return Some(known);
                }
            }
            Class::Mark => writer.mark(byte),
        }
    }
    writer.write();
    None
}

/// What a byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Also every byte of other scripts.
    Letter,
    Digit,
    Blank,
    Mark,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0..=b' ' | 0x7f => Class::Blank,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

#[inline]
fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

fn is_word(byte: u8) -> bool {
    matches!(class(byte), Class::Letter | Class::Digit) || byte == b'_'
}

/// Goes through a line once, from left to right.
struct Writer<'a> {
    of: Of,
    text: &'a [u8],
    at: usize,
    /// What stands between here and the place stays as it is and is not written yet.
    from: usize,
    out: &'a mut Vec<u8>,
    /// Where in the text the present piece between blanks begins.
    token: usize,
    /// Where the present run of word characters, dots, dashes and the like begins: in the text, and in what is written if
    /// it is.
    run: (usize, usize),
    /// Where a URL's host ends.
    url_end: Option<usize>,
    /// Whether what stands before this piece was a date.
    date: dates::Date,
    /// What is to be told the first pieces.
    beginning: Option<Beginning<'a>>,
    /// So much of what is written it was told.
    told: usize,
}

impl<'a> Writer<'a> {
    #[inline]
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// The byte before the place, unless the line begins there.
    fn before(&self) -> Option<u8> {
        self.text.get(self.at.checked_sub(1)?).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What stays and is not written yet.
    fn kept(&self) -> &'a [u8] {
        self.text.get(self.from..self.at).unwrap_or_default()
    }

    /// Writes what stays.
    fn write(&mut self) {
        if self.run.0 >= self.from {
            self.run.1 = self.out.len() + self.run.0 - self.from;
        }
        self.out.extend_from_slice(self.kept());
        self.from = self.at;
    }

    /// Goes on behind something that is left out.
    fn skip(&mut self, bytes: usize) {
        self.write();
        self.at += bytes;
        self.from = self.at;
    }

    fn blank(&mut self) -> Option<Place> {
        // Something was left out just before, or a comma behind it: it may have been a date.
        self.date = match self.at - self.from {
            0 | 1 => self.date_before(),
            _ => dates::Date::No,
        };
        let known = self.known();
        let is_blank = |ahead| self.peek(ahead).map(class) == Some(Class::Blank);
        if self.peek(0) == Some(b' ') && !is_blank(1) {
            self.at += 1;
        } else {
            let len = (1..).find(|ahead| !is_blank(*ahead)).unwrap_or(1);
            self.write();
            self.out.push(b' ');
            self.skip(len);
        }
        self.token = self.at;
        self.begin_run();
        known
    }

    /// The template that the pieces up to this blank tell, unless what follows may still become a part of the last.
    fn known(&mut self) -> Option<Place> {
        let mut beginning = self.beginning.take()?;
        let mut found = None;
        if self.date == dates::Date::No {
            self.write();
            if !self.out.ends_with(b"<*>,") {
                let pieces = self.out.get(self.told..).unwrap_or_default();
                found =
                    { pieces.split(|byte| *byte == b' ') }.find_map(|piece| beginning.next(piece));
                self.told = self.out.len() + 1;
            }
        }
        if !beginning.is_over() {
            self.beginning = Some(beginning);
        }
        found
    }

    fn begin_run(&mut self) {
        self.run.0 = self.at;
        self.run.1 = self.out.len();
    }

    /// Leaves the present run out.
    fn take_back_run(&mut self) {
        match self.text.get(self.from..self.run.0) {
            Some(before) => {
                self.out.extend_from_slice(before);
                self.run.1 = self.out.len();
            }
            None => self.out.truncate(self.run.1),
        }
        self.from = self.at;
    }

    /// Writes a variable part, which goes on to the byte at `end`. One that follows another as in a list, a date or an
    /// address is a part of that.
    fn variable(&mut self, end: usize) {
        self.write();
        match self.joined() {
            Some(len) => self.out.truncate(len),
            None => self.out.extend_from_slice(VARIABLE.as_bytes()),
        }
        self.at = end;
        if self.peek(0) == Some(b'%') {
            self.at += 1;
        }
        self.from = self.at;
    }

    /// How much of what is written stays if the variable part that comes belongs to the one before.
    fn joined(&self) -> Option<usize> {
        let out = &**self.out;
        let stripped = match out {
            [.., b'>'] => out,
            [rest @ .., b',', b' '] if is_listed(rest) || self.date == dates::Date::Words => rest,
            [rest @ .., b' '] if self.is_of_date() => rest,
            [
                rest @ ..,
                b',' | b'.' | b':' | b'/' | b'-' | b'_' | b'+' | b'x',
            ] => rest,
            _ => return None,
        };
        stripped
            .ends_with(VARIABLE.as_bytes())
            .then_some(stripped.len())
    }
}

/// Whether a list in brackets begins with the variable part that ends here.
fn is_listed(out: &[u8]) -> bool {
    let before = out.strip_suffix(VARIABLE.as_bytes());
    matches!(before, Some([.., b'(' | b'[' | b'{']))
}

#[cfg(test)]
mod tests;
