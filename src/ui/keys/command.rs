//! The commands: everything that a key, a menu or the palette can ask for.

use super::{Binding, table};

/// Everything that a key can ask for. Some commands have no key; they are listed so that menus take their titles from
/// the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    /// Look for any command by its name.
    Palette,
    /// Choose files with the desktop's dialog.
    Open,
    /// Go to an open tab, a recent file or a file beside this one, or type a path.
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
    /// Show the tab at this place, counted from 1; 9 is the last one.
    Tab(u8),
    /// Move the tab one place to the left.
    MoveTabLeft,
    /// Move the tab one place to the right.
    MoveTabRight,
    /// Open the tab again that was closed last.
    ReopenTab,
    /// Close every tab but the one that is shown.
    CloseOtherTabs,
    /// Show the log in a window of its own.
    MoveToWindow,
    /// Show the log of a window of its own in the main window again.
    MoveBack,
    /// Copy the whole path of the log.
    CopyPath,
    /// Stop reading the file; what is there stays.
    StopReading,
    /// Read on after a stop.
    ResumeReading,
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
    /// Take the whole filter into the filter box, as a query.
    EditFilter,
    /// Copy the whole filter as a query.
    CopyFilter,
    /// Put the keyboard into the logger tree.
    FocusLoggers,
    /// Show the fields that records have, and put the keyboard into their find box.
    FocusFields,
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
    /// Show two selected records field by field side by side.
    Compare,
    /// Show or hide the logger tree.
    ToggleLoggers,
    /// Show or hide the details pane.
    ToggleDetails,
    /// Show or hide the records over time.
    ToggleTimeline,
    /// Show the chosen record in the dock.
    ShowRecord,
    /// Show the exceptions in the dock.
    ShowExceptions,
    /// Show the patterns of messages in the dock.
    ShowPatterns,
    /// Go to the next record of the same group.
    NextInGroup,
    /// Go to the previous record of the same group.
    PreviousInGroup,
    /// Mark the focused record, or no longer.
    ToggleBookmark,
    /// Choose a value or a word of the focused record, to filter by it or to give it a colour.
    Words,
    /// Give the selected text this colour, counted from 1.
    Label(u8),
    /// No text has a colour of its own any more.
    ClearLabels,
    /// Edit the rules by which rows are marked.
    Highlights,
    /// Open the file that the focused record is about in the user's editor.
    OpenInEditor,
    /// The next marked record.
    NextBookmark,
    /// The marked record before.
    PreviousBookmark,
    /// The list of marked records.
    Bookmarks,
    /// Show everything around a record for the moment, or what the filter leaves again.
    ShowInContext,
    /// Show more records around those that pass the filter.
    MoreAround,
    /// Show fewer records around those that pass the filter.
    LessAround,
    /// Show one row for records that say the same one after the other, or each.
    Collapse,
    /// Put rows in order of time, or of the file.
    ByTime,
    /// Wrap messages in the table, or show each on one line.
    Wrap,
    /// Show all lines of the focused record in the table.
    OpenRecord,
    /// Show the first line of the focused record only.
    CloseRecord,
    /// Show the first line of every record only.
    CloseOpened,
    /// Show two logs side by side, or one again.
    SplitView,
    /// Show the next tab beside the one that is shown.
    ShowBeside,
    /// Put the keyboard into the other of two logs side by side.
    OtherSide,
    /// Scroll all logs in sight to the same time.
    SyncTimes,
    /// Choose which columns are shown and in which order.
    Columns,
    /// Choose or type the format of the file.
    FormatDialog,
    /// How times are shown and read.
    Times,
    /// All columns of the format, in its order and at their own widths.
    ResetColumns,
    /// Show every level again.
    ShowAllLevels,
    /// Show every logger again.
    ClearLoggers,
    /// Put the keyboard into the next part of the window.
    NextPane,
    /// Put the keyboard into the part of the window before.
    PreviousPane,
    /// Open the menu of what has the keyboard.
    ContextMenu,
    /// Light or dark as the desktop has it.
    ThemeSystem,
    /// Dark text on a light ground.
    ThemeLight,
    /// Light text on a dark ground.
    ThemeDark,
    /// Show or hide the colours that a log itself asks for.
    LogColours,
    /// Write parts of messages in quiet colours, or not.
    SoftColours,
    /// Show or hide the list of past notices.
    Notices,
    /// Choose a field to plot over time.
    PlotField,
    /// Choose the encoding of the file.
    Encodings,
    /// Choose a saved filter, or keep the one in use.
    SavedFilters,
    /// Everything larger.
    ZoomIn,
    /// Everything smaller.
    ZoomOut,
    /// Back to the normal size.
    ZoomReset,
    /// Open the settings.
    Settings,
    /// Open the settings at the keys.
    EditKeys,
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

impl Command {
    /// The name under which settings know it; never changes. `Command::of_id` leads back.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.line().map_or("", |line| line.id)
    }

    /// The command of a name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        let line = table::BINDINGS.iter().find(|line| line.id == id);
        line.map(|line| line.command)
    }

    /// Every command once, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        let first = |line: &&Binding| {
            line.command
                .line()
                .is_some_and(|own| std::ptr::eq(own, *line))
        };
        table::BINDINGS
            .iter()
            .filter(first)
            .map(|line| line.command)
    }

    /// Whether the user may give it other keys. Esc steps back in everything that egui draws too.
    #[must_use]
    pub fn is_rebindable(self) -> bool {
        self != Self::Back
    }

    /// The first line of the program's own table; every command has one (tested).
    pub(super) fn line(self) -> Option<&'static Binding> {
        table::BINDINGS.iter().find(|line| line.command == self)
    }
}
