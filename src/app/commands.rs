//! From keys to actions.

use super::state::{FocusTarget, State};
use crate::base::level::Gravity;
use crate::ui::action::{Action, CopyWhat, Dialog, Direction, Step, Zoom};
use crate::ui::keys::Command;

/// What a key's command means now; `None` where it means nothing (no tab is open).
#[must_use]
pub fn action(state: &State, command: Command) -> Option<Action> {
    let seek = |least, direction| Action::SeekGravity { least, direction };
    let step = |by| Action::MoveSelection { by, extend: false };
    let extend = |by| Action::MoveSelection { by, extend: true };
    Some(match command {
        Command::Open => Action::Open,
        Command::OpenPathBox => Action::OpenPathBox,
        Command::OpenSample => Action::OpenSample,
        Command::Paste => Action::Paste,
        Command::Reload => Action::Reload,
        Command::CloseTab => Action::CloseTab(state.active?),
        Command::NextTab => Action::CycleTab(Direction::Forward),
        Command::PreviousTab => Action::CycleTab(Direction::Backward),
        Command::OpenRotated => Action::OpenRotated,
        Command::Export => Action::ShowDialog(Dialog::Export),
        Command::KeepCopy => Action::KeepCopy,
        Command::Quit => Action::Quit,
        Command::Find => Action::FocusFind,
        Command::FilterText => Action::FocusFilter,
        Command::FindNext => Action::FindNext,
        Command::FindPrevious => Action::FindPrevious,
        Command::ClearFilters => Action::ClearFilters,
        Command::FocusLoggers => Action::FocusLoggers,
        Command::Follow => Action::SetFollow(!state.tab()?.follows()),
        Command::FollowEnd => Action::SetFollow(true),
        Command::NextError => seek(Gravity::Error, Direction::Forward),
        Command::PreviousError => seek(Gravity::Error, Direction::Backward),
        Command::NextWarning => seek(Gravity::Warning, Direction::Forward),
        Command::PreviousWarning => seek(Gravity::Warning, Direction::Backward),
        Command::Goto => Action::ShowDialog(Dialog::Goto),
        Command::Top => step(Step::Start),
        Command::Bottom => step(Step::End),
        Command::RowUp => step(Step::Rows(-1)),
        Command::RowDown => step(Step::Rows(1)),
        Command::PageUp => step(Step::Pages(-1)),
        Command::PageDown => step(Step::Pages(1)),
        Command::ExtendUp => extend(Step::Rows(-1)),
        Command::ExtendDown => extend(Step::Rows(1)),
        Command::ExtendPageUp => extend(Step::Pages(-1)),
        Command::ExtendPageDown => extend(Step::Pages(1)),
        Command::ExtendToTop => extend(Step::Start),
        Command::ExtendToBottom => extend(Step::End),
        Command::SelectAll => Action::SelectAll,
        Command::Copy => Action::CopySelection(CopyWhat::Lines),
        Command::CopyMessages => Action::CopySelection(CopyWhat::Messages),
        Command::ToggleLoggers => Action::ToggleLoggers,
        Command::ToggleDetails => Action::ToggleDetails,
        Command::Columns => Action::ShowDialog(Dialog::Columns),
        Command::Times => Action::ShowDialog(Dialog::Times),
        Command::FormatDialog => Action::ShowDialog(Dialog::Format),
        Command::ZoomIn => Action::Zoom(Zoom::In),
        Command::ZoomOut => Action::Zoom(Zoom::Out),
        Command::ZoomReset => Action::Zoom(Zoom::Reset),
        Command::Settings => Action::ShowDialog(Dialog::Settings),
        Command::Help => Action::ShowDialog(Dialog::Keys),
        Command::Back => Action::Back,
        Command::OwnLog => Action::OpenOwnLog,
        Command::About => Action::ShowDialog(Dialog::About),
    })
}

/// Where the keyboard goes when a key asks for an input.
pub fn focus(state: &mut State) {
    let Some(target) = state.focus.take() else {
        return;
    };
    let Some(tab) = state.tab_mut() else { return };
    match target {
        FocusTarget::Filter => tab.filters.bar.focus(),
        FocusTarget::Loggers => tab.loggers.focus_find(),
    }
}
