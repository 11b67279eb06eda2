//! The application as eframe sees it.

use std::time::{Duration, Instant};

use egui::{Context, Ui, ViewportCommand};

use super::commands;
use super::drain::drain;
use super::frame::{self, WindowPanels};
use super::panics;
use super::reduce::reduce;
use super::session::window_place;
use super::single::Handed;
use super::state::State;
use super::tab::Tab;
use crate::base::panics::{Panicked, catch};
use crate::settings::session::{Session, WindowPlace};
use crate::ui::action::Action;
use crate::ui::keys::{self, Focus};
use crate::ui::panels::broken::{self, Answer, BrokenModel};
use crate::ui::widgets::{number, splitter};

/// How long the session may wait before it is saved.
const SESSION_AFTER: Duration = Duration::from_secs(2);

/// A start after which the program is still there so long later has succeeded.
const STARTED_AFTER: Duration = Duration::from_secs(10);

/// Internal errors of the window that follow each other so closely have one reason.
const IN_A_ROW: Duration = Duration::from_secs(10);

/// So many of them, and the logs are offered to be closed.
const MANY_ERRORS: u32 = 3;

/// The window.
pub struct LogApp {
    pub(super) state: State,
    pub(super) panels: WindowPanels,
    pub(super) place: Option<WindowPlace>,
    pub(super) saved: Instant,
    pub(super) session: Session,
    pub(super) shown_title: String,
    /// When the program started, until that is known to have succeeded.
    pub(super) starting: Option<Instant>,
    /// What the window broke at, while it shows nothing else.
    pub(super) broken: Option<Broken>,
    /// What later starts hand over.
    pub(super) handed: Option<Handed>,
}

/// An internal error of the window itself.
#[derive(Debug)]
pub(super) struct Broken {
    what: String,
    at: Instant,
    /// How many there were in a row.
    count: u32,
    /// The page that says so is shown.
    shown: bool,
}

impl LogApp {
    /// The state, for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Who has the keyboard.
    fn keyboard(&self, ctx: &Context) -> Focus {
        let tab = self.state.tab();
        if self.state.dialogs.captures_keys() {
            Focus::Capture
        } else if self.state.dialogs.is_open() {
            Focus::Dialog
        } else if tab.is_some_and(|tab| tab.find.open && tab.find.has_keyboard) {
            Focus::FindBox
        } else if keys::typing(ctx) {
            Focus::Text
        } else if tab.is_some_and(|tab| tab.loggers.has_keyboard) {
            Focus::Tree
        } else if ctx.memory(egui::Memory::focused).is_some()
            && tab.is_none_or(|tab| !tab.table.has_keyboard)
        {
            Focus::Widget
        } else {
            Focus::Table
        }
    }

    fn carry_out_keys(&mut self, ctx: &Context) {
        let focus = self.keyboard(ctx);
        for text in keys::pasted(ctx, focus) {
            reduce(&mut self.state, ctx, Action::OpenText(text));
        }
        for command in keys::pressed(ctx, focus) {
            if let Some(action) = commands::action(&self.state, command) {
                reduce(&mut self.state, ctx, action);
            }
        }
    }

