//! The page without a log: what Timberline does, and every way to open one.

use crate::base::lang::tr;
use std::path::PathBuf;

use egui::{
    Align, Frame, Label, Layout, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

mod path;

use self::path::PathState;
use super::top_bar::RecentFile;
use crate::base::origin::{CommandLine, Origin};
use crate::base::text;
use crate::ui::action::{Action, Actions};
use crate::ui::keys::{Command, shortcut_text, with_keys};
use crate::ui::theme::{body, palette, program_name, radius, small, space, strong};
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::search_box::SearchBox;
use crate::ui::widgets::tool_button::{ToolButton, focus_ring};
use crate::ui::widgets::typed_path::Completion;
use crate::ui::widgets::{elide, key_hint, reveal, tips};

/// What the start page shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StartModel {
    /// Files opened lately, newest first.
    pub recent: Vec<RecentFile>,
    /// Files hover over the window right now.
    pub drop_hovers: bool,
    /// Files that may have made the program fail and wait for an answer.
    pub held_back: Option<HeldBack>,
    /// What the typed path could go on to.
    pub completion: Completion,
    /// The program's version.
    pub version: String,
}

/// Files that may have made the program fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// Their names.
    pub names: Vec<String>,
    /// They were open in this window; otherwise they are those of the last session.
    pub were_open: bool,
}

/// What only the start page cares about.
#[derive(Debug, Default)]
pub struct StartState {
    /// The path being typed.
    path: PathState,
    /// The command being typed.
    pub command: String,
    /// What is wrong with the command.
    command_problem: Option<&'static str>,
    /// The keyboard was on the question about the last session.
    asked: bool,
}

/// Width of the page's column in points.
const WIDTH: f32 = 560.0;

/// Shows the page in the middle of the space that `ui` has.
pub fn show(ui: &mut Ui, model: &StartModel, state: &mut StartState, out: &mut Actions) {
    if model.drop_hovers {
        drop_hint(ui);
        return;
    }
    let space = ui.available_size();
    let width = WIDTH.min(space.x - 32.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.add_space((space.x - width) / 2.0);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space((space.y * 0.12).clamp(16.0, 96.0));
                page(ui, model, state, out);
                reveal::focused(ui);
            });
        });
    });
}

fn page(ui: &mut Ui, model: &StartModel, state: &mut StartState, out: &mut Actions) {
    let p = palette(ui);
    ui.label(
        RichText::new("Timberline")
            .font(program_name())
            .color(p.strong),
    );
    ui.label(
        RichText::new(tr(
            "Open, follow and filter logs of any size, logger by logger.",
        ))
        .color(p.weak),
    );
    ui.add_space(space::L);
    if let Some(held) = &model.held_back {
        held_back(ui, held, state, out);
        ui.add_space(space::L);
    }
    ui.horizontal_wrapped(|ui| {
        let open = big(ui, Icon::Folder, tr("Open a log file..."), true);
        let tip = with_keys(
            tr("Choose one or several in the file dialog"),
            Command::Open,
        );
        if open.on_hover_text(tip).clicked() {
            out.push(Action::Open);
        }
        let sample = big(ui, Icon::File, tr("Open the sample log"), false);
        let tip = with_keys(tr("A log to try things out"), Command::OpenSample);
        if sample.on_hover_text(tip).clicked() {
            out.push(Action::OpenSample);
        }
        let paste = big(ui, Icon::Paste, tr("Paste a log"), false);
        let tip = with_keys(tr("The text of the clipboard as a log"), Command::Paste);
        if paste.on_hover_text(tip).clicked() {
            out.push(Action::Paste);
        }
    });
    ui.add_space(space::M);
    path::show(ui, model, &mut state.path, out);
    command_box(ui, state, out);
    ui.add_space(space::S);
    ui.label(RichText::new(tr("Or drop files onto this window.")).color(p.weak));
    ui.add_space(space::L);
    if !model.recent.is_empty() {
        heading(ui, tr("Recent"));
        for file in &model.recent {
            recent(ui, file, out);
        }
        ui.add_space(space::L);
    }
    heading(ui, tr("First steps"));
    steps(ui);
    ui.add_space(space::L);
    ui.label(RichText::new(&model.version).color(p.weak).small());
}

