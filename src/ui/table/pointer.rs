//! What the pointer does to rows: choosing, dragging, menus, details, tooltips.

use crate::base::lang::tr;
use crate::tr;
use egui::{
    CursorIcon, Event, EventFilter, Key, Modifiers, PointerButton, Pos2, Response, Sense, Stroke,
    Ui, accesskit,
};

use super::columns::CELL_PADDING;
use super::lines::{Does, Spot};
use super::model::{ColumnKind, RowView};
use super::rows::cell_text;
use super::seam;
use super::spoken::row_id;
use super::state::{Gesture, MenuTarget, TableState};
use super::text::guess_width;
use super::view::Frame;
use super::{menu, words};
use crate::base::id::RecordNo;
use crate::format::field::derived_from;
use crate::ui::action::{Action, Actions, SelectHow};
use crate::ui::widgets::{context_menu, tips};

/// Longest text that a tooltip shows, in characters; the details have all of it.
const TOOLTIP_CHARS: usize = 700;

/// Handles the pointer over the rows.
pub(super) fn handle(ui: &Ui, frame: &Frame<'_>, state: &mut TableState, out: &mut Actions) {
    let id = ui.scope_id().with("rows");
    let response = ui.interact(frame.area, id, Sense::click_and_drag());
    press(ui, &response, frame, state, out);
    drag(ui, &response, frame, state, out);
    let spot = response.hover_pos().and_then(|at| frame.spot_at(at));
    if (response.double_clicked() && spot.is_none()) || enter(ui, &response) {
        out.push(Action::ShowDetails);
    }
    point(ui, &response, frame, state);
    spoken(ui, frame, out);
    keyboard(ui, &response, frame, state);
    menu::rows(&response, frame, state, out);
    if let Some(spot) = spot {
        ui.set_cursor_icon(CursorIcon::PointingHand);
        response.on_hover_text_at_pointer(spot.tells());
    } else if !response.context_menu_opened() {
        tooltip(&response, frame);
    }
}

/// Takes note of the word under the pointer, and shows with Ctrl what a click would open.
fn point(ui: &Ui, response: &Response, frame: &Frame<'_>, state: &mut TableState) {
    let at = response.hover_pos();
    state.word = at.and_then(|at| words::word(ui, frame, at));
    let opens = ui.input(|input| input.modifiers.command && !input.modifiers.shift);
    let Some(at) = at.filter(|_| opens) else {
        return;
    };
    if let Some((_, rect)) = words::place(ui, frame, at) {
        ui.set_cursor_icon(CursorIcon::PointingHand);
        let line = Stroke::new(1.0, frame.palette.accent);
        ui.painter()
            .hline(rect.x_range(), rect.bottom() - 3.0, line);
    }
}

/// The table has the keyboard whenever nothing else has it, and then a screen reader is at the row that is chosen.
fn keyboard(ui: &Ui, response: &Response, frame: &Frame<'_>, state: &mut TableState) {
    if !frame.model.has_keys() {
        response.surrender_focus();
        state.has_keyboard = false;
        return;
    }
    let menu_open = egui::Popup::is_any_open(ui.ctx());
    let nobody = ui.memory(egui::Memory::focused).is_none();
    let ours = ui.memory(|memory| memory.allows_interaction(ui.layer_id()));
    if nobody && ours && !menu_open {
        response.request_focus();
    }
    state.has_keyboard = response.has_focus();
    if !state.has_keyboard {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: !menu_open,
        vertical_arrows: !menu_open,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let focused = frame
        .model
        .focused()
        .map(|record| frame.model.row_of(record).0);
    let row = focused.filter(|row| frame.view(*row).is_some());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Table);
        node.set_label(tr("Records"));
        if let Some(row) = row {
            node.set_active_descendant(row_id(ui, row).accesskit_id());
        }
    });
    if let (Some(row), true) = (row, context_menu::take_request(ui.ctx())) {
        open_menu(ui, response, frame, row, state);
    }
}

/// Opens the menu of a row by key, below its message.
fn open_menu(ui: &Ui, response: &Response, frame: &Frame<'_>, row: u64, state: &mut TableState) {
    let Some(RowView::Ready(ready)) = frame.view(row) else {
        return;
    };
    let is_message = |place: &&super::columns::Placed| frame.kind(place) == ColumnKind::Message;
    let message = frame.placed.iter().find(is_message);
    let left = message.map_or(frame.area.left(), |place| frame.column_range(place).0);
    state.menu = Some(MenuTarget {
        record: ready.record,
        column: message.map(|place| place.index),
        at: egui::pos2(left.max(frame.area.left()), frame.row_rect(row).bottom()),
        word: None,
    });
    egui::Popup::open_id(ui.ctx(), egui::Popup::default_response_id(response));
}

