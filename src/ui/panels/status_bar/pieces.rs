//! What stands in the bar: where there is no room for all, what matters least goes first, and words that are longer than
//! the room left for them are cut. Nothing runs into its neighbour or out of the bar.

use egui::Ui;

use super::job::{self, Job};
use super::piece::{self, Piece};
use super::{FormatStatus, GAP, StatusModel, sign};
use crate::base::lang::tr;
use crate::tr;
use crate::ui::keys::{Command, tooltip};
use crate::ui::panels::feed_status::{self, FeedModel};
use crate::ui::panels::top_bar::Follow;
use crate::ui::theme::palette;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{elide, number};

/// What gives way: all before it did already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Cut {
    /// Everything is there.
    #[default]
    Nothing,
    /// The size of the file.
    Size,
    /// The zone of its times.
    Zone,
    /// Its encoding, which stays in the format's menu.
    Encoding,
    /// Of how many files it is.
    Files,
    /// How fast it is indexed.
    Rate,
    /// The end of a long format's name.
    Name,
    /// Bars that fill; the share beside them stays.
    Shares,
    /// Of how many records the share in the format is.
    Records,
    /// How many rows are hidden.
    Hidden,
    /// How long indexing goes on.
    Remaining,
    /// The end of what is wrong with the file.
    Trouble,
    /// The share of records in the format.
    Share,
    /// Places where lines may be missing.
    Gaps,
    /// The word beside the picture of following.
    Following,
    /// How many rows are chosen.
    Selected,
    /// Words of what goes on, down to a number.
    Jobs,
    /// The picture of following.
    Follow,
    /// The format.
    Format,
    /// All words of what goes on; how to stop it stays.
    Words,
}

impl Cut {
    /// All of them, in order.
    pub const ALL: [Self; 20] = [
        Self::Nothing,
        Self::Size,
        Self::Zone,
        Self::Encoding,
        Self::Files,
        Self::Rate,
        Self::Name,
        Self::Shares,
        Self::Records,
        Self::Hidden,
        Self::Remaining,
        Self::Trouble,
        Self::Share,
        Self::Gaps,
        Self::Following,
        Self::Selected,
        Self::Jobs,
        Self::Follow,
        Self::Format,
        Self::Words,
    ];
}

/// Most letters of a format's name.
const NAME: usize = 120;
/// What is left of long words that give way, in points: of a format's name beside all others, at first and at last, of
/// what is wrong with the file, and of what goes on.
const USUAL_NAME: f32 = 300.0;
const LEAST_NAME: f32 = 120.0;
const LAST_NAME: f32 = 40.0;
const LEAST_TROUBLE: f32 = 110.0;
const LAST_TROUBLE: f32 = 44.0;
const LEAST_JOB: f32 = 60.0;

/// What stands in the bar, from its left end and from its right end.
pub(super) struct Bar<'a> {
    pub left: Vec<Piece<'a>>,
    pub right: Vec<Piece<'a>>,
}

impl<'a> Bar<'a> {
    /// The bar after so much gave way.
    pub fn new(ui: &Ui, model: &'a StatusModel, cut: Cut) -> Self {
        Self {
            left: left(ui, model, cut),
            right: right(ui, model, cut),
        }
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece<'a>> {
        self.left.iter().chain(&self.right)
    }

    /// How wide it is at least.
    pub fn least(&self) -> f32 {
        let widths: f32 = self.pieces().map(|piece| piece.widths.1 + GAP).sum();
        widths - GAP
    }

    /// How wide each piece is, those at the left first. What is left over goes to words that are cut: the format's, at
    /// the left end, have what others leave.
    pub fn widths(&self, room: f32) -> Vec<f32> {
        let mut spare = room - self.least();
        let mut widths: Vec<f32> = self.pieces().map(|piece| piece.widths.1).collect();
        let whole = self.pieces().map(|piece| piece.widths.0);
        for (width, whole) in widths
            .iter_mut()
            .zip(whole)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
        {
            let more = (whole - *width).min(spare).max(0.0);
            *width += more;
            spare -= more;
        }
        widths
    }
}

