//! Dotted names that do not fit: `sqlalchemy.engine.Engine` → `s.engine.Engine` → `s.e.Engine`.
//!
//! The last part says most, so it stays whole the longest; then the parts nearest to it.

use std::borrow::Cow;

/// `name` in at most `max` characters, or as near as initials allow; a last part that is still too long is elided.
#[must_use]
pub fn abbreviate(name: &str, max: usize) -> Cow<'_, str> {
    let length = name.chars().count();
    if length <= max {
        return Cow::Borrowed(name);
    }
    let parts: Vec<&str> = name.split('.').collect();
    let mut left = length;
    let mut shortened = 0;
    for part in parts.iter().take(parts.len().saturating_sub(1)) {
        if left <= max {
            break;
        }
        left -= part.chars().count().saturating_sub(1);
        shortened += 1;
    }
    let mut text = String::with_capacity(left);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push('.');
        }
        if index < shortened {
            text.extend(part.chars().next());
        } else {
            text.push_str(part);
        }
    }
    if left > max {
        return Cow::Owned(without_start(
            &text,
            parts.last().copied().unwrap_or(""),
            max,
        ));
    }
    Cow::Owned(text)
}

/// Initials did not suffice: the last part alone, elided when even that is too long.
fn without_start(initials: &str, last: &str, max: usize) -> String {
    let length = last.chars().count();
    if length < max {
        let tail: Vec<char> = initials.chars().rev().take(max - 1).collect();
        return std::iter::once('…').chain(tail.into_iter().rev()).collect();
    }
    if length == max {
        return last.to_owned();
    }
    let mut text: String = last.chars().take(max.saturating_sub(1)).collect();
    text.push('…');
    text
}

#[cfg(test)]
mod tests {
    use super::abbreviate;

    #[test]
    fn names_shrink_from_the_left() {
        let rows = [
            ("sqlalchemy.engine.Engine", 24, "sqlalchemy.engine.Engine"),
            ("sqlalchemy.engine.Engine", 23, "s.engine.Engine"),
            ("sqlalchemy.engine.Engine", 15, "s.engine.Engine"),
            ("sqlalchemy.engine.Engine", 14, "s.e.Engine"),
            ("sqlalchemy.engine.Engine", 10, "s.e.Engine"),
            ("sqlalchemy.engine.Engine", 9, "…e.Engine"),
            ("sqlalchemy.engine.Engine", 7, "…Engine"),
            ("sqlalchemy.engine.Engine", 6, "Engine"),
            ("sqlalchemy.engine.Engine", 4, "Eng…"),
            ("root", 10, "root"),
            ("uvicorn", 4, "uvi…"),
            ("a.b.c", 5, "a.b.c"),
            ("", 3, ""),
            ("서비스.결제.승인", 6, "서.결.승인"),
            ("app..worker", 10, "a..worker"),
        ];
        for (name, max, expected) in rows {
            assert_eq!(abbreviate(name, max), expected, "{name} in {max}");
        }
    }

    #[test]
    fn never_longer_than_asked() {
        for max in 1..30 {
            for name in [
                "sqlalchemy.engine.Engine",
                "a.b.c.d.e.f.g",
                "x",
                "..",
                "한글.로거.이름",
            ] {
                assert!(
                    abbreviate(name, max).chars().count() <= max,
                    "{name} in {max}"
                );
            }
        }
    }
}
