//! The source worker: opens a file, finds out how it is written, indexes it, and follows it for as long as it is open.
//!
//! One loop of three things to do: open what is not open, read what is not read, wait. Whatever happens to the file is
//! found by looking at it (`Held::look`); notifications and commands only end the waiting early.

mod looks;
mod supplied;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::chores::Chores;
use super::desk::{Command, Desk};
use super::feed::Feed;
use super::guard::{self, Panicked};
use super::held::Held;
use super::offer::Offer;
use super::pool::{Ordered, Pool};
use super::preferences::SharedPreferences;
use super::reading::{self, Choices, Reading};
use super::request::{FormatChoice, OpenSpec};
use super::save::save_copy;
use super::state::{Phase, Restart, RestartReason, SourceEvent, SourceState};
use super::throttle::Throttle;
use super::trouble;
use super::unpacker::Unpacker;
use super::watch::{Subscription, Watch};
use crate::base::id::Generation;
use crate::base::origin::Origin;
use crate::base::problem::Problem;
use crate::bytes::ReadError;
use crate::bytes::disk::Disk;
use crate::format::spec::Format;
use crate::index::draft::ChunkDraft;

/// A change is looked at this long after its first hint: a line is shown at once, and written to its end by then.
const FIRST_LOOK: Duration = Duration::from_millis(10);

/// While there are more hints, a look comes this long after the one before, so that a burst costs few of them.
const NEXT_LOOK: Duration = Duration::from_millis(50);

/// A name that is free for less than this is a rotation in progress and not worth a notice.
const GONE_GRACE: Duration = Duration::from_millis(1500);

/// The worker and everything that only it touches.
pub(super) struct SourceWorker {
    desk: Arc<Desk>,
    commands: Receiver<Command>,
    pool: Pool,
    chores: Chores,
    poll: Duration,
    disk: Arc<dyn Disk>,
    /// Where the bytes are: the log's path, or a spool.
    place: PathBuf,
    origin: Origin,
    /// Fills the spool.
    feed: Option<Feed>,
    /// The path stands for several logs, and none is read here.
    offered: bool,
    subscription: Subscription,
    choices: Choices,
    generation: Generation,
    /// How often the log went on in another file.
    turns: u64,
    /// Rows are shown whose bytes are gone.
    shows_gone: bool,
    reading: Option<Reading>,
    /// The user stopped the reading.
    paused: bool,
    /// Reading failed; it is tried again at the next look.
    stalled: bool,
    /// Why the file cannot be read now.
    lost: Option<Problem>,
    gone_since: Option<Instant>,
    next_look: Instant,
    last_look: Option<Instant>,
    throttle: Throttle,
    /// What the user was offered: once is enough.
    offers: Vec<Offer>,
    unpacker: Arc<Unpacker>,
    /// It is shown how far that is.
    shows_unpacking: bool,
}

impl SourceWorker {
    pub(super) fn new(
        desk: Arc<Desk>,
        commands: Receiver<Command>,
        (pool, chores, watch, preferences): (Pool, Chores, Watch, SharedPreferences),
        (poll, disk): (Duration, Arc<dyn Disk>),
        spec: OpenSpec,
    ) -> Self {
        let place = spec.path;
        let subscription = watch.subscribe(&desk, &place);
        let unpacker = Arc::new(Unpacker::new(&desk));
        let format = spec.format.map_or(FormatChoice::Detect, FormatChoice::Spec);
        Self {
            desk,
            commands,
            pool,
            chores,
            poll,
            disk,
            place,
            origin: spec.origin,
            feed: None,
            offered: false,
            subscription,
            choices: Choices {
                format,
                zone: spec.zone,
                encoding: spec.encoding,
                preferences,
                candidates: Arc::default(),
            },
            generation: Generation::default(),
            turns: 0,
            shows_gone: false,
            reading: None,
            paused: false,
            stalled: false,
            lost: None,
            gone_since: None,
            next_look: Instant::now(),
            last_look: None,
            throttle: Throttle::default(),
            offers: Vec::new(),
            unpacker,
            shows_unpacking: false,
        }
    }

