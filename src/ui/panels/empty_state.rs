//! What stands in the table's place when it has no row, so that an empty table is never a riddle.

use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use egui::{RichText, Ui};

use super::filter_bar::{self, FilterChip};
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{mono, palette, space};
use crate::ui::widgets::number;

/// Why there is no row.
#[derive(Debug, Clone, PartialEq)]
pub enum EmptyModel {
    /// The file is being opened.
    Opening,
    /// The file has no record yet.
    EmptyFile {
        /// New records will be shown as they arrive.
        following: bool,
    },
    /// Filtering goes on and found nothing so far.
    Filtering,
    /// The filters hide everything.
    Filtered {
        /// Records that there are.
        total: u64,
        /// The active parts of the filter, the text being typed included.
        chips: Vec<FilterChip>,
    },
    /// The file cannot be read.
    Lost {
        /// What happened.
        headline: String,
        /// To which file.
        path: String,
        /// The technical reason; may be empty.
        detail: String,
        /// What to do.
        hint: String,
    },
}

/// Shows the reason and the way out in the middle of the space that `ui` has.
pub fn show(ui: &mut Ui, model: &EmptyModel, out: &mut Actions) {
    let p = palette(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).min(160.0));
        match model {
            EmptyModel::Opening => quiet(ui, tr("Opening...")),
            EmptyModel::Filtering => quiet(ui, tr("Filtering... nothing matches so far")),
            EmptyModel::EmptyFile { following } => {
                headline(ui, tr("No record yet"));
                let text = if *following {
                    tr("Waiting for the first record.")
                } else {
                    tr("The log is empty.")
                };
                quiet(ui, text);
            }
            EmptyModel::Lost {
                headline: text,
                path,
                detail,
                hint,
            } => {
                ui.label(RichText::new(text).heading().color(p.bad));
                ui.label(RichText::new(path).font(mono()).color(p.text));
                ui.add_space(space::S);
                for words in [hint, detail] {
                    quiet(ui, &name(words));
                }
            }
            EmptyModel::Filtered { total, chips } => filtered(ui, *total, chips, out),
        }
    });
}

fn headline(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).heading().color(palette(ui).strong));
}

fn quiet(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).color(palette(ui).weak));
}

fn filtered(ui: &mut Ui, total: u64, chips: &[FilterChip], out: &mut Actions) {
    headline(ui, tr("The filters hide everything"));
    quiet(
        ui,
        &tr!(
            "{records} in the log. Remove a filter:",
            records = number::counted(total, "record")
        ),
    );
    ui.add_space(space::M);
    for chip in chips {
        ui.horizontal(|ui| {
            // The line is as wide as the page; a chip stands in its middle.
            ui.add_space((ui.available_width() * 0.5 - 140.0).max(0.0));
            if filter_bar::show_chip(ui, chip) {
                out.push(Action::RemoveChip(chip.id.clone()));
            }
            if let Some(without) = chip.without {
                quiet(
                    ui,
                    &tr!(
                        "{records} without it",
                        records = number::counted(without, "record")
                    ),
                );
            }
        });
    }
    ui.add_space(space::M);
    let clear = ui
        .button(tr("Clear all filters"))
        .on_hover_text(tooltip(Command::ClearFilters));
    if clear.clicked() {
        out.push(Action::ClearFilters);
    }
}
