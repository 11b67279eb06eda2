//! One frame of the table: where its parts are, and in which order they are handled and painted.

use crate::base::lang::tr;
use crate::tr;
use egui::{Align2, CornerRadius, Pos2, Rect, Ui, pos2, vec2};
use std::cell::RefCell;

use super::columns::{Arrangement, CELL_PADDING, Placed, Placement};
use super::lines::Spot;
use super::measure::{Measured, Sizes};
use super::model::{ColumnKind, RowView, TableModel};
use super::scroll::{Extent, ScrollPos};
use super::scrollbar::Moved;
use super::state::{Anchor, Gesture, Kept, TableState};
use super::wrap::Widths;
use super::{header, pointer, rows, scrollbar, side, spoken};
use crate::base::id::RowNo;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, with_keys};
use crate::ui::theme::{self, Palette, space};
use crate::ui::widgets::number;

/// Everything that painting a frame needs to know.
pub(super) struct Frame<'a> {
    pub model: &'a dyn TableModel,
    pub palette: &'static Palette,
    pub arrangement: &'a Arrangement,
    /// Shown columns and their places.
    pub placed: Vec<Placed>,
    /// Columns that there is no room for, as indices into the arranged ones.
    pub left_out: Vec<usize>,
    /// Where the rows are.
    pub area: Rect,
    pub extent: Extent<'a>,
    /// How high rows are, and which lines they have.
    pub measured: &'a Measured<'a>,
    pub pos: ScrollPos,
    /// The rows in view, first to last.
    pub rows: Vec<(u64, RowView<'a>)>,
    /// From where to where each of them reaches, in points from the top of the rows.
    pub spans: Vec<(f32, f32)>,
    /// Places in rows that do something of their own, as they were painted.
    pub spots: RefCell<Vec<Spot>>,
    /// From how many nanoseconds on the time since the row above is unusually long, where that is shown.
    pub long_gap: i64,
    /// Points by which the columns are scrolled sideways.
    pub shift: f32,
    /// Points by which the message's text is scrolled inside its column, after the columns reached their end.
    pub message_shift: f32,
    /// Width of a character of log text.
    pub char_width: f32,
}

impl Frame<'_> {
    /// Where a row is.
    pub(super) fn row_rect(&self, row: u64) -> Rect {
        let index = row.checked_sub(self.pos.row);
        let index = index.and_then(|index| usize::try_from(index).ok());
        let span = index.and_then(|index| self.spans.get(index)).copied();
        let (top, bottom) = span.unwrap_or_else(|| {
            let top = self.pos.top_of(row, &self.extent) as f32;
            (top, top + self.extent.row_height)
        });
        let y = self.area.top() + top..=self.area.top() + bottom;
        Rect::from_x_y_ranges(self.area.x_range(), y)
    }

    /// Where the first line of a row is, which is all of most.
    pub(super) fn head_rect(&self, row: u64) -> Rect {
        let rect = self.row_rect(row);
        rect.with_max_y(rect.top() + self.extent.row_height)
    }

    /// Takes note of a place that does something of its own.
    pub(super) fn spot(&self, spot: Spot) {
        self.spots.borrow_mut().push(spot);
    }

    /// What of the rows at a point does something of its own.
    pub(super) fn spot_at(&self, at: Pos2) -> Option<Spot> {
        let inside = |spot: &&Spot| spot.rect.contains(at) && self.area.contains(at);
        self.spots.borrow().iter().find(inside).copied()
    }

    /// From where to where a column reaches on the screen.
    pub(super) fn column_range(&self, place: &Placed) -> (f32, f32) {
        let left = self.area.left() + place.left - self.shift;
        (left, left + place.width)
    }

    /// The row under a point.
    pub(super) fn row_at(&self, y: f32) -> Option<u64> {
        self.pos.row_at(y - self.area.top(), &self.extent)
    }

    /// The shown column under a point.
    pub(super) fn column_at(&self, x: f32) -> Option<&Placed> {
        self.placed.iter().find(|place| {
            let (left, right) = self.column_range(place);
            (left..right).contains(&x)
        })
    }

    /// What a row shows, if it is in view.
    pub(super) fn view(&self, row: u64) -> Option<&RowView<'_>> {
        let index = usize::try_from(row.checked_sub(self.pos.row)?).ok()?;
        self.rows.get(index).map(|(_, view)| view)
    }

    /// What the shown column at this place holds.
    pub(super) fn kind(&self, place: &Placed) -> ColumnKind {
        self.arrangement
            .kind(place.index)
            .unwrap_or(ColumnKind::Other)
    }
}

