//! Two logs side by side in the main window.

use super::state::State;
use super::tab::{Place, Tab};
use crate::base::problem::Problem;
use crate::query::spec::FilterSpec;
use crate::ui::action::TabId;

/// The logs of the two sides, from left to right. One of them is the shown tab, which has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The left one.
    pub left: TabId,
    /// The right one.
    pub right: TabId,
}

/// A side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Side {
    /// The left one, or the only one.
    #[default]
    Left,
    /// The right one.
    Right,
}

impl Split {
    /// Whether a log is on one of the sides.
    #[must_use]
    pub fn has(&self, id: TabId) -> bool {
        self.left == id || self.right == id
    }

    /// The log on the other side.
    #[must_use]
    pub fn other(&self, id: TabId) -> TabId {
        if self.left == id {
            self.right
        } else {
            self.left
        }
    }

    /// The log of a side.
    #[must_use]
    pub fn log(&self, side: Side) -> TabId {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

impl State {
    /// A tab is about to be shown: beside another it takes the side that has the keyboard, unless it has one already.
    pub(super) fn take_side(&mut self, id: TabId) {
        let active = self.active;
        let Some(split) = self.split.as_mut().filter(|split| !split.has(id)) else {
            return;
        };
        match Some(split.left) == active {
            true => split.left = id,
            false => split.right = id,
        }
    }

    /// Shows a tab beside the one that is shown, in place of another there. It gets the keyboard.
    pub fn show_beside(&mut self, id: TabId) {
        let free = self.tab_of(id).is_some_and(|tab| tab.window.is_none());
        let shown = self.active.filter(|active| *active != id);
        let Some(shown) = shown.filter(|_| free && self.here.is_none()) else {
            return;
        };
        let split = self.split.get_or_insert(Split {
            left: shown,
            right: id,
        });
        if !split.has(id) {
            match split.left == shown {
                true => split.right = id,
                false => split.left = id,
            }
        }
        self.active = Some(id);
        self.session_changed();
        if self.one_side {
            self.tell(
                Problem::info("The window is too narrow for two logs side by side")
                    .hint("One is shown, as a tab; both are as soon as there is room"),
            );
        }
    }

    /// Whether two tabs are views of one log.
    #[must_use]
    pub fn is_twin(&self, one: TabId, other: TabId) -> bool {
        let source = |id| self.tab_of(id).map(|tab| tab.handle.id());
        one != other && source(one).is_some() && source(one) == source(other)
    }

    /// Lets every view of the shown log take note of where it is, before its records are cut anew.
    pub(super) fn remember_places(&mut self, remember: impl Fn(&mut Tab)) {
        let source = self.tab().map(|tab| tab.handle.id());
        let views = self.tabs.iter_mut();
        let views = views.filter(|tab| Some(tab.handle.id()) == source);
        views.for_each(remember);
    }

    /// Another view of the log of a tab, in the main window.
    #[must_use]
    pub fn other_view(&self, id: TabId) -> Option<TabId> {
        let mut others = self.main_tabs().filter(|tab| self.is_twin(tab.id, id));
        others.next().map(|tab| tab.id)
    }

    /// Opens another view of the log of a tab, at the same place and without a filter, in a tab beside it.
    pub fn open_view(&mut self, id: TabId) -> Option<TabId> {
        let new = self.new_tab();
        let at = self.tabs.iter().position(|tab| tab.id == id)?;
        let tab = self.tabs.get_mut(at)?;
        let handle = self.engine.open_view(&tab.handle, FilterSpec::default());
        let (from, follow) = ((tab.path.clone(), tab.origin.clone()), tab.follow);
        let mut view = Tab::new(new, from, handle, follow);
        view.bookmarks = tab.bookmarks.clone();
        view.table.start_wrapped(tab.table.wraps());
        view.show_around(tab.manner.around);
        view.collapse(tab.manner.collapse);
        view.order_by_time(tab.manner.by_time);
        view.return_to = Place::of(tab);
        self.tabs.insert(at + 1, view);
        Some(new)
    }

    /// The tab behind the shown one that could stand beside it.
    #[must_use]
    pub fn next_beside(&self) -> Option<TabId> {
        let shown = |id: TabId| match &self.split {
            Some(split) => split.has(id),
            None => self.active == Some(id),
        };
        let at = self
            .tabs
            .iter()
            .position(|tab| Some(tab.id) == self.active)?;
        let mut around = self.tabs.iter().cycle().skip(at + 1).take(self.tabs.len());
        let next = around.find(|tab| tab.window.is_none() && !shown(tab.id));
        next.map(|tab| tab.id)
    }

    /// The logs that are in sight in any window, first the one that has the keyboard in the window of this turn.
    pub fn in_sight(&self) -> impl Iterator<Item = TabId> {
        let main = match self.here {
            Some(_) => self.main_in_sight.clone(),
            None => self.shown_sides().collect(),
        };
        let own = self.own_windows().map(|(id, _)| id);
        let here = self.here;
        let own = own.filter(move |id| Some(*id) != here);
        here.into_iter().chain(main).chain(own)
    }

    /// Those of the two sides that there is room for.
    pub(super) fn shown_sides(&self) -> impl Iterator<Item = TabId> {
        self.sides().take(if self.one_side { 1 } else { 2 })
    }

    /// The logs that the main window shows, first the one that has the keyboard. To be asked in its turn.
    pub(super) fn sides(&self) -> impl Iterator<Item = TabId> {
        let beside = self.split.zip(self.active);
        let beside = beside.map(|(split, active)| split.other(active));
        self.active.into_iter().chain(beside)
    }
}
