//! What the records of a view have in common, as far as they have been seen.

use std::sync::Arc;

use super::super::request::WordsOf;
use crate::base::id::{Generation, RowNo, Ticket};
use crate::query::fields::summary::{FieldsSummary, TopValue};
use crate::query::overview::Gravest;
use crate::query::patterns::groups::Groups;
use crate::query::patterns::survey::Wanted;
use crate::query::plot::summary::PlotSummary;
use crate::query::sequence::Sequence;
use crate::query::timeline::Timeline;

/// Records over time.
#[derive(Debug, Clone)]
pub struct TimelineState {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which its records count.
    pub generation: Generation,
    /// The counts, if they were asked for.
    pub timeline: Option<Timeline>,
    /// The gravest of the rows in each of equal parts of the view, if it is a warning or graver.
    pub overview: Vec<Option<Gravest>>,
    /// How many rows the view has.
    pub rows: u64,
}

/// The records of a view that Find's text is in.
#[derive(Debug, Clone)]
pub struct FindHits {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which records count.
    pub generation: Generation,
    /// The records, as far as they are known, in the order of the view.
    pub hits: Sequence,
    /// Rows of the view to be marked beside the scroll bar.
    pub marks: Vec<RowNo>,
    /// How much of the view was looked at.
    pub surveyed: Surveyed,
}

/// How much of a view a survey has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surveyed {
    /// Rows that were looked at; those of all blocks alike, so that they stand for the rest.
    pub rows: u64,
    /// Rows that the view has.
    pub of: u64,
    /// Rows that could not be read.
    pub unread: u64,
    /// Whether nothing is left to look at, and the filter has judged every record.
    pub complete: bool,
}

impl Surveyed {
    /// Rows that were looked at, and all, while something is left to look at.
    #[must_use]
    pub fn rest(self) -> Option<(u64, u64)> {
        { !self.complete }.then_some((self.rows, self.of))
    }
}

/// Which fields the rows of a view have.
#[derive(Debug, Clone)]
pub struct FieldsState {
    /// The generation in which they were counted.
    pub generation: Generation,
    /// The filter whose rows they are of.
    pub filter: Ticket,
    /// How many of the rows they are of.
    pub surveyed: Surveyed,
    /// The fields.
    pub fields: Arc<FieldsSummary>,
}

/// What could be typed into the filter: the fields of the whole log, and values of one of them.
#[derive(Debug, Clone)]
pub struct WordsState {
    /// The generation in which they were counted.
    pub generation: Generation,
    /// What was asked for.
    pub of: Option<WordsOf>,
    /// How many of the log's records they are of.
    pub surveyed: Surveyed,
    /// The names of the fields, those of the format first.
    pub names: Vec<Arc<str>>,
    /// The values that begin with what is typed, the most frequent first.
    pub values: Vec<TopValue>,
}

/// A number of the rows of a view over time.
#[derive(Debug, Clone)]
pub struct PlotState {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which records count.
    pub generation: Generation,
    /// How many of the rows it is of.
    pub surveyed: Surveyed,
    /// The numbers.
    pub plot: PlotSummary,
}

/// Records by what they have in common.
#[derive(Debug, Clone)]
pub struct GroupsState {
    /// The request that this answers.
    pub ticket: Ticket,
    /// The generation in which its records count.
    pub generation: Generation,
    /// The filter whose rows were looked at.
    pub filter: Ticket,
    /// What they are grouped by.
    pub wanted: Wanted,
    /// The groups.
    pub groups: Groups,
    /// How much of the view they are of.
    pub surveyed: Surveyed,
}
