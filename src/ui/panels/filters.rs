//! The two rows of filters above the table: the text box with the count, and the levels with the active parts.

use egui::Ui;

use super::around;
use super::filter_bar::{self, FilterBarModel, FilterBarState};
use super::levels::{self, LevelsModel, LevelsState};
use crate::base::lang::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::palette;
use crate::ui::widgets::tool_button::ToolButton;

/// What the filter rows show.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FiltersModel {
    /// The text box, the count and the active parts.
    pub bar: FilterBarModel,
    /// The level chips.
    pub levels: LevelsModel,
    /// How many records are shown around those that pass; `None` while everything passes.
    pub around: Option<u32>,
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
        levels::show(ui, &model.levels, &mut state.levels, out);
        if !model.bar.chips.is_empty() && !model.levels.levels.is_empty() {
            ui.separator();
        }
        if model.bar.paused {
            paused(ui, out);
        }
        filter_bar::chips(ui, &model.bar, out);
        if let Some(around) = model.around {
            around::show(ui, around, out);
        }
    });
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
