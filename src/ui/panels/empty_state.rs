//! What stands in the table's place when it has no row, so that an empty table is never a riddle.

use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use egui::{RichText, ScrollArea, Ui};

use super::filter_bar::{self, FilterChip};
use crate::ui::action::{Action, Actions, TabId};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{mono, palette, space};
use crate::ui::widgets::{number, reveal};

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
    /// A program ended without a record.
    Ended {
        /// That it printed nothing, or did not run.
        headline: &'static str,
        /// How it ended.
        how: String,
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
        /// The technical reason, where the headline does not say as much; may be empty.
        detail: String,
        /// What to do.
        hint: String,
        /// The tab that shows it.
        tab: TabId,
    },
}

/// A page that is lower in points has no room around its words, nor for the parts of a filter.
const LOW: f32 = 170.0;

/// Shows the reason and the way out in the middle of the space that `ui` has.
pub fn show(ui: &mut Ui, model: &EmptyModel, out: &mut Actions) {
    let p = palette(ui);
    let room = ui.available_height();
    let above = match room < LOW {
        true => space::M,
        false => (room * 0.3).min(160.0),
    };
    let page = ScrollArea::vertical().auto_shrink(false);
    page.min_scrolled_height(0.0).show(ui, |ui| {
        ui.add_space(above);
        ui.vertical_centered(|ui| match model {
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
            EmptyModel::Ended {
                headline: text,
                how,
            } => {
                headline(ui, text);
                quiet(ui, how);
            }
            EmptyModel::Lost {
                headline: text,
                path,
                detail,
                hint,
                tab,
            } => {
                ui.label(RichText::new(text).heading().color(p.bad));
                ui.label(RichText::new(path).font(mono()).color(p.text));
                ui.add_space(space::S);
                for words in [hint, detail].into_iter().filter(|words| !words.is_empty()) {
                    quiet(ui, &name(words));
                }
                ui.add_space(space::M);
                in_the_middle(ui, 0, |ui| ways_out(ui, *tab, out));
            }
            EmptyModel::Filtered { total, chips } => {
                // A low page has the button; the parts stand above it as well.
                let chips = if room < LOW { &[] } else { &**chips };
                filtered(ui, *total, chips, out);
            }
        });
        reveal::focused(ui);
    });
}

fn headline(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).heading().color(palette(ui).strong));
}

fn quiet(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).color(palette(ui).weak));
}

/// What can be done about a file that cannot be read.
fn ways_out(ui: &mut Ui, tab: TabId, out: &mut Actions) {
    let other = ui.button(tr("Open another file..."));
    if other.on_hover_text(tooltip(Command::Open)).clicked() {
        out.push(Action::Open);
    }
    let close = ui.button(tr("Close tab"));
    if close.on_hover_text(tooltip(Command::CloseTab)).clicked() {
        out.push(Action::CloseTab(tab));
    }
}

fn filtered(ui: &mut Ui, total: u64, chips: &[FilterChip], out: &mut Actions) {
    headline(ui, tr("The filters hide everything"));
    if !chips.is_empty() {
        quiet(
            ui,
            &tr!(
                "{records} in the log. Remove a filter:",
                records = number::counted(total, "record")
            ),
        );
        ui.add_space(space::M);
    }
    for (at, chip) in chips.iter().enumerate() {
        in_the_middle(ui, at, |ui| {
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
    ui.add_space(space::S);
    let clear = ui
        .button(tr("Clear all filters"))
        .on_hover_text(tooltip(Command::ClearFilters));
    if clear.clicked() {
        out.push(Action::ClearFilters);
    }
}

/// Shows a line in the middle of the page: as wide as it was, which the first frame finds out.
fn in_the_middle(ui: &mut Ui, line: usize, content: impl FnOnce(&mut Ui)) {
    let id = ui.unique_id().with(line);
    let width: f32 = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
        let now = ui.scope(content).response.rect.width();
        if now != width {
            ui.data_mut(|data| data.insert_temp(id, now));
            ui.ctx()
                .request_discard("a line that is to be in the middle");
        }
    });
}
