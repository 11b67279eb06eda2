//! Escape sequences: how long they are, text without them, and the colours that they ask for.

use std::borrow::Cow;

/// Length of the escape sequence that `bytes` begins with (CSI, OSC and other strings, or a two-byte one), 0 if there is
/// none. A sequence that does not end on its line ends before the line end.
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
        // OSC; DCS, SOS, PM and APC, which only terminals know.
        b']' | b'P' | b'X' | b'^' | b'_' => {
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
        // A charset is named by the byte behind.
        b'(' | b')' | b'#' | b'%' => {
            2 + usize::from(rest.first().is_some_and(u8::is_ascii_graphic))
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

/// A colour that a log asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// One of the terminal's sixteen: black, red, green, yellow, blue, magenta, cyan, white, and the same bright.
    Terminal(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// How a log asks for text to be written. Grounds, blinking and the like are left out: text is never hidden by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Pen {
    /// The colour of the text.
    pub colour: Option<Colour>,
    /// Bold.
    pub bold: bool,
}

impl Pen {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self == Self::default()
    }

    /// The pen after a text, in which escape sequences may have changed it.
    #[must_use]
    pub fn after(mut self, text: &[u8]) -> Self {
        let mut rest = text;
        while let Some(at) = memchr::memchr(0x1b, rest) {
            let escape = rest.get(at..).unwrap_or_default();
            let len = ansi_len(escape);
            self.obey(escape.get(..len).unwrap_or_default());
            rest = escape.get(len..).unwrap_or_default();
        }
        self
    }

    /// Carries out an escape sequence, if it is one about colours (ECMA-48, SGR).
    pub fn obey(&mut self, escape: &[u8]) {
        let Some(body) = escape
            .strip_prefix(b"\x1b[")
            .and_then(|rest| rest.strip_suffix(b"m"))
        else {
            return;
        };
        let mut codes = body.split(|byte| *byte == b';').flat_map(codes_of);
        while let Some(code) = codes.next() {
            match code {
                Some(0) => *self = Self::default(),
                Some(1) => self.bold = true,
                Some(22) => self.bold = false,
                Some(39) => self.colour = None,
                Some(code @ 30..=37) => self.colour = Some(Colour::Terminal(code as u8 - 30)),
                Some(code @ 90..=97) => self.colour = Some(Colour::Terminal(code as u8 - 82)),
                Some(38) => self.colour = extended(&mut codes).or(self.colour),
                Some(48 | 58) => drop(extended(&mut codes)),
                _ => {}
            }
        }
    }
}

/// The numbers of one parameter. Of `38:2::r:g:b` all but the empty place for a colour space, of `4:3` (how to underline)
/// the first.
fn codes_of(parameter: &[u8]) -> impl Iterator<Item = Option<u16>> {
    let number = |digits: &[u8]| match digits {
        [] => Some(0),
        _ => std::str::from_utf8(digits).ok()?.parse::<u16>().ok(),
    };
    let several = parameter.contains(&b':');
    let all = [&b"38:"[..], b"48:", b"58:"]
        .iter()
        .any(|colour| parameter.starts_with(colour));
    parameter
        .split(|byte| *byte == b':')
        .filter(move |digits| !several || !digits.is_empty())
        .take(if all { usize::MAX } else { 1 })
        .map(number)
}

/// The colour behind `38`: `5;n` of a table of 256, or `2;r;g;b`.
fn extended(codes: &mut impl Iterator<Item = Option<u16>>) -> Option<Colour> {
    let mut byte = || u8::try_from(codes.next()??).ok();
    match byte()? {
        5 => Some(of_table(byte()?)),
        2 => {
            let (red, green, blue) = (byte(), byte(), byte());
            Some(Colour::Rgb(red?, green?, blue?))
        }
        _ => None,
    }
}

/// A colour of xterm's table: the sixteen, a cube of six steps a side, and greys.
fn of_table(number: u8) -> Colour {
    match number {
        0..16 => Colour::Terminal(number),
        16..232 => {
            let at = number - 16;
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            Colour::Rgb(level(at / 36), level(at / 6 % 6), level(at % 6))
        }
        232.. => {
            let grey = 8 + 10 * (number - 232);
            Colour::Rgb(grey, grey, grey)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ansi_goes_and_nothing_else() {
        assert!(matches!(strip_ansi(b"plain"), Cow::Borrowed(_)));
        for (bytes, plain) in [
            (&b"\x1b[32m[a\x1b[0m]"[..], &b"[a]"[..]),
            (b"a\x1b]8;;x\x07b", b"ab"),
            (b"a\x1b]8;;x\x1b\\b", b"ab"),
            (b"a\x1bP1$q\x1b\\b", b"ab"),
            (b"a\x1b_secret\x1b\\b", b"ab"),
            (b"\x1b(Bab", b"ab"),
            (b"\x1b(", b""),
            (b"\x1b", b""),
            (b"\x1b\n", b"\n"),
            (b"\x1b[1", b""),
            (b"\x1b]never ended\nb", b"\nb"),
        ] {
            assert_eq!(&*strip_ansi(bytes), plain);
        }
    }

    #[test]
    fn pens() {
        let pen = |colour, bold| Pen { colour, bold };
        let red = Some(Colour::Terminal(1));
        for (text, expected) in [
            ("", pen(None, false)),
            ("\u{1b}[31m", pen(red, false)),
            ("\u{1b}[1;31mx", pen(red, true)),
            ("\u{1b}[31m\u{1b}[1mx\u{1b}[22m", pen(red, false)),
            ("\u{1b}[31mx\u{1b}[0m", pen(None, false)),
            ("\u{1b}[31mx\u{1b}[m", pen(None, false)),
            ("\u{1b}[31mx\u{1b}[39m", pen(None, false)),
            ("\u{1b}[91m", pen(Some(Colour::Terminal(9)), false)),
            ("\u{1b}[38;5;9m", pen(Some(Colour::Terminal(9)), false)),
            ("\u{1b}[38;5;196m", pen(Some(Colour::Rgb(255, 0, 0)), false)),
            (
                "\u{1b}[38;5;244m",
                pen(Some(Colour::Rgb(128, 128, 128)), false),
            ),
            (
                "\u{1b}[38;2;1;2;3;1m",
                pen(Some(Colour::Rgb(1, 2, 3)), true),
            ),
            ("\u{1b}[48;5;1;31m", pen(red, false)),
            ("\u{1b}[41;31;5;7;8m", pen(red, false)),
            ("\u{1b}[31m\u{1b}[38;5m", pen(red, false)),
            (
                "\u{1b}[31m\u{1b}[999999m\u{1b}[2J\u{1b}]0;t\u{7}",
                pen(red, false),
            ),
            ("\u{1b}[38;2;999;1;1m", pen(None, false)),
            (
                "\u{1b}[38:2::1:2:3m",
                pen(Some(Colour::Rgb(1, 2, 3)), false),
            ),
            ("\u{1b}[4:1;31m", pen(red, false)),
        ] {
            assert_eq!(Pen::default().after(text.as_bytes()), expected, "{text:?}");
        }
    }
}
