//! What stands above a log that is beside another: which it is, whether they go by the same time, and the way out.

use egui::{Align, Layout, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::base::lang::tr;
use crate::tr;
use crate::ui::action::{Action, Actions, TabId};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{body, palette, space};
use crate::ui::widgets::elide;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::tool_button::ToolButton;

/// What it shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SideHeadModel {
    /// What the log is called.
    pub name: String,
    /// Its whole path.
    pub path: String,
    /// It has the keyboard.
    pub active: bool,
    /// The log on the other side, which is shown alone when this one is closed.
    pub other: Option<TabId>,
    /// The switch for the same time, on one of the sides.
    pub sync: Option<SyncModel>,
}

/// The switch for the same time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SyncModel {
    /// It is on.
    pub on: bool,
    /// Why it cannot be switched on.
    pub refused: Option<&'static str>,
}

/// Shows the head in the width that `ui` has.
pub fn show(ui: &mut Ui, model: &SideHeadModel, out: &mut Actions) {
    let p = palette(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(space::BAR - 4.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            close(ui, model, out);
            if let Some(sync) = &model.sync {
                synchronise(ui, *sync, out);
            }
            let room = ui.available_rect_before_wrap().shrink2(vec2(space::S, 0.0));
            let color = if model.active { p.strong } else { p.weak };
            let (name, _) = elide::middle(ui.painter(), &model.name, &body(), color, room.width());
            let at = egui::pos2(room.left(), room.center().y - name.size().y / 2.0);
            let place = Rect::from_min_size(at, name.size());
            ui.painter().galley(at, name, color);
            let id = ui.scope_id().with("name");
            let response = ui.interact(place, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &model.name));
            response.on_hover_text(&model.path);
        });
    });
}

fn close(ui: &mut Ui, model: &SideHeadModel, out: &mut Actions) {
    let Some(other) = model.other else { return };
    let name = tr!("Stop showing {name} beside", name = model.name);
    let button = ToolButton::icon(Icon::Close, &name).color(palette(ui).weak);
    let tip = format!(
        "{}\n{}",
        tr("Show the other log alone"),
        tooltip(Command::SplitView)
    );
    if ui.add(button).on_hover_text(tip).clicked() {
        out.push(Action::SelectTab(other));
        out.push(Action::ToggleSplit);
    }
}

fn synchronise(ui: &mut Ui, sync: SyncModel, out: &mut Actions) {
    let button = ToolButton::icon(Icon::Clock, tr("Synchronise times"))
        .selected(sync.on)
        .enabled(sync.on || sync.refused.is_none());
    let response = ui.add(button);
    let response = match sync.refused {
        Some(why) => response.on_disabled_hover_text(why),
        None => response,
    };
    let tip = tr("Scrolls the other log to the time of the record that you look at");
    let tip = format!("{}\n{tip}", tooltip(Command::SyncTimes));
    if response.on_hover_text(tip).clicked() {
        out.push(Action::ToggleSync);
    }
}
