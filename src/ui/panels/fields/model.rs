//! What the list of fields shows and what it remembers.

use std::collections::HashSet;
use std::sync::Arc;

use crate::query::fields::summary::{FieldSummary, FieldsSummary};

/// What the list of fields shows.
#[derive(Debug, Clone, Default)]
pub struct FieldsModel {
    /// The fields, if anything is known of them.
    pub fields: Option<Arc<FieldsSummary>>,
    /// There is no file, or none that can be read: nothing is being counted.
    pub no_file: bool,
    /// Records that were looked at.
    pub looked_at: u64,
    /// Records that the filter leaves.
    pub rows: u64,
    /// Records that could not be read.
    pub unread: u64,
    /// Whether all of them were looked at.
    pub complete: bool,
    /// The fields that have a column in the table.
    pub columns: Arc<HashSet<String>>,
    /// The field that is drawn over time.
    pub plotted: Option<Arc<str>>,
}

/// A field or one of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) field: Arc<str>,
    pub(super) value: Option<Box<str>>,
}

/// What only the list cares about.
#[derive(Debug, Default)]
pub struct FieldsState {
    /// Whether the list has the keyboard: then arrows, Space and Enter are its own, and plain letters do nothing.
    pub has_keyboard: bool,
    /// Whether its find box has the keyboard.
    pub find_has_keyboard: bool,
    pub(super) find: String,
    pub(super) focus_find: bool,
    pub(super) focus_list: bool,
    pub(super) cursor: Option<Place>,
    pub(super) reveal: bool,
    pub(super) open: HashSet<Arc<str>>,
    /// A number is being chosen to be drawn over time: only those are listed.
    pub(super) picks_plot: bool,
    /// The bars of a histogram that are being dragged over: the field, the first and the last.
    pub(super) dragged: Option<(Arc<str>, usize, usize)>,
}

impl FieldsState {
    /// Puts the keyboard into the find box.
    pub fn focus_find(&mut self) {
        self.focus_find = true;
    }

    /// Puts the keyboard into the list itself, where it stood before.
    pub fn focus_list(&mut self) {
        self.focus_list = true;
    }

    /// Lists numbers alone, to choose one to be drawn over time, or everything.
    pub fn pick_plot(&mut self, picks: bool) {
        self.picks_plot = picks;
    }

    pub(super) fn set_open(&mut self, field: &Arc<str>, open: bool) {
        if open {
            self.open.insert(Arc::clone(field));
        } else {
            self.open.remove(field);
        }
    }
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Row<'a> {
    Field(&'a FieldSummary),
    /// What can be done with the field.
    Tools(&'a FieldSummary),
    /// Its least, median, p95 and most.
    Numbers(&'a FieldSummary),
    /// Its histogram.
    Bars(&'a FieldSummary),
    /// The value of this number.
    Value(&'a FieldSummary, usize),
    /// How many more values there are.
    Rest(&'a FieldSummary),
}

/// The lines, from the first to the last.
pub(super) fn rows<'a>(fields: &'a FieldsSummary, state: &FieldsState) -> Vec<Row<'a>> {
    let needle = state.find.to_lowercase();
    let found = |name: &str| needle.is_empty() || name.to_lowercase().contains(&needle);
    let mut rows = Vec::new();
    let wanted = |field: &FieldSummary| !state.picks_plot || field.numbers.is_some();
    let fields = fields.fields.iter().filter(|field| wanted(field));
    for field in fields.filter(|field| found(&field.name)) {
        rows.push(Row::Field(field));
        if state.picks_plot || !state.open.contains(&field.name) {
            continue;
        }
        rows.push(Row::Tools(field));
        if let Some(numbers) = &field.numbers {
            rows.push(Row::Numbers(field));
            if numbers.bars.len() > 1 {
                rows.push(Row::Bars(field));
            }
        }
        rows.extend((0..field.top.len()).map(|value| Row::Value(field, value)));
        if field.distinct.number() > field.top.len() as u64 {
            rows.push(Row::Rest(field));
        }
    }
    rows
}

impl Row<'_> {
    pub(super) fn place(&self) -> Option<Place> {
        match self {
            Row::Field(field) => Some(Place {
                field: Arc::clone(&field.name),
                value: None,
            }),
            Row::Value(field, at) => Some(Place {
                field: Arc::clone(&field.name),
                value: field.top.get(*at).map(|value| value.text.clone()),
            }),
            _ => None,
        }
    }

    pub(super) fn is_at(&self, place: &Place) -> bool {
        match self {
            Row::Field(field) => place.value.is_none() && field.name == place.field,
            Row::Value(field, at) => {
                field.name == place.field && { field.top.get(*at) }.map(|value| &*value.text)
                    == place.value.as_deref()
            }
            _ => false,
        }
    }
}
