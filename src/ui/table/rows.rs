//! Paints the rows: grounds first, then column by column, so that each column is one clip rectangle.

use crate::base::lang::tr;
use egui::{
    Align2, Color32, CornerRadius, Event, Key, Painter, Rect, Shape, Stroke, StrokeKind, Ui,
    epaint::PathShape, pos2, vec2,
};

use super::cell::{Ink, Marked};
use super::columns::{CELL_PADDING, Placed};
use super::ground::{behind, ground};
use super::lines::{self, Does, Spot};
use super::marks;
use super::model::{ColumnKind, RowView, Side, TableRow};
use super::seam;
use super::sheet::Sheet;
use super::text::{delta, short_level, short_name, short_time};
use super::view::Frame;
use crate::base::id::{RecordNo, RowNo};
use crate::base::level::Gravity;
use crate::base::text::name;
use crate::ui::theme::{self, radius};
use crate::ui::widgets::number;

/// Width of the stripe at the left of grave rows.
pub(super) const STRIPE: f32 = 3.0;

/// Paints every row in view.
pub(super) fn paint(ui: &Ui, frame: &Frame<'_>) {
    let painter = ui.painter().with_clip_rect(frame.area);
    let keyboard = frame.model.has_keys() && !ui.ctx().text_edit_focused();
    let hovered = ui
        .ctx()
        .pointer_hover_pos()
        .filter(|_| ui.rect_contains_pointer(frame.area))
        .and_then(|pos| frame.row_at(pos.y));
    let focus = frame
        .model
        .focused()
        .map(|record| frame.model.row_of(record).0);
    for (row, view) in &frame.rows {
        ground(&painter, frame, *row, view, hovered == Some(*row), keyboard);
    }
    let ink = Ink {
        ui,
        palette: frame.palette,
        font: theme::mono(),
        char_width: frame.char_width,
        sheet: Sheet::of(ui, &theme::mono()),
    };
    let arriving = arriving(frame);
    for place in &frame.placed {
        let (left, right) = frame.column_range(place);
        let clip = Rect::from_x_y_ranges(left..=right, frame.area.y_range()).intersect(frame.area);
        if !clip.is_positive() {
            continue;
        }
        let painter = ui.painter().with_clip_rect(clip);
        for (row, view) in &frame.rows {
            let rect = frame.head_rect(*row);
            let rect = Rect::from_x_y_ranges(left..=right, rect.y_range());
            match view {
                RowView::Ready(ready) if frame.kind(place) == ColumnKind::Message => {
                    let whole = frame.row_rect(*row).with_min_x(left).with_max_x(right);
                    let near = hovered == Some(*row) || focus == Some(*row);
                    message(&ink, &painter, frame, place, (whole, *row, near), ready);
                }
                RowView::Ready(ready) => cell(&ink, &painter, frame, place, rect, ready),
                RowView::Loading if *row >= arriving => {}
                RowView::Loading => placeholder(&painter, frame, place, rect, *row),
                RowView::Failed => failed(&painter, frame, place, rect),
            }
        }
    }
    for (row, view) in &frame.rows {
        if matches!(view, RowView::Ready(ready) if ready.left_out) {
            let rect = frame.head_rect(*row);
            let thin = Stroke::new(1.0, frame.palette.border);
            painter.hline(rect.x_range(), rect.top(), thin);
        }
        if let RowView::Ready(TableRow {
            seam: Some(seam), ..
        }) = view
        {
            seam::paint(&painter, frame, frame.head_rect(*row), seam);
        }
    }
    for (row, view) in &frame.rows {
        if let RowView::Ready(ready) = view
            && frame.model.is_bookmarked(ready.record)
        {
            bookmark(&painter, frame, frame.head_rect(*row));
        }
    }
    if let Some(rect) = twin(frame) {
        twin_mark(&painter, frame, rect);
    }
    if let Some(rect) = focused(frame) {
        focus_ring(&painter, frame, rect, keyboard);
    }
}

pub(super) fn is_selected(frame: &Frame<'_>, view: &RowView<'_>) -> bool {
    matches!(view, RowView::Ready(row) if frame.model.is_selected(row.record))
}

/// The row that the keyboard stands on, if it is in view.
fn focused(frame: &Frame<'_>) -> Option<Rect> {
    let record = frame.model.focused()?;
    let row = frame.model.row_of(record).0;
    let shown = matches!(frame.view(row)?, RowView::Ready(ready) if ready.record == record);
    shown.then(|| frame.row_rect(row))
}

/// The row that is at the time of a log beside this one, if it is in view.
fn twin(frame: &Frame<'_>) -> Option<Rect> {
    let record = frame.model.twin()?;
    let row = frame.model.row_of(record).0;
    frame.view(row).map(|_| frame.row_rect(row))
}

