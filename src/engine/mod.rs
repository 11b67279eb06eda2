//! The only layer that starts threads: opening, indexing, following and filtering logs.
//!
//! One log has a thread `source-n` that reads, indexes and follows the file, and each view of it eleven: `view-n` evaluates
//! the filter; `rows-n` reads the rows on screen; `ask-n` answers searches, copies and previews; `check-n` reads the whole
//! file in a format that is being tried; `export-n` writes records into a file; `timeline-n` counts records over time;
//! `groups-n` finds what they have in common; `fields-n` which fields they have, and `plot-n` a number of theirs over time;
//! `find-n` finds every record that Find's text is in; `words-n` learns what could be typed into the filter. All share the scan threads of the [`Engine`]. The source has a desk
//! of its own, which shows every view's what it is shown. What crosses threads is an `Arc` of something immutable, a
//! command, or an atomic; the window posts requests into mailboxes and takes results out of others, and never waits. A
//! panic in any of them is caught and told as a notice.

mod arrange;
mod ask;
mod bell;
mod board;
mod check;
mod choice;
mod chores;
mod copy;
mod desk;
mod export;
mod feed;
mod fetch;
mod fields;
mod framed;
mod groups;
mod guard;
mod guarded;
mod handle;
mod held;
mod hits;
mod job;
mod offer;
mod open_files;
mod orders;
mod pending;
mod plot;
mod pool;
mod preferences;
mod preview;
mod progress;
mod reading;
mod render;
mod request;
mod rows;
mod run;
mod save;
mod saver;
mod seams;
mod shown;
mod source;
mod state;
mod survey;
mod throttle;
mod timeline;
mod trouble;
mod unpacker;
mod view;
#[cfg(test)]
mod view_tests;
mod watch;
mod words;

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub use crate::bytes::encoding::Encoding;
pub use crate::bytes::sniff::Region;
pub use arrange::RowManner;
pub use choice::{Choice, ChoiceItem, ChoiceOf, Written, is_log_like, is_pattern};
pub use handle::SourceHandle;
pub use offer::Offer;
pub use preferences::Preferences;
pub use render::{PART_COLUMN, shown_columns};
pub use request::{
    CheckRequest, CopyRequest, CopyWhat, ExportRequest, FieldsRequest, FilterRequest, FormatChoice,
    GroupsRequest, GroupsWanted, HitsRequest, NearestRequest, OpenSpec, PlotRequest,
    PreviewRequest, RecordSelection, SeekRequest, SeekTarget, TimelineRequest, Wanted, WordsOf,
    WordsRequest,
};
pub use saver::Saver;
pub use state::{
    CandidateInfo, CheckResult, CheckTally, CopyResult, ExportOutcome, ExportState, Exported,
    FailedLine, FeedEnd, FeedKind, FeedState, FieldsState, FindHits, FullRecord, GroupsState,
    LineVerdict, NearestResult, Phase, PlotState, Preview, PreviewError, PreviewField, PreviewLine,
    PreviewResult, Progress, Restart, RestartReason, RowBatch, RowText, Seam, SeekResult,
    SourceEvent, SourceState, Suggestion, Surveyed, TimelineState, ViewSnapshot, WordsState,
};

pub use crate::bytes::command::Ended;
pub use crate::bytes::stream::TurnReason;
pub use crate::export::{Form, Manner};

use crate::base::id::{SourceId, Ticket};
use crate::base::problem::Problem;
use crate::bytes::disk::{Disk, RealDisk};
use crate::bytes::spool;
use crate::query::spec::FilterSpec;
use bell::Door;
use chores::Chores;
use desk::{Desk, Doors};
use fields::FieldsTopic;
use groups::GroupsTopic;
use hits::HitsTopic;
use open_files::OpenFiles;
use plot::PlotTopic;
use pool::{Pool, PoolThreads};
use preferences::SharedPreferences;
use source::SourceWorker;
use survey::{SurveyWorker, Topic as _};
use view::ViewWorker;
use watch::Watch;
use words::WordsTopic;

/// Called by workers after each publication, from any thread, so that the window looks at its mailboxes.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// How long `shutdown` waits for threads. A job in progress is a few milliseconds; only a read that hangs in the
/// operating system (a dead network file system) takes longer, and it must not keep the program from ending.
const SHUTDOWN_PATIENCE: Duration = Duration::from_secs(3);

/// More scan threads than this wait for the disk rather than for each other.
const MOST_SCAN_THREADS: usize = 8;

/// What tests vary; the default is what users get.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// How often a followed file is looked at.
    pub poll: Duration,
    /// Whether the system's notifications are used to look sooner.
    pub notify: bool,
    /// Number of scan threads.
    pub scan_threads: usize,
    /// Where files are.
    pub disk: Arc<dyn Disk>,
}

impl Default for EngineOptions {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            poll: Duration::from_millis(500),
            notify: true,
            scan_threads: cores.saturating_sub(1).clamp(1, MOST_SCAN_THREADS),
            disk: Arc::new(RealDisk),
        }
    }
}

