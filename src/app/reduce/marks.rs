//! Quick labels and highlighters.

use egui::Context;

use crate::app::keeper::FormatChore;
use crate::app::state::State;
use crate::base::dye::Dye;
use crate::settings::highlights::{Highlights, Imported};
use crate::ui::action::Dialog;
use crate::ui::selected_text;

/// Longest text that gets a colour, in characters.
const LONGEST: usize = 200;

/// Gives a text a colour in the shown log, or takes it away.
pub fn toggle_label(state: &mut State, text: &str, dye: Dye) {
    let Some(tab) = state.tab_mut() else { return };
    // Of several lines the first that says something: rows have one.
    let line = text.lines().find(|line| !line.trim().is_empty());
    let text: String = line.unwrap_or_default().chars().take(LONGEST).collect();
    tab.toggle_label(&text, dye);
    state.session_changed();
}

/// The same for what is selected, for what Find looks for while it is typed, or else for the word under the pointer. Where
/// there is none, the words of the record in focus are offered.
pub fn label_selected(state: &mut State, ctx: &Context, dye: Dye) {
    let Some(tab) = state.tab() else { return };
    let find = &tab.find;
    let finding = Some(find.pattern.text.clone());
    let finding =
        finding.filter(|text| find.has_keyboard && !find.pattern.regex && !text.is_empty());
    let word = finding.or_else(|| tab.table.word.clone());
    match selected_text::current(ctx).or(word) {
        Some(text) => toggle_label(state, &text, dye),
        None => super::dialogs::show(state, &Dialog::Words(Some(dye))),
    }
}

/// No text of the shown log has a colour of its own any more.
pub fn clear_labels(state: &mut State) {
    if let Some(tab) = state.tab_mut() {
        tab.labels.clear();
        state.session_changed();
    }
}

/// Shows rows with highlighters that are being edited.
pub fn try_out(state: &mut State, highlights: Box<Highlights>) {
    state.highlights_draft = Some(highlights);
}

/// Keeps highlighters.
pub fn save(state: &mut State, highlights: Highlights) {
    state.highlights_draft = None;
    state.settings.highlights = highlights;
    state.settings_changed();
}

/// Asks for a file with highlighters.
pub fn import(state: &mut State) {
    state.importing_highlights |= state.files.ask(None, state.waker());
}

/// Has a file with highlighters read.
pub fn read(state: &mut State, path: std::path::PathBuf) {
    state.keeper.formats(FormatChore::ImportHighlights(path));
}

/// Gives the dialog what was read, if it is still open.
pub fn take_imported(state: &mut State, imported: Imported) {
    if let Some(dialog) = state.dialogs.highlights_mut() {
        dialog.take(imported);
    }
}
