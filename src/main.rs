//! The program: reads its arguments and runs the window or a subcommand.

use std::process::ExitCode;

use timberline::app;
use timberline::base::origin::CommandLine;
use timberline::cli::{self, Launch};

fn main() -> ExitCode {
    let args = match cli::parse() {
        Launch::Run(command) => return cli::run(&command),
        Launch::Window(args) => args,
    };
    let format = cli::format_spec(&args.format);
    let window = app::Launch {
        paths: args.files,
        rotated: args.rotated,
        command: (!args.command.is_empty()).then_some(CommandLine(args.command)),
        format,
        class: args.class,
        ..app::Launch::default()
    };
    match app::run(&window) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => cli::report(&problem),
    }
}
