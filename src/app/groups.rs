//! What the records of a tab have in common: the groups, which of them is shown alone, and what stands in the dock.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::base::id::Ticket;
use crate::engine::{GroupsRequest, GroupsState, GroupsWanted, SourceHandle};
use crate::query::spec::FilterSpec;
use crate::ui::action::DockTab;
use crate::ui::panels::groups::GroupsPanel;

/// Groups that were not in sight for so long are not counted any more.
const PATIENCE: Duration = Duration::from_secs(1);

/// A tab's groups.
#[derive(Debug, Default)]
pub struct TabGroups {
    /// What the dock shows.
    pub dock: DockTab,
    /// The panels' own state.
    pub exceptions: GroupsPanel,
    /// The same of the patterns.
    pub patterns: GroupsPanel,
    /// The group that is shown alone.
    pub chosen: Option<Chosen>,
    exceptions_known: Known,
    patterns_known: Known,
    asked: Option<GroupsRequest>,
    in_sight: Option<Instant>,
}

/// The group that is shown alone. While it is, the groups are those of the filter before, which it was chosen from.
#[derive(Debug)]
pub struct Chosen {
    /// The group's own filter.
    pub query: String,
    /// The pinned filter before it was chosen.
    pub before: FilterSpec,
    /// The pinned filter that shows it.
    pub after: FilterSpec,
}

/// What is known.
#[derive(Debug, Default)]
pub struct Known {
    /// The newest groups.
    pub state: Option<Arc<GroupsState>>,
    /// Another number for others.
    pub stamp: u64,
    /// The filter that they are of.
    of: Option<FilterSpec>,
}

impl TabGroups {
    /// What is known of what the dock shows.
    #[must_use]
    pub fn known(&self) -> &Known {
        match self.dock {
            DockTab::Exceptions => &self.exceptions_known,
            DockTab::Record | DockTab::Patterns => &self.patterns_known,
        }
    }

    /// The panel in sight, if it is one of groups.
    pub fn panel_mut(&mut self) -> Option<&mut GroupsPanel> {
        match self.dock {
            DockTab::Record => None,
            DockTab::Exceptions => Some(&mut self.exceptions),
            DockTab::Patterns => Some(&mut self.patterns),
        }
    }

    /// The same, to be looked at.
    #[must_use]
    pub fn panel(&self) -> Option<&GroupsPanel> {
        match self.dock {
            DockTab::Record => None,
            DockTab::Exceptions => Some(&self.exceptions),
            DockTab::Patterns => Some(&self.patterns),
        }
    }

    /// Asks for what the dock shows, of the rows of this filter; nothing if that was asked for already. While a group is
    /// shown alone, what is known stays.
    pub fn want(&mut self, handle: &SourceHandle, spec: &FilterSpec) {
        self.in_sight = Some(Instant::now());
        self.chosen.take_if(|chosen| chosen.after != *spec);
        let wanted = match self.dock {
            DockTab::Record => None,
            _ if self.chosen.is_some() => None,
            DockTab::Exceptions => Some(GroupsWanted::Exceptions),
            DockTab::Patterns => Some(GroupsWanted::Patterns),
        };
        self.ask(handle, wanted);
    }

    /// Asks for nothing once the groups were out of sight for a while.
    pub fn rest_unseen(&mut self, handle: &SourceHandle) {
        let unseen = self.in_sight.is_none_or(|at| at.elapsed() >= PATIENCE);
        if unseen && self.asked.is_some() {
            self.ask(handle, None);
        }
    }

    /// Takes over what was found among the rows of a filter. What was known whole of the same rows is not given up for a
    /// part of it.
    pub fn take(&mut self, state: Arc<GroupsState>, spec: &FilterSpec) {
        if self.chosen.is_some() {
            return;
        }
        let known = match state.wanted {
            GroupsWanted::Exceptions => &mut self.exceptions_known,
            GroupsWanted::Patterns => &mut self.patterns_known,
        };
        let whole = |known: &GroupsState| {
            known.surveyed.complete
                && known.generation == state.generation
                && known.filter != state.filter
        };
        let is_part = !state.surveyed.complete
            && known.of.as_ref() == Some(spec)
            && known.state.as_deref().is_some_and(whole);
        if !is_part {
            known.of = Some(spec.clone());
            known.state = Some(state);
            known.stamp += 1;
        }
    }

    fn ask(&mut self, handle: &SourceHandle, wanted: Option<GroupsWanted>) {
        let before = self.asked.as_ref();
        if before.map_or(wanted.is_none(), |asked| asked.wanted == wanted) {
            return;
        }
        let ticket = before
            .map_or(Ticket::default(), |asked| asked.ticket)
            .next();
        let request = GroupsRequest { ticket, wanted };
        self.asked = Some(request.clone());
        handle.want_groups(request);
    }
}
