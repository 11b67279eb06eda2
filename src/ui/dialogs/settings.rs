//! The settings. Every change takes effect at once, so there is nothing to confirm.

use crate::base::lang::tr;
use crate::tr;
use std::sync::Arc;

use egui::{Align, Context, Id, Layout, Rect, RichText, ScrollArea, TextEdit, Ui, vec2};

mod editor;
mod items;
mod keys;
mod learned;

use self::items::{Item, items};
use self::keys::KeysState;
use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::settings::model::{Setting, Settings};
use crate::ui::action::{Action, Actions};
use crate::ui::keys::Keymap;
use crate::ui::theme::{palette, space};
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{reveal, tips};

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SettingsModel {
    /// The settings as they are.
    pub settings: Settings,
    /// The keys as they are.
    pub keymap: Arc<Keymap>,
    /// Level words of the open files that Timberline does not know, and those that have been given a place.
    pub unknown_levels: Vec<UnknownLevel>,
    /// The file that keeps them; `None` when nothing is kept.
    pub file: Option<String>,
}

/// A level word that Timberline does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLevel {
    /// The word.
    pub word: String,
    /// Records of the open files that have it.
    pub records: u64,
    /// The level that it is as grave as, if the user said so.
    pub level: Option<String>,
    /// What Timberline takes it for otherwise.
    pub guess: String,
}

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct SettingsState {
    query: String,
    focused: bool,
    /// The section to bring into view.
    jump: Option<Section>,
    /// The section that was gone to, while its heading is in sight.
    gone_to: Option<Section>,
    /// The section that is read.
    current: Option<Section>,
    /// The zone to show times in, as it is typed.
    zone: Option<String>,
    keys: KeysState,
    /// The way back from the defaults.
    undo: Vec<Setting>,
}

impl SettingsState {
    /// Opened at the keys.
    #[must_use]
    pub fn at_keys() -> Self {
        Self {
            jump: Some(Section::Keys),
            ..Self::default()
        }
    }

    /// Opened at the editor.
    #[must_use]
    pub fn at_editor() -> Self {
        Self {
            jump: Some(Section::Editor),
            ..Self::default()
        }
    }

    /// Whether the dialog waits for a key to be pressed.
    #[must_use]
    pub fn captures_keys(&self) -> bool {
        self.keys.captures()
    }
}

/// A group of settings, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Look,
    Table,
    Opening,
    Times,
    Editor,
    Learned,
    Keys,
}

impl Section {
    const ALL: [Self; 7] = [
        Self::Look,
        Self::Table,
        Self::Opening,
        Self::Times,
        Self::Editor,
        Self::Learned,
        Self::Keys,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Look => tr("Look"),
            Self::Table => tr("Table and panels"),
            Self::Opening => tr("Opening and following"),
            Self::Times => tr("Times"),
            Self::Editor => tr("Editor"),
            Self::Learned => tr("Formats and levels"),
            Self::Keys => tr("Keys"),
        }
    }

    /// What is in it.
    fn about(self) -> &'static str {
        match self {
            Self::Look => tr("Language, theme, size and colours"),
            Self::Table => tr("Height of rows, what stands around the table, its columns"),
            Self::Opening => tr("What a start opens, following, windows, recent files"),
            Self::Times => tr("How times are shown"),
            Self::Editor => {
                tr("The program that opens lines of files, and where those of other machines are")
            }
            Self::Learned => tr("Level words and formats that you taught the program"),
            Self::Keys => tr("The keys of every command, and giving it others"),
        }
    }
}

const WIDTH: f32 = 780.0;
/// Width of the list of sections; a window with less than twice as much beside it goes without.
const SECTIONS: f32 = 160.0;
/// Width of the part of an item with which it is changed.
const CONTROL: f32 = 270.0;
/// Least width of the words of an item beside that part.
const WORDS: f32 = 200.0;

