//! What all dialogs share: frame, title, closing, buttons, hints and mistakes.

use crate::base::lang::tr;
use egui::{
    Align, Align2, Button, Color32, Context, Frame, Id, Key, Layout, Margin, Modal, Response,
    RichText, Sense, Stroke, Ui, Vec2, vec2,
};

use crate::ui::theme::{self, palette, radius, space};
use crate::ui::widgets::at_right;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::primary;
use crate::ui::widgets::tips;
use crate::ui::widgets::tool_button::{ToolButton, focus_ring};

/// Whether a dialog is shown again in the next frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "a dialog that was closed is to be shown no more"]
pub enum Stay {
    /// It stays.
    Open,
    /// It was closed, with or without an action.
    Closed,
}

/// A dialog's place and heading.
pub(super) struct Sheet<'a> {
    pub id: &'static str,
    pub title: &'a str,
    /// Width of its inside in points, as far as the window has it.
    pub width: f32,
    /// Where it sits: in the middle, or near the top like a box one types into.
    pub anchor: Anchor,
}

/// Where a dialog sits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Middle,
    Top,
    /// Near the bottom, with the rows above as clear as ever: they show what the dialog does.
    Foot,
}

impl Sheet<'_> {
    /// Shows the dialog. `body` answers `Closed` when one of its buttons was the last word.
    pub fn show(self, ctx: &Context, body: impl FnOnce(&mut Ui) -> Stay) -> Stay {
        let id = Id::unique(("dialog", self.id));
        let room = ctx.content_rect().size() - Vec2::splat(2.0 * space::L);
        let area = Modal::default_area(id);
        let area = match self.anchor {
            Anchor::Middle => area,
            Anchor::Top => area.anchor(Align2::CENTER_TOP, vec2(0.0, 3.0 * space::L)),
            Anchor::Foot => area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -2.0 * space::L)),
        };
        let frame = Frame::window(&ctx.style_of(ctx.theme()));
        let padding = frame.total_margin().sum();
        let mut modal = Modal::new(id).area(area).frame(frame);
        if self.anchor == Anchor::Foot {
            modal = modal.backdrop_color(Color32::TRANSPARENT);
        }
        let modal = modal.show(ctx, |ui| {
            ui.set_width(self.width.min(room.x - padding.x));
            ui.set_max_height(room.y - padding.y);
            let crossed = self.header(ui);
            let stay = body(ui);
            if crossed { Stay::Closed } else { stay }
        });
        if modal.should_close() {
            return Stay::Closed;
        }
        modal.inner
    }

    /// The title and the cross; whether the cross was pressed.
    fn header(&self, ui: &mut Ui) -> bool {
        let crossed = ui
            .horizontal(|ui| {
                let title = RichText::new(self.title)
                    .heading()
                    .color(palette(ui).strong);
                ui.label(title);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    icon_button(ui, Icon::Close, tr("Close (Esc)")).clicked()
                })
                .inner
            })
            .inner;
        ui.add_space(space::M);
        crossed
    }
}

/// The row of buttons at the right end of a dialog's foot, from left to right.
pub(super) fn footer<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    foot(ui, |ui| at_right::show(ui, "foot", content))
}

/// The row at a dialog's foot, from left to right.
pub(super) fn foot<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::M);
    let size = vec2(ui.available_width(), space::BAR);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, content).inner
}

/// The button that does what the dialog is for; `tip` says what that is.
pub(super) fn primary(ui: &mut Ui, text: &str, tip: &str, enabled: bool) -> Response {
    if !enabled {
        let response = ui.add_enabled(false, Button::new(text));
        return response.on_disabled_hover_text(tip);
    }
    let response = primary::primary(ui, text);
    // Around it: on the accent itself no colour of a ring is seen.
    focus_ring(ui, response.rect.expand(2.5), &response);
    response.on_hover_text(tip)
}

/// The button that closes a dialog whose changes took effect at once.
pub(super) fn close(ui: &mut Ui) -> Response {
    ui.button(tr("Close")).on_hover_text(tr("Close (Esc)"))
}

/// The button that closes a dialog without what it is for.
pub(super) fn cancel(ui: &mut Ui) -> Response {
    let tip = tr("Close and do nothing (Esc)");
    ui.button(tr("Cancel")).on_hover_text(tip)
}

/// Small weak text that explains.
pub(super) fn hint(ui: &mut Ui, text: impl Into<String>) {
    let color = palette(ui).weak;
    ui.label(RichText::new(text).font(theme::small()).color(color));
}

/// A heading inside of a dialog.
pub(super) fn section(ui: &mut Ui, text: &str) {
    let color = palette(ui).weak;
    ui.label(
        RichText::new(text)
            .font(theme::small())
            .color(color)
            .strong(),
    );
}

/// A mistake below the box that it is about: what is wrong, then what to do.
pub(super) fn mistake(ui: &mut Ui, message: &str, hint: &str) {
    let colors = palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let (mark, _) = ui.allocate_exact_size(Vec2::splat(12.0), Sense::empty());
        ui.painter().circle_filled(mark.center(), 3.5, colors.bad);
        ui.label(RichText::new(sentence(message)).color(colors.bad));
        if !hint.is_empty() {
            ui.label(RichText::new(sentence(hint)).color(colors.weak));
        }
    });
}

/// With a capital letter, as the start of a sentence.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// A small square button with a picture; `name` is its accessible name and tooltip.
pub(super) fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    tips::always(ui.add(ToolButton::icon(icon, name)), name)
}

/// A key as on a keyboard.
pub(super) fn keycap(ui: &mut Ui, key: &str) {
    let colors = palette(ui);
    Frame::new()
        .fill(colors.control)
        .stroke(Stroke::new(1.0, colors.border))
        .corner_radius(f32::from(radius::SMALL))
        .inner_margin(Margin::symmetric(5, 1))
        .show(ui, |ui| {
            let text = RichText::new(key)
                .font(theme::mono_small())
                .color(colors.strong);
            ui.label(text);
        });
}

/// Whether Enter was pressed in a one-line box, which gives the keyboard away with it.
pub(super) fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Gives the keyboard to what a dialog without a box begins with, when nothing has it.
pub(super) fn focus_first(ui: &Ui, response: &Response) {
    if ui.memory(egui::Memory::focused).is_none() {
        response.request_focus();
    }
}

/// Gives the keyboard to a box when its dialog opens. `done` belongs to the dialog's state.
pub(super) fn focus_once(response: &Response, done: &mut bool) {
    if !*done {
        response.request_focus();
        *done = true;
    }
}
