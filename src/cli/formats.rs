//! `timberline formats`: the formats that Timberline brings along, with an example of each.

use std::io::{self, Write};

use crate::format::builtin::builtins;

/// Prints name, title and example of each built-in.
///
/// # Errors
/// `out` cannot be written to.
pub fn run(out: &mut dyn Write) -> io::Result<()> {
    let width = builtins().iter().map(|b| b.name.len()).max().unwrap_or(0);
    for builtin in builtins() {
        writeln!(out, "{:width$}  {}", builtin.name, builtin.title)?;
        let example = builtin.example.lines().next().unwrap_or_default();
        writeln!(out, "{:width$}  {example}", "")?;
    }
    Ok(())
}
