//! The keys of every command, and giving it others: click it, press them.

use std::collections::BTreeMap;

use super::undo_button;
use crate::base::lang::tr;
use crate::tr;
use egui::{
    Align, Context, InputState, Key, Layout, Modifiers, RichText, Role, Sense, Ui, WidgetInfo, vec2,
};

use crate::settings::model::Setting;
use crate::ui::action::{Action, Actions};
use crate::ui::dialogs::sheet;
use crate::ui::keys::{Command, Group, Keymap, Press, Shortcut, captured, group, title};
use crate::ui::theme::{palette, radius, space};
use crate::ui::widgets::tips;
use crate::ui::widgets::tool_button::{ToolButton, focus_ring};

/// What only the list of keys cares about.
#[derive(Debug, Clone, Default)]
pub(super) struct KeysState {
    /// The command whose keys are being changed.
    chosen: Option<Command>,
    /// The next key that is pressed is for it.
    waits: bool,
    /// The pressed key comes to the ones that the command has.
    adds: bool,
    /// A key that was pressed, and the command that has it.
    clash: Option<(Shortcut, Command)>,
    /// The question which of them gets it is to have the keyboard.
    asks: bool,
    /// The keyboard goes back to the chosen command: the button that was pressed is gone.
    returns: bool,
    /// The way back from the reset of all keys.
    undo: Vec<Setting>,
}

impl KeysState {
    /// Whether a key is waited for.
    pub fn captures(&self) -> bool {
        self.waits
    }

    /// Leaves the question which command gets a key.
    fn leave_question(&mut self) {
        (self.clash, self.returns) = (None, true);
    }

    /// Takes the pressed key, if one is waited for.
    pub fn capture(&mut self, ctx: &Context, keymap: &Keymap, out: &mut Actions) {
        // Esc goes back by one step: the settings stay.
        let escape = |input: &mut InputState| input.consume_key(Modifiers::NONE, Key::Escape);
        if self.clash.is_some() && ctx.input_mut(escape) {
            return self.leave_question();
        }
        let Some(command) = self.chosen.filter(|_| self.waits) else {
            return;
        };
        let Some(key) = captured(ctx) else { return };
        self.waits = false;
        self.clash = None;
        if key.press == Press::Key(egui::Key::Escape) {
            return;
        }
        match keymap.owner(key, command) {
            Some(other) => (self.clash, self.asks) = (Some((key, other)), true),
            None => self.give(command, key, keymap, out),
        }
    }

    fn give(&self, command: Command, key: Shortcut, keymap: &Keymap, out: &mut Actions) {
        let before = keymap.shortcuts(command).filter(|_| self.adds);
        let mut keys: Vec<String> = before.map(Shortcut::text).collect();
        keys.push(key.text());
        set(command, Some(keys), out);
    }

    fn choose(&mut self, command: Command) {
        *self = Self {
            chosen: Some(command),
            waits: true,
            undo: std::mem::take(&mut self.undo),
            ..Self::default()
        };
    }
}

fn set(command: Command, keys: Option<Vec<String>>, out: &mut Actions) {
    let command = command.id().to_owned();
    out.push(Action::ChangeSetting(Setting::Keys { command, keys }));
}

/// What gives a command of the settings its keys.
fn given((command, keys): (&String, &Vec<String>)) -> Setting {
    Setting::Keys {
        command: command.clone(),
        keys: Some(keys.clone()),
    }
}

/// The commands whose names, groups or keys have every word of a query in small letters.
pub(super) fn found(keymap: &Keymap, query: &str) -> Vec<Command> {
    let fits = |command: &Command| {
        let keys: Vec<String> = keymap.shortcuts(*command).map(Shortcut::text).collect();
        let all = format!(
            "keys {} {} {} {} {}",
            tr("Keys"),
            title(*command),
            group(*command).title(),
            command.id().replace('-', " "),
            keys.join(" ")
        );
        let all = all.to_lowercase();
        query.split_whitespace().all(|word| all.contains(word))
    };
    let rebindable = Command::all().filter(|command| command.is_rebindable());
    rebindable.filter(fits).collect()
}

/// Shows the commands by their groups.
pub(super) fn show(
    ui: &mut Ui,
    (keymap, own): (&Keymap, &BTreeMap<String, Vec<String>>),
    found: &[Command],
    state: &mut KeysState,
    out: &mut Actions,
) {
    ui.horizontal(|ui| {
        sheet::hint(ui, tr("Click a command, then press its new keys"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let any = Command::all().any(|command| keymap.is_own(command));
            let reset = ToolButton::text(tr("Reset all keys"))
                .color(palette(ui).accent)
                .enabled(any);
            let tip = tr("Every command has the keys of the first start again");
            let reset = ui.add(reset).on_hover_text(tip).clicked();
            undo_button(ui, &mut state.undo, tr("Reset all keys"), out);
            if reset {
                state.undo = own.iter().map(given).collect();
                out.push(Action::ChangeSetting(Setting::ResetKeys));
            }
        });
    });
    for part in Group::ALL {
        let mut commands = found
            .iter()
            .filter(|command| group(**command) == part)
            .peekable();
        if commands.peek().is_none() {
            continue;
        }
        ui.add_space(space::M);
        sheet::section(ui, part.title());
        for command in commands {
            // Named, for rows out of sight make nothing that others could be counted by.
            ui.push_id(command, |ui| row(ui, keymap, *command, state));
            if state.chosen == Some(*command) {
                change(ui, keymap, *command, state, out);
            }
        }
    }
}

