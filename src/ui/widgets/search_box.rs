//! A text box for looking something up: a lens, a hint, switches for how the text is read, and a cross to empty it.

use crate::base::lang::{said, tr};
use crate::tr;
use egui::text::{CCursor, CCursorRange};
use egui::{Id, Key, Rect, Response, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2};

use super::icon::{self, Icon};
use super::tool_button::ToolButton;
use crate::query::spec::Pattern;
use crate::ui::theme::{body, palette, radius};

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
    /// Where it goes wrong, in chars from 0; a mark stands under it.
    pub mark: Option<usize>,
    /// Give it the keyboard and select what is in it.
    pub focus: bool,
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
        let edit = TextEdit::singleline(text)
            .id(self.id)
            .hint_text(egui::RichText::new(self.hint).color(palette.weak))
            .font(body())
            .frame(egui::Frame::NONE)
            .margin(vec2(2.0, 3.0))
            .align(egui::Align2::LEFT_CENTER)
            .min_size(inner.size())
            .desired_width(inner.width());
        let builder = UiBuilder::new().max_rect(inner);
        // A child of its own, so that what is inside never makes the box taller than its neighbours.
        let output = edit.show(&mut ui.new_child(builder));
        if let Some(column) = self.mark {
            paint_mark(ui, &output, column);
        }
        let response = output.response.response.accessible_name(self.name);
        if self.focus {
            response.request_focus();
            select_all(ui, self.id, text);
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
                vec2(18.0, 18.0),
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
        }
    }
}

/// A caret below the char at `column`.
fn paint_mark(ui: &Ui, output: &egui::text_edit::TextEditOutput, column: usize) {
    let place = output.galley.pos_from_cursor(CCursor::new(column));
    let foot = output.galley_pos + vec2(place.center().x, place.bottom() - 1.0);
    let points = vec![foot + vec2(-3.5, 4.0), foot, foot + vec2(3.5, 4.0)];
    let painter = ui
        .painter()
        .with_clip_rect(output.text_clip_rect.expand2(vec2(0.0, 4.0)));
    painter.line(points, Stroke::new(1.5, palette(ui).bad));
}

/// Selects everything in the box `id`.
fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
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

/// What a screen reader and the user read below a box whose text cannot be matched: a caret under the place, and why.
pub fn problem(ui: &mut Ui, message: &str, column: Option<usize>, text: &str) {
    let palette = palette(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), egui::Sense::hover());
        icon::paint(ui.painter(), rect, Icon::Error, palette.bad);
        let place = column.map(|column| place(text, column)).unwrap_or_default();
        ui.colored_label(palette.bad, format!("{} {place}", said(message)).trim_end());
        ui.colored_label(
            palette.weak,
            tr("Rows are those of the last text that worked."),
        );
    });
}

/// `at character 5, before "("`: the place in words, next to the mark in the box.
fn place(text: &str, column: usize) -> String {
    let rest: String = text.chars().skip(column).take(8).collect();
    if rest.is_empty() {
        tr("at the end").to_owned()
    } else {
        tr!(
            "at character {column}, before \"{rest}\"",
            column = column + 1,
            rest
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where() {
        assert_eq!(place("a(b", 1), "at character 2, before \"(b\"");
        assert_eq!(place("로그[", 3), "at the end");
    }
}
