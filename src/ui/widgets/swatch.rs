//! Patches of the colours for marking.

use egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::tool_button::focus_ring;
use crate::base::dye::Dye;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, radius, space};

/// Side of a patch in points.
const SIDE: f32 = 16.0;

/// A patch that can be clicked; `name` is what a screen reader says.
pub fn patch(ui: &mut Ui, dye: Dye, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let p = palette(ui);
    let outline = match response.hovered() {
        true => p.strong,
        false => p.border,
    };
    // Smaller while it is pressed.
    let pressed = response.is_pointer_button_down_on();
    ui.painter().rect(
        rect.shrink(if pressed { 1.5 } else { 0.0 }),
        radius::SMALL,
        p.dye(dye).solid,
        Stroke::new(1.0, outline),
        StrokeKind::Inside,
    );
    focus_ring(ui, rect.expand(2.0), &response);
    response
}

/// All of them in a row, for a menu: a click gives a text the colour wherever it stands, or takes it away.
pub fn menu(ui: &mut Ui, text: &str, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(space::M);
        for dye in Dye::ALL {
            let name = tr!("Highlight in {colour}", colour = dye.title());
            if patch(ui, dye, &name).on_hover_text(&name).clicked() {
                out.push(Action::ToggleLabel(text.to_owned(), dye));
                ui.close();
            }
        }
    });
}
