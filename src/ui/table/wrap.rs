//! Where a text that is wider than its column breaks into lines. Pure, and without a font: letters count by their kind,
//! so that what is measured before a frame is what the frame paints.

use std::ops::Range;

/// How wide letters are in points, by kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Widths {
    /// One of the monospaced font.
    pub cell: f32,
    /// Hangul, Kana, Han and the like, which come from another font.
    pub wide: f32,
    /// Pictures.
    pub picture: f32,
}

impl Widths {
    /// The first letter that is no longer as wide as a cell.
    const WIDE: char = '\u{1100}';
    /// The first picture.
    const PICTURE: char = '\u{1f000}';

    /// Width of a letter.
    #[must_use]
    pub fn of(&self, letter: char) -> f32 {
        match letter {
            ..Self::WIDE => self.cell,
            Self::WIDE..Self::PICTURE => self.wide,
            _ => self.picture,
        }
    }
}

/// A line is not broken at a blank so early that less than this share of it would be filled.
const LEAST_FILLED: f32 = 0.5;

/// The lines of a text in a column of `width` points, at most `most` of them; whether that is all of the text. An empty
/// text is one empty line.
pub fn lines(
    text: &str,
    width: f32,
    widths: &Widths,
    most: usize,
    mut each: impl FnMut(Range<usize>),
) -> bool {
    let mut start = 0;
    for _ in 0..most {
        let rest = text.get(start..).unwrap_or("");
        let end = start + first_line(rest, width, widths);
        each(start..end);
        if end >= text.len() {
            return true;
        }
        start = end;
    }
    false
}

/// Bytes of the first line of a text; at least one letter, if there is one.
fn first_line(text: &str, width: f32, widths: &Widths) -> usize {
    let cells = (width / widths.cell).floor().max(1.0) as usize;
    match text.as_bytes().get(..cells) {
        None if text.is_ascii() => text.len(),
        Some(_) if text.len() == cells && text.is_ascii() => cells,
        Some(head) if head.is_ascii() => ascii_line(text, cells),
        _ => mixed_line(text, width, widths),
    }
}

/// The same where the first `cells` bytes are ASCII and others follow.
fn ascii_line(text: &str, cells: usize) -> usize {
    let bytes = text.as_bytes();
    // A blank at the line's end needs no room.
    if bytes.get(cells) == Some(&b' ') {
        return cells + 1;
    }
    let head = bytes.get(..cells).unwrap_or(bytes);
    let least = (cells as f32 * LEAST_FILLED) as usize;
    let last = head.iter().rposition(|byte| is_break(char::from(*byte)));
    last.filter(|at| *at >= least).map_or(cells, |at| at + 1)
}

fn mixed_line(text: &str, width: f32, widths: &Widths) -> usize {
    let mut x = 0.0;
    // Where the line may end, and where it might have before.
    let (mut best, mut earlier) = (None, None);
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        x += widths.of(letter);
        if best == Some(at) && closes(letter) {
            best = earlier;
        }
        // Half a point of rounding breaks nothing.
        if x > width + 0.5 {
            if letter == ' ' {
                return end;
            }
            return best.unwrap_or(at).max(if at == 0 { end } else { 0 });
        }
        let fills = x >= width * LEAST_FILLED;
        if fills && (is_break(letter) || letter >= Widths::WIDE) {
            (earlier, best) = (best, Some(end));
        }
    }
    text.len()
}

/// Whether a line may end behind this letter.
fn is_break(letter: char) -> bool {
    matches!(
        letter,
        ' ' | ',' | ';' | '/' | '&' | '|' | ')' | ']' | '}' | '-'
    )
}

/// Whether a letter never begins a line.
fn closes(letter: char) -> bool {
    matches!(
        letter,
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '、' | '。' | '，' | '）'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WIDTHS: Widths = Widths {
        cell: 10.0,
        wide: 17.0,
        picture: 21.0,
    };

    fn broken(text: &str, width: f32, most: usize) -> (Vec<&str>, bool) {
        let mut out = Vec::new();
        let whole = lines(text, width, &WIDTHS, most, |range| {
            out.push(text.get(range).unwrap_or("?"));
        });
        (out, whole)
    }

    #[test]
    fn a_line_ends_behind_a_word_or_where_it_must() {
        let rows: &[(&str, f32, &[&str])] = &[
            ("", 50.0, &[""]),
            ("short", 50.0, &["short"]),
            ("two words", 60.0, &["two ", "words"]),
            ("seven x", 50.0, &["seven ", "x"]),
            ("a longword", 60.0, &["a long", "word"]),
            ("/var/log/app.log", 90.0, &["/var/log/", "app.log"]),
            ("0123456789", 30.0, &["012", "345", "678", "9"]),
            ("한글로그", 40.0, &["한글", "로그"]),
            ("x 로그 파일", 60.0, &["x 로그 ", "파일"]),
            ("한글로그, x", 68.0, &["한글로", "그, x"]),
            ("🚀🚀🚀", 45.0, &["🚀🚀", "🚀"]),
            ("ab", 1.0, &["a", "b"]),
            ("한a", 1.0, &["한", "a"]),
        ];
        for (text, width, expected) in rows {
            assert_eq!(
                broken(text, *width, 99),
                (expected.to_vec(), true),
                "{text}"
            );
        }
        assert_eq!(broken("0123456789", 30.0, 2), (vec!["012", "345"], false));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_lost_and_nothing_sticks_out(text in "[ -~가-나🚀]{0,200}", width in 22.0f32..400.0) {
            let (out, whole) = broken(&text, width, usize::MAX);
            prop_assert!(whole);
            prop_assert_eq!(out.concat(), text.as_str());
            for line in out {
                let wide: f32 = line.trim_end_matches(' ').chars().map(|c| WIDTHS.of(c)).sum();
                prop_assert!(wide <= width + 0.5, "{line:?} in {width}");
            }
        }
    }
}
