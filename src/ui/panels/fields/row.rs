//! The row of a field, and the tools below it: name, number of values, share of the records.

use std::borrow::Cow;

use egui::{
    Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::model::{FieldsModel, FieldsState};
use super::{menu, queries};
use crate::base::lang::tr;
use crate::base::text::name;
use crate::query::fields::Origin;
use crate::query::fields::summary::{Count, FieldSummary};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{body, palette, radius, small, space};
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{context_menu, elide, number};

/// Width of the twisty.
const SLOT: f32 = 18.0;

/// A number of values in words, with a sign where it is an estimate.
pub(super) fn about(like: Count, n: u64) -> String {
    match like {
        Count::Exactly(_) => number::count(n),
        Count::About(_) => format!("~{}", number::count(two_digits(n))),
    }
}

/// An estimate is as exact as its first two digits.
fn two_digits(n: u64) -> u64 {
    let step = 10_u64.pow((n.max(1).ilog10() + 1).saturating_sub(2));
    (n + step / 2) / step * step
}

/// The same in few characters.
pub(super) fn about_short(count: Count) -> String {
    match count {
        Count::Exactly(n) => number::short_count(n),
        Count::About(n) => format!("~{}", number::short_count(two_digits(n))),
    }
}

/// What the list calls a field.
pub(super) fn title(field: &FieldSummary) -> Cow<'_, str> {
    name(&field.name)
}

/// How many records there are to have a field.
pub(super) fn of(model: &FieldsModel, field: &FieldSummary) -> u64 {
    match field.origin {
        Origin::Index => model.rows,
        Origin::Record | Origin::Message => model.looked_at,
    }
}

/// Shows the row of `field`; whether it was clicked.
pub(super) fn show(
    ui: &Ui,
    model: &FieldsModel,
    field: &FieldSummary,
    (rect, id, cursor): (Rect, Id, bool),
    state: &mut FieldsState,
    out: &mut Actions,
) -> bool {
    let open = state.open.contains(&field.name) && !state.picks_plot;
    let response = ui.interact(rect, id, Sense::CLICK);
    let p = palette(ui);
    if response.contains_pointer() {
        ui.painter().rect_filled(rect, radius::SMALL, p.hover);
    }
    if cursor {
        let stroke = Stroke::new(1.5, p.focus);
        ui.painter()
            .rect_stroke(rect, radius::SMALL, stroke, StrokeKind::Inside);
    }
    let twisty = Rect::from_min_size(rect.min, vec2(SLOT, rect.height()));
    let picture = if open {
        Icon::ChevronDown
    } else {
        Icon::ChevronRight
    };
    if !state.picks_plot {
        icon::paint(ui.painter(), twisty.shrink(3.0), picture, p.weak);
    }
    let right = figures(ui, model, field, rect);
    let left = twisty.right() + 2.0;
    let room = (right - 6.0 - left).max(12.0);
    let (galley, _) = elide::middle(ui.painter(), &field.name, &body(), p.text, room);
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, p.text);
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, title(field)));
    ui.ctx().accesskit_node_builder(response.id, |builder| {
        builder.set_level(1);
        builder.set_expanded(open);
        builder.set_description(in_words(model, field));
    });
    let response = response.on_hover_ui(|ui| {
        ui.label(title(field));
        ui.weak(in_words(model, field));
    });
    if response.clicked() {
        match std::mem::take(&mut state.picks_plot) {
            true => out.push(queries::plot(field, false)),
            false => state.set_open(&field.name, !open),
        }
    }
    let asked = cursor && context_menu::take_request(ui.ctx());
    context_menu::show_if(&response, asked, |ui| menu::field(ui, model, field, out));
    response.clicked()
}

/// Share and number of values at the right; where they begin.
fn figures(ui: &Ui, model: &FieldsModel, field: &FieldSummary, rect: Rect) -> f32 {
    let p = palette(ui);
    let share = number::percent(field.records, of(model, field));
    let at = pos2(rect.right() - 4.0, rect.center().y);
    let share = ui
        .painter()
        .text(at, Align2::RIGHT_CENTER, share, small(), p.weak);
    // A column of its own, so that the numbers stand below each other.
    let at = pos2(share.left().min(rect.right() - 52.0) - 6.0, rect.center().y);
    let distinct = about_short(field.distinct);
    let distinct = ui
        .painter()
        .text(at, Align2::RIGHT_CENTER, distinct, small(), p.text);
    distinct.left()
}

/// All figures, for the tooltip and the screen reader.
fn in_words(model: &FieldsModel, field: &FieldSummary) -> String {
    let share = number::percent(field.records, of(model, field));
    let records = number::counted(field.records, "record");
    let values = about(field.distinct, field.distinct.number());
    let words = tr!(
        "{records}, {share}; {values} different values",
        records,
        share,
        values
    );
    match field.origin {
        Origin::Message => {
            let from = tr("named in the messages");
            format!("{words}, {from}")
        }
        Origin::Index | Origin::Record => words,
    }
}

/// Shows what can be done with `field`.
pub(super) fn tools(
    ui: &mut Ui,
    model: &FieldsModel,
    field: &FieldSummary,
    rect: Rect,
    out: &mut Actions,
) {
    let inner = rect.with_min_x(rect.left() + SLOT);
    let builder = UiBuilder::new()
        .max_rect(inner)
        .id_salt(("field tools", &field.name));
    ui.scope_builder(builder, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let title = title(field);
            let shown = model.columns.contains(&*field.name);
            let words = tr!("Show {title} as a column", title);
            let column = ToolButton::text(tr("Column")).named(&words).selected(shown);
            if field.origin != Origin::Index && ui.add(column).on_hover_text(&words).clicked() {
                out.push(Action::ToggleFieldColumn(field.name.to_string()));
            }
            if field.numbers.is_some() {
                let shown = model.plotted.as_deref() == Some(&*field.name);
                let words = tr!("Plot {title} over time", title);
                let plot = ToolButton::text(tr("Plot")).named(&words).selected(shown);
                if ui.add(plot).on_hover_text(&words).clicked() {
                    out.push(queries::plot(field, shown));
                }
            }
            let has = ToolButton::text(tr("Has it")).filled();
            let words = tr!("Only records that have {title}", title);
            if ui.add(has.named(&words)).on_hover_text(&words).clicked() {
                out.push(queries::exists(field, false));
            }
        });
    });
}
