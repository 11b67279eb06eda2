//! The fields that the shown records have: how many have each, its values with their counts, what its numbers are like;
//! clicks filter by them.

mod chart;
mod keyboard;
mod menu;
mod model;
mod queries;
mod row;
mod value;

use egui::{
    Id, Label, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

pub use model::{FieldsModel, FieldsState};

use crate::base::lang::tr;
use crate::settings::model::Rail;
use crate::tr;
use crate::ui::action::Actions;
use crate::ui::keys::{Command, escaped};
use crate::ui::panels::rail;
use crate::ui::theme::{palette, row_height, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::{ToolButton, focus_ring};
use crate::ui::widgets::{number, progress};
use model::{Row, rows};

/// Height of the line of tools, of the two lines of numbers and of a histogram, in points.
const TOOLS: f32 = 26.0;
const NUMBERS: f32 = 34.0;
const BARS: f32 = 44.0;

/// Shows the list in the space that `ui` has.
pub fn show(ui: &mut Ui, model: &FieldsModel, state: &mut FieldsState, out: &mut Actions) {
    rail::show(ui, Rail::Fields, out, |ui, _| {
        if let Some(fields) = &model.fields {
            ui.weak(number::count(fields.fields.len() as u64));
        }
    });
    let find = rail::Find {
        text: &mut state.find,
        focus: std::mem::take(&mut state.focus_find),
        has_keyboard: &mut state.find_has_keyboard,
    };
    let entered = find.show(ui, tr("Find a field"), Command::FocusFields);
    state.picks_plot &= !escaped(ui.ctx());
    if state.picks_plot {
        picking(ui, state);
    }
    progress(ui, model);
    ui.add_space(space::XS);
    list(ui, model, entered, state, out);
}

/// What is to be done while a field is chosen for the plot, and the way out.
fn picking(ui: &mut Ui, state: &mut FieldsState) {
    ui.horizontal(|ui| {
        let words = tr("Click a field, or Enter, to plot it");
        ui.add(Label::new(RichText::new(words).color(palette(ui).accent)).truncate());
        let close = ToolButton::icon(Icon::Close, tr("All fields again"));
        if ui
            .add(close)
            .on_hover_text(tr("All fields again"))
            .clicked()
        {
            state.picks_plot = false;
        }
    });
}

/// How much of the view the counts are of. The line stays when that is all, and with it what is below.
fn progress(ui: &mut Ui, model: &FieldsModel) {
    if model.unread > 0 {
        let n = number::count(model.unread);
        ui.weak(tr!("{n} records cannot be read", n));
    }
    if model.fields.is_none() {
        return;
    }
    let share = model.looked_at as f64 / model.rows.max(1) as f64;
    let left = progress::left(ui, ui.scope_id().with("time left"), share as f32);
    let percent = number::percent(model.looked_at.min(model.rows), model.rows);
    let words = match (model.complete, left.is_empty()) {
        (true, _) => tr!(
            "Counted in {records}",
            records = number::counted(model.rows, "record")
        ),
        (false, true) => tr!("{percent} counted", percent),
        (false, false) => tr!("{percent} counted, {left}", percent, left),
    };
    ui.add(Label::new(RichText::new(words).weak()).truncate());
}

fn list(
    ui: &mut Ui,
    model: &FieldsModel,
    entered: bool,
    state: &mut FieldsState,
    out: &mut Actions,
) {
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("fields");
    // Below the rows, so that they get their clicks and the list as a whole gets the keyboard.
    let whole = ui.interact(area, id, Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::Tree, true, tr("Fields")));
    let Some(fields) = &model.fields else {
        state.has_keyboard = false;
        ui.weak(match model.no_file {
            true => tr("There are no records yet."),
            false => tr("The fields are being counted"),
        });
        ui.take_available_space();
        return;
    };
    take_keyboard(&whole, entered, &rows(fields, state), state);
    state.has_keyboard = whole.has_focus();
    if state.has_keyboard && !entered {
        let page = (area.height() / row_height(ui)) as usize;
        keyboard::handle(ui, id, fields, page, state, out);
    }
    if let Some(cursor) = state.cursor.as_ref().filter(|_| state.has_keyboard) {
        // A screen reader hears the row.
        let row = row_id(&whole, cursor).accesskit_id();
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_active_descendant(row));
    }
    let rows = rows(fields, state);
    if rows.is_empty() {
        ui.weak(match state.find.is_empty() {
            true if state.picks_plot => tr("No field of these records has numbers."),
            true => tr("These records have no fields."),
            false => tr("No field has this in its name."),
        });
        ui.take_available_space();
        return;
    }
    scrolled(ui, model, &rows, &whole, state, out);
    focus_ring(ui, area.shrink(0.5), &whole);
}

