//! The line above a row where the log went on in another file, with what happened in a word or two.

use egui::{CornerRadius, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::model::SeamMark;
use super::view::Frame;
use crate::ui::theme;

/// Space around the words.
const PADDING: f32 = 6.0;

/// Paints the line at the top of a row, and the words at its right end, over whatever is there.
pub(super) fn paint(painter: &Painter, frame: &Frame<'_>, row: Rect, seam: &SeamMark) {
    let p = frame.palette;
    let (color, fill) = match seam.gap {
        true => (p.warn, p.warn_soft),
        false => (p.accent, p.raised),
    };
    painter.hline(row.x_range(), row.top() + 0.5, Stroke::new(1.0, color));
    let words = painter.layout_no_wrap(seam.title.to_owned(), theme::mono_small(), color);
    let shape = place(frame.area.intersect(row), words.size().x);
    let rounded = CornerRadius {
        sw: theme::radius::SMALL,
        se: theme::radius::SMALL,
        ..CornerRadius::ZERO
    };
    painter.rect_filled(shape, rounded, fill);
    let top = (shape.center().y - words.size().y / 2.0).round();
    painter.galley(pos2(shape.left() + PADDING, top), words, color);
}

/// Whether a point is on the words of a row's mark.
pub(super) fn is_at(frame: &Frame<'_>, row: u64, seam: &SeamMark, at: Pos2) -> bool {
    let words = frame.char_width * seam.title.len() as f32;
    let row = frame.area.intersect(frame.head_rect(row));
    place(row, words).contains(at)
}

/// Where the words of a mark stand in the visible part of its row.
fn place(row: Rect, words: f32) -> Rect {
    // The row's whole height: half of a text beneath would be hard on the eye.
    let size = vec2(words + 2.0 * PADDING, row.height());
    let left = (row.right() - size.x).max(row.left());
    Rect::from_min_size(pos2(left.round(), row.top()), size)
}
