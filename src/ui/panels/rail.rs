//! The head of what stands at the left: a switch between the logger tree and the fields, and the box that finds in them.

use egui::{Align, Key, Layout, Modifiers, Ui};

use crate::base::lang::tr;
use crate::settings::model::Rail;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::space;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::search_box::SearchBox;
use crate::ui::widgets::tips;
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

/// The box that finds what the rail lists.
pub(super) struct Find<'a> {
    /// What is typed.
    pub text: &'a mut String,
    /// It is to get the keyboard.
    pub focus: bool,
    /// Whether it had the keyboard in the last frame, and has it now.
    pub has_keyboard: &'a mut bool,
}

impl Find<'_> {
    /// Shows it; whether the keyboard is to go on to what it found, by Enter or Down.
    pub(super) fn show(self, ui: &mut Ui, name: &str, command: Command) -> bool {
        let down = *self.has_keyboard
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        let find = SearchBox {
            id: ui.scope_id().with(("find", command)),
            name,
            hint: name,
            icon: Icon::Search,
            width: ui.available_width(),
            invalid: false,
            mark: None,
            focus: self.focus,
            put: None,
            keeps_keys: None,
        }
        .show(ui, self.text);
        *self.has_keyboard = find.response.has_focus();
        tips::of_box(find.response, &tooltip(command));
        down || find.enter
    }
}
