//! A key press as the table writes it and as people read it.

use egui::{Key, Modifiers};

/// Modifiers and a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl, or Cmd on a Mac.
    pub ctrl: bool,
    /// Shift. Ignored for [`Press::Typed`] and for keys that some layouts reach only with Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key itself.
    pub press: Press,
}

/// What is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    /// A key by its name.
    Key(Key),
    /// A character, wherever the layout has it and whatever modifiers it takes: `/` is Shift+7 on a German keyboard.
    Typed(char),
}

impl Shortcut {
    /// A key without modifiers.
    pub(super) const fn key(key: Key) -> Self {
        Self {
            ctrl: false,
            shift: false,
            alt: false,
            press: Press::Key(key),
        }
    }

    /// A key with Ctrl (Cmd on a Mac).
    pub(super) const fn ctrl(key: Key) -> Self {
        Self {
            ctrl: true,
            ..Self::key(key)
        }
    }

    /// A key with Shift.
    pub(super) const fn shift(key: Key) -> Self {
        Self {
            shift: true,
            ..Self::key(key)
        }
    }

    /// A key with Ctrl (Cmd on a Mac) and Shift.
    pub(super) const fn ctrl_shift(key: Key) -> Self {
        Self {
            ctrl: true,
            ..Self::shift(key)
        }
    }

    /// A character.
    pub(super) const fn typed(character: char) -> Self {
        Self {
            press: Press::Typed(character),
            ..Self::key(Key::Escape)
        }
    }

    /// As people write it: `Ctrl+Shift+F`, `n`, `N`, `PgDn`.
    #[must_use]
    pub fn text(&self) -> String {
        let key = match self.press {
            Press::Typed(character) => return character.to_string(),
            Press::Key(key) => key,
        };
        if let Some(letter) = self.plain_letter(key) {
            return letter;
        }
        let mut text = String::new();
        if self.ctrl {
            text.push_str(if cfg!(target_os = "macos") {
                "Cmd+"
            } else {
                "Ctrl+"
            });
        }
        if self.alt {
            text.push_str("Alt+");
        }
        if self.shift {
            text.push_str("Shift+");
        }
        text.push_str(key_name(key));
        text
    }

    /// A letter that works by itself reads as the letter that appears when it is typed.
    fn plain_letter(&self, key: Key) -> Option<String> {
        if self.ctrl || self.alt || !is_letter(key) {
            return None;
        }
        Some(if self.shift {
            key.name().to_owned()
        } else {
            key.name().to_lowercase()
        })
    }

    /// Whether a pressed key is this shortcut.
    pub(super) fn matches(&self, key: Key, modifiers: Modifiers) -> bool {
        let Press::Key(own) = self.press else {
            return false;
        };
        let ctrl = modifiers.command || modifiers.ctrl;
        own == key
            && ctrl == self.ctrl
            && modifiers.alt == self.alt
            && (modifiers.shift == self.shift || layout_decides_shift(own))
    }
}

/// Whether a key is a letter.
fn is_letter(key: Key) -> bool {
    (Key::A..=Key::Z).contains(&key)
}

/// Signs and digits: whether Shift is held is the layout's business (`+` is a plain key in Germany).
fn layout_decides_shift(key: Key) -> bool {
    (Key::Colon..=Key::Num9).contains(&key)
}

/// A key's name as it is printed on keyboards.
fn key_name(key: Key) -> &'static str {
    match key {
        Key::Escape => "Esc",
        Key::PageUp => "PgUp",
        Key::PageDown => "PgDn",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        Key::Comma => ",",
        other => other.name(),
    }
}
