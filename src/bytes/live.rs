//! What comes by and by, and can be read only once: pipes, devices, standard input. Never waits for longer than a moment
//! without asking whether it is still wanted.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

#[cfg(unix)]
use super::control::LOOK;
use super::control::{Control, pause};

/// Bytes that are taken at once; a pipe holds as many.
pub(super) const BUFFER: usize = 64 << 10;

/// Whether a pipe that has ended may be written to again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writers {
    /// By nobody: the end is the end.
    One,
    /// By the next one who opens it: a named pipe.
    Many,
}

/// Opens a pipe or a device; does not wait for its writer.
#[cfg(unix)]
pub(super) fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
pub(super) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Standard input.
#[cfg(unix)]
pub(super) fn stdin() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    let own = io::stdin().as_fd().try_clone_to_owned()?;
    Ok(File::from(own))
}

#[cfg(windows)]
pub(super) fn stdin() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    let own = io::stdin().as_handle().try_clone_to_owned()?;
    Ok(File::from(own))
}

/// Copies what comes to `out` as it comes; flushes it where nobody writes for now.
///
/// # Errors
/// What reading and writing say; any once it is stopped.
pub(super) fn collect(
    mut file: File,
    writers: Writers,
    control: &Control,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER];
    loop {
        control.go_on()?;
        if !wait(&[&file])? {
            continue;
        }
        match read(&mut file, &mut buffer)? {
            Some(0) if writers == Writers::One => return Ok(()),
            Some(0) => {
                if !control.is_idle() {
                    control.set_idle(true);
                    out.flush()?;
                }
                pause();
            }
            Some(taken) => {
                control.set_idle(false);
                control.count(taken);
                out.write_all(buffer.get(..taken).unwrap_or_default())?;
            }
            None => {}
        }
    }
}

/// Reads what is there: `None` for nothing yet, 0 for the end.
pub(super) fn read(file: &mut File, buffer: &mut [u8]) -> io::Result<Option<usize>> {
    match file.read(buffer) {
        Ok(read) => Ok(Some(read)),
        Err(error) => match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => Ok(None),
            _ => Err(error),
        },
    }
}

/// Waits for a moment until one of the files has something to read, or has ended; whether one has.
#[cfg(unix)]
pub(super) fn wait(files: &[&File]) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut polled: Vec<_> = files
        .iter()
        .map(|file| PollFd::new(*file, PollFlags::IN))
        .collect();
    let moment = Timespec {
        tv_sec: 0,
        tv_nsec: LOOK.subsec_nanos().into(),
    };
    match poll(&mut polled, Some(&moment)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whether a file has something to read now, or has ended.
#[cfg(unix)]
pub(super) fn is_ready(file: &File) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let now = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    let ready = poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&now));
    Ok(ready? > 0)
}

/// Reading itself waits.
#[cfg(not(unix))]
pub(super) fn wait(_: &[&File]) -> io::Result<bool> {
    Ok(true)
}

#[cfg(all(test, unix))]
mod tests;
