//! Two logs side by side: what stands above each.

use super::bars::is_later_view;
use crate::app::state::State;
use crate::app::sync;
use crate::app::tab::Tab;
use crate::tr;
use crate::ui::action::TabId;
use crate::ui::panels::side_head::{SideHeadModel, SyncModel};

fn name(state: &State, tab: &Tab) -> String {
    let name = tab.name();
    match is_later_view(state, tab) {
        true => tr!("{name}, second view", name),
        false => name,
    }
}

/// What stands above a log; with `switch`, the switch for the same time.
#[must_use]
pub fn side_head(state: &State, id: TabId, switch: bool) -> SideHeadModel {
    let tab = state.tab_of(id);
    let sync = SyncModel {
        on: state.sync_times,
        refused: sync::refusal(state),
    };
    SideHeadModel {
        name: tab.map(|tab| name(state, tab)).unwrap_or_default(),
        path: tab.map(Tab::place).unwrap_or_default(),
        active: state.active == Some(id),
        other: state.split.map(|split| split.other(id)),
        sync: switch.then_some(sync),
    }
}
