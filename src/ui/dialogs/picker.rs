//! A box one types into and a list below it, one line of which is chosen with the arrows: the palette and quick open.

use crate::base::lang::tr;
use egui::text::{CCursor, CCursorRange, LayoutJob};
use egui::{
    EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, TextEdit, TextFormat, Ui,
    UiBuilder, pos2, vec2,
};

use super::sheet;
use crate::ui::theme::{self, palette, space};
use crate::ui::widgets::{elide, list_line, tips};

/// What only the picker cares about.
#[derive(Debug, Clone, Default)]
pub struct PickerState {
    /// What is being typed.
    pub text: String,
    /// The chosen line of the list; `None` leaves what was typed to Enter.
    pub selected: Option<usize>,
    focused: bool,
    reveal: bool,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    /// What it is called.
    pub title: String,
    /// The chars of the title that were looked for.
    pub marks: Vec<u32>,
    /// Behind the title, weak: its group, its folder.
    pub note: String,
    /// At the right: keys, size and age, or why it does nothing.
    pub right: Right,
    /// Greyed; it cannot be chosen with Enter or a click.
    pub dimmed: bool,
    /// Above the line, when the line before it has another.
    pub heading: &'static str,
}

/// What stands at the right of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Right {
    #[default]
    Nothing,
    /// A key as on a keyboard.
    Key(String),
    /// Words.
    Text(String),
}

/// What the box is.
pub(super) struct Entry<'a> {
    pub id: Id,
    /// What stands in it while it is empty, which is also its name.
    pub hint: &'a str,
    /// What may be typed.
    pub tip: &'a str,
    /// Tab belongs to the dialog.
    pub takes_tab: bool,
}

/// Shows the box and moves through `count` lines; whether Enter was pressed.
pub(super) fn entry(ui: &mut Ui, entry: &Entry<'_>, state: &mut PickerState, count: usize) -> bool {
    if ui.memory(|memory| memory.has_focus(entry.id)) {
        arrows(ui, state, count);
    }
    let filter = EventFilter {
        tab: entry.takes_tab,
        vertical_arrows: true,
        horizontal_arrows: true,
        escape: false,
    };
    let edit = TextEdit::singleline(&mut state.text)
        .id(entry.id)
        .hint_text(entry.hint)
        .event_filter(filter)
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(entry.hint);
    let response = tips::of_box(response, entry.tip);
    sheet::focus_once(&response, &mut state.focused);
    if let Some(selected) = state.selected {
        // The keyboard stays in the box, and a screen reader hears the line.
        let chosen = line_id(entry.id, selected).accesskit_id();
        ui.ctx()
            .accesskit_node_builder(entry.id, |node| node.set_active_descendant(chosen));
    }
    let entered = sheet::entered(ui, &response);
    if entered {
        response.request_focus();
    }
    entered
}

/// Up, Down and whole pages, before the box sees them.
fn arrows(ui: &Ui, state: &mut PickerState, count: usize) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let Some(last) = count.checked_sub(1) else {
        return;
    };
    let at = state.selected;
    for (key, to) in [
        (Key::ArrowDown, at.map_or(0, |at| at + 1)),
        (Key::ArrowUp, at.map_or(0, |at| at.saturating_sub(1))),
        (Key::PageDown, at.unwrap_or(0) + 10),
        (Key::PageUp, at.unwrap_or(0).saturating_sub(10)),
    ] {
        if pressed(key) {
            state.selected = Some(to.min(last));
            state.reveal = true;
        }
    }
}

/// Puts the cursor behind what stands in the box.
pub(super) fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    let end = CCursor::new(text.chars().count());
    if let Some(mut edit) = TextEdit::load_state(ui.ctx(), id) {
        edit.cursor.set_char_range(Some(CCursorRange::one(end)));
        TextEdit::store_state(ui.ctx(), id, edit);
    }
}

