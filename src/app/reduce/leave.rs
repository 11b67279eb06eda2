//! Quitting and closing a log. Where that ends an export, the user is asked first.

use super::tabs;
use crate::app::state::State;
use crate::app::tab::Tab;
use crate::base::lang::tr;
use crate::base::text;
use crate::tr;
use crate::ui::action::{Action, Leaving};
use crate::ui::dialogs::confirm::ConfirmModel;

/// Leaves, or asks whether to.
pub fn leave(state: &mut State, leaving: Leaving) {
    if !ask(state, leaving) {
        go(state, leaving);
    }
}

/// Leaves; an export that goes on is given up.
pub fn go(state: &mut State, leaving: Leaving) {
    match leaving {
        Leaving::Program => state.quit = true,
        Leaving::Tab(id) => tabs::close(state, id),
        Leaving::Others(id) => tabs::close_others(state, id),
    }
}

/// Asks whether to leave if that ends an export; whether it does.
pub fn ask(state: &mut State, leaving: Leaving) -> bool {
    let left = |tab: &Tab| match leaving {
        Leaving::Program => true,
        Leaving::Tab(id) => tab.id == id,
        // Those of other windows stay.
        Leaving::Others(id) => tab.id != id && tab.window.is_none(),
    };
    let mut exports = state.tabs.iter().filter(|tab| left(tab));
    let Some(export) = exports.find_map(|tab| tab.export.clone()) else {
        return false;
    };
    state.dialogs.ask(ConfirmModel {
        title: tr("An export is not finished").to_owned(),
        text: tr!(
            "Then nothing is left of {path}.",
            path = text::path(&export.path)
        ),
        confirm: match leaving {
            Leaving::Program => tr("Quit all the same"),
            Leaving::Tab(_) | Leaving::Others(_) => tr("Close all the same"),
        }
        .to_owned(),
        action: Action::LeaveNow(leaving),
    });
    true
}
