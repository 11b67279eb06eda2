//! What can be typed on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::export::{Form, Manner};

/// A log viewer that understands loggers.
#[derive(Debug, Parser)]
#[command(
    name = "timberline",
    version,
    about,
    args_conflicts_with_subcommands = true
)]
pub struct Cli {
    /// Work without a window.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What the window opens.
    #[command(flatten)]
    pub window: WindowArgs,
}

/// What the window opens.
#[derive(Debug, Clone, Args, Default)]
pub struct WindowArgs {
    /// How records are written; see print --format.
    #[command(flatten)]
    pub format: FormatArgs,
    /// Read each log behind all of its rotated files, compressed or not.
    #[arg(long)]
    pub rotated: bool,
    /// What the desktop calls the program's windows, for rules about them: the WM_CLASS on X11, the app id on Wayland.
    /// It is timberline otherwise.
    #[arg(long, value_name = "NAME")]
    pub class: Option<String>,
    /// Log files to open in the window, also compressed ones; a folder or a pattern ('logs/*.log') opens its newest log,
    /// - is standard input; without any, the last session or the start page.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A program whose output is the log: its standard output and standard error.
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the records of log files, filtered, as text, JSON lines or CSV.
    Print(PrintArgs),
    /// Count records, lines, levels and loggers, and measure how long that takes.
    ///
    /// With a filter, levels and loggers are counted in the records that pass, and the text says how long the filter
    /// took beside the indexing; records, lines, bytes and times are still those of the whole file.
    Stats(StatsArgs),
    /// Say which formats log files seem to be written in.
    Detect(DetectArgs),
    /// List your own formats and those that Timberline brings along.
    Formats,
}

/// How records are written.
#[derive(Debug, Clone, Args, Default)]
pub struct FormatArgs {
    /// A logging template such as '%(asctime)s %(levelname)s %(message)s', or a name from `timberline formats`;
    /// without it, the content decides. Where a fifth of the lines is clearly in another format, those are read too.
    #[arg(long, value_name = "TEMPLATE|NAME", allow_hyphen_values = true)]
    pub format: Option<String>,
    /// The template's style; guessed from its text if not given.
    #[arg(long, value_enum, requires = "format")]
    pub style: Option<StyleArg>,
    /// The formatter's datefmt, in strftime's language.
    #[arg(
        long,
        value_name = "F",
        requires = "format",
        allow_hyphen_values = true
    )]
    pub datefmt: Option<String>,
    /// The formatter's default_msec_format; '%s,%03d' if not given, '' for no milliseconds.
    #[arg(
        long,
        value_name = "F",
        requires = "format",
        allow_hyphen_values = true
    )]
    pub msec_format: Option<String>,
}

/// How the bytes are read.
#[derive(Debug, Clone, Args, Default)]
pub struct ReadArgs {
    /// How records are written.
    #[command(flatten)]
    pub format: FormatArgs,
    /// The zone of times that name none: Asia/Seoul, UTC, +09:00, local.
    #[arg(long, value_name = "Z", default_value = "local")]
    pub timezone: String,
    /// The encoding of the file: utf-8, euc-kr, utf-16le, …; without it, the content decides.
    #[arg(long, value_name = "E")]
    pub encoding: Option<String>,
    /// Read each log behind all of its rotated files, compressed or not.
    #[arg(long)]
    pub rotated: bool,
}

/// Which records pass.
#[derive(Debug, Clone, Args, Default)]
pub struct FilterArgs {
    /// Only this level and the graver ones.
    #[arg(long, value_name = "L", allow_hyphen_values = true)]
    pub level: Option<String>,
    /// Only this logger and those below it; may be given several times.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub logger: Vec<String>,
    /// Only records that match this regular expression; may be given several times, all must match.
    #[arg(long, value_name = "RE", allow_hyphen_values = true)]
    pub grep: Vec<String>,
    /// Only records from this moment on: '2026-11-22 10:00', 10:00, -1h, yesterday, …
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Only records before this moment.
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Only records that pass a query as in the window's filter: 'level>=warning -logger:app.db "timed out" lineno>100'.
    ///
    /// Words and "quoted texts" are looked for, /re/i are regular expressions, field:value compares (* for anything), as do
    /// =, <, <=, > and >=. AND is meant where nothing else is said; OR, NOT, - and parentheses are there too.
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub filter: Option<String>,
}

