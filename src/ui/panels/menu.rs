//! The menus of the top bar. What an entry says, its key, what it does and why it cannot now come from the one table of
//! commands.

use egui::{Atom, AtomExt as _, Atoms, Button, Response, Role, Ui, WidgetInfo, vec2};

use super::around;
use super::top_bar::{Follow, RecentFile, TopBarModel};
use crate::base::lang::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, shortcut_text, title};
use crate::ui::theme::{Theme, palette};
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::{menu, tick};

/// Width of a menu in points, so that keys stand in one column.
const WIDTH: f32 = 230.0;
/// Width and height of a tick in points.
const TICK: f32 = 14.0;

/// Every command that a menu has, for the model to say which of them can do nothing now.
pub const COMMANDS: [Command; 56] = [
    Command::Open,
    Command::OpenPathBox,
    Command::Paste,
    Command::OpenSample,
    Command::OpenRotated,
    Command::Reload,
    Command::CloseTab,
    Command::ReopenTab,
    Command::MoveToWindow,
    Command::MoveBack,
    Command::Export,
    Command::KeepCopy,
    Command::Settings,
    Command::Quit,
    Command::ToggleLoggers,
    Command::ToggleDetails,
    Command::ToggleTimeline,
    Command::ShowExceptions,
    Command::ShowPatterns,
    Command::Wrap,
    Command::Collapse,
    Command::ByTime,
    Command::CloseOpened,
    Command::ResetColumns,
    Command::FormatDialog,
    Command::Times,
    Command::Find,
    Command::FindNext,
    Command::FindPrevious,
    Command::FilterText,
    Command::ShowInContext,
    Command::ClearFilters,
    Command::NextError,
    Command::PreviousError,
    Command::NextWarning,
    Command::PreviousWarning,
    Command::Follow,
    Command::Top,
    Command::Bottom,
    Command::Goto,
    Command::ToggleBookmark,
    Command::NextBookmark,
    Command::Bookmarks,
    Command::SplitView,
    Command::ShowBeside,
    Command::SyncTimes,
    Command::LogColours,
    Command::SoftColours,
    Command::Highlights,
    Command::ZoomIn,
    Command::ZoomOut,
    Command::ZoomReset,
    Command::Palette,
    Command::Help,
    Command::OwnLog,
    Command::About,
];

pub(super) fn file(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH);
    entries(
        ui,
        model,
        &[
            Command::Open,
            Command::OpenPathBox,
            Command::Paste,
            Command::OpenSample,
        ],
        out,
    );
    ui.add_enabled_ui(!model.recent.is_empty(), |ui| {
        menu::titled(ui, tr("Open recent"), |ui| recent(ui, &model.recent, out))
            .on_disabled_hover_text(tr("No file was opened before"));
    });
    entries(ui, model, &[Command::OpenRotated], out);
    ui.separator();
    let window = match model.own_window {
        true => Command::MoveBack,
        false => Command::MoveToWindow,
    };
    entries(
        ui,
        model,
        &[
            Command::Reload,
            Command::CloseTab,
            Command::ReopenTab,
            window,
            Command::Export,
            Command::KeepCopy,
        ],
        out,
    );
    ui.separator();
    entries(ui, model, &[Command::Settings, Command::Quit], out);
}

fn recent(ui: &mut Ui, files: &[RecentFile], out: &mut Actions) {
    ui.set_min_width(WIDTH);
    for file in files {
        let text = egui::RichText::new(&file.folder).color(palette(ui).weak);
        let button = Button::new((file.name.as_str(), text));
        let response = ui.add_enabled(!file.missing, button);
        let response = response.on_disabled_hover_text(tr("The file does not exist any more"));
        if response.clicked() {
            out.push(Action::OpenPath(file.path.clone()));
            ui.close();
        }
    }
}

