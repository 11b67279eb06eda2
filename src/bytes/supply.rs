//! Logs that are no plain files: where their bytes come from, and how they get into a spool.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::command::{self, Ended, Group};
use super::control::{Control, Counted};
use super::disk::RealDisk;
use super::live::{self, Writers};
use super::packed::{Packing, copy};
use super::rotated::{self, Rotated};
use super::spool::{MOST_BYTES, Spool};
use crate::base::origin::{CommandLine, Origin, Part, Pasted};

/// Most bytes that are taken of what has no end of its own: devices, and files that the kernel makes up.
pub const MOST_MADE_UP: u64 = 64 << 20;

/// On whose behalf a log is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A window: a named pipe is read on when the next writer comes, and a program is ended with all that it started.
    Window,
    /// A command in a terminal: a pipe's end is the end, and Ctrl+C reaches the program too.
    Terminal,
}

/// Where the bytes of a log come from that is no plain file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supply {
    /// From inside a compressed file.
    Packed(Packing, Part),
    /// From these rotated files, compressed and not.
    Rotated(Vec<PathBuf>),
    /// From a file that has bytes and no length, such as those in `/proc`.
    MadeUp,
    /// From a named pipe.
    Pipe,
    /// From a device, as from a serial port.
    Device,
    /// From standard input.
    Stdin,
    /// From a program.
    Command(CommandLine),
    /// From a text that was pasted.
    Text(Pasted),
}

impl Supply {
    /// Whether what it is called by is a path; otherwise that is only a name for people.
    #[must_use]
    pub fn has_path(&self) -> bool {
        !matches!(self, Self::Stdin | Self::Command(_) | Self::Text(_))
    }
}

impl Reader {
    fn writers(self) -> Writers {
        match self {
            Self::Window => Writers::Many,
            Self::Terminal => Writers::One,
        }
    }

    fn group(self) -> Group {
        match self {
            Self::Window => Group::Own,
            Self::Terminal => Group::Shared,
        }
    }
}

impl Supply {
    /// What supplies the log of a path; `None` for a plain file, for a folder, and for what is nothing of this.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn of(path: &Path, origin: &Origin) -> io::Result<Option<Self>> {
        let part = match origin {
            Origin::Stdin => return Ok(Some(Self::Stdin)),
            Origin::Command(line) => return Ok(Some(Self::Command(line.clone()))),
            Origin::Text(text) => return Ok(Some(Self::Text(text.clone()))),
            Origin::Rotated => {
                let copied = Rotated::of(&RealDisk, path)?.copied;
                return Ok((!copied.is_empty()).then_some(Self::Rotated(copied)));
            }
            Origin::Part(part) => part.clone(),
            Origin::Path => Part::All,
        };
        let there = fs::metadata(path)?;
        if !there.is_file() {
            return Ok(special(&there));
        }
        if there.len() == 0 {
            return Ok(is_made_up(path)?.then_some(Self::MadeUp));
        }
        let packing = Packing::of_file(path)?;
        Ok(packing.map(|packing| Self::Packed(packing, part)))
    }

    /// What it is called in a sentence: "the gzip log".
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Packed(packing, _) => packing.name(),
            Self::Rotated(_) => "rotated",
            Self::MadeUp => "system's",
            Self::Pipe | Self::Stdin => "piped",
            Self::Device => "device's",
            Self::Command(_) => "command's",
            Self::Text(_) => "pasted",
        }
    }

    /// Whether it can be read again from its start.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        matches!(
            self,
            Self::Packed(..) | Self::Rotated(_) | Self::MadeUp | Self::Text(_)
        )
    }

    /// How many bytes there are to read, where that is known.
    #[must_use]
    pub fn total(&self, path: &Path) -> Option<u64> {
        match self {
            Self::Packed(Packing::Zip, Part::One(name)) => {
                super::archive::packed_size(path, name).ok()
            }
            Self::Packed(..) => Some(fs::metadata(path).ok()?.len()),
            Self::Rotated(files) => files
                .iter()
                .map(|file| Some(fs::metadata(file).ok()?.len()))
                .sum(),
            _ => None,
        }
    }

    /// An empty spool for it. `name` is what the file is called.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn spool(&self, name: &str) -> io::Result<Spool> {
        let most = match self {
            Self::MadeUp | Self::Device => MOST_MADE_UP,
            _ => MOST_BYTES,
        };
        Spool::with_limit(name, most)
    }

    /// Writes everything to `out` as it comes; what was written before an error stays. How a program ended is told to
    /// `ended`.
    ///
    /// # Errors
    /// What reading and writing say, `UnexpectedEof` or `InvalidData` for what is damaged; any once it is stopped.
    pub fn pour(
        &self,
        path: &Path,
        reader: Reader,
        control: &Control,
        out: &mut impl Write,
        ended: impl FnMut(Ended),
    ) -> io::Result<()> {
        match self {
            Self::Packed(packing, part) => {
                let control = match packing {
                    // What it holds is listed at its end: that is there or it is not.
                    Packing::Zip => &control.at_once(),
                    _ => control,
                };
                packing.unpack(Counted::new(File::open(path)?, control), part, out)
            }
            Self::Rotated(files) => rotated::pour(files, control, out),
            Self::MadeUp => copy(Counted::new(File::open(path)?, &control.at_once()), out),
            Self::Pipe => live::collect(live::open(path)?, reader.writers(), control, out),
            Self::Device => live::collect(live::open(path)?, Writers::One, control, out),
            Self::Stdin => live::collect(live::stdin()?, Writers::One, control, out),
            Self::Command(line) => command::run(line, reader.group(), control, out, ended),
            Self::Text(Pasted(text)) => out.write_all(text.as_bytes()),
        }
    }
}

