//! The parsed rows that the table may need next; owned by the UI thread, bounded, keyed by record.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::id::{Generation, RecordNo};
use crate::engine::{RowBatch, RowText};
use crate::query::lang::begins_with;

/// Rows kept around the visible ones; at 4 KiB a row this is 16 MiB at most, and a tenth of that with usual rows.
const CAPACITY: usize = 4096;

/// Bytes of texts that are kept; long tracebacks reach this first.
const BYTES: usize = 32 << 20;

/// A longer value, in bytes, is not offered to be typed.
const LONGEST_VALUE: usize = 80;

/// Parsed rows of one generation of a source.
#[derive(Debug, Default)]
pub struct RowCache {
    generation: Generation,
    /// The fields that rows have cells for, behind those of the format's columns.
    more: Arc<[Arc<str>]>,
    rows: FxHashMap<RecordNo, Arc<RowText>>,
    unavailable: FxHashSet<RecordNo>,
    /// Bytes of the rows' texts.
    bytes: usize,
}

impl RowCache {
    /// Takes a batch in; batches of another generation (invariant I10) or with other columns are dropped.
    pub fn insert(&mut self, batch: RowBatch) {
        if batch.generation != self.generation || *batch.more != *self.more {
            return;
        }
        if self.rows.len() + batch.rows.len() > CAPACITY || self.bytes > BYTES {
            self.rows.clear();
            self.unavailable.clear();
            self.bytes = 0;
        }
        for row in batch.rows {
            self.unavailable.remove(&row.meta.record);
            self.bytes += weight(&row);
            if let Some(old) = self.rows.insert(row.meta.record, row) {
                self.bytes = self.bytes.saturating_sub(weight(&old));
            }
        }
        self.unavailable.extend(batch.unavailable);
    }

    /// Forgets everything if the source moved on to another generation.
    pub fn enter(&mut self, generation: Generation) {
        if self.generation != generation {
            *self = Self {
                generation,
                more: Arc::clone(&self.more),
                ..Self::default()
            };
        }
    }

    /// The fields that rows have cells for, behind those of the format's columns.
    #[must_use]
    pub fn more(&self) -> &[Arc<str>] {
        &self.more
    }

    /// Rows are to have cells for these fields too: those that are here do not.
    pub fn set_more(&mut self, more: Arc<[Arc<str>]>) {
        *self = Self {
            generation: self.generation,
            more,
            ..Self::default()
        };
    }

    /// How many rows are here.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row, if it is here.
    #[must_use]
    pub fn get(&self, record: RecordNo) -> Option<&Arc<RowText>> {
        self.rows.get(&record)
    }

    /// The values that a column has in these rows and that begin with what is typed, the most frequent first.
    #[must_use]
    pub fn values(&self, column: usize, typed: &str) -> Vec<String> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for row in self.rows.values() {
            let value = row.cells.get(column).map_or("", |cell| cell);
            if !value.is_empty() && value.len() <= LONGEST_VALUE && begins_with(value, typed) {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
        values.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        values
            .into_iter()
            .map(|(value, _)| value.to_owned())
            .collect()
    }

    /// Whether the row could not be read.
    #[must_use]
    pub fn is_unavailable(&self, record: RecordNo) -> bool {
        self.unavailable.contains(&record)
    }
}

/// Bytes of a row's texts.
fn weight(row: &RowText) -> usize {
    let cells: usize = row.cells.iter().map(|cell| cell.len()).sum();
    let rest: usize = row.rest.iter().map(|line| line.text.len()).sum();
    cells + rest
}
