//! Tooltips where those of `egui` alone do not do: of boxes, of what may be greyed, of one of many things, below a
//! dialog.

use egui::{Frame, Id, Response, RichText, Tooltip, Ui, Vec2};

use crate::ui::theme::space;

/// The tooltip of a text box: what may be typed. Not while it has the keyboard, for it would lie over what answers to what
/// is typed.
pub fn of_box(response: Response, words: &str) -> Response {
    match response.has_focus() {
        true => response,
        false => response.on_hover_text(words),
    }
}

/// A tooltip that is there too while there is nothing to do.
pub fn always(response: Response, words: &str) -> Response {
    response.on_hover_text(words).on_disabled_hover_text(words)
}

/// At the start of a frame of what a dialog may cover: the tooltip that is open closes when one opens. egui has it stay
/// while the pointer rests, over the dialog too.
pub fn cover(ui: &Ui, covered: bool) {
    let mark = Id::unique(("covered", ui.ctx().viewport_id()));
    let was_covered = ui.data_mut(|data| {
        let before = data.get_temp(mark).unwrap_or(false);
        data.insert_temp(mark, covered);
        before
    });
    if !covered || was_covered {
        return;
    }
    // A layer has one tooltip at a time: this is it for a moment, and nobody sees it.
    let ctx = ui.ctx().clone();
    let mut hush = Tooltip::always_open(ctx, ui.layer_id(), mark, ui.max_rect());
    hush.popup = hush.popup.frame(Frame::NONE);
    hush.show(|_| ());
}

/// What a tooltip says of one of many things, as wide as the words need and the window allows. egui has it as wide as the
/// one before it, which was of another thing, and places it by that one's size: so the frame is made again.
pub fn wide(ui: &mut Ui, words: RichText) {
    ui.set_max_width(ui.ctx().content_rect().width() - 2.0 * space::L);
    let now = ui.label(words).rect.size();
    let id = ui.unique_id().with("size");
    let before: Option<Vec2> = ui.data(|data| data.get_temp(id));
    if before != Some(now) {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.ctx().request_discard("a tooltip of another size");
    }
}
