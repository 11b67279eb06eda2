//! Small questions to the file system (how old is a recent file, what could this path go on to), answered off the UI
//! thread: a path may lie on a network share that does not answer.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::base::lang::{fill, later, said};
use crate::base::mailbox::Mailbox;
use crate::base::panics::catch;
use crate::base::problem::Problem;
use crate::engine::{Saver, Waker, is_log_like, is_pattern};

/// How many completions of a path are offered.
const COMPLETIONS: usize = 50;

/// How many files of a folder are listed.
const LISTED: usize = 1_000;

/// What is known of a file that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileFacts {
    /// Size and age in words; empty for a missing file.
    pub note: String,
    /// It is no longer there.
    pub missing: bool,
}

impl FileFacts {
    /// The note in the language in use.
    #[must_use]
    pub fn note_in_words(&self) -> String {
        note_in_words(&self.note)
    }
}

/// A note of this thread, which speaks English, in the language in use.
#[must_use]
pub fn note_in_words(note: &str) -> String {
    let parts: Vec<_> = note.split(", ").map(said).collect();
    parts.join(", ")
}

/// What a typed path could go on to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// The text that was typed.
    pub typed: String,
    /// Whether a file or folder is called exactly so.
    pub exists: bool,
    /// Paths that begin with it, folders with a slash at the end.
    pub paths: Vec<String>,
    /// Size and age of each in words; empty for a folder.
    pub notes: Vec<String>,
    /// There are more than these.
    pub more: bool,
}

/// The files of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The folder.
    pub folder: PathBuf,
    /// Its files with what is known of them: logs first, the newest first, then the others by their names.
    pub files: Vec<(PathBuf, FileFacts)>,
}

/// What is where a file is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where.
    pub path: PathBuf,
    /// Whether a file is there, which would be replaced; or why none can be written there.
    pub there: Result<bool, Problem>,
}

#[derive(Default)]
struct Desk {
    recent: Mailbox<Vec<PathBuf>>,
    typed: Mailbox<String>,
    facts: Mailbox<HashMap<PathBuf, FileFacts>>,
    completions: Mailbox<Completions>,
    folder: Mailbox<PathBuf>,
    listing: Mailbox<Listing>,
    to: Mailbox<PathBuf>,
    target: Mailbox<Target>,
}

/// The window's end of the thread that looks things up.
pub struct Lookups {
    desk: Arc<Desk>,
    ring: Sender<()>,
    facts: Arc<HashMap<PathBuf, FileFacts>>,
    completions: Arc<Completions>,
    listing: Arc<Listing>,
    target: Option<Arc<Target>>,
}

impl Lookups {
    /// Starts the thread. It ends by itself when the window is gone; nothing waits for it, since it may hang on a share.
    #[must_use]
    pub fn start(waker: Waker, saver: Saver) -> Self {
        let desk = Arc::new(Desk::default());
        let (ring, bell) = bounded(1);
        let theirs = Arc::clone(&desk);
        // Without the thread, facts and completions are missing; everything else works.
        std::thread::Builder::new()
            .name("lookups".into())
            .spawn(move || answer(&theirs, &bell, &waker, &saver))
            .ok();
        Self {
            desk,
            ring,
            facts: Arc::default(),
            completions: Arc::default(),
            listing: Arc::default(),
            target: None,
        }
    }

    /// Asks for size and age of these files.
    pub fn ask_facts(&self, paths: Vec<PathBuf>) {
        self.desk.recent.publish(Arc::new(paths));
        self.ring.try_send(()).ok();
    }

    /// Asks what a typed path could go on to.
    pub fn ask_completions(&self, typed: &str) {
        self.desk.typed.publish(Arc::new(typed.to_owned()));
        self.ring.try_send(()).ok();
    }

    /// Asks which files are in a folder.
    pub fn ask_listing(&self, folder: PathBuf) {
        self.desk.folder.publish(Arc::new(folder));
        self.ring.try_send(()).ok();
    }

    /// Asks what is where a file is to be written.
    pub fn ask_target(&self, path: PathBuf) {
        self.desk.to.publish(Arc::new(path));
        self.ring.try_send(()).ok();
    }

    /// Takes answers in.
    pub fn drain(&mut self) {
        if let Some(facts) = self.desk.facts.take() {
            self.facts = facts;
        }
        if let Some(completions) = self.desk.completions.take() {
            self.completions = completions;
        }
        if let Some(listing) = self.desk.listing.take() {
            self.listing = listing;
        }
        if let Some(target) = self.desk.target.take() {
            self.target = Some(target);
        }
    }

