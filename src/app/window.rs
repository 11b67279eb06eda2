//! The application as eframe sees it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Ui, ViewportCommand, ViewportId};

use super::drain::drain;
use super::frame::WindowPanels;
use super::launch::Wake;
use super::panics;
use super::reduce::leave;
use super::session::window_place;
use super::sight::Sight;
use super::single::Handed;
use super::state::State;
use super::sync;
use super::tab::Tab;
use super::turn::turn;
use crate::base::panics::{Panicked, catch};
use crate::settings::session::{Session, WindowPlace};
use crate::ui::action::Leaving;
use crate::ui::panels::broken::{self, Answer, BrokenModel};
use crate::ui::widgets::number;

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
    /// The window filled the screen last time, and does not yet.
    pub(super) was_maximized: bool,
    pub(super) saved: Instant,
    pub(super) session: Session,
    pub(super) shown_title: String,
    /// When the program started, until that is known to have succeeded.
    pub(super) starting: Option<Instant>,
    /// What the window broke at, while it shows nothing else.
    pub(super) broken: Option<Broken>,
    /// What later starts hand over.
    pub(super) handed: Option<Handed>,
    /// Asks the windows for frames.
    pub(super) wake: Arc<Wake>,
    /// Looks after windows that were opened at a place.
    pub(super) sight: Sight,
    /// What the desktop calls the windows, if not as usual.
    pub(super) class: Option<String>,
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

    /// Saves the session when it changed, at most every two seconds.
    fn save_session(&mut self, ctx: &Context) {
        self.place = window_place(ctx, self.place).or(self.place);
        let due = self.saved.elapsed() >= SESSION_AFTER;
        if self.state.session_dirty && due {
            self.save_session_now();
        } else if self.state.session_dirty {
            ctx.request_repaint_after(SESSION_AFTER);
        }
    }

    /// Fills the screen as the window did last time. Some desktops hear that only of a window that is shown.
    fn fill_screen(&mut self, ctx: &Context) {
        let shown = ctx.cumulative_frame_nr() > 1;
        if shown && std::mem::take(&mut self.was_maximized) {
            ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
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
        if turn(ui, &mut self.state, &mut self.panels) {
            self.repaint_own_windows(ctx);
        }
        sync::lead(&mut self.state);
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
    pub(super) fn broke(&mut self, panicked: &Panicked, ctx: &Context) {
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

    /// Whether the window shows what it broke at, and nothing else.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.as_ref().is_some_and(|broken| broken.shown)
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

    /// The desktop wants the window to be closed: where that ends an export, the user is asked first.
    fn asked_to_close(&mut self, ctx: &Context) {
        let asked = ctx.input_for(ViewportId::ROOT, |input| input.viewport().close_requested());
        if asked && !self.state.quit && leave::ask(&mut self.state, Leaving::Program) {
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::CancelClose);
            ctx.request_repaint();
        }
    }

    fn title(&self) -> String {
        let Some(shown) = self.state.tab() else {
            return "Timberline".to_owned();
        };
        let name = shown.name();
        // Seen in the task bar while another window is in front.
        match self.state.main_tabs().map(|tab| tab.unseen_errors).sum() {
            0_u64 => format!("{name} \u{2013} Timberline"),
            // They are not in the log that is shown.
            errors if shown.unseen_errors == 0 => {
                let worst = self.state.main_tabs().max_by_key(|tab| tab.unseen_errors);
                format!(
                    "({}) {} \u{2013} Timberline",
                    number::counted(errors, "new error"),
                    worst.map_or(name, Tab::name)
                )
            }
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

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        if self.is_broken() {
            self.broken_page(ui, &ctx);
        } else if let Err(panicked) = catch(|| self.frame(ui, &ctx)) {
            self.broke(&panicked, &ctx);
        } else {
            self.asked_to_close(&ctx);
        }
        self.fill_screen(&ctx);
        self.show_own_windows(&ctx);
        self.sight.look(&ctx, frame);
        self.note_start(&ctx);
        if self.state.quit {
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Close);
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
