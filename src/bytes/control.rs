//! How a running transfer is watched and stopped from another thread.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::sleep;
use std::time::Duration;

use super::disk::Facts;
use crate::base::cancel::CancelToken;

/// How often what does not come is looked for.
pub(super) const LOOK: Duration = Duration::from_millis(50);

/// Waits for a moment, where nothing can be waited for.
pub(super) fn pause() {
    sleep(LOOK);
}

/// One transfer, seen from outside; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Control {
    /// Ends the transfer at its next step.
    pub stop: CancelToken,
    patience: Duration,
    read: Arc<AtomicU64>,
    idle: Arc<AtomicBool>,
}

impl Control {
    /// The same transfer; a file that was written to within this time is waited for at its end, since somebody is still
    /// compressing it.
    #[must_use]
    pub fn with_patience(&self, patience: Duration) -> Self {
        Self {
            patience,
            ..self.clone()
        }
    }

    /// The same transfer without waiting.
    pub(super) fn at_once(&self) -> Self {
        self.with_patience(Duration::ZERO)
    }

    /// Bytes read of what is transferred; of a compressed file, those of the file.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Whether nobody writes to the pipe at present.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.idle.load(Ordering::Relaxed)
    }

    pub(super) fn count(&self, bytes: usize) {
        self.read.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn set_idle(&self, idle: bool) {
        self.idle.store(idle, Ordering::Relaxed);
    }

    /// An error once the transfer is to stop.
    pub(super) fn go_on(&self) -> io::Result<()> {
        match self.stop.is_cancelled() {
            true => Err(io::Error::other("stopped")),
            false => Ok(()),
        }
    }
}

/// A file whose reading is counted, can be stopped, and waits at the end for what is being written.
#[derive(Debug)]
pub(super) struct Counted<'a> {
    file: std::fs::File,
    control: &'a Control,
}

impl<'a> Counted<'a> {
    pub(super) fn new(file: std::fs::File, control: &'a Control) -> Self {
        Self { file, control }
    }

    /// Whether the file was written to just now.
    fn is_fresh(&self) -> bool {
        let facts = self.file.metadata().map(|metadata| Facts::of(&metadata));
        let modified = facts.ok().and_then(|facts| facts.modified);
        let age = modified.and_then(|modified| modified.elapsed().ok());
        age.is_some_and(|age| age < self.control.patience)
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            self.control.go_on()?;
            let read = self.file.read(buf)?;
            if read == 0 && !buf.is_empty() && self.is_fresh() {
                pause();
                continue;
            }
            self.control.count(read);
            return Ok(read);
        }
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
