//! The program's own log: facts about the program, never what stands in a log that is read.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use chrono::Local;

use crate::base::problem::{Problem, Severity};
use crate::base::text::visible;

/// So many lines a second, whatever happens.
const MOST_LINES: u32 = 100;

/// Characters of a line.
const LINE_CHARS: usize = 2_000;

/// Writes lines in a format that Timberline reads, one line for each fact.
#[derive(Debug, Default)]
pub(super) struct Diary {
    /// Since when lines are counted, and how many were written and left out since.
    second: Option<Instant>,
    written: u32,
    left_out: u32,
}

impl Diary {
    /// Adds a fact.
    pub(super) fn fact(&mut self, fact: &str, out: &mut String) {
        self.line("INFO", fact, out);
    }

    /// Adds what the user was told.
    pub(super) fn problem(&mut self, problem: &Problem, out: &mut String) {
        let level = match problem.severity {
            Severity::Info => "INFO",
            Severity::Warning => "WARNING",
            Severity::Error => "ERROR",
        };
        self.line(level, &without_quotes(&problem.to_string()), out);
    }

    fn line(&mut self, level: &str, text: &str, out: &mut String) {
        if self
            .second
            .is_none_or(|second| second.elapsed() >= Duration::from_secs(1))
        {
            self.second = Some(Instant::now());
            self.written = 0;
            let left_out = std::mem::take(&mut self.left_out);
            if left_out > 0 {
                write_line("WARNING", &format!("{left_out} lines left out"), out);
            }
        }
        if self.written >= MOST_LINES {
            self.left_out += 1;
            return;
        }
        self.written += 1;
        write_line(level, text, out);
    }
}

/// A line with its time; line ends and control characters in the text are made visible.
pub(super) fn write_line(level: &str, text: &str, out: &mut String) {
    let now = Local::now().format("%Y-%m-%d %H:%M:%S,%3f");
    let process = std::process::id();
    write!(out, "{now} {level} [timberline.{process}] ").ok();
    visible(text, out, LINE_CHARS);
    out.push('\n');
}

/// A text without what stands between backticks: there, messages of the standard library quote the data at hand.
pub(super) fn without_quotes(text: &str) -> String {
    let mut parts = text.split('`');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        // Every second part was quoted; the last one may lack its end.
        out.push_str(if at % 2 == 0 { "`\u{2026}`" } else { part });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_a_flood_is_cut_off() {
        let (mut diary, mut out) = (Diary::default(), String::new());
        diary.fact("opened /tmp/a\nb\u{1b}[31m.log", &mut out);
        assert_eq!(out.lines().count(), 1);
        assert!(!out.contains('\u{1b}'));
        for _ in 0..1_000 {
            diary.fact("again", &mut out);
        }
        assert_eq!(out.lines().count(), MOST_LINES as usize);
        diary.second = diary.second.map(|second| second - Duration::from_secs(2));
        diary.problem(&Problem::error("Bad"), &mut out);
        assert!(out.contains("901 lines left out"), "{out}");
        assert!(out.ends_with("Bad\n"));
    }

    #[test]
    fn what_is_quoted_is_left_out() {
        let text = "byte index 3 is not a char boundary; it is inside 'x' of `secret` and so on";
        assert!(!without_quotes(text).contains("secret"));
        assert!(without_quotes(text).ends_with("and so on"));
        assert_eq!(without_quotes("a `cut off"), "a `\u{2026}`");
        assert_eq!(without_quotes("plain"), "plain");
    }
}