    /// Works until the source is closed.
    pub(super) fn run(mut self) {
        let mut step = guard::catch(|| self.open());
        while !self.desk.closing.is_cancelled() {
            if let Err(panicked) = step {
                let problem = panicked.problem("reading a log").path(&self.desk.path);
                self.desk.board.notice(problem.clone());
                self.paused = true;
                self.lost = Some(problem);
                self.publish();
            }
            step = guard::catch(|| self.turn());
        }
        self.unpacker.finish();
        self.retire(None);
        if let Some(feed) = self.feed.take() {
            feed.finish();
        }
    }

    /// One round: read if there is something to read, otherwise wait for something to happen.
    fn turn(&mut self) {
        let unread = self.reading.as_ref().is_some_and(Reading::has_unread);
        if unread && !self.paused && !self.stalled {
            self.read();
        } else {
            self.wait();
        }
    }

    /// Opens the path for the first time, if it can be opened.
    fn open(&mut self) {
        if !self.find_supply() || !self.has_settled() {
            return;
        }
        match self.hold() {
            // It came after it had been looked for.
            Ok(_) if self.is_to_be_fed() => self.look_soon(),
            Ok(held) => self.adopt(held, None),
            Err(problem) => self.lose(self.reworded(problem)),
        }
    }

    /// Starts a generation on a file. `before` is the format of the content that it follows on.
    fn adopt(&mut self, held: Held, before: Option<Arc<Format>>) {
        match Reading::start(held, self.generation, &self.choices, before) {
            Ok((reading, complaint)) => {
                if let Some(problem) = complaint {
                    self.desk.board.notice(problem.path(&self.desk.path));
                }
                self.regain();
                self.gone_since = None;
                self.stalled = false;
                self.throttle = Throttle::default();
                self.retire(Some(reading));
                self.publish();
            }
            Err(problem) => self.lose(problem.path(&self.desk.path)),
        }
    }

    /// Replaces the reading and drops the old one elsewhere: freeing the index of a large file takes long.
    fn retire(&mut self, next: Option<Reading>) {
        if let Some(old) = std::mem::replace(&mut self.reading, next) {
            old.end();
            self.chores.retire(old);
        }
    }

    /// Ends the present generation, tells so, and starts the next on `held`.
    fn restart(&mut self, reason: RestartReason, held: Held) {
        let mut before = None;
        if let Some(old) = &mut self.reading {
            old.end();
            let snapshot = old.snapshot();
            let event = SourceEvent::Restarted(Restart {
                ended: self.generation,
                records: snapshot.len(),
                bytes: snapshot.indexed_bytes,
                reason,
            });
            self.desk.board.post_event(event);
            if let Some(notice) = trouble::restarted(reason, snapshot) {
                self.desk.board.notice(notice.path(&self.desk.path));
            }
            self.generation = self.generation.next();
            self.shows_gone = false;
            // The content that follows a rotation is most likely written alike; what the user asked for anew is not
            // held to what was there.
            let user = matches!(reason, RestartReason::Reread | RestartReason::Reloaded);
            before = (!user).then(|| old.format());
            self.choices.candidates = old.candidates();
        }
        self.adopt(held, before);
        if let (RestartReason::Truncated, Some(reading)) = (reason, &mut self.reading) {
            reading.begins_anew();
        }
    }

    /// Reads what is at the path now, from its start.
    fn reopen(&mut self, reason: RestartReason) {
        match self.hold() {
            Ok(held) => {
                self.subscription.renew(&self.place);
                self.restart(reason, held);
            }
            Err(problem) => self.lose(problem),
        }
    }

