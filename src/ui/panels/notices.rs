//! Quiet notices at the bottom right, and the list of past ones.

use crate::base::lang::tr;
use crate::tr;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

use egui::{
    Align, Align2, Area, Frame, Label, Layout, Memory, Order, Response, RichText, ScrollArea,
    Sense, Stroke, Ui, Vec2, Window, vec2,
};

use super::status_bar;
use crate::base::problem::{Problem, Severity};
use crate::base::text;
use crate::ui::action::{Action, Actions, NoticeId};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::{palette, radius};
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::menu;
use crate::ui::widgets::number;
use crate::ui::widgets::reveal;
use crate::ui::widgets::tool_button::ToolButton;

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NoticesModel {
    /// Notices not yet dismissed, oldest first.
    pub current: Vec<Notice>,
    /// While they are listed: every notice of this session, newest first.
    pub past: Vec<Notice>,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// What happened.
    pub problem: Problem,
    /// When, as the list shows it (`10:04:31`).
    pub at: String,
    /// How often in a row it happened.
    pub count: u32,
    /// Whether it offers something that one click does.
    pub offers: bool,
}

/// What only the notices care about.
#[derive(Debug, Default)]
pub struct NoticesState {
    /// Whether the list of past notices is open.
    pub list_open: bool,
    /// The list is to get the keyboard.
    calls_keyboard: bool,
    /// Seconds of `egui`'s clock at which a notice was first seen, for those that go by themselves.
    shown_since: HashMap<NoticeId, f64>,
    unfolded: HashSet<NoticeId>,
}

/// Seconds after which a notice that only informs goes by itself.
const LINGER: f64 = 7.0;
/// More are counted, not shown: where there is room for a table beside them, and where they cover its rows.
const MOST: usize = 4;
const MOST_NARROW: usize = 2;
/// Below this width of the window in points they cover the rows.
const NARROW: f32 = 600.0;
/// Width of a notice in points, where the window is wide enough.
const WIDTH: f32 = 360.0;
/// Height of a usual notice in points: a headline, a hint of two lines, a path, its buttons.
const HEIGHT: f32 = 110.0;
/// Between the edges of a notice and its words.
const MARGIN: f32 = 8.0;
/// What is kept free between the notices and the window's edges: right, and below the status bar.
const EDGES: Vec2 = vec2(12.0, 36.0);

impl NoticesState {
    /// Opens the list, which gets the keyboard, or closes it.
    pub fn toggle_list(&mut self) {
        self.list_open ^= true;
        self.calls_keyboard = self.list_open;
    }
}

impl Notice {
    /// Whether it goes by itself after a while.
    fn only_informs(&self) -> bool {
        self.problem.severity == Severity::Info && !self.offers
    }
}

