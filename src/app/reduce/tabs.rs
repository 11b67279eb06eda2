//! Opening, closing and switching tabs.

use std::path::Path;

use crate::app::files::Picked;
use crate::app::lookups::expand_home;
use crate::app::state::State;
use crate::app::tab::{Follow, Tab};
use crate::base::lang::tr;
use crate::base::origin::{Origin, Pasted};
use crate::base::problem::Problem;
use crate::engine::SourceHandle;
use crate::tr;
use crate::ui::action::{Direction, TabId};

/// The sample log travels inside the program, so that "Open the sample log" works wherever the program is installed.
const SAMPLE: &[u8] = include_bytes!("../../../assets/samples/inference-service.log");

pub fn ask(state: &mut State) {
    let folder = state
        .tab()
        .and_then(|tab| tab.path.parent())
        .map(Path::to_path_buf);
    let waker = state.waker();
    state.files.ask(folder, waker);
}

pub fn open(state: &mut State, path: &Path) {
    let path = expand_home(path);
    state.open(&path, None);
    state.dialogs.finish();
}

/// Opens a pasted text, if there is anything in it.
pub fn open_text(state: &mut State, text: String) {
    if text.trim().is_empty() {
        let problem = Problem::info("There is no text in the clipboard")
            .hint("Copy some lines of a log first");
        return state.tell(problem);
    }
    state.pasted += 1;
    let name = match state.pasted {
        1 => tr("pasted text").to_owned(),
        count => tr!("pasted text {count}", count),
    };
    let origin = Origin::Text(Pasted(text.into()));
    state.open_from(Path::new(&name), origin, None);
}

/// Opens the log of the tab anew, behind its rotated files.
pub fn open_rotated(state: &mut State) {
    let Some(tab) = state.tab().filter(|tab| tab.origin == Origin::Path) else {
        return;
    };
    let path = tab.path.clone();
    state.open_from(&path, Origin::Rotated, None);
}

pub fn open_sample(state: &mut State) {
    let waker = state.waker();
    state.files.make(write_sample, waker);
    state.dialogs.finish();
}

fn write_sample() -> Result<Picked, Problem> {
    let path = std::env::temp_dir()
        .join("timberline-sample")
        .join("inference-service.log");
    match crate::app::files::write_if_different(&path, SAMPLE) {
        Ok(()) => Ok(Picked::Made(path)),
        Err(error) => Err(
            Problem::error("Cannot write the sample log to the temporary folder")
                .hint("Free some space there, or open a log of your own")
                .detail(error.to_string())
                .path(path),
        ),
    }
}

pub fn open_own_log(state: &mut State) {
    match state.keeper.log_path().map(Path::to_path_buf) {
        Some(path) => state.open(&path, None),
        None => state.tell(Problem::info(
            "Timberline keeps no log of its own without a home folder",
        )),
    }
}

pub fn close(state: &mut State, id: TabId) {
    state.close(id);
    state.session_changed();
    if state.active.is_none() {
        // The start page tells how old the files are by now.
        state.look_up_recent();
    }
}

pub fn select(state: &mut State, id: TabId) {
    if state.tab_of(id).is_some() {
        state.show(id);
        state.session_changed();
    }
}

pub fn cycle(state: &mut State, direction: Direction) {
    // Beside another log, that one is not a place to go to: there is a key for that.
    let other = state.split.zip(state.active);
    let other = other.map(|(split, active)| split.other(active));
    let tabs = state.main_tabs().map(|tab| tab.id);
    let tabs: Vec<TabId> = tabs.filter(|id| Some(*id) != other).collect();
    let Some(at) = tabs.iter().position(|id| Some(*id) == state.active) else {
        return;
    };
    let count = tabs.len();
    let next = match direction {
        Direction::Forward => (at + 1) % count,
        Direction::Backward => (at + count - 1) % count,
    };
    if let Some(next) = tabs.get(next) {
        state.show(*next);
    }
}

/// Puts a tab at a place among those of the main window.
pub fn move_to(state: &mut State, id: TabId, to: usize) {
    let Some(at) = state.tabs.iter().position(|tab| tab.id == id) else {
        return;
    };
    let tab = state.tabs.remove(at);
    let shown = state.tabs.iter().enumerate();
    let mut shown = shown.filter(|(_, tab)| tab.window.is_none());
    let to = shown.nth(to).map_or(state.tabs.len(), |(at, _)| at);
    state.tabs.insert(to, tab);
    state.session_changed();
}

/// Opens what was closed last, at its old place; a command runs again.
pub fn reopen(state: &mut State) {
    let Some(closed) = state.closed.pop() else {
        return;
    };
    if closed.origin == Origin::Stdin {
        let problem = Problem::info("Standard input cannot be read a second time")
            .hint("While its tab is open, File > Keep a copy saves it");
        return state.tell(problem);
    }
    let before = state.tabs.len();
    state.open_from(&closed.path, closed.origin, None);
    if let (true, Some(id)) = (state.tabs.len() > before, state.active) {
        move_to(state, id, closed.place);
        if let Some(tab) = state.tab_mut() {
            tab.dress(&closed.entry);
        }
    }
}

pub fn close_others(state: &mut State, id: TabId) {
    let others = state.main_tabs().map(|tab| tab.id);
    let others: Vec<TabId> = others.filter(|other| *other != id).collect();
    for other in others {
        state.close(other);
    }
    state.session_changed();
}

pub fn reload(state: &mut State) {
    state.remember_places(Tab::remember_place);
    with_handle(state, SourceHandle::reload);
}

/// Runs the command again. Its log is followed from its start, as when it was run first.
pub fn restart(state: &mut State) {
    if let Some(tab) = state.tab_mut() {
        tab.follow = Follow::Tail;
        tab.handle.restart_feed();
    }
}

pub fn with_handle(state: &State, ask: impl FnOnce(&SourceHandle)) {
    if let Some(tab) = state.tab() {
        ask(&tab.handle);
    }
}

pub fn forget_recent(state: &mut State, path: &Path) {
    state.settings.forget(path);
    state.settings_changed();
}
