//! One group: how many records with their share as a bar, how grave, what they have in common, when, by whom.

use std::borrow::Cow;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Mesh, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::base::level::Gravity;
use crate::base::text::name;
use crate::base::time::{Timestamp, ZoneClock, format_time};
use crate::query::patterns::groups::{Kind, Summary};
use crate::query::patterns::template::{ANY, REST, VARIABLE};
use crate::ui::theme::{mono, palette, radius, row_height, small, space};
use crate::ui::widgets::{elide, number};

/// Widths of the columns in points.
const COUNT: f32 = 64.0;
const LEVEL: f32 = 66.0;
const SPARK: f32 = 96.0;
const TIME: f32 = 128.0;
const LOGGER: f32 = 120.0;

/// Below this width a group takes two lines.
const NARROW: f32 = 560.0;
/// From this width on, when the group was last and first seen, and by whom, have columns.
const WITH_LAST: f32 = 760.0;
const WITH_LOGGER: f32 = 900.0;
const WITH_FIRST: f32 = 1_060.0;

/// Longest text that is laid out, in characters.
const LONGEST: usize = 300;

/// What rows have in common.
pub(super) struct Look {
    /// Records of the largest group.
    pub(super) largest: u64,
    pub(super) clock: ZoneClock,
}

impl Look {
    /// A moment to the second.
    pub(super) fn time(&mut self, time: Timestamp) -> String {
        let text = format_time(time, &mut self.clock);
        let whole = text.split('.').next().unwrap_or(&text);
        whole.to_owned()
    }
}

/// How high a row is where the list is so wide.
pub(super) fn height(ui: &Ui, width: f32) -> f32 {
    match width < NARROW {
        true => 2.0 * row_height(ui),
        false => row_height(ui),
    }
}

/// The first characters of a text, with what is hidden in it.
pub(super) fn clipped(text: &str, most: usize) -> String {
    elide::clip(text, most)
}

/// Paints the group into a rectangle; it may be chosen, have the keyboard, be under the pointer.
pub(super) fn paint(
    ui: &Ui,
    rect: Rect,
    group: &Summary,
    look: &mut Look,
    (chosen, cursor, hovered): (bool, bool, bool),
) {
    ground(ui, rect, chosen, cursor, hovered);
    let text = match chosen {
        true => palette(ui).accent_soft_text,
        false => palette(ui).text,
    };
    let inner = rect.shrink2(vec2(space::S, 0.0));
    if rect.width() < NARROW {
        let line = |at: f32| {
            let top = inner.top() + at * inner.height() / 2.0;
            Rect::from_min_size(
                pos2(inner.left(), top),
                vec2(inner.width(), inner.height() / 2.0),
            )
        };
        title(ui, line(0.0), group, text);
        let mut rest = line(1.0);
        count(ui, &mut rest, group, look.largest, text);
        if rest.width() >= LEVEL {
            level(ui, &mut rest, group);
        }
        // A part of a moment could be any other: where it has no room, the picture has.
        if rest.width() >= TIME {
            last(ui, &mut rest, group, look);
        }
        spark(ui, &mut rest, group);
        return;
    }
    let mut rest = inner;
    count(ui, &mut rest, group, look.largest, text);
    level(ui, &mut rest, group);
    if rect.width() >= WITH_LOGGER {
        let logger = match group.logger.is_empty() {
            true => "root",
            false => &group.logger,
        };
        let place = take_right(&mut rest, LOGGER);
        quiet(ui, place, logger, elide::dotted);
    }
    if rect.width() >= WITH_LAST {
        last(ui, &mut rest, group, look);
    }
    if rect.width() >= WITH_FIRST {
        let first = group.seen.times.map(|(first, _)| look.time(first));
        cell(ui, &mut rest, TIME, &first.unwrap_or_default());
    }
    spark(ui, &mut rest, group);
    title(ui, rest, group, text);
}

fn ground(ui: &Ui, rect: Rect, chosen: bool, cursor: bool, hovered: bool) {
    let p = palette(ui);
    if chosen {
        ui.painter().rect_filled(rect, radius::SMALL, p.accent_soft);
    } else if hovered {
        ui.painter().rect_filled(rect, radius::SMALL, p.hover);
    }
    if cursor {
        let stroke = Stroke::new(1.5, p.focus);
        ui.painter()
            .rect_stroke(rect, radius::SMALL, stroke, StrokeKind::Inside);
    }
}

/// Takes a part off a rectangle, at the left.
fn take_left(rest: &mut Rect, width: f32) -> Rect {
    let part = Rect::from_min_max(rest.min, pos2(rest.left() + width, rest.bottom()));
    rest.min.x = part.right() + space::M;
    part
}

/// The same at the right.
fn take_right(rest: &mut Rect, width: f32) -> Rect {
    let part = Rect::from_min_max(pos2(rest.right() - width, rest.top()), rest.max);
    rest.max.x = part.left() - space::M;
    part
}

fn count(ui: &Ui, rest: &mut Rect, group: &Summary, largest: u64, color: Color32) {
    let place = take_left(rest, COUNT);
    let share = group.seen.records as f32 / largest.max(1) as f32;
    let bar = Rect::from_min_max(
        pos2(
            place.right() - (COUNT * share).max(2.0),
            place.bottom() - 4.0,
        ),
        pos2(place.right(), place.bottom() - 2.0),
    );
    let ink = match group.gravity >= Gravity::Warning {
        true => palette(ui).severity(group.gravity).solid,
        false => palette(ui).weak,
    };
    ui.painter().rect_filled(bar, 1.0, ink);
    let text = number::short_count(group.seen.records);
    let text = ui.painter().layout_no_wrap(text, small(), color);
    let at = pos2(
        place.right() - text.size().x,
        place.center().y - text.size().y / 2.0 - 1.0,
    );
    ui.painter().galley(at, text, color);
}

