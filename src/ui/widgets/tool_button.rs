//! Flat buttons of bars: a picture, a word, or both; with a state that can be seen without its colour.

use egui::{
    Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2,
};

use super::icon::{self, Icon};
use crate::ui::theme::{ICON_BUTTON, Palette, body, palette, radius, space};

/// A flat button.
#[derive(Debug, Clone)]
#[must_use = "a button is shown by `ui.add`"]
pub struct ToolButton<'a> {
    icon: Option<Icon>,
    text: &'a str,
    name: &'a str,
    selected: Option<bool>,
    color: Option<Color32>,
    enabled: bool,
    filled: bool,
    min_width: f32,
    height: f32,
}

impl<'a> ToolButton<'a> {
    /// A button with a picture; `name` is what a screen reader says.
    pub fn icon(icon: Icon, name: &'a str) -> Self {
        Self {
            icon: Some(icon),
            text: "",
            name,
            selected: None,
            color: None,
            enabled: true,
            filled: false,
            min_width: ICON_BUTTON.x,
            height: ICON_BUTTON.y,
        }
    }

    /// A button with a word, which is also its name.
    pub fn text(text: &'a str) -> Self {
        Self {
            icon: None,
            text,
            ..Self::icon(Icon::Dot, text)
        }
    }

    /// Adds a word to the picture.
    pub fn with_text(mut self, text: &'a str) -> Self {
        self.text = text;
        self
    }

    /// Another name for the screen reader than the word.
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// Makes it a switch.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = Some(selected);
        self
    }

    /// Another colour for picture and word.
    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// Greyed and without effect when `false`.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// With a ground of its own at rest, so that a word is seen to be a button.
    pub fn filled(mut self) -> Self {
        self.filled = true;
        self
    }

    /// At least so wide, so that its neighbours do not move when the word changes.
    pub fn min_width(mut self, width: f32) -> Self {
        self.min_width = width;
        self
    }

    /// Another height than that of a bar's controls.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, color: Color32) {
        let palette = palette(ui);
        let painter = ui.painter();
        let on = self.selected == Some(true);
        let mut fill = background(palette, response, on);
        if self.filled && fill == Color32::TRANSPARENT {
            fill = palette.control;
        }
        let outline = if on {
            palette.accent
        } else {
            Color32::TRANSPARENT
        };
        painter.rect(
            rect,
            radius::CONTROL,
            fill,
            Stroke::new(1.0, outline),
            StrokeKind::Inside,
        );
        focus_ring(ui, rect, response);
        let text = painter.layout_no_wrap(self.text.to_owned(), body(), color);
        let mut x = rect.center().x - self.content_width(text.size().x) / 2.0;
        if let Some(icon) = self.icon {
            let picture = Rect::from_min_size(pos2(x, rect.center().y - 8.0), vec2(16.0, 16.0));
            icon::paint(painter, picture.shrink(1.0), icon, color);
            x += 16.0 + space::S;
        }
        painter.galley(pos2(x, rect.center().y - text.size().y / 2.0), text, color);
    }

    /// How wide it will be.
    #[must_use]
    pub fn width(&self, ui: &Ui) -> f32 {
        let color = palette(ui).text;
        let text = ui
            .painter()
            .layout_no_wrap(self.text.to_owned(), body(), color);
        let padding = if self.text.is_empty() { 2.0 } else { 14.0 };
        (self.content_width(text.size().x) + padding).max(self.min_width)
    }

    fn content_width(&self, text_width: f32) -> f32 {
        match (self.icon.is_some(), self.text.is_empty()) {
            (true, true) => 16.0,
            (true, false) => 16.0 + space::S + text_width,
            (false, _) => text_width,
        }
    }
}

impl Widget for ToolButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.enabled && ui.is_enabled();
        let palette = palette(ui);
        let size = vec2(self.width(ui), self.height);
        let sense = if enabled {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        if ui.is_rect_visible(rect) {
            let color = match (enabled, self.selected, self.color) {
                (false, ..) => palette.faint,
                (true, Some(true), None) => palette.accent_soft_text,
                (true, _, Some(color)) => color,
                (true, _, None) => palette.text,
            };
            self.paint(ui, rect, &response, color);
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Button, enabled, self.name);
            info.selected = self.selected;
            info
        });
        response
    }
}

/// The ground of a flat control.
pub(super) fn background(palette: &Palette, response: &Response, on: bool) -> Color32 {
    if response.is_pointer_button_down_on() {
        palette.pressed
    } else if on && response.hovered() {
        palette.accent_soft_hover()
    } else if on {
        palette.accent_soft
    } else if response.hovered() {
        palette.hover
    } else {
        Color32::TRANSPARENT
    }
}

/// A ring around what has the keyboard.
pub(in crate::ui) fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette(ui).focus);
        ui.painter()
            .rect_stroke(rect, radius::CONTROL, stroke, StrokeKind::Inside);
    }
}
