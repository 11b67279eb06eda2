//! The header: titles, borders that resize, titles that are dragged to reorder, and the menu of columns.

use crate::base::lang::tr;
use crate::tr;
use egui::{
    Align2, CornerRadius, Key, Modifiers, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2,
};

use super::column_filter;
use super::columns::{Arrangement, CELL_PADDING, Placed, drop_target};
use super::model::{ColumnKind, RowView};
use super::pointer;
use super::rows::cell_text;
use super::state::{Gesture, TableState};
use super::text::guess_width;
use super::view::Frame;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::Command;
use crate::ui::theme;
use crate::ui::widgets::context_menu;
use crate::ui::widgets::elide;
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::tick;
use crate::ui::widgets::tool_button::focus_ring;

/// By so many points a column gets wider or narrower with a key.
const WIDER: f32 = 16.0;

/// Size of the signs of a column that is filtered, or that rows are ordered by.
const SIGN: f32 = 12.0;

/// Points for the number of columns without room.
const LEFT_OUT: f32 = 20.0;

/// A title in less points would be a letter and a gap.
const LEAST_TITLE: f32 = 20.0;

/// Points left and right of a border where it can be taken hold of.
const GRIP: f32 = 4.0;

/// Shows the header over `rect`.
pub(super) fn show(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    state: &mut TableState,
    out: &mut Actions,
) {
    let p = frame.palette;
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::ZERO, p.panel);
    painter.hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        Stroke::new(1.0, p.separator),
    );
    let mut arrangement = frame.arrangement.clone();
    let head = rect.with_max_x(frame.area.right());
    for place in &frame.placed {
        title(ui, head, frame, place, &mut arrangement, (state, out));
    }
    for (position, place) in frame.placed.iter().enumerate() {
        border(ui, head, frame, position, place, &mut arrangement, state);
    }
    left_out(ui, head, frame, out);
    drop_header(ui, head, frame, &mut arrangement, state);
    if arrangement.states != state.columns() {
        let told = arrangement != *frame.arrangement;
        state.arrange(arrangement);
        // A drag is told when it ends.
        let dragging = matches!(state.gesture, Gesture::Border(_));
        if told && !dragging {
            out.push(Action::SetColumns(state.columns().to_vec()));
        }
    }
    if let Gesture::Border(_) = state.gesture
        && ui.input(|input| input.pointer.any_released())
    {
        out.push(Action::SetColumns(state.columns().to_vec()));
    }
}

fn title(
    ui: &Ui,
    head: Rect,
    frame: &Frame<'_>,
    place: &Placed,
    arrangement: &mut Arrangement,
    (state, out): (&mut TableState, &mut Actions),
) {
    let Some(column) = frame.arrangement.columns.get(place.index) else {
        return;
    };
    let (left, right) = frame.column_range(place);
    let rect = Rect::from_x_y_ranges(left..=right, head.y_range());
    let shown = rect.intersect(head);
    if !shown.is_positive() {
        return;
    }
    let spec = &column.spec;
    let id = ui.scope_id().with(("header", spec.key.as_str()));
    let response = ui.interact(shown, id, Sense::click_and_drag());
    let name = tr!("Column {title}", title = spec.title);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    let filtered = frame.model.is_filtered(&spec.key);
    let by_time = frame
        .model
        .by_time()
        .filter(|_| spec.kind == ColumnKind::Time);
    response.clone().on_hover_text(tip(&spec.title, by_time));
    if let Some(by_time) = by_time
        && response.clicked()
        && by_pointer(ui)
    {
        out.push(Action::SetByTime(!by_time));
    }
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(egui::accesskit::Role::ColumnHeader);
        if filtered {
            node.set_description(tr("Filtered"));
        }
        if by_time == Some(true) {
            node.set_sort_direction(egui::accesskit::SortDirection::Ascending);
        }
    });
    if response.drag_started_by(egui::PointerButton::Primary) {
        state.gesture = Gesture::Header(place.index);
    }
    let p = frame.palette;
    let painter = ui.painter().with_clip_rect(shown);
    let color = if response.hovered() || response.dragged() {
        painter.rect_filled(
            shown.shrink2(egui::vec2(0.0, 1.0)),
            CornerRadius::ZERO,
            p.hover,
        );
        p.strong
    } else {
        p.weak
    };
    let (x, align) = match spec.align {
        super::model::Side::Left => (left + CELL_PADDING, Align2::LEFT_CENTER),
        super::model::Side::Right => (right - CELL_PADDING, Align2::RIGHT_CENTER),
    };
    // A column may be narrower than its title, and the number of those without room stands at the end.
    let end = match frame.left_out.is_empty() {
        true => right,
        false => right.min(head.right() - LEFT_OUT),
    };
    let width = end - left - 2.0 * CELL_PADDING;
    let (words, cut) = elide::end(&painter, &spec.title, &theme::small(), color, width);
    let at = align.anchor_size(pos2(x, head.center().y), words.size());
    // A gap alone says nothing.
    if !cut || width > LEAST_TITLE {
        painter.galley(at.min, words, color);
    }
    let mut room = at;
    let signs = [
        (by_time == Some(true), Icon::Down),
        (filtered, Icon::Filter),
    ];
    for (_, sign) in signs.into_iter().filter(|(there, _)| *there) {
        let left = match spec.align {
            super::model::Side::Left => room.right() + 4.0,
            super::model::Side::Right => room.left() - 4.0 - SIGN,
        };
        let top = head.center().y - SIGN / 2.0;
        let place = Rect::from_min_size(pos2(left, top), egui::vec2(SIGN, SIGN));
        icon::paint(&painter, place, sign, p.accent);
        room = room.union(place);
    }
    keys(ui, &response, frame, place, arrangement);
    // Enter and Space open it too: there is nothing else that a title could do.
    let asked = response.has_focus()
        && (context_menu::take_request(ui.ctx()) || (response.clicked() && !by_pointer(ui)));
    let draft = &mut state.column_filter;
    let menu = |ui: &mut Ui| header_menu(ui, frame, place.index, arrangement, (draft, out));
    context_menu::show_kept(&response, asked, menu);
}

