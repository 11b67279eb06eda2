//! The bottom line: how the log is read, how much there is, and what is going on.

use crate::base::lang::tr;
use crate::tr;
use std::time::Duration;

use egui::{Align, Layout, Ui};

use super::feed_status::{self, FeedKind, FeedModel};
use super::top_bar::Follow;
use crate::base::problem::Severity;
use crate::base::text::name;
use crate::format::spec::FormatSpec;
use crate::ui::action::{Action, Actions, Dialog, FormatPick, TabId};
use crate::ui::keys::{Command, shortcut_text, tooltip};
use crate::ui::theme::{Palette, palette};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{elide, menu, number, progress};

/// What the status bar shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatusModel {
    /// How records are recognised; `None` without a log.
    pub format: Option<FormatStatus>,
    /// Which characters the bytes stand for.
    pub encoding: EncodingStatus,
    /// The zone in which times are shown.
    pub zone: String,
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// How many files it was read from.
    pub files: u64,
    /// In how many places lines may be missing.
    pub gaps: u64,
    /// All records known so far.
    pub records: u64,
    /// Those that the filters show.
    pub shown: u64,
    /// How many rows are chosen.
    pub selected: u64,
    /// Whether the view sticks to the newest record.
    pub follow: Follow,
    /// Indexing, while it goes on or after it was cancelled.
    pub indexing: Option<Indexing>,
    /// An export that goes on.
    pub export: Option<Exporting>,
    /// How far what is no plain file is collected.
    pub feed: Option<FeedModel>,
    /// Why the file is not read any more.
    pub lost: Option<String>,
    /// Notices kept, and how severe the worst is.
    pub notices: Option<(usize, Severity)>,
}

/// How records are recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatStatus {
    /// The format's name.
    pub name: String,
    /// Records whose first line matches it.
    pub matched: u64,
    /// Records in all.
    pub records: u64,
    /// Timberline found it, nobody chose it.
    pub detected: bool,
    /// Other formats that may be meant: the user's own, and what was recognised.
    pub choices: Vec<FormatOffer>,
}

/// Which characters the bytes of the file stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EncodingStatus {
    /// What the encoding is called, in short.
    pub title: String,
    /// Timberline found it, nobody chose it.
    pub detected: bool,
    /// The usual ones, the likeliest first.
    pub choices: Vec<EncodingOffer>,
}

/// An encoding in the menu of the status bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingOffer {
    /// What it is called.
    pub title: String,
    /// Its name for [`Action::SetEncoding`].
    pub name: String,
    /// It is the one in use.
    pub current: bool,
}

/// A format in the menu of the status bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatOffer {
    /// Its name.
    pub name: String,
    /// How much of the file it explains, or where it comes from.
    pub note: String,
    /// The format.
    pub spec: FormatSpec,
    /// It is the one in use.
    pub current: bool,
}

/// How far indexing is.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexing {
    /// Bytes indexed.
    pub bytes_done: u64,
    /// Bytes of the file.
    pub bytes_total: u64,
    /// Bytes per second.
    pub bytes_per_sec: f64,
    /// Time left, when it can be told.
    pub remaining: Option<Duration>,
    /// The user stopped it.
    pub cancelled: bool,
}

/// How far an export is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exporting {
    /// The tab whose records they are.
    pub tab: TabId,
    /// The file that it makes.
    pub path: String,
    /// Records written.
    pub done: u64,
    /// Records to write; 0 while that is not known.
    pub total: u64,
}

/// What only the status bar cares about.
#[derive(Debug, Default)]
pub struct StatusState {}

/// Below this width, encoding, zone and size stand in the format's tooltip only.
const NARROW: f32 = 1_000.0;

/// Shows the line in the width that `ui` has.
pub fn show(ui: &mut Ui, model: &StatusModel, _state: &mut StatusState, out: &mut Actions) {
    let narrow = ui.available_width() < NARROW;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        if let Some(format) = &model.format {
            show_format(ui, format, model, narrow, out);
        }
        if let Some(reason) = &model.lost {
            ui.colored_label(palette(ui).bad, reason);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            right(ui, model, narrow, out);
        });
    });
}

