//! Tooltips below a dialog.

use egui::{Frame, Id, Tooltip, Ui};

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
