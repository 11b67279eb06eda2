//! The menu of a thing: by the right button where the pointer is, by key below what has the keyboard.

use egui::{Context, Id, InnerResponse, Popup, PopupCloseBehavior, Response, ScrollArea, Ui, vec2};

use super::reveal;
use crate::ui::theme::space;

/// Whether a key asks for a menu in this frame.
fn request() -> Id {
    Id::unique("menu by key")
}

/// Begins a frame: with `asked`, the menu of what has the keyboard is opened.
pub fn begin(ctx: &Context, asked: bool) {
    ctx.data_mut(|data| {
        if asked {
            data.insert_temp(request(), true);
        } else {
            data.remove::<bool>(request());
        }
    });
}

/// Whether a key asks for the menu of what has the keyboard; the one that is asked first answers for the frame.
pub fn take_request(ctx: &Context) -> bool {
    ctx.data_mut(|data| data.remove_temp(request()))
        .unwrap_or(false)
}

/// Shows the menu of a widget while it is open.
pub fn show(response: &Response, content: impl FnOnce(&mut Ui)) -> Option<InnerResponse<()>> {
    let asked = response.has_focus() && take_request(&response.ctx);
    show_if(response, asked, content)
}

/// Shows the menu of something that does not have the keyboard itself, like a row of a list; `asked` opens it.
pub fn show_if(
    response: &Response,
    asked: bool,
    content: impl FnOnce(&mut Ui),
) -> Option<InnerResponse<()>> {
    show_until(response, asked, PopupCloseBehavior::CloseOnClick, content)
}

/// The same for a menu with boxes: a click in it closes it only where its entry says so.
pub fn show_kept(
    response: &Response,
    asked: bool,
    content: impl FnOnce(&mut Ui),
) -> Option<InnerResponse<()>> {
    let until = PopupCloseBehavior::CloseOnClickOutside;
    show_until(response, asked, until, content)
}

fn show_until(
    response: &Response,
    asked: bool,
    until: PopupCloseBehavior,
    content: impl FnOnce(&mut Ui),
) -> Option<InnerResponse<()>> {
    let id = Popup::default_response_id(response);
    if asked {
        Popup::open_id(&response.ctx, id);
    }
    let by_pointer =
        response.secondary_clicked() || Popup::position_of_id(&response.ctx, id).is_some();
    let menu = Popup::context_menu(response).close_behavior(until);
    let content = |ui: &mut Ui| body(ui, content);
    match by_pointer {
        true => menu.show(content),
        false => menu.at_position(response.rect.left_bottom()).show(content),
    }
}

/// At the start of a menu: its entries have room around their words, as everywhere else.
pub fn entries(ui: &mut Ui) {
    ui.spacing_mut().button_padding = vec2(8.0, 2.0);
    ui.spacing_mut().item_spacing.y = 2.0;
}

/// All of a menu that opens where there is room for it.
pub fn body(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    entries(ui);
    let room = ui.ctx().content_rect().height() - 2.0 * space::L;
    scrolled(ui, room, content);
}

/// Entries that scroll where the window is too low for them; what has the keyboard is in sight. `room` is the height that
/// there is for them, in points.
pub fn scrolled(ui: &mut Ui, room: f32, content: impl FnOnce(&mut Ui)) {
    let room = room.max(120.0);
    ScrollArea::vertical()
        .max_height(room)
        // What a popup has for its content is no measure.
        .min_scrolled_height(room)
        .show(ui, |ui| {
            content(ui);
            reveal::focused(ui);
        });
}

/// At the end of a menu above its button, whose entries may become more while it is open: it is placed by the size that it
/// had, so the frame is made again, and what was in it stays where it is.
pub fn keep_place(ui: &Ui) {
    let id = ui.unique_id().with("height");
    let height = ui.min_rect().height();
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<f32>(id);
        data.insert_temp(id, height);
        before
    });
    if before.is_some_and(|before| before != height) {
        ui.ctx().request_discard("a menu grew");
    }
}
