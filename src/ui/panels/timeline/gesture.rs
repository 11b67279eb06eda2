//! Pointer and keys: going to a moment, choosing a range.

use egui::{EventFilter, Key, Rect, Response, Ui};

use super::paint::Picture;
use super::{Cursor, TimelinePanel};
use crate::base::time::{TimeRange, Timestamp};
use crate::ui::action::{Action, Actions};
use crate::ui::theme::palette;
use crate::ui::widgets::context_menu;

/// A drag of fewer points is a click.
const LEAST_DRAG: f32 = 4.0;

/// So many points of scrolling show this share of the time.
const NOTCH: f64 = 0.7;
const NOTCH_POINTS: f64 = 50.0;

pub(super) fn handle(
    ui: &Ui,
    response: &Response,
    picture: &Picture<'_>,
    state: &mut TimelinePanel,
    out: &mut Actions,
) {
    drag(ui, response, picture, state, out);
    if response.clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let step = picture.timeline.scale.step_of(picture.moment_at(pointer.x));
        state.cursor = step.map(|at| Cursor { at, anchor: at });
        out.extend(step.map(|step| Action::SeekTime(picture.timeline.scale.start_of(step))));
    }
    if response.double_clicked() {
        out.push(Action::ZoomTimeline(None));
    }
    if let Some(pointer) = response.hover_pos() {
        wheel(ui, picture, pointer.x, out);
    }
    if response.has_focus() {
        keys(ui, response, picture, state, out);
    } else if !response.hovered() {
        state.cursor = None;
    }
}

pub(super) fn drag(
    ui: &Ui,
    response: &Response,
    picture: &Picture<'_>,
    state: &mut TimelinePanel,
    out: &mut Actions,
) {
    let origin = ui.input(|input| input.pointer.press_origin());
    if response.drag_started() {
        state.from = origin.map(|origin| picture.moment_at(origin.x));
    }
    let Some(from) = state.from else { return };
    let Some(pointer) = response.interact_pointer_pos() else {
        state.from = None;
        return;
    };
    let to = picture.moment_at(pointer.x);
    let far = (picture.x_of(from) - pointer.x).abs() >= LEAST_DRAG;
    if far {
        chosen(ui, picture, from.min(to), from.max(to));
    }
    if response.drag_stopped() {
        state.from = None;
        if far {
            let [from, to] = [from, to].map(|moment| picture.readable(moment));
            choose(ui, from.min(to), from.max(to), out);
        }
    }
}

/// Filters, or with Shift zooms.
fn choose(ui: &Ui, since: Timestamp, until: Timestamp, out: &mut Actions) {
    if ui.input(|input| input.modifiers.shift) {
        out.push(Action::ZoomTimeline(Some((since, until))));
        return;
    }
    out.push(Action::SetTimeRange(TimeRange {
        since: Some(since),
        until: Some(until),
    }));
}

fn chosen(ui: &Ui, picture: &Picture<'_>, since: Timestamp, until: Timestamp) {
    let columns = picture.x_of(since)..=picture.x_of(until);
    let rect = Rect::from_x_y_ranges(columns, picture.bars.y_range()).intersect(picture.bars);
    let accent = palette(ui).accent;
    ui.painter()
        .rect_filled(rect, 0, accent.gamma_multiply(0.25));
}

/// The wheel zooms around the pointer.
pub(super) fn wheel(ui: &Ui, picture: &Picture<'_>, x: f32, out: &mut Actions) {
    let points = f64::from(ui.input(|input| input.smooth_scroll_delta.y));
    if points == 0.0 {
        return;
    }
    let scale = &picture.timeline.scale;
    let (start, end) = (scale.start().0 as f64, scale.end().0 as f64);
    let centre = picture.moment_at(x).0 as f64;
    let share = NOTCH.powf(points / NOTCH_POINTS);
    let (first, last) = (
        centre - (centre - start) * share,
        centre + (end - centre) * share,
    );
    let whole = picture.timeline.whole;
    let covers = whole.is_some_and(|(from, to)| first <= from.0 as f64 && last >= to.0 as f64);
    let range = (Timestamp(first as i64), Timestamp(last as i64));
    // Closer than a millisecond there is nothing more to see.
    if share > 1.0 || last - first > 1e6 {
        out.push(Action::ZoomTimeline((!covers).then_some(range)));
    }
}

fn keys(
    ui: &Ui,
    response: &Response,
    picture: &Picture<'_>,
    state: &mut TimelinePanel,
    out: &mut Actions,
) {
    if context_menu::is_open(ui.ctx()) {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let scale = &picture.timeline.scale;
    let shift = ui.input(|input| input.modifiers.shift);
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let start = || {
        let focus = picture.model.focus.and_then(|focus| scale.step_of(focus));
        let at = focus.unwrap_or(0);
        Cursor { at, anchor: at }
    };
    let mut cursor = state.cursor.unwrap_or_else(start);
    let steps = i32::from(pressed(Key::ArrowRight)) - i32::from(pressed(Key::ArrowLeft));
    let at = cursor.at.saturating_add_signed(steps as isize);
    cursor.at = at.min(scale.len().saturating_sub(1));
    if steps != 0 && !shift {
        cursor.anchor = cursor.at;
    }
    state.cursor = Some(cursor);
    let (low, high) = (cursor.at.min(cursor.anchor), cursor.at.max(cursor.anchor));
    let (since, until) = (scale.start_of(low), scale.start_of(high + 1));
    chosen(ui, picture, since, until);
    if pressed(Key::Enter) || pressed(Key::Space) {
        match low == high {
            true => out.push(Action::SeekTime(since)),
            false => choose_by_key(since, until, out),
        }
    }
}

fn choose_by_key(since: Timestamp, until: Timestamp, out: &mut Actions) {
    out.push(Action::SetTimeRange(TimeRange {
        since: Some(since),
        until: Some(until),
    }));
}
