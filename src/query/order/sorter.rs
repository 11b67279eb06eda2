//! Works out the order of time, and goes on with it while a log grows.

use std::sync::Arc;

use super::keys::{EARLIEST, LATEST, keys, last_known};
use super::merge::sorted;
use super::{Part, Stretch, TimeOrder};
use crate::index::block::Block;
use crate::query::bitmap::BlockRows;

/// A part that holds so many stretches, or so many rows, takes no more.
const PART_STRETCHES: usize = 1 << 12;
const PART_ROWS: usize = 1 << 16;

/// Orders the rows of a view, which may grow and change between two times.
///
/// Of every block its earliest and latest moment are kept. Only what lies behind the first row that a change could have
/// moved is ordered anew.
#[derive(Debug, Default)]
pub struct TimeSorter {
    blocks: Vec<Known>,
    parts: Vec<Arc<Part>>,
    /// The order before the newest: who shows it is not to free what is only in that one.
    before: TimeOrder,
    now: TimeOrder,
}

/// What is known of the rows of a block.
#[derive(Debug)]
struct Known {
    block: Arc<Block>,
    rows: Option<BlockRows>,
    /// The last moment known before it, and at its end.
    carried: (i64, i64),
    /// The earliest and the latest of its rows; the other way round if it has none.
    earliest: i64,
    latest: i64,
    /// They are in order of time.
    sorted: bool,
}

impl Known {
    fn count(&self) -> u64 {
        self.rows.as_ref().map_or(0, |rows| rows.count().into())
    }

    fn is(&self, block: &Arc<Block>, rows: Option<&BlockRows>, before: i64) -> bool {
        Arc::ptr_eq(&self.block, block) && self.rows.as_ref() == rows && self.carried.0 == before
    }
}

/// From where on rows are others than before.
#[derive(Debug, Clone, Copy)]
struct Changed {
    /// The first block with such rows.
    block: usize,
    /// How many of its first rows are as they were.
    same: usize,
    /// The earliest moment of its other rows.
    least: i64,
}

/// Room for the moments of a block, and for the earliest from each on.
#[derive(Default)]
struct Scratch {
    keys: Vec<i64>,
    least: Vec<i64>,
}

impl TimeSorter {
    /// The order of these rows, given as each block and its rows, in file order, `None` for a block that is not evaluated.
    /// `None` once `stop` says so; the next time begins anew.
    pub fn order<'a>(
        &mut self,
        parts: impl Iterator<Item = (&'a Arc<Block>, Option<&'a BlockRows>)>,
        mut stop: impl FnMut() -> bool,
    ) -> Option<TimeOrder> {
        let mut stopped = false;
        let mut stop = || {
            stopped = stopped || stop();
            stopped
        };
        if let Some(changed) = self.take(parts, &mut stop) {
            let least = self.least_from_each();
            self.cut_back(&changed, &least);
            self.sort(&least, &mut stop);
            let parts = self.parts.as_slice().into();
            self.before = std::mem::replace(&mut self.now, TimeOrder { parts });
        }
        if stopped {
            *self = Self::default();
            return None;
        }
        Some(self.now.clone())
    }

    /// Takes over blocks and rows. The first that is another one, if any is.
    fn take<'a>(
        &mut self,
        parts: impl Iterator<Item = (&'a Arc<Block>, Option<&'a BlockRows>)>,
        stop: &mut impl FnMut() -> bool,
    ) -> Option<Changed> {
        let mut scratch = Scratch::default();
        let mut carried = EARLIEST;
        let mut changed = None;
        let mut count = 0;
        for (number, (block, rows)) in parts.enumerate() {
            count = number + 1;
            match self.blocks.get_mut(number) {
                Some(known) if known.is(block, rows, carried) => {}
                place => {
                    if stop() {
                        break;
                    }
                    let known = look_at(block, rows, carried, &mut scratch);
                    changed.get_or_insert_with(|| {
                        Changed::between(number, place.as_deref(), &scratch.keys)
                    });
                    match place {
                        Some(place) => *place = known,
                        None => self.blocks.push(known),
                    }
                }
            }
            carried = self.blocks.get(number).map_or(carried, |it| it.carried.1);
        }
        if count < self.blocks.len() {
            self.blocks.truncate(count);
            changed.get_or_insert(Changed {
                block: count,
                same: 0,
                least: LATEST,
            });
        }
        changed
    }

    /// The earliest moment of each block and those behind it, and of nothing at the end.
    fn least_from_each(&self) -> Vec<i64> {
        let mut least = vec![LATEST; self.blocks.len() + 1];
        let mut so_far = LATEST;
        for (known, least) in self.blocks.iter().zip(&mut least).rev() {
            so_far = so_far.min(known.earliest);
            *least = so_far;
        }
        least
    }

    /// Gives up what is known of rows that may have moved: from the first one on that is later than something that
    /// changed.
    fn cut_back(&mut self, changed: &Changed, least: &[i64]) {
        let behind = least.get(changed.block + 1).copied().unwrap_or(LATEST);
        let least = changed.least.min(behind);
        let mut kept = 0;
        for known in self.blocks.iter().take(changed.block) {
            if known.latest > least {
                kept += first_later(known, least);
                return self.keep_rows(kept);
            }
            kept += known.count();
        }
        let in_block = self.blocks.get(changed.block);
        let later = in_block.map_or(0, |known| first_later(known, least));
        self.keep_rows(kept + later.min(changed.same as u64));
    }

    /// Keeps the stretches that lie wholly before a row.
    fn keep_rows(&mut self, rows: u64) {
        while let Some(last) = self.parts.pop_if(|part| part.end() > rows) {
            if last.first() < rows {
                let stretches = last.stretches.iter();
                let whole = stretches.take_while(|stretch| stretch.end() <= rows);
                let whole: Vec<Stretch> = whole.copied().collect();
                let held = whole.last().map_or(0, |it| it.at + it.len as usize);
                if !whole.is_empty() {
                    self.parts.push(Arc::new(Part {
                        stretches: whole,
                        rows: last.rows.iter().take(held).copied().collect(),
                        places: last.places.iter().take(held).copied().collect(),
                    }));
                }
                // Nothing before it reaches so far.
                break;
            }
        }
    }

    /// Orders everything behind the last stretch.
    fn sort(&mut self, least: &[i64], stop: &mut impl FnMut() -> bool) {
        // Rows in place behind the last stretch are gone through again, but for whole blocks of them, which cost nothing.
        let from = self.parts.last().map_or(0, |part| part.end());
        let mut scratch = Scratch::default();
        let mut pending = Pending::default();
        let (mut row, mut latest) = (0, EARLIEST);
        for (known, least) in self.blocks.iter().zip(least.iter().skip(1)) {
            let first = row;
            row += known.count();
            if row <= from {
                latest = latest.max(known.latest);
                continue;
            }
            let in_place = known.sorted && known.earliest >= latest && known.latest <= *least;
            if pending.keys.is_empty() && first >= from && in_place {
                latest = latest.max(known.latest);
                continue;
            }
            if stop() {
                return;
            }
            let Some(rows) = &known.rows else { continue };
            keys(&known.block, rows, known.carried.0, &mut scratch.keys);
            scratch.find_least(*least);
            let cells = scratch.keys.iter().zip(scratch.least.iter().skip(1));
            for ((key, least), row) in cells.zip(first..) {
                latest = latest.max(*key);
                if row >= from {
                    pending.push(row, *key);
                    if latest <= *least && !pending.flush(&mut self.parts, stop) {
                        return;
                    }
                }
            }
        }
        pending.flush(&mut self.parts, stop);
    }
}

