//! A file of one's own that bytes from elsewhere are collected in: what comes through a pipe can be read only once, and
//! what is compressed cannot be read from the middle.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

/// Most bytes that a spool takes: a bomb of a few kilobytes must not fill the disk.
pub const MOST_BYTES: u64 = 64 << 30;

/// A spool that can be written to. Bytes are only ever added.
#[derive(Debug)]
pub struct Spool {
    file: File,
    place: SpoolPlace,
    written: u64,
    most: u64,
}

/// Where a spool is; the file is removed with the last of these.
#[derive(Debug, Clone)]
pub struct SpoolPlace {
    folder: Arc<TempDir>,
    name: String,
}

impl SpoolPlace {
    /// The file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }
}

impl Spool {
    /// An empty spool in a folder of its own that only this user may look into. `name` is what the file is called.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn new(name: &str) -> io::Result<Self> {
        Self::with_limit(name, MOST_BYTES)
    }

    fn with_limit(name: &str, most: u64) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("timberline-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o700));
        }
        let place = SpoolPlace {
            folder: Arc::new(builder.tempdir()?),
            name: spool_name(name),
        };
        let file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(place.path())?;
        Ok(Self {
            file,
            place,
            written: 0,
            most,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> SpoolPlace {
        self.place.clone()
    }

    /// Bytes written so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }
}

/// A name that is one on every system.
fn spool_name(name: &str) -> String {
    let safe = |c: char| {
        let kept = c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        if kept { c } else { '_' }
    };
    let name: String = name.chars().map(safe).take(80).collect();
    format!("spool-{name}")
}

impl Write for Spool {
    /// Fails with `FileTooLarge` when the spool has all that it may take.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = usize::try_from(self.most - self.written).unwrap_or(usize::MAX);
        if room == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let some = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        let written = self.file.write(some)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn the_file_lives_as_long_as_somebody_knows_its_place() {
        let mut spool = Spool::new("a b/../c.log").unwrap();
        spool.write_all(b"text").unwrap();
        let place = spool.place();
        assert_eq!(spool.written(), 4);
        drop(spool);
        assert_eq!(std::fs::read(place.path()).unwrap(), b"text");
        let path = place.path();
        drop(place);
        assert!(!path.exists() && !path.parent().unwrap().exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_into_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let spool = Spool::new("x").unwrap();
        let folder = spool.place().path().parent().unwrap().metadata().unwrap();
        assert_eq!(folder.permissions().mode() & 0o077, 0);
    }

    #[test]
    fn there_is_a_limit() {
        let mut spool = Spool::with_limit("x", 5).unwrap();
        let refused = spool.write_all(b"123456789").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(std::fs::read(spool.place().path()).unwrap(), b"12345");
    }
}
