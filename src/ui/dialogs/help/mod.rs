//! The help: the keys, and short pages.

mod keys_list;
mod pages;
mod pictures;

use crate::base::lang::tr;
use egui::{
    Align, ComboBox, Context, Frame, Key, Label, Layout, RichText, Role, ScrollArea, Stroke,
    TextEdit, Ui, UiBuilder, WidgetInfo, vec2,
};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::ui::keys::with_current_keys;
use crate::ui::theme::{ICON_BUTTON, mono, palette, radius, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{menu, reveal, tips};
pub use pages::Page;
use pages::{Piece, pieces};
use pictures::Pictures;

/// What only the dialog cares about.
#[derive(Default)]
pub struct HelpState {
    /// What the keys are searched for.
    pub query: String,
    /// The page that is shown.
    pub page: Page,
    focused: bool,
    cache: CommonMarkCache,
    pictures: Pictures,
}

impl std::fmt::Debug for HelpState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What the pages are laid out to says nothing.
        f.debug_struct("HelpState")
            .field("query", &self.query)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

/// Width of the dialog, and of the list of pages in it.
const WIDTH: f32 = 960.0;
const LIST: f32 = 150.0;
/// Width that the list and a page need beside each other.
const BESIDE: f32 = 520.0;
/// The dialog's height does not change with the page.
const HEIGHT: f32 = 560.0;

/// Shows the help.
pub fn show(ctx: &Context, state: &mut HelpState) -> Stay {
    let sheet = Sheet {
        id: "help",
        title: tr("Help"),
        width: WIDTH,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        if ui.available_width() < BESIDE {
            pages_menu(ui, state);
            ui.add_space(space::M);
        }
        let height = HEIGHT.min(ui.available_height());
        let (_, mut page) = ui.allocate_space(vec2(ui.available_width(), height));
        if page.width() >= BESIDE {
            let (list, rest) = page.split_left_right_at_x(page.left() + LIST);
            ui.scope_builder(UiBuilder::new().max_rect(list), |ui| pages(ui, state));
            page = rest.with_min_x(rest.left() + space::L);
        }
        ui.scope_builder(UiBuilder::new().max_rect(page), |ui| {
            match state.page.text() {
                Some(text) => markdown(ui, state, &with_current_keys(text)),
                None => keys(ui, state),
            }
        });
        Stay::Open
    })
}

fn pages(ui: &mut Ui, state: &mut HelpState) {
    ui.spacing_mut().item_spacing.y = space::XS;
    for page in Page::ALL {
        let button = egui::Button::selectable(page == state.page, page.title());
        let size = vec2(ui.available_width(), space::BAR);
        let response = ui.add_sized(size, button.right_text(""));
        let selected = page == state.page;
        // The empty text at its right, which keeps the title at the left, is no part of its name.
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, page.title()));
        if response.on_hover_text(page.about()).clicked() {
            state.page = page;
        }
    }
}

/// The pages to choose from where there is no room for their list.
fn pages_menu(ui: &mut Ui, state: &mut HelpState) {
    let combo = ComboBox::from_id_salt("help page")
        .selected_text(state.page.title())
        .width(LIST);
    let shown = menu::choice(ui, combo, |ui| {
        for page in Page::ALL {
            ui.selectable_value(&mut state.page, page, page.title());
        }
    });
    let shown = shown.accessible_name(tr("Page"));
    shown.on_hover_text(state.page.about());
}

fn markdown(ui: &mut Ui, state: &mut HelpState, text: &str) {
    ScrollArea::vertical()
        .id_salt(state.page)
        .auto_shrink(false)
        .show(ui, |ui| {
            let mut busy = false;
            for (place, piece) in pieces(text).enumerate() {
                match piece {
                    Piece::Text(text) => {
                        ui.push_id(place, |ui| {
                            CommonMarkViewer::new().show(ui, &mut state.cache, text);
                        });
                    }
                    Piece::Code(code) => {
                        ui.push_id(place, |ui| show_code(ui, code));
                    }
                    Piece::Picture { name, words } => {
                        ui.add_space(space::S);
                        state.pictures.show(ui, name, words, &mut busy);
                        ui.add_space(space::M);
                    }
                }
            }
            reveal::focused(ui);
            by_pages(ui);
        });
}

/// Lines to be typed in a terminal, with a button that copies them.
fn show_code(ui: &mut Ui, code: &str) {
    let p = palette(ui);
    let frame = Frame::new()
        .fill(p.page)
        .stroke(Stroke::new(1.0, p.border))
        .corner_radius(radius::CONTROL)
        .inner_margin(space::M);
    frame.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let text = RichText::new(code).font(mono()).color(p.text);
            ui.set_width(ui.available_width());
            let width = ui.available_width() - ICON_BUTTON.x - space::M;
            let size = vec2(width, 0.0);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                ui.add(Label::new(text).wrap().selectable(true));
            });
            let copy = ToolButton::icon(Icon::Copy, tr("Copy these lines"));
            let tip = tr("Copy these lines to the clipboard");
            if ui.add(copy).on_hover_text(tip).clicked() {
                ui.copy_text(code.to_owned());
            }
        });
    });
    ui.add_space(space::M);
}

/// Without a mouse, a page is read by PgDn and PgUp.
fn by_pages(ui: &Ui) {
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let screen = ui.clip_rect().height() - 2.0 * space::L;
    for (key, by) in [(Key::PageDown, -screen), (Key::PageUp, screen)] {
        if pressed(key) {
            ui.scroll_with_delta(vec2(0.0, by));
        }
    }
}

fn keys(ui: &mut Ui, state: &mut HelpState) {
    let edit = TextEdit::singleline(&mut state.query)
        .hint_text(tr("Search the keys"))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(tr("Search the keys"));
    let response = tips::of_box(
        response,
        tr("Words of what a key does, or a key like Ctrl+F"),
    );
    sheet::focus_once(&response, &mut state.focused);
    ui.add_space(space::M);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        keys_list::show(ui, &state.query);
        by_pages(ui);
    });
}
