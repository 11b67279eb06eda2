//! One calm row: the menus, the tools that are used all day, and nothing else.

use crate::base::lang::tr;
use crate::tr;
use std::path::PathBuf;

use egui::{Ui, vec2};

use super::menu;
use crate::base::level::Gravity;
use crate::ui::action::{Action, Actions, Dialog, Direction};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{ICON_BUTTON, Theme, palette, space};
use crate::ui::widgets;
use crate::ui::widgets::at_right;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::{ToolButton, focus_ring};

/// Fits the longest word of the follow switch.
const FOLLOW_WIDTH: f32 = 96.0;

/// What the top bar shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TopBarModel {
    /// Whether a log is open; without one, most commands are greyed.
    pub has_log: bool,
    /// Commands of the menus that would do nothing now, and why.
    pub refused: Vec<(Command, &'static str)>,
    /// The window is that of a log of its own.
    pub own_window: bool,
    /// Two logs are shown side by side.
    pub split: bool,
    /// Logs in sight are at the same time.
    pub sync_times: bool,
    /// Files opened lately, newest first.
    pub recent: Vec<RecentFile>,
    /// Whether the view sticks to the newest record.
    pub follow: Follow,
    /// Whether there is a record at least as grave as an error.
    pub has_errors: bool,
    /// Whether the logger tree is shown.
    pub loggers_shown: bool,
    /// Whether the details pane is shown.
    pub details_shown: bool,
    /// Whether records over time are shown.
    pub timeline_shown: bool,
    /// How many records are shown around those that pass the filter; `None` while everything passes.
    pub around: Option<u32>,
    /// Whether records that say the same one after the other have one row.
    pub collapsed: bool,
    /// Whether rows are in order of time.
    pub by_time: bool,
    /// Whether messages are wrapped.
    pub wrapped: bool,
    /// The theme the user chose.
    pub theme: Theme,
    /// The colours that a log itself asks for are shown.
    pub log_colours: bool,
    /// Parts of messages have quiet colours.
    pub soft_colours: bool,
    /// The columns of the log, in the table's order.
    pub columns: Vec<ColumnChoice>,
}

/// A file that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecentFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without the folder.
    pub name: String,
    /// Its folder, shortened for people (`~/logs`).
    pub folder: String,
    /// Size and age in words (`1.2 GB, 2 days ago`); may be empty.
    pub note: String,
    /// It is no longer there.
    pub missing: bool,
}

/// Whether the view sticks to the newest record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Follow {
    /// It stays where the user put it; so many records came in below since.
    Off {
        /// Records that arrived since following stopped.
        unseen: u64,
    },
    /// It shows the newest record.
    On,
    /// There is nothing to follow.
    #[default]
    Unavailable,
}

/// A column in the View menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The column's key, as the table knows it.
    pub key: String,
    /// What the table's header says.
    pub title: String,
    /// Whether the table shows it.
    pub visible: bool,
}

/// What only the top bar cares about.
#[derive(Debug, Default)]
pub struct TopBarState {}

/// What there is room for, each with all before it; the menus have all of it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The menus alone.
    Menus,
    /// Files, following and the panes, as pictures.
    Least,
    /// What goes to errors, and the find bar.
    Seek,
    /// The follow switch has its word.
    FollowWord,
    /// The switches of the panes have words, and not pictures.
    PaneWords,
    /// The button for files has its word.
    OpenWord,
    /// What is only called now and then.
    All,
}

impl Fit {
    /// As much as there is room for at the right of the menus.
    fn of(ui: &Ui, model: &TopBarModel) -> Self {
        let room = ui.available_width() - BEFORE_TOOLS;
        let steps = [
            Self::All,
            Self::OpenWord,
            Self::PaneWords,
            Self::FollowWord,
            Self::Seek,
            Self::Least,
        ];
        let fits = |fit: &Self| fit.width(ui, model) <= room;
        steps.into_iter().find(fits).unwrap_or(Self::Menus)
    }

    fn width(self, ui: &Ui, model: &TopBarModel) -> f32 {
        let mut widths = vec![
            open_button(self).width(ui),
            follow_button(model.follow, &follow_word(model.follow), self).width(ui),
        ];
        if self >= Self::Seek {
            widths.extend([ICON_BUTTON.x; PICTURES]);
        }
        widths.extend(panes(model, self).map(|pane| pane.button.width(ui)));
        widths.iter().map(|width| width + space::XS).sum()
    }
}

/// Points of what parts the menus from the tools.
const BEFORE_TOOLS: f32 = 2.0 * space::S + 3.0 * space::XS + 6.0;

/// Pictures of [`seek`]: two for errors, and the find bar.
const PICTURES: usize = 3;

/// Shows the bar in the width that `ui` has.
pub fn show(ui: &mut Ui, model: &TopBarModel, _state: &mut TopBarState, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        menus(ui, model, out);
        let fit = Fit::of(ui, model);
        if fit == Fit::Menus {
            return;
        }
        ui.add_space(space::S);
        ui.separator();
        ui.add_space(space::S);
        tools(ui, model, fit, out);
        at_right::show(ui, "panes", |ui| {
            for pane in panes(model, fit) {
                let tip = tooltip(pane.command);
                if ui.add(pane.button).on_hover_text(tip).clicked() {
                    out.push(pane.action);
                }
            }
        });
    });
}

