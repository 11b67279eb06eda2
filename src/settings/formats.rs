//! The user's own formats, one TOML file each, and which files they are used for.
//!
//! ```toml
//! name = "Billing service"
//!
//! [format]
//! kind = "template"
//! style = "%"
//! text = "%(asctime)s %(sev)s %(message)s"
//!
//! [roles]
//! sev = "level"
//! ```

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::format::adjusted::Roles;
use crate::format::builtin::builtins;
use crate::format::spec::{Format, FormatError, FormatSpec};

/// A format under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFormat {
    /// What the user calls it.
    pub name: String,
    /// The format.
    pub spec: FormatSpec,
}

/// The shape of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    format: FormatSpec,
    #[serde(default, skip_serializing_if = "Roles::is_empty")]
    roles: Roles,
}

impl SavedFormat {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// In words, with the line where the text is wrong, and what to do.
    pub fn read(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| line_of(text, span.start));
            let line = line.map_or_else(String::new, |line| format!("line {line}: "));
            format!("{line}{}", error.message().replace('\n', " "))
        })?;
        if written.name.trim().is_empty() {
            return Err("line 1: the name is empty; give the format one".to_owned());
        }
        let spec = match written.format {
            format if written.roles.is_empty() => format,
            format => FormatSpec::Adjusted {
                format: Box::new(format),
                roles: written.roles,
            },
        };
        Format::compile(&spec).map_err(|error| {
            let line = text.lines().position(|line| {
                let key = line.split('=').next().unwrap_or_default().trim();
                matches!(key, "text" | "pattern" | "datefmt" | "formats")
            });
            let line = line.map_or_else(String::new, |line| format!("line {}: ", line + 1));
            format!("{line}{}", in_words(&error))
        })?;
        Ok(Self {
            name: written.name.trim().to_owned(),
            spec,
        })
    }

    /// The text of the file.
    ///
    /// # Errors
    /// TOML cannot say it.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        let (format, roles) = match &self.spec {
            FormatSpec::Adjusted { format, roles } => ((**format).clone(), roles.clone()),
            spec => (spec.clone(), Roles::default()),
        };
        toml::to_string_pretty(&Written {
            name: self.name.clone(),
            format,
            roles,
        })
    }

    /// The format, compiled, under its name.
    ///
    /// # Errors
    /// As [`Format::compile`].
    pub fn compile(&self) -> Result<Format, FormatError> {
        let name = self.name.clone();
        Format::compile(&self.spec).map(|format| Format { name, ..format })
    }

    /// The name of its file: letters, digits and dashes.
    #[must_use]
    pub fn file_name(&self) -> String {
        let mut name: String = self
            .name
            .trim()
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .take(60)
            .collect();
        name = name.trim_matches('-').to_lowercase();
        if name.is_empty() {
            name.push_str("format");
        }
        format!("{name}.toml")
    }
}

