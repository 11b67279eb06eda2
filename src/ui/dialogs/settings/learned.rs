//! What the user taught the program: the places of level words, and the formats of files like some.

use crate::base::lang::tr;
use crate::tr;
use egui::{ComboBox, Grid, ScrollArea, Ui};

use super::{SettingsModel, UnknownLevel};
use crate::base::text::name;
use crate::settings::formats::{FormatRef, Remembered};
use crate::settings::model::Setting;
use crate::ui::action::{Action, Actions};
use crate::ui::dialogs::sheet;
use crate::ui::theme::{palette, space};
use crate::ui::widgets::menu;
use crate::ui::widgets::number;
use crate::ui::widgets::reveal;
use crate::ui::widgets::tool_button::ToolButton;

const LEVELS: [&str; 7] = [
    "TRACE", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL",
];

/// Longest list in points; longer ones scroll.
const HEIGHT: f32 = 130.0;

/// Whether it is what a query in small letters asks for.
pub(super) fn is_found(model: &SettingsModel, query: &str) -> bool {
    let remembered = &model.settings.formats.remembered;
    let patterns = remembered
        .iter()
        .map(|remembered| remembered.pattern.clone());
    let words = model.unknown_levels.iter().map(|level| level.word.clone());
    let all: Vec<String> = words.chain(patterns).collect();
    let text = format!(
        "formats and levels level words of files {} {}",
        tr("Formats and levels"),
        all.join(" ")
    );
    let text = text.to_lowercase();
    query.split_whitespace().all(|word| text.contains(word))
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, model: &SettingsModel, out: &mut Actions) {
    let remembered = &model.settings.formats.remembered;
    if model.unknown_levels.is_empty() && remembered.is_empty() {
        ui.scope(|ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
            sheet::hint(
                ui,
                tr(
                    "Nothing so far. Level words that Timberline does not know, and formats that you keep for files of a kind, appear here",
                ),
            );
        });
    }
    levels(ui, &model.unknown_levels, out);
    patterns(ui, remembered, out);
}

/// Words for levels that Timberline does not know, with the number of their records and their place.
fn levels(ui: &mut Ui, words: &[UnknownLevel], out: &mut Actions) {
    if words.is_empty() {
        return;
    }
    ui.add_space(space::M);
    sheet::section(ui, tr("Level words that are not standard"));
    let area = ScrollArea::vertical().max_height(HEIGHT).id_salt("levels");
    area.show(ui, |ui| {
        let grid = Grid::new("level words").num_columns(3);
        grid.spacing([space::L, space::S]).show(ui, |ui| {
            for word in words {
                let label = ui.label(name(&word.word));
                sheet::hint(ui, number::counted(word.records, "record"));
                place(ui, word, label.id, out);
                ui.end_row();
            }
        });
        reveal::focused(ui);
    });
}

fn place(ui: &mut Ui, word: &UnknownLevel, label: egui::Id, out: &mut Actions) {
    let guessed = tr!("as guessed ({guess})", guess = word.guess);
    let shown = word.level.clone().unwrap_or_else(|| guessed.clone());
    let mut level = word.level.clone();
    let combo = ComboBox::from_id_salt(("level of", &word.word))
        .selected_text(shown)
        .width(180.0);
    let combo = menu::choice(ui, combo, |ui| {
        ui.selectable_value(&mut level, None, guessed);
        for name in LEVELS {
            ui.selectable_value(&mut level, Some(name.to_owned()), name);
        }
    });
    let tip = tr("The known level that this word is as grave as");
    combo.labelled_by(label).on_hover_text(tip);
    if level != word.level {
        let word = word.word.clone();
        out.push(Action::ChangeSetting(Setting::Level { word, level }));
    }
}

/// The patterns of paths with their formats.
fn patterns(ui: &mut Ui, remembered: &[Remembered], out: &mut Actions) {
    if remembered.is_empty() {
        return;
    }
    ui.add_space(space::M);
    sheet::section(ui, tr("Formats of files like these"));
    let area = ScrollArea::vertical()
        .max_height(HEIGHT)
        .id_salt("patterns");
    area.show(ui, |ui| {
        for remembered in remembered {
            ui.horizontal(|ui| {
                let pattern = &remembered.pattern;
                let name = tr!("Forget {pattern}", pattern);
                let forget = ToolButton::text(tr("Forget"))
                    .named(&name)
                    .color(palette(ui).accent);
                let forget = ui.add(forget).on_hover_text(tr("Recognise them again"));
                if forget.clicked() {
                    let forget = Setting::ForgetPattern(pattern.clone());
                    out.push(Action::ChangeSetting(forget));
                }
                ui.label(pattern);
                let format = match &remembered.format {
                    FormatRef::Name(name) => name.clone(),
                    FormatRef::Spec(spec) => spec.to_string(),
                };
                if let Some(zone) = &remembered.zone {
                    sheet::hint(ui, zone);
                }
                let text = egui::RichText::new(format).weak();
                ui.add(egui::Label::new(text).truncate());
            });
        }
        reveal::focused(ui);
    });
}
