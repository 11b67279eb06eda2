//! The formats that Timberline brings along, as one table.
//!
//! Most are templates as their programs spell them (the source is named in the title), so they run on the same matcher
//! as a template that the user types. Programs that no template describes have a regular expression; formats that
//! describe themselves have their own reader.

use std::sync::{Arc, LazyLock};

use super::builtin_more::MORE;
pub use super::builtin_table::NO_TEXT;
use super::builtin_table::{LAST, TABLE};
use super::export::ExportFormat;
use super::extractor::{Clock, Extractor};
use super::json::{JsonFormat, JsonShape};
use super::logfmt::LogfmtFormat;
use super::plain::PlainFormat;
use super::regex::RegexFormat;
use super::spec::{FormatError, Style};
use super::table::TableFormat;
use super::template::Template;

/// How a built-in is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipe {
    /// A `%` template.
    Template {
        /// The template.
        text: &'static str,
        /// Its date format; Python's default if `None`.
        datefmt: Option<&'static str>,
        /// Its `default_msec_format`; `%s,%03d` if `None`.
        msec_format: Option<&'static str>,
    },
    /// A regular expression with named groups.
    Regex(&'static str),
    /// JSON objects.
    Json(JsonShape),
    /// `key=value` lines.
    Logfmt,
    /// The journal's export format.
    Export,
    /// A table with these columns.
    Table(&'static str),
    /// Plain text, with such times at the starts of lines.
    Plain(Clock),
    /// Lines as they are.
    Lines,
}

/// A format that Timberline brings along.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// What `--format` takes.
    pub name: &'static str,
    /// What the menu shows.
    pub title: &'static str,
    /// A line of it.
    pub example: &'static str,
    /// How it is made.
    pub recipe: Recipe,
}

/// All of them, the more special ones first.
pub fn builtins() -> &'static [Builtin] {
    static ALL: LazyLock<Vec<Builtin>> = LazyLock::new(|| [TABLE, MORE, LAST].concat());
    &ALL
}

/// The built-in of this name.
pub fn find(name: &str) -> Option<&'static Builtin> {
    builtins().iter().find(|builtin| builtin.name == name)
}

/// Compiles every built-in now instead of at the first detection.
pub fn compile_all() {
    LazyLock::force(&COMPILED);
}

/// The built-ins as they are compiled, in the order of the table, without the automata of their regular expressions:
/// those are built when a record is first taken apart, once for all logs.
/// They know no zone, so one of each serves all logs.
static COMPILED: LazyLock<Vec<Result<Extractor, FormatError>>> =
    LazyLock::new(|| builtins().iter().map(compile).collect());

/// The extractor of the built-in of this name; cheap after the first time.
///
/// # Errors
/// There is no such built-in.
pub fn extractor(name: &str) -> Result<Extractor, FormatError> {
    let at = builtins().iter().position(|builtin| builtin.name == name);
    at.and_then(|at| COMPILED.get(at))
        .cloned()
        .unwrap_or_else(|| {
            Err(FormatError::new(
                format!("no format is called `{name}`"),
                "`timberline formats` lists the names",
            ))
        })
}

fn compile(builtin: &Builtin) -> Result<Extractor, FormatError> {
    Ok(match builtin.recipe {
        Recipe::Template {
            text,
            datefmt,
            msec_format,
        } => Extractor::Template(Arc::new(Template::compile(
            Style::Percent,
            text,
            datefmt,
            msec_format,
        )?)),
        Recipe::Regex(pattern) => Extractor::Regex(Arc::new(RegexFormat::of_good(pattern)?)),
        Recipe::Json(shape) => Extractor::Json(Arc::new(JsonFormat::new(shape))),
        Recipe::Table(header) => Extractor::Table(Arc::new(TableFormat::compile(header, None)?)),
        Recipe::Export => Extractor::Export(Arc::new(ExportFormat::default())),
        Recipe::Logfmt => Extractor::Logfmt(Arc::new(LogfmtFormat::default())),
        Recipe::Plain(clock) => Extractor::Plain(Arc::new(PlainFormat::new(clock))),
        Recipe::Lines => Extractor::Plain(Arc::new(PlainFormat::lines())),
    })
}
