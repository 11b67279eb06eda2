//! One frame: where the panels are, which model each gets, and what is done with what they asked for.

use egui::{CentralPanel, Panel, Ui, UiBuilder};

use super::dialogs;
use super::marks;
use super::panes::{Pane, Panes};
use super::present;
use super::side;
use super::split::Side;
use super::state::State;
use super::tab::Tab;
use crate::base::lang::tr;
use crate::settings::model::{DetailsPlace, Panels, Rail};
use crate::ui::action::{Actions, TabId};
use crate::ui::panels::{
    details, dock, fields, groups, loggers, notices, start, status_bar, tabs, top_bar,
};
use crate::ui::theme;
use crate::ui::widgets::context_menu;
use crate::ui::widgets::splitter::{Side as Edge, Splitter};
use crate::ui::widgets::tips;

/// The panels' states that belong to the window and not to a tab.
#[derive(Default)]
pub struct WindowPanels {
    top_bar: top_bar::TopBarState,
    tabs: tabs::TabsState,
    status: status_bar::StatusState,
    notices: notices::NoticesState,
    start: start::StartState,
    panes: Panes,
}

/// Below this width the logger tree gives way to the table, unless it is asked for.
const NARROW: f32 = 720.0;
/// The least size of the details pane in points, beside the table and below it, where a line of text has room.
const DETAILS_LEAST: egui::Vec2 = egui::vec2(280.0, 144.0);
/// In a low window the details give way to so much of the table, in points: its header and five rows. In one that has not
/// both, each gets half.
const TABLE_LEAST: f32 = 130.0;

/// Shows everything and returns what the user asked for.
pub fn show(ui: &mut Ui, state: &mut State, panels: &mut WindowPanels) -> Actions {
    let mut out = Actions::default();
    begin(ui, state, &mut panels.panes);
    let model = present::top_bar(state);
    bar(ui, "top-bar", |ui| {
        panels.panes.enter(ui, Pane::TopBar);
        top_bar::show(ui, &model, &mut panels.top_bar, &mut out);
    });
    if state.here.is_none() && state.main_tabs().next().is_some() {
        let model = present::tabs(state);
        bar(ui, "tabs", |ui| {
            panels.panes.enter(ui, Pane::Tabs);
            tabs::show(ui, &model, &mut panels.tabs, &mut out);
        });
    }
    // Its place comes first, what stands in it last: Tab reaches it behind all that stands above it.
    let mut status = Panel::bottom("status")
        .show_separator_line(true)
        .resizable(false)
        .show(ui, status_bar::reserve)
        .inner;
    if state.active.is_some() {
        log(ui, state, &mut panels.panes, &mut out);
    } else {
        start_page(ui, state, panels, &mut out);
    }
    let model = present::status(state);
    panels.panes.enter(&status, Pane::Status);
    status_bar::show(&mut status, &model, &mut panels.status, &mut out);
    dialogs::show(ui, state, &mut out);
    if std::mem::take(&mut state.toggle_notices) {
        panels.notices.toggle_list();
    }
    state.notices_listed = panels.notices.list_open;
    if state.here.is_none() || panels.notices.list_open || ui.input(|input| input.focused) {
        let model = present::notices(state);
        let panes = &mut panels.panes;
        let enter = &mut |ui: &Ui| panes.enter(ui, Pane::Notices);
        notices::show(ui, &model, &mut panels.notices, enter, &mut out);
    }
    out
}

/// What keys asked for since the last frame.
fn begin(ui: &Ui, state: &mut State, panes: &mut Panes) {
    theme::fit(ui.ctx());
    tips::cover(ui, state.dialogs.is_open());
    let sides = state.split.zip(state.active);
    let right = sides.is_some_and(|(split, active)| split.right == active);
    let side = if right { Side::Right } else { Side::Left };
    let goes_to = panes.begin(ui.ctx(), state.step_pane.take(), side);
    if let Some((side, (split, _))) = goes_to.zip(sides) {
        state.active = Some(split.log(side));
    }
    context_menu::begin(ui.ctx(), std::mem::take(&mut state.open_menu));
}

pub(super) fn bar(ui: &mut Ui, id: &'static str, add: impl FnOnce(&mut Ui)) {
    Panel::top(id)
        .show_separator_line(false)
        .resizable(false)
        .show(ui, add);
}

