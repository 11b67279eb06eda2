//! What the next bytes of a line are: words, numbers, names, brackets.

/// Where the bracket closes that was opened just before the text; brackets inside are balanced.
pub fn closing(text: &[u8], opener: u8, closer: u8) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.iter().enumerate().take(120) {
        if *byte == closer {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        } else if *byte == opener {
            depth += 1;
        }
    }
    None
}

/// The sign that the text begins with, if it begins with one.
pub fn literal_at(text: &[u8], underscore: bool) -> Option<&[u8]> {
    let first = *text.first()?;
    if text.starts_with(b"<module>") || text.starts_with(b"<lambda>") {
        return None;
    }
    if first == b'_' && underscore {
        return text.get(..1);
    }
    if first.is_ascii() {
        return if first.is_ascii_alphanumeric() || first == b'_' {
            None
        } else {
            text.get(..1)
        };
    }
    let head = text.utf8_chunks().next()?.valid().chars().next()?;
    if head.is_alphanumeric() {
        None
    } else {
        text.get(..head.len_utf8())
    }
}

pub fn closer_of(opener: Option<u8>) -> Option<u8> {
    Some(match opener? {
        b'[' => b']',
        b'(' => b')',
        b'{' => b'}',
        b'<' => b'>',
        b'"' => b'"',
        _ => return None,
    })
}

pub fn closes(text: &[u8]) -> bool {
    matches!(text.first(), Some(b']' | b')' | b'}' | b'>'))
}

pub fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The length of a `line:` that the text begins with, and of the blanks behind it.
pub fn line_key(text: &[u8]) -> Option<usize> {
    let word = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (word, rest) = text.split_at_checked(word)?;
    let blanks = |text: &[u8]| text.iter().take_while(|b| **b == b' ').count();
    let rest = rest.strip_prefix(b":")?;
    is_line_word(word).then_some(word.len() + 1 + blanks(rest))
}

/// Whether a word says that a line's number follows.
pub fn is_line_word(word: &[u8]) -> bool {
    [&b"line"[..], b"lineno", b"ln", b"l"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word))
}

pub fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && digits(text) == text.len()
}

/// The word at the start of the text.
pub fn token(text: &[u8]) -> usize {
    text.iter()
        .take(100)
        .take_while(|b| {
            !b.is_ascii_whitespace()
                && !matches!(
                    b,
                    b':' | b'|'
                        | b','
                        | b';'
                        | b'('
                        | b')'
                        | b'['
                        | b']'
                        | b'{'
                        | b'}'
                        | b'"'
                        | b'='
                )
        })
        .count()
        .max(drive_path(text))
}

/// The length of a Windows path at the start of the text, up to a bracket or blank; 0 if there is none.
fn drive_path(text: &[u8]) -> usize {
    if !matches!(text, [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic()) {
        return 0;
    }
    text.iter()
        .take(200)
        .skip(2)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b':' | b'(' | b'|'))
        .count()
        + 2
}

/// Names that threads and processes have.
pub fn is_worker(text: &[u8]) -> bool {
    super::emit::is_thread(text) || super::emit::is_process(text)
}

/// Letters, digits and what joins them in names; begins like a name.
pub fn name_like(text: &[u8]) -> bool {
    if drive_path(text) == text.len() && !text.is_empty() {
        return true;
    }
    let Ok(text) = std::str::from_utf8(text) else {
        return false;
    };
    let sign = |c: char| "_.-$<>/\\@#".contains(c);
    // A word of another script without a dot is rather a value: a customer, a place.
    (text.is_ascii() || text.contains('.'))
        && text.starts_with(|c: char| c.is_alphabetic() || "_<-/?".contains(c))
        && text.chars().all(|c| c.is_alphanumeric() || sign(c))
}

/// Names with a dot inside, and the root logger's.
pub fn dotted_name(text: &[u8]) -> bool {
    let inner = text
        .get(1..text.len().saturating_sub(1))
        .unwrap_or_default();
    name_like(text)
        && !super::emit::is_file(text)
        && (inner.contains(&b'.') || text == b"root" || text == b"__main__")
        && text.first().is_none_or(|b| *b != b'/')
}
