//! Dialogs, panels, theme and size: what surrounds the log.

use crate::app::keeper::FormatChore;
use crate::app::present;
use crate::app::state::{FocusTarget, State};
use crate::app::tab::Tab;
use crate::base::id::Ticket;
use crate::base::problem::Problem;
use crate::engine::{FormatChoice, PreviewRequest};
use crate::format::spec::FormatSpec;
use crate::settings::model::{Rail, Setting, ThemeChoice, ZOOM_RANGE};
use crate::ui::action::{Dialog, FormatPick, Zoom};
use crate::ui::theme::Theme;

pub fn show(state: &mut State, dialog: &Dialog) {
    let needs_log = matches!(
        dialog,
        Dialog::Bookmarks
            | Dialog::Format
            | Dialog::Goto
            | Dialog::Columns
            | Dialog::Times
            | Dialog::Export
            | Dialog::Words(_)
    );
    if needs_log && state.tab().is_none() {
        return;
    }
    if matches!(dialog, Dialog::Words(_)) && !focus_some_record(state) {
        return state.tell(Problem::info("No record is shown"));
    }
    if *dialog == Dialog::OpenPath {
        state.look_up_recent();
        state.look_up_beside();
    }
    if *dialog == Dialog::Format {
        // A file of the folder may have been edited meanwhile.
        state.keeper.formats(FormatChore::Read);
    }
    state.dialogs.open(dialog);
}

/// Makes sure that a record in sight has the focus: the one that has it, or the first one that is shown. Whether there is
/// any.
fn focus_some_record(state: &mut State) -> bool {
    let Some(tab) = state.tab_mut() else {
        return false;
    };
    let focus = tab.selection.focus();
    let known = focus.filter(|record| tab.rows.get(*record).is_some());
    let record = focus.or_else(|| tab.record_at(tab.table.visible().start));
    if let (None, Some(record)) = (known, record) {
        tab.go_to(record);
    }
    record.is_some()
}

pub fn close(state: &mut State) {
    state.dialogs.close();
}

/// Esc: the innermost thing that is open goes first, then the text being typed, then the selection.
pub fn back(state: &mut State) {
    if state.dialogs.is_open() {
        return state.dialogs.close();
    }
    if in_filter_box(state) {
        return;
    }
    if super::groups::back(state) || leaves_an_input(state) {
        // egui took the keyboard from it when Esc was pressed.
        return;
    }
    if state.tab().is_some_and(|tab| tab.find.open) {
        return super::go::close_find(state);
    }
    if state.notices_listed {
        state.toggle_notices = true;
        return;
    }
    if state.notices.dismiss_all() {
        return;
    }
    let Some(tab) = state.tab_mut() else { return };
    if tab.filter.draft.is_some() {
        super::filter::remove_chip(state, &crate::ui::action::ChipId::DraftText);
    } else if present::feed(tab).is_some_and(|feed| feed.is_unpacking()) {
        tab.handle.stop_feed();
    } else {
        tab.selection = Default::default();
    }
}

/// Esc in the filter box: its list goes first, then the keyboard leaves; what stands in it goes when Esc is pressed again.
fn in_filter_box(state: &mut State) -> bool {
    let Some(tab) = state.tab_mut() else {
        return false;
    };
    let bar = &mut tab.filters.bar;
    if !bar.has_keyboard {
        return false;
    }
    if bar.close_offers() {
        return true;
    }
    bar.leave();
    bar.has_keyboard = false;
    true
}

/// Whether the keyboard was in an input other than the find box until now.
fn leaves_an_input(state: &mut State) -> bool {
    let Some(tab) = state.tab_mut() else {
        return false;
    };
    let (filter, tree) = (&mut tab.filters.bar, &mut tab.loggers);
    let list = &mut tab.fields.panel;
    let left = filter.has_keyboard;
    let at_left =
        tree.has_keyboard || tree.find_has_keyboard || list.has_keyboard || list.find_has_keyboard;
    list.has_keyboard = false;
    list.find_has_keyboard = false;
    filter.has_keyboard = false;
    tree.has_keyboard = false;
    tree.find_has_keyboard = false;
    let groups = tab.groups.panel_mut();
    let in_groups = groups.is_some_and(|panel| {
        let left = panel.has_keyboard || panel.find_has_keyboard;
        panel.leave();
        left
    });
    if at_left {
        state.aside.close();
    }
    left || at_left || in_groups
}

