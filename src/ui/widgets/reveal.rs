//! What has the keyboard is in sight.

use egui::{Id, Ui};

/// At the end of what a scroll area shows: when the keyboard came to something in it, that is brought into sight.
pub fn focused(ui: &Ui) {
    let mark: Id = ui.unique_id().with("keyboard");
    let inside = ui.memory(egui::Memory::focused).and_then(|id| {
        let response = ui.ctx().read_response(id)?;
        let ours =
            response.layer_id == ui.layer_id() && ui.min_rect().contains(response.rect.center());
        ours.then_some(response)
    });
    let before = ui.data(|data| data.get_temp::<Id>(mark));
    match inside {
        Some(response) if before != Some(response.id) => {
            ui.data_mut(|data| data.insert_temp(mark, response.id));
            // With a part of its neighbours, so that there is seen to be more.
            ui.scroll_to_rect(response.rect.expand(12.0), None);
        }
        None if before.is_some() => ui.data_mut(|data| data.remove::<Id>(mark)),
        _ => {}
    }
}
