//! Logs that are no plain files: what is compressed is unpacked, and what a pipe or a program brings is collected, into a
//! spool that is then read and followed like any file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::desk::{Command, Desk};
use super::guard;
use super::state::{FeedEnd, FeedKind, FeedState};
use super::trouble;
use crate::bytes::control::Control;
use crate::bytes::disk::Facts;
use crate::bytes::spool::{Full, Spool, SpoolPlace};
use crate::bytes::supply::{Reader, Supply};
use crate::format::detect::SAMPLE_BYTES;

/// How far it is, is told to the source at most so often.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// A compressed file that was written to within this time is still being written.
const PATIENCE: Duration = Duration::from_secs(1);

/// The format is judged by what has come after so long.
const SETTLE: Duration = Duration::from_millis(300);

/// Fills a spool on a thread of its own, until there is no more or it is stopped; dropping it stops it.
#[derive(Debug)]
pub(super) struct Feed {
    place: SpoolPlace,
    supply: Supply,
    control: Control,
    shared: Arc<Shared>,
    total: Option<u64>,
    began: Instant,
    thread: Option<JoinHandle<()>>,
}

/// What the thread tells.
#[derive(Debug, Default)]
struct Shared {
    written: AtomicU64,
    end: Mutex<Option<FeedEnd>>,
    /// The file as it was when it had been unpacked.
    seen: Mutex<Option<Facts>>,
}

/// What became of a compressed file since it was unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// Nothing.
    Same,
    /// It was damaged, and now it is another: most likely it was still being written.
    Completed,
    /// It is another file.
    Changed,
}

impl Feed {
    /// Starts to fill a spool, once what was filled `before` has ended.
    ///
    /// # Errors
    /// There can be no spool, or no thread.
    pub(super) fn start(
        desk: &Arc<Desk>,
        supply: Supply,
        before: Option<Self>,
    ) -> io::Result<Self> {
        let name = desk.path.file_name().unwrap_or_default();
        let spool = supply.spool(&name.to_string_lossy())?;
        let place = spool.place();
        let shared = Arc::<Shared>::default();
        let control = Control::default().with_patience(PATIENCE);
        let total = supply.total(&desk.path);
        let work = Work {
            desk: desk.clone(),
            supply: supply.clone(),
            control: control.clone(),
            shared: shared.clone(),
        };
        let thread = guard::spawn(format!("feed-{}", desk.id.0), move || {
            if let Some(before) = before {
                before.finish();
            }
            work.fill(spool);
        })?;
        Ok(Self {
            place,
            supply,
            control,
            shared,
            total,
            began: Instant::now(),
            thread: Some(thread),
        })
    }

    /// The spool.
    pub(super) fn path(&self) -> PathBuf {
        self.place.path()
    }

    /// Keeps the spool.
    pub(super) fn place(&self) -> SpoolPlace {
        self.place.clone()
    }

    /// Where the bytes come from.
    pub(super) fn supply(&self) -> &Supply {
        &self.supply
    }

    /// Takes no more; what is there stays.
    pub(super) fn stop(&self) {
        self.control.stop.cancel();
    }