/// The choice after starts that came to nothing. The keyboard is on the careful answer.
fn held_back(ui: &mut Ui, held: &HeldBack, state: &mut StartState, out: &mut Actions) {
    let p = palette(ui);
    Frame::new()
        .fill(p.warn_soft)
        .stroke(Stroke::new(1.0, p.border))
        .corner_radius(radius::WINDOW)
        .inner_margin(12)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let (text, what, again) = if held.were_open {
                (
                    tr("The logs that were open are closed"),
                    tr("They may be the reason for the internal errors"),
                    tr("Open them again"),
                )
            } else {
                (
                    tr("Timberline ended twice while it was starting"),
                    tr("The last session was not opened, since it may be the reason"),
                    tr("Open the last session"),
                )
            };
            ui.label(RichText::new(text).color(p.strong).strong());
            let names = elide::clip(&held.names.join(", "), 200);
            let text = format!("{what}: {names}");
            ui.add(Label::new(RichText::new(text).color(p.text)).wrap());
            ui.add_space(space::S);
            ui.horizontal(|ui| {
                let without = ui.button(tr("Go on without"));
                if !std::mem::replace(&mut state.asked, true) {
                    without.request_focus();
                }
                let tip = tr("They stay closed; their files are not touched");
                if without.on_hover_text(tip).clicked() {
                    out.push(Action::ForgetSession);
                }
                let again = ui.button(again);
                let tip = tr("All that are named here, with their filters");
                if again.on_hover_text(tip).clicked() {
                    out.push(Action::RestoreSession);
                }
            });
        });
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(strong()).color(palette(ui).strong));
    ui.add_space(space::XS);
}

fn big(ui: &mut Ui, picture: Icon, text: &str, primary: bool) -> Response {
    let p = palette(ui);
    let color = if primary { p.on_accent } else { p.text };
    let words = ui.painter().layout_no_wrap(text.to_owned(), body(), color);
    let size = vec2(words.size().x + 52.0, 36.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let fill = if primary && response.is_pointer_button_down_on() {
        p.accent_towards_text(0.22)
    } else if primary && response.hovered() {
        p.accent_towards_text(0.1)
    } else if primary {
        p.accent
    } else if response.is_pointer_button_down_on() {
        p.pressed
    } else if response.hovered() {
        p.hover
    } else {
        p.control
    };
    let outline = if response.hovered() {
        p.strong
    } else {
        p.border
    };
    ui.painter().rect(
        rect,
        radius::WINDOW,
        fill,
        Stroke::new(1.0, outline),
        StrokeKind::Inside,
    );
    // Around it: on the accent no colour of a ring is seen.
    focus_ring(ui, rect.expand(2.5), &response);
    let icon_rect =
        Rect::from_center_size(pos2(rect.left() + 22.0, rect.center().y), vec2(16.0, 16.0));
    icon::paint(ui.painter(), icon_rect, picture, color);
    let at = pos2(rect.left() + 38.0, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    response
}

/// The box and the word behind it fill the page's width.
fn box_width(ui: &Ui) -> f32 {
    (ui.available_width() - 140.0).min(420.0)
}

fn command_box(ui: &mut Ui, state: &mut StartState, out: &mut Actions) {
    ui.horizontal(|ui| {
        let result = SearchBox {
            id: ui.scope_id().with("command"),
            name: tr("A command whose output is the log"),
            hint: tr("For example docker logs -f web"),
            icon: Icon::Terminal,
            width: box_width(ui),
            invalid: state.command_problem.is_some(),
            mark: None,
            focus: false,
            put: None,
            keeps_keys: None,
        }
        .show(ui, &mut state.command);
        let tip = tr("As in a terminal, with | and $ too; what it prints is followed");
        tips::of_box(result.response, tip);
        if result.changed {
            state.command_problem = None;
        }
        let run = ToolButton::text(tr("Watch command"))
            .filled()
            .enabled(!state.command.trim().is_empty());
        let clicked = ui
            .add(run)
            .on_hover_text(tr("Run this command and follow what it prints (Enter)"))
            .clicked();
        if (clicked || result.enter) && !state.command.trim().is_empty() {
            match CommandLine::typed(&state.command) {
                Ok(line) => out.push(Action::OpenFrom {
                    path: PathBuf::from(line.to_string()),
                    origin: Origin::Command(line),
                }),
                Err(reason) => state.command_problem = Some(reason),
            }
        }
    });
    if let Some(reason) = state.command_problem {
        ui.colored_label(palette(ui).bad, tr(reason));
    }
}

fn recent(ui: &mut Ui, file: &RecentFile, out: &mut Actions) {
    let p = palette(ui);
    let sense = if file.missing {
        Sense::hover()
    } else {
        Sense::click()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), sense);
    if response.hovered() && !file.missing {
        let fill = match response.is_pointer_button_down_on() {
            true => p.pressed,
            false => p.hover,
        };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    focus_ring(ui, rect, &response);
    let (name_color, color) = if file.missing {
        (p.faint, p.faint)
    } else {
        (p.accent, p.weak)
    };
    let note = if file.missing {
        tr("not there any more")
    } else {
        &file.note
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(format!("{}, {note}", file.folder));
    });
    let note = ui.painter().layout_no_wrap(note.to_owned(), small(), color);
    let note_left = rect.right() - 6.0 - note.size().x;
    let painter = ui.painter();
    painter.galley(
        pos2(note_left, rect.center().y - note.size().y / 2.0),
        note,
        color,
    );
    let left = rect.left() + 6.0;
    let (name, _) = elide::middle(painter, &file.name, &body(), name_color, rect.width() * 0.5);
    let folder_left = left + name.size().x + 10.0;
    painter.galley(
        pos2(left, rect.center().y - name.size().y / 2.0),
        name,
        name_color,
    );
    let (folder, _) = elide::middle(
        painter,
        &file.folder,
        &small(),
        color,
        note_left - folder_left - 10.0,
    );
    painter.galley(
        pos2(folder_left, rect.center().y - folder.size().y / 2.0 + 0.5),
        folder,
        color,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, !file.missing, &file.name));
    let response = response.on_hover_text(text::path(&file.path));
    if response.clicked() {
        out.push(Action::OpenPath(file.path.clone()));
    }
}

