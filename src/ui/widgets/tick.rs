//! Check boxes and radio buttons whose edges and marks are seen on every ground.

use egui::{Checkbox, RadioButton, Response, Stroke, Ui, Widget, vec2};

use super::tool_button::focus_ring;
use crate::ui::theme::palette;

/// A check box.
pub fn check(ui: &mut Ui, on: &mut bool, text: &str) -> Response {
    let look = *on;
    show(ui, look, Checkbox::new(on, text))
}

/// A radio button.
pub fn radio(ui: &mut Ui, on: bool, text: &str) -> Response {
    show(ui, on, RadioButton::new(on, text))
}

/// The mark stands on the accent where it is on; egui's own is a pale edge on a pale ground.
fn show(ui: &mut Ui, on: bool, widget: impl Widget) -> Response {
    let p = palette(ui);
    let (ground, edge) = match on {
        true => (p.accent, p.accent),
        false => (p.page, p.weak),
    };
    ui.scope(|ui| {
        let visuals = ui.visuals_mut();
        visuals.override_text_color = Some(p.text);
        let widgets = &mut visuals.widgets;
        for look in [
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
        ] {
            look.bg_fill = ground;
            look.bg_stroke = Stroke::new(1.0, edge);
            look.fg_stroke = Stroke::new(2.0, p.on_accent);
        }
        widgets.hovered.bg_stroke.color = if on { p.strong } else { p.accent };
        let response = ui.add(widget);
        focus_ring(ui, response.rect.expand2(vec2(4.0, 0.0)), &response);
        response
    })
    .inner
}