fn menus(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    // A menu's title is flat like the tools beside it.
    ui.scope(|ui| {
        egui::containers::menu::menu_style(ui.style_mut());
        ui.spacing_mut().button_padding = vec2(space::M, 3.0);
        let titles = [
            widgets::menu::titled(ui, tr("File"), |ui| menu::file(ui, model, out))
                .on_hover_text(tr("Open, reload, export and close logs; settings")),
            widgets::menu::titled(ui, tr("View"), |ui| menu::view(ui, model, out)).on_hover_text(
                tr("What is shown and how: panels, columns, times, colours, size"),
            ),
            widgets::menu::titled(ui, tr("Go"), |ui| menu::go(ui, model, out))
                .on_hover_text(tr("Find, errors, follow, places, bookmarks")),
            widgets::menu::titled(ui, tr("Help"), |ui| menu::help(ui, model, out))
                .on_hover_text(tr("All commands, the keys, first steps, about Timberline")),
        ];
        for title in &titles {
            focus_ring(ui, title.rect, title);
        }
        widgets::menu::neighbours(ui, &titles);
    });
}

fn open_button(fit: Fit) -> ToolButton<'static> {
    let button = ToolButton::icon(Icon::Folder, tr("Open"));
    match fit >= Fit::OpenWord {
        true => button.with_text(tr("Open")),
        false => button,
    }
}

fn tools(ui: &mut Ui, model: &TopBarModel, fit: Fit, out: &mut Actions) {
    let open = open_button(fit);
    if ui.add(open).on_hover_text(tooltip(Command::Open)).clicked() {
        out.push(Action::Open);
    }
    follow(ui, model.follow, fit, out);
    if fit >= Fit::Seek {
        seek(ui, model, out);
    }
}

/// To the errors, and the find bar.
fn seek(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    let errors = model.has_log && model.has_errors;
    let red = palette(ui).severity(Gravity::Error).solid;
    for (icon, name, command, direction) in [
        (
            Icon::Up,
            tr("Previous error"),
            Command::PreviousError,
            Direction::Backward,
        ),
        (
            Icon::Down,
            tr("Next error"),
            Command::NextError,
            Direction::Forward,
        ),
    ] {
        let button = ToolButton::icon(icon, name).color(red).enabled(errors);
        if ui.add(button).on_hover_text(tooltip(command)).clicked() {
            out.push(Action::SeekGravity {
                least: Gravity::Error,
                direction,
            });
        }
    }
    let find = ToolButton::icon(Icon::Search, tr("Find")).enabled(model.has_log);
    if ui.add(find).on_hover_text(tooltip(Command::Find)).clicked() {
        out.push(Action::FocusFind);
    }
}

fn follow_word(follow: Follow) -> String {
    match follow {
        Follow::On => tr("Following").to_owned(),
        Follow::Off { unseen } if unseen > 0 => {
            tr!("{unseen} new", unseen = number::short_count(unseen))
        }
        Follow::Off { .. } | Follow::Unavailable => tr("Follow").to_owned(),
    }
}

fn follow_button(follow: Follow, word: &str, fit: Fit) -> ToolButton<'_> {
    let button = ToolButton::icon(Icon::Follow, tr("Follow"))
        .selected(follow == Follow::On)
        .enabled(follow != Follow::Unavailable);
    match fit >= Fit::FollowWord {
        true => button.with_text(word).min_width(FOLLOW_WIDTH),
        false => button,
    }
}

/// The switch says in words whether it follows; its width is the same in every state.
fn follow(ui: &mut Ui, follow: Follow, fit: Fit, out: &mut Actions) {
    let word = follow_word(follow);
    let button = follow_button(follow, &word, fit);
    let tip = match follow {
        Follow::On => tr("Following: the view sticks to the newest record").to_owned(),
        Follow::Off { unseen } if unseen > 0 => {
            tr!(
                "{records} arrived below",
                records = number::counted(unseen, "record")
            )
        }
        _ => tr("Not following").to_owned(),
    };
    let tip = format!("{tip}\n{}", tooltip(Command::Follow));
    if ui.add(button).on_hover_text(tip).clicked() {
        out.push(Action::SetFollow(follow != Follow::On));
    }
}

/// A button at the right of the bar.
struct PaneButton {
    button: ToolButton<'static>,
    command: Command,
    action: Action,
}

/// The switches of the panes, from left to right.
fn panes(model: &TopBarModel, fit: Fit) -> impl Iterator<Item = PaneButton> {
    let switch = |icon, word, shown: bool| {
        match fit >= Fit::PaneWords {
            true => ToolButton::text(word),
            false => ToolButton::icon(icon, word),
        }
        .selected(shown && model.has_log)
        .enabled(model.has_log)
    };
    let back = PaneButton {
        button: ToolButton::text(tr("Move back")),
        command: Command::MoveBack,
        action: Action::Do(Command::MoveBack),
    };
    let details = PaneButton {
        button: switch(Icon::Info, tr("Details"), model.details_shown),
        command: Command::ToggleDetails,
        action: Action::ToggleDetails,
    };
    let loggers = PaneButton {
        button: switch(Icon::Tree, tr("Loggers"), model.loggers_shown),
        command: Command::ToggleLoggers,
        action: Action::ToggleLoggers,
    };
    let format = PaneButton {
        button: ToolButton::text(tr("Format...")).enabled(model.has_log),
        command: Command::FormatDialog,
        action: Action::ShowDialog(Dialog::Format),
    };
    let back = Some(back).filter(|_| model.own_window && fit == Fit::All);
    let format = Some(format).filter(|_| fit == Fit::All);
    let switches = format.into_iter().chain([loggers, details]);
    switches.chain(back)
}
