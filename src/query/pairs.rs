//! Fields that a message has of its own: `duration=12ms`, `status: 500`, `"user": "anna"`.

use memchr::{memchr2, memmem};

use super::number::measured;

/// Whether any value that a text gives a name passes.
pub(super) fn any_value(text: &[u8], name: &str, passes: impl Fn(&[u8]) -> bool) -> bool {
    values(text, name).any(passes)
}

/// The first value that a text gives a name.
pub(super) fn first_value<'a>(text: &'a [u8], name: &str) -> Option<&'a [u8]> {
    values(text, name).next()
}

/// The values that a text gives a name.
fn values<'a>(text: &'a [u8], name: &str) -> impl Iterator<Item = &'a [u8]> {
    // Nothing has no name.
    let text = if name.is_empty() { &[] } else { text };
    memmem::find_iter(text, name.as_bytes()).filter_map(move |at| {
        let alone = { text.get(..at) }
            .and_then(<[u8]>::last)
            .is_none_or(|before| !is_of_name(*before));
        let behind = text.get(at + name.len()..)?;
        value(behind).filter(|_| alone)
    })
}

/// Longest name that is offered as a field, in bytes.
const LONGEST_NAME: usize = 64;

/// Visits the names that a text gives values, in order, each with its value: those of `name=value`, of `"name": value`, and
/// of `name: value` where the value is a number, since a colon says little in a sentence. [`any_value`] finds each of them.
pub(super) fn each_pair<'a>(text: &'a [u8], mut visit: impl FnMut(&'a [u8], &'a [u8])) {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| memchr2(b'=', b':', rest)) {
        let at = from + found;
        from = at + 1;
        let Some((name, value)) = pair_at(text, at) else {
            continue;
        };
        visit(name, value);
        let quoted = matches!(
            text.get(at + 1..),
            Some([b'"' | b'\'', ..] | [b' ', b'"' | b'\'', ..])
        );
        if !quoted {
            // Another sign in a value is a part of it.
            from += value.len();
        }
    }
}

/// The pair whose sign is at a place.
fn pair_at(text: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    let before = text.get(..at)?;
    let (is_quoted, before) = match before.split_last()? {
        (quote @ (b'"' | b'\''), name) => (Some(*quote), name),
        _ => (None, before),
    };
    let reach = before.len().saturating_sub(LONGEST_NAME + 1);
    let near = before.get(reach..)?;
    let len = near.iter().rev().take_while(|byte| is_of_name(**byte));
    let name = near.get(near.len() - len.count()..)?;
    let first = *name.first()?;
    let is_name = first.is_ascii_alphabetic() || matches!(first, b'_' | b'@') || first >= 0x80;
    if !is_name || name.len() > LONGEST_NAME {
        return None;
    }
    if let Some(quote) = is_quoted {
        let opening = before.get(..before.len() - name.len())?;
        if opening.last() != Some(&quote) {
            return None;
        }
    }
    let sign_on = text.get(before.len()..)?;
    let value = value(sign_on)?;
    if value.is_empty() || value.starts_with(b"=") {
        return None;
    }
    let says = match text.get(at) {
        Some(b'=') => true,
        _ => is_quoted.is_some() || (text.get(at + 1) == Some(&b' ') && measured(value).is_some()),
    };
    says.then_some((name, value))
}

/// What ends a value without quotes.
const ENDS_VALUE: [bool; 256] = {
    let mut ends = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        ends[byte] = (byte as u8).is_ascii_whitespace()
            || matches!(
                byte as u8,
                b',' | b';' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'<' | b'>' | b'|'
            )
            || matches!(byte as u8, b'"' | b'\'');
        byte += 1;
    }
    ends
};

/// What names are made of.
const OF_NAME: [bool; 256] = {
    let mut of_name = [true; 256];
    let mut byte = 0;
    while byte < 128 {
        of_name[byte] = (byte as u8).is_ascii_alphanumeric()
            || matches!(byte as u8, b'_' | b'-' | b'.' | b'$' | b'@');
        byte += 1;
    }
    of_name
};

/// Whether a byte before a name makes it the end of another one.
fn is_of_name(byte: u8) -> bool {
    OF_NAME[usize::from(byte)]
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
            let ends = |byte: &u8| ENDS_VALUE[usize::from(*byte)];
            let end = value.iter().position(ends).unwrap_or(value.len());
            let value = value.get(..end)?;
            let value = value.strip_suffix(b".").unwrap_or(value);
            (!value.is_empty()).then_some(value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{any_value, each_pair};

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

    #[test]
    fn the_pairs_of_a_message() {
        for (text, expected) in [
            (
                "took duration=12ms, ok status=500.",
                vec!["duration=12ms", "status=500"],
            ),
            ("status: 404 Not Found", vec!["status=404"]),
            ("error: something failed at 12:30:01", vec![]),
            ("listening on localhost:8080 http://a/b?c=1", vec!["c=1"]),
            (
                r#"{"user": "anna b", "n": 3, "in": {"id":7}}"#,
                vec!["user=anna b", "n=3", "id=7"],
            ),
            ("{'user': 'anna', 'ok': True}", vec!["user=anna", "ok=True"]),
            ("url=http://a?x=1 y=2", vec!["url=http://a?x=1", "y=2"]),
            (r#"msg="took n=5" z=1"#, vec!["msg=took n=5", "n=5", "z=1"]),
            ("a == b, a==b, x>=5 != abc== --flag=1 9=8", vec![]),
            ("empty= \"\"=5 x=\"\"", vec![]),
            (
                "사용자=로그 요청-번호=3",
                vec!["사용자=로그", "요청-번호=3"],
            ),
            ("x=1\ny=2", vec!["x=1", "y=2"]),
        ] {
            let mut found = Vec::new();
            each_pair(text.as_bytes(), |name, value| {
                let [name, value] = [name, value].map(String::from_utf8_lossy);
                let any = any_value(text.as_bytes(), &name, |it| it == value.as_bytes());
                assert!(any, "{text}: {name} is not found by its name");
                found.push(format!("{name}={value}"));
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
