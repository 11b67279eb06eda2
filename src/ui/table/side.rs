//! Sideways scrolling. One distance: first the columns move, if they are wider than the table, then the message's text
//! inside its column, so that time and logger stay in sight while a long message is read.

use crate::base::lang::tr;
use egui::{CornerRadius, PointerButton, Rect, Sense, Ui, accesskit::Role, pos2};

use super::columns::CELL_PADDING;
use super::model::{ColumnKind, RowView};
use super::pointer::pressed_at;
use super::state::{Gesture, TableState};
use super::text::guess_width;
use super::view::Frame;

/// Height of the bar, which has a strip of its own below the rows.
pub(super) const BAR: f32 = 7.0;
const MIN_THUMB: f32 = 24.0;

/// How far the table can be scrolled sideways.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reach {
    /// By moving columns.
    columns: f32,
    /// By moving the message's text.
    message: f32,
}

impl Reach {
    fn of(frame: &Frame<'_>, total: f32) -> Self {
        let columns = (total - frame.area.width()).max(0.0);
        let message = frame
            .placed
            .iter()
            .find(|place| frame.kind(place) == ColumnKind::Message)
            .map_or(0.0, |place| {
                let room = place.width - 2.0 * CELL_PADDING;
                (longest_message(frame) - room).max(0.0)
            });
        Self { columns, message }
    }

    fn all(self) -> f32 {
        self.columns + self.message
    }
}

/// Reads the wheel and sets the frame's shifts.
pub(super) fn scroll(ui: &Ui, frame: &mut Frame<'_>, state: &mut TableState, total: f32) {
    let reach = Reach::of(frame, total);
    if ui.rect_contains_pointer(frame.area) && reach.all() > 0.0 {
        let wheel = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.x));
        if wheel != 0.0 {
            state.x = (state.x - wheel).clamp(0.0, reach.all());
        }
    }
    drag(ui, frame, state, reach);
    // Shorter messages that scroll into view do not pull the text back.
    state.x = state.x.max(0.0);
    frame.shift = state.x.min(reach.columns);
    frame.message_shift = match frame.measured.wraps() {
        true => 0.0,
        false => state.x - frame.shift,
    };
}

/// Width of the longest message in view.
fn longest_message(frame: &Frame<'_>) -> f32 {
    let cell = frame
        .arrangement
        .columns
        .iter()
        .find(|column| column.spec.kind == ColumnKind::Message)
        .and_then(|column| column.cell);
    let Some(cell) = cell else { return 0.0 };
    if frame.measured.wraps() {
        return 0.0;
    }
    let on_one_line = |(row, _): &&(u64, RowView<'_>)| frame.measured.laid(*row).is_none();
    let rows = frame.rows.iter().filter(on_one_line);
    let widths = rows.map(|(_, view)| match view {
        RowView::Ready(row) => row
            .cells
            .get(cell)
            .map_or(0.0, |text| guess_width(text, frame.char_width)),
        _ => 0.0,
    });
    // Room for the mark of further lines.
    widths.fold(0.0, f32::max) + 6.0 * frame.char_width
}

fn track(frame: &Frame<'_>) -> Rect {
    let area = frame.area;
    Rect::from_min_max(area.left_bottom(), pos2(area.right(), area.bottom() + BAR))
}

/// Left edge and length of the thumb, from the track's left edge.
fn thumb(track: Rect, x: f32, reach: Reach) -> (f32, f32) {
    let all = reach.all().max(x).max(1.0);
    let share = track.width() / (track.width() + all);
    let length = (track.width() * share).max(MIN_THUMB);
    ((track.width() - length) * (x / all), length)
}

fn drag(ui: &Ui, frame: &Frame<'_>, state: &mut TableState, reach: Reach) {
    let Gesture::SideThumb(grip) = state.gesture else {
        return;
    };
    let track = track(frame);
    let (_, length) = thumb(track, state.x, reach);
    let free = track.width() - length;
    if let Some(pointer) = ui.input(|input| input.pointer.latest_pos())
        && free > 0.0
    {
        let left = pointer.x - track.left() - grip;
        state.x = (left / free).clamp(0.0, 1.0) * reach.all();
    }
}

/// Paints the bar and starts its drags; only there when something is wider than the table.
pub(super) fn bar(ui: &Ui, frame: &Frame<'_>, state: &mut TableState, total: f32) {
    let reach = Reach::of(frame, total);
    if reach.all() <= 0.0 && state.x <= 0.0 {
        return;
    }
    let track = track(frame);
    let id = ui.scope_id().with("side bar");
    let response = ui.interact(track, id, Sense::CLICK | Sense::DRAG);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::ScrollBar);
        node.set_label(tr("Sideways scroll bar"));
        node.set_numeric_value(f64::from(state.x));
        node.set_max_numeric_value(f64::from(reach.all()));
    });
    let (left, length) = thumb(track, state.x, reach);
    if response.is_pointer_button_down_on()
        && let Some(pointer) = pressed_at(ui, PointerButton::Primary)
    {
        let x = pointer.x - track.left();
        let grip = if (left..left + length).contains(&x) {
            x - left
        } else {
            length / 2.0
        };
        state.gesture = Gesture::SideThumb(grip);
    }
    // Quiet unless the pointer is near or the text is scrolled.
    let near = ui.rect_contains_pointer(frame.area);
    let lively = response.hovered() || matches!(state.gesture, Gesture::SideThumb(_));
    if !near && !lively && state.x <= 0.0 {
        return;
    }
    let color = if lively {
        frame.palette.thumb_hover
    } else {
        frame.palette.thumb
    };
    let shape = Rect::from_min_max(
        pos2(track.left() + left + 2.0, track.bottom() - 6.0),
        pos2(track.left() + left + length - 2.0, track.bottom() - 2.0),
    );
    ui.painter()
        .rect_filled(shape, CornerRadius::same(2), color);
}
