//! What has the keyboard is in sight.

use egui::style::ScrollAnimation;
use egui::{Context, Id, Rect, Ui, WidgetRect};

/// Where a widget is, if it was shown. To ask for its response would take the keyboard from it when something else is
/// clicked, also where that click just gave it the keyboard.
pub fn known(ctx: &Context, widget: Id) -> Option<WidgetRect> {
    ctx.viewport(|viewport| {
        let passes = [&viewport.this_pass, &viewport.prev_pass];
        let mut known = passes.into_iter().map(|pass| pass.widgets.get(widget));
        known.find_map(Option::<&WidgetRect>::copied)
    })
}

/// At the end of what a scroll area shows: when the keyboard came to something in it, that is brought into sight.
pub fn focused(ui: &Ui) {
    let mark: Id = ui.unique_id().with("keyboard");
    let focused = ui.memory(egui::Memory::focused);
    let inside = focused.and_then(|id| inside(ui, id));
    let before = ui.data(|data| data.get_temp::<Id>(mark));
    match inside {
        Some(widget) if before != Some(widget.id) => {
            ui.data_mut(|data| data.insert_temp(mark, widget.id));
            // With a part of its neighbours, so that there is seen to be more.
            ui.scroll_to_rect(widget.rect.expand(12.0), None);
        }
        None if before.is_some() => ui.data_mut(|data| data.remove::<Id>(mark)),
        _ => {}
    }
}

/// A widget that is in this part of the window. Its place alone does not tell: what is scrolled out of sight lies over what
/// is beside the scroll area. But what came after the part began, and is there before it ends, is in it.
fn inside(ui: &Ui, widget: Id) -> Option<WidgetRect> {
    ui.ctx().viewport(|viewport| {
        let widgets = &viewport.this_pass.widgets;
        let (layer, began) = widgets.order(ui.unique_id())?;
        let inside = |(of, at)| of == layer && at > began;
        widgets.order(widget).filter(|it| inside(*it))?;
        widgets.get(widget).copied()
    })
}

/// Brings something in a scroll area into sight. Whether it is there already: the area may only get its size, as when a
/// window opens, so this is to be called until it is.
pub fn bring(ui: &Ui, place: Rect) -> bool {
    let (seen, room) = (ui.clip_rect().expand(1.0), ui.clip_rect().size());
    let fits = place.width() <= room.x && place.height() <= room.y;
    let is_there = !ui.is_sizing_pass() && (seen.contains_rect(place) || !fits);
    if !is_there {
        ui.scroll_to_rect_animation(place, None, ScrollAnimation::none());
        ui.ctx().request_repaint();
    }
    is_there
}
