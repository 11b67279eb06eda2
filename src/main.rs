//! The program: reads its arguments and runs the window or a subcommand.

use std::process::ExitCode;

use timberline::cli::{self, Launch};

fn main() -> ExitCode {
    match cli::parse() {
        Launch::Run(command) => cli::run(&command),
        Launch::Window(_) => ExitCode::SUCCESS,
    }
}
