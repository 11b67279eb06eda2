//! The menus of the status bar: other formats, other encodings.

use egui::Ui;

use super::{EncodingStatus, FormatStatus};
use crate::base::lang::tr;
use crate::base::text::name;
use crate::ui::action::{Action, Actions, Dialog, FormatPick};
use crate::ui::keys::{Command, shortcut_text};
use crate::ui::theme::palette;
use crate::ui::widgets::{elide, menu};

/// Encodings to read the file in.
pub(super) fn encoding(ui: &mut Ui, status: &EncodingStatus, out: &mut Actions) {
    let mut pick = None;
    let automatic = egui::Button::new(tr("Recognise automatically")).selected(status.detected);
    if ui.add(automatic).clicked() {
        pick = Some(None);
    }
    ui.separator();
    for offer in &status.choices {
        let button = egui::Button::new(&offer.title).selected(offer.current);
        if ui.add(button).clicked() {
            pick = Some(Some(offer.name.clone()));
        }
    }
    if let Some(name) = pick {
        out.push(Action::SetEncoding(name));
        ui.close();
    }
}

/// Formats to change to, and the way to the dialog.
pub(super) fn format(ui: &mut Ui, status: &FormatStatus, out: &mut Actions) {
    ui.set_max_width(520.0);
    for offer in &status.choices {
        let note = egui::RichText::new(&offer.note).color(palette(ui).weak);
        let short = elide::clip(&offer.name, 64);
        let button = egui::Button::new((short, note)).selected(offer.current);
        if ui.add(button).on_hover_text(name(&offer.name)).clicked() {
            out.push(Action::ApplyFormat(FormatPick::Spec(offer.spec.clone())));
            ui.close();
        }
    }
    if !status.choices.is_empty() {
        ui.separator();
    }
    let automatic = egui::Button::new(tr("Recognise automatically")).selected(status.detected);
    if ui.add(automatic).clicked() {
        out.push(Action::ApplyFormat(FormatPick::Detect));
        ui.close();
    }
    let edit =
        egui::Button::new(tr("Edit format...")).shortcut_text(shortcut_text(Command::FormatDialog));
    if ui.add(edit).clicked() {
        out.push(Action::ShowDialog(Dialog::Format));
        ui.close();
    }
    menu::keep_place(ui);
}
