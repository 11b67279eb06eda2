//! Dotted names that do not fit: `sqlalchemy.engine.Engine` → `s.engine.Engine` → `s.e.Engine` → `…Engine`.
//!
//! The last part says most, so it stays whole the longest; then the parts nearest to it. A gap stands for whole parts with
//! their dots, so that what is behind it is a name again.

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
    let alone = format!("…{last}");
    if !before.is_empty() && fits(&alone) {
        return Cow::Owned(alone);
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

fn start(text: &str, chars: usize) -> String {
    text.chars().take(chars).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::abbreviate;

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
}