fn start_page(ui: &mut Ui, state: &State, panels: &mut WindowPanels, out: &mut Actions) {
    let hovers = ui.input(|input| !input.raw.hovered_files.is_empty());
    let model = present::start(state, hovers);
    CentralPanel::default().show(ui, |ui| start::show(ui, &model, &mut panels.start, out));
}

/// The shown tab: filters above, tree at the left, details below, table in the middle; or two side by side, and tree and
/// details of the one with the keyboard.
fn log(ui: &mut Ui, state: &mut State, panes: &mut Panes, out: &mut Actions) {
    let mut sizes = state.panels().clone();
    sizes.details_place = state.settings.panels.details_place;
    let room = Room::of(ui, &sizes, state.split.is_some());
    let at_left = state.aside.settle(room.tree) && sizes.loggers_visible;
    if state.here.is_none() {
        state.one_side = ui.available_width() < side::LEAST;
    }
    dress(state);
    let Some(tab) = state.tab_mut() else { return };
    if !room.split {
        side::filters(ui, tab, Side::Left, panes, out);
        side::timeline(ui, tab, sizes.timeline_visible, Side::Left, panes, out);
    }
    let rail = at_left.then_some(sizes.rail);
    rest_of_rail(tab, rail);
    if let Some(rail) = rail {
        left_rail(ui, tab, rail, &mut sizes, panes, out);
    }
    // Its place comes before the table's, what stands in it behind: so Tab reaches it.
    let details = { sizes.details_visible }.then(|| details_place(ui, &mut sizes, room.split));
    match state.split.filter(|_| room.split) {
        Some(split) => side::both(ui, state, split, panes, out),
        None => {
            if let Some(tab) = state.tab_mut() {
                side::records(ui, tab, Side::Left, panes, out);
            }
        }
    }
    if let Some(tab) = state.tab_mut() {
        match details {
            Some(mut place) => {
                panes.enter(&place, Pane::Details);
                dock(&mut place, tab, out);
            }
            None => {
                if let Some(panel) = tab.groups.panel_mut() {
                    panel.leave();
                }
            }
        }
    }
    keep_sizes(ui, state, &sizes);
}

/// What there is room for.
struct Room {
    /// The logger tree.
    tree: bool,
    /// Two logs side by side; without it the one with the keyboard is shown alone.
    split: bool,
}

impl Room {
    fn of(ui: &Ui, sizes: &Panels, split: bool) -> Self {
        let width = ui.available_width();
        let beside_tree = width - sizes.loggers_width >= side::LEAST;
        match split && width >= side::LEAST {
            true => Self {
                tree: beside_tree,
                split: true,
            },
            false => Self {
                tree: width > NARROW,
                split: false,
            },
        }
    }
}

/// Gives every log what the settings say of all of them, and the keys to the one that is to have them.
fn dress(state: &mut State) {
    marks::dress(state);
    let times = present::TimeStyle::of(&state.settings.times);
    let colours = state.settings.appearance.log_colours;
    let soft = state.settings.appearance.soft_colours;
    let active = state.active;
    let sides: Vec<TabId> = state.sides().collect();
    for tab in &mut state.tabs {
        if sides.contains(&tab.id) {
            tab.times = times;
            tab.colours = colours;
            tab.soft = soft;
            tab.has_keys = active == Some(tab.id);
            if tab.queries != state.settings.filters {
                tab.queries = state.settings.filters.clone();
            }
        }
    }
}

fn keep_sizes(ui: &Ui, state: &mut State, sizes: &Panels) {
    let now = state.panels_mut();
    // Its own border sets it, while the rest is shown.
    let sizes = Panels {
        split_share: now.split_share,
        ..sizes.clone()
    };
    if sizes != *now {
        *now = sizes;
        // Saved when the drag ends, not at every frame of it.
        state.panels_dirty |= state.here.is_none();
    }
    if state.panels_dirty && !ui.input(|input| input.pointer.any_down()) {
        state.panels_dirty = false;
        state.settings_changed();
    }
}