    /// Reads the same bytes in another way, also when the path leads elsewhere or nowhere by now.
    fn reread(&mut self) {
        let Some(reading) = &self.reading else {
            return self.open();
        };
        let encoding = self.choices.encoding.as_ref();
        // What is gone cannot be read in another way.
        let held = match self.shows_gone {
            true => reading.held().without_gone(encoding),
            false => reading.held().again(encoding),
        };
        match held {
            Ok(held) => self.restart(RestartReason::Reread, held),
            Err(problem) => self.lose(problem.path(&self.desk.path)),
        }
    }

    /// The file cannot be read now. What was read stays.
    fn lose(&mut self, problem: Problem) {
        self.stalled = true;
        if self.lost.as_ref() != Some(&problem) {
            self.regain();
            if self.reading.is_some() {
                self.desk.board.notice(problem.clone());
            }
            self.lost = Some(problem);
            self.publish();
        }
    }

    /// What kept the file from being read is over. Whether there was anything.
    fn regain(&mut self) -> bool {
        let over = self.lost.take();
        let was_lost = over.is_some();
        if let Some(problem) = over {
            self.desk.board.post_event(SourceEvent::Over(problem));
        }
        was_lost
    }

    /// Indexes what is unread, until that is done or something else is to be done.
    fn read(&mut self) {
        let mut scan = Ordered::new(&self.pool);
        let Some(reading) = &mut self.reading else {
            return;
        };
        let before = reading.indexed();
        let mut plan = reading.begin();
        while let Some(reading) = &mut self.reading {
            while let Some(job) = scan.has_room().then(|| plan.next()).flatten() {
                scan.submit(job);
            }
            let Some(outcome) = scan.next() else {
                return self.caught_up(before);
            };
            if let Err(problem) = take(reading, outcome, &mut self.paused) {
                return self.lose(problem.path(&self.desk.path));
            }
            // The last of it is published by `caught_up`, once it is known to belong to this generation.
            if scan.in_flight() > 0 && self.throttle.due() {
                self.next_look = Instant::now();
                reading.verify();
                self.publish();
            }
            if self.interrupted() {
                return;
            }
        }
    }

    /// Handles what came in while reading. Whether the present plan is void.
    fn interrupted(&mut self) -> bool {
        let before = (self.generation, self.turns, self.paused);
        while let Ok(command) = self.commands.try_recv() {
            self.obey(command);
        }
        if Instant::now() >= self.next_look {
            self.look();
        }
        before != (self.generation, self.turns, self.paused) || self.desk.closing.is_cancelled()
    }

    /// What was known to be there is read; `before` bytes were read before that. It is shown once the file is known to be the same still.
    fn caught_up(&mut self, before: u64) {
        let place = (self.generation, self.turns);
        self.look();
        let Some(reading) = &mut self.reading else {
            return;
        };
        if place != (self.generation, self.turns) {
            return;
        }
        if reading.has_unread() {
            // Either it grew meanwhile, or less could be read than there is said to be: then it is tried again later.
            self.stalled = before == reading.indexed();
            if self.throttle.due() {
                reading.verify();
                self.publish();
            }
            return;
        }
        reading.finish();
        if self.gone_since.is_none() {
            self.regain();
        }
        self.publish();
        if self
            .reading
            .as_mut()
            .is_some_and(|r| r.reads_otherwise_now() || r.reads_better_otherwise(&self.choices))
        {
            self.reread();
        } else if self
            .reading
            .as_mut()
            .is_some_and(|r| r.recognise(&self.choices))
        {
            // A chosen format was read first; the others are for the menus.
            self.publish();
        }
        self.make_offer();
    }

