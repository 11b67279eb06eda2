//! What the user types or picks, and the compiled format that comes of it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::adjusted::{AdjustedFormat, Roles};
use super::builtin;
use super::dialect::{log4j, loguru, nlog, serilog};
use super::envelope::Envelope;
use super::extractor::Extractor;
use super::mixed::MixedFormat;
use super::regex::RegexFormat;
use super::table::TableFormat;
use super::template::Template;
use super::wrapped::WrappedFormat;

/// The language of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Style {
    /// Python's `%(levelname)-8s`
    #[default]
    #[serde(rename = "%")]
    Percent,
    /// Python's `{levelname:<8}`
    #[serde(rename = "{")]
    Brace,
    /// Python's `$levelname` or `${levelname}`
    #[serde(rename = "$")]
    Dollar,
    /// Pattern layouts of log4j and logback: `%d [%t] %-5level %logger - %msg%n`
    #[serde(rename = "log4j")]
    Log4j,
    /// loguru's `{time:YYYY-MM-DD} {level: <8} {message}`
    #[serde(rename = "loguru")]
    Loguru,
    /// NLog's `${longdate}|${level}|${logger}|${message}`
    #[serde(rename = "nlog")]
    NLog,
    /// Serilog's `{Timestamp:HH:mm:ss} [{Level:u3}] {Message:lj}`
    #[serde(rename = "serilog")]
    Serilog,
    /// A table's first line: `time,level,logger,message`
    #[serde(rename = "csv")]
    Csv,
}

impl Style {
    /// All of them, Python's first.
    pub const ALL: [Self; 8] = [
        Self::Percent,
        Self::Brace,
        Self::Dollar,
        Self::Loguru,
        Self::Log4j,
        Self::NLog,
        Self::Serilog,
        Self::Csv,
    ];

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
        if field_after("%(", ")") && !text.contains("%(%") {
            Self::Percent
        } else if log4j::is_pattern(text) {
            Self::Log4j
        } else if nlog::is_layout(text) {
            Self::NLog
        } else if field_after("${", "}") {
            Self::Dollar
        } else if loguru::is_format(text) {
            Self::Loguru
        } else if serilog::is_template(text) {
            Self::Serilog
        } else if field_after("{", "}") {
            Self::Brace
        } else if dollar_names(text) {
            Self::Dollar
        } else {
            Self::Percent
        }
    }

    /// What names the style: the character as in `logging.Formatter(style=…)`, or the library.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Brace => "{",
            Self::Dollar => "$",
            Self::Log4j => "log4j",
            Self::Loguru => "loguru",
            Self::NLog => "nlog",
            Self::Serilog => "serilog",
            Self::Csv => "csv",
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
        let known = Self::ALL.into_iter().find(|style| style.name() == text);
        let known = known.or(match text {
            "log4j2" | "logback" => Some(Self::Log4j),
            _ => None,
        });
        known.ok_or_else(|| {
            FormatError::new(
                format!("`{text}` is no template style"),
                "use %, {, $, loguru, log4j, nlog, serilog or csv",
            )
        })
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
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
    /// A template of Python's `logging`, or of another logger.
    Template {
        /// Its language.
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
    /// A format inside what a collector puts around its lines.
    Within {
        /// What is around them.
        envelope: Envelope,
        /// What is inside.
        inner: Box<FormatSpec>,
    },
    /// Another format with fields used otherwise than their names say.
    Adjusted {
        /// Finds the records and their fields.
        format: Box<FormatSpec>,
        /// What the named fields are used for.
        roles: Roles,
    },
}

impl FormatSpec {
    /// A format that Timberline brings along.
    pub fn builtin(name: impl Into<String>) -> Self {
        Self::Builtin { name: name.into() }
    }

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

impl FormatSpec {
    /// The formats of a mixed file, in the order in which they are tried; none for other formats.
    #[must_use]
    pub fn parts(&self) -> &[FormatSpec] {
        match self {
            Self::Mixed { formats } => formats,
            Self::Adjusted { format, .. } => format.parts(),
            _ => &[],
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
            Self::Within { envelope, inner } => write!(f, "{}: {inner}", envelope.title()),
            Self::Adjusted { format, .. } => format.fmt(f),
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
                style: Style::Csv,
                text,
                datefmt,
                ..
            } => Extractor::Table(Arc::new(TableFormat::compile(text, datefmt.as_deref())?)),
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
            FormatSpec::Within { envelope, inner } => {
                if matches!(**inner, FormatSpec::Within { .. }) {
                    return Err(FormatError::new(
                        "an envelope inside an envelope",
                        "name one of them",
                    ));
                }
                let inner = (*Self::compile(inner)?.extractor).clone();
                Extractor::Wrapped(Arc::new(WrappedFormat::new(*envelope, inner)))
            }
            FormatSpec::Adjusted { format, roles } => {
                let inner = (*Self::compile(format)?.extractor).clone();
                Extractor::Adjusted(Arc::new(AdjustedFormat::new(inner, roles.clone())))
            }
        };
        Ok(Self {
            name: title(spec),
            spec: spec.clone(),
            extractor: Arc::new(extractor),
        })
    }

    /// In which format of a mixed file a record is read, `Some(None)` if in none; `None` in other files.
    #[must_use]
    pub fn part_of(&self, record: &[u8]) -> Option<Option<&FormatSpec>> {
        let mixed = self.extractor.as_mixed()?;
        let end = memchr::memchr(b'\n', record).unwrap_or(record.len());
        let part = mixed.part_of(record.get(..end).unwrap_or(record));
        Some(part.and_then(|at| self.spec.parts().get(at)))
    }

    /// The format for a file of which this is a sample: how the file ends its records is no part of a template.
    #[must_use]
    pub fn fitted(self, sample: &[u8]) -> Self {
        if !ends_with_nul(sample) {
            return self;
        }
        let extractor = match &*self.extractor {
            Extractor::Template(template) => {
                Extractor::Template(Arc::new(Template::clone(template).with_nul_ends()))
            }
            Extractor::Regex(regex) => {
                Extractor::Regex(Arc::new(RegexFormat::clone(regex).with_nul_ends()))
            }
            other => other.clone(),
        };
        Self {
            extractor: Arc::new(extractor),
            ..self
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
#[must_use]
pub fn title(spec: &FormatSpec) -> String {
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
        FormatSpec::Within { envelope, inner } => {
            format!("{}: {}", envelope.title(), title(inner))
        }
        FormatSpec::Adjusted { format, .. } => title(format),
    }
}