fn show_format(
    ui: &mut Ui,
    format: &FormatStatus,
    model: &StatusModel,
    narrow: bool,
    out: &mut Actions,
) {
    let p = palette(ui);
    let share = number::percent(format.matched, format.records);
    let poor = format.records > 0 && format.matched.saturating_mul(2) < format.records;
    let text = elide::clip(&format.name, if narrow { 24 } else { 48 });
    let text = if format.records == 0 {
        text
    } else {
        tr!(
            "{text}  {share} of {records} match",
            text,
            share,
            records = number::counted(format.records, "record")
        )
    };
    let button = ToolButton::text(&text).color(if poor { p.warn } else { p.text });
    let found = if format.detected {
        tr("Found by itself. Click for others.")
    } else {
        tr("Chosen by you. Click for others.")
    };
    let tip = format!(
        "{}\n{found}\n{}, {}, {}",
        tr!("Format: {name}", name = name(&format.name)),
        model.encoding.title,
        model.zone,
        number::bytes(model.file_bytes)
    );
    let response = ui.add(button);
    if response.clicked() {
        out.push(Action::LookForFormats);
    }
    menu::of_button(&response, |ui| {
        format_menu(ui, format, out);
        if narrow {
            menu::titled(ui, tr("Encoding"), |ui| {
                encoding_menu(ui, &model.encoding, out);
            });
        }
    });
    response.on_hover_text(tip);
    if narrow {
        return show_gaps(ui, model);
    }
    show_encoding(ui, &model.encoding, out);
    let size = number::bytes(model.file_bytes);
    let zone = ToolButton::text(&model.zone).color(p.weak);
    if ui
        .add(zone)
        .on_hover_text(tooltip(Command::Times))
        .clicked()
    {
        out.push(Action::ShowDialog(Dialog::Times));
    }
    ui.colored_label(p.weak, size)
        .on_hover_text(tr("Size of the file"));
    show_seams(ui, model);
}

/// How many files the log was read from, and whether something is missing between them.
fn show_seams(ui: &mut Ui, model: &StatusModel) {
    let p = palette(ui);
    if model.files > 1 {
        ui.colored_label(p.weak, number::counted(model.files, "file"))
            .on_hover_text(tr(
                "The log was rotated or truncated; a line in the table shows where",
            ));
    }
    show_gaps(ui, model);
}

fn show_gaps(ui: &mut Ui, model: &StatusModel) {
    let p = palette(ui);
    if model.gaps > 0 {
        ui.colored_label(p.warn, number::counted(model.gaps, "gap"))
            .on_hover_text(tr(
                "Lines may be missing there; a line in the table shows where",
            ));
    }
}

fn show_encoding(ui: &mut Ui, encoding: &EncodingStatus, out: &mut Actions) {
    let tip = if encoding.detected {
        tr("Encoding of the file, found by itself. Click for others.")
    } else {
        tr("Encoding of the file, chosen by you. Click for others.")
    };
    let button = ToolButton::text(&encoding.title).color(palette(ui).weak);
    let response = ui.add(button);
    menu::of_button(&response, |ui| encoding_menu(ui, encoding, out));
    response.on_hover_text(tip);
}

/// Encodings to read the file in.
fn encoding_menu(ui: &mut Ui, encoding: &EncodingStatus, out: &mut Actions) {
    let mut pick = None;
    let automatic = egui::Button::new(tr("Recognise automatically")).selected(encoding.detected);
    if ui.add(automatic).clicked() {
        pick = Some(None);
    }
    ui.separator();
    for offer in &encoding.choices {
        let button = egui::Button::new(&offer.title).selected(offer.current);
        if ui.add(button).clicked() {
            pick = Some(Some(offer.name.clone()));
        }
    }
    if let Some(name) = pick {
        out.push(Action::SetEncoding(name));
        ui.close();
    }
}

/// Formats to change to, and the way to the dialog.
fn format_menu(ui: &mut Ui, format: &FormatStatus, out: &mut Actions) {
    ui.set_max_width(520.0);
    for offer in &format.choices {
        let note = egui::RichText::new(&offer.note).color(palette(ui).weak);
        let short = elide::clip(&offer.name, 64);
        let button = egui::Button::new((short, note)).selected(offer.current);
        if ui.add(button).on_hover_text(name(&offer.name)).clicked() {
            out.push(Action::ApplyFormat(FormatPick::Spec(offer.spec.clone())));
            ui.close();
        }
    }
    if !format.choices.is_empty() {
        ui.separator();
    }
    let automatic = egui::Button::new(tr("Recognise automatically")).selected(format.detected);
    if ui.add(automatic).clicked() {
        out.push(Action::ApplyFormat(FormatPick::Detect));
        ui.close();
    }
    let edit =
        egui::Button::new(tr("Edit format...")).shortcut_text(shortcut_text(Command::FormatDialog));
    if ui.add(edit).clicked() {
        out.push(Action::ShowDialog(Dialog::Format));
        ui.close();
    }
    menu::keep_place(ui);
}