/// From the left end: format, what is wrong, encoding, zone, size, files, gaps.
fn left<'a>(ui: &Ui, model: &'a StatusModel, cut: Cut) -> Vec<Piece<'a>> {
    let p = palette(ui);
    let mut pieces = Vec::new();
    if let Some(status) = model.format.as_ref().filter(|_| cut < Cut::Format) {
        pieces.push(format(ui, model, status, cut));
    }
    if model.format.is_some() && cut < Cut::Encoding {
        let tip = if model.encoding.detected {
            tr("Encoding of the file, found by itself. Click for others.")
        } else {
            tr("Encoding of the file, chosen by you. Click for others.")
        };
        pieces.push(Piece::encoding(
            ui,
            model.encoding.title.clone(),
            p.weak,
            tip,
        ));
    }
    if model.format.is_some() && cut < Cut::Zone {
        pieces.push(Piece::zone(ui, model.zone.clone(), p.weak));
    }
    if model.format.is_some() && cut < Cut::Size {
        let size = number::bytes(model.file_bytes);
        pieces.push(Piece::words(ui, size, p.weak, tr("Size of the file")));
    }
    if model.files > 1 && cut < Cut::Files {
        let files = number::counted(model.files, "file");
        let tip = tr("The log was rotated or truncated; a line in the table shows where");
        pieces.push(Piece::words(ui, files, p.weak, tip));
    }
    if model.gaps > 0 && cut < Cut::Gaps {
        let gaps = number::counted(model.gaps, "gap");
        let tip = tr("Lines may be missing there; a line in the table shows where");
        pieces.push(Piece::words(ui, gaps, p.warn, tip));
    }
    if let Some(reason) = &model.lost {
        let piece = Piece::words(ui, reason.clone(), p.bad, "");
        pieces.push(match cut {
            _ if cut < Cut::Trouble => piece,
            _ if cut < Cut::Jobs => piece.at_least(ui, LEAST_TROUBLE),
            _ => piece.at_least(ui, LAST_TROUBLE),
        });
    }
    pieces
}

fn format<'a>(ui: &Ui, model: &StatusModel, status: &FormatStatus, cut: Cut) -> Piece<'a> {
    let p = palette(ui);
    let poor = status.records > 0 && status.matched.saturating_mul(2) < status.records;
    let name = elide::clip(&status.name, NAME);
    let share = match cut {
        _ if status.records == 0 => String::new(),
        _ if cut < Cut::Records => piece::matched(status),
        _ if cut < Cut::Share => {
            let share = number::percent(status.matched, status.records);
            format!("  {share}")
        }
        _ => String::new(),
    };
    let tip = piece::format_tip(model, status);
    let color = if poor { p.warn } else { p.text };
    let has_encoding = cut >= Cut::Encoding;
    let piece = Piece::format(ui, name, (share, has_encoding), color, tip);
    match cut {
        _ if cut < Cut::Name => piece.at_least(ui, USUAL_NAME),
        _ if cut < Cut::Share => piece.at_least(ui, LEAST_NAME),
        _ => piece.at_least(ui, LAST_NAME),
    }
}

/// From the right end: notices, follow, chosen, hidden, and what goes on.
fn right<'a>(ui: &Ui, model: &'a StatusModel, cut: Cut) -> Vec<Piece<'a>> {
    let p = palette(ui);
    let mut pieces = Vec::new();
    if let Some((count, worst)) = model.notices {
        pieces.push(Piece::notices(ui, count, sign(p, worst)));
    }
    if is_following(model) && cut < Cut::Follow {
        let (words, tip) = (tr("Following").to_owned(), tooltip(Command::Follow));
        pieces.push(match cut < Cut::Following {
            true => Piece::words(ui, words, p.good, tip),
            false => Piece::picture(ui, Icon::Follow, words, p.good, tip),
        });
    }
    if model.selected > 1 && cut < Cut::Selected {
        let selected = tr!(
            "{selected} selected",
            selected = number::count(model.selected)
        );
        pieces.push(Piece::words(ui, selected, p.text, ""));
    }
    let hidden = model.records.saturating_sub(model.shown);
    if hidden > 0 && cut < Cut::Hidden {
        let hidden = tr!("{hidden} hidden", hidden = number::count(hidden));
        pieces.push(Piece::words(ui, hidden, p.weak, ""));
    }
    let indexing = model.indexing.as_ref();
    let feed = model.feed.as_ref();
    let export = model.export.as_ref();
    let jobs = [
        indexing.map(|indexing| job::indexing(indexing, cut, p)),
        feed.and_then(|feed| feed_status::job(feed, cut >= Cut::Rate, p)),
        export.map(|export| job::export(export, cut, p)),
    ];
    for job in jobs.into_iter().flatten() {
        goes_on(ui, job, cut, &mut pieces);
    }
    pieces
}

/// What has come to its end cannot be followed any further.
fn is_following(model: &StatusModel) -> bool {
    model.follow == Follow::On && !model.feed.as_ref().is_some_and(FeedModel::is_over)
}

fn goes_on(ui: &Ui, mut job: Job, cut: Cut, pieces: &mut Vec<Piece<'_>>) {
    let p = palette(ui);
    let can_be_stopped = job.stop.is_some();
    if let Some(stop) = job.stop.take() {
        pieces.push(Piece::stop(ui, stop, p.accent));
    }
    if let Some(share) = job.share.filter(|_| cut < Cut::Shares) {
        pieces.push(Piece::share(ui, share, &job));
    }
    let words = job.short.take().filter(|_| cut >= Cut::Jobs);
    let words = words.unwrap_or(job.words);
    let piece = Piece::words(ui, words, job.color, job.detail);
    match cut {
        _ if cut < Cut::Jobs => pieces.push(piece),
        Cut::Words if can_be_stopped => {}
        _ => pieces.push(piece.at_least(ui, LEAST_JOB)),
    }
}
