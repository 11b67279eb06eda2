//! A text box for looking something up: a lens, a hint, switches for how the text is read, and a cross to empty it.

use crate::base::lang::tr;
use crate::tr;
use egui::text::{CCursor, CCursorRange};
use egui::{
    EventFilter, Id, Key, Rect, Response, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2,
};
use std::ops::Range;

use super::icon::{self, Icon};
use super::tool_button::ToolButton;
use crate::query::spec::Pattern;
use crate::ui::theme::{ICON_BUTTON, body, palette, radius};

/// A text box with a lens.
#[derive(Debug)]
#[must_use = "a box is shown by `show`"]
pub struct SearchBox<'a> {
    /// What tells it from other boxes.
    pub id: Id,
    /// What a screen reader says.
    pub name: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// The picture at its left.
    pub icon: Icon,
    /// Width in points.
    pub width: f32,
    /// What is in it cannot be matched.
    pub invalid: bool,
    /// What is wrong in it, in chars from 0; it is underlined.
    pub mark: Option<Range<usize>>,
    /// Give it the keyboard and select what is in it.
    pub focus: bool,
    /// Put the cursor there, in chars from 0, with nothing selected.
    pub put: Option<usize>,
    /// Arrows up and down and Esc are its own, and Tab too if this is true; `None` if they are not.
    pub keeps_keys: Option<bool>,
}

/// What happened to a box.
#[derive(Debug)]
pub struct SearchResponse {
    /// The text box.
    pub response: Response,
    /// The text changed.
    pub changed: bool,
    /// Enter was pressed in it.
    pub enter: bool,
    /// Where the cursor is, in chars from 0, if nothing is selected.
    pub cursor: Option<usize>,
}

impl SearchBox<'_> {
    /// Shows the box.
    pub fn show(self, ui: &mut Ui, text: &mut String) -> SearchResponse {
        let height = ui.spacing().interact_size.y;
        let (rect, _) = ui.allocate_exact_size(vec2(self.width, height), egui::Sense::hover());
        let palette = palette(ui);
        let frame = ui.painter().add(egui::Shape::Noop);
        let clear_width = if text.is_empty() { 0.0 } else { 18.0 };
        let inner = Rect::from_min_max(
            pos2(rect.left() + 25.0, rect.top()),
            pos2(rect.right() - 4.0 - clear_width, rect.bottom()),
        );
        if let Some(at) = self.put {
            place_cursor(ui, self.id, at..at);
        }
        let mut edit = TextEdit::singleline(text)
            .id(self.id)
            .hint_text(egui::RichText::new(self.hint).color(palette.weak))
            .font(body())
            .frame(egui::Frame::NONE)
            .margin(vec2(2.0, 3.0))
            .align(egui::Align2::LEFT_CENTER)
            .min_size(inner.size())
            .desired_width(inner.width());
        if let Some(tab) = self.keeps_keys {
            edit = edit.event_filter(EventFilter {
                tab,
                vertical_arrows: true,
                horizontal_arrows: true,
                escape: true,
            });
        }
        let builder = UiBuilder::new().max_rect(inner);
        // A child of its own, so that what is inside never makes the box taller than its neighbours.
        let output = edit.show(&mut ui.new_child(builder));
        if let Some(wrong) = self.mark {
            paint_mark(ui, &output, &wrong);
        }
        let cursor = output.cursor_range.filter(CCursorRange::is_empty);
        let cursor = cursor.map(|range| range.primary.index.0);
        let response = output.response.response.accessible_name(self.name);
        if self.focus {
            response.request_focus();
            if self.put.is_none() {
                place_cursor(ui, self.id, 0..text.chars().count());
            }
        }
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut changed = response.changed();
        let outline = if self.invalid {
            palette.bad
        } else if response.has_focus() {
            palette.focus
        } else {
            palette.border
        };
        ui.painter().set(
            frame,
            egui::epaint::RectShape::new(
                rect,
                radius::CONTROL,
                palette.page,
                Stroke::new(1.0, outline),
                StrokeKind::Inside,
            ),
        );
        let lens =
            Rect::from_center_size(pos2(rect.left() + 13.0, rect.center().y), vec2(13.0, 13.0));
        icon::paint(ui.painter(), lens, self.icon, palette.weak);
        if clear_width > 0.0 {
            let cross = Rect::from_center_size(
                pos2(rect.right() - 12.0, rect.center().y),
                vec2(18.0, ICON_BUTTON.y),
            );
            let name = tr!("Clear {name}", name = self.name);
            let button = ToolButton::icon(Icon::Close, &name)
                .color(palette.weak)
                .min_width(18.0);
            let mut child = ui.new_child(UiBuilder::new().max_rect(cross));
            if child
                .put(cross, button)
                .on_hover_text(tr("Clear"))
                .clicked()
            {
                text.clear();
                changed = true;
                response.request_focus();
            }
        }
        SearchResponse {
            response,
            changed,
            enter,
            cursor,
        }
    }
}

/// A wave below the chars that are wrong; one step of it where something is missing at the end.
fn paint_mark(ui: &Ui, output: &egui::text_edit::TextEditOutput, wrong: &Range<usize>) {
    let at = |column| {
        let place = output.galley.pos_from_cursor(CCursor::new(column));
        output.galley_pos + vec2(place.center().x, place.bottom() - 1.0)
    };
    let (from, to) = (at(wrong.start), at(wrong.end));
    let steps = (((to.x - from.x) / WAVE).ceil() as usize).clamp(2, 400);
    let wave = (0..=steps).map(|step| {
        let up = if step % 2 == 0 { 1.5 } else { -0.5 };
        from + vec2(step as f32 * WAVE, up)
    });
    let points: Vec<egui::Pos2> = wave.collect();
    let painter = ui
        .painter()
        .with_clip_rect(output.text_clip_rect.expand2(vec2(0.0, 4.0)));
    painter.line(points, Stroke::new(1.5, palette(ui).bad));
}

/// Half of the length of a wave, in points.
const WAVE: f32 = 3.0;

/// Selects these chars in the box `id`.
pub fn place_cursor(ui: &Ui, id: Id, chars: Range<usize>) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(chars.start), CCursor::new(chars.end));
    state.cursor.set_char_range(Some(range));
    TextEdit::store_state(ui.ctx(), id, state);
}

/// The switches for case, whole words and regular expressions; whether one was clicked.
pub fn switches(ui: &mut Ui, pattern: &mut Pattern) -> bool {
    let mut changed = false;
    let mut switch = |ui: &mut Ui, on: &mut bool, text: &str, name: &str, tip: &str| {
        let button = ToolButton::text(text)
            .named(name)
            .selected(*on)
            .min_width(28.0);
        if ui.add(button).on_hover_text(tip).clicked() {
            *on = !*on;
            changed = true;
        }
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        switch(
            ui,
            &mut pattern.case_sensitive,
            "Aa",
            tr("Match case"),
            tr("Match case: upper and lower case differ"),
        );
        switch(
            ui,
            &mut pattern.whole_word,
            "ab|",
            tr("Whole word"),
            tr("Whole word: not inside a longer word"),
        );
        switch(
            ui,
            &mut pattern.regex,
            ".*",
            tr("Regular expression"),
            tr("Regular expression: the text is a pattern"),
        );
    });
    changed
}
