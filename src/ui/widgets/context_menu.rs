//! The menu of a thing: by the right button where the pointer is, by key below what has the keyboard.

use egui::{
    Context, EventFilter, Id, InnerResponse, Popup, PopupCloseBehavior, Pos2, Response, Ui,
};

use super::menu;

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
    let popup = Popup::context_menu(response).close_behavior(until);
    let popup = match by_pointer {
        true => popup,
        false => popup.at_position(response.rect.left_bottom()),
    };
    shown(popup, content)
}

/// Shows the menu of something in a widget, at a place in the window.
pub fn show_at(
    response: &Response,
    at: Pos2,
    content: impl FnOnce(&mut Ui),
) -> Option<InnerResponse<()>> {
    shown(Popup::context_menu(response).at_position(at), content)
}

fn shown(popup: Popup<'_>, content: impl FnOnce(&mut Ui)) -> Option<InnerResponse<()>> {
    let room = menu::room(popup.ctx());
    menu::popup(popup, |ui| menu::body(ui, room, content))
}

/// Whether a menu has the arrows now, so that nothing else may act on them.
pub fn is_open(ctx: &Context) -> bool {
    Popup::is_any_open(ctx)
}

/// Keeps arrows for a list that has the keyboard, but for those that are for the menu of one of its rows; whether the keys
/// are for the list.
pub fn list_has_keys(ui: &Ui, list: Id) -> bool {
    let own = !is_open(ui.ctx());
    let filter = EventFilter {
        horizontal_arrows: own,
        vertical_arrows: own,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list, filter));
    own
}
