//! `timberline detect FILE…`: which formats files seem to be written in, best first, with the reason.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use crate::base::problem::Problem;
use crate::base::time::Zone;
use crate::bytes::encoding::Encoding;
use crate::format::detect::{Candidate, detect};
use crate::format::spec::FormatSpec;

/// So much of a file is looked at.
const SAMPLE_BYTES: u64 = 256 << 10;
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
    for path in files {
        let sample = read_sample(path).map_err(|e| {
            Problem::error("cannot read the file")
                .detail(e.to_string())
                .path(path)
        })?;
        let encoding = encoding.unwrap_or_else(|| Encoding::detect(&sample));
        let text = encoding.decode(&sample);
        let bytes = if encoding.is_utf16() {
            text.as_bytes()
        } else {
            &sample
        };
        print(path, &detect(bytes, zone), out)
            .map_err(|e| Problem::error("cannot write").detail(e.to_string()))?;
    }
    Ok(())
}

fn read_sample(path: &Path) -> io::Result<Vec<u8>> {
    let mut sample = Vec::new();
    File::open(path)?
        .take(SAMPLE_BYTES)
        .read_to_end(&mut sample)?;
    Ok(sample)
}

fn print(path: &Path, candidates: &[Candidate], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", path.display())?;
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
