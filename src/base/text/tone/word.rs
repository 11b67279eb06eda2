//! What a word is by itself.

use super::Tone;
use super::number::is_number;

/// Where in a word an address with a scheme begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// The whole word is one.
    Whole,
    /// It begins behind so many bytes.
    At(usize),
}

/// Whether a word has an address with a scheme: `https://...`, `url=redis://...`.
pub(super) fn scheme(word: &str) -> Option<Scheme> {
    let (before, behind) = word.split_once("://")?;
    let letters = before
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'))
        .count();
    if letters < 2 || behind.is_empty() {
        return None;
    }
    match before.len() - letters {
        0 => Some(Scheme::Whole),
        offset => Some(Scheme::At(offset)),
    }
}

/// Whether something may be the name before `=`.
pub(super) fn is_name(name: Option<&str>) -> bool {
    let Some(name) = name else { return false };
    let mut bytes = name.bytes();
    let first = bytes.next();
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':' | b'@' | b'/')
        })
}

/// Whether a word is a method of HTTP.
pub(super) fn is_method(word: &str) -> bool {
    matches!(
        word,
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "TRACE" | "CONNECT"
    )
}

/// The class of a status of HTTP.
pub(super) fn status(word: &str) -> Option<u8> {
    let class = match word.as_bytes() {
        [class @ b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => class - b'0',
        _ => return None,
    };
    Some(class)
}

/// What a word is by itself, if it is anything.
pub(super) fn tone(word: &str) -> Option<Tone> {
    if is_constant(word) {
        Some(Tone::Constant)
    } else if is_address(word) {
        Some(Tone::Address)
    } else if is_id(word) {
        Some(Tone::Id)
    } else if is_number(word) {
        Some(Tone::Number)
    } else if is_path(word) {
        Some(Tone::Path)
    } else {
        None
    }
}

fn is_constant(word: &str) -> bool {
    matches!(
        word,
        "true"
            | "false"
            | "True"
            | "False"
            | "TRUE"
            | "FALSE"
            | "null"
            | "NULL"
            | "None"
            | "nil"
            | "NaN"
            | "nan"
            | "inf"
            | "-inf"
            | "Infinity"
            | "undefined"
    )
}

/// `10.0.0.1`, `10.0.0.1:8080`, `fe80::1`, `2001:db8:0:0:0:0:0:1`, `00:1a:2b:3c:4d:5e`
fn is_address(word: &str) -> bool {
    let host = match word.rsplit_once(':') {
        Some((host, port)) if host.contains('.') && port.parse::<u16>().is_ok() => host,
        _ => word,
    };
    let host = host.split('/').next().unwrap_or(host);
    if host.bytes().filter(|byte| *byte == b'.').count() == 3 {
        return host.parse::<core::net::Ipv4Addr>().is_ok();
    }
    let colons = host.bytes().filter(|byte| *byte == b':').count();
    if colons < 2 {
        return false;
    }
    let of_hex = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    // Six pairs may be a time in hours that nobody writes so.
    (colons == 5 && host.split(':').all(of_hex)) || host.parse::<core::net::Ipv6Addr>().is_ok()
}

/// A UUID, a hash of at least 12 digits, a number in hexadecimal.
fn is_id(word: &str) -> bool {
    let is_hex = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let Some(digits) = word.strip_prefix("0x") {
        return is_hex(digits);
    }
    if word.len() == 36 {
        let lengths = [8, 4, 4, 4, 12];
        let parts = word.split('-');
        let fits = parts
            .zip(lengths)
            .filter(|(part, len)| part.len() == *len && is_hex(part));
        return fits.count() == 5;
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (12..=128).contains(&word.len()) && is_hex(word) && (1..word.len()).contains(&digits)
}

/// `/var/log/app.log`, `./x`, `~/x`, `C:\x`, `src/main.rs:3:9`, `main.py:42`
fn is_path(word: &str) -> bool {
    let body = without_place(word);
    let is_named = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'~' | b'@' | b'%')
    };
    for root in ["/", "./", "../", "~/"] {
        if let Some(rest) = body.strip_prefix(root) {
            return rest.bytes().next().is_some_and(is_named);
        }
    }
    if let [drive, b':', b'\\' | b'/', ..] = body.as_bytes() {
        return drive.is_ascii_alphabetic();
    }
    let Some((stem, ending)) = body.rsplit_once('.') else {
        return false;
    };
    let last = stem.rsplit(['/', '\\']).next().unwrap_or(stem);
    let is_ending = (1..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic());
    let has_folder = stem.contains(['/', '\\']);
    let has_line = body.len() < word.len() && super::super::places::is_source(ending);
    is_ending && !last.is_empty() && (has_folder || has_line)
}

/// A path without the line and the column behind it.
fn without_place(word: &str) -> &str {
    let mut body = word;
    for _ in 0..2 {
        match body.rsplit_once(':') {
            Some((rest, digits))
                if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                body = rest;
            }
            _ => break,
        }
    }
    body
}
