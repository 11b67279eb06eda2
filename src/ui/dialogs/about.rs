//! What this program is, for bug reports and licences.

use crate::base::lang::tr;
use crate::tr;
use egui::{Context, RichText};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, space};

/// What the dialog says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AboutModel {
    /// The program's version.
    pub version: String,
    /// Operating system, renderer and what else helps with a report.
    pub system: String,
    /// Where settings are kept; `None` when nothing is kept.
    pub settings_folder: Option<String>,
}

/// Shows the dialog.
pub fn show(ctx: &Context, model: &AboutModel, out: &mut Actions) -> Stay {
    let sheet = Sheet {
        id: "about",
        title: tr("About Timberline"),
        width: 460.0,
        anchor: Anchor::Middle,
    };
    sheet.show(ctx, |ui| {
        let strong = palette(ui).strong;
        ui.label(RichText::new(format!("Timberline {}", model.version)).color(strong));
        ui.label(tr("A desktop log viewer that understands loggers."));
        ui.add_space(space::M);
        sheet::section(ui, tr("Licence"));
        ui.label(tr("MIT or Apache 2.0, at your choice."));
        sheet::hint(
            ui,
            tr("Built on egui, eframe, regex, chrono, notify, rfd and other crates under MIT, Apache 2.0 and similar \
             licences; nucleo-matcher is under MPL 2.0. Fonts: Inter and JetBrains Mono (SIL Open Font License 1.1), Material Symbols (Apache 2.0)."),
        );
        ui.add_space(space::M);
        sheet::section(ui, tr("System"));
        ui.label(&model.system);
        let folder = model.settings_folder.as_deref();
        sheet::hint(
            ui,
            tr!("Settings: {folder}", folder = folder.unwrap_or(tr("not kept, no home folder"))),
        );
        sheet::footer(ui, |ui| {
            let copy = ui.button(tr("Copy for a report"));
            let tip = tr("Copy the version and the system, for a report of a fault");
            if copy.on_hover_text(tip).clicked() {
                let text = format!("Timberline {}, {}", model.version, model.system);
                out.push(Action::CopyText(text));
            }
            let close = sheet::close(ui);
            sheet::focus_first(ui, &close);
            if close.clicked() { Stay::Closed } else { Stay::Open }
        })
    })
}
