//! A file that is being written: without a name where the system has such files, so that nothing is left of it however
//! the program ends, otherwise under a hidden name.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A file that is not there yet. Dropping it removes what was written.
#[derive(Debug)]
pub(super) enum Draft {
    /// Gone with the last descriptor, also after a kill.
    #[cfg(target_os = "linux")]
    Unnamed(File),
    Named(NamedTempFile),
}

impl Draft {
    /// Begins a file in the folder of `path`.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn beside(path: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(file) = unnamed(folder(path)) {
            return Ok(Self::Unnamed(file));
        }
        named(path).map(Self::Named)
    }

    /// The file itself.
    pub(super) fn file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => file,
            Self::Named(file) => file.as_file(),
        }
    }

    /// Gives it its name, in place of what has it.
    ///
    /// # Errors
    /// What the operating system says; what was there is then untouched.
    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => link(&file, path),
            Self::Named(file) => file.persist(path).map(drop).map_err(|error| error.error),
        }
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A file without a name; `None` where the file system has none, or where it could not be given one later.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    if !Path::new("/proc/self/fd").exists() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let opened = open(folder, flags, Mode::from_raw_mode(0o666));
    opened.ok().map(File::from)
}

/// Only a name that is free can be given, so it gets one in passing.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd as _;
    let own = format!("/proc/self/fd/{}", file.as_raw_fd());
    // A name that nothing has: that of a file that is removed at once.
    let place = named(path)?;
    let passing = place.path().to_owned();
    place.close()?;
    linkat(CWD, &own, CWD, &passing, AtFlags::SYMLINK_FOLLOW)?;
    std::fs::rename(&passing, path).inspect_err(|_| {
        // Nothing is to be left of it.
        std::fs::remove_file(&passing).ok();
    })
}

/// A file with a hidden name.
fn named(path: &Path) -> io::Result<NamedTempFile> {
    let mut name = OsString::from(".");
    name.push(path.file_name().ok_or(io::ErrorKind::InvalidInput)?);
    name.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&name).suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder(path))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use std::fs;
    use std::io::Write as _;

    #[test]
    fn both_kinds_are_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let begin: [fn(&Path) -> io::Result<Draft>; 2] =
            [Draft::beside, |path| named(path).map(Draft::Named)];
        for (round, begin) in begin.into_iter().enumerate() {
            let draft = begin(&path).unwrap();
            draft.file().write_all(b"given up").unwrap();
            drop(draft);
            let draft = begin(&path).unwrap();
            let text = format!("written {round}");
            draft.file().write_all(text.as_bytes()).unwrap();
            draft.persist(&path).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
        // A folder has the name: nothing is left of the file.
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        for begin in begin {
            assert!(begin(&taken).unwrap().persist(&taken).is_err());
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }
}
