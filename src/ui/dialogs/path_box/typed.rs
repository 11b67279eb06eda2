//! What is typed into the box, as a path.

use std::path::is_separator;

/// What all texts begin with.
pub(super) fn common_start(mut texts: impl Iterator<Item = String>) -> String {
    let mut start = texts.next().unwrap_or_default();
    for text in texts {
        let same = start.chars().zip(text.chars()).take_while(|(a, b)| a == b);
        start = same.map(|(character, _)| character).collect();
    }
    start
}

/// A pasted path as people have it in the clipboard: with quotes, or as the address that file managers copy.
pub(super) fn clean(text: &str) -> String {
    let text = text.trim();
    let unquoted = ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text);
    match unquoted.strip_prefix("file://") {
        Some(address) => percent_decoded(address),
        None => unquoted.to_owned(),
    }
}

/// `%20` to a blank, and so on; what is no valid escape stays.
fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%').then(|| after.get(..2)).flatten();
        let value = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(value.unwrap_or(first));
        rest = if value.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

/// Whether a text is meant as a path and not as letters of a name.
pub(super) fn looks_like_path(text: &str) -> bool {
    let begins = ["/", "~", "./", "../", ".\\", "..\\"];
    let is_drive = || {
        let mut signs = text.chars();
        signs.next().is_some_and(|sign| sign.is_ascii_alphabetic()) && signs.next() == Some(':')
    };
    begins.iter().any(|start| text.starts_with(start)) || is_drive() || text.contains('*')
}

/// Whether a text stands for all files whose names match it.
pub(super) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// Whether a text that no file is called like says all the same which file is meant.
pub(super) fn names_path(text: &str) -> bool {
    let begins = looks_like_path(text) || text.starts_with('.');
    begins || is_pattern(text) || text.contains(is_separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_paths_lose_quotes_and_addresses() {
        for (pasted, path) in [
            ("  /var/log/a.log\n", "/var/log/a.log"),
            ("\"/my logs/a.log\"", "/my logs/a.log"),
            ("'/my logs/a.log'", "/my logs/a.log"),
            (
                "file:///my%20logs/%EB%A1%9C%EA%B7%B8.log",
                "/my logs/로그.log",
            ),
            ("file:///100%.log", "/100%.log"),
            ("~/a.log", "~/a.log"),
        ] {
            assert_eq!(clean(pasted), path);
        }
    }

    #[test]
    fn paths_are_told_from_names() {
        for path in [
            "/var",
            "~",
            "~/logs/a",
            "./a",
            "../b",
            "C:\\logs",
            "logs/*.log",
        ] {
            assert!(looks_like_path(path), "{path}");
        }
        for name in ["", "app", "uvicorn log", "api/app.log", "결제", "a.b"] {
            assert!(!looks_like_path(name), "{name}");
        }
        for path in ["/var/a", "~/a", ".env", "api/app.log", "app.log.?"] {
            assert!(names_path(path), "{path}");
        }
        for name in ["", "serv 7", "app.log", "결제"] {
            assert!(!names_path(name), "{name}");
        }
    }

    #[test]
    fn what_texts_begin_with() {
        let start = |texts: &[&str]| common_start(texts.iter().map(|text| (*text).to_owned()));
        assert_eq!(start(&["/ab", "/ac"]), "/a");
        assert_eq!(start(&[]), "");
    }
}
