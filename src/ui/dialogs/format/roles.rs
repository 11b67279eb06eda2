//! The fields of a format in their colours, each with what it is used for.

use crate::base::lang::{later, tr};
use crate::tr;
use egui::{RichText, Ui, vec2};

use super::PreviewField;
use super::draft::Draft;
use super::preview::color_of;
use crate::format::field::Role;
use crate::ui::dialogs::sheet;
use crate::ui::theme::{self, Palette, space};
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{menu, tick};

const ROLES: [(Role, &str); 5] = [
    (Role::Time, later("the time")),
    (Role::Level, later("the level")),
    (Role::Logger, later("the logger")),
    (Role::Message, later("the message")),
    (Role::Other, later("a column of its own")),
];

/// Shows a button for each field; its menu changes what the field is used for.
pub(super) fn show(ui: &mut Ui, fields: &[&PreviewField], colors: &Palette, draft: &mut Draft) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        for (index, field) in fields.iter().take(MOST).enumerate() {
            let color = if field.column {
                color_of(index, field.role, colors)
            } else {
                colors.weak
            };
            let text = RichText::new(&field.name).font(theme::mono_small());
            let button = ui.button(text.color(color));
            menu::of_button(&button, |ui| choose(ui, field, draft));
            button.on_hover_text(tr!(
                "{name} is {field}. Click to use it otherwise",
                name = field.name,
                field = in_words(field)
            ));
        }
        if !draft.roles.is_empty() {
            let reset = ToolButton::text(tr("Reset roles")).color(colors.accent);
            if ui
                .add(reset)
                .on_hover_text(tr("Every field is what its name says"))
                .clicked()
            {
                draft.roles.clear();
            }
        }
    });
}

/// A JSON record may have any number of keys; more than this push the lines away.
const MOST: usize = 40;

fn choose(ui: &mut Ui, field: &PreviewField, draft: &mut Draft) {
    sheet::hint(ui, tr!("Field {name} is", name = field.name));
    for (role, text) in ROLES {
        let now = field.column && role == field.role;
        if tick::radio(ui, now, tr(text)).clicked() {
            if !now {
                draft.use_field(&field.name, role);
            }
            ui.close();
        }
    }
    if !field.column && tick::radio(ui, true, tr(NO_COLUMN)).clicked() {
        ui.close();
    }
}

/// What a key without a column is.
const NO_COLUMN: &str = later("only in the details");

fn in_words(field: &PreviewField) -> &'static str {
    if !field.column {
        return tr(NO_COLUMN);
    }
    let mut known = ROLES.iter();
    known
        .find(|(role, _)| *role == field.role)
        .map_or("", |(_, text)| tr(text))
}
