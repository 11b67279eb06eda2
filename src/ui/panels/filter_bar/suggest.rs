//! The list below the box: what could be typed at the cursor, and why what stands there is no query yet. It never has the
//! keyboard and takes Enter only when a line is chosen.

use egui::accesskit::Role;
use egui::{Align2, Frame, Key, Margin, Modifiers, Response, TextStyle, Ui, UiBuilder, vec2};

use super::{FilterBarModel, FilterBarState, Offers};
use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use crate::ui::theme::{body, palette};
use crate::ui::widgets::{hanging, list_line, number, text_problem};

/// Whether the list is wanted, and which line is chosen.
#[derive(Debug, Default)]
pub(super) struct State {
    selected: Option<usize>,
    /// Something was typed since the list was closed.
    wanted: bool,
    open: bool,
}

impl State {
    /// Something was typed.
    pub(super) fn typed(&mut self) {
        self.selected = None;
        self.wanted = true;
    }

    /// Not until something is typed.
    pub(super) fn dismiss(&mut self) {
        self.selected = None;
        self.wanted = false;
    }

    /// The same; whether it was open.
    pub(super) fn close(&mut self) -> bool {
        self.dismiss();
        std::mem::take(&mut self.open)
    }

    /// Whether the pointer is down, or just was, while the list is open.
    pub(super) fn is_clicked(&self, ui: &Ui) -> bool {
        self.open && ui.input(|input| input.pointer.any_down() || input.pointer.any_released())
    }

    /// Whether it is to be open, if there is anything in it.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Whether a line is chosen.
    pub(super) fn is_choosing(&self) -> bool {
        self.selected.is_some()
    }

    /// Whether it has lines to choose from.
    pub(super) fn is_open(&self, offers: &Offers) -> bool {
        self.wanted && !offers.items.is_empty()
    }

    /// Whether it is on the screen, with lines or with words alone.
    pub(super) fn is_shown(&self) -> bool {
        self.open
    }

    /// Keys that move through the list; the line that one of them takes over.
    pub(super) fn keys(&mut self, ui: &Ui, offers: &Offers, open: bool) -> Option<usize> {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::CTRL, Key::Space) {
            self.wanted = true;
        }
        let last = offers.items.len().checked_sub(1).filter(|_| open)?;
        if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.selected = Some(self.selected.map_or(0, |at| (at + 1).min(last)));
        }
        if self.selected.is_some() && pressed(Modifiers::NONE, Key::ArrowUp) {
            self.selected = self.selected.and_then(|at| at.checked_sub(1));
        }
        if pressed(Modifiers::NONE, Key::Tab) {
            return Some(self.selected.unwrap_or(0).min(last));
        }
        let chosen = self.selected.filter(|at| *at <= last)?;
        pressed(Modifiers::NONE, Key::Enter).then_some(chosen)
    }
}

/// Shows the list below its box; the line that was clicked.
pub(super) fn show(
    ui: &Ui,
    entry: &Response,
    model: &FilterBarModel,
    state: &mut FilterBarState,
) -> Option<usize> {
    let id = entry.id.with("suggestions");
    let offers = &model.offers;
    let suggestions = &mut state.suggestions;
    let clicking = suggestions.is_clicked(ui);
    let tells = model.problem.is_some() || model.note.is_some();
    let open = (suggestions.is_open(offers) || suggestions.wanted && tells)
        && (entry.has_focus() || clicking);
    suggestions.open = open;
    if !open {
        return None;
    }
    if let Some(selected) = suggestions.selected {
        let chosen = id.with(selected).accesskit_id();
        ui.ctx()
            .accesskit_node_builder(entry.id, |node| node.set_active_descendant(chosen));
    }
    let selected = suggestions.selected;
    let typed = &state.draft.pattern.text;
    hanging::show(entry, "suggestions", text_problem::WIDTH, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if tells {
            told(ui, model, typed);
        }
        if offers.items.is_empty() {
            return None;
        }
        let builder = UiBuilder::new()
            .accessibility_role(Role::ListBox)
            .accessibility_label(tr("Suggestions"));
        ui.scope_builder(builder, |ui| list(ui, id, offers, selected))
            .inner
    })
}

/// What could be typed; the line that was clicked.
fn list(ui: &mut Ui, id: egui::Id, offers: &Offers, selected: Option<usize>) -> Option<usize> {
    let mut clicked = None;
    for (at, offer) in offers.items.iter().enumerate() {
        let count = offer.count.map(number::count);
        let chosen = selected == Some(at);
        if line(ui, id.with(at), &offer.text, count.as_deref(), chosen) {
            clicked = Some(at);
        }
    }
    ui.add_space(2.0);
    below(ui, tr("Tab takes the first, Down chooses, Esc closes"));
    if let Some((part, whole)) = offers.counted_in {
        let percent = number::percent(part, whole);
        below(ui, &tr!("Counted in {percent} of the records", percent));
    }
    clicked
}

/// What is to be known of what is typed, above the lines.
fn told(ui: &mut Ui, model: &FilterBarModel, text: &str) {
    Frame::new()
        .inner_margin(Margin::symmetric(6, 4))
        .show(ui, |ui| match (&model.problem, &model.note) {
            (Some(problem), _) => text_problem::lines(ui, problem, text),
            (None, Some(note)) => text_problem::note_lines(ui, note),
            (None, None) => {}
        });
}

/// Small words under the lines.
fn below(ui: &mut Ui, words: &str) {
    ui.horizontal(|ui| {
        // Below the words of the lines.
        ui.add_space(6.0);
        let words = egui::RichText::new(words).text_style(TextStyle::Small);
        ui.label(words.color(palette(ui).weak));
    });
}

/// One line; whether it was pressed.
fn line(ui: &mut Ui, id: egui::Id, text: &str, count: Option<&str>, chosen: bool) -> bool {
    let p = palette(ui);
    let text = name(text);
    let response = list_line::begin(ui, id, &text, true, chosen);
    let rect = response.rect;
    let color = if chosen { p.accent_soft_text } else { p.text };
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let painter = ui.painter().with_clip_rect(inner);
    let mut right = inner.right();
    if let Some(count) = count {
        let place = inner.right_center();
        let shown = painter.text(place, Align2::RIGHT_CENTER, count, body(), p.weak);
        right = shown.left() - 8.0;
    }
    let room = egui::Rect::from_min_max(inner.min, egui::pos2(right, inner.bottom()));
    let painter = painter.with_clip_rect(room);
    painter.text(
        inner.left_center(),
        Align2::LEFT_CENTER,
        &*text,
        body(),
        color,
    );
    response.clicked()
}
