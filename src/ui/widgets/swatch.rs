//! Patches of the colours for marking.

use egui::{
    EventFilter, Key, Modifiers, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

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

/// All of them in a row, through which Left and Right go; the one that was clicked.
pub fn row(ui: &mut Ui, name: impl Fn(Dye) -> String) -> Option<Dye> {
    let patches = Dye::ALL.map(|dye| {
        let name = name(dye);
        patch(ui, dye, &name).on_hover_text(name)
    });
    arrows(ui, &patches);
    let mut clicked = Dye::ALL.into_iter().zip(&patches);
    clicked
        .find(|(_, patch)| patch.clicked())
        .map(|(dye, _)| dye)
}

fn arrows(ui: &Ui, patches: &[Response]) {
    let Some(at) = patches.iter().position(Response::has_focus) else {
        return;
    };
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = match (pressed(Key::ArrowLeft), pressed(Key::ArrowRight)) {
        (true, false) => at.checked_sub(1),
        (false, true) => Some(at + 1),
        _ => None,
    };
    let next = to.and_then(|to| patches.get(to));
    if let Some(next) = next {
        next.request_focus();
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    let focused = next.or(patches.get(at)).map(|patch| patch.id);
    if let Some(id) = focused {
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
}

/// The row for a menu: a click gives a text the colour wherever it stands, or takes it away.
pub fn menu(ui: &mut Ui, text: &str, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(space::M);
        let name = |dye: Dye| tr!("Highlight in {colour}", colour = dye.title());
        if let Some(dye) = row(ui, name) {
            out.push(Action::ToggleLabel(text.to_owned(), dye));
            ui.close();
        }
    });
}
