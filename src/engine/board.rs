//! Where the workers of a source leave their results for the window.

use std::fmt;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Waker;
use super::state::{
    CheckResult, CopyResult, ExportState, FullRecord, NearestResult, PreviewResult, RowBatch,
    SeekResult, SourceEvent, SourceState, ViewSnapshot,
};
use crate::base::mailbox::Mailbox;
use crate::base::problem::Problem;

/// The mailboxes of one source. Pictures are newest-wins; row batches and events queue, because replacing an unread one
/// would lose rows or notices (both are short: the loader serves only the newest wanted window).
pub(super) struct Board {
    pub(super) source: Mailbox<SourceState>,
    pub(super) view: Mailbox<ViewSnapshot>,
    pub(super) record: Mailbox<FullRecord>,
    pub(super) seek: Mailbox<SeekResult>,
    pub(super) nearest: Mailbox<NearestResult>,
    pub(super) copy: Mailbox<CopyResult>,
    pub(super) preview: Mailbox<PreviewResult>,
    pub(super) check: Mailbox<CheckResult>,
    pub(super) export: Mailbox<ExportState>,
    rows: (Sender<RowBatch>, Receiver<RowBatch>),
    events: (Sender<SourceEvent>, Receiver<SourceEvent>),
    waker: Waker,
}

impl Board {
    pub(super) fn new(waker: Waker) -> Self {
        Self {
            source: Mailbox::default(),
            view: Mailbox::default(),
            record: Mailbox::default(),
            seek: Mailbox::default(),
            copy: Mailbox::default(),
            nearest: Mailbox::default(),
            preview: Mailbox::default(),
            check: Mailbox::default(),
            export: Mailbox::default(),
            rows: unbounded(),
            events: unbounded(),
            waker,
        }
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

    pub(super) fn post_event(&self, event: SourceEvent) {
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
