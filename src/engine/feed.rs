//! Logs that are no plain files: what is compressed is unpacked, and what comes through a named pipe is collected, into a
//! spool that is then read and followed like any file.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::desk::Desk;
use super::guard;
use crate::base::problem::Problem;
use crate::bytes::packed::{MAGIC_BYTES, Packing};
use crate::bytes::spool::{Spool, SpoolPlace};

/// Fills a spool on a thread of its own, until there is no more or the log is closed.
#[derive(Debug)]
pub(super) struct Feed {
    place: SpoolPlace,
    /// Held so that the thread has a name in a debugger; it ends by itself.
    _thread: JoinHandle<()>,
}

/// Where the bytes come from.
#[derive(Debug, Clone, Copy)]
enum Origin {
    Packed(Packing),
    Pipe,
}

impl Feed {
    /// Starts to fill a spool with what is at the log's path; `None` for a plain file, and for what cannot be read, which
    /// whoever opens it is told.
    pub(super) fn start(desk: &Arc<Desk>) -> Option<Self> {
        let origin = Origin::of(&desk.path).ok()??;
        match Self::spawn(desk, origin) {
            Ok(feed) => Some(feed),
            Err(error) => {
                desk.board.notice(failed(origin, &desk.path, 0, &error));
                None
            }
        }
    }

    fn spawn(desk: &Arc<Desk>, origin: Origin) -> io::Result<Self> {
        let name = desk.path.file_name().unwrap_or_default();
        let spool = Spool::new(&name.to_string_lossy())?;
        let place = spool.place();
        let own = desk.clone();
        let thread = guard::spawn(format!("feed-{}", desk.id.0), move || {
            fill(&own, origin, spool);
        })?;
        Ok(Self {
            place,
            _thread: thread,
        })
    }

    /// The spool.
    pub(super) fn path(&self) -> PathBuf {
        self.place.path()
    }
}

impl Origin {
    fn of(path: &Path) -> io::Result<Option<Self>> {
        let there = fs::metadata(path)?;
        if is_pipe(&there) {
            return Ok(Some(Self::Pipe));
        }
        if !there.is_file() {
            return Ok(None);
        }
        let mut head = Vec::new();
        let mut start = File::open(path)?.take(MAGIC_BYTES as u64);
        start.read_to_end(&mut head)?;
        Ok(Packing::of(&head).map(Self::Packed))
    }
}

#[cfg(unix)]
fn is_pipe(there: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&there.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

fn fill(desk: &Desk, origin: Origin, spool: Spool) {
    let mut sink = Sink { desk, spool };
    let filled = guard::catch(|| {
        let mut file = File::open(&desk.path)?;
        match origin {
            Origin::Packed(packing) => packing.unpack(file, &mut sink),
            Origin::Pipe => io::copy(&mut file, &mut sink).map(drop),
        }
    });
    if desk.closing.is_cancelled() {
        return;
    }
    match filled {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            let written = sink.spool.written();
            desk.board
                .notice(failed(origin, &desk.path, written, &error));
        }
        Err(panicked) => {
            let problem = panicked.problem("unpacking a log");
            desk.board.notice(problem.path(&desk.path));
        }
    }
}

/// A spool that takes no more once the log is closed.
struct Sink<'a> {
    desk: &'a Desk,
    spool: Spool,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.desk.closing.is_cancelled() {
            return Err(io::Error::other("the log was closed"));
        }
        self.spool.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.spool.flush()
    }
}

fn failed(origin: Origin, path: &Path, written: u64, error: &io::Error) -> Problem {
    let what = match origin {
        Origin::Packed(packing) => packing.name(),
        Origin::Pipe => "piped",
    };
    Problem::warning(format!("Not all of the {what} log could be read"))
        .hint(format!("The {written} bytes before the fault are shown"))
        .detail(error.to_string())
        .path(path)
}
