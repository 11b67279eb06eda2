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

    /// A key with Alt.
    pub(super) const fn alt(key: Key) -> Self {
        Self {
            alt: true,
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

    /// Reads what [`Shortcut::text`] writes: `Ctrl+Shift+F`, `n`, `N` (which is Shift+n), `PgDn`, `/`. Names of keys may be
    /// written in any case; `None` for what is no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (modifiers, name) = match text.strip_suffix("++") {
            Some(rest) => (rest, "+"),
            None => text
                .rsplit_once('+')
                .filter(|(rest, _)| !rest.is_empty())
                .unwrap_or(("", text)),
        };
        let mut read = Self::key(Key::Escape);
        for modifier in modifiers.split('+').filter(|modifier| !modifier.is_empty()) {
            match modifier.trim().to_lowercase().as_str() {
                "ctrl" | "control" | "cmd" | "command" => read.ctrl = true,
                "alt" | "option" => read.alt = true,
                "shift" => read.shift = true,
                _ => return None,
            }
        }
        let name = name.trim();
        let mut characters = name.chars();
        let single = characters.next().filter(|_| characters.next().is_none());
        let plain = !read.ctrl && !read.alt && !read.shift;
        read.press = match single {
            Some(sign) if plain && !sign.is_alphanumeric() => Press::Typed(sign),
            _ => Press::Key(key_of(name)?),
        };
        let capital = single.is_some_and(char::is_uppercase);
        read.shift |= capital && plain;
        Some(read)
    }

    /// Whether pressing it in a text box writes something or moves in it, so that it can work only outside of one.
    #[must_use]
    pub fn is_for_text(&self) -> bool {
        let Press::Key(key) = self.press else {
            return true;
        };
        if matches!(key, Key::Escape | Key::Menu) || (Key::F1..=Key::F35).contains(&key) {
            return false;
        }
        let edits = matches!(
            key,
            Key::A
                | Key::C
                | Key::V
                | Key::X
                | Key::Z
                | Key::Y
                | Key::Home
                | Key::End
                | Key::Backspace
                | Key::Delete
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::ArrowUp
                | Key::ArrowDown
        );
        edits || !(self.ctrl || self.alt)
    }

    /// Whether this is a letter or a function key, which nothing but a command of ours has: no list, no box, and no page
    /// whose text is copied.
    #[must_use]
    pub fn is_letter_or_function(&self) -> bool {
        let Press::Key(key) = self.press else {
            return false;
        };
        let any_window =
            self.ctrl && matches!(key, Key::A | Key::C | Key::V | Key::X | Key::Y | Key::Z);
        let letter = (Key::A..=Key::Z).contains(&key) && !any_window;
        letter || (Key::F1..=Key::F35).contains(&key)
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

/// Signs: whether Shift is held is the layout's business (`+` is a plain key in Germany).
fn layout_decides_shift(key: Key) -> bool {
    (Key::Colon..=Key::Num9).contains(&key) && !is_digit(key)
}

/// Whether a key is a digit.
pub(super) fn is_digit(key: Key) -> bool {
    (Key::Num0..=Key::Num9).contains(&key)
}

/// The key of a name as [`key_name`] or egui writes it.
fn key_of(name: &str) -> Option<Key> {
    let same = |key: &&Key| {
        let names = [key_name(**key), key.name(), key.symbol_or_name()];
        names.iter().any(|own| own.eq_ignore_ascii_case(name))
    };
    Key::ALL.iter().find(same).copied()
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
