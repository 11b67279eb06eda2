//! One chip per level that occurs: how many records, and a click to hide them.

use crate::base::lang::tr;
use crate::tr;
use egui::Ui;
use std::borrow::Cow;

use crate::base::level::Gravity;
use crate::base::text::name;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::palette;
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::context_menu;
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::ToolButton;

/// What the level chips show.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LevelsModel {
    /// The levels that occur, from harmless to grave.
    pub levels: Vec<LevelChip>,
    /// The threshold, if one is set: levels that rank below it are hidden.
    pub at_least: Option<String>,
}

/// One level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelChip {
    /// Its name; empty for records without a level.
    pub name: String,
    /// What it means, for its colour.
    pub gravity: Gravity,
    /// Records of this level.
    pub total: u64,
    /// Those that the other filters let through; `None` without a filter.
    pub matching: Option<u64>,
    /// Whether the filter hides it, by itself or by the threshold.
    pub hidden: bool,
}

/// What only the level chips care about.
#[derive(Debug, Default)]
pub struct LevelsState {}

/// Shows the chips one after another in the layout that `ui` has.
pub fn show(ui: &mut Ui, model: &LevelsModel, _state: &mut LevelsState, out: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 4.0;
    for level in &model.levels {
        chip(ui, level, out);
    }
    let filtered = model.at_least.is_some() || model.levels.iter().any(|level| level.hidden);
    let all = ToolButton::text(tr("All levels"))
        .enabled(filtered)
        .color(palette(ui).accent);
    // There before it can do anything, so that chips behind it do not move when a level is hidden; but not in a line of its
    // own.
    let has_room = ui.available_size_before_wrap().x >= all.width(ui);
    let shown = !model.levels.is_empty() && (filtered || has_room);
    if shown && ui.add(all).on_hover_text(tr("Show every level")).clicked() {
        out.push(Action::ShowAllLevels);
    }
}

fn chip(ui: &mut Ui, level: &LevelChip, out: &mut Actions) {
    let word = word(level);
    let count = number::short_count(level.matching.unwrap_or(level.total));
    let look = *palette(ui).severity(level.gravity);
    let records = number::counted(level.total, "record");
    let name = match level.hidden {
        true => tr!("{word}, {records}, hidden", word, records),
        false => tr!("{word}, {records}, shown", word, records),
    };
    let mut chip = Chip::new(ui, &word);
    chip.extra = &count;
    chip.name = &name;
    chip.selected = Some(!level.hidden);
    if level.hidden {
        chip.fill = palette(ui).panel;
        chip.color = palette(ui).weak;
        chip.struck = true;
    } else {
        chip.fill = look.badge;
        chip.outline = look.badge;
        chip.color = look.badge_text;
        chip.extra_color = look.badge_text;
    }
    let response = chip.show(ui).response.on_hover_ui(|ui| tip(ui, level));
    if response.double_clicked() {
        out.push(Action::OnlyLevel(level.name.clone()));
    } else if response.clicked() {
        out.push(Action::SetLevelHidden {
            name: level.name.clone(),
            hidden: !level.hidden,
        });
    }
    context_menu::show(&response, |ui| menu(ui, level, out));
}

fn word(level: &LevelChip) -> Cow<'_, str> {
    if level.name.is_empty() {
        Cow::Borrowed(tr("no level"))
    } else {
        name(&level.name)
    }
}

fn tip(ui: &mut Ui, level: &LevelChip) {
    let counts = match level.matching {
        Some(matching) => tr!(
            "{matching} of {records}",
            matching = number::count(matching),
            records = number::counted(level.total, "record")
        ),
        None => number::counted(level.total, "record"),
    };
    ui.label(format!("{}: {counts}", word(level)));
    ui.colored_label(
        palette(ui).weak,
        match level.hidden {
            true => tr("Click to show, double-click for this level alone, right-click for more"),
            false => tr("Click to hide, double-click for this level alone, right-click for more"),
        },
    );
}

fn menu(ui: &mut Ui, level: &LevelChip, out: &mut Actions) {
    let mut entry = |ui: &mut Ui, text: String, action: Action| {
        if ui.button(text).clicked() {
            out.push(action);
            ui.close();
        }
    };
    let word = word(level);
    let hide = Action::SetLevelHidden {
        name: level.name.clone(),
        hidden: !level.hidden,
    };
    entry(
        ui,
        tr!("Only {word}", word),
        Action::OnlyLevel(level.name.clone()),
    );
    if !level.name.is_empty() {
        let least = Action::SetLevelAtLeast(Some(level.name.clone()));
        entry(ui, tr!("{word} and above", word), least);
    }
    let verb = match level.hidden {
        true => tr!("Show {word}", word),
        false => tr!("Hide {word}", word),
    };
    entry(ui, verb, hide);
    ui.separator();
    entry(ui, tr("Show every level").to_owned(), Action::ShowAllLevels);
}
