//! The menu beside the box: queries with a name, queries typed before, and the filter as text.

use egui::{Align, Button, Frame, Layout, RichText, Stroke, TextEdit, Ui};

use super::{FilterBarModel, FilterBarState};
use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, radius};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::menu::{self, Called};
use crate::ui::widgets::tips;
use crate::ui::widgets::tool_button::ToolButton;

/// Width of the menu in points.
const WIDTH: f32 = 300.0;
/// Most of the typed queries that are listed.
const RECENT: usize = 8;
/// Longest query that is shown whole, in characters.
const CHARS: usize = 44;

/// Shows the button and its menu; a typed query that was chosen.
pub(super) fn show(
    ui: &mut Ui,
    model: &FilterBarModel,
    state: &mut FilterBarState,
    out: &mut Actions,
) -> Option<String> {
    let button = ToolButton::icon(Icon::ChevronDown, tr("Saved and recent filters"));
    let response = ui.add(button).on_hover_text(tr("Saved and recent filters"));
    if model.has_keys {
        menu::answer(&response, Called::Filters);
    }
    let shown = menu::of_button_kept(&response, |ui| {
        ui.set_width(WIDTH);
        let active = !model.chips.is_empty() || state.term().is_some();
        saved(ui, model, out);
        let chosen = recent(ui, model);
        ui.add_enabled_ui(active, |ui| as_text(ui, state, out));
        ui.separator();
        let import = tr("Take over saved filters from a file...");
        if ui.button(import).clicked() {
            out.push(Action::ImportFilters);
            ui.close();
        }
        if chosen.is_some() {
            ui.close();
        }
        chosen
    });
    shown.and_then(|shown| shown.inner)
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).small().color(palette(ui).weak));
}

fn saved(ui: &mut Ui, model: &FilterBarModel, out: &mut Actions) {
    if model.saved.is_empty() {
        return;
    }
    heading(ui, tr("Saved filters"));
    for (title, query) in &model.saved {
        ui.horizontal(|ui| {
            let room = ui.available_width() - 28.0;
            let size = egui::vec2(room, ui.spacing().interact_size.y);
            let layout = Layout::top_down_justified(Align::LEFT);
            let button = Button::new(short(title)).truncate();
            let button = ui.allocate_ui_with_layout(size, layout, |ui| ui.add(button));
            let button = button.inner;
            if button.on_hover_text(&*name(query)).clicked() {
                out.push(Action::UseQuery(query.clone()));
                ui.close();
            }
            let forget = tr!("Forget {name}", name = title);
            let button = ToolButton::icon(Icon::Close, &forget).color(palette(ui).weak);
            if ui.add(button).on_hover_text(&forget).clicked() {
                out.push(Action::DeleteFilter(title.clone()));
            }
        });
    }
    ui.separator();
}

fn recent(ui: &mut Ui, model: &FilterBarModel) -> Option<String> {
    if model.recent.is_empty() {
        return None;
    }
    heading(ui, tr("Recent queries"));
    let mut chosen = None;
    for query in model.recent.iter().take(RECENT) {
        let button = ui.add(Button::new(short(query)).truncate());
        if button.on_hover_text(&*name(query)).clicked() {
            chosen = Some(query.clone());
        }
    }
    ui.separator();
    chosen
}

fn as_text(ui: &mut Ui, state: &mut FilterBarState, out: &mut Actions) {
    let entries = [
        (tr("Edit the filter as text"), Action::EditFilterAsText),
        (tr("Copy the filter as a query"), Action::CopyFilter),
    ];
    for (text, action) in entries {
        if ui.button(text).clicked() {
            out.push(action);
            ui.close();
        }
    }
    ui.separator();
    ui.horizontal(|ui| {
        let frame = Frame::new()
            .stroke(Stroke::new(1.0, palette(ui).border))
            .corner_radius(radius::CONTROL)
            .inner_margin(4.0);
        let edit = TextEdit::singleline(&mut state.name)
            .hint_text(tr("Name for this filter"))
            .frame(frame)
            .desired_width(WIDTH - 80.0);
        let response = ui.add(edit).accessible_name(tr("Name for this filter"));
        let tip = tr("This menu and the list of commands have it under its name");
        let response = tips::of_box(response, tip);
        let entered =
            response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let title = state.name.trim().to_owned();
        let save = ui.add_enabled(!title.is_empty(), Button::new(tr("Save")));
        let save = save.on_hover_text(tr("Keep the filter under this name (Enter)"));
        let save = save.on_disabled_hover_text(tr("Type a name first"));
        if (save.clicked() || entered) && !title.is_empty() {
            out.push(Action::SaveFilter(title));
            state.name.clear();
            ui.close();
        }
    });
}

/// A text short enough for a menu.
fn short(text: &str) -> String {
    let text = name(text);
    if text.chars().count() <= CHARS {
        return text.into_owned();
    }
    let mut short: String = text.chars().take(CHARS - 1).collect();
    short.push('\u{2026}');
    short
}
