//! Saves settings and session on a thread of its own, newest wins, so that the window never waits for a disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::base::mailbox::Mailbox;
use crate::base::problem::Problem;
use crate::settings::model::Settings;
use crate::settings::session::Session;
use crate::settings::store::Store;

/// The window's end of the saving thread. Dropping it waits until the last value is on disk.
pub struct Keeper {
    settings: Arc<Mailbox<Settings>>,
    session: Arc<Mailbox<Session>>,
    ring: Option<Sender<()>>,
    problems: Receiver<Problem>,
    thread: Option<JoinHandle<()>>,
    folder: Option<PathBuf>,
}

impl Keeper {
    /// Starts the thread; `None` for the store keeps nothing (tests).
    #[must_use]
    pub fn start(store: Option<Store>) -> Self {
        let settings = Arc::new(Mailbox::default());
        let session = Arc::new(Mailbox::default());
        let (ring, bell) = bounded(1);
        let (report, problems) = unbounded();
        let folder = store
            .as_ref()
            .and_then(Store::folder)
            .map(Path::to_path_buf);
        let thread = store.and_then(|store| {
            let (settings, session) = (Arc::clone(&settings), Arc::clone(&session));
            let work = move || keep(&store, &settings, &session, &bell, &report);
            std::thread::Builder::new()
                .name("keeper".into())
                .spawn(work)
                .ok()
        });
        Self {
            settings,
            session,
            ring: Some(ring),
            problems,
            thread,
            folder,
        }
    }

    /// Saves the settings soon.
    pub fn save_settings(&self, settings: &Settings) {
        self.settings.publish(Arc::new(settings.clone()));
        self.wake();
    }

    /// Saves the session soon.
    pub fn save_session(&self, session: Session) {
        self.session.publish(Arc::new(session));
        self.wake();
    }

    /// The folder in which settings are kept; `None` when nothing is kept.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// What went wrong while saving, if anything.
    pub fn problem(&self) -> Option<Problem> {
        self.problems.try_recv().ok()
    }

    fn wake(&self) {
        if let Some(ring) = &self.ring {
            // A full channel means that the thread has been woken already.
            ring.try_send(()).ok();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.ring = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn keep(
    store: &Store,
    settings: &Mailbox<Settings>,
    session: &Mailbox<Session>,
    bell: &Receiver<()>,
    report: &Sender<Problem>,
) {
    let mut open = true;
    while open {
        open = bell.recv().is_ok();
        let saved = [
            settings
                .take_blocking()
                .map(|settings| store.save_settings(&settings)),
            session
                .take_blocking()
                .map(|session| store.save_session(&session)),
        ];
        for problem in saved.into_iter().flatten().filter_map(Result::err) {
            report.send(problem).ok();
        }
    }
}
