//! File dialogs, off the UI thread, behind a trait so that tests never open a real one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::base::lang::tr;
use crate::base::panics::catch;
use crate::base::problem::Problem;
use crate::engine::Waker;

/// What became of a request for files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// The user chose these.
    Files(Vec<PathBuf>),
    /// The user chose where to save.
    Target(PathBuf),
    /// The user closed the dialog.
    Nothing,
    /// No dialog could be shown on this desktop.
    Unavailable,
    /// A log that the program itself was to make is there.
    Made(PathBuf),
    /// What there is to tell of a file that was written, or could not be.
    Told(Problem),
}

/// Where is something to be saved?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetQuestion {
    /// What the dialog is called.
    pub title: &'static str,
    /// What it proposes.
    pub start: PathBuf,
}

/// Asks the user for files and answers later through the channel.
pub trait FilePicker {
    /// Starts to ask; `folder` is where the dialog opens. Returns at once.
    fn pick(&self, folder: Option<PathBuf>, answer: Sender<Picked>, waker: Waker);

    /// Starts to ask where to save. Returns at once.
    fn pick_target(&self, question: TargetQuestion, answer: Sender<Picked>, waker: Waker) {
        let _ = question;
        answer.send(Picked::Unavailable).ok();
        waker();
    }
}

/// The desktop's own dialog.
#[derive(Debug, Default)]
pub struct NativePicker;

/// A person needs longer than this to close a dialog. rfd answers `None` within milliseconds where neither a portal nor
/// zenity exists, the same `None` as for a cancelled dialog, so time is all that tells the two apart.
const FASTEST_HUMAN: Duration = Duration::from_millis(150);

impl FilePicker for NativePicker {
    fn pick(&self, folder: Option<PathBuf>, answer: Sender<Picked>, waker: Waker) {
        let mut dialog = rfd::AsyncFileDialog::new()
            .set_title(tr("Open log files"))
            .add_filter(tr("All files"), &["*"])
            .add_filter(
                tr("Logs"),
                &["log", "txt", "json", "jsonl", "ndjson", "out", "err"],
            );
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let future = dialog.pick_files();
        let chosen = async {
            let files = future.await?;
            let paths = files.iter().map(|file| file.path().to_path_buf());
            Some(Picked::Files(paths.collect()))
        };
        answer_later(chosen, answer, waker);
    }

    fn pick_target(&self, question: TargetQuestion, answer: Sender<Picked>, waker: Waker) {
        let TargetQuestion { title, start } = question;
        let mut dialog = rfd::AsyncFileDialog::new().set_title(title);
        if let Some(name) = start.file_name() {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        if let Some(folder) = start.parent() {
            dialog = dialog.set_directory(folder);
        }
        let future = dialog.save_file();
        let chosen = async { Some(Picked::Target(future.await?.path().to_path_buf())) };
        answer_later(chosen, answer, waker);
    }
}

/// Waits for a dialog on a thread of its own.
fn answer_later(
    chosen: impl Future<Output = Option<Picked>> + Send + 'static,
    answer: Sender<Picked>,
    waker: Waker,
) {
    let started = Instant::now();
    let (refused, wake) = (answer.clone(), Arc::clone(&waker));
    let spawned = std::thread::Builder::new()
        .name("file-dialog".into())
        .spawn(move || {
            let picked = match catch(|| pollster::block_on(chosen)) {
                // What broke is the way to the desktop.
                Err(_) => Picked::Unavailable,
                Ok(Some(picked)) => picked,
                Ok(None) if started.elapsed() < FASTEST_HUMAN => Picked::Unavailable,
                Ok(None) => Picked::Nothing,
            };
            // The window may be gone by now; then nobody waits for the answer.
            answer.send(picked).ok();
            waker();
        });
    if spawned.is_err() {
        refused.send(Picked::Unavailable).ok();
        wake();
    }
}

/// The one outstanding question, if any.
pub struct FileDialog {
    picker: Arc<dyn FilePicker>,
    answers: Receiver<Picked>,
    sender: Sender<Picked>,
    open: bool,
}

impl FileDialog {
    /// A dialog that asks through `picker`.
    #[must_use]
    pub fn new(picker: Arc<dyn FilePicker>) -> Self {
        let (sender, answers) = unbounded();
        Self {
            picker,
            answers,
            sender,
            open: false,
        }
    }

    /// Asks, unless a dialog is open already; whether it did.
    pub fn ask(&mut self, folder: Option<PathBuf>, waker: Waker) -> bool {
        if self.open {
            return false;
        }
        self.picker.pick(folder, self.sender.clone(), waker);
        self.open = true;
        true
    }

    /// Asks where to save, unless a dialog is open already; whether it did.
    pub fn ask_target(&mut self, title: &'static str, start: PathBuf, waker: Waker) -> bool {
        if self.open {
            return false;
        }
        let question = TargetQuestion { title, start };
        self.picker
            .pick_target(question, self.sender.clone(), waker);
        self.open = true;
        true
    }

    /// The answer, once it is there. Never waits.
    pub fn poll(&mut self) -> Option<Picked> {
        let picked = self.answers.try_recv().ok()?;
        if !matches!(picked, Picked::Made(_) | Picked::Told(_)) {
            self.open = false;
        }
        Some(picked)
    }

    /// Makes a file on a thread of its own, since the disk may be slow; the answer comes like that of the dialog.
    pub fn make(
        &self,
        make: impl FnOnce() -> Result<Picked, Problem> + Send + 'static,
        waker: Waker,
    ) {
        let answer = self.sender.clone();
        let work = move || {
            let made =
                catch(make).unwrap_or_else(|panicked| Err(panicked.problem("making a file")));
            // The window may be gone by now; then nobody waits for the answer.
            answer.send(made.unwrap_or_else(Picked::Told)).ok();
            waker();
        };
        let spawned = std::thread::Builder::new()
            .name("make-file".into())
            .spawn(work);
        if let Err(error) = spawned {
            let problem = Problem::error("Cannot start a thread").detail(error.to_string());
            self.sender.send(Picked::Told(problem)).ok();
        }
    }
}

/// Writes a file unless it has this content already, so that a viewer of it sees no change.
///
/// # Errors
/// What the operating system says.
pub fn write_if_different(path: &Path, content: &[u8]) -> std::io::Result<()> {
    if std::fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, content)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    /// The window goes on, and the path can be typed.
    #[test]
    fn a_panic_on_the_way_to_the_desktop_is_no_dialog() {
        let (answer, answers) = unbounded();
        let (woken, wake) = unbounded();
        let waker: Waker = Arc::new(move || woken.send(()).unwrap());
        answer_later(async { panic!("on purpose") }, answer, waker);
        assert_eq!(answers.recv().unwrap(), Picked::Unavailable);
        wake.recv().unwrap();
    }
}
