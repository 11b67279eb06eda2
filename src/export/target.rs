//! The file that records are written into: beside the old one until it is complete, then renamed, so that whatever
//! happens there is the old file or the new one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::draft::Draft;
use crate::base::problem::Problem;
use crate::bytes::identity::FileId;

/// A file being written, without a buffer. Dropping it removes what was written.
#[derive(Debug)]
pub struct Target {
    /// As the user named it.
    named: PathBuf,
    /// Links followed.
    path: PathBuf,
    file: Draft,
}

impl Target {
    /// Begins a file at a path. `is_open` tells which files are being read: those are refused, whatever name leads to
    /// them.
    ///
    /// # Errors
    /// The path leads to an open log or to something that is no file, or the folder cannot be written.
    pub fn create(path: &Path, is_open: impl Fn(FileId) -> bool) -> Result<Self, Problem> {
        let old = check(path, is_open)?;
        // A link to a file stays a link.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = Draft::beside(&real).map_err(|error| not_created(path, &error))?;
        if let Some(old) = old {
            // Not every system keeps permissions; the file is then written with those of a new one.
            file.file().set_permissions(old.permissions()).ok();
        }
        Ok(Self {
            named: path.to_owned(),
            path: real,
            file,
        })
    }

    /// Makes the file what was written; how many bytes that are.
    ///
    /// # Errors
    /// The disk is full or refuses, or the path leads to an open log by now. What was there is then untouched.
    pub fn commit(self, is_open: impl Fn(FileId) -> bool) -> Result<u64, Problem> {
        if let Err(error) = self.file.file().sync_all() {
            return Err(self.failed(&error));
        }
        check(&self.named, is_open)?;
        let written = self.bytes_written();
        let Self { named, path, file } = self;
        file.persist(&path)
            .map_err(|error| not_written(&named, &error, written))?;
        // Not every system can sync a folder; the rename is then as durable as that system makes it.
        let folder = path.parent().unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).ok();
        Ok(written)
    }

    /// What the user is told when writing failed.
    #[must_use]
    pub fn failed(&self, error: &io::Error) -> Problem {
        not_written(&self.named, error, self.bytes_written())
    }

    /// Bytes that the system took.
    fn bytes_written(&self) -> u64 {
        let there = self.file.file().metadata();
        there.map_or(0, |there| there.len())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.file().flush()
    }
}

/// What is at the path, if it is a file that may be replaced.
///
/// # Errors
/// It may not.
pub fn check(
    path: &Path,
    is_open: impl Fn(FileId) -> bool,
) -> Result<Option<fs::Metadata>, Problem> {
    let there = match fs::metadata(path) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(not_created(path, &error)),
    };
    let refused = |headline: &str, hint: &str| Err(Problem::error(headline).hint(hint).path(path));
    if is_open(FileId::of(&there)) {
        return refused(
            "This is a log that is being read",
            "Choose another file: writing here would destroy what is read",
        );
    }
    if !there.is_file() {
        return refused("This is not a file", "Choose another name");
    }
    if there.permissions().readonly() {
        return refused("The file may not be written", "Choose another name");
    }
    Ok(Some(there))
}

fn not_created(path: &Path, error: &io::Error) -> Problem {
    let (headline, hint) = match error.kind() {
        io::ErrorKind::NotFound => ("There is no such folder", "Choose one that exists"),
        io::ErrorKind::PermissionDenied => {
            ("Nothing may be written there", "Choose another folder")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            ("Nothing can be written there", "Choose another folder")
        }
        io::ErrorKind::StorageFull => (
            "The disk is full",
            "Free some space, or choose another folder",
        ),
        _ => (
            "The file cannot be written",
            "Choose another name or folder",
        ),
    };
    Problem::error(headline)
        .hint(hint)
        .detail(error.to_string())
        .path(path)
}

fn not_written(path: &Path, error: &io::Error, written: u64) -> Problem {
    let headline = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "The disk is full",
        io::ErrorKind::FileTooLarge => "The file may not get any larger",
        _ => "The file could not be written to its end",
    };
    let detail = format!("{error}; {written} bytes were written and removed again");
    Problem::error(headline)
        .hint("What was there before is untouched. Free some space, or choose another folder")
        .detail(detail)
        .path(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut target = Target::create(&path, |_| false).unwrap();
        target.write_all(b"new").unwrap();
        assert!(!path.exists());
        drop(target);
        assert_eq!(names(folder.path()), [""; 0]);
        fs::write(&path, "old").unwrap();
        let mut target = Target::create(&path, |_| false).unwrap();
        target.write_all(b"brand new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(target.commit(|_| false).unwrap(), 9);
        assert_eq!(fs::read(&path).unwrap(), b"brand new");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn an_open_log_is_refused_whatever_its_name() {
        use std::os::fd::AsRawFd as _;
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("app.log");
        fs::write(&log, "precious\n").unwrap();
        let open = File::open(&log).unwrap();
        let id = FileId::of(&open.metadata().unwrap());
        let (link, hard) = (folder.path().join("link"), folder.path().join("hard"));
        std::os::unix::fs::symlink(&log, &link).unwrap();
        fs::hard_link(&log, &hard).unwrap();
        let descriptor = PathBuf::from(format!("/proc/self/fd/{}", open.as_raw_fd()));
        for path in [&log, &link, &hard, &descriptor] {
            let problem = Target::create(path, |other| other == id).unwrap_err();
            assert_eq!(
                problem.headline, "This is a log that is being read",
                "{path:?}"
            );
        }
        // It became one while it was written.
        let target = Target::create(&folder.path().join("b"), |_| false).unwrap();
        fs::rename(&hard, folder.path().join("b")).unwrap();
        assert!(target.commit(|other| other == id).is_err());
        assert_eq!(fs::read(&log).unwrap(), b"precious\n");
        assert_eq!(names(folder.path()), ["app.log", "b", "link"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let mut target = Target::create(&link, |_| false).unwrap();
        target.write_all(b"new").unwrap();
        target.commit(|_| false).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[test]
    fn what_cannot_be_written_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let locked = folder.path().join("locked");
        fs::write(&locked, "x").unwrap();
        let mut permissions = fs::metadata(&locked).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&locked, permissions).unwrap();
        for (path, headline) in [
            (
                folder.path().join("no/such/x.log"),
                "There is no such folder",
            ),
            (folder.path().to_owned(), "This is not a file"),
            (locked, "The file may not be written"),
        ] {
            let problem = Target::create(&path, |_| false).unwrap_err();
            assert_eq!(problem.headline, headline);
            assert_eq!(problem.path.as_deref(), Some(&*path));
        }
    }
}