    /// Opens what later starts handed over, and comes to the front.
    fn open_handed(&mut self, ctx: &Context) {
        let Some(handed) = &self.handed else { return };
        for paths in handed.try_iter() {
            for path in paths {
                self.state.open(&path, None);
            }
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
    }

    fn open_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| {
            let paths = input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_path_buf());
            paths.collect::<Vec<_>>()
        });
        for path in dropped {
            self.state.open(&path, None);
        }
    }

    /// Saves the session when it changed, at most every two seconds.
    fn save_session(&mut self, ctx: &Context) {
        self.place = window_place(ctx).or(self.place);
        let due = self.saved.elapsed() >= SESSION_AFTER;
        if self.state.session_dirty && due {
            self.save_session_now();
        } else if self.state.session_dirty {
            ctx.request_repaint_after(SESSION_AFTER);
        }
    }

    fn save_session_now(&mut self) {
        if self.state.held_back.is_some() && self.state.tabs.is_empty() {
            // Not opened and not given up.
            return;
        }
        let session = self.state.session(self.place);
        if session != self.session {
            self.state.keeper.save_session(session.clone());
            self.session = session;
        }
        self.state.session_dirty = false;
        self.saved = Instant::now();
    }

    /// Notes that the start succeeded, after a while.
    fn note_start(&mut self, ctx: &Context) {
        let Some(since) = self.starting.map(|since| since.elapsed()) else {
            return;
        };
        match STARTED_AFTER.checked_sub(since) {
            Some(left) if !left.is_zero() => ctx.request_repaint_after(left),
            _ => {
                self.state.keeper.started();
                self.starting = None;
            }
        }
    }

    /// A frame of the window.
    fn frame(&mut self, ui: &mut Ui, ctx: &Context) {
        keys::use_keymap(&self.state.keymap);
        self.open_dropped(ctx);
        splitter::take_keys(ctx);
        self.carry_out_keys(ctx);
        commands::focus(&mut self.state);
        let actions = frame::show(ui, &mut self.state, &mut self.panels);
        for action in actions {
            reduce(&mut self.state, ctx, action);
        }
        self.show_title(ctx);
        self.save_session(ctx);
    }

    fn show_title(&mut self, ctx: &Context) {
        let title = self.title();
        if title != self.shown_title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.shown_title = title;
        }
    }

    /// An internal error ends neither the program nor what was read: the next frame says so and asks what to do.
    fn broke(&mut self, panicked: &Panicked, ctx: &Context) {
        let before = self.broken.take();
        let count = before
            .filter(|before| before.at.elapsed() < IN_A_ROW)
            .map_or(0, |before| before.count);
        self.broken = Some(Broken {
            what: panics::in_short(panicked),
            at: Instant::now(),
            count: count + 1,
            shown: true,
        });
        ctx.request_repaint();
    }

    fn broken_page(&mut self, ui: &mut Ui, ctx: &Context) {
        let Some(broken) = self.broken.as_mut().filter(|broken| broken.shown) else {
            return;
        };
        let model = BrokenModel {
            what: broken.what.clone(),
            report: self
                .state
                .keeper
                .state_folder()
                .map(|folder| folder.display().to_string()),
            close_logs: broken.count >= MANY_ERRORS && !self.state.tabs.is_empty(),
        };
        match broken::show(ui, &model) {
            None => return,
            Some(Answer::GoOn) => broken.shown = false,
            Some(Answer::CloseLogs) => {
                broken.shown = false;
                self.state.close_all();
            }
            Some(Answer::Quit) => self.state.quit = true,
        }
        ctx.request_repaint();
    }

    fn title(&self) -> String {
        let Some(name) = self.state.tab().map(Tab::name) else {
            return "Timberline".to_owned();
        };
        // Seen in the task bar while another window is in front.
        match self.state.tabs.iter().map(|tab| tab.unseen_errors).sum() {
            0_u64 => format!("{name} \u{2013} Timberline"),
            errors => format!(
                "({}) {name} \u{2013} Timberline",
                number::counted(errors, "new error")
            ),
        }
    }
}

impl eframe::App for LogApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        if let Err(panicked) = catch(|| drain(&mut self.state, ctx)) {
            self.broke(&panicked, ctx);
        }
        // Also while the window is minimised.
        self.open_handed(ctx);
        self.show_title(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        if self.broken.as_ref().is_some_and(|broken| broken.shown) {
            self.broken_page(ui, &ctx);
        } else if let Err(panicked) = catch(|| self.frame(ui, &ctx)) {
            self.broke(&panicked, &ctx);
        }
        self.note_start(&ctx);
        if self.state.quit {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.state.engine.stop_exports();
        self.save_session_now();
        self.state.keeper.note("ended");
        self.state.keeper.started();
        // What does not end in time ends with the process.
        self.state.engine.close_all();
    }
}
