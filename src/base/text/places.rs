//! What a text names that can be opened: addresses of the web, and lines of files.

use std::ops::Range;

use super::tone::url_length;

/// Something to open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// An address of the web, `http` or `https`.
    Url(String),
    /// A file.
    File(FilePlace),
}

/// A line of a file, as a log names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FilePlace {
    /// The file; it may be of another machine, or a name without folders.
    pub path: String,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// The column in that, from 1.
    pub column: Option<u32>,
}

/// A part of a text that names something to open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it names.
    pub target: Target,
}

/// Most places of one text.
const MOST: usize = 100;
/// A longer word names no file.
const LONGEST: usize = 1_000;

/// Endings of files that a name with a line is believed to be: `example.com:80` is none.
const SOURCES: [&str; 60] = [
    "py", "pyx", "pyi", "pyw", "ipynb", "java", "kt", "kts", "scala", "groovy", "clj", "js", "jsx",
    "mjs", "cjs", "ts", "tsx", "mts", "vue", "svelte", "rs", "go", "c", "h", "cc", "cpp", "cxx",
    "hpp", "hh", "m", "mm", "cs", "fs", "vb", "rb", "php", "pl", "pm", "lua", "sh", "bash", "ps1",
    "swift", "dart", "ex", "exs", "erl", "hs", "ml", "r", "jl", "sql", "html", "css", "scss",
    "yaml", "yml", "toml", "xml", "json",
];

/// Whether files of this ending have lines that a log may point at.
pub(super) fn is_source(ending: &str) -> bool {
    SOURCES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

impl FilePlace {
    /// As it is written: `main.py:42`.
    #[must_use]
    pub fn text(&self) -> String {
        match (self.line, self.column) {
            (None, _) => self.path.clone(),
            (Some(line), None) => format!("{}:{line}", self.path),
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.path),
        }
    }
}

/// Fields that say where a record was logged: the file, and the line in it.
const FIELDS: [(&str, &str); 9] = [
    ("pathname", "lineno"),
    ("code.file.path", "code.line.number"),
    ("code.filepath", "code.lineno"),
    ("log.origin.file.name", "log.origin.file.line"),
    ("file_path", "line"),
    ("filename", "lineno"),
    ("filename", "line"),
    ("file", "line"),
    ("file", "lineno"),
];

/// Where a record was logged, and in which field that stands, as its fields of these names tell.
#[must_use]
pub fn logged_at<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Option<(&'static str, FilePlace)> {
    let place = |(file, line): &(&'static str, &str)| {
        let path = field(file).filter(|path| path.contains('.'))?;
        let line = field(line)?.trim().parse().ok().filter(|line| *line > 0)?;
        let path = path.to_owned();
        Some((
            *file,
            FilePlace {
                path,
                line: Some(line),
                column: None,
            },
        ))
    };
    let caller = || {
        let place = places(field("caller")?).into_iter().next()?;
        match place.target {
            Target::File(file) => Some(("caller", file)),
            Target::Url(_) => None,
        }
    };
    FIELDS.iter().find_map(place).or_else(caller)
}

/// What a text names that can be opened, in order.
#[must_use]
pub fn places(text: &str) -> Vec<Place> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() && out.len() < MOST {
        let rest = text.get(at..).unwrap_or_default();
        let Some(start) = rest.find(|c| !ends_word(c)) else {
            break;
        };
        at += start;
        at = read(text, at, &mut out).max(at + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    out
}

/// What a word of a path cannot contain.
fn ends_word(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '"' | '\''
                | '`'
                | '<'
                | '>'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | ','
                | ';'
                | '|'
                | '='
                | '*'
        )
}

