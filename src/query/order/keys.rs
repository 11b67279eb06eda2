//! By which moments rows are ordered.

use crate::base::id::Slot;
use crate::index::block::Block;
use crate::index::groups::GROUP_RECORDS;
use crate::query::bitmap::BlockRows;

/// Of what has no time, nor anything before it: nothing is earlier.
pub(super) const EARLIEST: i64 = i64::MIN;

/// Of nothing: everything is earlier.
pub(super) const LATEST: i64 = i64::MAX;

/// The moments of a block's rows in nanoseconds, in file order. A record without a time has that of the nearest one before
/// it in the file, shown or not; `before` is the last one of the blocks before.
pub(super) fn keys(block: &Block, rows: &BlockRows, before: i64, out: &mut Vec<i64>) {
    out.clear();
    let mask = rows.mask(block.len() as u32);
    let mut carried = Carried {
        block,
        time: before,
        next: 0,
    };
    for (group, word) in block.groups().zip(mask.words()) {
        if *word == 0 {
            continue;
        }
        let first = group.first().0;
        let timed = group.timed();
        let times = group.times();
        let mut left = *word;
        while left != 0 {
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            let slot = u32::from(first) + bit as u32;
            let time = times.get(bit % GROUP_RECORDS).copied();
            match time.filter(|_| timed >> bit & 1 == 1) {
                Some(time) => {
                    carried.pass(slot, time);
                    out.push(time);
                }
                None => out.push(carried.up_to(slot)),
            }
        }
    }
}

/// The last moment that is known at the end of a block.
pub(super) fn last_known(block: &Block, before: i64) -> i64 {
    let slots = (0..block.len()).rev();
    let times = slots.map(|at| block.time(Slot(at as u16)));
    let last = times.into_iter().find_map(|time| time);
    last.map_or(before, |time| time.0)
}

/// The last moment before a record; records are passed once.
struct Carried<'a> {
    block: &'a Block,
    time: i64,
    /// The first slot that was not passed.
    next: u32,
}

impl Carried<'_> {
    fn pass(&mut self, slot: u32, time: i64) {
        self.time = time;
        self.next = slot + 1;
    }

    fn up_to(&mut self, slot: u32) -> i64 {
        let passed = self.next..slot;
        let mut times = passed.rev().map(|at| self.block.time(Slot(at as u16)));
        if let Some(time) = times.find_map(|time| time) {
            self.time = time.0;
        }
        self.next = slot + 1;
        self.time
    }
}
