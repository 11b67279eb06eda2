//! Saves settings, session and formats and writes the program's own log, on a thread of its own, newest wins, so that
//! the window never waits for a disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::own_log::Diary;
use crate::base::mailbox::Mailbox;
use crate::base::panics::catch;
use crate::base::problem::Problem;
use crate::engine::Waker;
use crate::settings::filters::SavedFilter;
use crate::settings::formats::SavedFormat;
use crate::settings::highlights::Imported;
use crate::settings::model::Settings;
use crate::settings::session::Session;
use crate::settings::store::{FormatFiles, SessionClaim, Store};

/// Something to do with the user's own formats; afterwards all of them are read again.
#[derive(Debug, Clone, PartialEq)]
pub enum FormatChore {
    /// Nothing but read them.
    Read,
    /// Read them if their folder is not as it was when they were read last.
    Look,
    /// Write this one.
    Save(SavedFormat),
    /// Delete the one of this name.
    Delete(String),
    /// Take one over from a file.
    Import(PathBuf),
    /// Take saved filters over from a file.
    ImportFilters(PathBuf),
    /// Take highlighters over from a file.
    ImportHighlights(PathBuf),
}

/// What the thread begins with.
#[derive(Debug)]
pub struct Kept {
    /// Where everything is kept.
    pub store: Store,
    /// The claim to the session.
    pub claim: SessionClaim,
    /// The settings as they were loaded: what differs from them is what this window changed.
    pub settings: Settings,
    /// The files of formats just before they were loaded.
    pub formats: FormatFiles,
}

/// The window's end of the saving thread. Dropping it waits until the last value is on disk.
pub struct Keeper {
    settings: Arc<Mailbox<Settings>>,
    session: Arc<Mailbox<Session>>,
    ring: Option<Sender<()>>,
    chores: Sender<FormatChore>,
    lines: Sender<Line>,
    formats: Arc<Mailbox<Vec<SavedFormat>>>,
    filters: Arc<Mailbox<Vec<SavedFilter>>>,
    highlights: Arc<Mailbox<Imported>>,
    problems: Receiver<Problem>,
    thread: Option<JoinHandle<()>>,
    folder: Option<PathBuf>,
    log_path: Option<PathBuf>,
    state_folder: Option<PathBuf>,
}

/// Something for the program's own log, or about its start.
enum Line {
    Fact(String),
    Problem(Problem),
    Started,
}