/// A number at the end of a narrow header: so many columns have no room.
fn left_out(ui: &Ui, head: Rect, frame: &Frame<'_>, out: &mut Actions) {
    let columns = frame.left_out.iter();
    let columns = columns.filter_map(|index| frame.arrangement.columns.get(*index));
    let titles: Vec<&str> = columns.map(|column| column.spec.title.as_str()).collect();
    if titles.is_empty() {
        return;
    }
    let p = frame.palette;
    let text = format!("+{}", titles.len());
    let text = ui.painter().layout_no_wrap(text, theme::small(), p.weak);
    let place = Align2::RIGHT_CENTER.anchor_size(
        head.right_center() - egui::vec2(CELL_PADDING, 0.0),
        text.size(),
    );
    let ground = place.expand2(egui::vec2(4.0, 0.0));
    ui.painter()
        .rect_filled(ground, CornerRadius::ZERO, p.panel);
    ui.painter().galley(place.min, text, p.weak);
    let id = ui.scope_id().with("left out");
    // It is clicked, so that it is not the title below it that is meant.
    let response = ui.interact(ground, id, Sense::click());
    let name = tr!(
        "No room for {columns}: a wider window has it",
        columns = titles.join(", ")
    );
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    focus_ring(ui, ground, &response);
    let tip = format!("{name}\n{}", tr("Click to choose the columns"));
    if response.on_hover_text(tip).clicked() {
        out.push(Action::Do(Command::Columns));
    }
}

/// What can be done with a column; `by_time` says whether rows go by it, if they could.
fn tip(title: &str, by_time: Option<bool>) -> String {
    let click = match by_time {
        Some(true) => tr("Rows are in order of time. Click for the order of the file"),
        Some(false) => tr("Click to put rows in order of time"),
        None => "",
    };
    let more = tr("Drag moves the column, a right click opens its menu");
    [title, click, more]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether the pointer was used in this frame.
fn by_pointer(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.any_pressed() || input.pointer.any_released())
}

/// A title that has the keyboard: Ctrl+Left and Ctrl+Right move the column, Ctrl+Up and Ctrl+Down change its width.
fn keys(
    ui: &Ui,
    response: &Response,
    frame: &Frame<'_>,
    place: &Placed,
    arrangement: &mut Arrangement,
) {
    if !response.has_focus() {
        return;
    }
    focus_ring(ui, response.rect, response);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
    let at = frame
        .placed
        .iter()
        .position(|other| other.index == place.index);
    let Some(at) = at else { return };
    let index_at = |at: usize| frame.placed.get(at).map(|place| place.index);
    if pressed(Key::ArrowLeft)
        && let Some(before) = at.checked_sub(1).and_then(index_at)
    {
        arrangement.reorder(place.index, before);
    }
    if pressed(Key::ArrowRight) && index_at(at + 1).is_some() {
        let before = index_at(at + 2).unwrap_or(arrangement.columns.len());
        arrangement.reorder(place.index, before);
    }
    for (key, by) in [(Key::ArrowUp, WIDER), (Key::ArrowDown, -WIDER)] {
        if pressed(key) && at + 1 < frame.placed.len() {
            arrangement.resize(&frame.placed, at, by);
        }
    }
}

