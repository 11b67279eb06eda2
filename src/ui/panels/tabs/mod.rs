//! The open logs, one tab each.

use crate::base::lang::tr;
use crate::tr;
use egui::scroll_area::ScrollBarVisibility;
use egui::{
    Button, CursorIcon, PointerButton, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::base::level::Gravity;
use crate::ui::action::{Action, Actions, TabId};
use crate::ui::keys::{Command, shortcut_text, title, tooltip};
use crate::ui::theme::{ICON_BUTTON, body, palette, small, space};
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::tool_button::{ToolButton, focus_ring};
use crate::ui::widgets::{context_menu, elide, number, progress, reveal};

mod list;
mod room;

use room::{CROSS, FOLDER_GAP, MARK, name_room, names, widths};

/// What the row of tabs shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TabsModel {
    /// The tabs from left to right.
    pub tabs: Vec<Tab>,
    /// The one that is shown.
    pub selected: Option<TabId>,
}

/// One tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab {
    /// Which log.
    pub id: TabId,
    /// The file's name.
    pub name: String,
    /// What tells it from a tab of the same name: its folder, or that its rotated files are with it; `None` when the
    /// name is enough.
    pub folder: Option<String>,
    /// The whole path, for the tooltip.
    pub path: String,
    /// It is shown beside another.
    pub beside: bool,
    /// How much of it is indexed, 0 to 1; `None` when all of it is.
    pub progress: Option<f32>,
    /// Errors that arrived while another tab was shown.
    pub new_errors: u64,
    /// The file is gone or cannot be read.
    pub lost: bool,
}

/// What only the row of tabs cares about.
#[derive(Debug, Default)]
pub struct TabsState {
    /// The tab that was brought into sight, and in which width: with another, it is brought there again.
    brought: Option<(TabId, f32)>,
    /// The list is open, and has the shown tab in sight.
    list_shows_it: bool,
    dragged: Option<TabId>,
}

/// Shows the tabs in the width that `ui` has; more than fit scroll sideways, and a button lists all.
pub fn show(ui: &mut Ui, model: &TabsModel, state: &mut TabsState, out: &mut Actions) {
    let gap = 1.0;
    ui.spacing_mut().item_spacing.x = gap;
    let available = ui.available_width();
    let widths = widths(ui, &model.tabs, available, gap);
    let all: f32 = widths.iter().map(|width| width + gap).sum();
    let listed = all > available;
    let names = names(ui, &model.tabs, &widths);
    ui.horizontal(|ui| {
        let room = match listed {
            true => available - ICON_BUTTON.x - space::S,
            false => available,
        };
        ui.style_mut().always_scroll_the_only_direction = true;
        ScrollArea::horizontal()
            .id_salt("tabs")
            .max_width(room)
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    let mut places = Vec::new();
                    for ((tab, name), width) in model.tabs.iter().zip(&names).zip(widths) {
                        let selected = model.selected == Some(tab.id);
                        let response = show_tab(ui, tab, name, selected, width, out);
                        let wanted = (tab.id, room);
                        if selected
                            && state.brought != Some(wanted)
                            && reveal::bring(ui, response.rect)
                        {
                            state.brought = Some(wanted);
                        }
                        if response.drag_started_by(PointerButton::Primary) {
                            state.dragged = Some(tab.id);
                        }
                        places.push((tab.id, response.rect));
                    }
                    reorder(ui, &places, state, out);
                });
            });
        if listed {
            ui.add_space(space::XS);
            list::show(ui, model, state, out);
        }
    });
}

/// Shows where a dragged tab would go, and puts it there when it is let go; outside of the window, into a new one.
fn reorder(ui: &Ui, places: &[(TabId, Rect)], state: &mut TabsState, out: &mut Actions) {
    let Some(dragged) = state.dragged else { return };
    // Let go outside of the window, the pointer is gone at once; where it was counts.
    let at = ui.input(|input| input.pointer.interact_pos());
    let released = !ui.input(|input| input.pointer.primary_down());
    let from = places.iter().position(|(id, _)| *id == dragged);
    let (Some(at), Some(from)) = (at, from) else {
        // While it leaves the window, nobody knows for a moment where the pointer is.
        state.dragged.take_if(|_| released || from.is_none());
        return;
    };
    ui.set_cursor_icon(CursorIcon::Grabbing);
    if !ui.ctx().content_rect().contains(at) {
        // Let go outside of the window, it gets one of its own.
        if released {
            state.dragged = None;
            out.push(Action::MoveToWindow(dragged));
        }
        return;
    }
    let others = places.iter().filter(|(id, _)| *id != dragged);
    let to = others.filter(|(_, rect)| rect.center().x < at.x).count();
    let moves = to != from;
    let edge = places.get(to).map(|(_, rect)| match to > from {
        true => rect.right(),
        false => rect.left(),
    });
    if let Some((edge, (_, rect))) = edge.zip(places.first()).filter(|_| moves) {
        let line = Stroke::new(2.0, palette(ui).accent);
        ui.painter().vline(edge, rect.y_range(), line);
    }
    if released {
        state.dragged = None;
        if moves {
            out.push(Action::MoveTab { id: dragged, to });
        }
    }
}

