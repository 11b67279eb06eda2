//! Text that does not fit: names and paths are cut in the middle, because their two ends say most.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter};

use super::abbreviate::abbreviate;
use crate::base::text::name;

/// What stands for the part left out; the default fonts have it.
const GAP: &str = "…";
/// More is never laid out: no cell shows it, and laying out is paid per char.
const MOST: usize = 400;

/// A way to lay a text out in so many points; whether something is left out.
pub type Cut = fn(&Painter, &str, &FontId, Color32, f32) -> (Arc<Galley>, bool);

/// Lays `text` out on one line of at most `width` points, leaving out its middle if it must. What is hidden in it shows.
#[must_use]
pub fn middle(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    width: f32,
) -> (Arc<Galley>, bool) {
    fit(painter, text, (font, color), width, keep)
}

/// As [`middle`], but it is the end that is left out: of a sentence the beginning says most.
#[must_use]
pub fn end(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    width: f32,
) -> (Arc<Galley>, bool) {
    fit(painter, text, (font, color), width, |text, _, kept| {
        let start: String = text.chars().take(kept).collect();
        format!("{}{GAP}", start.trim_end())
    })
}

/// As [`middle`], of a dotted name: what is left out are the ends of its parts, or whole ones.
#[must_use]
pub fn dotted(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    width: f32,
) -> (Arc<Galley>, bool) {
    let shown = name(text);
    let lay = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), color);
    if shown.chars().count() > MOST {
        return middle(painter, text, font, color, width);
    }
    let short = abbreviate(&shown, |text| lay(text).size().x <= width);
    (lay(&short), short != shown)
}

/// The whole text, or as many chars as fit of what `kept` makes of it, of its chars, and of the number to keep.
fn fit(
    painter: &Painter,
    text: &str,
    (font, color): (&FontId, Color32),
    width: f32,
    kept: impl Fn(&str, usize, usize) -> String,
) -> (Arc<Galley>, bool) {
    let shown = name(text);
    let text = &*shown;
    let lay = |text: String| painter.layout_no_wrap(text, font.clone(), color);
    let chars = text.chars().count();
    if chars <= MOST {
        let whole = lay(text.to_owned());
        if whole.size().x <= width {
            return (whole, false);
        }
    }
    // Largest number of chars that fits; the galley of each try is in egui's cache the next time.
    let (mut low, mut high) = (0, chars.min(MOST));
    while low < high {
        let try_chars = (low + high).div_ceil(2);
        if lay(kept(text, chars, try_chars)).size().x <= width {
            low = try_chars;
        } else {
            high = try_chars - 1;
        }
    }
    (lay(kept(text, chars, low)), true)
}

/// The first and last chars of `text`, `kept` together, around a gap. The end gets the odd one.
fn keep(text: &str, chars: usize, kept: usize) -> String {
    let kept = kept.min(chars);
    let head = kept / 2;
    let tail = kept - head;
    let head: String = text.chars().take(head).collect();
    let tail: String = text.chars().skip(chars - tail).collect();
    format!("{head}{GAP}{tail}")
}

/// The first `most` chars of `text`, with a gap if there are more. What is hidden in it shows.
#[must_use]
pub fn clip(text: &str, most: usize) -> String {
    let shown = name(text);
    let text = &*shown;
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}{GAP}", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// How many chars `text` begins with that one of the others begins with, too.
#[must_use]
pub fn shared<'a>(text: &str, others: impl Iterator<Item = &'a str>) -> usize {
    let common = |other: &str| {
        let pairs = text.chars().zip(other.chars());
        pairs.take_while(|(one, other)| one == other).count()
    };
    others.map(common).max().unwrap_or(0)
}

/// `text` from the word on in which it differs from others that begin like it, behind a gap.
#[must_use]
pub fn from_difference<'a>(text: &str, others: impl Iterator<Item = &'a str>) -> String {
    let shared: String = text.chars().take(shared(text, others)).collect();
    let word = shared
        .char_indices()
        .rfind(|(_, letter)| !letter.is_alphanumeric());
    let rest = word.and_then(|(at, letter)| text.get(at + letter.len_utf8()..));
    match rest {
        Some(rest) => format!("{GAP}{rest}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_both_ends() {
        let table = [
            ("app.database.pool", 5, "ap…ool"),
            ("app", 0, "…"),
            ("서비스.결제.승인", 4, "서비…승인"),
        ];
        for (text, kept, expected) in table {
            assert_eq!(keep(text, text.chars().count(), kept), expected);
        }
    }

    #[test]
    fn what_tells_a_name_from_others_is_kept() {
        let table = [
            (
                "service-1-eu.log",
                &["service-2-eu.log", "service-12-eu.log"] as &[_],
                "…1-eu.log",
            ),
            ("service-1.log", &["service-1.log.1"], "…log"),
            ("결제 서비스 1.log", &["결제 서비스 2.log"], "…1.log"),
            ("결제1", &["결제2"], "결제1"),
            ("app.log", &["web.log"], "app.log"),
            ("app.log", &[], "app.log"),
        ];
        for (text, others, expected) in table {
            assert_eq!(from_difference(text, others.iter().copied()), expected);
        }
    }

    #[test]
    fn clips_at_chars() {
        assert_eq!(clip("결제 승인", 2), "결제…");
        assert_eq!(clip("abc", 3), "abc");
        assert_eq!(clip("a\u{202e}cb", 9), "a<U+202E>…");
    }
}
