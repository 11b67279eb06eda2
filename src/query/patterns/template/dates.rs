//! Dates and times of several pieces: `2026-11-27 10:00:00 +0900`, `Fri, 27 Nov 2026`.

use super::{VARIABLE, Writer};

const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];
const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];

/// Whether a date stands before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Date {
    No,
    /// In digits; a time may follow.
    Digits,
    /// With a month's or a day's name; numbers may follow.
    Words,
}

impl Writer<'_> {
    /// What the piece that ends here, or those before it, were of a date.
    pub(super) fn date_before(&self) -> Date {
        if !matches!(self.kept(), [] | [b',']) || !self.out.ends_with(VARIABLE.as_bytes()) {
            return Date::No;
        }
        let piece = self.text.get(self.token..self.at).unwrap_or_default();
        if is_named(piece) || (self.date == Date::Words && is_number(piece)) {
            return Date::Words;
        }
        if is_digits(piece) || (self.date == Date::Digits && is_clock(piece)) {
            return Date::Digits;
        }
        match self.date {
            Date::Words if is_clock(piece) => Date::Words,
            _ => Date::No,
        }
    }

    /// Whether the number that begins here goes on a date.
    pub(super) fn is_of_date(&self) -> bool {
        let rest = self.rest();
        match self.date {
            Date::No => false,
            Date::Digits => is_clock(rest) || (self.before() == Some(b'+') && is_number(rest)),
            Date::Words => true,
        }
    }

    /// Whether the next letters are a month's or a day's name beside a number.
    pub(super) fn is_word_of_date(&self, len: usize) -> bool {
        let name = self.text.get(self.at..self.at + len).unwrap_or_default();
        let is_month = MONTHS.contains(&name);
        if len != 3 || !(is_month || DAYS.contains(&name)) {
            return false;
        }
        let behind = self.text.get(self.at + len..).unwrap_or_default();
        let behind = behind.strip_prefix(b",").unwrap_or(behind);
        let ([b' ', b' ', next @ ..] | [b' ' | b'-' | b'/', next @ ..]) = behind else {
            return false;
        };
        next.first().is_some_and(u8::is_ascii_digit)
            || MONTHS.iter().any(|month| next.starts_with(month))
    }
}

/// `2026-11-27`, `27.11.2026`, `11/27/26`
fn is_digits(piece: &[u8]) -> bool {
    let signs = |byte: &&u8| matches!(**byte, b'-' | b'/' | b'.');
    (8..=11).contains(&piece.len())
        && piece.first().is_some_and(u8::is_ascii_digit)
        && piece.iter().filter(signs).count() == 2
}

/// `10:00`
fn is_clock(text: &[u8]) -> bool {
    matches!(
        text,
        [b'0'..=b'9', b':', b'0'..=b'9', ..] | [b'0'..=b'9', b'0'..=b'9', b':', b'0'..=b'9', ..]
    )
}

fn is_named(piece: &[u8]) -> bool {
    let piece = piece.strip_suffix(b",").unwrap_or(piece);
    MONTHS.contains(&piece) || DAYS.contains(&piece)
}

/// At most four digits, and a comma.
fn is_number(piece: &[u8]) -> bool {
    let digits = piece
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    (1..=4).contains(&digits) && !piece.get(digits).is_some_and(u8::is_ascii_alphanumeric)
}