/// From right to left: notices, follow, chosen, indexing.
fn right(ui: &mut Ui, model: &StatusModel, narrow: bool, out: &mut Actions) {
    let p = palette(ui);
    if let Some((count, worst)) = model.notices {
        let (icon, color) = sign(p, worst);
        let text = number::short_count(count as u64);
        let button = ToolButton::icon(icon, tr("Notices"))
            .with_text(&text)
            .color(color);
        let tip = tr!(
            "{notices}: show the list",
            notices = number::counted(count as u64, "notice")
        );
        if ui.add(button).on_hover_text(tip).clicked() {
            out.push(Action::ToggleNotices);
        }
    }
    // What has come to its end cannot be followed any further, unless it is a file that may be written anew.
    let over = |feed: &FeedModel| feed.kind != FeedKind::Packed && feed.has_ended();
    if model.follow == Follow::On && !model.feed.as_ref().is_some_and(over) {
        ui.colored_label(p.good, tr("Following"))
            .on_hover_text(tooltip(Command::Follow));
    }
    if model.selected > 1 {
        ui.colored_label(
            p.text,
            tr!(
                "{selected} selected",
                selected = number::count(model.selected)
            ),
        );
    }
    let hidden = model.records.saturating_sub(model.shown);
    if hidden > 0 {
        ui.colored_label(
            p.weak,
            tr!("{hidden} hidden", hidden = number::count(hidden)),
        );
    }
    if let Some(indexing) = &model.indexing {
        show_indexing(ui, indexing, narrow, out);
    }
    if let Some(feed) = &model.feed {
        feed_status::show(ui, feed, narrow, out);
    }
    if let Some(export) = &model.export {
        show_export(ui, export, out);
    }
}

fn show_export(ui: &mut Ui, export: &Exporting, out: &mut Actions) {
    let p = palette(ui);
    let button = ToolButton::text(tr("Cancel"))
        .named(tr("Cancel export"))
        .color(p.accent);
    let tip = tr("Stop here; nothing is left of the file");
    if ui.add(button).on_hover_text(tip).clicked() {
        out.push(Action::CancelExport(export.tab));
    }
    let share = (export.done as f64 / export.total.max(1) as f64) as f32;
    let detail = tr!(
        "{done} of {records} written to {path}",
        done = number::count(export.done),
        records = number::counted(export.total, "record"),
        path = export.path
    );
    progress::bar(ui, 80.0, share, tr("Exporting")).on_hover_text(&detail);
    let words = tr!(
        "Exporting {share}",
        share = number::percent(export.done, export.total)
    );
    ui.colored_label(p.text, words).on_hover_text(detail);
}

fn show_indexing(ui: &mut Ui, indexing: &Indexing, narrow: bool, out: &mut Actions) {
    let p = palette(ui);
    let share = if indexing.bytes_total == 0 {
        0.0
    } else {
        (indexing.bytes_done as f64 / indexing.bytes_total as f64) as f32
    };
    let (verb, name, tip, action) = if indexing.cancelled {
        (
            tr("Resume"),
            tr("Resume indexing"),
            tr("Go on reading the file"),
            Action::ResumeIndexing,
        )
    } else {
        (
            tr("Cancel"),
            tr("Cancel indexing"),
            tr("Stop here; what is indexed stays"),
            Action::CancelIndexing,
        )
    };
    let button = ToolButton::text(verb).named(name).color(p.accent);
    if ui.add(button).on_hover_text(tip).clicked() {
        out.push(action);
    }
    let words = indexing_words(indexing, narrow);
    let detail = tr!(
        "{done} of {total} indexed",
        done = number::bytes(indexing.bytes_done),
        total = number::bytes(indexing.bytes_total)
    );
    progress::bar(ui, 80.0, share, tr("Indexing")).on_hover_text(&detail);
    ui.colored_label(p.text, words).on_hover_text(detail);
}

fn indexing_words(indexing: &Indexing, narrow: bool) -> String {
    let share = number::percent(indexing.bytes_done, indexing.bytes_total);
    if indexing.cancelled {
        return tr!("Stopped at {share}", share);
    }
    let mut words = tr!("Indexing {share}", share);
    if !narrow {
        words.push_str(&format!("  {}", number::rate(indexing.bytes_per_sec)));
    }
    if let Some(left) = indexing.remaining {
        words.push_str("  ");
        words.push_str(&tr!("{time} left", time = number::duration(left)));
    }
    words
}

/// How a severity looks, in the status bar and on notices.
pub(super) fn sign(p: &Palette, severity: Severity) -> (Icon, egui::Color32) {
    match severity {
        Severity::Info => (Icon::Info, p.accent),
        Severity::Warning => (Icon::Warning, p.warn),
        Severity::Error => (Icon::Error, p.bad),
    }
}
