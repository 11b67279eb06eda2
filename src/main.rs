//! The program: reads its arguments and runs the window or a subcommand.

fn main() {}
