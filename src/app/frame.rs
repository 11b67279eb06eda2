//! One frame: where the panels are, which model each gets, and what is done with what they asked for.

use egui::{CentralPanel, Panel, Ui};

use super::dialogs;
use super::panes::{Pane, Panes};
use super::present;
use super::state::State;
use super::tab::Tab;
use crate::base::lang::tr;
use crate::settings::model::{DetailsPlace, Panels};
use crate::ui::action::Actions;
use crate::ui::panels::{
    details, empty_state, filters, find_bar, loggers, notices, start, status_bar, tabs, timeline,
    top_bar,
};
use crate::ui::table;
use crate::ui::theme::palette;
use crate::ui::widgets::context_menu;
use crate::ui::widgets::splitter::{Side, Splitter};

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

/// Below this width the logger tree gives way to the table.
const NARROW: f32 = 720.0;
/// Below this height the timeline gives way to the table.
const LOW: f32 = 420.0;
/// The least size of the details pane in points, beside the table and below it.
const DETAILS_LEAST: egui::Vec2 = egui::vec2(280.0, 80.0);

/// Shows everything and returns what the user asked for.
pub fn show(ui: &mut Ui, state: &mut State, panels: &mut WindowPanels) -> Actions {
    let mut out = Actions::default();
    panels.panes.begin(ui.ctx(), state.step_pane.take());
    context_menu::begin(ui.ctx(), std::mem::take(&mut state.open_menu));
    let model = present::top_bar(state);
    bar(ui, "top-bar", |ui| {
        panels.panes.enter(ui, Pane::TopBar);
        top_bar::show(ui, &model, &mut panels.top_bar, &mut out);
    });
    if !state.tabs.is_empty() {
        let model = present::tabs(state);
        bar(ui, "tabs", |ui| {
            panels.panes.enter(ui, Pane::Tabs);
            tabs::show(ui, &model, &mut panels.tabs, &mut out);
        });
    }
    let model = present::status(state);
    Panel::bottom("status")
        .show_separator_line(true)
        .resizable(false)
        .show(ui, |ui| {
            panels.panes.enter(ui, Pane::Status);
            status_bar::show(ui, &model, &mut panels.status, &mut out);
        });
    if state.active.is_some() {
        log(ui, state, &mut panels.panes, &mut out);
    } else {
        start_page(ui, state, panels, &mut out);
    }
    dialogs::show(ui, state, &mut out);
    panels.notices.list_open ^= std::mem::take(&mut state.toggle_notices);
    let model = present::notices(state);
    notices::show(ui, &model, &mut panels.notices, &mut out);
    out
}