/// Reads the word at a byte; where to go on.
fn read(text: &str, at: usize, out: &mut Vec<Place>) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(end) = python(text, at, out) {
        return end;
    }
    let len = rest.find(ends_word).unwrap_or(rest.len());
    let word = rest.get(..len).unwrap_or_default();
    if word.contains("://") {
        return url(rest, at, out).unwrap_or(at + len);
    }
    if len > LONGEST {
        return at + len;
    }
    let word = word.trim_end_matches(['.', ':', '!', '?']);
    let (path, line, column) = split(word);
    if is_file(path, line.is_some()) {
        out.push(Place {
            range: at..at + word.len(),
            target: Target::File(FilePlace {
                path: with_package(text, at, path),
                line,
                column,
            }),
        });
    }
    at + len
}

/// `File "/srv/app.py", line 3`: the path may have blanks.
fn python(text: &str, at: usize, out: &mut Vec<Place>) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix("File \"")?;
    let start = at + "File \"".len();
    let quote = rest.find('"').filter(|len| *len <= LONGEST)?;
    let path = rest.get(..quote)?;
    let digits = rest.get(quote..)?.strip_prefix("\", line ")?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let line = digits.get(..count)?.parse().ok()?;
    let end = start + quote + "\", line ".len() + count;
    // `<frozen importlib._bootstrap>`, `<stdin>`
    if !path.starts_with('<') && !path.is_empty() {
        out.push(Place {
            range: start..end,
            target: Target::File(FilePlace {
                path: path.to_owned(),
                line: Some(line),
                column: None,
            }),
        });
    }
    Some(end)
}

/// `https://...` or `file:///srv/app.mjs:12:7`; other schemes are nothing that is opened.
fn url(rest: &str, at: usize, out: &mut Vec<Place>) -> Option<usize> {
    let len = url_length(rest);
    let address = rest.get(..len)?;
    if let Some(path) = address.strip_prefix("file://") {
        let (path, line, column) = split(path);
        if path.starts_with('/') {
            out.push(Place {
                range: at..at + len,
                target: Target::File(FilePlace {
                    path: path.to_owned(),
                    line,
                    column,
                }),
            });
        }
        return Some(at + len);
    }
    let is_web = |scheme: &str| {
        let head = address.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && address.len() > scheme.len()
    };
    if is_web("http://") || is_web("https://") {
        out.push(Place {
            range: at..at + len,
            target: Target::Url(address.to_owned()),
        });
        return Some(at + len);
    }
    // Something may stand before it: `url:https://...`.
    let inner = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| address.find(scheme));
    match inner.filter(|offset| *offset > 0).min() {
        Some(offset) => Some(at + offset),
        None => Some(at + len),
    }
}

/// A path, and the line and the column behind it: `a.py:3`, `a.rs:3:9`, `a.cs:line 3` without the blank.
fn split(word: &str) -> (&str, Option<u32>, Option<u32>) {
    let number = |text: &str| {
        let digits = text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits
            .then(|| text.parse::<u32>().ok())
            .flatten()
            .filter(|number| *number > 0)
    };
    let Some((rest, last)) = word.rsplit_once(':') else {
        return (word, None, None);
    };
    let Some(last) = number(last) else {
        return (word, None, None);
    };
    match rest.rsplit_once(':') {
        Some((path, line)) if number(line).is_some() => (path, number(line), Some(last)),
        _ => (rest, Some(last), None),
    }
}

/// Whether a path is one that can be opened: an absolute one of a file, or a name of a source with a line.
fn is_file(path: &str, has_line: bool) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return false;
    };
    if stem.is_empty() || ending.is_empty() {
        return false;
    }
    let is_absolute = path.starts_with('/')
        || path.starts_with("~/")
        || path.starts_with("./")
        || path.starts_with("../")
        || matches!(path.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    let is_ending = ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_absolute && (has_line || is_ending))
        || (has_line && is_source(ending) && !path.starts_with('-'))
}