    /// What is known of a file so far.
    #[must_use]
    pub fn facts(&self, path: &Path) -> Option<&FileFacts> {
        self.facts.get(path)
    }

    /// The files of a folder, if they are known by now.
    #[must_use]
    pub fn listing(&self, folder: &Path) -> &[(PathBuf, FileFacts)] {
        match self.listing.folder == folder {
            true => &self.listing.files,
            false => &[],
        }
    }

    /// What is at the path that was asked about last, if that is known by now.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        self.target.as_deref()
    }

    /// The newest completions.
    #[must_use]
    pub fn completions(&self) -> &Completions {
        &self.completions
    }
}

fn answer(desk: &Desk, bell: &Receiver<()>, waker: &Waker, saver: &Saver) {
    while bell.recv().is_ok() {
        // What is not known is missing; everything else works.
        catch(|| answer_once(desk, waker, saver)).ok();
    }
}

fn answer_once(desk: &Desk, waker: &Waker, saver: &Saver) {
    if let Some(typed) = desk.typed.take_blocking() {
        desk.completions.publish(Arc::new(complete(&typed)));
        waker();
    }
    if let Some(path) = desk.to.take_blocking() {
        let (path, there) = (path.to_path_buf(), saver.check(&path));
        desk.target.publish(Arc::new(Target { path, there }));
        waker();
    }
    if let Some(folder) = desk.folder.take_blocking() {
        desk.listing.publish(Arc::new(list(&folder)));
        waker();
    }
    if let Some(paths) = desk.recent.take_blocking() {
        let now = SystemTime::now();
        let facts = paths
            .iter()
            .map(|path| (path.clone(), facts_of(path, now)))
            .collect();
        desk.facts.publish(Arc::new(facts));
        waker();
    }
}

fn facts_of(path: &Path, now: SystemTime) -> FileFacts {
    let Ok(metadata) = std::fs::metadata(path) else {
        return FileFacts {
            note: String::new(),
            missing: !is_pattern(path),
        };
    };
    if metadata.is_dir() {
        return FileFacts::default();
    }
    let age = metadata
        .modified()
        .ok()
        .and_then(|time| now.duration_since(time).ok());
    let size = crate::ui::widgets::number::bytes(metadata.len());
    let note = age.map_or_else(
        || size.clone(),
        |age| format!("{size}, {}", age_in_words(age)),
    );
    FileFacts {
        note,
        missing: false,
    }
}

/// How long ago something was, in English words that `said` translates.
#[must_use]
pub fn age_in_words(age: Duration) -> String {
    let seconds = age.as_secs();
    let (count, one, more) = match seconds {
        0..60 => return later("just now").to_owned(),
        60..3_600 => (
            seconds / 60,
            later("1 minute ago"),
            later("{n} minutes ago"),
        ),
        3_600..86_400 => (seconds / 3_600, later("1 hour ago"), later("{n} hours ago")),
        86_400..2_592_000 => (seconds / 86_400, later("1 day ago"), later("{n} days ago")),
        2_592_000..31_536_000 => (
            seconds / 2_592_000,
            later("1 month ago"),
            later("{n} months ago"),
        ),
        _ => (
            seconds / 31_536_000,
            later("1 year ago"),
            later("{n} years ago"),
        ),
    };
    match count {
        1 => one.to_owned(),
        count => fill(more, &[("n", &count)]),
    }
}

/// Paths that begin with what was typed, folders first.
fn complete(typed: &str) -> Completions {
    let expanded = match typed.strip_prefix("~/") {
        Some(rest) => format!("{}/{rest}", expand_home(Path::new("~")).display()),
        None => typed.to_owned(),
    };
    let (folder, start) = match expanded.rfind(std::path::is_separator) {
        Some(at) => expanded.split_at(at + 1),
        None => ("./", expanded.as_str()),
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(bool, String)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !start.starts_with('.');
            let is_folder = entry.path().is_dir();
            (name.starts_with(start) && !hidden).then_some((!is_folder, name))
        })
        .collect();
    found.sort();
    let more = found.len() > COMPLETIONS;
    found.truncate(COMPLETIONS);
    let now = SystemTime::now();
    let note = |(is_file, name): &(bool, String)| match is_file {
        true => facts_of(Path::new(&format!("{folder}{name}")), now).note,
        false => String::new(),
    };
    let notes = found.iter().map(note).collect();
    let path = |(is_file, name): (bool, String)| {
        if is_file {
            format!("{folder}{name}")
        } else {
            format!("{folder}{name}/")
        }
    };
    Completions {
        typed: typed.to_owned(),
        exists: std::fs::metadata(expand_home(Path::new(typed))).is_ok(),
        paths: found.into_iter().map(path).collect(),
        notes,
        more,
    }
}

