//! What is told of numbers over time: few enough to be drawn.

use super::{MOST_SERIES, PlotFound, PlotSurvey, Point};
use crate::base::id::RecordNo;
use crate::query::number::Unit;
use crate::query::timeline::Scale;

/// Numbers over time.
#[derive(Debug, Clone, Default)]
pub struct PlotSummary {
    /// The field.
    pub field: String,
    /// The steps.
    pub scale: Scale,
    /// What the numbers count.
    pub unit: Unit,
    /// The series in their order, the others last; those without numbers are left out.
    pub series: Vec<SeriesSummary>,
    /// Every number, if they are few; in the order of time.
    pub points: Option<Vec<Point>>,
    /// The least and the most of all.
    pub ends: Option<(f64, f64)>,
    /// How many numbers there are.
    pub count: u64,
}

/// A series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesSummary {
    /// Its place among all series that could be: its colour.
    pub place: usize,
    /// Its name; `None` for the only one and for the others.
    pub name: Option<String>,
    /// How many numbers it has.
    pub count: u64,
    /// The steps that have numbers, in order.
    pub steps: Vec<StepSummary>,
}

/// The numbers of one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepSummary {
    /// Which step.
    pub step: usize,
    /// How many numbers.
    pub count: u64,
    /// The least, exact, and a record that has it.
    pub least: (f64, RecordNo),
    /// The median, within 3 %.
    pub median: f64,
    /// The number below which 95 of 100 lie, within 3 %.
    pub p95: f64,
    /// The most, exact, and a record that has it.
    pub most: (f64, RecordNo),
}

impl PlotSurvey {
    /// What is told of what was found.
    #[must_use]
    pub fn summary(&self, found: &PlotFound) -> PlotSummary {
        let names = self.spec.split.names();
        let series: Vec<SeriesSummary> = { found.series.iter().take(MOST_SERIES + 1).enumerate() }
            .filter(|(_, steps)| !steps.is_empty())
            .map(|(place, steps)| {
                let steps = steps.iter().enumerate();
                let steps: Vec<StepSummary> = steps
                    .filter_map(|(step, bucket)| {
                        let (least, most) = bucket.ends()?;
                        Some(StepSummary {
                            step,
                            count: bucket.total(),
                            least,
                            median: bucket.quantile(0.5)?,
                            p95: bucket.quantile(0.95)?,
                            most,
                        })
                    })
                    .collect();
                SeriesSummary {
                    place,
                    name: names.get(place).cloned(),
                    count: steps.iter().map(|step| step.count).sum(),
                    steps,
                }
            })
            .collect();
        let steps = || series.iter().flat_map(|series| &series.steps);
        let least = steps().map(|step| step.least.0).reduce(f64::min);
        let most = steps().map(|step| step.most.0).reduce(f64::max);
        let last = steps().map(|step| step.step).max().unwrap_or(0);
        let mut points = (!found.many).then(|| found.points.clone());
        if let Some(points) = &mut points {
            points.sort_by_key(|point| (point.time, point.record));
        }
        PlotSummary {
            field: self.spec.field.clone(),
            scale: self.scale.up_to(self.scale.start_of(last)),
            unit: found.units.unit(),
            count: series.iter().map(|series| series.count).sum(),
            series,
            points,
            ends: least.zip(most),
        }
    }
}
