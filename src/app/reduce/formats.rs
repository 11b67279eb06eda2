//! Teaching a format: trying, keeping and remembering it.

use crate::app::keeper::FormatChore;
use crate::app::state::State;
use crate::base::id::Ticket;
use crate::base::time::Zone;
use crate::engine::{CheckRequest, Offer};
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
    state.settings.remember_pattern(pattern, format);
    state.settings_changed();
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

pub fn import(state: &mut State) {
    let folder = state.keeper.formats_folder();
    state.importing |= state.files.ask(folder, state.waker());
}

pub fn set_zone(state: &mut State, zone: Zone) {
    let Some(tab) = state.tab_mut() else { return };
    tab.remember_place();
    tab.handle.set_zone(zone);
    let path = tab.path.clone();
    state.settings.set_zone_of(&path, zone);
    state.settings_changed();
}

/// Lines stay lines in whatever encoding, so the record that is looked at keeps its number.
pub fn set_encoding(state: &mut State, name: Option<String>) {
    let Some(tab) = state.tab_mut() else { return };
    tab.remember_record();
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
    for tab in &mut state.tabs {
        tab.remember_place();
        tab.handle.reread();
    }
}
