//! What says behind a time where on earth it was read.

use super::{ZoneForm, number};

/// `Z`, `+09:00`, ` +0900`, ` KST`: length, seconds east (None: the log's own zone), form.
pub(super) fn zone_suffix(text: &[u8]) -> Option<(usize, Option<i32>, ZoneForm)> {
    let spaced = text.first() == Some(&b' ');
    let rest = text.get(usize::from(spaced)..)?;
    let lead = usize::from(spaced);
    match rest.first()? {
        b'Z' if !rest.get(1).is_some_and(u8::is_ascii_alphanumeric) => {
            Some((lead + 1, Some(0), ZoneForm::Zulu))
        }
        sign @ (b'+' | b'-') => {
            let hours = number(rest.get(1..)?, 2).filter(|h| *h <= 15)? as i32;
            let colon = rest.get(3) == Some(&b':');
            let minutes = number(rest.get(if colon { 4 } else { 3 }..)?, 2).filter(|m| *m < 60);
            let (minutes, len) = match minutes {
                Some(m) => (m as i32, if colon { 6 } else { 5 }),
                None if !spaced && !colon => (0, 3),
                None => return None,
            };
            if rest.get(len).is_some_and(u8::is_ascii_alphanumeric) {
                return None;
            }
            let east = (hours * 60 + minutes) * 60;
            let form = if len == 5 {
                ZoneForm::Plain { spaced }
            } else {
                ZoneForm::Colon
            };
            Some((
                lead + len,
                Some(if *sign == b'-' { -east } else { east }),
                form,
            ))
        }
        _ if spaced => zone_name(rest).map(|(len, east)| (1 + len, east, ZoneForm::Name)),
        _ => None,
    }
}

/// Names that mean one offset everywhere; those that mean several (CST, IST, BST) stand for the log's own zone.
fn zone_name(text: &[u8]) -> Option<(usize, Option<i32>)> {
    const NAMES: [(&str, Option<i32>); 28] = [
        ("UTC", Some(0)),
        ("GMT", Some(0)),
        ("KST", Some(540)),
        ("JST", Some(540)),
        ("CET", Some(60)),
        ("CEST", Some(120)),
        ("EET", Some(120)),
        ("EEST", Some(180)),
        ("WET", Some(0)),
        ("WEST", Some(60)),
        ("MSK", Some(180)),
        ("EST", Some(-300)),
        ("EDT", Some(-240)),
        ("CDT", Some(-300)),
        ("MST", Some(-420)),
        ("MDT", Some(-360)),
        ("PST", Some(-480)),
        ("PDT", Some(-420)),
        ("HKT", Some(480)),
        ("SGT", Some(480)),
        ("AEST", Some(600)),
        ("AEDT", Some(660)),
        ("NZST", Some(720)),
        ("NZDT", Some(780)),
        ("CST", None),
        ("IST", None),
        ("BST", None),
        ("AST", None),
    ];
    let len = text
        .iter()
        .take(6)
        .take_while(|b| b.is_ascii_uppercase())
        .count();
    if text.get(len).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let word = text.get(..len)?;
    NAMES
        .iter()
        .find(|(name, _)| name.as_bytes() == word)
        .map(|(_, minutes)| (len, minutes.map(|m| m * 60)))
}
