//! What all menus have in common: each fits into the window, scrolls to what has the keyboard, and gives the keyboard
//! back when it closes. Here are those of buttons; those by the right button are in [`super::context_menu`].

use egui::containers::menu::{MenuConfig, SubMenuButton, is_in_menu};
use egui::{
    Button, ComboBox, Context, Id, InnerResponse, IntoAtoms, Key, LayerId, Memory, Modifiers,
    Popup, PopupCloseBehavior, Response, ScrollArea, Ui, vec2,
};

use super::reveal;
use crate::ui::theme::space;

/// Shows the menu of a button while it is open: below it, or above it where there is more room.
pub fn of_button<R>(
    button: &Response,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<InnerResponse<R>> {
    of_button_until(button, PopupCloseBehavior::CloseOnClick, content)
}

/// The same for a menu with boxes: a click in it closes it only where its entry says so.
pub fn of_button_kept<R>(
    button: &Response,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<InnerResponse<R>> {
    of_button_until(button, PopupCloseBehavior::CloseOnClickOutside, content)
}

fn of_button_until<R>(
    button: &Response,
    until: PopupCloseBehavior,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<InnerResponse<R>> {
    let window = button.ctx.content_rect();
    let below = window.bottom() - button.rect.bottom();
    let above = button.rect.top() - window.top();
    let room = below.max(above) - space::L;
    let menu = Popup::menu(button).close_behavior(until);
    popup(menu, |ui| body(ui, room, content))
}

/// A button whose menu a command opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Called {
    /// Encodings of the file, in the status bar.
    Encodings,
    /// Saved and recent filters, beside the filter box.
    Filters,
}

/// Has a menu of the window open with its next frame, as if its button had been pressed.
pub fn call(ctx: &Context, called: Called) {
    let id = called_id(ctx);
    ctx.data_mut(|data| data.insert_temp(id, called));
    ctx.request_repaint();
}

/// Opens the menu of `button` if it was called, and gives the button the keyboard.
pub fn answer(button: &Response, menu: Called) {
    let id = called_id(&button.ctx);
    let called = button.ctx.data(|data| data.get_temp::<Called>(id));
    if called != Some(menu) {
        return;
    }
    button.ctx.data_mut(|data| data.remove::<Called>(id));
    button.request_focus();
    Popup::open_id(&button.ctx, Popup::default_response_id(button));
}

fn called_id(ctx: &Context) -> Id {
    Id::unique(("called menu", ctx.viewport_id()))
}

/// A button with words, and the menu that it opens; in a menu, an entry that opens another beside it.
pub fn titled<'a>(
    ui: &mut Ui,
    words: impl IntoAtoms<'a>,
    content: impl FnOnce(&mut Ui),
) -> Response {
    titled_until(ui, words, PopupCloseBehavior::CloseOnClick, content)
}

/// The same for a menu with boxes.
pub fn titled_kept<'a>(
    ui: &mut Ui,
    words: impl IntoAtoms<'a>,
    content: impl FnOnce(&mut Ui),
) -> Response {
    titled_until(ui, words, PopupCloseBehavior::CloseOnClickOutside, content)
}

fn titled_until<'a>(
    ui: &mut Ui,
    words: impl IntoAtoms<'a>,
    until: PopupCloseBehavior,
    content: impl FnOnce(&mut Ui),
) -> Response {
    if is_in_menu(ui) {
        let config = MenuConfig::new().close_behavior(until);
        let entry = SubMenuButton::new(words).config(config);
        return entry.ui(ui, |ui| body(ui, room(ui.ctx()), content)).0;
    }
    let button = ui.add(Button::new(words));
    of_button_until(&button, until, content);
    button
}

