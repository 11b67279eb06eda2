//! The one table of commands and keys. The handler, the palette, the menus, the tooltips, the list under F1, the settings
//! and the README all read it, so that none of them can promise a key that another does not know.
//!
//! [`all`] is the table with the user's own keys in it, as the window that is being drawn has them.
//!
//! Plain letters work only while no text box has the keyboard; see [`When`].

use crate::base::lang::tr;
use std::borrow::Cow;

mod command;
mod input;
mod keymap;
mod pace;
mod prose;
mod shortcut;
mod strokes;
mod table;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use input::{Focus, TREE_KEYS, captured, escaped, pasted, pressed, taken, typing};
pub use keymap::{Keymap, Refused, use_keymap};
pub use pace::{keep_pace, waiting};
pub use prose::with_current_keys;
pub use shortcut::{Press, Shortcut};

/// In which state of the keyboard a binding works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Also while a text box has the keyboard.
    Anywhere,
    /// Not while a text box has the keyboard: plain letters, and what a text box does itself.
    NotTyping,
    /// Only while the find box has the keyboard.
    FindBox,
}

impl When {
    /// Whether there is a state of the keyboard in which both work.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self == other || self == Self::Anywhere || other == Self::Anywhere
    }
}

/// What there has to be for a command to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// It always can.
    Nothing,
    /// An open log.
    Log,
    /// A log that is a plain file.
    File,
    /// A log that was unpacked or collected.
    Spool,
    /// A log that is being read.
    Reading,
    /// A log whose reading was stopped.
    Stopped,
    /// More than one open log.
    OtherTabs,
    /// So many open logs.
    Tabs(u8),
    /// A tab that was closed.
    ClosedTab,
    /// A chosen record.
    Selection,
    /// Two chosen records.
    Pair,
    /// A marked record.
    Marks,
    /// A record that shows all its lines in the table.
    Opened,
    /// A filter.
    Filter,
    /// A size other than the normal one.
    Zoomed,
    /// A log that is shown in the main window.
    MainWindow,
    /// A log in the main window, which alone shows two side by side.
    MainView,
    /// A log that has a window of its own.
    OwnWindow,
    /// Two logs side by side.
    Sides,
    /// More than one log in sight, each with times.
    TwoTimes,
}

/// The heading under which a binding is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Files and tabs.
    Files,
    /// Finding and filtering.
    Search,
    /// Going somewhere.
    Jump,
    /// Selecting and copying.
    Select,
    /// What is shown and how.
    View,
}

impl Group {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 5] = [
        Self::Files,
        Self::Search,
        Self::Jump,
        Self::Select,
        Self::View,
    ];

    /// The heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Files => tr("Files and tabs"),
            Self::Search => tr("Find and filter"),
            Self::Jump => tr("Go to"),
            Self::Select => tr("Select and copy"),
            Self::View => tr("View"),
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// What it asks for.
    pub command: Command,
    /// The name under which settings know the command.
    pub id: &'static str,
    /// The keys; the first is the one that menus and tooltips show. May be empty.
    pub shortcuts: Cow<'static, [Shortcut]>,
    /// What it does, as a menu entry says it.
    pub title: &'static str,
    /// Under which heading it is listed.
    pub group: Group,
    /// When it works.
    pub when: When,
    /// What it needs.
    pub needs: Needs,
}

/// The whole table, in the order in which it is listed. A command has more than one line when its keys work in
/// different states of the keyboard.
#[must_use]
pub fn all() -> Vec<Binding> {
    keymap::current().bindings().to_vec()
}

/// The menu title of a command.
#[must_use]
pub fn title(command: Command) -> &'static str {
    command.line().map_or("", |line| tr(line.title))
}

/// The group of a command.
#[must_use]
pub fn group(command: Command) -> Group {
    command.line().map_or(Group::View, |line| line.group)
}

/// What a command needs.
#[must_use]
pub fn needs(command: Command) -> Needs {
    command.line().map_or(Needs::Nothing, |line| line.needs)
}

/// The main key of a command as text, `Ctrl+Shift+F`; empty when it has none.
#[must_use]
pub fn shortcut_text(command: Command) -> String {
    let keys = keymap::current();
    let main = keys.shortcuts(command).next().map(Shortcut::text);
    main.unwrap_or_default()
}

/// A tooltip with the command's main key, `Next error (e)`.
#[must_use]
pub fn tooltip(command: Command) -> String {
    with_keys(title(command).trim_end_matches("..."), command)
}

/// Words for a command of which a button is a part, with its main key behind them, if it has one.
#[must_use]
pub fn with_keys(words: &str, command: Command) -> String {
    match shortcut_text(command) {
        keys if keys.is_empty() => words.to_owned(),
        keys => format!("{words} ({keys})"),
    }
}
