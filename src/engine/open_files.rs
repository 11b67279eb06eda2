//! Which files are being read, so that nothing is written over them.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::desk::Desk;
use crate::bytes::identity::FileId;

/// The files of every open log; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenFiles(Arc<Mutex<Vec<Weak<Desk>>>>);

impl OpenFiles {
    /// A log was opened.
    pub(super) fn add(&self, desk: &Arc<Desk>) {
        let mut desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        desks.retain(|desk| desk.strong_count() > 0);
        desks.push(Arc::downgrade(desk));
    }

    /// Whether a file belongs to an open log: one of those that it is read from, rotated ones included, or what its path
    /// leads to now. Waits for the disk.
    pub(super) fn has(&self, id: FileId) -> bool {
        let desks = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut open = desks.iter().filter_map(Weak::upgrade);
        open.any(|desk| {
            let named = || fs::metadata(&desk.path).is_ok_and(|there| FileId::of(&there) == id);
            !desk.closing.is_cancelled() && (desk.reads(id) || named())
        })
    }
}