pub(super) fn view(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH);
    check(ui, model, Command::ToggleLoggers, model.loggers_shown, out);
    check(ui, model, Command::ToggleDetails, model.details_shown, out);
    check(
        ui,
        model,
        Command::ToggleTimeline,
        model.timeline_shown,
        out,
    );
    let groups = [Command::ShowExceptions, Command::ShowPatterns];
    led_entries(ui, model, &groups, out);
    ui.add_enabled_ui(!model.columns.is_empty(), |ui| {
        // Stays open: columns are chosen several at a time.
        menu::titled_kept(ui, led(tr("Columns"), false), |ui| columns(ui, model, out))
            .on_disabled_hover_text(tr("No log is open"));
    });
    led_entries(ui, model, &[Command::FormatDialog, Command::Times], out);
    ui.separator();
    ui.add_enabled_ui(model.around.is_some(), |ui| {
        let around = model.around.unwrap_or_default();
        menu::titled(ui, led(tr("Records around matches"), false), |ui| {
            ui.set_min_width(WIDTH / 2.0);
            around::choices(ui, around, out);
        })
        .on_disabled_hover_text(tr("No filter is on"));
    });
    check(ui, model, Command::Wrap, model.wrapped, out);
    check(ui, model, Command::Collapse, model.collapsed, out);
    check(ui, model, Command::ByTime, model.by_time, out);
    led_entries(ui, model, &[Command::CloseOpened], out);
    ui.separator();
    check(ui, model, Command::SplitView, model.split, out);
    led_entries(ui, model, &[Command::ShowBeside], out);
    check(ui, model, Command::SyncTimes, model.sync_times, out);
    ui.separator();
    menu::titled(ui, led(tr("Theme"), false), |ui| {
        for (theme, name) in [
            (Theme::System, tr("As the desktop")),
            (Theme::Light, tr("Light")),
            (Theme::Dark, tr("Dark")),
        ] {
            if tick::radio(ui, model.theme == theme, name).clicked() {
                out.push(Action::SetTheme(theme));
            }
        }
    });
    check(ui, model, Command::LogColours, model.log_colours, out);
    check(ui, model, Command::SoftColours, model.soft_colours, out);
    led_entries(ui, model, &[Command::Highlights], out);
    menu::titled(ui, led(tr("Zoom"), false), |ui| {
        ui.set_min_width(WIDTH);
        let sizes = [Command::ZoomIn, Command::ZoomOut, Command::ZoomReset];
        entries(ui, model, &sizes, out);
    });
}

/// What is looked for and gone to, for those who do not know the keys yet.
pub(super) fn go(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH);
    let find = [Command::Find, Command::FindNext, Command::FindPrevious];
    led_entries(ui, model, &find, out);
    ui.separator();
    let filter = [
        Command::FilterText,
        Command::ShowInContext,
        Command::ClearFilters,
    ];
    led_entries(ui, model, &filter, out);
    ui.separator();
    let grave = [
        Command::NextError,
        Command::PreviousError,
        Command::NextWarning,
        Command::PreviousWarning,
    ];
    led_entries(ui, model, &grave, out);
    ui.separator();
    check(ui, model, Command::Follow, model.follow == Follow::On, out);
    let places = [Command::Top, Command::Bottom, Command::Goto];
    led_entries(ui, model, &places, out);
    ui.separator();
    let marks = [
        Command::ToggleBookmark,
        Command::NextBookmark,
        Command::Bookmarks,
    ];
    led_entries(ui, model, &marks, out);
}

fn columns(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH / 2.0);
    for column in &model.columns {
        let mut visible = column.visible;
        if tick::check(ui, &mut visible, &column.title).clicked() {
            out.push(Action::ShowColumn {
                key: column.key.clone(),
                visible,
            });
        }
    }
    ui.separator();
    entries(ui, model, &[Command::ResetColumns], out);
}

pub(super) fn help(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH);
    entries(
        ui,
        model,
        &[
            Command::Palette,
            Command::Help,
            Command::OwnLog,
            Command::About,
        ],
        out,
    );
}

fn entries(ui: &mut Ui, model: &TopBarModel, commands: &[Command], out: &mut Actions) {
    for command in commands {
        entry(ui, model, *command, Button::new(title(*command)), out);
    }
}

/// Entries of a menu in which some are on or off.
fn led_entries(ui: &mut Ui, model: &TopBarModel, commands: &[Command], out: &mut Actions) {
    for command in commands {
        let button = Button::new(led(title(*command), false));
        entry(ui, model, *command, button, out);
    }
}

/// An entry that is on or off.
fn check(ui: &mut Ui, model: &TopBarModel, command: Command, on: bool, out: &mut Actions) {
    let button = Button::new(led(title(command), on)).selected(on);
    let response = entry(ui, model, command, button, out);
    // The tick is no part of its name.
    let name = || format!("{} {}", title(command), shortcut_text(command));
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, response.enabled(), on, name().trim_end())
    });
}

/// Words behind a tick, for those who cannot tell the colour of what is on, or behind as much room: in a menu they begin
/// at one edge.
fn led(words: &str, on: bool) -> Atoms<'_> {
    let tick = match on {
        true => Atom::from(icon::text(Icon::Check)),
        false => Atom::default(),
    };
    let mut all = Atoms::new(tick.atom_size(vec2(TICK, TICK)));
    all.push_right(words);
    all
}

/// An entry with its key at the right; one that can do nothing says why under the pointer.
fn entry(
    ui: &mut Ui,
    model: &TopBarModel,
    command: Command,
    button: Button<'_>,
    out: &mut Actions,
) -> Response {
    let refused = model.refused.iter().find(|(of, _)| *of == command);
    let keys = shortcut_text(command);
    let button = match keys.is_empty() {
        true => button,
        false => button.shortcut_text(keys),
    };
    let response = ui.add_enabled(refused.is_none(), button);
    let response = match refused {
        Some((_, why)) => response.on_disabled_hover_text(*why),
        None => response,
    };
    if response.clicked() {
        out.push(Action::Do(command));
        ui.close();
    }
    response
}
