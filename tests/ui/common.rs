//! The whole window over real files: a harness that presses, clicks and waits until something holds.
//!
//! Every frame is stepped here, so that nothing that the window hands to the desktop (copied text) is lost, and
//! nothing waits longer than [`DEADLINE`].

use std::collections::VecDeque;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use tempfile::TempDir;
use timberline::app::{FilePicker, Launch, LogApp, Picked, State, Tab};
use timberline::base::origin::CommandLine;
use timberline::engine::Waker;
use timberline::settings::store::Store;

/// No test waits longer for anything.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// Answers for the file dialog, in the order in which they are given.
#[derive(Default)]
pub struct Answers(Mutex<VecDeque<Picked>>);

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

    fn pick_target(&self, _: PathBuf, answer: crossbeam_channel::Sender<Picked>, waker: Waker) {
        self.pick(None, answer, waker);
    }
}

/// Files and settings of one test; removed at its end.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
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
        self.build(
            files,
            Harness::builder().with_size(size).with_step_dt(STEP as f32),
        )
    }

    /// A window over texts that the default fonts cannot write.
    pub fn any_script(&self, files: &[&Path]) -> Window {
        self.build(files, usual().allow_missing_glyphs())
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
            ..Launch::default()
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
        };
        window.frame();
        window
    }
}

fn usual() -> egui_kittest::HarnessBuilder<LogApp> {
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_step_dt(STEP as f32)
}

fn launch_of(files: &[&Path]) -> Launch {
    Launch {
        paths: files.iter().map(|path| path.to_path_buf()).collect(),
        ..Launch::default()
    }
}

/// Seconds by which egui's clock goes on with every frame: two clicks are never a double click by chance.
const STEP: f64 = 0.15;

/// The window, and what it handed to the desktop.
pub struct Window {
    pub harness: Harness<'static, LogApp>,
    answers: Arc<Answers>,
    /// Every text that was copied.
    pub copied: Vec<String>,
}

impl Window {
    pub fn state(&self) -> &State {
        self.harness.state().state()
    }

    pub fn tab(&self) -> &Tab {
        self.state().tab().unwrap()
    }

    /// What the next file dialog will answer.
    pub fn will_pick(&self, picked: Picked) {
        self.answers.0.lock().unwrap().push_back(picked);
    }

