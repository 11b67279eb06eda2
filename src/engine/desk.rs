//! What the threads of one source share: the requests to them, their results, and the present stage of the source.
//!
//! Each datum has one writer. The locks here are held for a pointer swap.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Waker;
use super::arrange::RowManner;
use super::bell::{Bell, Door, bell};
use super::board::Board;
use super::request::{
    CheckRequest, CopyRequest, ExportRequest, FieldsRequest, FilterRequest, FormatChoice,
    GroupsRequest, HitsRequest, NearestRequest, PlotRequest, PreviewRequest, SeekRequest,
    TimelineRequest, Wanted, WordsRequest,
};
use super::state::ViewSnapshot;
use crate::base::cancel::CancelToken;
use crate::base::id::{RecordNo, SourceId};
use crate::base::mailbox::Mailbox;
use crate::base::time::Zone;
use crate::bytes::ByteSource;
use crate::bytes::encoding::Encoding;
use crate::bytes::identity::FileId;
use crate::format::spec::Format;
use crate::index::snapshot::SourceSnapshot;
use crate::query::marking::Marking;

/// What the source worker is told. Human-rate, but for hints, which the worker takes together.
#[derive(Debug)]
pub(super) enum Command {
    SetFormat(FormatChoice),
    SetZone(Zone),
    /// The same bytes once more: the preferences changed.
    Reread,
    SetEncoding(Option<Encoding>),
    Reload,
    CancelIndexing,
    ResumeIndexing,
    /// The spool has grown, or it will not grow any more.
    Fed,
    /// What fills the spool is to stop.
    StopFeed,
    /// The program is to be run again.
    RestartFeed,
    /// What is in the spool is to be copied there, and to none of these paths.
    SaveCopy(PathBuf, Vec<PathBuf>),
    /// Something may have happened to the file.
    Hint,
    Close,
}

/// A consistent picture of a source for its workers: the index, and the bytes and format that it was made of.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) snapshot: SourceSnapshot,
    /// Answers `Stale` once the generation has ended.
    pub(super) bytes: Arc<dyn ByteSource>,
    pub(super) format: Arc<Format>,
    pub(super) zone: Zone,
    /// The source is reading what was there already: others leave it the disk and the processor.
    pub(super) catching_up: bool,
}

/// Everything that the threads of one source share.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) id: SourceId,
    pub(super) path: PathBuf,
    pub(super) board: Arc<Board>,
    pub(super) closing: CancelToken,
    commands: Sender<Command>,
    /// The desk of the source, for that of a view.
    home: Option<Arc<Self>>,
    /// The desks of the views, for that of a source.
    views: Mutex<Vec<Arc<Self>>>,
    stage: Mutex<Option<Arc<Stage>>>,
    view: Mutex<Option<Arc<ViewSnapshot>>>,
    pub(super) filter: Mailbox<FilterRequest>,
    pub(super) manner: Mailbox<RowManner>,
    /// Raised by a newer filter request, so that the run in progress stops at its next block.
    filter_run: Mutex<CancelToken>,
    pub(super) wanted: Mailbox<Wanted>,
    /// What is marked in rows.
    marking: Mutex<Arc<Marking>>,
    /// Fields that rows show beyond the format's columns.
    more_columns: Mutex<Arc<[Arc<str>]>>,
    pub(super) wanted_record: Mailbox<RecordNo>,
    pub(super) wanted_beside: Mailbox<RecordNo>,
    pub(super) nearest: Mailbox<NearestRequest>,
    pub(super) seek: Mailbox<(SeekRequest, CancelToken)>,
    seek_run: Mutex<CancelToken>,
    pub(super) copy: Mailbox<CopyRequest>,
    pub(super) preview: Mailbox<PreviewRequest>,
    pub(super) check: Mailbox<(CheckRequest, CancelToken)>,
    check_run: Mutex<CancelToken>,
    pub(super) export: Mailbox<(ExportRequest, CancelToken)>,
    export_run: Mutex<CancelToken>,
    pub(super) timeline: Mailbox<TimelineRequest>,
    pub(super) fields: Mailbox<FieldsRequest>,
    pub(super) words: Mailbox<WordsRequest>,
    pub(super) plot: Mailbox<PlotRequest>,
    pub(super) groups: Mailbox<GroupsRequest>,
    pub(super) hits: Mailbox<HitsRequest>,
    /// A file is being written.
    pub(super) exporting: AtomicBool,
    /// The files that the log is read from.
    files: Mutex<Vec<FileId>>,
    view_bell: Bell,
    rows_bell: Bell,
    ask_bell: Bell,
    check_bell: Bell,
    export_bell: Bell,
    timeline_bell: Bell,
    fields_bell: Bell,
    words_bell: Bell,
    plot_bell: Bell,
    groups_bell: Bell,
    hits_bell: Bell,
}