impl Changed {
    /// How the rows of a block differ from what they were, by their moments: which records they are of does not matter.
    fn between(block: usize, before: Option<&Known>, now: &[i64]) -> Self {
        let mut moments = Vec::new();
        if let Some((known, rows)) = before.and_then(|known| Some((known, known.rows.as_ref()?))) {
            keys(&known.block, rows, known.carried.0, &mut moments);
        }
        let pairs = moments.iter().zip(now);
        let same = pairs.take_while(|(before, now)| before == now).count();
        let others = now.iter().skip(same).copied();
        Self {
            block,
            same,
            least: others.min().unwrap_or(LATEST),
        }
    }
}

impl Scratch {
    /// The earliest moment from each row on, up to what lies behind the block.
    fn find_least(&mut self, behind: i64) {
        self.least.clear();
        self.least.resize(self.keys.len() + 1, behind);
        let mut so_far = behind;
        for (key, least) in self.keys.iter().zip(&mut self.least).rev() {
            so_far = so_far.min(*key);
            *least = so_far;
        }
    }
}

fn look_at(
    block: &Arc<Block>,
    rows: Option<&BlockRows>,
    before: i64,
    scratch: &mut Scratch,
) -> Known {
    scratch.keys.clear();
    if let Some(rows) = rows.filter(|rows| rows.count() > 0) {
        keys(block, rows, before, &mut scratch.keys);
    }
    let keys = &scratch.keys;
    Known {
        block: block.clone(),
        rows: rows.cloned(),
        carried: (before, last_known(block, before)),
        earliest: keys.iter().copied().min().unwrap_or(LATEST),
        latest: keys.iter().copied().max().unwrap_or(EARLIEST),
        sorted: keys.is_sorted(),
    }
}

/// How many rows of a block come before the first one that is later than this.
fn first_later(known: &Known, least: i64) -> u64 {
    let mut moments = Vec::new();
    if let Some(rows) = &known.rows {
        keys(&known.block, rows, known.carried.0, &mut moments);
    }
    let first = moments.iter().position(|key| *key > least);
    first.unwrap_or(moments.len()) as u64
}

/// Rows since the last cut.
#[derive(Default)]
struct Pending {
    first: u64,
    keys: Vec<i64>,
}

impl Pending {
    fn push(&mut self, row: u64, key: i64) {
        if self.keys.is_empty() {
            self.first = row;
        }
        self.keys.push(key);
    }

    /// Makes a stretch of them, unless it is one row. More than 2³² rows, 32 GiB of them, stay as they are. Whether it was
    /// not stopped.
    fn flush(&mut self, parts: &mut Vec<Arc<Part>>, stop: &mut impl FnMut() -> bool) -> bool {
        let Ok(len @ 2..) = u32::try_from(self.keys.len()) else {
            self.keys.clear();
            return true;
        };
        let Some(rows) = sorted(&self.keys, stop) else {
            return false;
        };
        let mut places = vec![0; rows.len()];
        for (row, place) in rows.iter().zip(0..) {
            if let Some(cell) = places.get_mut(*row as usize) {
                *cell = place;
            }
        }
        let full = |part: &Arc<Part>| {
            part.stretches.len() >= PART_STRETCHES || part.rows.len() >= PART_ROWS
        };
        if parts.last().is_none_or(full) {
            parts.push(Arc::default());
        }
        if let Some(part) = parts.last_mut() {
            let part = Arc::make_mut(part);
            part.stretches.push(Stretch {
                first: self.first,
                at: part.rows.len(),
                len,
            });
            part.rows.extend(rows);
            part.places.extend(places);
        }
        self.keys.clear();
        true
    }
}