/// All threads of the program but the window's. Dropping it closes the logs without waiting for their threads.
pub struct Engine {
    waker: Waker,
    options: EngineOptions,
    pool: Pool,
    pool_threads: PoolThreads,
    chores: Chores,
    chores_thread: Option<JoinHandle<()>>,
    watch: Watch,
    preferences: SharedPreferences,
    open_files: OpenFiles,
    opened: u32,
    sources: Vec<Opened>,
}

/// The threads of a source.
struct Opened {
    desk: Arc<Desk>,
    threads: Vec<JoinHandle<()>>,
}

impl Engine {
    /// Starts the shared threads.
    #[must_use]
    pub fn start(waker: Waker) -> Self {
        Self::with_options(waker, EngineOptions::default())
    }

    /// As [`Self::start`], with other options.
    #[must_use]
    pub fn with_options(waker: Waker, options: EngineOptions) -> Self {
        let (pool, pool_threads) = Pool::start(options.scan_threads);
        let (chores, chores_thread) = Chores::start();
        let watch = Watch::start(options.notify);
        // What a killed program left. Without the thread, the next start does it.
        guard::spawn("clean".to_owned(), || {
            spool::remove_left_over();
        })
        .ok();
        Self {
            waker,
            options,
            pool,
            pool_threads,
            chores,
            chores_thread,
            watch,
            preferences: SharedPreferences::default(),
            open_files: OpenFiles::default(),
            opened: 0,
            sources: Vec::new(),
        }
    }

    /// Opens a log. Returns at once; a file that cannot be opened is told as [`Phase::Lost`] and tried again.
    pub fn open(&mut self, spec: OpenSpec) -> SourceHandle {
        self.sources
            .retain(|source| source.threads.iter().any(|thread| !thread.is_finished()));
        let id = SourceId(self.opened);
        self.opened += 1;
        let (desk, doors) = Desk::new(id, spec.path.clone(), self.waker.clone());
        self.open_files.add(&desk);
        // Before there is anything to tell.
        let handle = self.view_of(&desk, spec.filter.clone());
        let threads = self.spawn_source(&desk, doors, spec);
        self.sources.push(Opened { desk, threads });
        handle
    }

    /// Another view of an open log, with a filter of its own. What is known of the log is shared; it is closed with its
    /// last view.
    pub fn open_view(&mut self, of: &SourceHandle, filter: FilterSpec) -> SourceHandle {
        self.view_of(&of.home(), filter)
    }

    fn view_of(&mut self, home: &Arc<Desk>, filter: FilterSpec) -> SourceHandle {
        let (desk, doors) = Desk::view_of(home, self.waker.clone());
        let threads = self.spawn_view(&desk, doors, filter);
        self.sources.push(Opened {
            desk: desk.clone(),
            threads,
        });
        SourceHandle::new(desk)
    }

    fn spawn_source(&self, desk: &Arc<Desk>, doors: Doors, spec: OpenSpec) -> Vec<JoinHandle<()>> {
        let shared = (
            self.pool.clone(),
            self.chores.clone(),
            self.watch.clone(),
            self.preferences.clone(),
        );
        let looking = (self.options.poll, self.options.disk.clone());
        let source = worker(desk, "source", move |desk| {
            SourceWorker::new(desk.clone(), doors.commands, shared, looking, spec).run();
        });
        source.into_iter().collect()
    }

    fn spawn_view(
        &self,
        desk: &Arc<Desk>,
        doors: Doors,
        filter: FilterSpec,
    ) -> Vec<JoinHandle<()>> {
        let first_filter = FilterRequest {
            ticket: Ticket::default(),
            spec: filter,
            anchor: None,
            renews: false,
        };
        let (pool, chores) = (self.pool.clone(), self.chores.clone());
        let view = worker(desk, "view", move |desk| {
            let worker = ViewWorker::new(desk.clone(), doors.view, pool, chores, first_filter);
            again(desk, worker, "filtering", ViewWorker::run);
        });
        let rows = worker(desk, "rows", move |desk| {
            again(desk, doors.rows, "reading rows", |door| {
                rows::run(desk, door);
            });
        });
        let ask = worker(desk, "ask", move |desk| {
            again(desk, doors.ask, "searching", |door: &mut Door| {
                ask::run(desk, door);
            });
        });
        let check = worker(desk, "check", move |desk| {
            again(desk, doors.check, "checking a format", |door: &mut Door| {
                check::run(desk, door);
            });
        });
        let open_files = self.open_files.clone();
        let export = worker(desk, "export", move |desk| {
            again(desk, doors.export, "exporting", |door: &mut Door| {
                export::run(desk, door, &open_files);
            });
        });
        let timeline = worker(desk, "timeline", move |desk| {
            again(
                desk,
                doors.timeline,
                "counting over time",
                |door: &mut Door| {
                    timeline::run(desk, door);
                },
            );
        });
        let survey = SurveyWorker::new(GroupsTopic::new(desk.clone()), self.pool.clone());
        let groups = worker(desk, "groups", move |desk| {
            let both = (survey, doors.groups);
            again(desk, both, GroupsTopic::DOING, |(survey, door)| {
                survey.run(desk, door);
            });
        });
        let survey = SurveyWorker::new(HitsTopic, self.pool.clone());
        let hits = worker(desk, "find", move |desk| {
            let both = (survey, doors.hits);
            again(desk, both, "finding", |(survey, door)| {
                survey.run(desk, door);
            });
        });
        let pool = self.pool.clone();
        let fields = worker(desk, "fields", move |desk| {
            let worker = SurveyWorker::new(FieldsTopic, pool);
            again(desk, worker, FieldsTopic::DOING, |worker| {
                worker.run(desk, &doors.fields);
            });
        });
        let pool = self.pool.clone();
        let words = worker(desk, "words", move |desk| {
            let worker = SurveyWorker::new(WordsTopic::default(), pool);
            again(desk, worker, WordsTopic::DOING, |worker| {
                worker.run(desk, &doors.words);
            });
        });
        let pool = self.pool.clone();
        let plot = worker(desk, "plot", move |desk| {
            let worker = SurveyWorker::new(PlotTopic, pool);
            again(desk, worker, PlotTopic::DOING, |worker| {
                worker.run(desk, &doors.plot);
            });
        });
        let all = [view, rows, ask, check, export, timeline];
        all.into_iter()
            .chain([groups, hits, fields, words, plot])
            .flatten()
            .collect()
    }

