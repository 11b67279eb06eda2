//! Keeping a format: under a name, and for files like this one.

use crate::base::lang::tr;
use crate::tr;
use egui::{ComboBox, TextEdit, Ui};

use super::draft::Draft;
use super::{FormatModel, FormatState};
use crate::format::spec::FormatSpec;
use crate::settings::formats::SavedFormat;
use crate::ui::action::{Action, Actions};
use crate::ui::dialogs::sheet;
use crate::ui::theme::space;
use crate::ui::widgets::{menu, tips};

/// Shows both rows.
pub(super) fn show(
    ui: &mut Ui,
    model: &FormatModel,
    draft: &Draft,
    state: &mut FormatState,
    out: &mut Actions,
) {
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| name(ui, model, draft, state, out));
    ui.horizontal(|ui| remember(ui, model, state));
}

fn name(
    ui: &mut Ui,
    model: &FormatModel,
    draft: &Draft,
    state: &mut FormatState,
    out: &mut Actions,
) {
    let label = ui.label(tr("Save as"));
    let edit = TextEdit::singleline(&mut state.name)
        .hint_text(tr("A name of your own"))
        .desired_width(180.0);
    let edited = ui.add(edit).labelled_by(label.id);
    let tip = tr("Under this name the format is listed with your own (Enter)");
    let edited = tips::of_box(edited, tip);
    let name = state.name.trim().to_owned();
    let old = model.saved.iter().find(|saved| saved.name == name);
    let format = usable(model, draft).map(|spec| SavedFormat {
        name: name.clone(),
        spec,
    });
    let named = format.clone().filter(|_| !name.is_empty());
    let savable = named.filter(|format| old != Some(format));
    let verb = if old.is_some() {
        tr("Replace")
    } else {
        tr("Save")
    };
    let save = ui
        .add_enabled(savable.is_some(), egui::Button::new(verb))
        .on_hover_text(place(model))
        .on_disabled_hover_text(if old.is_some() {
            tr("It is saved like this")
        } else {
            tr("Type a name, and a template without a mistake")
        });
    if (save.clicked() || sheet::entered(ui, &edited))
        && let Some(format) = savable
    {
        out.push(Action::SaveFormat(format));
    }
    if old.is_some() {
        let delete = ui.button(tr("Delete"));
        let tip = tr("Delete the saved format; logs that are open are read as before");
        if delete.on_hover_text(tip).clicked() {
            out.push(Action::DeleteFormat(name));
        }
    }
    let text = format.and_then(|format| format.text().ok());
    let copy = ui.add_enabled(text.is_some(), egui::Button::new(tr("Copy as TOML")));
    let tip = tr("Copies what the file of the format holds, to pass it on");
    let copy = tips::always(copy, tip);
    if let Some(text) = text.filter(|_| copy.clicked()) {
        out.push(Action::CopyText(text));
    }
    let import = ui.button(tr("Import..."));
    let tip = tr!(
        "Takes a format over from a TOML file. {place}",
        place = place(model)
    );
    if import.on_hover_text(tip).clicked() {
        out.push(Action::ImportFormat);
    }
}

/// The format, if nothing is known to be wrong with it.
fn usable(model: &FormatModel, draft: &Draft) -> Option<FormatSpec> {
    let spec = draft.spec()?;
    let preview = model.preview.as_ref()?;
    (preview.spec == spec && preview.outcome.is_ok()).then_some(spec)
}

fn place(model: &FormatModel) -> String {
    model.folder.as_ref().map_or_else(
        || tr("Not kept: there is no home folder").to_owned(),
        |folder| tr!("Your formats are kept in {folder}, one file each", folder),
    )
}

/// For which files the format is remembered with Apply.
fn remember(ui: &mut Ui, model: &FormatModel, state: &mut FormatState) {
    let label = ui.label(tr("Remember for"));
    let shown = state
        .remember
        .as_ref()
        .map_or_else(|| tr("this file").to_owned(), |pattern| like(pattern));
    let width = (ui.available_width() - space::M).min(420.0);
    let combo = ComboBox::from_id_salt("remember")
        .selected_text(shown)
        .truncate()
        .width(width);
    let combo = menu::choice(ui, combo, |ui| {
        ui.selectable_value(&mut state.remember, None, tr("this file"));
        for pattern in &model.patterns {
            let choice = Some(pattern.clone());
            ui.selectable_value(&mut state.remember, choice, like(pattern));
        }
    });
    combo.labelled_by(label.id).on_hover_text(tr(
        "With Apply; other files whose paths look like this are read in this format and time zone from now on",
    ));
}

fn like(pattern: &str) -> String {
    tr!("files like {pattern}", pattern)
}
