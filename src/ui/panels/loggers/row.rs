//! One row of the tree: state, twisty, name, errors, counts.

use crate::base::lang::tr;
use crate::tr;
use std::borrow::Cow;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Galley, Id, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::model::{LoggerNode, LoggerShown};
use crate::base::level::Gravity;
use crate::base::text::name;
use crate::ui::theme::{body, palette, radius, small};
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::{elide, number};

/// Width of the column that says how the filter treats a logger, and of the twisty.
const SLOT: f32 = 18.0;
const INDENT: f32 = 13.0;
/// Deeper nodes are not moved further to the right, in points and as a share of the tree's width.
const DEEPEST: f32 = 130.0;
const DEEPEST_SHARE: f32 = 0.4;
/// So many points of a name are worth more than counts.
const ENOUGH: f32 = 84.0;
/// Between a name and the counts.
const GAP: f32 = 6.0;
/// Width of the bar of errors and warnings at the right edge.
const BAR: f32 = 3.0;

/// What was clicked in a row.
#[derive(Debug)]
pub(super) struct RowResponse {
    pub(super) row: Response,
    pub(super) twisty: bool,
    pub(super) eye: bool,
}

/// What the tree calls a node.
pub(super) fn title(node: &LoggerNode) -> Cow<'_, str> {
    if node.name.is_empty() {
        Cow::Borrowed(tr("root (all loggers)"))
    } else {
        name(&node.name)
    }
}

/// Shows the row of `node` in `rect`.
pub(super) fn show(
    ui: &Ui,
    rect: Rect,
    id: Id,
    node: &LoggerNode,
    open: bool,
    cursor: bool,
) -> RowResponse {
    let row = ui.interact(rect, id, Sense::CLICK);
    let eye_rect = Rect::from_min_size(rect.min, vec2(SLOT, rect.height()));
    let deepest = DEEPEST.min(rect.width() * DEEPEST_SHARE);
    let left = rect.left() + SLOT + (f32::from(node.depth) * INDENT).min(deepest);
    let twisty_rect = Rect::from_min_size(pos2(left, rect.top()), vec2(SLOT, rect.height()));
    let eye = ui.interact(eye_rect, id.with("eye"), Sense::CLICK);
    let folds = || ui.interact(twisty_rect, id.with("twisty"), Sense::CLICK);
    let twisty = node.has_children.then(folds);
    let hovered = row.contains_pointer();
    let pressed = row.is_pointer_button_down_on();
    ground(ui, rect, node, (hovered, pressed), cursor);
    if eye.is_pointer_button_down_on() {
        let pressed = palette(ui).pressed;
        ui.painter().rect_filled(eye_rect, radius::SMALL, pressed);
    }
    state_sign(ui, eye_rect, node.shown, hovered);
    if node.has_children {
        let picture = if open {
            Icon::ChevronDown
        } else {
            Icon::ChevronRight
        };
        let color = palette(ui).weak;
        icon::paint(ui.painter(), twisty_rect.shrink(3.0), picture, color);
    }
    let left = twisty_rect.right() + 2.0;
    let right = counts(ui, rect, left + name_width(ui, node) + GAP, node);
    label(ui, rect, left, right - GAP, node);
    let name = tr!("Exclude {node}", node = title(node));
    let excluded = node.shown == LoggerShown::Excluded;
    eye.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, excluded, &name));
    let eye = eye.on_hover_text(match excluded {
        true => tr("No longer hide this logger and what is below it (Delete)"),
        false => tr("Hide this logger and what is below it (Delete)"),
    });
    let twisty = twisty.map(|twisty| {
        twisty.on_hover_text(match open {
            true => tr("Fold what is below it (Left)"),
            false => tr("Show what is below it (Right)"),
        })
    });
    describe(ui, &row, node, open);
    RowResponse {
        eye: eye.clicked(),
        twisty: twisty.is_some_and(|twisty| twisty.clicked()),
        row,
    }
}