/// Lines above and below the row, and a bar at its left.
fn twin_mark(painter: &Painter, frame: &Frame<'_>, rect: Rect) {
    let color = frame.palette.accent;
    let thin = Stroke::new(1.0, color.gamma_multiply(0.6));
    painter.hline(rect.x_range(), rect.top(), thin);
    painter.hline(rect.x_range(), rect.bottom(), thin);
    let bar = Rect::from_min_size(rect.min, vec2(STRIPE, rect.height()));
    painter.rect_filled(bar, CornerRadius::ZERO, color);
}

/// A ribbon at the row's left edge.
fn bookmark(painter: &Painter, frame: &Frame<'_>, rect: Rect) {
    let (left, top) = (rect.left() + STRIPE + 1.0, rect.top() + 3.0);
    let (right, bottom) = (left + 5.0, rect.bottom() - 4.0);
    let ribbon = vec![
        pos2(left, top),
        pos2(right, top),
        pos2(right, bottom),
        pos2(left + 2.5, bottom - 2.5),
        pos2(left, bottom),
    ];
    let color = frame.palette.accent;
    painter.add(Shape::Path(PathShape::convex_polygon(
        ribbon,
        color,
        Stroke::NONE,
    )));
}

fn focus_ring(painter: &Painter, frame: &Frame<'_>, rect: Rect, keyboard: bool) {
    let color = if keyboard {
        frame.palette.focus
    } else {
        frame.palette.border
    };
    painter.rect_stroke(
        rect,
        CornerRadius::ZERO,
        Stroke::new(1.0, color),
        StrokeKind::Inside,
    );
}

/// A ring around all rows that has the keyboard's colour, where no row shows that they have the keyboard: for those who
/// brought it there by a key. A log that is opened, or clicked at, has none.
pub(super) fn ring_without_row(ui: &Ui, frame: &Frame<'_>) {
    if frame.model.focused().is_none() {
        let stroke = Stroke::new(1.5, frame.palette.focus);
        let ring = frame.area.shrink(0.5);
        ui.painter()
            .rect_stroke(ring, radius::CONTROL, stroke, StrokeKind::Inside);
    }
}

/// Whether the keyboard was last moved by a key; to be asked in each frame.
pub(super) fn goes_by_keys(ui: &Ui) -> bool {
    let mark = ui.unique_id().with("by keys");
    let moves = [Key::Tab, Key::F6, Key::F8, Key::Escape];
    // What was pressed may have been done already.
    let now = ui.input(|input| {
        { input.raw.events.iter() }
            .rev()
            .find_map(|event| match event {
                Event::Key { key, pressed, .. } if *pressed && moves.contains(key) => Some(true),
                Event::PointerButton { pressed: true, .. } => Some(false),
                _ => None,
            })
    });
    if let Some(now) = now {
        ui.data_mut(|data| data.insert_temp(mark, now));
    }
    ui.data(|data| data.get_temp(mark)).unwrap_or(false)
}

fn cell(
    ink: &Ink<'_>,
    painter: &Painter,
    frame: &Frame<'_>,
    place: &Placed,
    rect: Rect,
    row: &TableRow<'_>,
) {
    let selected = frame.model.is_selected(row.record);
    match frame.kind(place) {
        ColumnKind::Level => badge(painter, frame, rect, row),
        kind => {
            let color = match color(frame, kind, row.gravity, selected) {
                _ if kind == ColumnKind::Delta && !selected && is_gap(frame, row) => {
                    frame.palette.warn
                }
                _ if row.beside && !selected => frame.palette.weak,
                color => color,
            };
            plain(ink, painter, frame, place, rect, row, color);
        }
    }
}

/// Whether a row is unusually far from the one above in time, or before it.
fn is_gap(frame: &Frame<'_>, row: &TableRow<'_>) -> bool {
    let gap = |delta: i64| delta < 0 || delta >= frame.long_gap;
    row.delta.is_some_and(gap)
}

/// Secondary values recede behind the message.
fn color(frame: &Frame<'_>, kind: ColumnKind, gravity: Gravity, selected: bool) -> Color32 {
    let p = frame.palette;
    let primary = matches!(kind, ColumnKind::Message | ColumnKind::Other);
    match (selected, primary) {
        (true, true) => p.on_selection,
        (true, false) => p.on_selection_weak,
        (false, true) => p.severity(gravity).text,
        (false, false) if kind == ColumnKind::Logger => p.text,
        (false, false) => p.weak,
    }
}

