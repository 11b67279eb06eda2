//! The worker that finds all records that Find's text is in.

use std::sync::Arc;

use super::desk::{Desk, Stage};
use super::request::HitsRequest;
use super::state::FindHits;
use super::survey::{Told, Topic};
use crate::base::mailbox::Mailbox;
use crate::query::hits::{HitSurvey, hit_marks};
use crate::query::sequence::Sequence;

/// More marks than a scroll bar has pixels are not seen.
const MARKS: u64 = 600;

/// What Find looks for.
pub(super) struct HitsTopic;

impl Topic for HitsTopic {
    type Request = HitsRequest;
    type Survey = HitSurvey;

    const DOING: &'static str = "finding";
    const OF_ROWS: bool = true;

    fn requests<'a>(&'a self, desk: &'a Desk) -> &'a Mailbox<HitsRequest> {
        &desk.hits
    }

    fn rests(&self, request: &HitsRequest) -> bool {
        request.pattern.text.is_empty()
    }

    fn survey(&self, request: &HitsRequest, _stage: &Stage) -> HitSurvey {
        HitSurvey::new(request.pattern.clone())
    }

    fn suits(&self, survey: &HitSurvey, request: &HitsRequest, _stage: &Stage) -> bool {
        request.pattern == *survey.pattern()
    }

    fn tell(&self, desk: &Desk, request: &HitsRequest, told: Told<'_, HitSurvey>) {
        let hits = told.found.rows(&told.stage.snapshot);
        let marks = hit_marks(&hits, &told.view.shown, MARKS);
        let hits = match told.view.shown.is_as_in_file() {
            true => Some(Sequence::from(hits)),
            false => Sequence::sorted(hits, &told.stage.snapshot, || desk.closing.is_cancelled()),
        };
        let Some(hits) = hits else { return };
        let state = FindHits {
            ticket: request.ticket,
            generation: told.view.generation,
            marks,
            hits,
            surveyed: told.surveyed,
        };
        desk.board.post(&desk.board.hits, Arc::new(state));
    }
}