fn ground(ui: &Ui, rect: Rect, node: &LoggerNode, (hovered, pressed): (bool, bool), cursor: bool) {
    let p = palette(ui);
    let chosen = matches!(node.shown, LoggerShown::Chosen | LoggerShown::ChosenOnly);
    if pressed {
        ui.painter().rect_filled(rect, radius::SMALL, p.pressed);
    } else if chosen {
        let fill = match hovered {
            true => p.accent_soft_hover(),
            false => p.accent_soft,
        };
        ui.painter().rect_filled(rect, radius::SMALL, fill);
    } else if hovered {
        ui.painter().rect_filled(rect, radius::SMALL, p.hover);
    }
    if cursor {
        let stroke = Stroke::new(1.5, p.focus);
        ui.painter()
            .rect_stroke(rect, radius::SMALL, stroke, egui::StrokeKind::Inside);
    }
}

/// The sign before the twisty. A plain logger has none, so that the few that were touched stand out.
fn state_sign(ui: &Ui, rect: Rect, shown: LoggerShown, hovered: bool) {
    let p = palette(ui);
    let (picture, color) = match shown {
        LoggerShown::Chosen => (Icon::Check, p.accent),
        LoggerShown::ChosenOnly => (Icon::Pin, p.accent),
        LoggerShown::Excluded => (Icon::Exclude, p.bad),
        _ if hovered => (Icon::Eye, p.weak),
        LoggerShown::Partly => (Icon::Dot, p.weak),
        LoggerShown::Hidden => (Icon::EyeOff, p.faint),
        LoggerShown::Shown => return,
    };
    // Hidden ones may be many; their sign is small.
    let margin = if shown == LoggerShown::Hidden && !hovered {
        4.0
    } else {
        2.5
    };
    icon::paint(ui.painter(), rect.shrink(margin), picture, color);
}

/// The part of a node's name that counts give way to, in points.
fn name_width(ui: &Ui, node: &LoggerNode) -> f32 {
    let text = if node.name.is_empty() {
        // It can do without what explains it.
        Cow::Borrowed("root")
    } else {
        Cow::Borrowed(&*node.label)
    };
    let galley = ui
        .painter()
        .layout_no_wrap(text.into_owned(), body(), Color32::PLACEHOLDER);
    galley.size().x.min(ENOUGH)
}

fn label(ui: &Ui, rect: Rect, left: f32, right: f32, node: &LoggerNode) {
    let p = palette(ui);
    let color = match node.shown {
        LoggerShown::Chosen | LoggerShown::ChosenOnly => p.accent_soft_text,
        LoggerShown::Hidden | LoggerShown::Excluded => p.weak,
        LoggerShown::Shown | LoggerShown::Partly => p.text,
    };
    let text = if node.name.is_empty() {
        title(node)
    } else {
        Cow::Borrowed(&*node.label)
    };
    let room = (right - left).max(12.0);
    let lay = |text: &str| elide::middle(ui.painter(), text, &body(), color, room);
    let (mut galley, is_cut) = lay(&text);
    if is_cut && node.name.is_empty() {
        // The root's name alone says more than both halves of what explains it.
        (galley, _) = lay(text.split(' ').next().unwrap_or(&text));
    }
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    let word = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, color);
    if node.shown == LoggerShown::Excluded {
        let stroke = Stroke::new(1.0, color);
        ui.painter()
            .hline(word.x_range(), word.center().y + 0.5, stroke);
    }
}

