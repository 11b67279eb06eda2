//! Keeping a copy of what was unpacked or collected.

use std::path::{Path, PathBuf};

use crate::app::state::{Saving, State};
use crate::app::tab::Tab;
use crate::base::lang::tr;
use crate::engine::FeedKind;
use crate::ui::action::TabId;

/// Asks where the copy is to be.
pub fn ask(state: &mut State) {
    let Some(tab) = state.tab().filter(|tab| has_copy(tab)) else {
        return;
    };
    let (id, start) = (tab.id, start(tab));
    let title = tr("Keep a copy");
    if state.files.ask_target(title, start, state.waker()) {
        state.saving = Some(Saving::Copy(id));
    }
}

/// Whether there is something that is lost when the log is closed.
#[must_use]
pub fn has_copy(tab: &Tab) -> bool {
    let feed = tab.source.as_ref().and_then(|source| source.feed.as_ref());
    feed.is_some_and(|feed| feed.kind != FeedKind::Rotated)
}

/// Copies to where the user said; to the proposed place where the desktop has no dialog to ask with.
pub fn save(state: &State, id: TabId, to: Option<PathBuf>) {
    let Some(tab) = state.tabs.iter().find(|tab| tab.id == id) else {
        return;
    };
    let to = to.unwrap_or_else(|| unused(&start(tab), ""));
    let open = state.tabs.iter().filter(|tab| tab.origin.has_path());
    tab.handle
        .save_copy(to, open.map(|tab| tab.path.clone()).collect());
}

/// What is proposed.
fn start(tab: &Tab) -> PathBuf {
    folder(tab).join(proposed_name(&tab.name()))
}

/// Where something of a log is saved unless the user says otherwise: beside its file, or in the home folder.
pub(super) fn folder(tab: &Tab) -> PathBuf {
    let beside = tab.path.parent().filter(|_| tab.origin.has_path());
    let home = || directories::BaseDirs::new().map(|folders| folders.home_dir().to_path_buf());
    let folder = beside.map(Path::to_path_buf).or_else(home);
    folder.unwrap_or_default()
}

/// The name without what says that it is compressed, and with what says that it is a log.
fn proposed_name(name: &str) -> String {
    let name = unpacked_name(name);
    match name.contains(".log") || name.contains(".json") || name.ends_with(".txt") {
        true => name,
        false => format!("{name}.log"),
    }
}

/// The name without what says that it is compressed, and without what file systems refuse.
pub(super) fn unpacked_name(name: &str) -> String {
    let endings = [".gz", ".bz2", ".xz", ".zst", ".zip", ".tgz", ".tar"];
    let mut name = name;
    while let Some(rest) = endings.iter().find_map(|ending| name.strip_suffix(ending)) {
        name = rest;
    }
    let safe = |c: char| match c {
        '/' | '\\' | ':' | '\'' | '"' | '*' | '?' | '<' | '>' | '|' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    name.chars().map(safe).take(80).collect()
}

/// A name that no file has, with a number before this ending if need be.
pub(super) fn unused(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(ending).unwrap_or(&name);
    let numbered = |number: u32| path.with_file_name(format!("{name}.{number}{ending}"));
    let mut names = std::iter::once(path.to_path_buf()).chain((1..1_000).map(numbered));
    names
        .find(|name| !name.exists())
        .unwrap_or_else(|| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies() {
        for (name, copy) in [
            ("app.log.1.gz", "app.log.1"),
            ("logs.tar.gz", "logs.log"),
            ("standard input", "standard input.log"),
            ("sh -c 'a | b'", "sh -c _a _ b_.log"),
            ("app.jsonl.zst", "app.jsonl"),
        ] {
            assert_eq!(proposed_name(name), copy);
        }
    }
}
