//! `timberline print --by-time`: the records of a file in order of time.

use std::path::Path;

use super::Failure;
use super::filter::tell_unknown_level;
use super::load::{Log, Reading, unreadable};
use super::passed::Passed;
use super::print::{Printer, failure};
use crate::export::WriteError;
use crate::query::sequence::Sequence;
use crate::query::spec::FilterSpec;

/// Prints the records that pass, once all of them are known.
///
/// # Errors
/// An expression that is none, bytes that cannot be read, or an output that takes no more.
pub fn print(
    path: &Path,
    reading: &Reading,
    spec: &FilterSpec,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let log = Log::open(path, reading)?;
    let snapshot = log.index().map_err(|error| unreadable(path, &error))?;
    tell_unknown_level(spec, path, &snapshot.levels);
    let passed = Passed::find(path, &log, &snapshot, spec)?;
    let rows = Sequence::sorted(passed.rows, &snapshot, || false).unwrap_or_default();
    let origin = log.origin(&snapshot);
    out.begin();
    let mut write = || {
        for record in rows.range(0..*left) {
            let there = snapshot.record(record);
            let range = there.map(|meta| (meta, meta.offset..meta.offset + meta.length));
            if let Some((meta, _)) = range.filter(|(_, bytes)| !log.bytes.is_gone(bytes)) {
                out.write(&origin, &meta)?;
                *left -= 1;
            }
        }
        out.finish(&origin)
    };
    write().map_err(|error: WriteError| failure(path, error))
}
