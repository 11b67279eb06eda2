//! How many records there are over time, by gravity: what is drawn above the table. Counted from the columns alone.

use super::bitmap::{BlockRows, Mask};
use super::rowset::RowSet;
use crate::base::id::{BlockNo, RecordNo};
use crate::base::level::{Gravity, LevelId};
use crate::base::time::Timestamp;
use crate::index::block::Block;
use crate::index::groups::{GROUP_RECORDS, Group};
use crate::index::snapshot::SourceSnapshot;
pub use scale::{Scale, Step};

mod scale;

/// Number of gravities.
const GRAVITIES: usize = 8;

/// A clock that goes back by less is one of several writers.
const TOLERANCE: i64 = 2_000_000_000;

/// More places where the clock goes back are counted only.
const MOST_JUMPS: usize = 100;

/// Records of one step of time, by gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([u64; GRAVITIES]);

impl Counts {
    /// Records of this gravity.
    #[must_use]
    pub fn of(&self, gravity: Gravity) -> u64 {
        self.0.get(gravity as usize).copied().unwrap_or(0)
    }

    /// Records of any.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    fn add(&mut self, gravity: Gravity, records: u32) {
        if let Some(count) = self.0.get_mut(gravity as usize) {
            *count += u64::from(records);
        }
    }
}

/// A place where times go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jump {
    /// The first record behind it.
    pub record: RecordNo,
    /// About when the records before it were.
    pub from: Timestamp,
    /// When it is.
    pub to: Timestamp,
}

/// Records over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The steps.
    pub scale: Scale,
    /// Every record; one entry per step.
    pub all: Vec<Counts>,
    /// Those that the filter leaves.
    pub shown: Vec<Counts>,
    /// The earliest and the latest time in the log.
    pub whole: Option<(Timestamp, Timestamp)>,
    /// Where the clock goes back, in the order of the records.
    pub jumps: Vec<Jump>,
    /// Whether every record was judged by the filter.
    pub complete: bool,
}

/// Counts a log that grows, each block once, and each again only for another filter. The counts are those of a count from
/// nothing.
#[derive(Debug, Clone, Default)]
pub struct Counter {
    scale: Scale,
    all: Vec<Counts>,
    shown: Vec<Counts>,
    /// The first so many blocks are counted in `all`.
    counted: usize,
    /// Which of those are counted in `shown`.
    judged: Vec<bool>,
    clock: Clock,
}

impl Counter {
    /// Begins with nothing.
    #[must_use]
    pub fn new(scale: Scale) -> Self {
        let empty = vec![Counts::default(); scale.len()];
        Self {
            scale,
            all: empty.clone(),
            shown: empty,
            ..Self::default()
        }
    }

    /// The steps.
    #[must_use]
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// Adds steps, so that a moment lies inside.
    pub fn reach(&mut self, last: Timestamp) {
        self.scale = self.scale.up_to(last);
        self.all.resize(self.scale.len(), Counts::default());
        self.shown.resize(self.scale.len(), Counts::default());
    }

    /// Forgets what the filter leaves.
    pub fn forget_shown(&mut self) {
        self.shown.fill(Counts::default());
        self.judged.fill(false);
    }

    /// Counts what is new in an index and its rows, which may be of an older index. `None` once `stop` says so; what was
    /// counted by then stays counted.
    pub fn count(
        &mut self,
        snapshot: &SourceSnapshot,
        rows: &RowSet,
        mut stop: impl FnMut() -> bool,
    ) -> Option<Timeline> {
        let gravity = gravities(snapshot);
        let sealed = snapshot.sealed.min(snapshot.blocks.len());
        for at in self.counted..sealed {
            if stop() {
                return None;
            }
            let block = snapshot.blocks.get(at)?;
            self.clock.follow(block);
            self.judged.push(false);
            count(block, None, &self.scale, &gravity, &mut self.all);
            self.counted += 1;
        }
        let everything = is_everything(snapshot, rows);
        for at in 0..sealed {
            if everything || self.judged.get(at).copied().unwrap_or(true) {
                continue;
            }
            if stop() {
                return None;
            }
            let block = snapshot.blocks.get(at)?;
            if let Some(kept) = rows_of(rows, at, block) {
                count(block, Some(kept), &self.scale, &gravity, &mut self.shown);
                if let Some(judged) = self.judged.get_mut(at) {
                    *judged = true;
                }
            }
        }
        Some(self.with_tail(snapshot, rows, &gravity))
    }

