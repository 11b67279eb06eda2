//! The filter that the command line describes.

use std::path::Path;
use std::time::SystemTime;

use super::Failure;
use super::args::FilterArgs;
use crate::base::level::LevelTable;
use crate::base::problem::Problem;
use crate::base::text;
use crate::base::time::{TimeRange, Timestamp, Zone, parse_moment};
use crate::query::compile::PatternError;
use crate::query::lang::{Moments, QueryError, bind, parse};
use crate::query::spec::{
    FilterSpec, LevelRule, LoggerRule, LoggerTerm, Pattern, Reach, Sense, TextTerm,
};

/// The filter that the arguments describe.
///
/// # Errors
/// A level without a name, a moment that cannot be read, or a query that is none.
pub fn filter_spec(args: &FilterArgs, zone: &Zone) -> Result<FilterSpec, Failure> {
    let term = |text: &String| TextTerm {
        pattern: Pattern {
            text: text.clone(),
            case_sensitive: true,
            whole_word: false,
            regex: true,
        },
        sense: Sense::Include,
    };
    let logger = |name: &String| LoggerTerm {
        name: logger_name(name),
        reach: Reach::Subtree,
    };
    let mut spec = FilterSpec {
        levels: LevelRule {
            at_least: args.level.as_deref().map(level_name).transpose()?,
            ..LevelRule::default()
        },
        loggers: LoggerRule {
            include: args.logger.iter().map(logger).collect(),
            ..LoggerRule::default()
        },
        time: TimeRange {
            since: moment(args.since.as_deref(), zone)?,
            until: moment(args.until.as_deref(), zone)?,
        },
        text: args.grep.iter().map(term).collect(),
        more: Vec::new(),
    };
    if let Some(query) = &args.filter {
        spec.narrow(&asked(query, zone)?);
    }
    Ok(spec)
}

/// The filter that a query describes. Moments count from now: where a log ends is known only when all of it is read.
fn asked(query: &str, zone: &Zone) -> Result<FilterSpec, Failure> {
    let moments = Moments {
        zone,
        now: now(),
        end: None,
    };
    let bound = parse(query).and_then(|parsed| bind(&parsed, &moments));
    bound.map_err(|error| Failure::Query(query.to_owned(), error))
}

/// Says of a level that neither the log has nor anybody knows: a mistyped one shows other records than were meant.
#[expect(clippy::print_stderr, reason = "the records go to stdout")]
pub fn tell_unknown_level(spec: &FilterSpec, path: &Path, levels: &LevelTable) {
    if let Some(level) = spec.unknown_level(levels) {
        let (level, path) = (text::name(level), text::path(path));
        eprintln!("timberline: {path} has no level {level}");
    }
}

/// The query with marks under what is wrong in it, for a terminal.
pub fn marked(query: &str, error: &QueryError) -> String {
    let shown = |text: String| text.replace(char::is_control, " ");
    let before: String = query.chars().take(error.at.start).collect();
    let length = error.at.len().max(1);
    let wrong: String = query.chars().skip(error.at.start).take(length).collect();
    let blanks = " ".repeat(before.chars().map(cells).sum());
    let marks = "^".repeat(wrong.chars().map(cells).sum::<usize>().max(1));
    let query = shown(query.to_owned());
    format!("    {query}\n    {blanks}{marks}")
}

/// How many columns of a terminal a character takes, roughly.
fn cells(c: char) -> usize {
    let wide = matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}');
    1 + usize::from(wide)
}

/// The root logger may be called root, as Python calls it.
fn logger_name(name: &str) -> String {
    if name == "root" {
        String::new()
    } else {
        name.to_owned()
    }
}

fn level_name(name: &str) -> Result<String, Problem> {
    let word = name.trim();
    if word.is_empty() {
        return Err(
            Problem::error("The level is empty").hint("Use a name such as WARNING or error")
        );
    }
    Ok(word.to_owned())
}

fn moment(text: Option<&str>, zone: &Zone) -> Result<Option<Timestamp>, Problem> {
    let parse =
        |text| parse_moment(text, zone, now()).map_err(|error| Problem::error(error.to_string()));
    text.map(parse).transpose()
}

fn now() -> Timestamp {
    let since_epoch = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_nanos()).unwrap_or(i64::MAX))
}

/// A wrong expression, for the user.
pub fn bad_pattern(error: &PatternError) -> Problem {
    let place = error
        .column
        .map_or_else(String::new, |column| format!(" (column {})", column + 1));
    Problem::error(format!(
        "The expression cannot be used: {}{place}",
        error.message
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn marks_stand_under_what_is_wrong() {
        for (query, expected) in [
            ("a level>=", "    a level>=\n      ^^^^^^^"),
            ("오류 \"x", "    오류 \"x\n         ^^"),
            ("a OR", "    a OR\n        ^"),
        ] {
            let error = parse(query).unwrap_err();
            assert_eq!(marked(query, &error), expected);
        }
    }
}
