//! The settings one by one: name, what it does, how it is changed. A new setting is one entry here.

use crate::base::lang::{Lang, tr};
use egui::{ComboBox, Id, Slider, Ui};

use super::Section;
use crate::settings::model::{
    Density, DetailsPlace, Language, Reopen, Setting, Settings, ThemeChoice, TimeShow, Times,
    ZOOM_RANGE,
};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::dialogs::times::{SHOWS, zone_box};
use crate::ui::keys::{Command, shortcut_text, with_keys};
use crate::ui::widgets::{menu, tick};

/// One setting.
pub(super) struct Item<'a> {
    pub name: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Its key in the settings file, which is searched too.
    pub key: &'static str,
    /// What makes it as at the first start; `None` while it is.
    pub reset: Option<Setting>,
    pub control: Control<'a>,
}

/// How a setting is changed.
pub(super) enum Control<'a> {
    /// A row of buttons of which one is down.
    Choice(Vec<Way>),
    /// A tick box, what a click makes of it, and its tooltip.
    Check(bool, Setting, String),
    /// The size of everything.
    Zoom(f32),
    /// How times are shown.
    Times(&'a Times),
    /// A button with its word and tooltip, and whether there is something for it to do.
    Button(&'static str, &'static str, Setting, bool),
}

/// A button of a row of which one is down.
pub(super) struct Way {
    /// What it chooses.
    setting: Setting,
    word: &'static str,
    /// What that means.
    tip: String,
    down: bool,
}

impl Item<'_> {
    /// Whether every word of a query in small letters is in its names.
    pub fn fits(&self, section: Section, query: &str) -> bool {
        let all = format!(
            "{} {} {} {}",
            self.name,
            self.about,
            self.key,
            section.title()
        );
        let all = all.to_lowercase();
        query.split_whitespace().all(|word| all.contains(word))
    }
}

/// Buttons for values, each with its word and what it means.
fn choice<'a, T: Copy + PartialEq, W: Into<String>, const N: usize>(
    current: T,
    choices: [(T, &'static str, W); N],
    setting: fn(T) -> Setting,
) -> Control<'a> {
    let ways = choices.into_iter().map(|(value, word, tip)| Way {
        setting: setting(value),
        word,
        tip: tip.into(),
        down: value == current,
    });
    Control::Choice(ways.collect())
}

/// What makes a value its default again, if it is not.
fn reset<T: PartialEq>(current: &T, normal: T, setting: fn(T) -> Setting) -> Option<Setting> {
    (*current != normal).then(|| setting(normal))
}

/// The settings of a section.
pub(super) fn items(section: Section, settings: &Settings) -> Vec<Item<'_>> {
    let normal = Settings::default();
    match section {
        Section::Look => look(settings, &normal),
        Section::Table => table(settings, &normal),
        Section::Opening => opening(settings, &normal),
        Section::Times => vec![Item {
            name: tr("Show times"),
            about: tr("As the log writes them, in a zone, or as the time that has passed"),
            key: "times.show times.zone",
            reset: reset(&settings.times, normal.times, Setting::Times),
            control: Control::Times(&settings.times),
        }],
        Section::Editor | Section::Learned | Section::Keys => Vec::new(),
    }
}