/// Shows the settings.
pub fn show(
    ctx: &Context,
    model: &SettingsModel,
    state: &mut SettingsState,
    out: &mut Actions,
) -> Stay {
    let sheet = Sheet {
        id: "settings",
        title: tr("Settings"),
        width: WIDTH,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        // Before any box or button sees the key that is asked for.
        state.keys.capture(ctx, &model.keymap, out);
        let edit = TextEdit::singleline(&mut state.query)
            .hint_text(tr("Search the settings and keys"))
            .desired_width(f32::INFINITY);
        let response = ui
            .add(edit)
            .accessible_name(tr("Search the settings and keys"));
        let tip = tr("Words of a setting or of what it does, or a key like Ctrl+F");
        let response = tips::of_box(response, tip);
        sheet::focus_once(&response, &mut state.focused);
        ui.add_space(space::M);
        // A low window does without where they are kept.
        let says_where = ui.available_height() >= 240.0;
        let foot = if says_where { 90.0 } else { 62.0 };
        let height = (ui.available_height() - foot).max(60.0);
        let size = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Min), |ui| {
            if ui.available_width() > 3.0 * SECTIONS {
                ui.allocate_ui_with_layout(
                    vec2(SECTIONS, height),
                    Layout::top_down_justified(Align::Min),
                    |ui| sections(ui, state),
                );
                ui.add_space(space::M);
            }
            ui.vertical(|ui| {
                ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .max_height(height)
                    .show(ui, |ui| {
                        page(ui, model, state, out);
                        reveal::focused(ui);
                    });
            });
        });
        if says_where {
            where_kept(ui, model);
        }
        footer(ui, model, state, out)
    })
}

fn where_kept(ui: &mut Ui, model: &SettingsModel) {
    ui.add_space(space::S);
    let file = model.file.as_deref();
    sheet::hint(
        ui,
        file.map_or_else(
            || tr("Not kept: there is no home folder").to_owned(),
            |file| tr!("Kept in {file}, which may be edited by hand", file),
        ),
    );
}

fn footer(
    ui: &mut Ui,
    model: &SettingsModel,
    state: &mut SettingsState,
    out: &mut Actions,
) -> Stay {
    sheet::footer(ui, |ui| {
        undo_button(ui, &mut state.undo, tr("Defaults"), out);
        let defaults = ui.button(tr("Defaults")).on_hover_text(tr(
            "All but keys and what you taught the program as at the first start",
        ));
        let close = sheet::close(ui).clicked();
        if defaults.clicked() {
            state.undo = model.settings.choices().into();
            out.extend(Settings::default().choices().map(Action::ChangeSetting));
        }
        if close { Stay::Closed } else { Stay::Open }
    })
}

/// The way back from what a button called `name` did to many settings at once.
fn undo_button(ui: &mut Ui, undo: &mut Vec<Setting>, name: &str, out: &mut Actions) {
    if undo.is_empty() {
        return;
    }
    let spoken = tr!("Undo {name}", name);
    let button = ToolButton::text(tr("Undo"))
        .named(&spoken)
        .color(palette(ui).accent);
    let tip = tr("Everything as it was before");
    if ui.add(button).on_hover_text(tip).clicked() {
        out.extend(undo.drain(..).map(Action::ChangeSetting));
    }
}

fn sections(ui: &mut Ui, state: &mut SettingsState) {
    for section in Section::ALL {
        let response = ui.selectable_label(state.current == Some(section), section.title());
        if response.on_hover_text(section.about()).clicked() {
            state.query.clear();
            state.jump = Some(section);
        }
    }
}

