//! The menus of the top bar. Titles and keys come from the one table of keys.

use egui::containers::menu::{MenuConfig, SubMenuButton};
use egui::{Button, PopupCloseBehavior, Ui};

use super::top_bar::{RecentFile, TopBarModel};
use crate::settings::model::Setting;
use crate::ui::action::{Action, Actions, Dialog, Zoom};
use crate::ui::keys::{Command, shortcut_text, title};
use crate::ui::theme::{Theme, palette};

/// Width of a menu in points, so that keys stand in one column.
const WIDTH: f32 = 230.0;

pub(super) fn file(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH);
    entry(ui, Command::Open, true, || Action::Open, out);
    entry(ui, Command::OpenPathBox, true, || Action::OpenPathBox, out);
    entry(ui, Command::Paste, true, || Action::Paste, out);
    entry(ui, Command::OpenSample, true, || Action::OpenSample, out);
    ui.add_enabled_ui(!model.recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| recent(ui, &model.recent, out));
    });
    let rotated = || Action::OpenRotated;
    entry(ui, Command::OpenRotated, model.has_file, rotated, out);
    ui.separator();
    entry(ui, Command::Reload, model.has_log, || Action::Reload, out);
    if let Some(tab) = model.tab {
        entry(ui, Command::CloseTab, true, || Action::CloseTab(tab), out);
    }
    let export = || Action::ShowDialog(Dialog::Export);
    entry(ui, Command::Export, model.has_log, export, out);
    let keep = || Action::KeepCopy;
    entry(ui, Command::KeepCopy, model.has_copy, keep, out);
    ui.separator();
    let settings = || Action::ShowDialog(Dialog::Settings);
    entry(ui, Command::Settings, true, settings, out);
    entry(ui, Command::Quit, true, || Action::Quit, out);
}

fn recent(ui: &mut Ui, files: &[RecentFile], out: &mut Actions) {
    ui.set_min_width(WIDTH);
    for file in files {
        let text = egui::RichText::new(&file.folder).color(palette(ui).weak);
        let button = Button::new((file.name.as_str(), text));
        if ui.add_enabled(!file.missing, button).clicked() {
            out.push(Action::OpenPath(file.path.clone()));
            ui.close();
        }
    }
}

pub(super) fn view(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH);
    check(
        ui,
        Command::ToggleLoggers,
        model.loggers_shown,
        Action::ToggleLoggers,
        out,
    );
    check(
        ui,
        Command::ToggleDetails,
        model.details_shown,
        Action::ToggleDetails,
        out,
    );
    ui.add_enabled_ui(!model.columns.is_empty(), |ui| {
        // Stays open: columns are chosen several at a time.
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        SubMenuButton::new("Columns")
            .config(config)
            .ui(ui, |ui| columns(ui, model, out));
    });
    let format = || Action::ShowDialog(Dialog::Format);
    entry(ui, Command::FormatDialog, model.has_log, format, out);
    let times = || Action::ShowDialog(Dialog::Times);
    entry(ui, Command::Times, model.has_log, times, out);
    let goto = || Action::ShowDialog(Dialog::Goto);
    entry(ui, Command::Goto, model.has_log, goto, out);
    ui.separator();
    ui.menu_button("Theme", |ui| {
        for (theme, name) in [
            (Theme::System, "As the desktop"),
            (Theme::Light, "Light"),
            (Theme::Dark, "Dark"),
        ] {
            if ui.radio(model.theme == theme, name).clicked() {
                out.push(Action::SetTheme(theme));
            }
        }
    });
    let colours = Button::new("Colours of the log").selected(model.log_colours);
    if ui.add(colours).clicked() {
        let setting = Setting::LogColours(!model.log_colours);
        out.push(Action::ChangeSetting(setting));
        ui.close();
    }
    ui.separator();
    entry(ui, Command::ZoomIn, true, || Action::Zoom(Zoom::In), out);
    entry(ui, Command::ZoomOut, true, || Action::Zoom(Zoom::Out), out);
    entry(
        ui,
        Command::ZoomReset,
        model.zoom_percent != 100,
        || Action::Zoom(Zoom::Reset),
        out,
    );
}

fn columns(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    ui.set_min_width(WIDTH / 2.0);
    for column in &model.columns {
        let mut visible = column.visible;
        if ui.checkbox(&mut visible, &column.title).clicked() {
            out.push(Action::ShowColumn {
                key: column.key.clone(),
                visible,
            });
        }
    }
    ui.separator();
    if ui.button("Reset columns").clicked() {
        out.push(Action::ResetColumns);
        ui.close();
    }
}

pub(super) fn help(ui: &mut Ui, out: &mut Actions) {
    ui.set_min_width(WIDTH);
    entry(
        ui,
        Command::Help,
        true,
        || Action::ShowDialog(Dialog::Keys),
        out,
    );
    entry(ui, Command::OwnLog, true, || Action::OpenOwnLog, out);
    entry(
        ui,
        Command::About,
        true,
        || Action::ShowDialog(Dialog::About),
        out,
    );
}

/// An entry with its key at the right.
fn entry(
    ui: &mut Ui,
    command: Command,
    enabled: bool,
    action: impl Fn() -> Action,
    out: &mut Actions,
) {
    let button = Button::new(title(command)).shortcut_text(shortcut_text(command));
    if ui.add_enabled(enabled, button).clicked() {
        out.push(action());
        ui.close();
    }
}

/// An entry that is on or off.
fn check(ui: &mut Ui, command: Command, on: bool, action: Action, out: &mut Actions) {
    let button = Button::new(title(command))
        .shortcut_text(shortcut_text(command))
        .selected(on);
    if ui.add(button).clicked() {
        out.push(action);
        ui.close();
    }
}
