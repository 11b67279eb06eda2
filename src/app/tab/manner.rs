//! What of the records that pass the filter is shown, and what around them.

use std::sync::Arc;

use super::Tab;
use crate::base::id::RecordNo;

impl Tab {
    /// Shows so many records before and after those that pass the filter.
    pub fn show_around(&mut self, records: u32) {
        self.manner.around = records;
        self.handle.arrange(self.manner.clone());
    }

    /// Shows rows that repeat the row above, or one for all of them.
    pub fn collapse(&mut self, collapse: bool) {
        self.manner.collapse = collapse;
        self.manner.open = Arc::default();
        self.handle.arrange(self.manner.clone());
    }

    /// Shows rows in order of time, or in that of the file.
    pub fn order_by_time(&mut self, by_time: bool) {
        self.manner.by_time = by_time;
        self.handle.arrange(self.manner.clone());
    }

    /// Shows the records of a run of repeats, or one for all of them. Whether that changes anything.
    pub fn open_run(&mut self, first: RecordNo, open: bool) -> bool {
        let view = self.view.as_ref().filter(|view| view.collapse);
        let run = view.and_then(|view| view.run_of(first));
        let runs = Arc::make_mut(&mut self.manner.open);
        let changed = match open {
            true => run.is_some_and(|run| !run.is_empty()) && runs.insert(first),
            false => runs.remove(&first),
        };
        if changed {
            self.handle.arrange(self.manner.clone());
        }
        changed
    }

    /// Record numbers count anew.
    pub(super) fn forget_runs(&mut self) {
        if !self.manner.open.is_empty() {
            self.manner.open = Arc::default();
            self.handle.arrange(self.manner.clone());
        }
    }
}
