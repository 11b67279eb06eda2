//! Addresses and lines of files in the text of a record: a click opens them.

use std::ops::Range;

use egui::text_selection::LabelSelectionState;
use egui::{
    Button, CursorIcon, Galley, Id, Label, Pos2, Rect, Response, RichText, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::base::lang::tr;
use crate::base::text::name;
use crate::base::text::places::{Place, Target};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::selected_text;
use crate::ui::theme::{palette, small};
use crate::ui::widgets::context_menu;
use crate::ui::widgets::swatch;
use crate::ui::widgets::tool_button::focus_ring;

/// Longest text that a menu quotes, in characters.
const QUOTE_CHARS: usize = 36;

/// Shows a text that can be selected, and in it what can be opened; places are in characters of it.
pub(super) fn show(
    ui: &mut Ui,
    label: Label,
    places: &[(Range<usize>, &Place)],
    out: &mut Actions,
) -> Response {
    let (at, galley, response) = label.selectable(true).layout_in_ui(ui);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), galley.text()));
    if !ui.is_rect_visible(response.rect) {
        return response;
    }
    let color = ui.visuals().text_color();
    LabelSelectionState::label_text_selection(
        ui,
        &response,
        at,
        galley.clone(),
        color,
        Stroke::NONE,
    );
    for (no, (chars, place)) in places.iter().enumerate() {
        let rects = rects(&galley, at, chars);
        if rects.iter().any(|rect| ui.is_rect_visible(*rect)) {
            link(
                ui,
                response.id.with(("place", no)),
                &rects,
                &place.target,
                out,
            );
        }
    }
    response
}

/// The menu of a text: a colour for what was selected in it.
pub(super) fn colours(response: &Response, out: &mut Actions) {
    context_menu::show_if(response, false, |ui| {
        let Some(text) = selected_text::before_menu(ui.ctx()) else {
            ui.label(RichText::new(tr("Select a text to highlight it")).color(palette(ui).weak));
            return;
        };
        if ui.add(Button::new(tr("Copy"))).clicked() {
            out.push(Action::CopyText(text.clone()));
            ui.close();
        }
        let shown: String = name(&text).chars().take(QUOTE_CHARS).collect();
        let words = tr!("Highlight \"{word}\"", word = shown);
        ui.label(RichText::new(words).font(small()).color(palette(ui).weak));
        swatch::menu(ui, &text, out);
    });
}

/// A part of a text that can be opened.
fn link(ui: &Ui, id: Id, rects: &[Rect], target: &Target, out: &mut Actions) {
    let words = words(target);
    for (row, rect) in rects.iter().enumerate() {
        let response = ui.interact(*rect, id.with(row), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
        if response.hovered() || response.has_focus() {
            ui.set_cursor_icon(CursorIcon::PointingHand);
            let line = Stroke::new(1.0, palette(ui).accent);
            for rect in rects {
                ui.painter()
                    .hline(rect.x_range(), rect.bottom() - 1.5, line);
            }
        }
        focus_ring(ui, *rect, &response);
        menu(&response, target, &words, out);
        if response.clicked() {
            out.push(Action::OpenPlace(target.clone()));
        }
        response.on_hover_text(match target {
            Target::Url(_) => tr!("{words}\nClick to open it in the browser", words),
            Target::File(_) => tr!("{words}\nClick to open it in your editor", words),
        });
    }
}

fn menu(response: &Response, target: &Target, words: &str, out: &mut Actions) {
    context_menu::show(response, |ui| {
        if ui.add(Button::new(open_words(target))).clicked() {
            out.push(Action::OpenPlace(target.clone()));
            ui.close();
        }
        if ui.add(Button::new(tr("Copy"))).clicked() {
            out.push(Action::CopyText(words.to_owned()));
            ui.close();
        }
    });
}

fn open_words(target: &Target) -> &'static str {
    match target {
        Target::Url(_) => tr("Open in the browser"),
        Target::File(_) => tr("Open in the editor"),
    }
}

/// What is opened, with nothing in it that cannot be seen.
fn words(target: &Target) -> String {
    match target {
        Target::Url(url) => name(url).into_owned(),
        Target::File(file) => name(&file.text()).into_owned(),
    }
}

/// Where characters of a text are, a rectangle for each row that they are in.
fn rects(galley: &Galley, at: Pos2, chars: &Range<usize>) -> Vec<Rect> {
    let mut out = Vec::new();
    let mut first = 0;
    for row in &galley.rows {
        let count = row.char_count_excluding_newline().0;
        let (from, to) = (chars.start.max(first), chars.end.min(first + count));
        if from < to {
            let rect = row.rect().translate(at.to_vec2());
            let (left, right) = (
                row.x_offset((from - first).into()),
                row.x_offset((to - first).into()),
            );
            let corner = pos2(rect.left() + left, rect.top());
            out.push(Rect::from_min_size(
                corner,
                vec2(right - left, rect.height()),
            ));
        }
        first += row.char_count_including_newline().0;
        if first >= chars.end {
            break;
        }
    }
    out
}
