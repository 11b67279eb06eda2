//! How many records are shown around those that a filter leaves: a button behind the parts of the filter, and its menu.

use egui::Ui;

use crate::base::lang::tr;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, shortcut_text};
use crate::ui::theme::palette;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{menu, tick};

/// The choices; keys go from one to the next.
pub const STEPS: [u32; 9] = [0, 1, 2, 5, 10, 20, 50, 100, 500];

/// The next larger choice, or the next smaller one.
#[must_use]
pub fn stepped(around: u32, more: bool) -> u32 {
    let mut steps = STEPS.into_iter();
    let next = match more {
        true => steps.find(|step| *step > around),
        false => steps.rev().find(|step| *step < around),
    };
    next.unwrap_or(around)
}

/// Shows the button.
pub(super) fn show(ui: &mut Ui, around: u32, out: &mut Actions) {
    let p = palette(ui);
    let text = format!("± {around}");
    let name = tr!("Records around matches: {around}", around);
    let button = ToolButton::text(&text).named(&name);
    let button = match around {
        0 => button.color(p.weak),
        _ => button.color(p.accent),
    };
    let response = ui.add(button);
    menu::of_button(&response, |ui| choices(ui, around, out));
    let keys = [Command::MoreAround, Command::LessAround].map(shortcut_text);
    let [more, less] = keys;
    response.on_hover_text(tr!(
        "Records shown before and after each that passes the filter ({more} and {less})",
        more,
        less
    ));
}

/// The choices as entries of a menu.
pub(super) fn choices(ui: &mut Ui, around: u32, out: &mut Actions) {
    for step in STEPS {
        let text = match step {
            0 => tr("Matches only").to_owned(),
            _ => tr!("{step} on both sides", step),
        };
        if tick::radio(ui, step == around, &text).clicked() {
            out.push(Action::ShowAround(step));
            ui.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_from_choice_to_choice() {
        let up: Vec<u32> = (0..10)
            .scan(0, |at, _| {
                *at = stepped(*at, true);
                Some(*at)
            })
            .collect();
        assert_eq!(up, [1, 2, 5, 10, 20, 50, 100, 500, 500, 500]);
        assert_eq!(stepped(7, true), 10);
        assert_eq!(stepped(7, false), 5);
        assert_eq!(stepped(0, false), 0);
    }
}
