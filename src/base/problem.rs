//! What the user is told when something fails: what happened, what to do, and the path last.

use std::fmt;
use std::path::PathBuf;

use super::lang::said;
use super::text;

/// How loudly a problem is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Something is not as expected, the work goes on.
    Warning,
    /// What was asked for could not be done.
    Error,
}

/// A failure or an event in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How loudly it is shown.
    pub severity: Severity,
    /// What happened, as one sentence without a period.
    pub headline: String,
    /// What the user can do about it; may be empty.
    pub hint: String,
    /// The technical reason, for the curious; may be empty.
    pub detail: String,
    /// The file concerned; shown last.
    pub path: Option<PathBuf>,
}

impl Problem {
    /// A problem of the given severity with a headline and nothing else.
    pub fn new(severity: Severity, headline: impl Into<String>) -> Self {
        Self {
            severity,
            headline: headline.into(),
            hint: String::new(),
            detail: String::new(),
            path: None,
        }
    }

    /// A problem of severity `Error`.
    pub fn error(headline: impl Into<String>) -> Self {
        Self::new(Severity::Error, headline)
    }

    /// A problem of severity `Warning`.
    pub fn warning(headline: impl Into<String>) -> Self {
        Self::new(Severity::Warning, headline)
    }

    /// An event of severity `Info`.
    pub fn info(headline: impl Into<String>) -> Self {
        Self::new(Severity::Info, headline)
    }

    /// The same in the language in use; of a detail that is put together each part. Problems are made in English, and told so by the command
    /// line and by Timberline's own log.
    #[must_use]
    pub fn translated(&self) -> Self {
        Self {
            headline: said(&self.headline).into_owned(),
            hint: said(&self.hint).into_owned(),
            detail: in_parts(&self.detail),
            ..self.clone()
        }
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Adds the technical reason.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Adds the file concerned.
    #[must_use]
    pub fn path(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // All of them may quote a file's name or content, and a terminal obeys what it is told.
        f.write_str(&text::name(&self.headline))?;
        if !self.detail.is_empty() {
            write!(f, ": {}", text::plain(self.detail.as_bytes()))?;
        }
        if !self.hint.is_empty() {
            write!(f, " ({})", text::name(&self.hint))?;
        }
        if let Some(path) = &self.path {
            write!(f, ": {}", text::path(path))?;
        }
        Ok(())
    }
}

/// A text in the language in use, whose parts stand behind each other where each of them has a translation.
fn in_parts(english: &str) -> String {
    let parts: Vec<_> = english.split("; ").map(|part| (part, said(part))).collect();
    if parts.iter().any(|(part, said)| part == said) {
        return said(english).into_owned();
    }
    let parts: Vec<_> = parts.into_iter().map(|(_, said)| said).collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lang::Lang;

    #[test]
    fn a_detail_is_translated_whole_or_in_parts() {
        Lang::Korean.make_current();
        for (english, korean) in [
            ("it is not UTF-8 text", "UTF-8 텍스트가 아닙니다"),
            (
                "File too large (os error 27); 12 bytes were written and removed again",
                "파일이 너무 큽니다 (OS 오류 27); 12바이트를 썼다가 지웠습니다",
            ),
            ("of the program; itself", "of the program; itself"),
        ] {
            let problem = Problem::error("x").detail(english).translated();
            assert_eq!(problem.detail, korean);
        }
        Lang::English.make_current();
    }
}
