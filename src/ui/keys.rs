//! The one table of keys. The handler, the menus, the tooltips, the list under F1 and the README all read it, so that
//! none of them can promise a key that another does not know.
//!
//! Plain letters work only while no text box has the keyboard; see [`When`].

mod input;
mod shortcut;
mod table;
#[cfg(test)]
mod tests;

pub use input::{Focus, TREE_KEYS, pasted, pressed, typing};
pub use shortcut::{Press, Shortcut};

/// Everything that a key can ask for. Some commands have no key; they are listed so that menus take their titles from
/// the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    /// Choose files with the desktop's dialog.
    Open,
    /// Type or paste a path.
    OpenPathBox,
    /// Open the clipboard's text as a log.
    Paste,
    /// Read the file again from its beginning.
    Reload,
    /// Close the current tab.
    CloseTab,
    /// Show the tab to the right.
    NextTab,
    /// Show the tab to the left.
    PreviousTab,
    /// Open the log behind its rotated files.
    OpenRotated,
    /// Write records into a file.
    Export,
    /// Save what was unpacked or collected.
    KeepCopy,
    /// Leave the program.
    Quit,
    /// Open the find box.
    Find,
    /// Put the keyboard into the text filter.
    FilterText,
    /// Go to the next match of the find box.
    FindNext,
    /// Go to the previous match of the find box.
    FindPrevious,
    /// Show every record again.
    ClearFilters,
    /// Put the keyboard into the logger tree.
    FocusLoggers,
    /// Start or stop sticking to the newest record.
    Follow,
    /// Go to the newest record and follow.
    FollowEnd,
    /// Go to the next record of level error or above.
    NextError,
    /// Go to the previous record of level error or above.
    PreviousError,
    /// Go to the next record of level warning or above.
    NextWarning,
    /// Go to the previous record of level warning or above.
    PreviousWarning,
    /// Ask for a record number or a time to go to.
    Goto,
    /// Select the first record.
    Top,
    /// Select the last record.
    Bottom,
    /// Select the record above.
    RowUp,
    /// Select the record below.
    RowDown,
    /// Move up by one screenful.
    PageUp,
    /// Move down by one screenful.
    PageDown,
    /// Extend the selection by the record above.
    ExtendUp,
    /// Extend the selection by the record below.
    ExtendDown,
    /// Extend the selection by one screenful upwards.
    ExtendPageUp,
    /// Extend the selection by one screenful downwards.
    ExtendPageDown,
    /// Extend the selection to the first record.
    ExtendToTop,
    /// Extend the selection to the last record.
    ExtendToBottom,
    /// Select every record that is shown.
    SelectAll,
    /// Copy the selected records as they are in the file.
    Copy,
    /// Copy the messages of the selected records.
    CopyMessages,
    /// Show or hide the logger tree.
    ToggleLoggers,
    /// Show or hide the details pane.
    ToggleDetails,
    /// Choose which columns are shown and in which order.
    Columns,
    /// Choose or type the format of the file.
    FormatDialog,
    /// How times are shown and read.
    Times,
    /// Everything larger.
    ZoomIn,
    /// Everything smaller.
    ZoomOut,
    /// Back to the normal size.
    ZoomReset,
    /// Open the settings.
    Settings,
    /// Show this list.
    Help,
    /// Step back one layer: dialog, find box, selection.
    Back,
    /// Say which version this is.
    About,
    /// Open the log that comes with the program.
    OpenSample,
    /// Open the program's own log.
    OwnLog,
}

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
            Self::Files => "Files and tabs",
            Self::Search => "Find and filter",
            Self::Jump => "Go to",
            Self::Select => "Select and copy",
            Self::View => "View",
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// What it asks for.
    pub command: Command,
    /// The keys; the first is the one that menus and tooltips show. May be empty.
    pub shortcuts: &'static [Shortcut],
    /// What it does, as a menu entry says it.
    pub title: &'static str,
    /// Under which heading it is listed.
    pub group: Group,
    /// When it works.
    pub when: When,
}

/// The whole table, in the order in which it is listed. A command has more than one line when its keys work in
/// different states of the keyboard.
#[must_use]
pub fn all() -> &'static [Binding] {
    table::BINDINGS
}

/// The first line of the table for a command; every command has one (tested).
#[must_use]
pub fn binding(command: Command) -> Option<&'static Binding> {
    all().iter().find(|binding| binding.command == command)
}

/// The menu title of a command.
#[must_use]
pub fn title(command: Command) -> &'static str {
    binding(command).map_or("", |binding| binding.title)
}

/// The main key of a command as text, `Ctrl+Shift+F`; empty when it has none.
#[must_use]
pub fn shortcut_text(command: Command) -> String {
    binding(command)
        .and_then(|binding| binding.shortcuts.first())
        .map(Shortcut::text)
        .unwrap_or_default()
}

/// All keys of a command as text, `n, F3`.
#[must_use]
pub fn shortcuts_text(binding: &Binding) -> String {
    let keys: Vec<String> = binding.shortcuts.iter().map(Shortcut::text).collect();
    keys.join(", ")
}

/// A tooltip with the command's main key, `Next error (e)`.
#[must_use]
pub fn tooltip(command: Command) -> String {
    let (title, keys) = (title(command), shortcut_text(command));
    let title = title.trim_end_matches("...");
    if keys.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ({keys})")
    }
}
