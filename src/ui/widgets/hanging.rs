//! What hangs below a box while one types: over the page, which does not move, and in the window.

use egui::{Area, Frame, Order, Response, Ui, Vec2, vec2};

use crate::ui::theme::space;

/// From the lower left corner of the text in the box.
const BELOW: Vec2 = vec2(-8.0, space::S);

/// Shows it, at most so many points wide; `name` tells it from others below the same box.
pub fn show<R>(entry: &Response, name: &str, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let area = Area::new(entry.id.with(name))
        .order(Order::Foreground)
        .fixed_pos(entry.rect.left_bottom() + BELOW)
        .constrain(true);
    let shown = area.show(&entry.ctx, |ui| {
        Frame::popup(ui.style())
            .show(ui, |ui| {
                let window = ui.ctx().content_rect().width();
                ui.set_width(width.min(window - 3.0 * space::L));
                content(ui)
            })
            .inner
    });
    shown.inner
}