/// Floats the notices above everything else; `ui` only says where the window is, `enter` is told where they begin. To be
/// called last.
pub fn show(
    ui: &mut Ui,
    model: &NoticesModel,
    state: &mut NoticesState,
    enter: &mut dyn FnMut(&Ui),
    out: &mut Actions,
) {
    expire(ui, model, state, out);
    if state.list_open {
        list(ui, model, state, enter, out);
        return;
    }
    if model.current.is_empty() {
        return;
    }
    let window = ui.ctx().content_rect().size();
    let room = window.y - 2.0 * EDGES.y;
    let (shown, skipped) = in_sight(model, vec2(window.x, room));
    let area = Area::new(ui.scope_id().with("notices"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, -EDGES)
        .show(ui.ctx(), |ui| {
            enter(ui);
            ui.spacing_mut().item_spacing.y = 6.0;
            if skipped > 0 {
                more(ui, skipped, out);
            }
            // Details may be as long as a stack trace.
            let room = room - ui.min_rect().height();
            ScrollArea::vertical()
                .max_height(room)
                // What an area has for its content is no measure.
                .min_scrolled_height(room)
                .show(ui, |ui| {
                    for notice in shown {
                        card(ui, notice, state, Some(notice.id), out);
                    }
                    reveal::focused(ui);
                });
            menu::keep_place(ui);
        })
        .response;
    if is_used(&area) {
        // What went now would go from below the pointer, or move what is aimed at.
        state.shown_since.clear();
    }
}

/// How many are not in sight, as a card among the others; a click lists them.
fn more(ui: &mut Ui, skipped: usize, out: &mut Actions) {
    let p = palette(ui);
    let text = tr!("{skipped} more", skipped = number::count(skipped as u64));
    let button = ToolButton::text(&text).color(p.accent);
    let card = Frame::new()
        .fill(p.raised)
        .stroke(Stroke::new(1.0, p.border))
        .corner_radius(radius::WINDOW)
        .inner_margin(1.0);
    let response = card.show(ui, |ui| ui.add(button)).inner;
    let tip = tooltip(Command::Notices);
    if response.on_hover_text(tip).clicked() {
        out.push(Action::ToggleNotices);
    }
}

/// The newest notices, from top to bottom, and how many more there are. They stand on the lower edge, so that one which
/// goes moves those above it: what goes by itself is above what waits for a click, what is new above what is there.
fn in_sight(model: &NoticesModel, room: Vec2) -> (Vec<&Notice>, usize) {
    let most = match room.x < NARROW {
        true => MOST_NARROW,
        false => MOST,
    };
    let most = ((room.y / HEIGHT) as usize).clamp(1, most);
    let skipped = model.current.len().saturating_sub(most);
    let mut shown: Vec<_> = model.current.iter().skip(skipped).rev().collect();
    shown.sort_by_key(|notice| !notice.only_informs());
    (shown, skipped)
}

/// Whether the pointer or the keyboard is at the notices.
fn is_used(area: &Response) -> bool {
    let ctx = &area.ctx;
    let focused = ctx.memory(Memory::focused);
    let focused = focused.and_then(|id| reveal::known(ctx, id));
    area.contains_pointer() || focused.is_some_and(|focused| focused.layer_id == area.layer_id)
}

/// Closes what only informs after a while.
fn expire(ui: &Ui, model: &NoticesModel, state: &mut NoticesState, out: &mut Actions) {
    let now = ui.input(|input| input.time);
    let known = |id: &NoticeId| model.current.iter().any(|notice| notice.id == *id);
    state.shown_since.retain(|id, _| known(id));
    for notice in model.current.iter().filter(|notice| notice.only_informs()) {
        if state.unfolded.contains(&notice.id) {
            continue;
        }
        let since = *state.shown_since.entry(notice.id).or_insert(now);
        let left = LINGER - (now - since);
        if left <= 0.0 {
            out.push(Action::Dismiss(notice.id));
        } else {
            ui.ctx()
                .request_repaint_after(Duration::from_secs_f64(left));
        }
    }
}

/// Width of a notice without its margins.
fn width(ui: &Ui) -> f32 {
    WIDTH.min(ui.ctx().content_rect().width() - 2.0 * EDGES.x - 24.0 - 2.0 * MARGIN)
}

/// One notice; with `dismiss` it has a cross.
fn card(
    ui: &mut Ui,
    notice: &Notice,
    state: &mut NoticesState,
    dismiss: Option<NoticeId>,
    out: &mut Actions,
) {
    let p = palette(ui);
    let problem = &notice.problem;
    let fill = match problem.severity {
        Severity::Info => p.info_soft,
        Severity::Warning => p.warn_soft,
        Severity::Error => p.bad_soft,
    };
    let (icon, color) = status_bar::sign(p, problem.severity);
    let width = width(ui);
    Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, p.border))
        .corner_radius(radius::WINDOW)
        .inner_margin(MARGIN)
        .show(ui, |ui| {
            ui.set_width(width);
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
                icon::paint(ui.painter(), rect, icon, color);
                ui.vertical(|ui| {
                    ui.set_width(width - 24.0);
                    words(ui, notice);
                    buttons(ui, notice, state, dismiss, out);
                });
            });
        });
}