/// The three scenes that most days are made of, side by side where there is room.
fn steps(ui: &mut Ui) {
    let scenes = [
        (
            Icon::Folder,
            tr("Open"),
            tr(
                "The format is found by itself: time, level, logger and message become columns, a traceback stays with its \
             record.",
            ),
            Some(Command::Open),
        ),
        (
            Icon::Follow,
            tr("Follow"),
            tr(
                "The newest record stays in view as the service writes, across rotation too. Scroll up to stop.",
            ),
            Some(Command::Follow),
        ),
        (
            Icon::Tree,
            tr("One logger"),
            tr(
                "Click a logger in the tree to see that part of the program alone; click root to see everything again.",
            ),
            Some(Command::FocusLoggers),
        ),
    ];
    let columns = if ui.available_width() > 480.0 { 3 } else { 1 };
    ui.spacing_mut().item_spacing.x = space::M;
    ui.columns(columns, |columns| {
        for (at, (icon, title, text, command)) in scenes.into_iter().enumerate() {
            if let Some(ui) = columns.get_mut(at % columns.len()) {
                // The columns would justify the text.
                ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                    scene(ui, icon, title, text, command);
                });
            }
        }
    });
}

fn scene(ui: &mut Ui, icon: Icon, title: &str, text: &str, command: Option<Command>) {
    let p = palette(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
        icon::paint(ui.painter(), rect, icon, p.accent);
        ui.label(RichText::new(title).font(strong()).color(p.strong));
        if let Some(command) = command {
            key_hint::show(ui, &shortcut_text(command));
        }
    });
    ui.add(Label::new(RichText::new(text).color(p.weak)).wrap());
    ui.add_space(space::S);
}

fn drop_hint(ui: &mut Ui) {
    let p = palette(ui);
    let rect = ui.available_rect_before_wrap().shrink(24.0);
    let stroke = Stroke::new(2.0, p.accent);
    ui.painter().rect(
        rect,
        radius::WINDOW,
        p.accent_soft,
        stroke,
        StrokeKind::Inside,
    );
    let text = tr("Drop to open");
    let response = ui.put(
        rect,
        egui::Label::new(RichText::new(text).heading().color(p.accent_soft_text)),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
}
