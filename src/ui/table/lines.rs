//! A message of several lines in its row, and what of a row can be clicked to open it.

use egui::{Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::cell::{Ink, Marked};
use super::columns::{CELL_PADDING, Placed};
use super::ground::behind;
use super::marks;
use super::measure::Laid;
use super::model::{Message, RunMark, TableRow};
use super::rows::middle;
use super::view::Frame;
use crate::base::id::RecordNo;
use crate::base::lang::tr;
use crate::tr;
use crate::ui::theme;
use crate::ui::widgets::number;

/// A place in a row that does something else than choosing it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub rect: Rect,
    pub record: RecordNo,
    pub does: Does,
}

/// What a click on a spot does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// Shows all lines of the record.
    Open,
    /// Shows its first line only.
    Close,
    /// Shows the record beside the table.
    Details,
    /// Shows the records that repeat this one, or one row for all of them.
    Run(bool),
}

impl Spot {
    /// What a tooltip says.
    pub(super) fn tells(&self) -> &'static str {
        match self.does {
            Does::Open => tr("Show all lines here (Right)"),
            Does::Close => tr("Show the first line only (Left)"),
            Does::Run(true) => tr("Show the records that say the same"),
            Does::Run(false) => tr("One row for the records that say the same"),
            Does::Details => tr("Show the whole record in the details (Enter)"),
        }
    }
}

/// Paints the lines of a message that has several.
pub(super) fn paint(
    ink: &Ink<'_>,
    painter: &Painter,
    frame: &Frame<'_>,
    rect: Rect,
    (row, message, laid): (&TableRow<'_>, &Message<'_>, &Laid),
    color: Color32,
) {
    let selected = frame.model.is_selected(row.record);
    let ground = behind(frame, row, selected);
    let left = rect.left() + CELL_PADDING;
    let mut highlights = (usize::MAX, Vec::new());
    for (place, (number, range)) in laid.lines.iter().enumerate() {
        let line = line_rect(frame, rect, place);
        if line.bottom() < frame.area.top() {
            continue;
        }
        if line.top() > frame.area.bottom() {
            break;
        }
        let text = message.line(*number);
        if highlights.0 != *number {
            highlights = (*number, marks::of_message(frame, row, *number, text));
            frame.model.highlights(row.record, text, &mut highlights.1);
        }
        // The header line has the level's colour; a long traceback in it would be hard to read.
        let calm = if selected {
            frame.palette.on_selection
        } else if row.beside {
            frame.palette.weak
        } else {
            frame.palette.text
        };
        let color = if *number == 0 { color } else { calm };
        let marked = Marked {
            text,
            highlights: &highlights.1,
            pens: message.pens_of(*number),
            tones: match row.partial || row.beside {
                true => &[],
                false => message.tones_of(*number),
            },
            color,
            ground,
        };
        let galley = ink.write_part(&marked, range.clone());
        let top = middle(line, galley.size().y);
        painter.galley(pos2(left, top), galley, color);
    }
    if laid.left > 0 {
        let line = line_rect(frame, rect, laid.lines.len());
        let color = match selected {
            true => frame.palette.on_selection_weak,
            false => frame.palette.accent,
        };
        rest(painter, frame, line, (row.record, color), laid.left);
    }
}

/// The sign of a row that stands for others, at the right end of the message's first line; how wide it is.
pub(super) fn run_mark(
    painter: &Painter,
    frame: &Frame<'_>,
    rect: Rect,
    (record, run): (RecordNo, &RunMark),
    (color, ground): (Color32, Color32),
) -> f32 {
    let text = match run.more {
        0 => "×".to_owned(),
        more => format!("× {}", number::count(more + 1)),
    };
    let galley = painter.layout_no_wrap(text, theme::mono_small(), color);
    let line = line_rect(frame, rect, 0);
    let size = galley.size() + vec2(8.0, 0.0);
    let left = (line.right() - CELL_PADDING - size.x).max(line.left());
    let shape = Rect::from_min_size(pos2(left, middle(line, size.y)), size);
    let rounded = CornerRadius::same(theme::radius::SMALL);
    painter.rect_filled(shape, rounded, frame.palette.page);
    let edge = Stroke::new(1.0, frame.palette.border);
    painter.rect(shape, rounded, ground, edge, StrokeKind::Inside);
    painter.galley(shape.min + vec2(4.0, 0.0), galley, color);
    frame.spot(Spot {
        rect: shape,
        record,
        does: Does::Run(run.more > 0),
    });
    size.x + CELL_PADDING
}

/// Where a line of a message stands, counted from the top of its row.
pub(super) fn line_rect(frame: &Frame<'_>, row: Rect, place: usize) -> Rect {
    let first = frame.extent.row_height;
    if place == 0 {
        return Rect::from_min_size(row.min, vec2(row.width(), first));
    }
    let line = frame.measured.line_height();
    // The last line has as much room below it as the first has above.
    let top = row.top() + (first - line) / 2.0 + place as f32 * line;
    Rect::from_min_size(pos2(row.left(), top), vec2(row.width(), line))
}

/// The line that tells how much is not shown.
fn rest(
    painter: &Painter,
    frame: &Frame<'_>,
    line: Rect,
    (record, color): (RecordNo, Color32),
    left: usize,
) {
    let text = match left {
        1 => tr("… 1 more line").to_owned(),
        _ => tr!("… {left} more lines", left = number::count(left as u64)),
    };
    let galley = painter.layout_no_wrap(text, theme::mono_small(), color);
    let at = pos2(line.left() + CELL_PADDING, middle(line, galley.size().y));
    let rect = Rect::from_min_size(at, galley.size());
    painter.galley(at, galley, color);
    frame.spot(Spot {
        rect: rect.expand2(vec2(4.0, 2.0)),
        record,
        does: match frame.measured.is_open(record) {
            true => Does::Details,
            false => Does::Open,
        },
    });
}

/// Whether a row shows less than its whole message, or more than its first line because it was opened.
pub(super) fn can_change(frame: &Frame<'_>, row: &TableRow<'_>, laid: Option<&Laid>) -> bool {
    match laid {
        _ if frame.measured.is_open(row.record) => true,
        Some(laid) => laid.left > 0,
        None => row.more_lines > 0 && !frame.measured.wraps(),
    }
}

/// The triangle in front of a message that opens it, and closes it again.
pub(super) fn triangle(
    painter: &Painter,
    frame: &Frame<'_>,
    place: &Placed,
    row_rect: Rect,
    (row, color): (&TableRow<'_>, Color32),
) {
    let (left, _) = frame.column_range(place);
    let open = frame.measured.is_open(row.record);
    let centre = pos2(
        left + CELL_PADDING / 2.0 - 1.0,
        line_rect(frame, row_rect, 0).center().y,
    );
    let tips = if open {
        [vec2(-3.5, -2.0), vec2(3.5, -2.0), vec2(0.0, 2.5)]
    } else {
        [vec2(-2.0, -3.5), vec2(2.5, 0.0), vec2(-2.0, 3.5)]
    };
    let points = tips.map(|tip| centre + tip).to_vec();
    painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
    let size = vec2(CELL_PADDING + 4.0, frame.extent.row_height);
    frame.spot(Spot {
        rect: Rect::from_center_size(centre, size),
        record: row.record,
        does: if open { Does::Close } else { Does::Open },
    });
}