    /// What the user taught the program; heeded by what is detected or read anew from now on.
    pub fn prefer(&self, preferences: Preferences) {
        self.preferences.set(preferences);
    }

    /// Writes small texts into files that are no open logs.
    #[must_use]
    pub fn saver(&self) -> Saver {
        Saver(self.open_files.clone())
    }

    /// Drops a value on another thread: freeing the index of a large log would cost a frame.
    pub fn retire(&self, value: impl Any + Send) {
        self.chores.retire(value);
    }

    /// Gives up every running export and waits a moment until nothing is left of them.
    pub fn stop_exports(&self) {
        let deadline = Instant::now() + SHUTDOWN_PATIENCE;
        for source in &self.sources {
            source.desk.cancel_export();
        }
        let busy = |source: &Opened| source.desk.exporting.load(Ordering::Acquire);
        while self.sources.iter().any(busy) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Closes every log and waits until its threads have ended, and with them the programs that were run and the spools
    /// that they filled. Whether all ended in time.
    pub fn close_all(&mut self) -> bool {
        let deadline = Instant::now() + SHUTDOWN_PATIENCE;
        let mut sources = std::mem::take(&mut self.sources);
        for source in &sources {
            source.desk.close();
        }
        let threads = |source: &mut Opened| std::mem::take(&mut source.threads);
        let mut threads: Vec<_> = sources.iter_mut().flat_map(threads).collect();
        join(&mut threads, deadline)
    }

    /// Closes every log and waits for the threads. Whether all of them ended in time.
    pub fn shutdown(mut self) -> bool {
        let ended = self.close_all();
        let deadline = Instant::now() + SHUTDOWN_PATIENCE;
        let Self {
            pool_threads,
            chores,
            chores_thread,
            ..
        } = self;
        drop(chores);
        let mut shared = pool_threads.stop();
        shared.extend(chores_thread);
        join(&mut shared, deadline) && ended
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("options", &self.options)
            .field("sources", &self.sources.len())
            .finish_non_exhaustive()
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.desk.close();
    }
}

/// Starts one thread of a source; a system without threads left is a notice.
fn worker(
    desk: &Arc<Desk>,
    role: &str,
    run: impl FnOnce(&Arc<Desk>) + Send + 'static,
) -> Option<JoinHandle<()>> {
    let own = desk.clone();
    match guard::spawn(format!("{role}-{}", desk.id.0), move || run(&own)) {
        Ok(thread) => Some(thread),
        Err(error) => {
            let problem = Problem::error("The system has no more threads to give")
                .hint("Close other programs or logs and open this one again")
                .detail(error.to_string());
            desk.board.notice(problem.path(&desk.path));
            None
        }
    }
}

/// Runs a worker, and again after a panic, until its source is closed.
fn again<W>(desk: &Desk, mut worker: W, doing: &str, mut run: impl FnMut(&mut W)) {
    while !desk.closing.is_cancelled() {
        if let Err(panicked) = guard::catch(|| run(&mut worker)) {
            desk.board.notice(panicked.problem(doing).path(&desk.path));
        }
    }
}

/// Joins threads as they end. Whether all did before the deadline.
fn join(threads: &mut Vec<JoinHandle<()>>, deadline: Instant) -> bool {
    while !threads.is_empty() {
        for thread in threads.extract_if(.., |thread| thread.is_finished()) {
            // A panic was told where it was caught.
            drop(thread.join());
        }
        if threads.is_empty() || Instant::now() >= deadline {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    threads.is_empty()
}
