//! The list of groups: only what is in sight is laid out.

use egui::{Id, Key, Modifiers, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::model::{GroupedBy, GroupsModel, GroupsPanel, group_at};
use super::row::{self, Look};
use crate::base::lang::tr;
use crate::base::time::ZoneClock;
use crate::query::patterns::groups::{Groups, Kind, Summary};
use crate::tr;
use crate::ui::action::{Action, Actions, Direction, DockTab};
use crate::ui::theme::space;
use crate::ui::widgets::context_menu;
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::focus_ring;

const KEYS: [Key; 8] = [
    Key::ArrowUp,
    Key::ArrowDown,
    Key::PageUp,
    Key::PageDown,
    Key::Home,
    Key::End,
    Key::Enter,
    Key::Delete,
];

/// Shows the rows.
pub(super) fn show(
    ui: &mut Ui,
    model: &GroupsModel<'_>,
    groups: &Groups,
    entered: bool,
    state: &mut GroupsPanel,
    out: &mut Actions,
) {
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with(("groups", model.by));
    let whole = ui.interact(area, id, Sense::focusable_noninteractive());
    let name = match model.by {
        GroupedBy::Exception => tr("Exceptions"),
        GroupedBy::Pattern => tr("Patterns"),
    };
    whole.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    if entered || std::mem::take(&mut state.focus_list) {
        whole.request_focus();
        if state.cursor_row(groups).is_none() || entered {
            state.go_to(groups, 0);
        }
        state.reveal = true;
    }
    state.has_keyboard = whole.has_focus();
    let height = row::height(ui, area.width());
    if state.has_keyboard && !entered {
        let page = (area.height() / height) as usize;
        keyboard(ui, id, model, groups, page, state, out);
    }
    if let Some(cursor) = state.cursor.as_ref().filter(|_| state.has_keyboard) {
        // A screen reader hears the row.
        let row = row_id(&whole, cursor).accesskit_id();
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_active_descendant(row));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut scroll = ScrollArea::vertical()
        .id_salt(id)
        // A low pane shows what it can, and is not made higher by it.
        .min_scrolled_height(height.min(area.height()))
        .auto_shrink(false);
    if let Some(offset) = reveal(ui, id, state, groups, (height, area.height())) {
        scroll = scroll.vertical_scroll_offset(offset);
    }
    let look = Look {
        largest: groups
            .list
            .iter()
            .map(|group| group.seen.records)
            .max()
            .unwrap_or(1),
        clock: ZoneClock::new(&model.zone),
    };
    let output = scroll.show_rows(ui, height, state.rows().len(), |ui, range| {
        let rows: Vec<u32> = state.rows().get(range).unwrap_or_default().to_vec();
        let mut look = look;
        for at in rows {
            if let Some(group) = group_at(groups, at) {
                one(ui, model, (groups, group), &mut look, &whole, state, out);
            }
        }
    });
    let offset = output.state.clamped_offset().y;
    ui.data_mut(|data| data.insert_temp(id, offset));
    focus_ring(ui, area.shrink(0.5), &whole);
}

fn row_id(whole: &Response, query: &str) -> Id {
    Id::unique(("group", whole.id, query))
}

/// Where to scroll so that the row the keyboard moved to is in view; `None` when it is, or nothing moved.
fn reveal(
    ui: &Ui,
    id: Id,
    state: &mut GroupsPanel,
    groups: &Groups,
    (row, view): (f32, f32),
) -> Option<f32> {
    if !std::mem::take(&mut state.reveal) {
        return None;
    }
    let top = state.cursor_row(groups)? as f32 * row;
    let offset = ui.data(|data| data.get_temp(id)).unwrap_or(0.0_f32);
    let lowest = top + row - view;
    match top < offset {
        true => Some(top),
        false => (lowest > offset).then_some(lowest),
    }
}

fn keyboard(
    ui: &Ui,
    id: Id,
    model: &GroupsModel<'_>,
    groups: &Groups,
    page: usize,
    state: &mut GroupsPanel,
    out: &mut Actions,
) {
    if !context_menu::list_has_keys(ui, id) {
        return;
    }
    for key in KEYS {
        if !ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            continue;
        }
        let row = state.cursor_row(groups).unwrap_or(0);
        let at = state.rows().get(row).copied();
        let group = at.and_then(|at| group_at(groups, at));
        match key {
            Key::ArrowUp => state.go_to(groups, row.saturating_sub(1)),
            Key::ArrowDown => state.go_to(groups, row + 1),
            Key::PageUp => state.go_to(groups, row.saturating_sub(page)),
            Key::PageDown => state.go_to(groups, row + page),
            Key::Home => state.go_to(groups, 0),
            Key::End => state.go_to(groups, usize::MAX),
            Key::Enter => out.extend(group.map(|group| choose(model, group))),
            _ => out.extend(group.map(exclude)),
        }
    }
}