/// What a press with these modifiers does to what is chosen.
pub(super) fn how(modifiers: Modifiers) -> SelectHow {
    if modifiers.shift {
        SelectHow::Extend
    } else if modifiers.command || modifiers.ctrl {
        SelectHow::Toggle
    } else {
        SelectHow::Replace
    }
}

/// Enter on the table, when nothing else has the keyboard.
fn enter(ui: &Ui, response: &Response) -> bool {
    let ours = ui
        .memory(egui::Memory::focused)
        .is_none_or(|id| id == response.id);
    ours && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
}

fn press(
    ui: &Ui,
    response: &Response,
    frame: &Frame<'_>,
    state: &mut TableState,
    out: &mut Actions,
) {
    let primary = pressed_at(ui, PointerButton::Primary);
    let secondary = pressed_at(ui, PointerButton::Secondary);
    // Press and release may come within one frame.
    let here =
        response.is_pointer_button_down_on() || response.clicked() || response.secondary_clicked();
    let Some(at) = primary.or(secondary).filter(|_| here) else {
        return;
    };
    // Whatever had the keyboard (a text box) gives it back to the table.
    ui.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
    if let Some(spot) = frame.spot_at(at).filter(|_| primary.is_some()) {
        out.extend(does(&spot));
        return;
    }
    let Some(record) = record_at(frame, at.y) else {
        return;
    };
    let modifiers = ui.input(|input| input.modifiers);
    let opens = primary.is_some() && modifiers.command && !modifiers.shift;
    if let Some((target, _)) = opens.then(|| words::place(ui, frame, at)).flatten() {
        out.push(Action::OpenPlace(target));
        return;
    }
    if primary.is_some() {
        state.gesture = Gesture::Select;
        out.push(Action::SelectRecord {
            record,
            how: how(modifiers),
        });
    } else {
        let column = frame.column_at(at.x).map(|place| place.index);
        let word = words::word(ui, frame, at);
        state.menu = Some(MenuTarget {
            record,
            column,
            at,
            word,
        });
        if !frame.model.is_selected(record) {
            out.push(Action::SelectRecord {
                record,
                how: SelectHow::Replace,
            });
        }
    }
}

/// What a click on a spot asks for.
fn does(spot: &Spot) -> Vec<Action> {
    let record = spot.record;
    let open = |open| vec![Action::OpenRecord(record, open)];
    match spot.does {
        Does::Open => open(true),
        Does::Close => open(false),
        Does::Run(open) => vec![Action::OpenRun(record, open)],
        Does::Details => vec![
            Action::SelectRecord {
                record,
                how: SelectHow::Replace,
            },
            Action::ShowDetails,
        ],
    }
}

/// Where a button went down since the last frame; by now the pointer may be elsewhere and the button up again.
pub(super) fn pressed_at(ui: &Ui, wanted: PointerButton) -> Option<Pos2> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::PointerButton {
                pos,
                button,
                pressed: true,
                ..
            } if *button == wanted => Some(*pos),
            _ => None,
        })
    })
}

fn record_at(frame: &Frame<'_>, y: f32) -> Option<RecordNo> {
    let row = frame.row_at(y)?;
    match frame.view(row) {
        Some(RowView::Ready(ready)) => Some(ready.record),
        _ => frame.model.record(crate::base::id::RowNo(row)),
    }
}

/// Chooses what the pointer passes over; beyond the edges the view follows, the faster the farther.
fn drag(
    ui: &Ui,
    response: &Response,
    frame: &Frame<'_>,
    state: &mut TableState,
    out: &mut Actions,
) {
    if state.gesture != Gesture::Select || !response.dragged() {
        return;
    }
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let area = frame.area;
    let beyond = if at.y < area.top() {
        at.y - area.top()
    } else {
        (at.y - area.bottom()).max(0.0)
    };
    if beyond != 0.0 {
        state.pos = state.pos.moved(f64::from(beyond) * 0.25, &frame.extent);
        ui.ctx().request_repaint();
    }
    let y = at.y.clamp(area.top(), area.bottom() - 1.0);
    let last = frame.extent.len.checked_sub(1);
    let row = frame.row_at(y).or(last);
    let record = row.and_then(|row| frame.model.record(crate::base::id::RowNo(row)));
    let moved = ui.input(|input| input.pointer.delta().y != 0.0) || beyond != 0.0;
    if let Some(record) = record
        && moved
        && frame.model.focused() != Some(record)
    {
        out.push(Action::SelectRecord {
            record,
            how: SelectHow::Extend,
        });
    }
}

