//! What the source worker does for logs that are no plain files.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::SourceWorker;
use crate::base::origin::Origin;
use crate::base::problem::Problem;
use crate::bytes::rotated::Rotated;
use crate::bytes::supply::Supply;
use crate::engine::choice::{Choice, ChoiceOf, is_pattern};
use crate::engine::feed::{Feed, Since};
use crate::engine::held::Held;
use crate::engine::state::{RestartReason, SourceEvent};
use crate::engine::trouble;

/// How often it is looked whether there is enough to judge the format by.
const SETTLE_LOOK: Duration = Duration::from_millis(10);

impl SourceWorker {
    /// Finds out what is to be read; whether there may be something to open.
    pub(super) fn find_supply(&mut self) -> bool {
        if self.feed.is_some() {
            return true;
        }
        if self.offered || self.offer() {
            return false;
        }
        // What cannot be looked at is told by whoever opens it.
        match Supply::of(&self.desk.path, &self.origin) {
            Ok(Some(supply)) => self.feed_with(supply),
            Ok(None) | Err(_) => {
                self.tell_of_rotated();
                true
            }
        }
    }

    /// Says so where there are no rotated files to be read first.
    fn tell_of_rotated(&self) {
        let rotated = Rotated::of(&*self.disk, &self.desk.path);
        if self.origin == Origin::Rotated && rotated.is_ok_and(|rotated| rotated.is_empty()) {
            let problem = Problem::info("There are no rotated files beside this log");
            self.desk.board.notice(problem.path(&self.desk.path));
        }
    }

    /// Offers the logs that the path stands for; whether one of them is to be opened in place of this.
    fn offer(&mut self) -> bool {
        let Some(choice) = Choice::of(&self.desk.path, &self.origin) else {
            return false;
        };
        match (choice.of, choice.first()) {
            (ChoiceOf::Archive, Some(first)) => self.origin = first.origin.clone(),
            _ => self.offered = true,
        }
        self.desk
            .board
            .post_event(SourceEvent::Choice(Arc::new(choice)));
        self.offered
    }

    /// Opens what is to be read.
    pub(super) fn hold(&self) -> Result<Held, Problem> {
        let mut older = Vec::new();
        if self.origin == Origin::Rotated {
            older.extend(self.feed.as_ref().map(Feed::path));
            let rotated = Rotated::of(&*self.disk, &self.place);
            let cannot = |error| trouble::cannot_open(&self.place, &error);
            older.extend(rotated.map_err(cannot)?.held);
        }
        let encoding = self.choices.encoding.as_ref();
        let mut held = Held::open(&self.disk, &self.place, &older, encoding)?;
        held.unpack_with(self.unpacker.clone());
        Ok(held)
    }

    /// Starts to fill a spool, in place of the one before; whether that could be done.
    fn feed_with(&mut self, supply: Supply) -> bool {
        match Feed::start(&self.desk, supply, self.feed.take()) {
            Ok(feed) => {
                if self.origin != Origin::Rotated {
                    self.place = feed.path();
                }
                self.subscription.renew(&self.place);
                self.feed = Some(feed);
                true
            }
            Err(error) => {
                self.lose(trouble::no_spool(&error).path(&self.desk.path));
                false
            }
        }
    }

    /// Whether there is enough in the spool to judge the format by. Otherwise it is looked at again soon.
    pub(super) fn has_settled(&mut self) -> bool {
        let settled = match (&self.feed, &self.origin) {
            (None, _) => true,
            // What is read behind it begins where it ends.
            (Some(feed), Origin::Rotated) => feed.has_ended(),
            (Some(feed), _) => feed.has_settled(),
        };
        if !settled {
            self.look_soon();
        }
        settled
    }

    /// Whether what is at the path is no plain file and nothing reads it yet: such bytes would be shown as they are.
    pub(super) fn is_to_be_fed(&self) -> bool {
        self.feed.is_none() && matches!(Supply::of(&self.desk.path, &self.origin), Ok(Some(_)))
    }

    pub(super) fn look_soon(&mut self) {
        self.next_look = Instant::now() + SETTLE_LOOK;
    }

    /// Unpacks a compressed file again, or runs the program again: the log begins anew.
    pub(super) fn feed_again(&mut self) {
        match Supply::of(&self.desk.path, &self.origin) {
            Ok(Some(supply)) => {
                if !self.feed_with(supply) {
                    return;
                }
            }
            Ok(None) => {
                self.feed = None;
                self.place.clone_from(&self.desk.path);
            }
            Err(error) => return self.lose(trouble::cannot_open(&self.desk.path, &error)),
        }
        while !self.desk.closing.is_cancelled() && !self.has_settled() {
            thread::sleep(SETTLE_LOOK);
        }
        self.reopen(RestartReason::Reloaded);
    }

    /// A compressed file that was cut off is unpacked again once there is more of it.
    pub(super) fn look_at_packed(&mut self) {
        let since = self.feed.as_ref().map(|feed| feed.since(&self.desk.path));
        match since {
            Some(Since::Completed) => self.feed_again(),
            Some(Since::Changed) => {
                let problem = trouble::packed_changed(&self.desk.path);
                self.desk.board.notice(problem);
            }
            Some(Since::Same) | None => {}
        }
    }

    /// Why the path cannot be opened, for a path that would stand for several logs.
    pub(super) fn reworded(&self, problem: Problem) -> Problem {
        let path = &self.desk.path;
        match self.place == *path && (path.is_dir() || (is_pattern(path) && !path.exists())) {
            true => trouble::nothing_to_choose(path),
            false => problem,
        }
    }
}
