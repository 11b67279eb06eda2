//! What the source worker does about what it finds when it looks at the log.

use std::time::Instant;

use super::{GONE_GRACE, SourceWorker};
use crate::base::problem::Problem;
use crate::bytes::stream::Turn;
use crate::engine::held::Look;
use crate::engine::reading::Reading;
use crate::engine::state::{RestartReason, SourceEvent};
use crate::engine::trouble;

impl SourceWorker {
    /// Looks at what is at the path and at the file that is held, and acts on it.
    pub(super) fn look(&mut self) {
        let now = Instant::now();
        self.last_look = Some(now);
        self.next_look = now + self.poll;
        self.subscription.ringer().heard();
        self.look_at_packed();
        let Some(reading) = &mut self.reading else {
            return self.open();
        };
        match reading.look() {
            Look::Same => self.found(),
            Look::Turned(turn) => self.turned(turn),
            Look::Gone(problem) => self.miss(problem),
        }
        if self.shows_unpacking || self.unpacker.state().is_some() {
            self.publish();
        }
    }

    /// The log goes on in other files, and so does its index.
    fn turned(&mut self, turn: Turn) {
        self.turns += 1;
        // There may be more to turn to.
        self.next_look = Instant::now();
        self.subscription.renew(&self.place);
        self.found();
        let keeps = turn.gone == 0 || self.keep_gone(&turn);
        if keeps {
            // Otherwise the restart tells.
            let problem = trouble::turned(&turn).path(&self.desk.path);
            self.desk.board.notice(problem);
        }
        self.desk.board.post_event(SourceEvent::Turned(turn));
        self.stalled = false;
        match keeps {
            true => self.publish(),
            false => self.drop_gone(),
        }
    }

    /// Keeps rows whose bytes are gone, so that they can be shown as such. Not if there are some from before: they would
    /// pile up where a program writes its log anew at each start.
    fn keep_gone(&mut self, turn: &Turn) -> bool {
        let keeps = |reading: &mut Reading| reading.keep_gone(turn);
        let keeps = !self.shows_gone && self.reading.as_mut().is_some_and(keeps);
        self.shows_gone |= keeps;
        keeps
    }

    /// Reads what is left of the stream from its start.
    fn drop_gone(&mut self) {
        let Some(reading) = &self.reading else { return };
        match reading.held().without_gone(self.choices.encoding.as_ref()) {
            Ok(held) => self.restart(RestartReason::Truncated, held),
            Err(problem) => self.lose(problem),
        }
    }

    /// The path leads to the held file.
    fn found(&mut self) {
        if self.gone_since.take().is_some() && self.regain() {
            let notice = Problem::info("The file is back").path(&self.desk.path);
            self.desk.board.notice(notice);
            self.publish();
        }
    }

    /// The path leads nowhere. In the middle of a rotation that is normal for a moment.
    fn miss(&mut self, problem: Problem) {
        let since = *self.gone_since.get_or_insert_with(Instant::now);
        if since.elapsed() >= GONE_GRACE.min(self.poll * 3) {
            self.lose(problem);
        }
    }

    /// Tells the user what could be read otherwise.
    pub(super) fn make_offer(&mut self) {
        let made = self
            .reading
            .as_mut()
            .and_then(|reading| reading.offer(&self.choices));
        if let Some((problem, offer)) = made.filter(|(_, offer)| !self.offers.contains(offer)) {
            self.offers.push(offer.clone());
            let problem = problem.path(&self.desk.path);
            let event = SourceEvent::Offer(problem, offer);
            self.desk.board.post_event(event);
        }
    }
}