    /// One frame with these events.
    pub fn events(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
        // Whatever can be acted on can be named by a screen reader.
        self.harness.check_accessibility();
        let commands = &self.harness.output().platform_output.commands;
        self.copied
            .extend(commands.iter().filter_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            }));
    }

    pub fn frame(&mut self) {
        self.events([]);
    }

    /// Steps until something holds.
    #[track_caller]
    pub fn wait(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(
                start.elapsed() < DEADLINE,
                "waited in vain for: {what}\n{}",
                self.describe()
            );
            // Leaves the processor to the workers that are waited for.
            std::thread::sleep(Duration::from_millis(1));
            self.frame();
        }
    }

    /// Everything indexed, filtered as asked, and the rows in sight read.
    #[track_caller]
    pub fn settle(&mut self) {
        self.wait("a settled table", Self::is_settled);
    }

    fn is_settled(&self) -> bool {
        let Some(tab) = self.state().tab() else {
            return true;
        };
        let (Some(source), Some(view)) = (&tab.source, &tab.view) else {
            return false;
        };
        use timberline::engine::Phase;
        matches!(source.phase, Phase::Following | Phase::Lost(_))
            && view.complete
            && view.ticket >= tab.filter.ticket
            && view.generation == source.snapshot.generation
            && view.rows.records() == source.snapshot.len()
            && self.rows().iter().all(|row| row.label != "Loading")
            && view.rows.is_empty() == self.rows().is_empty()
    }

    /// Waits until this many of all records are shown, and their rows are there.
    #[track_caller]
    pub fn shows(&mut self, shown: u64, of: u64) {
        let count = if shown == of {
            format!("Showing all {}", grouped(of))
        } else {
            format!("Showing {} of {}", grouped(shown), grouped(of))
        };
        self.wait(&count, |window| window.says(&count) && window.is_settled());
    }

    /// The rows in sight, from top to bottom.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self
            .harness
            .query_all_by_role(Role::Row)
            .map(|node| {
                let inner = node.accesskit_node();
                Row {
                    label: inner.label().unwrap_or_default(),
                    index: inner.data().row_index().unwrap_or(usize::MAX),
                    selected: inner.is_selected().unwrap_or(false),
                    rect: node.rect(),
                }
            })
            .collect();
        rows.sort_by_key(|row| row.index);
        rows
    }

    /// The row in sight that says this.
    pub fn row(&self, words: &str) -> Option<Row> {
        self.rows()
            .into_iter()
            .find(|row| row.label.contains(words))
    }

    #[track_caller]
    pub fn wait_row(&mut self, words: &str) -> Row {
        self.wait(&format!("a row with {words:?}"), |window| {
            window.row(words).is_some()
        });
        self.row(words).unwrap()
    }

    /// The labels of the rows that are chosen.
    pub fn chosen(&self) -> Vec<String> {
        let rows = self.rows().into_iter();
        rows.filter(|row| row.selected)
            .map(|row| row.label)
            .collect()
    }

    #[track_caller]
    pub fn wait_chosen(&mut self, words: &str) {
        self.wait(
            &format!("{words:?} to be the chosen row"),
            |window| matches!(window.chosen().as_slice(), [one] if one.contains(words)),
        );
    }

    /// Whether anything on screen has these words in its name.
    pub fn says(&self, words: &str) -> bool {
        self.harness
            .query_all(by().label_contains(words).include_labels())
            .next()
            .is_some()
    }

    #[track_caller]
    pub fn wait_says(&mut self, words: &str) {
        self.wait(&format!("{words:?} on screen"), |window| window.says(words));
    }

    #[track_caller]
    pub fn wait_gone(&mut self, words: &str) {
        self.wait(&format!("{words:?} gone from the screen"), |window| {
            !window.says(words)
        });
    }

    /// Where the thing with exactly this name is.
    pub fn place(&self, name: &str) -> Option<Rect> {
        let mut nodes = self.harness.query_all(by().label(name).include_labels());
        nodes.next().map(|node| node.rect())
    }

    #[track_caller]
    pub fn wait_place(&mut self, name: &str) -> Rect {
        self.wait(&format!("{name:?} on screen"), |window| {
            window.place(name).is_some()
        });
        self.place(name).unwrap()
    }

    /// Where the thing of this role is whose name contains the words.
    #[track_caller]
    pub fn wait_role(&mut self, role: Role, words: &str) -> Rect {
        let find = |window: &Self| {
            let mut nodes = window
                .harness
                .query_all(by().role(role).label_contains(words).include_labels());
            nodes.next().map(|node| node.rect())
        };
        self.wait(&format!("a {role:?} with {words:?}"), |window| {
            find(window).is_some()
        });
        find(self).unwrap()
    }

    #[track_caller]
    pub fn click(&mut self, name: &str) {
        let place = self.wait_place(name);
        self.click_at(place.center(), PointerButton::Primary, Modifiers::NONE);
    }

    /// A click on the last thing of this name, where several have it.
    #[track_caller]
    pub fn click_last(&mut self, name: &str) {
        self.wait_place(name);
        let nodes = self.harness.query_all(by().label(name).include_labels());
        let place = nodes.last().map(|node| node.rect()).unwrap();
        self.click_at(place.center(), PointerButton::Primary, Modifiers::NONE);
    }

    #[track_caller]
    pub fn click_last_containing(&mut self, words: &str) {
        let nodes = self
            .harness
            .query_all(by().label_contains(words).include_labels());
        let place = nodes.last().map(|node| node.rect()).unwrap();
        self.click_at(place.center(), PointerButton::Primary, Modifiers::NONE);
    }

    #[track_caller]
    pub fn click_role(&mut self, role: Role, words: &str) {
        let place = self.wait_role(role, words);
        self.click_at(place.center(), PointerButton::Primary, Modifiers::NONE);
    }

    /// A click on a row, in its message.
    #[track_caller]
    pub fn click_row(&mut self, words: &str, button: PointerButton, modifiers: Modifiers) {
        let place = self.wait_row(words).rect;
        let at = place.left_center() + vec2(place.width() * 0.6, 0.0);
        self.click_at(at, button, modifiers);
    }

    pub fn click_at(&mut self, pos: Pos2, button: PointerButton, modifiers: Modifiers) {
        self.events([Event::ModifiersChanged(modifiers), Event::PointerMoved(pos)]);
        for pressed in [true, false] {
            self.events([Event::PointerButton {
                pos,
                button,
                pressed,
                modifiers,
            }]);
        }
        // Away from what was clicked, so that no tooltip covers it, and time passes before the next click.
        self.events([Event::ModifiersChanged(Modifiers::NONE), Event::PointerGone]);
        self.frame();
    }

    /// Drags from one place to another in a few frames.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.events([Event::PointerMoved(from)]);
        self.events([button(from, true)]);
        for share in [0.3, 0.7, 1.0] {
            self.events([Event::PointerMoved(from + (to - from) * share)]);
        }
        self.events([button(to, false)]);
        self.events([Event::PointerGone]);
    }

    /// Turns the wheel over the table; positive is up.
    pub fn wheel(&mut self, points: f32) {
        let at = self.rows().first().unwrap().rect.center();
        self.events([Event::PointerMoved(at)]);
        self.events([Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        }]);
        for _ in 0..6 {
            self.frame();
        }
        self.events([Event::PointerGone]);
    }

    /// A key without a modifier; letters come with their text, as from a keyboard.
    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        let text = text_of(key, modifiers).map(Event::Text);
        self.events(
            [Event::ModifiersChanged(modifiers), event(true)]
                .into_iter()
                .chain(text),
        );
        self.events([event(false), Event::ModifiersChanged(Modifiers::NONE)]);
    }

    pub fn ctrl(&mut self, key: Key) {
        self.press_with(Modifiers::COMMAND | Modifiers::CTRL, key);
    }

    pub fn ctrl_shift(&mut self, key: Key) {
        self.press_with(Modifiers::COMMAND | Modifiers::CTRL | Modifiers::SHIFT, key);
    }

    pub fn shift(&mut self, key: Key) {
        self.press_with(Modifiers::SHIFT, key);
    }

    /// Types into whatever has the keyboard, letter by letter.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.events([Event::Text(letter.to_string())]);
        }
    }

    /// Ctrl+C as the desktop sends it.
    /// Every text that is painted, with the colour of each of its stretches.
    pub fn painted(&self) -> Vec<(String, egui::Color32)> {
        fn texts(shape: &egui::Shape, out: &mut Vec<(String, egui::Color32)>) {
            match shape {
                egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, out)),
                egui::Shape::Text(text) => {
                    let job = &text.galley.job;
                    out.extend(job.sections.iter().map(|section| {
                        let range = section.byte_range.start.0..section.byte_range.end.0;
                        let part = job.text.get(range).unwrap().to_owned();
                        (part, section.format.color)
                    }));
                }
                _ => {}
            }
        }
        let mut out = Vec::new();
        for clipped in &self.harness.output().shapes {
            texts(&clipped.shape, &mut out);
        }
        out
    }

    pub fn copy(&mut self) {
        self.events([Event::Copy]);
    }

    #[track_caller]
    pub fn wait_copied(&mut self) -> String {
        let before = self.copied.len();
        self.copy();
        self.wait("copied text", |window| window.copied.len() > before);
        self.copied.last().cloned().unwrap()
    }

    /// Chooses an entry of a menu of the top bar.
    #[track_caller]
    pub fn menu(&mut self, entries: &[&str]) {
        for entry in entries {
            self.click_role(Role::Button, entry);
        }
    }

    /// Leaves as a user does: what is to be kept is on disk afterwards.
    pub fn quit(mut self) {
        eframe::App::on_exit(self.harness.state_mut(), None);
    }

    /// Every name on screen, for a failed test.
    pub fn describe(&self) -> String {
        let mut names: Vec<String> = self
            .harness
            .query_all(by().predicate(|_| true))
            .filter_map(|node| {
                let inner = node.accesskit_node();
                let name = inner.label().or_else(|| inner.value())?;
                Some(format!("{:?} {name:?}", inner.role()))
            })
            .collect();
        names.truncate(150);
        names.join("\n")
    }
}

