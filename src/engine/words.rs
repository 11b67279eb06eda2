//! The worker that learns what could be typed into the filter box: names of fields, and values of one of them with how often
//! they occur. It goes over the whole log and not over what the filter leaves: what is half typed is a part of the filter.

use std::cell::RefCell;
use std::sync::Arc;

use super::desk::{Desk, Stage};
use super::request::{WordsOf, WordsRequest};
use super::state::{ViewSnapshot, WordsState};
use super::survey::{Shown, Told, Topic, newest};
use crate::base::id::Ticket;
use crate::base::mailbox::Mailbox;
use crate::query::fields::FieldsSurvey;
use crate::query::lang::begins_with;
use crate::query::rowset::RowSet;

/// The fields of all records of a log.
#[derive(Default)]
pub(super) struct WordsTopic {
    /// The whole log as a view.
    whole: RefCell<Option<Shown>>,
}

impl Topic for WordsTopic {
    type Request = WordsRequest;
    type Survey = FieldsSurvey;

    const DOING: &'static str = "counting values";

    fn requests<'a>(&'a self, desk: &'a Desk) -> &'a Mailbox<WordsRequest> {
        &desk.words
    }

    fn rests(&self, request: &WordsRequest) -> bool {
        request.of.is_none()
    }

    fn shown(&self, desk: &Desk) -> Option<Shown> {
        let (view, stage) = newest(desk)?;
        let mut whole = self.whole.borrow_mut();
        let is_of =
            |(whole, of): &&Shown| Arc::ptr_eq(of, &stage) && whole.complete == view.complete;
        if let Some(known) = whole.as_ref().filter(is_of) {
            return Some(known.clone());
        }
        Some(
            whole
                .insert((Arc::new(everything(&view, &stage)), stage))
                .clone(),
        )
    }

    fn survey(&self, _request: &WordsRequest, stage: &Stage) -> FieldsSurvey {
        FieldsSurvey::new((*stage.format.extractor).clone())
    }

    fn suits(&self, _survey: &FieldsSurvey, _request: &WordsRequest, _stage: &Stage) -> bool {
        true
    }

    fn tell(&self, desk: &Desk, request: &WordsRequest, told: Told<'_, FieldsSurvey>) {
        let found = told.found;
        let values = match &request.of {
            Some(WordsOf::Values { field, typed }) => {
                found.values_of(field, |value| begins_with(value, typed))
            }
            Some(WordsOf::Names) | None => Vec::new(),
        };
        let state = WordsState {
            generation: told.view.generation,
            of: request.of.clone(),
            surveyed: told.surveyed,
            names: found.names(),
            values,
        };
        desk.board.post(&desk.board.words, Arc::new(state));
    }
}

/// Every record of the log as a view: the same one whatever the filter is. Others are at work while the filter is.
fn everything(view: &ViewSnapshot, stage: &Stage) -> ViewSnapshot {
    ViewSnapshot {
        ticket: Ticket::default(),
        rows: RowSet::everything(&stage.snapshot),
        sealed: stage.snapshot.sealed,
        ..view.clone()
    }
}