/// The workers' ends of a desk.
pub(super) struct Doors {
    pub(super) commands: Receiver<Command>,
    pub(super) view: Door,
    pub(super) rows: Door,
    pub(super) ask: Door,
    pub(super) check: Door,
    pub(super) export: Door,
    pub(super) timeline: Door,
    pub(super) fields: Door,
    pub(super) words: Door,
    pub(super) plot: Door,
    pub(super) groups: Door,
    pub(super) hits: Door,
}

impl Desk {
    pub(super) fn new(id: SourceId, path: PathBuf, waker: Waker) -> (Arc<Self>, Doors) {
        let (desk, doors) = Self::make(id, path, waker);
        (Arc::new(desk), doors)
    }

    /// The desk of a view of a source. It is shown what the source's own is, and tells its worker what to do; the source
    /// ends with its last view.
    pub(super) fn view_of(home: &Arc<Self>, waker: Waker) -> (Arc<Self>, Doors) {
        let (mut desk, doors) = Self::make(home.id, home.path.clone(), waker);
        desk.commands = home.commands.clone();
        desk.home = Some(home.clone());
        let desk = Arc::new(desk);
        {
            let mut views = lock(&home.views);
            views.push(desk.clone());
            replace(&desk.stage, home.stage());
        }
        home.board.add_view(&desk.board);
        (desk, doors)
    }

    fn make(id: SourceId, path: PathBuf, waker: Waker) -> (Self, Doors) {
        let (commands, command_door) = unbounded();
        let (view_bell, view) = bell();
        let (rows_bell, rows) = bell();
        let (ask_bell, ask) = bell();
        let (check_bell, check) = bell();
        let (export_bell, export) = bell();
        let (timeline_bell, timeline) = bell();
        let (fields_bell, fields) = bell();
        let (words_bell, words) = bell();
        let (plot_bell, plot) = bell();
        let (groups_bell, groups) = bell();
        let (hits_bell, hits) = bell();
        let desk = Self {
            id,
            path,
            board: Arc::new(Board::new(waker)),
            closing: CancelToken::default(),
            commands,
            home: None,
            views: Mutex::default(),
            stage: Mutex::default(),
            view: Mutex::default(),
            filter: Mailbox::default(),
            manner: Mailbox::default(),
            filter_run: Mutex::default(),
            wanted: Mailbox::default(),
            marking: Mutex::default(),
            more_columns: Mutex::default(),
            wanted_record: Mailbox::default(),
            wanted_beside: Mailbox::default(),
            nearest: Mailbox::default(),
            seek: Mailbox::default(),
            seek_run: Mutex::default(),
            copy: Mailbox::default(),
            preview: Mailbox::default(),
            check: Mailbox::default(),
            check_run: Mutex::default(),
            export: Mailbox::default(),
            export_run: Mutex::default(),
            timeline: Mailbox::default(),
            fields: Mailbox::default(),
            words: Mailbox::default(),
            plot: Mailbox::default(),
            groups: Mailbox::default(),
            hits: Mailbox::default(),
            exporting: AtomicBool::new(false),
            files: Mutex::default(),
            view_bell,
            rows_bell,
            ask_bell,
            check_bell,
            export_bell,
            timeline_bell,
            fields_bell,
            words_bell,
            plot_bell,
            groups_bell,
            hits_bell,
        };
        let doors = Doors {
            commands: command_door,
            view,
            rows,
            ask,
            check,
            export,
            timeline,
            fields,
            words,
            plot,
            groups,
            hits,
        };
        (desk, doors)
    }