/// Shows the table in what is left of `ui`.
pub fn show(ui: &mut Ui, model: &dyn TableModel, state: &mut TableState, out: &mut Actions) {
    let rect = ui.available_rect_before_wrap();
    ui.allocate_rect(rect, egui::Sense::hover());
    ui.set_clip_rect(rect.intersect(ui.clip_rect()));
    let palette = theme::palette(ui);
    ui.painter()
        .rect_filled(rect, CornerRadius::ZERO, palette.page);
    let (head, body) = rect.split_top_bottom_at_y((rect.top() + space::BAR).min(rect.bottom()));
    let (area, bar) = body.split_left_right_at_x((body.right() - space::SCROLL).max(body.left()));
    // The strip below the rows is always kept free: the newest record must never lie under the sideways bar, and a bar
    // that comes and goes with the text in view must not move the rows.
    let (area, _foot) = area.split_top_bottom_at_y((area.bottom() - side::BAR).max(area.top()));
    let arrangement = state.arrangement(model);
    let char_width = ui.fonts_mut(|fonts| fonts.glyph_width(&theme::mono(), '0'));
    let Placement {
        placed,
        total,
        left_out,
    } = arrangement.place(area.width(), char_width);
    let message = placed
        .iter()
        .find(|place| arrangement.kind(place.index) == Some(ColumnKind::Message))
        .map_or(0.0, |place| place.width - 2.0 * CELL_PADDING);
    state.measure(sizes(ui, area.height(), message), model.len());
    let measured = state.measured(model);
    state.settle(model, &measured);
    let extent = measured.extent();
    state.origin = area.top();
    scroll(ui, body, bar, model, state, &extent, out);
    state.count_seen(model, &extent);
    let (rows, spans) = fetch(model, state.pos, &extent);
    let mut frame = Frame {
        model,
        palette,
        arrangement: &arrangement,
        placed,
        left_out,
        area,
        extent,
        measured: &measured,
        pos: state.pos,
        rows,
        spans,
        spots: RefCell::default(),
        long_gap: i64::MAX,
        shift: 0.0,
        message_shift: 0.0,
        char_width,
    };
    if frame
        .placed
        .iter()
        .any(|place| frame.kind(place) == ColumnKind::Delta)
    {
        frame.long_gap = model.long_gap();
    }
    keep(&frame, state);
    side::scroll(ui, &mut frame, state, total);
    rows::paint(ui, &frame);
    spoken::describe(ui, &frame);
    pointer::handle(ui, &frame, state, out);
    let by_keys = rows::goes_by_keys(ui);
    if state.has_keyboard && by_keys {
        rows::ring_without_row(ui, &frame);
    }
    side::bar(ui, &frame, state, total);
    if extent.len == 0 {
        nothing(ui, body, model, palette);
    }
    pill(ui, area, model, state, out);
    header::show(ui, head, &frame, state, out);
    // Gestures end with the button, wherever it is released; the parts above have seen the release.
    if !ui.input(|input| input.pointer.any_down()) {
        state.gesture = Gesture::None;
    }
}

/// A height that is a whole number of pixels, so that every row is equally high.
fn whole_pixels(ui: &Ui, points: f32) -> f32 {
    let scale = ui.pixels_per_point();
    (points * scale).round().max(1.0) / scale
}

/// How large things are in this frame.
fn sizes(ui: &Ui, view: f32, message: f32) -> Sizes {
    let font = theme::mono();
    let (line, widths) = ui.fonts_mut(|fonts| {
        let mut width = |letter| fonts.glyph_width(&font, letter);
        let widths = Widths {
            cell: width('0').max(1.0),
            wide: width('로').max(width('の')).max(1.0),
            picture: width('🚀').max(1.0),
        };
        (fonts.row_height(&font), widths)
    });
    Sizes {
        row: whole_pixels(ui, theme::row_height(ui)),
        line: whole_pixels(ui, line + 1.0),
        view,
        message,
        widths,
    }
}

