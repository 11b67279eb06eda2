//! Rows in order of time, where a file is not: several processes or threads wrote it, buffers were flushed late, logs were
//! put one behind the other.
//!
//! Most rows of such a file are in order all the same. Between two rows the order is *cut* if nothing before is later than
//! anything behind. What lies between two cuts is a stretch; a stretch of one row is where it belongs, and only of longer
//! ones it is kept which row comes when, in 8 bytes for each. Rows of the same time keep the order of the file, and a
//! record without a time belongs to the moment of the one before it in the file.

mod keys;
mod merge;
mod sorter;

use std::ops::Range;
use std::sync::Arc;

pub use sorter::TimeSorter;

/// Which row comes when. Cheap to clone; never changes.
#[derive(Debug, Clone, Default)]
pub struct TimeOrder {
    /// Ascending, disjoint.
    parts: Arc<[Arc<Part>]>,
}

/// Some stretches that follow each other, so that those of a growing log are shared by its orders.
#[derive(Debug, Clone, Default)]
struct Part {
    stretches: Vec<Stretch>,
    /// Of each place in the order of time the row in file order, stretch after stretch, from the stretch's first row on.
    rows: Vec<u32>,
    /// Of each row in file order the place in the order of time.
    places: Vec<u32>,
}

/// Rows of which some are not where they belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    /// The first row; those before are all earlier or of the same time.
    first: u64,
    /// Where in the part its rows begin.
    at: usize,
    len: u32,
}

impl Stretch {
    fn end(self) -> u64 {
        self.first + u64::from(self.len)
    }
}

impl Part {
    fn first(&self) -> u64 {
        self.stretches.first().map_or(u64::MAX, |it| it.first)
    }

    fn end(&self) -> u64 {
        self.stretches.last().map_or(0, |it| it.end())
    }

    /// The stretch that a row or a place is in.
    fn stretch(&self, row: u64) -> Option<Stretch> {
        let after = self.stretches.partition_point(|it| it.first <= row);
        let stretch = self.stretches.get(after.checked_sub(1)?)?;
        (row < stretch.end()).then_some(*stretch)
    }
}

/// Places of one row after the other, which costs little where they ascend: what was found last is looked at first.
#[derive(Debug)]
pub struct Places<'a> {
    order: Option<&'a TimeOrder>,
    /// Rows of which this is known.
    known: Range<u64>,
    /// The stretch that they are in; without one they are in place.
    stretch: Option<(&'a Part, Stretch)>,
}

impl Places<'_> {
    /// The place in the order of time of a row in file order.
    pub fn of(&mut self, row: u64) -> u64 {
        if !self.known.contains(&row) {
            self.look_up(row);
        }
        let moved = self
            .stretch
            .and_then(|(part, stretch)| moved(&part.places, stretch, row));
        moved.unwrap_or(row)
    }

    fn look_up(&mut self, row: u64) {
        self.stretch = None;
        self.known = 0..u64::MAX;
        let Some(order) = self.order else { return };
        let after = order.parts.partition_point(|part| part.first() <= row);
        if let Some(next) = order.parts.get(after) {
            self.known.end = next.first();
        }
        let Some(part) = after.checked_sub(1).and_then(|at| order.parts.get(at)) else {
            return;
        };
        let after = part.stretches.partition_point(|it| it.first <= row);
        if let Some(next) = part.stretches.get(after) {
            self.known.end = next.first;
        }
        if let Some(stretch) = after.checked_sub(1).and_then(|at| part.stretches.get(at)) {
            match row < stretch.end() {
                true => {
                    self.known = stretch.first..stretch.end();
                    self.stretch = Some((part, *stretch));
                }
                false => self.known.start = stretch.end(),
            }
        }
    }
}

/// What a column of a part has for a row or a place of a stretch.
fn moved(column: &[u32], stretch: Stretch, at: u64) -> Option<u64> {
    let within = usize::try_from(at.checked_sub(stretch.first)?).ok()?;
    let moved = column.get(stretch.at + within)?;
    Some(stretch.first + u64::from(*moved))
}

impl TimeOrder {
    /// The places of many rows, one after the other; without an order every row is in its place.
    pub(super) fn places(order: Option<&Self>) -> Places<'_> {
        Places {
            order,
            known: 0..0,
            stretch: None,
        }
    }

    /// The row in file order that comes at a place in the order of time.
    #[must_use]
    pub fn row_at(&self, place: u64) -> u64 {
        self.look_up(place, |part| &part.rows)
    }

    /// The place in the order of time of a row in file order.
    #[must_use]
    pub fn place_of(&self, row: u64) -> u64 {
        self.look_up(row, |part| &part.places)
    }

    /// Whether it is the order of the file.
    #[must_use]
    pub fn is_as_in_file(&self) -> bool {
        self.parts.is_empty()
    }

    fn look_up(&self, at: u64, column: impl Fn(&Part) -> &Vec<u32>) -> u64 {
        let after = self.parts.partition_point(|part| part.first() <= at);
        let found = after.checked_sub(1).and_then(|part| {
            let part = self.parts.get(part)?;
            moved(column(part), part.stretch(at)?, at)
        });
        found.unwrap_or(at)
    }
}
