#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use super::*;
use crate::index::synthetic;
use crate::query::bitmap::Mask;

fn counted(snapshot: &SourceSnapshot, rows: &RowSet, scale: Scale) -> Timeline {
    Counter::new(scale).count(snapshot, rows, || false).unwrap()
}

/// Record by record.
fn naive(snapshot: &SourceSnapshot, rows: &RowSet, scale: &Scale) -> (Vec<Counts>, Vec<Counts>) {
    let mut all = vec![Counts::default(); scale.len()];
    let mut shown = all.clone();
    for record in (0..snapshot.len()).map(RecordNo) {
        let meta = snapshot.record(record).unwrap();
        let Some(step) = meta.time.and_then(|time| scale.step_of(time)) else {
            continue;
        };
        let gravity = snapshot.levels.gravity(meta.level);
        all[step].add(gravity, 1);
        if rows.contains(record) {
            shown[step].add(gravity, 1);
        }
    }
    (all, shown)
}

fn every_nth(snapshot: &SourceSnapshot, n: u32) -> RowSet {
    RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
        let records = block.len() as u32;
        let mut mask = Mask::all(records);
        mask.retain(|slot| u32::from(slot.0) % n == 0);
        (records, Some(mask.seal()))
    }))
}

#[test]
fn counts_are_those_of_counting_record_by_record() {
    let snapshot = synthetic::snapshot(150_000, 3);
    let (first, last) = (
        snapshot.stats.earliest.unwrap(),
        snapshot.stats.latest.unwrap(),
    );
    let sets = [
        RowSet::everything(&snapshot),
        every_nth(&snapshot, 2),
        every_nth(&snapshot, 3_000),
        RowSet::default(),
    ];
    for most in [1, 7, 500, 100_000] {
        let whole = Scale::of(first, last, most, 0);
        let part = Scale::of(whole.moment(0.3), whole.moment(0.4), most, 0);
        for (scale, rows) in [whole, part]
            .iter()
            .flat_map(|s| sets.iter().map(move |r| (*s, r)))
        {
            let timeline = counted(&snapshot, rows, scale);
            let (all, shown) = naive(&snapshot, rows, &scale);
            assert!(timeline.all == all, "{scale:?}");
            assert!(timeline.shown == shown, "{scale:?} {}", rows.len());
        }
    }
}

#[test]
fn a_count_that_grows_is_one_from_nothing() {
    let whole = synthetic::snapshot(200_000, 3);
    let (first, last) = (whole.stats.earliest.unwrap(), whole.stats.latest.unwrap());
    let scale = Scale::of(first, last, 300, 0);
    let mut counter = Counter::new(scale);
    for records in [10_000, 65_536, 70_000, 131_072, 140_000, 200_000] {
        let snapshot = synthetic::snapshot(records, 3);
        // The filter is a step behind.
        let behind = synthetic::snapshot(records / 2, 3);
        counter
            .count(&snapshot, &every_nth(&behind, 2), || false)
            .unwrap();
        let rows = every_nth(&snapshot, 2);
        let grown = counter.count(&snapshot, &rows, || false).unwrap();
        assert!(grown == counted(&snapshot, &rows, scale), "{records}");
        assert!(grown.complete);
    }
    counter.forget_shown();
    let rows = every_nth(&whole, 5);
    let other = counter.count(&whole, &rows, || false).unwrap();
    assert!(other == counted(&whole, &rows, scale));
}

#[test]
fn a_count_that_was_stopped_goes_on() {
    let snapshot = synthetic::snapshot(300_000, 3);
    let (first, last) = (
        snapshot.stats.earliest.unwrap(),
        snapshot.stats.latest.unwrap(),
    );
    let scale = Scale::of(first, last, 300, 0);
    let rows = every_nth(&snapshot, 2);
    let mut counter = Counter::new(scale);
    let mut left = 6;
    let stopped = counter.count(&snapshot, &rows, || {
        left -= 1;
        left == 0
    });
    assert_eq!(stopped, None);
    let whole = counter.count(&snapshot, &rows, || false).unwrap();
    assert!(whole == counted(&snapshot, &rows, scale));
}

#[test]
fn a_clock_that_goes_back_is_noticed() {
    // Times begin anew in every block.
    let snapshot = synthetic::repeated(3, 3);
    let rows = RowSet::everything(&snapshot);
    let scale = Scale::of(
        snapshot.stats.earliest.unwrap(),
        snapshot.stats.latest.unwrap(),
        10,
        0,
    );
    let jumps = counted(&snapshot, &rows, scale).jumps;
    let records: Vec<_> = jumps.iter().map(|jump| jump.record.0).collect();
    assert_eq!(records, [65_536, 2 * 65_536]);
    assert!(jumps.iter().all(|jump| jump.to < jump.from));
    let steady = synthetic::snapshot(100_000, 3);
    assert!(
        counted(&steady, &RowSet::everything(&steady), scale)
            .jumps
            .is_empty()
    );
}
