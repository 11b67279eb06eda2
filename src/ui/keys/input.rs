//! Key events to commands.

use std::mem;

use egui::{Event, Key, Modifiers};

use super::keymap::current;
use super::shortcut::is_digit;
use super::{Command, Press, Shortcut, When};

/// Who has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Focus {
    /// Nobody in particular: the table.
    Table,
    /// A text box of the window.
    Text,
    /// The logger tree: it moves by arrows and the like, everything else is as in the table.
    Tree,
    /// The find box.
    FindBox,
    /// A button or the like: arrows, Enter and Space are its own, everything else is as in the table.
    Widget,
    /// A dialog that asks for a key to be pressed: it gets every one.
    Capture,
    /// A dialog; it keeps every key but the zoom and Quit, Esc included.
    Dialog,
}

impl Focus {
    /// Whether a binding works now.
    fn allows(self, when: When, command: Command) -> bool {
        let everywhere = when == When::Anywhere;
        match self {
            Self::Table | Self::Tree | Self::Widget => everywhere || when == When::NotTyping,
            Self::Text => everywhere,
            Self::Capture => false,
            Self::FindBox => everywhere || when == When::FindBox,
            Self::Dialog => {
                everywhere
                    && matches!(
                        command,
                        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset | Command::Quit
                    )
            }
        }
    }
}

/// Whether a text box has the keyboard.
#[must_use]
pub fn typing(ctx: &egui::Context) -> bool {
    ctx.text_edit_focused()
}

/// Whether Esc was pressed since the last frame, also where the window has taken it: for what hangs on a part of it.
#[must_use]
pub fn escaped(ctx: &egui::Context) -> bool {
    let is_escape = |event: &Event| {
        matches!(
            event,
            Event::Key {
                key: Key::Escape,
                pressed: true,
                ..
            }
        )
    };
    ctx.input(|input| input.raw.events.iter().any(is_escape))
}

/// Takes the commands that were pressed since the last frame, in order, and removes their events, so that the letter
/// that opens a box is not typed into it. To be called before any panel is shown.
#[must_use]
pub fn pressed(ctx: &egui::Context, focus: Focus) -> Vec<Command> {
    // Text selected with the mouse in a label (the details pane) is what Ctrl+C means then.
    let label_selected = ctx
        .plugin_opt::<egui::text_selection::LabelSelectionState>()
        .is_some_and(|labels| labels.lock().has_selection());
    let menu_open = egui::Popup::is_any_open(ctx);
    ctx.input_mut(|input| {
        // An open menu has the keyboard: arrows go through it, Enter chooses, Esc closes it and nothing else with it.
        if menu_open {
            return Vec::new();
        }
        take(&mut input.events, focus, label_selected)
    })
}

/// Takes the first command of these that was pressed, for a dialog that does something of its own by it.
#[must_use]
pub fn taken(ctx: &egui::Context, wanted: impl Fn(Command) -> bool) -> Option<Command> {
    ctx.input_mut(|input| {
        let command = |event| of_key(event, None, Focus::Text).filter(|it| wanted(*it));
        let commands = input.events.iter().map(command);
        let (at, command) = { commands.enumerate() }.find_map(|(at, it)| Some((at, it?)))?;
        input.events.remove(at);
        Some(command)
    })
}

/// Takes the texts that were pasted while nothing had the keyboard that a text could go into.
#[must_use]
pub fn pasted(ctx: &egui::Context, focus: Focus) -> Vec<String> {
    if !matches!(focus, Focus::Table | Focus::Tree | Focus::Widget) {
        return Vec::new();
    }
    let mut texts = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain_mut(|event| match event {
            Event::Paste(text) => {
                texts.push(mem::take(text));
                false
            }
            _ => true,
        });
    });
    texts
}

/// `pressed` on plain events.
pub(super) fn take(
    events: &mut Vec<Event>,
    focus: Focus,
    copy_belongs_to_label: bool,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut drop_text = false;
    let old = mem::take(events);
    for (index, event) in old.iter().enumerate() {
        // A key's text follows its press at once.
        let echo = mem::take(&mut drop_text) && matches!(event, Event::Text(_));
        if echo {
            continue;
        }
        let command = match event {
            Event::Key { .. } => of_key(event, old.get(index + 1), focus),
            Event::Text(text) => by_text(text, focus),
            Event::Copy if !copy_belongs_to_label => {
                by_key(Key::C, Modifiers::COMMAND, None, focus)
            }
            _ => None,
        };
        if let Some(command) = command {
            commands.push(command);
            drop_text = matches!(event, Event::Key { .. });
        } else {
            events.push(event.clone());
        }
    }
    commands
}

