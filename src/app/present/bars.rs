//! The bars around the table: top bar, tabs, status, notices, start page, and why there are no rows.

use crate::app::lookups::FileFacts;
use crate::base::lang::{said, tr};
use std::path::{Path, PathBuf};

use super::chips;
use super::times::TimeStyle;
use crate::app::commands::refusal;
use crate::app::state::State;
use crate::app::tab::{self, Tab};
use crate::base::id::RecordNo;
use crate::base::level::Gravity;
use crate::base::origin::Origin;
use crate::base::text;
use crate::engine::{Encoding, Phase, Progress, Region, SourceState};
use crate::ui::panels::empty_state::EmptyModel;
use crate::ui::panels::feed_status::FeedModel;
use crate::ui::panels::find_bar::FindModel;
use crate::ui::panels::menu;
use crate::ui::panels::notices::{Notice, NoticesModel};
use crate::ui::panels::start::{HeldBack, StartModel};
use crate::ui::panels::status_bar::{
    EncodingOffer, EncodingStatus, Exporting, FormatOffer, FormatStatus, Indexing, StatusModel,
};
use crate::ui::panels::tabs::{self, TabsModel};
use crate::ui::panels::top_bar::{ColumnChoice, Follow, RecentFile, TopBarModel};
use crate::ui::table::columns::{Column, ColumnState};
use crate::ui::widgets::number;

/// The top bar.
#[must_use]
pub fn top_bar(state: &State) -> TopBarModel {
    let tab = state.tab();
    let source = tab.and_then(|tab| tab.source.as_deref());
    TopBarModel {
        has_log: tab.is_some(),
        refused: menu::COMMANDS
            .into_iter()
            .filter_map(|command| Some((command, refusal(state, command)?)))
            .collect(),
        own_window: state.here.is_some(),
        split: state.split.is_some(),
        sync_times: state.sync_times,
        recent: recent(state),
        follow: tab.map_or(Follow::Unavailable, follow),
        has_errors: source.is_some_and(|source| errors(source) > 0),
        loggers_shown: state.panels().loggers_visible && state.aside.is_shown(),
        details_shown: state.panels().details_visible,
        timeline_shown: state.panels().timeline_visible,
        around: state
            .tab()
            .filter(|tab| tab.is_filtered())
            .map(|tab| tab.manner.around),
        collapsed: state.tab().is_some_and(|tab| tab.manner.collapse),
        by_time: state.tab().is_some_and(|tab| tab.manner.by_time),
        wrapped: state.tab().is_some_and(|tab| tab.table.wraps()),
        theme: state.theme(),
        log_colours: state.settings.appearance.log_colours,
        soft_colours: state.settings.appearance.soft_colours,
        columns: tab.map(columns).unwrap_or_default(),
    }
}

fn columns(tab: &Tab) -> Vec<ColumnChoice> {
    let arranged = tab.arrangement();
    let choice = |(column, state): (&Column, &ColumnState)| ColumnChoice {
        key: state.key.clone(),
        title: column.spec.title.clone(),
        visible: !state.hidden,
    };
    arranged
        .columns
        .iter()
        .zip(&arranged.states)
        .map(choice)
        .collect()
}

/// Records that are errors or graver.
pub fn errors(source: &SourceState) -> u64 {
    let levels = &source.snapshot.levels;
    let grave = source
        .snapshot
        .stats
        .levels()
        .filter(|(level, _)| levels.gravity(*level) >= Gravity::Error);
    grave.map(|(_, records)| records).sum()
}

fn follow(tab: &Tab) -> Follow {
    match tab.follow {
        // Nothing more can come, until it is run again.
        tab::Follow::Tail if super::feed(tab).is_some_and(|feed| feed.is_over()) => {
            Follow::Off { unseen: 0 }
        }
        tab::Follow::Tail => Follow::On,
        tab::Follow::Free => {
            let news = tab.table.news();
            let view = tab.view.as_ref();
            Follow::Off {
                unseen: view.map_or(0, |view| view.shown.from_record(news)),
            }
        }
    }
}

fn recent(state: &State) -> Vec<RecentFile> {
    state
        .settings
        .recent
        .iter()
        .map(|recent| recent_file(state, &recent.path))
        .collect()
}

fn recent_file(state: &State, path: &Path) -> RecentFile {
    let facts = state.lookups.facts(path);
    RecentFile {
        path: path.to_path_buf(),
        name: file_name(path),
        folder: folder(path),
        note: facts.map(FileFacts::note_in_words).unwrap_or_default(),
        missing: facts.is_some_and(|facts| facts.missing),
    }
}

/// The last part of a path, as it is shown.
pub(super) fn file_name(path: &Path) -> String {
    text::path(path.file_name().map_or(path, Path::new))
}

