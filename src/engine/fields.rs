//! The worker that learns which fields the shown records have, for the window to list.

use std::sync::Arc;

use super::desk::{Desk, Stage};
use super::request::FieldsRequest;
use super::state::FieldsState;
use super::survey::{Told, Topic};
use crate::base::mailbox::Mailbox;
use crate::query::fields::FieldsSurvey;

/// The fields of the rows of a view.
pub(super) struct FieldsTopic;

impl Topic for FieldsTopic {
    type Request = FieldsRequest;
    type Survey = FieldsSurvey;

    const DOING: &'static str = "counting fields";

    fn requests<'a>(&'a self, desk: &'a Desk) -> &'a Mailbox<FieldsRequest> {
        &desk.fields
    }

    fn rests(&self, request: &FieldsRequest) -> bool {
        !request.wanted
    }

    fn survey(&self, _request: &FieldsRequest, stage: &Stage) -> FieldsSurvey {
        FieldsSurvey::new((*stage.format.extractor).clone())
    }

    fn suits(&self, _survey: &FieldsSurvey, _request: &FieldsRequest, _stage: &Stage) -> bool {
        true
    }

    fn tell(&self, desk: &Desk, _request: &FieldsRequest, told: Told<'_, FieldsSurvey>) {
        let mut fields = told.found.summary();
        let columns = told.survey.columns(&told.view.tally, &told.stage.snapshot);
        fields.fields.splice(0..0, columns);
        let state = FieldsState {
            generation: told.view.generation,
            filter: told.view.ticket,
            surveyed: told.surveyed,
            fields: Arc::new(fields),
        };
        desk.board.post(&desk.board.fields, Arc::new(state));
    }
}
