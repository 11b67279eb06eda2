//! Names and times that do not fit. Dotted names: `sqlalchemy.engine.Engine` → `s.engine.Engine` → `s.e.Engine` → `…Engine`.
//!
//! The last part says most, so it stays whole the longest; then the parts nearest to it, as many as fit: a long name is
//! `…does.not.end` before it is `…end`, as which others may end too. A gap stands for whole parts with their dots, so that
//! what is behind it is a name again.

use std::borrow::Cow;

/// `name` as short as `fits` wants it, or as near as one letter allows.
#[must_use]
pub fn abbreviate(name: &str, fits: impl Fn(&str) -> bool) -> Cow<'_, str> {
    if fits(name) {
        return Cow::Borrowed(name);
    }
    let parts: Vec<&str> = name.split('.').collect();
    let (last, before) = parts.split_last().unwrap_or((&"", &[]));
    if !before.is_empty() && fits(&initials(before, before.len(), last)) {
        let enough = least(1, before.len(), |count| {
            fits(&initials(before, count, last))
        });
        return Cow::Owned(initials(before, enough, last));
    }
    if !before.is_empty() {
        let left_out = least(1, before.len(), |count| fits(&tail(&parts, count)));
        let tail = tail(&parts, left_out);
        if fits(&tail) {
            return Cow::Owned(tail);
        }
    }
    if fits(last) {
        return Cow::Owned((*last).to_owned());
    }
    let chars = last.chars().count();
    let left_out = least(1, chars, |count| fits(&start(last, chars - count)));
    Cow::Owned(start(last, chars - left_out))
}

/// The least number from `from` to `to` that will do, where each that does has only such behind it; else the last.
fn least(from: usize, to: usize, does: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low.midpoint(high);
        match does(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    high
}

/// The name with only the first letter of its first `count` parts.
fn initials(before: &[&str], count: usize, last: &str) -> String {
    let mut text = String::new();
    for (at, part) in before.iter().enumerate() {
        match at < count {
            true => text.extend(part.chars().next()),
            false => text.push_str(part),
        }
        text.push('.');
    }
    text + last
}

/// The name without its first `count` parts, and without dots that nothing stands before then.
fn tail(parts: &[&str], count: usize) -> String {
    let kept = parts.get(count..).unwrap_or_default().join(".");
    format!("…{}", kept.trim_start_matches('.'))
}

fn start(text: &str, chars: usize) -> String {
    text.chars().take(chars).chain(['…']).collect()
}

/// A time as short as `fits` wants it: `2026-11-22 09:00:00,123 KST` → `…09:00:00,123` → `09:00:00,123` → `09:00:00`. What
/// has no time of day in it stays as it is.
#[must_use]
pub fn time(text: &str, fits: impl Fn(&str) -> bool) -> Cow<'_, str> {
    if fits(text) {
        return Cow::Borrowed(text);
    }
    let Some((fine, coarse)) = clock(text) else {
        return Cow::Borrowed(text);
    };
    let marked = format!("…{fine}");
    match fits(&marked) {
        true => Cow::Owned(marked),
        false if fits(fine) => Cow::Borrowed(fine),
        false => Cow::Borrowed(coarse),
    }
}

/// Which half of the day it is, as it stands before the hours or behind the seconds.
const HALVES_BEFORE: [&str; 2] = ["오전 ", "오후 "];
const HALVES_BEHIND: [&str; 4] = [" AM", " PM", " am", " pm"];