fn row(ui: &mut Ui, keymap: &Keymap, command: Command, state: &mut KeysState) {
    let chosen = state.chosen == Some(command);
    let size = vec2(ui.available_width(), space::BAR);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let title = title(command).trim_end_matches("...");
    let keys: Vec<String> = keymap.shortcuts(command).map(Shortcut::text).collect();
    let name = match keys.as_slice() {
        [] => tr!("{title}, no key", title),
        keys => format!("{title}, {}", keys.join(", ")),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
    if chosen && std::mem::take(&mut state.returns) {
        response.request_focus();
    }
    if ui.is_rect_visible(rect) {
        let p = palette(ui);
        if chosen || response.hovered() {
            let fill = if chosen { p.accent_soft } else { p.hover };
            ui.painter().rect_filled(rect, radius::CONTROL, fill);
        }
        let inside = rect.shrink2(vec2(space::M, 0.0));
        let mut line = ui.new_child(egui::UiBuilder::new().max_rect(inside));
        line.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let color = if chosen { p.accent_soft_text } else { p.text };
            ui.label(RichText::new(title).color(color));
            if keymap.is_own(command) {
                sheet::hint(ui, tr("changed"));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                for key in keys.iter().rev() {
                    sheet::keycap(ui, key);
                }
            });
        });
        focus_ring(ui, rect, &response);
    }
    let tip = tr("Click, then press the new keys");
    if response.on_hover_text(tip).clicked() {
        state.choose(command);
    }
}

/// What is below the command whose keys are being changed.
fn change(
    ui: &mut Ui,
    keymap: &Keymap,
    command: Command,
    state: &mut KeysState,
    out: &mut Actions,
) {
    if let Some((key, other)) = state.clash {
        return clash(ui, keymap, command, (key, other), state, out);
    }
    ui.horizontal_wrapped(|ui| {
        ui.add_space(space::L);
        match (state.waits, state.adds) {
            (true, false) => sheet::hint(ui, tr("Press the new keys. Esc stops.")),
            (true, true) => sheet::hint(ui, tr("Press one more key. Esc stops.")),
            (false, _) => {
                let button = ui.button(tr("Press new keys"));
                let tip = tr("The keys that you press next replace those of the command");
                if button.on_hover_text(tip).clicked() {
                    state.choose(command);
                    state.returns = true;
                }
            }
        }
        let add = ui.button(tr("Add a key"));
        let tip = tr("The keys that you press next come to those of the command");
        if add.on_hover_text(tip).clicked() {
            state.choose(command);
            state.adds = true;
        }
        let none = ui.button(tr("No key"));
        let tip = tr("The command is left to menus and the list of commands");
        if none.on_hover_text(tip).clicked() {
            state.waits = false;
            set(command, Some(Vec::new()), out);
        }
        let own = keymap.is_own(command);
        let reset = egui::Button::new(tr("Reset keys"));
        let reset = ui.add_enabled(own, reset);
        let tip = tr("The command has the keys of the first start again");
        if tips::always(reset, tip).clicked() {
            state.waits = false;
            state.returns = true;
            set(command, None, out);
        }
    });
}

/// The pressed key is another command's: which of them gets it?
fn clash(
    ui: &mut Ui,
    keymap: &Keymap,
    command: Command,
    (key, other): (Shortcut, Command),
    state: &mut KeysState,
    out: &mut Actions,
) {
    let name = title(other).trim_end_matches("...");
    sheet::mistake(
        ui,
        &tr!("\"{name}\" has the key {key}", name, key = key.text()),
        "",
    );
    ui.horizontal(|ui| {
        ui.add_space(space::L);
        let here = ui.button(tr("Use it here"));
        if std::mem::take(&mut state.asks) {
            here.request_focus();
        }
        let tip = tr!("It is no longer a key of \"{name}\"", name);
        if here.on_hover_text(tip).clicked() {
            if keymap.is_own(other) {
                let left = keymap.shortcuts(other).filter(|own| **own != key);
                set(other, Some(left.map(Shortcut::text).collect()), out);
            }
            state.give(command, key, keymap, out);
            state.leave_question();
        }
        let leave = ui.button(tr("Leave it"));
        let tip = tr("Both commands keep the keys that they have");
        if leave.on_hover_text(tip).clicked() {
            state.leave_question();
        }
    });
}
