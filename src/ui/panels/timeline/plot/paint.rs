//! The numbers: bands and points as one mesh, lines over them, and round numbers beside them.

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::super::paint::Picture;
use super::PlotModel;
use super::axis::Axis;
use super::hover::Hovered;
use crate::query::plot::MOST_SERIES;
use crate::query::plot::summary::{PlotSummary, SeriesSummary};
use crate::ui::theme::{Palette, palette, radius, small};
use crate::ui::widgets::measure::measure;

/// Distance of round numbers in points.
const TICK: f32 = 26.0;

/// Half of a point's side.
const POINT: f32 = 1.5;

/// Steps further apart are not joined by a line.
const GAP: usize = 6;

/// The colour of a series; that of the others says nothing.
pub(super) fn color(model: &PlotModel<'_>, palette: &Palette, place: usize) -> Color32 {
    let alone = model.spec.split.names().is_empty();
    if let Some(gravity) = model.gravities.get(place) {
        return palette.severity(*gravity).solid;
    }
    match place {
        _ if alone => palette.accent,
        MOST_SERIES.. => palette.weak,
        _ if place >= model.spec.split.names().len() => palette.weak,
        _ => palette.fields.get(place).copied().unwrap_or(palette.weak),
    }
}

pub(super) fn show(
    ui: &Ui,
    model: &PlotModel<'_>,
    picture: &Picture<'_>,
    (plot, axis): (&PlotSummary, &Axis),
    hovered: Option<&Hovered>,
) {
    let (painter, palette) = (ui.painter(), palette(ui));
    let area = picture.bars;
    painter.rect_filled(area, radius::SMALL, palette.page);
    let painter = painter.with_clip_rect(area.intersect(ui.clip_rect()));
    grid(&painter, area, (plot, axis), palette);
    painter.add(Shape::mesh(mesh(
        model,
        picture,
        (plot, axis),
        palette,
        hovered,
    )));
    if plot.points.is_none() {
        for series in &plot.series {
            let color = color(model, palette, series.place);
            let faint = hovered.is_some_and(|hovered| hovered.is_other_than(series.place));
            let color = if faint {
                color.gamma_multiply(0.35)
            } else {
                color
            };
            if plot.series.len() <= 2 {
                let p95 = color.gamma_multiply(0.6);
                lines(&painter, picture, axis, (plot, series), p95, |step| {
                    step.p95
                });
            }
            lines(&painter, picture, axis, (plot, series), color, |step| {
                step.median
            });
        }
    }
    super::super::paint::filter(&painter, picture, palette);
    cross(&painter, picture, hovered, palette);
    labels(&painter, area, (plot, axis), palette);
}

fn grid(painter: &Painter, area: Rect, (plot, axis): (&PlotSummary, &Axis), palette: &Palette) {
    let stroke = Stroke::new(1.0, palette.separator);
    for tick in axis.ticks(plot.unit, most_ticks(area)) {
        painter.hline(area.x_range(), axis.y_of(tick), stroke);
    }
}

fn most_ticks(area: Rect) -> usize {
    (area.height() / TICK).max(1.0) as usize
}

fn mesh(
    model: &PlotModel<'_>,
    picture: &Picture<'_>,
    (plot, axis): (&PlotSummary, &Axis),
    palette: &Palette,
    hovered: Option<&Hovered>,
) -> Mesh {
    let mut mesh = Mesh::default();
    if let Some(points) = &plot.points {
        for point in points {
            let at = pos2(picture.x_of(point.time), axis.y_of(point.number));
            let color = color(model, palette, usize::from(point.series));
            let side = vec2(POINT, POINT);
            mesh.add_colored_rect(Rect::from_min_max(at - side, at + side), color);
        }
        return mesh;
    }
    for series in &plot.series {
        let chosen = hovered.is_some_and(|hovered| hovered.series() == Some(series.place));
        if plot.series.len() > 1 && !chosen {
            continue;
        }
        let color = color(model, palette, series.place).gamma_multiply(0.22);
        for step in &series.steps {
            let from = picture.x_of(plot.scale.start_of(step.step));
            let to = picture.x_of(plot.scale.start_of(step.step + 1));
            let (top, bottom) = (axis.y_of(step.most.0), axis.y_of(step.least.0));
            let (top, bottom) = (top.min(bottom - 1.0), bottom);
            let band = Rect::from_x_y_ranges(from..=to.max(from + 1.0), top..=bottom);
            mesh.add_colored_rect(band, color);
        }
    }
    mesh
}

/// A line through one number of each step, broken where there is none for long.
fn lines(
    painter: &Painter,
    picture: &Picture<'_>,
    axis: &Axis,
    (plot, series): (&PlotSummary, &SeriesSummary),
    color: Color32,
    of: impl Fn(&crate::query::plot::summary::StepSummary) -> f64,
) {
    let mut run: Vec<Pos2> = Vec::new();
    let mut last = 0;
    let end = |run: &mut Vec<Pos2>| {
        match run.as_slice() {
            [] => {}
            [one] => {
                painter.circle_filled(*one, POINT, color);
            }
            _ => {
                painter.add(Shape::line(std::mem::take(run), Stroke::new(1.5, color)));
            }
        }
        run.clear();
    };
    for step in &series.steps {
        if step.step > last + GAP {
            end(&mut run);
        }
        last = step.step;
        let (from, to) = (
            plot.scale.start_of(step.step),
            plot.scale.start_of(step.step + 1),
        );
        let x = (picture.x_of(from) + picture.x_of(to)) / 2.0;
        run.push(pos2(x, axis.y_of(of(step))));
    }
    end(&mut run);
}

/// Where the pointer and the focused record are.
fn cross(painter: &Painter, picture: &Picture<'_>, hovered: Option<&Hovered>, palette: &Palette) {
    let area = picture.bars;
    if let Some(focus) = picture.model.focus {
        painter.vline(
            picture.x_of(focus),
            area.y_range(),
            Stroke::new(1.0, palette.text),
        );
    }
    if let Some(hovered) = hovered {
        painter.vline(
            hovered.at.x,
            area.y_range(),
            Stroke::new(1.0, palette.faint),
        );
        painter.circle_stroke(hovered.at, 4.0, Stroke::new(1.5, palette.strong));
    }
}

fn labels(painter: &Painter, area: Rect, (plot, axis): (&PlotSummary, &Axis), palette: &Palette) {
    for tick in axis.ticks(plot.unit, most_ticks(area)) {
        let y = axis.y_of(tick);
        if y < area.top() + 10.0 {
            continue;
        }
        let text = measure(tick, plot.unit);
        let galley = painter.layout_no_wrap(text, small(), palette.weak);
        let at = Align2::LEFT_BOTTOM.anchor_size(pos2(area.left() + 3.0, y), galley.size());
        let ground = at.expand2(vec2(2.0, 0.0));
        painter.rect_filled(ground, radius::SMALL, palette.page.gamma_multiply(0.8));
        painter.galley(at.min, galley, palette.weak);
    }
}