    /// The counts so far and those of the blocks that may still change.
    fn with_tail(
        &self,
        snapshot: &SourceSnapshot,
        rows: &RowSet,
        gravity: &[Gravity; 256],
    ) -> Timeline {
        let everything = is_everything(snapshot, rows);
        let mut timeline = Timeline {
            scale: self.scale,
            all: self.all.clone(),
            shown: self.shown.clone(),
            whole: snapshot.stats.earliest.zip(snapshot.stats.latest),
            jumps: Vec::new(),
            complete: rows.blocks() == snapshot.blocks.len()
                && rows.evaluated_blocks() == rows.blocks(),
        };
        let mut clock = self.clock.clone();
        for (at, block) in snapshot.blocks.iter().enumerate().skip(self.counted) {
            clock.follow(block);
            count(block, None, &self.scale, gravity, &mut timeline.all);
            let kept = rows.block(BlockNo(at as u32)).filter(|_| !everything);
            if kept.is_some() {
                count(block, kept, &self.scale, gravity, &mut timeline.shown);
            }
        }
        if everything {
            timeline.shown.clone_from(&timeline.all);
        }
        timeline.jumps = clock.jumps;
        timeline
    }
}

fn is_everything(snapshot: &SourceSnapshot, rows: &RowSet) -> bool {
    rows.len() == rows.records() && rows.records() == snapshot.len()
}

/// The rows of a block, unless they are of a time when it had fewer records.
fn rows_of<'a>(rows: &'a RowSet, at: usize, block: &Block) -> Option<&'a BlockRows> {
    let no = BlockNo(at as u32);
    let same = rows.block_records(no) == Some(block.len() as u64);
    rows.block(no).filter(|_| same)
}

fn gravities(snapshot: &SourceSnapshot) -> [Gravity; 256] {
    std::array::from_fn(|id| snapshot.levels.gravity(LevelId(id as u8)))
}

/// Adds a block's records, or those of them that are `kept`.
fn count(
    block: &Block,
    kept: Option<&BlockRows>,
    scale: &Scale,
    gravity: &[Gravity; 256],
    out: &mut [Counts],
) {
    let stats = block.stats();
    let apart = stats.earliest.zip(stats.latest);
    let apart = apart.is_none_or(|(first, last)| first >= scale.end() || last < scale.start());
    if apart || matches!(kept, Some(BlockRows::None)) {
        return;
    }
    let mask = match kept {
        None | Some(BlockRows::All(_)) => None,
        Some(rows) => Some(rows.mask(block.len() as u32)),
    };
    let words = mask.as_ref().map(Mask::words);
    for (at, group) in block.groups().enumerate() {
        let wanted = words.map_or(u64::MAX, |words| words.get(at).copied().unwrap_or(0));
        let wanted = wanted & group.timed();
        if wanted != 0 {
            count_group(&group, wanted, scale, gravity, out);
        }
    }
}

fn count_group(
    group: &Group<'_>,
    wanted: u64,
    scale: &Scale,
    gravity: &[Gravity; 256],
    out: &mut [Counts],
) {
    let Some((first, last)) = group.span() else {
        return;
    };
    let levels = group
        .levels()
        .map(|(level, has)| (gravity[usize::from(level.0)], has & wanted));
    let (low, high) = (scale.step_of(first), scale.step_of(last));
    if low == high {
        if let Some(counts) = low.and_then(|at| out.get_mut(at)) {
            levels.for_each(|(gravity, has)| counts.add(gravity, has.count_ones()));
        }
        return;
    }
    let mut of = [Gravity::None; GROUP_RECORDS];
    for (gravity, has) in levels {
        each_bit(has, |at| of[at] = gravity);
    }
    let times = group.times();
    each_bit(wanted, |at| {
        let step = scale.step_of(Timestamp(times[at]));
        if let Some(counts) = step.and_then(|step| out.get_mut(step)) {
            counts.add(of[at], 1);
        }
    });
}

fn each_bit(mut word: u64, mut of: impl FnMut(usize)) {
    while word != 0 {
        of(word.trailing_zeros() as usize);
        word &= word - 1;
    }
}

/// Notices where times go back from one record to the next.
#[derive(Debug, Clone, Default)]
struct Clock {
    /// The earliest time among the last records.
    before: Option<i64>,
    jumps: Vec<Jump>,
}

impl Clock {
    fn follow(&mut self, block: &Block) {
        for group in block.groups() {
            let Some((first, last)) = group.span() else {
                continue;
            };
            let back = self
                .before
                .is_some_and(|before| before - first.0 > TOLERANCE);
            let within = last.0.saturating_sub(first.0) > TOLERANCE;
            if self.jumps.len() < MOST_JUMPS && (back || within) {
                self.look_into(&group, block);
            }
            self.before = Some(first.0);
        }
    }

    fn look_into(&mut self, group: &Group<'_>, block: &Block) {
        let times = group.times();
        let mut before = self.before.unwrap_or(i64::MIN);
        each_bit(group.timed(), |at| {
            let time = times[at];
            if before.saturating_sub(time) > TOLERANCE {
                let slot = u64::from(group.first().0) + at as u64;
                self.jumps.push(Jump {
                    record: RecordNo(block.first_record().0 + slot),
                    from: Timestamp(before),
                    to: Timestamp(time),
                });
            }
            before = time;
        });
    }
}

#[cfg(test)]
mod tests;
