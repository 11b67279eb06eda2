//! Takes what the engine published since the last frame into the state. Pointer swaps and bounded work only; runs also
//! while the window is hidden.

use std::path::PathBuf;
use std::sync::Arc;

use egui::ViewportId;

use super::announce;
use super::files::Picked;
use super::keeper::FormatChore;
use super::news::{News, events};
use super::own_window::viewport_id;
use super::present;
use super::reduce::{bookmarks, copy_kept, filter, formats, marks};
use super::state::{Saving, State};
use super::sync;
use super::tab::{Sought, Tab};
use crate::base::id::RowNo;
use crate::base::problem::Problem;
use crate::base::time::{Timestamp, ZoneClock, format_time};
use crate::engine::{CopyResult, Phase, SeekResult, SourceState, ViewSnapshot};
use crate::query::compile::PatternError;
use crate::settings::highlights::Imported;
use crate::settings::model::Settings;
use crate::tr;
use crate::ui::action::TabId;
use crate::ui::panels::filter_bar::TextProblem;
use crate::ui::panels::find_bar::FindStatus;

/// Takes everything in.
pub fn drain(state: &mut State, ctx: &egui::Context) {
    let (focused, put_away) = ctx.input_for(ViewportId::ROOT, |input| {
        let put_away = input.viewport().minimized == Some(true);
        // A window that is put away may keep the focus.
        (input.focused && !put_away, put_away)
    });
    let own_focused = own_focused(state, ctx);
    let in_front = focused || !own_focused.is_empty();
    let seen = seen(state, focused, &own_focused);
    let painted = painted(state, put_away);
    let mut news = Vec::new();
    let mut choices = Vec::new();
    let mut alarms: Vec<(_, String, u64)> = Vec::new();
    for tab in &mut state.tabs {
        let quiet = tab.unseen_errors == 0;
        let of_tab = drain_tab(tab, seen.contains(&tab.id), ctx, &state.settings);
        news.push((tab.id, of_tab));
        match painted.contains(&tab.id) {
            true => filter::go_along(tab),
            false => {
                tab.fields.rest_all(&tab.handle);
                tab.plot.rest(&tab.handle);
            }
        }
        let source = tab.handle.id();
        // Two views of a log tell the same.
        let told = || alarms.iter().any(|(other, ..)| *other == source);
        if quiet && tab.unseen_errors > 0 && !in_front && !told() {
            alarms.push((source, tab.name(), tab.unseen_errors));
        }
        choices.extend(tab.choice.take().map(|choice| (tab.id, choice)));
    }
    for (_, log, count) in alarms {
        announce::errors(state, log, count);
    }
    announce::take_refused(state);
    let failed: Vec<Problem> = state.editors.failed().collect();
    for problem in failed {
        state.tell(problem);
    }
    for (tab, news) in news {
        state.take_news(tab, news);
    }
    for (tab, choice) in choices {
        state.choose(tab, &choice);
    }
    while let Some(problem) = state.keeper.problem() {
        state.tell(problem);
    }
    if let Some(filters) = state.keeper.take_filters() {
        filter::take_saved(state, &filters);
    }
    if let Some(imported) = state.keeper.take_highlights() {
        marks::take_imported(state, Imported::clone(&imported));
    }
    if let Some(formats) = state.keeper.take_formats() {
        formats::take(state, Vec::clone(&formats));
    }
    if in_front && !state.had_focus {
        // The user may come back from an editor.
        formats::look(state);
    }
    state.had_focus = in_front;
    state.lookups.drain();
    if let Some(picked) = state.files.poll() {
        take_picked(state, picked);
    }
}

/// The logs whose own windows are looked at. One that was put away has no frames any more, in which it would notice.
fn own_focused(state: &State, ctx: &egui::Context) -> Vec<TabId> {
    let away = |id: TabId| {
        ctx.input(|input| {
            let info = input.raw.viewports.get(&viewport_id(id));
            info.is_some_and(|info| info.minimized == Some(true) || info.focused == Some(false))
        })
    };
    let focused = state.own_windows().filter(|(_, own)| own.had_focus);
    focused.map(|(id, _)| id).filter(|id| !away(*id)).collect()
}

/// The logs that are looked at: what comes while another window is in front was not seen.
fn seen(state: &State, focused: bool, own_focused: &[TabId]) -> Vec<TabId> {
    let has_own = |id: &TabId| state.tab_of(*id).is_some_and(|tab| tab.window.is_some());
    let looked_at = |id: &TabId| match has_own(id) {
        true => own_focused.contains(id),
        false => focused,
    };
    let seen = state.in_sight().filter(looked_at);
    let sources = seen.filter_map(|id| Some(state.tab_of(id)?.handle.id()));
    let sources: Vec<_> = sources.collect();
    // What was seen in one view of a log was seen.
    let tabs = state.tabs.iter();
    let seen = tabs.filter(|tab| sources.contains(&tab.handle.id()));
    seen.map(|tab| tab.id).collect()
}