/// Whether a file that is said to be empty is not.
fn is_made_up(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    // Some of them give whole records only.
    let mut first = [0; 4096];
    let some = file.read(&mut first)? > 0;
    // A log may have begun to grow just now, and says so.
    Ok(some && file.metadata()?.len() == 0)
}

#[cfg(unix)]
fn special(there: &Metadata) -> Option<Supply> {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = there.file_type();
    match (kind.is_fifo(), kind.is_char_device()) {
        (true, _) => Some(Supply::Pipe),
        (_, true) => Some(Supply::Device),
        _ => None,
    }
}

#[cfg(not(unix))]
fn special(_: &Metadata) -> Option<Supply> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn of(path: &str) -> Option<Supply> {
        Supply::of(Path::new(path), &Origin::Path).unwrap()
    }

    #[test]
    fn plain_files_and_folders_need_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.log");
        for text in ["", "2026-11-22 INFO x\n"] {
            fs::write(&path, text).unwrap();
            assert_eq!(Supply::of(&path, &Origin::Path).unwrap(), None, "{text}");
        }
        assert_eq!(Supply::of(folder.path(), &Origin::Path).unwrap(), None);
        assert!(Supply::of(&folder.path().join("none"), &Origin::Path).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_kernel_makes_up_is_taken_up_to_a_limit() {
        assert_eq!(of("/proc/cpuinfo"), Some(Supply::MadeUp));
        assert_eq!(of("/proc/self/pagemap"), Some(Supply::MadeUp));
        assert_eq!(of("/dev/zero"), Some(Supply::Device));
        for path in ["/proc/self/pagemap", "/dev/zero"] {
            let supply = of(path).unwrap();
            let mut spool = supply.spool("x").unwrap();
            let control = Control::default();
            let poured = supply.pour(
                Path::new(path),
                Reader::Window,
                &control,
                &mut spool,
                |_| {},
            );
            let full = super::super::spool::Full::of(&poured.unwrap_err());
            assert!(full.is_some(), "{path}");
            assert!(spool.written() <= MOST_MADE_UP);
        }
        let mut status = Vec::new();
        let path = Path::new("/proc/self/status");
        let poured = Supply::MadeUp.pour(
            path,
            Reader::Window,
            &Control::default(),
            &mut status,
            |_| {},
        );
        poured.unwrap();
        assert!(status.starts_with(b"Name:"));
    }
}
