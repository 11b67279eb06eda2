//! The events of a keyboard in the order in which they came, and which of them one frame may have.

use std::collections::{HashSet, VecDeque};

use egui::{Event, Key, Modifiers};

/// What somebody did that may move the keyboard or open something, so that what follows it means something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stroke {
    /// A key, and what was held with it.
    Key(Key, Modifiers),
    /// A letter or the like that goes into the text box with the keyboard.
    Typed,
    /// A text without a key while no text box has the keyboard.
    Text,
    /// Cut, copy or paste.
    Clipboard,
    /// A mouse button, or what a screen reader asked for.
    Pointer,
}

/// What the last frame left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Keyboard {
    /// What has the keyboard had it a frame ago too, and has said which keys are its own.
    pub settled: bool,
    /// That is a text box.
    pub typing: bool,
}

/// Events that wait for their frame.
#[derive(Debug, Default)]
pub(super) struct Strokes {
    held: VecDeque<Event>,
    /// Keys that are down, after the events that had their frame.
    down: HashSet<Key>,
    /// What the last frame had.
    before: Option<Stroke>,
    /// Frames for which the first of those held has waited.
    waited: u8,
}

/// So many frames a key waits at most, should what has the keyboard never settle.
const PATIENCE: u8 = 4;
/// With more events waiting than this, the same key again is one with the last, however it was pressed: who holds
/// a key down over a remote desktop that sends presses and releases wants to stop where he lets go.
const CROWD: usize = 48;

impl Strokes {
    /// Whether there is more for the next frame.
    pub fn waits(&self) -> bool {
        !self.held.is_empty()
    }

    /// What the next frame is to have, after `new` came.
    pub fn next(&mut self, new: Vec<Event>, keyboard: Keyboard) -> Vec<Event> {
        self.held.extend(new);
        let mut out = Vec::new();
        let mut now = None;
        while let Some(event) = self.held.pop_front() {
            let stroke = stroke_of(&event, out.last(), keyboard.typing);
            if let Some(stroke) = stroke {
                let may = match now {
                    None => self.may_begin(stroke, keyboard),
                    Some(now) => now == stroke && self.goes_on(stroke),
                };
                if !may {
                    self.held.push_front(event);
                    break;
                }
                now = Some(stroke);
            }
            self.note(&event);
            out.push(event);
        }
        self.waited = match self.waits() && now.is_none() {
            true => self.waited + 1,
            false => 0,
        };
        self.before = now;
        out
    }

    /// Whether a frame may have this first.
    fn may_begin(&self, stroke: Stroke, keyboard: Keyboard) -> bool {
        let rested = match self.before {
            None | Some(Stroke::Pointer) => true,
            Some(before) => before == stroke && self.leaves_it(stroke),
        };
        // What is clicked is found by its place.
        stroke == Stroke::Pointer || (rested && keyboard.settled) || self.waited >= PATIENCE
    }

    /// Whether after this the same again means the same, where it did not move the keyboard.
    fn leaves_it(&self, stroke: Stroke) -> bool {
        match stroke {
            Stroke::Key(key, _) => goes_by_steps(key) || self.goes_on(stroke),
            other => self.goes_on(other),
        }
    }

    /// Whether a frame may have this once more.
    fn goes_on(&self, stroke: Stroke) -> bool {
        match stroke {
            Stroke::Key(key, _) => self.down.contains(&key) || self.held.len() >= CROWD,
            Stroke::Typed | Stroke::Text | Stroke::Pointer => true,
            Stroke::Clipboard => false,
        }
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Key { key, pressed, .. } => {
                if *pressed {
                    self.down.insert(*key);
                } else {
                    self.down.remove(key);
                }
            }
            // Releases go to another window now.
            Event::WindowFocused(false) => self.down.clear(),
            _ => {}
        }
    }
}

/// `before` is what the same frame has right before it.
fn stroke_of(event: &Event, before: Option<&Event>, typing: bool) -> Option<Stroke> {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } if !super::input::is_modifier(*key) => Some(match typing && types(*key, *modifiers) {
            true => Stroke::Typed,
            false => Stroke::Key(*key, *modifiers),
        }),
        Event::Text(_) if typing => Some(Stroke::Typed),
        // A key's text follows its press at once.
        Event::Text(_) => {
            let echo = matches!(before, Some(Event::Key { pressed: true, .. }));
            (!echo).then_some(Stroke::Text)
        }
        Event::Ime(_) => Some(match typing {
            true => Stroke::Typed,
            false => Stroke::Text,
        }),
        Event::Copy | Event::Cut | Event::Paste(_) | Event::PasteImage(_) => {
            Some(Stroke::Clipboard)
        }
        Event::PointerButton { .. }
        | Event::MiddleClickPaste { .. }
        | Event::Touch { .. }
        | Event::AccessKitActionRequest(_) => Some(Stroke::Pointer),
        _ => None,
    }
}

/// Whether a key goes on in a list, and does not choose or open something.
fn goes_by_steps(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowUp
            | Key::ArrowDown
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::PageUp
            | Key::PageDown
    )
}