/// Shows a tab, with what it has of its name.
fn show_tab(
    ui: &mut Ui,
    tab: &Tab,
    name: &str,
    selected: bool,
    width: f32,
    out: &mut Actions,
) -> Response {
    let p = palette(ui);
    let folder = tab.folder.as_deref().unwrap_or_default();
    let (rect, response) = ui.allocate_exact_size(vec2(width, space::BAR), Sense::click_and_drag());
    let close_rect =
        Rect::from_center_size(pos2(rect.right() - 15.0, rect.center().y), vec2(18.0, 18.0));
    paint_ground(ui, rect, &response, selected, tab.beside);
    let mark = Rect::from_center_size(pos2(rect.left() + 13.0, rect.center().y), vec2(12.0, 12.0));
    paint_mark(ui, mark, tab);
    let left = rect.left() + MARK;
    let room = rect.width() - MARK - CROSS;
    let color = if selected { p.strong } else { p.text };
    let name_room = name_room(ui, tab, rect.width());
    let (name, _) = elide::middle(ui.painter(), name, &body(), color, name_room);
    let y = rect.center().y;
    let name_width = name.size().x;
    ui.painter()
        .galley(pos2(left, y - name.size().y / 2.0), name, color);
    let rest = room - name_width - FOLDER_GAP;
    if !folder.is_empty() && rest > 20.0 {
        let (folder, _) = elide::middle(ui.painter(), folder, &small(), p.weak, rest);
        let at = pos2(
            left + name_width + FOLDER_GAP,
            y - folder.size().y / 2.0 + 0.5,
        );
        ui.painter().galley(at, folder, p.weak);
    }
    if let Some(share) = tab.progress {
        progress::paint_below(ui.painter(), rect, share, p.accent);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, spoken(tab)));
    // Of a tab that is scrolled out, a cross would stand alone.
    if rect.center().x > ui.clip_rect().left() {
        close_button(ui, close_rect, tab, out);
    }
    let response = response.on_hover_text(hint(tab));
    if response.middle_clicked() {
        out.push(Action::CloseTab(tab.id));
    } else if response.clicked() {
        out.push(Action::SelectTab(tab.id));
    }
    context_menu::show(&response, |ui| entries(ui, tab, selected, out));
    response
}

/// What tells the tab from any other without seeing it.
fn spoken(tab: &Tab) -> String {
    match &tab.folder {
        Some(folder) => format!("{}, {folder}", tab.name),
        None => tab.name.clone(),
    }
}

fn paint_ground(ui: &Ui, rect: Rect, response: &Response, selected: bool, beside: bool) {
    let p = palette(ui);
    let fill = if response.is_pointer_button_down_on() {
        p.pressed
    } else if (selected || beside) && response.hovered() {
        p.page.lerp_to_gamma(p.hover, 0.5)
    } else if selected || beside {
        p.page
    } else if response.hovered() {
        p.hover
    } else {
        p.panel
    };
    ui.painter().rect_filled(rect, 0.0, fill);
    if selected || beside {
        let line = Rect::from_min_size(rect.min, vec2(rect.width(), 2.0));
        let color = if selected { p.accent } else { p.border };
        ui.painter().rect_filled(line, 0.0, color);
    }
    focus_ring(ui, rect, response);
}

/// The picture before the name: lost, new errors, or a sheet.
fn paint_mark(ui: &Ui, rect: Rect, tab: &Tab) {
    let p = palette(ui);
    if tab.lost {
        icon::paint(ui.painter(), rect, Icon::Warning, p.warn);
    } else if tab.new_errors > 0 {
        ui.painter()
            .circle_filled(rect.center(), 4.0, p.severity(Gravity::Error).solid);
    } else {
        icon::paint(ui.painter(), rect, Icon::File, p.weak);
    }
}

fn close_button(ui: &mut Ui, rect: Rect, tab: &Tab, out: &mut Actions) {
    let name = tr!("Close {tab}", tab = spoken(tab));
    let color = palette(ui).weak;
    let button = ToolButton::icon(Icon::Close, &name)
        .color(color)
        .min_width(18.0);
    let builder = UiBuilder::new().max_rect(rect);
    let response = ui
        .scope_builder(builder, |ui| ui.add(button.height(18.0)))
        .inner;
    if response.on_hover_text(tooltip(Command::CloseTab)).clicked() {
        out.push(Action::CloseTab(tab.id));
    }
}

fn hint(tab: &Tab) -> String {
    let mut hint = tab.path.clone();
    if tab.lost {
        hint.push('\n');
        hint.push_str(tr("The file is gone or cannot be read"));
    }
    if tab.new_errors > 0 {
        hint.push('\n');
        hint.push_str(&tr!(
            "{errors} since you looked",
            errors = number::counted(tab.new_errors, "new error")
        ));
    }
    if let Some(share) = tab.progress {
        hint.push('\n');
        hint.push_str(&tr!(
            "Indexing: {share} %",
            share = format_args!("{:.0}", share * 100.0)
        ));
    }
    hint
}

fn entries(ui: &mut Ui, tab: &Tab, selected: bool, out: &mut Actions) {
    if ui.button(tr("Close")).clicked() {
        out.push(Action::CloseTab(tab.id));
        ui.close();
    }
    if ui.button(tr("Copy path")).clicked() {
        out.push(Action::CopyText(tab.path.clone()));
        ui.close();
    }
    ui.separator();
    let to_window = Button::new(title(Command::MoveToWindow));
    // The key is for the shown tab.
    let keys = match selected {
        true => shortcut_text(Command::MoveToWindow),
        false => String::new(),
    };
    if ui.add(to_window.shortcut_text(keys)).clicked() {
        out.push(Action::MoveToWindow(tab.id));
        ui.close();
    }
    let can = !selected && !tab.beside;
    let beside = ui.add_enabled(can, Button::new(tr("Show beside the shown log")));
    let beside = beside.on_disabled_hover_text(tr("It is shown already"));
    if beside.clicked() {
        out.push(Action::ShowBeside(tab.id));
        ui.close();
    }
}
