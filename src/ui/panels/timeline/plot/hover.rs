//! What is under the pointer: a point, or a step of a series, and where a click leads.

use egui::{Pos2, Rect, Response, Tooltip, Ui, pos2};

use super::super::paint::Picture;
use super::super::ticks;
use super::PlotModel;
use super::axis::Axis;
use super::paint::color;
use crate::base::lang::tr;
use crate::base::text::name;
use crate::base::time::{ZoneClock, format_time};
use crate::query::plot::Point;
use crate::query::plot::summary::{PlotSummary, SeriesSummary, StepSummary};
use crate::tr;
use crate::ui::action::Action;
use crate::ui::theme::palette;
use crate::ui::widgets::measure::measure;
use crate::ui::widgets::number;

/// A point is meant from so far away, in points.
const NEAR: f32 = 24.0;

/// What is under the pointer.
#[derive(Debug)]
pub(super) struct Hovered {
    /// Where it is.
    pub(super) at: Pos2,
    what: What,
}

#[derive(Debug)]
enum What {
    Point(Point),
    /// The step of this number, of the series at this place; what of it is nearest.
    Step(usize, usize, Nearest),
}

#[derive(Debug, Clone, Copy)]
enum Nearest {
    Least,
    Middle,
    Most,
}

impl Hovered {
    /// The series that it is of.
    pub(super) fn series(&self) -> Option<usize> {
        match &self.what {
            What::Point(point) => Some(usize::from(point.series)),
            What::Step(_, place, _) => Some(*place),
        }
    }

    /// Whether it is of another series.
    pub(super) fn is_other_than(&self, place: usize) -> bool {
        self.series().is_some_and(|series| series != place)
    }

    /// Where a click leads: to the record of a point, of the least or the most, or to the time.
    pub(super) fn target(&self, plot: &PlotSummary) -> Action {
        match &self.what {
            What::Point(point) => Action::JumpTo(point.record),
            What::Step(step, place, nearest) => {
                let found = step_of(plot, *place, *step);
                match (found, nearest) {
                    (Some((_, step)), Nearest::Least) => Action::JumpTo(step.least.1),
                    (Some((_, step)), Nearest::Most) => Action::JumpTo(step.most.1),
                    _ => Action::SeekTime(plot.scale.start_of(*step)),
                }
            }
        }
    }
}

fn step_of(
    plot: &PlotSummary,
    place: usize,
    step: usize,
) -> Option<(&SeriesSummary, &StepSummary)> {
    let series = plot.series.iter().find(|series| series.place == place)?;
    let at = series
        .steps
        .binary_search_by_key(&step, |it| it.step)
        .ok()?;
    series.steps.get(at).map(|step| (series, step))
}

/// What is under the pointer, if it is near anything.
pub(super) fn find(
    ui: &Ui,
    response: &Response,
    picture: &Picture<'_>,
    plot: &PlotSummary,
    axis: &Axis,
) -> Option<Hovered> {
    let clicked = response.clicked().then(|| response.interact_pointer_pos());
    let pointer = response.hover_pos().or(clicked.flatten())?;
    if !ui.is_enabled() || response.dragged() {
        return None;
    }
    if let Some(points) = &plot.points {
        return nearest_point(picture, points, axis, pointer);
    }
    let moment = picture.moment_at(pointer.x);
    let step = plot.scale.step_of(moment)?;
    let candidates = plot.series.iter().filter_map(|series| {
        let (_, found) = step_of(plot, series.place, step)?;
        Some((series.place, *found))
    });
    let x = {
        let (from, to) = (plot.scale.start_of(step), plot.scale.start_of(step + 1));
        (picture.x_of(from) + picture.x_of(to)) / 2.0
    };
    let with_places = candidates.flat_map(|(place, found)| {
        [
            (Nearest::Middle, found.median),
            (Nearest::Most, found.most.0),
            (Nearest::Least, found.least.0),
        ]
        .map(|(nearest, number)| (place, nearest, pos2(x, axis.y_of(number))))
    });
    let distance = |at: &Pos2| (at.y - pointer.y).abs();
    let (place, nearest, at) =
        with_places.min_by(|one, other| distance(&one.2).total_cmp(&distance(&other.2)))?;
    Some(Hovered {
        at,
        what: What::Step(step, place, nearest),
    })
}

fn nearest_point(
    picture: &Picture<'_>,
    points: &[Point],
    axis: &Axis,
    pointer: Pos2,
) -> Option<Hovered> {
    let placed = points.iter().map(|point| {
        let at = pos2(picture.x_of(point.time), axis.y_of(point.number));
        (at.distance_sq(pointer), at, point)
    });
    let (distance, at, point) = placed.min_by(|one, other| one.0.total_cmp(&other.0))?;
    (distance <= NEAR * NEAR).then_some(Hovered {
        at,
        what: What::Point(*point),
    })
}

/// Tells what is under the pointer.
pub(super) fn tip(
    response: &Response,
    model: &PlotModel<'_>,
    picture: &Picture<'_>,
    plot: &PlotSummary,
    hovered: &Hovered,
) {
    let mut tooltip = Tooltip::for_enabled(response);
    let column = Rect::from_x_y_ranges(
        hovered.at.x - 4.0..=hovered.at.x + 4.0,
        picture.bars.y_range(),
    );
    tooltip.popup = tooltip.popup.anchor(column);
    tooltip.show(|ui| {
        let mut clock = ZoneClock::new(&picture.model.zone);
        match &hovered.what {
            What::Point(point) => {
                ui.label(format_time(point.time, &mut clock));
                let place = usize::from(point.series);
                let value = measure(point.number, plot.unit);
                ui.colored_label(
                    color(model, palette(ui), place),
                    named(model, place, &value),
                );
                ui.colored_label(palette(ui).weak, tr("Click: to this record"));
            }
            What::Step(step, place, nearest) => {
                let (from, to) = (plot.scale.start_of(*step), plot.scale.start_of(step + 1));
                ui.label(ticks::span(from, to, &mut clock));
                for series in &plot.series {
                    if let Some((_, found)) = step_of(plot, series.place, *step)
                        && (plot.series.len() <= 3 || series.place == *place)
                    {
                        let words = words(found, plot);
                        let color = color(model, palette(ui), series.place);
                        ui.colored_label(color, named(model, series.place, &words));
                    }
                }
                let hint = match nearest {
                    Nearest::Most => tr("Click: to the record with the most"),
                    Nearest::Least => tr("Click: to the record with the least"),
                    Nearest::Middle => tr("Click: to this time"),
                };
                ui.colored_label(palette(ui).weak, hint);
            }
        }
    });
}

/// What is said of a series, with its name if it has one.
fn named(model: &PlotModel<'_>, place: usize, words: &str) -> String {
    match series_name(model, place) {
        Some(series) => format!("{series}: {words}"),
        None => words.to_owned(),
    }
}

/// The name of a series; `None` of the only one.
pub(super) fn series_name(model: &PlotModel<'_>, place: usize) -> Option<String> {
    let names = model.spec.split.names();
    if names.is_empty() {
        return None;
    }
    let known = names.get(place).map(|own| name(own).into_owned());
    Some(known.unwrap_or_else(|| tr("others").to_owned()))
}

fn words(step: &StepSummary, plot: &PlotSummary) -> String {
    let [least, median, p95, most] =
        [step.least.0, step.median, step.p95, step.most.0].map(|number| measure(number, plot.unit));
    let n = number::count(step.count);
    tr!(
        "{n} numbers, min {least}, median {median}, p95 {p95}, max {most}",
        n,
        least,
        median,
        p95,
        most
    )
}
