//! The bottom line: how the log is read, how much there is, and what is going on.

use std::time::Duration;

use egui::{Align, Layout, Ui, UiBuilder, vec2};

use super::feed_status::FeedModel;
use super::top_bar::Follow;
use crate::base::problem::Severity;
use crate::format::spec::FormatSpec;
use crate::ui::action::{Actions, TabId};
use crate::ui::theme::Palette;
use crate::ui::widgets::icon::Icon;

mod job;
mod menus;
mod piece;
mod pieces;

pub(super) use job::{Job, Stop};
use pieces::{Bar, Cut};

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
    /// Its name for [`SetEncoding`](crate::ui::action::Action::SetEncoding).
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
    /// How long that has taken so far.
    pub elapsed: Duration,
}

/// What only the status bar cares about.
#[derive(Debug, Default)]
pub struct StatusState {
    /// How much gives way, as an index of [`Cut::ALL`].
    cut: usize,
}

/// Points between neighbours.
const GAP: f32 = 10.0;
/// What gave way comes back when there are so many points more than it needs, so that a number which grows and shrinks
/// by a digit does not have its neighbours come and go.
const CALM: f32 = 24.0;

/// Takes the line's place; it is shown in what this returns.
pub fn reserve(ui: &mut Ui) -> Ui {
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    let (_, rect) = ui.allocate_space(size);
    ui.new_child(UiBuilder::new().max_rect(rect))
}

/// Shows the line in the width that `ui` has.
pub fn show(ui: &mut Ui, model: &StatusModel, state: &mut StatusState, out: &mut Actions) {
    let room = ui.available_width();
    let bar = settle(ui, model, state, room);
    let widths = bar.widths(room);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let (left, right) = widths.split_at(bar.left.len());
        for (piece, width) in bar.left.iter().zip(left) {
            piece.show(ui, *width, model, out);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (piece, width) in bar.right.iter().zip(right) {
                piece.show(ui, *width, model, out);
            }
        });
    });
}

/// The bar with as much in it as there is room for.
fn settle<'a>(ui: &Ui, model: &'a StatusModel, state: &mut StatusState, room: f32) -> Bar<'a> {
    let least = |room: f32| {
        let fits = |cut: &Cut| Bar::new(ui, model, *cut).least() <= room;
        let found = Cut::ALL.iter().position(fits);
        found.unwrap_or(Cut::ALL.len() - 1)
    };
    let needed = least(room);
    if state.cut != needed {
        state.cut = state.cut.clamp(needed, least(room - CALM));
    }
    let cut = Cut::ALL.get(state.cut).copied().unwrap_or_default();
    Bar::new(ui, model, cut)
}

/// How a severity looks, in the status bar and on notices.
pub(super) fn sign(p: &Palette, severity: Severity) -> (Icon, egui::Color32) {
    match severity {
        Severity::Info => (Icon::Info, p.accent),
        Severity::Warning => (Icon::Warning, p.warn),
        Severity::Error => (Icon::Error, p.bad),
    }
}