    /// Stops, and waits until the thread has ended.
    pub(super) fn finish(mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // A panic was told where it was caught.
            drop(thread.join());
        }
    }

    /// Whether there is enough to judge the format by, or nothing more that soon.
    pub(super) fn has_settled(&self) -> bool {
        self.shared.written.load(Ordering::Relaxed) >= SAMPLE_BYTES
            || self.began.elapsed() >= SETTLE
            || self.end().is_some()
    }

    /// Whether nothing more comes.
    pub(super) fn has_ended(&self) -> bool {
        self.end().is_some()
    }

    /// How far it is.
    pub(super) fn state(&self) -> FeedState {
        FeedState {
            kind: kind(&self.supply),
            read: self.control.read(),
            total: self.total,
            written: self.shared.written.load(Ordering::Relaxed),
            idle: self.control.is_idle(),
            end: self.end(),
        }
    }

    fn end(&self) -> Option<FeedEnd> {
        lock(&self.shared.end).clone()
    }

    /// Compares a compressed file with what it was when it had been unpacked.
    pub(super) fn since(&self, path: &Path) -> Since {
        let packed = matches!(self.supply, Supply::Packed(..));
        let (Some(end), true) = (self.end(), packed) else {
            return Since::Same;
        };
        let Some(now) = facts(path) else {
            return Since::Same;
        };
        let damaged = matches!(end, FeedEnd::Damaged(_));
        match lock(&self.shared.seen).replace(now) {
            Some(before) if before != now && damaged => Since::Completed,
            Some(before) if before != now => Since::Changed,
            _ => Since::Same,
        }
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.stop();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn facts(path: &Path) -> Option<Facts> {
    std::fs::metadata(path).ok().map(|there| Facts::of(&there))
}

fn kind(supply: &Supply) -> FeedKind {
    match supply {
        Supply::Packed(..) | Supply::Rotated(_) => FeedKind::Packed,
        Supply::MadeUp | Supply::Device => FeedKind::Device,
        Supply::Pipe => FeedKind::Pipe,
        Supply::Stdin => FeedKind::Stdin,
        Supply::Command(_) => FeedKind::Command,
        Supply::Text(_) => FeedKind::Text,
    }
}

/// What the thread has.
struct Work {
    desk: Arc<Desk>,
    supply: Supply,
    control: Control,
    shared: Arc<Shared>,
}

impl Work {
    fn fill(&self, spool: Spool) {
        let exited = |how| self.end(FeedEnd::Exited(how));
        let (path, supply) = (&self.desk.path, &self.supply);
        let pour =
            |sink: &mut Sink<'_>| supply.pour(path, Reader::Window, &self.control, sink, exited);
        self.fill_with(spool, pour);
    }

    fn fill_with(&self, spool: Spool, pour: impl FnOnce(&mut Sink<'_>) -> io::Result<()>) {
        let mut sink = Sink {
            work: self,
            spool,
            told: Instant::now(),
        };
        let filled = guard::catch(|| pour(&mut sink));
        if self.desk.closing.is_cancelled() {
            return;
        }
        match filled {
            _ if self.control.stop.is_cancelled() => self.end(FeedEnd::Stopped),
            Ok(Ok(())) => self.end(FeedEnd::Complete),
            Ok(Err(error)) => self.failed(sink.spool.written(), &error),
            Err(panicked) => {
                self.end(FeedEnd::Failed(panicked.message.clone()));
                let problem = panicked.problem("unpacking a log");
                self.desk.board.notice(problem.path(&self.desk.path));
            }
        }
    }

    fn failed(&self, written: u64, error: &io::Error) {
        let damaged = matches!(
            error.kind(),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
        );
        let packed = matches!(self.supply, Supply::Packed(..));
        self.end(match damaged && packed && Full::of(error).is_none() {
            true => FeedEnd::Damaged(error.to_string()),
            false => FeedEnd::Failed(error.to_string()),
        });
        let problem = trouble::not_all(&self.supply, written, error);
        self.desk.board.notice(match self.supply.has_path() {
            true => problem.path(&self.desk.path),
            false => problem,
        });
    }

    /// Tells how it ended, once: a program that exited did so whatever became of its output.
    fn end(&self, end: FeedEnd) {
        *lock(&self.shared.seen) = facts(&self.desk.path);
        lock(&self.shared.end).get_or_insert(end);
        self.desk.command(Command::Fed);
    }
}

/// A spool that takes no more once it is stopped.
struct Sink<'a> {
    work: &'a Work,
    spool: Spool,
    told: Instant,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.work.control.stop.is_cancelled() {
            return Err(io::Error::other("stopped"));
        }
        let written = self.spool.write(bytes)?;
        let all = self.spool.written();
        self.work.shared.written.store(all, Ordering::Relaxed);
        if self.told.elapsed() >= TELL_EVERY {
            self.told = Instant::now();
            self.work.desk.command(Command::Fed);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.spool.flush()?;
        self.work.desk.command(Command::Fed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::id::SourceId;
    use crate::engine::state::SourceEvent;

    /// What was collected before it stays.
    #[test]
    fn a_panic_while_collecting_is_told_and_ends_the_feed() {
        let (desk, _doors) = Desk::new(SourceId(1), "a.log.gz".into(), Arc::new(|| {}));
        let work = Work {
            desk: desk.clone(),
            supply: Supply::MadeUp,
            control: Control::default(),
            shared: Arc::default(),
        };
        let spool = work.supply.spool("a.log.gz").unwrap();
        let place = spool.place();
        work.fill_with(spool, |sink| {
            sink.write_all(b"one\n")?;
            panic!("on purpose");
        });
        assert_eq!(std::fs::read(place.path()).unwrap(), b"one\n");
        let end = lock(&work.shared.end).clone();
        assert!(matches!(end, Some(FeedEnd::Failed(why)) if why.contains("on purpose")));
        let told = desk.board.take_events();
        let words = "An internal error occurred while unpacking a log";
        assert!(
            told.iter().any(|event| matches!(event,
                SourceEvent::Notice(problem) if problem.to_string().contains(words))),
            "{told:?}"
        );
    }
}
