//! Two logs side by side, and what a log does that does not have the keyboard.

use super::reduce;
use crate::app::state::State;
use crate::app::tab::Tab;
use crate::ui::action::{Action, TabId};

/// The least and the most share of the left side.
const SHARES: std::ops::RangeInclusive<f32> = 0.2..=0.8;

/// The log twice side by side, or one log again. A second view that filters nothing goes with that.
pub fn toggle(state: &mut State) {
    let Some(active) = state.active.filter(|_| state.here.is_none()) else {
        return;
    };
    let Some(split) = state.split.take() else {
        if let Some(view) = state.other_view(active).or_else(|| state.open_view(active)) {
            state.show_beside(view);
        }
        return;
    };
    let other = split.other(active);
    let spare = state.is_twin(other, active);
    let filters = |tab: &Tab| tab.is_filtered() || tab.filter.draft.is_some();
    if spare && !state.tab_of(other).is_some_and(filters) {
        state.close(other);
    }
    state.session_changed();
}

/// The keyboard goes to the other side.
pub fn other(state: &mut State, ctx: &egui::Context) {
    let sides = state.split.zip(state.active);
    if let Some(other) = sides.map(|(split, active)| split.other(active)) {
        state.active = Some(other);
        // Nothing of the side that it leaves keeps the keyboard.
        if let Some(focused) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }
}

pub fn resize(state: &mut State, share: f32) {
    let share = share.clamp(*SHARES.start(), *SHARES.end());
    state.settings.panels.split_share = share;
    state.panels_dirty = true;
}

/// All logs in sight are scrolled to the time of the one with the keyboard, or no longer.
pub fn toggle_sync(state: &mut State) {
    state.sync_times ^= true;
    // At once, and not only with the next step.
    if let Some(tab) = state.tab_mut() {
        tab.table.moved();
    }
}

/// As if the log were the one with the keyboard.
pub fn of(state: &mut State, ctx: &egui::Context, id: TabId, action: Action) {
    let active = state.active;
    state.active = Some(id);
    reduce(state, ctx, action);
    if state.active == Some(id) {
        state.active = active.filter(|active| state.tab_of(*active).is_some());
    }
}
