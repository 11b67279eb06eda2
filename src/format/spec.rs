//! What the user types or picks, and the compiled format that comes of it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::builtin;
use super::extractor::Extractor;
use super::mixed::MixedFormat;
use super::regex::RegexFormat;
use super::template::Template;

/// The syntax of a Python logging template, as in `logging.Formatter(style=…)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Style {
    /// `%(levelname)-8s`
    #[default]
    #[serde(rename = "%")]
    Percent,
    /// `{levelname:<8}`
    #[serde(rename = "{")]
    Brace,
    /// `$levelname` or `${levelname}`
    #[serde(rename = "$")]
    Dollar,
}

impl Style {
    /// The style that a template is written in, as far as its text tells; `Percent` if it has no field at all.
    #[must_use]
    pub fn guess(text: &str) -> Self {
        let field_after = |opening: &str, closing: &str| {
            text.split(opening).skip(1).any(|rest| {
                let name = rest.split([':', '!', '}', ')']).next().unwrap_or_default();
                !name.is_empty()
                    && rest.contains(closing)
                    && name.chars().all(|c| c.is_alphanumeric() || c == '_')
            })
        };
        if field_after("%(", ")") {
            Self::Percent
        } else if field_after("${", "}") {
            Self::Dollar
        } else if field_after("{", "}") {
            Self::Brace
        } else if dollar_names(text) {
            Self::Dollar
        } else {
            Self::Percent
        }
    }

    /// The character that names the style in `logging.Formatter(style=…)`.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::Percent => '%',
            Self::Brace => '{',
            Self::Dollar => '$',
        }
    }
}

/// Whether `$name` occurs.
fn dollar_names(text: &str) -> bool {
    text.split('$')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
}

impl FromStr for Style {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        match text {
            "%" => Ok(Self::Percent),
            "{" => Ok(Self::Brace),
            "$" => Ok(Self::Dollar),
            other => Err(FormatError::new(
                format!("`{other}` is no template style"),
                "use %, { or $",
            )),
        }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sign())
    }
}

/// A format as it is typed, picked and stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum FormatSpec {
    /// One of the formats that Timberline brings along.
    Builtin {
        /// Its short name, as `timberline formats` lists it.
        name: String,
    },
    /// A template of Python's `logging`.
    Template {
        /// Its syntax.
        style: Style,
        /// The template.
        text: String,
        /// `datefmt`, in strftime's language; Python's default if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        datefmt: Option<String>,
        /// `default_msec_format`; `%s,%03d` if absent. Only used without `datefmt`; empty means no milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        msec_format: Option<String>,
    },
    /// A regular expression with named groups.
    Regex {
        /// Matched at the start of a record; groups named like LogRecord attributes become columns.
        pattern: String,
    },
    /// Several formats in one file.
    Mixed {
        /// The main one first; a line is read by the first that it matches.
        formats: Vec<FormatSpec>,
    },
}

impl FormatSpec {
    /// A template with Python's default date format, the style guessed from the text.
    pub fn template(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::Template {
            style: Style::guess(&text),
            text,
            datefmt: None,
            msec_format: None,
        }
    }
}

impl fmt::Display for FormatSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin { name } => f.write_str(name),
            Self::Template { text, .. } => f.write_str(text),
            Self::Regex { pattern } => f.write_str(pattern),
            Self::Mixed { formats } => {
                for (at, format) in formats.iter().enumerate() {
                    write!(f, "{}{format}", if at == 0 { "" } else { " + " })?;
                }
                Ok(())
            }
        }
    }
}

/// Why a format cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", at_column(*column))]
pub struct FormatError {
    /// What is wrong, lower case, without a period.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// Where in the text, in characters from 0.
    pub column: Option<usize>,
}

fn at_column(column: Option<usize>) -> String {
    column.map_or_else(String::new, |column| format!(" at column {}", column + 1))
}

impl FormatError {
    /// An error without a position.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
            column: None,
        }
    }

    /// The same error with its position in the text.
    #[must_use]
    pub fn at(mut self, column: usize) -> Self {
        self.column = Some(column);
        self
    }
}

/// A compiled format.
#[derive(Debug, Clone)]
pub struct Format {
    /// What the user sees: the built-in's title or the template.
    pub name: String,
    /// What it was compiled from.
    pub spec: FormatSpec,
    /// What reads the records.
    pub extractor: Arc<Extractor>,
}

impl Format {
    /// Compiles a spec.
    ///
    /// # Errors
    /// The template, date format or regular expression has a mistake, or no built-in has this name.
    pub fn compile(spec: &FormatSpec) -> Result<Self, FormatError> {
        let extractor = match spec {
            FormatSpec::Builtin { name } => builtin::extractor(name)?,
            FormatSpec::Template {
                style,
                text,
                datefmt,
                msec_format,
            } => Extractor::Template(Arc::new(Template::compile(
                *style,
                text,
                datefmt.as_deref(),
                msec_format.as_deref(),
            )?)),
            FormatSpec::Regex { pattern } => {
                Extractor::Regex(Arc::new(RegexFormat::compile(pattern)?))
            }
            FormatSpec::Mixed { formats } => {
                let parts = formats.iter().map(Self::compile);
                let parts = parts.map(|part| Ok((*part?.extractor).clone()));
                let parts = parts.collect::<Result<Vec<_>, FormatError>>()?;
                if parts.is_empty() {
                    return Err(FormatError::new("no format is named", "name at least one"));
                }
                Extractor::Mixed(Arc::new(MixedFormat::new(parts)))
            }
        };
        Ok(Self {
            name: title(spec),
            spec: spec.clone(),
            extractor: Arc::new(extractor),
        })
    }

    /// The format for a file of which this is a sample: how the file ends its records is no part of a template.
    #[must_use]
    pub fn fitted(self, sample: &[u8]) -> Self {
        match &*self.extractor {
            Extractor::Template(template) if ends_with_nul(sample) => {
                let template = Template::clone(template).with_nul_ends();
                Self {
                    extractor: Arc::new(Extractor::Template(Arc::new(template))),
                    ..self
                }
            }
            _ => self,
        }
    }
}

/// Whether records end with a NUL before the line end; they may have more lines than one.
fn ends_with_nul(sample: &[u8]) -> bool {
    let mut nuls = 0;
    let mut feeds = 0;
    for feed in memchr::memchr_iter(b'\n', sample) {
        let before = sample.get(..feed).unwrap_or_default();
        feeds += 1;
        nuls += usize::from(before.ends_with(b"\0") || before.ends_with(b"\0\r"));
    }
    nuls * 5 > feeds
}

/// What the user sees: a built-in's title, or the text that was typed.
fn title(spec: &FormatSpec) -> String {
    match spec {
        FormatSpec::Builtin { name } => {
            builtin::find(name).map_or_else(|| name.clone(), |builtin| builtin.title.to_owned())
        }
        // On one line, whatever the template.
        FormatSpec::Template { .. } | FormatSpec::Regex { .. } => {
            spec.to_string().replace('\n', "\\n")
        }
        FormatSpec::Mixed { formats } => {
            let titles: Vec<String> = formats.iter().map(title).collect();
            titles.join(" + ")
        }
    }
}
