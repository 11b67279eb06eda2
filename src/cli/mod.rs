//! The subcommands, which need no window: print, stats, detect, formats. The same formats, index and filters as in the
//! window, to standard output; files are scanned and filtered on all cores, one thread writes.

pub mod args;
mod around;
mod by_time;
pub mod detect;
mod filter;
mod follow;
pub mod formats;
mod grouped;
mod input;
mod load;
mod own;
mod parallel;
mod passed;
mod print;
mod stats;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::base::problem::Problem;
use crate::query::lang::QueryError;

pub use load::format_spec;

use args::{Cli, Command, DetectArgs, WindowArgs};

/// What the command line asks for.
#[derive(Debug)]
pub enum Launch {
    /// The window.
    Window(WindowArgs),
    /// A subcommand, for [`run`].
    Run(Box<Command>),
}

/// Reads the command line. Mistakes and `--help` end the program here, with exit code 2 or 0.
#[must_use]
pub fn parse() -> Launch {
    let cli = Cli::parse();
    match cli.command {
        Some(command) => Launch::Run(Box::new(command)),
        None => Launch::Window(cli.window),
    }
}

/// Runs a subcommand to its end. A reader that stops reading (`| head`) is no error; everything else goes to standard
/// error with exit code 2.
#[must_use]
pub fn run(command: &Command) -> ExitCode {
    let done = match command {
        Command::Print(args) => print::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Detect(args) => detect(args),
        Command::Formats => formats(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Write(error)) => {
            report(&Problem::error("Cannot write the output").detail(error.to_string()))
        }
        Err(Failure::Problem(problem)) => report(&problem),
        Err(Failure::Query(query, error)) => {
            let problem = Problem::error(format!("The filter cannot be used: {}", error.message));
            let code = report(&problem);
            say(&filter::marked(&query, &error));
            say(&error.hint);
            code
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "errors of a program without a window belong there"
)]
fn say(text: &str) {
    eprintln!("{text}");
}

/// Says on standard error why the program ends, and with which exit code: 2.
#[must_use]
#[expect(
    clippy::print_stderr,
    reason = "errors of a program without a window belong there"
)]
pub fn report(problem: &Problem) -> ExitCode {
    eprintln!("timberline: {problem}");
    ExitCode::from(2)
}

fn detect(args: &DetectArgs) -> Result<(), Failure> {
    let zone = load::zone(&args.timezone)?;
    let mut out = BufWriter::new(io::stdout().lock());
    detect::run(&args.files, &zone, None, &mut out)?;
    Ok(out.flush()?)
}

fn formats() -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let (own, problems) = own::read();
    formats::run(&own, &mut out)?;
    out.flush()?;
    // What can be listed is; a file that cannot be used is told beside it.
    for problem in problems {
        let _ = report(&problem);
    }
    Ok(())
}

/// Why a subcommand stopped.
#[derive(Debug)]
enum Failure {
    /// Something that the user can do something about.
    Problem(Problem),
    /// A query that is none, and why.
    Query(String, QueryError),
    /// Nobody takes the output.
    Write(io::Error),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}
