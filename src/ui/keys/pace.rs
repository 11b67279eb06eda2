//! The pace of the keyboard: a frame has one key press, however many came since the last.
//!
//! On a loaded machine or over a slow remote desktop, Ctrl+L, Down and Enter come in one frame. egui would judge each
//! of them by what had the keyboard before the first, and a list that has just got it cannot have said yet that arrows
//! are its own: they would go on to a button. So what follows a press waits until that has had its effect. What cannot
//! move the keyboard stays together: the repeats of a key that is held down, and what is typed into a text box.

use std::collections::HashMap;

use egui::{Context, FullOutput, Id, Plugin, RawInput, Ui, ViewportId};

use super::strokes::{Keyboard, Strokes};

/// The windows, each with what waits for it.
#[derive(Debug, Default)]
struct Pace {
    windows: HashMap<ViewportId, Window>,
    /// The one whose frame it is.
    current: ViewportId,
}

#[derive(Debug, Default)]
struct Window {
    strokes: Strokes,
    /// What had the keyboard at the end of the last frame, and of the one before.
    focused: [Option<Id>; 2],
    typing: bool,
}

impl Pace {
    fn waits(&self) -> bool {
        self.windows.values().any(|window| window.strokes.waits())
    }
}

impl Plugin for Pace {
    fn debug_name(&self) -> &'static str {
        "Pace"
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        self.current = input.viewport_id;
        { &mut self.windows }
            .retain(|id, _| *id == input.viewport_id || input.viewports.contains_key(id));
        let window = self.windows.entry(self.current).or_default();
        let [last, before] = window.focused;
        let keyboard = Keyboard {
            settled: last == before,
            typing: window.typing,
        };
        let new = std::mem::take(&mut input.events);
        input.events = window.strokes.next(new, keyboard);
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        if { self.windows.get(&self.current) }.is_some_and(|window| window.strokes.waits()) {
            ui.ctx().request_repaint();
        }
    }

    fn output_hook(&mut self, ctx: &Context, _output: &mut FullOutput) {
        let Some(window) = self.windows.get_mut(&self.current) else {
            return;
        };
        let [last, _] = window.focused;
        window.focused = [ctx.memory(egui::Memory::focused), last];
        window.typing = ctx.text_edit_focused();
    }
}

/// Keeps the pace from now on. To be called once.
pub fn keep_pace(ctx: &Context) {
    ctx.add_plugin(Pace::default());
}

/// Whether keys that were pressed wait for the next frame of any window.
#[must_use]
pub fn waiting(ctx: &Context) -> bool {
    ctx.plugin_opt::<Pace>()
        .is_some_and(|pace| pace.lock().waits())
}