/// The whole text of a cell, before any cut.
pub(super) fn cell_text<'a>(
    frame: &Frame<'_>,
    place: &Placed,
    row: &'a TableRow<'_>,
) -> std::borrow::Cow<'a, str> {
    use std::borrow::Cow;
    let column = frame.arrangement.columns.get(place.index);
    match frame.kind(place) {
        ColumnKind::LineNumber => Cow::Owned(number::count(row.line + 1)),
        ColumnKind::Delta => Cow::Owned(row.delta.map(delta).unwrap_or_default()),
        ColumnKind::Level => Cow::Borrowed(&row.level),
        _ => Cow::Borrowed(
            column
                .and_then(|column| column.cell)
                .and_then(|cell| row.cells.get(cell))
                .map_or("", |text| text),
        ),
    }
}

fn plain(
    ink: &Ink<'_>,
    painter: &Painter,
    frame: &Frame<'_>,
    place: &Placed,
    rect: Rect,
    row: &TableRow<'_>,
    color: Color32,
) {
    let text = cell_text(frame, place, row);
    if text.is_empty() {
        return;
    }
    let inner = rect.shrink2(vec2(CELL_PADDING, 0.0));
    let cells = (inner.width() / frame.char_width) as usize;
    let text = match frame.kind(place) {
        ColumnKind::Logger => short_name(&text, cells),
        ColumnKind::Time => short_time(&text, cells),
        _ => text,
    };
    let mut highlights = marks::of_cell(frame, place, row, &text);
    frame.model.highlights(row.record, &text, &mut highlights);
    let marked = Marked {
        text: &text,
        highlights: &highlights,
        pens: &[],
        tones: &[],
        color,
        ground: frame.palette.page,
    };
    let written = ink.write(&marked, 0.0, inner.width());
    let size = written.galley.size();
    let right = frame
        .arrangement
        .columns
        .get(place.index)
        .is_some_and(|column| column.spec.align == Side::Right);
    let x = if right {
        (inner.right() - size.x).max(inner.left())
    } else {
        inner.left()
    };
    painter.galley(pos2(x, middle(rect, size.y)), written.galley, color);
}

/// Top of a text of this height in the middle of a row, on a whole point so that letters stay sharp.
pub(super) fn middle(rect: Rect, height: f32) -> f32 {
    (rect.center().y - height / 2.0).round()
}

fn message(
    ink: &Ink<'_>,
    painter: &Painter,
    frame: &Frame<'_>,
    place: &Placed,
    (whole, row_no, near): (Rect, u64, bool),
    row: &TableRow<'_>,
) {
    let selected = frame.model.is_selected(row.record);
    let weak = if selected {
        frame.palette.on_selection_weak
    } else {
        frame.palette.weak
    };
    let color = color(frame, ColumnKind::Message, row.gravity, selected);
    let color = if row.partial || row.beside {
        weak
    } else {
        color
    };
    let laid = frame.measured.laid(row_no);
    let mut openable = lines::can_change(frame, row, laid.as_deref());
    let run = row.run.as_ref().map(|run| (row.record, run));
    let mark = |painter| {
        let look = (weak, behind(frame, row, selected));
        run.map_or(0.0, |run| lines::run_mark(painter, frame, whole, run, look))
    };
    let several = laid.as_deref().zip(frame.model.message(RowNo(row_no)));
    if let Some((laid, text)) = several {
        lines::paint(ink, painter, frame, whole, (row, &text, laid), color);
        // Over the text, which may reach as far.
        mark(painter);
    } else {
        let room = whole.right() - mark(painter);
        let rect = whole.with_max_y(whole.top() + frame.extent.row_height);
        let rect = rect.with_max_x(room);
        let cut = one_line(ink, painter, frame, place, rect, row, (color, weak));
        openable |= cut && near;
    }
    if openable {
        let color = if near { color } else { weak };
        lines::triangle(painter, frame, place, whole, (row, color));
    }
}

