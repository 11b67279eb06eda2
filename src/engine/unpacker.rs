//! Unpacks compressed files beside a followed log on a thread of its own, so that the log answers meanwhile.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::desk::{Command, Desk};
use super::guard;
use super::state::{FeedKind, FeedState};
use crate::base::problem::Problem;
use crate::bytes::control::Control;
use crate::bytes::disk::{Facts, OpenFile};
use crate::bytes::stream::{Unpack, Unpacked};

/// What is unpacked within this time is waited for.
const AT_ONCE: Duration = Duration::from_millis(30);

/// What takes longer is shown.
const LONG: Duration = Duration::from_secs(1);

/// Unpacks one file at a time.
#[derive(Debug)]
pub(super) struct Unpacker {
    desk: Arc<Desk>,
    job: Mutex<Option<Job>>,
}

/// A file that is being unpacked; dropping it stops that.
#[derive(Debug)]
struct Job {
    path: PathBuf,
    facts: Facts,
    control: Control,
    began: Instant,
    result: Receiver<io::Result<Arc<dyn OpenFile>>>,
    thread: Option<JoinHandle<()>>,
}

impl Unpacker {
    pub(super) fn new(desk: &Arc<Desk>) -> Self {
        Self {
            desk: desk.clone(),
            job: Mutex::default(),
        }
    }

    /// How far it is with what takes long.
    pub(super) fn state(&self) -> Option<FeedState> {
        let job = self.job();
        let job = job.as_ref().filter(|job| job.began.elapsed() >= LONG)?;
        job.result.is_empty().then(|| FeedState {
            kind: FeedKind::Rotated,
            read: job.control.read(),
            total: Some(job.facts.len),
            written: 0,
            idle: false,
            end: None,
        })
    }

    /// Gives up the file that is being unpacked: the log goes on without it.
    pub(super) fn give_up(&self) {
        if let Some(job) = &*self.job() {
            job.control.stop.cancel();
            let problem =
                Problem::warning("A rotated file is left out, since unpacking it was stopped");
            let problem = problem.hint("Open the log with its rotated files to read it");
            self.desk.board.notice(problem.path(&job.path));
        }
    }

    /// Ends the thread.
    pub(super) fn finish(&self) {
        drop(self.job().take());
    }

    fn job(&self) -> MutexGuard<'_, Option<Job>> {
        self.job.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Unpack for Unpacker {
    fn unpack(&self, path: &Path, facts: Facts) -> Option<io::Result<Arc<dyn OpenFile>>> {
        let mut job = self.job();
        if let Some(running) = job.as_ref() {
            let is_it = running.path == path && running.facts == facts;
            match running.result.try_recv() {
                Err(TryRecvError::Empty) => {
                    if running.path == path && !is_it {
                        // It has changed since: what is unpacked is of no use.
                        running.control.stop.cancel();
                    }
                    return None;
                }
                Ok(result) if is_it => {
                    *job = None;
                    return Some(result);
                }
                Err(TryRecvError::Disconnected) if is_it => {
                    *job = None;
                    return Some(Err(io::Error::other("unpacking failed")));
                }
                Ok(_) | Err(TryRecvError::Disconnected) => {}
            }
        }
        let started = match Job::start(&self.desk, path, facts) {
            Ok(started) => started,
            Err(error) => return Some(Err(error)),
        };
        match started.result.recv_timeout(AT_ONCE) {
            Ok(result) => Some(result),
            Err(_) => {
                *job = Some(started);
                None
            }
        }
    }
}

impl Job {
    fn start(desk: &Arc<Desk>, path: &Path, facts: Facts) -> io::Result<Self> {
        let (sender, result) = bounded(1);
        let control = Control::default();
        let (own, of, watched) = (desk.clone(), path.to_owned(), control.clone());
        let thread = guard::spawn(format!("unpack-{}", desk.id.0), move || {
            match guard::catch(|| Unpacked::of(&of, facts, &watched)) {
                // Fails where nobody waits for it any more.
                Ok(unpacked) => {
                    let inside = unpacked.map(|inside| -> Arc<dyn OpenFile> { Arc::new(inside) });
                    drop(sender.send(inside));
                }
                Err(panicked) => {
                    own.board
                        .notice(panicked.problem("unpacking a log").path(of));
                    drop(sender);
                }
            }
            own.command(Command::Hint);
        })?;
        Ok(Self {
            path: path.to_owned(),
            facts,
            control,
            began: Instant::now(),
            result,
            thread: Some(thread),
        })
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.control.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // A panic was told where it was caught.
            drop(thread.join());
        }
    }
}