/// The time of day in a text with its fraction of a second, and without where that says as much.
fn clock(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| { bytes.iter().skip(from) }.take_while(|it| it.is_ascii_digit());
    let pair = |from: usize| bytes.get(from) == Some(&b':') && digits(from + 1).count() == 2;
    let begins = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let hours = digits(*at).count();
        !before.is_some_and(u8::is_ascii_digit) && (1..=2).contains(&hours) && pair(at + hours)
    };
    let begin = (0..bytes.len()).find(begins)?;
    let mut end = begin + digits(begin).count() + 3;
    if pair(end) {
        end += 3;
    }
    let whole = match bytes.get(end) {
        Some(b'.' | b',') => end + 1 + digits(end + 1).count(),
        _ => end,
    };
    let (day, rest) = (text.get(..begin)?, text.get(whole..)?);
    let before = HALVES_BEFORE.iter().find(|half| day.ends_with(*half));
    let begin = begin - before.map_or(0, |half| half.len());
    let behind = HALVES_BEHIND.iter().find(|half| rest.starts_with(*half));
    let fine = text.get(begin..whole + behind.map_or(0, |half| half.len()))?;
    match behind {
        Some(_) => Some((fine, fine)),
        None => Some((fine, text.get(begin..end)?)),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{abbreviate, time};

    fn within(name: &str, max: usize) -> Cow<'_, str> {
        abbreviate(name, |text| text.chars().count() <= max)
    }

    #[test]
    fn names_shrink_from_the_left() {
        let rows = [
            ("sqlalchemy.engine.Engine", 24, "sqlalchemy.engine.Engine"),
            ("sqlalchemy.engine.Engine", 23, "s.engine.Engine"),
            ("sqlalchemy.engine.Engine", 15, "s.engine.Engine"),
            ("sqlalchemy.engine.Engine", 14, "s.e.Engine"),
            ("sqlalchemy.engine.Engine", 10, "s.e.Engine"),
            ("sqlalchemy.engine.Engine", 9, "…Engine"),
            ("sqlalchemy.engine.Engine", 7, "…Engine"),
            ("sqlalchemy.engine.Engine", 6, "Engine"),
            ("sqlalchemy.engine.Engine", 4, "Eng…"),
            ("moa.db.migrations", 13, "…migrations"),
            ("moa.model.tokenizer", 12, "…tokenizer"),
            (
                "lib.very.long.name.that.does.not.end",
                36,
                "lib.very.long.name.that.does.not.end",
            ),
            (
                "lib.very.long.name.that.does.not.end",
                17,
                "l.v.l.n.t.d.n.end",
            ),
            ("lib.very.long.name.that.does.not.end", 16, "…does.not.end"),
            ("lib.very.long.name.that.does.not.end", 12, "…not.end"),
            ("lib.very.long.name.that.does.not.end", 5, "…end"),
            ("lib.very.long.name.that.does.not.end", 3, "end"),
            ("a.b.c.d..worker.pool", 13, "…worker.pool"),
            ("root", 10, "root"),
            ("uvicorn", 4, "uvi…"),
            ("a.b.c", 5, "a.b.c"),
            ("서비스.결제.승인", 6, "서.결.승인"),
            ("app..worker", 10, "a..worker"),
        ];
        for (name, max, expected) in rows {
            assert_eq!(within(name, max), expected, "{name} in {max}");
        }
    }

    /// No gap before or behind a dot, and never two of them.
    #[test]
    fn never_longer_than_asked() {
        for max in 1..30 {
            for name in [
                "sqlalchemy.engine.Engine",
                "moa.db.migrations",
                "a.b.c.d.e.f.g",
                "x",
                "한글.로거.이름",
            ] {
                let short = within(name, max);
                assert!(short.chars().count() <= max, "{name} in {max}");
                let gaps = short.matches('…').count();
                assert!(gaps <= 1 && !short.contains("…."), "{short}");
            }
        }
        for odd in ["", ".", "..", "...."] {
            assert!(within(odd, 1).chars().count() <= 1, "{odd:?}");
        }
    }

    #[test]
    fn times_lose_their_day_first() {
        let rows = [
            ("2026-11-22 09:00:00,123", 23, "2026-11-22 09:00:00,123"),
            ("2026-11-22 09:00:00,123", 22, "…09:00:00,123"),
            ("2026-11-22 09:00:00,123", 12, "09:00:00,123"),
            ("2026-11-22 09:00:00,123", 11, "09:00:00"),
            ("2026-11-22T09:00:00.123456+09:00", 16, "…09:00:00.123456"),
            ("22/Nov/2026:09:00:00 +0000", 13, "…09:00:00"),
            ("Nov 22 9:00:01", 10, "…9:00:01"),
            ("11/22/2026 03:12:45 PM", 13, "…03:12:45 PM"),
            ("2026. 11. 22. 오후 03:12:45", 13, "…오후 03:12:45"),
            ("1763805600.123456", 13, "1763805600.123456"),
            ("2026-11-22", 5, "2026-11-22"),
            ("어제 9:5", 3, "어제 9:5"),
            ("", 0, ""),
            (":", 0, ":"),
        ];
        for (text, max, expected) in rows {
            let short = time(text, |text| text.chars().count() <= max);
            assert_eq!(short, expected, "{text} in {max}");
        }
    }
}
