//! Records by what they have in common: exceptions by type and place, messages by pattern. A click shows one group alone.

mod list;
mod model;
mod order;
mod row;

use egui::{Align, ComboBox, Key, Label, Layout, Modifiers, RichText, Ui, vec2};

pub use model::{GroupedBy, GroupsModel, GroupsPanel};
pub use order::Sort;

use crate::base::lang::tr;
use crate::query::patterns::groups::Groups;
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, small, space};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::menu;
use crate::ui::widgets::search_box::SearchBox;
use crate::ui::widgets::tips;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{number, progress};

/// Width of the find box that leaves no more to the box beside it, and its largest.
const FIND: (f32, f32) = (90.0, 260.0);

/// Least and largest width of the box with the order in points.
const ORDER: (f32, f32) = (60.0, 120.0);

/// Below this width in points the way back to all groups is a picture.
const WITH_BACK: f32 = 320.0;

/// Least width in points for words beside the find box.
const WORDS: f32 = 280.0;

/// Shows the groups in the space that `ui` has.
pub fn show(ui: &mut Ui, model: &GroupsModel<'_>, state: &mut GroupsPanel, out: &mut Actions) {
    state.update(model);
    let entered = head(ui, model, state, out);
    state.update(model);
    match model.groups {
        Some(groups) if !state.rows().is_empty() => {
            list::show(ui, model, groups, entered, state, out);
        }
        _ => {
            state.has_keyboard = false;
            empty(ui, model, state);
        }
    }
}

/// The find box and the order. Whether the keyboard goes from the box to the list.
fn head(ui: &mut Ui, model: &GroupsModel<'_>, state: &mut GroupsPanel, out: &mut Actions) -> bool {
    let down = state.find_has_keyboard
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
    let mut entered = down;
    let mut beside = false;
    let back = back(ui);
    let gap = ui.spacing().item_spacing.x;
    let back_width = match model.chosen {
        Some(_) => back.width(ui) + gap,
        None => 0.0,
    };
    let order_room = ui.available_width() - back_width - FIND.0 - gap;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            sorting(ui, model, state, order_room.clamp(ORDER.0, ORDER.1));
            if model.chosen.is_some() {
                let tip = tr("Show the records of all groups again (Esc)");
                if ui.add(back).on_hover_text(tip).clicked() {
                    out.push(Action::LeaveGroup);
                }
            }
            let (name, hint) = match model.by {
                GroupedBy::Exception => (tr("Find an exception"), tr("Find an exception")),
                GroupedBy::Pattern => (tr("Find a pattern"), tr("Find a pattern")),
            };
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let find = SearchBox {
                    id: ui.scope_id().with(("find group", model.by)),
                    name,
                    hint,
                    icon: Icon::Search,
                    width: ui.available_width().min(FIND.1),
                    invalid: false,
                    mark: None,
                    focus: false,
                    put: None,
                    keeps_keys: None,
                }
                .show(ui, &mut state.find);
                state.find_has_keyboard = find.response.has_focus();
                let tip = tr("A part of its text, logger or level; Down or Enter goes to the list");
                tips::of_box(find.response, tip);
                entered |= find.enter;
                beside = ui.available_width() >= WORDS;
                if beside {
                    words(ui, model, state);
                }
            });
        });
    });
    if !beside && ui.available_height() >= WITH_WORDS {
        words(ui, model, state);
    }
    entered
}

/// The box with the order, in so many points.
fn sorting(ui: &mut Ui, model: &GroupsModel<'_>, state: &mut GroupsPanel, width: f32) {
    let combo = ComboBox::from_id_salt(("order of groups", model.by))
        .selected_text(state.sort.title())
        .width(width)
        .truncate();
    // A box is as wide as its words where it has the room.
    let size = vec2(width, ui.spacing().interact_size.y);
    let layout = Layout::right_to_left(Align::Center);
    let shown = ui.allocate_ui_with_layout(size, layout, |ui| {
        menu::choice(ui, combo, |ui| {
            for sort in Sort::ALL {
                ui.selectable_value(&mut state.sort, sort, sort.title());
            }
        })
    });
    let name = tr("Order of the groups");
    shown.inner.accessible_name(name).on_hover_text(name);
}

/// The way back from a group alone.
fn back(ui: &Ui) -> ToolButton<'static> {
    let name = tr("All groups");
    let button = match ui.available_width() < WITH_BACK {
        true => ToolButton::icon(Icon::Close, name),
        false => ToolButton::text(name),
    };
    button.color(palette(ui).accent)
}

/// Least height of the list in points with a line of words above it.
const WITH_WORDS: f32 = 80.0;

/// How many groups, of how many records.
fn words(ui: &mut Ui, model: &GroupsModel<'_>, state: &GroupsPanel) {
    let Some(groups) = model.groups else { return };
    let count = groups.list.len() as u64;
    let groups_in_words = match model.by {
        GroupedBy::Exception => number::counted(count, "kind"),
        GroupedBy::Pattern => number::counted(count, "pattern"),
    };
    let records = number::counted(groups.records, "record");
    let mut text = match model.progress {
        Some(share) => tr!(
            "{groups} in {records}, of {share} % of what is shown",
            groups = groups_in_words,
            records,
            share = (share * 100.0).floor()
        ),
        None => tr!("{groups} in {records}", groups = groups_in_words, records),
    };
    if let Some(share) = model.progress {
        let left = progress::left(ui, ui.scope_id().with("time left"), share);
        if !left.is_empty() {
            text = format!("{text}; {left}");
        }
    }
    if groups.others > 0 {
        let others = number::counted(groups.others, "record");
        let more = tr!("{others} of groups too many to list", others);
        text = format!("{text}; {more}");
    }
    if groups.overlapping > 0 {
        let overlapping = number::counted(groups.overlapping, "pattern");
        let more = tr!(
            "{overlapping} may also match records of others",
            overlapping
        );
        text = format!("{text}; {more}");
    }
    let found = state.rows().len() as u64;
    if !state.find.is_empty() && found < count {
        let found = tr!("{found} found", found = number::count(found));
        text = format!("{text}; {found}");
    }
    let text = RichText::new(text).font(small()).color(palette(ui).weak);
    let response = ui.add(Label::new(text).truncate());
    if groups.overlapping > 0 {
        response.on_hover_text(tr(
            "A record counts under one pattern. A filter for such a pattern may show more records than it counts.",
        ));
    }
}

/// Why there is nothing to list.
fn empty(ui: &mut Ui, model: &GroupsModel<'_>, state: &GroupsPanel) {
    let nothing = |groups: &Groups| groups.list.is_empty();
    let text = match (model.groups, model.by) {
        (None, _) if model.no_file => tr("There are no records yet."),
        (None, _) => tr("Reading the records..."),
        (Some(groups), _) if nothing(groups) && model.progress.is_some() => {
            tr("Reading the records...")
        }
        (Some(groups), _) if !nothing(groups) && !state.find.is_empty() => {
            tr("No group has this in it.")
        }
        (Some(_), GroupedBy::Exception) if model.filtered => {
            tr("No exceptions in what the filter leaves.")
        }
        (Some(_), GroupedBy::Exception) => {
            tr("No exceptions: no record has a traceback, and none is an error.")
        }
        (Some(_), GroupedBy::Pattern) if model.filtered => tr("The filter leaves no records."),
        (Some(_), GroupedBy::Pattern) => tr("There are no records yet."),
    };
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.25).min(60.0));
        ui.label(RichText::new(text).color(palette(ui).weak));
    });
    ui.add_space(space::XS);
    ui.take_available_space();
}
