//! The menus of the top bar. Titles and keys come from the one table of keys.

use crate::base::lang::{later, tr};
use egui::containers::menu::{MenuConfig, SubMenuButton};
use egui::{Button, PopupCloseBehavior, Ui};

use super::top_bar::{RecentFile, TopBarModel};
use crate::settings::model::Setting;
use crate::ui::action::{Action, Actions, Dialog, Zoom};
use crate::ui::keys::{Command, shortcut_text, title};
use crate::ui::theme::{Theme, palette};
use crate::ui::widgets::{context_menu, tick};

/// Why an entry does nothing: what it is for is not there.
const NO_LOG: &str = later("No log is open");

/// Width of a menu in points, so that keys stand in one column.
const WIDTH: f32 = 230.0;

pub(super) fn file(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    context_menu::entries(ui);
    ui.set_min_width(WIDTH);
    entry(ui, Command::Open, Ok(()), || Action::Open, out);
    entry(
        ui,
        Command::OpenPathBox,
        Ok(()),
        || Action::OpenPathBox,
        out,
    );
    entry(ui, Command::Paste, Ok(()), || Action::Paste, out);
    entry(ui, Command::OpenSample, Ok(()), || Action::OpenSample, out);
    ui.add_enabled_ui(!model.recent.is_empty(), |ui| {
        ui.menu_button(tr("Open recent"), |ui| recent(ui, &model.recent, out))
            .response
            .on_disabled_hover_text(tr("No file was opened before"));
    });
    let rotated = || Action::OpenRotated;
    let file = when(
        model.has_file,
        tr("The shown tab is no file that is rotated"),
    );
    entry(ui, Command::OpenRotated, file, rotated, out);
    ui.separator();
    entry(
        ui,
        Command::Reload,
        when(model.has_log, NO_LOG),
        || Action::Reload,
        out,
    );
    if let Some(tab) = model.tab {
        entry(ui, Command::CloseTab, Ok(()), || Action::CloseTab(tab), out);
    }
    let export = || Action::ShowDialog(Dialog::Export);
    entry(
        ui,
        Command::Export,
        when(model.has_log, NO_LOG),
        export,
        out,
    );
    let keep = || Action::KeepCopy;
    let copy = when(model.has_copy, tr("The shown tab is a file already"));
    entry(ui, Command::KeepCopy, copy, keep, out);
    ui.separator();
    let settings = || Action::ShowDialog(Dialog::Settings);
    entry(ui, Command::Settings, Ok(()), settings, out);
    entry(ui, Command::Quit, Ok(()), || Action::Quit, out);
}

fn recent(ui: &mut Ui, files: &[RecentFile], out: &mut Actions) {
    context_menu::entries(ui);
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
    context_menu::entries(ui);
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
    check(
        ui,
        Command::ToggleTimeline,
        model.timeline_shown,
        Action::ToggleTimeline,
        out,
    );
    ui.add_enabled_ui(!model.columns.is_empty(), |ui| {
        // Stays open: columns are chosen several at a time.
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        SubMenuButton::new(tr("Columns"))
            .config(config)
            .ui(ui, |ui| columns(ui, model, out))
            .0
            .on_disabled_hover_text(NO_LOG);
    });
    let format = || Action::ShowDialog(Dialog::Format);
    entry(
        ui,
        Command::FormatDialog,
        when(model.has_log, NO_LOG),
        format,
        out,
    );
    let times = || Action::ShowDialog(Dialog::Times);
    entry(ui, Command::Times, when(model.has_log, NO_LOG), times, out);
    let goto = || Action::ShowDialog(Dialog::Goto);
    entry(ui, Command::Goto, when(model.has_log, NO_LOG), goto, out);
    ui.separator();
    ui.menu_button(tr("Theme"), |ui| {
        context_menu::entries(ui);
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
    let colours = Button::new(tr("Colours of the log")).selected(model.log_colours);
    if ui.add(colours).clicked() {
        let setting = Setting::LogColours(!model.log_colours);
        out.push(Action::ChangeSetting(setting));
        ui.close();
    }
    ui.separator();
    entry(ui, Command::ZoomIn, Ok(()), || Action::Zoom(Zoom::In), out);
    entry(
        ui,
        Command::ZoomOut,
        Ok(()),
        || Action::Zoom(Zoom::Out),
        out,
    );
    entry(
        ui,
        Command::ZoomReset,
        when(model.zoom_percent != 100, tr("Everything has its own size")),
        || Action::Zoom(Zoom::Reset),
        out,
    );
}

fn columns(ui: &mut Ui, model: &TopBarModel, out: &mut Actions) {
    context_menu::entries(ui);
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
    if ui.button(tr("Reset columns")).clicked() {
        out.push(Action::ResetColumns);
        ui.close();
    }
}

pub(super) fn help(ui: &mut Ui, out: &mut Actions) {
    context_menu::entries(ui);
    ui.set_min_width(WIDTH);
    entry(
        ui,
        Command::Help,
        Ok(()),
        || Action::ShowDialog(Dialog::Keys),
        out,
    );
    entry(ui, Command::OwnLog, Ok(()), || Action::OpenOwnLog, out);
    entry(
        ui,
        Command::About,
        Ok(()),
        || Action::ShowDialog(Dialog::About),
        out,
    );
}

/// An entry with its key at the right; one that can do nothing says why under the pointer.
fn entry(
    ui: &mut Ui,
    command: Command,
    can: Result<(), &str>,
    action: impl Fn() -> Action,
    out: &mut Actions,
) {
    let button = Button::new(title(command)).shortcut_text(shortcut_text(command));
    let response = ui.add_enabled(can.is_ok(), button);
    let response = match can {
        Ok(()) => response,
        Err(why) => response.on_disabled_hover_text(why),
    };
    if response.clicked() {
        out.push(action());
        ui.close();
    }
}

fn when(can: bool, why_not: &str) -> Result<(), &str> {
    if can { Ok(()) } else { Err(why_not) }
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
