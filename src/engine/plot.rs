//! The worker that learns a number of the shown records over time, for the window to draw.

use std::sync::Arc;

use super::desk::{Desk, Stage};
use super::request::PlotRequest;
use super::state::PlotState;
use super::survey::{Told, Topic};
use crate::base::mailbox::Mailbox;
use crate::query::plot::PlotSurvey;

/// A number of the rows of a view.
pub(super) struct PlotTopic;

impl Topic for PlotTopic {
    type Request = PlotRequest;
    type Survey = PlotSurvey;

    const DOING: &'static str = "plotting a field";

    fn requests<'a>(&'a self, desk: &'a Desk) -> &'a Mailbox<PlotRequest> {
        &desk.plot
    }

    fn rests(&self, request: &PlotRequest) -> bool {
        request.spec.is_none()
    }

    fn survey(&self, request: &PlotRequest, stage: &Stage) -> PlotSurvey {
        let spec = request.spec.clone().unwrap_or_default();
        let extractor = (*stage.format.extractor).clone();
        PlotSurvey::new(spec, request.sheet.clone(), extractor, &stage.snapshot)
    }

    fn suits(&self, survey: &PlotSurvey, request: &PlotRequest, stage: &Stage) -> bool {
        let spec = request.spec.as_ref();
        spec.is_some_and(|spec| survey.suits(spec, &request.sheet, &stage.snapshot))
    }

    fn tell(&self, desk: &Desk, request: &PlotRequest, told: Told<'_, PlotSurvey>) {
        let state = PlotState {
            ticket: request.ticket,
            generation: told.view.generation,
            surveyed: told.surveyed,
            plot: told.survey.summary(told.found),
        };
        desk.board.post(&desk.board.plot, Arc::new(state));
    }
}
