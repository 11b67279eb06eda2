//! What a user does with mouse and keyboard.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::{Queryable as _, by};

use super::Window;

impl Window {
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
        self.drag_with(Modifiers::NONE, from, to);
    }

    pub fn drag_with(&mut self, modifiers: Modifiers, from: Pos2, to: Pos2) {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        };
        self.events([
            Event::ModifiersChanged(modifiers),
            Event::PointerMoved(from),
        ]);
        self.events([button(from, true)]);
        for share in [0.3, 0.7, 1.0] {
            self.events([Event::PointerMoved(from + (to - from) * share)]);
        }
        self.events([button(to, false)]);
        self.events([Event::ModifiersChanged(Modifiers::NONE), Event::PointerGone]);
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
        let mut events: Vec<Event> = stroke(modifiers, key).collect();
        let released = events.split_off(events.len() - 2);
        self.events(events);
        self.events(released);
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

    /// Chooses an entry of a menu of the top bar.
    #[track_caller]
    pub fn menu(&mut self, entries: &[&str]) {
        for entry in entries {
            self.click_role(Role::Button, entry);
        }
    }
}

/// The events of a key that is pressed and let go; the last two are of the latter.
pub fn stroke(modifiers: Modifiers, key: Key) -> impl Iterator<Item = Event> {
    let event = move |pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    let text = text_of(key, modifiers).map(Event::Text);
    let pressed = [Event::ModifiersChanged(modifiers), event(true)].into_iter();
    let released = [event(false), Event::ModifiersChanged(Modifiers::NONE)];
    pressed.chain(text).chain(released)
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
