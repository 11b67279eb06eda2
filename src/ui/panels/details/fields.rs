//! The fields of a record in two columns.

use std::ops::Range;

use crate::tr;
use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::links;
use super::model::RecordDetails;
use super::value_menu::{self, FieldValue};
use crate::base::text::places::{Place, Target, logged_at, places};
use crate::base::text::{self, visible};
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{ICON_BUTTON, body, mono, palette, radius, space};
use crate::ui::widgets::elide;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::ToolButton;

/// Chars of a value that are shown; copying takes all.
const MOST: usize = 4_000;

/// Shows name and value of every field; a button copies the value.
pub(super) fn show(
    ui: &mut Ui,
    record: &RecordDetails,
    places: &[Vec<(Range<usize>, Place)>],
    out: &mut Actions,
) {
    ScrollArea::vertical()
        .min_scrolled_height(super::LEAST)
        .id_salt("fields")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let names = (ui.available_width() * 0.3).clamp(80.0, 140.0);
            for (at, (name, value)) in record.fields.iter().enumerate() {
                let places = places.get(at).map_or(&[][..], Vec::as_slice);
                row(ui, names, (name, value), places, out);
            }
        });
}

/// What can be opened in the values, in characters of what is shown of them.
pub(super) fn places_of(record: &RecordDetails) -> Vec<Vec<(Range<usize>, Place)>> {
    let fields = &record.fields;
    let value = |name: &str| {
        let mut fields = fields.iter();
        let field = fields.find(|(field, _)| field.eq_ignore_ascii_case(name));
        field.map(|(_, value)| value.as_str())
    };
    let logged = logged_at(value);
    let of_field = |(name, value): &(String, String)| {
        let shown = shown(value);
        let chars = |to: usize| shown.get(..to).unwrap_or_default().chars().count();
        if let Some((_, file)) = logged
            .as_ref()
            .filter(|(field, _)| field.eq_ignore_ascii_case(name))
        {
            let target = Target::File(file.clone());
            let range = 0..chars(shown.len());
            return vec![(range.clone(), Place { range, target })];
        }
        let places = places(&shown).into_iter();
        let in_chars = |place: Place| (chars(place.range.start)..chars(place.range.end), place);
        places.map(in_chars).collect()
    };
    fields.iter().map(of_field).collect()
}

fn shown(value: &str) -> String {
    let mut shown = String::new();
    visible(value, &mut shown, MOST);
    shown
}

fn row(
    ui: &mut Ui,
    names: f32,
    (name, value): (&str, &str),
    places: &[(Range<usize>, Place)],
    out: &mut Actions,
) {
    let p = palette(ui);
    let ground = ui.painter().add(egui::Shape::Noop);
    let row = ui.scope_builder(UiBuilder::new(), |ui| {
        ui.horizontal_top(|ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(names, 18.0), egui::Sense::hover());
            let (galley, cut) = elide::middle(ui.painter(), name, &body(), p.weak, names);
            ui.painter().galley(rect.min, galley, p.weak);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Label, true, &*text::name(name))
            });
            if cut {
                response.on_hover_text(text::name(name));
            }
            let width = ui.available_width() - ICON_BUTTON.x - 8.0;
            ui.vertical(|ui| {
                ui.set_width(width);
                let text = RichText::new(shown(value)).font(mono()).color(p.text);
                let places: Vec<_> = places
                    .iter()
                    .map(|(at, place)| (at.clone(), place))
                    .collect();
                let shown = links::show(ui, Label::new(text).wrap(), &places, out);
                let of = FieldValue { field: name, value };
                value_menu::show(&shown, false, of, out);
            });
            let hovered = ui.rect_contains_pointer(ui.min_rect());
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                copy(ui, name, value, hovered, out);
            });
        });
    });
    let rect = row.response.rect;
    if ui.rect_contains_pointer(rect) {
        ui.painter().set(
            ground,
            egui::Shape::rect_filled(rect, radius::SMALL, p.hover),
        );
    }
}

/// The button has its place always and shows itself under the pointer, so that values do not move.
fn copy(ui: &mut Ui, name: &str, value: &str, hovered: bool, out: &mut Actions) {
    let p = palette(ui);
    let label = tr!("Copy {name}", name = text::name(name));
    let color = if hovered {
        p.accent
    } else {
        egui::Color32::TRANSPARENT
    };
    let button = ToolButton::icon(Icon::Copy, &label)
        .color(color)
        .height(18.0);
    if ui.add(button).on_hover_text(&label).clicked() {
        out.push(Action::CopyText(value.to_owned()));
    }
}

/// All fields as `name: value` lines.
pub(super) fn as_text(record: &RecordDetails) -> String {
    let mut text = String::new();
    for (name, value) in &record.fields {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push('\n');
    }
    text
}
