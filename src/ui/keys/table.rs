//! The lines of the table, in the order of the list under F1.

use egui::Key;

use super::{Binding, Command, Group, Shortcut, When};

/// A line; keeps the table readable as a table.
const fn line(
    group: Group,
    when: When,
    command: Command,
    title: &'static str,
    shortcuts: &'static [Shortcut],
) -> Binding {
    Binding {
        command,
        shortcuts,
        title,
        group,
        when,
    }
}

use Command as C;
use Group::{Files, Jump, Search, Select, View};
use When::{Anywhere, FindBox, NotTyping};

#[rustfmt::skip]
pub(super) const BINDINGS: &[Binding] = &[
    line(Files, Anywhere, C::Open, "Open...", &[Shortcut::ctrl(Key::O)]),
    line(Files, Anywhere, C::OpenPathBox, "Open by path...", &[Shortcut::ctrl(Key::P)]),
    line(Files, Anywhere, C::OpenRotated, "Open with rotated files", &[Shortcut::ctrl_shift(Key::O)]),
    line(Files, NotTyping, C::Paste, "Paste a log", &[Shortcut::ctrl(Key::V)]),
    line(Files, Anywhere, C::OpenSample, "Open the sample log", &[]),
    line(Files, Anywhere, C::Reload, "Reload from the file", &[Shortcut::key(Key::F5), Shortcut::ctrl(Key::R)]),
    line(Files, NotTyping, C::CloseTab, "Close tab", &[Shortcut::ctrl(Key::W)]),
    line(Files, Anywhere, C::NextTab, "Next tab", &[Shortcut::ctrl(Key::Tab), Shortcut::ctrl(Key::PageDown)]),
    line(Files, Anywhere, C::PreviousTab, "Previous tab", &[Shortcut::ctrl_shift(Key::Tab), Shortcut::ctrl(Key::PageUp)]),
    line(Files, Anywhere, C::Export, "Export...", &[Shortcut::ctrl(Key::S), Shortcut::ctrl_shift(Key::S)]),
    line(Files, Anywhere, C::KeepCopy, "Keep a copy...", &[]),
    line(Files, Anywhere, C::Quit, "Quit", &[Shortcut::ctrl(Key::Q)]),

    line(Search, Anywhere, C::Find, "Find", &[Shortcut::ctrl(Key::F)]),
    line(Search, NotTyping, C::Find, "Find", &[Shortcut::typed('/')]),
    line(Search, Anywhere, C::FindNext, "Next match", &[Shortcut::key(Key::F3)]),
    line(Search, NotTyping, C::FindNext, "Next match", &[Shortcut::key(Key::N)]),
    line(Search, FindBox, C::FindNext, "Next match (in the find box)", &[Shortcut::key(Key::Enter)]),
    line(Search, Anywhere, C::FindPrevious, "Previous match", &[Shortcut::shift(Key::F3)]),
    line(Search, NotTyping, C::FindPrevious, "Previous match", &[Shortcut::shift(Key::N)]),
    line(Search, FindBox, C::FindPrevious, "Previous match (in the find box)", &[Shortcut::shift(Key::Enter)]),
    line(Search, Anywhere, C::FilterText, "Filter by text", &[Shortcut::ctrl_shift(Key::F)]),
    line(Search, Anywhere, C::FocusLoggers, "Find a logger", &[Shortcut::ctrl(Key::L)]),
    line(Search, NotTyping, C::ClearFilters, "Clear all filters", &[Shortcut::ctrl_shift(Key::Backspace)]),

    line(Jump, NotTyping, C::NextError, "Next error", &[Shortcut::key(Key::E)]),
    line(Jump, NotTyping, C::PreviousError, "Previous error", &[Shortcut::shift(Key::E)]),
    line(Jump, NotTyping, C::NextWarning, "Next warning or error", &[Shortcut::key(Key::W)]),
    line(Jump, NotTyping, C::PreviousWarning, "Previous warning or error", &[Shortcut::shift(Key::W)]),
    line(Jump, NotTyping, C::Follow, "Follow the newest record", &[Shortcut::key(Key::F)]),
    line(Jump, NotTyping, C::FollowEnd, "To the end, and follow", &[Shortcut::key(Key::End)]),
    line(Jump, NotTyping, C::Top, "First record", &[Shortcut::key(Key::G), Shortcut::ctrl(Key::Home), Shortcut::key(Key::Home)]),
    line(Jump, NotTyping, C::Bottom, "Last record", &[Shortcut::shift(Key::G), Shortcut::ctrl(Key::End)]),
    line(Jump, Anywhere, C::Goto, "Go to record or time...", &[Shortcut::ctrl(Key::G)]),

    line(Select, NotTyping, C::RowDown, "Record below", &[Shortcut::key(Key::J), Shortcut::key(Key::ArrowDown)]),
    line(Select, NotTyping, C::RowUp, "Record above", &[Shortcut::key(Key::K), Shortcut::key(Key::ArrowUp)]),
    line(Select, NotTyping, C::PageDown, "One screen down", &[Shortcut::key(Key::PageDown)]),
    line(Select, NotTyping, C::PageUp, "One screen up", &[Shortcut::key(Key::PageUp)]),
    line(Select, NotTyping, C::ExtendDown, "Extend selection down", &[Shortcut::shift(Key::J), Shortcut::shift(Key::ArrowDown)]),
    line(Select, NotTyping, C::ExtendUp, "Extend selection up", &[Shortcut::shift(Key::K), Shortcut::shift(Key::ArrowUp)]),
    line(Select, NotTyping, C::ExtendPageDown, "Extend one screen down", &[Shortcut::shift(Key::PageDown)]),
    line(Select, NotTyping, C::ExtendPageUp, "Extend one screen up", &[Shortcut::shift(Key::PageUp)]),
    line(Select, NotTyping, C::ExtendToTop, "Extend to the first record", &[Shortcut::shift(Key::Home), Shortcut::ctrl_shift(Key::Home)]),
    line(Select, NotTyping, C::ExtendToBottom, "Extend to the last record", &[Shortcut::shift(Key::End), Shortcut::ctrl_shift(Key::End)]),
    line(Select, NotTyping, C::SelectAll, "Select all", &[Shortcut::ctrl(Key::A)]),
    line(Select, NotTyping, C::Copy, "Copy", &[Shortcut::ctrl(Key::C)]),
    line(Select, NotTyping, C::CopyMessages, "Copy messages", &[Shortcut::ctrl_shift(Key::C)]),

    line(View, Anywhere, C::ToggleLoggers, "Logger tree", &[Shortcut::ctrl(Key::B)]),
    line(View, Anywhere, C::ToggleDetails, "Details", &[Shortcut::ctrl(Key::J)]),
    line(View, Anywhere, C::FormatDialog, "Format...", &[Shortcut::ctrl(Key::T)]),
    line(View, Anywhere, C::Times, "Times...", &[Shortcut::ctrl_shift(Key::T)]),
    line(View, Anywhere, C::Columns, "Columns...", &[]),
    line(View, Anywhere, C::ZoomIn, "Zoom in", &[Shortcut::ctrl(Key::Plus), Shortcut::ctrl(Key::Equals)]),
    line(View, Anywhere, C::ZoomOut, "Zoom out", &[Shortcut::ctrl(Key::Minus)]),
    line(View, Anywhere, C::ZoomReset, "Normal size", &[Shortcut::ctrl(Key::Num0)]),
    line(View, Anywhere, C::Settings, "Settings...", &[Shortcut::ctrl(Key::Comma)]),
    line(View, Anywhere, C::Help, "Keys and first steps", &[Shortcut::key(Key::F1)]),
    line(View, NotTyping, C::Help, "Keys and first steps", &[Shortcut::typed('?')]),
    line(View, Anywhere, C::Back, "Step back: dialog, find, unpacking, selection", &[Shortcut::key(Key::Escape)]),
    line(View, Anywhere, C::OwnLog, "Open Timberline's own log", &[]),
    line(View, Anywhere, C::About, "About Timberline", &[]),
];
