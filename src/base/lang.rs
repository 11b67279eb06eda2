//! The language of the interface. Texts are written in English where they are used; `assets/lang/ko.toml` has all of them
//! in Korean, and a test looks that none is missing.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English, in which the texts are written.
    #[default]
    English,
    /// Korean.
    Korean,
}

/// The texts of a language, by the English ones.
#[derive(Default, Deserialize)]
struct Texts {
    /// Those that are translated where they are made.
    interface: HashMap<String, String>,
    /// Those that are made in English and translated where they are shown.
    said: HashMap<String, String>,
    /// What the library of regular expressions says.
    regex: HashMap<String, String>,
    /// What the operating system says.
    system: HashMap<String, String>,
}

static KOREAN: LazyLock<Texts> = LazyLock::new(|| {
    // A test reads it: it cannot be broken in a program that was tested.
    toml::from_str(include_str!("../../assets/lang/ko.toml")).unwrap_or_default()
});

/// The texts with values, those that say the most first.
static KOREAN_WITH_VALUES: LazyLock<Vec<(Pattern, &'static str)>> = LazyLock::new(|| {
    let texts = KOREAN
        .said
        .iter()
        .filter(|(english, _)| english.contains('{'));
    let mut texts: Vec<_> = texts
        .map(|(english, korean)| (Pattern::new(english), korean.as_str()))
        .collect();
    texts.sort_by(|(one, _), (other, _)| {
        (other.weight(), &one.start).cmp(&(one.weight(), &other.start))
    });
    texts
});

thread_local! {
    /// Everything is shown by one thread; others write in English what they tell (`Problem`), and it is translated
    /// where it is shown.
    static CURRENT: Cell<Lang> = const { Cell::new(Lang::English) };
}

impl Lang {
    /// The language of the desktop, if the interface has it.
    #[must_use]
    pub fn of_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.starts_with("ko") => Self::Korean,
            _ => Self::English,
        }
    }

    /// What it is called in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Korean => "한국어",
        }
    }

    /// The language that this thread shows.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.get()
    }

    /// This thread shows this language from now on.
    pub fn make_current(self) {
        CURRENT.set(self);
    }
}

/// A text of the interface in the language in use.
#[must_use]
pub fn tr(english: &'static str) -> &'static str {
    known(english).unwrap_or(english)
}

/// Marks a text of a table that cannot be translated where it is written: whoever shows it gives it to [`tr`].
#[must_use]
pub const fn later(english: &'static str) -> &'static str {
    english
}

/// What a text is in the language in use; `None` when that is English or there is no translation.
#[must_use]
pub fn known(english: &str) -> Option<&'static str> {
    match Lang::current() {
        Lang::English => None,
        Lang::Korean => {
            let text = KOREAN.interface.get(english);
            let text = text.or_else(|| KOREAN.said.get(english));
            text.or_else(|| KOREAN.regex.get(english))
                .or_else(|| KOREAN.system.get(english))
                .map(String::as_str)
        }
    }
}

/// A text that was made in English elsewhere, such as a problem's headline, in the language in use. Values that were put
/// into it are found by the text around them and put into the translation. What has none stays as it is.
#[must_use]
pub fn said(english: &str) -> Cow<'_, str> {
    if Lang::current() == Lang::English {
        return Cow::Borrowed(english);
    }
    if let Some(text) = known(english) {
        return Cow::Borrowed(text);
    }
    let found = KOREAN_WITH_VALUES
        .iter()
        .find_map(|(pattern, korean)| Some((pattern.values(english)?, korean)));
    let Some((values, korean)) = found else {
        return Cow::Borrowed(english);
    };
    let values: Vec<_> = values
        .into_iter()
        .map(|(name, value)| (name, said(value)))
        .collect();
    let values: Vec<_> = values
        .iter()
        .map(|(name, value)| (*name, value as &dyn Display))
        .collect();
    Cow::Owned(fill(korean, &values))
}

