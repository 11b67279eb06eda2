//! What the palette and quick open are given.

use std::path::{Path, PathBuf};

use super::bars::{file_name, folder};
use crate::app::commands::refusal;
use crate::app::lookups::{FileFacts, note_in_words};
use crate::app::state::State;
use crate::app::tab::Tab;
use crate::ui::dialogs::command_palette::PaletteModel;
use crate::ui::dialogs::path_box::{PathBoxModel, Place};
use crate::ui::keys::Command;
use crate::ui::widgets::typed_path::Completion;

/// The palette: every command but what only keys are for.
#[must_use]
pub fn palette(state: &State) -> PaletteModel {
    let useful = |command: &Command| !matches!(command, Command::Palette | Command::Back);
    PaletteModel {
        commands: Command::all()
            .filter(useful)
            .map(|command| (command, refusal(state, command)))
            .collect(),
        recent: state.recent_commands.clone(),
        filters: state.tab().map_or_else(Vec::new, |_| {
            let saved = state.settings.filters.saved.iter();
            saved
                .map(|it| (it.name.clone(), it.query.clone()))
                .collect()
        }),
    }
}

/// Quick open; `notice` is why it was opened by the program.
#[must_use]
pub fn quick_open(state: &State, notice: &str) -> PathBoxModel {
    let tabs = state.tabs.iter().filter(|tab| Some(tab.id) != state.active);
    let recent = state.settings.recent.iter();
    PathBoxModel {
        tabs: tabs.map(|tab| (tab.id, open_log(state, tab))).collect(),
        recent: recent
            .map(|recent| place(&recent.path, state.lookups.facts(&recent.path)))
            .filter(|place| state.tab().is_none_or(|tab| tab.path != place.path))
            .collect(),
        beside: beside(state),
        completion: completion(state),
        notice: notice.to_owned(),
    }
}

/// What the path that was typed last could go on to.
#[must_use]
pub fn completion(state: &State) -> Completion {
    let known = state.lookups.completions();
    Completion {
        of: known.typed.clone(),
        exists: known.exists,
        paths: known.paths.clone(),
        notes: known.notes.iter().map(|note| note_in_words(note)).collect(),
        more: known.more,
    }
}

fn open_log(state: &State, tab: &Tab) -> Place {
    if tab.origin.has_path() {
        return Place {
            name: tab.name(),
            ..place(&tab.path, state.lookups.facts(&tab.path))
        };
    }
    Place {
        path: PathBuf::from(&tab.path),
        name: tab.name(),
        ..Place::default()
    }
}

fn beside(state: &State) -> Vec<Place> {
    let tab = state.tab().filter(|tab| tab.origin.has_path());
    let Some((tab, folder)) = tab.and_then(|tab| Some((tab, tab.path.parent()?))) else {
        return Vec::new();
    };
    let files = state.lookups.listing(folder).iter();
    let others = files.filter(|(path, _)| *path != tab.path);
    others
        .map(|(path, facts)| place(path, Some(facts)))
        .collect()
}

fn place(path: &Path, facts: Option<&FileFacts>) -> Place {
    Place {
        path: path.to_path_buf(),
        name: file_name(path),
        folder: folder(path),
        note: facts.map(FileFacts::note_in_words).unwrap_or_default(),
        missing: facts.is_some_and(|facts| facts.missing),
    }
}