fn bar(ui: &mut Ui, id: &'static str, add: impl FnOnce(&mut Ui)) {
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

/// The shown tab: filters above, tree at the left, details below, table in the middle.
fn log(ui: &mut Ui, state: &mut State, panes: &mut Panes, out: &mut Actions) {
    let mut sizes = state.settings.panels.clone();
    let times = present::TimeStyle::of(&state.settings.times);
    let colours = state.settings.appearance.log_colours;
    let Some(tab) = state.tab_mut() else { return };
    tab.times = times;
    tab.colours = colours;
    let model = present::filters(Some(tab));
    bar(ui, "filters", |ui| {
        panes.enter(ui, Pane::Filters);
        filters::show(ui, &model, &mut tab.filters, out);
    });
    if tab.find.open {
        let model = present::find(tab);
        bar(ui, "find", |ui| {
            panes.enter(ui, Pane::Find);
            find_bar::show(ui, &model, &mut tab.find, out);
        });
    }
    if sizes.timeline_visible && ui.available_height() > LOW {
        timeline(ui, tab, panes, out);
    } else {
        tab.timeline.rest(&tab.handle);
    }
    if sizes.loggers_visible && ui.available_width() > NARROW {
        logger_tree(ui, tab, &mut sizes, panes, out);
    } else {
        tab.loggers.has_keyboard = false;
        tab.loggers.find_has_keyboard = false;
    }
    if sizes.details_visible {
        details_pane(ui, tab, &mut sizes, panes, out);
    }
    let page = palette(ui).page;
    CentralPanel::default()
        .frame(egui::Frame::NONE.fill(page))
        .show(ui, |ui| {
            panes.enter(ui, Pane::Table);
            records(ui, tab, out);
        });
    if sizes != state.settings.panels {
        state.settings.panels = sizes;
        // Saved when the drag ends, not at every frame of it.
        state.panels_dirty = true;
    }
    if state.panels_dirty && !ui.input(|input| input.pointer.any_down()) {
        state.panels_dirty = false;
        state.settings_changed();
    }
}

fn timeline(ui: &mut Ui, tab: &mut Tab, panes: &mut Panes, out: &mut Actions) {
    // The panel's state is taken out while the model borrows the rest of the tab.
    let mut panel = std::mem::take(&mut tab.timeline.panel);
    let model = present::timeline(tab);
    bar(ui, "timeline", |ui| {
        panes.enter(ui, Pane::Timeline);
        timeline::show(ui, &model, &mut panel, out);
    });
    tab.timeline.panel = panel;
    let zone = tab.zone();
    tab.timeline.want(&tab.handle, zone);
}

fn logger_tree(
    ui: &mut Ui,
    tab: &mut Tab,
    sizes: &mut Panels,
    panes: &mut Panes,
    out: &mut Actions,
) {
    if panes.takes(Pane::Loggers) {
        tab.loggers.focus_tree();
    }
    let model = present::loggers(tab);
    let edge = Splitter::begin(ui, "loggers", Side::Left);
    let shown = Panel::left("loggers")
        .default_size(sizes.loggers_width)
        .size_range(140.0..=(ui.available_width() * 0.5).max(160.0))
        .show(ui, |ui| {
            panes.enter(ui, Pane::Loggers);
            loggers::show(ui, &model, &mut tab.loggers, out);
        });
    edge.end(ui, tr("Width of the logger tree"));
    sizes.loggers_width = shown.response.rect.width().round();
}

fn details_pane(
    ui: &mut Ui,
    tab: &mut Tab,
    sizes: &mut Panels,
    panes: &mut Panes,
    out: &mut Actions,
) {
    let model = present::details(tab);
    // Beside the table there must be room for both.
    let beside = sizes.details_place == DetailsPlace::Beside && ui.available_width() > NARROW;
    let edge = match beside {
        true => Splitter::begin(ui, "details beside", Side::Right),
        false => Splitter::begin(ui, "details", Side::Bottom),
    };
    let (panel, size, most) = if beside {
        let most = (ui.available_width() * 0.6).max(DETAILS_LEAST.x);
        let panel = Panel::right("details beside").default_size(sizes.details_width);
        (panel, &mut sizes.details_width, DETAILS_LEAST.x..=most)
    } else {
        let most = (ui.available_height() * 0.75).max(DETAILS_LEAST.y);
        let panel = Panel::bottom("details").default_size(sizes.details_height);
        (panel, &mut sizes.details_height, DETAILS_LEAST.y..=most)
    };
    let shown = panel.resizable(true).size_range(most).show(ui, |ui| {
        panes.enter(ui, Pane::Details);
        details::show(ui, &model, &mut tab.details, out);
    });
    edge.end(ui, tr("Size of the details"));
    let rect = shown.response.rect;
    *size = if beside { rect.width() } else { rect.height() }.round();
}

fn records(ui: &mut Ui, tab: &mut Tab, out: &mut Actions) {
    let find = Some(&tab.find.pattern).filter(|pattern| tab.find.open && !pattern.text.is_empty());
    tab.highlighter.set(&tab.filter.effective().text, find);
    if tab.row_count() == 0 {
        empty_state::show(ui, &present::empty(tab), out);
        return;
    }
    let (table, rows) = tab.parts();
    table::show(ui, &rows, table, out);
    tab.want_rows();
}
