//! What is printed behind a message without a header of its own: tracebacks, stacks, indented lines.

use super::extractor::without_line_end;

/// What follows in a traceback or stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appended {
    /// Indented lines, then the exception.
    Frames,
    /// Indented lines only.
    Indented,
    /// The exception, whatever it is called, has been there; others may follow.
    Exception,
}

impl Appended {
    /// What a line begins with which a traceback or a stack begins.
    pub(super) fn head(line: &[u8]) -> Option<Self> {
        let indented_only = [
            &b"Stack (most recent call last):"[..],
            b"  + Exception Group Traceback",
        ];
        if indented_only.iter().any(|head| line.starts_with(head)) {
            Some(Self::Indented)
        } else if line.starts_with(b"Traceback (most recent call last):") {
            Some(Self::Frames)
        } else {
            None
        }
    }

    /// What follows the line if it goes on with this; `None` if it does not need to.
    pub(super) fn next(self, line: &[u8]) -> Option<Self> {
        let indented = matches!(line.first(), Some(b' ' | b'\t'));
        let blank = without_line_end(line).is_empty();
        match self {
            _ if Self::head(line).is_some() => Self::head(line),
            Self::Frames | Self::Indented if indented => Some(self),
            Self::Frames if blank => Some(self),
            Self::Frames => Some(Self::Exception),
            Self::Exception if blank || chains(line) => Some(self),
            Self::Exception | Self::Indented => None,
        }
    }
}

/// Whether a line joins the exceptions of a chain.
fn chains(line: &[u8]) -> bool {
    [
        &b"During handling of the above exception"[..],
        b"The above exception was the direct cause",
    ]
    .iter()
    .any(|head| line.starts_with(head))
}

/// Whether a line begins with the name of an exception, as `ValueError: x` without a traceback.
pub(super) fn names_exception(line: &[u8]) -> bool {
    let line = without_line_end(line);
    let word = line.iter().position(|b| *b == b':').unwrap_or(line.len());
    let word = line.get(..word).unwrap_or_default();
    let dotted = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_');
    line.starts_with(b"NoneType: None")
        || !word.is_empty() && word.iter().all(dotted) && exception_name(word)
}

/// Whether a word is the name of an exception, as the last line of a traceback begins with it.
pub(super) fn exception_name(word: &[u8]) -> bool {
    [
        "Error",
        "Exception",
        "Warning",
        "Interrupt",
        "Exit",
        "Group",
        "Traceback",
        "Timeout",
        "Iteration",
    ]
    .iter()
    .any(|ending| word.ends_with(ending.as_bytes()))
}

/// Whether a line of text without any header belongs to the record before it by itself: empty, indented, the end of
/// something in brackets, or a line that Python and Java write inside a traceback. One space is no indentation.
pub(super) fn continues(line: &[u8]) -> bool {
    const HEADS: [&[u8]; 8] = [
        b"Traceback (most recent call last)",
        b"Stack (most recent call last)",
        b"During handling of the above exception",
        b"The above exception was the direct cause",
        b"Caused by: ",
        b"Suppressed: ",
        b"}",
        b"]",
    ];
    match without_line_end(line) {
        [] => true,
        [b' ' | b'\t'] => false,
        [b' ', next, ..] => next.is_ascii_whitespace(),
        [first, ..] => {
            first.is_ascii_whitespace() || HEADS.iter().any(|head| line.starts_with(head))
        }
    }
}