fn take_keyboard(whole: &Response, entered: bool, rows: &[Row<'_>], state: &mut FieldsState) {
    let focus = std::mem::take(&mut state.focus_list);
    if !entered && !focus {
        return;
    }
    whole.request_focus();
    if entered || state.cursor.is_none() {
        state.cursor = rows.iter().find_map(Row::place);
    }
    state.reveal = true;
}

/// The rows that are in sight, each where it belongs.
fn scrolled(
    ui: &mut Ui,
    model: &FieldsModel,
    rows: &[Row<'_>],
    whole: &Response,
    state: &mut FieldsState,
    out: &mut Actions,
) {
    let line = row_height(ui);
    let height = |row: &Row<'_>| match row {
        Row::Field(_) | Row::Value(..) | Row::Rest(_) => line,
        Row::Tools(_) => TOOLS,
        Row::Numbers(_) => NUMBERS,
        Row::Bars(_) => BARS,
    };
    let mut total = 0.0;
    let tops: Vec<f32> = { rows.iter() }
        .map(|row| {
            total += height(row);
            total - height(row)
        })
        .collect();
    ui.spacing_mut().item_spacing.y = 0.0;
    let view = ui.available_height();
    let mut scroll = ScrollArea::vertical().id_salt("fields").auto_shrink(false);
    let offset = ui.data(|data| data.get_temp(whole.id)).unwrap_or(0.0_f32);
    if std::mem::take(&mut state.reveal)
        && let Some(cursor) = &state.cursor
        && let Some(top) =
            { rows.iter().position(|row| row.is_at(cursor)) }.and_then(|at| tops.get(at))
    {
        let lowest = top + line - view;
        if *top < offset || lowest > offset {
            scroll = scroll.vertical_scroll_offset(top.min(offset.max(lowest)));
        }
    }
    let output = scroll.show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let origin = ui.min_rect().min;
        // Beside the scroll bar.
        let width = ui.available_width() - space::M;
        for (row, top) in rows.iter().zip(&tops) {
            let size = vec2(width, height(row));
            if top + size.y < viewport.top() || *top > viewport.bottom() {
                continue;
            }
            let rect = Rect::from_min_size(pos2(origin.x, origin.y + top), size);
            show_row(ui, model, row, rect, whole, state, out);
        }
    });
    let offset = output.state.clamped_offset().y;
    ui.data_mut(|data| data.insert_temp(whole.id, offset));
}

fn row_id(whole: &Response, place: &model::Place) -> Id {
    Id::unique(("field", whole.id, &place.field, &place.value))
}

fn show_row(
    ui: &mut Ui,
    model: &FieldsModel,
    row: &Row<'_>,
    rect: Rect,
    whole: &Response,
    state: &mut FieldsState,
    out: &mut Actions,
) {
    let place = row.place();
    let cursor = state.has_keyboard && place.is_some() && place == state.cursor;
    let id = place
        .as_ref()
        .map_or(whole.id, |place| row_id(whole, place));
    let clicked = match row {
        Row::Field(field) => row::show(ui, model, field, (rect, id, cursor), state, out),
        Row::Value(field, at) => {
            let value = field.top.get(*at);
            value.is_some_and(|it| value::show(ui, model, field, it, (rect, id, cursor), out))
        }
        Row::Tools(field) => {
            row::tools(ui, model, field, rect, out);
            false
        }
        Row::Numbers(field) => {
            chart::numbers(ui, field, rect);
            false
        }
        Row::Bars(field) => {
            chart::bars(ui, field, (rect, whole.id), state, out);
            false
        }
        Row::Rest(field) => {
            rest(ui, field, rect);
            false
        }
    };
    if clicked {
        whole.request_focus();
        state.cursor = place;
    }
}

/// How many values are not listed.
fn rest(ui: &Ui, field: &crate::query::fields::summary::FieldSummary, rect: Rect) {
    let more = field
        .distinct
        .number()
        .saturating_sub(field.top.len() as u64);
    let n = row::about(field.distinct, more);
    let text = match field.top.is_empty() {
        true => tr!("{n} values, none of them often", n),
        false => tr!("{n} more values", n),
    };
    let at = pos2(rect.left() + value::LEFT, rect.center().y);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let color = palette(ui).weak;
    painter.text(
        at,
        egui::Align2::LEFT_CENTER,
        text,
        crate::ui::theme::small(),
        color,
    );
}
