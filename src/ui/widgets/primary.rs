//! The button for what a dialog or page is there for.

use egui::{Button, Response, RichText, Stroke, Ui};

use crate::ui::theme::palette;

/// Shows it; its ring of focus is its caller's.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    let p = palette(ui);
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (state, strength) in [
            (&mut widgets.inactive, 0.0),
            (&mut widgets.hovered, 0.1),
            (&mut widgets.active, 0.22),
        ] {
            state.weak_bg_fill = p.accent_towards_text(strength);
            state.bg_stroke = Stroke::new(1.0, p.accent);
        }
        ui.add(Button::new(RichText::new(text).color(p.on_accent).strong()))
    })
    .inner
}