/// A text with values: what stands before the first, and each name with what stands behind it.
struct Pattern {
    start: String,
    values: Vec<(String, String)>,
}

impl Pattern {
    fn new(text: &str) -> Self {
        let mut parts = text.split('{');
        let start = parts.next().unwrap_or_default().to_owned();
        let values = parts.filter_map(|part| part.split_once('}'));
        let values = values.map(|(name, behind)| (name.to_owned(), behind.to_owned()));
        Self {
            start,
            values: values.collect(),
        }
    }

    /// How many bytes of it are no values.
    fn weight(&self) -> usize {
        let behind = self.values.iter().map(|(_, behind)| behind.len());
        self.start.len() + behind.sum::<usize>()
    }

    /// What stands in a text in the place of each name; `None` when the text is another.
    fn values<'a>(&'a self, text: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let mut rest = text.strip_prefix(self.start.as_str())?;
        let mut values = Vec::with_capacity(self.values.len());
        for (index, (name, behind)) in self.values.iter().enumerate() {
            let last = index + 1 == self.values.len();
            let at = match last {
                true => rest.len().checked_sub(behind.len()),
                false => rest.find(behind.as_str()),
            };
            let (value, found) = rest.split_at_checked(at?)?;
            rest = found.strip_prefix(behind.as_str())?;
            values.push((name.as_str(), value));
        }
        (!values.iter().any(|(_, value)| value.is_empty())).then_some(values)
    }
}

/// Puts values in the place of their names in braces.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let value = behind.split_once('}').and_then(|(name, behind)| {
            let value = values.iter().find(|(other, _)| *other == name)?.1;
            Some((value, behind))
        });
        match value {
            Some((value, behind)) => {
                filled.push_str(&value.to_string());
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A text of the interface with values: `tr!("{shown} of {total} records", shown = 3, total)`. The whole sentence is one
/// text, because another language orders its words otherwise.
#[macro_export]
macro_rules! tr {
    ($text:literal $(,)?) => { $crate::base::lang::tr($text) };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::base::lang::fill(
            $crate::base::lang::tr($text),
            &[$((stringify!($name), &$crate::tr!(@ $name $(= $value)?) as &dyn ::std::fmt::Display)),+],
        )
    };
    (@ $name:ident = $value:expr) => { $value };
    (@ $name:ident) => { $name };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_their_names_are() {
        for (text, filled) in [
            ("{shown} of {total}", "3 of 7"),
            ("{total} 중 {shown}", "7 중 3"),
            ("no value {", "no value {"),
            ("{other} {total}", "{other} 7"),
            ("", ""),
        ] {
            assert_eq!(fill(text, &[("shown", &3), ("total", &"7")]), filled);
        }
    }

    #[test]
    fn the_most_fitting_text_gives_the_values() {
        let pattern = Pattern::new("{a} of {b} left");
        assert_eq!(
            pattern.values("3 of 7 left"),
            Some(vec![("a", "3"), ("b", "7")])
        );
        for other in ["3 of 7", "3 7 left", " of 7 left", "left", ""] {
            assert_eq!(pattern.values(other), None, "{other}");
        }
    }

    #[test]
    fn what_was_said_in_english_is_translated() {
        Lang::Korean.make_current();
        assert_eq!(tr("Filters"), "필터");
        assert_eq!(said("The file is back"), "파일이 다시 나타났습니다");
        assert_eq!(
            said("The settings could not be saved"),
            "설정 파일을 저장하지 못했습니다"
        );
        assert_eq!(said("What nobody translated"), "What nobody translated");
        Lang::English.make_current();
        assert_eq!(said("The file is back"), "The file is back");
        assert_eq!(tr("Filters"), "Filters");
    }

    #[test]
    fn the_korean_texts_can_be_read() {
        let texts: Result<Texts, _> = toml::from_str(include_str!("../../assets/lang/ko.toml"));
        assert!(texts.is_ok_and(|texts| !texts.interface.is_empty()));
    }
}