/// What a screen reader does to a row.
fn spoken(ui: &Ui, frame: &Frame<'_>, out: &mut Actions) {
    let asked: Vec<(accesskit::NodeId, accesskit::Action)> = ui.input(|input| {
        let requests = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request) => Some((request.target_node, request.action)),
            _ => None,
        });
        requests.collect()
    });
    for (target, action) in asked {
        let row = frame
            .rows
            .iter()
            .find(|(row, _)| row_id(ui, *row).accesskit_id() == target);
        let Some((_, RowView::Ready(ready))) = row else {
            continue;
        };
        let record = ready.record;
        match action {
            accesskit::Action::Click => out.push(Action::SelectRecord {
                record,
                how: SelectHow::Replace,
            }),
            accesskit::Action::Expand => out.push(Action::OpenRecord(record, true)),
            accesskit::Action::Collapse => out.push(Action::OpenRecord(record, false)),
            _ => {}
        }
    }
}

/// Whether a key was pressed since the pointer moved: who goes through rows by keys wants to see them, not what the
/// pointer happens to rest on.
fn rests(response: &Response) -> bool {
    let ctx = &response.ctx;
    let mark = response.id.with("rests");
    let now = ctx.input(|input| {
        { input.raw.events.iter() }
            .rev()
            .find_map(|event| match event {
                Event::Key { pressed: true, .. } => Some(true),
                Event::PointerMoved(_) | Event::PointerButton { .. } => Some(false),
                _ => None,
            })
    });
    if let Some(now) = now {
        ctx.data_mut(|data| data.insert_temp(mark, now));
    }
    ctx.data(|data| data.get_temp(mark)).unwrap_or(false)
}

/// The whole value of a cell that does not fit.
fn tooltip(response: &Response, frame: &Frame<'_>) {
    if rests(response) {
        return;
    }
    let Some(text) = response.hover_pos().and_then(|at| hidden_text(frame, at)) else {
        return;
    };
    let text = egui::RichText::new(text).font(crate::ui::theme::mono());
    response
        .clone()
        .on_hover_ui_at_pointer(|ui| tips::wide(ui, text));
}

/// The text under the pointer, if its cell shows only a part of it.
fn hidden_text(frame: &Frame<'_>, at: egui::Pos2) -> Option<String> {
    let row = frame.row_at(at.y)?;
    let place = frame.column_at(at.x)?;
    let Some(RowView::Ready(ready)) = frame.view(row) else {
        return None;
    };
    if let Some(seam) = ready
        .seam
        .as_ref()
        .filter(|seam| seam::is_at(frame, row, seam, at))
    {
        return Some(seam.story.clone());
    }
    if frame.kind(place) == ColumnKind::Message && frame.measured.laid(row).is_some() {
        return None;
    }
    let text = cell_text(frame, place, ready);
    let column = frame.arrangement.columns.get(place.index)?;
    if let Some(field) = derived_from(&column.spec.key).filter(|_| !text.is_empty()) {
        return Some(tr!("{text}, told by {field}", text, field));
    }
    let room = place.width - 2.0 * CELL_PADDING;
    let kind = frame.kind(place);
    let fits = match kind {
        ColumnKind::Level => super::text::short_level(&text, badge_chars(frame, room)) == text,
        ColumnKind::Logger => {
            super::text::short_name(&text, (room / frame.char_width) as usize) == text
        }
        _ => guess_width(&text, frame.char_width) <= room && frame.message_shift == 0.0,
    };
    if fits {
        return None;
    }
    let mut shown: String = text.chars().take(TOOLTIP_CHARS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    Some(shown)
}

fn badge_chars(frame: &Frame<'_>, room: f32) -> usize {
    ((room - 4.0) / frame.char_width * 1.13).floor().max(1.0) as usize
}

/// The pointer over something that is dragged sideways.
pub(super) fn sideways(ui: &Ui) {
    ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_choose_how() {
        let rows = [
            (Modifiers::NONE, SelectHow::Replace),
            (Modifiers::SHIFT, SelectHow::Extend),
            (Modifiers::CTRL, SelectHow::Toggle),
            (Modifiers::COMMAND, SelectHow::Toggle),
            (Modifiers::ALT, SelectHow::Replace),
            (Modifiers::CTRL | Modifiers::SHIFT, SelectHow::Extend),
        ];
        for (modifiers, expected) in rows {
            assert_eq!(how(modifiers), expected, "{modifiers:?}");
        }
    }
}