/// The files of a folder without the hidden ones. A program writes its log beside pictures and much else: what looks like
/// a log comes first, the newest first, then the others by their names.
fn list(folder: &Path) -> Listing {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .take(LISTED)
        .map(|path| (rank(&path), path))
        .collect();
    files.sort();
    let now = SystemTime::now();
    let with_facts = |(_, path): (_, PathBuf)| {
        let facts = facts_of(&path, now);
        (path, facts)
    };
    Listing {
        folder: folder.to_owned(),
        files: files.into_iter().map(with_facts).collect(),
    }
}

/// What a file of a folder is sorted by before its name: whether it is no log, and for a log when it was written.
fn rank(path: &Path) -> (bool, Option<Reverse<SystemTime>>) {
    let is_log = { path.file_name() }.is_some_and(|name| is_log_like(&name.to_string_lossy()));
    let written = || path.metadata().and_then(|there| there.modified()).ok();
    let written = is_log.then(written).flatten();
    (!is_log, written.map(Reverse))
}

/// `~/logs` as the shell reads it.
#[must_use]
pub fn expand_home(typed: &Path) -> PathBuf {
    let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_path_buf());
    match (typed.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => typed.to_path_buf(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::engine::Engine;

    #[test]
    fn ages_read_naturally() {
        let words = |seconds| age_in_words(Duration::from_secs(seconds));
        assert_eq!(words(5), "just now");
        assert_eq!(words(60), "1 minute ago");
        assert_eq!(words(7_300), "2 hours ago");
        assert_eq!(words(86_400 * 3), "3 days ago");
        assert_eq!(words(86_400 * 800), "2 years ago");
    }

    #[test]
    fn completions_list_folders_first_and_hide_dot_files() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["app.log", "app.log.1", ".app-hidden", "other.log"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("apps")).unwrap();
        let typed = format!("{}/app", folder.path().display());
        let names: Vec<_> = complete(&typed)
            .paths
            .iter()
            .map(|path| path.replace(&typed, ""))
            .collect();
        assert_eq!(names, ["s/", ".log", ".log.1"]);
        assert_eq!(complete("/no/such/folder/x").paths, Vec::<String>::new());
    }

    #[test]
    fn a_listing_has_the_logs_first_and_the_sizes() {
        let folder = tempfile::tempdir().unwrap();
        let now = SystemTime::now();
        for (name, age) in [
            ("b.log", 200),
            ("a.log", 400),
            ("c.log", 10),
            ("log-view.png", 5),
            ("Makefile", 5),
            (".hidden", 5),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, "12345").unwrap();
            let file = std::fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(now - Duration::from_secs(age)).unwrap();
        }
        std::fs::create_dir(folder.path().join("inner.log")).unwrap();
        let listing = list(folder.path());
        let names: Vec<_> = { listing.files.iter() }
            .map(|(path, facts)| (path.file_name().unwrap().to_str().unwrap(), &*facts.note))
            .collect();
        let expected = [
            ("c.log", "5 B, just now"),
            ("b.log", "5 B, 3 minutes ago"),
            ("a.log", "5 B, 6 minutes ago"),
            ("Makefile", "5 B, just now"),
            ("log-view.png", "5 B, just now"),
        ];
        assert_eq!(names, expected);
        assert_eq!(list(Path::new("/no/such/folder")).files, []);
    }

    #[test]
    fn a_panic_costs_one_answer() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let armed = AtomicBool::new(true);
        let (sender, answered) = bounded(8);
        let waker = move || {
            assert!(!armed.swap(false, Ordering::AcqRel), "on purpose");
            sender.send(()).ok();
        };
        let saver = Engine::start(Arc::new(|| {})).saver();
        let mut lookups = Lookups::start(Arc::new(waker), saver);
        lookups.ask_completions("/no/such/folder/a");
        // Until the first was taken, the second would take its place.
        while lookups.desk.typed.is_full() {
            std::thread::yield_now();
        }
        lookups.ask_completions("/no/such/folder/b");
        answered.recv_timeout(Duration::from_secs(10)).unwrap();
        lookups.drain();
        assert_eq!(lookups.completions().typed, "/no/such/folder/b");
    }
}