/// Java names a file without its folders: the package before it tells them.
fn with_package(text: &str, at: usize, path: &str) -> String {
    let is_jvm = [".java", ".kt", ".scala", ".groovy"]
        .iter()
        .any(|ending| path.ends_with(ending));
    let before = text.get(..at).and_then(|before| before.strip_suffix('('));
    let Some(call) = before.filter(|_| is_jvm && !path.contains('/')) else {
        return path.to_owned();
    };
    let call = call.rsplit([' ', '\t', '/']).next().unwrap_or(call);
    // The class and the method are not of the package.
    let mut parts: Vec<&str> = call.split('.').collect();
    parts.truncate(parts.len().saturating_sub(2));
    let is_package = |part: &&str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if parts.is_empty() || !parts.iter().all(is_package) {
        return path.to_owned();
    }
    parts.push(path);
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(&str, String)> {
        let shown = |place: Place| {
            let words = match place.target {
                Target::Url(url) => format!("<{url}>"),
                Target::File(file) => file.text(),
            };
            (text.get(place.range).unwrap_or("?"), words)
        };
        places(text).into_iter().map(shown).collect()
    }

    #[test]
    fn lines_of_files_and_addresses_are_found() {
        for (text, expected) in [
            (
                "at /srv/app/main.py:42 now",
                &[("/srv/app/main.py:42", "/srv/app/main.py:42")][..],
            ),
            (
                "  File \"/srv/my app/db.py\", line 3, in get",
                &[("/srv/my app/db.py\", line 3", "/srv/my app/db.py:3")],
            ),
            ("  File \"<frozen importlib._bootstrap>\", line 3", &[]),
            ("main.py:42: warning", &[("main.py:42", "main.py:42")]),
            (
                "\tat shop.db.Pool.get(Pool.java:12)",
                &[("Pool.java:12", "shop/db/Pool.java:12")],
            ),
            (
                "\tat app//shop.Pool$1.get(Pool.java:12)",
                &[("Pool.java:12", "shop/Pool.java:12")],
            ),
            (
                "    at connect (/srv/x/db.js:10:5)",
                &[("/srv/x/db.js:10:5", "/srv/x/db.js:10:5")],
            ),
            (
                "    at file:///srv/x/db.mjs:10:5",
                &[("file:///srv/x/db.mjs:10:5", "/srv/x/db.mjs:10:5")],
            ),
            (
                "panicked at src/main.rs:3:9:",
                &[("src/main.rs:3:9", "src/main.rs:3:9")],
            ),
            (
                "\t/srv/shop/main.go:12 +0x1d",
                &[("/srv/shop/main.go:12", "/srv/shop/main.go:12")],
            ),
            (
                r"in C:\shop\Db.cs:12",
                &[(r"C:\shop\Db.cs:12", r"C:\shop\Db.cs:12")],
            ),
            (
                "wrote /var/log/app.log.",
                &[("/var/log/app.log", "/var/log/app.log")],
            ),
            (
                "see https://a.example/x?y=1&z=(2), then",
                &[(
                    "https://a.example/x?y=1&z=(2)",
                    "<https://a.example/x?y=1&z=(2)>",
                )],
            ),
            (
                "(https://a.example/x)",
                &[("https://a.example/x", "<https://a.example/x>")],
            ),
            (
                "url=http://a.example;",
                &[("http://a.example", "<http://a.example>")],
            ),
            ("redis://a.example:6379/0", &[]),
            ("javascript://a.py:3", &[]),
            ("example.com:8080 10.0.0.1:80 12:30:05 and/or", &[]),
            ("/usr/bin and /", &[]),
            ("/로그/앱.log에서", &[]),
            ("/로그/앱.py:3", &[("/로그/앱.py:3", "/로그/앱.py:3")]),
            ("-c.py:3", &[]),
            ("a.py:0 b.py:99999999999", &[]),
        ] {
            let expected: Vec<(&str, String)> = expected
                .iter()
                .map(|(part, words)| (*part, (*words).to_owned()))
                .collect();
            assert_eq!(named(text), expected, "{text:?}");
        }
    }
}
