//! Names of days and months, as the shapes of times have them.

use crate::format::timestamp::{MONTHS, half_day};

/// Whether the text begins with the name of a day, a month or a half of the day, as all shapes do that begin with a
/// letter.
pub(super) fn starts_with_name(text: &[u8]) -> bool {
    let may_be_half = matches!(text.first(), Some(b'A' | b'a' | b'P' | b'p' | 0x80..));
    weekday(text).is_some()
        || month(text, false).is_some()
        || may_be_half && half_day(text).is_some()
}

/// How long the weekday is that the text begins with.
pub(super) fn weekday(text: &[u8]) -> Option<usize> {
    let three = text.first_chunk::<3>()?;
    [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"]
        .contains(&three)
        .then_some(3)
}

/// English month names; a few of other languages where syslog daemons write them.
pub(super) fn month(text: &[u8], long: bool) -> Option<(u32, usize)> {
    const OTHER: [(&str, u32); 16] = [
        ("janv.", 1),
        ("févr.", 2),
        ("mars", 3),
        ("avril", 4),
        ("avr.", 4),
        ("mai", 5),
        ("juin", 6),
        ("juil.", 7),
        ("août", 8),
        ("sept.", 9),
        ("oct.", 10),
        ("nov.", 11),
        ("déc.", 12),
        ("Mär", 3),
        ("Okt", 10),
        ("Dez", 12),
    ];
    for (name, number) in MONTHS.iter().zip(1..) {
        let take = if long { name.len() } else { 3 };
        if text.get(..take) == name.as_bytes().get(..take) {
            return Some((number, take));
        }
    }
    OTHER
        .iter()
        .find(|(name, _)| text.starts_with(name.as_bytes()))
        .map(|(name, number)| (*number, name.len()))
}
