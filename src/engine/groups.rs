//! What the records of a view have in common: patterns of messages, exceptions. A survey for the window's panels.

use std::sync::Arc;

use super::desk::{Desk, Stage};
use super::request::GroupsRequest;
use super::state::GroupsState;
use super::survey::{Told, Topic};
use crate::base::cancel::Patience;
use crate::base::mailbox::Mailbox;
use crate::query::patterns::groups::Groups;
use crate::query::patterns::survey::{GroupSurvey, Wanted};

/// Groups of records.
pub(super) struct GroupsTopic {
    desk: Arc<Desk>,
}

impl GroupsTopic {
    pub(super) fn new(desk: Arc<Desk>) -> Self {
        Self { desk }
    }

    /// As long as nothing else is asked for, of the same view.
    fn patience(&self) -> Patience {
        let desk = self.desk.clone();
        let of = |desk: &Desk| desk.view().map(|view| (view.ticket, view.generation));
        let view = of(&desk);
        Patience::until(move || {
            desk.closing.is_cancelled() || desk.groups.is_full() || of(&desk) != view
        })
    }
}

impl Topic for GroupsTopic {
    type Request = GroupsRequest;
    type Survey = GroupSurvey;

    const DOING: &'static str = "grouping records";

    fn requests<'a>(&'a self, desk: &'a Desk) -> &'a Mailbox<GroupsRequest> {
        &desk.groups
    }

    fn rests(&self, request: &GroupsRequest) -> bool {
        request.wanted.is_none()
    }

    fn survey(&self, request: &GroupsRequest, stage: &Stage) -> GroupSurvey {
        let wanted = request.wanted.unwrap_or(Wanted::Patterns);
        GroupSurvey::new(wanted, stage.format.extractor.clone(), &stage.snapshot)
            .with_patience(self.patience())
    }

    fn suits(&self, survey: &GroupSurvey, request: &GroupsRequest, stage: &Stage) -> bool {
        let suits = |wanted| survey.suits(wanted, &stage.format.extractor, &stage.snapshot);
        request.wanted.is_some_and(suits)
    }

    fn tell(&self, desk: &Desk, request: &GroupsRequest, told: Told<'_, GroupSurvey>) {
        let wanted = told.survey.wanted();
        let groups = Groups::of(told.found, wanted, &told.stage.snapshot);
        if told.survey.is_left() {
            return;
        }
        let state = GroupsState {
            ticket: request.ticket,
            generation: told.view.generation,
            filter: told.view.ticket,
            wanted,
            groups,
            surveyed: told.surveyed,
        };
        desk.board.post(&desk.board.groups, Arc::new(state));
    }
}
