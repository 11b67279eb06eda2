//! The filter that the command line describes.

use std::time::SystemTime;

use super::args::FilterArgs;
use crate::base::problem::Problem;
use crate::base::time::{TimeRange, Timestamp, Zone, parse_moment};
use crate::query::compile::PatternError;
use crate::query::spec::{
    FilterSpec, LevelRule, LoggerRule, LoggerTerm, Pattern, Reach, Sense, TextTerm,
};

/// The filter that the arguments describe.
///
/// # Errors
/// A level without a name, or a moment that cannot be read.
pub fn filter_spec(args: &FilterArgs, zone: &Zone) -> Result<FilterSpec, Problem> {
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
    Ok(FilterSpec {
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
    })
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
    let since_epoch = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let now = Timestamp(i64::try_from(since_epoch.as_nanos()).unwrap_or(i64::MAX));
    let parse =
        |text| parse_moment(text, zone, now).map_err(|error| Problem::error(error.to_string()));
    text.map(parse).transpose()
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