/// The folder of a path with the home folder as `~`.
pub(super) fn folder(path: &Path) -> String {
    let folder = path.parent().unwrap_or(path);
    let home = std::env::var_os("HOME")
        .map(PathBuf::from)
        .filter(|home| home.components().count() > 1);
    match home.and_then(|home| folder.strip_prefix(home).ok().map(Path::to_path_buf)) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{}", text::path(&rest)),
        None => text::path(folder),
    }
}

/// The row of tabs. Tabs of the same name are told apart by their folders, a log with its rotated files by saying so.
#[must_use]
pub fn tabs(state: &State) -> TabsModel {
    let beside = |id| state.split.is_some_and(|split| split.has(id));
    let tabs = state.main_tabs().map(|tab| {
        let name = tab.name();
        let twin = state.tabs.iter().any(|other| {
            other.id != tab.id && other.handle.id() != tab.handle.id() && other.name() == name
        });
        tabs::Tab {
            id: tab.id,
            folder: match tab.origin {
                _ if is_later_view(state, tab) => Some(tr("second view").to_owned()),
                Origin::Rotated => Some(tr("with rotated files").to_owned()),
                _ => twin.then(|| folder(&tab.path)),
            },
            name,
            path: tab.place(),
            beside: beside(tab.id),
            progress: progress(tab),
            new_errors: tab.unseen_errors,
            lost: tab
                .source
                .as_ref()
                .is_some_and(|source| matches!(source.phase, Phase::Lost(_))),
        }
    });
    TabsModel {
        tabs: tabs.collect(),
        selected: state.active,
    }
}

/// Whether a tab before it shows the same log.
pub(super) fn is_later_view(state: &State, tab: &Tab) -> bool {
    let before = state.tabs.iter().take_while(|other| other.id != tab.id);
    let source = tab.handle.id();
    before.into_iter().any(|other| other.handle.id() == source)
}

fn progress(tab: &Tab) -> Option<f32> {
    if let Some(feed) = super::feed(tab).filter(FeedModel::is_unpacking) {
        return feed.share();
    }
    match &tab.source.as_ref()?.phase {
        Phase::Indexing(progress) => Some(share(progress.bytes_done, progress.bytes_total)),
        _ => None,
    }
}

fn share(done: u64, total: u64) -> f32 {
    (done as f64 / total.max(1) as f64).clamp(0.0, 1.0) as f32
}

fn encoding(source: &SourceState) -> EncodingStatus {
    let current = source.encoding.title();
    let mut usual = Encoding::usual(Region::here());
    if !usual.iter().any(|other| other.title() == current) {
        usual.push(source.encoding);
    }
    let offer = |encoding: &Encoding| EncodingOffer {
        title: encoding.title().to_owned(),
        name: encoding.name().to_owned(),
        current: encoding.title() == current,
    };
    EncodingStatus {
        title: current.split(" (").next().unwrap_or(current).to_owned(),
        detected: source.encoding_was_detected,
        choices: usual.iter().map(offer).collect(),
    }
}

/// The find bar.
#[must_use]
pub fn find(tab: &Tab) -> FindModel {
    FindModel {
        status: tab.finding.status.clone(),
        hits: tab.finding.hits(tab.generation(), tab.selection.focus()),
    }
}

/// The status bar.
#[must_use]
pub fn status(state: &State) -> StatusModel {
    let current = state.notices.all();
    let notices = current
        .iter()
        .map(|notice| notice.problem.severity)
        .max()
        .map(|worst| (current.len(), worst));
    let export = state.tabs.iter().find_map(exporting);
    let Some(tab) = state.tab() else {
        return StatusModel {
            notices,
            export,
            ..StatusModel::default()
        };
    };
    let Some(source) = &tab.source else {
        return StatusModel {
            notices,
            export,
            ..StatusModel::default()
        };
    };
    let records = source.snapshot.len();
    let feed = super::feed(tab);
    let unpacking = feed.as_ref().is_some_and(FeedModel::is_unpacking);
    StatusModel {
        format: Some(FormatStatus {
            name: state
                .saved_name(&source.format.spec)
                .map_or_else(|| said(&source.format.name).into_owned(), str::to_owned),
            matched: records.saturating_sub(source.snapshot.stats.unmatched),
            records,
            detected: source.format_was_detected,
            choices: offers(state, source),
        }),
        encoding: encoding(source),
        zone: match tab.times {
            TimeStyle::SinceStart => tr("since start").to_owned(),
            TimeStyle::SincePrevious => tr("since row above").to_owned(),
            TimeStyle::AsWritten | TimeStyle::In(_) => said(&tab.zone().to_string()).into_owned(),
        },
        file_bytes: source.file_len,
        files: source.files,
        gaps: source.gaps,
        records,
        shown: tab.shown_count(),
        selected: selected(tab),
        follow: follow(tab),
        // What is unpacked is indexed at once: there is one thing to wait for.
        indexing: indexing(&source.phase).filter(|_| !unpacking),
        feed,
        export,
        lost: match &source.phase {
            Phase::Lost(problem) => Some(said(&problem.headline).into_owned()),
            _ => None,
        },
        notices,
    }
}

