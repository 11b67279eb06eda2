//! The two rows of filters above the table: the text box with the count, and the levels with the active parts.

use egui::Ui;

use super::around;
use super::filter_bar::{self, FilterBarModel, FilterBarState};
use super::levels::{self, LevelsModel, LevelsState};
use crate::base::dye::Dye;
use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{ICON_BUTTON, palette};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::ToolButton;

/// What the filter rows show.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FiltersModel {
    /// The text box, the count and the active parts.
    pub bar: FilterBarModel,
    /// The level chips.
    pub levels: LevelsModel,
    /// Texts that have a colour, with it.
    pub labels: Vec<(String, Dye)>,
    /// How many records are shown around those that pass; `None` while everything passes.
    pub around: Option<u32>,
    /// How far rows were looked through for repeats, 0 to 1; `None` while each has a row.
    pub repeats: Option<f32>,
    /// Rows are in order of time, or will be.
    pub by_time: Option<ByTime>,
}

/// How the order of time stands to that of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByTime {
    /// It is not known yet.
    Sorting,
    /// It is the same.
    AsInFile,
    /// It is another one.
    Other,
}

/// What only the filter rows care about.
#[derive(Debug, Default)]
pub struct FiltersState {
    /// The text box.
    pub bar: FilterBarState,
    /// The level chips.
    pub levels: LevelsState,
}

/// Shows both rows. The second keeps its height while there is nothing to show in it, so that rows of the log do not
/// move when the first level arrives.
pub fn show(ui: &mut Ui, model: &FiltersModel, state: &mut FiltersState, out: &mut Actions) {
    filter_bar::show(ui, &model.bar, &mut state.bar, out);
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(ICON_BUTTON.y);
        levels::show(ui, &model.levels, &mut state.levels, out);
        if !model.bar.chips.is_empty() && !model.levels.levels.is_empty() {
            ui.separator();
        }
        if model.bar.paused {
            paused(ui, out);
        }
        filter_bar::chips(ui, &model.bar, out);
        labels(ui, &model.labels, out);
        if let Some(progress) = model.repeats {
            repeats(ui, progress, out);
        }
        if let Some(by_time) = model.by_time {
            in_time(ui, by_time, out);
        }
        // Alone in the line it would move the rows with the first letter that is typed.
        let alone = model.levels.levels.is_empty() && model.bar.chips.is_empty();
        if let Some(around) = model.around.filter(|around| *around > 0 || !alone) {
            around::show(ui, around, out);
        }
    });
}

/// Texts that have a colour, each with a cross to take it away.
fn labels(ui: &mut Ui, labels: &[(String, Dye)], out: &mut Actions) {
    let p = palette(ui);
    for (text, dye) in labels {
        let shown = name(text);
        let said = tr!(
            "Highlighted in {colour}: {text}",
            colour = dye.title(),
            text = shown
        );
        let remove = tr!("Remove the highlight of {text}", text = shown);
        let mut chip = Chip::new(ui, &shown);
        chip.name = &said;
        chip.fill = p.dye(*dye).mark;
        chip.color = p.on_match;
        chip.remove = Some(&remove);
        let result = chip.show(ui);
        if result.removed {
            out.push(Action::ToggleLabel(text.clone(), *dye));
        }
        result.response.on_hover_text(&said);
    }
    if labels.len() > 1 {
        let clear = ToolButton::text(tr("Clear highlights")).color(p.accent);
        let tip = tooltip(Command::ClearLabels);
        if ui.add(clear).on_hover_text(tip).clicked() {
            out.push(Action::ClearLabels);
        }
    }
}

/// Rows that repeat the row above are left out: how far that is known, and the way back.
fn repeats(ui: &mut Ui, progress: f32, out: &mut Actions) {
    let share = number::percent((progress * 1_000.0) as u64, 1_000);
    let text = match progress < 1.0 {
        true => tr!("Repeats: {share}", share),
        false => tr("Repeats collapsed").to_owned(),
    };
    let button = ToolButton::text(&text).color(palette(ui).accent);
    let tip =
        tr("One row stands for records that say the same one after the other. Click to show each");
    if ui.add(button).on_hover_text(tip).clicked() {
        out.push(Action::SetCollapse(false));
    }
}

/// Rows are not in the order of the file: the way back.
fn in_time(ui: &mut Ui, by_time: ByTime, out: &mut Actions) {
    let (text, tip) = match by_time {
        ByTime::Sorting => (tr("Ordering by time..."), tr("Click to stop")),
        ByTime::AsInFile => (
            tr("Ordered by time"),
            tr("The file is in order of time: nothing moved. Click for the order of the file"),
        ),
        ByTime::Other => (
            tr("Ordered by time"),
            tr("Rows are not where they stand in the file. Click for the order of the file"),
        ),
    };
    let button = ToolButton::text(text).color(palette(ui).accent);
    if ui.add(button).on_hover_text(tip).clicked() {
        out.push(Action::SetByTime(false));
    }
}

/// Everything is shown around a record: the way back.
fn paused(ui: &mut Ui, out: &mut Actions) {
    let button = ToolButton::text(tr("Filter is off: filter again"))
        .filled()
        .color(palette(ui).accent);
    let tip = tooltip(Command::ShowInContext);
    if ui.add(button).on_hover_text(tip).clicked() {
        out.push(Action::ToggleContext);
    }
}