/// The command of an event, if it is a key that was pressed. `next` is the event after it.
fn of_key(event: &Event, next: Option<&Event>, focus: Focus) -> Option<Command> {
    let Event::Key {
        key,
        physical_key,
        modifiers,
        pressed: true,
        ..
    } = event
    else {
        return None;
    };
    let key = digit(*physical_key, *modifiers).unwrap_or(*key);
    by_key(key, *modifiers, next, focus)
}

/// With Ctrl and Shift a key of the upper row is its digit, whatever sign the layout has there.
fn digit(physical: Option<Key>, modifiers: Modifiers) -> Option<Key> {
    let both = modifiers.shift && (modifiers.command || modifiers.ctrl);
    physical.filter(|key| both && is_digit(*key))
}

/// What the logger tree does itself while it has the keyboard.
pub const TREE_KEYS: [Key; 11] = [
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Enter,
    Key::Space,
    Key::Delete,
];

/// What a button or the like does itself while it has the keyboard.
const WIDGET_KEYS: [Key; 6] = [
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Enter,
    Key::Space,
];

/// Takes every key from a dialog that asks for one, and tells the first that was pressed; Esc is told too.
#[must_use]
pub fn captured(ctx: &egui::Context) -> Option<Shortcut> {
    ctx.input_mut(|input| {
        let events = mem::take(&mut input.events);
        let pressed = events
            .iter()
            .enumerate()
            .find_map(|(index, event)| capture(event, events.get(index + 1)));
        let is_key = |event: &Event| {
            matches!(
                event,
                Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_)
            )
        };
        input.events = events.into_iter().filter(|event| !is_key(event)).collect();
        pressed
    })
}

/// Keys that mean nothing by themselves.
pub(super) fn is_modifier(key: Key) -> bool {
    (Key::ShiftLeft..=Key::SuperRight).contains(&key)
        || matches!(
            key,
            Key::CapsLock | Key::NumLock | Key::ScrollLock | Key::Fn
        )
}

/// The shortcut that an event is a press of.
fn capture(event: &Event, next: Option<&Event>) -> Option<Shortcut> {
    match event {
        Event::Copy => Some(Shortcut::ctrl(Key::C)),
        Event::Cut => Some(Shortcut::ctrl(Key::X)),
        Event::Paste(_) => Some(Shortcut::ctrl(Key::V)),
        Event::Key {
            key,
            physical_key,
            modifiers,
            pressed: true,
            ..
        } if !is_modifier(*key) => {
            let key = &digit(*physical_key, *modifiers).unwrap_or(*key);
            let sign = typed(*key, *modifiers, next);
            let sign = sign.filter(|sign| !sign.is_alphanumeric() && !sign.is_whitespace());
            let press = sign.map_or(Press::Key(*key), Press::Typed);
            Some(Shortcut {
                ctrl: modifiers.command || modifiers.ctrl,
                shift: modifiers.shift && sign.is_none(),
                alt: modifiers.alt,
                press,
            })
        }
        _ => None,
    }
}

/// The command of a pressed key. `next` is the event after it, which carries the text that the key typed.
fn by_key(key: Key, modifiers: Modifiers, next: Option<&Event>, focus: Focus) -> Option<Command> {
    let kept: &[Key] = match focus {
        Focus::Tree => &TREE_KEYS,
        Focus::Widget => &WIDGET_KEYS,
        _ => &[],
    };
    if modifiers.is_none() && kept.contains(&key) {
        return None;
    }
    current()
        .bindings()
        .iter()
        .filter(|binding| focus.allows(binding.when, binding.command))
        .find(|binding| {
            binding
                .shortcuts
                .iter()
                .any(|shortcut| match shortcut.press {
                    Press::Key(_) => shortcut.matches(key, modifiers),
                    Press::Typed(character) => typed(key, modifiers, next) == Some(character),
                })
        })
        .map(|binding| binding.command)
}

/// The sign that a key press means. Its text is the truth, since only the layout knows; without a text, the key's name.
fn typed(key: Key, modifiers: Modifiers, next: Option<&Event>) -> Option<char> {
    if modifiers.command || modifiers.ctrl {
        return None;
    }
    if let Some(Event::Text(text)) = next {
        return single(text);
    }
    match key {
        Key::Questionmark => Some('?'),
        Key::Slash if modifiers.shift => Some('?'),
        Key::Slash => Some('/'),
        _ => None,
    }
}

/// The command of a text that came without a key press: signs that a layout composes.
fn by_text(text: &str, focus: Focus) -> Option<Command> {
    let character = single(text)?;
    current()
        .bindings()
        .iter()
        .filter(|binding| focus.allows(binding.when, binding.command))
        .find(|binding| {
            binding
                .shortcuts
                .iter()
                .any(|shortcut| shortcut.press == Press::Typed(character))
        })
        .map(|binding| binding.command)
}

/// The only character of a text.
fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}
