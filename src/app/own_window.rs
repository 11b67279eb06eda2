//! Logs in windows of their own: what each window has for itself, and how a log gets there and back.
//!
//! Everything that carries out what the user asked for acts on the state's shown tab, dialogs and panels. While a window
//! of a log's own has its turn, those are that window's ([`State::in_window`]).

use std::mem;

use egui::ViewportId;

use super::aside::Aside;
use super::dialogs::Dialogs;
use super::frame::WindowPanels;
use super::split::Split;
use super::state::{FocusTarget, State};
use crate::base::panics::{Panicked, catch};
use crate::settings::model::Panels;
use crate::settings::session::WindowPlace;
use crate::ui::action::{Direction, TabId};

/// The window of a log of its own.
#[derive(Default)]
pub struct OwnWindow {
    parts: Parts,
    panels: WindowPanels,
    /// It is to come to the front.
    pub raise: bool,
    /// It had the focus in its last frame.
    pub had_focus: bool,
    /// Where it is, as far as the desktop tells.
    pub place: WindowPlace,
    /// Where it was opened.
    pub opened_at: WindowPlace,
    /// It was shown before.
    pub shown: bool,
}

impl OwnWindow {
    /// Which panels it shows, and how large; `None` while it has its turn.
    #[must_use]
    pub fn sizes(&self) -> Option<&Panels> {
        self.parts.own_panels.as_ref()
    }

    /// Shows these panels.
    pub fn resize(&mut self, sizes: Panels) {
        self.parts.own_panels = Some(sizes);
    }
}

/// What of the state each window has for itself.
#[derive(Default)]
struct Parts {
    active: Option<TabId>,
    split: Option<Split>,
    here: Option<TabId>,
    own_panels: Option<Panels>,
    dialogs: Dialogs,
    step_pane: Option<Direction>,
    open_menu: bool,
    toggle_notices: bool,
    notices_listed: bool,
    focus: Option<FocusTarget>,
    aside: Aside,
}

impl Parts {
    fn swap(&mut self, state: &mut State) {
        // Named one by one, so that none is forgotten.
        let Self {
            active,
            split,
            here,
            own_panels,
            dialogs,
            step_pane,
            open_menu,
            toggle_notices,
            notices_listed,
            focus,
            aside,
        } = self;
        mem::swap(active, &mut state.active);
        mem::swap(split, &mut state.split);
        mem::swap(here, &mut state.here);
        mem::swap(own_panels, &mut state.own_panels);
        mem::swap(dialogs, &mut state.dialogs);
        mem::swap(step_pane, &mut state.step_pane);
        mem::swap(open_menu, &mut state.open_menu);
        mem::swap(toggle_notices, &mut state.toggle_notices);
        mem::swap(notices_listed, &mut state.notices_listed);
        mem::swap(focus, &mut state.focus);
        mem::swap(aside, &mut state.aside);
    }
}

impl OwnWindow {
    /// What is open over it.
    pub fn dialogs_mut(&mut self) -> &mut Dialogs {
        &mut self.parts.dialogs
    }
}

/// How the window of a log is called among the desktop's.
#[must_use]
pub fn viewport_id(tab: TabId) -> ViewportId {
    ViewportId::from_hash_of(("log", tab.0))
}

impl State {
    /// Brings a tab to the front: in the main window, beside the other log there, or in its own.
    pub fn show(&mut self, id: TabId) {
        if self.here == Some(id) {
            return;
        }
        let tab = self.tab_of_mut(id);
        if let Some(own) = tab.and_then(|tab| tab.window.as_mut()) {
            own.raise = true;
        } else if self.here.is_some() {
            self.shown_next = Some(id);
        } else {
            self.take_side(id);
            self.active = Some(id);
        }
    }

    /// Shows a tab in a window of its own.
    pub fn move_to_window(&mut self, id: TabId, place: WindowPlace) {
        let panels = self.settings.panels.clone();
        let Some(at) = self.tabs.iter().position(|tab| tab.id == id) else {
            return;
        };
        let Some(tab) = self.tab_of_mut(id).filter(|tab| tab.window.is_none()) else {
            return;
        };
        tab.window = Some(Box::new(OwnWindow {
            parts: Parts {
                active: Some(id),
                here: Some(id),
                own_panels: Some(panels),
                ..Parts::default()
            },
            place,
            opened_at: place,
            ..OwnWindow::default()
        }));
        self.leave(id, at + 1);
        self.session_changed();
    }

    /// Shows the log of a window of its own in the main window again, with everything that was done to it there.
    pub fn move_back(&mut self, id: TabId) {
        let Some(tab) = self.tab_of_mut(id) else {
            return;
        };
        if tab.window.take().is_some() {
            match self.here {
                Some(_) => self.shown_next = Some(id),
                None => self.show(id),
            }
            self.session_changed();
        }
    }

    /// A tab is not in the window any more. The one beside it stays in view; without one, that at the place `at`, or
    /// before it, is shown next.
    pub(super) fn leave(&mut self, id: TabId, at: usize) {
        let beside = self.split.take_if(|split| split.has(id));
        if self.active != Some(id) {
            return;
        }
        if let Some(split) = beside {
            self.active = Some(split.other(id));
            return;
        }
        let free = |tab: &&super::tab::Tab| tab.window.is_none() && tab.id != id;
        let behind = self.tabs.iter().skip(at).find(free);
        let next = behind.or_else(|| self.tabs.iter().rev().find(free));
        // A window of a log's own shows no other.
        self.active = next.map(|tab| tab.id).filter(|_| self.here.is_none());
    }

    /// Lets the window of a log of its own have its turn; `None` if it has none.
    ///
    /// # Errors
    /// The turn panicked; the main window's things are in their place again.
    pub fn in_window<T>(
        &mut self,
        id: TabId,
        turn: impl FnOnce(&mut Self, &mut WindowPanels) -> T,
    ) -> Option<Result<T, Panicked>> {
        let mut own = self.tab_of_mut(id)?.window.take()?;
        self.main_in_sight = self.shown_sides().collect();
        if let Some(tab) = self.tab_of_mut(id) {
            tab.window = Some(Box::default());
        }
        own.parts.swap(self);
        let done = catch(|| turn(self, &mut own.panels));
        own.parts.swap(self);
        if let Some(window) = self.tab_of_mut(id).and_then(|tab| tab.window.as_mut()) {
            own.raise |= window.raise;
            *window = own;
        }
        Some(done)
    }

    /// The windows of logs of their own.
    pub fn own_windows(&self) -> impl Iterator<Item = (TabId, &OwnWindow)> {
        let own = |tab: &'_ super::tab::Tab| tab.id;
        let all = self.tabs.iter();
        all.filter_map(move |tab| Some((own(tab), tab.window.as_deref()?)))
    }

    /// What is open over each window.
    pub(super) fn all_dialogs(&mut self) -> impl Iterator<Item = &mut Dialogs> {
        let own = self.tabs.iter_mut().filter_map(|tab| tab.window.as_mut());
        let others = own.map(|own| own.dialogs_mut());
        std::iter::once(&mut self.dialogs).chain(others)
    }

    /// The dialog that asks where to export to, in whichever window it is open.
    pub fn export_dialog(&mut self) -> Option<&mut super::dialogs::ExportDialog> {
        self.all_dialogs().find_map(Dialogs::export_mut)
    }
}