    /// Sleeps until the next look is due or a command comes.
    fn wait(&mut self) {
        match self.commands.recv_deadline(self.next_look) {
            Ok(command) => self.obey(command),
            Err(_) => {
                self.stalled = false;
                self.look();
            }
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::SetFormat(choice) => self.set_format(choice),
            Command::SetZone(zone) => {
                self.choices.zone = zone;
                self.reread();
            }
            Command::Reread => self.reread(),
            Command::SetEncoding(encoding) => {
                self.choices.encoding = encoding;
                self.reread();
            }
            Command::Reload => {
                self.paused = false;
                let repeats = |feed: &Feed| feed.supply().is_repeatable();
                match self.feed.as_ref().is_some_and(repeats) {
                    true => self.feed_again(),
                    false => self.reopen(RestartReason::Reloaded),
                }
            }
            Command::Fed => self.publish(),
            Command::StopFeed => match self.unpacker.state() {
                Some(_) => self.unpacker.give_up(),
                None => self.feed.iter().for_each(Feed::stop),
            },
            Command::RestartFeed => self.feed_again(),
            Command::SaveCopy(to, open) => {
                if let Some(feed) = &self.feed {
                    save_copy(&self.desk, feed.place(), to, open);
                }
            }
            Command::CancelIndexing => self.pause(true),
            Command::ResumeIndexing => self.pause(false),
            Command::Hint => {
                let soon = Instant::now() + FIRST_LOOK;
                let due = self
                    .last_look
                    .map_or(soon, |last| soon.max(last + NEXT_LOOK));
                self.next_look = self.next_look.min(due);
            }
            // The flag beside this command tells; it only ends the waiting.
            Command::Close => {}
        }
    }

    fn set_format(&mut self, choice: FormatChoice) {
        if let FormatChoice::Spec(spec) = &choice
            && let Err(error) = Format::compile(spec)
        {
            let problem = trouble::bad_format(spec, &error);
            return self.desk.board.notice(problem.path(&self.desk.path));
        }
        self.choices.format = choice;
        self.reread();
    }

    fn pause(&mut self, pause: bool) {
        let unread = self.reading.as_ref().is_some_and(Reading::has_unread);
        if self.paused != pause && (unread || !pause) {
            self.paused = pause;
            self.stalled = false;
            self.publish();
        }
    }

    /// Shows the present state to the window and the other workers.
    fn publish(&mut self) {
        let unread = self.reading.as_ref().is_some_and(Reading::has_unread);
        let unpacked = self.unpacker.state();
        self.shows_unpacking = unpacked.is_some();
        let feed = unpacked.or_else(|| self.feed.as_ref().map(Feed::state));
        if let Some(reading) = &mut self.reading {
            reading.read_head();
        }
        let state = match &self.reading {
            Some(reading) => {
                self.desk.set_files(reading.held().ids());
                let phase = self.phase(reading, unread);
                let state = SourceState {
                    feed,
                    ..reading.state(phase)
                };
                self.desk.set_stage(Arc::new(reading.stage(&state)));
                state
            }
            None => {
                let phase = self.lost.clone().map_or(Phase::Opening, Phase::Lost);
                SourceState {
                    feed,
                    ..reading::unopened(self.generation, &self.choices, phase)
                }
            }
        };
        self.desk.board.post_source(state);
    }

    fn phase(&self, reading: &Reading, unread: bool) -> Phase {
        match &self.lost {
            Some(problem) => Phase::Lost(problem.clone()),
            None if unread && self.paused => Phase::Cancelled(reading.progress()),
            None if unread && reading.is_catching_up() => Phase::Indexing(reading.progress()),
            None => Phase::Following,
        }
    }
}

/// Adds the result of a chunk to the index.
fn take(
    reading: &mut Reading,
    outcome: Result<Result<ChunkDraft, ReadError>, Panicked>,
    paused: &mut bool,
) -> Result<(), Problem> {
    match outcome {
        Ok(Ok(draft)) => {
            reading.push(draft);
            Ok(())
        }
        Ok(Err(error)) => Err(trouble::unreadable(&error)),
        Err(panicked) => {
            // The same bytes would panic again.
            *paused = true;
            Err(panicked.problem("indexing"))
        }
    }
}