/// What is not shown at the left has no keyboard and costs nothing.
fn rest_of_rail(tab: &mut Tab, shown: Option<Rail>) {
    if shown != Some(Rail::Loggers) {
        tab.loggers.has_keyboard = false;
        tab.loggers.find_has_keyboard = false;
    }
    if shown == Some(Rail::Fields) {
        tab.fields.want(&tab.handle);
    } else {
        tab.fields.rest(&tab.handle);
        tab.fields.panel.has_keyboard = false;
        tab.fields.panel.find_has_keyboard = false;
    }
}

fn left_rail(
    ui: &mut Ui,
    tab: &mut Tab,
    rail: Rail,
    sizes: &mut Panels,
    panes: &mut Panes,
    out: &mut Actions,
) {
    if panes.takes(Pane::Loggers) {
        match rail {
            Rail::Loggers => tab.loggers.focus_tree(),
            Rail::Fields => tab.fields.panel.focus_list(),
        }
    }
    let most = (ui.available_width() * 0.5).max(160.0).round();
    let edge = Splitter::begin(ui, "loggers", Edge::Left);
    let shown = Panel::left("loggers")
        .default_size(sizes.loggers_width)
        .size_range(140.0..=most)
        .show(ui, |ui| {
            panes.enter(ui, Pane::Loggers);
            match rail {
                Rail::Loggers => {
                    let model = present::loggers(tab);
                    loggers::show(ui, &model, &mut tab.loggers, out);
                }
                Rail::Fields => {
                    let model = present::fields(tab);
                    fields::show(ui, &model, &mut tab.fields.panel, out);
                }
            }
        });
    edge.end(ui, tr("Width of the logger tree"), false);
    let now = shown.response.rect.width().round();
    let width = &mut sizes.loggers_width;
    // What gives way comes back with the room.
    *width = if now >= most { width.max(now) } else { now };
}

/// The record, or what records have in common.
fn dock(ui: &mut Ui, tab: &mut Tab, out: &mut Actions) {
    dock::tabs(ui, tab.groups.dock, out);
    // The panel's state is taken out while the model borrows the rest of the tab.
    let taken = tab.groups.panel_mut().map(std::mem::take);
    let Some(mut panel) = taken else {
        let model = present::details(tab);
        return details::show(ui, &model, &mut tab.details, out);
    };
    tab.groups.want(&tab.handle, &tab.filter.spec);
    groups::show(ui, &present::groups(tab), &mut panel, out);
    if let Some(place) = tab.groups.panel_mut() {
        *place = panel;
    }
}

/// Takes the place of the details, below the table or beside it, with its border; they are shown in what this returns.
fn details_place(ui: &mut Ui, sizes: &mut Panels, split: bool) -> Ui {
    // Beside the table there must be room for both, and beside two tables for all three.
    let room = ui.available_width();
    let fits = match split {
        true => room - sizes.details_width >= side::LEAST,
        false => room > NARROW,
    };
    let beside = sizes.details_place == DetailsPlace::Beside && fits;
    let edge = match beside {
        true => Splitter::begin(ui, "details beside", Edge::Right),
        false => Splitter::begin(ui, "details", Edge::Bottom),
    };
    let (panel, size, most) = if beside {
        let most = (room * 0.6).max(DETAILS_LEAST.x);
        let panel = Panel::right("details beside").default_size(sizes.details_width);
        (
            panel,
            &mut sizes.details_width,
            DETAILS_LEAST.x..=most.round(),
        )
    } else {
        let room = ui.available_height();
        let least = DETAILS_LEAST.y.min(room / 2.0).round();
        let most = (room * 0.75).min(room - TABLE_LEAST).round().max(least);
        let panel = Panel::bottom("details").default_size(sizes.details_height);
        (panel, &mut sizes.details_height, least..=most)
    };
    let end = *most.end();
    let shown = panel.resizable(true).size_range(most).show(ui, |ui| {
        let rect = ui.available_rect_before_wrap();
        ui.allocate_rect(rect, egui::Sense::empty());
        ui.new_child(UiBuilder::new().max_rect(rect))
    });
    let rect = shown.response.rect;
    let now = if beside { rect.width() } else { rect.height() }.round();
    // What gives way comes back with the room.
    *size = if now >= end { size.max(now) } else { now };
    edge.end(ui, tr("Size of the details"), now < *size);
    shown.inner
}
