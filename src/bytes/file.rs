//! Files on disk.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

use super::{ByteSource, ReadError};

/// An open file. It holds the descriptor, so that after a rotation the old content can be read to its end.
#[derive(Debug)]
pub struct FileBytes {
    file: File,
}

impl FileBytes {
    /// Opens a file for reading. The file may be renamed, deleted and written to by others meanwhile.
    ///
    /// # Errors
    /// What the operating system says; that it is a folder, if it is one.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok(Self { file })
    }

    /// What the file system knows of the open file, wherever its path leads by now.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }
}

impl ByteSource for FileBytes {
    fn len(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let mut filled = 0;
        while let Some(rest) = buf.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match read_once(&self.file, rest, offset + filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(filled)
    }

    fn data_from(&self, offset: u64) -> u64 {
        data_from(&self.file, offset).max(offset)
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
fn data_from(file: &File, offset: u64) -> u64 {
    use rustix::fs::{SeekFrom, seek};
    use rustix::io::Errno;
    // Asked first: what is written behind a hole meanwhile is not part of it.
    let len = file.metadata().map_or(offset, |metadata| metadata.len());
    // Nothing else uses the descriptor's position.
    match seek(file, SeekFrom::Data(offset)) {
        Ok(data) => data,
        Err(Errno::NXIO) => len,
        Err(_) => offset,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
fn data_from(_: &File, offset: u64) -> u64 {
    offset
}

#[cfg(unix)]
fn read_once(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buf, offset)
}

#[cfg(windows)]
fn read_once(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buf, offset)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_is_read_at_any_place_and_grows() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"0123456789").unwrap();
        let bytes = FileBytes::open(file.path()).unwrap();
        let mut buf = [0; 4];
        assert_eq!(bytes.read_at(3, &mut buf).unwrap(), 4);
        assert_eq!(&buf, b"3456");
        assert_eq!(bytes.read_at(8, &mut buf).unwrap(), 2);
        assert_eq!(bytes.read_at(99, &mut buf).unwrap(), 0);
        file.write_all(b"ab").unwrap();
        assert_eq!(bytes.len().unwrap(), 12);
        assert_eq!(bytes.read_at(8, &mut buf).unwrap(), 4);
        assert_eq!(&buf, b"89ab");
    }

    #[test]
    fn folders_and_missing_files_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        assert!(FileBytes::open(folder.path()).is_err());
        let error = FileBytes::open(&folder.path().join("none")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