/// A row in sight.
#[derive(Debug, Clone)]
pub struct Row {
    pub label: String,
    pub index: usize,
    pub selected: bool,
    pub rect: Rect,
}

/// The text that a key types on a US keyboard.
fn text_of(key: Key, modifiers: Modifiers) -> Option<String> {
    if modifiers.command || modifiers.ctrl || modifiers.alt {
        return None;
    }
    let name = key.symbol_or_name();
    let typed = match key {
        Key::Slash => "/",
        Key::Questionmark => "?",
        Key::Space => " ",
        _ if name.chars().count() == 1 && name.chars().all(|c| c.is_ascii_alphanumeric()) => name,
        _ => return None,
    };
    Some(if modifiers.shift {
        typed.to_uppercase()
    } else {
        typed.to_lowercase()
    })
}

/// 1234567 as "1,234,567".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// One line of the logs that most tests read; `number` makes its time and message.
pub fn line(number: u64, level: &str, logger: &str, words: &str) -> String {
    let (second, milli) = (number / 10, number % 10 * 100);
    format!(
        "2026-11-22 {:02}:{:02}:{:02},{milli:03} {level} [{logger}] {words} no {number:05}\n",
        10 + second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// `count` calm lines of one logger.
pub fn lines(numbers: std::ops::Range<u64>) -> String {
    numbers
        .map(|number| line(number, "INFO", "app.web", "request served"))
        .collect()
}