/// Counts at the right, errors before them, as far as they do not reach over `least`; returns where they begin.
fn counts(ui: &Ui, rect: Rect, least: f32, node: &LoggerNode) -> f32 {
    let p = palette(ui);
    let mark = if node.errors > 0 {
        Some(p.severity(Gravity::Error).solid)
    } else if node.warnings > 0 {
        Some(p.severity(Gravity::Warning).solid)
    } else {
        None
    };
    if let Some(color) = mark {
        let bar = Rect::from_min_max(
            pos2(rect.right() - BAR, rect.top() + 3.0),
            pos2(rect.right(), rect.bottom() - 3.0),
        );
        ui.painter().rect_filled(bar, 1.0, color);
    }
    let right = rect.right() - BAR - 5.0;
    let look = p.severity(Gravity::Error);
    let errors = (node.errors > 0).then(|| {
        let text = number::short_count(node.errors);
        ui.painter().layout_no_wrap(text, small(), look.badge_text)
    });
    let badge = errors.as_ref().map_or(0.0, |text| text.size().x + 8.0);
    let fits = |galley: &Arc<Galley>| {
        let apart = if errors.is_some() { GAP } else { 0.0 };
        right - galley.size().x - apart - badge >= least
    };
    let galley = count_texts(ui, node).into_iter().find(fits);
    let mut left = right;
    if let Some(galley) = galley {
        left -= galley.size().x;
        let at = pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, p.weak);
        left -= if errors.is_some() { GAP } else { 0.0 };
    }
    let Some(errors) = errors.filter(|_| left - badge >= least) else {
        return left;
    };
    let size = vec2(badge, 15.0);
    let badge = Rect::from_min_size(pos2(left - size.x, rect.center().y - 7.5), size);
    ui.painter().rect_filled(badge, radius::SMALL, look.badge);
    let at = badge.center() - errors.size() / 2.0;
    ui.painter().galley(at, errors, look.badge_text);
    badge.left()
}

/// The count of records, from the fullest to the shortest way to say it.
fn count_texts(ui: &Ui, node: &LoggerNode) -> Vec<Arc<Galley>> {
    let p = palette(ui);
    let lay = |parts: &[(String, Color32)]| {
        let mut job = LayoutJob::default();
        for (text, color) in parts {
            job.append(text, 0.0, TextFormat::simple(small(), *color));
        }
        ui.painter().layout_job(job)
    };
    let Some(matching) = node.matching else {
        return vec![lay(&[(number::count(node.total), p.weak)])];
    };
    let matching = (number::short_count(matching), p.strong);
    let total = (format!(" / {}", number::short_count(node.total)), p.weak);
    vec![lay(&[matching.clone(), total]), lay(&[matching])]
}

/// What a screen reader says of the row.
fn describe(ui: &Ui, row: &Response, node: &LoggerNode, open: bool) {
    row.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, title(node)));
    ui.ctx().accesskit_node_builder(row.id, |builder| {
        builder.set_level(usize::from(node.depth) + 1);
        if node.has_children {
            builder.set_expanded(open);
        }
        let chosen = matches!(node.shown, LoggerShown::Chosen | LoggerShown::ChosenOnly);
        builder.set_selected(chosen);
        builder.set_description(counts_in_words(node));
    });
}

/// All counts, for the tooltip and the screen reader.
pub(super) fn counts_in_words(node: &LoggerNode) -> String {
    let mut words = number::counted(node.total, "record");
    if let Some(matching) = node.matching {
        words = tr!(
            "{matching} of {words} match",
            matching = number::count(matching),
            words
        );
    }
    if node.errors > 0 {
        words.push_str(&format!(", {}", number::counted(node.errors, "error")));
    }
    if node.warnings > 0 {
        words.push_str(&format!(", {}", number::counted(node.warnings, "warning")));
    }
    let state = match node.shown {
        LoggerShown::Shown => "",
        LoggerShown::Chosen => tr("chosen"),
        LoggerShown::ChosenOnly => tr("chosen without its children"),
        LoggerShown::Partly => tr("partly shown"),
        LoggerShown::Hidden => tr("not shown"),
        LoggerShown::Excluded => tr("excluded"),
    };
    if !state.is_empty() {
        words.push_str(&format!(", {state}"));
    }
    words
}