fn words(ui: &mut Ui, notice: &Notice) {
    let p = palette(ui);
    let problem = &notice.problem;
    let times = if notice.count > 1 {
        format!(" ({})", tr!("{count} times", count = notice.count))
    } else {
        String::new()
    };
    let headline = format!("{}{times}", text::name(&problem.headline));
    let headline = RichText::new(headline).color(p.strong);
    ui.add(Label::new(headline).wrap());
    if !problem.hint.is_empty() {
        ui.add(Label::new(RichText::new(text::name(&problem.hint)).color(p.text)).wrap());
    }
    if let Some(path) = &problem.path {
        let path = RichText::new(text::path(path)).color(p.weak).small();
        ui.add(Label::new(path).wrap());
    }
}

fn buttons(
    ui: &mut Ui,
    notice: &Notice,
    state: &mut NoticesState,
    dismiss: Option<NoticeId>,
    out: &mut Actions,
) {
    let p = palette(ui);
    let unfolded = state.unfolded.contains(&notice.id);
    if unfolded {
        let detail = RichText::new(text::plain(notice.problem.detail.as_bytes()))
            .monospace()
            .color(p.text);
        ui.add(Label::new(detail).wrap().selectable(true));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.colored_label(p.weak, RichText::new(&notice.at).small());
        if notice.offers
            && ui
                .add(ToolButton::text(tr("Use it")).color(p.accent))
                .on_hover_text(tr("Do what this notice proposes"))
                .clicked()
        {
            out.push(Action::Accept(notice.id));
        }
        if !notice.problem.detail.is_empty() {
            let (word, tip) = match unfolded {
                true => (tr("Less"), tr("Only what happened")),
                false => (tr("Details"), tr("All that is known about it")),
            };
            let more = ui.add(ToolButton::text(word).color(p.accent));
            if more.on_hover_text(tip).clicked() && !state.unfolded.remove(&notice.id) {
                state.unfolded.insert(notice.id);
            }
        }
        if let Some(path) = &notice.problem.path {
            let copy = ToolButton::text(tr("Copy path")).color(p.accent);
            let tip = tr("The whole path of the file, to the clipboard");
            if ui.add(copy).on_hover_text(tip).clicked() {
                out.push(Action::CopyText(path.display().to_string()));
            }
        }
        let copy = ToolButton::icon(Icon::Copy, tr("Copy notice")).color(p.weak);
        if ui
            .add(copy)
            .on_hover_text(tr("Copy the whole notice"))
            .clicked()
        {
            out.push(Action::CopyText(notice.problem.to_string()));
        }
        if let Some(id) = dismiss {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = ToolButton::icon(Icon::Close, tr("Dismiss notice")).color(p.weak);
                if ui.add(close).on_hover_text(tr("Dismiss")).clicked() {
                    out.push(Action::Dismiss(id));
                }
            });
        }
    });
}

/// Every notice of the session.
fn list(
    ui: &mut Ui,
    model: &NoticesModel,
    state: &mut NoticesState,
    enter: &mut dyn FnMut(&Ui),
    out: &mut Actions,
) {
    Window::new(tr("Notices"))
        .id(ui.scope_id().with("past notices"))
        .title_bar(false)
        .resizable([false, true])
        .default_height(320.0)
        .anchor(Align2::RIGHT_BOTTOM, -EDGES)
        .show(ui.ctx(), |ui| {
            enter(ui);
            ui.set_width(width(ui) + 24.0);
            list_header(ui, model, state, out);
            if model.past.is_empty() {
                ui.weak(tr("Nothing happened so far."));
            }
            ScrollArea::vertical().show(ui, |ui| {
                for notice in &model.past {
                    card(ui, notice, state, None, out);
                }
                reveal::focused(ui);
            });
        });
}

fn list_header(ui: &mut Ui, model: &NoticesModel, state: &mut NoticesState, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.strong(tr("Notices"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ToolButton::icon(Icon::Close, tr("Close notices"));
            let close = ui.add(close).on_hover_text(tr("Close (Esc)"));
            if std::mem::take(&mut state.calls_keyboard) {
                close.request_focus();
            }
            if close.clicked() {
                out.push(Action::ToggleNotices);
            }
            let dismiss = ToolButton::text(tr("Dismiss all"))
                .color(palette(ui).accent)
                .enabled(!model.current.is_empty());
            let tip = tr("Take the open notices away; they stay in this list");
            if ui.add(dismiss).on_hover_text(tip).clicked() {
                out.push(Action::DismissAll);
            }
        });
    });
}
