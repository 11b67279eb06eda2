//! Numbers, with what makes them a quantity or a moment.

/// Longest unit in characters: `ms`, `MiB/s`, `req/s`.
const UNIT: usize = 6;

/// Units that are more than a letter or two; others are told by their length.
const UNITS: [&str; 34] = [
    "ns", "us", "ms", "s", "sec", "secs", "min", "mins", "h", "hr", "hrs", "d", "days", "B", "kB",
    "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "b", "k", "K", "M", "G", "x", "px", "Hz",
    "MHz", "GHz", "it",
];

/// Whether a word is a number: `42`, `-1.5e3`, `12ms`, `95%`, `3/10`, `2026-11-22T10:00:01Z`, `10:00:01.123`.
pub(super) fn is_number(word: &str) -> bool {
    let body = word.strip_prefix(['+', '-', '~', '#', '$']).unwrap_or(word);
    let behind_dot = body.strip_prefix('.').unwrap_or(body);
    if !behind_dot.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let digits = body
        .bytes()
        .take_while(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b':' | b'/' | b'-' | b'+' | b',')
        })
        .count();
    let rest = body.get(digits..).unwrap_or_default();
    is_unit(rest) || is_exponent(rest) || is_moment(body)
}

fn is_unit(rest: &str) -> bool {
    if matches!(rest, "" | "%") {
        return true;
    }
    if rest.len() > UNIT {
        return false;
    }
    let unit = rest.strip_suffix("/s").unwrap_or(rest);
    UNITS.contains(&unit)
}

/// `e-05`, `e+3`
fn is_exponent(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(['e', 'E']) else {
        return false;
    };
    let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2026-11-22T10:00:01.123Z`, `2h10m`, `1d03h`
fn is_moment(body: &str) -> bool {
    let bytes = body.as_bytes();
    let is_date = bytes.get(4) == Some(&b'-') && bytes.get(10) == Some(&b'T');
    let of_date = |byte: &u8| {
        byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'.' | b'+' | b'T' | b'Z')
    };
    let of_span = |byte: &u8| {
        byte.is_ascii_digit() || matches!(byte, b'd' | b'h' | b'm' | b's' | b'.' | b'u' | b'n')
    };
    (is_date && bytes.iter().all(of_date)) || (bytes.len() < 16 && bytes.iter().all(of_span))
}
