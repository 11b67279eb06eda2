//! The end of a row's menu: what it names that can be opened, and the colours for a word of it.

use egui::{Button, TextWrapMode, Ui};

use super::menu::quote;
use super::model::TableRow;
use super::view::Frame;
use super::words::all_places;
use crate::base::text::places::Target;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, small};
use crate::ui::widgets::swatch;

/// Most places that are listed.
const PLACES: usize = 5;

/// Shows it; `word` is what a colour is for.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    row: &TableRow<'_>,
    word: Option<&str>,
    out: &mut Actions,
) {
    let places = all_places(frame, row);
    if !places.is_empty() {
        ui.separator();
    }
    for target in places.into_iter().take(PLACES) {
        let words = match &target {
            Target::Url(url) => quote(url),
            Target::File(file) => quote(&file.text()),
        };
        let text = tr!("Open {words}", words);
        let button = Button::new(text).wrap_mode(TextWrapMode::Extend);
        if ui.add(button).clicked() {
            out.push(Action::OpenPlace(target));
            ui.close();
        }
    }
    let Some(word) = word.filter(|word| !word.trim().is_empty()) else {
        return;
    };
    ui.separator();
    let words = tr!("Highlight \"{word}\"", word = quote(word));
    let weak = palette(ui).weak;
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        ui.label(egui::RichText::new(words).font(small()).color(weak));
    });
    swatch::menu(ui, word, out);
}
