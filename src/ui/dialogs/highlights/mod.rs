//! Highlighters: sets of rules by which rows are marked. The rows behind the dialog show what it says at once; nothing is
//! kept until it is saved.

mod presets;
mod rules;

use egui::{ComboBox, Context, Event, ScrollArea, TextEdit, Ui, ViewportCommand};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::base::lang::tr;
use crate::base::rule::MarkRule;
use crate::query::marking::RuleError;
use crate::settings::highlights::{HighlightSet, Highlights, Imported, import};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::space;
use crate::ui::widgets::at_right;
use crate::ui::widgets::menu;
use crate::ui::widgets::reveal;
use crate::ui::widgets::tips;

const WIDTH: f32 = 780.0;
/// Width of the boxes for a set in points.
const NAME: f32 = 180.0;

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct HighlightsState {
    /// The highlighters as they are edited.
    draft: Option<Highlights>,
    /// As they were shown last.
    tried: Option<Highlights>,
    /// What could not be taken over.
    told: Vec<String>,
    /// Each rule as it was checked last, and what is wrong with it.
    checked: Vec<(MarkRule, Option<RuleError>)>,
    /// Something is not saved.
    unsaved: bool,
    /// It was told that something is not saved: it may be dropped now.
    warned: bool,
    /// What saves them is to get the keyboard, which Esc took from where it was.
    calls_save: bool,
    /// The rule whose pattern is to get the keyboard.
    focus: Option<usize>,
}

impl HighlightsState {
    /// Takes over what was read from a file.
    pub fn take(&mut self, imported: Imported) {
        let draft = self.draft.get_or_insert_default();
        for set in imported.sets {
            draft.add(set);
        }
        self.told = imported.problems;
    }

    /// Esc, the cross or a click beside the dialog: what was typed is not dropped without a word. Whether the dialog stays.
    fn keeps_open(&mut self) -> bool {
        let stays = self.unsaved && !std::mem::replace(&mut self.warned, true);
        self.calls_save |= stays;
        stays
    }
}

/// Shows the dialog over the highlighters that are kept.
pub fn show(
    ctx: &Context,
    kept: &Highlights,
    state: &mut HighlightsState,
    out: &mut Actions,
) -> Stay {
    let sheet = Sheet {
        id: "highlights",
        title: tr("Highlighters"),
        width: WIDTH,
        anchor: Anchor::Foot,
    };
    let mut draft = state.draft.take().unwrap_or_else(|| kept.clone());
    pasted(ctx, &mut draft, state);
    let mut answered = false;
    let stay = sheet.show(ctx, |ui| {
        sets(ui, &mut draft);
        ui.add_space(space::M);
        let room = (ui.available_height() - 90.0).clamp(120.0, 260.0);
        ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                match draft.active_set_mut() {
                    Some(set) => rules::show(ui, &mut set.rules, state),
                    None => rules::show(ui, &mut Vec::new(), state),
                }
                reveal::focused(ui);
            });
        more(ui, &mut draft, state);
        for problem in &state.told {
            sheet::mistake(ui, problem, tr("The rule was left out"));
        }
        if state.warned {
            let hint = tr("Save keeps them, Esc once more drops what was changed");
            sheet::mistake(ui, tr("The rules are not saved"), hint);
        }
        let stay = footer(ui, &draft, &mut state.calls_save, out);
        answered = stay == Stay::Closed;
        stay
    });
    state.unsaved = draft != *kept;
    if state.tried.as_ref() != Some(&draft) {
        state.tried = Some(draft.clone());
        state.warned = false;
        out.push(Action::TryHighlights(Box::new(draft.clone())));
    }
    state.draft = Some(draft);
    let leaves = stay == Stay::Closed && (answered || !state.keeps_open());
    if leaves { Stay::Closed } else { Stay::Open }
}

