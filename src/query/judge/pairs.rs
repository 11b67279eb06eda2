//! Fields that a message has of its own: `duration=12ms`, `status: 500`, `"user": "anna"`.

use memchr::memmem;

/// Whether any value that a text gives a name passes.
pub(super) fn any_value(text: &[u8], name: &str, passes: impl Fn(&[u8]) -> bool) -> bool {
    if name.is_empty() {
        return false;
    }
    memmem::find_iter(text, name.as_bytes()).any(|at| {
        let alone = { text.get(..at) }
            .and_then(<[u8]>::last)
            .is_none_or(|before| !is_of_name(*before));
        let behind = text.get(at + name.len()..).unwrap_or_default();
        alone && value(behind).is_some_and(&passes)
    })
}

/// Whether a byte before a name makes it the end of another one.
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$' | b'@') || byte >= 0x80
}

/// The value behind a name, if one follows: `=value`, `: value`, `": value`, with or without quotes.
fn value(behind: &[u8]) -> Option<&[u8]> {
    let quoted_name = { behind.strip_prefix(b"\"") }.or_else(|| behind.strip_prefix(b"'"));
    let behind = quoted_name.unwrap_or(behind);
    let value = match behind.split_first()? {
        (b'=', value) => value,
        (b':', value) => value.strip_prefix(b" ").unwrap_or(value),
        _ => return None,
    };
    match value.split_first() {
        Some((quote @ (b'"' | b'\''), text)) => {
            let end = memchr::memchr2(*quote, b'\n', text)?;
            text.get(..end)
        }
        _ => {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || b",;()[]{}<>|\"'".contains(byte);
            let end = value.iter().position(ends).unwrap_or(value.len());
            let value = value.get(..end)?;
            let value = value.strip_suffix(b".").unwrap_or(value);
            (!value.is_empty()).then_some(value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::any_value;

    #[test]
    fn values_of_a_message() {
        for (text, name, expected) in [
            ("took duration=12ms, ok", "duration", Some("12ms")),
            ("status=500.", "status", Some("500")),
            ("status: 404 Not Found", "status", Some("404")),
            (r#"{"user": "anna b", "n": 3}"#, "user", Some("anna b")),
            (r#"{"user": "anna b", "n": 3}"#, "n", Some("3")),
            ("{'user': 'anna'}", "user", Some("anna")),
            ("substatus=1 status=2", "status", Some("2")),
            ("status=", "status", None),
            ("the status is 5", "status", None),
            ("user=\"never closed", "user", None),
            ("사용자=로그", "사용자", Some("로그")),
            ("x", "", None),
        ] {
            let found = any_value(text.as_bytes(), name, |value| {
                expected.is_some_and(|expected| expected.as_bytes() == value)
            });
            assert_eq!(found, expected.is_some(), "{text:?} {name}");
            let any = any_value(text.as_bytes(), name, |_| true);
            assert_eq!(any, expected.is_some(), "{text:?} {name}");
        }
    }
}
