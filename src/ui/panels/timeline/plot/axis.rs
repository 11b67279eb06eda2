//! Where numbers are drawn: in equal steps or in equal factors, with round numbers beside it.

use egui::Rect;

use crate::query::number::Unit;
use crate::query::plot::summary::PlotSummary;

/// Numbers whose most is so many times their usual size are drawn in factors.
const SIZES: f64 = 50.0;

/// From a number to its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    /// Sizes are drawn by factors.
    pub(super) log: bool,
    top: f32,
    bottom: f32,
}

impl Axis {
    /// An axis for these numbers; `None` without any.
    pub(super) fn of(plot: &PlotSummary, log: Option<bool>, area: Rect) -> Option<Self> {
        let (least, most) = plot.ends?;
        let positive = least_positive(plot);
        let log = log.unwrap_or_else(|| is_wide(plot, least, most)) && positive.is_some();
        let (low, high) = match positive.filter(|_| log) {
            Some(low) => (low / 1.2, most.max(low) * 1.2),
            None => {
                let span = most - least;
                let from_zero = least >= 0.0 && least < most * 0.7;
                let low = if from_zero { 0.0 } else { least - span * 0.08 };
                (low, most + (most - low) * 0.08)
            }
        };
        // A single number has room around it.
        let (low, high) = match high > low {
            true => (low, high),
            false => (low - 1.0, high + 1.0),
        };
        Some(Self {
            low,
            high,
            log,
            top: area.top(),
            bottom: area.bottom(),
        })
    }

    /// The place of a number, within the drawing.
    pub(super) fn y_of(&self, number: f64) -> f32 {
        let part = match self.log {
            true => {
                let number = number.max(self.low);
                (number / self.low).ln() / (self.high / self.low).ln()
            }
            false => (number - self.low) / (self.high - self.low),
        };
        self.bottom - part.clamp(0.0, 1.0) as f32 * (self.bottom - self.top)
    }

    /// Round numbers, at most about so many.
    pub(super) fn ticks(&self, unit: Unit, most: usize) -> Vec<f64> {
        match self.log {
            true => self.powers(most),
            false => self.steps(unit, most),
        }
    }

    fn powers(&self, most: usize) -> Vec<f64> {
        let (first, last) = (
            self.low.log10().ceil() as i32,
            self.high.log10().floor() as i32,
        );
        let powers = usize::try_from(last - first + 1).unwrap_or(0);
        let stride = powers.div_ceil(most.max(1)).max(1);
        (first..=last)
            .step_by(stride)
            .map(|power| 10_f64.powi(power))
            .collect()
    }

    fn steps(&self, unit: Unit, most: usize) -> Vec<f64> {
        let step = round_step((self.high - self.low) / most.max(1) as f64, unit);
        let first = (self.low / step).ceil() as i64;
        let ticks = (first..).map(|tick| tick as f64 * step);
        ticks
            .take_while(|tick| *tick < self.high)
            .take(most + 2)
            .collect()
    }
}

/// Whether numbers are of so many sizes that most of them would lie at the bottom.
fn is_wide(plot: &PlotSummary, least: f64, most: f64) -> bool {
    let steps = plot.series.iter().flat_map(|series| &series.steps);
    let mut medians: Vec<f64> = steps.map(|step| step.median).collect();
    if medians.is_empty() || least <= 0.0 {
        return false;
    }
    let middle = medians.len() / 2;
    let (_, median, _) = medians.select_nth_unstable_by(middle, f64::total_cmp);
    most > *median * SIZES
}

/// The least number that has a place where sizes are factors.
fn least_positive(plot: &PlotSummary) -> Option<f64> {
    let steps = plot.series.iter().flat_map(|series| &series.steps);
    let numbers = steps.flat_map(|step| [step.least.0, step.median, step.p95, step.most.0]);
    numbers.filter(|number| *number > 0.0).reduce(f64::min)
}

/// A step that people count in, at least so large.
fn round_step(least: f64, unit: Unit) -> f64 {
    const MINUTES: [f64; 9] = [
        60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 7_200.0, 21_600.0, 86_400.0,
    ];
    if unit == Unit::Seconds && least > 20.0 {
        let found = MINUTES.into_iter().find(|step| *step >= least);
        return found.unwrap_or(86_400.0 * (least / 86_400.0).ceil());
    }
    let power = 10_f64.powf(least.max(f64::MIN_POSITIVE).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    let found = steps.into_iter().find(|step| *step >= least);
    found.unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(low: f64, high: f64, log: bool) -> Axis {
        Axis {
            low,
            high,
            log,
            top: 0.0,
            bottom: 100.0,
        }
    }

    #[test]
    fn ticks_are_round() {
        for (low, high, log, unit, expected) in [
            (0.0, 108.0, false, Unit::Plain, vec![0.0, 50.0, 100.0]),
            (-3.0, 3.0, false, Unit::Plain, vec![-2.0, 0.0, 2.0]),
            (0.0, 400.0, false, Unit::Seconds, vec![0.0, 300.0]),
            (0.5, 2_000.0, true, Unit::Plain, vec![1.0, 100.0]),
        ] {
            assert_eq!(
                axis(low, high, log).ticks(unit, 3),
                expected,
                "{low} {high}"
            );
        }
    }

    #[test]
    fn places_go_up_with_numbers() {
        for log in [false, true] {
            let axis = axis(1.0, 1_000.0, log);
            let places: Vec<f32> = [0.0, 1.0, 10.0, 999.0, 5e9]
                .map(|it| axis.y_of(it))
                .to_vec();
            assert!(places.windows(2).all(|two| two[0] >= two[1]), "{places:?}");
            assert_eq!((places[0], places[4]), (100.0, 0.0));
        }
    }
}
