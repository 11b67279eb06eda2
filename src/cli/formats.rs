//! `timberline formats`: the user's own formats, and those that Timberline brings along with an example of each.

use std::io::{self, Write};

use crate::format::builtin::builtins;
use crate::settings::formats::SavedFormat;

/// Prints name and text of the user's own formats, then name, title and example of each built-in.
///
/// # Errors
/// `out` cannot be written to.
pub fn run(own: &[SavedFormat], out: &mut dyn Write) -> io::Result<()> {
    for format in own {
        writeln!(out, "{}", format.name)?;
        writeln!(out, "  your own: {}", format.spec)?;
    }
    let width = builtins().iter().map(|b| b.name.len()).max().unwrap_or(0);
    for builtin in builtins() {
        writeln!(out, "{:width$}  {}", builtin.name, builtin.title)?;
        let example = builtin.example.lines().next().unwrap_or_default();
        writeln!(out, "{:width$}  {example}", "")?;
    }
    Ok(())
}
