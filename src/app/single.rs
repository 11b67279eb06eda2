//! One window for all, if the user wants it: a later start hands its files to the window that is open, and ends.
//!
//! They meet at a socket in the state folder, which only the user may write to. What is said is one message: the paths,
//! each with a NUL behind it, and one more NUL; the answer is one byte.

use std::io;
use std::path::{Path, PathBuf};

use crossbeam_channel::Receiver;

use crate::base::panics;
use crate::engine::Waker;

/// What other starts handed over; empty lists ask for the window to come to the front.
pub type Handed = Receiver<Vec<PathBuf>>;

/// The socket of a state folder.
pub fn socket(state_folder: &Path) -> PathBuf {
    state_folder.join("window.socket")
}

/// Hands paths to the window that listens at `socket`; `false` when none does.
pub fn hand_over(socket: &Path, paths: &[PathBuf]) -> bool {
    unix::hand_over(socket, paths).is_ok()
}

/// Listens at `socket` until the program ends. `waker` asks for a frame when something came.
///
/// # Errors
/// When another window listens there, or the system has no such sockets.
pub fn listen(socket: &Path, waker: Waker) -> io::Result<Handed> {
    unix::listen(socket, waker)
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsString;
    use std::fs;
    use std::io::{self, Read, Write};
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::thread;
    use std::time::Duration;

    use super::{Handed, Waker, panics};

    /// How long one waits for the other.
    const PATIENCE: Duration = Duration::from_secs(1);
    /// Most bytes of one message.
    const MOST: usize = 1 << 20;
    const TAKEN: u8 = b'+';

    pub fn hand_over(socket: &Path, paths: &[PathBuf]) -> io::Result<()> {
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        for path in paths {
            stream.write_all(path.as_os_str().as_bytes())?;
            stream.write_all(&[0])?;
        }
        stream.write_all(&[0])?;
        let mut answer = [0];
        stream.read_exact(&mut answer)?;
        match answer {
            [TAKEN] => Ok(()),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    pub fn listen(socket: &Path, waker: Waker) -> io::Result<Handed> {
        if UnixStream::connect(socket).is_ok() {
            return Err(io::ErrorKind::AddrInUse.into());
        }
        // Left by a window that was killed.
        fs::remove_file(socket).ok();
        let listener = UnixListener::bind(socket)?;
        let (sender, handed) = crossbeam_channel::unbounded();
        let listening = move || {
            for stream in listener.incoming() {
                // Somebody who said nothing, or half of it, is passed over.
                if let Ok(Ok(paths)) = panics::catch(|| stream.and_then(take)) {
                    if sender.send(paths).is_err() {
                        break;
                    }
                    waker();
                }
            }
        };
        thread::Builder::new()
            .name("single window".to_owned())
            .spawn(listening)?;
        Ok(handed)
    }

    fn take(mut stream: UnixStream) -> io::Result<Vec<PathBuf>> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut message = Vec::new();
        let mut piece = [0; 4096];
        while message != [0] && !message.ends_with(&[0, 0]) {
            let read = stream.read(&mut piece)?;
            message.extend_from_slice(piece.get(..read).unwrap_or_default());
            if read == 0 || message.len() > MOST {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        stream.write_all(&[TAKEN])?;
        let paths = message.split(|byte| *byte == 0);
        let paths = paths.filter(|path| !path.is_empty());
        Ok(paths
            .map(|path| PathBuf::from(OsString::from_vec(path.to_vec())))
            .collect())
    }
}

#[cfg(not(unix))]
mod unix {
    use std::io;
    use std::path::{Path, PathBuf};

    use super::{Handed, Waker};

    pub fn hand_over(_: &Path, _: &[PathBuf]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn listen(_: &Path, _: Waker) -> io::Result<Handed> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use std::io::Write as _;
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn paths_reach_the_window_that_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("window");
        assert!(!hand_over(&socket, &[]), "nobody is there");
        std::fs::write(&socket, "left over").unwrap();
        let handed = listen(&socket, Arc::new(|| {})).unwrap();
        assert!(listen(&socket, Arc::new(|| {})).is_err(), "one is enough");
        // Half a message is none, and keeps nobody waiting.
        let mut half = UnixStream::connect(&socket).unwrap();
        half.write_all(b"/a/half").unwrap();
        drop(half);
        let paths = [PathBuf::from("/a/b c.log"), PathBuf::from("/로그/한글.log")];
        for paths in [&paths[..], &[]] {
            assert!(hand_over(&socket, paths));
            let came = handed.recv_timeout(Duration::from_secs(5)).unwrap();
            assert_eq!(came, paths);
        }
    }
}
