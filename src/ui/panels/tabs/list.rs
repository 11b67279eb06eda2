//! The list of all tabs, where a row has no room for them.

use egui::{Button, RichText, Ui};

use super::{Tab, TabsModel, TabsState, hint};
use crate::base::lang::tr;
use crate::base::level::Gravity;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, shortcut_text};
use crate::ui::theme::palette;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{menu, number, reveal};

/// The button that opens it, at the end of the row.
pub(super) fn show(ui: &mut Ui, model: &TabsModel, state: &mut TabsState, out: &mut Actions) {
    let button = ui.add(ToolButton::icon(Icon::ChevronDown, tr("All open logs")));
    let listed = menu::of_button(&button, |ui| {
        for tab in &model.tabs {
            let entry = Button::new((tab.name.as_str(), aside(ui, tab)));
            let selected = model.selected == Some(tab.id);
            let entry = ui.add(entry.selected(selected));
            if selected && !state.list_shows_it {
                state.list_shows_it = reveal::bring(ui, entry.rect);
            }
            if entry.on_hover_text(hint(tab)).clicked() {
                out.push(Action::SelectTab(tab.id));
                ui.close();
            }
        }
    });
    state.list_shows_it &= listed.is_some();
    button.on_hover_text(tr!(
        "All open logs ({key} goes to the next)",
        key = shortcut_text(Command::NextTab)
    ));
}

/// What the list says behind a name.
fn aside(ui: &Ui, tab: &Tab) -> RichText {
    let p = palette(ui);
    if tab.lost {
        RichText::new(tr("is gone")).color(p.warn)
    } else if tab.new_errors > 0 {
        let errors = number::counted(tab.new_errors, "new error");
        RichText::new(errors).color(p.severity(Gravity::Error).ink)
    } else {
        RichText::new(tab.folder.as_deref().unwrap_or_default()).color(p.weak)
    }
}
