//! The rows of a log with its filters above, alone or beside those of another log.

use egui::{CentralPanel, Rect, Ui, UiBuilder, accesskit, pos2, vec2};

use super::frame::bar;
use super::panes::{Pane, Panes};
use super::present;
use super::split::{Side, Split};
use super::state::State;
use super::tab::Tab;
use crate::query::plot::Sheet;
use crate::query::spec::Pattern;
use crate::ui::action::{Action, Actions};
use crate::ui::panels::timeline as over_time;
use crate::ui::panels::{divider, empty_state, filters as filter_rows, find_bar, side_head};
use crate::ui::table;
use crate::ui::theme::palette;

/// The least width in points of two logs side by side; below it, the one with the keyboard is shown alone.
pub const LEAST: f32 = 860.0;

/// Below this height in points the timeline gives way to the table.
const LOW: f32 = 300.0;

/// A plot below them needs so much more, or the table would have no rows beside the details.
const PLOT: f32 = 120.0;

/// The filters, and the find bar while it is open.
pub fn filters(ui: &mut Ui, tab: &mut Tab, side: Side, panes: &mut Panes, out: &mut Actions) {
    let model = present::filters(Some(tab), &tab.queries);
    bar(ui, "filters", |ui| {
        panes.enter(ui, Pane::Filters(side));
        filter_rows::show(ui, &model, &mut tab.filters, out);
    });
    let words = present::wanted_words(tab);
    tab.fields.want_words(&tab.handle, words);
    let nothing = Pattern::default();
    let pattern = if tab.find.open {
        &tab.find.pattern
    } else {
        &nothing
    };
    tab.finding.want_hits(&tab.handle, pattern);
    if tab.find.open {
        let model = present::find(tab);
        bar(ui, "find", |ui| {
            panes.enter(ui, Pane::Find(side));
            find_bar::show(ui, &model, &mut tab.find, out);
        });
    }
}

/// Records over time, where they are wanted, have times and there is room.
pub fn timeline(
    ui: &mut Ui,
    tab: &mut Tab,
    visible: bool,
    side: Side,
    panes: &mut Panes,
    out: &mut Actions,
) {
    tab.timeline.is_low = ui.available_height() < LOW;
    if !visible || tab.timeline.is_low {
        let zone = tab.zone();
        tab.timeline.rest(&tab.handle, zone);
        tab.plot.rest(&tab.handle);
        return;
    }
    let zone = tab.zone();
    let is_timed = !tab.timeline.is_empty();
    if !is_timed {
        tab.timeline.rest(&tab.handle, zone);
        if tab.plot.spec.is_none() {
            return;
        }
    }
    // The panel's state is taken out while the model borrows the rest of the tab.
    let mut panel = std::mem::take(&mut tab.timeline.panel);
    let (mut drawing, spec) = (std::mem::take(&mut tab.plot.panel), tab.plot.spec.clone());
    let is_plotted = ui.available_height() >= LOW + PLOT;
    let model = present::timeline(tab);
    bar(ui, "timeline", |ui| {
        panes.enter(ui, Pane::Timeline(side));
        if is_timed {
            over_time::show(ui, &model, &mut panel, out);
        }
        match &spec {
            Some(spec) if is_plotted => {
                let model = present::plot(tab, spec);
                over_time::plot::show(ui, &model, &mut drawing, out);
            }
            Some(spec) => over_time::plot::show_low(ui, spec, out),
            None => {}
        }
    });
    let sheet = Sheet {
        range: tab.timeline.zoom,
        most: panel.steps(),
        zone,
    };
    tab.plot.panel = drawing;
    tab.timeline.panel = panel;
    if is_timed {
        tab.timeline.want(&tab.handle, sheet.zone);
    }
    match is_plotted {
        true => tab.plot.want(&tab.handle, sheet),
        false => tab.plot.rest(&tab.handle),
    }
}

/// The rows, or why there are none.
pub fn records(ui: &mut Ui, tab: &mut Tab, side: Side, panes: &mut Panes, out: &mut Actions) {
    let page = palette(ui).page;
    CentralPanel::default()
        .frame(egui::Frame::NONE.fill(page))
        .show(ui, |ui| {
            match tab.row_count() {
                0 => panes.enter_page(ui, Pane::Table(side)),
                _ => panes.enter(ui, Pane::Table(side)),
            }
            rows(ui, tab, out);
        });
}

fn rows(ui: &mut Ui, tab: &mut Tab, out: &mut Actions) {
    let find = Some(&tab.find.pattern).filter(|pattern| tab.find.open && !pattern.text.is_empty());
    let filter = tab.filter.effective();
    let mut marked = filter.text.clone();
    marked.extend(filter.looked_for());
    tab.highlighter.set(&marked, find);
    if tab.row_count() == 0 {
        empty_state::show(ui, &present::empty(tab), out);
        return;
    }
    let (table, rows) = tab.parts();
    table::show(ui, &rows, table, out);
    tab.want_rows();
}

/// Two logs side by side, with a border between them that can be moved.
pub fn both(ui: &mut Ui, state: &mut State, split: Split, panes: &mut Panes, out: &mut Actions) {
    let all = ui.available_rect_before_wrap();
    let share = state.panels().split_share;
    let middle = (all.left() + all.width() * share).round();
    let (left, right) = all.split_left_right_at_x(middle);
    let (_, right) = right.split_left_right_at_x(middle + divider::WIDTH);
    one(ui, state, split, (Side::Left, left), panes, out);
    one(ui, state, split, (Side::Right, right), panes, out);
    let between = Rect::from_min_max(
        pos2(left.right(), all.top()),
        pos2(right.left(), all.bottom()),
    );
    divider::show(ui, between, (share, all.x_range()), out);
}

fn one(
    ui: &mut Ui,
    state: &mut State,
    split: Split,
    (side, rect): (Side, Rect),
    panes: &mut Panes,
    out: &mut Actions,
) {
    let id = split.log(side);
    let active = state.active == Some(id);
    let over_time = state.panels().timeline_visible;
    let head = present::side_head(state, id, side == Side::Right);
    let Some(tab) = state.tab_of_mut(id) else {
        return;
    };
    let mut own = Actions::default();
    if !active && pressed(ui, rect) {
        out.push(Action::SelectTab(id));
    }
    let builder = UiBuilder::new()
        .max_rect(rect)
        .id_salt(("side", id.0))
        .accessibility_role(accesskit::Role::Group)
        .accessibility_label(head.name.clone());
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        bar(ui, "head", |ui| side_head::show(ui, &head, out));
        if active {
            let line = Rect::from_min_size(rect.min, vec2(rect.width(), 2.0));
            ui.painter().rect_filled(line, 0.0, palette(ui).accent);
        }
        filters(ui, tab, side, panes, &mut own);
        timeline(ui, tab, over_time, side, panes, &mut own);
        records(ui, tab, side, panes, &mut own);
    });
    let asked = own.into_iter();
    match active {
        true => out.extend(asked),
        false => out.extend(asked.map(|action| Action::Of(id, Box::new(action)))),
    }
}

/// Whether the pointer was pressed here, and not on something that floats above.
fn pressed(ui: &Ui, rect: Rect) -> bool {
    let at = ui.input(|input| {
        let pointer = &input.pointer;
        pointer
            .any_pressed()
            .then(|| pointer.interact_pos())
            .flatten()
    });
    let ours = |at| ui.ctx().layer_id_at(at) == Some(ui.layer_id());
    at.is_some_and(|at| rect.contains(at) && ours(at))
}
