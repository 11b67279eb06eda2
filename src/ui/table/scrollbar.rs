//! The vertical scroll bar: where the thumb is and what a place on the track means, in `f64`.

use crate::base::lang::tr;
use egui::{
    Color32, CornerRadius, CursorIcon, Event, PointerButton, Pos2, Rect, Response, Sense, Ui,
    accesskit::Role, pos2, vec2,
};

use super::model::ScrollMark;
use super::scroll::{Extent, ScrollPos};
use super::state::{Gesture, TableState};
use crate::base::id::RowNo;
use crate::ui::theme::{self, Palette};

/// Shortest thumb, so that it can be taken hold of at any number of rows.
pub const MIN_THUMB: f64 = 20.0;
/// Points between the thumb and the bar's edges.
const INSET: f32 = 3.0;
/// Width of the marks' lane at the bar's right edge.
const MARK_WIDTH: f32 = 4.0;
/// How far from a mark's middle it is hit, in points.
const REACH: f32 = 3.0;
/// Seconds until a trough that is held goes on, and from one page to the next.
const BEFORE_PAGES: f64 = 0.4;
const BETWEEN_PAGES: f64 = 0.05;

/// A thumb on its track, in points from the track's top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thumb {
    /// Length of the track.
    pub track: f64,
    /// Top of the thumb.
    pub top: f64,
    /// Length of the thumb.
    pub length: f64,
    /// Rows that can be scrolled by in all.
    rows: f64,
}

impl Thumb {
    /// The thumb for a position; `None` when everything fits.
    #[must_use]
    pub fn new(track: f32, pos: ScrollPos, extent: &Extent<'_>) -> Option<Self> {
        let track = f64::from(track);
        let rows = match extent.heights {
            None => extent.len as f64 - extent.rows_in_view(),
            Some(_) => ScrollPos::end(extent).rows_before(extent),
        };
        if extent.fits() || rows <= 0.0 || track <= MIN_THUMB {
            return None;
        }
        let share = extent.rows_in_view() / extent.len as f64;
        let length = (track * share).max(MIN_THUMB).min(track);
        let fraction = (pos.rows_before(extent) / rows).clamp(0.0, 1.0);
        Some(Self {
            track,
            top: fraction * (track - length),
            length,
            rows,
        })
    }

    /// The position for which the thumb's top is at `top`. At many rows a point of the track is many rows; then whole
    /// rows are chosen. The track's end is exactly the end.
    #[must_use]
    pub fn position(&self, top: f64, extent: &Extent<'_>) -> ScrollPos {
        let free = self.track - self.length;
        let fraction = if free > 0.0 { top / free } else { 0.0 };
        if fraction >= 1.0 {
            return ScrollPos::end(extent);
        }
        let rows = fraction.max(0.0) * self.rows;
        if self.rows > free {
            return ScrollPos::at(rows.floor() as u64).clamped(extent);
        }
        ScrollPos::after_rows(rows, extent)
    }
}

/// What is marked in the bar.
pub(super) struct Marks<'a> {
    /// Grave records, at the right edge.
    pub grave: &'a [ScrollMark],
    /// What Find looks for, at the left edge.
    pub found: &'a [RowNo],
    /// From edge to edge.
    pub bookmarks: &'a [RowNo],
}

impl Marks<'_> {
    /// The row that the mark at a place stands for; of several the nearest.
    fn at(&self, rect: Rect, at: Pos2, len: u64) -> Option<RowNo> {
        let (left, right) = (at.x - rect.left(), rect.right() - at.x);
        let lane = MARK_WIDTH + 1.0;
        let found = self.found.iter().filter(|_| left <= lane);
        let grave = self.grave.iter().filter(|_| right <= lane);
        let same = self.bookmarks.iter().chain(found).map(|row| (*row, *row));
        let all = same.chain(grave.map(|mark| (mark.row, mark.to)));
        all.map(|(row, to)| ((mark_top(rect, row, len, 2.0) + 1.0 - at.y).abs(), to))
            .filter(|(distance, _)| *distance <= REACH)
            .min_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, to)| to)
    }
}

/// What the user did with the bar.
pub(super) enum Moved {
    /// Moved it.
    To(ScrollPos),
    /// Clicked a mark, which is that of this row.
    Mark(RowNo),
}

