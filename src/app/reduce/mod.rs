//! Carries out what the panels and the keys asked for: one file per domain, a line per action here.

pub(super) mod bookmarks;
mod columns;
pub mod copy_kept;
mod dialogs;
pub(super) mod export;
pub(super) mod filter;
pub(super) mod formats;
mod go;
mod groups;
pub(super) mod leave;
mod levels;
mod lines;
pub(super) mod marks;
mod places;
mod plot;
mod select;
mod sides;
mod tabs;

use super::commands;
use super::state::State;
use crate::base::text;
use crate::settings::session::WindowPlace;
use crate::ui::action::{Action, Dialog, Leaving};
use crate::ui::keys::Command;
use crate::ui::panels::details::DetailsTab;
use crate::ui::widgets::menu;

/// Carries out one action. Nothing here waits: what takes time is asked of the engine.
pub fn reduce(state: &mut State, ctx: &egui::Context, action: Action) {
    match action {
        Action::Open => tabs::ask(state),
        Action::OpenPath(path) => tabs::open(state, &path),
        Action::OpenFrom { path, origin } => state.open_from(&path, origin, None),
        Action::OpenSample => tabs::open_sample(state),
        Action::CloseTab(id) => leave::leave(state, Leaving::Tab(id)),
        Action::SelectTab(id) => tabs::select(state, id),
        Action::CycleTab(direction) => tabs::cycle(state, direction),
        Action::MoveTab { id, to } => tabs::move_to(state, id, to),
        Action::ReopenTab => tabs::reopen(state),
        Action::CloseOtherTabs(id) => leave::leave(state, Leaving::Others(id)),
        Action::MoveToWindow(id) => state.move_to_window(id, WindowPlace::default()),
        Action::MoveBack(id) => state.move_back(id),
        Action::ShowBeside(id) => state.show_beside(id),
        Action::ToggleSplit => sides::toggle(state),
        Action::OtherSide => sides::other(state, ctx),
        Action::SetSplit(share) => sides::resize(state, share),
        Action::ToggleSync => sides::toggle_sync(state),
        Action::Of(id, action) => sides::of(state, ctx, id, *action),
        Action::Reload => tabs::reload(state),
        Action::CancelIndexing => {
            tabs::with_handle(state, crate::engine::SourceHandle::cancel_indexing);
        }
        Action::ResumeIndexing => {
            tabs::with_handle(state, crate::engine::SourceHandle::resume_indexing);
        }
        Action::RestoreSession => state.restore_held_back(),
        Action::ForgetSession => state.forget_held_back(),
        Action::OpenOwnLog => tabs::open_own_log(state),
        Action::StopFeed => tabs::with_handle(state, crate::engine::SourceHandle::stop_feed),
        Action::RestartFeed => tabs::restart(state),
        Action::OpenRotated => tabs::open_rotated(state),
        Action::KeepCopy => copy_kept::ask(state),
        Action::Quit => leave::leave(state, Leaving::Program),
        Action::LeaveNow(leaving) => leave::go(state, leaving),

        Action::SelectRecord { record, how } => select::record(state, record, how),
        Action::MoveSelection { by, extend } => select::step(state, by, extend),
        Action::SelectAll => select::all(state),
        Action::CopySelection(what) => select::copy(state, what),
        Action::OpenPlace(target) => places::open(state, ctx, target),
        Action::OpenInEditor => places::open_focused(state),
        Action::ToggleLabel(text, dye) => marks::toggle_label(state, &text, dye),
        Action::LabelSelected(dye) => marks::label_selected(state, ctx, dye),
        Action::ClearLabels => marks::clear_labels(state),
        Action::TryHighlights(highlights) => marks::try_out(state, highlights),
        Action::SaveHighlights(highlights) => marks::save(state, *highlights),
        Action::ImportHighlights => marks::import(state),
        Action::CopyText(copied) => ctx.copy_text(text::plain(copied.as_bytes())),

        Action::Export(pick) => export::start(state, &pick),
        Action::CancelExport(id) => export::cancel(state, id),
        Action::AskTarget(start) => export::ask_target(state, &start),
        Action::CheckTarget(path) => export::check_target(state, &path),

        Action::JumpTo(record) => go::to_record(state, record),
        Action::Goto(text) => go::typed(state, &text),
        Action::SetFollow(on) => go::follow(state, on),
        Action::ToggleBookmarkHere => bookmarks::toggle(state),
        Action::ToggleBookmark(record) => bookmarks::toggle_record(state, record),
        Action::StepBookmark(direction) => bookmarks::go(state, direction),
        Action::NoteBookmark(record, note) => bookmarks::note(state, record, note),
        Action::CopyBookmarks => ctx.copy_text(bookmarks::markdown(state).unwrap_or_default()),
        Action::SaveBookmarks => bookmarks::ask_target(state),
        Action::SeekTime(time) => go::to_time(state, time),
        Action::ZoomTimeline(range) => go::zoom_timeline(state, range),
        Action::SeekGravity { least, direction } => go::gravity(state, least, direction),
        Action::Find(pattern) => go::find(state, pattern),
        Action::FindNext => go::find_again(state, crate::ui::action::Direction::Forward),
        Action::FindPrevious => go::find_again(state, crate::ui::action::Direction::Backward),
        Action::FocusFind => go::open_find(state),
        Action::CloseFind => go::close_find(state),

        Action::SetLevelHidden { name, hidden } => filter::hide_level(state, name, hidden),
        Action::SetLevelAtLeast(name) => filter::at_least(state, name),
        Action::OnlyLevel(name) => filter::only_level(state, name),
        Action::LoggerClick { name, how } => filter::logger(state, name, how),
        Action::ExcludeLogger { name, excluded } => filter::exclude_logger(state, name, excluded),
        Action::ClearLoggers => filter::clear_loggers(state),
        Action::AddText(term) => filter::add_text(state, term),
        Action::SetDraftText(term) => filter::draft(state, term),
        Action::KeepDraft => filter::keep_draft(state),
        Action::Narrow(query) => filter::narrow(state, &query),
        Action::UseQuery(query) => filter::use_query(state, query),
        Action::EditFilterAsText => filter::edit_as_text(state),
        Action::CopyFilter => {
            if let Some(tab) = state.tab() {
                ctx.copy_text(filter::as_text(tab));
            }
        }
        Action::SaveFilter(name) => filter::save(state, name),
        Action::ImportFilters => filter::import(state),
        Action::DeleteFilter(name) => filter::delete(state, &name),
        Action::RemoveText(index) => filter::remove_text(state, index),
        Action::SetTimeRange(range) => filter::time(state, range),
        Action::RemoveChip(chip) => filter::remove_chip(state, &chip),
        Action::ClearFilters => filter::clear(state),
        Action::ToggleContext => filter::toggle_context(state),
        Action::OpenRecord(record, open) => {
            lines::open(state, record, open);
        }
        Action::OpenFocused(open) => lines::open_focused(state, open),
        Action::CloseOpened => lines::close_all(state),
        Action::OpenRun(record, open) => lines::open_run(state, record, open),
        Action::SetByTime(by_time) => lines::by_time(state, by_time),
        Action::SetCollapse(collapse) => lines::collapse(state, collapse),
        Action::ClearColumn(key) => filter::clear_column(state, &key),
        Action::SetWrap(wrap) => lines::wrap(state, wrap),
        Action::ShowAround(records) => lines::around(state, records),
        Action::FocusFilter => state.focus = Some(super::state::FocusTarget::Filter),

        Action::FocusLoggers => dialogs::focus_loggers(state),
        Action::ShowRail(rail) => dialogs::show_rail(state, rail),
        Action::Plot(spec) => plot::choose(state, spec),
        Action::PlotByFactors(on) => plot::by_factors(state, on),
        Action::FocusFields => dialogs::focus_fields(state, false),
        Action::PickPlot => dialogs::focus_fields(state, true),
        Action::ToggleFieldColumn(name) => columns::toggle_field(state, &name),
        Action::ShowAllLevels => filter::all_levels(state),

        Action::StepPane(direction) => state.step_pane = Some(direction),
        Action::OpenMenu => state.open_menu = true,
        Action::Do(command) => run(state, ctx, command),
        Action::Run(command) => {
            state.remember_command(command);
            run(state, ctx, command);
        }

        Action::ShowDialog(dialog) => dialogs::show(state, &dialog),
        Action::OpenPathBox => dialogs::show(state, &Dialog::OpenPath),
        // What is in the clipboard comes as an event, as if Ctrl+V had been pressed.
        Action::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
        Action::OpenText(text) => tabs::open_text(state, text),
        Action::CompletePath(typed) => state.lookups.ask_completions(&typed),
        Action::ForgetRecent(path) => tabs::forget_recent(state, &path),
        Action::CloseDialog => dialogs::close(state),
        Action::Back => dialogs::back(state),
        Action::Dismiss(id) => state.notices.dismiss(id),
        Action::Accept(id) => formats::accept(state, id),
        Action::DismissAll => {
            state.notices.dismiss_all();
        }
        Action::ToggleNotices => state.toggle_notices = true,
        Action::CallMenu(called) => menu::call(ctx, called),
        Action::ToggleLoggers => dialogs::toggle_loggers(state),
        Action::ToggleDetails => dialogs::toggle_details(state),
        Action::ToggleTimeline => dialogs::toggle_timeline(state),
        Action::ShowDock(dock) => groups::show(state, dock),
        Action::ChooseGroup(query) => groups::choose(state, query),
        Action::LeaveGroup => {
            groups::leave(state);
        }
        Action::ExcludeGroup(query) => groups::exclude(state, &query),
        Action::StepGroup(query, direction) => groups::step(state, query, direction),
        Action::ShowDetails => dialogs::show_details(state),
        Action::CompareRecords => {
            dialogs::show_details(state);
            if let Some(tab) = state.tab_mut() {
                tab.details.tab = DetailsTab::Compare;
            }
        }
        Action::SetTheme(theme) => dialogs::theme(state, ctx, theme),
        Action::Zoom(zoom) => dialogs::zoom(state, ctx, zoom),
        Action::ChangeSetting(setting) => dialogs::change_setting(state, ctx, setting),
        Action::PreviewFormat(spec) => dialogs::preview(state, spec),
        Action::CheckFormat(spec) => formats::check(state, spec),
        Action::CancelCheck => formats::cancel_check(state),
        Action::ApplyFormat(pick) => dialogs::apply_format(state, pick),
        Action::RememberFormat { pattern, spec } => formats::remember(state, pattern, &spec),
        Action::SaveFormat(format) => formats::save(state, format),
        Action::DeleteFormat(name) => formats::delete(state, &name),
        Action::ImportFormat => formats::import(state),
        Action::LookForFormats => formats::look(state),
        Action::SetFileZone(zone) => formats::set_zone(state, zone),
        Action::SetEncoding(name) => formats::set_encoding(state, name),
        Action::SetColumns(columns) => columns::set(state, columns),
        Action::ShowColumn { key, visible } => columns::show_one(state, &key, visible),
        Action::ResetColumns => columns::reset(state),
        Action::CopyJson(record) => select::copy_json(state, ctx, record),
    }
}

/// What a command means now.
fn run(state: &mut State, ctx: &egui::Context, command: Command) {
    if let Some(action) = commands::action(state, command) {
        reduce(state, ctx, action);
    }
}