fn border(
    ui: &Ui,
    head: Rect,
    frame: &Frame<'_>,
    position: usize,
    place: &Placed,
    arrangement: &mut Arrangement,
    state: &mut TableState,
) {
    let x = frame.column_range(place).1;
    if x <= head.left() || x > head.right() + 1.0 || position + 1 == frame.placed.len() {
        return;
    }
    let key = frame
        .arrangement
        .columns
        .get(place.index)
        .map_or("", |column| column.spec.key.as_str());
    let id = ui.scope_id().with(("border", key));
    let grip = Rect::from_x_y_ranges(x - GRIP..=x + GRIP, head.y_range());
    // Not reached by Tab: titles change widths by key.
    let response = ui.interact(grip, id, Sense::CLICK | Sense::DRAG);
    if response.drag_started() {
        state.gesture = Gesture::Border(position);
    }
    if response.dragged() {
        arrangement.resize(&frame.placed, position, response.drag_delta().x);
    }
    if response.double_clicked() {
        fit(frame, place, arrangement);
    }
    let lively = response.hovered() || response.dragged();
    if lively {
        pointer::sideways(ui);
    }
    paint_border(ui, head, x, lively, frame);
}

fn paint_border(ui: &Ui, head: Rect, x: f32, lively: bool, frame: &Frame<'_>) {
    let p = frame.palette;
    let (stroke, inset) = if lively {
        (Stroke::new(2.0, p.accent), 0.0)
    } else {
        (Stroke::new(1.0, p.border), 7.0)
    };
    let y = head.top() + inset..=head.bottom() - inset;
    ui.painter().vline(x - 0.5, y, stroke);
}

/// Makes a column as wide as what it shows now.
fn fit(frame: &Frame<'_>, place: &Placed, arrangement: &mut Arrangement) {
    let title = frame
        .arrangement
        .columns
        .get(place.index)
        .map_or(0.0, |column| {
            guess_width(&column.spec.title, frame.char_width)
        });
    let widest = frame
        .rows
        .iter()
        .filter_map(|(_, view)| match view {
            RowView::Ready(row) => {
                Some(guess_width(&cell_text(frame, place, row), frame.char_width))
            }
            _ => None,
        })
        .fold(title, f32::max);
    if frame.kind(place) != ColumnKind::Message {
        arrangement.fit(place.index, widest);
    }
}

/// Shows where a dragged header would go, and puts it there.
fn drop_header(
    ui: &Ui,
    head: Rect,
    frame: &Frame<'_>,
    arrangement: &mut Arrangement,
    state: &mut TableState,
) {
    let Gesture::Header(index) = state.gesture else {
        return;
    };
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let p = frame.palette;
    let x = at.x - frame.area.left() + frame.shift;
    let before = drop_target(&frame.placed, x, arrangement.columns.len());
    let edge = frame
        .placed
        .iter()
        .find(|place| place.index == before)
        .map_or(head.right() - 1.0, |place| frame.column_range(place).0);
    let line = Stroke::new(2.0, p.accent);
    ui.painter()
        .vline(edge, head.top()..=frame.area.bottom(), line);
    ui.set_cursor_icon(egui::CursorIcon::Grabbing);
    if ui.input(|input| input.pointer.any_released()) {
        arrangement.reorder(index, before);
    }
}

fn header_menu(
    ui: &mut Ui,
    frame: &Frame<'_>,
    index: usize,
    arrangement: &mut Arrangement,
    (draft, out): (&mut column_filter::Draft, &mut Actions),
) {
    let Some(column) = frame.arrangement.columns.get(index) else {
        return;
    };
    column_filter::show(ui, frame, &column.spec, draft, out);
    if let Some(mut by_time) = frame.model.by_time()
        && column.spec.kind == ColumnKind::Time
    {
        let response = tick::check(ui, &mut by_time, tr("Order by time"));
        if response.changed() {
            out.push(Action::SetByTime(by_time));
            ui.close();
        }
    }
    if ui
        .button(tr!("Hide {title}", title = column.spec.title))
        .clicked()
    {
        arrangement.set_hidden(index, true);
        ui.close();
    }
    let place = frame.placed.iter().find(|place| place.index == index);
    if let Some(place) = place
        && ui.button(tr("Fit width")).clicked()
    {
        fit(frame, place, arrangement);
        ui.close();
    }
    if ui.button(tr("Fit all widths")).clicked() {
        for place in &frame.placed {
            fit(frame, place, arrangement);
        }
        ui.close();
    }
    ui.separator();
    choose(ui, arrangement);
    ui.separator();
    if ui.button(tr("Reset columns")).clicked() {
        *arrangement = Arrangement::new(frame.model.columns(), &[]);
        ui.close();
    }
}

/// A tick box for every column.
fn choose(ui: &mut Ui, arrangement: &mut Arrangement) {
    for index in 0..arrangement.columns.len() {
        let (Some(column), Some(one)) = (
            arrangement.columns.get(index),
            arrangement.states.get(index),
        ) else {
            continue;
        };
        let mut shown = !one.hidden;
        let title = column.spec.title.clone();
        let response: Response = tick::check(ui, &mut shown, &title);
        if response.changed() {
            arrangement.set_hidden(index, !shown);
        }
    }
}
