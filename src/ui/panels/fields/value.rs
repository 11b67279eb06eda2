//! The row of a value: how often it occurs, as a bar and as a number.

use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::model::FieldsModel;
use super::row::{about, about_short, of};
use super::{menu, queries};
use crate::base::lang::tr;
use crate::base::text::name;
use crate::query::fields::summary::{FieldSummary, TopValue};
use crate::tr;
use crate::ui::action::Actions;
use crate::ui::theme::{body, palette, radius, small};
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::{context_menu, elide, number};

/// Where values begin, in points from the left.
pub(super) const LEFT: f32 = 20.0;

/// Shows the row of a value; whether it was clicked.
pub(super) fn show(
    ui: &Ui,
    model: &FieldsModel,
    field: &FieldSummary,
    value: &TopValue,
    (rect, id, cursor): (Rect, Id, bool),
    out: &mut Actions,
) -> bool {
    let row = ui.interact(rect, id, Sense::CLICK);
    let sign_rect = Rect::from_min_size(rect.min, vec2(LEFT, rect.height()));
    let sign = ui.interact(sign_rect, id.with("exclude"), Sense::CLICK);
    paint(
        ui,
        model,
        field,
        value,
        rect,
        cursor,
        row.contains_pointer(),
    );
    let shown = name(&value.text);
    let title = super::row::title(field);
    let excludes = tr!("Exclude {title} {value}", title, value = shown);
    sign.widget_info(|| WidgetInfo::labeled(Role::Button, true, &excludes));
    row.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, &*shown));
    let words = in_words(model, field, value);
    ui.ctx().accesskit_node_builder(row.id, |builder| {
        builder.set_level(2);
        builder.set_description(words.clone());
    });
    let sign = sign.on_hover_text(&excludes);
    let row = row.on_hover_ui(|ui| {
        ui.label(&*shown);
        ui.weak(&words);
        ui.weak(tr("Click: only these records. Alt+click: the others."));
    });
    let without = sign.clicked() || ui.input(|input| input.modifiers.alt);
    if sign.clicked() || row.clicked() {
        out.push(queries::value(field, value, without));
    }
    let asked = cursor && context_menu::take_request(ui.ctx());
    context_menu::show_if(&row, asked, |ui| menu::value(ui, field, value, out));
    sign.clicked() || row.clicked()
}

fn paint(
    ui: &Ui,
    model: &FieldsModel,
    field: &FieldSummary,
    value: &TopValue,
    rect: Rect,
    cursor: bool,
    hovered: bool,
) {
    let p = palette(ui);
    if hovered {
        ui.painter().rect_filled(rect, radius::SMALL, p.hover);
        let sign = Rect::from_min_size(rect.min, vec2(LEFT - 2.0, rect.height()));
        icon::paint(ui.painter(), sign.shrink(3.0), Icon::Exclude, p.weak);
    }
    let bar = rect.with_min_x(rect.left() + LEFT).shrink2(vec2(0.0, 2.0));
    let share = value.count.number() as f32 / of(model, field).max(1) as f32;
    let filled = Rect::from_min_size(bar.min, vec2(bar.width() * share.min(1.0), bar.height()));
    ui.painter()
        .rect_filled(filled, radius::SMALL, p.accent_soft);
    if cursor {
        let stroke = Stroke::new(1.5, p.focus);
        ui.painter()
            .rect_stroke(rect, radius::SMALL, stroke, StrokeKind::Inside);
    }
    let at = pos2(rect.right() - 4.0, rect.center().y);
    let count = about_short(value.count);
    let count = ui
        .painter()
        .text(at, Align2::RIGHT_CENTER, count, small(), p.text);
    let left = bar.left() + 4.0;
    let room = (count.left() - 8.0 - left).max(12.0);
    let text: &str = match &*value.text {
        "" => "\"\"",
        text => text,
    };
    let cut;
    let text = match value.is_cut {
        true => {
            cut = format!("{text}…");
            &cut
        }
        false => text,
    };
    let (galley, _) = elide::middle(ui.painter(), text, &body(), p.text, room);
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, p.text);
}

fn in_words(model: &FieldsModel, field: &FieldSummary, value: &TopValue) -> String {
    let times = about(value.count, value.count.number());
    let share = number::percent(value.count.number(), of(model, field));
    tr!("{times} times, {share} of the records", times, share)
}