/// The logs that are painted whenever anything is, in a window without the keyboard too: what those ask for they would ask
/// for again at the next frame.
fn painted(state: &State, put_away: bool) -> Vec<TabId> {
    let own = |id: &TabId| state.tab_of(*id).is_some_and(|tab| tab.window.is_some());
    let painted = state.in_sight().filter(|id| own(id) || !put_away);
    painted.collect()
}

fn take_picked(state: &mut State, picked: Picked) {
    match picked {
        Picked::Files(paths) if std::mem::take(&mut state.importing) => {
            for path in paths {
                state.keeper.formats(FormatChore::Import(path));
            }
        }
        Picked::Files(paths) if std::mem::take(&mut state.importing_filters) => {
            for path in paths {
                state.keeper.formats(FormatChore::ImportFilters(path));
            }
        }
        Picked::Files(paths) if std::mem::take(&mut state.importing_highlights) => {
            for path in paths {
                marks::read(state, path);
            }
        }
        Picked::Files(paths) => paths.iter().for_each(|path| state.open(path, None)),
        Picked::Target(path) => {
            if let Some(saving) = state.saving.take() {
                save(state, saving, Some(path));
            } else if let Some(dialog) = state.export_dialog() {
                dialog.pick(path);
            }
        }
        Picked::Nothing => {
            state.importing = false;
            state.importing_filters = false;
            state.importing_highlights = false;
            state.saving = None;
        }
        Picked::Made(path) => state.open(&path, None),
        Picked::Told(problem) => state.tell(problem),
        Picked::Unavailable if std::mem::take(&mut state.importing) => {
            let folder = state.keeper.formats_folder();
            let problem = Problem::warning("This desktop has no file dialog")
                .hint("Copy the file into the folder of your formats; it is read when you come back to this window");
            state.tell(folder.map_or(problem.clone(), |folder| problem.path(folder)));
        }
        Picked::Unavailable if std::mem::take(&mut state.importing_filters) => {
            let problem = Problem::warning("This desktop has no file dialog").hint(
                "Copy the entries of the file into your settings file, below [[filters.saved]]",
            );
            let folder = state.keeper.folder();
            state.tell(folder.map_or(problem.clone(), |folder| problem.path(folder)));
        }
        Picked::Unavailable if std::mem::take(&mut state.importing_highlights) => {
            state.tell(
                Problem::warning("This desktop has no file dialog")
                    .hint("Copy the text of the file and paste it into the highlighters"),
            );
        }
        Picked::Unavailable if state.saving.is_some() => {
            if let Some(saving) = state.saving.take() {
                save(state, saving, None);
            }
        }
        Picked::Unavailable if state.export_dialog().is_some() => {
            if let Some(dialog) = state.export_dialog() {
                dialog.no_dialog();
            }
        }
        Picked::Unavailable => {
            // The box itself tells the user.
            let why = "no file dialog: neither the desktop portal nor zenity answered";
            state.keeper.note(why.to_owned());
            state.look_up_recent();
            state.look_up_beside();
            state
                .dialogs
                .open_path_box("This desktop has no file dialog; type or paste the path here");
        }
    }
    state.session_changed();
}

/// Saves what a place was asked for; where the desktop has no dialog to ask with, at the place that was proposed.
fn save(state: &State, saving: Saving, to: Option<PathBuf>) {
    match saving {
        Saving::Copy(tab) => copy_kept::save(state, tab, to),
        Saving::Text(text, start) => bookmarks::save(state, text, start, to),
    }
}