fn exporting(tab: &Tab) -> Option<Exporting> {
    let export = tab.export.as_ref()?;
    Some(Exporting {
        tab: tab.id,
        path: export.path.display().to_string(),
        done: export.done,
        total: export.total,
        elapsed: export.elapsed,
    })
}

/// Candidates that the menu of the status bar shows.
const OFFERED: usize = 5;

/// The user's own formats, then what was recognised.
fn offers(state: &State, source: &SourceState) -> Vec<FormatOffer> {
    let current = &source.format.spec;
    let own = state.formats.iter().map(|saved| FormatOffer {
        name: saved.name.clone(),
        note: tr("your own").to_owned(),
        current: saved.spec == *current,
        spec: saved.spec.clone(),
    });
    let news = source.candidates.iter();
    let news = news.filter(|candidate| state.saved_name(&candidate.spec).is_none());
    let recognised = news.take(OFFERED).map(|candidate| FormatOffer {
        name: said(&candidate.name).into_owned(),
        note: number::percent(candidate.matched as u64, candidate.lines as u64),
        current: candidate.spec == *current,
        spec: candidate.spec.clone(),
    });
    own.chain(recognised).collect()
}

/// How many of the shown records are chosen.
pub(super) fn selected(tab: &Tab) -> u64 {
    let Some(view) = &tab.view else { return 0 };
    let between = |(first, last): &(RecordNo, RecordNo)| {
        let rows = view.shown.between(*first, *last);
        rows.end.saturating_sub(rows.start)
    };
    tab.selection.ranges().iter().map(between).sum()
}

fn indexing(phase: &Phase) -> Option<Indexing> {
    let of = |progress: &Progress, cancelled| Indexing {
        bytes_done: progress.bytes_done,
        bytes_total: progress.bytes_total,
        bytes_per_sec: progress.bytes_per_sec,
        remaining: progress.remaining,
        cancelled,
    };
    match phase {
        Phase::Indexing(progress) => Some(of(progress, false)),
        Phase::Cancelled(progress) => Some(of(progress, true)),
        Phase::Opening | Phase::Following | Phase::Lost(_) => None,
    }
}

/// The notices.
#[must_use]
pub fn notices(state: &State) -> NoticesModel {
    let notice = |notice: &crate::app::notices::Notice| Notice {
        id: notice.id,
        problem: notice.problem.translated(),
        at: notice.at.format("%H:%M:%S").to_string(),
        count: notice.count,
        offers: notice.offer.is_some(),
    };
    let all = state.notices.all();
    NoticesModel {
        current: all
            .iter()
            .filter(|notice| notice.showing)
            .map(notice)
            .collect(),
        past: match state.notices_listed {
            true => all.iter().rev().map(notice).collect(),
            false => Vec::new(),
        },
    }
}

/// The start page.
#[must_use]
pub fn start(state: &State, drop_hovers: bool) -> StartModel {
    StartModel {
        recent: recent(state),
        completion: super::pickers::completion(state),
        drop_hovers,
        held_back: state.held_back.as_ref().map(|held| {
            let tabs = held.session.tabs.iter();
            HeldBack {
                names: tabs.map(|tab| file_name(&tab.path)).collect(),
                were_open: held.were_open,
            }
        }),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Why there is no record.
fn nothing(tab: &Tab) -> EmptyModel {
    let feed = super::feed(tab);
    match feed.as_ref().and_then(FeedModel::printed_nothing) {
        Some((headline, how)) => EmptyModel::Ended { headline, how },
        None => EmptyModel::EmptyFile {
            following: !feed.is_some_and(|feed| feed.has_ended()),
        },
    }
}

/// Why the table has no rows.
#[must_use]
pub fn empty(tab: &Tab) -> EmptyModel {
    let Some(source) = &tab.source else {
        return EmptyModel::Opening;
    };
    let total = source.snapshot.len();
    match (&source.phase, &tab.view) {
        (Phase::Lost(problem), _) if total == 0 => {
            let problem = problem.translated();
            EmptyModel::Lost {
                headline: problem.headline,
                path: text::path(&tab.path),
                detail: problem.detail,
                hint: problem.hint,
                tab: tab.id,
            }
        }
        (Phase::Opening, _) | (_, None) => EmptyModel::Opening,
        _ if total == 0 => nothing(tab),
        (_, Some(view)) if !view.complete || view.ticket < tab.filter.ticket => {
            EmptyModel::Filtering
        }
        _ => EmptyModel::Filtered {
            total,
            chips: chips::with_draft(tab),
        },
    }
}
