//! Text for people: ANSI removal, control characters made visible, safe clipping.

use std::borrow::Cow;

/// Stands for a line break inside a cell.
const LINE_BREAK: &str = " ↵ ";
/// Columns from one tab stop to the next.
const TAB_STOP: usize = 4;

/// Appends one line for a table cell to `out`, at most `max_chars` characters of it: ANSI escapes removed, tabs
/// expanded, the final line end trimmed, line breaks inside as a mark, control and bidirectional control characters
/// visible. A clipped text ends with an ellipsis.
pub fn visible(text: &str, out: &mut String, max_chars: usize) {
    let mut left = max_chars;
    let mut column = 0;
    let mut chars = text.trim_end_matches(['\n', '\r']).chars().peekable();
    while let Some(c) = chars.next() {
        let before = out.len();
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => out.push_str(LINE_BREAK),
            '\t' => (0..TAB_STOP - column % TAB_STOP).for_each(|_| out.push(' ')),
            c => push_visible(c, out),
        }
        let added = out.get(before..).unwrap_or_default().chars().count();
        column += added;
        if added > left {
            clip(out, before, left);
            return;
        }
        left -= added;
    }
}

/// Keeps `left` characters after `before` and marks the cut, in place of the last character if there is no room.
fn clip(out: &mut String, before: usize, left: usize) {
    let kept = out.get(before..).unwrap_or_default();
    let end = kept
        .char_indices()
        .nth(left)
        .map_or(kept.len(), |(at, _)| at);
    out.truncate(before + end);
    if out.pop().is_some() {
        out.push('…');
    }
}

/// Pushes a character, or what stands for it if it is a control character.
fn push_visible(c: char, out: &mut String) {
    match c {
        // The pictures of C0 controls are in every font that egui brings along only as a fallback: caret notation is.
        '\u{0}'..='\u{1f}' => {
            out.push('^');
            out.push(char::from(b'@' + (c as u32 & 0x1f) as u8));
        }
        '\u{7f}' => out.push_str("^?"),
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => push_code(c, out),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' => {
            push_code(c, out);
        }
        c => out.push(c),
    }
}

/// `<U+202E>`: for characters that would change how their neighbours are shown.
fn push_code(c: char, out: &mut String) {
    out.push_str(&format!("<U+{:04X}>", u32::from(c)));
}

/// Skips the rest of an escape sequence whose ESC has been read.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            while let Some(c) = chars.next_if(|c| ('\u{20}'..='\u{7e}').contains(c)) {
                if ('\u{40}'..='\u{7e}').contains(&c) {
                    break;
                }
            }
        }
        Some(']') => {
            while let Some(c) = chars.next_if(|c| *c != '\n') {
                if c == '\u{7}' || (c == '\u{1b}' && chars.next_if_eq(&'\\').is_some()) {
                    break;
                }
            }
        }
        Some(c) if c.is_ascii_graphic() => {
            chars.next();
        }
        _ => {}
    }
}

/// Length of the escape sequence that `bytes` begins with (CSI, OSC or a two-byte one), 0 if there is none. A sequence
/// that does not end on its line ends before the line end.
#[must_use]
pub fn ansi_len(bytes: &[u8]) -> usize {
    let [0x1b, kind, rest @ ..] = bytes else {
        return usize::from(bytes.first() == Some(&0x1b));
    };
    match kind {
        b'[' => {
            let body = rest
                .iter()
                .take_while(|b| (0x20..=0x3f).contains(*b))
                .count();
            let ended = rest.get(body).is_some_and(|b| (0x40..=0x7e).contains(b));
            2 + body + usize::from(ended)
        }
        b']' => {
            let body = rest
                .iter()
                .take_while(|b| !matches!(b, 0x07 | 0x1b | b'\n'))
                .count();
            match rest.get(body..) {
                Some([0x07, ..]) => 3 + body,
                Some([0x1b, b'\\', ..]) => 4 + body,
                _ => 2 + body,
            }
        }
        b if b.is_ascii_graphic() => 2,
        _ => 1,
    }
}

/// The bytes without ANSI escape sequences; borrowed if there are none.
#[must_use]
pub fn strip_ansi(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr::memchr(0x1b, bytes) else {
        return Cow::Borrowed(bytes);
    };
    let (head, mut rest) = bytes.split_at(first);
    let mut out = head.to_vec();
    while let Some(at) = memchr::memchr(0x1b, rest) {
        let (plain, escape) = rest.split_at(at);
        out.extend_from_slice(plain);
        rest = escape.get(ansi_len(escape)..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        visible(text, &mut out, 40);
        out
    }

    #[test]
    fn cells_show_one_harmless_line() {
        for (text, shown) in [
            ("plain\r\n", "plain"),
            ("a\tb", "a   b"),
            ("first\nsecond\n", "first ↵ second"),
            ("first\r\nsecond", "first ↵ second"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]8;;http://a/\u{1b}\\link\u{1b}]8;;\u{7}", "link"),
            ("nul\0bell\u{7}", "nul^@bell^G"),
            ("abc\u{202e}def", "abc<U+202E>def"),
            ("\u{85}", "<U+0085>"),
            ("한글 🚀", "한글 🚀"),
            ("\u{1b}", ""),
            ("broken \u{1b}[3", "broken "),
        ] {
            assert_eq!(cell(text), shown, "{text:?}");
        }
    }

    #[test]
    fn long_texts_are_clipped_by_characters() {
        let mut out = String::from("x");
        visible("가나다라마", &mut out, 3);
        assert_eq!(out, "x가나…");
        let mut out = String::new();
        visible("가나다", &mut out, 3);
        assert_eq!(out, "가나다");
    }

    #[test]
    fn ansi_goes_and_nothing_else() {
        assert!(matches!(strip_ansi(b"plain"), Cow::Borrowed(_)));
        for (bytes, plain) in [
            (&b"\x1b[32m[a\x1b[0m]"[..], &b"[a]"[..]),
            (b"a\x1b]8;;x\x07b", b"ab"),
            (b"a\x1b]8;;x\x1b\\b", b"ab"),
            (b"\x1b", b""),
            (b"\x1b\n", b"\n"),
            (b"\x1b[1", b""),
            (b"\x1b]never ended\nb", b"\nb"),
        ] {
            assert_eq!(&*strip_ansi(bytes), plain);
        }
    }
}
