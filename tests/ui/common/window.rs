//! The window of a test: what it shows, and waiting until it shows something.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, OutputCommand, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use timberline::app::{LogApp, Picked, State, Tab};
use timberline::ui::keys;

use super::desk::Answers;
use super::{DEADLINE, grouped};

/// The window, and what it handed to the desktop.
pub struct Window {
    pub harness: Harness<'static, LogApp>,
    pub(super) answers: Arc<Answers>,
    /// Every text that was copied.
    pub copied: Vec<String>,
    /// Every address that was given to the browser.
    pub opened: Vec<String>,
}

impl Window {
    pub fn state(&self) -> &State {
        self.harness.state().state()
    }

    /// Names of the tabs, from left to right.
    pub fn tab_names(&self) -> Vec<String> {
        self.state().tabs.iter().map(Tab::name).collect()
    }

    pub fn tab(&self) -> &Tab {
        self.state().tab().unwrap()
    }

    /// What the next file dialog will answer.
    pub fn will_pick(&self, picked: Picked) {
        self.answers.0.lock().unwrap().push_back(picked);
    }

    /// These events since the last frame, in as many frames as the keys among them need.
    pub fn events(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.step();
        while keys::waiting(&self.harness.ctx) {
            self.step();
        }
    }

    fn step(&mut self) {
        self.harness.step();
        // Whatever can be acted on can be named by a screen reader.
        self.harness.check_accessibility();
        let commands = &self.harness.output().platform_output.commands;
        self.copied
            .extend(commands.iter().filter_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            }));
        self.opened
            .extend(commands.iter().filter_map(|command| match command {
                OutputCommand::OpenUrl(open) => Some(open.url.clone()),
                _ => None,
            }));
    }

    /// Gives the window the keyboard, or takes it away.
    pub fn focus(&mut self, focused: bool) {
        self.harness.input_mut().focused = focused;
        self.events([Event::WindowFocused(focused)]);
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
                    value: inner.value().unwrap_or_default(),
                    note: inner.data().description().unwrap_or_default().to_owned(),
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

    /// Ctrl+C as the desktop sends it.
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
    /// All lines of its message, if it has several.
    pub value: String,
    pub note: String,
    pub index: usize,
    pub selected: bool,
    pub rect: Rect,
}
