//! The user's editor: started by a click on a line of a file that a log names, on a thread of its own.
//!
//! No shell sees what a log says: the command of the settings is split first, and the file is put into one of its words.
//! The file is looked for before anything is run, and its path is a whole one, so that it cannot be taken for an option.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};

use super::state::State;
use crate::base::panics::catch;
use crate::base::problem::Problem;
use crate::base::text::places::FilePlace;
use crate::settings::editor::Editor;

/// An editor that ends with an error later than this was used before.
const STARTING: Duration = Duration::from_secs(10);

/// What the state keeps for it.
#[derive(Debug)]
pub struct Editors {
    failed: (Sender<Problem>, Receiver<Problem>),
}

impl Default for Editors {
    fn default() -> Self {
        Self {
            failed: crossbeam_channel::unbounded(),
        }
    }
}

impl Editors {
    /// What went wrong since the last call.
    pub fn failed(&self) -> impl Iterator<Item = Problem> {
        self.failed.1.try_iter()
    }
}

/// Opens a file; `folder` is that of the log, below which relative paths are looked for.
pub fn open(state: &State, place: FilePlace, folder: Option<PathBuf>) {
    let editor = state.settings.editor.clone();
    let (failed, waker) = (state.editors.failed.0.clone(), Arc::clone(&state.waker));
    let refused = failed.clone();
    // A file may lie on a share that does not answer, and an editor is waited for.
    let run = move || {
        let ended = catch(|| run(&editor, &place, folder.as_deref()));
        let problem = match ended {
            Ok(Ok(())) => return,
            Ok(Err(problem)) => problem,
            Err(panicked) => panicked.problem("starting the editor"),
        };
        failed.send(problem).ok();
        waker();
    };
    let spawned = std::thread::Builder::new().name("editor".into()).spawn(run);
    if let Err(error) = spawned {
        let problem = Problem::error("The editor could not be started");
        refused.send(problem.detail(error.to_string())).ok();
    }
}

/// Starts the editor and waits for its end.
fn run(editor: &Editor, place: &FilePlace, folder: Option<&Path>) -> Result<(), Problem> {
    let file = find(editor, place, folder)?;
    let wrong = |reason: &str| {
        Problem::error("The editor could not be started")
            .hint("The settings say with which command: Open files with")
            .detail(reason.to_owned())
    };
    let file = file.to_string_lossy();
    let (line, column) = (place.line.unwrap_or(1), place.column.unwrap_or(1));
    let words = editor.words(&file, line, column).map_err(wrong)?;
    let started = Instant::now();
    let mut child = start(&words).map_err(|error| {
        let program = words.first().map_or("", String::as_str);
        wrong(&format!("{program}: {error}"))
    })?;
    match child.wait() {
        Ok(status) if !status.success() && started.elapsed() < STARTING => {
            let ended = format!("{}: {status}", words.join(" "));
            Err(Problem::warning("The editor ended with an error")
                .hint("The settings say with which command: Open files with")
                .detail(ended))
        }
        _ => Ok(()),
    }
}

fn start(words: &[String]) -> io::Result<Child> {
    let command = |program: &str| {
        let mut command = Command::new(program);
        command.args(words.iter().skip(1));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn()
    };
    let program = words.first().map_or("", String::as_str);
    match command(program) {
        // Editors come as scripts there.
        Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::NotFound => {
            command(&format!("{program}.cmd"))
        }
        started => started,
    }
}

/// The file here that a log means.
fn find(editor: &Editor, place: &FilePlace, folder: Option<&Path>) -> Result<PathBuf, Problem> {
    let home = directories::BaseDirs::new();
    let home = home.as_ref().map(directories::BaseDirs::home_dir);
    let candidates = editor.candidates(&place.path, folder, home);
    let found = candidates.iter().find(|path| path.is_file());
    found.cloned().ok_or_else(|| {
        let tried: Vec<String> = candidates
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let places = tried.join(", ");
        Problem::warning("The file is not on this machine")
            .hint(
                "If it has another place here, add that to the settings: Folders of other machines",
            )
            .detail(format!("looked for {places}"))
            .path(Path::new(&place.path))
    })
}