fn drain_tab(tab: &mut Tab, shown: bool, ctx: &egui::Context, settings: &Settings) -> Vec<News> {
    if shown {
        tab.unseen_errors = 0;
    }
    let mut refused = None;
    if let Some(source) = tab.handle.take_source() {
        tab.bookmarks.recall(&source, &tab.path, settings);
        take_source(tab, source, shown);
        tab.take_format(&settings.columns);
        refused = filter::recall(tab);
    }
    if let Some(view) = tab.handle.take_view() {
        take_view(tab, view);
    }
    for batch in tab.handle.take_rows() {
        tab.take_rows(batch);
    }
    if let Some(timeline) = tab.handle.take_timeline() {
        tab.timeline.take(timeline);
    }
    if let Some(plot) = tab.handle.take_plot() {
        tab.plot.take(plot);
    }
    if let Some(fields) = tab.handle.take_fields() {
        tab.fields.take(fields);
    }
    if let Some(words) = tab.handle.take_words() {
        tab.fields.words = Some(words);
    }
    if let Some(groups) = tab.handle.take_groups() {
        let spec = tab.filter.effective();
        tab.groups.take(groups, &spec);
    }
    tab.groups.rest_unseen(&tab.handle);
    if let Some(hits) = tab.handle.take_hits() {
        tab.finding.take(hits);
    }
    if let Some(record) = tab.handle.take_record()
        && record.generation == tab.generation()
    {
        tab.record = Some(present::ready(&record, tab.source.as_deref()));
        // It may have grown between the question and the answer.
        tab.refresh_grown_record();
    }
    if let Some(record) = tab.handle.take_beside()
        && record.generation == tab.generation()
    {
        tab.beside = Some(present::ready(&record, tab.source.as_deref()));
    }
    if let Some(result) = tab.handle.take_nearest() {
        sync::take(tab, *result);
    }
    let nowhere = tab
        .handle
        .take_seek()
        .and_then(|result| take_seek(tab, &result));
    if let Some(result) = tab.handle.take_preview() {
        tab.preview = Some(result);
    }
    if let Some(result) = tab.handle.take_check() {
        tab.check = Some(result);
    }
    let mut news = events(tab);
    let exports = tab.handle.take_export();
    if let Some(export) = exports.filter(|now| now.ticket >= tab.export_ticket) {
        tab.export = Some(Arc::clone(&export)).filter(|now| now.outcome.is_none());
        news.push(News::Export(export));
    }
    let results = [
        refused,
        nowhere,
        tab.handle
            .take_copy()
            .and_then(|result| take_copy(tab, &result, ctx)),
    ];
    news.extend(results.into_iter().flatten().map(News::Result));
    news
}

fn take_source(tab: &mut Tab, source: Arc<SourceState>, shown: bool) {
    let errors = present::errors;
    // What a file had when it was opened is not new.
    let is_read = |before: &&Arc<SourceState>| matches!(before.phase, Phase::Following);
    if let Some(before) = tab.source.as_ref().filter(is_read).filter(|_| !shown) {
        tab.unseen_errors += errors(&source).saturating_sub(errors(before));
    }
    tab.bookmarks.find(&source);
    tab.timeline.learn(&source);
    tab.source = Some(source);
    // The same rows may have to be read again: the last record has grown. The view that shows that may have come before.
    tab.forget_wanted();
    tab.refresh_grown_record();
}

fn take_view(tab: &mut Tab, view: Arc<ViewSnapshot>) {
    if view.ticket < tab.filter.ticket {
        return;
    }
    tab.filter.problem = view.problem.as_ref().map(text_problem);
    tab.take_view(view);
}

/// Jumps to what was found; what there is to tell when nothing was.
fn take_seek(tab: &mut Tab, result: &SeekResult) -> Option<Problem> {
    if result.ticket < tab.seek || result.generation != tab.generation() {
        return None;
    }
    if let Some(record) = result.found {
        tab.go_to(record);
    }
    if result.ticket == tab.finding.ticket {
        tab.finding.status = match (&result.problem, result.found, result.wrapped) {
            (Some(problem), ..) => FindStatus::Invalid(text_problem(problem)),
            (None, None, _) => FindStatus::NoMatch,
            (None, Some(_), true) => FindStatus::Wrapped,
            (None, Some(_), false) => FindStatus::Quiet,
        };
    }
    match tab.sought.take().filter(|_| result.found.is_none())? {
        Sought::Told(words) => Some(Problem::info(words)),
        Sought::Time(time) => go_to_end(tab, time),
    }
}

/// To the last record that is shown, since none is at this moment or behind it; what there is to tell.
fn go_to_end(tab: &mut Tab, time: Timestamp) -> Option<Problem> {
    let last = tab.row_count().checked_sub(1)?;
    let record = tab.record_at(RowNo(last))?;
    tab.go_to(record);
    let latest = tab.source.as_ref()?.snapshot.stats.latest;
    let mut clock = ZoneClock::new(&tab.zone());
    let words = match latest.filter(|latest| *latest < time) {
        Some(latest) => tr!(
            "The log ends at {time}",
            time = format_time(latest, &mut clock)
        ),
        None => tr!(
            "No record that is shown is at {time} or later",
            time = format_time(time, &mut clock)
        ),
    };
    Some(Problem::info(words))
}

fn text_problem(problem: &PatternError) -> TextProblem {
    TextProblem {
        message: problem.message.clone(),
        column: problem.column,
        length: 1,
        ..TextProblem::default()
    }
}

fn take_copy(tab: &Tab, result: &CopyResult, ctx: &egui::Context) -> Option<Problem> {
    if result.ticket != tab.copy {
        return None;
    }
    ctx.copy_text(result.text.clone());
    result.problem.clone()
}
