//! What the numbers of a field are like: the least, the median, p95, the most, and a small histogram to filter by.

use std::sync::Arc;

use egui::{Align2, CursorIcon, Id, Mesh, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2};

use super::model::FieldsState;
use super::queries;
use super::value::LEFT;
use crate::base::lang::tr;
use crate::query::fields::summary::{Bar, FieldSummary, NumbersSummary};
use crate::tr;
use crate::ui::action::Actions;
use crate::ui::theme::{palette, small};
use crate::ui::widgets::measure::measure;
use crate::ui::widgets::number;

/// Shows four numbers in two lines.
pub(super) fn numbers(ui: &Ui, field: &FieldSummary, rect: Rect) {
    let Some(numbers) = &field.numbers else {
        return;
    };
    let p = palette(ui);
    let inner = rect.with_min_x(rect.left() + LEFT);
    let painter = ui.painter().with_clip_rect(inner.intersect(ui.clip_rect()));
    let cells = [
        (tr("min"), numbers.least),
        (tr("median"), numbers.median),
        ("p95", numbers.p95),
        (tr("max"), numbers.most),
    ];
    for (at, (name, value)) in cells.into_iter().enumerate() {
        let corner = vec2(
            inner.width() / 2.0 * (at % 2) as f32,
            rect.height() / 2.0 * (at / 2) as f32 + rect.height() / 4.0,
        );
        let place = inner.left_top() + corner;
        let name = painter.text(place, Align2::LEFT_CENTER, name, small(), p.weak);
        let place = pos2(name.right() + 5.0, place.y);
        let text = measure(value, numbers.unit);
        painter.text(place, Align2::LEFT_CENTER, text, small(), p.text);
    }
    let response = ui.interact(
        inner,
        ui.scope_id().with(("numbers", &field.name)),
        Sense::hover(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, in_words(numbers)));
}

fn in_words(numbers: &NumbersSummary) -> String {
    let [least, median, p95, most] = [numbers.least, numbers.median, numbers.p95, numbers.most]
        .map(|number| measure(number, numbers.unit));
    tr!(
        "from {least} to {most}, median {median}, 95 % below {p95}",
        least,
        most,
        median,
        p95
    )
}

/// Shows the histogram; a click on a bar filters by its range, a drag by that of several.
pub(super) fn bars(
    ui: &Ui,
    field: &FieldSummary,
    (rect, id): (Rect, Id),
    state: &mut FieldsState,
    out: &mut Actions,
) {
    let Some(numbers) = &field.numbers else {
        return;
    };
    let inner = rect.with_min_x(rect.left() + LEFT).shrink2(vec2(0.0, 4.0));
    let count = numbers.bars.len();
    let id = id.with(("histogram", &field.name));
    let response = ui.interact(inner, id, Sense::click_and_drag());
    let title = super::row::title(field);
    let words = tr!("How often {title} has which size", title);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let bar_at = |x: f32| {
        let part = (x - inner.left()) / inner.width();
        ((part * count as f32).max(0.0) as usize).min(count.saturating_sub(1))
    };
    let under = response.hover_pos().or(response.interact_pointer_pos());
    let under = under.map(|at| bar_at(at.x));
    if response.drag_started()
        && let Some(from) = ui.input(|input| input.pointer.press_origin())
    {
        let bar = bar_at(from.x);
        state.dragged = Some((Arc::clone(&field.name), bar, bar));
    }
    let dragged = state
        .dragged
        .as_mut()
        .filter(|(name, ..)| *name == field.name);
    let chosen = match (dragged, under) {
        (Some((_, first, last)), under) => {
            *last = under.unwrap_or(*last);
            Some((*first.min(last), *first.max(last)))
        }
        (None, Some(bar)) => Some((bar, bar)),
        (None, None) => None,
    };
    paint(ui, &numbers.bars, inner, chosen);
    let Some(picked) = chosen.and_then(|(first, last)| numbers.bars.get(first..=last)) else {
        return;
    };
    if response.clicked() || response.drag_stopped() {
        state.dragged = None;
        out.extend(queries::bars(field, numbers, picked));
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_text_at_pointer(tip(picked, numbers));
}

fn tip(picked: &[Bar], numbers: &NumbersSummary) -> String {
    let ends = picked.first().zip(picked.last());
    let (from, to) = ends.map_or((0.0, 0.0), |(first, last)| (first.from, last.to));
    let [from, to] = [from, to].map(|number| measure(number, numbers.unit));
    let count = number::count(picked.iter().map(|bar| bar.count).sum());
    tr!("{from} to {to}: {count} times", from, to, count)
}

fn paint(ui: &Ui, bars: &[Bar], inner: Rect, chosen: Option<(usize, usize)>) {
    let p = palette(ui);
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
    let width = inner.width() / bars.len().max(1) as f32;
    let mut mesh = Mesh::default();
    for (at, bar) in bars.iter().enumerate() {
        let left = inner.left() + width * at as f32;
        let is_chosen = chosen.is_some_and(|(first, last)| (first..=last).contains(&at));
        if is_chosen {
            let ground = Rect::from_min_size(pos2(left, inner.top()), vec2(width, inner.height()));
            mesh.add_colored_rect(ground, p.hover);
        }
        if bar.count > 0 {
            // What is there is seen, however little.
            let height = (bar.count as f32 / most as f32 * inner.height()).max(1.5);
            let rect = Rect::from_min_max(
                pos2(left + 0.5, inner.bottom() - height),
                pos2(left + width - 0.5, inner.bottom()),
            );
            mesh.add_colored_rect(rect, if is_chosen { p.strong } else { p.accent });
        }
    }
    ui.painter().add(Shape::mesh(mesh));
}