fn page(ui: &mut Ui, model: &SettingsModel, state: &mut SettingsState, out: &mut Actions) {
    let query = state.query.trim().to_lowercase();
    let mut headings = Vec::new();
    let goes = state.jump.is_some();
    for section in Section::ALL {
        let found: Vec<Item<'_>> = items(section, &model.settings)
            .into_iter()
            .filter(|item| item.fits(section, &query))
            .collect();
        let learned = section == Section::Learned && learned::is_found(model, &query);
        let editor = section == Section::Editor && editor::is_found(&query);
        let keys = match section {
            Section::Keys => keys::found(&model.keymap, &query),
            _ => Vec::new(),
        };
        if found.is_empty() && !learned && !editor && keys.is_empty() {
            continue;
        }
        let heading = RichText::new(section.title())
            .color(palette(ui).strong)
            .strong();
        let heading = ui.label(heading);
        headings.push((section, heading.rect));
        if state.jump == Some(section) && !ui.is_sizing_pass() {
            (state.jump, state.gone_to) = (None, Some(section));
            let at_once = egui::style::ScrollAnimation::none();
            heading.scroll_to_me_animation(Some(Align::TOP), at_once);
        }
        ui.add_space(space::S);
        for item in found {
            show_item(ui, item, &mut state.zone, out);
        }
        if editor {
            editor::show(ui, &model.settings.editor, out);
        }
        if learned {
            learned::show(ui, model, out);
        }
        if !keys.is_empty() {
            let own = (&*model.keymap, &model.settings.keys);
            keys::show(ui, own, &keys, &mut state.keys, out);
        }
        ui.add_space(space::L);
    }
    // Where one goes is there in the next frame.
    if !goes {
        note_current(ui, &headings, state);
    }
    if headings.is_empty() {
        let query = state.query.trim();
        sheet::hint(ui, tr!("No setting or key is called \"{query}\"", query));
    }
}

/// Notes the section that is read: the one that was gone to, which may be too near to the end to come to the top, or the
/// last one whose heading is at the top or above it.
fn note_current(ui: &Ui, headings: &[(Section, Rect)], state: &mut SettingsState) {
    let seen = ui.clip_rect().expand(1.0);
    let in_sight = |(section, rect): &&(Section, Rect)| {
        state.gone_to == Some(*section) && seen.y_range().contains(rect.center().y)
    };
    let gone_to = headings.iter().find(in_sight);
    state.gone_to = gone_to.map(|(section, _)| *section);
    let at_top = |(_, rect): &&(Section, Rect)| rect.top() <= seen.top() + space::L;
    let read = headings.iter().rfind(at_top).or(headings.first());
    state.current = gone_to.or(read).map(|(section, _)| *section);
}

/// An item: what it is, and how it is changed at its right; where that is too narrow, below it.
fn show_item(ui: &mut Ui, item: Item<'_>, zone: &mut Option<String>, out: &mut Actions) {
    let Item {
        name,
        about,
        reset,
        control,
        ..
    } = item;
    let left = ui.available_width() - CONTROL - space::L;
    if left < WORDS {
        let label = words(ui, name, about, reset, out);
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| control.show(ui, name, label, zone, out));
    } else {
        ui.horizontal_top(|ui| {
            let layout = Layout::top_down(Align::Min);
            let words = ui.allocate_ui_with_layout(vec2(left, 0.0), layout, |ui| {
                ui.set_width(left);
                words(ui, name, about, reset, out)
            });
            ui.spacing_mut().item_spacing.x = space::XS;
            control.show(ui, name, words.inner, zone, out);
        });
    }
    ui.add_space(space::S);
}

/// What an item is, and the way back to its default where it differs from it. The identity of its name.
fn words(ui: &mut Ui, name: &str, about: &str, reset: Option<Setting>, out: &mut Actions) -> Id {
    // As high with the button as without it: nothing jumps when the first choice is made.
    let line = vec2(ui.available_width(), ui.spacing().interact_size.y);
    let layout = Layout::left_to_right(Align::Center);
    let apart = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
    let label = ui.allocate_ui_with_layout(line, layout, |ui| {
        let label = ui.label(name).id;
        if let Some(reset) = reset {
            reset_button(ui, name, reset, out);
        }
        label
    });
    ui.scope(|ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
        sheet::hint(ui, about);
    });
    ui.spacing_mut().item_spacing.y = apart;
    label.inner
}

/// Back to the default, for what differs from it.
fn reset_button(ui: &mut Ui, name: &str, reset: Setting, out: &mut Actions) {
    let spoken = tr!("Reset {name}", name);
    let button = ToolButton::text(tr("Reset"))
        .named(&spoken)
        .color(palette(ui).accent);
    if ui
        .add(button)
        .on_hover_text(tr("As at the first start"))
        .clicked()
    {
        out.push(Action::ChangeSetting(reset));
    }
}
