//! A line of a list that is gone through with the arrows while a box above it keeps the keyboard.

use egui::{Id, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::theme::{palette, radius};

/// Height of a line in points.
pub const HEIGHT: f32 = 24.0;

/// Takes a line's place and paints its ground; `name` is what a screen reader says. It is not reached by Tab.
pub fn begin(ui: &mut Ui, id: Id, name: &str, enabled: bool, chosen: bool) -> Response {
    let p = palette(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, chosen, name));
    let fill = match (chosen, response.hovered()) {
        (true, _) => p.accent_soft,
        (false, true) => p.hover,
        (false, false) => return response,
    };
    ui.painter().rect_filled(rect, radius::CONTROL, fill);
    response
}
