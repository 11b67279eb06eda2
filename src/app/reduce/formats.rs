//! Teaching a format: trying, keeping and remembering it.

use crate::app::keeper::FormatChore;
use crate::app::state::State;
use crate::app::tab::Tab;
use crate::base::id::Ticket;
use crate::base::time::Zone;
use crate::engine::{CheckRequest, FormatChoice, Offer, SourceState};
use crate::format::spec::FormatSpec;
use crate::settings::formats::{FormatRef, SavedFormat};
use crate::ui::action::{FormatPick, NoticeId};

pub fn check(state: &mut State, spec: FormatSpec) {
    state.dialogs.checked = Some(spec.clone());
    let Some(tab) = state.tab_mut() else { return };
    tab.check_ticket = Ticket::next(tab.check_ticket);
    tab.handle.check(CheckRequest {
        ticket: tab.check_ticket,
        spec,
    });
}

pub fn cancel_check(state: &mut State) {
    if let Some(tab) = state.tab_mut() {
        tab.handle.cancel_check();
    }
}

pub fn remember(state: &mut State, pattern: String, spec: &FormatSpec) {
    let format = FormatRef::of(spec, &state.formats);
    let zone = state.tab().and_then(|tab| tab.source.as_ref());
    let zone = zone.map_or_else(Zone::default, |source| source.zone);
    state.settings.remember_pattern(pattern, format, zone);
    state.settings_changed();
}

/// Takes the user's own formats over as they are on disk. A log that is read in one whose file was changed is read anew.
pub fn take(state: &mut State, formats: Vec<SavedFormat>) {
    if formats == state.formats {
        return;
    }
    let before = std::mem::take(&mut state.formats);
    state.take_formats(formats);
    let changed = |old: &SavedFormat| {
        let now = state.formats.iter().find(|now| now.name == old.name);
        let now = now.filter(|now| now.spec != old.spec)?;
        Some((old.spec.clone(), now.spec.clone()))
    };
    let changed: Vec<_> = before.iter().filter_map(changed).collect();
    let mut told = Vec::new();
    for tab in &mut state.tabs {
        let source = tab.source.clone();
        let now = |source: &SourceState| {
            let mut changed = changed.iter();
            let (_, now) = changed.find(|(old, _)| *old == source.format.spec)?;
            Some((now.clone(), source.format_was_detected))
        };
        let Some((spec, detected)) = source.as_deref().and_then(now) else {
            continue;
        };
        tab.remember_place();
        // Once for all views of a log.
        if told.contains(&tab.handle.id()) {
            continue;
        }
        told.push(tab.handle.id());
        if detected {
            tab.handle.set_format(FormatChoice::Detect);
            continue;
        }
        tab.handle.set_format(FormatChoice::Spec(spec.clone()));
        if tab.origin.has_path() && state.settings.format_of(&tab.path).is_some() {
            state.settings.remember(&tab.path, Some(spec));
            state.keeper.save_settings(&state.settings);
        }
    }
}

/// Shown at once; the thread that writes it reads all of them again afterwards.
pub fn save(state: &mut State, format: SavedFormat) {
    let mut formats = std::mem::take(&mut state.formats);
    formats.retain(|other| other.name != format.name);
    formats.push(format.clone());
    formats.sort_by_key(|format| format.name.to_lowercase());
    state.take_formats(formats);
    state.keeper.formats(FormatChore::Save(format));
}

pub fn delete(state: &mut State, name: &str) {
    let mut formats = std::mem::take(&mut state.formats);
    formats.retain(|other| other.name != name);
    state.take_formats(formats);
    state.keeper.formats(FormatChore::Delete(name.to_owned()));
}

/// Reads the user's own formats again if a file of theirs has changed.
pub fn look(state: &State) {
    state.keeper.formats(FormatChore::Look);
}

pub fn import(state: &mut State) {
    let folder = state.keeper.formats_folder();
    state.importing |= state.files.ask(folder, state.waker());
}

pub fn set_zone(state: &mut State, zone: Zone) {
    state.remember_places(Tab::remember_place);
    let Some(tab) = state.tab() else { return };
    tab.handle.set_zone(zone);
    let path = tab.path.clone();
    state.settings.set_zone_of(&path, zone);
    state.settings_changed();
}

/// Lines stay lines in whatever encoding, so the record that is looked at keeps its number.
pub fn set_encoding(state: &mut State, name: Option<String>) {
    state.remember_places(Tab::remember_record);
    let Some(tab) = state.tab() else { return };
    tab.handle
        .set_encoding(name.as_ref().and_then(|name| name.parse().ok()));
    let path = tab.path.clone();
    state.settings.set_encoding_of(&path, name);
    state.settings_changed();
}

/// Does what a notice offers, in the tab that it is about.
pub fn accept(state: &mut State, notice: NoticeId) {
    let Some((tab, offer)) = state.notices.accept(notice) else {
        return;
    };
    super::tabs::select(state, tab);
    match offer {
        Offer::Format(spec) => super::dialogs::apply_format(state, FormatPick::Spec(spec)),
        Offer::Encoding(encoding) => set_encoding(state, Some(encoding.name().to_owned())),
    }
}

/// Level words have other places: every open file counts its errors anew.
pub fn levels_changed(state: &mut State) {
    state.prefer();
    let mut told = Vec::new();
    for tab in &mut state.tabs {
        tab.remember_place();
        // Once for all views of a log.
        if !told.contains(&tab.handle.id()) {
            told.push(tab.handle.id());
            tab.handle.reread();
        }
    }
}