impl Keeper {
    /// Starts the thread; `None` keeps nothing (tests).
    #[must_use]
    pub fn start(kept: Option<Kept>, waker: Waker) -> Self {
        let settings = Arc::new(Mailbox::default());
        let session = Arc::new(Mailbox::default());
        let (ring, bell) = bounded(1);
        let (report, problems) = unbounded();
        let (chores, todo) = unbounded();
        let (lines, told) = unbounded();
        let formats = Arc::new(Mailbox::default());
        let filters = Arc::new(Mailbox::default());
        let highlights = Arc::new(Mailbox::default());
        let store = kept.as_ref().map(|kept| &kept.store);
        let folder = store.and_then(Store::folder).map(Path::to_path_buf);
        let log_path = store.and_then(Store::log_path);
        let state_folder = store.and_then(Store::state_folder).map(Path::to_path_buf);
        let thread = kept.and_then(|kept| {
            let mut work = Work {
                store: kept.store,
                claim: kept.claim,
                base: kept.settings,
                diary: Diary::default(),
                told,
                settings: Arc::clone(&settings),
                session: Arc::clone(&session),
                todo,
                formats: Arc::clone(&formats),
                filters: Arc::clone(&filters),
                highlights: Arc::clone(&highlights),
                seen: kept.formats,
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
            lines,
            formats,
            filters,
            highlights,
            problems,
            thread,
            folder,
            log_path,
            state_folder,
        }
    }

    /// Where reports of crashes are; `None` when nothing is kept.
    #[must_use]
    pub fn state_folder(&self) -> Option<&Path> {
        self.state_folder.as_deref()
    }

    /// Adds a fact to the program's own log.
    pub fn note(&self, fact: impl Into<String>) {
        self.line(Line::Fact(fact.into()));
    }

    /// Adds what the user was told to the program's own log.
    pub fn note_problem(&self, problem: &Problem) {
        self.line(Line::Problem(problem.clone()));
    }

    /// Notes that the program has started, or ends as it should.
    pub fn started(&self) {
        self.line(Line::Started);
    }

    fn line(&self, line: Line) {
        // Nobody takes it where nothing is kept.
        self.lines.send(line).ok();
        self.wake();
    }

    /// Where the program's own log is; `None` when nothing is kept.
    #[must_use]
    pub fn log_path(&self) -> Option<&Path> {
        self.log_path.as_deref()
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

    /// Saved filters that were taken over from a file since the last call.
    pub fn take_filters(&self) -> Option<Arc<Vec<SavedFilter>>> {
        self.filters.take()
    }

    /// Highlighters that were taken over from a file since the last call.
    pub fn take_highlights(&self) -> Option<Arc<Imported>> {
        self.highlights.take()
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
    claim: SessionClaim,
    /// The settings as this window saved them last.
    base: Settings,
    diary: Diary,
    told: Receiver<Line>,
    settings: Arc<Mailbox<Settings>>,
    session: Arc<Mailbox<Session>>,
    todo: Receiver<FormatChore>,
    formats: Arc<Mailbox<Vec<SavedFormat>>>,
    filters: Arc<Mailbox<Vec<SavedFilter>>>,
    highlights: Arc<Mailbox<Imported>>,
    /// The files of formats as they were when they were read last.
    seen: FormatFiles,
    report: Sender<Problem>,
    waker: Waker,
}

impl Work {
    fn run(&mut self, bell: &Receiver<()>) {
        self.store.tidy();
        let mut open = true;
        while open {
            open = bell.recv().is_ok();
            if let Err(panicked) = catch(|| self.turn()) {
                let problem = panicked.problem("saving");
                self.tell(Some(Err(
                    problem.hint("This is a fault in Timberline; the rest goes on")
                )));
            }
        }
    }

    fn turn(&mut self) {
        if let Some(settings) = self.settings.take_blocking() {
            let saved = self.store.save_changes(&self.base, &settings);
            if saved.is_ok() {
                self.base = Settings::clone(&settings);
            }
            self.tell(Some(saved));
        }
        let session = self.session.take_blocking();
        if let Some(session) = session.filter(|_| self.claim.is_ours(&self.store)) {
            self.tell(Some(self.store.save_session(&session)));
        }
        let chores: Vec<FormatChore> = self.todo.try_iter().collect();
        if !chores.is_empty() {
            self.do_chores(chores);
        }
        self.keep_diary();
    }

    fn keep_diary(&mut self) {
        let mut text = String::new();
        for line in self.told.try_iter() {
            match line {
                Line::Fact(fact) => self.diary.fact(&fact, &mut text),
                Line::Problem(problem) => self.diary.problem(&problem, &mut text),
                Line::Started => self.store.started(),
            }
        }
        if !text.is_empty() {
            self.store.log(&text);
        }
    }

    fn do_chores(&mut self, chores: Vec<FormatChore>) {
        let only_looks = chores.iter().all(|chore| *chore == FormatChore::Look);
        if only_looks && self.seen == self.store.format_files() {
            return;
        }
        for chore in chores {
            self.tell(match chore {
                FormatChore::Read | FormatChore::Look => None,
                FormatChore::Save(format) => Some(self.store.save_format(&format).map(drop)),
                FormatChore::Delete(name) => Some(self.store.delete_format(&name)),
                FormatChore::Import(path) => Some(self.store.import_format(&path).map(drop)),
                FormatChore::ImportFilters(path) => Some(
                    self.store
                        .read_filters(&path)
                        .map(|filters| self.filters.publish(Arc::new(filters))),
                ),
                FormatChore::ImportHighlights(path) => Some(
                    self.store
                        .read_highlights(&path)
                        .map(|read| self.highlights.publish(Arc::new(read))),
                ),
            });
        }
        // What is written meanwhile is seen by the next look.
        self.seen = self.store.format_files();
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_panic_is_told_and_what_comes_after_it_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let armed = AtomicBool::new(true);
        let waker: Waker = Arc::new(move || {
            assert!(!armed.swap(false, Ordering::AcqRel), "on purpose");
        });
        let kept = Kept {
            claim: store.claim_session(),
            settings: Settings::default(),
            formats: FormatFiles::default(),
            store: store.clone(),
        };
        let keeper = Keeper::start(Some(kept), waker);
        keeper.formats(FormatChore::Read);
        let told = keeper.problems.recv().unwrap();
        assert!(told.to_string().contains("on purpose"), "{told}");
        let mut settings = Settings::default();
        settings.appearance.zoom = 2.0;
        keeper.save_settings(&settings);
        drop(keeper);
        assert_eq!(store.load_settings().value, settings);
    }
}