    /// The desk of the source that this one shows.
    pub(super) fn home(self: &Arc<Self>) -> Arc<Self> {
        self.home.clone().unwrap_or_else(|| self.clone())
    }

    pub(super) fn command(&self, command: Command) {
        // Fails only when the source worker has ended, and then nobody needs to be told.
        drop(self.commands.send(command));
    }

    pub(super) fn ask_filter(&self, request: FilterRequest) {
        replace(&self.filter_run, CancelToken::default()).cancel();
        self.filter.publish(Arc::new(request));
        self.view_bell.ring();
    }

    pub(super) fn ask_manner(&self, manner: RowManner) {
        self.manner.publish(Arc::new(manner));
        self.view_bell.ring();
    }

    /// The token of the newest filter run.
    pub(super) fn filter_token(&self) -> CancelToken {
        get(&self.filter_run)
    }

    pub(super) fn ask_rows(&self, wanted: Wanted) {
        self.wanted.publish(Arc::new(wanted));
        self.rows_bell.ring();
    }

    /// Rows that are asked for from now on are marked so.
    pub(super) fn set_marking(&self, marking: Arc<Marking>) {
        replace(&self.marking, marking);
    }

    pub(super) fn marking(&self) -> Arc<Marking> {
        get(&self.marking)
    }

    pub(super) fn set_more_columns(&self, fields: Arc<[Arc<str>]>) {
        replace(&self.more_columns, fields);
    }

    pub(super) fn more_columns(&self) -> Arc<[Arc<str>]> {
        get(&self.more_columns)
    }

    pub(super) fn ask_record(&self, record: RecordNo) {
        self.wanted_record.publish(Arc::new(record));
        self.rows_bell.ring();
    }

    pub(super) fn ask_beside(&self, record: RecordNo) {
        self.wanted_beside.publish(Arc::new(record));
        self.rows_bell.ring();
    }

    pub(super) fn ask_nearest(&self, request: NearestRequest) {
        self.nearest.publish(Arc::new(request));
        self.rows_bell.ring();
    }

    pub(super) fn ask_copy(&self, request: CopyRequest) {
        self.copy.publish(Arc::new(request));
        self.ask_bell.ring();
    }

    pub(super) fn ask_preview(&self, request: PreviewRequest) {
        self.preview.publish(Arc::new(request));
        self.ask_bell.ring();
    }

    pub(super) fn ask_check(&self, request: CheckRequest) {
        let token = CancelToken::default();
        replace(&self.check_run, token.clone()).cancel();
        self.check.publish(Arc::new((request, token)));
        self.check_bell.ring();
    }

    pub(super) fn cancel_check(&self) {
        get(&self.check_run).cancel();
    }

    pub(super) fn ask_export(&self, request: ExportRequest) {
        let token = CancelToken::default();
        replace(&self.export_run, token.clone()).cancel();
        self.export.publish(Arc::new((request, token)));
        self.export_bell.ring();
    }

    pub(super) fn cancel_export(&self) {
        get(&self.export_run).cancel();
        self.export_bell.ring();
    }

    pub(super) fn ask_fields(&self, request: FieldsRequest) {
        self.fields.publish(Arc::new(request));
        self.fields_bell.ring();
    }

    pub(super) fn ask_words(&self, request: WordsRequest) {
        self.words.publish(Arc::new(request));
        self.words_bell.ring();
    }

    pub(super) fn ask_plot(&self, request: PlotRequest) {
        self.plot.publish(Arc::new(request));
        self.plot_bell.ring();
    }

