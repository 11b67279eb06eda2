//! What the parts of a message are (numbers, paths, quoted texts, ...), so that they can be written in quiet colours of
//! their own.
//!
//! One pass over the text, whatever is in it; what is in doubt is nothing.

mod number;
#[cfg(test)]
mod tests;
mod word;

use std::ops::Range;

use word::{Scheme, is_method, scheme};

/// What a part of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A number with its unit, a date, a time.
    Number,
    /// `true`, `None`, `nan` and the like.
    Constant,
    /// An IP address, with its port.
    Address,
    /// A UUID, a hash, a number in hexadecimal.
    Id,
    /// A file, with the line in it.
    Path,
    /// What has a scheme: `https://...`.
    Url,
    /// A text in quotes.
    Quoted,
    /// The name before `=`, or a quoted one before `:`.
    Key,
    /// `GET`, `POST`, ... before what was asked for.
    Method,
    /// The status of an HTTP answer, by its first digit.
    Status(u8),
}

/// A stretch of a text, in bytes, and what it is.
pub type Toned = (Range<usize>, Tone);

/// Most stretches of one text; what follows is left plain.
const MOST: usize = 400;

/// What the parts of a text are, in order; they do not overlap, and what is between them is nothing in particular.
#[must_use]
pub fn tones(text: &str) -> Vec<Toned> {
    let mut scan = Scan {
        text,
        out: Vec::new(),
        expects: Expects::Nothing,
        unclosed: [false; 3],
    };
    let mut at = 0;
    while at < text.len() && scan.out.len() < MOST {
        at = scan.step(at).max(at + 1);
    }
    scan.out
}

/// A longer word is read in pieces, so that one of many parts is not read again for each of them.
const LONGEST: usize = 1_000;

/// Where the status of an answer may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// Nowhere.
    Nothing,
    /// It is the very next word.
    StatusNext,
    /// Somewhere behind what was asked for.
    StatusLater,
}

struct Scan<'a> {
    text: &'a str,
    out: Vec<Toned>,
    expects: Expects,
    /// No further quote of this kind is closed.
    unclosed: [bool; 3],
}

/// What a word cannot contain.
fn ends_word(byte: u8) -> bool {
    byte <= b' '
        || byte >= 0x7f
        || matches!(
            byte,
            b'"' | b'\''
                | b'`'
                | b'<'
                | b'>'
                | b'('
                | b')'
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b','
                | b';'
                | b'|'
        )
}

