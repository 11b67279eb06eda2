//! What stands at the right end of a row, from left to right: so Tab and a screen reader go through it as one reads it. A
//! layout from right to left of `egui` has the last control first.

use egui::{Id, Ui};

/// Shows it at the right end of what is left of a row. It is as wide as it was, which the first frame finds out; `name`
/// tells it from others of the dialog or window.
pub fn show<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    // Not one that depends on what is above it, which comes and goes.
    let id = Id::unique(("at right", name, ui.layer_id(), ui.ctx().viewport_id()));
    let width: f32 = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.add_space(ui.available_width() - width);
    let left = ui.cursor().left();
    let inner = content(ui);
    let now = ui.cursor().left() - ui.spacing().item_spacing.x - left;
    if (now - width).abs() > 0.01 {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.ctx().request_discard("a row that ends at the right");
    }
    inner
}
