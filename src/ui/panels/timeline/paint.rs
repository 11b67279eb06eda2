//! The bars as one mesh, and what lies over them.

use egui::{Align2, Color32, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::TimelineModel;
use super::ticks::{MICRO, MILLI, MINUTE, ticks};
use crate::base::level::Gravity;
use crate::base::time::{NANOS_PER_SEC, Timestamp, ZoneClock};
use crate::query::timeline::{Counts, Timeline};
use crate::ui::theme::{self, Palette, palette, radius, space};

/// From the bottom of a bar to its top: what must be seen stands on the same line everywhere.
const ORDER: [Gravity; 8] = [
    Gravity::Critical,
    Gravity::Error,
    Gravity::Warning,
    Gravity::Notice,
    Gravity::Info,
    Gravity::Debug,
    Gravity::Trace,
    Gravity::None,
];

/// An error among millions of other records is so high at least.
const LEAST: f32 = 2.0;

/// Distance of labels in points.
const LABEL: f32 = 110.0;

/// Height of the line that marks the records in sight.
const SIGHT: f32 = 3.0;

/// What is drawn, and where.
pub(super) struct Picture<'a> {
    pub(super) bars: Rect,
    pub(super) timeline: &'a Timeline,
    pub(super) model: &'a TimelineModel<'a>,
}

impl Picture<'_> {
    /// The moment at a place.
    pub(super) fn moment_at(&self, x: f32) -> Timestamp {
        let position = (x - self.bars.left()) / self.bars.width().max(1.0);
        self.timeline.scale.moment(f64::from(position))
    }

    /// The moment nearby with the fewest digits: nobody drags to a part of a point.
    pub(super) fn readable(&self, moment: Timestamp) -> Timestamp {
        let left = self.bars.left();
        let point = self.moment_at(left + 1.0).0 - self.moment_at(left).0;
        let units = [MINUTE, NANOS_PER_SEC, MILLI, MICRO];
        let unit = units.into_iter().find(|unit| *unit <= point).unwrap_or(1);
        let half = Timestamp(moment.0.saturating_add(unit / 2));
        Timestamp(half.0.saturating_sub(half.0.rem_euclid(unit)))
    }

    /// The place of a moment, at most a little outside.
    pub(super) fn x_of(&self, time: Timestamp) -> f32 {
        let position = self.timeline.scale.position(time).clamp(-0.1, 1.1);
        self.bars.left() + position as f32 * self.bars.width()
    }

    /// The place of a step.
    pub(super) fn step(&self, step: usize) -> Rect {
        let scale = &self.timeline.scale;
        self.column(scale.start_of(step), scale.start_of(step + 1))
    }

    fn column(&self, from: Timestamp, to: Timestamp) -> Rect {
        let (left, right) = (self.x_of(from), self.x_of(to));
        Rect::from_x_y_ranges(left..=right, self.bars.y_range()).intersect(self.bars)
    }
}

/// Words in place of bars.
pub(super) fn words(ui: &Ui, rect: Rect, words: &str) {
    let color = palette(ui).weak;
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        words,
        theme::small(),
        color,
    );
}

pub(super) fn show(ui: &Ui, picture: &Picture<'_>, focused: bool) {
    let (painter, palette) = (ui.painter(), palette(ui));
    let bars = picture.bars;
    painter.rect_filled(bars, radius::SMALL, palette.page);
    painter.add(Shape::mesh(mesh(picture, palette, ui.pixels_per_point())));
    filter(painter, picture, palette);
    sight(painter, picture, palette);
    jumps(painter, picture, palette);
    labels(painter, picture, palette);
    if focused {
        let stroke = Stroke::new(2.0, palette.accent);
        painter.rect_stroke(bars, radius::SMALL, stroke, StrokeKind::Outside);
    }
}