/// The first line of a message, as far as it goes; whether that is not all of it.
fn one_line(
    ink: &Ink<'_>,
    painter: &Painter,
    frame: &Frame<'_>,
    place: &Placed,
    rect: Rect,
    row: &TableRow<'_>,
    (color, weak): (Color32, Color32),
) -> bool {
    let text = cell_text(frame, place, row);
    let mut inner = rect.shrink2(vec2(CELL_PADDING, 0.0));
    let open = frame.measured.is_open(row.record);
    let mark = (row.more_lines > 0 && !open)
        .then(|| painter.layout_no_wrap(format!("+{}", row.more_lines), theme::mono_small(), weak));
    if let Some(mark) = &mark {
        inner.max.x -= mark.size().x + 2.0 * CELL_PADDING;
    }
    let mut highlights = marks::of_cell(frame, place, row, &text);
    frame.model.highlights(row.record, &text, &mut highlights);
    let marked = Marked {
        text: &text,
        highlights: &highlights,
        pens: row.pens,
        tones: match row.partial || row.beside {
            true => &[],
            false => row.tones,
        },
        color,
        ground: behind(frame, row, frame.model.is_selected(row.record)),
    };
    let written = ink.write(&marked, frame.message_shift, inner.width());
    let size = written.galley.size();
    let at = pos2(inner.left() + written.lead, middle(rect, size.y));
    let end = at.x + size.x;
    painter.galley(at, written.galley, color);
    if let Some(mark) = mark {
        let left = if written.cut { inner.right() } else { end };
        more_lines(
            painter,
            frame,
            (rect, row.record),
            left + CELL_PADDING,
            mark,
            weak,
        );
    }
    written.cut
}

/// The quiet mark that a record has further lines.
fn more_lines(
    painter: &Painter,
    frame: &Frame<'_>,
    (rect, record): (Rect, RecordNo),
    left: f32,
    mark: std::sync::Arc<egui::Galley>,
    color: Color32,
) {
    let size = mark.size();
    let top = middle(rect, size.y);
    let shape = Rect::from_min_size(pos2(left, top), size).expand2(vec2(4.0, 0.0));
    painter.rect_stroke(
        shape,
        CornerRadius::same(theme::radius::SMALL),
        Stroke::new(1.0, frame.palette.border),
        StrokeKind::Inside,
    );
    frame.spot(Spot {
        rect: shape,
        record,
        does: Does::Open,
    });
    painter.galley(pos2(left, top), mark, color);
}

/// The level as a small label: whole name, short form or letter, by width.
fn badge(painter: &Painter, frame: &Frame<'_>, rect: Rect, row: &TableRow<'_>) {
    if row.level.is_empty() {
        return;
    }
    let look = frame.palette.severity(row.gravity);
    let (fill, ink) = match row.beside {
        true => (Color32::TRANSPARENT, frame.palette.weak),
        false => (look.badge, look.badge_text),
    };
    let font = theme::mono_small();
    let cell = frame.char_width * theme::size::SMALL / theme::size::MONO;
    let room = rect.width() - 2.0 * (CELL_PADDING - 2.0) - 8.0;
    let level = name(&row.level);
    let text = short_level(&level, (room / cell).floor().max(1.0) as usize);
    let galley = painter.layout_no_wrap(text.to_owned(), font, ink);
    let size = vec2(galley.size().x + 10.0, 15.0);
    let corner = pos2(rect.left() + CELL_PADDING - 3.0, middle(rect, size.y));
    let shape = Rect::from_min_size(corner, size);
    painter.rect_filled(shape, CornerRadius::same(theme::radius::SMALL), fill);
    let at = pos2(shape.left() + 5.0, middle(rect, galley.size().y));
    painter.galley(at, galley, ink);
}

/// From which row on the rows have just come and are there in a moment: bars would flash below those that are read
/// each time that a followed log grows.
fn arriving(frame: &Frame<'_>) -> u64 {
    let newest = frame.rows.iter().rev();
    let mut newest = newest.skip_while(|(_, view)| *view == RowView::Loading);
    match newest.next() {
        Some((last_read, _)) if frame.model.follow() => last_read + 1,
        _ => u64::MAX,
    }
}

/// A quiet bar for a value that is not yet read; its length differs by row so that it looks like text.
fn placeholder(painter: &Painter, frame: &Frame<'_>, place: &Placed, rect: Rect, row: u64) {
    let inner = rect.shrink2(vec2(CELL_PADDING, 0.0));
    let spread = [0.55, 0.8, 0.4, 0.68, 0.9, 0.5, 0.74];
    let index = (row as usize).wrapping_mul(3).wrapping_add(place.index) % spread.len();
    let share: f32 = spread.get(index).copied().unwrap_or(0.5);
    let width = inner.width().min(520.0) * share;
    let shape = Rect::from_min_size(pos2(inner.left(), rect.center().y - 4.0), vec2(width, 8.0));
    painter.rect_filled(shape, CornerRadius::same(4), frame.palette.placeholder);
}

fn failed(painter: &Painter, frame: &Frame<'_>, place: &Placed, rect: Rect) {
    if frame.kind(place) == ColumnKind::Message {
        painter.text(
            pos2(rect.left() + CELL_PADDING, rect.center().y),
            Align2::LEFT_CENTER,
            tr("This record could not be read"),
            theme::mono(),
            frame.palette.bad,
        );
    }
}
