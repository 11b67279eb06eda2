//! The fields of a format in their colours, each with what it is used for.

use egui::{RichText, Ui, vec2};

use super::draft::Draft;
use super::preview::color_of;
use crate::format::field::Role;
use crate::ui::dialogs::sheet;
use crate::ui::theme::{self, Palette, space};

const ROLES: [(Role, &str); 5] = [
    (Role::Time, "the time"),
    (Role::Level, "the level"),
    (Role::Logger, "the logger"),
    (Role::Message, "the message"),
    (Role::Other, "a column of its own"),
];

/// Shows a button for each field; its menu changes what the field is used for.
pub(super) fn show(ui: &mut Ui, names: &[(String, Role)], colors: &Palette, draft: &mut Draft) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        for (index, (name, role)) in names.iter().enumerate() {
            let color = color_of(index, *role, colors);
            let text = RichText::new(name).font(theme::mono_small()).color(color);
            let menu = ui.menu_button(text, |ui| choose(ui, name, *role, draft));
            menu.response.on_hover_text(format!(
                "{name} is {}. Click to use it otherwise",
                in_words(*role)
            ));
        }
        if !draft.roles.is_empty() {
            let reset = ui.small_button("Reset roles");
            if reset
                .on_hover_text("Every field is what its name says")
                .clicked()
            {
                draft.roles.clear();
            }
        }
    });
}

fn choose(ui: &mut Ui, name: &str, now: Role, draft: &mut Draft) {
    sheet::hint(ui, format!("{name} is"));
    for (role, text) in ROLES {
        if ui.radio(role == now, text).clicked() {
            if role != now {
                draft.use_field(name, role);
            }
            ui.close();
        }
    }
}

fn in_words(role: Role) -> &'static str {
    let mut known = ROLES.iter();
    known
        .find(|(known, _)| *known == role)
        .map_or("", |(_, text)| text)
}
