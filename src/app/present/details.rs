//! The focused record, whole.

use std::sync::Arc;

use super::bars::selected;
use crate::app::tab::Tab;
use crate::base::level::{Gravity, LevelId};
use crate::engine::{FullRecord, SourceState};
use crate::format::field::Role;
use crate::query::spec::Sense;
use crate::ui::panels::details::{DetailsModel, RecordDetails};

/// The details pane.
#[must_use]
pub fn details(tab: &Tab) -> DetailsModel {
    let focus = tab.selection.focus();
    let record = tab
        .record
        .clone()
        .filter(|details| Some(details.record) == focus);
    let included = tab
        .filter
        .effective()
        .text
        .into_iter()
        .filter(|term| term.sense == Sense::Include);
    DetailsModel {
        loading: focus.is_some() && record.is_none(),
        beside: tab.beside.clone().filter(|_| record.is_some()),
        record,
        chosen: selected(tab),
        colours: tab.colours,
        soft: tab.soft,
        marking: Arc::clone(&tab.marking),
        filter_patterns: included.map(|term| term.pattern).collect(),
        find_pattern: Some(tab.find.pattern.clone())
            .filter(|pattern| tab.find.open && !pattern.text.is_empty()),
    }
}

/// A record that arrived, made ready once so that frames only hand it on.
#[must_use]
pub fn ready(record: &FullRecord, source: Option<&SourceState>) -> Arc<RecordDetails> {
    let level = |id: LevelId| {
        source.map_or(("", Gravity::None), |source| {
            let table = &source.snapshot.levels;
            (table.name(id), table.gravity(id))
        })
    };
    let (level, gravity) = level(record.meta.level);
    let logger = source.map_or("", |source| {
        source.snapshot.loggers.name(record.meta.logger)
    });
    Arc::new(RecordDetails {
        record: record.meta.record,
        line: record.meta.line,
        offset: record.place.start,
        length: record.place.end.saturating_sub(record.place.start),
        indexed: record.meta.length,
        moment: record.meta.time,
        time: time_of(record, source),
        level: level.to_owned(),
        gravity,
        logger: logger.to_owned(),
        message: record.message.clone(),
        painted: record.painted.clone(),
        fields: record.fields.clone(),
        objects: record.objects.clone(),
        raw: record.raw.clone(),
        clipped: record.clipped,
        gone: record.gone,
        partial: record.meta.partial,
        unmatched: !record.meta.matched,
    })
}

/// The time as the log writes it.
fn time_of(record: &FullRecord, source: Option<&SourceState>) -> String {
    let columns = source
        .map(|source| source.format.extractor.columns())
        .unwrap_or_default();
    let name = columns
        .iter()
        .find(|column| column.role == Role::Time)
        .map(|column| &column.name);
    let field = record
        .fields
        .iter()
        .find(|(field, _)| name.is_some_and(|name| **name == **field));
    field.map(|(_, value)| value.clone()).unwrap_or_default()
}