/// Remembers what this frame shows, so that the next does not move it: the focused record, or the first that is read.
fn keep(frame: &Frame<'_>, state: &mut TableState) {
    state.kept = None;
    let wanting = frame.rows.iter().any(|(_, view)| *view == RowView::Loading);
    if !wanting {
        state.goal = None;
    }
    if !frame.measured.is_mixed() {
        return;
    }
    let shown = || frame.rows.iter().zip(&frame.spans);
    let ready = |((_, view), (top, _)): &(&(u64, RowView<'_>), &(f32, f32))| match view {
        RowView::Ready(row) => Some((row.record, *top)),
        _ => None,
    };
    let rows = || shown().filter_map(|row| ready(&row));
    let focus = frame.model.focused();
    let anchor = rows()
        .find(|(record, _)| Some(*record) == focus)
        .or_else(|| rows().find(|(_, top)| *top >= 0.0))
        .or_else(|| rows().next())
        .or_else(|| {
            let (row, (top, _)) = shown().next().map(|((row, _), span)| (*row, span))?;
            Some((frame.model.record(RowNo(row))?, *top))
        });
    state.kept = anchor.map(|(record, top)| Kept {
        pos: frame.pos,
        anchor: Anchor {
            record,
            top: f64::from(top),
        },
        rows: frame.rows.len() as u64,
    });
}

/// Moves the view by what wheel and scroll bar ask for, or keeps it at the end while following.
fn scroll(
    ui: &Ui,
    body: Rect,
    bar: Rect,
    model: &dyn TableModel,
    state: &mut TableState,
    extent: &Extent<'_>,
    out: &mut Actions,
) {
    if model.follow() {
        state.pos = ScrollPos::end(extent);
    }
    let before = state.pos;
    if ui.rect_contains_pointer(body) {
        let wheel = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        state.pos = state.pos.moved(f64::from(-wheel), extent);
    }
    let marks = scrollbar::Marks {
        grave: model.marks(),
        found: model.found_rows(),
        bookmarks: &model.bookmarked_rows(),
    };
    match scrollbar::show(ui, bar, state, extent, &marks) {
        Some(Moved::To(pos)) => state.pos = pos,
        Some(Moved::Mark(row)) => out.extend(model.record(row).map(Action::JumpTo)),
        None => {}
    }
    if state.pos != before {
        state.moved();
        ui.ctx().request_repaint();
    }
    if model.follow() && (state.pos.row, state.pos.offset_px) < (before.row, before.offset_px) {
        out.push(Action::SetFollow(false));
    }
}

/// The rows in view, and from where to where each reaches in points from the top of the rows.
#[expect(clippy::type_complexity, reason = "two lists side by side")]
fn fetch<'a>(
    model: &'a dyn TableModel,
    pos: ScrollPos,
    extent: &Extent<'_>,
) -> (Vec<(u64, RowView<'a>)>, Vec<(f32, f32)>) {
    let (mut rows, mut spans) = (Vec::new(), Vec::new());
    let mut top = -f64::from(pos.offset_px);
    let mut row = pos.row;
    while row < extent.len && top < f64::from(extent.view) {
        let bottom = top + extent.height_of(row);
        rows.push((row, model.row(RowNo(row))));
        spans.push((top as f32, bottom as f32));
        top = bottom;
        row += 1;
    }
    (rows, spans)
}

/// Says why there are no rows.
fn nothing(ui: &Ui, body: Rect, model: &dyn TableModel, palette: &Palette) {
    let (headline, hint) = model.nothing();
    let centre = body.center() - vec2(0.0, 12.0);
    let painter = ui.painter();
    let said = painter.text(
        centre,
        Align2::CENTER_CENTER,
        headline,
        egui::FontId::proportional(theme::size::HEADING),
        palette.text,
    );
    painter.text(
        pos2(centre.x, said.bottom() + space::M),
        Align2::CENTER_TOP,
        hint,
        theme::body(),
        palette.weak,
    );
    let id = ui.scope_id().with("nothing");
    let response = ui.interact(said, id, egui::Sense::hover());
    let text = format!("{headline}. {hint}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
}

/// The way back to the end while new rows arrive below the view.
fn pill(ui: &mut Ui, area: Rect, model: &dyn TableModel, state: &TableState, out: &mut Actions) {
    let unseen = state.unseen(model);
    if model.follow() || unseen == 0 {
        return;
    }
    let palette = theme::palette(ui);
    let text = tr!("{unseen} new", unseen = number::count(unseen));
    let galley = ui
        .painter()
        .layout_no_wrap(text.clone(), theme::body(), palette.on_accent);
    let size = vec2(galley.size().x + 40.0, 28.0);
    let place = Rect::from_min_size(
        pos2(area.right() - size.x - 18.0, area.bottom() - size.y - 20.0),
        size,
    );
    let response = ui
        .interact(place, ui.scope_id().with("pill"), egui::Sense::click())
        .on_hover_text(with_keys(
            tr("Go to the newest record and follow"),
            Command::FollowEnd,
        ))
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &text));
    let fill = if response.hovered() {
        palette.accent.gamma_multiply(0.9)
    } else {
        palette.accent
    };
    let painter = ui.painter();
    painter.rect_filled(place, CornerRadius::same(14), fill);
    let text_at = pos2(
        place.left() + 28.0,
        place.center().y - galley.size().y / 2.0,
    );
    painter.galley(text_at, galley, palette.on_accent);
    let stroke = egui::Stroke::new(1.6, palette.on_accent);
    let tip = pos2(place.left() + 16.0, place.center().y + 4.5);
    painter.line_segment([tip - vec2(0.0, 9.0), tip], stroke);
    painter.line_segment([tip - vec2(4.0, 4.0), tip], stroke);
    painter.line_segment([tip + vec2(4.0, -4.0), tip], stroke);
    if response.clicked() {
        out.push(Action::SetFollow(true));
    }
}
