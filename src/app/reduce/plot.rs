//! Which number is drawn over time, and what its series are.

use std::cmp::Reverse;

use crate::app::state::State;
use crate::app::tab::Tab;
use crate::query::plot::{MOST_SERIES, PlotSpec, Split};

/// Draws a number, or none; the series of a split are those that most records are in.
pub fn choose(state: &mut State, spec: Option<PlotSpec>) {
    let drawn = spec.is_some();
    let Some(tab) = state.tab_mut() else { return };
    let spec = spec.map(|spec| PlotSpec {
        split: with_names(tab, spec.split),
        ..spec
    });
    tab.plot.choose(spec);
    state.session_changed();
    if drawn && !state.panels().timeline_visible {
        super::dialogs::toggle_timeline(state);
    }
}

/// Draws sizes by factors, or not.
pub fn by_factors(state: &mut State, on: bool) {
    if let Some(tab) = state.tab_mut() {
        tab.plot.by_factors = Some(on);
        state.session_changed();
    }
}

fn with_names(tab: &Tab, split: Split) -> Split {
    match split {
        Split::None => Split::None,
        Split::Level(_) => Split::Level(levels(tab)),
        Split::Logger(_) => Split::Logger(loggers(tab)),
        Split::Field(field, _) => {
            let names = values(tab, &field);
            Split::Field(field, names)
        }
    }
}

/// The levels that occur, the grave ones first.
fn levels(tab: &Tab) -> Vec<String> {
    let Some(source) = &tab.source else {
        return Vec::new();
    };
    let (table, stats) = (&source.snapshot.levels, &source.snapshot.stats);
    let ids = table.ids_by_rank().into_iter().rev();
    let occurring = ids.filter(|id| stats.level(*id) > 0);
    let names = occurring.map(|id| table.name(id).to_owned());
    names
        .filter(|name| !name.is_empty())
        .take(MOST_SERIES)
        .collect()
}

/// The loggers that most of the shown records are of.
fn loggers(tab: &Tab) -> Vec<String> {
    let Some(source) = &tab.source else {
        return Vec::new();
    };
    let tally = tab.view.as_ref().map(|view| &view.tally);
    let loggers = source.snapshot.loggers.iter();
    let counted =
        loggers.map(|(id, name)| (tally.map_or(0, |tally| tally.logger(id).records), name));
    most(counted)
}

/// The values of a field that occur most often, as far as they are known.
fn values(tab: &Tab, field: &str) -> Vec<String> {
    let Some(state) = &tab.fields.state else {
        return Vec::new();
    };
    let mut fields = state.fields.fields.iter();
    let found = fields.find(|known| *known.name == *field);
    let values = found.iter().flat_map(|field| &field.top);
    let whole = values.filter(|value| !value.is_cut);
    most(whole.map(|value| (value.count.number(), &*value.text)))
}

fn most<'a>(counted: impl Iterator<Item = (u64, &'a str)>) -> Vec<String> {
    let mut counted: Vec<_> = counted
        .filter(|(count, name)| *count > 0 && !name.is_empty())
        .collect();
    counted.sort_by_key(|(count, _)| Reverse(*count));
    counted.truncate(MOST_SERIES);
    counted
        .into_iter()
        .map(|(_, name)| name.to_owned())
        .collect()
}
