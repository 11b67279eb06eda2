//! Where the workers of a source leave their results for the window.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Waker;
use super::state::{
    CheckResult, CopyResult, ExportState, FieldsState, FindHits, FullRecord, GroupsState,
    NearestResult, PlotState, PreviewResult, RowBatch, SeekResult, SourceEvent, SourceState,
    TimelineState, ViewSnapshot, WordsState,
};
use crate::base::mailbox::Mailbox;
use crate::base::problem::Problem;

/// The mailboxes of one source. Pictures are newest-wins; row batches and events queue, because replacing an unread one
/// would lose rows or notices (both are short: the loader serves only the newest wanted window).
pub(super) struct Board {
    pub(super) source: Mailbox<SourceState>,
    pub(super) view: Mailbox<ViewSnapshot>,
    pub(super) record: Mailbox<FullRecord>,
    pub(super) beside: Mailbox<FullRecord>,
    pub(super) seek: Mailbox<SeekResult>,
    pub(super) nearest: Mailbox<NearestResult>,
    pub(super) copy: Mailbox<CopyResult>,
    pub(super) preview: Mailbox<PreviewResult>,
    pub(super) check: Mailbox<CheckResult>,
    pub(super) export: Mailbox<ExportState>,
    pub(super) timeline: Mailbox<TimelineState>,
    pub(super) fields: Mailbox<FieldsState>,
    pub(super) words: Mailbox<WordsState>,
    pub(super) plot: Mailbox<PlotState>,
    pub(super) groups: Mailbox<GroupsState>,
    pub(super) hits: Mailbox<FindHits>,
    rows: (Sender<RowBatch>, Receiver<RowBatch>),
    events: (Sender<SourceEvent>, Receiver<SourceEvent>),
    waker: Waker,
    /// The boards of the log's views, which get what the source tells.
    views: Mutex<Views>,
}

/// Who looks at a source.
#[derive(Default)]
struct Views {
    boards: Vec<Arc<Board>>,
    /// What views that come later begin with.
    newest: Option<Arc<SourceState>>,
}

impl Board {
    pub(super) fn new(waker: Waker) -> Self {
        Self {
            source: Mailbox::default(),
            view: Mailbox::default(),
            record: Mailbox::default(),
            beside: Mailbox::default(),
            seek: Mailbox::default(),
            copy: Mailbox::default(),
            nearest: Mailbox::default(),
            preview: Mailbox::default(),
            check: Mailbox::default(),
            export: Mailbox::default(),
            timeline: Mailbox::default(),
            fields: Mailbox::default(),
            words: Mailbox::default(),
            plot: Mailbox::default(),
            groups: Mailbox::default(),
            hits: Mailbox::default(),
            rows: unbounded(),
            events: unbounded(),
            waker,
            views: Mutex::default(),
        }
    }

    /// A view looks at the source from now on.
    pub(super) fn add_view(&self, board: &Arc<Self>) {
        // What is the newest is found out and handed on in one: an older one may not come after it.
        let mut views = self.views();
        views.boards.push(board.clone());
        if let Some(newest) = &views.newest {
            board.post(&board.source, newest.clone());
        }
    }

    /// A view looks at the source no longer.
    pub(super) fn remove_view(&self, board: &Arc<Self>) {
        self.views()
            .boards
            .retain(|other| !Arc::ptr_eq(other, board));
    }

    /// Shows every view the state of the source.
    pub(super) fn post_source(&self, state: SourceState) {
        let state = Arc::new(state);
        let mut views = self.views();
        for board in &views.boards {
            board.post(&board.source, state.clone());
        }
        let before = views.newest.replace(state);
        drop(views);
        drop(before);
    }

    fn views(&self) -> MutexGuard<'_, Views> {
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a picture into its mailbox and wakes the window.
    pub(super) fn post<T>(&self, mailbox: &Mailbox<T>, value: Arc<T>) {
        mailbox.publish(value);
        (self.waker)();
    }

    pub(super) fn post_rows(&self, batch: RowBatch) {
        // Cannot fail: this board holds the receiving end too.
        drop(self.rows.0.send(batch));
        (self.waker)();
    }

    /// Tells what happened: what concerns the records to every view of the source, what is for people to one.
    pub(super) fn post_event(&self, event: SourceEvent) {
        let views = self.views();
        let told = match &event {
            SourceEvent::Restarted(_) | SourceEvent::Turned(_) => views.boards.as_slice(),
            SourceEvent::Notice(_)
            | SourceEvent::Over(_)
            | SourceEvent::Offer(..)
            | SourceEvent::Choice(_) => views.boards.get(..1).unwrap_or_default(),
        };
        if !told.is_empty() {
            return told
                .iter()
                .for_each(|board| board.post_event(event.clone()));
        }
        drop(views);
        drop(self.events.0.send(event));
        (self.waker)();
    }

    pub(super) fn notice(&self, problem: Problem) {
        self.post_event(SourceEvent::Notice(problem));
    }

    pub(super) fn take_rows(&self) -> Vec<RowBatch> {
        self.rows.1.try_iter().collect()
    }

    pub(super) fn take_events(&self) -> Vec<SourceEvent> {
        self.events.1.try_iter().collect()
    }
}

impl fmt::Debug for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Board").finish_non_exhaustive()
    }
}
