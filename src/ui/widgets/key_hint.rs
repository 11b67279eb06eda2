//! A key as it is printed on the keyboard: small letters in a thin frame.

use egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{palette, radius, small};

/// Shows the keys of a shortcut (`Ctrl+O`), one cap each. Nothing is shown for an empty text.
pub fn show(ui: &mut Ui, shortcut: &str) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.horizontal(|ui| {
            for key in shortcut.split('+').filter(|key| !key.is_empty()) {
                cap(ui, key);
            }
        });
    })
    .response
}

fn cap(ui: &mut Ui, key: &str) {
    let palette = palette(ui);
    let text = ui
        .painter()
        .layout_no_wrap(key.to_owned(), small(), palette.weak);
    let size = vec2((text.size().x + 8.0).max(18.0), 17.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect(
        rect,
        radius::SMALL,
        palette.control,
        Stroke::new(1.0, palette.border),
        StrokeKind::Inside,
    );
    let at = rect.center() - text.size() / 2.0;
    ui.painter().galley(at, text, palette.weak);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
}
