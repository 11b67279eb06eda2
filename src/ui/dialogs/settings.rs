//! The settings. Every change takes effect at once, so there is nothing to confirm.

use egui::{Context, Grid, RichText, Slider, Ui};

mod learned;

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::settings::model::{
    Density, DetailsPlace, Reopen, Setting, Settings, ThemeChoice, ZOOM_RANGE,
};
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, space};

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SettingsModel {
    /// The settings as they are.
    pub settings: Settings,
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

const THEMES: [(ThemeChoice, &str); 3] = [
    (ThemeChoice::System, "As the desktop"),
    (ThemeChoice::Light, "Light"),
    (ThemeChoice::Dark, "Dark"),
];

const REOPENS: [(Reopen, &str); 2] = [
    (Reopen::LastSession, "The last session's files"),
    (Reopen::StartPage, "The start page"),
];

/// Shows the settings.
pub fn show(ctx: &Context, model: &SettingsModel, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "settings",
        title: "Settings",
        width: 460.0,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        Grid::new("settings grid")
            .num_columns(2)
            .spacing([space::L, space::M])
            .show(ui, |ui| rows(ui, &model.settings, out));
        learned::levels(ui, &model.unknown_levels, out);
        learned::patterns(ui, &model.settings.formats.remembered, out);
        ui.add_space(space::S);
        let file = model.file.as_deref();
        sheet::hint(
            ui,
            file.map_or_else(
                || "Not kept: there is no home folder".to_owned(),
                |file| format!("Kept in {file}"),
            ),
        );
        sheet::footer(ui, |ui| {
            let close = ui.button("Close").clicked();
            if ui
                .button("Defaults")
                .on_hover_text("All of the above as at the first start")
                .clicked()
            {
                out.extend(Settings::default().choices().map(Action::ChangeSetting));
            }
            if close { Stay::Closed } else { Stay::Open }
        })
    })
}

fn rows(ui: &mut Ui, settings: &Settings, out: &mut Actions) {
    let (looks, reading) = (&settings.appearance, &settings.reading);
    heading(ui, "Look");
    choice(ui, "Theme", looks.theme, &THEMES, Setting::Theme, out);
    zoom(ui, looks.zoom, out);
    choice(
        ui,
        "Colours of the log",
        looks.log_colours,
        &[(true, "Shown"), (false, "Hidden")],
        Setting::LogColours,
        out,
    );
    choice(
        ui,
        "Rows",
        looks.density,
        &[(Density::Normal, "Normal"), (Density::Compact, "Compact")],
        Setting::Density,
        out,
    );
    choice(
        ui,
        "Details",
        settings.panels.details_place,
        &[
            (DetailsPlace::Below, "Below the table"),
            (DetailsPlace::Beside, "Beside it"),
        ],
        Setting::DetailsPlace,
        out,
    );
    heading(ui, "Opening");
    choice(
        ui,
        "Start with",
        reading.reopen,
        &REOPENS,
        Setting::Reopen,
        out,
    );
    ui.label("Opened files");
    let mut follow = reading.follow_on_open;
    if ui.checkbox(&mut follow, "Follow from the start").changed() {
        out.push(Action::ChangeSetting(Setting::FollowOnOpen(follow)));
    }
    ui.end_row();
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).color(palette(ui).strong).strong());
    ui.end_row();
}

/// A row of buttons of which one is down.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    current: T,
    choices: &[(T, &str)],
    setting: impl Fn(T) -> Setting,
    out: &mut Actions,
) {
    ui.label(name);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (value, text) in choices {
            if ui.selectable_label(*value == current, *text).clicked() {
                out.push(Action::ChangeSetting(setting(*value)));
            }
        }
    });
    ui.end_row();
}

/// The zoom changes when the slider is let go: a slider that grows under the pointer cannot be aimed.
fn zoom(ui: &mut Ui, current: f32, out: &mut Actions) {
    let name = ui.label("Size of everything");
    let id = egui::Id::unique("settings zoom");
    let mut percent = ui.data(|data| data.get_temp(id)).unwrap_or(current * 100.0);
    ui.horizontal(|ui| {
        let range = ZOOM_RANGE.start() * 100.0..=ZOOM_RANGE.end() * 100.0;
        let slider = Slider::new(&mut percent, range).step_by(10.0).suffix(" %");
        let response = ui.add(slider).labelled_by(name.id);
        if response.dragged() {
            ui.data_mut(|data| data.insert_temp(id, percent));
        } else {
            ui.data_mut(|data| data.remove_temp::<f32>(id));
        }
        if response.drag_stopped() || (response.changed() && !response.dragged()) {
            out.push(Action::ChangeSetting(Setting::Zoom(percent / 100.0)));
        }
    });
    ui.end_row();
}
