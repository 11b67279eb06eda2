//! `timberline detect FILE…`: which formats files seem to be written in, best first, with the reason.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::load::sample;
use super::own;
use crate::base::problem::Problem;
use crate::base::text;
use crate::base::time::Zone;
use crate::bytes::encoding::Encoding;
use crate::format::detect::{Candidate, detect_with};
use crate::format::spec::FormatSpec;

/// So many candidates are shown for each file.
const SHOWN: usize = 5;

/// Prints the candidates of each file to `out`.
///
/// # Errors
/// A file cannot be read, or `out` cannot be written to.
pub fn run(
    files: &[PathBuf],
    zone: &Zone,
    encoding: Option<Encoding>,
    out: &mut dyn Write,
) -> Result<(), Problem> {
    let own = own::compiled();
    for path in files {
        let sample = sample(path, encoding)?;
        print(path, &detect_with(&sample, zone, &own), out)
            .map_err(|e| Problem::error("cannot write").detail(e.to_string()))?;
    }
    Ok(())
}

fn print(path: &Path, candidates: &[Candidate], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", text::path(path))?;
    for candidate in candidates.iter().take(SHOWN) {
        let percent = 100.0 * candidate.matched as f64 / candidate.lines.max(1) as f64;
        writeln!(out, "  {percent:5.1} %  {}", candidate.format.name)?;
        writeln!(out, "           {}", candidate.reason)?;
        if let FormatSpec::Template {
            datefmt: Some(datefmt),
            ..
        } = &candidate.format.spec
        {
            writeln!(out, "           datefmt {datefmt}")?;
        }
    }
    Ok(())
}
