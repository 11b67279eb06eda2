//! Groups of records: shown alone, left out, gone through.

use crate::app::groups::Chosen;
use crate::app::state::State;
use crate::app::tab::{Sought, Tab};
use crate::base::lang::tr;
use crate::engine::SeekTarget;
use crate::query::lang::value;
use crate::query::patterns::fault::Fault;
use crate::query::patterns::template::template_of;
use crate::ui::action::{Direction, DockTab};

/// Shows something in the dock. What is shown already goes: a key shows and hides.
pub fn show(state: &mut State, dock: DockTab) {
    let visible = state.panels().details_visible;
    let Some(tab) = state.tab_mut() else { return };
    tab.groups.dock = dock;
    if let Some(panel) = tab.groups.panel_mut() {
        panel.focus();
    }
    state.session_changed();
    if !visible {
        super::dialogs::show_details(state);
    }
}

/// Shows the records of one group alone, in place of another one that was.
pub fn choose(state: &mut State, query: String) {
    let Some(tab) = state.tab_mut() else { return };
    super::filter::pin_clickable(tab);
    let before = match &tab.groups.chosen {
        Some(chosen) => chosen.before.clone(),
        None => tab.filter.spec.clone(),
    };
    let Some(asked) = super::filter::asked(state, &query) else {
        return;
    };
    let mut after = before.clone();
    after.narrow(&asked);
    super::filter::replace(state, after.clone());
    if let Some(tab) = state.tab_mut() {
        tab.groups.chosen = Some(Chosen {
            query,
            before,
            after,
        });
    }
}

/// Shows the records of all groups again. Whether one was shown alone.
pub fn leave(state: &mut State) -> bool {
    let chosen = state.tab_mut().and_then(|tab| tab.groups.chosen.take());
    let Some(chosen) = chosen else { return false };
    super::filter::replace(state, chosen.before);
    true
}

/// Hides the records of a group.
pub fn exclude(state: &mut State, query: &str) {
    leave(state);
    super::filter::narrow(state, &format!("-({query})"));
}

/// Esc in the list of groups: from one group alone back to all, then out of the list.
pub fn back(state: &mut State) -> bool {
    let in_list = |tab: &Tab| tab.groups.panel().is_some_and(|panel| panel.has_keyboard);
    if !state.tab().is_some_and(in_list) || !leave(state) {
        return false;
    }
    let panel = state.tab_mut().and_then(|tab| tab.groups.panel_mut());
    if let Some(panel) = panel {
        // egui took the keyboard from it when Esc was pressed.
        panel.focus();
    }
    true
}

/// To the next record of a group: that one, or the one that the panel's keyboard is at, or that of the record in focus.
pub fn step(state: &mut State, query: Option<String>, direction: Direction) {
    let Some(tab) = state.tab() else { return };
    let Some(query) = query.or_else(|| of_panel(tab)).or_else(|| of_record(tab)) else {
        return;
    };
    let Some(spec) = super::filter::asked(state, &query) else {
        return;
    };
    if let Some(tab) = state.tab_mut() {
        super::go::seek_passing(tab, SeekTarget::Passing(Box::new(spec)), direction);
        tab.sought = Some(Sought::Told(tr(
            "No other record of this group among those that are shown",
        )));
    }
}

fn of_panel(tab: &Tab) -> Option<String> {
    tab.groups.panel()?.cursor.clone()
}

/// The exception of the record in focus, or the pattern of its message.
fn of_record(tab: &Tab) -> Option<String> {
    let record = tab.record.as_ref()?;
    let focus = tab.selection.focus();
    if Some(record.record) != focus {
        return None;
    }
    Some(match Fault::read(&record.message) {
        Some(fault) => format!("exception={}", value(&fault.fingerprint)),
        None => format!("pattern={}", value(&template_of(&record.message))),
    })
}