impl Scan<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn add(&mut self, range: Range<usize>, tone: Tone) {
        self.out.push((range, tone));
    }

    /// Reads what begins at a byte; where to go on.
    fn step(&mut self, at: usize) -> usize {
        match self.byte(at) {
            Some(quote @ (b'"' | b'\'' | b'`')) => self.quoted(at, quote),
            Some(byte) if ends_word(byte) => at + 1,
            Some(_) => self.word(at),
            None => at + 1,
        }
    }

    fn quoted(&mut self, at: usize, quote: u8) -> usize {
        let inside = at.checked_sub(1).and_then(|before| self.byte(before));
        // `don't`, 5' 3"
        let after_word = inside.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80);
        let Some(end) = self.closing(at, quote).filter(|_| !after_word) else {
            return at + 1;
        };
        let first = self.part(at + 1..end - 1).split(' ').next();
        if first.is_some_and(is_method) {
            // A line of an access log: what is in it says more.
            return at + 1;
        }
        let tone = match self.byte(end) {
            Some(b':') => Tone::Key,
            _ => Tone::Quoted,
        };
        if tone == Tone::Key {
            let name = self.part(at + 1..end - 1).to_owned();
            self.expect_after(&name);
        } else {
            self.expects = Expects::Nothing;
        }
        self.add(at..end, tone);
        end
    }

    /// Behind the quote that closes the one at a byte.
    fn closing(&mut self, at: usize, quote: u8) -> Option<usize> {
        let kind = match quote {
            b'"' => 0,
            b'\'' => 1,
            _ => 2,
        };
        let unclosed = self.unclosed.get_mut(kind)?;
        if *unclosed {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut from = at + 1;
        while let Some(found) = memchr::memchr2(quote, b'\\', bytes.get(from..)?) {
            let place = from + found;
            if bytes.get(place) == Some(&b'\\') {
                from = place + 2;
                if from > bytes.len() {
                    break;
                }
                continue;
            }
            let next = bytes.get(place + 1);
            if !next.is_some_and(u8::is_ascii_alphanumeric) {
                return Some(place + 1);
            }
            from = place + 1;
        }
        *unclosed = true;
        None
    }

    fn word(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(at..).unwrap_or_default();
        let inside = rest
            .iter()
            .take(LONGEST)
            .take_while(|byte| !ends_word(**byte));
        let len = inside.count();
        let end = at + len;
        let word = self.part(at..end);
        match scheme(word) {
            Some(Scheme::Whole) => {
                let end = at + url_length(self.part(at..self.text.len()));
                self.add(at..end, Tone::Url);
                return end;
            }
            Some(Scheme::At(offset)) => return self.pair_or_plain(at, at + offset),
            None => {}
        }
        if let Some(equals) = word.find('=').filter(|at| word::is_name(word.get(..*at))) {
            return self.pair_or_plain(at, at + equals + 1);
        }
        let word = word.trim_end_matches(['.', ':', '!', '?', '=']);
        let trimmed = at + word.len();
        let word = word.to_owned();
        self.judge(&word, at..trimmed, end);
        end
    }

    /// `name=` before something else, if it is one.
    fn pair_or_plain(&mut self, at: usize, behind: usize) -> usize {
        let name = self.part(at..behind).trim_end_matches(['=', ':']);
        let (len, name) = (name.len(), name.to_owned());
        if self.byte(at + len) == Some(b'=') && word::is_name(Some(&name)) {
            self.add(at..at + len, Tone::Key);
            self.expect_after(&name);
        }
        behind
    }

    /// What a name lets come.
    fn expect_after(&mut self, name: &str) {
        let means = ["status", "status_code", "statuscode", "http_status", "code"];
        let is_status = means.iter().any(|word| word.eq_ignore_ascii_case(name));
        self.expects = match is_status {
            true => Expects::StatusNext,
            false if self.expects == Expects::StatusLater => Expects::StatusLater,
            false => Expects::Nothing,
        };
    }

    fn judge(&mut self, word: &str, range: Range<usize>, end: usize) {
        let expected = self.expects;
        if expected == Expects::StatusNext {
            self.expects = Expects::Nothing;
        }
        if word.starts_with("HTTP/") || word.eq_ignore_ascii_case("status") {
            self.expects = Expects::StatusNext;
            return;
        }
        if is_method(word) && self.asks_for_something(end) {
            self.expects = Expects::StatusLater;
            return self.add(range, Tone::Method);
        }
        if let Some(class) = word::status(word).filter(|_| expected != Expects::Nothing) {
            self.expects = Expects::Nothing;
            return self.add(range, Tone::Status(class));
        }
        if let Some(tone) = word::tone(word) {
            self.add(range, tone);
        }
    }

    /// Whether what is asked for follows a method.
    fn asks_for_something(&self, end: usize) -> bool {
        let rest = self.part(end..self.text.len());
        let next = rest.strip_prefix(' ').unwrap_or_default();
        next.starts_with('/') || next.starts_with("http") || next.starts_with("* ")
    }
}

/// How long a URL is that a text begins with.
pub(super) fn url_length(text: &str) -> usize {
    let is_inside = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(
                c,
                '"' | '\'' | '`' | '<' | '>' | '{' | '}' | '|' | '\\' | '^'
            )
    };
    let end = text.find(|c| !is_inside(c)).unwrap_or(text.len());
    let mut url = text.get(..end).unwrap_or_default();
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let shorter = match shorter.chars().next_back() {
            // A bracket around the whole address is not part of it.
            Some(')') if !shorter.contains('(') => shorter.trim_end_matches(')'),
            Some(']') if !shorter.contains('[') => shorter.trim_end_matches(']'),
            _ => shorter,
        };
        if shorter.len() == url.len() {
            return url.len();
        }
        url = shorter;
    }
}