/// Which set counts, and what it is called.
fn sets(ui: &mut Ui, draft: &mut Highlights) {
    ui.horizontal_wrapped(|ui| {
        let shown = match draft.active.as_str() {
            "" => tr("None").to_owned(),
            name => name.to_owned(),
        };
        let label = ui.label(tr("Rules in use"));
        let combo = ComboBox::from_id_salt("highlight sets")
            .selected_text(shown)
            .width(NAME);
        let combo = menu::choice(ui, combo, |ui| {
            ui.selectable_value(&mut draft.active, String::new(), tr("None"));
            for set in &draft.sets {
                ui.selectable_value(&mut draft.active, set.name.clone(), &set.name);
            }
        });
        let tip = tr("Rows of every log are marked by these");
        combo.labelled_by(label.id).on_hover_text(tip);
        if let Some(set) = draft.active_set() {
            let mut name = set.name.clone();
            let edit = TextEdit::singleline(&mut name).desired_width(NAME);
            let response = ui.add(edit).accessible_name(tr("Name of these rules"));
            let response = tips::of_box(response, tr("What these rules are called"));
            let free = !name.trim().is_empty() && draft.sets.iter().all(|set| set.name != name);
            if response.changed() && free {
                if let Some(set) = draft.active_set_mut() {
                    set.name.clone_from(&name);
                }
                draft.active = name;
            }
        }
        let new = ui.button(tr("New rules"));
        let tip = tr("Begin other rules; those that you have are kept under their name");
        if new.on_hover_text(tip).clicked() {
            draft.add(HighlightSet {
                name: tr("My rules").to_owned(),
                rules: vec![MarkRule::default()],
            });
        }
        let any = draft.active_set().is_some();
        let delete = ui.add_enabled(any, egui::Button::new(tr("Delete these rules")));
        let tip = tr("Delete all rules of this name; Cancel brings them back");
        if tips::always(delete, tip).clicked() {
            let gone = std::mem::take(&mut draft.active);
            draft.sets.retain(|set| set.name != gone);
        }
    });
}

/// Adding rules, and handing them on.
fn more(ui: &mut Ui, draft: &mut Highlights, state: &mut HighlightsState) {
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        let new = ui.button(tr("Add a rule"));
        let tip = tr("One more below the others; the first that fits counts");
        if new.on_hover_text(tip).clicked() {
            add(draft, vec![MarkRule::default()], state);
        }
        menu::titled(ui, tr("Add from examples"), |ui| {
            for (name, rules) in presets::all() {
                if ui.button(name).clicked() {
                    add(draft, rules, state);
                    ui.close();
                }
            }
        })
        .on_hover_text(tr(
            "Rules to begin with, for errors, HTTP, tracebacks and others",
        ));
        ui.separator();
        let set = draft.active_set().filter(|set| !set.rules.is_empty());
        let copy = ui.add_enabled(set.is_some(), egui::Button::new(tr("Copy as TOML")));
        let copy = tips::always(copy, tr("The rules in use as text, to hand them on"));
        if let Some(set) = set.filter(|_| copy.clicked()) {
            ui.ctx().copy_text(set.to_toml());
        }
        let paste = ui.button(tr("Paste rules"));
        if paste
            .on_hover_text(tr("Take over rules that were copied as TOML"))
            .clicked()
        {
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
    });
}

/// Adds rules to those in use.
fn add(draft: &mut Highlights, rules: Vec<MarkRule>, state: &mut HighlightsState) {
    if draft.active_set().is_none() {
        draft.add(HighlightSet {
            name: tr("My rules").to_owned(),
            rules: Vec::new(),
        });
    }
    if let Some(set) = draft.active_set_mut() {
        state.focus = Some(set.rules.len());
        set.rules.extend(rules);
    }
}

/// Takes over rules out of a text that was pasted, unless a box is meant.
fn pasted(ctx: &Context, draft: &mut Highlights, state: &mut HighlightsState) {
    if ctx.text_edit_focused() {
        return;
    }
    let text = ctx.input_mut(|input| {
        let is_paste = |event: &Event| matches!(event, Event::Paste(_));
        let at = input.events.iter().position(is_paste)?;
        match input.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    });
    let Some(text) = text else { return };
    match import(&text) {
        Ok(imported) => {
            for set in imported.sets {
                draft.add(set);
            }
            state.told = imported.problems;
        }
        Err(reason) => {
            let reason = reason.trim().to_owned();
            state.told = vec![tr!("No rules can be taken over: {reason}", reason)];
        }
    }
}

fn footer(ui: &mut Ui, draft: &Highlights, calls: &mut bool, out: &mut Actions) -> Stay {
    sheet::foot(ui, |ui| {
        let import = ui.button(tr("Rules from a file..."));
        let tip = tr("Take over rules that were kept as TOML");
        if import.on_hover_text(tip).clicked() {
            out.push(Action::ImportHighlights);
        }
        at_right::show(ui, "foot", |ui| {
            let cancelled = sheet::cancel(ui).clicked();
            let tip = tr("Keep the rules as they are now, for every log");
            let save = sheet::primary(ui, tr("Save"), tip, true);
            if std::mem::take(calls) {
                save.request_focus();
            }
            let saved = save.clicked();
            if saved {
                out.push(Action::SaveHighlights(Box::new(draft.clone())));
            }
            if cancelled || saved {
                Stay::Closed
            } else {
                Stay::Open
            }
        })
    })
}