fn in_words(error: &FormatError) -> String {
    if error.hint.is_empty() {
        error.to_string()
    } else {
        format!("{error}; {}", error.hint)
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// A format as it is named in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FormatRef {
    /// One that the user saved, or a built-in.
    Name(String),
    /// The format itself.
    Spec(FormatSpec),
}

impl FormatRef {
    /// The shortest way to name a format: its name if it is saved.
    #[must_use]
    pub fn of(spec: &FormatSpec, saved: &[SavedFormat]) -> Self {
        match saved.iter().find(|saved| saved.spec == *spec) {
            Some(saved) => Self::Name(saved.name.clone()),
            None => Self::Spec(spec.clone()),
        }
    }

    /// The format; `None` if there is none of this name.
    #[must_use]
    pub fn resolve(&self, saved: &[SavedFormat]) -> Option<FormatSpec> {
        match self {
            Self::Spec(spec) => Some(spec.clone()),
            Self::Name(name) => named(name, saved),
        }
    }
}

/// The format that the user or Timberline calls so.
#[must_use]
pub fn named(name: &str, saved: &[SavedFormat]) -> Option<FormatSpec> {
    let own = saved.iter().find(|saved| saved.name == name);
    let known = || {
        let name = name.to_owned();
        let known = builtins().iter().any(|builtin| builtin.name == name);
        known.then_some(FormatSpec::Builtin { name })
    };
    own.map(|saved| saved.spec.clone()).or_else(known)
}

/// The format of all files whose paths look alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// `/var/log/app/*.log`: `*` is anything but `/`, `**` anything, `?` one character. Without a `/` it is the name of
    /// the file in any folder.
    pub pattern: String,
    /// What they are read in.
    pub format: FormatRef,
    /// The zone of their times that name none, as in [`crate::settings::model::RecentFile`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

impl Remembered {
    /// Whether a file is meant.
    #[must_use]
    pub fn fits(&self, path: &Path) -> bool {
        let whole = path.to_string_lossy();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = if self.pattern.contains('/') {
            whole
        } else {
            name
        };
        let pattern: Vec<char> = self.pattern.chars().collect();
        fits(&pattern, &text.chars().collect::<Vec<_>>())
    }
}

/// One pass over the text with a step back to the last star, so that no pattern costs more than length times length.
fn fits(pattern: &[char], text: &[char]) -> bool {
    let (mut p, mut t) = (0, 0);
    // Where the last star ends, whether it passes over `/`, and where its text ends by now.
    let mut star: Option<(usize, bool, usize)> = None;
    while t < text.len() {
        let here = pattern.get(p).copied();
        let character = text.get(t).copied();
        if here == Some('*') {
            let stars = pattern.iter().skip(p).take_while(|c| **c == '*').count();
            p += stars;
            star = Some((p, stars > 1, t));
        } else if here == character || (here == Some('?') && character != Some('/')) {
            (p, t) = (p + 1, t + 1);
        } else {
            match star {
                Some((after, deep, end)) if deep || text.get(end) != Some(&'/') => {
                    star = Some((after, deep, end + 1));
                    (p, t) = (after, end + 1);
                }
                _ => return false,
            }
        }
    }
    pattern.iter().skip(p).all(|c| *c == '*')
}

/// Patterns for files like this one, from the narrowest to the widest: numbers and dates in its name may be others, then
/// everything of its kind in its folder, then such names in any folder.
#[must_use]
pub fn patterns(path: &Path) -> Vec<String> {
    let folder = path
        .parent()
        .map(|folder| folder.to_string_lossy().into_owned());
    let folder = folder.unwrap_or_default();
    let folder = folder.trim_end_matches('/');
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let alike = without_numbers(&name);
    let kind = path
        .extension()
        .map(|end| format!("*.{}", without_numbers(&end.to_string_lossy())));
    let mut patterns = Vec::new();
    let rotated = if alike == name {
        format!("{name}*")
    } else {
        alike
    };
    patterns.push(format!("{folder}/{rotated}"));
    patterns.extend(kind.map(|kind| format!("{folder}/{kind}")));
    patterns.push(rotated);
    patterns.dedup();
    patterns
}

/// `app-2026-11-22.log.3` is `app-*.log.*`.
fn without_numbers(name: &str) -> String {
    let mut out = String::new();
    let characters: Vec<char> = name.chars().collect();
    let mut at = 0;
    while let Some(character) = characters.get(at) {
        if !character.is_ascii_digit() {
            out.push(*character);
            at += 1;
            continue;
        }
        let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
        let joint = |at: usize| characters.get(at).is_some_and(|c| "-_:T".contains(*c));
        while digit(at) || (joint(at) && digit(at + 1)) {
            at += 1;
        }
        out.push('*');
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::format::field::Role;

    #[test]
    fn a_format_survives_its_file() {
        let template = FormatSpec::template("%(asctime)s %(sev)s 한글 %(message)s");
        let roles = Roles::from([("sev".to_owned(), Role::Level)]);
        let adjusted = FormatSpec::Adjusted {
            format: Box::new(template.clone()),
            roles,
        };
        let json = FormatSpec::Builtin {
            name: "json".to_owned(),
        };
        let mixed = FormatSpec::Mixed {
            formats: vec![template.clone(), json],
        };
        for spec in [template, adjusted, mixed] {
            let saved = SavedFormat {
                name: "Billing / 결제".to_owned(),
                spec,
            };
            let text = saved.text().unwrap();
            assert_eq!(SavedFormat::read(&text), Ok(saved.clone()), "{text}");
            assert_eq!(saved.file_name(), "billing---결제.toml");
        }
    }

    #[test]
    fn a_mistake_names_its_line() {
        for (text, line) in [
            (
                "name = \"x\"\n[format]\nkind = \"templat\"\ntext = \"a\"\n",
                "line 3",
            ),
            ("name = \"x\"\nname = \"y\"\n", "line 2"),
            (
                "name = \"x\"\n[format]\nkind = \"template\"\nstyle = \"%\"\ntext = \"%(mess\"\n",
                "line 5: ",
            ),
            (
                "name = \"\"\n[format]\nkind = \"builtin\"\nname = \"json\"\n",
                "line 1: ",
            ),
            (
                "name = \"x\"\n[formt]\nkind = \"builtin\"\nname = \"json\"\n",
                "line 2",
            ),
        ] {
            let told = SavedFormat::read(text).unwrap_err();
            assert!(told.starts_with(line), "{told}");
        }
    }

    #[test]
    fn patterns_fit_paths() {
        for (pattern, path, expected) in [
            ("/var/log/app/*.log", "/var/log/app/a.log", true),
            ("/var/log/app/*.log", "/var/log/app/b/a.log", false),
            ("/var/log/**.log", "/var/log/app/b/a.log", true),
            ("app-*.log", "/srv/x/app-2026.log", true),
            ("app-*.log", "/srv/x/app.log", false),
            ("app.log*", "/srv/app.log", true),
            ("app.log*", "/srv/app.log.3", true),
            ("a?c", "/abc", true),
            ("*a*b*c*", "/xxaxxbxxbxx", false),
            ("로그-*.txt", "/d/로그-1.txt", true),
            ("", "/a", false),
        ] {
            let format = FormatRef::Name("x".to_owned());
            let pattern = pattern.to_owned();
            let remembered = Remembered {
                pattern,
                format,
                zone: None,
            };
            assert_eq!(
                remembered.fits(Path::new(path)),
                expected,
                "{remembered:?} {path}"
            );
        }
    }

    #[test]
    fn patterns_are_suggested_from_a_name() {
        for (path, expected) in [
            (
                "/var/log/app-2026-11-22.log",
                vec!["/var/log/app-*.log", "/var/log/*.log", "app-*.log"],
            ),
            (
                "/var/log/app.log",
                vec!["/var/log/app.log*", "/var/log/*.log", "app.log*"],
            ),
            (
                "/srv/app.log.3",
                vec!["/srv/app.log.*", "/srv/*.*", "app.log.*"],
            ),
            ("/log", vec!["/log*", "log*"]),
        ] {
            let found = patterns(Path::new(path));
            assert_eq!(found, expected);
            for pattern in found {
                let remembered = Remembered {
                    pattern,
                    format: FormatRef::Name("x".to_owned()),
                    zone: None,
                };
                assert!(remembered.fits(Path::new(path)), "{path}");
            }
        }
    }
}
