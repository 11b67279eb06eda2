//! The texts of the interface: all of them are translated, nothing is translated that is not said, and no widget is given
//! a text that goes past the translation.

#![allow(clippy::expect_used, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use timberline::format::builtin::builtins;
use timberline::format::spec::{Format, FormatSpec};
use timberline::query::matcher::Matcher;
use timberline::query::spec::Pattern;

use super::layers::{root, rust_files};

/// A string literal of the source.
struct Literal {
    file: String,
    /// The code before it, without blanks.
    before: String,
    text: String,
}

/// What a widget is given as its text.
const WIDGETS: &[&str] = &[
    "ui.label(",
    "ui.strong(",
    "ui.weak(",
    "ui.button(",
    ".small_button(",
    "Button::new(",
    "RichText::new(",
    "on_hover_text(",
    "on_disabled_hover_text(",
    ".hint_text(",
    ".accessible_name(",
    ".accessibility_label(",
    ".set_label(",
    ".menu_button(",
    "ToolButton::text(",
    ".named(",
    ".with_text(",
    "section(ui,",
    "hint(ui,",
    "Window::new(",
];

/// Names are the same in every language.
const NAMES: &[&str] = &["Timberline", "JSON", "Asia/Seoul, +09:00"];

/// Particles of Korean that depend on the last letter before them.
const PARTICLES: &[&str] = &[
    "을",
    "를",
    "이",
    "가",
    "은",
    "는",
    "과",
    "와",
    "로",
    "으로",
    "라는",
    "이라는",
];

/// Values that always end with the same letter: a count with its noun (`레코드 3개`), a size, a share, a key.
const COUNTS: &[&str] = &[
    "records",
    "size",
    "percent",
    "read",
    "files",
    "colours",
    "overlapping",
];

/// Where the problems of lower layers are made.
const PROBLEMS: &[&str] = &[
    "Problem::error(",
    "Problem::warning(",
    "Problem::info(",
    ".hint(",
    ".detail(",
    ".problem(",
    "QueryError::new(",
];

fn literals() -> Vec<Literal> {
    let mut all = Vec::new();
    for (file, text) in rust_files("src") {
        if file.ends_with("tests.rs") || file.contains("/tests/") {
            continue;
        }
        let code = shipped(&text);
        all.extend(strings(code).into_iter().map(|(before, text)| Literal {
            file: file.clone(),
            before,
            text,
        }));
    }
    assert!(all.len() > 1_000, "the source was found");
    all
}

/// The code without its tests, which stand at its end.
fn shipped(code: &str) -> &str {
    let mut tests = code.match_indices("#[cfg(test)]\n");
    let has_body = |(_, mark): &(usize, &str), at: usize| {
        let line = code[at + mark.len()..].lines().next();
        line.is_some_and(|line| line.ends_with('{'))
    };
    let end = tests.find(|found| has_body(found, found.0));
    end.map_or(code, |(at, _)| &code[..at])
}

/// The plain string literals of a text, each with the code before it.
fn strings(code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut before = String::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            rest = raw.find("\"#").map_or("", |end| &raw[end + 2..]);
        } else if let Some(raw) = rest.strip_prefix("r\"") {
            rest = raw.find('"').map_or("", |end| &raw[end + 1..]);
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest = &rest[rest[1..].find('\'').map_or(1, |end| end + 2)..];
        } else if first == '"' {
            let (text, behind) = string(&rest[1..]);
            found.push((before.clone(), text));
            before.push('"');
            rest = behind;
        } else {
            if !first.is_whitespace() {
                before.push(first);
            }
            rest = &rest[first.len_utf8()..];
        }
        if before.len() > 400 {
            before = before.chars().skip(100).collect();
        }
    }
    found
}

/// A literal behind its opening quote as it reads, and what stands behind it.
fn string(code: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = code.char_indices().peekable();
    while let Some((at, sign)) = chars.next() {
        match sign {
            '"' => return (text, &code[at + 1..]),
            '\\' => match chars.next().map(|(_, sign)| sign) {
                Some('n') => text.push('\n'),
                Some('u') => {
                    let code: String = chars
                        .by_ref()
                        .map(|(_, sign)| sign)
                        .skip(1)
                        .take_while(|sign| *sign != '}')
                        .collect();
                    let sign = u32::from_str_radix(&code, 16).ok();
                    text.extend(sign.and_then(char::from_u32));
                }
                Some('\n') => while chars.next_if(|(_, sign)| sign.is_whitespace()).is_some() {},
                Some(sign) => text.push(sign),
                None => {}
            },
            sign => text.push(sign),
        }
    }
    (text, "")
}