fn look<'a>(settings: &'a Settings, normal: &Settings) -> Vec<Item<'a>> {
    let (now, normal) = (&settings.appearance, &normal.appearance);
    let (log_colours, soft_colours) = (Command::LogColours, Command::SoftColours);
    let themes = [
        (
            ThemeChoice::System,
            tr("As the desktop"),
            with_keys(
                tr("Light or dark, and changes with it"),
                Command::ThemeSystem,
            ),
        ),
        (
            ThemeChoice::Light,
            tr("Light"),
            with_keys(tr("Dark letters on a light ground"), Command::ThemeLight),
        ),
        (
            ThemeChoice::Dark,
            tr("Dark"),
            with_keys(tr("Light letters on a dark ground"), Command::ThemeDark),
        ),
    ];
    let languages = [
        (
            Language::System,
            tr("As the desktop"),
            tr("Its language, or English where there is no translation"),
        ),
        // Each by its own name: who cannot read the one that is shown finds his own.
        (
            Language::English,
            Lang::English.name(),
            tr("Menus, dialogs and help in English"),
        ),
        (
            Language::Korean,
            Lang::Korean.name(),
            tr("Menus, dialogs and help in Korean"),
        ),
    ];
    vec![
        Item {
            name: tr("Language"),
            about: tr("Of the interface; logs stay as they are"),
            key: "appearance.language language 언어",
            reset: reset(&now.language, normal.language, Setting::Language),
            control: choice(now.language, languages, Setting::Language),
        },
        Item {
            name: tr("Theme"),
            about: tr("Light or dark surroundings"),
            key: "appearance.theme",
            reset: reset(&now.theme, normal.theme, Setting::Theme),
            control: choice(now.theme, themes, Setting::Theme),
        },
        Item {
            name: tr("Size of everything"),
            about: tr("Letters, rows and buttons together"),
            key: "appearance.zoom",
            reset: reset(&now.zoom, normal.zoom, Setting::Zoom),
            control: Control::Zoom(now.zoom),
        },
        Item {
            name: tr("Colours of the log"),
            about: tr("The colours that a program writes into its log (ANSI escape sequences)"),
            key: "appearance.log_colours",
            reset: reset(&now.log_colours, normal.log_colours, Setting::LogColours),
            control: choice(
                now.log_colours,
                [
                    (
                        true,
                        tr("Shown"),
                        with_keys(
                            tr("Letters have the colours that the log asks for"),
                            log_colours,
                        ),
                    ),
                    (
                        false,
                        tr("Hidden"),
                        with_keys(
                            tr("Letters have the colours of everything else"),
                            log_colours,
                        ),
                    ),
                ],
                Setting::LogColours,
            ),
        },
        Item {
            name: tr("Soft colours in messages"),
            about: tr("Numbers, paths, addresses, quoted texts and the like stand out a little"),
            key: "appearance.soft_colours",
            reset: reset(&now.soft_colours, normal.soft_colours, Setting::SoftColours),
            control: choice(
                now.soft_colours,
                [
                    (
                        true,
                        tr("Shown"),
                        with_keys(tr("A number is found at a glance"), soft_colours),
                    ),
                    (
                        false,
                        tr("Hidden"),
                        with_keys(tr("Messages are of one colour"), soft_colours),
                    ),
                ],
                Setting::SoftColours,
            ),
        },
    ]
}