/// Two triangles for each gravity in each step, and for the whole log behind them.
fn mesh(picture: &Picture<'_>, palette: &Palette, pixels: f32) -> Mesh {
    let timeline = picture.timeline;
    let most = timeline
        .all
        .iter()
        .map(Counts::total)
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    let bars = picture.bars;
    let snap = |x: f32| (x * pixels).round() / pixels;
    let width = bars.width() / timeline.scale.len().max(1) as f32;
    let gap = if width >= STEP_WITH_GAP { 1.0 } else { 0.0 };
    let mut mesh = Mesh::default();
    for (step, all) in timeline.all.iter().enumerate() {
        let total = all.total();
        if total == 0 {
            continue;
        }
        let left = snap(bars.left() + step as f32 * width);
        let right = snap(bars.left() + (step + 1) as f32 * width).max(left + 1.0 / pixels) - gap;
        let height = |count: u64| (count as f32 / most * bars.height()).max(1.0);
        let part = |from: f32, to: f32| {
            Rect::from_min_max(
                pos2(left, bars.bottom() - to),
                pos2(right, bars.bottom() - from),
            )
        };
        let shown = timeline.shown.get(step).copied().unwrap_or_default();
        if shown.total() < total {
            mesh.add_colored_rect(part(0.0, height(total)), palette.placeholder);
        }
        let mut from = 0.0;
        for gravity in ORDER {
            let count = shown.of(gravity);
            if count == 0 {
                continue;
            }
            let least = if gravity >= Gravity::Error {
                LEAST
            } else {
                0.0
            };
            let to = (from + height(count).max(least)).min(bars.height());
            mesh.add_colored_rect(part(from, to), palette.severity(gravity).solid);
            from = to;
        }
    }
    mesh
}

/// Bars from this width on have a gap between them.
const STEP_WITH_GAP: f32 = 3.0;

/// What the filter leaves out is dimmed.
pub(super) fn filter(painter: &Painter, picture: &Picture<'_>, palette: &Palette) {
    let range = &picture.model.range;
    let scale = &picture.timeline.scale;
    let veil = palette.panel.gamma_multiply(0.6);
    let line = Stroke::new(1.0, palette.accent);
    let side = |from: Timestamp, to: Timestamp, edge: Timestamp| {
        painter.rect_filled(picture.column(from, to), 0, veil);
        let x = picture.x_of(edge);
        if picture.bars.x_range().contains(x) {
            painter.vline(x, picture.bars.y_range(), line);
        }
    };
    if let Some(since) = range.since {
        side(scale.start(), since, since);
    }
    if let Some(until) = range.until {
        side(until, scale.end(), until);
    }
}

/// Which times are in sight in the table, and when the focused record was.
fn sight(painter: &Painter, picture: &Picture<'_>, palette: &Palette) {
    let bars = picture.bars;
    if let Some((first, last)) = picture.model.sight {
        let column = picture.column(first.min(last), first.max(last));
        let (left, right) = (column.left(), column.right().max(column.left() + 2.0));
        if column.is_finite() && bars.x_range().contains(left) {
            let line = Rect::from_min_max(
                pos2(left, bars.bottom()),
                pos2(right, bars.bottom() + SIGHT),
            );
            painter.rect_filled(line, 1, palette.accent);
        }
    }
    if let Some(focus) = picture.model.focus {
        let x = picture.x_of(focus);
        if bars.x_range().contains(x) {
            painter.vline(x, bars.y_range(), Stroke::new(1.0, palette.text));
        }
    }
}

/// A small triangle where the clock goes back.
fn jumps(painter: &Painter, picture: &Picture<'_>, palette: &Palette) {
    for jump in &picture.timeline.jumps {
        let x = picture.x_of(jump.to);
        if picture.bars.x_range().contains(x) {
            let top = picture.bars.top();
            let points = [vec2(-4.0, 0.0), vec2(4.0, 0.0), vec2(0.0, 6.0)];
            let points = points.map(|corner| pos2(x, top) + corner).to_vec();
            let color = palette.severity(Gravity::Warning).solid;
            painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
        }
    }
}

fn labels(painter: &Painter, picture: &Picture<'_>, palette: &Palette) {
    let bars = picture.bars;
    let most = (bars.width() / LABEL).floor().max(1.0) as usize;
    let mut clock = ZoneClock::new(&picture.model.zone);
    let mut free = bars.left();
    for tick in ticks(&picture.timeline.scale, most, &mut clock) {
        let galley = painter.layout_no_wrap(tick.label, theme::small(), palette.weak);
        let x = picture.x_of(tick.at);
        let left = x + space::S;
        if left < free || left + galley.size().x > bars.right() {
            continue;
        }
        free = left + galley.size().x + space::M;
        let tick_line = bars.bottom()..=bars.bottom() + galley.size().y;
        painter.vline(x, tick_line, Stroke::new(1.0, palette.separator));
        painter.galley(
            pos2(left, bars.bottom() + SIGHT),
            galley,
            Color32::PLACEHOLDER,
        );
    }
}