/// Handles and paints the bar; what the user did with it.
pub(super) fn show(
    ui: &Ui,
    rect: Rect,
    state: &mut TableState,
    extent: &Extent<'_>,
    marks: &Marks<'_>,
) -> Option<Moved> {
    let palette = theme::palette(ui);
    let id = ui.scope_id().with("scroll bar");
    // Not reached by Tab: the table's own keys do what it does.
    let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    paint_marks(ui, rect, extent.len, marks.grave, palette);
    paint_found(ui, rect, extent.len, marks.found, palette);
    paint_bookmarks(ui, rect, extent.len, marks.bookmarks, palette);
    let clicked = mark(ui, rect, &response, state, extent, marks);
    let Some(thumb) = Thumb::new(rect.height(), state.pos, extent) else {
        return clicked.map(Moved::Mark);
    };
    describe(ui, id, &thumb, state.pos, extent);
    let put = press(ui, rect, &response, &thumb, state, extent, marks);
    let pointer = response
        .interact_pointer_pos()
        .map(|pos| f64::from(pos.y - rect.top()));
    let moved = put.or_else(|| match &mut state.gesture {
        Gesture::Thumb(grip) if response.dragged() => {
            Some(thumb.position(pointer? - *grip, extent))
        }
        Gesture::Page(by, next) => {
            let on = pages_on(ui, &thumb, (*by, next), pointer?);
            on.then(|| state.pos.moved_rows(*by, extent))
        }
        _ => None,
    });
    let after = Thumb::new(rect.height(), moved.unwrap_or(state.pos), extent).unwrap_or(thumb);
    let held = matches!(state.gesture, Gesture::Thumb(_));
    paint_thumb(ui, rect, &after, held || response.hovered(), palette);
    clicked.map(Moved::Mark).or(moved.map(Moved::To))
}

/// Shows that a mark under the pointer can be clicked; the row of the one that was.
fn mark(
    ui: &Ui,
    rect: Rect,
    response: &Response,
    state: &TableState,
    extent: &Extent<'_>,
    marks: &Marks<'_>,
) -> Option<RowNo> {
    let at = response.interact_pointer_pos().or(response.hover_pos())?;
    let row = marks.at(rect, at, extent.len)?;
    let shift = ui.input(|input| input.modifiers.shift);
    if shift || response.dragged() || matches!(state.gesture, Gesture::Page(..)) {
        return None;
    }
    ui.set_cursor_icon(CursorIcon::PointingHand);
    let response = response.clone();
    let response = response.on_hover_text_at_pointer(tr("Go to this record"));
    response.clicked().then_some(row)
}

/// What the press of a button in the bar begins: on the thumb a drag, beside it pages; with the middle button or Shift the
/// thumb comes to the pointer at once, as elsewhere on the desktop.
fn press(
    ui: &Ui,
    rect: Rect,
    response: &Response,
    thumb: &Thumb,
    state: &mut TableState,
    extent: &Extent<'_>,
    marks: &Marks<'_>,
) -> Option<ScrollPos> {
    // Press and release may come within one frame.
    let released = response.clicked() || response.middle_clicked();
    if !response.is_pointer_button_down_on() && !released {
        return None;
    }
    let (at, jumps) = pressed(ui)?;
    let y = f64::from(at.y - rect.top());
    if (thumb.top..=thumb.top + thumb.length).contains(&y) {
        state.gesture = Gesture::Thumb(y - thumb.top);
    } else if jumps {
        state.gesture = Gesture::Thumb(thumb.length / 2.0);
        return Some(thumb.position(y - thumb.length / 2.0, extent));
    } else if marks.at(rect, at, extent.len).is_none() {
        let page = i64::try_from(extent.page()).unwrap_or(i64::MAX);
        let page = if y < thumb.top { -page } else { page };
        state.gesture = Gesture::Page(page, ui.input(|input| input.time));
    }
    None
}

/// Where a button was pressed in this frame, and whether the thumb is to come there.
fn pressed(ui: &Ui) -> Option<(Pos2, bool)> {
    let press = |event: &Event| match event {
        Event::PointerButton {
            pos,
            button: button @ (PointerButton::Primary | PointerButton::Middle),
            pressed: true,
            modifiers,
        } => Some((*pos, *button == PointerButton::Middle || modifiers.shift)),
        _ => None,
    };
    ui.input(|input| input.events.iter().find_map(press))
}

/// Whether a held trough goes on by a page now: until the thumb is under the pointer.
fn pages_on(ui: &Ui, thumb: &Thumb, (by, next): (i64, &mut f64), y: f64) -> bool {
    let is_ahead = match by < 0 {
        true => y < thumb.top,
        false => y > thumb.top + thumb.length,
    };
    if !is_ahead {
        return false;
    }
    let (now, pressed) = ui.input(|input| (input.time, input.pointer.any_pressed()));
    let due = now >= *next;
    if due {
        *next = now + if pressed { BEFORE_PAGES } else { BETWEEN_PAGES };
    }
    ui.ctx().request_repaint_after_secs((*next - now) as f32);
    due
}