impl Literal {
    /// The text that has to be translated, if this is one.
    fn key(&self) -> Option<String> {
        let given_to = |name: &str| {
            let found = self.before.strip_suffix(name);
            found.is_some_and(|left| !left.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        if given_to("tr(") || given_to("tr!(") || given_to("later(") {
            return Some(self.text.clone());
        }
        let call = self.before.rsplit_once("counted(");
        if call.is_some_and(|(_, values)| values.ends_with(',') && !values.contains(['"', ';'])) {
            return Some(format!("{{n}} {}s", self.text));
        }
        let title = self.before.ends_with("\",") && self.text.starts_with(char::is_uppercase);
        if self.file.ends_with("ui/keys/table.rs") && title {
            return Some(self.text.clone());
        }
        let made = self.before.strip_suffix("format!(").unwrap_or(&self.before);
        let told = !self.file.starts_with("cli/") && PROBLEMS.iter().any(|of| made.ends_with(of));
        told.then(|| self.text.clone())
    }
}

/// English texts and their translation.
fn korean() -> BTreeMap<String, String> {
    type Texts = BTreeMap<String, BTreeMap<String, String>>;
    let text = fs::read_to_string(root().join("assets/lang/ko.toml")).expect("ko.toml is read");
    let tables: Texts = toml::from_str(&text).expect("ko.toml is TOML");
    let count: usize = tables.values().map(BTreeMap::len).sum();
    let all: BTreeMap<_, _> = tables.into_values().flatten().collect();
    assert_eq!(all.len(), count, "no text is in two tables");
    all
}

/// The names in braces, sorted.
fn values(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let mut names: Vec<_> = parts
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect();
    names.sort_unstable();
    names
}

/// The text without the names of its values.
fn shape(text: &str) -> String {
    let mut parts = text.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or(part, |(_, behind)| behind));
    }
    shape
}

#[test]
fn every_text_of_the_interface_is_translated() {
    let korean = korean();
    let missing: BTreeSet<String> = literals()
        .iter()
        .filter_map(|literal| Some((literal.key()?, &literal.file)))
        .filter(|(key, _)| !korean.contains_key(key))
        .map(|(key, file)| format!("{file}: {key:?}"))
        .collect();
    assert!(
        missing.is_empty(),
        "not in assets/lang/ko.toml: {missing:#?}"
    );
}

#[test]
fn a_translation_has_the_values_of_its_text() {
    for (english, korean) in korean() {
        assert_eq!(values(&english), values(&korean), "{english}");
        assert!(!korean.is_empty(), "{english}");
        assert_eq!(
            english.ends_with("..."),
            korean.ends_with("..."),
            "{english}"
        );
    }
}

/// What is found by the text around its values cannot be told apart where two of them touch.
#[test]
fn values_in_a_text_do_not_touch() {
    let touch = |english: &String| english.contains("}{");
    let touching: Vec<_> = korean().into_keys().filter(touch).collect();
    assert!(touching.is_empty(), "{touching:#?}");
}

#[test]
fn nothing_is_translated_that_is_not_said() {
    let literals = literals();
    let mut said: BTreeSet<String> = literals.iter().filter_map(Literal::key).collect();
    said.extend(literals.into_iter().map(|literal| literal.text));
    // Some are put together from parts.
    let said: BTreeSet<String> = said
        .iter()
        .flat_map(|text| [text.as_str()].into_iter().chain(text.split("; ")))
        .map(shape)
        .collect();
    let korean = korean();
    let theirs = MISTAKES.iter().copied().flat_map(mistakes);
    let theirs: BTreeSet<String> = theirs.chain(system_errors()).collect();
    let unused: Vec<_> = korean
        .keys()
        .filter(|key| !theirs.contains(*key))
        .filter(|key| !said.contains(&shape(key)))
        .collect();
    assert!(unused.is_empty(), "said nowhere: {unused:#?}");
}

/// What the operating system says of files that cannot be used.
fn system_errors() -> impl Iterator<Item = String> {
    let numbers = [
        1, 2, 5, 13, 16, 17, 20, 21, 24, 27, 28, 30, 36, 40, 110, 116, 122,
    ];
    numbers
        .map(|number| std::io::Error::from_raw_os_error(number).to_string())
        .into_iter()
}

