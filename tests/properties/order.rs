//! The order of time against its definition: sort everything.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use timberline::base::cancel::CancelToken;
use timberline::base::id::{Generation, RecordNo, RowNo, Slot};
use timberline::base::level::Gravity;
use timberline::base::time::{Timestamp, Zone};
use timberline::bytes::memory::MemoryBytes;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};
use timberline::query::bitmap::{BlockRows, Mask};
use timberline::query::find::{Direction, Grave, Place, next};
use timberline::query::hits::hit_marks;
use timberline::query::nearest::nearest_in_time;
use timberline::query::order::TimeSorter;
use timberline::query::overview::overview;
use timberline::query::rowset::RowSet;
use timberline::query::sequence::Sequence;

/// 2026-03-15T00:00:00Z in seconds.
const START: i64 = 1_773_532_800;

/// A record: how many seconds after the start, if it says so, and whether it is an error.
type Line = (Option<i64>, bool);

/// Logs that are in order here and there.
fn lines() -> impl Strategy<Value = Vec<Line>> {
    let step = prop_oneof![8 => 0..3_i64, 2 => -3..0_i64, 1 => -200..200_i64];
    let line = (step, prop::bool::weighted(0.8), prop::bool::weighted(0.1));
    vec(line, 0..120).prop_map(|lines| {
        let mut now = 0;
        let line = |(step, timed, grave)| {
            now += step;
            (bool::then_some(timed, now), grave)
        };
        lines.into_iter().map(line).collect()
    })
}

fn text(lines: &[Line]) -> Vec<u8> {
    let mut out = String::new();
    for (time, grave) in lines {
        let level = if *grave { "ERROR" } else { "INFO" };
        let _ = match time {
            Some(time) => writeln!(
                out,
                r#"{{"time":{},"level":"{level}","message":"x"}}"#,
                START + time
            ),
            None => writeln!(out, r#"{{"level":"{level}","message":"x"}}"#),
        };
    }
    out.into_bytes()
}

/// Takes the log in steps, and shows what came of each to `each`.
fn grow(bytes: &[u8], steps: &[usize], chunk: u64, mut each: impl FnMut(&SourceSnapshot)) {
    let format = Format::compile(&FormatSpec::Builtin {
        name: "json".to_owned(),
    })
    .unwrap();
    let source = MemoryBytes::new(bytes.to_vec());
    let clock = format.extractor.clock();
    let mut assembler =
        Assembler::new(Generation(1), clock, Zone::Utc, Timestamp(0)).with_chunk_bytes(chunk);
    let ends = steps.iter().map(|step| step % (bytes.len() + 1));
    let mut ends: Vec<usize> = ends.chain([bytes.len()]).collect();
    ends.sort_unstable();
    for end in ends {
        while let Some(chunk) = assembler.next_chunk(end as u64) {
            let mut buffer = Vec::new();
            let draft = scan_chunk(
                &source,
                chunk,
                end as u64,
                &format.extractor,
                &Zone::Utc,
                &mut buffer,
            );
            assembler.push(draft.unwrap());
        }
        each(&assembler.snapshot());
    }
}

/// Every record but each `step`th; of some blocks nothing is known.
fn thinned(snapshot: &SourceSnapshot, step: u64, unknown: Option<usize>) -> RowSet {
    RowSet::from_blocks(snapshot.blocks.iter().enumerate().map(|(at, block)| {
        let records = block.len() as u32;
        let mut mask = Mask::all(records);
        mask.retain(|Slot(slot)| (block.first_record().0 + u64::from(slot)) % step != 0);
        (records, Some(mask.seal()).filter(|_| unknown != Some(at)))
    }))
}

/// The moment of a record: its own, or that of the nearest one before it.
fn moment(snapshot: &SourceSnapshot, record: RecordNo) -> Option<Timestamp> {
    (0..=record.0)
        .rev()
        .find_map(|no| snapshot.record(RecordNo(no))?.time)
}

fn by_definition(snapshot: &SourceSnapshot, set: &RowSet) -> Vec<RecordNo> {
    let mut records: Vec<RecordNo> = set.range(0..u64::MAX).collect();
    records.sort_by_key(|record| moment(snapshot, *record));
    records
}

fn blocks<'a>(
    snapshot: &'a SourceSnapshot,
    set: &'a RowSet,
) -> impl Iterator<
    Item = (
        &'a std::sync::Arc<timberline::index::block::Block>,
        Option<&'a BlockRows>,
    ),
