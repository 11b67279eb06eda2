//! What stands below or beside the table: a record, or what records have in common. Tabs at its head choose.

use egui::Ui;

use crate::base::lang::tr;
use crate::ui::action::{Action, Actions, DockTab};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::space;
use crate::ui::widgets::tool_button::ToolButton;

/// Shows the tabs.
pub fn tabs(ui: &mut Ui, shown: DockTab, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (tab, text, command) in [
            (DockTab::Record, tr("Record"), Command::ShowRecord),
            (
                DockTab::Exceptions,
                tr("Exceptions"),
                Command::ShowExceptions,
            ),
            (DockTab::Patterns, tr("Patterns"), Command::ShowPatterns),
        ] {
            let button = ToolButton::text(text).selected(shown == tab);
            if ui.add(button).on_hover_text(tooltip(command)).clicked() {
                out.push(Action::ShowDock(tab));
            }
        }
    });
    ui.add_space(space::XS);
}