    pub(super) fn ask_timeline(&self, request: TimelineRequest) {
        self.timeline.publish(Arc::new(request));
        self.timeline_bell.ring();
    }

    pub(super) fn ask_groups(&self, request: GroupsRequest) {
        self.groups.publish(Arc::new(request));
        self.groups_bell.ring();
    }

    pub(super) fn ask_hits(&self, request: HitsRequest) {
        self.hits.publish(Arc::new(request));
        self.hits_bell.ring();
    }

    /// Takes note of which files the log is read from.
    pub(super) fn set_files(&self, files: Vec<FileId>) {
        replace(&self.files, files);
    }

    /// Whether a file is one of those that the log is read from.
    pub(super) fn reads(&self, id: FileId) -> bool {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.contains(&id)
    }

    pub(super) fn ask_seek(&self, request: SeekRequest) {
        let token = CancelToken::default();
        replace(&self.seek_run, token.clone()).cancel();
        self.seek.publish(Arc::new((request, token)));
        self.ask_bell.ring();
    }

    pub(super) fn cancel_seek(&self) {
        get(&self.seek_run).cancel();
    }

    /// The newest stage; `None` before the file was opened for the first time.
    pub(super) fn stage(&self) -> Option<Arc<Stage>> {
        get(&self.stage)
    }

    /// Shows the workers a new stage, those of every view.
    pub(super) fn set_stage(&self, stage: Arc<Stage>) {
        let views = lock(&self.views);
        for view in views.iter() {
            view.set_stage(stage.clone());
        }
        // While the list is locked: a view that comes takes what is here.
        let before = replace(&self.stage, Some(stage));
        drop(views);
        drop(before);
        self.view_bell.ring();
        self.rows_bell.ring();
        self.timeline_bell.ring();
        self.fields_bell.ring();
        self.words_bell.ring();
        self.plot_bell.ring();
        self.groups_bell.ring();
        self.hits_bell.ring();
    }

    /// The newest view.
    pub(super) fn view(&self) -> Option<Arc<ViewSnapshot>> {
        get(&self.view)
    }

    /// Publishes a view to the window and to the other workers.
    pub(super) fn set_view(&self, view: Arc<ViewSnapshot>) {
        replace(&self.view, Some(view.clone()));
        self.board.post(&self.board.view, view);
        self.ask_bell.ring();
        self.export_bell.ring();
        self.timeline_bell.ring();
        self.fields_bell.ring();
        self.words_bell.ring();
        self.plot_bell.ring();
        self.groups_bell.ring();
        self.hits_bell.ring();
    }

    /// A view is closed; after the last one nobody needs the source.
    fn left_by(&self, view: &Self) {
        let mut views = lock(&self.views);
        let before = views.len();
        views.retain(|other| !std::ptr::eq(&**other, view));
        let last = views.is_empty() && before > 0;
        drop(views);
        self.board.remove_view(&view.board);
        if last {
            self.close();
        }
    }

    /// Tells every worker to end. Returns at once.
    pub(super) fn close(&self) {
        self.closing.cancel();
        get(&self.filter_run).cancel();
        self.cancel_seek();
        self.cancel_check();
        self.cancel_export();
        match &self.home {
            Some(home) => home.left_by(self),
            None => self.command(Command::Close),
        }
        self.view_bell.ring();
        self.rows_bell.ring();
        self.ask_bell.ring();
        self.check_bell.ring();
        self.timeline_bell.ring();
        self.fields_bell.ring();
        self.words_bell.ring();
        self.plot_bell.ring();
        self.groups_bell.ring();
        self.hits_bell.ring();
    }
}

fn lock<T>(slot: &Mutex<T>) -> MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

fn get<T: Clone>(slot: &Mutex<T>) -> T {
    slot.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Swaps the value; the displaced one is dropped by the caller, after the lock is released.
fn replace<T>(slot: &Mutex<T>, value: T) -> T {
    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::replace(&mut slot, value)
}