/// Shows the group alone; all of them again if it is already.
fn choose(model: &GroupsModel<'_>, group: &Summary) -> Action {
    match model.chosen == Some(&*group.query) {
        true => Action::LeaveGroup,
        false => Action::ChooseGroup(group.query.clone()),
    }
}

fn exclude(group: &Summary) -> Action {
    Action::ExcludeGroup(group.query.clone())
}

fn one(
    ui: &mut Ui,
    model: &GroupsModel<'_>,
    (groups, group): (&Groups, &Summary),
    look: &mut Look,
    whole: &Response,
    state: &mut GroupsPanel,
    out: &mut Actions,
) {
    let size = vec2(ui.available_width(), row::height(ui, ui.available_width()));
    let (_, rect) = ui.allocate_space(size);
    let id = row_id(whole, &group.query);
    let response = ui.interact(rect, id, Sense::CLICK);
    let chosen = model.chosen == Some(&*group.query);
    let at_cursor = state.cursor.as_ref() == Some(&group.query);
    let cursor = state.has_keyboard && at_cursor;
    row::paint(ui, rect, group, look, (chosen, cursor, response.hovered()));
    describe(ui, &response, group, chosen);
    if response.clicked() {
        whole.request_focus();
        state.cursor = Some(group.query.clone());
        let others = ui.input(|input| input.modifiers.command || input.modifiers.alt);
        out.push(match others {
            true => exclude(group),
            false => choose(model, group),
        });
    }
    let response = response.on_hover_ui(|ui| tip(ui, groups, group, look));
    let asked = cursor && context_menu::take_request(ui.ctx());
    context_menu::show_if(&response, asked, |ui| {
        state.cursor = Some(group.query.clone());
        menu(ui, model, group, out);
    });
}

fn describe(ui: &Ui, response: &Response, group: &Summary, chosen: bool) {
    let name = || {
        tr!(
            "{records}: {group}",
            records = number::counted(group.seen.records, "record"),
            group = group.title
        )
    };
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, name()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(chosen);
        if let Some(latest) = &group.latest {
            node.set_description(&**latest);
        }
    });
}

fn tip(ui: &mut Ui, groups: &Groups, group: &Summary, look: &mut Look) {
    ui.set_max_width(560.0);
    ui.label(row::clipped(&group.title, 600));
    if let Some(latest) = &group.latest {
        ui.weak(row::clipped(latest, 300));
    }
    let share = number::percent(group.seen.records, groups.records);
    let records = number::counted(group.seen.records, "record");
    ui.weak(tr!("{records}, {share} of what is shown", records, share));
    if let Some((first, last)) = group.seen.times {
        let (first, last) = (look.time(first), look.time(last));
        ui.weak(tr!("First seen {first}, last seen {last}", first, last));
    }
    let loggers = group.seen.loggers.len() as u64;
    if !group.logger.is_empty() && loggers > 1 {
        let others = number::counted(loggers - 1, "other logger");
        let logger = crate::base::text::name(&group.logger);
        ui.weak(tr!("{logger} and {others}", logger, others));
    } else if !group.logger.is_empty() {
        ui.weak(crate::base::text::name(&group.logger));
    }
    ui.weak(tr(
        "Click: this group alone. Ctrl+click: without it. Right-click for more.",
    ));
}

fn menu(ui: &mut Ui, model: &GroupsModel<'_>, group: &Summary, out: &mut Actions) {
    let mut entry = |ui: &mut Ui, text: &str, action: Action| {
        if ui.button(text).clicked() {
            out.push(action);
            ui.close();
        }
    };
    let only = match model.chosen == Some(&*group.query) {
        true => tr("All groups"),
        false => tr("Only this group"),
    };
    entry(ui, only, choose(model, group));
    entry(ui, tr("Exclude this group"), exclude(group));
    ui.separator();
    entry(
        ui,
        tr("Go to the first"),
        Action::JumpTo(group.seen.first.record),
    );
    entry(
        ui,
        tr("Go to the last"),
        Action::JumpTo(group.seen.last.record),
    );
    if ui.button(tr("Details of the last")).clicked() {
        out.push(Action::JumpTo(group.seen.last.record));
        out.push(Action::ShowDock(DockTab::Record));
        ui.close();
    }
    let mut entry = |ui: &mut Ui, text: &str, action: Action| {
        if ui.button(text).clicked() {
            out.push(action);
            ui.close();
        }
    };
    let step = |direction| Action::StepGroup(Some(group.query.clone()), direction);
    entry(ui, tr("Next in this group"), step(Direction::Forward));
    entry(ui, tr("Previous in this group"), step(Direction::Backward));
    ui.add_space(space::XS);
    ui.separator();
    let copy = match group.kind {
        Kind::Raised => tr("Copy the exception"),
        Kind::Pattern | Kind::Error => tr("Copy the pattern"),
    };
    entry(ui, copy, Action::CopyText(group.title.to_string()));
    entry(
        ui,
        tr("Copy as a filter"),
        Action::CopyText(group.query.clone()),
    );
}
