//! The lines of the table, in the order of the list under F1.

use std::borrow::Cow;

use egui::Key;

use super::{Binding, Command, Group, Needs, Shortcut, When};

/// A line; keeps the table readable as a table.
const fn line(
    group: Group,
    when: When,
    needs: Needs,
    command: Command,
    id: &'static str,
    title: &'static str,
    shortcuts: &'static [Shortcut],
) -> Binding {
    Binding {
        command,
        id,
        shortcuts: Cow::Borrowed(shortcuts),
        title,
        group,
        when,
        needs,
    }
}

use Command as C;
use Group::{Files, Jump, Search, Select, View};
use Needs::{
    ClosedTab, File, Filter, Log, MainWindow, Nothing, OtherTabs, OwnWindow, Reading, Selection,
    Sides, Spool, Stopped, Tabs, TwoTimes, Zoomed,
};
use When::{Anywhere, FindBox, NotTyping};

#[rustfmt::skip]
pub(super) static BINDINGS: &[Binding] = &[
    line(Files, Anywhere, Nothing, C::Palette, "commands", "Commands...", &[Shortcut::ctrl_shift(Key::P)]),
    line(Files, Anywhere, Nothing, C::Open, "open", "Open...", &[Shortcut::ctrl(Key::O)]),
    line(Files, Anywhere, Nothing, C::OpenPathBox, "quick-open", "Quick open...", &[Shortcut::ctrl(Key::P)]),
    line(Files, NotTyping, Nothing, C::Paste, "paste-log", "Paste a log", &[Shortcut::ctrl(Key::V)]),
    line(Files, Anywhere, File, C::OpenRotated, "open-rotated", "Open with rotated files", &[Shortcut::ctrl_shift(Key::O)]),
    line(Files, Anywhere, Nothing, C::OpenSample, "open-sample", "Open the sample log", &[]),
    line(Files, Anywhere, Log, C::Reload, "reload", "Reload from the file", &[Shortcut::key(Key::F5), Shortcut::ctrl(Key::R)]),
    line(Files, NotTyping, Log, C::CloseTab, "close-tab", "Close tab", &[Shortcut::ctrl(Key::W)]),
    line(Files, Anywhere, ClosedTab, C::ReopenTab, "reopen-tab", "Reopen closed tab", &[Shortcut::ctrl_shift(Key::T)]),
    line(Files, Anywhere, OtherTabs, C::CloseOtherTabs, "close-other-tabs", "Close other tabs", &[]),
    line(Files, Anywhere, OtherTabs, C::NextTab, "next-tab", "Next tab", &[Shortcut::ctrl(Key::Tab), Shortcut::ctrl(Key::PageDown)]),
    line(Files, Anywhere, OtherTabs, C::PreviousTab, "previous-tab", "Previous tab", &[Shortcut::ctrl_shift(Key::Tab), Shortcut::ctrl(Key::PageUp)]),
    line(Files, Anywhere, OtherTabs, C::MoveTabLeft, "move-tab-left", "Move tab left", &[Shortcut::ctrl_shift(Key::PageUp)]),
    line(Files, Anywhere, OtherTabs, C::MoveTabRight, "move-tab-right", "Move tab right", &[Shortcut::ctrl_shift(Key::PageDown)]),
    line(Files, Anywhere, MainWindow, C::MoveToWindow, "move-to-window", "Move to a new window", &[Shortcut::ctrl_shift(Key::N)]),
    line(Files, Anywhere, OwnWindow, C::MoveBack, "move-back", "Move back to the main window", &[Shortcut::ctrl_shift(Key::M)]),
    line(Files, Anywhere, Tabs(1), C::Tab(1), "tab-1", "Show tab 1", &[Shortcut::ctrl(Key::Num1)]),
    line(Files, Anywhere, Tabs(2), C::Tab(2), "tab-2", "Show tab 2", &[Shortcut::ctrl(Key::Num2)]),
    line(Files, Anywhere, Tabs(3), C::Tab(3), "tab-3", "Show tab 3", &[Shortcut::ctrl(Key::Num3)]),
    line(Files, Anywhere, Tabs(4), C::Tab(4), "tab-4", "Show tab 4", &[Shortcut::ctrl(Key::Num4)]),
    line(Files, Anywhere, Tabs(5), C::Tab(5), "tab-5", "Show tab 5", &[Shortcut::ctrl(Key::Num5)]),
    line(Files, Anywhere, Tabs(6), C::Tab(6), "tab-6", "Show tab 6", &[Shortcut::ctrl(Key::Num6)]),
    line(Files, Anywhere, Tabs(7), C::Tab(7), "tab-7", "Show tab 7", &[Shortcut::ctrl(Key::Num7)]),
    line(Files, Anywhere, Tabs(8), C::Tab(8), "tab-8", "Show tab 8", &[Shortcut::ctrl(Key::Num8)]),
    line(Files, Anywhere, Log, C::Tab(9), "last-tab", "Show the last tab", &[Shortcut::ctrl(Key::Num9)]),
    line(Files, Anywhere, Log, C::Export, "export", "Export...", &[Shortcut::ctrl(Key::S), Shortcut::ctrl_shift(Key::S)]),
    line(Files, Anywhere, Spool, C::KeepCopy, "keep-copy", "Keep a copy...", &[]),
    line(Files, Anywhere, Log, C::CopyPath, "copy-path", "Copy path", &[]),
    line(Files, Anywhere, Reading, C::StopReading, "stop-reading", "Stop reading the file", &[]),
    line(Files, Anywhere, Stopped, C::ResumeReading, "resume-reading", "Go on reading the file", &[]),
    line(Files, Anywhere, Nothing, C::Quit, "quit", "Quit", &[Shortcut::ctrl(Key::Q)]),

    line(Search, Anywhere, Log, C::Find, "find", "Find", &[Shortcut::ctrl(Key::F)]),
    line(Search, NotTyping, Log, C::Find, "find", "Find", &[Shortcut::typed('/')]),
    line(Search, Anywhere, Log, C::FindNext, "find-next", "Next match", &[Shortcut::key(Key::F3)]),
    line(Search, NotTyping, Log, C::FindNext, "find-next", "Next match", &[Shortcut::key(Key::N)]),
    line(Search, FindBox, Log, C::FindNext, "find-next", "Next match (in the find box)", &[Shortcut::key(Key::Enter)]),
    line(Search, Anywhere, Log, C::FindPrevious, "find-previous", "Previous match", &[Shortcut::shift(Key::F3)]),
    line(Search, NotTyping, Log, C::FindPrevious, "find-previous", "Previous match", &[Shortcut::shift(Key::N)]),
    line(Search, FindBox, Log, C::FindPrevious, "find-previous", "Previous match (in the find box)", &[Shortcut::shift(Key::Enter)]),
    line(Search, Anywhere, Log, C::FilterText, "filter-by-text", "Filter by text", &[Shortcut::ctrl_shift(Key::F)]),
    line(Search, Anywhere, Log, C::FocusLoggers, "find-logger", "Find a logger", &[Shortcut::ctrl(Key::L)]),
    line(Search, NotTyping, Filter, C::ClearFilters, "clear-filters", "Clear all filters", &[Shortcut::ctrl_shift(Key::Backspace)]),
    line(Search, NotTyping, Filter, C::ShowInContext, "in-context", "In context: the filter off, and on again", &[Shortcut::key(Key::C)]),
    line(Search, Anywhere, Log, C::ShowAllLevels, "show-all-levels", "Show all levels", &[]),
    line(Search, Anywhere, Log, C::ClearLoggers, "show-all-loggers", "Show all loggers", &[]),

    line(Jump, NotTyping, Log, C::NextError, "next-error", "Next error", &[Shortcut::key(Key::E)]),
    line(Jump, NotTyping, Log, C::PreviousError, "previous-error", "Previous error", &[Shortcut::shift(Key::E)]),
    line(Jump, NotTyping, Log, C::NextWarning, "next-warning", "Next warning or error", &[Shortcut::key(Key::W)]),
    line(Jump, NotTyping, Log, C::PreviousWarning, "previous-warning", "Previous warning or error", &[Shortcut::shift(Key::W)]),
    line(Jump, NotTyping, Log, C::Follow, "follow", "Follow the newest record", &[Shortcut::key(Key::F)]),
    line(Jump, NotTyping, Log, C::FollowEnd, "follow-end", "To the end, and follow", &[Shortcut::key(Key::End)]),
    line(Jump, NotTyping, Log, C::Top, "top", "First record", &[Shortcut::key(Key::G), Shortcut::ctrl(Key::Home), Shortcut::key(Key::Home)]),
    line(Jump, NotTyping, Log, C::Bottom, "bottom", "Last record", &[Shortcut::shift(Key::G), Shortcut::ctrl(Key::End)]),
    line(Jump, Anywhere, Log, C::Goto, "go-to", "Go to record or time...", &[Shortcut::ctrl(Key::G)]),

    line(Select, NotTyping, Log, C::RowDown, "row-down", "Record below", &[Shortcut::key(Key::J), Shortcut::key(Key::ArrowDown)]),
    line(Select, NotTyping, Log, C::RowUp, "row-up", "Record above", &[Shortcut::key(Key::K), Shortcut::key(Key::ArrowUp)]),
    line(Select, NotTyping, Log, C::PageDown, "page-down", "One screen down", &[Shortcut::key(Key::PageDown)]),
    line(Select, NotTyping, Log, C::PageUp, "page-up", "One screen up", &[Shortcut::key(Key::PageUp)]),
    line(Select, NotTyping, Log, C::ExtendDown, "extend-down", "Extend selection down", &[Shortcut::shift(Key::J), Shortcut::shift(Key::ArrowDown)]),
    line(Select, NotTyping, Log, C::ExtendUp, "extend-up", "Extend selection up", &[Shortcut::shift(Key::K), Shortcut::shift(Key::ArrowUp)]),
    line(Select, NotTyping, Log, C::ExtendPageDown, "extend-page-down", "Extend one screen down", &[Shortcut::shift(Key::PageDown)]),
    line(Select, NotTyping, Log, C::ExtendPageUp, "extend-page-up", "Extend one screen up", &[Shortcut::shift(Key::PageUp)]),
    line(Select, NotTyping, Log, C::ExtendToTop, "extend-to-top", "Extend to the first record", &[Shortcut::shift(Key::Home), Shortcut::ctrl_shift(Key::Home)]),
    line(Select, NotTyping, Log, C::ExtendToBottom, "extend-to-bottom", "Extend to the last record", &[Shortcut::shift(Key::End), Shortcut::ctrl_shift(Key::End)]),
    line(Select, NotTyping, Log, C::SelectAll, "select-all", "Select all", &[Shortcut::ctrl(Key::A)]),
    line(Select, NotTyping, Selection, C::Copy, "copy", "Copy", &[Shortcut::ctrl(Key::C)]),
    line(Select, NotTyping, Selection, C::CopyMessages, "copy-messages", "Copy messages", &[Shortcut::ctrl_shift(Key::C)]),

    line(View, Anywhere, Log, C::ToggleLoggers, "logger-tree", "Logger tree", &[Shortcut::ctrl(Key::B)]),
    line(View, Anywhere, Log, C::ToggleDetails, "details", "Details", &[Shortcut::ctrl(Key::J)]),
    line(View, Anywhere, Log, C::ToggleTimeline, "timeline", "Timeline", &[Shortcut::ctrl(Key::H)]),
    line(View, Anywhere, Log, C::SplitView, "split-view", "Split the view", &[Shortcut::key(Key::F7)]),
    line(View, Anywhere, OtherTabs, C::ShowBeside, "show-beside", "Show the next tab beside", &[Shortcut::ctrl_shift(Key::B)]),
    line(View, Anywhere, Sides, C::OtherSide, "other-side", "To the other side", &[Shortcut::key(Key::F8)]),
    line(View, NotTyping, TwoTimes, C::SyncTimes, "synchronise-times", "Synchronise times", &[Shortcut::key(Key::S)]),
    line(View, Anywhere, Nothing, C::NextPane, "next-pane", "Next part of the window", &[Shortcut::key(Key::F6)]),
    line(View, Anywhere, Nothing, C::PreviousPane, "previous-pane", "Previous part of the window", &[Shortcut::shift(Key::F6)]),
    line(View, Anywhere, Log, C::ContextMenu, "context-menu", "Menu of what has the keyboard", &[Shortcut::shift(Key::F10), Shortcut::key(Key::Menu)]),
    line(View, Anywhere, Log, C::FormatDialog, "format", "Format...", &[Shortcut::ctrl(Key::T)]),
    line(View, NotTyping, Log, C::Times, "times", "Times...", &[Shortcut::key(Key::T)]),
    line(View, Anywhere, Log, C::Columns, "columns", "Columns...", &[]),
    line(View, Anywhere, Log, C::ResetColumns, "reset-columns", "Reset columns", &[]),
    line(View, Anywhere, Nothing, C::ThemeSystem, "theme-system", "Theme as the desktop", &[]),
    line(View, Anywhere, Nothing, C::ThemeLight, "theme-light", "Light theme", &[]),
    line(View, Anywhere, Nothing, C::ThemeDark, "theme-dark", "Dark theme", &[]),
    line(View, Anywhere, Nothing, C::LogColours, "log-colours", "Colours of the log", &[]),
    line(View, Anywhere, Nothing, C::Notices, "notices", "List of notices", &[]),
    line(View, Anywhere, Nothing, C::ZoomIn, "zoom-in", "Zoom in", &[Shortcut::ctrl(Key::Plus), Shortcut::ctrl(Key::Equals)]),
    line(View, Anywhere, Nothing, C::ZoomOut, "zoom-out", "Zoom out", &[Shortcut::ctrl(Key::Minus)]),
    line(View, Anywhere, Zoomed, C::ZoomReset, "normal-size", "Normal size", &[Shortcut::ctrl(Key::Num0)]),
    line(View, Anywhere, Nothing, C::Settings, "settings", "Settings...", &[Shortcut::ctrl(Key::Comma)]),
    line(View, Anywhere, Nothing, C::EditKeys, "edit-keys", "Change keys...", &[]),
    line(View, Anywhere, Nothing, C::Help, "help", "Keys and first steps", &[Shortcut::key(Key::F1)]),
    line(View, NotTyping, Nothing, C::Help, "help", "Keys and first steps", &[Shortcut::typed('?')]),
    line(View, Anywhere, Nothing, C::Back, "back", "Step back: dialog, find, unpacking, selection", &[Shortcut::key(Key::Escape)]),
    line(View, Anywhere, Nothing, C::OwnLog, "open-own-log", "Open Timberline's own log", &[]),
    line(View, Anywhere, Nothing, C::About, "about", "About Timberline", &[]),
];
