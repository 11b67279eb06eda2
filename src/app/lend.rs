//! How the windows of logs of their own get at the state: each is painted by itself, whether the main window is or not
//! (on some desktops a window that is hidden is not), and all of them on one thread.

use std::cell::Cell;

use eframe::{App, Frame};
use egui::{Context, Ui};

use super::window::LogApp;

thread_local! {
    /// The program, while the main window does not have its turn.
    static LENT: Cell<Option<Box<LogApp>>> = const { Cell::new(None) };
}

/// The main window as eframe sees it: between its turns the program lies where the other windows find it.
pub struct Lender {
    /// Empty between turns.
    app: Option<Box<LogApp>>,
}

impl Lender {
    /// Lends the program out.
    #[must_use]
    pub fn new(app: LogApp) -> Self {
        Self {
            app: Some(Box::new(app)),
        }
    }

    fn turn(&mut self, turn: impl FnOnce(&mut LogApp)) {
        self.app = self.app.take().or_else(|| LENT.take());
        if let Some(app) = &mut self.app {
            turn(app);
        }
        LENT.set(self.app.take());
    }
}

impl App for Lender {
    fn logic(&mut self, ctx: &Context, frame: &mut Frame) {
        self.turn(|app| app.logic(ctx, frame));
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut Frame) {
        self.turn(|app| app.ui(ui, frame));
    }

    fn on_exit(&mut self, gl: Option<&eframe::glow::Context>) {
        self.turn(|app| app.on_exit(gl));
        // Its threads end before the process does.
        drop(LENT.take());
    }
}

/// Lets another window have its turn.
pub fn borrow(turn: impl FnOnce(&mut LogApp)) {
    if let Some(mut app) = LENT.take() {
        turn(&mut app);
        LENT.set(Some(app));
    }
}
