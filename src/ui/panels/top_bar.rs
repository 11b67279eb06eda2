//! One calm row: the menus, the tools that are used all day, and nothing else.

use crate::base::lang::tr;
use crate::tr;
use std::path::PathBuf;

use egui::{Align, Layout, Ui, vec2};

use super::menu;
use crate::base::level::Gravity;
use crate::ui::action::{Action, Actions, Dialog, Direction};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{Theme, palette, space};
use crate::ui::widgets;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::ToolButton;

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

/// Shows the bar in the width that `ui` has.
pub fn show(ui: &mut Ui, model: &TopBarModel, _state: &mut TopBarState, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        menus(ui, model, out);
        ui.add_space(space::S);
        ui.separator();
        ui.add_space(space::S);
        tools(ui, model, out);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            panes(ui, model, out);
        });
    });
}

fn menus(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    // A menu's title is flat like the tools beside it.
    ui.scope(|ui| {
        egui::containers::menu::menu_style(ui.style_mut());
        ui.spacing_mut().button_padding = vec2(space::M, 3.0);
        widgets::menu::titled(ui, tr("File"), |ui| menu::file(ui, model, out));
        widgets::menu::titled(ui, tr("View"), |ui| menu::view(ui, model, out));
        widgets::menu::titled(ui, tr("Help"), |ui| menu::help(ui, model, out));
    });
}

fn tools(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    let open = ToolButton::icon(Icon::Folder, tr("Open")).with_text(tr("Open"));
    if ui.add(open).on_hover_text(tooltip(Command::Open)).clicked() {
        out.push(Action::Open);
    }
    follow(ui, model.follow, out);
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

/// The switch says in words whether it follows; its width is the same in every state.
fn follow(ui: &mut Ui, follow: Follow, out: &mut Actions) {
    let (text, on, enabled) = match follow {
        Follow::Unavailable => (tr("Follow").to_owned(), false, false),
        Follow::On => (tr("Following").to_owned(), true, true),
        Follow::Off { unseen: 0 } => (tr("Follow").to_owned(), false, true),
        Follow::Off { unseen } => (
            tr!("{unseen} new", unseen = number::short_count(unseen)),
            false,
            true,
        ),
    };
    let button = ToolButton::icon(Icon::Follow, tr("Follow"))
        .with_text(&text)
        .selected(on)
        .enabled(enabled)
        .min_width(FOLLOW_WIDTH);
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
        out.push(Action::SetFollow(!on));
    }
}

/// The switches of the panes, from right to left.
fn panes(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    if model.own_window {
        let back = ToolButton::text(tr("Move back"));
        let tip = tooltip(Command::MoveBack);
        if ui.add(back).on_hover_text(tip).clicked() {
            out.push(Action::Do(Command::MoveBack));
        }
    }
    let details = ToolButton::text(tr("Details"))
        .selected(model.details_shown && model.has_log)
        .enabled(model.has_log);
    if ui
        .add(details)
        .on_hover_text(tooltip(Command::ToggleDetails))
        .clicked()
    {
        out.push(Action::ToggleDetails);
    }
    let loggers = ToolButton::text(tr("Loggers"))
        .selected(model.loggers_shown && model.has_log)
        .enabled(model.has_log);
    if ui
        .add(loggers)
        .on_hover_text(tooltip(Command::ToggleLoggers))
        .clicked()
    {
        out.push(Action::ToggleLoggers);
    }
    let format = ToolButton::text(tr("Format...")).enabled(model.has_log);
    if ui
        .add(format)
        .on_hover_text(tooltip(Command::FormatDialog))
        .clicked()
    {
        out.push(Action::ShowDialog(Dialog::Format));
    }
}
