//! `timberline print`: the records of log files, filtered.

use std::io::{self, BufWriter};
use std::path::Path;
use std::time::SystemTime;

use super::Failure;
use super::args::PrintArgs;
use super::follow;
use super::load::{Log, Reading, unreadable};
use super::records::{PrintError, RecordWriter};
use crate::base::id::RecordNo;
use crate::base::problem::Problem;
use crate::base::time::{TimeRange, Timestamp, Zone, parse_moment};
use crate::index::snapshot::SourceSnapshot;
use crate::query::compile::{PatternError, Predicate, compile};
use crate::query::eval::eval_block;
use crate::query::spec::{
    FilterSpec, LevelRule, LoggerRule, LoggerTerm, Pattern, Reach, Sense, TextTerm,
};

/// Where records go.
pub type Printer = RecordWriter<BufWriter<io::StdoutLock<'static>>>;

/// Runs the subcommand.
pub fn run(args: &PrintArgs) -> Result<(), Failure> {
    let reading = Reading::from_args(&args.read)?;
    let spec = filter(args, &reading.zone)?;
    let mut out = RecordWriter::new(
        BufWriter::with_capacity(1 << 16, io::stdout().lock()),
        args.output,
    );
    let mut left = args.limit.unwrap_or(u64::MAX);
    if args.follow {
        return follow::run(args, &reading, &spec, &mut out, &mut left);
    }
    for path in &args.files {
        print_file(path, &reading, &spec, &mut out, &mut left)?;
    }
    out.flush()?;
    Ok(())
}

fn print_file(
    path: &Path,
    reading: &Reading,
    spec: &FilterSpec,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let log = Log::open(path, reading)?;
    let snapshot = log.index().map_err(|error| unreadable(path, &error))?;
    let predicate = compile(spec, &snapshot).map_err(|error| bad_pattern(&error))?;
    out.forget();
    print_from(
        &log,
        &snapshot,
        &predicate,
        RecordNo(0)..RecordNo(snapshot.len()),
        out,
        left,
    )
    .map_err(|error| failure(path, error))
}

/// What went wrong while printing, for the user.
pub fn failure(path: &Path, error: PrintError) -> Failure {
    match error {
        PrintError::Read(error) => unreadable(path, &error).into(),
        PrintError::Write(error) => error.into(),
    }
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

/// Prints the records of a range that pass the filter.
pub fn print_from(
    log: &Log,
    snapshot: &SourceSnapshot,
    predicate: &Predicate,
    records: std::ops::Range<RecordNo>,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), PrintError> {
    let mut buffer = Vec::new();
    let first = snapshot.locate(records.start);
    let first = first.map_or(snapshot.blocks.len(), |(block, _)| block.0 as usize);
    for block in snapshot.blocks.iter().skip(first) {
        if block.first_record() >= records.end || *left == 0 {
            break;
        }
        let rows = eval_block(predicate, block, &*log.bytes, &mut buffer)?;
        let shown = rows
            .iter()
            .map(|slot| RecordNo(block.first_record().0 + u64::from(slot.0)))
            .filter(|record| records.contains(record))
            .filter_map(|record| snapshot.record(record));
        for meta in shown {
            if *left == 0 {
                break;
            }
            out.write(log, snapshot, &meta)?;
            *left -= 1;
        }
    }
    Ok(())
}

/// The filter that the arguments describe.
fn filter(args: &PrintArgs, zone: &Zone) -> Result<FilterSpec, Problem> {
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
