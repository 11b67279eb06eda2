//! How times are shown, and in which zone those of a file are that name none. Every change takes effect at once.

use crate::base::lang::{later, tr};
use crate::tr;
use egui::{Context, ScrollArea, TextEdit, Ui};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::base::time::{Zone, zone_names};
use crate::settings::model::{Setting, TimeShow, Times};
use crate::ui::action::{Action, Actions};
use crate::ui::theme::space;
use crate::ui::widgets::{reveal, tick, tips};

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimesModel {
    /// How times are shown.
    pub times: Times,
    /// The file's name.
    pub file: String,
    /// The zone of its times that name none.
    pub zone: Zone,
}

/// What only the dialog cares about.
#[derive(Debug, Clone, Default)]
pub struct TimesState {
    /// The zone to show, as it is typed; `None` until the dialog is shown for the first time.
    shown: Option<String>,
    /// The zone of the file, as it is typed.
    file: Option<String>,
}

pub(super) const SHOWS: [(TimeShow, &str); 6] = [
    (TimeShow::AsWritten, later("as the log writes them")),
    (TimeShow::Local, later("in local time")),
    (TimeShow::Utc, later("in UTC")),
    (TimeShow::Zone, later("in a time zone")),
    (TimeShow::SinceStart, later("since the first record")),
    (TimeShow::SincePrevious, later("since the row above")),
];

/// What a way to show times means.
fn about(show: TimeShow) -> &'static str {
    match show {
        TimeShow::AsWritten => tr("The text of the log, unchanged"),
        TimeShow::Local => tr("In the time zone of this computer"),
        TimeShow::Utc => tr("In coordinated universal time, the same everywhere"),
        TimeShow::Zone => tr("In the time zone of the box below"),
        TimeShow::SinceStart => tr("How long after the first record of the log each came"),
        TimeShow::SincePrevious => tr("How long after the row above it each came"),
    }
}

/// Shows the dialog.
pub fn show(ctx: &Context, model: &TimesModel, state: &mut TimesState, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "times",
        title: tr("Times"),
        width: 420.0,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        let room = (ui.available_height() - 2.0 * space::L - 30.0).max(80.0);
        let page = ScrollArea::vertical().auto_shrink([false, true]);
        page.max_height(room).show(ui, |ui| {
            sheet::section(ui, tr("Show times"));
            shown(ui, model, state, out);
            ui.add_space(space::M);
            sheet::section(
                ui,
                &tr!(
                    "Times of {file} that name no zone are in",
                    file = model.file
                ),
            );
            of_file(ui, model, state, out);
            reveal::focused(ui);
        });
        sheet::footer(ui, |ui| {
            if sheet::close(ui).clicked() {
                Stay::Closed
            } else {
                Stay::Open
            }
        })
    })
}

fn shown(ui: &mut Ui, model: &TimesModel, state: &mut TimesState, out: &mut Actions) {
    let text = state.shown.get_or_insert_with(|| model.times.zone.clone());
    let change = |show, zone: &str, out: &mut Actions| {
        let zone = zone.to_owned();
        out.push(Action::ChangeSetting(Setting::Times(Times { show, zone })));
    };
    for (show, name) in SHOWS {
        let radio = tick::radio(ui, model.times.show == show, tr(name)).on_hover_text(about(show));
        if model.times.show == show {
            sheet::focus_first(ui, &radio);
        }
        if radio.clicked() {
            change(show, &model.times.zone, out);
        }
        if show == TimeShow::Zone && zone_box(ui, tr("Zone to show"), text) {
            change(TimeShow::Zone, text, out);
        }
    }
}

fn of_file(ui: &mut Ui, model: &TimesModel, state: &mut TimesState, out: &mut Actions) {
    let written = match model.zone {
        Zone::Local | Zone::Utc => String::new(),
        other => other.to_string(),
    };
    let text = state.file.get_or_insert(written);
    let zones = [
        (
            Zone::Local,
            tr("local time"),
            tr("The log was written in the time zone of this computer"),
        ),
        (
            Zone::Utc,
            "UTC",
            tr("The log was written in UTC, as on most servers and in containers"),
        ),
    ];
    for (zone, name, tip) in zones {
        let radio = tick::radio(ui, model.zone == zone, name).on_hover_text(tip);
        if radio.clicked() && model.zone != zone {
            out.push(Action::SetFileZone(zone));
        }
    }
    let other = !matches!(model.zone, Zone::Local | Zone::Utc);
    let typed = text.parse::<Zone>();
    let radio = tick::radio(ui, other, tr("another time zone"));
    let tip = tr("The log was written in the time zone of the box below");
    if radio.on_hover_text(tip).clicked()
        && let Ok(zone) = typed
    {
        out.push(Action::SetFileZone(zone));
    }
    if zone_box(ui, tr("Zone of the file"), text)
        && let Ok(zone) = text.parse::<Zone>()
        && zone != model.zone
    {
        out.push(Action::SetFileZone(zone));
    }
}

/// So many names are offered.
const OFFERED: usize = 5;

/// A box for a zone with names that go with what is typed; whether it holds another zone now.
pub(super) fn zone_box(ui: &mut Ui, name: &str, text: &mut String) -> bool {
    let mut changed = false;
    // Below the words of the button that it belongs to.
    let spacing = ui.spacing_mut();
    let before = std::mem::replace(
        &mut spacing.indent,
        spacing.icon_width + spacing.icon_spacing,
    );
    ui.indent(name, |ui| {
        let edit = TextEdit::singleline(text)
            .hint_text("Asia/Seoul, +09:00")
            .desired_width(220.0);
        let tip = tr("A name like Asia/Seoul, part of one, or an offset like +09:00");
        let response = tips::of_box(ui.add(edit), tip);
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, "", &*text, "Asia/Seoul, +09:00");
            info.label = Some(name.to_owned());
            info
        });
        let good = text.parse::<Zone>();
        changed = response.changed() && good.is_ok();
        if let Err(error) = &good
            && !text.trim().is_empty()
        {
            let typed = text.trim().to_lowercase();
            let fits = |zone: &&str| zone.to_lowercase().contains(&typed);
            let names: Vec<&str> = zone_names().filter(fits).take(OFFERED).collect();
            if names.is_empty() {
                sheet::mistake(ui, &error.to_string(), "");
            }
            for zone in names {
                if ui.selectable_label(false, zone).clicked() {
                    zone.clone_into(text);
                    changed = true;
                }
            }
        }
    });
    ui.spacing_mut().indent = before;
    changed
}