> {
    snapshot
        .blocks
        .iter()
        .zip(set.parts())
        .map(|(block, (_, rows))| (block, rows))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// The order of a log that grows, and of which other rows are shown from time to time, is that of the whole.
    #[test]
    fn rows_are_in_order_while_a_log_grows(
        lines in lines(), steps in vec(any::<usize>(), 0..6), chunk in 60..900_u64,
        filters in vec((2..40_u64, prop::option::of(0..6_usize)), 1..4),
    ) {
        let mut sorter = TimeSorter::default();
        let mut turn = 0;
        grow(&text(&lines), &steps, chunk, |snapshot| {
            for _ in 0..2 {
                let (step, unknown) = filters[turn % filters.len()];
                turn += 1;
                let set = thinned(snapshot, step, unknown);
                let order = sorter.order(blocks(snapshot, &set), || false).unwrap();
                let expected = by_definition(snapshot, &set);
                let rows = Sequence::in_time(set.clone(), order);
                let found: Vec<RecordNo> = rows.range(0..u64::MAX).collect();
                assert_eq!(found, expected);
                assert_eq!(rows.is_as_in_file(), set.range(0..u64::MAX).eq(expected.iter().copied()));
                for (record, row) in expected.iter().zip(0..) {
                    assert_eq!(rows.rank(*record), RowNo(row));
                }
            }
        });
    }

    /// What is next, nearest or to be marked is what a look at every row finds.
    #[test]
    fn what_is_looked_for_in_time_is_found(
        lines in lines(), chunk in 60..900_u64, step in 2..40_u64, parts in 1..50_u64, at in -20..200_i64,
    ) {
        grow(&text(&lines), &[], chunk, |snapshot| {
            let set = thinned(snapshot, step, None);
            let rows = Sequence::sorted(set.clone(), snapshot, || false).unwrap();
            let order = by_definition(snapshot, &set);
            let grave = |record: &RecordNo| {
                let level = snapshot.record(*record).unwrap().level;
                snapshot.levels.gravity(level) >= Gravity::Error
            };
            let mut expected: Vec<RecordNo> = order.iter().copied().filter(grave).collect();
            let hits = RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
                let mut mask = Mask::all(block.len() as u32);
                mask.retain(|Slot(slot)| expected.contains(&RecordNo(block.first_record().0 + u64::from(slot))));
                (block.len() as u32, Some(mask.seal()))
            }));
            let row_of = |record: &RecordNo| order.iter().position(|it| it == record).unwrap() as u64;
            let of_parts = parts.min(order.len() as u64);
            let mut marks = Vec::new();
            for part in 0..of_parts {
                let span = rows.len() * part / of_parts..rows.len() * (part + 1) / of_parts;
                marks.extend(expected.iter().map(&row_of).find(|row| span.contains(row)).map(RowNo));
            }
            assert_eq!(hit_marks(&hits, &rows, parts), marks);
            let gravest = overview(snapshot, &rows, parts as usize, || false).unwrap();
            for record in &expected {
                let part = row_of(record) as usize * parts as usize / order.len();
                let gravest = gravest[part].unwrap();
                assert!(gravest.gravity >= Gravity::Error);
                assert!(gravest.gravity > Gravity::Error || gravest.row.0 <= row_of(record));
            }

            let time = Timestamp((START + at) * 1_000_000_000);
            let first = order.iter().position(|record| moment(snapshot, *record).is_some_and(|it| it >= time));
            if !rows.is_as_in_file() {
                assert_eq!(rows.at_time(snapshot, time), first.map(|row| RowNo(row as u64)));
            }
            let near = nearest_in_time(&rows, snapshot, time);
            let distance = |record: RecordNo| snapshot.record(record).unwrap().time.map(|it| it.0.abs_diff(time.0));
            if !rows.is_as_in_file() {
                let best = order.iter().filter_map(|record| distance(*record)).min();
                assert_eq!(near.and_then(distance), best);
            }

            let cancel = CancelToken::default();
            for direction in [Direction::Forward, Direction::Backward] {
                let mut sought = Grave::new(&snapshot.levels, Gravity::Error);
                let mut look = |from| {
                    let place = Place { rows: &set, shown: &rows, snapshot, from, direction, cancel: &cancel };
                    next(&mut sought, &place).unwrap()
                };
                let mut found: Vec<RecordNo> = look(None).into_iter().collect();
                while let Some(record) = found.last().and_then(|last| look(Some(*last))) {
                    found.push(record);
                }
                assert_eq!(found, expected);
                expected.reverse();
            }
        });
    }
}
