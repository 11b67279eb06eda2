//! What goes on in the background, as the status bar tells it.

use egui::Color32;

use super::pieces::Cut;
use super::{Exporting, Indexing};
use crate::base::lang::tr;
use crate::tr;
use crate::ui::action::Action;
use crate::ui::theme::Palette;
use crate::ui::widgets::number;

/// Something that goes on or came to an end.
#[derive(Debug)]
pub(in crate::ui::panels) struct Job {
    /// What is said of it.
    pub words: String,
    /// The same in one word or number, where there is such.
    pub short: Option<String>,
    /// Its colour.
    pub color: Color32,
    /// All that is known.
    pub detail: String,
    /// How far it is, 0 to 1, and what a screen reader calls that.
    pub share: Option<(f32, &'static str)>,
    /// How it is stopped, or goes on.
    pub stop: Option<Stop>,
}

/// A button beside what goes on.
#[derive(Debug)]
pub(in crate::ui::panels) struct Stop {
    /// What it says.
    pub verb: &'static str,
    /// What a screen reader says.
    pub name: &'static str,
    /// What it does.
    pub tip: &'static str,
    /// What it asks for.
    pub action: Action,
}

pub(super) fn export(export: &Exporting, p: &Palette) -> Job {
    let share = number::percent(export.done, export.total);
    Job {
        words: tr!("Exporting {share}", share),
        short: Some(share),
        color: p.text,
        detail: tr!(
            "{done} of {records} written to {path}",
            done = number::count(export.done),
            records = number::counted(export.total, "record"),
            path = export.path
        ),
        share: Some((part(export.done, export.total.max(1)), tr("Exporting"))),
        stop: Some(Stop {
            verb: tr("Cancel"),
            name: tr("Cancel export"),
            tip: tr("Stop here; nothing is left of the file"),
            action: Action::CancelExport(export.tab),
        }),
    }
}

pub(super) fn indexing(indexing: &Indexing, cut: Cut, p: &Palette) -> Job {
    let stop = if indexing.cancelled {
        Stop {
            verb: tr("Resume"),
            name: tr("Resume indexing"),
            tip: tr("Go on reading the file"),
            action: Action::ResumeIndexing,
        }
    } else {
        Stop {
            verb: tr("Cancel"),
            name: tr("Cancel indexing"),
            tip: tr("Stop here; what is indexed stays"),
            action: Action::CancelIndexing,
        }
    };
    Job {
        words: indexing_words(indexing, cut),
        short: Some(number::percent(indexing.bytes_done, indexing.bytes_total)),
        color: p.text,
        detail: tr!(
            "{done} of {total} indexed",
            done = number::bytes(indexing.bytes_done),
            total = number::bytes(indexing.bytes_total)
        ),
        share: Some((
            part(indexing.bytes_done, indexing.bytes_total),
            tr("Indexing"),
        )),
        stop: Some(stop),
    }
}

fn indexing_words(indexing: &Indexing, cut: Cut) -> String {
    let share = number::percent(indexing.bytes_done, indexing.bytes_total);
    if indexing.cancelled {
        return tr!("Stopped at {share}", share);
    }
    let mut words = tr!("Indexing {share}", share);
    if cut < Cut::Rate {
        words.push_str(&format!("  {}", number::rate(indexing.bytes_per_sec)));
    }
    if let Some(left) = indexing.remaining.filter(|_| cut < Cut::Remaining) {
        words.push_str("  ");
        words.push_str(&tr!("{time} left", time = number::duration(left)));
    }
    words
}

fn part(done: u64, total: u64) -> f32 {
    match total {
        0 => 0.0,
        _ => (done as f64 / total as f64) as f32,
    }
}
