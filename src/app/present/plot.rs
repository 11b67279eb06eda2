//! The model of a number over time.

use std::sync::Arc;

use crate::app::tab::Tab;
use crate::query::plot::{PlotSpec, Split};
use crate::ui::panels::timeline::plot::PlotModel;

/// A number of the records of a tab, if one is drawn.
#[must_use]
pub fn plot<'a>(tab: &'a Tab, spec: &'a PlotSpec) -> PlotModel<'a> {
    let state = tab.plot.state.as_deref();
    let state = state.filter(|state| state.generation == tab.generation());
    let surveyed = state.map(|state| state.surveyed).unwrap_or_default();
    let gravities = match (&spec.split, &tab.source) {
        (Split::Level(names), Some(source)) => {
            let levels = &source.snapshot.levels;
            let gravity = |name: &String| levels.find(name).map(|id| levels.gravity(id));
            names.iter().filter_map(gravity).collect()
        }
        _ => Vec::new(),
    };
    PlotModel {
        spec,
        plot: state.map(|state| &state.plot),
        looked_at: (surveyed.rows, surveyed.of),
        complete: surveyed.complete,
        gravities,
        by_factors: tab.plot.by_factors,
        fields: tab
            .fields
            .state
            .as_ref()
            .map(|state| Arc::clone(&state.fields)),
        timeline: super::timeline(tab),
    }
}
