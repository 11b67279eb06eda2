//! The rotated files of a log, compressed or not, to be read before it as one stream: which they are and in which order.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::control::{Control, Counted};
use super::disk::{Disk, Kind};
use super::line_ends::{LONGEST_MARK, LineEnds};
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

/// Writes what the files hold one behind another; a line that has no end gets one, and only the first keeps its byte
/// order mark.
///
/// # Errors
/// What reading and writing say; `UnexpectedEof` or `InvalidData` for a compressed file that is damaged.
pub(super) fn pour(files: &[PathBuf], control: &Control, out: &mut impl Write) -> io::Result<()> {
    let control = control.at_once();
    let mut joined = Joined::new(out);
    for path in files {
        let file = Counted::new(File::open(path)?, &control);
        match Packing::of_file(path)? {
            Some(packing) => packing.unpack(file, &Part::All, &mut joined)?,
            None => copy(file, &mut joined)?,
        }
        joined.end_file()?;
    }
    Ok(())
}

/// Puts files one behind another.
struct Joined<'a, W> {
    out: &'a mut W,
    /// As the first file's mark says.
    line_ends: LineEnds,
    is_first: bool,
    /// The start of a file, until there is enough to see whether that is a mark; `None` behind it.
    head: Option<Vec<u8>>,
    /// The last bytes of a file's text, as many as a line end has at most.
    last: Vec<u8>,
}

impl<'a, W: Write> Joined<'a, W> {
    fn new(out: &'a mut W) -> Self {
        Self {
            out,
            line_ends: LineEnds::default(),
            is_first: true,
            head: Some(Vec::new()),
            last: Vec::new(),
        }
    }

    fn end_file(&mut self) -> io::Result<()> {
        self.pass_head()?;
        let end = self.line_ends.bytes();
        if !self.last.is_empty() && !self.last.ends_with(end) {
            self.out.write_all(end)?;
        }
        self.is_first = false;
        self.head = Some(Vec::new());
        self.last.clear();
        Ok(())
    }

    fn pass_head(&mut self) -> io::Result<()> {
        let Some(head) = self.head.take() else {
            return Ok(());
        };
        let (line_ends, mark) = LineEnds::of_mark(&head).unwrap_or_default();
        let text = head.get(mark..).unwrap_or_default();
        if self.is_first {
            self.line_ends = line_ends;
        }
        self.note(text);
        self.out.write_all(if self.is_first { &head } else { text })
    }

    fn note(&mut self, text: &[u8]) {
        let most = self.line_ends.bytes().len();
        let from = text.len().saturating_sub(most);
        self.last
            .extend_from_slice(text.get(from..).unwrap_or_default());
        let too_many = self.last.len().saturating_sub(most);
        self.last.drain(..too_many);
    }
}

impl<W: Write> Write for Joined<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(head) = &mut self.head {
            let wanted = (LONGEST_MARK as usize).saturating_sub(head.len());
            let part = bytes.get(..wanted).unwrap_or(bytes);
            head.extend_from_slice(part);
            if part.len() == wanted {
                self.pass_head()?;
            }
            return Ok(part.len());
        }
        let written = self.out.write(bytes)?;
        self.note(bytes.get(..written).unwrap_or_default());
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

    #[test]
    fn only_the_first_file_keeps_its_mark() {
        let utf16 = |text: &str| -> Vec<u8> {
            let units = format!("\u{feff}{text}");
            units.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
        let both = |text: &str| [utf16(text), marked(text)];
        for way in 0..2 {
            let write = |text: &str| both(text)[way].clone();
            let folder = tempfile::tempdir().unwrap();
            let texts = ["one\nhalf", "", "two\n"].map(write);
            let paths = [0, 1, 2].map(|at| folder.path().join(at.to_string()));
            for (path, text) in paths.iter().zip(&texts) {
                fs::write(path, text).unwrap();
            }
            let mut out = Vec::new();
            pour(&paths, &Control::default(), &mut out).unwrap();
            assert_eq!(out, write("one\nhalf\ntwo\n"));
        }
    }
}
