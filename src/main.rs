//! The program: reads its arguments and runs the window or a subcommand.

use timberline::app::{Launch, run};

fn main() {
    let paths = std::env::args_os().skip(1).map(Into::into).collect();
    if let Err(problem) = run(Launch {
        paths,
        format: None,
    }) {
        eprintln!("timberline: {problem}");
    }
}