fn level(ui: &Ui, rest: &mut Rect, group: &Summary) {
    let place = take_left(rest, LEVEL);
    if group.level.is_empty() {
        return;
    }
    let look = palette(ui).severity(group.gravity);
    let room = LEVEL - 8.0;
    let (text, _) = elide::middle(ui.painter(), &group.level, &small(), look.badge_text, room);
    let size = vec2(text.size().x + 8.0, text.size().y + 2.0);
    let badge = Rect::from_min_size(pos2(place.left(), place.center().y - size.y / 2.0), size);
    ui.painter().rect_filled(badge, radius::SMALL, look.badge);
    let at = badge.center() - text.size() / 2.0;
    ui.painter().galley(at, text, look.badge_text);
}

fn last(ui: &Ui, rest: &mut Rect, group: &Summary, look: &mut Look) {
    let last = group.seen.times.map(|(_, last)| look.time(last));
    cell(ui, rest, TIME, &last.unwrap_or_default());
}

/// A small quiet text at the right.
fn cell(ui: &Ui, rest: &mut Rect, width: f32, text: &str) {
    let place = take_right(rest, width);
    quiet(ui, place, text, elide::middle);
}

/// Text that is cut in this way where it does not fit.
fn quiet(ui: &Ui, place: Rect, text: &str, cut: elide::Cut) {
    let color = palette(ui).weak;
    let (text, _) = cut(ui.painter(), text, &small(), color, place.width());
    let at = pos2(place.left(), place.center().y - text.size().y / 2.0);
    ui.painter().galley(at, text, color);
}

/// Records over time, in one mesh.
fn spark(ui: &Ui, rest: &mut Rect, group: &Summary) {
    let width = SPARK.min(rest.width().max(0.0));
    let place = take_right(rest, width).shrink2(vec2(0.0, 3.0));
    let steps = group.scale.len();
    let counts = group.seen.steps.get(..steps).unwrap_or_default();
    let most = counts.iter().copied().max().unwrap_or(0);
    if most == 0 || place.width() < 10.0 {
        return;
    }
    let p = palette(ui);
    let ink = match group.gravity >= Gravity::Warning {
        true => p.severity(group.gravity).solid,
        false => p.weak,
    };
    let wide = place.width() / steps as f32;
    let mut mesh = Mesh::default();
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let left = place.left() + at as f32 * wide;
        let high = (*count as f32 / most as f32 * place.height()).max(1.5);
        let bar = Rect::from_min_max(
            pos2(left, place.bottom() - high),
            pos2(left + wide.max(1.0), place.bottom()),
        );
        mesh.add_colored_rect(bar, ink);
    }
    ui.painter().add(Shape::mesh(mesh));
}

/// The template, with what varies drawn quieter; of an exception its type louder, and its latest message behind.
fn title(ui: &Ui, place: Rect, group: &Summary, color: Color32) {
    let mut job = LayoutJob::default();
    job.wrap.max_width = place.width().max(20.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let p = palette(ui);
    let add = |job: &mut LayoutJob, text: &str, font: FontId, color: Color32| {
        let shown: Cow<'_, str> = name(text);
        job.append(&shown, 0.0, TextFormat::simple(font, color));
    };
    let shown = clipped(&group.title, LONGEST);
    match group.kind {
        Kind::Raised => {
            let (kind, calls) = shown.split_once(" in ").unwrap_or((&shown, ""));
            add(&mut job, kind, mono(), p.severity(group.gravity).ink);
            add(&mut job, &format!("  {calls}"), mono(), color);
            if let Some(latest) = &group.latest {
                let said = latest.strip_prefix(kind).unwrap_or(latest);
                let said = said.trim_start_matches(':');
                add(
                    &mut job,
                    &format!("  {}", clipped(said, LONGEST)),
                    mono(),
                    p.weak,
                );
            }
        }
        Kind::Pattern | Kind::Error => {
            for (part, varies) in parts(&shown) {
                add(&mut job, part, mono(), if varies { p.weak } else { color });
            }
        }
    }
    let galley: Arc<Galley> = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(place.left(), place.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}

/// A template in parts; whether each varies.
fn parts(template: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = template;
    while !rest.is_empty() {
        let next = [VARIABLE, ANY, REST]
            .into_iter()
            .filter_map(|sign| Some((rest.find(sign)?, sign.len())))
            .min();
        let (at, len) = next.unwrap_or((rest.len(), 0));
        let (words, behind) = rest.split_at(at);
        let (sign, behind) = behind.split_at(len);
        parts.extend(
            [(words, false), (sign, true)]
                .into_iter()
                .filter(|(part, _)| !part.is_empty()),
        );
        rest = behind;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_varies_is_told_apart() {
        let expected = [
            ("job ", false),
            ("<*>", true),
            (" of ", false),
            ("<any>", true),
            (" 로그 ", false),
            ("<...>", true),
        ];
        assert_eq!(parts("job <*> of <any> 로그 <...>"), expected);
        assert_eq!(parts(""), []);
    }
}