/// Whether a key stays in the text box that it is pressed in.
fn types(key: Key, modifiers: Modifiers) -> bool {
    let leads_out = matches!(
        key,
        Key::Enter
            | Key::Tab
            | Key::Escape
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::PageUp
            | Key::PageDown
            | Key::Home
            | Key::End
    ) || (Key::F1..=Key::F35).contains(&key);
    let chord = modifiers.command || modifiers.ctrl || modifiers.alt || modifiers.mac_cmd;
    !leads_out && !chord
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::PointerButton;

    const TABLE: Keyboard = Keyboard {
        settled: true,
        typing: false,
    };
    const BOX: Keyboard = Keyboard {
        settled: true,
        typing: true,
    };
    const NEW: Keyboard = Keyboard {
        settled: false,
        typing: false,
    };

    fn key(key: Key, pressed: bool, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        }
    }

    /// Pressed, with the text of a letter, and let go.
    fn stroke(which: Key) -> Vec<Event> {
        let name = which.name();
        let text = (name.len() == 1).then(|| Event::Text(name.to_lowercase()));
        let press = [key(which, true, Modifiers::NONE)].into_iter();
        press
            .chain(text)
            .chain([key(which, false, Modifiers::NONE)])
            .collect()
    }

    fn strokes(keys: &[Key]) -> Vec<Event> {
        keys.iter().flat_map(|key| stroke(*key)).collect()
    }

    fn click(pressed: bool) -> Event {
        Event::PointerButton {
            pos: egui::pos2(5.0, 5.0),
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    /// What is pressed in a frame, in short.
    fn short(events: &[Event]) -> String {
        let of = |event: &Event| match event {
            Event::Key { key, pressed, .. } => pressed.then(|| key.name().to_owned()),
            Event::Text(text) => Some(format!("'{text}'")),
            Event::Paste(_) => Some("paste".to_owned()),
            Event::PointerButton { pressed: true, .. } => Some("click".to_owned()),
            _ => None,
        };
        { events.iter().filter_map(of) }
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// All frames that it takes; `keyboard` by the number of the frame.
    fn frames(events: &[Event], keyboard: impl Fn(usize) -> Keyboard) -> Vec<String> {
        let mut strokes = Strokes::default();
        let mut new = events.to_vec();
        let (mut out, mut all) = (Vec::new(), Vec::new());
        for frame in 0.. {
            let had = strokes.next(std::mem::take(&mut new), keyboard(frame));
            out.push(short(&had));
            all.extend(had);
            if !strokes.waits() {
                break;
            }
        }
        assert_eq!(all, events, "all of it, in its order");
        out
    }

    #[test]
    fn a_press_has_its_effect_before_the_next() {
        use Key::{ArrowDown as Down, Enter, F6, L};
        let down = || vec![key(Down, true, Modifiers::NONE); 3];
        let rows: [(&str, Vec<Event>, Keyboard, &[&str]); 10] = [
            ("nothing", vec![], TABLE, &[""]),
            (
                "different keys",
                strokes(&[F6, Enter]),
                TABLE,
                &["F6", "", "Enter"],
            ),
            (
                "the same key, pressed again",
                strokes(&[Down, Down]),
                TABLE,
                &["Down", "Down"],
            ),
            (
                "the same key, which may have closed something",
                strokes(&[Enter, Enter]),
                TABLE,
                &["Enter", "", "Enter"],
            ),
            ("a key held down", down(), TABLE, &["Down Down Down"]),
            (
                "letters that are commands",
                strokes(&[L, Enter]),
                TABLE,
                &["L 'l'", "", "Enter"],
            ),
            (
                "letters in a box",
                strokes(&[L, L, Key::Backspace, L, Enter]),
                BOX,
                &["L 'l' L 'l' Backspace L 'l'", "", "Enter"],
            ),
            (
                "a text that a layout composed",
                vec![Event::Text("~".into()), Event::Text("n".into())],
                TABLE,
                &["'~' 'n'"],
            ),
            (
                "pasted into what a key opens",
                [stroke(F6), vec![Event::Paste("x".into())]].concat(),
                TABLE,
                &["F6", "", "paste"],
            ),
            (
                "a click and a key",
                [vec![click(true), click(false)], stroke(F6)].concat(),
                TABLE,
                &["click", "F6"],
            ),
        ];
        for (what, events, keyboard, want) in rows {
            assert_eq!(frames(&events, |_| keyboard), want, "{what}");
        }
    }

    #[test]
    fn a_click_waits_for_the_key_before_it_and_for_nothing_else() {
        let events = [stroke(Key::F6), vec![click(true), click(false)]].concat();
        assert_eq!(frames(&events, |_| NEW), ["", "", "", "", "F6", "click"]);
        assert_eq!(frames(&events, |_| TABLE), ["F6", "click"]);
    }

    #[test]
    fn keys_wait_until_what_has_the_keyboard_knows_it() {
        let events = strokes(&[Key::ArrowDown]);
        let after = |frames: usize| move |frame| if frame < frames { NEW } else { TABLE };
        assert_eq!(frames(&events, after(0)), ["Down"]);
        assert_eq!(frames(&events, after(1)), ["", "Down"]);
        assert_eq!(frames(&events, after(2)), ["", "", "Down"]);
        assert_eq!(
            frames(&events, after(99)),
            ["", "", "", "", "Down"],
            "but not for ever"
        );
    }

    #[test]
    fn who_lets_go_of_a_key_stops_there() {
        let events = strokes(&[Key::ArrowDown; 200]);
        let frames = frames(&events, |_| TABLE);
        assert!(frames.len() <= CROWD / 2 + 1, "{} frames", frames.len());
    }

    #[test]
    fn a_key_that_was_down_when_another_window_came_is_pressed_anew() {
        let down = || key(Key::ArrowDown, true, Modifiers::NONE);
        let events = [down(), Event::WindowFocused(false), down()];
        assert_eq!(frames(&events, |_| TABLE), ["Down", "Down"]);
    }
}
