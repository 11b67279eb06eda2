//! A path that is typed: what it could go on to, and whether Enter opens it.

use std::path::is_separator;

use crate::ui::action::{Action, Actions};

/// Files and folders that begin like what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// The text that this answers.
    pub of: String,
    /// Whether a file or folder is called exactly so.
    pub exists: bool,
    /// The paths as they would be typed; folders end with a separator.
    pub paths: Vec<String>,
    /// Size and age of each in words; may be empty.
    pub notes: Vec<String>,
    /// There are more than these.
    pub more: bool,
}

impl Completion {
    /// What a text could go on to, with size and age, as far as that is known by now.
    pub fn paths_for(&self, text: &str) -> impl Iterator<Item = (&str, &str)> {
        let known = Known::of(self, text);
        let notes = self.notes.iter().map(String::as_str);
        let notes = notes.chain(std::iter::repeat(""));
        let found = self.paths.iter().map(String::as_str).zip(notes);
        found.filter(move |(path, _)| known.holds(path))
    }
}

/// What the newest answer says about a text, which may have grown since it was asked for.
enum Known<'a> {
    Nothing,
    All,
    /// All whose names begin like this.
    Named(&'a str),
}

impl<'a> Known<'a> {
    fn of(completion: &Completion, text: &'a str) -> Self {
        if text.is_empty() {
            return Self::Nothing;
        }
        match text.strip_prefix(&completion.of) {
            Some("") => Self::All,
            // In the same folder, and the answer has every name that could still be meant.
            Some(more) if !more.contains(is_separator) && !completion.more => {
                Self::Named(name(text))
            }
            _ => Self::Nothing,
        }
    }

    fn holds(&self, path: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Named(start) => name(path.trim_end_matches(is_separator)).starts_with(start),
        }
    }
}

/// What stands behind the last separator.
fn name(path: &str) -> &str {
    path.rsplit(is_separator).next().unwrap_or(path)
}

/// What was asked and entered of a path that is being typed.
#[derive(Debug, Clone, Default)]
pub struct TypedPath {
    asked: Option<String>,
    /// For this text Enter was pressed before it was known which files are called like it.
    waiting: Option<String>,
    /// For this text Enter was pressed although nothing is called like it.
    warned: Option<String>,
}

impl TypedPath {
    /// Asks for completions when the text has changed.
    pub fn ask(&mut self, text: &str, out: &mut Actions) {
        if !text.is_empty() && self.asked.as_deref() != Some(text) {
            out.push(Action::CompletePath(text.to_owned()));
            self.asked = Some(text.to_owned());
        }
    }

    /// Whether Enter was pressed for this text before, and it was not known then what that does.
    pub fn take_waiting(&mut self, text: &str) -> bool {
        self.waiting.take().is_some_and(|waiting| waiting == text)
    }

    /// Whether a text that was entered, now or before, is opened: what is there, and what is not there yet at the second
    /// time; then it is waited for.
    pub fn opens(&mut self, now: bool, waited: bool, text: &str, known: &Completion) -> bool {
        if text.is_empty() || !now && !waited {
            return false;
        }
        let again = now && (waited || self.is_warned(text));
        if is_pattern(text) || again && names_path(text) {
            return true;
        }
        if known.of == text {
            if !known.exists {
                self.warned = Some(text.to_owned());
            }
            return known.exists;
        }
        self.waiting = Some(text.to_owned());
        if now {
            // Somebody else may have asked since.
            self.asked = None;
        }
        false
    }

    /// Whether Enter was pressed for this text although nothing is called like it.
    #[must_use]
    pub fn is_warned(&self, text: &str) -> bool {
        self.warned.as_deref() == Some(text)
    }
}

/// As much as all paths begin with that a text could go on to, if that is more than the text.
#[must_use]
pub fn grown(text: &str, known: &Completion) -> Option<String> {
    let all = known.paths_for(text).map(|(path, _)| path.to_owned());
    Some(common_start(all)).filter(|start| start.len() > text.len())
}

/// What all texts begin with.
pub fn common_start(mut texts: impl Iterator<Item = String>) -> String {
    let mut start = texts.next().unwrap_or_default();
    for text in texts {
        let same = start.chars().zip(text.chars()).take_while(|(a, b)| a == b);
        start = same.map(|(character, _)| character).collect();
    }
    start
}

/// A pasted path as people have it in the clipboard: with quotes, or as the address that file managers copy.
pub fn clean(text: &str) -> String {
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
pub fn looks_like_path(text: &str) -> bool {
    let begins = ["/", "~", "./", "../", ".\\", "..\\"];
    let is_drive = || {
        let mut signs = text.chars();
        signs.next().is_some_and(|sign| sign.is_ascii_alphabetic()) && signs.next() == Some(':')
    };
    begins.iter().any(|start| text.starts_with(start)) || is_drive() || text.contains('*')
}

/// Whether a text stands for all files whose names match it.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// Whether a text that no file is called like says all the same which file is meant.
pub fn names_path(text: &str) -> bool {
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