#[test]
#[cfg(target_os = "linux")]
fn errors_of_the_system_are_translated() {
    let korean = korean();
    let missing: Vec<_> = system_errors()
        .filter(|text| !korean.contains_key(text))
        .collect();
    assert!(
        missing.is_empty(),
        "not in assets/lang/ko.toml: {missing:#?}"
    );
}

/// Every mistake that a regular expression can have, as far as a user makes them.
const MISTAKES: &[&str] = &[
    r"[\b]",
    "[z-a]",
    r"[a-\d]",
    "[a",
    r"\x{}",
    r"\x{110000}",
    r"\xg",
    r"a\",
    r"\q",
    "(?ii)",
    "(?z)",
    "(?P<a>x)(?P<a>y)",
    "(?P<>a)",
    "(?P<1>a)",
    "(?P<a",
    "(a",
    "a)",
    "a{2,1}",
    "a{,}",
    "a{2",
    "*",
    r"(a)\1",
    "(?=a)",
    r"\p{Foo}",
    r"\p{Script=Foo}",
];

/// What is said about a regular expression as a format and as a filter.
fn mistakes(pattern: &str) -> [String; 2] {
    let spec = FormatSpec::Regex {
        pattern: pattern.to_owned(),
    };
    let filter = Pattern {
        text: pattern.to_owned(),
        regex: true,
        ..Pattern::default()
    };
    let (format, filter) = (Format::compile(&spec), Matcher::new(&filter));
    [
        format.err().map(|error| error.message),
        filter.err().map(|error| error.to_string()),
    ]
    .map(Option::unwrap_or_default)
}

#[test]
fn mistakes_of_regular_expressions_are_translated() {
    let korean = korean();
    let missing: Vec<_> = MISTAKES
        .iter()
        .flat_map(|pattern| mistakes(pattern).map(|message| (pattern, message)))
        .filter(|(_, message)| !korean.contains_key(message))
        .collect();
    assert!(
        missing.is_empty(),
        "not in assets/lang/ko.toml: {missing:#?}"
    );
}

/// What a value is said to be stands before the particle: `“{text}” 텍스트를`, not `“{text}”를`, which is wrong for half of
/// all texts.
#[test]
fn no_particle_depends_on_a_value() {
    let is_fixed = |name: &str| COUNTS.contains(&name);
    let depends = |text: &str| {
        let parts = text.split('{').skip(1);
        parts
            .filter_map(|part| part.split_once('}'))
            .filter(|(name, _)| !name.is_empty() && !is_fixed(name))
            .any(|(_, behind)| {
                let behind = behind.trim_start_matches(['"', '”', '’', ')']);
                let word = behind.split(|letter: char| !letter.is_alphanumeric());
                word.take(1).any(|word| PARTICLES.contains(&word))
            })
    };
    let korean = korean();
    let wrong: Vec<_> = korean.values().filter(|text| depends(text)).collect();
    assert!(wrong.is_empty(), "reword these: {wrong:#?}");
}

#[test]
fn formats_without_a_name_of_their_own_are_translated() {
    let korean = korean();
    let described: Vec<_> = builtins()
        .iter()
        .map(|builtin| builtin.title)
        .filter(|title| {
            let words = ["time", "level", "lines", "text", "log", "with"];
            // The names of columns, as they are written.
            let columns = title.contains("|pid|");
            let mut parts = title.split(|sign: char| !sign.is_alphanumeric());
            !columns && parts.any(|part| words.contains(&part)) && !korean.contains_key(*title)
        })
        .collect();
    assert!(
        described.is_empty(),
        "not in assets/lang/ko.toml: {described:#?}"
    );
}

#[test]
fn no_widget_is_given_a_text_past_the_translation() {
    let has_words = |text: &str| {
        text.split(|c: char| !c.is_alphabetic())
            .any(|word| word.len() > 1)
    };
    let past: Vec<_> = literals()
        .into_iter()
        .filter(|literal| literal.file.starts_with("ui/"))
        .filter(|literal| {
            let made = literal
                .before
                .trim_end_matches("format!(")
                .trim_end_matches('&');
            WIDGETS.iter().any(|widget| made.ends_with(widget))
        })
        .filter(|literal| !NAMES.contains(&literal.text.as_str()))
        .filter(|literal| has_words(&shape(&literal.text).replace("Timberline", "")))
        .map(|literal| format!("{}: {:?}", literal.file, literal.text))
        .collect();
    assert!(past.is_empty(), "give these to tr: {past:#?}");
}
