//! A thin line that fills from left to right.

use egui::{Painter, Rect, Role, WidgetInfo, vec2};

use crate::ui::theme::palette;

/// Height of the line in points.
pub const HEIGHT: f32 = 2.0;

/// Paints the line at the bottom of `rect`, `share` (0 to 1) of it filled.
pub fn paint_below(painter: &Painter, rect: Rect, share: f32, color: egui::Color32) {
    let mut line = rect;
    line.min.y = line.max.y - HEIGHT;
    line.max.x = line.min.x + line.width() * share.clamp(0.0, 1.0);
    painter.rect_filled(line, 1.0, color);
}

/// A bar of `width` points in a row of controls; `name` is what a screen reader says.
pub fn bar(ui: &mut egui::Ui, width: f32, share: f32, name: &str) -> egui::Response {
    let height = ui.spacing().interact_size.y;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let track = Rect::from_center_size(rect.center(), vec2(width, 4.0));
    let palette = palette(ui);
    ui.painter().rect_filled(track, 2.0, palette.control);
    let mut fill = track;
    fill.max.x = fill.min.x + fill.width() * share.clamp(0.0, 1.0);
    ui.painter().rect_filled(fill, 2.0, palette.accent);
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    response
}
