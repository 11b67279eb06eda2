//! The rotated files of a log, compressed or not, to be read before it as one stream: which they are and in which order.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::control::{Control, Counted};
use super::disk::{Disk, Kind};
use super::packed::{Packing, copy};
use super::siblings::{Place, by_name, is_numbered};
use crate::base::origin::Part;

/// More files than this are not held open.
const MOST_HELD: usize = 50;

/// Rotated files of a log, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Up to the newest that is compressed, and more if there are very many: these have to be copied.
    pub copied: Vec<PathBuf>,
    /// Those behind them, which can be read in their places.
    pub held: Vec<PathBuf>,
}

impl Rotated {
    /// Looks for what is beside a log.
    ///
    /// # Errors
    /// What the operating system says of the folder.
    pub fn of(disk: &dyn Disk, log: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        for place in Place::of(disk, log) {
            let names = place.choose_all(disk.list(&place.folder)?);
            let paths = names.into_iter().map(|name| place.folder.join(name));
            files.extend(paths.filter_map(|path| {
                let facts = disk.facts(&path).ok()?;
                let when = facts.modified.unwrap_or(SystemTime::UNIX_EPOCH);
                (facts.kind == Kind::File && facts.len > 0).then_some((path, when))
            }));
        }
        files.sort();
        files.dedup();
        sort(&mut files);
        let mut copied: Vec<PathBuf> = files.into_iter().map(|(path, _)| path).collect();
        let packed = |path: &PathBuf| Packing::of_file(path).is_ok_and(|packing| packing.is_some());
        let first_plain = copied.iter().rposition(packed);
        let first_plain = first_plain.map_or(0, |newest| newest + 1);
        let first_held = first_plain.max(copied.len().saturating_sub(MOST_HELD));
        let held = copied.split_off(first_held);
        Ok(Self { copied, held })
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.copied.is_empty() && self.held.is_empty()
    }
}

/// By their numbers or dates if all have such, since copying a folder makes all times new; otherwise by time.
fn sort(files: &mut [(PathBuf, SystemTime)]) {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let numbered = files.iter().filter(|(path, _)| is_numbered(&name(path)));
    let alike = [0, files.len()].contains(&numbered.count());
    files.sort_by(|(one, then), (other, later)| {
        let by_time = match alike {
            true => Ordering::Equal,
            false => then.cmp(later),
        };
        by_time.then_with(|| by_name(&name(one), &name(other)))
    });
}

/// Writes what the files hold one behind another; a line that has no end gets one.
///
/// # Errors
/// What reading and writing say; `UnexpectedEof` or `InvalidData` for a compressed file that is damaged.
pub(super) fn pour(files: &[PathBuf], control: &Control, out: &mut impl Write) -> io::Result<()> {
    let control = control.at_once();
    for path in files {
        let file = Counted::new(File::open(path)?, &control);
        let mut whole = WholeLines { out, last: b'\n' };
        match Packing::of_file(path)? {
            Some(packing) => packing.unpack(file, &Part::All, &mut whole)?,
            None => copy(file, &mut whole)?,
        }
        whole.end()?;
    }
    Ok(())
}

/// Remembers what was written last.
struct WholeLines<'a, W> {
    out: &'a mut W,
    last: u8,
}

impl<W: Write> WholeLines<'_, W> {
    fn end(self) -> io::Result<()> {
        // In UTF-16, the last byte of a line end may be zero.
        match self.last {
            b'\n' | 0 => Ok(()),
            _ => self.out.write_all(b"\n"),
        }
    }
}

impl<W: Write> Write for WholeLines<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        let last = bytes.get(..written).and_then(<[u8]>::last);
        self.last = last.copied().unwrap_or(self.last);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::bytes::disk::RealDisk;
    use std::fs;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn the_oldest_first_by_number_date_or_time() {
        for (files, copied, held) in [
            (
                &["app.log.1", "app.log.2.gz", "app.log.10.gz", "other.log.3"][..],
                &["app.log.10.gz", "app.log.2.gz"][..],
                &["app.log.1"][..],
            ),
            (
                &["app.log-20261122", "app.log-20251231", "app.log-20261121"],
                &[],
                &["app.log-20251231", "app.log-20261121", "app.log-20261122"],
            ),
            // One that is being compressed is there twice.
            (
                &["app.log.2", "app.log.2.gz", "app.log.1"],
                &[],
                &["app.log.2", "app.log.1"],
            ),
            (&[], &[], &[]),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let log = folder.path().join("app.log");
            fs::write(&log, "now\n").unwrap();
            for name in files {
                let text = format!("{name}\n");
                let bytes = match name.ends_with(".gz") {
                    true => gzip(&text),
                    false => text.into_bytes(),
                };
                fs::write(folder.path().join(name), bytes).unwrap();
            }
            let found = Rotated::of(&RealDisk, &log).unwrap();
            let in_folder = |names: &[&str]| -> Vec<PathBuf> {
                names.iter().map(|name| folder.path().join(name)).collect()
            };
            assert_eq!(found.copied, in_folder(copied), "{files:?}");
            assert_eq!(found.held, in_folder(held), "{files:?}");
        }
    }

    #[test]
    fn not_all_of_very_many_are_held_open() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("app.log");
        for number in 1..=200 {
            fs::write(log.with_extension(format!("log.{number}")), "x\n").unwrap();
        }
        let found = Rotated::of(&RealDisk, &log).unwrap();
        assert_eq!((found.copied.len(), found.held.len()), (150, MOST_HELD));
        assert!(found.copied.first().unwrap().ends_with("app.log.200"));
        assert!(found.held.last().unwrap().ends_with("app.log.1"));
    }

    #[test]
    fn lines_are_whole_where_one_file_ends() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("1"), folder.path().join("2.gz"));
        fs::write(&one, "half").unwrap();
        fs::write(&two, gzip("whole\n")).unwrap();
        let mut out = Vec::new();
        pour(&[one, two], &Control::default(), &mut out).unwrap();
        assert_eq!(out, b"half\nwhole\n");
    }
}