/// Shows the list; the line that was clicked. `extra` draws into a square at the right end of a line.
pub(super) fn list(
    ui: &mut Ui,
    id: Id,
    state: &mut PickerState,
    rows: &[Row],
    mut extra: impl FnMut(&mut Ui, usize) -> bool,
) -> Option<usize> {
    ui.add_space(space::S);
    let room = (ui.available_height() - 40.0).clamp(100.0, 420.0);
    let reveal = std::mem::take(&mut state.reveal);
    let builder = UiBuilder::new()
        .accessibility_role(Role::ListBox)
        .accessibility_label(tr("Found"));
    let area = ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, true]);
    ui.scope_builder(builder, |ui| {
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut clicked = None;
            let mut heading = "";
            for (index, row) in rows.iter().enumerate() {
                if row.heading != heading {
                    heading = row.heading;
                    ui.add_space(space::S);
                    sheet::section(ui, heading);
                    ui.add_space(space::XS);
                }
                let chosen = state.selected == Some(index);
                let response = line(ui, line_id(id, index), row, chosen, |ui| extra(ui, index));
                if chosen && reveal {
                    response.scroll_to_me(None);
                }
                if response.clicked() && !row.dimmed {
                    clicked = Some(index);
                }
            }
            clicked
        })
        .inner
    })
    .inner
}

fn line_id(list: Id, index: usize) -> Id {
    list.with(("line", index))
}

fn line(
    ui: &mut Ui,
    id: Id,
    row: &Row,
    chosen: bool,
    extra: impl FnOnce(&mut Ui) -> bool,
) -> Response {
    let name = match &row.right {
        Right::Text(text) if row.dimmed => format!("{}: {text}", row.title),
        _ => row.title.clone(),
    };
    let response = list_line::begin(ui, id, &name, !row.dimmed, chosen);
    let rect = response.rect;
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let square = Rect::from_center_size(
        pos2(rect.right() - list_line::HEIGHT / 2.0, rect.center().y),
        vec2(list_line::HEIGHT - 4.0, list_line::HEIGHT - 4.0),
    );
    let builder = UiBuilder::new().max_rect(square).scope_id(id.with("extra"));
    // A child of its own, so that the next line begins below this one and not below the square.
    let has_extra = extra(&mut ui.new_child(builder));
    let edge = if has_extra {
        square.left()
    } else {
        rect.right()
    } - space::M;
    let left = right(ui, rect, edge, row) - space::M;
    words(ui, rect, left, row, chosen);
    response
}

/// The right end of a line; where it begins.
fn right(ui: &Ui, rect: Rect, edge: f32, row: &Row) -> f32 {
    let p = palette(ui);
    let painter = ui.painter();
    let (text, font) = match &row.right {
        Right::Nothing => return edge,
        Right::Key(text) => (text, theme::mono_small()),
        Right::Text(text) => (text, theme::small()),
    };
    let galley = painter.layout_no_wrap(text.clone(), font, p.weak);
    let left = edge - galley.size().x;
    let top = (rect.center().y - galley.size().y / 2.0).round();
    painter.galley(pos2(left, top), galley, p.weak);
    left
}

/// The title with its marks, and the note behind it.
fn words(ui: &Ui, rect: Rect, edge: f32, row: &Row, chosen: bool) {
    let p = palette(ui);
    let left = rect.left() + space::M;
    let color = match (row.dimmed, chosen) {
        (true, _) => p.weak,
        (false, true) => p.accent_soft_text,
        (false, false) => p.text,
    };
    let marked = if row.dimmed { p.weak } else { p.accent };
    let mut job = LayoutJob::default();
    let mut marks = row.marks.iter().copied().peekable();
    for (at, sign) in (0..).zip(row.title.chars()) {
        let is_mark = marks.next_if_eq(&at).is_some();
        let mut format = TextFormat::simple(theme::body(), if is_mark { marked } else { color });
        if is_mark {
            format.underline = egui::Stroke::new(1.0, marked);
        }
        let mut bytes = [0; 4];
        job.append(sign.encode_utf8(&mut bytes), 0.0, format);
    }
    let painter = ui
        .painter()
        .with_clip_rect(rect.with_max_x(edge).intersect(ui.clip_rect()));
    let title = painter.layout_job(job);
    let y = |height: f32| (rect.center().y - height / 2.0).round();
    let width = title.size().x;
    painter.galley(pos2(left, y(title.size().y)), title, color);
    let start = left + width + space::M;
    if !row.note.is_empty() && edge - start > 20.0 {
        let (note, _) = elide::middle(&painter, &row.note, &theme::small(), p.weak, edge - start);
        painter.galley(pos2(start, y(note.size().y) + 0.5), note, p.weak);
    }
}