fn table<'a>(settings: &'a Settings, normal: &Settings) -> Vec<Item<'a>> {
    let density = settings.appearance.density;
    let normal_density = normal.appearance.density;
    let (now, normal) = (&settings.panels, &normal.panels);
    let loggers = Setting::LoggersVisible;
    let details = Setting::DetailsVisible;
    let timeline = Setting::TimelineVisible;
    let densities = [
        (
            Density::Normal,
            tr("Normal"),
            tr("With some room between the lines"),
        ),
        (
            Density::Compact,
            tr("Compact"),
            tr("More rows in the same window"),
        ),
    ];
    let places = [
        (
            DetailsPlace::Below,
            tr("Below the table"),
            tr("Rows keep the whole width of the window"),
        ),
        (
            DetailsPlace::Beside,
            tr("Beside it"),
            tr("More rows are in sight, for a wide window"),
        ),
    ];
    vec![
        Item {
            name: tr("Rows"),
            about: tr("How high the rows of the log and of the logger tree are"),
            key: "appearance.density",
            reset: reset(&density, normal_density, Setting::Density),
            control: choice(density, densities, Setting::Density),
        },
        Item {
            name: tr("Place of the details"),
            about: tr("Below the table or beside it; a narrow window shows them below"),
            key: "panels.details_place",
            reset: reset(
                &now.details_place,
                normal.details_place,
                Setting::DetailsPlace,
            ),
            control: choice(now.details_place, places, Setting::DetailsPlace),
        },
        Item {
            name: tr("Logger tree"),
            about: tr("Shown at the left of the table"),
            key: "panels.loggers_visible",
            reset: reset(&now.loggers_visible, normal.loggers_visible, loggers),
            control: Control::Check(
                now.loggers_visible,
                loggers(!now.loggers_visible),
                with_keys(tr("Shown at the left of the table"), Command::ToggleLoggers),
            ),
        },
        Item {
            name: tr("Details"),
            about: tr("The whole record that is chosen, shown with the table"),
            key: "panels.details_visible",
            reset: reset(&now.details_visible, normal.details_visible, details),
            control: Control::Check(
                now.details_visible,
                details(!now.details_visible),
                with_keys(tr("Message, fields and raw text"), Command::ToggleDetails),
            ),
        },
        Item {
            name: tr("Timeline"),
            about: tr("Records over time, above the table"),
            key: "panels.timeline_visible",
            reset: reset(&now.timeline_visible, normal.timeline_visible, timeline),
            control: Control::Check(
                now.timeline_visible,
                timeline(!now.timeline_visible),
                with_keys(tr("When most came, and how grave"), Command::ToggleTimeline),
            ),
        },
        Item {
            name: tr("Arrangement of columns"),
            about: tr(
                "Order, widths and hidden columns are kept for each format; logs that are open keep theirs",
            ),
            key: "columns",
            reset: None,
            control: Control::Button(
                tr("Forget all"),
                tr("The next log of every format has its columns as at the first start"),
                Setting::ForgetColumns,
                !settings.columns.is_empty(),
            ),
        },
    ]
}

fn opening<'a>(settings: &'a Settings, normal: &Settings) -> Vec<Item<'a>> {
    let (now, normal) = (&settings.reading, &normal.reading);
    let reopens = [
        (
            Reopen::LastSession,
            tr("The last session's files"),
            tr("With their filters, each at the place where you were"),
        ),
        (
            Reopen::StartPage,
            tr("The start page"),
            tr("No log, but every way to open one"),
        ),
    ];
    let follow = Setting::FollowOnOpen;
    let announce = Setting::AnnounceErrors;
    let mut items = vec![
        Item {
            name: tr("Start with"),
            about: tr("When no file is named on the command line"),
            key: "reading.reopen",
            reset: reset(&now.reopen, normal.reopen, Setting::Reopen),
            control: choice(now.reopen, reopens, Setting::Reopen),
        },
        Item {
            name: tr("Follow from the start"),
            about: tr("A log that is opened shows its newest record and sticks to it"),
            key: "reading.follow_on_open",
            reset: reset(&now.follow_on_open, normal.follow_on_open, follow),
            control: Control::Check(
                now.follow_on_open,
                follow(!now.follow_on_open),
                with_keys(tr("As if each were followed by hand"), Command::Follow),
            ),
        },
        Item {
            name: tr("One window"),
            about: tr(
                "A later start hands its files to the window that is open; counts from the next start",
            ),
            key: "reading.one_window",
            reset: reset(&now.one_window, normal.one_window, Setting::OneWindow),
            control: Control::Check(
                now.one_window,
                Setting::OneWindow(!now.one_window),
                tr("Off: every start opens a window of its own").to_owned(),
            ),
        },
        Item {
            name: tr("Tell of errors"),
            about: tr(
                "A notification of the desktop at the first new error while another window is in front",
            ),
            key: "reading.announce_errors notification",
            reset: reset(&now.announce_errors, normal.announce_errors, announce),
            control: Control::Check(
                now.announce_errors,
                announce(!now.announce_errors),
                tr("Nothing is said while you look at Timberline").to_owned(),
            ),
        },
        Item {
            name: tr("Recent files"),
            about: tr("With the format, zone and encoding that were chosen for each"),
            key: "recent",
            reset: None,
            control: Control::Button(
                tr("Forget all files"),
                tr("Empties the list; the files themselves stay"),
                Setting::ForgetRecent,
                !settings.recent.is_empty(),
            ),
        },
    ];
    if !cfg!(target_os = "linux") {
        // Only this desktop's notifications are known.
        items.retain(|item| !item.key.starts_with("reading.announce_errors"));
    }
    items
}

