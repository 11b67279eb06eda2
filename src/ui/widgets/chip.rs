//! A chip: one part of a filter, with its meaning in the picture before it and a cross to take it away.

use egui::{
    Color32, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::elide;
use super::icon::{self, Icon};
use super::tool_button::focus_ring;
use crate::ui::theme::{palette, radius, small, space};

/// Height of a chip in points.
pub const HEIGHT: f32 = 22.0;
/// Longest word that a chip shows, in points.
const WIDEST: f32 = 220.0;

/// How a chip looks.
#[derive(Debug, Clone)]
#[must_use = "a chip is shown by `show`"]
pub struct Chip<'a> {
    /// What it says.
    pub text: &'a str,
    /// A fainter word after it, as a count.
    pub extra: &'a str,
    /// What a screen reader says.
    pub name: &'a str,
    /// A picture before the word.
    pub icon: Option<Icon>,
    /// Its ground.
    pub fill: Color32,
    /// Its outline.
    pub outline: Color32,
    /// The word and the picture.
    pub color: Color32,
    /// The fainter word.
    pub extra_color: Color32,
    /// The word is struck out.
    pub struck: bool,
    /// What the cross is called; without a name there is no cross.
    pub remove: Option<&'a str>,
    /// Whether it is a switch, and if it is on.
    pub selected: Option<bool>,
}

/// What happened to a chip.
#[derive(Debug)]
pub struct ChipResponse {
    /// The chip itself.
    pub response: Response,
    /// Its cross was clicked.
    pub removed: bool,
}

impl<'a> Chip<'a> {
    /// A quiet chip.
    pub fn new(ui: &Ui, text: &'a str) -> Self {
        let palette = palette(ui);
        Self {
            text,
            extra: "",
            name: text,
            icon: None,
            fill: palette.control,
            outline: palette.border,
            color: palette.text,
            extra_color: palette.weak,
            struck: false,
            remove: None,
            selected: None,
        }
    }

    /// Shows it at the place of the next widget.
    pub fn show(self, ui: &mut Ui) -> ChipResponse {
        let painter = ui.painter();
        let (text, cut) = elide::middle(painter, self.text, &small(), self.color, WIDEST);
        let extra = painter.layout_no_wrap(self.extra.to_owned(), small(), self.extra_color);
        let icon_width = if self.icon.is_some() { 16.0 } else { 0.0 };
        let extra_width = if self.extra.is_empty() {
            0.0
        } else {
            space::S + 2.0 + extra.size().x
        };
        let cross_width = if self.remove.is_some() { 16.0 } else { 0.0 };
        let width = 16.0 + icon_width + text.size().x + extra_width + cross_width;
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
        let removed = self
            .remove
            .is_some_and(|name| cross(ui, rect, response.id, name));
        if ui.is_rect_visible(rect) {
            self.paint_ground(ui, rect, &response);
            let painter = ui.painter();
            let mut x = rect.left() + 8.0;
            if let Some(icon) = self.icon {
                let picture = Rect::from_min_size(pos2(x, rect.center().y - 6.0), vec2(12.0, 12.0));
                icon::paint(painter, picture, icon, self.color);
                x += icon_width;
            }
            let y = rect.center().y - text.size().y / 2.0;
            let word = Rect::from_min_size(pos2(x, y), text.size());
            painter.galley(word.min, text, self.color);
            if self.struck {
                let stroke = Stroke::new(1.0, self.color);
                painter.hline(word.x_range(), rect.center().y + 0.5, stroke);
            }
            if !self.extra.is_empty() {
                let at = pos2(word.right() + space::S + 2.0, y);
                painter.galley(at, extra, self.extra_color);
            }
            focus_ring(ui, rect, &response);
            if self.remove.is_some() {
                paint_cross(ui, rect, response.id, self.color);
            }
        }
        if cut {
            response = response.on_hover_text(self.text);
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name);
            info.selected = self.selected;
            info
        });
        ChipResponse { response, removed }
    }

    fn paint_ground(&self, ui: &Ui, rect: Rect, response: &Response) {
        let outline = if response.hovered() {
            palette(ui).accent
        } else {
            self.outline
        };
        let fill = match response.is_pointer_button_down_on() {
            true => palette(ui).pressed,
            false => self.fill,
        };
        ui.painter().rect(
            rect,
            radius::CONTROL,
            fill,
            Stroke::new(1.0, outline),
            StrokeKind::Inside,
        );
    }
}

fn cross_rect(rect: Rect) -> Rect {
    Rect::from_center_size(
        pos2(rect.right() - 12.0, rect.center().y),
        vec2(18.0, HEIGHT),
    )
}

fn cross_id(chip: Id) -> Id {
    chip.with("remove")
}

fn cross(ui: &Ui, rect: Rect, chip: Id, name: &str) -> bool {
    let response = ui.interact(cross_rect(rect), cross_id(chip), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    response.on_hover_text(name).clicked()
}

fn paint_cross(ui: &Ui, rect: Rect, chip: Id, color: Color32) {
    let response = ui.ctx().read_response(cross_id(chip));
    let hot = response
        .as_ref()
        .is_some_and(|response| response.hovered() || response.has_focus());
    let area = Rect::from_center_size(cross_rect(rect).center(), vec2(14.0, 14.0));
    let is_pressed = |response: &Response| response.is_pointer_button_down_on();
    if hot || response.as_ref().is_some_and(is_pressed) {
        let fill = match response.as_ref().is_some_and(is_pressed) {
            true => palette(ui).border,
            false => palette(ui).pressed,
        };
        ui.painter().rect_filled(area, radius::SMALL, fill);
    }
    if let Some(response) = response {
        focus_ring(ui, area, &response);
    }
    icon::paint(ui.painter(), area.shrink(1.5), Icon::Close, color);
}
