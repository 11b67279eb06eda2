//! One turn of a window: what keys mean there, its panels, and what both ask for.

use std::sync::Arc;

use egui::{Context, Ui};

use super::commands;
use super::frame::{self, WindowPanels};
use super::reduce::reduce;
use super::state::State;
use crate::base::problem::Problem;
use crate::ui::action::Action;
use crate::ui::keys::{self, Command, Focus, Shortcut};
use crate::ui::widgets::splitter;

/// Lets a window have its turn. Whether anything was asked for.
pub fn turn(ui: &mut Ui, state: &mut State, panels: &mut WindowPanels) -> bool {
    let ctx = ui.ctx().clone();
    keys::use_keymap(&state.keymap);
    open_dropped(state, &ctx);
    splitter::take_keys(&ctx);
    let pressed = carry_out_keys(state, &ctx);
    commands::focus(state);
    let actions = frame::show(ui, state, panels);
    let asked = !actions.is_empty();
    for action in actions {
        reduce(state, &ctx, action);
    }
    pressed || asked
}

/// Who has the keyboard.
fn keyboard(state: &State, ctx: &Context) -> Focus {
    let tab = state.tab();
    if state.dialogs.captures_keys() {
        Focus::Capture
    } else if state.dialogs.is_open() {
        Focus::Dialog
    } else if tab.is_some_and(|tab| tab.find.open && tab.find.has_keyboard) {
        Focus::FindBox
    } else if keys::typing(ctx) {
        Focus::Text
    } else if tab.is_some_and(super::tab::Tab::list_has_keyboard) {
        Focus::Tree
    } else if ctx.memory(egui::Memory::focused).is_some()
        && tab.is_none_or(|tab| !tab.table.has_keyboard)
    {
        Focus::Widget
    } else {
        Focus::Table
    }
}

/// Whether there were any.
fn carry_out_keys(state: &mut State, ctx: &Context) -> bool {
    let focus = keyboard(state, ctx);
    let mut pressed = false;
    for text in keys::pasted(ctx, focus) {
        pressed = true;
        reduce(state, ctx, Action::OpenText(text));
    }
    for command in keys::pressed(ctx, focus) {
        pressed = true;
        match commands::action(state, command) {
            Some(action) => reduce(state, ctx, action),
            None => say_why(state, command),
        }
    }
    pressed
}

/// Says why a key does nothing, as its entry in a menu would. Arrows are pressed to find the way; and without a log those
/// keys that any list, box or page has go without a word.
fn say_why(state: &mut State, command: Command) {
    let steps = matches!(command, Command::OpenRecord | Command::CloseRecord);
    let keymap = Arc::clone(&state.keymap);
    let ours = || {
        keymap
            .shortcuts(command)
            .all(Shortcut::is_letter_or_function)
    };
    let told = !steps && (state.active.is_some() || ours());
    let why = commands::refusal(state, command).filter(|_| told);
    if let Some(why) = why {
        state.tell(Problem::info(why));
    }
}

fn open_dropped(state: &mut State, ctx: &Context) {
    let dropped = ctx.input(|input| {
        let paths = input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_path_buf());
        paths.collect::<Vec<_>>()
    });
    for path in dropped {
        state.open(&path, None);
    }
}