/// Hides the logger tree if it is in sight, and else shows it. Where it has no room it only gives way, and is there again
/// when there is.
pub fn toggle_loggers(state: &mut State) {
    if !(state.panels().loggers_visible && state.aside.is_shown()) {
        let rail = state.panels().rail;
        return show_rail(state, rail);
    }
    if !state.aside.close() {
        state.panels_mut().loggers_visible = false;
        state.settings_changed();
    }
}

pub fn show_rail(state: &mut State, rail: Rail) {
    state.aside.ask();
    let panels = state.panels_mut();
    panels.loggers_visible = true;
    panels.rail = rail;
    state.settings_changed();
}

/// To the fields; `to_plot` where one of them is to be chosen for that.
pub fn focus_fields(state: &mut State, to_plot: bool) {
    show_rail(state, Rail::Fields);
    if let Some(tab) = state.tab_mut() {
        tab.fields.panel.pick_plot(to_plot);
    }
    state.focus = Some(FocusTarget::Fields);
}

pub fn focus_loggers(state: &mut State) {
    show_rail(state, Rail::Loggers);
    state.focus = Some(FocusTarget::Loggers);
}

pub fn toggle_details(state: &mut State) {
    state.panels_mut().details_visible ^= true;
    state.settings_changed();
}

pub fn toggle_timeline(state: &mut State) {
    let is_low = state.tab().is_some_and(|tab| tab.timeline.is_low);
    let visible = &mut state.panels_mut().timeline_visible;
    // Who asks for what cannot be seen does not mean to hide it.
    *visible = is_low || !*visible;
    state.settings_changed();
    if is_low {
        state.tell(
            Problem::info("The window is too low for the timeline")
                .hint("It is shown as soon as there is room"),
        );
    }
}

pub fn show_details(state: &mut State) {
    state.panels_mut().details_visible = true;
    state.settings_changed();
}

pub fn theme(state: &mut State, ctx: &egui::Context, theme: Theme) {
    let choice = match theme {
        Theme::System => ThemeChoice::System,
        Theme::Light => ThemeChoice::Light,
        Theme::Dark => ThemeChoice::Dark,
    };
    change_setting(state, ctx, Setting::Theme(choice));
}

/// Sizes go in steps of 10 %.
const ZOOM_STEP: f32 = 0.1;

pub fn zoom(state: &mut State, ctx: &egui::Context, zoom: Zoom) {
    let now = state.settings.appearance.zoom;
    let next = match zoom {
        Zoom::In => now + ZOOM_STEP,
        Zoom::Out => now - ZOOM_STEP,
        Zoom::Reset => 1.0,
    };
    let next =
        ((next / ZOOM_STEP).round() * ZOOM_STEP).clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end());
    change_setting(state, ctx, Setting::Zoom(next));
}

pub fn change_setting(state: &mut State, ctx: &egui::Context, setting: Setting) {
    let rereads = matches!(setting, Setting::Level { .. });
    let speaks = matches!(setting, Setting::Language(_));
    let keys = matches!(setting, Setting::Keys { .. } | Setting::ResetKeys);
    state.settings.change(setting);
    if keys {
        // What a hand wrote and is not understood was told at the start.
        state.take_keys();
    }
    state.apply_appearance(ctx);
    state.settings_changed();
    if speaks {
        state.tabs.iter_mut().for_each(Tab::name_columns);
    }
    if rereads {
        super::formats::levels_changed(state);
    }
}

pub fn preview(state: &mut State, spec: FormatSpec) {
    state.dialogs.previewed = Some(spec.clone());
    let Some(tab) = state.tab_mut() else { return };
    tab.preview_ticket = Ticket::next(tab.preview_ticket);
    tab.handle.preview(PreviewRequest {
        ticket: tab.preview_ticket,
        spec,
    });
}

pub fn apply_format(state: &mut State, pick: FormatPick) {
    state.remember_places(Tab::remember_place);
    let Some(tab) = state.tab() else { return };
    let path = tab.path.clone();
    let chosen = match pick {
        FormatPick::Detect => {
            tab.handle.set_format(FormatChoice::Detect);
            None
        }
        FormatPick::Spec(spec) => {
            tab.handle.set_format(FormatChoice::Spec(spec.clone()));
            Some(spec)
        }
    };
    if !tab.origin.has_path() {
        return;
    }
    match chosen {
        Some(spec) => state.settings.remember(&path, Some(spec)),
        None => state.settings.detect_format_of(&path),
    }
    state.settings_changed();
    state.session_changed();
}
