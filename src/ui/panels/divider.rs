//! The border between two logs side by side: dragged, moved by arrow keys, put into the middle by a double click.

use egui::{CursorIcon, EventFilter, Key, Modifiers, Rangef, Rect, Sense, Stroke, Ui, accesskit};

use crate::base::lang::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::palette;

/// Its width in points.
pub const WIDTH: f32 = 5.0;

/// What an arrow key changes of the left one's share.
const STEP: f32 = 0.02;

/// Shows the border in `rect`. The left log has `share` of the range.
pub fn show(ui: &mut Ui, rect: Rect, (share, range): (f32, Rangef), out: &mut Actions) {
    let id = ui.scope_id().with("divider");
    let response = ui
        .interact(rect, id, Sense::click_and_drag())
        .on_hover_cursor(CursorIcon::ResizeHorizontal)
        .on_hover_text(tr("Drag to resize; double-click for equal halves"));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(accesskit::Role::Splitter);
        node.set_label(tr("Border between the logs"));
        node.set_numeric_value(f64::from((share * 100.0).round()));
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
    });
    let p = palette(ui);
    let color = if response.dragged() || response.hovered() || response.has_focus() {
        p.accent
    } else {
        p.border
    };
    ui.painter().rect_filled(rect, 0.0, p.panel);
    let width = if response.has_focus() { 3.0 } else { 1.0 };
    ui.painter()
        .vline(rect.center().x, rect.y_range(), Stroke::new(width, color));
    if response.double_clicked() {
        out.push(Action::SetSplit(0.5));
    } else if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
    {
        let share = (at.x - range.min) / range.span().max(1.0);
        out.push(Action::SetSplit(share));
    } else if let Some(steps) = keys(ui, &response) {
        out.push(Action::SetSplit(share + steps * STEP));
    }
}

/// How many steps the arrow keys ask for.
fn keys(ui: &Ui, response: &egui::Response) -> Option<f32> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    ui.input_mut(|input| {
        let left = input.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft);
        let right = input.count_and_consume_key(Modifiers::NONE, Key::ArrowRight);
        let steps = right as f32 - left as f32;
        (steps != 0.0).then_some(steps)
    })
}
