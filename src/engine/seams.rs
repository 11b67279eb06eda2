//! Where a followed log went on in another file, told by the record that comes first there.

use std::path::Path;
use std::sync::Arc;

use super::state::Seam;
use crate::base::id::RecordNo;
use crate::base::text;
use crate::bytes::stream::Turn;
use crate::bytes::{ByteSource, ReadError};
use crate::index::snapshot::SourceSnapshot;

/// Of a log that is rotated all the time, the last ones are kept.
const MOST: usize = 10_000;

/// The seams of a log, as far as records behind them are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Seams {
    marks: Vec<Mark>,
    found: Arc<[Seam]>,
}

#[derive(Debug, Clone)]
struct Mark {
    /// In bytes of the files.
    at: u64,
    seam: Seam,
    found: bool,
}

impl Seams {
    /// Takes note that the log turned.
    pub(super) fn add(&mut self, turn: &Turn) {
        let names = turn.on_the_way.iter().filter_map(|path| path.file_name());
        let seam = Seam {
            record: RecordNo(0),
            reason: turn.reason,
            read: names.map(|name| text::path(Path::new(name))).collect(),
            gone: turn.gone,
            gap: turn.gap,
        };
        if self.marks.len() >= MOST {
            self.marks.remove(0);
        }
        self.marks.push(Mark {
            at: turn.at,
            seam,
            found: false,
        });
    }

    /// The same seams in records that are to be counted anew.
    pub(super) fn anew(&self) -> Self {
        let lost = |mark: &Mark| Mark {
            found: false,
            ..mark.clone()
        };
        Self {
            marks: self.marks.iter().map(lost).collect(),
            found: Arc::default(),
        }
    }

    /// What was before is gone: only the last seam is left, at byte `at` of the files.
    pub(super) fn only_last(&self, at: u64) -> Self {
        let last = self.marks.last().cloned();
        let marks = last.map(|mark| Mark {
            at,
            found: false,
            ..mark
        });
        Self {
            marks: marks.into_iter().collect(),
            found: Arc::default(),
        }
    }

    /// Finds the records behind seams, among those that are known by now.
    pub(super) fn find(&mut self, bytes: &dyn ByteSource, snapshot: &SourceSnapshot) {
        let mut news = false;
        for mark in self.marks.iter_mut().filter(|mark| !mark.found) {
            if let Ok(Some(record)) = first_from(bytes, snapshot, mark.at) {
                mark.seam.record = record;
                mark.found = true;
                news = true;
            }
        }
        if news {
            let found = self.marks.iter().filter(|mark| mark.found);
            self.found = found.map(|mark| mark.seam.clone()).collect();
        }
    }

    /// Those that were found, in the order of their records.
    pub(super) fn found(&self) -> Arc<[Seam]> {
        self.found.clone()
    }
}

/// The first record that begins at byte `at` of the files or behind it.
fn first_from(
    bytes: &dyn ByteSource,
    snapshot: &SourceSnapshot,
    at: u64,
) -> Result<Option<RecordNo>, ReadError> {
    let (mut low, mut high) = (0, snapshot.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let Some(meta) = snapshot.record(RecordNo(middle)) else {
            return Ok(None);
        };
        let start = bytes.to_original(&(meta.offset..meta.offset + 1))?.start;
        match start < at {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    Ok((low < snapshot.len()).then_some(RecordNo(low)))
}
