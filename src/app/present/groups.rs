//! The groups' model.

use crate::app::tab::Tab;
use crate::ui::action::DockTab;
use crate::ui::panels::groups::{GroupedBy, GroupsModel};

/// What the records of a tab have in common, as the dock shows it.
#[must_use]
pub fn groups(tab: &Tab) -> GroupsModel<'_> {
    let known = tab.groups.known();
    let state = known.state.as_deref();
    let state = state.filter(|state| state.generation == tab.generation());
    let chosen = tab.groups.chosen.as_ref();
    let progress = state.and_then(|state| {
        let surveyed = state.surveyed;
        let whole = surveyed.complete || chosen.is_some();
        let share = surveyed.rows as f32 / surveyed.of.max(1) as f32;
        (!whole).then_some(share.min(1.0))
    });
    GroupsModel {
        by: match tab.groups.dock {
            DockTab::Exceptions => GroupedBy::Exception,
            DockTab::Record | DockTab::Patterns => GroupedBy::Pattern,
        },
        groups: state.map(|state| &state.groups),
        no_file: tab.has_no_file(),
        stamp: known.stamp,
        progress,
        chosen: chosen.map(|chosen| &*chosen.query),
        filtered: tab.is_filtered(),
        zone: tab.zone(),
    }
}
