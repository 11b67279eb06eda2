//! The desktop's windows for logs of their own, and a frame of one.

use egui::{Context, Ui, ViewportCommand, ViewportId};

use super::drain::drain;
use super::launch::viewport;
use super::lend;
use super::own_window::viewport_id;
use super::session::window_place;
use super::sync;
use super::tab::Tab;
use super::turn::turn;
use super::window::LogApp;
use crate::base::panics::catch;
use crate::ui::action::TabId;
use crate::ui::widgets::number;

impl LogApp {
    /// Shows a window for each log that has one of its own. To be called in every frame of the main window, or they go.
    pub(super) fn show_own_windows(&mut self, ctx: &Context) {
        if let Some(next) = self.state.shown_next.take() {
            self.state.show(next);
            bring_main(ctx);
        }
        let ids: Vec<TabId> = self.state.own_windows().map(|(id, _)| id).collect();
        self.wake.set_others(ids.iter().map(|id| viewport_id(*id)));
        for id in ids {
            let Some(tab) = self.state.tab_of_mut(id) else {
                continue;
            };
            let window = viewport_id(id);
            let place = tab.window.as_ref().map(|own| own.opened_at);
            let was_shown =
                { tab.window.as_mut() }.map(|own| std::mem::replace(&mut own.shown, true));
            if let Some(place) = place.filter(|_| was_shown == Some(false)) {
                self.sight.watch(window, &place);
            }
            let builder = viewport(place, self.class.as_deref()).with_title(title(tab));
            if let Some(own) = &mut tab.window
                && std::mem::take(&mut own.raise)
            {
                ctx.send_viewport_cmd_to(window, ViewportCommand::Minimized(false));
                ctx.send_viewport_cmd_to(window, ViewportCommand::Focus);
            }
            if ctx.embed_viewports() {
                ctx.show_viewport_immediate(window, builder, |ui, _| self.own_turn(ui, id));
            } else {
                ctx.show_viewport_deferred(window, builder, move |ui, _| {
                    lend::borrow(|app| app.own_frame(ui, id));
                });
            }
        }
    }

    /// What one window changed, another may show.
    pub(super) fn repaint_own_windows(&self, ctx: &Context) {
        for (id, _) in self.state.own_windows() {
            ctx.request_repaint_of(viewport_id(id));
        }
    }

    /// A frame of the window of a log of its own.
    fn own_frame(&mut self, ui: &mut Ui, id: TabId) {
        let ctx = ui.ctx().clone();
        let has_window = self
            .state
            .tab_of(id)
            .is_some_and(|tab| tab.window.is_some());
        if ctx.input(|input| input.viewport().close_requested()) {
            self.state.move_back(id);
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Minimized(false));
            ctx.request_repaint_of(ViewportId::ROOT);
        } else if has_window && !self.is_broken() {
            if let Err(panicked) = catch(|| drain(&mut self.state, &ctx)) {
                self.broke(&panicked, &ctx);
            }
            self.own_turn(ui, id);
        }
        let gone = self.state.tab_of(id).is_none_or(|tab| tab.window.is_none());
        if gone {
            // The main window takes it away, which may be hidden.
            ctx.send_viewport_cmd(ViewportCommand::Visible(false));
        }
    }

    fn own_turn(&mut self, ui: &mut Ui, id: TabId) {
        let ctx = ui.ctx().clone();
        let focused = ctx.input(|input| input.focused);
        let state = &mut self.state;
        if let Some(own) = state.tab_of_mut(id).and_then(|tab| tab.window.as_mut()) {
            own.had_focus = focused;
            let told = window_place(&ctx, Some(own.place)).filter(|_| !ctx.embed_viewports());
            let place = told.unwrap_or(own.place);
            let moved = place != own.place;
            own.place = place;
            if moved {
                state.session_changed();
                // Which saves it.
                ctx.request_repaint_of(ViewportId::ROOT);
            }
        }
        let done = state.in_window(id, |state, panels| turn(ui, state, panels));
        sync::lead(state);
        match done {
            None | Some(Ok(false)) => {}
            Some(Ok(true)) => {
                ctx.request_repaint_of(ViewportId::ROOT);
                self.repaint_own_windows(&ctx);
            }
            Some(Err(panicked)) => {
                self.broke(&panicked, &ctx);
                // Which says so, and asks what to do.
                bring_main(&ctx);
            }
        }
    }
}

/// Brings the main window to the front.
fn bring_main(ctx: &Context) {
    for command in [ViewportCommand::Minimized(false), ViewportCommand::Focus] {
        ctx.send_viewport_cmd_to(ViewportId::ROOT, command);
    }
    ctx.request_repaint_of(ViewportId::ROOT);
}

/// Seen in the task bar while another window is in front.
fn title(tab: &Tab) -> String {
    let name = tab.name();
    match tab.unseen_errors {
        0 => format!("{name} \u{2013} Timberline"),
        errors => format!(
            "({}) {name} \u{2013} Timberline",
            number::counted(errors, "new error")
        ),
    }
}