impl Control<'_> {
    /// Shows it; `label` is the name beside it.
    pub fn show(
        self,
        ui: &mut Ui,
        name: &str,
        label: Id,
        zone: &mut Option<String>,
        out: &mut Actions,
    ) {
        match self {
            Self::Choice(choices) => {
                for way in choices {
                    let response = ui.selectable_label(way.down, way.word);
                    // "Shown" alone says little to a screen reader.
                    ui.ctx()
                        .accesskit_node_builder(response.id, |node| node.set_description(name));
                    if response.on_hover_text(way.tip).clicked() {
                        out.push(Action::ChangeSetting(way.setting));
                    }
                }
            }
            Self::Check(mut on, setting, tip) => {
                let response = tick::check(ui, &mut on, "").labelled_by(label);
                if response.on_hover_text(tip).clicked() {
                    out.push(Action::ChangeSetting(setting));
                }
            }
            Self::Zoom(now) => zoom(ui, label, now, out),
            Self::Times(times) => show_times(ui, label, times, zone, out),
            Self::Button(word, tip, setting, enabled) => {
                let response = ui.add_enabled(enabled, egui::Button::new(word));
                let response = response.on_disabled_hover_text(tr("There is nothing to forget"));
                if response.on_hover_text(tip).clicked() {
                    out.push(Action::ChangeSetting(setting));
                }
            }
        }
    }
}

/// The zoom changes when the slider is let go: a slider that grows under the pointer cannot be aimed.
fn zoom(ui: &mut Ui, label: Id, current: f32, out: &mut Actions) {
    let id = Id::unique("settings zoom");
    let mut percent = ui.data(|data| data.get_temp(id)).unwrap_or(current * 100.0);
    let range = ZOOM_RANGE.start() * 100.0..=ZOOM_RANGE.end() * 100.0;
    let slider = Slider::new(&mut percent, range).step_by(10.0).suffix(" %");
    let response = ui.add(slider).labelled_by(label);
    let [larger, smaller] = [Command::ZoomIn, Command::ZoomOut].map(shortcut_text);
    let tip = tr!(
        "Letters, rows and buttons get larger with {larger} and smaller with {smaller}",
        larger,
        smaller
    );
    let response = response.on_hover_text(tip);
    if response.dragged() {
        ui.data_mut(|data| data.insert_temp(id, percent));
    } else {
        ui.data_mut(|data| data.remove::<f32>(id));
    }
    if response.drag_stopped() || (response.changed() && !response.dragged()) {
        out.push(Action::ChangeSetting(Setting::Zoom(percent / 100.0)));
    }
}

fn show_times(ui: &mut Ui, label: Id, times: &Times, zone: &mut Option<String>, out: &mut Actions) {
    let word = |show: TimeShow| {
        let mut shows = SHOWS.iter();
        shows
            .find(|(other, _)| *other == show)
            .map_or("", |(_, word)| tr(word))
    };
    let mut show = times.show;
    ui.vertical(|ui| {
        let combo = ComboBox::from_id_salt("settings times")
            .selected_text(word(show))
            .width(190.0);
        let combo = menu::choice(ui, combo, |ui| {
            for (value, word) in SHOWS {
                ui.selectable_value(&mut show, value, tr(word));
            }
        });
        let tip = with_keys(
            tr("Of every log, in its time column and in the details"),
            Command::Times,
        );
        combo.labelled_by(label).on_hover_text(tip);
        let text = zone.get_or_insert_with(|| times.zone.clone());
        let typed = times.show == TimeShow::Zone && zone_box(ui, tr("Zone to show"), text);
        if typed || show != times.show {
            let zone = if typed {
                text.clone()
            } else {
                times.zone.clone()
            };
            out.push(Action::ChangeSetting(Setting::Times(Times { show, zone })));
        }
    });
}
