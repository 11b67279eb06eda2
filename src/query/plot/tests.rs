//! Numbers over time, in parts and against counting one by one.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::summary::PlotSummary;
use super::*;
use crate::base::id::Slot;
use crate::format::spec::{Format, FormatSpec};
use crate::index::synthetic;
use crate::query::number::Unit;

const RECORDS: u64 = 150_000;

fn sheet(most: u16) -> Sheet {
    Sheet {
        range: None,
        most,
        zone: Zone::Utc,
    }
}

fn spec(split: Split) -> PlotSpec {
    PlotSpec {
        field: "took".to_owned(),
        split,
    }
}

/// Every `step`th record says how long it took.
fn took(record: u64) -> f64 {
    (record.wrapping_mul(2_654_435_761) % 10_007) as f64
}

fn look(spec: &PlotSpec, sheet: &Sheet, step: usize, parts: usize) -> PlotSummary {
    let format = Format::compile(&FormatSpec::template("%(message)s")).unwrap();
    let snapshot = synthetic::snapshot(RECORDS, 5);
    let extractor = (*format.extractor).clone();
    let survey = PlotSurvey::new(spec.clone(), sheet.clone(), extractor, &snapshot);
    assert!(survey.suits(spec, sheet, &snapshot));
    let mut found: Vec<PlotFound> = (0..parts).map(|_| survey.nothing()).collect();
    for block in snapshot.blocks.iter().filter(|block| survey.wants(block)) {
        for slot in (0..block.len()).step_by(step) {
            let record = block.first_record().0 + slot as u64;
            let kind = if record.is_multiple_of(3) { "a" } else { "b" };
            let text = format!("done took={}ms kind={kind}", took(record));
            let seen = Seen {
                block,
                slot: Slot(slot as u16),
                bytes: text.as_bytes(),
            };
            survey.look(&seen, &mut found[slot / 64 % parts]);
        }
    }
    let mut whole = survey.nothing();
    for part in found.into_iter().rev() {
        survey.merge(&mut whole, part);
    }
    survey.summary(&whole)
}

#[test]
fn steps_are_those_of_counting_one_by_one() {
    let summary = look(&spec(Split::None), &sheet(100), 1, 3);
    assert_eq!((summary.count, summary.unit), (RECORDS, Unit::Seconds));
    assert!(summary.points.is_none(), "too many to be drawn");
    let [series] = summary.series.as_slice() else {
        panic!("one series");
    };
    let snapshot = synthetic::snapshot(RECORDS, 5);
    for step in &series.steps {
        let mut numbers: Vec<(f64, u64)> = (0..RECORDS)
            .filter(|record| {
                let time = snapshot.record(RecordNo(*record)).unwrap().time;
                summary.scale.step_of(time.unwrap()) == Some(step.step)
            })
            .map(|record| (took(record) / 1000.0, record))
            .collect();
        numbers.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        assert_eq!(step.count, numbers.len() as u64);
        assert_eq!(step.least, (numbers[0].0, RecordNo(numbers[0].1)));
        assert_eq!(step.most.0, numbers.last().unwrap().0);
        for (found, part) in [(step.median, 0.5), (step.p95, 0.95)] {
            let exact = numbers[((numbers.len() - 1) as f64 * part).round() as usize].0;
            assert!((found - exact).abs() <= exact * 0.035, "{found} {exact}");
        }
        if step.step > 20 {
            break;
        }
    }
    for parts in [1, 2, 5] {
        let other = look(&spec(Split::None), &sheet(100), 1, parts);
        assert_eq!(other.series, summary.series, "{parts} parts");
    }
}

#[test]
fn few_numbers_are_points_and_a_range_leaves_the_others_out() {
    let summary = look(&spec(Split::None), &sheet(50), 100, 2);
    let points = summary.points.unwrap();
    assert_eq!(points.len() as u64, summary.count);
    assert!(points.windows(2).all(|two| two[0].time <= two[1].time));
    let (from, to) = (points[100].time, points[200].time);
    let part = Sheet {
        range: Some((from, to)),
        ..sheet(50)
    };
    let zoomed = look(&spec(Split::None), &part, 100, 2);
    let points = zoomed.points.unwrap();
    let inside = |point: &&Point| (from..=to).contains(&point.time);
    assert_eq!(points.iter().filter(inside).count(), 101);
    assert!(points.len() < 110);
}

#[test]
fn series_by_level_logger_and_value_add_up() {
    let whole = look(&spec(Split::None), &sheet(100), 7, 2).count;
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    for (split, series) in [
        (Split::Level(names(&["ERROR", "INFO"])), 3),
        (Split::Logger(names(&["no.such.logger"])), 1),
        (Split::Field("kind".to_owned(), names(&["a"])), 2),
        (Split::Field("nothing".to_owned(), names(&["a"])), 1),
    ] {
        let summary = look(&spec(split.clone()), &sheet(100), 7, 2);
        assert_eq!(summary.count, whole, "{split:?}");
        assert_eq!(summary.series.len(), series, "{split:?}");
        let last = summary.series.last().unwrap();
        assert_eq!((last.place, &last.name), (split.names().len(), &None));
    }
}
