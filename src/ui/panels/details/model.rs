//! What the details pane shows and what it remembers.

use std::ops::Range;
use std::sync::Arc;

use super::compare::Comparison;
use super::fields;
use super::folds::Folds;
use super::objects::ObjectsView;
use super::text::{Lines, Marks};

use crate::base::id::RecordNo;
use crate::base::level::Gravity;
use crate::base::text::Pen;
use crate::base::text::places::Place;
use crate::base::time::Timestamp;
use crate::format::nested::Objects;
use crate::format::trace::Trace;
use crate::query::marking::Marking;
use crate::query::spec::Pattern;

/// What the details pane shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DetailsModel {
    /// The record. Keep the same `Arc` while it is the same: the panel keeps what it derived from it.
    pub record: Option<Arc<RecordDetails>>,
    /// Of two chosen records the other one.
    pub beside: Option<Arc<RecordDetails>>,
    /// A record is chosen and still being read.
    pub loading: bool,
    /// How many records are chosen; the pane shows the focused one.
    pub chosen: u64,
    /// Texts that the filter includes; highlighted.
    pub filter_patterns: Vec<Pattern>,
    /// The text that Find looks for; highlighted.
    pub find_pattern: Option<Pattern>,
    /// The message is written in the colours that the log asks for.
    pub colours: bool,
    /// Parts of the text have quiet colours.
    pub soft: bool,
    /// What the user's rules mark.
    pub marking: Arc<Marking>,
}

/// A whole record, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordDetails {
    /// Its number, from 0.
    pub record: RecordNo,
    /// Number of its first line, from 0.
    pub line: u64,
    /// Its first byte in the file.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// Its length as the index counts it: of other encodings, that of their UTF-8.
    pub indexed: u64,
    /// When it was.
    pub moment: Option<Timestamp>,
    /// The time as the table shows it; empty without one.
    pub time: String,
    /// The level's name; empty without one.
    pub level: String,
    /// What the level means.
    pub gravity: Gravity,
    /// The dotted logger name; empty is the root.
    pub logger: String,
    /// The message with its traceback, decoded.
    pub message: String,
    /// The message with its escape sequences, and the pen at its start; `None` if nothing in it is coloured.
    pub painted: Option<(String, Pen)>,
    /// All fields, in the format's order.
    pub fields: Vec<(String, String)>,
    /// The JSON in it, and what Python writes like it.
    pub objects: Option<Arc<Objects>>,
    /// The record as it stands in the file, decoded.
    pub raw: String,
    /// It is longer than what was read.
    pub clipped: bool,
    /// Its text is gone from the file.
    pub gone: bool,
    /// Its last line has no end yet.
    pub partial: bool,
    /// Its first line does not match the format.
    pub unmatched: bool,
}

/// The parts of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DetailsTab {
    /// The message with its traceback.
    #[default]
    Message,
    /// Every field.
    Fields,
    /// The JSON in it.
    Objects,
    /// Field by field beside the other of two chosen records.
    Compare,
    /// The record as it stands in the file.
    Raw,
}

/// What only the details pane cares about.
#[derive(Debug, Default)]
pub struct DetailsState {
    /// The part that is shown.
    pub tab: DetailsTab,
    pub(super) marks: Marks,
    /// The record that the lines were made from.
    of: Option<Arc<RecordDetails>>,
    message: Lines,
    raw: Lines,
    /// The stack traces of the message.
    pub(super) trace: Option<Trace>,
    pub(super) folds: Folds,
    /// What can be opened in the value of each field, in characters of what is shown of it.
    pub(super) field_places: Vec<Vec<(Range<usize>, Place)>>,
    pub(super) objects: ObjectsView,
    pub(super) comparison: Option<Comparison>,
}

impl DetailsState {
    /// Follows the model; cuts the texts into lines only when the record changed. Whether it changed.
    pub(super) fn update(&mut self, model: &DetailsModel) -> bool {
        let marked = self.marks.update(model);
        let same = match (&self.of, &model.record) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.message = Lines::default();
            self.raw = Lines::default();
            self.trace = None;
            self.field_places.clear();
            if let Some(record) = &model.record {
                self.trace = Trace::read(&record.message);
                let message = Lines::new(&record.message).painted(record.painted.as_ref());
                self.message = message.traced(self.trace.as_ref());
                self.raw = Lines::new(&record.raw);
                self.field_places = fields::places_of(record);
            }
            let objects = model.record.as_ref().and_then(|it| it.objects.as_deref());
            self.objects = objects.map(ObjectsView::new).unwrap_or_default();
            self.of.clone_from(&model.record);
        }
        if !same || marked {
            self.folds = Folds::new(self.trace.as_ref(), &self.message, &self.marks);
        }
        let pair = model.record.as_ref().zip(model.beside.as_ref());
        match (pair, &self.comparison) {
            (Some((one, other)), Some(known)) if known.is_of(one, other) => {}
            (pair, _) => self.comparison = pair.map(|(one, other)| Comparison::new(one, other)),
        }
        !same
    }

    /// The part that is shown: a record without objects shows its message in their place.
    pub(super) fn shown(&self) -> DetailsTab {
        match self.tab {
            DetailsTab::Objects if self.objects.is_empty() => DetailsTab::Message,
            DetailsTab::Compare if self.comparison.is_none() => DetailsTab::Message,
            tab => tab,
        }
    }

    /// The lines of the part that is shown; only message and raw text have some.
    pub(super) fn lines(&self) -> &Lines {
        match self.shown() {
            DetailsTab::Raw => &self.raw,
            _ => &self.message,
        }
    }
}
