//! The head of what stands at the left: a switch between the logger tree and the fields.

use egui::{Align, Layout, Ui};

use crate::base::lang::tr;
use crate::settings::model::Rail;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::space;
use crate::ui::widgets::tool_button::ToolButton;

/// Shows the switch, and at the right what `more` adds.
pub fn show(ui: &mut Ui, shown: Rail, out: &mut Actions, more: impl FnOnce(&mut Ui, &mut Actions)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (rail, word, command) in [
            (Rail::Loggers, tr("Loggers"), Command::FocusLoggers),
            (Rail::Fields, tr("Fields"), Command::FocusFields),
        ] {
            let button = ToolButton::text(word).selected(rail == shown);
            let response = ui.add(button).on_hover_text(tooltip(command));
            if response.clicked() && rail != shown {
                out.push(Action::ShowRail(rail));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| more(ui, out));
    });
}
