//! Saves settings, session and formats on a thread of its own, newest wins, so that the window never waits for a disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::base::mailbox::Mailbox;
use crate::base::problem::Problem;
use crate::engine::Waker;
use crate::settings::formats::SavedFormat;
use crate::settings::model::Settings;
use crate::settings::session::Session;
use crate::settings::store::Store;

/// Something to do with the user's own formats; afterwards all of them are read again.
#[derive(Debug, Clone, PartialEq)]
pub enum FormatChore {
    /// Nothing but read them.
    Read,
    /// Write this one.
    Save(SavedFormat),
    /// Delete the one of this name.
    Delete(String),
    /// Take one over from a file.
    Import(PathBuf),
}

/// The window's end of the saving thread. Dropping it waits until the last value is on disk.
pub struct Keeper {
    settings: Arc<Mailbox<Settings>>,
    session: Arc<Mailbox<Session>>,
    ring: Option<Sender<()>>,
    chores: Sender<FormatChore>,
    formats: Arc<Mailbox<Vec<SavedFormat>>>,
    problems: Receiver<Problem>,
    thread: Option<JoinHandle<()>>,
    folder: Option<PathBuf>,
}

impl Keeper {
    /// Starts the thread; `None` for the store keeps nothing (tests).
    #[must_use]
    pub fn start(store: Option<Store>, waker: Waker) -> Self {
        let settings = Arc::new(Mailbox::default());
        let session = Arc::new(Mailbox::default());
        let (ring, bell) = bounded(1);
        let (report, problems) = unbounded();
        let (chores, todo) = unbounded();
        let formats = Arc::new(Mailbox::default());
        let folder = store
            .as_ref()
            .and_then(Store::folder)
            .map(Path::to_path_buf);
        let thread = store.and_then(|store| {
            let work = Work {
                store,
                settings: Arc::clone(&settings),
                session: Arc::clone(&session),
                todo,
                formats: Arc::clone(&formats),
                report,
                waker,
            };
            let work = move || work.run(&bell);
            std::thread::Builder::new()
                .name("keeper".into())
                .spawn(work)
                .ok()
        });
        Self {
            settings,
            session,
            ring: Some(ring),
            chores,
            formats,
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

    /// Does something with the user's own formats soon.
    pub fn formats(&self, chore: FormatChore) {
        // Nobody takes it where nothing is kept.
        self.chores.send(chore).ok();
        self.wake();
    }

    /// The user's own formats, if they were read since the last call.
    pub fn take_formats(&self) -> Option<Arc<Vec<SavedFormat>>> {
        self.formats.take()
    }

    /// The folder in which settings are kept; `None` when nothing is kept.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The folder of the user's own formats.
    #[must_use]
    pub fn formats_folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("formats"))
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

/// The thread's side.
struct Work {
    store: Store,
    settings: Arc<Mailbox<Settings>>,
    session: Arc<Mailbox<Session>>,
    todo: Receiver<FormatChore>,
    formats: Arc<Mailbox<Vec<SavedFormat>>>,
    report: Sender<Problem>,
    waker: Waker,
}

impl Work {
    fn run(&self, bell: &Receiver<()>) {
        let mut open = true;
        while open {
            open = bell.recv().is_ok();
            let settings = self.settings.take_blocking();
            let session = self.session.take_blocking();
            self.tell(settings.map(|settings| self.store.save_settings(&settings)));
            self.tell(session.map(|session| self.store.save_session(&session)));
            let chores: Vec<FormatChore> = self.todo.try_iter().collect();
            if !chores.is_empty() {
                self.do_chores(chores);
            }
        }
    }

    fn do_chores(&self, chores: Vec<FormatChore>) {
        for chore in chores {
            self.tell(match chore {
                FormatChore::Read => None,
                FormatChore::Save(format) => Some(self.store.save_format(&format).map(drop)),
                FormatChore::Delete(name) => Some(self.store.delete_format(&name)),
                FormatChore::Import(path) => Some(self.store.import_format(&path).map(drop)),
            });
        }
        let loaded = self.store.load_formats();
        for problem in loaded.problems {
            self.tell(Some(Err(problem)));
        }
        self.formats.publish(Arc::new(loaded.value));
        (self.waker)();
    }

    fn tell(&self, outcome: Option<Result<(), Problem>>) {
        if let Some(Err(problem)) = outcome {
            self.report.send(problem).ok();
            (self.waker)();
        }
    }
}
