//! What the table's keys mean. The keys themselves stand in `ui::keys`; this maps their commands to actions.

use crate::base::level::Gravity;
use crate::ui::action::{Action, CopyWhat, Direction, Step};
use crate::ui::keys::Command;

/// The action of a command that is about the table and needs nothing else to be known; `None` for all others.
#[must_use]
pub fn action(command: Command) -> Option<Action> {
    let step = |by, extend| Action::MoveSelection { by, extend };
    let seek = |least, direction| Action::SeekGravity { least, direction };
    Some(match command {
        Command::RowUp => step(Step::Rows(-1), false),
        Command::RowDown => step(Step::Rows(1), false),
        Command::PageUp => step(Step::Pages(-1), false),
        Command::PageDown => step(Step::Pages(1), false),
        Command::Top => step(Step::Start, false),
        Command::Bottom => step(Step::End, false),
        Command::ExtendUp => step(Step::Rows(-1), true),
        Command::ExtendDown => step(Step::Rows(1), true),
        Command::ExtendPageUp => step(Step::Pages(-1), true),
        Command::ExtendPageDown => step(Step::Pages(1), true),
        Command::ExtendToTop => step(Step::Start, true),
        Command::ExtendToBottom => step(Step::End, true),
        Command::SelectAll => Action::SelectAll,
        Command::Copy => Action::CopySelection(CopyWhat::Lines),
        Command::CopyMessages => Action::CopySelection(CopyWhat::Messages),
        Command::FollowEnd => Action::SetFollow(true),
        Command::NextError => seek(Gravity::Error, Direction::Forward),
        Command::PreviousError => seek(Gravity::Error, Direction::Backward),
        Command::NextWarning => seek(Gravity::Warning, Direction::Forward),
        Command::PreviousWarning => seek(Gravity::Warning, Direction::Backward),
        _ => return None,
    })
}