/// After the menus of a bar were shown: Left and Right go from the one that is open to its neighbour, as in every menu bar.
pub fn neighbours(ui: &Ui, titles: &[Response]) {
    let ctx = ui.ctx();
    let menu = |title: &Response| Popup::default_response_id(title);
    let Some(at) = titles
        .iter()
        .position(|title| Popup::is_id_open(ctx, menu(title)))
    else {
        return;
    };
    // In a menu beside it the keys are that one's.
    let here = |id| titles.iter().any(|title| title.id == id) || is_in(ctx, id, menu(&titles[at]));
    if !focused(ctx).is_none_or(here) {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let step = match (pressed(Key::ArrowRight), pressed(Key::ArrowLeft)) {
        (true, _) => 1,
        (_, true) => titles.len() - 1,
        _ => return,
    };
    if let Some(next) = titles.get((at + step) % titles.len()) {
        next.request_focus();
        Popup::open_id(ctx, menu(next));
    }
}

/// A box that shows what is chosen, and the list to choose from.
pub fn choice(ui: &mut Ui, shown: ComboBox, content: impl FnOnce(&mut Ui)) -> Response {
    let response = shown
        .show_ui(ui, |ui| {
            content(ui);
            reveal::focused(ui);
            // By key too it is closed when something is chosen.
            let pressed = |key| ui.input(|input| input.key_pressed(key));
            let here = focused(ui.ctx()).and_then(|id| layer(ui.ctx(), id));
            if here == Some(ui.layer_id()) && (pressed(Key::Enter) || pressed(Key::Space)) {
                ui.close();
            }
        })
        .response;
    give_back(ui.ctx(), Popup::default_response_id(&response));
    response
}

/// Shows a popup while it is open, and gives the keyboard back to what had it before.
pub(super) fn popup<R>(
    popup: Popup<'_>,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<InnerResponse<R>> {
    let (ctx, id) = (popup.ctx().clone(), popup.get_id());
    // Arrows come in from there, also where that is the list that the row of this menu is in.
    let popup = match open(&ctx, id).and_then(|open| open.home) {
        Some(home) => popup.anchor_widget(home),
        None => popup,
    };
    let shown = popup.show(content);
    give_back(&ctx, id);
    shown
}

/// A menu that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// What had the keyboard when it opened.
    home: Option<Id>,
    /// The last pass of `egui` in which it was open.
    pass: u64,
}

fn open(ctx: &Context, popup: Id) -> Option<Open> {
    let open: Open = ctx.data(|data| data.get_temp(popup.with("keyboard")))?;
    (open.pass + 1 >= ctx.cumulative_pass_nr()).then_some(open)
}

/// Whether a widget is in the layer of a popup.
fn is_in(ctx: &Context, widget: Id, popup: Id) -> bool {
    layer(ctx, widget).is_some_and(|layer| layer.id == popup)
}

fn layer(ctx: &Context, widget: Id) -> Option<LayerId> {
    reveal::known(ctx, widget).map(|widget| widget.layer_id)
}

fn focused(ctx: &Context) -> Option<Id> {
    ctx.memory(Memory::focused)
}

/// After a popup was shown: remembers what had the keyboard when it opened, and gives it back when it closed, unless
/// something else asked for it.
fn give_back(ctx: &Context, popup: Id) {
    let mark = popup.with("keyboard");
    let was_open = open(ctx, popup);
    if Popup::is_id_open(ctx, popup) {
        let open = Open {
            home: match was_open {
                Some(open) => open.home,
                None => focused(ctx).filter(|id| !is_in(ctx, *id, popup)),
            },
            pass: ctx.cumulative_pass_nr(),
        };
        ctx.data_mut(|data| data.insert_temp(mark, open));
        return;
    }
    let Some(was_open) = was_open else { return };
    ctx.data_mut(|data| data.remove::<Open>(mark));
    let Some(home) = was_open.home else { return };
    let there = layer(ctx, home);
    let is_free = |now| layer(ctx, now).is_none() || layer(ctx, now) != there;
    if there.is_some() && focused(ctx).is_none_or(is_free) {
        ctx.memory_mut(|memory| memory.request_focus(home));
    }
}

/// Height in points of a menu that may be anywhere in the window.
pub(super) fn room(ctx: &Context) -> f32 {
    ctx.content_rect().height() - 2.0 * space::L
}

/// Entries with room around their words, as everywhere else, that scroll where there are more than there is room for;
/// what has the keyboard is in sight. `room` is in points.
pub(super) fn body<R>(ui: &mut Ui, room: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.spacing_mut().button_padding = vec2(8.0, 2.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    let room = room.max(LEAST);
    ScrollArea::vertical()
        .max_height(room)
        // What a popup has for its content is no measure.
        .min_scrolled_height(room)
        .show(ui, |ui| {
            let inner = content(ui);
            reveal::focused(ui);
            inner
        })
        .inner
}

/// Height in points that a menu has in any window.
const LEAST: f32 = 120.0;

/// At the end of what stands on its lower edge, like a menu above its button, and may grow while it is open: it is placed by
/// the size that it had, so the frame is made again, and what was in it stays where it is.
pub fn keep_place(ui: &Ui) {
    let id = ui.unique_id().with("height");
    let height = ui.min_rect().height();
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<f32>(id);
        data.insert_temp(id, height);
        before
    });
    if before.is_some_and(|before| before != height) {
        ui.ctx()
            .request_discard("what stands on its lower edge grew");
    }
}
