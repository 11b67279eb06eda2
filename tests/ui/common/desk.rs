//! The files and settings of one test, and the windows that open over them.

use std::collections::VecDeque;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use egui_kittest::Harness;
use tempfile::TempDir;
use timberline::app::{Announcer, FilePicker, Launch, LogApp, Picked, TargetQuestion};
use timberline::base::lang::Lang;
use timberline::base::origin::CommandLine;
use timberline::engine::Waker;
use timberline::settings::store::Store;

use super::letters::letters;
use super::{STEP, Window};

/// Answers for the file dialog, in the order in which they are given.
#[derive(Default)]
pub struct Answers(pub(super) Mutex<VecDeque<Picked>>);

impl FilePicker for Answers {
    fn pick(
        &self,
        _folder: Option<PathBuf>,
        answer: crossbeam_channel::Sender<Picked>,
        waker: Waker,
    ) {
        let picked = self.0.lock().unwrap().pop_front();
        answer.send(picked.unwrap_or(Picked::Nothing)).unwrap();
        waker();
    }

    fn pick_target(
        &self,
        _: TargetQuestion,
        answer: crossbeam_channel::Sender<Picked>,
        waker: Waker,
    ) {
        self.pick(None, answer, waker);
    }
}

/// Files and settings of one test; removed at its end.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self::of(tempfile::tempdir().unwrap())
    }

    /// In a folder that is called so; what is in it is lost.
    #[cfg(feature = "snapshots")]
    pub fn at(folder: &Path) -> Self {
        let (parent, name) = (folder.parent().unwrap(), folder.file_name().unwrap());
        fs::remove_dir_all(folder).ok();
        let mut builder = tempfile::Builder::new();
        Self::of(
            builder
                .prefix(name)
                .rand_bytes(0)
                .tempdir_in(parent)
                .unwrap(),
        )
    }

    fn of(folder: TempDir) -> Self {
        fs::create_dir(folder.path().join("settings")).unwrap();
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn settings(&self, name: &str) -> PathBuf {
        self.folder.path().join("settings").join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// Appends as a logger does, from a thread of its own: the window must not be what makes it happen.
    pub fn append(&self, name: &str, text: &str) {
        let (path, text) = (self.path(name), text.to_owned());
        let write = move || {
            let mut file = fs::OpenOptions::new()
                .append(true)
                .create(true)
                .open(path)
                .unwrap();
            file.write_all(text.as_bytes()).unwrap();
        };
        let writer = std::thread::Builder::new().name("writer".into());
        writer.spawn(write).unwrap().join().unwrap();
    }

    /// A window that starts with these files.
    pub fn window(&self, files: &[&Path]) -> Window {
        self.sized(files, [1280.0, 800.0])
    }

    pub fn sized(&self, files: &[&Path], size: [f32; 2]) -> Window {
        self.build(files, usual().with_size(size))
    }

    /// A window over texts that the default fonts cannot write.
    pub fn any_script(&self, files: &[&Path]) -> Window {
        self.build(files, usual().allow_missing_glyphs())
    }

    /// A window on a desktop that speaks another language.
    pub fn speaking(
        &self,
        lang: Lang,
        files: &[&Path],
        builder: egui_kittest::HarnessBuilder<LogApp>,
    ) -> Window {
        let launch = Launch {
            desktop_lang: Some(lang),
            ..launch_of(files)
        };
        self.launch(launch, builder, None)
    }

    /// A window on a desktop with such notifications.
    pub fn announcing(&self, files: &[&Path], announcer: Arc<dyn Announcer>) -> Window {
        let launch = Launch {
            announcer: Some(announcer),
            ..launch_of(files)
        };
        self.launch(launch, usual(), None)
    }

    fn build(&self, files: &[&Path], builder: egui_kittest::HarnessBuilder<LogApp>) -> Window {
        self.launch(launch_of(files), builder, None)
    }

    /// A window whose file dialog is this one.
    pub fn with_picker(&self, files: &[&Path], picker: Arc<dyn FilePicker>) -> Window {
        self.launch(launch_of(files), usual(), Some(picker))
    }

    /// A window over what a program prints.
    pub fn command(&self, words: &[&str]) -> Window {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let launch = Launch {
            command: Some(CommandLine(words)),
            ..launch_of(&[])
        };
        self.launch(launch, usual(), None)
    }

    fn launch(
        &self,
        launch: Launch,
        builder: egui_kittest::HarnessBuilder<LogApp>,
        picker: Option<Arc<dyn FilePicker>>,
    ) -> Window {
        let answers = Arc::new(Answers::default());
        let picker = picker.unwrap_or_else(|| answers.clone());
        let store = Store::at(self.folder.path().join("settings"));
        let harness =
            builder.build_eframe(move |cc| LogApp::new(&cc.egui_ctx, Some(store), &launch, picker));
        let mut window = Window {
            harness,
            answers,
            copied: Vec::new(),
            opened: Vec::new(),
        };
        window.frame();
        window
    }
}

/// A window as most tests have it.
pub fn usual() -> egui_kittest::HarnessBuilder<LogApp> {
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_step_dt(STEP as f32)
        .with_context_setup(letters)
}

fn launch_of(files: &[&Path]) -> Launch {
    Launch {
        paths: files.iter().map(|path| path.to_path_buf()).collect(),
        desktop_lang: Some(Lang::English),
        ..Launch::default()
    }
}
