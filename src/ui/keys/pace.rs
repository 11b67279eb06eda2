//! The pace of the keyboard: a frame has one key press, however many came since the last.
//!
//! On a loaded machine or over a slow remote desktop, Ctrl+L, Down and Enter come in one frame. egui would judge each
//! of them by what had the keyboard before the first, and a list that has just got it cannot have said yet that arrows
//! are its own: they would go on to a button. So what follows a press waits until that has had its effect. What cannot
//! move the keyboard stays together: the repeats of a key that is held down, and what is typed into a text box.

use std::collections::HashMap;

use egui::{Context, Event, FullOutput, Id, Modifiers, Plugin, RawInput, Ui, ViewportId};

use super::input::is_modifier;
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
    /// What is still held of the modifiers that were let go in the last frame.
    let_go: Option<Modifiers>,
    /// What had the keyboard at the end of the last frame, and of the one before.
    focused: [Option<Id>; 2],
    typing: bool,
}

impl Pace {
    fn waits(&self) -> bool {
        self.windows.values().any(Window::waits)
    }
}

impl Window {
    fn waits(&self) -> bool {
        self.strokes.waits() || self.let_go.is_some()
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
        let mut events = Vec::new();
        events.extend(window.let_go.take().map(Event::ModifiersChanged));
        events.extend(window.strokes.next(new, keyboard));
        window.let_go = hold(&mut events);
        input.events = events;
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        if { self.windows.get(&self.current) }.is_some_and(Window::waits) {
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

/// Has modifiers that are let go within a frame stay down until its end, for whoever asks what is down while a key or a
/// button is pressed; what is still held then.
fn hold(events: &mut Vec<Event>) -> Option<Modifiers> {
    let pressed = events
        .iter()
        .rposition(|event| pressed_with(event).is_some())?;
    let (upto, after) = events.split_at(pressed + 1);
    let held = after.iter().rev().find_map(|event| match event {
        Event::ModifiersChanged(modifiers) => Some(*modifiers),
        _ => None,
    })?;
    let meant = upto.last().and_then(pressed_with)?;
    events.push(Event::ModifiersChanged(meant));
    Some(held)
}

/// The modifiers that were down when a key that is none was pressed, or a button of the pointer did something.
fn pressed_with(event: &Event) -> Option<Modifiers> {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } if !is_modifier(*key) => Some(*modifiers),
        Event::PointerButton { modifiers, .. } => Some(*modifiers),
        _ => None,
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

#[cfg(test)]
mod tests {
    use egui::Key;

    use super::*;

    #[test]
    fn a_modifier_that_is_let_go_at_once_is_down_in_its_frame() {
        let key = |pressed, modifiers| Event::Key {
            key: Key::ArrowRight,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        let (shift, none) = (Modifiers::SHIFT, Modifiers::NONE);
        let down = |modifiers| Event::ModifiersChanged(modifiers);
        for (events, held, last) in [
            // All of it in one frame, and its end alone.
            (
                vec![down(shift), key(true, shift), key(false, shift), down(none)],
                Some(none),
                Some(down(shift)),
            ),
            (
                vec![key(true, shift), down(none)],
                Some(none),
                Some(down(shift)),
            ),
            // What is held on, and what is only let go.
            (
                vec![down(shift), key(true, shift)],
                None,
                Some(key(true, shift)),
            ),
            (vec![down(none)], None, Some(down(none))),
            (vec![], None, None),
        ] {
            let mut seen = events.clone();
            assert_eq!(hold(&mut seen), held, "{events:?}");
            assert_eq!(seen.last(), last.as_ref(), "{events:?}");
        }
    }
}
