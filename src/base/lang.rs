//! The language of the interface. Texts are written in English where they are used; `assets/lang/ko.toml` has all of them
//! in Korean, and a test looks that none is missing.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum Lang {
    /// English, in which the texts are written.
    #[default]
    English,
    /// Korean.
    Korean,
}

/// English texts and what they are in Korean.
static KOREAN: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    // A test reads it: it cannot be broken in a program that was tested.
    toml::from_str(include_str!("../../assets/lang/ko.toml")).unwrap_or_default()
});

static CURRENT: AtomicU8 = AtomicU8::new(Lang::English as u8);

impl Lang {
    /// The language of the desktop, if the interface has it.
    #[must_use]
    pub fn of_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.starts_with("ko") => Self::Korean,
            _ => Self::English,
        }
    }

    /// The language in use.
    #[must_use]
    pub fn current() -> Self {
        match CURRENT.load(Ordering::Relaxed) {
            1 => Self::Korean,
            _ => Self::English,
        }
    }

    /// Uses this language from now on.
    pub fn make_current(self) {
        CURRENT.store(self as u8, Ordering::Relaxed);
    }
}

/// A text of the interface in the language in use.
#[must_use]
pub fn tr(english: &'static str) -> &'static str {
    match Lang::current() {
        Lang::English => english,
        Lang::Korean => KOREAN.get(english).map_or(english, String::as_str),
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

/// A text of the interface with values: `tr!("{shown} of {total} records", shown = 3, total = 7)`. The whole sentence is
/// one text, because another language orders its words otherwise.
#[macro_export]
macro_rules! tr {
    ($text:literal) => { $crate::base::lang::tr($text) };
    ($text:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::base::lang::fill(
            $crate::base::lang::tr($text),
            &[$((stringify!($name), &$value as &dyn ::std::fmt::Display)),+],
        )
    };
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
    fn the_korean_texts_can_be_read() {
        let texts: Result<HashMap<String, String>, _> =
            toml::from_str(include_str!("../../assets/lang/ko.toml"));
        assert!(texts.is_ok_and(|texts| !texts.is_empty()));
    }
}
