//! The text that is selected in labels, as in the details pane. egui tells it once, when a selection is made.

use egui::text_selection::LabelSelectionState;
use egui::{Context, FullOutput, OutputCommand, Plugin, PointerButton, Ui};

/// Takes note of what egui tells.
#[derive(Debug, Default)]
struct SelectedText {
    text: String,
    /// What was selected before the right button was pressed, which takes the selection away.
    before: String,
}

impl Plugin for SelectedText {
    fn debug_name(&self) -> &'static str {
        "SelectedText"
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        let (pressed, extends, right) = ui.input(|input| {
            let pointer = &input.pointer;
            let right = pointer.button_pressed(PointerButton::Secondary);
            (pointer.any_pressed(), input.modifiers.shift, right)
        });
        if right {
            self.before = std::mem::take(&mut self.text);
        } else if pressed && !extends {
            self.text.clear();
        }
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        for command in &output.platform_output.commands {
            if let OutputCommand::TextSelectionSettled(text) = command {
                self.text.clone_from(text);
            }
        }
    }
}

/// Makes [`current`] know. To be called once.
pub fn install(ctx: &Context) {
    ctx.add_plugin(SelectedText::default());
}

/// What is selected now, outside of text boxes.
#[must_use]
pub fn current(ctx: &Context) -> Option<String> {
    let labels = ctx.plugin_opt::<LabelSelectionState>()?;
    if !labels.lock().has_selection() {
        return None;
    }
    let known = ctx.plugin_opt::<SelectedText>()?;
    let text = known.lock().text.clone();
    Some(text).filter(|text| !text.trim().is_empty())
}

/// What was selected when the right button was pressed, for the menu that it opens.
#[must_use]
pub fn before_menu(ctx: &Context) -> Option<String> {
    let known = ctx.plugin_opt::<SelectedText>()?;
    let text = known.lock().before.clone();
    Some(text).filter(|text| !text.trim().is_empty())
}