fn paint_thumb(ui: &Ui, rect: Rect, thumb: &Thumb, lively: bool, palette: &Palette) {
    let inset = if lively { INSET - 1.0 } else { INSET };
    let top = rect.top() + thumb.top as f32;
    let shape = Rect::from_min_size(
        pos2(rect.left() + inset, top),
        vec2(rect.width() - 2.0 * inset, thumb.length as f32),
    );
    let color = if lively {
        palette.thumb_hover
    } else {
        palette.thumb
    };
    ui.painter()
        .rect_filled(shape, CornerRadius::same(4), color);
}

/// Where the mark of a row begins.
fn mark_top(rect: Rect, row: RowNo, len: u64, height: f32) -> f32 {
    let fraction = (row.0 as f64 / len.max(1) as f64).clamp(0.0, 1.0);
    rect.top() + (fraction * f64::from(rect.height() - height)) as f32
}

fn paint_marks(ui: &Ui, rect: Rect, len: u64, marks: &[ScrollMark], palette: &Palette) {
    for mark in marks {
        let y = mark_top(rect, mark.row, len, 2.0);
        let shape = Rect::from_min_size(pos2(rect.right() - MARK_WIDTH, y), vec2(MARK_WIDTH, 2.0));
        let color: Color32 = palette.severity(mark.gravity).solid;
        ui.painter().rect_filled(shape, CornerRadius::ZERO, color);
    }
}

/// In a lane of their own at the left edge.
fn paint_found(ui: &Ui, rect: Rect, len: u64, rows: &[RowNo], palette: &Palette) {
    for row in rows {
        let y = mark_top(rect, *row, len, 2.0);
        let shape = Rect::from_min_size(pos2(rect.left(), y), vec2(MARK_WIDTH, 2.0));
        ui.painter()
            .rect_filled(shape, CornerRadius::ZERO, palette.find_current);
    }
}

fn paint_bookmarks(ui: &Ui, rect: Rect, len: u64, rows: &[RowNo], palette: &Palette) {
    for row in rows {
        let y = mark_top(rect, *row, len, 3.0);
        let shape = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), 3.0));
        ui.painter()
            .rect_filled(shape, CornerRadius::ZERO, palette.accent);
    }
}

fn describe(ui: &Ui, id: egui::Id, thumb: &Thumb, pos: ScrollPos, extent: &Extent<'_>) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::ScrollBar);
        node.set_label(tr("Scroll bar"));
        node.set_numeric_value(pos.rows_before(extent));
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(thumb.rows);
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    fn extent(len: u64) -> Extent<'static> {
        Extent {
            len,
            row_height: 20.0,
            view: 700.0,
            heights: None,
        }
    }

    #[test]
    fn the_thumb_is_never_too_small_and_reaches_both_ends() {
        for len in [100, 10_000, 100_000_000] {
            let e = extent(len);
            let start = Thumb::new(700.0, ScrollPos::default(), &e).unwrap();
            assert!(start.length >= MIN_THUMB);
            assert_eq!(start.top, 0.0);
            let end = Thumb::new(700.0, ScrollPos::end(&e), &e).unwrap();
            assert!((end.top + end.length - 700.0).abs() < 1e-6);
            assert_eq!(end.position(end.top, &e), ScrollPos::end(&e));
            assert_eq!(end.position(0.0, &e), ScrollPos::default());
            assert_eq!(end.position(-50.0, &e), ScrollPos::default());
        }
    }

    #[test]
    fn no_thumb_when_everything_fits() {
        assert_eq!(Thumb::new(700.0, ScrollPos::default(), &extent(35)), None);
        assert_eq!(Thumb::new(700.0, ScrollPos::default(), &extent(0)), None);
        assert!(Thumb::new(700.0, ScrollPos::default(), &extent(36)).is_some());
    }

    #[test]
    fn half_way_is_half_of_the_rows() {
        let e = extent(100_000_000);
        let thumb = Thumb::new(700.0, ScrollPos::default(), &e).unwrap();
        let middle = thumb.position((thumb.track - thumb.length) / 2.0, &e);
        assert_eq!(middle, ScrollPos::at(49_999_982));
        // And the thumb stands where it was dropped.
        let there = Thumb::new(700.0, middle, &e).unwrap();
        assert!((there.top - (thumb.track - thumb.length) / 2.0).abs() < 0.001);
    }

    #[test]
    fn few_rows_scroll_smoothly() {
        let e = extent(100);
        let thumb = Thumb::new(700.0, ScrollPos::default(), &e).unwrap();
        let pos = thumb.position(10.0, &e);
        assert!(pos.offset_px > 0.0);
    }
}