/// The style of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StyleArg {
    /// %(levelname)s
    #[value(name = "%")]
    Percent,
    /// {levelname}
    #[value(name = "{")]
    Brace,
    /// $levelname
    #[value(name = "$")]
    Dollar,
    /// loguru: {time:YYYY-MM-DD HH:mm:ss.SSS} | {level: <8} | {message}
    #[value(name = "loguru")]
    Loguru,
    /// log4j 1 and 2, logback: %d [%t] %-5level %logger{36} - %msg%n
    #[value(name = "log4j", aliases = ["log4j2", "logback"])]
    Log4j,
    /// NLog: ${longdate}|${level}|${logger}|${message}
    #[value(name = "nlog")]
    NLog,
    /// Serilog: {Timestamp:HH:mm:ss} [{Level:u3}] {Message:lj}
    #[value(name = "serilog")]
    Serilog,
    /// A table's first line: time,level,logger,message
    #[value(name = "csv")]
    Csv,
    /// A regular expression with named groups: `(?<time>\S+) (?<level>\w+) (?<message>.*)`
    #[value(name = "regex")]
    Regex,
}

/// `timberline print`.
#[derive(Debug, Args)]
pub struct PrintArgs {
    /// How the files are read.
    #[command(flatten)]
    pub read: ReadArgs,
    /// Which records are printed.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Stop after so many records.
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Print so many records before and after each, too; of files, not of what comes through a pipe.
    #[arg(short = 'C', long, value_name = "N", default_value_t = 0, conflicts_with_all = ["follow", "command"])]
    pub context: u64,
    /// Print the records of each file in order of time, where the file is not; without a time, behind the one before it.
    #[arg(long, conflicts_with_all = ["follow", "command", "context"])]
    pub by_time: bool,
    /// Go on printing as the file grows, across truncation and rotation.
    #[arg(long, conflicts_with = "rotated")]
    pub follow: bool,
    /// What is printed.
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub output: Output,
    /// Write into this file, which is replaced when everything is there.
    #[arg(long, value_name = "FILE", conflicts_with = "follow")]
    pub to: Option<PathBuf>,
    /// Fields beside those of the format, for CSV and JSON: what messages give a value, as duration=12ms or in JSON; several
    /// with commas between them.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// Leave cells of a CSV as they are that a spreadsheet would take for formulas (= + - @); without this, they get a '
    /// in front.
    #[arg(long)]
    pub keep_formulas: bool,
    /// The log files, also compressed ones; - is standard input.
    #[arg(required_unless_present = "command", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A program whose output is printed as it comes: its standard output and standard error.
    #[arg(last = true, value_name = "COMMAND", conflicts_with = "files")]
    pub command: Vec<String>,
}

/// What `print` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// The records as they stand in the file, byte for byte.
    Text,
    /// One JSON object per record.
    Jsonl,
    /// A table with a header (RFC 4180).
    Csv,
}

impl PrintArgs {
    /// How records are written.
    #[must_use]
    pub fn manner(&self) -> Manner {
        Manner {
            form: match self.output {
                Output::Text => Form::Text,
                Output::Jsonl => Form::Jsonl,
                Output::Csv => Form::Csv,
            },
            keep_formulas: self.keep_formulas,
            columns: None,
            fields: self.fields.clone(),
        }
    }
}

/// `timberline stats`.
#[derive(Debug, Args)]
pub struct StatsArgs {
    /// How the files are read.
    #[command(flatten)]
    pub read: ReadArgs,
    /// Which records are counted by level and logger; the other figures are those of the whole file.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// One JSON object per file.
    #[arg(long)]
    pub json: bool,
    /// Also the messages by their pattern, in which <*> stands for numbers, ids and the like; the most frequent first.
    #[arg(long)]
    pub patterns: bool,
    /// Also the exceptions by type and place, and errors without a trace by their pattern.
    #[arg(long)]
    pub exceptions: bool,
    /// Rare patterns and exceptions first.
    #[arg(long)]
    pub rare: bool,
    /// So many patterns and exceptions; 0 is all of them.
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub top: usize,
    /// The log files, also compressed ones; - is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// `timberline detect`.
#[derive(Debug, Args)]
pub struct DetectArgs {
    /// The zone of times that name none.
    #[arg(long, value_name = "Z", default_value = "local")]
    pub timezone: String,
    /// The log files, also compressed ones; - is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
